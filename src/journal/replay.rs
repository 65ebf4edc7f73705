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

use crate::journal::course_state::Provenance;
use crate::journal::erase::Erase;
use crate::journal::erases::Erases;
use crate::journal::id::{DeviceId, MAX_SEQUENCE, RecordId, WriterId};
use crate::journal::ledger::Ledger;
use crate::journal::marked_days::DayMark;
use crate::journal::quick::{Head, QuickMark};
use crate::journal::record::{Content, HEAD, Record};
use crate::journal::version::{LEAP, Version};
use memchr::memmem;
use std::collections::BTreeMap;

/// How far ahead of the horizon a record may be that what is written now has to win over.
const NEAR: u64 = LEAP * 16;

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
    pub(crate) erases: Erases,
    /// Whether an erase was met that may cover records inserted before it.
    pub(crate) overtaken: bool,
    /// Whether records were met that had been erased and are still in some log.
    pub(crate) met_erased: bool,
}

impl Replay {
    /// Starts over, knowing already what was erased and which numbers were given: a log that
    /// is taken back to an older state must not have a number given twice.
    pub(crate) fn again(&self) -> Self {
        Self { erases: self.erases.clone(), sequences: self.sequences.clone(), ..Self::default() }
    }

    /// The clocks of the steps that lead to a clock above every record that was replayed, also
    /// those that are just beyond belief; and that clock. What is written with it wins over all
    /// that was shown. What is further ahead than [`NEAR`] is never come to.
    pub(crate) fn next_clocks(&self) -> (Vec<u64>, u64) {
        let mut steps = Vec::new();
        let mut reached = self.horizon;
        for (clock, _) in self.ahead.keys() {
            if clock.saturating_sub(self.horizon) > NEAR {
                break;
            }
            while *clock > reached.saturating_add(LEAP / 2) {
                reached = reached.saturating_add(LEAP / 2);
                steps.push(reached);
            }
            reached = reached.max(*clock);
        }
        (steps, reached.saturating_add(1))
    }

    /// Raises the horizon by clocks of records that are in copies of logs alone, as far as they
    /// can be believed: an erase that covers these records has to come after them.
    pub(crate) fn raise(&mut self, mut clocks: Vec<u64>) {
        clocks.sort_unstable();
        for clock in clocks {
            if clock <= self.horizon.saturating_add(LEAP) {
                self.horizon = self.horizon.max(clock);
            }
        }
    }

    /// Returns whether an erase names numbers of this session that it has not come to yet, or the
    /// numbers of this device are as good as used up: then its id must not be written under.
    pub(crate) fn is_spent(&self, device: DeviceId, writer: WriterId) -> bool {
        let last = self.sequences.get(&device).copied().unwrap_or(0);
        last >= MAX_SEQUENCE - LEAP
            || self.erases.iter().any(|(_, erase)| erase.reaches(device, Some(writer), last + 1))
    }

    /// Returns whether an erase was met whose clock cannot be believed, so that it is not followed.
    pub(crate) fn has_odd_erase(&self) -> bool {
        self.ahead.values().any(|record| matches!(record.content, Content::Erase(_)))
    }

    /// Replays a mark as [`Replay::insert`] does, without copying names that are known.
    /// Returns whether it stands, which an erased one does not.
    pub(crate) fn insert_mark(&mut self, ledger: &mut Ledger, mark: QuickMark<'_>) -> bool {
        let is_plain = self.erases.is_empty() && self.ahead.is_empty();
        if !is_plain || !self.believe(mark.id, mark.clock) {
            return self.insert(ledger, Record::from(mark));
        }
        let version = Version { clock: mark.clock, id: mark.id };
        ledger.insert_mark(mark.course, mark.item, DayMark { day: mark.day, mark: mark.mark, version });
        true
    }

    /// Replays a record. Returns whether it stands, which an erased one does not.
    pub(crate) fn insert(&mut self, ledger: &mut Ledger, record: Record) -> bool {
        let clock = record.clock;
        if self.believe(record.id, clock) {
            let stands = self.apply(ledger, record, clock);
            self.catch_up(ledger);
            stands
        } else {
            let stands = !self.is_erased(&record);
            // An erase that cannot be believed is not followed: what cannot be known is kept.
            if !matches!(record.content, Content::Erase(_)) {
                self.apply(ledger, record.clone(), 0);
            }
            self.ahead.insert((clock, record.id), record);
            stands
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
            && self.erases.insert(record.id, erase.clone())
        {
            self.overtaken = true;
        }
    }

    /// Believes the clocks that are within reach now. Returns whether there were any.
    pub(crate) fn catch_up(&mut self, ledger: &mut Ledger) -> bool {
        let mut were_any = false;
        while let Some(first) = self.ahead.first_entry()
            && first.key().0 <= self.horizon.saturating_add(LEAP)
        {
            let record = first.remove();
            self.horizon = self.horizon.max(record.clock);
            let clock = record.clock;
            self.apply(ledger, record, clock);
            were_any = true;
        }
        were_any
    }

    /// Returns whether this record was erased for good.
    pub(crate) fn is_erased(&self, record: &Record) -> bool {
        self.erases.cover(record)
    }

    /// Returns whether damaged bytes hold the beginning of a record that an erase reaches. What
    /// the record was about cannot be known, so such bytes go whatever was to be erased.
    pub(crate) fn is_torn_from_erased(&self, damage: &[u8]) -> bool {
        let reaches = |head: Head, erase: &Erase| {
            erase.comes_after(head.clock) && erase.reaches(head.device, head.writer, head.sequence)
        };
        !self.erases.is_empty()
            && memmem::find_iter(damage, HEAD)
                .filter_map(|at| Head::of(damage.get(at..)?))
                .filter(|head| self.erases.may_name(head.device, head.sequence))
                .any(|head| self.erases.iter().any(|(_, erase)| reaches(head, erase)))
    }

    fn apply(&mut self, ledger: &mut Ledger, record: Record, clock: u64) -> bool {
        self.note_erase(&record);
        if self.overtaken {
            // All is read again, with what was erased known from the beginning.
            return true;
        }
        if self.is_erased(&record) {
            self.met_erased = true;
            return false;
        }
        if let Content::Operation(operation) = record.content {
            let source = Provenance { supersedes: record.supersedes.as_deref(), written: record.written };
            ledger.insert(operation, Version { clock, id: record.id }, &source);
        }
        true
    }
}
