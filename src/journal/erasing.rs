//! Erasing, when it is asked for here.
//!
//! Owns what an erase names, which is all that is here now, and its order: first it is recorded,
//! then carried out. Must not clear files itself: `removal.rs` does, also for what others erased.

use crate::journal::disk::OpenMode;
use crate::journal::erase::{Erase, EraseScope, Ranges, Reach};
use crate::journal::home::Home;
use crate::journal::id::{DeviceId, WriterId};
use crate::journal::lines::{self, LogPiece};
use crate::journal::record::Decoded;
use crate::journal::write::Batch;
use crate::journal::{Journal, JournalError, Ledger, Recent, Remaining, files, recent};
use std::collections::{BTreeMap, HashSet};

/// The most ranges of numbers that one record of an erase names. Each takes less than two hundred
/// bytes of the eight megabytes that a record may have.
const MOST_RANGES: usize = 30_000;

/// The outcome of an erase.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// The number of records that were removed.
    pub records: usize,
    /// Files that may still hold what was erased.
    pub remaining: Vec<Remaining>,
}

impl Journal {
    /// Counts the records that [`Journal::erase`] would remove.
    ///
    /// # Errors
    /// When the logs cannot be read.
    pub fn count_erasable(&mut self, ledger: &mut Ledger, scope: EraseScope) -> Result<usize, JournalError> {
        self.work(ledger, |(home, _), _| {
            let parts = home.erase_of(scope)?;
            home.count_covered(&parts)
        })
    }

    /// Removes for good what is known now: from every log in the folder, the cache, the
    /// quarantine and the backups; and leaves a record that makes other devices do the same.
    /// What is still pending is written first. Files that cannot be cleared are named, and
    /// tried again with the next start.
    ///
    /// # Errors
    /// When the removal cannot be recorded; then nothing is removed.
    pub fn erase(&mut self, ledger: &mut Ledger, scope: EraseScope) -> Result<Erased, JournalError> {
        self.retry(ledger)?;
        let mut erased = self.work(ledger, |(home, device), ledger| {
            let parts = home.erase_of(scope)?;
            let count = home.count_covered(&parts)?;
            let mut batch = Batch::default();
            let mut erases = Vec::new();
            for erase in parts {
                let version = batch.add(home, device, None, &erase)?;
                erases.push((version.id, Erase { clock: version.clock, ..erase }));
            }
            home.write_batch(device, &batch)?;
            for (id, erase) in erases {
                home.replay.erases.insert(id, erase);
            }
            home.remove_asked_for();
            home.read_again(ledger)?;
            home.backed_up = None;
            home.back_up_when_due();
            Ok(Erased { records: count, remaining: home.remaining.clone() })
        })?;
        erased.remaining.extend(self.erase_recent(scope));
        Ok(erased)
    }

    /// Erases from the list of what was read recently, which is no record. Returns the
    /// file, if it could not be changed.
    fn erase_recent(&self, scope: EraseScope) -> Option<Remaining> {
        let changed = self.change_recent(|recent| match scope {
            EraseScope::All => *recent = Recent::default(),
            EraseScope::Before(day) => recent.remove_before(day),
            EraseScope::Notes | EraseScope::Words => {}
        });
        let error = changed.err()?;
        Some(Remaining::of(self.folder()?.join(recent::NAME), &error))
    }

    /// The number of erases that this journal knows of. As soon as there are more, what was shown
    /// before may have to go from the screen, too.
    pub fn erases(&self) -> usize {
        self.home.as_ref().map_or(0, |home| home.replay.erases.len())
    }
}

impl Home {
    /// The records in the logs and in their copies. A copy that cannot be read is named when
    /// it is to be cleared.
    fn each_record_or_copy(&self, each: &mut dyn FnMut(&Decoded<'_>)) -> Result<(), JournalError> {
        self.each_record(each)?;
        for path in self.copies(&mut Vec::new()) {
            let Ok(file) = files::open(&self.disk, &path, OpenMode::Read) else { continue };
            let read = lines::read(&*file, 0, &mut |found| {
                if let LogPiece::Whole(_, decoded) = found {
                    each(&decoded);
                }
            });
            read.map_err(|error| JournalError::io(&path, error))?;
        }
        Ok(())
    }

    /// A removal of this, of all records that are here, in a log or in a copy of one. It is in
    /// several parts where there is more than one record can name.
    fn erase_of(&mut self, scope: EraseScope) -> Result<Vec<Erase>, JournalError> {
        let mut seen: BTreeMap<(DeviceId, Option<WriterId>), Vec<u64>> = BTreeMap::new();
        let mut clocks = Vec::new();
        self.each_record_or_copy(&mut |decoded| {
            if let Some(record) = decoded.record() {
                seen.entry((record.id.device, record.writer)).or_default().push(record.id.sequence);
                clocks.push(record.clock);
            }
        })?;
        self.replay.raise(clocks);
        let (_, clock) = self.replay.next_clocks();
        let ranges = seen.into_iter().flat_map(|(writer, numbers)| {
            Ranges::of(numbers).pieces().map(|range| (writer, range)).collect::<Vec<_>>()
        });
        let mut ranges = ranges.peekable();
        let mut parts = Vec::new();
        // An erase of nothing is an erase, too.
        while parts.is_empty() || ranges.peek().is_some() {
            let mut part: BTreeMap<_, Vec<(u64, u64)>> = BTreeMap::new();
            for (writer, range) in ranges.by_ref().take(MOST_RANGES) {
                part.entry(writer).or_default().push(range);
            }
            let part = part.into_iter().map(|(writer, ranges)| (writer, Ranges::merged(ranges)));
            parts.push(Erase { scope, reach: Reach::Written(part.collect()), clock });
        }
        Ok(parts)
    }

    fn count_covered(&self, erases: &[Erase]) -> Result<usize, JournalError> {
        let mut covered = HashSet::new();
        self.each_record_or_copy(&mut |decoded| {
            covered.extend(
                decoded
                    .record()
                    .filter(|record| erases.iter().any(|erase| record.is_covered_by(erase)))
                    .map(|record| record.id),
            );
        })?;
        Ok(covered.len())
    }
}
