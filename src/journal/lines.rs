//! The lines of a log: whole records, and the damage between them.
//!
//! Owns the search for whole records in a damaged file, and the size of the pieces that are
//! read. Must not know what records mean or where damage goes.

use crate::journal::disk::DiskFile;
use crate::journal::record::{self, Decoded, HEAD, MAX_LINE, SUM, TRAILER};
use memchr::{memchr, memmem, memrchr};
use std::io;

/// The bytes that are read at once.
const CHUNK: usize = 256 << 10;

/// A piece of a log.
#[derive(Debug)]
pub(crate) enum LogPiece<'a> {
    /// A whole line: its bytes, and what they say.
    Whole(&'a [u8], Decoded<'a>),
    /// Bytes at this offset that are no whole record.
    Damaged(u64, &'a [u8]),
}

/// The end of what was read of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The end of the last line that has a line break, in bytes from the start of the file.
    pub(crate) lines: u64,
    /// The end of the file, in bytes.
    pub(crate) end: u64,
}

/// Reads a log from an offset to its end. A last line without a line break is reported
/// like any other and read again the next time: somebody may still be writing it.
///
/// # Errors
/// Those of the disk.
pub(crate) fn read(file: &dyn DiskFile, from: u64, each: &mut dyn FnMut(LogPiece<'_>)) -> io::Result<Extent> {
    let mut buffer = vec![0; CHUNK];
    let mut held = 0;
    let mut start = from;
    loop {
        if held == buffer.len() {
            buffer.resize(buffer.len().saturating_mul(2), 0);
        }
        let count = file.read_at(buffer.get_mut(held..).unwrap_or_default(), start + held as u64)?;
        held += count;
        let filled = buffer.get(..held).unwrap_or_default();
        if count == 0 {
            if !filled.is_empty() {
                line(start, filled, each);
            }
            return Ok(Extent { lines: start, end: start + held as u64 });
        }
        let mut used = memrchr(b'\n', filled).map_or(0, |last| last + 1);
        let mut offset = 0;
        while let Some(rest) = filled.get(offset..used)
            && let Some(end) = memchr(b'\n', rest)
        {
            line(start + offset as u64, rest.get(..end).unwrap_or_default(), each);
            offset += end + 1;
        }
        if used == 0 && held > MAX_LINE {
            used = overlong(filled);
            each(LogPiece::Damaged(start, filled.get(..used).unwrap_or_default()));
        }
        buffer.copy_within(used..held, 0);
        start += used as u64;
        held -= used;
    }
}

/// Reports one line, without its line break.
fn line(offset: u64, bytes: &[u8], each: &mut dyn FnMut(LogPiece<'_>)) {
    if bytes.is_empty() {
        return;
    }
    if let Some(decoded) = record::decode(bytes) {
        each(LogPiece::Whole(bytes, decoded));
        return;
    }
    salvage(offset, bytes, each);
}

/// The number of bytes of an overlong line that are damage for sure: all before what may be
/// the beginning of a record.
fn overlong(bytes: &[u8]) -> usize {
    let head = memmem::rfind(bytes, HEAD).filter(|head| *head > 0);
    head.unwrap_or_else(|| bytes.len().saturating_sub(HEAD.len()))
}

/// Reports the whole records within a damaged line. Neither the head nor the trailer of a record can
/// occur within a text, where every quotation mark is escaped.
fn salvage(offset: u64, bytes: &[u8], each: &mut dyn FnMut(LogPiece<'_>)) {
    let mut done = 0;
    let mut from = 0;
    for trailer in memmem::find_iter(bytes, SUM) {
        // A record has one trailer, so its head is behind the trailer of the one before.
        let head = bytes.get(from..trailer).and_then(|before| memmem::rfind(before, HEAD));
        let range = head.map(|head| from + head..trailer + TRAILER);
        from = trailer;
        let Some(range) = range else { continue };
        let Some(piece) = bytes.get(range.clone()) else { continue };
        if let Some(decoded) = record::decode(piece) {
            if let Some(damage) = bytes.get(done..range.start).filter(|damage| !damage.is_empty()) {
                each(LogPiece::Damaged(offset + done as u64, damage));
            }
            each(LogPiece::Whole(piece, decoded));
            done = range.end;
            from = done;
        }
    }
    if let Some(damage) = bytes.get(done..).filter(|damage| !damage.is_empty()) {
        each(LogPiece::Damaged(offset + done as u64, damage));
    }
}
