//! The protocol of iTerm2: a PNG for each row of cells, so that any of them can be shown alone.

use super::png::png;
use crate::page::PictureSize;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::imageops::crop_imm;
use image::{ImageError, RgbaImage};

/// The bytes that draw each row of cells.
pub(super) fn drawn(image: &RgbaImage, size: PictureSize) -> Result<Vec<Vec<u8>>, ImageError> {
    let height = image.height() / u32::from(size.rows.max(1));
    let row = |row: u16| {
        let png = png(&crop_imm(image, 0, u32::from(row) * height, image.width(), height).to_image())?;
        let (length, columns, data) = (png.len(), size.columns, STANDARD.encode(png));
        let head = format!("inline=1;size={length};width={columns};height=1;preserveAspectRatio=0");
        Ok(format!("\x1b]1337;File={head};doNotMoveCursor=1:{data}\x07").into_bytes())
    };
    (0..size.rows).map(row).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use image::Rgba;

    #[test]
    fn each_row_is_a_picture_of_its_own() {
        let image = RgbaImage::from_fn(8, 30, |_, y| Rgba([u8::try_from(y).unwrap(), 0, 0, 255]));
        let rows = drawn(&image, PictureSize { columns: 2, rows: 3 }).unwrap();
        assert_eq!(rows.len(), 3);
        for (index, row) in rows.into_iter().enumerate() {
            let row = String::from_utf8(row).unwrap();
            let (head, data) = row.strip_suffix('\x07').unwrap().split_once(':').unwrap();
            assert!(
                head.starts_with("\x1b]1337;File=inline=1;") && head.contains(";width=2;height=1;"),
                "{head}"
            );
            let png = image::load_from_memory(&STANDARD.decode(data).unwrap()).unwrap().into_rgba8();
            assert_eq!(png.dimensions(), (8, 10));
            assert_eq!(usize::from(png.get_pixel(0, 0).0[0]), index * 10);
        }
    }
}
