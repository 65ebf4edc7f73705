//! Lays out the places of exercises: what the reader wrote, or where she can, in a box.
//!
//! Owns what stands in such a place. Must not know of journals: the words are given.

use crate::page::block_layout::BlockLayout;
use crate::page::line::Role;
use crate::page::margin::ornament;
use crate::text::columns;
use std::collections::BTreeMap;

/// What stands in a place of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotText {
    /// What the reader wrote.
    Words(String),
    /// What says where she can.
    Hint(String),
}

/// What stands in the exercises of a text, and how they are named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slots {
    /// The texts, by the ids of the exercises that the reader writes for.
    pub write: BTreeMap<String, SlotText>,
    /// The same, where they are shown again.
    pub yours: BTreeMap<String, SlotText>,
    /// Whether exercises are numbered.
    pub numbered: Numbered,
}

/// Whether exercises are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbered {
    /// Their names alone stand above them.
    #[default]
    No,
    /// Their numbers too, so that they can be spoken of.
    Yes,
}

/// The columns that a border and the blank beside it take on both sides.
const BORDERS: usize = 4;

/// The fewest columns for a text with a border.
const NARROWEST: usize = 12;

/// The most columns of a box, unless its text is longer.
const WIDEST: usize = 1_000;

/// Lays out a text in a box of which all of the text leads where this link does.
pub(super) fn lay_out(layout: &mut BlockLayout<'_>, text: &SlotText, link: usize) {
    let (text, role) = match text {
        SlotText::Words(text) => (text, Role::Words),
        SlotText::Hint(text) => (text, Role::Hint),
    };
    let longest = || text.lines().map(columns::width).max().unwrap_or(0);
    let measure = layout.measure();
    // On a page without an end a box is as wide as its text.
    let measure = if measure > WIDEST { longest().max(NARROWEST) + BORDERS } else { measure };
    let room = if measure < NARROWEST { measure } else { measure - BORDERS };
    let columns = u16::try_from(room).unwrap_or(u16::MAX);
    let is_boxed = room < measure;
    let border = |layout: &mut BlockLayout<'_>, [left, right]: [&str; 2]| {
        let mut segments = layout.begin_line();
        let border = format!("{left}{}{right}", "─".repeat(measure.saturating_sub(2)));
        segments.push(ornament(layout.left(), border, Role::Ornament));
        layout.add_line(segments, 0);
    };
    if is_boxed {
        border(layout, ["╭", "╮"]);
    }
    for line in text.lines().flat_map(|line| columns::wrapped(line, columns)) {
        let mut segments = layout.begin_line();
        let left = layout.left();
        let mut at = left;
        if is_boxed {
            segments.push(ornament(left, "│".to_owned(), Role::Ornament));
            at += BORDERS / 2;
        }
        let mut words = ornament(at, line, role);
        words.style.link = Some(link);
        segments.push(words);
        if is_boxed {
            segments.push(ornament(left + measure - 1, "│".to_owned(), Role::Ornament));
        }
        layout.add_line(segments, 0);
    }
    if is_boxed {
        border(layout, ["╰", "╯"]);
    }
}

/// Lays out the line that shows and hides the answer to a question.
pub(super) fn lay_out_answer(layout: &mut BlockLayout<'_>, sign: &str, words: &str, link: usize) {
    let mut segments = layout.begin_line();
    let room = layout.measure();
    let shown = columns::shortened(&format!("{sign} {words}"), room).into_owned();
    let mut mark = ornament(layout.left(), shown, Role::Answer);
    mark.style.link = Some(link);
    segments.push(mark);
    layout.add_line(segments, 0);
}
