//! Copies of all logs.
//!
//! Owns the folder `backup/`: one file for each backup with every line of every log, damaged
//! ones too, so that a backup can be merged like any other log. One is made by default each
//! day before the first change, and the seven that were made last are kept, whatever the
//! clock said; those made by hand stay until they are removed by hand. Must not change logs.

use crate::journal::disk::{DiskFile, OpenMode};
use crate::journal::home::Home;
use crate::journal::names::LOG;
use crate::journal::{JournalError, files, names};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

/// The number of automatic backups that are kept.
const KEPT: usize = 7;

/// The bytes that are copied at once.
const CHUNK: usize = 256 << 10;

/// A backup that was made by default. The order is that of their making, whatever clocks
/// said: older versions gave them no numbers, so those come first, by their days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Daily {
    number: Option<u64>,
    name: String,
}

impl Home {
    /// The folder of the backups.
    pub(crate) fn backup_folder(&self) -> PathBuf {
        self.folder.join("backup")
    }

    /// The day by UTC.
    pub(crate) fn today(&self) -> Date {
        (self.now)().to_zoned(TimeZone::UTC).date()
    }

    /// Makes today's backup unless it is there. A backup that cannot be made is reported
    /// and does not keep anything else from being saved.
    pub(crate) fn back_up_when_due(&mut self) {
        let today = self.today();
        if self.backed_up == Some(today) {
            return;
        }
        self.backed_up = Some(today);
        if self.logs.values().all(|seen| seen.lines == 0) {
            return;
        }
        if let Err(error) = self.back_up_of(today) {
            self.notify(&format!("Today's backup could not be made: {error}"));
        }
    }

    /// Makes the backup of a day, unless the last one is of that day, and removes the oldest.
    fn back_up_of(&self, today: Date) -> Result<(), JournalError> {
        let daily = self.daily_backups()?;
        let day = today.to_string();
        let is_made = |backup: &Daily| names::daily_backup(&backup.name).is_some_and(|(of, _)| of == day);
        if daily.last().is_some_and(is_made) {
            return Ok(());
        }
        let number = daily.iter().filter_map(|backup| backup.number).max().unwrap_or(0).saturating_add(1);
        let folder = self.backup_folder();
        self.copy_logs(&folder.join(names::name_of_backup(&day, number)))?;
        let surplus = (daily.len() + 1).saturating_sub(KEPT);
        daily.iter().take(surplus).try_for_each(|old| files::remove(&self.disk, &folder.join(&old.name)))
    }

    /// The backups that were made by default, in the order of their making.
    fn daily_backups(&self) -> Result<Vec<Daily>, JournalError> {
        let names = files::list(&self.disk, &self.backup_folder())?;
        let daily = |name: String| {
            let number = names::daily_backup(&name)?.1;
            Some(Daily { number, name })
        };
        let mut daily: Vec<Daily> = names.into_iter().filter_map(daily).collect();
        daily.sort_unstable();
        Ok(daily)
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
