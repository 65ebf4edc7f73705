//! Pictures become what a terminal shows: cells of two colours, or bytes for its own protocol.
//!
//! Owns the choice between these. Called on a thread of its own, because it takes time. Must not read a
//! file, nor know where on the screen a picture stands.
//!
//! ```text
//! blocks.rs   cells of two colours                      any terminal with 256 colours
//! kitty.rs    the terminal holds it, cells refer to it  kitty, Ghostty
//! iterm.rs    a PNG for each row of cells               iTerm2, WezTerm
//! sixel.rs    sixels for each row of cells              foot, xterm, Windows Terminal
//! ```

mod blocks;
mod diacritics;
mod iterm;
mod kitty;
mod sixel;

pub(super) use blocks::UPPER_HALF;
pub(super) use kitty::placeholder;

use crate::page::PictureSize;
use crate::reader::pictures::{BlockColours, Drawing, DrawnPicture, PictureWay};
use image::imageops::{FilterType, resize};
use image::{ExtendedColorType, ImageEncoder as _, ImageError, RgbaImage};

/// A picture as the terminal shows it in this way, in so many cells. One that the terminal holds has
/// this number there.
pub fn drawn(image: &RgbaImage, size: PictureSize, way: PictureWay, number: u32) -> DrawnPicture {
    let in_blocks = |colours| Drawing::Blocks(blocks::drawn(image, size, colours));
    let drawing = match way {
        PictureWay::Blocks(colours) | PictureWay::Unasked(colours) => in_blocks(colours),
        PictureWay::Never => in_blocks(BlockColours::Indexed),
        PictureWay::Kitty(cell) => kitty::drawn(&shrunk(image, size, cell), size, number)
            .map_or_else(|_| in_blocks(BlockColours::True), Drawing::Held),
        PictureWay::Iterm(cell) => iterm::drawn(&fitted(image, size, cell), size)
            .map_or_else(|_| in_blocks(BlockColours::True), Drawing::Rows),
        PictureWay::Sixel(cell) => Drawing::Rows(sixel::drawn(&fitted(image, size, cell), cell.1)),
    };
    DrawnPicture { size, number, drawing }
}

/// The picture with exactly as many pixels as its cells have.
fn fitted(image: &RgbaImage, size: PictureSize, (width, height): (u16, u16)) -> RgbaImage {
    let pixels = |cells: u16, of_cell: u16| u32::from(cells) * u32::from(of_cell.max(1));
    resize(image, pixels(size.columns, width), pixels(size.rows, height), FilterType::Triangle)
}

/// The picture with no more pixels than its cells have.
fn shrunk(image: &RgbaImage, size: PictureSize, cell: (u16, u16)) -> RgbaImage {
    let (width, height) =
        (u32::from(size.columns) * u32::from(cell.0), u32::from(size.rows) * u32::from(cell.1));
    if image.width() <= width && image.height() <= height { image.clone() } else { fitted(image, size, cell) }
}

/// The picture as a PNG.
fn png(image: &RgbaImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgba8)?;
    Ok(bytes)
}
