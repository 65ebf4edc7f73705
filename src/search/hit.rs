//! What was found, and the line that shows it.
//!
//! Owns the order of hits and how much of a text is shown around a match. Must not know
//! how it was found, nor how it is drawn.

use crate::course::Course;
use crate::search::notes::Notes;
use crate::search::query::Query;
use crate::search::ranking::{Best, Rank};
use crate::text::columns;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitPlace {
    /// In the title of a lesson, and not in a heading that says the same.
    Title {
        /// Index into [`Course::lessons`].
        lesson: usize,
    },
    /// In a block of a lesson.
    Block {
        /// Index into [`Course::lessons`].
        lesson: usize,
        /// Index into the blocks of the lesson's document.
        block: usize,
    },
    /// In an item of the checklist: its text, why, or caution.
    Item {
        /// Index into [`Course::items`].
        item: usize,
    },
    /// In a note.
    Note {
        /// Index into the notes that were searched.
        note: usize,
    },
}

/// Fewer columns than this have no room for a `…` on either side of anything.
const NARROWEST: usize = 3;

/// One place that has everything that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub found: HitPlace,
    /// The first match, in bytes of [`Hit::text`].
    pub first: Range<usize>,
    /// How good it is.
    pub rank: Rank,
}

/// All that was found: by lesson in the course's order, each lesson's title first and then
/// its blocks in reading order; then the items, and then the notes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// The hits, at most [`Hits::MOST`] in lessons and twice [`Hits::MOST_OTHERS`] elsewhere.
    pub hits: Vec<Hit>,
    /// Whether there is more than was looked for: too many hits, or it was stopped.
    pub more: bool,
}

/// A line of text around a match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HitLine {
    /// The line, with `…` where it was cut.
    pub text: String,
    /// The matches in it, in bytes of the line: in order, apart, whole graphemes.
    pub matches: Vec<Range<usize>>,
}

impl Hits {
    /// The most hits in lessons that are collected.
    pub const MOST: usize = 5_000;

    /// The most hits in items, and the most in notes. These do not count with those in
    /// lessons, so that a common word does not hide them.
    pub const MOST_OTHERS: usize = 1_000;

    /// The best of them.
    pub fn best(&self) -> Best {
        let mut best = Best::default();
        for (index, hit) in self.hits.iter().enumerate() {
            best.take(hit.rank, index);
        }
        best
    }
}

impl Hit {
    /// The lesson that it leads to; an item's is the one that teaches it.
    pub fn lesson(&self, course: &Course) -> Option<usize> {
        match self.found {
            HitPlace::Title { lesson } | HitPlace::Block { lesson, .. } => Some(lesson),
            HitPlace::Item { item } => course.items.get(item).map(|item| item.lesson),
            HitPlace::Note { .. } => None,
        }
    }

    /// The whole text that it was found in; empty when it is there no more.
    pub fn text<'t>(&self, course: &'t Course, notes: &'t Notes) -> Cow<'t, str> {
        match self.found {
            HitPlace::Title { lesson } => {
                course.lessons.get(lesson).map_or(Cow::Borrowed(""), |lesson| lesson.title().into())
            }
            HitPlace::Block { lesson, block } => {
                let block = course.document(lesson).block(block);
                block.map_or(Cow::Borrowed(""), |block| block.text.as_str().into())
            }
            HitPlace::Item { item } => {
                course.items.get(item).map_or(Cow::Borrowed(""), |item| item_text(item).into())
            }
            HitPlace::Note { note } => notes.text(note).unwrap_or_default().into(),
        }
    }

    /// A line of at most `columns` columns around the first match.
    pub fn context(&self, query: &Query, course: &Course, notes: &Notes, width: usize) -> HitLine {
        context(&self.text(course, notes), &self.first, query, width)
    }
}

/// What is searched of an item.
pub(super) fn item_text(item: &crate::course::Item) -> String {
    let caution = item.caution.as_deref();
    [Some(item.text.as_str()), Some(item.why.as_str()), caution]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
}

/// A line of at most `columns` columns around a match.
fn context(text: &str, first: &Range<usize>, query: &Query, width: usize) -> HitLine {
    if width == 0 {
        return HitLine::default();
    }
    // A block can be long, and a list shows many hits: no more is measured than can be shown.
    let before = text.get(..first.start).unwrap_or_default();
    let start = before.char_indices().rev().nth(width).map_or(0, |(at, _)| columns::ceil_boundary(text, at));
    let after = text.get(first.start..).unwrap_or_default();
    let end = after.char_indices().nth(width).map_or(text.len(), |(at, _)| first.start + at);
    let end = columns::ceil_boundary(text, end.max(first.end));
    let before = text.get(start..first.start).unwrap_or_default();
    let after = text.get(first.start..end).unwrap_or_default();
    let ends_in_space = before.ends_with(char::is_whitespace);

    let mut line = one_line(before);
    if ends_in_space && !line.is_empty() {
        line.push(' ');
    }
    let at = line.len();
    line.push_str(&one_line(after));
    let cut_before = start > 0;
    let cut_after = end < text.len();
    trimmed(&line, at, (cut_before, cut_after), query, width)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a line around a byte of it that fits, and the matches in that.
fn trimmed(
    line: &str,
    at: usize,
    (cut_before, cut_after): (bool, bool),
    query: &Query,
    width: usize,
) -> HitLine {
    let whole = columns::width(line) + usize::from(cut_before) + usize::from(cut_after);
    let (start, end) = match width {
        _ if whole <= width => (0, line.len()),
        0..NARROWEST => return HitLine { text: "…".to_owned(), matches: Vec::new() },
        _ => window(line, at, width, cut_before),
    };
    let shown = line.get(start..end).unwrap_or_default();
    let mut text = String::with_capacity(shown.len() + 2 * '…'.len_utf8());
    if start > 0 || cut_before {
        text.push('…');
    }
    text.push_str(shown);
    if end < line.len() || cut_after {
        text.push('…');
    }
    let matches = query.matches_in(&text);
    HitLine { text, matches }
}

/// The bytes of a line that fit into this many columns with a `…` on either side: a third of
/// them before the match, from the beginning of a word if there is one near, and all of
/// them used.
fn window(line: &str, at: usize, width: usize, cut_before: bool) -> (usize, usize) {
    let before = line.get(..at).unwrap_or_default();
    let after = line.get(at..).unwrap_or_default();
    let from_start = !cut_before && columns::width(before) <= width / 3;
    let room = width.saturating_sub(if from_start { 1 } else { 2 });
    let lead = (width / 3).max(room.saturating_sub(columns::width(after)));
    let mut start = at - fitting(before.graphemes(true).rev(), lead);
    let lead = line.get(start..at).unwrap_or_default();
    // A word of which the beginning is cut away is left out, unless that leaves nothing.
    let mid_word = start > 0 && !line.get(..start).is_some_and(|before| before.ends_with(' '));
    if mid_word && let Some(space) = lead.find(' ') {
        start += space + 1;
    }
    let used = columns::width(line.get(start..at).unwrap_or_default());
    let end = at + fitting(after.graphemes(true), room - used.min(room));
    (start, end)
}

/// The number of bytes of the graphemes that fit into this many columns.
fn fitting<'t>(graphemes: impl Iterator<Item = &'t str>, columns: usize) -> usize {
    let mut used = 0;
    graphemes
        .take_while(|grapheme| {
            used += columns::width(grapheme);
            used <= columns
        })
        .map(str::len)
        .sum()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::string_slice,
        clippy::single_range_in_vec_init,
        reason = "tests of fixed and generated text"
    )]

    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, query: &str, width: usize) -> HitLine {
        let query = Query::parse(query);
        let first = query.matches_in(text).first().cloned().unwrap_or_default();
        context(text, &first, &query, width)
    }

    #[test]
    fn a_short_text_is_shown_whole_on_one_line() {
        let context = shown("one\ntwo  three", "two", 40);
        assert_eq!(context.text, "one two three");
        assert_eq!(context.matches, vec![4..7]);
    }

    #[test]
    fn a_long_text_is_trimmed_around_the_first_match() {
        let text = "The quick brown fox jumps over the lazy dog and then it sleeps for a long time";
        let context = shown(text, "lazy", 30);
        assert_eq!(context.text, "…over the lazy dog and then i…");
        let matched: Vec<_> = context.matches.iter().map(|range| &context.text[range.clone()]).collect();
        assert_eq!(matched, ["lazy"]);
        assert_eq!(shown(text, "quick", 20).text, "The quick brown fox…");
        assert_eq!(shown(text, "time", 20).text, "…for a long time");
    }

    #[test]
    fn wide_characters_are_measured_in_columns() {
        let context = shown("这是一个很长的句子这是一个很长的句子", "句子", 12);
        assert!(columns::width(&context.text) <= 12, "{}", context.text);
        assert!(context.text.contains("句子"));
    }

    #[test]
    fn a_match_deep_in_a_large_text_is_shown_at_once() {
        let text = "word ".repeat(2 << 20) + "needle" + &" word".repeat(2 << 20);
        let start = text.len() / 2;
        let at = start - 3 + text[start - 3..].find("needle").unwrap_or_default();
        let query = Query::parse("needle");
        let context = context(&text, &(at..at + 6), &query, 20);
        assert!(context.text.contains("needle"));
    }

    proptest! {
        #[test]
        fn a_context_fits_and_shows_its_match(
            text in "[a-c é漢’\n👩]{0,80}", query in "[a-c漢]{1,2}", width in 12..60usize,
        ) {
            let context = shown(&text, &query, width);
            prop_assert!(columns::width(&context.text) <= width);
            if !Query::parse(&query).matches_in(&text).is_empty() {
                prop_assert!(!context.matches.is_empty(), "{:?}", context.text);
            }
        }

        #[test]
        fn a_context_of_any_width_fits(text in "\\PC{0,40}", width in 0..12usize) {
            prop_assert!(columns::width(&shown(&text, "a", width).text) <= width);
        }
    }
}
