//! The journal's folder: its paths, its lock, and what this session knows of it.
//!
//! Owns that knowledge; what is done with it is in the files named after that. Must not read or
//! write logs.

use crate::journal::cleared::{Cleared, Remaining};
use crate::journal::damage::DamageList;
use crate::journal::disk::real::RealDisk;
use crate::journal::disk::retrying::Retrying;
use crate::journal::disk::{Disk, Guard};
use crate::journal::id::{DeviceId, WriterId};
use crate::journal::lines::Completeness;
use crate::journal::loss::Loss;
use crate::journal::names::LOG;
use crate::journal::own::OwnLines;
use crate::journal::own_draft::OwnDraft;
use crate::journal::own_log::LastSeen;
use crate::journal::position::LogPosition;
use crate::journal::replay::Replay;
use crate::journal::unverified::UnverifiedWrites;
use crate::journal::{JournalError, device};
use crate::text::clean::clean_line;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The longest wait for another window's lock, which it holds for one write and one sync. A
/// session tries again with the next key.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

/// The longest wait of a command, which is not tried again. Another window may be erasing or
/// merging years of records.
pub(crate) const LONG_PATIENCE: Duration = Duration::from_secs(20);

/// The largest log that is read, in bytes: ten years of a hundred marks a day are 80 MB.
pub(crate) const MAX_LOG: u64 = 1 << 30;

/// The parts of the system that the journal needs. Tests replace them.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The file system.
    pub disk: Arc<dyn Disk>,
    /// The wall clock.
    pub now: fn() -> Timestamp,
    /// Identifies this computer.
    pub machine: u64,
}

impl Environment {
    /// This computer.
    pub fn real() -> Self {
        Self { disk: Arc::new(RealDisk), now: Timestamp::now, machine: device::machine() }
    }
}

/// The journal's folder, and what has been read of it.
#[derive(Debug)]
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
    pub(crate) disk: Retrying,
    pub(crate) now: fn() -> Timestamp,
    pub(crate) machine: u64,
    /// The longest wait for another window's lock.
    pub(crate) patience: Duration,
    /// The id under which this device writes, once it is known.
    pub(crate) device: Option<DeviceId>,
    /// The number by which what this session writes is told from what others write under the
    /// same id.
    pub(crate) writer: WriterId,
    /// What is known of the own log line by line.
    pub(crate) own: OwnLines,
    /// The logs that have lost records that were read from them, until that is told of.
    pub(crate) losses: Vec<Loss>,
    /// The logs of which it was told in this session that they have lost records.
    pub(crate) told: BTreeSet<String>,
    /// The logs that did not begin with what they held before, when they were read anew.
    pub(crate) changed: BTreeSet<String>,
    /// What the own log held when the program was last open, and whether it does not any more.
    pub(crate) last_seen: Option<LastSeen>,
    pub(crate) changed_while_closed: bool,
    pub(crate) replay: Replay,
    pub(crate) logs: BTreeMap<String, LogPosition>,
    /// The writes that are not known to be on the disk.
    pub(crate) unverified: UnverifiedWrites,
    /// The day, by UTC, of the last backup that was made or tried.
    pub(crate) backed_up: Option<Date>,
    /// The bytes of the logs that the cache covers.
    pub(crate) cached: u64,
    /// The number of times that all logs were read from their beginning.
    pub(crate) readings: u64,
    /// Grows whenever something new was read.
    pub(crate) news: u64,
    /// The logs in which records of a newer major version were found.
    pub(crate) newer: BTreeSet<String>,
    /// What damage was found in logs that have been read in part.
    pub(crate) found: DamageList,
    /// Whether all that is in the logs was read the last time, or only a part of what is new.
    pub(crate) completeness: Completeness,
    /// Whether it was looked once whether something that was erased is left.
    pub(crate) has_looked: bool,
    /// The files that are known to hold nothing that was erased, once there was need to know.
    pub(crate) cleared: Option<Cleared>,
    /// Files that may still hold what was erased.
    pub(crate) remaining: Vec<Remaining>,
    /// The draft of this window.
    pub(crate) draft: OwnDraft,
    /// Messages that the reader has not been shown yet.
    pub(crate) notices: Vec<String>,
    /// All messages of this session, so that each is shown once.
    pub(crate) notified: BTreeSet<String>,
}

impl Home {
    pub(crate) fn new(folder: &Path, environment: Environment) -> Self {
        let Environment { disk, now, machine } = environment;
        Self {
            folder: folder.to_owned(),
            disk: Retrying(disk),
            now,
            machine,
            patience: PATIENCE,
            device: None,
            writer: device::new_writer(),
            own: OwnLines::default(),
            losses: Vec::new(),
            told: BTreeSet::new(),
            changed: BTreeSet::new(),
            last_seen: None,
            changed_while_closed: false,
            replay: Replay::default(),
            logs: BTreeMap::new(),
            unverified: UnverifiedWrites::default(),
            backed_up: None,
            cached: 0,
            readings: 0,
            news: 0,
            newer: BTreeSet::new(),
            found: DamageList::default(),
            completeness: Completeness::Whole,
            has_looked: false,
            cleared: None,
            remaining: Vec::new(),
            draft: OwnDraft::default(),
            notices: Vec::new(),
            notified: BTreeSet::new(),
        }
    }

    /// The folder of the logs.
    pub(crate) fn log_folder(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// The log that this device writes.
    pub(crate) fn own_log(&self, device: DeviceId) -> PathBuf {
        self.log_folder().join(format!("{device}{LOG}"))
    }

    /// The log of what this device has merged from elsewhere. It is separate, so that every log
    /// is written by one device.
    pub(crate) fn merged_log(&self, device: DeviceId) -> PathBuf {
        self.log_folder().join(format!("{device}.merged{LOG}"))
    }

    /// Adds a message for the reader, unless it was shown before.
    pub(crate) fn notify(&mut self, notice: &str) {
        // Names of files come from anywhere.
        let notice = clean_line(notice);
        if self.notified.insert(notice.clone()) {
            self.notices.push(notice);
        }
    }

    /// Returns whether anything has this path.
    pub(crate) fn disk_has(&self, path: &Path) -> bool {
        self.disk.metadata(path).is_ok()
    }

    /// Takes the lock. `None` where the disk has none.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Gone`], or the system's error.
    pub(crate) fn lock(&self) -> Result<Option<Box<dyn Guard>>, JournalError> {
        let path = self.folder.join("lock");
        match self.disk.lock(&path, self.patience) {
            Ok(guard) => Ok(Some(guard)),
            Err(error) => match error.kind() {
                io::ErrorKind::Unsupported => Ok(None),
                io::ErrorKind::WouldBlock => Err(JournalError::Busy { path }),
                io::ErrorKind::NotFound => Err(JournalError::Gone { path: self.folder.clone() }),
                _ => Err(JournalError::io(&path, error)),
            },
        }
    }

    /// Returns whether a log is the one that this device writes.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        self.device.is_some_and(|device| name.strip_suffix(LOG) == Some(device.to_string().as_str()))
    }

    /// The names of all logs, sorted.
    ///
    /// # Errors
    /// Those of the system.
    pub(crate) fn log_names(&self) -> Result<Vec<String>, JournalError> {
        let folder = self.log_folder();
        let mut names = self.disk.list(&folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => JournalError::Gone { path: folder.clone() },
            _ => JournalError::io(&folder, error),
        })?;
        names.retain(|name| name.ends_with(LOG));
        names.sort_unstable();
        Ok(names)
    }
}
