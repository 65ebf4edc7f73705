//! From records to the Ledger: what may be believed of their clocks, and what was erased.
//!
//! Owns the rule for clocks that have run ahead. A Lamport clock counts records, so it can
//! not honestly be much greater than their number. Of all clocks in all logs, in rising
//! order and beginning at 0, one is believed as long as it is at most [`LEAP`] above the one
//! before it. The last one that is believed is the horizon; new records count on from there.
//! A record beyond the horizon ranks below every record within it, so it never holds
//! against anything that is marked by an honest clock, before or after it.
//!
//! The horizon depends only on which records there are, not on the order in which they
//! arrive, and it can only grow with more records: every device comes to the same Ledger,
//! and what was believed once is believed for ever.

use crate::journal::Ledger;
use crate::journal::erase::Erase;
use crate::journal::ledger::DayMark;
use crate::journal::quick::QuickMark;
use crate::journal::record::{Deed, DeviceId, Record, RecordId};
use crate::journal::stamp::Stamp;
use std::collections::BTreeMap;

/// How far a clock may be above all others and still be believed: far more records than
/// can be missing between two devices, and far too few to reach the end of the numbers by
/// leaps.
pub(crate) const LEAP: u64 = 1 << 20;

/// What is known of the records besides how things stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Fold {
    /// The greatest clock that is believed.
    pub(crate) horizon: u64,
    /// The records beyond it.
    pub(crate) ahead: BTreeMap<(u64, RecordId), Record>,
    /// The last sequence number of each device.
    pub(crate) sequences: BTreeMap<DeviceId, u64>,
    /// Everything that was erased for good.
    pub(crate) erases: BTreeMap<RecordId, Erase>,
    /// Whether an erase was met that records taken in before it may fall under.
    pub(crate) overtaken: bool,
    /// Whether records were met that had been erased and are still in some log.
    pub(crate) met_erased: bool,
}

impl Fold {
    /// Begins again, knowing already what was erased.
    pub(crate) fn again(&self) -> Self {
        Self { erases: self.erases.clone(), ..Self::default() }
    }

    /// Takes a mark in: what [`Fold::take`] would do, without copying names that are known.
    pub(crate) fn take_mark(&mut self, ledger: &mut Ledger, mark: QuickMark<'_>) {
        let usual = self.erases.is_empty() && self.ahead.is_empty();
        if !usual || mark.clock > self.horizon.saturating_add(LEAP) {
            self.take(ledger, mark.into_record());
            return;
        }
        self.count(mark.id);
        self.horizon = self.horizon.max(mark.clock);
        let stamp = Stamp { rank: mark.clock, id: mark.id };
        ledger.take_mark(mark.course, mark.item, DayMark { day: mark.day, mark: mark.mark, stamp });
    }

    /// Takes a record in.
    pub(crate) fn take(&mut self, ledger: &mut Ledger, record: Record) {
        self.count(record.id);
        if record.clock > self.horizon.saturating_add(LEAP) {
            self.note_erase(&record);
            self.apply(ledger, record.clone(), 0);
            self.ahead.insert((record.clock, record.id), record);
            return;
        }
        self.horizon = self.horizon.max(record.clock);
        self.note_erase(&record);
        let clock = record.clock;
        self.apply(ledger, record, clock);
        if !self.ahead.is_empty() {
            self.catch_up(ledger);
        }
    }

    fn count(&mut self, id: RecordId) {
        let last = self.sequences.entry(id.device).or_default();
        *last = id.sequence.max(*last);
    }

    fn note_erase(&mut self, record: &Record) {
        if let Deed::Erase(erase) = &record.deed
            && self.erases.insert(record.id, erase.clone()).is_none()
        {
            self.overtaken = true;
        }
    }

    /// Believes what has come within reach.
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

    /// Whether this record was erased for good.
    pub(crate) fn is_erased(&self, record: &Record) -> bool {
        self.erases.values().any(|erase| erase.covers(record))
    }

    fn apply(&mut self, ledger: &mut Ledger, record: Record, rank: u64) {
        if self.is_erased(&record) {
            self.met_erased = true;
        } else if let Deed::Operation(operation) = record.deed {
            ledger.take(operation, Stamp { rank, id: record.id }, &record.over);
        }
    }
}
