//! Scaling pictures to cells.

use crate::page::PictureSize;
use image::RgbaImage;
use image::imageops::{FilterType, resize, thumbnail};

/// The picture with so many pixels. One that becomes smaller is averaged, which is quick and keeps
/// edges.
pub(super) fn scaled(image: &RgbaImage, width: u32, height: u32) -> RgbaImage {
    if width <= image.width() && height <= image.height() {
        thumbnail(image, width, height)
    } else {
        resize(image, width, height, FilterType::Triangle)
    }
}

/// The picture with exactly as many pixels as its cells have.
pub(super) fn fitted(image: &RgbaImage, size: PictureSize, cell: (u16, u16)) -> RgbaImage {
    let (width, height) = pixels(size, cell);
    scaled(image, width, height)
}

/// The picture with no more pixels than its cells have.
pub(super) fn shrunk(image: &RgbaImage, size: PictureSize, cell: (u16, u16)) -> RgbaImage {
    let (width, height) = pixels(size, cell);
    if image.width() <= width && image.height() <= height { image.clone() } else { fitted(image, size, cell) }
}

/// The pixels of so many cells.
fn pixels(size: PictureSize, (width, height): (u16, u16)) -> (u32, u32) {
    let pixels = |cells: u16, of_cell: u16| u32::from(cells) * u32::from(of_cell.max(1));
    (pixels(size.columns, width), pixels(size.rows, height))
}
