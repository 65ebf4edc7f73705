//! Sixels, as DEC's VT340 had them: a picture of at most 256 colours for each row of cells, so that any
//! of them can be shown alone.

use color_quant::NeuQuant;
use image::{Rgba, RgbaImage};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The colours of a picture.
const COLOURS: usize = 255;

/// How thoroughly they are chosen, from 1 for all pixels to 30.
const SAMPLING: i32 = 10;

/// The pixels of a sixel, one below the other.
const BAND: u32 = 6;

/// The bytes that draw each row of cells, of which each is so many pixels high.
pub(super) fn drawn(image: &RgbaImage, cell_height: u16) -> Vec<Vec<u8>> {
    let palette = NeuQuant::new(SAMPLING, COLOURS, image.as_raw());
    let colours: Vec<[u8; 3]> =
        palette.color_map_rgb().chunks_exact(3).filter_map(|colour| colour.try_into().ok()).collect();
    let indices: Vec<u8> =
        image.pixels().map(|Rgba(pixel)| u8::try_from(palette.index_of(pixel)).unwrap_or(u8::MAX)).collect();
    let width = usize::try_from(image.width().max(1)).unwrap_or(usize::MAX);
    let strips = indices.chunks(width * usize::from(cell_height.max(1)));
    strips.map(|strip| encoded(strip, width, &colours).into_bytes()).collect()
}

/// A strip of pixels, each the index of a colour, as sixels. What is not in it stays as it is.
fn encoded(strip: &[u8], width: usize, colours: &[[u8; 3]]) -> String {
    let mut out = format!("\x1bP0;1;0q\"1;1;{width};{}", strip.len() / width);
    let mut used: Vec<u8> = strip.to_vec();
    used.sort_unstable();
    used.dedup();
    for index in used {
        let [red, green, blue] = colours.get(usize::from(index)).copied().unwrap_or_default().map(per_cent);
        write!(out, "#{index};2;{red};{green};{blue}").ok();
    }
    for band in strip.chunks(width * BAND as usize) {
        // For each colour the columns that have it, and in which of their pixels.
        let mut columns: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
        for (row, pixels) in band.chunks(width).enumerate() {
            for (column, index) in pixels.iter().enumerate() {
                let sixels = columns.entry(*index).or_insert_with(|| vec![0; width]);
                if let Some(sixel) = sixels.get_mut(column) {
                    *sixel |= 1 << row;
                }
            }
        }
        for (index, sixels) in columns {
            write!(out, "#{index}").ok();
            for run in sixels.chunk_by(|a, b| a == b) {
                let sixel = char::from(b'?' + run.first().copied().unwrap_or_default());
                match run.len() {
                    length @ 4.. => drop(write!(out, "!{length}{sixel}")),
                    length => out.extend(std::iter::repeat_n(sixel, length)),
                }
            }
            out.push('$');
        }
        out.push('-');
    }
    out.push_str("\x1b\\");
    out
}

fn per_cent(part: u8) -> u16 {
    (u16::from(part) * 100 + 127) / 255
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn sixels_are_columns_of_six_pixels_for_each_colour() {
        // Two columns and seven rows: the first column is of one colour, the second of another below.
        let strip = [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1];
        let colours = [[255, 0, 0], [0, 0, 255]];
        let expected = "\x1bP0;1;0q\"1;1;2;7#0;2;100;0;0#1;2;0;0;100#0~F$#1?w$-#0@?$#1?@$-\x1b\\";
        assert_eq!(encoded(&strip, 2, &colours), expected);
    }

    #[test]
    fn each_row_of_cells_is_drawn_alone_and_long_runs_are_counted() {
        let image = RgbaImage::from_fn(20, 24, |_, _| Rgba([255, 255, 255, 255]));
        let rows = drawn(&image, 12);
        assert_eq!(rows.len(), 2);
        let row = String::from_utf8(rows.into_iter().next().unwrap()).unwrap();
        assert!(row.starts_with("\x1bP0;1;0q\"1;1;20;12#") && row.ends_with("!20~$-\x1b\\"), "{row}");
        // Nothing in it drives the terminal but its own introducer and terminator.
        assert_eq!(row.matches('\x1b').count(), 2);
    }
}
