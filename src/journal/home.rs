//! The journal's folder: its paths, its lock, and the reading of its logs.
//!
//! Owns the reading of new records into a ledger. Must not write to logs.

use crate::journal::cleared::{Cleared, Remaining};
use crate::journal::disk::real::RealDisk;
use crate::journal::disk::retrying::Retrying;
use crate::journal::disk::{Disk, DiskFile, FileKind, FileMetadata, Guard, OpenMode};
use crate::journal::id::{DeviceId, RecordId, WriterId};
use crate::journal::lines::{self, Completeness, LogPiece};
use crate::journal::names::LOG;
use crate::journal::own::OwnWrites;
use crate::journal::own_draft::OwnDraft;
use crate::journal::record::Decoded;
use crate::journal::replay::Replay;
use crate::journal::unverified::UnverifiedWrites;
use crate::journal::{JournalError, Ledger, device, files};
use crate::text::clean::clean_line;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
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

/// The number of bytes before the end of what was read whose checksum is remembered.
const FINGERPRINT_BYTES: usize = 4096;

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

/// The position up to which a log has been read, also as the cache stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogPosition {
    /// [`FileMetadata::identity`]; `None` when only the cache has seen it.
    #[serde(skip)]
    pub(crate) identity: Option<(u64, u64)>,
    /// The end of the last line that was read, in bytes from the start.
    pub(crate) lines: u64,
    /// The checksum of the last bytes before there, at most [`FINGERPRINT_BYTES`] of them.
    pub(crate) fingerprint: u32,
    /// The records in it that were not erased.
    pub(crate) standing: Tally,
}

/// A number of records, and a sum of their ids by which it is known whether a log begins
/// with the same ones again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) count: u64,
    sum: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, id: RecordId) {
        self.count += 1;
        // Each record counts with its place, so that another order is another sum; the factor
        // is the golden ratio's, as in Knuth's multiplicative hashing.
        let mixed = (id.device.0 ^ id.sequence.rotate_left(32) ^ u64::from(id.sum))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.sum = self.sum.wrapping_add(mixed ^ (mixed >> 29));
    }
}

/// Bytes of a log that are no whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damage {
    /// The log's name.
    pub(crate) log: String,
    /// The offset in the log, in bytes.
    pub(crate) offset: u64,
    /// The damaged bytes.
    pub(crate) bytes: Vec<u8>,
}

/// All damage that a reading of the logs has found.
#[derive(Debug, Default)]
pub(crate) struct DamageList {
    /// The damaged places, in the order in which they were read.
    pub(crate) places: Vec<Damage>,
    /// How many of their bytes are held.
    held: usize,
}

impl DamageList {
    /// The most that is held, in bytes. The logs themselves keep everything until they are
    /// repaired, and a repair makes a backup.
    const MOST: usize = 64 << 20;

    /// Adds a damaged place, with as many of its bytes as there is room for.
    pub(crate) fn add(&mut self, log: &str, offset: u64, bytes: &[u8]) {
        let room = bytes.len().min(Self::MOST.saturating_sub(self.held));
        let bytes = bytes.get(..room).unwrap_or_default().to_vec();
        self.held += room;
        self.places.push(Damage { log: log.to_owned(), offset, bytes });
    }

    fn clear(&mut self) {
        *self = Self::default();
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
    /// What this session has written.
    pub(crate) own: OwnWrites,
    /// The logs that did not begin with what they held before, when they were read anew.
    changed: BTreeSet<String>,
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
    /// The logs in which records of a newer major version were found.
    pub(crate) newer: BTreeSet<String>,
    /// What damage was found in logs that have been read in part.
    pub(crate) found: DamageList,
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

/// The outcome of reading what is new in the logs.
enum News {
    /// Nothing was new.
    None,
    /// New records were inserted.
    Some,
    /// Records that had been inserted are gone, or are different now.
    Overturned,
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
            own: OwnWrites::default(),
            changed: BTreeSet::new(),
            replay: Replay::default(),
            logs: BTreeMap::new(),
            unverified: UnverifiedWrites::default(),
            backed_up: None,
            cached: 0,
            readings: 0,
            newer: BTreeSet::new(),
            found: DamageList::default(),
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

    /// Reads what is new in the logs, sets aside what is damaged, and removes what was erased
    /// elsewhere. To be called with the lock held; `locked` says whether the disk has locks.
    /// Returns whether anything was new.
    ///
    /// # Errors
    /// As [`Home::read_news`].
    pub(crate) fn catch_up(&mut self, ledger: &mut Ledger, locked: bool) -> Result<bool, JournalError> {
        let mut damage = std::mem::take(&mut self.found);
        let news = self.read_news(ledger, &mut damage)?;
        self.write_again(ledger);
        self.after_reading(&damage, locked);
        Ok(news)
    }

    /// As [`Home::catch_up`], but reads no more than about this many bytes. Returns whether there
    /// is more to read. What is left is read by the next call of either. Only an erase that was not
    /// known is reason to read everything at once.
    ///
    /// # Errors
    /// As [`Home::read_news`].
    pub(crate) fn catch_up_in_part(
        &mut self,
        ledger: &mut Ledger,
        locked: bool,
        most: u64,
    ) -> Result<Completeness, JournalError> {
        let known = self.logs.clone();
        let mut damage = std::mem::take(&mut self.found);
        match self.read_new_records(ledger, &mut damage, &known, most)? {
            (News::Overturned, _) => self.read_all_again(ledger, &mut damage, &known)?,
            (News::None | News::Some, Completeness::Part) => {
                self.found = damage;
                return Ok(Completeness::Part);
            }
            (News::None | News::Some, Completeness::Whole) => {}
        }
        self.write_again(ledger);
        self.after_reading(&damage, locked);
        Ok(Completeness::Whole)
    }

    /// Handles what reading the logs has found: damage, a newer version, erased records.
    pub(crate) fn after_reading(&mut self, damage: &DamageList, locked: bool) {
        let is_erased = |damage: &Damage| self.replay.is_torn_from_erased(&damage.bytes);
        self.replay.met_erased |= damage.places.iter().any(is_erased);
        self.set_aside(damage);
        for name in self.newer.clone() {
            let path = self.log_folder().join(&name);
            if self.is_own(&name) {
                self.notify(&JournalError::Newer { path }.to_string());
            } else {
                self.notify(&format!(
                    "{}: a newer version of sidelight has written there; what it wrote stays there unread \
                     until this one is updated",
                    path.display()
                ));
            }
        }
        if self.replay.has_odd_erase() {
            self.notify(
                "A log asks to erase more than can have been seen when that was asked for, so nothing is \
                 erased for it.",
            );
        }
        self.remove_erased_when_due(locked);
    }

    /// Reads what is new in the logs. Returns whether anything was.
    ///
    /// # Errors
    /// When the folder cannot be read. A log that cannot be read is reported and skipped,
    /// unless it could be read before.
    pub(crate) fn read_news(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
    ) -> Result<bool, JournalError> {
        let known = self.logs.clone();
        match self.read_new_records(ledger, damage, &known, u64::MAX)?.0 {
            News::None => Ok(false),
            News::Some => Ok(true),
            News::Overturned => {
                self.read_all_again(ledger, damage, &known)?;
                Ok(true)
            }
        }
    }

    /// Reads all logs from their beginning, and says which of those that are known have lost
    /// records.
    ///
    /// # Errors
    /// As [`Home::read_all`].
    fn read_all_again(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
        known: &BTreeMap<String, LogPosition>,
    ) -> Result<(), JournalError> {
        damage.clear();
        let erases = self.replay.erases.len();
        self.read_all(ledger, damage)?;
        // What was erased is gone from the logs because it is meant to be.
        if self.replay.erases.len() == erases {
            self.tell_of_losses(known);
        }
        Ok(())
    }

    /// Says which logs have lost records that were read from them: a tool may have put an
    /// older state of one, or another log, in its place.
    fn tell_of_losses(&mut self, known: &BTreeMap<String, LogPosition>) {
        for (name, before) in known {
            let now = self.logs.get(name);
            if now.is_none() || self.changed.contains(name) {
                let count = now.map_or(0, |now| now.standing.count);
                self.notify(&format!(
                    "{}: another state of this log is there now, with {count} records where {} were. What \
                     was written in this session is written again; for the rest see `sidelight journal \
                     backups` and `restore`.",
                    self.log_folder().join(name).display(),
                    before.standing.count,
                ));
            }
        }
    }

    /// Returns whether a log is the one that this device writes.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        self.device.is_some_and(|device| name.strip_suffix(LOG) == Some(device.to_string().as_str()))
    }

    /// Reads all logs from their beginning.
    ///
    /// # Errors
    /// As [`Home::read_news`]; then the ledger is unchanged.
    pub(crate) fn read_all(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
    ) -> Result<(), JournalError> {
        let before = (self.replay.clone(), self.logs.clone(), std::mem::take(&mut self.newer));
        // Again whenever an erase was met after records that it covers.
        loop {
            let mut fresh = Ledger::default();
            self.replay = self.replay.again();
            self.logs.clear();
            self.own.begin_reading();
            self.changed.clear();
            damage.clear();
            match self.read_new_records(&mut fresh, damage, &before.1, u64::MAX) {
                Ok((News::Overturned, _)) => {}
                Ok((News::None | News::Some, _)) => {
                    *ledger = fresh;
                    self.readings += 1;
                    return Ok(());
                }
                Err(error) => {
                    (self.replay, self.logs, self.newer) = before;
                    self.own.give_up_reading();
                    return Err(error);
                }
            }
        }
    }

    /// Reads every log from its position on, until this many bytes have been read. One that cannot be read is reported and skipped,
    /// unless it is `known`: its records must not vanish from the screen.
    fn read_new_records(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
        known: &BTreeMap<String, LogPosition>,
        most: u64,
    ) -> Result<(News, Completeness), JournalError> {
        let mut news = News::None;
        let mut completeness = Completeness::Whole;
        let names = self.log_names()?;
        // What a log that is gone had said must not live on.
        if self.logs.keys().any(|name| names.binary_search(name).is_err()) {
            return Ok((News::Overturned, Completeness::Whole));
        }
        for name in names {
            match self.read_log(&name, ledger, damage, known, most) {
                Ok((News::None, _)) => {}
                Ok((News::Some, Completeness::Whole)) => news = News::Some,
                Ok((News::Some, Completeness::Part)) => {
                    (news, completeness) = (News::Some, Completeness::Part);
                    break;
                }
                Ok((News::Overturned, _)) => return Ok((News::Overturned, Completeness::Whole)),
                Err(error) if known.contains_key(&name) => return Err(error),
                Err(error) => self.notify(&error.to_string()),
            }
        }
        // Not before all logs were read: each may have an erase, and one reading finds them all.
        if std::mem::take(&mut self.replay.overtaken) {
            return Ok((News::Overturned, Completeness::Whole));
        }
        Ok((news, completeness))
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

    fn read_log(
        &mut self,
        name: &str,
        ledger: &mut Ledger,
        damage: &mut DamageList,
        known: &BTreeMap<String, LogPosition>,
        most: u64,
    ) -> Result<(News, Completeness), JournalError> {
        let path = self.log_folder().join(name);
        let wrong = |error| JournalError::io(&path, error);
        let metadata = match self.disk.metadata(&path) {
            Ok(metadata) => metadata,
            // Removed since the folder was listed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((News::None, Completeness::Whole));
            }
            Err(error) => return Err(wrong(error)),
        };
        let position = self.logs.get(name).copied();
        if let Some(position) = position
            && position.identity == Some(metadata.identity)
            && position.lines == metadata.length
        {
            return Ok((News::None, Completeness::Whole));
        }
        check_log(&path, &metadata)?;
        let file = files::open(&self.disk, &path, OpenMode::Read)?;
        let from = match position {
            None => 0,
            Some(position)
                if fingerprint_before(&*file, position.lines).map_err(wrong)?
                    == Some(position.fingerprint) =>
            {
                position.lines
            }
            Some(_) => return Ok((News::Overturned, Completeness::Whole)),
        };
        let identity = file.metadata().map_err(wrong)?.identity;
        let mut newer = false;
        let mut met = false;
        let before = known.get(name).map(|known| known.standing).unwrap_or_default();
        let mut standing = position.map(|position| position.standing).unwrap_or_default();
        let mut begins_as_before = standing == before || before.count == 0;
        let mut count = |id, stands| {
            if stands {
                standing.add(id);
                begins_as_before |= standing == before;
            }
        };
        let (replay, own) = (&mut self.replay, &mut self.own);
        let extent = lines::read_some(&*file, from, most, &mut |found| match found {
            LogPiece::Whole(_, Decoded::Mark(mark)) => {
                met = true;
                own.meet(name, mark.id);
                count(mark.id, replay.insert_mark(ledger, mark));
            }
            LogPiece::Whole(_, Decoded::Record(record)) => {
                met = true;
                own.meet(name, record.id);
                count(record.id, replay.insert(ledger, *record));
            }
            LogPiece::Whole(_, Decoded::Newer) => newer = true,
            LogPiece::Damaged(offset, bytes) => {
                damage.add(name, offset, bytes);
            }
        })
        .map_err(wrong)?;
        if newer {
            self.newer.insert(name.to_owned());
        }
        if !begins_as_before && position.is_none() {
            self.changed.insert(name.to_owned());
        }
        let fingerprint = fingerprint_before(&*file, extent.lines).map_err(wrong)?.unwrap_or_default();
        self.logs.insert(
            name.to_owned(),
            LogPosition { identity: Some(identity), lines: extent.lines, fingerprint, standing },
        );
        let is_news = met || newer || extent.completeness == Completeness::Part;
        Ok((if is_news { News::Some } else { News::None }, extent.completeness))
    }
}

fn check_log(path: &Path, metadata: &FileMetadata) -> Result<(), JournalError> {
    if metadata.kind != FileKind::File {
        return Err(JournalError::NotPlain { path: path.to_owned() });
    }
    if metadata.length > MAX_LOG {
        return Err(JournalError::TooLarge { path: path.to_owned(), limit: MAX_LOG });
    }
    Ok(())
}

/// The checksum of the last bytes before an offset; `None` when the file ends before it.
pub(crate) fn fingerprint_before(file: &dyn DiskFile, offset: u64) -> io::Result<Option<u32>> {
    let length = FINGERPRINT_BYTES.min(usize::try_from(offset).unwrap_or(FINGERPRINT_BYTES));
    let bytes = files::read_range(file, offset - length as u64, length)?;
    Ok((bytes.len() == length).then(|| crc32fast::hash(&bytes)))
}
