//! What this window knows of its device's log line by line, so that it can be written again.
//!
//! Owns the lines that this session has written until it ends, and the last of those that it has read:
//! a tool that copies files may put an older state of a log over the one that they were called saved
//! in. Must not touch files: `write.rs` does.

use crate::journal::id::{DeviceId, RecordId};
use crate::journal::lines;
use crate::journal::names::LOG;
use std::collections::{BTreeMap, BTreeSet};

/// The most that is held of what was read, in bytes: some five thousand changes. What this session
/// has written is held besides.
pub(crate) const HELD: usize = 1 << 20;

/// How much of that is read at the start, in bytes, of what the cache spares the reading of: some
/// three hundred changes.
pub(crate) const HELD_AT_START: u64 = 64 << 10;

/// The lines of the own log that are known here, and which of them were found again.
#[derive(Debug, Default)]
pub(crate) struct OwnLines {
    /// Those that this session has written, with their line breaks.
    written: BTreeMap<RecordId, Vec<u8>>,
    /// Others, which were read; at most [`HELD`] bytes.
    read: BTreeMap<RecordId, Vec<u8>>,
    /// The end of what was read of the log since, as it is: most windows never have to look at it.
    tail: Option<(DeviceId, Vec<u8>)>,
    /// Those that were met since all logs began to be read from their beginning; `None` when
    /// nothing is to be looked for.
    met: Option<BTreeSet<RecordId>>,
}

impl OwnLines {
    /// Adds a line that was written and synced.
    pub(crate) fn wrote(&mut self, id: RecordId, line: &[u8]) {
        self.written.insert(id, line.to_vec());
        if let Some(met) = &mut self.met {
            met.insert(id);
        }
    }

    /// Adds bytes that were read from the log of this device, behind those that were read before.
    pub(crate) fn read(&mut self, device: DeviceId, bytes: &[u8]) {
        if self.tail.as_ref().is_some_and(|(of, _)| *of != device) {
            self.take_apart();
        }
        let (_, tail) = self.tail.get_or_insert((device, Vec::new()));
        tail.extend_from_slice(bytes);
        // Not each time, or each short line would move all others.
        if tail.len() > 2 * HELD {
            tail.drain(..tail.len() - HELD);
        }
    }

    /// Begins to look for what is known: all logs are about to be read.
    pub(crate) fn begin_reading(&mut self) {
        self.take_apart();
        let is_empty = self.written.is_empty() && self.read.is_empty();
        self.met = (!is_empty).then(BTreeSet::new);
    }

    /// Takes the bytes that were read apart into lines.
    fn take_apart(&mut self) {
        let Some((device, tail)) = self.tail.take() else { return };
        let from = tail.len().saturating_sub(HELD);
        lines::each_record(tail.get(from..).unwrap_or_default(), &mut |record, line| {
            let id = record.id;
            if id.device == device && !self.written.contains_key(&id) {
                self.read.insert(id, [line, b"\n"].concat());
            }
        });
        let mut bytes: usize = self.read.values().map(Vec::len).sum();
        while bytes > HELD
            && let Some((_, line)) = self.read.pop_first()
        {
            bytes -= line.len();
        }
    }

    /// Ends the look: it is known what is there, or cannot be known.
    pub(crate) fn give_up_reading(&mut self) {
        self.met = None;
    }

    /// Takes note that a log holds a record. One that is in another log than it was written to
    /// may go from there at any time.
    pub(crate) fn meet(&mut self, log: &str, id: RecordId) {
        if let Some(met) = &mut self.met
            && (self.written.contains_key(&id) || self.read.contains_key(&id))
            && log.strip_suffix(LOG) == Some(id.device.to_string().as_str())
        {
            met.insert(id);
        }
    }

    /// What is known and was not met, in the order of the writing.
    pub(crate) fn missing(&self) -> Vec<(RecordId, Vec<u8>)> {
        let Some(met) = &self.met else { return Vec::new() };
        let known: BTreeMap<_, _> = self.written.iter().chain(&self.read).collect();
        let missing = known.into_iter().filter(|(id, _)| !met.contains(id));
        missing.map(|(id, line)| (*id, line.clone())).collect()
    }

    /// The lines of a device that are known.
    pub(crate) fn lines_of(&self, device: DeviceId) -> impl Iterator<Item = &[u8]> {
        let all = self.written.iter().chain(&self.read);
        all.filter(move |(id, _)| id.device == device).map(|(_, line)| line.as_slice())
    }

    /// Forgets a line that was erased.
    pub(crate) fn forget(&mut self, id: &RecordId) {
        self.written.remove(id);
        self.read.remove(id);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use crate::journal::id::WriterId;
    use crate::journal::record::{ClockStep, Header, encode};

    #[test]
    fn of_what_was_read_the_last_lines_are_held_and_no_more_than_the_bound() {
        let device = DeviceId(7);
        let (mut own, mut lines) = (OwnLines::default(), Vec::new());
        for sequence in 1..=20_000 {
            let time = jiff::Timestamp::UNIX_EPOCH;
            let writer = WriterId(1);
            let header = Header { device, writer, sequence, clock: sequence, time, supersedes: None };
            let (line, id) = encode(&header, &ClockStep {}).unwrap();
            own.read(device, &line);
            lines.push((id, line));
        }
        own.begin_reading();
        let missing = own.missing();
        assert_eq!(missing, lines.split_off(lines.len() - missing.len()));
        let held: usize = missing.iter().map(|(_, line)| line.len()).sum();
        assert!(held <= HELD && held > HELD - 1000, "{held}");
    }
}
