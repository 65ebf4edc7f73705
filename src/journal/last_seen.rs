//! What the log of this device held when the program was last open.
//!
//! Owns one small file for each computer, by which a start can tell that a sync tool or a backup
//! program has put an older state of the log in its place meanwhile. It may be deleted at any time;
//! then the next such loss is not told of. Must not hold anything that the reader wrote.

use crate::journal::disk::OpenMode;
use crate::journal::home::Home;
use crate::journal::losses::in_numbers;
use crate::journal::names::LOG;
use crate::journal::own_log::LastSeen;
use crate::journal::position::Tally;
use crate::journal::{files, names};
use std::path::PathBuf;

/// The most that is read of the file, in bytes.
const MOST: usize = 4096;

impl Home {
    fn last_seen_path(&self) -> PathBuf {
        self.folder.join("cache").join(names::name_of_last_seen(self.machine))
    }

    /// Reads what the own log held the last time. To be called before the logs are read.
    pub(crate) fn load_last_seen(&mut self) {
        self.last_seen = self.read_last_seen();
    }

    fn read_last_seen(&self) -> Option<LastSeen> {
        let file = files::open(&self.disk, &self.last_seen_path(), OpenMode::Read).ok()?;
        serde_json::from_slice(&files::read_start(&*file, MOST).ok()?).ok()
    }

    /// The records that a log is to begin with, if that is known from the last time.
    pub(crate) fn last_seen_of(&self, name: &str) -> Option<Tally> {
        self.last_seen.as_ref().filter(|seen| seen.log == name).map(|seen| seen.records)
    }

    /// Says that the own log has lost records since the program was last open. To be called after
    /// all logs were read for the first time.
    pub(crate) fn tell_of_loss_while_closed(&mut self) {
        let Some(LastSeen { log, records, erases }) = self.last_seen.clone() else { return };
        let path = self.log_folder().join(&log);
        let is_changed = self.changed_while_closed || !self.disk_has(&path);
        // What the cache had of it may have told already.
        let is_told = self.told.contains(&log);
        if is_told || !is_changed || erases != self.replay.erases.len() || records.count == 0 {
            return;
        }
        let now = self.logs.get(&log).map_or(0, |position| position.standing.count);
        let (numbers, restore) = (in_numbers(now, records.count), self.said_of_backups());
        self.notify(&format!(
            "{}: another state of this log is there now than when the program was last open, {numbers}. \
             {restore}",
            path.display(),
        ));
    }

    /// Takes note of what the own log holds. Only a convenience, so a failure is no loss.
    pub(crate) fn remember_own_log(&mut self) {
        let Some(device) = self.device else { return };
        let log = format!("{device}{LOG}");
        let (log, records) = match (self.logs.get(&log), &self.last_seen) {
            (Some(position), _) => (log, position.standing),
            // One that is gone holds nothing, and that was said.
            (None, Some(seen)) if !self.disk_has(&self.log_folder().join(&seen.log)) => {
                (seen.log.clone(), Tally::default())
            }
            (None, _) => return,
        };
        let seen = LastSeen { log, records, erases: self.replay.erases.len() };
        if self.last_seen.as_ref() == Some(&seen) || !self.disk_has(&self.folder) {
            return;
        }
        let path = self.last_seen_path();
        let made = path.parent().map_or(Ok(()), |folder| files::make_folder(&self.disk, folder));
        let Ok(bytes) = serde_json::to_vec(&seen) else { return };
        if made.and_then(|()| files::replace_unsynced(&self.disk, &path, &bytes)).is_ok() {
            self.last_seen = Some(seen);
        }
    }
}
