//! The protocol of kitty: the terminal holds the picture, and cells refer to its rows and columns.
//!
//! Owns the bytes that send a picture, and the placeholders. They are text like any other, so that
//! whatever is drawn over them hides them, and they scroll. Must not delete a picture: the terminal's
//! side does.

use super::diacritics::diacritic;
use super::png::png;
use crate::page::PictureSize;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{ImageError, RgbaImage};
use ratatui::style::Color;

/// The character that stands for a cell of a picture.
const PLACEHOLDER: char = '\u{10EEEE}';

/// The most bytes of a picture in one sequence.
const CHUNK: usize = 4096;

/// The bytes that send a picture to the terminal, to be held under a number and shown in so many cells.
/// The terminal does not answer them.
pub(super) fn drawn(image: &RgbaImage, size: PictureSize, number: u32) -> Result<Vec<u8>, ImageError> {
    let encoded = STANDARD.encode(png(image)?);
    let PictureSize { columns, rows } = size;
    let mut bytes = Vec::with_capacity(encoded.len() + encoded.len() / CHUNK * 16 + 64);
    let mut chunks = encoded.as_bytes().chunks(CHUNK).peekable();
    let mut head = format!("a=T,U=1,q=2,f=100,i={number},c={columns},r={rows},");
    while let Some(chunk) = chunks.next() {
        let more = u8::from(chunks.peek().is_some());
        bytes.extend_from_slice(format!("\x1b_G{head}m={more};").as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\x1b\\");
        "q=2,".clone_into(&mut head);
    }
    Ok(bytes)
}

/// The text and the colour of a cell that shows this row and column of a picture; none for one that
/// cannot be numbered.
pub(in crate::screen) fn placeholder(number: u32, row: u16, column: u16) -> Option<(String, Color)> {
    let [_, red, green, blue] = number.to_be_bytes();
    let text = [PLACEHOLDER, diacritic(row)?, diacritic(column)?].into_iter().collect();
    Some((text, Color::Rgb(red, green, blue)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::text::columns;
    use image::Rgba;

    #[test]
    fn what_is_sent_is_the_picture_in_pieces_and_asks_for_no_answer() {
        // Noise, which no encoder makes small.
        let mut seed = 1_u32;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        };
        let image = RgbaImage::from_fn(64, 64, |_, _| Rgba([noise(), noise(), noise(), 255]));
        let sent =
            String::from_utf8(drawn(&image, PictureSize { columns: 8, rows: 4 }, 77).unwrap()).unwrap();
        let mut data = String::new();
        let pieces: Vec<&str> = sent.split_terminator("\x1b\\").collect();
        assert!(pieces.len() > 2, "{} pieces", pieces.len());
        for (index, piece) in pieces.iter().enumerate() {
            let (head, part) = piece.strip_prefix("\x1b_G").unwrap().split_once(';').unwrap();
            let more = if index + 1 < pieces.len() { "m=1" } else { "m=0" };
            let whole = if index == 0 { "a=T,U=1,q=2,f=100,i=77,c=8,r=4," } else { "q=2," };
            assert_eq!(head, format!("{whole}{more}"));
            assert!(part.len() <= 4096);
            data.push_str(part);
        }
        let decoded = image::load_from_memory(&STANDARD.decode(data).unwrap()).unwrap();
        assert_eq!(decoded.into_rgba8(), image);
    }

    #[test]
    fn a_placeholder_takes_one_column_and_has_the_number_as_its_colour() {
        let (text, colour) = placeholder(0x01_02_03, 0, 289).unwrap();
        assert_eq!((columns::width(&text), colour), (1, Color::Rgb(1, 2, 3)));
        assert_eq!(text.chars().count(), 3);
        assert_eq!(placeholder(1, 297, 0), None);
    }
}
