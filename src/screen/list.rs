//! A list in an area: the one painter and the one hit test.
//!
//! Owns the way from a list's lines to cells and back. Both ways go through
//! [`List::in_sight`], so a click hits what was painted there. Which lines are in sight is
//! [`scroll`]'s to say.

use crate::reader::list::{LinePiece, ListLine};
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, mark_as_cut, put, put_right, tint};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::ops::Range;

/// Says that more lies below, and which key leads there if there is one.
pub(super) fn say_more_below(page_down: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let key = if page_down.is_empty() { String::new() } else { format!("{page_down}: ") };
    put_right(buffer, area, &format!("{key}more below"), theme.muted);
}

/// A list in its area.
#[derive(Debug)]
pub(super) struct List {
    area: Rect,
    lines: Vec<ListLine>,
    /// The first line in sight.
    top: usize,
}

impl List {
    /// A list with this line at the top, or one before it, so that no row stays empty.
    pub(super) fn from_line(top: usize, lines: Vec<ListLine>, area: Rect) -> Self {
        let top = top.min(scroll::last_top(lines.len(), usize::from(area.height)));
        Self { area, lines, top }
    }

    /// A list that is scrolled to its selected entry.
    pub(super) fn to_selected(lines: Vec<ListLine>, area: Rect) -> Self {
        let first = lines.iter().position(|line| line.selected).unwrap_or(0);
        let count = lines.iter().skip(first).take_while(|line| line.selected).count();
        Self::to_lines(&(first..first + count), lines, area)
    }

    /// A list that is scrolled to these of its lines.
    pub(super) fn to_lines(sought: &Range<usize>, lines: Vec<ListLine>, area: Rect) -> Self {
        let top = scroll::top(sought, lines.len(), usize::from(area.height));
        Self { area, lines, top }
    }

    /// Returns whether lines follow below those in sight.
    pub(super) fn has_more_below(&self) -> bool {
        self.top < scroll::last_top(self.lines.len(), usize::from(self.area.height))
    }

    /// Paints the lines in sight. `highlight` is laid over those of the selected entry, with a bar
    /// at their left.
    pub(super) fn draw(&self, highlight: Option<Style>, theme: &Theme, buffer: &mut Buffer) {
        for (row, content) in self.in_sight() {
            let highlight = highlight.filter(|_| content.selected);
            if let Some(style) = highlight {
                tint(buffer, row, style);
            }
            let mut rest = row;
            for piece in &content.pieces {
                let style = theme.tone(piece.tone);
                let style = highlight.map_or(style, |highlight| style.patch(highlight));
                let taken = put(buffer, rest, &piece.text, style);
                rest = indented(rest, taken);
            }
            if rest.width == 0 && columns::width(content.text().trim_end()) > usize::from(row.width) {
                mark_as_cut(buffer, row);
            }
        }
        if let Some(highlight) = highlight {
            let selected = self.in_sight().filter(|(_, content)| content.selected);
            let rows: Vec<Rect> = selected.map(|(row, _)| row).collect();
            bar(&rows, theme.focus.patch(highlight), buffer);
        }
    }

    /// What a click on a cell means, if something that can be clicked is painted there.
    pub(super) fn target_at(&self, cell: Position) -> Option<&Target> {
        let (row, content) = self.in_sight().find(|(row, _)| row.contains(cell))?;
        piece_at(&content.pieces, usize::from(cell.x - row.x))
            .and_then(|piece| piece.target.as_ref())
            .or(content.target.as_ref())
    }

    /// The cell in which text is typed, at this column of a line; none when that line is out of
    /// sight.
    pub(super) fn cell_of(&self, line: usize, column: usize) -> Option<Position> {
        let (row, _) = self.in_sight().nth(line.checked_sub(self.top)?)?;
        let column = u16::try_from(column).unwrap_or(u16::MAX).min(row.width.saturating_sub(1));
        Some(Position::new(row.x + column, row.y))
    }

    /// The lines in sight, each with its row.
    fn in_sight(&self) -> impl Iterator<Item = (Rect, &ListLine)> {
        let height = usize::from(self.area.height);
        let lines = self.lines.iter().skip(self.top).take(height).enumerate();
        lines.map(|(index, content)| (line(self.area, index), content))
    }
}

/// The bar beside the lines of the selected entry: in their first column, or left of it if one of
/// them has a sign there.
fn bar(rows: &[Rect], style: Style, buffer: &mut Buffer) {
    let Some(x) = rows.first().map(|row| row.x) else { return };
    let is_free =
        |x: u16| rows.iter().all(|row| buffer.cell((x, row.y)).is_some_and(|cell| cell.symbol() == " "));
    if let Some(x) = [Some(x), x.checked_sub(1)].into_iter().flatten().find(|x| is_free(*x)) {
        for row in rows {
            // It is no quieter beside a quiet line.
            put(buffer, Rect { x, width: 1, ..*row }, BAR, style.remove_modifier(Modifier::DIM));
        }
    }
}

/// The sign of the bar.
const BAR: &str = "▌";

/// The piece of a line at a column.
fn piece_at(pieces: &[LinePiece], column: usize) -> Option<&LinePiece> {
    let mut end = 0;
    pieces.iter().find(|piece| {
        end += columns::width(&piece.text);
        column < end
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::reader::list::Tone;
    use proptest::prelude::*;

    /// The entries of a list, each of which says on all of its lines which one it is.
    fn entries(lengths: &[usize], selected: usize) -> Vec<ListLine> {
        let entries = lengths
            .iter()
            .enumerate()
            .flat_map(|(entry, length)| std::iter::repeat_n((entry, Target::Choice(entry)), *length));
        let lines = entries.map(|(entry, target)| {
            ListLine::new(format!("{entry}."), Tone::Text).in_entry(target, entry == selected)
        });
        lines.collect()
    }

    fn painted(list: &List, screen: Rect) -> Buffer {
        let mut buffer = Buffer::empty(screen);
        list.draw(None, &Theme::PLAIN, &mut buffer);
        buffer
    }

    /// The entry that is painted at a row of the screen.
    fn entry_at(buffer: &Buffer, y: u16) -> Option<Target> {
        let row: String = buffer.area.columns().map(|column| buffer[(column.x, y)].symbol()).collect();
        let number = row.trim().strip_suffix('.')?;
        Some(Target::Choice(number.parse().unwrap()))
    }

    proptest! {
        #[test]
        fn a_click_hits_what_is_painted_at_its_cell(
            lengths in prop::collection::vec(1usize..5, 1..40),
            selected in 0usize..40,
            (x, y) in (0u16..4, 0u16..4),
            (width, height) in (4u16..12, 0u16..20),
        ) {
            let screen = Rect::new(0, 0, 16, 24);
            let area = Rect::new(x, y, width, height);
            let list = List::to_selected(entries(&lengths, selected % lengths.len()), area);
            let buffer = painted(&list, screen);
            for cell in screen.positions() {
                let expected = entry_at(&buffer, cell.y).filter(|_| area.contains(cell));
                prop_assert_eq!(list.target_at(cell), expected.as_ref(), "at {}", cell);
            }
        }
    }

    #[test]
    fn a_click_on_a_piece_with_a_meaning_of_its_own_means_that() {
        let pieces = [
            LinePiece::new("日 ", Tone::Strong),
            LinePiece { target: Some(Target::More), ..LinePiece::new("[x]", Tone::Text) },
            LinePiece::new(" text", Tone::Text),
        ];
        let line = ListLine::of(pieces).in_entry(Target::Choice(0), true);
        let list = List::to_selected(vec![line], Rect::new(1, 1, 20, 1));
        let hits: Vec<Option<&Target>> = (0..12).map(|x| list.target_at(Position::new(x, 1))).collect();
        let (line, piece) = (Some(&Target::Choice(0)), Some(&Target::More));
        assert_eq!(hits, [None, line, line, line, piece, piece, piece, line, line, line, line, line]);
    }

    #[test]
    fn only_the_selected_entry_is_highlighted_to_the_edge_of_the_list() {
        let theme = Theme::PLAIN;
        let list = List::to_selected(entries(&[1, 2, 1], 1), Rect::new(0, 0, 8, 4));
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 4));
        list.draw(Some(theme.selection), &theme, &mut buffer);
        for cell in buffer.area.positions() {
            let highlighted = buffer[cell].modifier == theme.selection.add_modifier;
            assert_eq!(highlighted, (1..3).contains(&cell.y) && cell.x < 8, "at {cell}");
        }
    }

    #[test]
    fn text_is_typed_at_no_cell_when_its_line_is_out_of_sight() {
        let list = List::from_line(1, entries(&[1, 1, 1, 1], 0), Rect::new(2, 3, 5, 2));
        assert_eq!(list.cell_of(0, 0), None);
        assert_eq!(list.cell_of(1, 3), Some(Position::new(5, 3)));
        assert_eq!(list.cell_of(2, 90), Some(Position::new(6, 4)));
        assert_eq!(list.cell_of(3, 0), None);
    }
}
