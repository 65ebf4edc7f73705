//! The way back from the lines of a text to those of the source that it was made of.
//!
//! Owns no text. Must not know what was changed on the way, nor why.

use memchr::memchr_iter;

/// Where the lines of a text stand in its source. Lines are counted from 1 on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LineMap {
    /// In the same lines.
    #[default]
    Same,
    /// So many lines farther down; higher up where this is negative.
    Shifted(i64),
    /// For each line of the source, how many line breaks come before it in the text. They ascend.
    Written(Vec<u32>),
    /// The text has lines of its own.
    Lost,
}

/// A place from which on a text was copied, up to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Copied {
    /// The byte of the source.
    pub(crate) source: usize,
    /// The byte of the text.
    pub(crate) text: usize,
}

impl LineMap {
    /// The way back from a text that was put together of copies, in the order in which they stand both
    /// in the source and in the text. What was put between them belongs to the line before it.
    pub(crate) fn of_copies(source: &str, text: &str, copies: &[Copied]) -> Self {
        let mut copies = copies.iter().copied().peekable();
        let mut last = Copied { source: 0, text: 0 };
        let mut breaks = 0_u32;
        let mut ends = memchr_iter(b'\n', text.as_bytes()).peekable();
        let starts = memchr_iter(b'\n', source.as_bytes()).map(|end| end + 1);
        let mut place = |start: usize| {
            while let Some(next) = copies.next_if(|next| next.source <= start) {
                last = next;
            }
            let most = copies.peek().map_or(text.len(), |next| next.text);
            let at = (last.text + (start - last.source)).min(most);
            while ends.next_if(|end| *end < at).is_some() {
                breaks = breaks.saturating_add(1);
            }
            breaks
        };
        Self::Written(std::iter::once(0).chain(starts).map(&mut place).collect())
    }

    /// The way back from a text through the one that it was made of, whose own way back this is, to the
    /// source of that.
    #[must_use]
    pub(crate) fn made_into(self, text: Self) -> Self {
        match (self, text) {
            (one, Self::Same) | (Self::Same, one) => one,
            (Self::Shifted(one), Self::Shifted(other)) => Self::Shifted(one + other),
            (Self::Written(first), Self::Written(then)) => {
                let breaks = |line: &u32| then.get(*line as usize).or(then.last()).copied().unwrap_or(0);
                Self::Written(first.iter().map(breaks).collect())
            }
            (Self::Written(first), Self::Shifted(lines)) => {
                let shifted = |line: &u32| u32::try_from(i64::from(*line) - lines).unwrap_or(0);
                Self::Written(first.iter().map(shifted).collect())
            }
            (Self::Shifted(lines), Self::Written(then)) => match usize::try_from(lines) {
                Ok(lines) => Self::Written(std::iter::repeat_n(0, lines).chain(then).collect()),
                Err(_) => Self::Lost,
            },
            (Self::Lost, _) | (_, Self::Lost) => Self::Lost,
        }
    }

    /// The line of the source in which a line of the text stands; none where it has none.
    pub(crate) fn source_of(&self, line: u32) -> Option<u32> {
        match self {
            Self::Same => Some(line),
            Self::Shifted(lines) => u32::try_from(i64::from(line) + lines).ok().filter(|line| *line > 0),
            Self::Written(breaks) => {
                let before = breaks.partition_point(|breaks| *breaks < line);
                u32::try_from(before).ok().filter(|line| *line > 0)
            }
            Self::Lost => None,
        }
    }
}

/// The lines of a text, by the bytes in them, and the way back to what the text was made of.
#[derive(Debug, Default)]
pub(crate) struct TextLines {
    /// The bytes of the line breaks. They ascend.
    breaks: Vec<usize>,
    map: LineMap,
}

impl TextLines {
    /// The lines of a text that has this way back.
    pub(crate) fn of(text: &str, map: LineMap) -> Self {
        Self { breaks: memchr_iter(b'\n', text.as_bytes()).collect(), map }
    }

    /// The line of the source in which a byte of the text stands; 0 where it has none.
    pub(crate) fn source_of(&self, at: usize) -> u32 {
        let before = u32::try_from(self.breaks_before(at)).unwrap_or(u32::MAX);
        self.map.source_of(before.saturating_add(1)).unwrap_or(0)
    }

    /// The first byte of the line so many lines below that of a byte; of the last line if there are not so many.
    pub(crate) fn below(&self, at: usize, lines: u32) -> usize {
        let Some(last) = (lines as usize).checked_sub(1) else { return at };
        let within = self.breaks.get(self.breaks_before(at)..).unwrap_or_default();
        within.get(last).or(within.last()).map_or(at, |end| end + 1)
    }

    fn breaks_before(&self, at: usize) -> usize {
        self.breaks.partition_point(|end| *end < at)
    }
}

/// How many line breaks there are in a text.
pub(crate) fn line_breaks(text: impl AsRef<[u8]>) -> u32 {
    u32::try_from(memchr_iter(b'\n', text.as_ref()).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Copied, LineMap, TextLines};

    /// The source's line of each line of a text.
    fn lines(map: &LineMap, count: u32) -> Vec<Option<u32>> {
        (1..=count).map(|line| map.source_of(line)).collect()
    }

    #[test]
    fn what_was_added_belongs_to_the_line_before_it_and_what_was_left_out_is_passed_over() {
        let source = "a\nPUT\nb\nGONE\nc\n";
        let text = "a\n1\n2\n3\nb\nc\n";
        let copies = [(0, 0), (5, 7), (8, 10), (13, 10)].map(|(source, text)| Copied { source, text });
        let map = LineMap::of_copies(source, text, &copies);
        assert_eq!(lines(&map, 6), [Some(1), Some(2), Some(2), Some(2), Some(3), Some(5)]);
    }

    #[test]
    fn a_byte_is_found_in_the_line_of_the_source_that_it_came_from() {
        let lines = TextLines::of("ab\n\nc\n", LineMap::Shifted(10));
        assert_eq!([0, 2, 3, 4, 5, 9].map(|at| lines.source_of(at)), [11, 11, 12, 13, 13, 14]);
        assert_eq!(
            [(1, 0), (1, 1), (1, 2), (3, 1), (1, 9)].map(|(at, count)| lines.below(at, count)),
            [1, 3, 4, 4, 6]
        );
    }

    #[test]
    fn a_way_back_may_lead_through_several_texts() {
        let first = LineMap::of_copies("x\na\nb\n", "a\nb\n", &[Copied { source: 2, text: 0 }]);
        assert_eq!(lines(&first, 2), [Some(2), Some(3)]);
        let then = [(0, 0), (2, 4)].map(|(source, text)| Copied { source, text });
        let then = LineMap::of_copies("a\nb\n", "a\n-\nb\n", &then);
        assert_eq!(lines(&first.clone().made_into(then), 3), [Some(2), Some(2), Some(3)]);
        assert_eq!(lines(&first.clone().made_into(LineMap::Shifted(-2)), 4), [None, None, Some(2), Some(3)]);
        assert_eq!(lines(&LineMap::Shifted(10).made_into(first), 2), [Some(12), Some(13)]);
        assert_eq!(lines(&LineMap::Shifted(-2), 3), [None, None, Some(1)]);
        assert_eq!(LineMap::Lost.made_into(LineMap::Same).source_of(1), None);
    }
}
