//! The upkeep of a journal as a whole: merging another, checking, repairing,
//! backing up, restoring, erasing, listing its files.
//!
//! Owns what the commands of that name do; they only ask and print. Must not print.

use crate::journal::disk::{Disk as _, FileKind, OpenMode};
use crate::journal::erase::{Erase, EraseScope, Ranges, Reach};
use crate::journal::home::{DamageList, Home};
use crate::journal::id::{DeviceId, RecordId, WriterId};
use crate::journal::lines::{self, LogPiece};
use crate::journal::names::LOG;
use crate::journal::record::{Content, Decoded};
use crate::journal::write::Batch;
use crate::journal::{Journal, JournalError, Ledger, Recent, Remaining, files, names, recent};
use crate::text::clean::clean_line;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// The outcome of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merged {
    /// Records that were new.
    pub new: usize,
    /// Records that were here already.
    pub known: usize,
    /// Records that were left out because they had been erased here.
    pub erased: usize,
    /// Records of a newer version of the program, which were left out. Taking them in again
    /// after an update brings them.
    pub newer: usize,
    /// Damaged places that were passed over.
    pub damaged: usize,
}

/// The outcome of an erase.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// The number of records that were removed.
    pub records: usize,
    /// Files that may still hold what was erased.
    pub remaining: Vec<Remaining>,
}

/// The state of a log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogState {
    /// Its name in the folder `log/`.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whole records in it.
    pub records: usize,
    /// Those of them that this version does not understand and keeps as they are.
    pub unknown: usize,
    /// Those of them from a newer major version.
    pub newer: usize,
    /// Damaged places in it.
    pub damaged: usize,
    /// The reason why it could not be read, if it could not.
    pub refused: Option<String>,
}

/// A file of the journal, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFile {
    /// The file or folder.
    pub path: PathBuf,
    /// Its content, in plain words.
    pub what: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// Everything that a device may do to a journal that is kept.
type Work<'a> = (&'a mut Home, DeviceId);

impl Journal {
    /// Takes in every record of another journal, one of its logs, or a backup, that is not
    /// here yet. Order and repetition do not matter.
    ///
    /// # Errors
    /// When it cannot be read, or what is new cannot be kept; then nothing was taken in.
    pub fn merge(&mut self, ledger: &mut Ledger, from: &Path) -> Result<Merged, JournalError> {
        self.work(ledger, |(home, device), ledger| {
            home.back_up_when_due();
            home.merge(ledger, device, from)
        })
    }

    /// Checks every log, read anew from the disk.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn verify(&mut self) -> Result<Vec<LogState>, JournalError> {
        let Some(home) = &mut self.home else { return Ok(Vec::new()) };
        let guard = home.lock()?;
        let states = home.log_names()?.iter().map(|name| home.log_state(name)).collect();
        drop(guard);
        Ok(states)
    }

    /// Mends every damaged log: a backup of everything is made, damage is set aside in the
    /// quarantine, and the log is written anew with all its whole records. With it, where
    /// the backup is; `None` when there was nothing to mend.
    ///
    /// # Errors
    /// When a step cannot be done; no whole record is lost by it.
    pub fn repair(&mut self, ledger: &mut Ledger) -> Result<Option<PathBuf>, JournalError> {
        self.work(ledger, |(home, _), ledger| home.repair(ledger))
    }

    /// Makes today's backup now, if it is due. It is made by itself before the first change
    /// of a day; doing it earlier, when nothing else is to be done, makes that change quicker.
    ///
    /// # Errors
    /// When the journal cannot be locked. A backup that fails is a notice.
    pub fn back_up_when_due(&mut self) -> Result<(), JournalError> {
        let Some(home) = &mut self.home else { return Ok(()) };
        let _guard = home.lock()?;
        home.back_up_when_due();
        Ok(())
    }

    /// Makes a backup that stays until it is removed by hand; with it, where it is.
    ///
    /// # Errors
    /// When it cannot be made; then there is none.
    pub fn back_up(&mut self) -> Result<Option<PathBuf>, JournalError> {
        let Some(home) = &mut self.home else { return Ok(None) };
        let _guard = home.lock()?;
        home.back_up_by_hand().map(Some)
    }

    /// The backups, the oldest first.
    ///
    /// # Errors
    /// When their folder cannot be read.
    pub fn backups(&self) -> Result<Vec<PathBuf>, JournalError> {
        self.home.as_ref().map_or(Ok(Vec::new()), Home::backups)
    }

    /// Brings back every record of a backup that is missing here, after making a backup of
    /// what is here. Nothing that is here is lost by it.
    ///
    /// # Errors
    /// As [`Journal::merge`].
    pub fn restore(&mut self, ledger: &mut Ledger, backup: &Path) -> Result<Merged, JournalError> {
        self.work(ledger, |(home, device), ledger| {
            home.back_up_by_hand()?;
            home.merge(ledger, device, backup)
        })
    }

    /// Counts the records that [`Journal::erase`] would remove.
    ///
    /// # Errors
    /// When the logs cannot be read.
    pub fn count_erasable(&mut self, ledger: &mut Ledger, scope: EraseScope) -> Result<usize, JournalError> {
        self.work(ledger, |(home, _), _| {
            let erase = home.erase_of(scope)?;
            home.count_covered(&erase)
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
            let erase = home.erase_of(scope)?;
            let count = home.count_covered(&erase)?;
            let mut batch = Batch::default();
            let version = batch.add(home, device, &[], &erase)?;
            home.write_batch(device, &batch)?;
            let clock = version.clock;
            home.replay.erases.insert(version.id, Erase { clock, ..erase });
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

    /// Every file of the journal in this folder, and what is in it.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn whereabouts(&self) -> Result<Vec<JournalFile>, JournalError> {
        self.home.as_ref().map_or(Ok(Vec::new()), Home::whereabouts)
    }

    /// Does something with the lock held and everything known.
    fn work<T>(
        &mut self,
        ledger: &mut Ledger,
        task: impl FnOnce(Work<'_>, &mut Ledger) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let Some(home) = &mut self.home else { return Err(JournalError::NothingKept) };
        let Some(_guard) = home.lock()? else {
            return Err(JournalError::NoLocks { path: home.folder.clone() });
        };
        let readings = home.readings;
        home.know_device(true)?;
        home.cut_leftover();
        home.catch_up(ledger, true)?;
        let device = home.usable_device(true)?;
        let done = home.refuse_newer().and_then(|()| task((home, device), ledger));
        if home.readings != readings {
            self.apply_pending(ledger);
        }
        done
    }
}

impl Home {
    fn merge(&mut self, ledger: &mut Ledger, device: DeviceId, from: &Path) -> Result<Merged, JournalError> {
        let mut merged = Merged::default();
        let mut known = self.known_records()?;
        let mut lines = Vec::new();
        for path in self.sources(from)? {
            let file = files::open(&self.disk, &path, OpenMode::Read)?;
            lines::read(&*file, 0, &mut |found| {
                let LogPiece::Whole(line, decoded) = found else {
                    merged.damaged += 1;
                    return;
                };
                let Some(record) = decoded.record() else {
                    merged.newer += 1;
                    return;
                };
                if known.contains(&record.id) {
                    merged.known += 1;
                } else if self.replay.is_erased(&record) {
                    merged.erased += 1;
                } else {
                    merged.new += 1;
                    known.insert(record.id);
                    lines.push((record.id, [line, b"\n"].concat()));
                }
            })
            .map_err(|error| JournalError::io(&path, error))?;
        }
        if !lines.is_empty() {
            let path = self.merged_log(device);
            self.append_lines(&path, &lines)?;
            self.read_again(ledger)?;
        }
        Ok(merged)
    }

    /// The logs that a path stands for: a file, a folder of logs, or a journal's folder.
    pub(super) fn sources(&self, from: &Path) -> Result<Vec<PathBuf>, JournalError> {
        let metadata = self.disk.target_metadata(from).map_err(|error| JournalError::io(from, error))?;
        if metadata.kind != FileKind::Folder {
            return Ok(vec![from.to_owned()]);
        }
        let inner = from.join("log");
        let folder =
            if self.disk.target_metadata(&inner).is_ok_and(|metadata| metadata.kind == FileKind::Folder) {
                inner
            } else {
                from.to_owned()
            };
        let mut names = self.disk.list(&folder).map_err(|error| JournalError::io(&folder, error))?;
        names.retain(|name| name.ends_with(LOG));
        names.sort_unstable();
        Ok(names.into_iter().map(|name| folder.join(name)).collect())
    }

    /// All records that are in some log.
    fn known_records(&self) -> Result<HashSet<RecordId>, JournalError> {
        let mut known = HashSet::new();
        self.each_record(&mut |decoded| {
            known.extend(decoded.record().map(|record| record.id));
        })?;
        Ok(known)
    }

    fn each_record(&self, each: &mut dyn FnMut(&Decoded<'_>)) -> Result<(), JournalError> {
        for name in self.log_names()? {
            let path = self.log_folder().join(&name);
            // One that cannot be read was reported when the logs were read, and has been seen
            // by nobody here.
            let file = match files::open(&self.disk, &path, OpenMode::Read) {
                Err(error) if self.logs.contains_key(&name) => return Err(error),
                Err(_) => continue,
                Ok(file) => file,
            };
            lines::read(&*file, 0, &mut |found| {
                if let LogPiece::Whole(_, decoded) = found {
                    each(&decoded);
                }
            })
            .map_err(|error| JournalError::io(&path, error))?;
        }
        Ok(())
    }

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

    fn log_state(&self, name: &str) -> LogState {
        let mut state = LogState { name: name.to_owned(), ..LogState::default() };
        let path = self.log_folder().join(name);
        let read = files::open(&self.disk, &path, OpenMode::Read).and_then(|file| {
            lines::read(&*file, 0, &mut |found| match found {
                LogPiece::Damaged(..) => state.damaged += 1,
                LogPiece::Whole(_, decoded) => {
                    state.records += 1;
                    match decoded.record() {
                        None => state.newer += 1,
                        Some(record) if matches!(record.content, Content::Unknown { .. }) => {
                            state.unknown += 1;
                        }
                        Some(_) => {}
                    }
                }
            })
            .map_err(|error| JournalError::io(&path, error))
        });
        match read {
            Ok(extent) => state.bytes = extent.end,
            Err(error) => state.refused = Some(clean_line(&error.to_string())),
        }
        state
    }

    fn repair(&mut self, ledger: &mut Ledger) -> Result<Option<PathBuf>, JournalError> {
        let mut damage = DamageList::default();
        for name in self.log_names()? {
            let path = self.log_folder().join(&name);
            let file = match files::open(&self.disk, &path, OpenMode::Read) {
                Err(JournalError::NotPlain { .. }) => continue,
                file => file?,
            };
            lines::read(&*file, 0, &mut |found| {
                if let LogPiece::Damaged(offset, bytes) = found {
                    damage.add(&name, offset, bytes);
                }
            })
            .map_err(|error| JournalError::io(&path, error))?;
        }
        if damage.places.is_empty() {
            return Ok(None);
        }
        let backup = self.back_up_by_hand()?;
        self.set_aside(&damage);
        let mut names: Vec<&str> = damage.places.iter().map(|piece| piece.log.as_str()).collect();
        names.dedup();
        for name in names {
            self.rewrite(&self.log_folder().join(name), |_| true)?;
        }
        self.read_again(ledger)?;
        Ok(Some(backup))
    }

    /// A removal of this, of all records that are here, in a log or in a copy of one.
    fn erase_of(&mut self, scope: EraseScope) -> Result<Erase, JournalError> {
        let mut seen: BTreeMap<(DeviceId, Option<WriterId>), Vec<u64>> = BTreeMap::new();
        let mut clocks = Vec::new();
        self.each_record_or_copy(&mut |decoded| {
            if let Some(record) = decoded.record() {
                seen.entry((record.id.device, record.writer)).or_default().push(record.id.sequence);
                clocks.push(record.clock);
            }
        })?;
        self.replay.raise(clocks);
        let ranges = seen.into_iter().map(|(writer, numbers)| (writer, Ranges::of(numbers)));
        let (_, clock) = self.replay.next_clocks();
        Ok(Erase { scope, reach: Reach::Written(ranges.collect()), clock })
    }

    fn count_covered(&self, erase: &Erase) -> Result<usize, JournalError> {
        let mut covered = HashSet::new();
        self.each_record_or_copy(&mut |decoded| {
            covered.extend(
                decoded.record().filter(|record| record.is_covered_by(erase)).map(|record| record.id),
            );
        })?;
        Ok(covered.len())
    }

    fn read_again(&mut self, ledger: &mut Ledger) -> Result<(), JournalError> {
        self.read_all(ledger, &mut DamageList::default())
    }

    fn whereabouts(&self) -> Result<Vec<JournalFile>, JournalError> {
        let mut found: Vec<JournalFile> = Vec::new();
        let mut add = |path: PathBuf, what: &str| {
            let bytes = self.disk.metadata(&path).map_or(0, |metadata| metadata.length);
            found.push(JournalFile { path, what: what.to_owned(), bytes });
        };
        for (folder, what) in names::FOLDERS {
            let path = self.folder.join(folder);
            let mut names = match self.disk.list_all(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(JournalError::io(&path, error));
                }
                names => names.unwrap_or_default(),
            };
            names.retain(|name| names::is_ours(folder, &name.to_string_lossy()));
            names.sort_unstable();
            for name in names {
                add(path.join(name), what);
            }
        }
        let mut names = files::list(&self.disk, &self.folder)?;
        names.sort_unstable();
        for name in names {
            if let Some(file) = names::data_file(&name) {
                add(self.folder.join(name), file.what());
            }
        }
        // What may still hold what was erased is said of it, whatever else it is.
        let mut remaining: BTreeMap<&PathBuf, String> = self
            .remaining
            .iter()
            .map(|Remaining { path, why }| (path, format!("what was erased may still be here: {why}")))
            .collect();
        for file in &mut found {
            if let Some(what) = remaining.remove(&file.path) {
                file.what = what;
            }
        }
        let others = remaining.into_iter();
        found.extend(others.map(|(path, what)| JournalFile { path: path.clone(), what, bytes: 0 }));
        Ok(found)
    }
}
