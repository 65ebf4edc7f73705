//! The one scroll rule: which lines of a list are in sight.
//!
//! Owns the answer for every list in panes and overlays. It follows from the selection and
//! the height alone, so that drawing has no state to remember. Must not know what the lines
//! say, nor draw them.

use std::ops::Range;

/// The first line in sight of a list of `lines` lines in an area of `height` rows, when the
/// lines `selected` belong to the selected entry.
///
/// The selected entry stands in the middle, so that what comes before it and after it is in
/// sight as well; near an end of the list it moves towards that end, and no row stays empty.
/// An entry that is longer than the area is shown from its first line on.
pub fn top(selected: &Range<usize>, lines: usize, height: usize) -> usize {
    let middle = selected.start + selected.len() / 2;
    middle.saturating_sub(height / 2).min(selected.start).min(last_top(lines, height))
}

/// The greatest first line with which the area is filled.
pub fn last_top(lines: usize, height: usize) -> usize {
    lines.saturating_sub(height)
}

/// The entries, by their indices, that can be in sight when this one is selected, each being
/// one line or more. The others, which may be thousands, need not be made into lines: the
/// same rows are in sight without them, and at either end there is a line more than fits
/// where the list goes on.
pub fn reach(selected: usize, entries: usize, height: usize) -> Range<usize> {
    let half = height / 2 + 1;
    let after = entries.saturating_sub(selected);
    let before = if after > half { half } else { height };
    let behind = if selected > half { half + 1 } else { height + 1 };
    let from = selected.saturating_sub(before).min(entries);
    from..selected.saturating_add(behind).min(entries)
}

/// Returns whether those that follow need not be made into lines either: this many lines have been made,
/// of which the selected entry begins with this one, and more cannot be in sight.
pub fn is_filled(selected: usize, lines: usize, height: usize) -> bool {
    lines > selected.saturating_add(height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lines of each entry of a list, one after the other.
    fn placed(lengths: &[usize]) -> Vec<Range<usize>> {
        let mut end = 0;
        let place = |length: &usize| {
            end += length;
            end - length..end
        };
        lengths.iter().map(place).collect()
    }

    proptest! {
        #[test]
        fn the_selected_entry_is_in_sight_and_whole_where_it_fits(
            lengths in prop::collection::vec(1usize..6, 1..60),
            height in 1usize..30,
        ) {
            let entries = placed(&lengths);
            let lines = lengths.iter().sum();
            for selected in entries {
                let top = top(&selected, lines, height);
                prop_assert!(top <= selected.start);
                prop_assert!(selected.end.min(selected.start + height) <= top + height);
            }
        }

        #[test]
        fn no_row_stays_empty_and_nothing_scrolls_that_fits(
            selected in 0usize..100,
            after in 1usize..100,
            height in 1usize..60,
        ) {
            let lines = selected + after;
            let top = top(&(selected..selected + 1), lines, height);
            prop_assert!(top + height <= lines || top == 0);
        }

        #[test]
        fn the_list_moves_no_further_than_the_selection(
            lengths in prop::collection::vec(1usize..6, 2..60),
            height in 1usize..30,
        ) {
            let entries = placed(&lengths);
            let lines = lengths.iter().sum();
            for (before, after) in entries.iter().zip(entries.iter().skip(1)) {
                let (from, to) = (top(before, lines, height), top(after, lines, height));
                prop_assert!(from <= to && to - from <= after.end - before.start);
            }
        }

        #[test]
        fn the_entries_out_of_reach_change_nothing(
            lengths in prop::collection::vec(1usize..4, 1..80),
            height in 1usize..30,
        ) {
            let entries = placed(&lengths);
            let lines: usize = lengths.iter().sum();
            for (index, selected) in entries.iter().enumerate() {
                let whole = top(selected, lines, height);
                let reach = reach(index, entries.len(), height);
                let skipped: usize = lengths.iter().take(reach.start).sum();
                let made: usize = lengths.iter().skip(reach.start).take(reach.len()).sum();
                let own = selected.start - skipped..selected.end - skipped;
                let part = top(&own, made, height);
                prop_assert_eq!(part + skipped, whole);
                prop_assert_eq!(part < last_top(made, height), whole < last_top(lines, height));
                for made in (own.end..made).filter(|made| is_filled(own.start, *made, height)) {
                    prop_assert_eq!(top(&own, made, height) + skipped, whole);
                    prop_assert!(part < last_top(made, height) && whole < last_top(lines, height));
                }
            }
        }
    }
}
