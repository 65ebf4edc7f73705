//! Logs that have lost records which were read from them: a tool may have put an older state of one,
//! or another log, in its place.
//!
//! Owns what is said of that, and what is held of the own log so that it can be written again. Must
//! not write: `write.rs` does.

use crate::journal::disk::{DiskFile, OpenMode};
use crate::journal::home::Home;
use crate::journal::id::DeviceId;
use crate::journal::lines::{self, LogPiece};
use crate::journal::loss::Loss;
use crate::journal::names::LOG;
use crate::journal::own::{HELD, HELD_AT_START};
use crate::journal::position::LogPosition;
use crate::journal::{JournalError, files};
use crate::text::clean::clean_line;
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::ops::Range;

impl Home {
    /// Holds the end of what was read of the own log; at the start, also the end of what the cache has
    /// spared the reading of.
    pub(crate) fn hold_own_lines(
        &mut self,
        name: &str,
        file: &dyn DiskFile,
        read: Range<u64>,
        is_from_cache: bool,
    ) -> io::Result<()> {
        let Some(device) = self.device.filter(|_| self.is_own(name)) else { return Ok(()) };
        let start = if is_from_cache { read.start.saturating_sub(HELD_AT_START) } else { read.start };
        let start = start.max(read.end.saturating_sub(HELD as u64));
        let length = usize::try_from(read.end.saturating_sub(start)).unwrap_or(HELD);
        let bytes = files::read_range(file, start, length)?;
        self.own.read(device, &bytes);
        Ok(())
    }

    /// Takes note of which of the logs that are known have lost records. To be called after all were
    /// read anew.
    pub(crate) fn note_losses(&mut self, known: &BTreeMap<String, LogPosition>) {
        for (name, before) in known {
            if !self.logs.contains_key(name) || self.changed.contains(name) {
                let had = before.standing.count;
                let held = device_of(name).map_or(0, |device| self.held_of(device));
                let is_known = u64::try_from(held).is_ok_and(|held| held >= had);
                self.losses.push(Loss { log: name.clone(), had: Some(had), is_known, again: 0 });
            }
        }
    }

    /// The number of the records of a device that are held line by line and were not erased.
    fn held_of(&self, device: DeviceId) -> usize {
        let mut held = 0;
        for line in self.own.lines_of(device) {
            lines::each_record(line, &mut |record, _| held += usize::from(!self.replay.is_erased(&record)));
        }
        held
    }

    /// Says which logs have lost records, what of it was written again, and what brings back the rest.
    pub(crate) fn tell_of_losses(&mut self) {
        for Loss { log, had, is_known, again } in std::mem::take(&mut self.losses) {
            let path = self.log_folder().join(&log);
            let path = path.display();
            let changes = match again {
                1 => "1 change that was missing from it is".to_owned(),
                again => format!("{again} changes that were missing from it are"),
            };
            if is_known {
                // What is there in another order is not lost.
                if again > 0 {
                    self.say_each_time(&format!(
                        "{path}: another state of this log was put in its place. The {changes} written \
                         again; nothing is lost."
                    ));
                }
                continue;
            }
            let Some(had) = had else {
                self.say_each_time(&format!("{path}: the {changes} written again."));
                continue;
            };
            let now = self.logs.get(&log).map_or(0, |now| now.standing.count);
            let again = if again > 0 { format!(" The {changes} written again.") } else { String::new() };
            let restore = self.said_of_backups();
            self.told.insert(log);
            self.say_each_time(&format!(
                "{path}: another state of this log was put in its place, {}.{again} {restore}",
                in_numbers(now, had)
            ));
        }
    }

    /// Adds a message, also one that was shown before: it is about another loss.
    fn say_each_time(&mut self, notice: &str) {
        self.notices.push(clean_line(notice));
    }

    /// What brings back records that are missing here, in a sentence. Reads the logs and the backups:
    /// to be asked only when something was lost.
    pub(crate) fn said_of_backups(&self) -> String {
        let best = self.known_records().and_then(|known| {
            let mut best: Option<(usize, String)> = None;
            for path in self.backups()?.iter().rev() {
                let mut missing = HashSet::new();
                let file = files::open(&self.disk, path, OpenMode::Read)?;
                lines::read(&*file, 0, &mut |found| {
                    if let LogPiece::Whole(_, decoded) = found
                        && let Some(record) = decoded.record()
                        && !known.contains(&record.id)
                        && !self.replay.is_erased(&record)
                    {
                        missing.insert(record.id);
                    }
                })
                .map_err(|error| JournalError::io(path, error))?;
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if missing.len() > best.as_ref().map_or(0, |(count, _)| *count) {
                    best = Some((missing.len(), name));
                }
            }
            Ok(best)
        });
        match best {
            Ok(Some((count, name))) => {
                let records = if count == 1 {
                    "1 record that is".to_owned()
                } else {
                    format!("{count} records that are")
                };
                format!("`sidelight journal restore {name}` brings back {records} missing here.")
            }
            Ok(None) => "No backup has a record that is missing here.".to_owned(),
            Err(_) => "`sidelight journal restore` lists the backups.".to_owned(),
        }
    }
}

/// How many records there are, and were, in a log that has lost some.
pub(crate) fn in_numbers(now: u64, had: u64) -> String {
    if now < had {
        let records = if now == 1 { "record" } else { "records" };
        format!("with {now} {records} where {had} were")
    } else {
        format!("and some of the {had} records that it had are not in it")
    }
}

fn device_of(log: &str) -> Option<DeviceId> {
    DeviceId::parse(log.strip_suffix(LOG)?)
}
