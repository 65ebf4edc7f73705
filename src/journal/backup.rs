//! Copies of all logs.
//!
//! Owns the folder `backup/`: one file for each backup with every line of every log, damaged
//! ones too, so that a backup can be merged like any other log. One is made by itself each
//! day before the first change, and seven of those are kept; those made by hand stay until
//! they are removed by hand. Must not change logs.

use crate::journal::disk::{DiskFile, OpenMode};
use crate::journal::home::{Home, LOG};
use crate::journal::record::parse_date;
use crate::journal::{JournalError, files};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

/// How many of the backups that make themselves are kept.
const KEPT: usize = 7;

/// How much is copied at once, in bytes.
const CHUNK: usize = 256 << 10;

impl Home {
    /// The folder of the backups.
    pub(crate) fn backup_folder(&self) -> PathBuf {
        self.folder.join("backup")
    }

    fn today(&self) -> Date {
        (self.now)().to_zoned(TimeZone::UTC).date()
    }

    /// Makes today's backup unless it is there. A backup that cannot be made is told about
    /// and does not keep anything else from being saved.
    pub(crate) fn back_up_when_due(&mut self) {
        let today = self.today();
        if self.backed_up == Some(today) {
            return;
        }
        self.backed_up = Some(today);
        let path = self.backup_folder().join(format!("{today}{LOG}"));
        if self.logs.values().all(|seen| seen.lines == 0) || self.disk_has(&path) {
            return;
        }
        if let Err(error) = self.copy_logs(&path).and_then(|()| self.prune_backups()) {
            self.notify(format!("Today's backup could not be made: {error}"));
        }
    }

    /// Makes a backup that stays.
    ///
    /// # Errors
    /// Those of the system; then there is none.
    pub(crate) fn back_up_by_hand(&self) -> Result<PathBuf, JournalError> {
        let today = self.today();
        let path = (1..=u32::MAX)
            .map(|count| self.backup_folder().join(format!("{today}-{count}{LOG}")))
            .find(|path| !self.disk_has(path))
            .unwrap_or_default();
        self.copy_logs(&path)?;
        Ok(path)
    }

    /// The backups by name, the oldest first.
    ///
    /// # Errors
    /// Those of the system.
    pub(crate) fn backups(&self) -> Result<Vec<PathBuf>, JournalError> {
        let folder = self.backup_folder();
        let mut names = files::list(&self.disk, &folder)?;
        names.retain(|name| name.ends_with(LOG));
        names.sort_unstable();
        Ok(names.into_iter().map(|name| folder.join(name)).collect())
    }

    fn prune_backups(&self) -> Result<(), JournalError> {
        let mut daily = self.backups()?;
        daily.retain(|path| path.file_stem().and_then(|stem| stem.to_str()).and_then(parse_date).is_some());
        let surplus = daily.len().saturating_sub(KEPT);
        daily.iter().take(surplus).try_for_each(|path| files::remove(&self.disk, path))
    }

    /// Writes every line of every log into one file.
    fn copy_logs(&self, path: &Path) -> Result<(), JournalError> {
        let folder = self.backup_folder();
        files::make_folder(&self.disk, &folder)?;
        files::put_in_place(&self.disk, path, |copy| {
            for name in self.log_names()? {
                let log = self.log_folder().join(&name);
                match files::open(&self.disk, &log, OpenMode::Read) {
                    Ok(file) => copy_log(&*file, copy).map_err(|error| JournalError::io(&log, error))?,
                    // It is not a log, or it has just been removed.
                    Err(error)
                        if matches!(error, JournalError::NotPlain { .. }) || files::is_missing(&error) => {}
                    Err(error) => return Err(error),
                }
            }
            copy.sync().map_err(|error| JournalError::io(path, error))
        })?;
        files::sync_folder(&self.disk, &folder)
    }
}

fn copy_log(log: &dyn DiskFile, copy: &dyn DiskFile) -> std::io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    let mut offset = 0;
    let mut last = b'\n';
    loop {
        let count = log.read_at(&mut buffer, offset)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        files::append_all(copy, bytes)?;
        last = bytes.last().copied().unwrap_or(last);
        offset += count as u64;
    }
    if last == b'\n' { Ok(()) } else { files::append_all(copy, b"\n") }
}
