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
mod png;
mod scaling;
mod sixel;

pub(super) use blocks::UPPER_HALF;
pub(super) use kitty::placeholder;

use crate::page::PictureSize;
use crate::reader::pictures::{BlockColours, Drawing, DrawnPicture, PictureWay};
use image::RgbaImage;
use scaling::{fitted, shrunk};

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
