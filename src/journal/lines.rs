//! The lines of a log: whole records, and the damage between them.
//!
//! Owns the search for whole records in a damaged file, and the size of the pieces that are
//! read. Must not know what records mean or where damage goes.

use crate::journal::disk::DiskFile;
use crate::journal::record::{self, Decoded, HEAD, MAX_LINE, Record, SUM, TRAILER};
use memchr::{memchr, memmem, memrchr};
use std::io;
use std::ops::Range;

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
    /// The end of the bytes that were read; of the file, when all of it was.
    pub(crate) end: u64,
    /// Whether all of the file was read.
    pub(crate) completeness: Completeness,
}

/// How much of a log was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Completeness {
    /// All of it.
    Whole,
    /// As much as was asked for, or a little more; there is more.
    Part,
}

/// Reads a log from an offset to its end. A last line without a line break is reported
/// like any other and read again the next time: somebody may still be writing it. Damaged lines
/// that follow each other are one piece, so that a file of rubbish is few pieces and not millions.
///
/// # Errors
/// Those of the disk.
pub(crate) fn read(file: &dyn DiskFile, from: u64, each: &mut dyn FnMut(LogPiece<'_>)) -> io::Result<Extent> {
    read_some(file, from, u64::MAX, each)
}

/// As [`read`], but stops at the end of a line once it has read this many bytes.
///
/// # Errors
/// Those of the disk.
pub(crate) fn read_some(
    file: &dyn DiskFile,
    from: u64,
    most: u64,
    each: &mut dyn FnMut(LogPiece<'_>),
) -> io::Result<Extent> {
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
            let mut pieces = Pieces::new(start, filled, each);
            pieces.line(0..filled.len());
            pieces.report_damage();
            return Ok(Extent { lines: start, end: start + held as u64, completeness: Completeness::Whole });
        }
        let mut used = memrchr(b'\n', filled).map_or(0, |last| last + 1);
        let mut pieces = Pieces::new(start, filled, each);
        let mut offset = 0;
        while let Some(rest) = filled.get(offset..used)
            && let Some(end) = memchr(b'\n', rest)
        {
            pieces.line(offset..offset + end);
            offset += end + 1;
        }
        if used == 0 && held > MAX_LINE {
            used = overlong(filled);
            pieces.damaged(0..used);
        }
        pieces.report_damage();
        buffer.copy_within(used..held, 0);
        start += used as u64;
        held -= used;
        if start - from >= most {
            return Ok(Extent { lines: start, end: start + held as u64, completeness: Completeness::Part });
        }
    }
}

/// Passes each whole record of these bytes of a log, with its line.
pub(crate) fn each_record(bytes: &[u8], each: &mut dyn FnMut(Record, &[u8])) {
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(record) = record::decode(line).and_then(Decoded::into_record) {
            each(record, line);
        }
    }
}

/// The pieces of the bytes that were read last, as they are reported.
struct Pieces<'a, 'b> {
    /// Where the bytes are in the log.
    start: u64,
    bytes: &'a [u8],
    /// Damage that has not been reported, because the next line may belong to it.
    damage: Option<Range<usize>>,
    each: &'b mut dyn FnMut(LogPiece<'_>),
}

impl<'a, 'b> Pieces<'a, 'b> {
    fn new(start: u64, bytes: &'a [u8], each: &'b mut dyn FnMut(LogPiece<'_>)) -> Self {
        Self { start, bytes, damage: None, each }
    }

    /// Takes in one line, without its line break.
    fn line(&mut self, range: Range<usize>) {
        let line = self.bytes.get(range.clone()).unwrap_or_default();
        // An editor or a sync tool may have ended the lines as Windows does.
        let (line, range) = match line.strip_suffix(b"\r") {
            Some(line) => (line, range.start..range.end - 1),
            None => (line, range),
        };
        if line.is_empty() {
            return;
        }
        match record::decode(line) {
            Some(decoded) => self.whole(line, decoded),
            None if line.len() < TRAILER => self.damaged(range),
            None => self.salvage(range),
        }
    }

    /// Takes in a damaged line and the whole records within it. Neither the head nor the trailer of a
    /// record can occur within a text, where every quotation mark is escaped.
    fn salvage(&mut self, line: Range<usize>) {
        let bytes = self.bytes.get(line.clone()).unwrap_or_default();
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
                self.damaged(line.start + done..line.start + range.start);
                self.whole(piece, decoded);
                done = range.end;
                from = done;
            }
        }
        self.damaged(line.start + done..line.end);
    }

    fn whole(&mut self, bytes: &[u8], decoded: Decoded<'_>) {
        self.report_damage();
        (self.each)(LogPiece::Whole(bytes, decoded));
    }

    fn damaged(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.damage = Some(match self.damage.take() {
            Some(before) => before.start..range.end,
            None => range,
        });
    }

    fn report_damage(&mut self) {
        let Some(range) = self.damage.take() else { return };
        let offset = self.start + range.start as u64;
        (self.each)(LogPiece::Damaged(offset, self.bytes.get(range).unwrap_or_default()));
    }
}

/// The number of bytes of an overlong line that are damage for sure: all before what may be
/// the beginning of a record.
fn overlong(bytes: &[u8]) -> usize {
    let head = memmem::rfind(bytes, HEAD).filter(|head| *head > 0);
    head.unwrap_or_else(|| bytes.len().saturating_sub(HEAD.len()))
}
