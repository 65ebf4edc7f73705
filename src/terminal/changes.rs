//! Finds the cells of a frame that have to be painted.
//!
//! Owns the comparison of what is shown with what is to be shown, wide characters included.
//! Must not write anything.

use crate::text::columns;
use ratatui::buffer::{Buffer, Cell};

/// The most cells between two changes that are sent again: naming the second one's place takes more
/// bytes, and more work.
const MOST_BETWEEN: usize = 5;

/// A cell with its column and row.
pub(super) type Change<'n> = (u16, u16, &'n Cell);

/// The cells of `next` that a terminal has to be sent, row by row, when it shows `shown`, which has the
/// same size, or nothing at all.
///
/// Finds the cells that differ, and the few between two of them. Writing over half of a wide character
/// empties the other half, so that half is sent again even if nothing changed there.
pub(super) fn changes<'n>(shown: Option<&Buffer>, next: &'n Buffer) -> Vec<Change<'n>> {
    let Some(shown) = shown else { return changes(Some(&Buffer::empty(next.area)), next) };
    let mut changes = Vec::new();
    let columns = usize::from(next.area.width).max(1);
    let rows = shown.content.chunks(columns).zip(next.content.chunks(columns));
    for (y, (before, row)) in (next.area.y..).zip(rows) {
        in_row(before, row, |x, cell| {
            if let Ok(column) = u16::try_from(x) {
                changes.push((next.area.x + column, y, cell));
            }
        });
    }
    changes
}

fn in_row<'n>(before: &[Cell], row: &'n [Cell], mut change: impl FnMut(usize, &'n Cell)) {
    // The end of the wide characters that were written over so far.
    let mut broken = 0;
    let mut next = 0;
    // The last change, if its text is one byte, which has one column everywhere.
    let mut last: Option<usize> = None;
    for (x, (old, cell)) in before.iter().zip(row).enumerate() {
        // The other half of a wide character.
        if x < next {
            continue;
        }
        let (old_text, text) = (old.symbol(), cell.symbol());
        let are_narrow = old_text.len() == 1 && text.len() == 1;
        next = if are_narrow { x + 1 } else { x + width(text) };
        if x >= broken && is_same(old_text, text) && looks_same(old, cell) {
            continue;
        }
        if let Some(last) = last.filter(|last| (2..=MOST_BETWEEN + 1).contains(&(x - last)))
            && let Some([looks, between @ ..]) = row.get(last..x)
            && between.iter().all(|cell| cell.symbol().len() == 1 && looks_same(cell, looks))
        {
            between.iter().zip(last + 1..).for_each(|(cell, x)| change(x, cell));
        }
        last = (text.len() == 1).then_some(x);
        change(x, cell);
        if are_narrow {
            continue;
        }
        for (under, old) in (x..next).zip(before.iter().skip(x)) {
            let end = under + width(old.symbol());
            if end > under + 1 {
                broken = broken.max(end);
            }
        }
    }
}

/// Returns whether two cells have the same text. Every cell of every frame is asked this: a text of one
/// byte, which most have, is compared as one.
fn is_same(a: &str, b: &str) -> bool {
    match (a.as_bytes(), b.as_bytes()) {
        ([a], [b]) => a == b,
        (a, b) => a == b,
    }
}

fn looks_same(a: &Cell, b: &Cell) -> bool {
    a.fg == b.fg && a.bg == b.bg && a.modifier == b.modifier
}

/// The columns of a cell's text, at least one.
fn width(text: &str) -> usize {
    if text.len() == 1 { 1 } else { columns::width(text).max(1) }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::terminal::paint::paint;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    const COLUMNS: u16 = 8;
    const ROWS: u16 = 2;

    /// A screen made of pieces of text at places, in one of a few looks.
    fn screens() -> impl Strategy<Value = Buffer> {
        let looks = prop_oneof![
            Just(Style::new()),
            Just(Style::new().bg(Color::Blue)),
            Just(Style::new().add_modifier(Modifier::UNDERLINED)),
        ];
        let text = prop::collection::vec("[ab 中é]|👍🏽|👩🏽\u{200d}💻|লা|ខ្ញុំ|e\u{301}|🇫🇷|❤\u{200d}🔥", 0..5);
        let piece = (0..COLUMNS, 0..ROWS, text.prop_map(|parts| parts.concat()), looks);
        prop::collection::vec(piece, 0..5).prop_map(|pieces| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
            for (x, y, text, looks) in pieces {
                let mut x = x;
                for (_, grapheme, width) in columns::graphemes(&text) {
                    let end = x + u16::try_from(width).unwrap();
                    if end <= COLUMNS {
                        buffer[(x, y)].set_symbol(grapheme).set_style(looks);
                        (x + 1..end).for_each(|x| buffer[(x, y)].reset());
                    }
                    x = end.min(COLUMNS);
                }
            }
            mended(buffer)
        })
    }

    /// A buffer holds blanks behind wide characters, and no parts of them.
    fn mended(mut buffer: Buffer) -> Buffer {
        for y in 0..ROWS {
            let mut x = 0;
            while x < COLUMNS {
                let end = x + u16::try_from(width(buffer[(x, y)].symbol())).unwrap();
                if end > COLUMNS {
                    buffer[(x, y)].reset();
                    x += 1;
                } else {
                    (x + 1..end).for_each(|x| buffer[(x, y)].reset());
                    x = end;
                }
            }
        }
        buffer
    }

    /// The rules by which a terminal gives text its columns.
    #[derive(Debug, Clone, Copy)]
    enum Rules {
        /// Each character has its own, and a mark without width joins what is before it.
        Characters,
        /// Each grapheme has those of its widest character.
        Graphemes,
    }

    /// A terminal that shows text alone.
    struct Terminal {
        rules: Rules,
        /// The text of each cell; empty for the further cells of a wide one.
        cells: Vec<String>,
        at: usize,
    }

    impl Terminal {
        fn new(rules: Rules) -> Self {
            Self { rules, cells: vec![" ".to_owned(); usize::from(COLUMNS * ROWS)], at: 0 }
        }

        fn process(&mut self, text: &str) {
            let mut rest = text;
            while let Some((before, sequence)) = rest.split_once("\x1b[") {
                self.write(before);
                let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
                if let Some((row, column)) =
                    sequence[..end].split_once(';').filter(|_| sequence[end..].starts_with('H'))
                {
                    let number = |digits: &str| digits.parse::<usize>().unwrap() - 1;
                    self.at = number(row) * usize::from(COLUMNS) + number(column);
                }
                rest = &sequence[end + 1..];
            }
            self.write(rest);
        }

        fn write(&mut self, text: &str) {
            use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
            for (_, grapheme, _) in columns::graphemes(text) {
                match self.rules {
                    Rules::Graphemes => self.put(grapheme, grapheme.width().min(2)),
                    Rules::Characters => {
                        for character in grapheme.chars() {
                            let width = if character == '\u{9be}' { 1 } else { character.width().unwrap() };
                            self.put(character.encode_utf8(&mut [0; 4]), width);
                        }
                    }
                }
            }
        }

        fn put(&mut self, text: &str, width: usize) {
            if width == 0 {
                let last = (0..self.at).rev().find(|at| !self.cells[*at].is_empty()).unwrap();
                self.cells[last].push_str(text);
                return;
            }
            for at in self.at..self.at + width {
                self.blank(at);
            }
            self.cells[self.at] = text.to_owned();
            self.cells[self.at + 1..self.at + width].iter_mut().for_each(String::clear);
            self.at += width;
        }

        /// Blanks all cells of the character that is shown at one of them.
        fn blank(&mut self, at: usize) {
            let start = (0..=at).rev().find(|at| !self.cells[*at].is_empty()).unwrap();
            let all = self.cells.len();
            let end = (at + 1..all).find(|at| !self.cells[*at].is_empty()).unwrap_or(all);
            self.cells[start..end].fill(" ".to_owned());
        }
    }

    fn sent(shown: Option<&Buffer>, next: &Buffer, terminal: &mut vt100::Parser) {
        let mut bytes = Vec::new();
        paint(&mut bytes, changes(shown, next));
        terminal.process(&bytes);
    }

    fn emulator() -> vt100::Parser {
        let of = |number| std::num::NonZeroU16::new(number).unwrap();
        vt100::Parser::new(of(ROWS), of(COLUMNS), 0)
    }

    fn seen(terminal: &vt100::Parser) -> Vec<(String, vt100::Color, bool)> {
        let cells = (0..ROWS).flat_map(|y| (0..COLUMNS).map(move |x| (y, x)));
        let cells = cells.map(|(y, x)| terminal.screen().cell(y, x).unwrap());
        // A blank that was written looks like one that was not.
        let text = |cell: &vt100::Cell| cell.contents().trim_end().to_owned();
        cells
            .map(|cell| {
                // The second half of a wide character has no look of its own.
                let looks = (!cell.is_wide_continuation()).then(|| (cell.bgcolor(), cell.underline()));
                let (ground, underlined) = looks.unwrap_or((vt100::Color::Default, false));
                (text(cell), ground, underlined)
            })
            .collect()
    }

    proptest! {
        #[test]
        fn what_changed_is_enough_to_show_what_is_next(first in screens(), next in screens()) {
            let mut terminal = emulator();
            sent(None, &first, &mut terminal);
            sent(Some(&first), &next, &mut terminal);
            let mut fresh = emulator();
            sent(None, &next, &mut fresh);
            prop_assert_eq!(seen(&terminal), seen(&fresh));
        }

        #[test]
        fn nothing_old_is_left_whatever_columns_the_terminal_gives_a_symbol(
            first in screens(), next in screens(), rules in prop_oneof![Just(Rules::Characters), Just(Rules::Graphemes)],
        ) {
            let sent = |shown: Option<&Buffer>, next: &Buffer| {
                let mut bytes = Vec::new();
                paint(&mut bytes, changes(shown, next));
                String::from_utf8(bytes).unwrap()
            };
            let mut terminal = Terminal::new(rules);
            terminal.process(&sent(None, &first));
            terminal.process(&sent(Some(&first), &next));
            let mut fresh = Terminal::new(rules);
            fresh.process(&sent(None, &next));
            prop_assert_eq!(terminal.cells, fresh.cells);
        }

        #[test]
        fn what_is_shown_already_is_not_sent(screen in screens()) {
            prop_assert!(changes(Some(&screen), &screen).is_empty());
        }
    }

    #[test]
    fn only_what_changed_is_sent() {
        let area = Rect::new(0, 0, 6, 1);
        let with = |text: &str| {
            let mut buffer = Buffer::empty(area);
            buffer.set_string(0, 0, text, Style::new());
            buffer
        };
        let columns = |shown: &str, next: &str| -> Vec<u16> {
            changes(Some(&with(shown)), &with(next)).into_iter().map(|(x, ..)| x).collect()
        };
        assert_eq!(columns("abc", "abd"), [2]);
        assert_eq!(columns("中c", "ab c"), [0, 1, 2, 3]);
        assert_eq!(columns("中c", "a c"), [0, 1], "the half that the terminal emptied");
        assert_eq!(columns("a中c", "中 c"), [0, 2], "half of it lies under the new one");
    }

    #[test]
    fn the_few_cells_between_two_changes_are_sent_again_where_they_look_alike() {
        let area = Rect::new(0, 0, 10, 1);
        let with = |text: &str, loud: u16| {
            let mut buffer = Buffer::empty(area);
            buffer.set_string(0, 0, text, Style::new());
            buffer.set_style(Rect::new(loud, 0, 1, 1), Style::new().add_modifier(Modifier::BOLD));
            buffer
        };
        let columns = |next: &str, loud: u16| -> Vec<u16> {
            let (shown, next) = (with("aaéaaaaaaa", loud), with(next, loud));
            changes(Some(&shown), &next).into_iter().map(|(x, ..)| x).collect()
        };
        assert_eq!(columns("aaébaaaaab", 0), [3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(columns("aaébaaabaa", 5), [3, 7], "one between them looks otherwise");
        assert_eq!(columns("abébaaaaaa", 9), [1, 3], "a letter of several bytes stands between them");
        assert_eq!(columns("baéaaaabaa", 9), [0, 7], "they are far from each other");
    }
}
