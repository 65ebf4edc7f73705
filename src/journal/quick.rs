//! The fast path for marks, without a JSON parser.
//!
//! Nearly all lines of a log are marks as this program writes them, byte for byte in the
//! same order. Reading those by hand makes opening a long journal without its cache about
//! three times as fast; `docs/PERFORMANCE.md` has the figures. Owns no format: whatever is not
//! exactly such a line is left to `record.rs`, and a property test compares the two.

use crate::journal::id::{DeviceId, RecordId, WriterId};
use crate::journal::operation::Mark;
use crate::journal::parse::parse_date;
use jiff::civil::Date;

/// A record of a mark, borrowed from its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuickMark<'a> {
    pub(crate) id: RecordId,
    pub(crate) writer: Option<WriterId>,
    pub(crate) clock: u64,
    pub(crate) time: &'a str,
    pub(crate) course: &'a str,
    pub(crate) item: &'a str,
    pub(crate) day: Date,
    pub(crate) mark: Option<Mark>,
}

/// The beginning of a line, by which its record is known even when the rest of it is torn off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) device: DeviceId,
    pub(crate) writer: Option<WriterId>,
    pub(crate) sequence: u64,
    pub(crate) clock: u64,
}

impl Head {
    /// The longest head, in bytes: two numbers of 20 digits, and all that is around them.
    const LONGEST: usize = 128;

    /// Reads the head of what may be a torn line.
    pub(crate) fn of(line: &[u8]) -> Option<Self> {
        let start = line.get(..Self::LONGEST).unwrap_or(line);
        // Text that is cut within a character has its head before that.
        let start = start.utf8_chunks().next()?.valid();
        let (head, rest) = Self::split(start)?;
        // A number that ends where the line does may have been longer.
        (!rest.is_empty()).then_some(head)
    }

    /// Splits the head from the rest of a line.
    fn split(line: &str) -> Option<(Self, &str)> {
        let rest = line.strip_prefix("{\"v\":\"1.")?;
        let rest = rest.strip_prefix(|minor: char| minor.is_ascii_digit())?;
        let (device, rest) = rest.strip_prefix("\",\"dev\":\"")?.split_at_checked(16)?;
        let device = DeviceId::parse(device)?;
        let (writer, rest) = match rest.strip_prefix("\",\"by\":\"") {
            None => (None, rest),
            Some(rest) => {
                let (writer, rest) = rest.split_at_checked(8)?;
                (Some(WriterId::parse(writer)?), rest)
            }
        };
        let (sequence, rest) = number(rest.strip_prefix("\",\"seq\":")?)?;
        let (clock, rest) = number(rest.strip_prefix(",\"clock\":")?)?;
        Some((Self { device, writer, sequence, clock }, rest))
    }
}

impl<'a> QuickMark<'a> {
    /// Parses the mark of a line without its trailer; the checksum has been verified.
    pub(crate) fn parse(body: &'a [u8], sum: u32) -> Option<Self> {
        if !is_plain(body) {
            return None;
        }
        let (Head { device, writer, sequence, clock }, rest) = Head::split(std::str::from_utf8(body).ok()?)?;
        let (time, rest) = name(rest.strip_prefix(",\"time\":\"")?)?;
        let (course, rest) = name(rest.strip_prefix(",\"do\":{\"op\":\"mark\",\"course\":\"")?)?;
        let (item, rest) = name(rest.strip_prefix(",\"item\":\"")?)?;
        let (day, rest) = name(rest.strip_prefix(",\"day\":\"")?)?;
        let mark = match rest {
            ",\"mark\":\"kept\"}" => Some(Mark::Kept),
            ",\"mark\":\"slipped\"}" => Some(Mark::Slipped),
            ",\"mark\":\"na\"}" => Some(Mark::DidNotArise),
            ",\"mark\":null}" => None,
            _ => return None,
        };
        let id = RecordId { device, sequence, sum };
        Some(Self { id, writer, clock, time, course, item, day: parse_date(day)?, mark })
    }
}

/// Returns whether there is no escape, no blank, nothing but ASCII: such text needs no cleaning.
/// Always counts to the end, which takes less time than stopping at the first.
fn is_plain(bytes: &[u8]) -> bool {
    let odd = |byte: &u8| u8::from(!byte.is_ascii_graphic()) | u8::from(*byte == b'\\');
    bytes.iter().fold(0, |found, byte| found | odd(byte)) == 0
}

/// Splits off a number as JSON writes it, without sign, fraction or leading zero.
fn number(text: &str) -> Option<(u64, &str)> {
    let mut value: u64 = 0;
    let mut length = 0;
    for byte in text.bytes().take_while(u8::is_ascii_digit) {
        value = value.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?;
        length += 1;
    }
    let leading_zero = length > 1 && text.starts_with('0');
    (length > 0 && !leading_zero).then_some((value, text.get(length..)?))
}

/// Splits a text from what follows its closing quotation mark.
fn name(text: &str) -> Option<(&str, &str)> {
    let length = memchr::memchr(b'"', text.as_bytes())?;
    Some((text.get(..length)?, text.get(length + 1..)?))
}
