//! The pictures on the screen that are no characters.
//!
//! Owns which of them the terminal shows: a picture is sent when it was not there, or when
//! something was written over it, and what it leaves is painted again. Only the bytes of the program's
//! own encoders are sent; no cell's text can bring any. Must not decide where a picture stands.

use crate::reader::pictures::Drawing;
use crate::screen::PlacedPicture;
use crate::terminal::changes::Change;
use crate::terminal::modes;
use crossterm::QueueableCommand as _;
use crossterm::cursor::MoveTo;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The most pictures that the terminal holds and that are not in sight.
const MOST_HELD: usize = 32;

/// The pictures that the terminal shows.
#[derive(Debug, Default)]
pub(super) struct PictureLayer {
    /// The rows that it shows.
    rows: BTreeSet<ShownRow>,
}

/// A row of a picture, where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ShownRow {
    /// Its first column, its row and its width on the screen.
    at: (u16, u16, u16),
    /// The number of the picture.
    number: u32,
    /// Which row of the picture it is.
    row: u16,
}

impl ShownRow {
    fn of(placed: &PlacedPicture) -> Self {
        let Rect { x, y, width, .. } = placed.cells;
        Self { at: (x, y, width), number: placed.picture.number, row: placed.row }
    }

    fn cells(&self) -> Rect {
        let (x, y, width) = self.at;
        Rect::new(x, y, width, 1)
    }
}

impl PictureLayer {
    /// Forgets what is shown: all of the screen is about to be cleared.
    pub(super) fn forget_rows(&mut self) {
        self.rows.clear();
    }

    /// Has the cells painted again that a row of a picture leaves.
    pub(super) fn uncover(&self, placed: &[PlacedPicture], shown: &mut Buffer) {
        let stay: BTreeSet<ShownRow> = drawn_rows(placed).map(|(row, _)| row).collect();
        for row in self.rows.difference(&stay) {
            for cell in row.cells().intersection(shown.area).positions() {
                if let Some(cell) = shown.cell_mut(cell) {
                    // Its looks are none that a frame has, so it is sent again.
                    cell.modifier.insert(Modifier::HIDDEN);
                }
            }
        }
    }

    /// The rows that have to be sent after these cells have cells.
    pub(super) fn rows_to_send<'a>(
        &self,
        placed: &[PlacedPicture<'a>],
        changes: &[Change],
    ) -> Vec<(Position, &'a [u8])> {
        let is_hit = |row: &ShownRow| {
            let (x, y, width) = row.at;
            // The changes come row by row.
            let at = changes.partition_point(|(column, row, _)| (*row, *column) < (y, x));
            let next = changes.get(at).map(|(column, row, _)| (*row, *column));
            next.is_some_and(|next| next < (y, x.saturating_add(width)))
        };
        let rows = drawn_rows(placed).filter(|(row, _)| !self.rows.contains(row) || is_hit(row));
        rows.map(|(row, bytes)| (row.cells().as_position(), bytes)).collect()
    }

    /// Sends the pictures that cells refer to and that the terminal does not hold, and lets it drop
    /// those that are no longer of use.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn send_held(placed: &[PlacedPicture], out: &mut impl Write) -> io::Result<()> {
        let mut in_sight = BTreeSet::new();
        for placed in placed {
            if let Drawing::Held(bytes) = &placed.picture.drawing {
                in_sight.insert(placed.picture.number);
                if modes::begin_to_hold(placed.picture.number) {
                    out.write_all(bytes)?;
                }
            }
        }
        if modes::held_pictures() > MOST_HELD + in_sight.len() {
            out.write_all(&modes::drop_pictures_but(&in_sight))?;
        }
        Ok(())
    }

    /// Draws rows of pictures over their cells, and takes note of all that are shown.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn send_rows(
        &mut self,
        placed: &[PlacedPicture],
        rows: &[(Position, &[u8])],
        out: &mut impl Write,
    ) -> io::Result<()> {
        for (Position { x, y }, bytes) in rows {
            out.queue(MoveTo(*x, *y))?;
            out.write_all(bytes)?;
        }
        self.rows = drawn_rows(placed).map(|(row, _)| row).collect();
        Ok(())
    }
}

/// The rows that are drawn over their cells, and the bytes that draw them.
fn drawn_rows<'a>(placed: &[PlacedPicture<'a>]) -> impl Iterator<Item = (ShownRow, &'a [u8])> {
    placed.iter().filter_map(|placed| match &placed.picture.drawing {
        Drawing::Rows(rows) => Some((ShownRow::of(placed), rows.get(usize::from(placed.row))?.as_slice())),
        Drawing::Blocks(_) | Drawing::Held(_) => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
    use super::*;
    use crate::page::PictureSize;
    use crate::reader::pictures::DrawnPicture;
    use crate::terminal::changes::changes;
    use proptest::prelude::*;

    const COLUMNS: u16 = 8;
    const ROWS: u16 = 6;

    /// What a cell of a terminal shows.
    #[derive(Debug, Clone, PartialEq)]
    enum Shown {
        Text(String),
        Picture(Vec<u8>),
    }

    /// A frame: its text, and pictures with their places and the first of their rows that are in sight.
    type Frame = (Vec<(u16, u16, char)>, Vec<(usize, u16, u16, u16)>);

    fn frames() -> impl Strategy<Value = Vec<Frame>> {
        let text = prop::collection::vec((0..COLUMNS, 0..ROWS, prop::char::range('a', 'e')), 0..12);
        let pictures = prop::collection::vec((0..2_usize, 0..COLUMNS - 3, 0..ROWS, 0..3_u16), 0..2);
        prop::collection::vec((text, pictures), 1..6)
    }

    /// Two pictures, of three columns and three rows.
    fn pictures() -> [DrawnPicture; 2] {
        [1, 2].map(|number| DrawnPicture {
            size: PictureSize { columns: 3, rows: 3 },
            number,
            drawing: Drawing::Rows((0..3).map(|row| format!("{number}:{row}").into_bytes()).collect()),
        })
    }

    /// The rows of one picture that are in sight: only one is shown, as pictures do not overlap.
    fn placed<'a>(pictures: &'a [DrawnPicture; 2], frame: &Frame) -> Vec<PlacedPicture<'a>> {
        let Some((which, x, y, first)) = frame.1.first() else { return Vec::new() };
        let rows = (*first..3).zip(*y..ROWS);
        rows.map(|(row, y)| PlacedPicture { cells: Rect::new(*x, y, 3, 1), row, picture: &pictures[*which] })
            .collect()
    }

    fn cells(frame: &Frame, placed: &[PlacedPicture]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        for (x, y, letter) in &frame.0 {
            if !placed.iter().any(|placed| placed.cells.contains(Position::new(*x, *y))) {
                buffer[(*x, *y)].set_char(*letter);
            }
        }
        buffer
    }

    proptest! {
        #[test]
        fn what_is_sent_is_enough_to_show_the_next_frame_with_its_pictures(frames in frames()) {
            let pictures = pictures();
            let mut layer = PictureLayer::default();
            let mut terminal = vec![Shown::Text(" ".to_owned()); usize::from(COLUMNS * ROWS)];
            let index = |x: u16, y: u16| usize::from(y * COLUMNS + x);
            let mut before: Option<Buffer> = None;
            for frame in frames {
                let placed = placed(&pictures, &frame);
                let next = cells(&frame, &placed);
                if let Some(before) = &mut before {
                    layer.uncover(&placed, before);
                }
                let changes = changes(before.as_ref(), &next);
                let rows = layer.rows_to_send(&placed, &changes);
                for (x, y, cell) in &changes {
                    terminal[index(*x, *y)] = Shown::Text(cell.symbol().to_owned());
                }
                for (at, bytes) in &rows {
                    (at.x..at.x + 3).for_each(|x| terminal[index(x, at.y)] = Shown::Picture(bytes.to_vec()));
                }
                layer.send_rows(&placed, &rows, &mut Vec::new()).unwrap();
                for (x, y) in next.area.positions().map(|cell| (cell.x, cell.y)) {
                    let picture = placed.iter().find(|placed| placed.cells.contains(Position::new(x, y)));
                    let wanted = match picture {
                        Some(placed) => {
                            Shown::Picture(format!("{}:{}", placed.picture.number, placed.row).into_bytes())
                        }
                        None => Shown::Text(next[(x, y)].symbol().to_owned()),
                    };
                    prop_assert_eq!(&terminal[index(x, y)], &wanted, "at {}, {}", x, y);
                }
                before = Some(next);
            }
        }
    }

    #[test]
    fn what_stays_is_not_sent_again() {
        let pictures = pictures();
        let frame = (Vec::new(), vec![(0, 1, 1, 0)]);
        let placed = placed(&pictures, &frame);
        let mut layer = PictureLayer::default();
        let rows = layer.rows_to_send(&placed, &[]);
        assert_eq!(rows.len(), 3);
        let mut sent = Vec::new();
        layer.send_rows(&placed, &rows, &mut sent).unwrap();
        assert_eq!(String::from_utf8(sent).unwrap(), "\x1b[2;2H1:0\x1b[3;2H1:1\x1b[4;2H1:2");
        assert_eq!(layer.rows_to_send(&placed, &[]), []);
        layer.forget_rows();
        assert_eq!(layer.rows_to_send(&placed, &[]).len(), 3);
    }
}
