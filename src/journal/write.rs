//! Writing records to the log of this device.
//!
//! Owns the promise that what was said to be saved is on the disk, and that a failed write
//! leaves nothing behind. Must not read the other logs: `home.rs` does.

use crate::course::CourseId;
use crate::journal::disk::{DiskFile, How};
use crate::journal::home::{Home, Seen, print_before};
use crate::journal::record::{self, DeviceId, Header, MAX_LINE, RecordId};
use crate::journal::stamp::Stamp;
use crate::journal::{JournalError, Ledger, Operation, files};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What went wrong in earlier writes of this sitting and still has to be heeded.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// A write that failed and could not be cut off again: the file, and its length before
    /// and after it.
    leftover: Option<(PathBuf, u64, u64)>,
    /// A sync has failed. The system may take the pages that it could not write for clean,
    /// so the next success is only believed after it was read back.
    sync_failed: bool,
    /// The folder's names are on the disk: the log itself will be found after a crash.
    folder_synced: bool,
}

/// Records to be written together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    last: Option<(u64, u64)>,
}

impl Batch {
    /// Adds a record, which comes after everything that is known; with it, its stamp.
    ///
    /// # Errors
    /// [`JournalError::TooLong`].
    pub(crate) fn add(
        &mut self,
        home: &Home,
        device: DeviceId,
        over: &[RecordId],
        deed: &impl Serialize,
    ) -> Result<Stamp, JournalError> {
        let (sequence, clock) = self
            .last
            .unwrap_or_else(|| (home.fold.sequences.get(&device).copied().unwrap_or(0), home.fold.horizon));
        let (sequence, clock) = (sequence + 1, clock + 1);
        let header = Header { device, sequence, clock, time: (home.now)(), over };
        let (line, id) =
            record::encode(&header, deed).map_err(|_| JournalError::TooLong { limit: MAX_LINE })?;
        if line.len() > MAX_LINE {
            return Err(JournalError::TooLong { limit: MAX_LINE });
        }
        self.bytes.extend_from_slice(&line);
        self.last = Some((sequence, clock));
        Ok(Stamp { rank: clock, id })
    }
}

/// Whether a record of this operation fits into a line.
///
/// # Errors
/// [`JournalError::TooLong`].
pub(crate) fn check_length(operation: &Operation) -> Result<(), JournalError> {
    // Room for everything that stands around the operation in a line.
    const AROUND: usize = 1024;
    let too_long = || JournalError::TooLong { limit: MAX_LINE - AROUND };
    let length = serde_json::to_vec(operation).map_err(|_| too_long())?.len();
    if length > MAX_LINE - AROUND { Err(too_long()) } else { Ok(()) }
}

impl Home {
    /// Cuts off what an earlier failed write left behind, unless somebody has written since.
    pub(crate) fn cut_leftover(&mut self) {
        let Some((path, before, after)) = &self.doubts.leftover else { return };
        if let Ok(file) = files::open(&self.disk, path, How::Append)
            && let Ok(look) = file.look()
            && (look.length != *after || file.truncate(*before).is_ok())
        {
            self.doubts.leftover = None;
        }
    }

    /// Writes operations and gives them their place in the ledger.
    ///
    /// # Errors
    /// When they are not kept; the log is as it was, as far as the disk lets it.
    pub(crate) fn write(
        &mut self,
        ledger: &mut Ledger,
        device: DeviceId,
        operations: &[Operation],
    ) -> Result<(), JournalError> {
        let mut batch = Batch::default();
        let mut stamped: Vec<(Stamp, Vec<RecordId>)> = Vec::with_capacity(operations.len());
        // What a note replaces may be in this very batch.
        let mut notes: BTreeMap<(&CourseId, &str), RecordId> = BTreeMap::new();
        for operation in operations {
            let key = match operation {
                Operation::Note { course, note, .. } => Some((course, note.as_str())),
                Operation::Mark { .. }
                | Operation::Place { .. }
                | Operation::Read { .. }
                | Operation::Choice(_) => None,
            };
            let over = key
                .and_then(|key| notes.get(&key).map(|id| vec![*id]))
                .unwrap_or_else(|| ledger.over(operation));
            let stamp = batch.add(self, device, &over, operation)?;
            notes.extend(key.map(|key| (key, stamp.id)));
            stamped.push((stamp, over));
        }
        self.write_batch(device, &batch)?;
        for (operation, (stamp, over)) in operations.iter().zip(stamped) {
            ledger.settle(operation.clone().cleaned(), stamp, &over);
        }
        Ok(())
    }

    /// Writes records at the end of the own log, in one write and one sync.
    ///
    /// # Errors
    /// As [`Home::write`].
    pub(crate) fn write_batch(&mut self, device: DeviceId, batch: &Batch) -> Result<(), JournalError> {
        let Some((sequence, clock)) = batch.last else { return Ok(()) };
        self.append_lines(&self.own_log(device), &batch.bytes)?;
        self.fold.horizon = clock;
        self.fold.sequences.insert(device, sequence);
        Ok(())
    }

    /// Writes whole lines at the end of a log of this device, in one write and one sync.
    ///
    /// # Errors
    /// As [`Home::write`].
    pub(crate) fn append_lines(&mut self, path: &Path, lines: &[u8]) -> Result<(), JournalError> {
        let wrong = |error| JournalError::io(path, error);
        let file = files::open_to_append(&self.disk, path)?;
        let length = file.look().map_err(wrong)?.length;
        let mut bytes = Vec::with_capacity(lines.len() + 1);
        if ends_within_a_line(&*file, length).map_err(wrong)? {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(lines);
        if let Err(error) = self.put(path, &*file, length, &bytes) {
            self.cut(path, &*file, length);
            return Err(error);
        }
        self.remember(path, &*file, length + bytes.len() as u64);
        Ok(())
    }

    /// Writes, syncs, and reads back when there is reason to.
    fn put(
        &mut self,
        path: &Path,
        file: &dyn DiskFile,
        length: u64,
        bytes: &[u8],
    ) -> Result<(), JournalError> {
        let wrong = |error| JournalError::io(path, error);
        files::append_all(file, bytes).map_err(wrong)?;
        if let Err(error) = file.sync() {
            self.doubts.sync_failed = true;
            return Err(wrong(error));
        }
        if self.doubts.sync_failed {
            file.forget();
            if files::read_range(file, length, bytes.len()).map_err(wrong)? != bytes {
                return Err(JournalError::NotKept { path: path.to_owned() });
            }
            self.doubts.sync_failed = false;
        }
        if !self.doubts.folder_synced {
            files::sync_folder(&self.disk, &self.log_folder())?;
            files::sync_folder(&self.disk, &self.folder)?;
            if let Some(parent) = self.folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                files::sync_folder(&self.disk, parent)?;
            }
            self.doubts.folder_synced = true;
        }
        Ok(())
    }

    /// Cuts a log back to where it was before a write that failed.
    fn cut(&mut self, path: &Path, file: &dyn DiskFile, before: u64) {
        // The cut itself need not be on the disk: nothing that was said depends on it.
        self.doubts.leftover = match file.truncate(before) {
            Ok(()) => None,
            Err(_) => file.look().ok().map(|look| (path.to_owned(), before, look.length)),
        };
    }

    /// What was written by this window is not news to it.
    fn remember(&mut self, path: &Path, file: &dyn DiskFile, end: u64) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let seen = || {
            let print = print_before(file, end).ok()??;
            Some(Seen { identity: Some(file.look().ok()?.identity), lines: end, print })
        };
        match seen() {
            Some(seen) => {
                self.logs.insert(name.to_owned(), seen);
            }
            // Then it will be read again, which does no harm.
            None => {
                self.logs.remove(name);
            }
        }
    }
}

/// Whether the last line has no line break, as after a crash in the middle of a write.
fn ends_within_a_line(file: &dyn DiskFile, length: u64) -> std::io::Result<bool> {
    if length == 0 {
        return Ok(false);
    }
    Ok(files::read_range(file, length - 1, 1)? != b"\n")
}
