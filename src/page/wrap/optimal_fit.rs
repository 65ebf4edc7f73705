//! The optimal fit of a paragraph into lines of one width.
//!
//! Owns what a line costs, as `textwrap` has it, and finds the same lines. `textwrap` allows each line a
//! width of its own, and counts the lines before each break that it tries, which takes as long as all
//! else. Must not know what the words are.

use textwrap::core::Fragment;

/// What each line costs: fewer are better.
const LINE: f64 = 1000.0;
/// What a hyphen at the end of a line costs.
const HYPHEN: f64 = 25.0;
/// What a single word as the last line costs, if it is shorter than this part of the line.
const SHORT_LAST_LINE: (f64, f64) = (25.0, 1.0 / 4.0);

/// Distributes words over lines of `width` columns so that together they cost least. A word that does not
/// fit costs more than any gap that avoiding it could leave. `None` where the costs are beyond counting.
pub(super) fn optimal_fit<T: Fragment>(words: &[T], width: f64) -> Option<Vec<&[T]>> {
    let overflow = 4.0 * (width * width + 1000.0);
    let target = width.max(1.0);
    let mut starts = vec![0.0];
    starts.extend(words.iter().scan(0.0, |end, word| {
        *end += word.width() + word.whitespace_width();
        Some(*end)
    }));
    // The line that begins with the word `from` and ends before the word `to`.
    let cost = |minima: &[(usize, f64)], from: usize, to: usize| {
        let last = to.checked_sub(1).and_then(|last| words.get(last));
        let (Some((_, before)), Some(start), Some(end), Some(last)) =
            (minima.get(from), starts.get(from), starts.get(to), last)
        else {
            return f64::INFINITY;
        };
        let columns = end - start - last.whitespace_width() + last.penalty_width();
        let mut cost = before + LINE;
        if columns > target {
            cost += (columns - target) * overflow;
        } else if to < words.len() {
            let gap = target - columns;
            cost += gap * gap;
        } else if from + 1 == to && columns < target * SHORT_LAST_LINE.1 {
            cost += SHORT_LAST_LINE.0;
        }
        if last.penalty_width() > 0.0 { cost + HYPHEN } else { cost }
    };
    let minima = smawk::online_column_minima(0.0, starts.len(), cost);
    if minima.iter().any(|(_, cost)| cost.is_infinite()) {
        return None;
    }
    let mut lines = Vec::new();
    let mut end = words.len();
    while end > 0 {
        let (start, _) = *minima.get(end)?;
        lines.push(words.get(start..end)?);
        end = start;
    }
    lines.reverse();
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use textwrap::wrap_algorithms::{Penalties, wrap_optimal_fit};

    #[derive(Debug, PartialEq)]
    struct Word {
        width: u8,
        space: u8,
        hyphen: bool,
    }

    impl Fragment for Word {
        fn width(&self) -> f64 {
            self.width.into()
        }

        fn whitespace_width(&self) -> f64 {
            self.space.into()
        }

        fn penalty_width(&self) -> f64 {
            u8::from(self.hyphen).into()
        }
    }

    fn words() -> impl Strategy<Value = Vec<Word>> {
        let word = (1u8..14, 0u8..3, prop::bool::weighted(0.1));
        prop::collection::vec(word.prop_map(|(width, space, hyphen)| Word { width, space, hyphen }), 1..120)
    }

    proptest! {
        #[test]
        fn the_lines_are_those_of_textwrap(words in words(), width in 1u16..90) {
            let measure = usize::from(width);
            let penalties = Penalties { overflow_penalty: 4 * (measure * measure + 1000), ..Penalties::new() };
            let expected = wrap_optimal_fit(&words, &[width.into()], &penalties).ok();
            prop_assert_eq!(optimal_fit(&words, width.into()), expected);
        }
    }
}
