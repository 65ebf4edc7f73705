//! The size of a picture in cells.
//!
//! Owns how it is scaled to its room. Must not know what it shows.

/// The most columns and rows of a picture, however large its page is: kitty can number no more.
pub(super) const WIDEST: u16 = 290;

/// The room that a page has for pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureRoom {
    /// The most rows that one may have.
    pub rows: u16,
    /// The width and height of a cell of the screen, in pixels.
    pub cell: (u16, u16),
}

/// The cells that a picture takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureSize {
    /// Its columns, at least one.
    pub columns: u16,
    /// Its rows, at least one.
    pub rows: u16,
}

impl PictureRoom {
    /// The size of a picture of so many pixels where there are `measure` columns. It keeps its
    /// proportions and is never larger than it is.
    pub fn fit(&self, (width, height): (u32, u32), measure: usize) -> PictureSize {
        let (cell_width, cell_height) = (u64::from(self.cell.0.max(1)), u64::from(self.cell.1.max(1)));
        let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
        let most = u64::from(u16::try_from(measure).unwrap_or(WIDEST).clamp(1, WIDEST));
        let mut columns = width.div_ceil(cell_width).min(most);
        let mut rows = rounded(height * columns * cell_width, width * cell_height).max(1);
        let tallest = u64::from(self.rows.clamp(1, WIDEST));
        if rows > tallest {
            rows = tallest;
            columns = rounded(width * rows * cell_height, height * cell_width).clamp(1, most);
        }
        let cells = |number: u64| u16::try_from(number).unwrap_or(WIDEST);
        PictureSize { columns: cells(columns), rows: cells(rows) }
    }
}

fn rounded(number: u64, by: u64) -> u64 {
    (number + by / 2) / by
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: PictureRoom = PictureRoom { rows: 18, cell: (8, 16) };

    fn fit(pixels: (u32, u32), measure: usize) -> (u16, u16) {
        let size = ROOM.fit(pixels, measure);
        (size.columns, size.rows)
    }

    #[test]
    fn a_picture_keeps_its_proportions_and_fits_both_ways() {
        assert_eq!(fit((320, 160), 72), (40, 10));
        assert_eq!(fit((3200, 1600), 72), (72, 18));
        assert_eq!(fit((3200, 1600), 20), (20, 5));
        // Tall ones are as high as there is room, and narrower.
        assert_eq!(fit((1600, 3200), 72), (18, 18));
        // Never larger than they are, and never nothing.
        assert_eq!(fit((8, 16), 72), (1, 1));
        assert_eq!(fit((0, 0), 0), (1, 1));
        assert_eq!(fit((u32::MAX, 1), 72), (72, 1));
        assert_eq!(fit((1, u32::MAX), 72), (1, 18));
        assert_eq!(fit((u32::MAX, u32::MAX), usize::MAX), (36, 18));
    }
}
