//! A field of text with a cursor: what can be typed into it, as plain data.
//!
//! Owns the editing and where lines break. One grapheme is one step, so that no letter is
//! ever cut in two. Must not know what the text is for.

use crate::reader::keys::key::Key;
use crate::text::clean::{clean, clean_line};
use crate::text::columns::{ceil_boundary, graphemes};
use crossterm::event::KeyCode;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The most bytes that a field of several lines holds: far more than an evening needs, and
/// less than what the journal keeps in one record.
pub const LONGEST_TEXT: usize = 1 << 20;
/// The most bytes of a field of one line.
pub const LONGEST_LINE: usize = 400;

/// How many lines a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Line,
    /// Any number of lines.
    Text,
}

/// A key's worth of editing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Types a character.
    Insert(char),
    /// Moves the cursor.
    Move(Step),
    /// Deletes what lies between the cursor and where the step would lead.
    Delete(Step),
    /// Deletes the line that the cursor is in.
    DeleteLine,
}

/// A step of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the grapheme before.
    Left,
    /// To the next grapheme.
    Right,
    /// To the beginning of the word, or of the one before.
    WordLeft,
    /// Behind the word, or behind the next one.
    WordRight,
    /// To the beginning of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
}

impl Edit {
    /// The edit that a key stands for, as in readline.
    pub fn of(key: Key) -> Option<Self> {
        if key.ctrl && key.alt {
            // AltGr, as some terminals send it.
            let KeyCode::Char(character) = key.code else { return None };
            return Some(Self::Insert(character));
        }
        if key.ctrl {
            return Self::with_ctrl(key.code);
        }
        if key.alt {
            return Self::with_alt(key.code);
        }
        match key.code {
            KeyCode::Char(character) => Some(Self::Insert(character)),
            KeyCode::Backspace => Some(Self::Delete(Step::Left)),
            KeyCode::Delete => Some(Self::Delete(Step::Right)),
            KeyCode::Left => Some(Self::Move(Step::Left)),
            KeyCode::Right => Some(Self::Move(Step::Right)),
            KeyCode::Home => Some(Self::Move(Step::LineStart)),
            KeyCode::End => Some(Self::Move(Step::LineEnd)),
            _ => None,
        }
    }

    fn with_ctrl(code: KeyCode) -> Option<Self> {
        match code {
            KeyCode::Char('h') => Some(Self::Delete(Step::Left)),
            KeyCode::Char('b') => Some(Self::Move(Step::Left)),
            KeyCode::Char('f') => Some(Self::Move(Step::Right)),
            KeyCode::Char('a') => Some(Self::Move(Step::LineStart)),
            KeyCode::Char('e') => Some(Self::Move(Step::LineEnd)),
            KeyCode::Char('u') => Some(Self::DeleteLine),
            KeyCode::Char('w') => Some(Self::Delete(Step::WordLeft)),
            KeyCode::Char('k') => Some(Self::Delete(Step::LineEnd)),
            KeyCode::Delete => Some(Self::Delete(Step::WordRight)),
            KeyCode::Left => Some(Self::Move(Step::WordLeft)),
            KeyCode::Right => Some(Self::Move(Step::WordRight)),
            _ => None,
        }
    }

    fn with_alt(code: KeyCode) -> Option<Self> {
        match code {
            KeyCode::Char('b') => Some(Self::Move(Step::WordLeft)),
            KeyCode::Char('f') => Some(Self::Move(Step::WordRight)),
            KeyCode::Char('d') => Some(Self::Delete(Step::WordRight)),
            KeyCode::Backspace => Some(Self::Delete(Step::WordLeft)),
            _ => None,
        }
    }
}

/// A field of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextField {
    text: String,
    cursor: usize,
    kind: FieldKind,
}

impl TextField {
    /// A field with this text, the cursor at its end.
    pub fn new(text: &str, kind: FieldKind) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), kind }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// How many lines it has.
    pub fn kind(&self) -> FieldKind {
        self.kind
    }

    /// Takes out what the text was before it was changed, and leaves what was typed since: all
    /// but what it has in common with the beginning and the end of what it was.
    pub fn forget(&mut self, begun: &str) {
        if begun.is_empty() {
            return;
        }
        let split = |text: &str| -> Vec<String> { text.graphemes(true).map(str::to_owned).collect() };
        let (old, new) = (split(begun), split(&self.text));
        let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let most = old.len().min(new.len()) - before;
        let is_same = |(old, new): &(&String, &String)| old == new;
        let after = old.iter().rev().zip(new.iter().rev()).take(most).take_while(is_same).count();
        let typed = new.get(before..new.len() - after).unwrap_or_default().concat();
        *self = Self::new(&typed, self.kind);
    }

    /// Inserts text at the cursor, cleaned. What is too long is left out; returns whether all
    /// of it went in.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = match self.kind {
            FieldKind::Line => clean_line(text),
            FieldKind::Text => clean(text).into_owned(),
        };
        // A blank at the end of what is typed is no stray one.
        let room = self.longest().saturating_sub(self.text.len());
        let fits =
            graphemes(&text).map(|(at, grapheme, _)| at + grapheme.len()).take_while(|end| *end <= room);
        let end = if text.len() <= room { text.len() } else { fits.last().unwrap_or(0) };
        self.text.insert_str(self.cursor, text.get(..end).unwrap_or_default());
        // What was typed may have joined with what is behind it.
        self.cursor = ceil_boundary(&self.text, self.cursor + end);
        end == text.len()
    }

    /// Applies a key's worth of editing.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(' ') => self.put(" "),
            Edit::Insert(character) => {
                self.insert(character.encode_utf8(&mut [0; 4]));
            }
            Edit::Move(step) => self.cursor = self.target(step),
            Edit::Delete(step) => {
                let target = self.target(step);
                self.remove(target.min(self.cursor)..target.max(self.cursor));
            }
            Edit::DeleteLine => self.remove(self.line()),
        }
    }

    /// Where a step leads, in bytes of the text.
    fn target(&self, step: Step) -> usize {
        match step {
            Step::Left => self.before(),
            Step::Right => self.after(),
            Step::WordLeft => self.word_before(),
            Step::WordRight => self.word_after(),
            Step::LineStart => self.line().start,
            Step::LineEnd => self.line().end,
        }
    }

    /// Breaks the line at the cursor, where the field has several.
    pub fn break_line(&mut self) {
        if self.kind == FieldKind::Text {
            self.put("\n");
        }
    }

    /// Moves the cursor by rows of `width` columns; beyond the first row or the last, to the
    /// beginning or the end.
    pub fn move_rows(&mut self, rows: isize, width: usize) {
        let breaks = breaks(&self.text, width);
        let (row, column) = self.place_in(&breaks);
        let target = row.saturating_add_signed(rows).min(breaks.len().saturating_sub(1));
        if target == row {
            self.cursor = if rows < 0 { 0 } else { self.text.len() };
            return;
        }
        if let Some(range) = breaks.get(target) {
            let line = self.text.get(range.clone()).unwrap_or_default();
            let mut taken = 0;
            let end = graphemes(line)
                .find(|(_, _, width)| {
                    taken += width;
                    taken > column
                })
                .map_or(line.len(), |(at, ..)| at);
            self.cursor = range.start + end;
        }
    }

    /// The rows of at most `width` columns, and the cursor's row and column.
    pub fn laid_out(&self, width: usize) -> (Vec<&str>, (usize, usize)) {
        let breaks = breaks(&self.text, width);
        let place = self.place_in(&breaks);
        (breaks.into_iter().map(|range| self.text.get(range).unwrap_or_default()).collect(), place)
    }

    fn place_in(&self, breaks: &[Range<usize>]) -> (usize, usize) {
        let row = breaks.iter().rposition(|range| range.start <= self.cursor).unwrap_or(0);
        let before = breaks.get(row).and_then(|range| self.text.get(range.start..self.cursor));
        (row, before.map_or(0, crate::text::columns::width))
    }

    fn put(&mut self, text: &str) {
        if self.text.len() + text.len() <= self.longest() {
            self.text.insert_str(self.cursor, text);
            self.cursor += text.len();
        }
    }

    /// The most bytes that it holds.
    fn longest(&self) -> usize {
        match self.kind {
            FieldKind::Line => LONGEST_LINE,
            FieldKind::Text => LONGEST_TEXT,
        }
    }

    fn remove(&mut self, range: Range<usize>) {
        self.cursor = range.start;
        self.text.replace_range(range, "");
        self.cursor = ceil_boundary(&self.text, self.cursor);
    }

    fn before(&self) -> usize {
        let before = self.text.get(..self.cursor).unwrap_or_default();
        before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + after.graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let before = self.text.get(..self.cursor).unwrap_or_default();
        before.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        after
            .unicode_word_indices()
            .next()
            .map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    /// The line that the cursor is in, without its line break.
    fn line(&self) -> Range<usize> {
        let (before, after) = self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(self.text.len(), |at| self.cursor + at);
        start..end
    }
}

/// The byte ranges of the rows that a text breaks into at `width` columns: behind a blank where
/// there is one.
fn breaks(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let line_end = start + line.len();
        let mut row_start = start;
        let (mut taken, mut blank) = (0, None);
        for (at, grapheme, columns) in graphemes(line) {
            let at = start + at;
            let is_blank = grapheme == " ";
            // A blank may hang over the edge, so that the next row begins with a word.
            if taken + columns > width && !is_blank {
                let cut = blank.unwrap_or(at);
                rows.push(row_start..cut);
                taken = text.get(cut..at).map_or(0, crate::text::columns::width);
                row_start = cut;
                blank = None;
            }
            taken += columns;
            if is_blank {
                blank = Some(at + 1);
            }
        }
        rows.push(row_start..line_end);
        start = line_end + 1;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(text: &str) -> TextField {
        let mut field = TextField::new("", FieldKind::Text);
        for character in text.chars() {
            if character == '\n' {
                field.break_line();
            } else {
                field.apply(Edit::Insert(character));
            }
        }
        field
    }

    #[test]
    fn what_is_typed_is_there_with_its_blanks_and_lines() {
        assert_eq!(typed("He was late. \nI waited").text(), "He was late. \nI waited");
    }

    #[test]
    fn one_step_passes_a_whole_letter_however_many_code_points_it_has() {
        let mut field = TextField::new("", FieldKind::Text);
        field.insert("a\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}e\u{301}");
        field.apply(Edit::Delete(Step::Left));
        field.apply(Edit::Delete(Step::Left));
        assert_eq!(field.text(), "a");
    }

    #[test]
    fn words_are_passed_and_deleted_whole() {
        let mut field = typed("I left the room");
        field.apply(Edit::Delete(Step::WordLeft));
        assert_eq!(field.text(), "I left the ");
        field.apply(Edit::Move(Step::WordLeft));
        field.apply(Edit::Move(Step::WordLeft));
        field.apply(Edit::Delete(Step::WordRight));
        assert_eq!(field.text(), "I  the ");
    }

    #[test]
    fn rows_break_behind_blanks_and_up_and_down_keep_the_column() {
        let mut field = typed("one two three four");
        assert_eq!(field.laid_out(9).0, vec!["one two ", "three ", "four"]);
        field.move_rows(-1, 9);
        assert_eq!(field.laid_out(9).1, (1, 4));
        field.move_rows(-5, 9);
        assert_eq!(field.laid_out(9).1, (0, 4));
        field.move_rows(-1, 9);
        assert_eq!(field.laid_out(9).1, (0, 0));
    }

    #[test]
    fn a_line_stays_one_line_and_too_much_is_left_out() {
        let mut field = TextField::new("", FieldKind::Line);
        field.insert("two\nlines\u{1b}[31m");
        field.break_line();
        assert!(!field.text().contains(['\n', '\u{1b}']));
        assert!(!field.insert(&"long ".repeat(200)));
        assert!(field.text().len() <= LONGEST_LINE);
    }

    fn edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            any::<char>().prop_map(Edit::Insert),
            Just(Edit::Insert('\u{301}')),
            Just(Edit::Move(Step::Left)),
            Just(Edit::Move(Step::Right)),
            Just(Edit::Move(Step::WordLeft)),
            Just(Edit::Move(Step::WordRight)),
            Just(Edit::Move(Step::LineStart)),
            Just(Edit::Move(Step::LineEnd)),
            Just(Edit::Delete(Step::Left)),
            Just(Edit::Delete(Step::Right)),
            Just(Edit::Delete(Step::WordLeft)),
            Just(Edit::Delete(Step::WordRight)),
            Just(Edit::DeleteLine),
            Just(Edit::Delete(Step::LineEnd)),
        ]
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_at_the_edge_of_a_letter(
            edits in prop::collection::vec((edit(), -2_isize..3, any::<bool>()), 0..60),
            width in 1_usize..20,
        ) {
            let mut field = TextField::new("", FieldKind::Text);
            for (edit, rows, breaks) in edits {
                field.apply(edit);
                if breaks {
                    field.break_line();
                }
                field.move_rows(rows, width);
                prop_assert!(field.text().is_char_boundary(field.cursor));
                let (shown, (row, _)) = field.laid_out(width);
                prop_assert!(row < shown.len());
                prop_assert_eq!(shown.concat(), field.text().replace('\n', ""));
            }
        }
    }
}
