//! From the bytes of a picture's file to its pixels, within bounds.
//!
//! Owns what is too much: bytes, pixels, memory and time. Must not read a file, nor know how a picture
//! is shown.

use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

/// The most bytes of a file that is read.
pub(super) const MOST_BYTES: u64 = 16 << 20;

/// The most pixels of a picture that is decoded.
const MOST_PIXELS: u64 = 40_000_000;

/// The most bytes of memory that decoding one takes.
const MOST_MEMORY: u64 = 256 << 20;

/// How long decoding one may take.
const LONGEST: Duration = Duration::from_secs(5);

/// The most pixels that are kept of a side: more than a screen shows.
const MOST_KEPT: u32 = 2048;

/// A pixel is seen from this opacity on.
const SEEN: u8 = 32;

/// A picture that was decoded.
#[derive(Debug)]
pub(super) struct DecodedPicture {
    /// The width and height of the whole, in pixels.
    pub(super) pixels: (u32, u32),
    /// The picture itself, smaller if it is very large, and without anything to be seen through it.
    pub(super) image: RgbaImage,
}

impl DecodedPicture {
    /// The bytes of memory that it takes.
    pub(super) fn weight(&self) -> usize {
        self.image.as_raw().len()
    }
}

/// Decodes a file: of one that moves, the first picture.
///
/// # Errors
/// When it is of another kind, damaged, or too much. The problem, in plain words.
pub(super) fn decode(bytes: Vec<u8>) -> Result<DecodedPicture, String> {
    let format = image::guess_format(&bytes).ok();
    let Some(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)) = format
    else {
        return Err("only PNG, JPEG, GIF and WebP can be".to_owned());
    };
    let mut reader = ImageReader::with_format(Hurried::new(bytes, LONGEST), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(format!("it has {width} by {height} pixels, which is too much"));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut whole = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    whole.apply_orientation(orientation);
    let pixels = (whole.width(), whole.height());
    if pixels.0.max(pixels.1) > MOST_KEPT {
        whole = whole.thumbnail(MOST_KEPT, MOST_KEPT);
    }
    let mut image = whole.into_rgba8();
    fill_ground(&mut image);
    Ok(DecodedPicture { pixels, image })
}

/// Why an image cannot be decoded, in plain words.
fn problem(error: &ImageError) -> String {
    let words = match error {
        ImageError::Limits(_) => "it is too large",
        ImageError::Unsupported(_) => "it is of a kind that is not known here",
        ImageError::IoError(error) if error.kind() == io::ErrorKind::TimedOut => {
            "it takes too long to decode"
        }
        ImageError::IoError(_)
        | ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_) => "the file is damaged, or not all of it is there",
    };
    words.to_owned()
}

/// Puts a ground under what can be seen through, on which the rest can be told apart: a drawing in
/// black lines is made for a white page.
fn fill_ground(image: &mut RgbaImage) {
    if image.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        return;
    }
    let (mut sum, mut count) = (0_u64, 0_u64);
    for Rgba([red, green, blue, _]) in image.pixels().filter(|pixel| pixel.0[3] >= SEEN) {
        sum += (299 * u64::from(*red) + 587 * u64::from(*green) + 114 * u64::from(*blue)) / 1000;
        count += 1;
    }
    let is_dark = sum < 128 * count.max(1);
    let ground = if is_dark { u8::MAX } else { 0 };
    for Rgba([red, green, blue, opacity]) in image.pixels_mut() {
        for part in [red, green, blue] {
            let mixed =
                u32::from(*part) * u32::from(*opacity) + u32::from(ground) * u32::from(u8::MAX - *opacity);
            *part = u8::try_from(mixed / u32::from(u8::MAX)).unwrap_or(u8::MAX);
        }
        *opacity = u8::MAX;
    }
}

/// Bytes that can be read until the time is over.
struct Hurried {
    bytes: Cursor<Vec<u8>>,
    end: Instant,
}

impl Hurried {
    fn new(bytes: Vec<u8>, limit: Duration) -> Self {
        Self { bytes: Cursor::new(bytes), end: Instant::now() + limit }
    }

    fn is_in_time(&self) -> io::Result<()> {
        if Instant::now() < self.end { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
    }
}

impl Read for Hurried {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_in_time()?;
        self.bytes.read(buffer)
    }
}

/// The most bytes that are handed out between two looks at the time.
const AT_ONCE: usize = 4096;

impl BufRead for Hurried {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.is_in_time()?;
        let bytes = self.bytes.fill_buf()?;
        Ok(bytes.get(..AT_ONCE).unwrap_or(bytes))
    }

    fn consume(&mut self, count: usize) {
        self.bytes.consume(count);
    }
}

impl Seek for Hurried {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
    use super::*;
    use image::Frame;

    fn encoded(image: &RgbaImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::from(image.clone());
        let image = if format == ImageFormat::Jpeg { image.into_rgb8().into() } else { image };
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn plain(width: u32, height: u32) -> RgbaImage {
        RgbaImage::from_pixel(width, height, Rgba([200, 100, 0, 255]))
    }

    /// The beginning of a PNG that says that it has so many pixels.
    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut head = b"IHDR".to_vec();
        head.extend(width.to_be_bytes());
        head.extend(height.to_be_bytes());
        head.extend([8, 6, 0, 0, 0]);
        let checksum = crc32fast::hash(&head).to_be_bytes();
        [b"\x89PNG\r\n\x1a\n\0\0\0\r".as_slice(), &head, &checksum, b"\0\0\0\0IDAT\x35\xaf\x06\x1e"].concat()
    }

    #[test]
    fn four_kinds_are_decoded() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let picture = decode(encoded(&plain(30, 20), format)).unwrap();
            assert_eq!(picture.pixels, (30, 20), "{format:?}");
            let Rgba([red, green, blue, opacity]) = *picture.image.get_pixel(15, 10);
            let is_near = |part: u8, wanted: u8| part.abs_diff(wanted) < 8;
            assert!(is_near(red, 200) && is_near(green, 100) && is_near(blue, 0) && opacity == 255);
        }
    }

    #[test]
    fn of_a_picture_that_moves_the_first_is_shown() {
        let mut bytes = Vec::new();
        let frame = |grey: u8| Frame::new(RgbaImage::from_pixel(4, 4, Rgba([grey, grey, grey, 255])));
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
        encoder.encode_frames([frame(10), frame(200)]).unwrap();
        drop(encoder);
        assert!(decode(bytes).unwrap().image.get_pixel(0, 0).0[0] < 50);
    }

    #[test]
    fn a_picture_that_says_it_has_billions_of_pixels_is_refused_before_memory_is_taken_for_them() {
        for (width, height) in [(50_000, 50_000), (40_000_001, 1), (u32::MAX >> 1, u32::MAX >> 1)] {
            let refused = decode(png_of(width, height)).unwrap_err();
            assert!(refused.contains("too"), "{width} by {height}: {refused}");
        }
    }

    #[test]
    fn a_file_that_ends_early_at_any_place_or_is_none_is_refused() {
        let whole = encoded(&plain(30, 20), ImageFormat::Png);
        for length in 8..whole.len() - 12 {
            assert!(decode(whole[..length].to_vec()).is_err(), "{length}");
        }
        for other in ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", "BM and more", "%PDF-1.7"] {
            assert_eq!(decode(other.into()).unwrap_err(), "only PNG, JPEG, GIF and WebP can be");
        }
    }

    #[test]
    fn a_large_picture_is_kept_small_and_its_size_is_known() {
        let picture = decode(encoded(&plain(5000, 100), ImageFormat::Png)).unwrap();
        assert_eq!(picture.pixels, (5000, 100));
        assert_eq!(picture.image.dimensions(), (2048, 41));
        assert_eq!(picture.weight(), 2048 * 41 * 4);
    }

    #[test]
    fn black_lines_on_nothing_stand_on_white_and_white_ones_on_black() {
        for (lines, ground) in [(0, 255), (255, 0)] {
            let seen = |x: u32| if x == 0 { 255 } else { 0 };
            let image = RgbaImage::from_fn(4, 1, |x, _| Rgba([lines, lines, lines, seen(x)]));
            let image = decode(encoded(&image, ImageFormat::Png)).unwrap().image;
            assert_eq!(image.get_pixel(0, 0).0, [lines, lines, lines, 255]);
            assert_eq!(image.get_pixel(3, 0).0, [ground, ground, ground, 255]);
        }
    }

    #[test]
    fn a_file_is_not_read_on_when_the_time_is_over() {
        let mut reader = Hurried::new(vec![0; 10], Duration::ZERO);
        assert_eq!(reader.read(&mut [0; 4]).unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(reader.fill_buf().unwrap_err().kind(), io::ErrorKind::TimedOut);
        let words = problem(&ImageError::IoError(io::ErrorKind::TimedOut.into()));
        assert_eq!(words, "it takes too long to decode");
        assert_eq!(Hurried::new(vec![0; 10], LONGEST).fill_buf().unwrap().len(), 10);
    }
}
