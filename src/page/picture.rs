//! Lays out pictures: the rows that one takes, above its description.
//!
//! Owns where it stands in its block, and what is said of one that cannot be shown. Must not know how it
//! is drawn.

use crate::page::block_layout::BlockLayout;
use crate::page::line::{PicturePart, Role, saturated};
use crate::page::margin::ornament;
use crate::page::picture_size::{PictureRoom, PictureSize, WIDEST};
use crate::text::{Document, columns};
use std::collections::BTreeMap;

/// What is known of the file of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureShape {
    /// Its width and height in pixels.
    Pixels(u32, u32),
    /// It is no file of what is open, such as one of the web: its description is alone.
    NoFile,
    /// It cannot be shown, and why.
    NotShown(String),
}

/// The pictures of a text, as far as their files are known, by the numbers of their images. A picture
/// that is not among them is its description alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePictures {
    /// The room for each.
    pub room: PictureRoom,
    /// What is known of them.
    pub shapes: BTreeMap<usize, PictureShape>,
}

/// The size of the picture with this number, if its file is known.
pub(super) fn size(link: usize, measure: usize, pictures: &PagePictures) -> Option<PictureSize> {
    match pictures.shapes.get(&link)? {
        PictureShape::Pixels(width, height) => Some(pictures.room.fit((*width, *height), measure)),
        PictureShape::NoFile | PictureShape::NotShown(_) => None,
    }
}

/// Adds the rows of the picture that a block is, if it is one.
pub(super) fn lay_out(
    layout: &mut BlockLayout<'_>,
    document: &Document,
    index: usize,
    pictures: &PagePictures,
) {
    let Some(link) = document.picture(index) else { return };
    let Some(size) = size(link, layout.measure(), pictures) else { return };
    let column = saturated(layout.left());
    for row in 0..size.rows {
        let segments = layout.begin_line();
        layout.add_picture_line(segments, PicturePart { link, column, row, size });
    }
}

/// Adds the reason why the picture that a block is cannot be shown, below its description.
pub(super) fn lay_out_reason(
    layout: &mut BlockLayout<'_>,
    document: &Document,
    index: usize,
    pictures: &PagePictures,
) {
    let shape = document.picture(index).and_then(|link| pictures.shapes.get(&link));
    let Some(PictureShape::NotShown(why)) = shape else { return };
    let measure = u16::try_from(layout.measure()).unwrap_or(WIDEST);
    for line in columns::wrapped(&format!("(not shown: {why})"), measure) {
        let mut segments = layout.begin_line();
        segments.push(ornament(layout.left(), line, Role::Hint));
        layout.add_line(segments, 0);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::page::{Page, PageRow};
    use crate::text::{Position, markdown};

    const TEXT: &str = "Above it.\n\n> ![A cup](cup.png)\n\n![Gone](gone.png)\n\nBelow it.\n";

    /// A page of so many columns, with one picture that is known and one that cannot be shown.
    fn page(document: &Document, width: u16) -> Page {
        let why = "the file is damaged".to_owned();
        let shapes = BTreeMap::from([(0, PictureShape::Pixels(80, 80)), (1, PictureShape::NotShown(why))]);
        let room = PictureRoom { rows: 9, cell: (8, 16) };
        Page::new(document, width).pictured(PagePictures { room, shapes })
    }

    #[test]
    fn a_picture_stands_beside_its_margin_above_its_description() {
        let document = markdown::parse(TEXT);
        let page = page(&document, 40);
        let lines = page.block(&document, 1);
        let parts: Vec<_> = lines.iter().filter_map(|line| line.picture).collect();
        let size = PictureSize { columns: 10, rows: 5 };
        assert_eq!(parts.len(), 5);
        assert_eq!(parts.last(), Some(&PicturePart { link: 0, column: 2, row: 4, size }));
        // The bar of the quote is beside it.
        assert!(lines.iter().take(5).all(|line| line.segments.len() == 1 && line.range.is_empty()));
        assert_eq!(page.picture(&document, 1), Some((0, Some(size))));
        assert_eq!(page.picture(&document, 2), Some((1, None)));
        assert_eq!((page.picture_rows(&document, 1), page.picture_rows(&document, 2)), (5, 0));
    }

    #[test]
    fn every_row_can_stand_at_the_top_and_every_byte_has_its_row() {
        let document = markdown::parse(TEXT);
        for width in [4, 12, 40, 300] {
            let page = page(&document, width);
            let rows: Vec<PageRow> =
                page.rows(&document, PageRow::default(), 1000).map(|(row, _)| row).collect();
            for row in &rows {
                assert_eq!(page.row(&document, page.top(&document, *row)), *row, "{width} columns");
            }
            let shown = page.row_of(&document, Position { block: 1, offset: 0 });
            let line = page.block(&document, 1).get(shown.line).unwrap();
            assert!(line.has_text() && line.picture.is_none(), "{width} columns");
        }
    }
}
