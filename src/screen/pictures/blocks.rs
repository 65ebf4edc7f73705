//! Pictures in characters: each cell shows two pixels, one above the other.

use super::scaling::scaled;
use crate::page::PictureSize;
use crate::reader::pictures::BlockColours;
use crate::screen::theme::colour::Rgb;
use image::{Rgba, RgbaImage};
use ratatui::style::Color;

/// The character of a cell: the upper half in the colour of the text, the lower in that of the ground.
pub(in crate::screen) const UPPER_HALF: &str = "▀";

/// The colours of the upper and lower half of each cell, row by row.
pub(super) fn drawn(image: &RgbaImage, size: PictureSize, colours: BlockColours) -> Vec<[Color; 2]> {
    let (columns, rows) = (u32::from(size.columns), u32::from(size.rows));
    let pixels = scaled(image, columns, rows * 2);
    let colour = |x: u32, y: u32| {
        let Rgba([red, green, blue, _]) = *pixels.get_pixel(x, y);
        match colours {
            BlockColours::True => Color::Rgb(red, green, blue),
            BlockColours::Indexed => Color::Indexed(Rgb(red, green, blue).nearest_indexed()),
        }
    };
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row * 2)));
    cells.map(|(x, y)| [colour(x, y), colour(x, y + 1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_colours_of_its_two_halves() {
        let image = RgbaImage::from_fn(2, 4, |x, y| match (x, y) {
            (0, 0..2) => Rgba([255, 0, 0, 255]),
            (0, _) => Rgba([0, 0, 255, 255]),
            _ => Rgba([0, 255, 0, 255]),
        });
        let size = PictureSize { columns: 2, rows: 1 };
        let [red, green, blue] = [Color::Rgb(255, 0, 0), Color::Rgb(0, 255, 0), Color::Rgb(0, 0, 255)];
        assert_eq!(drawn(&image, size, BlockColours::True), [[red, blue], [green, green]]);
        let [red, green, blue] = [Color::Indexed(196), Color::Indexed(46), Color::Indexed(21)];
        assert_eq!(drawn(&image, size, BlockColours::Indexed), [[red, blue], [green, green]]);
    }
}
