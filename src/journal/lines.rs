//! A log, line by line: whole records, and what is damaged between them.
//!
//! Owns how whole records are found in a damaged file, and how much of it is looked at at
//! once. Must not know what records mean or where damage goes.

use crate::journal::disk::DiskFile;
use crate::journal::record::{self, Decoded, HEAD, MAX_LINE, SUM, TRAILER};
use memchr::{memchr, memmem, memrchr};
use std::io;

/// How much is read at once, in bytes.
const CHUNK: usize = 256 << 10;

/// What was found in a log.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    /// A whole line, as it stands and as it is understood.
    Whole(&'a [u8], Decoded<'a>),
    /// Bytes at this offset that are no whole record.
    Damaged(u64, &'a [u8]),
}

/// How far a log was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Behind the last line that ends in a line break, in bytes from the start of the file.
    pub(crate) lines: u64,
    /// The end of the file, in bytes.
    pub(crate) end: u64,
}

/// Reads a log from an offset to its end. A last line without a line break is given out as
/// what it is, and read again the next time: somebody may still be writing it.
///
/// # Errors
/// Those of the disk.
pub(crate) fn read(file: &dyn DiskFile, from: u64, each: &mut dyn FnMut(Found<'_>)) -> io::Result<Extent> {
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
            each(Found::Damaged(start, filled.get(..used).unwrap_or_default()));
        }
        buffer.copy_within(used..held, 0);
        start += used as u64;
        held -= used;
    }
}

/// One line, without its line break.
fn line(offset: u64, bytes: &[u8], each: &mut dyn FnMut(Found<'_>)) {
    if bytes.is_empty() {
        return;
    }
    if let Some(decoded) = record::decode(bytes) {
        each(Found::Whole(bytes, decoded));
        return;
    }
    salvage(offset, bytes, each);
}

/// How much of a line that is longer than any record is given up: all before what may be
/// the beginning of a record.
fn overlong(bytes: &[u8]) -> usize {
    let head = memmem::rfind(bytes, HEAD).filter(|head| *head > 0);
    head.unwrap_or_else(|| bytes.len().saturating_sub(HEAD.len()))
}

/// Whole records within a damaged line. Neither the head nor the trailer of a record can
/// stand within a text, where every quotation mark is escaped.
fn salvage(offset: u64, bytes: &[u8], each: &mut dyn FnMut(Found<'_>)) {
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
                each(Found::Damaged(offset + done as u64, damage));
            }
            each(Found::Whole(piece, decoded));
            done = range.end;
            from = done;
        }
    }
    if let Some(damage) = bytes.get(done..).filter(|damage| !damage.is_empty()) {
        each(Found::Damaged(offset + done as u64, damage));
    }
}
