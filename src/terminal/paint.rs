//! From changed cells to the bytes that a terminal is sent.
//!
//! Owns the sequences of a frame: where text stands, and how it looks. Must not send
//! anything else, and nothing by which a terminal of sixteen colours would be misled:
//! libraries write those sixteen as if they were of 256, which such a terminal takes for
//! blinking and underlined text. Others are sent as they are; the theme has none that the
//! terminal lacks.

use crate::screen::theme::colour::number_of;
use crate::text::columns;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The modifiers that are sent, and their numbers.
const MODIFIERS: [(Modifier, &str); 6] = [
    (Modifier::BOLD, ";1"),
    (Modifier::DIM, ";2"),
    (Modifier::ITALIC, ";3"),
    (Modifier::UNDERLINED, ";4"),
    (Modifier::REVERSED, ";7"),
    (Modifier::CROSSED_OUT, ";9"),
];

/// Gathers what makes these cells show, each at its column and row. Afterwards the terminal
/// writes plain text again.
pub fn paint<'a>(out: &mut Vec<u8>, changes: impl IntoIterator<Item = (u16, u16, &'a Cell)>) {
    let mut looks = (Color::Reset, Color::Reset, Modifier::empty());
    let mut next = None;
    for (column, row, cell) in changes {
        if next != Some((column, row)) {
            write_place(out, column, row);
        }
        let own = (cell.fg, cell.bg, cell.modifier);
        if own != looks {
            looks = own;
            write_looks(out, own);
        }
        let symbol = cell.symbol();
        // Behind a wide character, too, the place is named again: the next cell is one farther.
        next = column.checked_add(1).map(|column| (column, row));
        if has_doubtful_width(symbol) {
            // Where the terminal takes fewer columns, nothing old may be left in the others.
            out.extend(std::iter::repeat_n(b' ', columns::width(symbol)));
            write_place(out, column, row);
            next = None;
        }
        match symbol.as_bytes() {
            // As most are, and far quicker than a copy of any length.
            [byte] => out.push(*byte),
            bytes => out.extend_from_slice(bytes),
        }
    }
    if looks != (Color::Reset, Color::Reset, Modifier::empty()) {
        out.extend_from_slice(b"\x1b[0m");
    }
}

/// Returns whether terminals give a symbol different columns: it is of several characters, or an
/// emoji, which one that is older than it does not know.
fn has_doubtful_width(symbol: &str) -> bool {
    if symbol.len() < 3 {
        return false;
    }
    let mut characters = symbol.chars();
    characters.next().is_some_and(|first| first >= '\u{1f000}') || characters.next().is_some()
}

/// Names the cell where what follows is written.
fn write_place(out: &mut Vec<u8>, column: u16, row: u16) {
    out.extend_from_slice(b"\x1b[");
    write_number(out, u32::from(row) + 1);
    out.push(b';');
    write_number(out, u32::from(column) + 1);
    out.push(b'H');
}

/// All looks at once, so that nothing is left of those before.
fn write_looks(out: &mut Vec<u8>, (text, ground, modifiers): (Color, Color, Modifier)) {
    out.extend_from_slice(b"\x1b[0");
    for (modifier, number) in MODIFIERS {
        if modifiers.contains(modifier) {
            out.extend_from_slice(number.as_bytes());
        }
    }
    write_colour(out, text, 0);
    write_colour(out, ground, 10);
    out.push(b'm');
}

/// The numbers of a colour, those of a ground being greater by ten.
fn write_colour(out: &mut Vec<u8>, colour: Color, more: u8) {
    let (first, others): (u8, &[u8]) = match colour {
        Color::Rgb(red, green, blue) => (38, &[2, red, green, blue]),
        Color::Indexed(index) => (38, &[5, index]),
        colour => match number(colour) {
            Some(number) => (number, &[]),
            None => return,
        },
    };
    for number in std::iter::once(first + more).chain(others.iter().copied()) {
        out.push(b';');
        write_number(out, u32::from(number));
    }
}

/// Writes a number in digits. A frame has hundreds, and formatting would take longer for each
/// than all else that is written for a cell.
fn write_number(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// The code of one of the terminal's own sixteen colours, as text.
fn number(colour: Color) -> Option<u8> {
    number_of(colour).map(|number| if number < 8 { 30 + number } else { 82 + number })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use ratatui::style::Style;

    fn cell(symbol: &'static str, style: Style) -> Cell {
        let mut cell = Cell::new(symbol);
        cell.set_style(style);
        cell
    }

    fn painted(cells: &[(u16, u16, &Cell)]) -> String {
        let mut out = Vec::new();
        paint(&mut out, cells.iter().copied());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn neighbours_of_one_look_are_sent_in_one_go() {
        let style = Style::new().fg(Color::Cyan).bg(Color::White).add_modifier(Modifier::BOLD);
        let (a, b, plain) = (cell("a", style), cell("b", style), cell("c", Style::new()));
        assert_eq!(painted(&[(4, 2, &a), (5, 2, &b)]), "\x1b[3;5H\x1b[0;1;36;107mab\x1b[0m");
        assert_eq!(painted(&[(0, 0, &a), (1, 0, &plain)]), "\x1b[1;1H\x1b[0;1;36;107ma\x1b[0mc");
        assert_eq!(painted(&[(0, 0, &plain), (1, 1, &plain)]), "\x1b[1;1Hc\x1b[2;2Hc");
        assert_eq!(painted(&[]), "");
    }

    #[test]
    fn after_a_wide_character_the_place_is_named_again() {
        let (wide, plain) = (cell("中", Style::new()), cell("c", Style::new()));
        assert_eq!(painted(&[(0, 0, &wide), (2, 0, &plain)]), "\x1b[1;1H中\x1b[1;3Hc");
    }

    #[test]
    fn a_symbol_of_several_characters_is_written_on_blanks_and_the_place_named_behind_it() {
        let (letters, plain) = (cell("লা", Style::new()), cell("c", Style::new()));
        assert_eq!(painted(&[(1, 0, &letters), (3, 0, &plain)]), "\x1b[1;2H  \x1b[1;2Hলা\x1b[1;4Hc");
        let accent = cell("e\u{301}", Style::new());
        assert_eq!(painted(&[(0, 0, &accent), (1, 0, &plain)]), "\x1b[1;1H \x1b[1;1He\u{301}\x1b[1;2Hc");
    }

    #[test]
    fn a_colour_beyond_the_sixteen_is_sent_by_its_own_numbers() {
        let style = Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(200));
        assert_eq!(painted(&[(0, 0, &cell("a", style))]), "\x1b[1;1H\x1b[0;38;2;1;2;3;48;5;200ma\x1b[0m");
    }
}
