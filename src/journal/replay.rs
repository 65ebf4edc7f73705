//! Replays records into the ledger: which clocks to believe, and what was erased.
//!
//! Owns the rule for clocks that have run ahead. A Lamport clock counts records, so it can
//! not honestly be much greater than their number. Of all clocks in all logs, in rising
//! order and beginning at 0, one is believed as long as it is at most [`LEAP`] above the one
//! before it. The last one that is believed is the horizon; new records count on from there.
//! A record beyond the horizon counts as older than every record within it, so it never
//! wins over anything with an honest clock, before or after it.
//!
//! The horizon depends only on which records there are, not on the order in which they
//! arrive, and it can only grow with more records: every device comes to the same ledger,
//! and what was believed once is believed for ever. Must not read files.

use crate::journal::erase::Erase;
use crate::journal::id::{DeviceId, MAX_SEQUENCE, RecordId};
use crate::journal::ledger::Ledger;
use crate::journal::marks::DayMark;
use crate::journal::quick::QuickMark;
use crate::journal::record::{Content, Record};
use crate::journal::version::Version;
use std::collections::BTreeMap;

/// The most that a clock may be above all others and still be believed: far more records than
/// can be missing between two devices, and far too few to reach the end of the numbers by
/// leaps.
pub(crate) const LEAP: u64 = 1 << 20;

/// The replay so far: what has to be remembered of the records besides the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Replay {
    /// The greatest clock that is believed.
    pub(crate) horizon: u64,
    /// The records beyond it.
    pub(crate) ahead: BTreeMap<(u64, RecordId), Record>,
    /// The last sequence number of each device.
    pub(crate) sequences: BTreeMap<DeviceId, u64>,
    /// Everything that was erased for good.
    pub(crate) erases: BTreeMap<RecordId, Erase>,
    /// Whether an erase was met that may cover records inserted before it.
    pub(crate) overtaken: bool,
    /// Whether records were met that had been erased and are still in some log.
    pub(crate) met_erased: bool,
}

impl Replay {
    /// Starts over, knowing already what was erased.
    pub(crate) fn again(&self) -> Self {
        Self { erases: self.erases.clone(), ..Self::default() }
    }

    /// Replays a mark as [`Replay::insert`] does, without copying names that are known.
    pub(crate) fn insert_mark(&mut self, ledger: &mut Ledger, mark: QuickMark<'_>) {
        let is_plain = self.erases.is_empty() && self.ahead.is_empty();
        if !is_plain || !self.believe(mark.id, mark.clock) {
            self.insert(ledger, Record::from(mark));
            return;
        }
        let version = Version { clock: mark.clock, id: mark.id };
        ledger.insert_mark(mark.course, mark.item, DayMark { day: mark.day, mark: mark.mark, version });
    }

    /// Replays a record.
    pub(crate) fn insert(&mut self, ledger: &mut Ledger, record: Record) {
        self.note_erase(&record);
        let clock = record.clock;
        if self.believe(record.id, clock) {
            self.apply(ledger, record, clock);
            self.catch_up(ledger);
        } else {
            self.apply(ledger, record.clone(), 0);
            self.ahead.insert((clock, record.id), record);
        }
    }

    /// Notes a record's sequence number, and its clock if that can be believed. Returns whether
    /// it can.
    fn believe(&mut self, id: RecordId, clock: u64) -> bool {
        if id.sequence <= MAX_SEQUENCE {
            let last = self.sequences.entry(id.device).or_default();
            *last = id.sequence.max(*last);
        }
        let is_believed = clock <= self.horizon.saturating_add(LEAP);
        if is_believed {
            self.horizon = self.horizon.max(clock);
        }
        is_believed
    }

    fn note_erase(&mut self, record: &Record) {
        if let Content::Erase(erase) = &record.content
            && self.erases.insert(record.id, erase.clone()).is_none()
        {
            self.overtaken = true;
        }
    }

    /// Believes the clocks that are within reach now.
    fn catch_up(&mut self, ledger: &mut Ledger) {
        while let Some(first) = self.ahead.first_entry()
            && first.key().0 <= self.horizon.saturating_add(LEAP)
        {
            let record = first.remove();
            self.horizon = self.horizon.max(record.clock);
            let clock = record.clock;
            self.apply(ledger, record, clock);
        }
    }

    /// Returns whether this record was erased for good.
    pub(crate) fn is_erased(&self, record: &Record) -> bool {
        self.erases.values().any(|erase| record.is_covered_by(erase))
    }

    fn apply(&mut self, ledger: &mut Ledger, record: Record, clock: u64) {
        if self.is_erased(&record) {
            self.met_erased = true;
        } else if let Content::Operation(operation) = record.content {
            ledger.insert(operation, Version { clock, id: record.id }, &record.supersedes);
        }
    }
}
