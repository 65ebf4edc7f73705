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

/// The number of the image that a block is, and its size if its file is known.
pub(super) fn in_block(
    document: &Document,
    index: usize,
    measure: usize,
    pictures: &PagePictures,
) -> Option<(usize, Option<PictureSize>)> {
    let link = document.picture(index)?;
    let size = match pictures.shapes.get(&link) {
        Some(PictureShape::Pixels(width, height)) => Some(pictures.room.fit((*width, *height), measure)),
        Some(PictureShape::NoFile | PictureShape::NotShown(_)) | None => None,
    };
    Some((link, size))
}

/// Adds the rows of the picture that a block is, if it is one.
pub(super) fn lay_out(
    layout: &mut BlockLayout<'_>,
    document: &Document,
    index: usize,
    pictures: &PagePictures,
) {
    let Some((link, Some(size))) = in_block(document, index, layout.measure(), pictures) else { return };
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
