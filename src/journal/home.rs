//! The journal's folder: where everything is, its lock, and what is new in the logs.
//!
//! Owns the reading of logs into a Ledger. Must not write to logs.

use crate::journal::disk::real::RealDisk;
use crate::journal::disk::steady::Steady;
use crate::journal::disk::{Disk, DiskFile, Guard, How, Kind, Look};
use crate::journal::draft::OwnDraft;
use crate::journal::fold::Fold;
use crate::journal::lines::{self, Found};
use crate::journal::record::{Decoded, DeviceId};
use crate::journal::removal::{Cleared, Remaining};
use crate::journal::watch::Watch;
use crate::journal::write::Doubts;
use crate::journal::{JournalError, Ledger, device, files};
use crate::text::clean::clean_line;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long another window may keep the lock before it is given up for now. A window holds
/// it for one write and one sync.
const PATIENCE: Duration = Duration::from_secs(2);

/// How the logs' names end.
pub(crate) const LOG: &str = ".jsonl";

/// The largest log that is read, in bytes: ten years of a hundred marks a day are 80 MB.
pub(crate) const MAX_LOG: u64 = 1 << 30;

/// How many bytes before the end of what was read are remembered by their checksum.
const PRINT: usize = 4096;

/// What the journal needs of the world around it. Tests put others in its place.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The file system.
    pub disk: Arc<dyn Disk>,
    /// The wall clock.
    pub now: fn() -> Timestamp,
    /// What tells this computer from others.
    pub machine: u64,
}

impl Surroundings {
    /// This computer.
    pub fn real() -> Self {
        Self { disk: Arc::new(RealDisk), now: Timestamp::now, machine: device::machine() }
    }
}

/// How far a log has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// [`Look::identity`]; `None` when only the cache has seen it.
    pub(crate) identity: Option<(u64, u64)>,
    /// All lines up to here have been taken in, in bytes from the start.
    pub(crate) lines: u64,
    /// The checksum of the last bytes before there, at most [`PRINT`] of them.
    pub(crate) print: u32,
}

/// Bytes of a log that are no whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damage {
    /// The log's name.
    pub(crate) log: String,
    /// Where in the log, in bytes from its start.
    pub(crate) offset: u64,
    /// What is there.
    pub(crate) bytes: Vec<u8>,
}

/// The journal's folder, and what has been read of it.
#[derive(Debug)]
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
    pub(crate) disk: Steady,
    pub(crate) now: fn() -> Timestamp,
    pub(crate) machine: u64,
    /// The id under which this device writes, once there was need and leave to have one.
    pub(crate) device: Option<DeviceId>,
    pub(crate) fold: Fold,
    pub(crate) logs: BTreeMap<String, Seen>,
    /// What went wrong in earlier writes.
    pub(crate) doubts: Doubts,
    /// Wakes the event loop when a log changes.
    pub(crate) watch: Option<Watch>,
    /// The day, by UTC, of the last backup that was made or tried.
    pub(crate) backed_up: Option<Date>,
    /// How much of the logs is in the cache, in bytes.
    pub(crate) pictured: u64,
    /// How often all logs were read from their beginning.
    pub(crate) readings: u64,
    /// The log in which records of a newer major version were found.
    pub(crate) newer: Option<PathBuf>,
    /// Whether it was looked once whether something that was erased is left.
    pub(crate) has_looked: bool,
    /// What is known to hold nothing that was erased, once there was need to know.
    pub(crate) cleared: Option<Cleared>,
    /// Files that may still hold what was erased.
    pub(crate) remaining: Vec<Remaining>,
    /// The draft of this window.
    pub(crate) draft: OwnDraft,
    /// What the reader has not been told yet.
    pub(crate) notices: Vec<String>,
    /// What she has been told in this sitting, so that it is said once.
    pub(crate) told: BTreeSet<String>,
}

/// How a look at the logs ended.
enum News {
    /// Nothing was new.
    None,
    /// Something was, and has been taken in.
    Some,
    /// Something that had been taken in is not there any more, or not so.
    Overturned,
}

impl Home {
    pub(crate) fn new(folder: &Path, surroundings: Surroundings) -> Self {
        let Surroundings { disk, now, machine } = surroundings;
        Self {
            folder: folder.to_owned(),
            disk: Steady(disk),
            now,
            machine,
            device: None,
            fold: Fold::default(),
            logs: BTreeMap::new(),
            doubts: Doubts::default(),
            watch: None,
            backed_up: None,
            pictured: 0,
            readings: 0,
            newer: None,
            has_looked: false,
            cleared: None,
            remaining: Vec::new(),
            draft: OwnDraft::default(),
            notices: Vec::new(),
            told: BTreeSet::new(),
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

    /// The log of what this device has taken in from elsewhere. It is a log of its own, so
    /// that every log has one device that writes it.
    pub(crate) fn merged_log(&self, device: DeviceId) -> PathBuf {
        self.log_folder().join(format!("{device}.merged{LOG}"))
    }

    /// Says something once.
    pub(crate) fn tell(&mut self, mut notice: String) {
        // Names of files come from anywhere.
        notice = clean_line(&notice);
        if self.told.insert(notice.clone()) {
            self.notices.push(notice);
        }
    }

    /// Whether there is something under this name.
    pub(crate) fn disk_has(&self, path: &Path) -> bool {
        self.disk.look(path).is_ok()
    }

    /// Takes the lock. `None` where the disk has none.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Gone`], or what the system said.
    pub(crate) fn lock(&self) -> Result<Option<Box<dyn Guard>>, JournalError> {
        let path = self.folder.join("lock");
        match self.disk.lock(&path, PATIENCE) {
            Ok(guard) => Ok(Some(guard)),
            Err(error) => match error.kind() {
                io::ErrorKind::Unsupported => Ok(None),
                io::ErrorKind::WouldBlock => Err(JournalError::Busy { path }),
                io::ErrorKind::NotFound => Err(JournalError::Gone { path: self.folder.clone() }),
                _ => Err(JournalError::io(&path, error)),
            },
        }
    }

    /// Takes in what is new in the logs, sets aside what is damaged, and removes what was
    /// erased elsewhere. To be called with the lock held; `locked` says whether there is one.
    ///
    /// # Errors
    /// As [`Home::read_news`].
    pub(crate) fn catch_up(&mut self, ledger: &mut Ledger, locked: bool) -> Result<bool, JournalError> {
        let mut damage = Vec::new();
        let news = self.read_news(ledger, &mut damage)?;
        self.after_reading(&damage, locked);
        Ok(news)
    }

    /// What reading the logs gives reason to do.
    pub(crate) fn after_reading(&mut self, damage: &[Damage], locked: bool) {
        self.set_aside(damage);
        if let Some(path) = self.newer.clone() {
            self.tell(JournalError::Newer { path }.to_string());
        }
        self.remove_erased_when_due(locked);
    }

    /// Takes in what is new in the logs; with it, whether anything was.
    ///
    /// # Errors
    /// When the folder can not be read. A log that can not be read is told about and passed
    /// over, unless it could be read before.
    pub(crate) fn read_news(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut Vec<Damage>,
    ) -> Result<bool, JournalError> {
        let known = self.logs.clone();
        match self.look_for_news(ledger, damage, &known)? {
            News::None => Ok(false),
            News::Some => Ok(true),
            News::Overturned => {
                damage.clear();
                self.read_all(ledger, damage)?;
                Ok(true)
            }
        }
    }

    /// Reads all logs from their beginning.
    ///
    /// # Errors
    /// As [`Home::read_news`]; the ledger is as it was then.
    pub(crate) fn read_all(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut Vec<Damage>,
    ) -> Result<(), JournalError> {
        let before = (self.fold.clone(), self.logs.clone(), self.newer.take());
        // Once more for every time that a removal was met after what it removes.
        loop {
            let mut fresh = Ledger::default();
            self.fold = self.fold.again();
            self.logs.clear();
            damage.clear();
            match self.look_for_news(&mut fresh, damage, &before.1) {
                Ok(News::Overturned) => {}
                Ok(News::None | News::Some) => {
                    *ledger = fresh;
                    self.readings += 1;
                    return Ok(());
                }
                Err(error) => {
                    (self.fold, self.logs, self.newer) = before;
                    return Err(error);
                }
            }
        }
    }

    /// Reads on in every log. One that can not be read is told about and passed over, unless
    /// it is `known`: what it has said is not to vanish from the screen.
    fn look_for_news(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut Vec<Damage>,
        known: &BTreeMap<String, Seen>,
    ) -> Result<News, JournalError> {
        let mut news = News::None;
        for name in self.log_names()? {
            match self.read_log(&name, ledger, damage) {
                Ok(News::None) => {}
                Ok(News::Some) => news = News::Some,
                Ok(News::Overturned) => return Ok(News::Overturned),
                Err(error) if known.contains_key(&name) => return Err(error),
                Err(error) => self.tell(error.to_string()),
            }
            if self.fold.overtaken {
                self.fold.overtaken = false;
                return Ok(News::Overturned);
            }
        }
        Ok(news)
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
        damage: &mut Vec<Damage>,
    ) -> Result<News, JournalError> {
        let path = self.log_folder().join(name);
        let wrong = |error| JournalError::io(&path, error);
        let look = match self.disk.look(&path) {
            Ok(look) => look,
            // Removed since the folder was listed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(News::None),
            Err(error) => return Err(wrong(error)),
        };
        let seen = self.logs.get(name).copied();
        if let Some(seen) = seen
            && seen.identity == Some(look.identity)
            && seen.lines == look.length
        {
            return Ok(News::None);
        }
        check_log(&path, &look)?;
        let file = files::open(&self.disk, &path, How::Read)?;
        let from = match seen {
            None => 0,
            Some(seen) if print_before(&*file, seen.lines).map_err(wrong)? == Some(seen.print) => seen.lines,
            Some(_) => return Ok(News::Overturned),
        };
        let identity = file.look().map_err(wrong)?.identity;
        let mut newer = false;
        let mut met = false;
        let fold = &mut self.fold;
        let extent = lines::read(&*file, from, &mut |found| match found {
            Found::Whole(_, Decoded::Mark(mark)) => {
                met = true;
                fold.take_mark(ledger, mark);
            }
            Found::Whole(_, Decoded::Record(record)) => {
                met = true;
                fold.take(ledger, *record);
            }
            Found::Whole(_, Decoded::Newer) => newer = true,
            Found::Damaged(offset, bytes) => {
                damage.push(Damage { log: name.to_owned(), offset, bytes: bytes.to_vec() });
            }
        })
        .map_err(wrong)?;
        if newer {
            self.newer = Some(path.clone());
        }
        let print = print_before(&*file, extent.lines).map_err(wrong)?.unwrap_or_default();
        self.logs.insert(name.to_owned(), Seen { identity: Some(identity), lines: extent.lines, print });
        Ok(if met || newer { News::Some } else { News::None })
    }
}

fn check_log(path: &Path, look: &Look) -> Result<(), JournalError> {
    if look.kind != Kind::File {
        return Err(JournalError::NotPlain { path: path.to_owned() });
    }
    if look.length > MAX_LOG {
        return Err(JournalError::TooLarge { path: path.to_owned(), limit: MAX_LOG });
    }
    Ok(())
}

/// The checksum of the last bytes before an offset; `None` when the file ends before it.
pub(crate) fn print_before(file: &dyn DiskFile, offset: u64) -> io::Result<Option<u32>> {
    let length = PRINT.min(usize::try_from(offset).unwrap_or(PRINT));
    let bytes = files::read_range(file, offset - length as u64, length)?;
    Ok((bytes.len() == length).then(|| crc32fast::hash(&bytes)))
}
