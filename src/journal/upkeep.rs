//! The upkeep of a journal as a whole: merging another, checking, repairing,
//! backing up, restoring.
//!
//! Owns what the commands of that name do; they only ask and print. Must not print.

use crate::journal::damage::DamageList;
use crate::journal::disk::{Disk as _, FileKind, OpenMode};
use crate::journal::home::Home;
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::lines::{self, LogPiece};
use crate::journal::names::LOG;
use crate::journal::record::{Content, Decoded};
use crate::journal::{Elsewhere, Journal, JournalError, Ledger, files};
use crate::text::clean::clean_line;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The outcome of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// What was there, to say what stood against what.
    pub there: Elsewhere,
}

impl Merged {
    /// Returns whether there was no record at all where they were looked for.
    pub fn is_empty(&self) -> bool {
        self.new + self.known + self.erased + self.newer == 0
    }
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

    /// The backup of this name, with its ending or without it, if there is one.
    ///
    /// # Errors
    /// As [`Journal::backups`].
    pub fn backup_named(&self, name: &OsStr) -> Result<Option<PathBuf>, JournalError> {
        let is_named = |path: &PathBuf| path.file_name() == Some(name) || path.file_stem() == Some(name);
        Ok(self.backups()?.into_iter().find(is_named))
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

    /// Does something with the lock held and everything known.
    ///
    /// # Errors
    /// When the journal cannot be locked or read, and those of the task.
    pub(crate) fn work<T>(
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
        let known = self.known_records()?;
        let mut lines = Vec::new();
        merged.there.here = Some(device);
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
                // A journal may hold a record several times, as a copy of a log beside it does.
                if !merged.there.records.insert(record.id) {
                    return;
                }
                if known.contains(&record.id) {
                    merged.known += 1;
                } else if self.replay.is_erased(&record) {
                    merged.erased += 1;
                } else {
                    merged.new += 1;
                    merged.there.new.insert(record.id);
                    lines.push((record.id, [line, b"\n"].concat()));
                }
            })
            .map_err(|error| JournalError::io(&path, error))?;
        }
        if !lines.is_empty() {
            let path = self.merged_log(device);
            self.append_lines(&path, &lines)?;
            self.read_again(ledger)?;
            merged.there.replay(&lines, self.replay.horizon);
            // What was heard to be erased is gone from all files before this ends.
            self.remove_erased_when_due(true);
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
    pub(super) fn known_records(&self) -> Result<HashSet<RecordId>, JournalError> {
        let mut known = HashSet::new();
        self.each_record(&mut |decoded| {
            known.extend(decoded.record().map(|record| record.id));
        })?;
        Ok(known)
    }

    /// Passes every record of every log.
    ///
    /// # Errors
    /// When a log cannot be read that could be read before.
    pub(crate) fn each_record(&self, each: &mut dyn FnMut(&Decoded<'_>)) -> Result<(), JournalError> {
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

    /// The state of a log, read anew from the disk.
    pub(crate) fn log_state(&self, name: &str) -> LogState {
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

    /// Reads all logs from their beginning, after they were changed.
    ///
    /// # Errors
    /// As [`Home::read_all`].
    pub(crate) fn read_again(&mut self, ledger: &mut Ledger) -> Result<(), JournalError> {
        self.read_all(ledger, &mut DamageList::default())
    }
}
