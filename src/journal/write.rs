//! Writing records to the log of this device.
//!
//! Owns the promise that what is called saved is on the disk, and that a failed write leaves
//! nothing behind. Must not read the other logs: `home.rs` does.

use crate::course::CourseId;
use crate::journal::disk::{DiskFile, OpenMode};
use crate::journal::home::{Home, LogPosition, fingerprint_before};
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::record::{self, Header, MAX_LINE};
use crate::journal::version::Version;
use crate::journal::{JournalError, Ledger, Operation, files};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Records to be written together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    last: Option<(u64, u64)>,
}

impl Batch {
    /// Adds a record that is later than everything known. Returns its version.
    ///
    /// # Errors
    /// [`JournalError::TooLong`].
    pub(crate) fn add(
        &mut self,
        home: &Home,
        device: DeviceId,
        supersedes: &[RecordId],
        content: &impl Serialize,
    ) -> Result<Version, JournalError> {
        let (sequence, clock) = self.last.unwrap_or_else(|| {
            (home.replay.sequences.get(&device).copied().unwrap_or(0), home.replay.horizon)
        });
        let (sequence, clock) = (sequence + 1, clock + 1);
        let header = Header { device, sequence, clock, time: (home.now)(), supersedes };
        let (line, id) =
            record::encode(&header, content).map_err(|_| JournalError::TooLong { limit: MAX_LINE })?;
        if line.len() > MAX_LINE {
            return Err(JournalError::TooLong { limit: MAX_LINE });
        }
        self.bytes.extend_from_slice(&line);
        self.last = Some((sequence, clock));
        Ok(Version { clock, id })
    }
}

/// Returns whether a record of this operation fits into a line.
///
/// # Errors
/// [`JournalError::TooLong`].
pub(crate) fn check_length(operation: &Operation) -> Result<(), JournalError> {
    // Room for the rest of the line, before and after the operation.
    const AROUND: usize = 1024;
    let too_long = || JournalError::TooLong { limit: MAX_LINE - AROUND };
    let length = serde_json::to_vec(operation).map_err(|_| too_long())?.len();
    if length > MAX_LINE - AROUND { Err(too_long()) } else { Ok(()) }
}

impl Home {
    /// Truncates what an earlier failed write left behind, unless somebody has written since.
    pub(crate) fn cut_leftover(&mut self) {
        let Some((path, before, after)) = &self.unverified.leftover else { return };
        if let Ok(file) = files::open(&self.disk, path, OpenMode::Append)
            && let Ok(metadata) = file.metadata()
            && (metadata.length != *after || file.truncate(*before).is_ok())
        {
            self.unverified.leftover = None;
        }
    }

    /// Writes operations and gives them their versions in the ledger.
    ///
    /// # Errors
    /// When they could not be saved; the log is as it was, as far as the disk allows.
    pub(crate) fn write(
        &mut self,
        ledger: &mut Ledger,
        device: DeviceId,
        operations: &[Operation],
    ) -> Result<(), JournalError> {
        let mut batch = Batch::default();
        let mut versions: Vec<(Version, Vec<RecordId>)> = Vec::with_capacity(operations.len());
        // What a note supersedes may be in this very batch.
        let mut notes: BTreeMap<(&CourseId, &str), RecordId> = BTreeMap::new();
        for operation in operations {
            let key = match operation {
                Operation::Note { course, note, .. } => Some((course, note.as_str())),
                Operation::Mark { .. }
                | Operation::Place { .. }
                | Operation::Read { .. }
                | Operation::Choice(_) => None,
            };
            let supersedes = key
                .and_then(|key| notes.get(&key).map(|id| vec![*id]))
                .unwrap_or_else(|| ledger.superseded(operation));
            let version = batch.add(self, device, &supersedes, operation)?;
            notes.extend(key.map(|key| (key, version.id)));
            versions.push((version, supersedes));
        }
        self.write_batch(device, &batch)?;
        for (operation, (version, supersedes)) in operations.iter().zip(versions) {
            ledger.settle(operation.clone().cleaned(), version, &supersedes);
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
        self.replay.horizon = clock;
        self.replay.sequences.insert(device, sequence);
        Ok(())
    }

    /// Writes whole lines at the end of a log of this device, in one write and one sync.
    ///
    /// # Errors
    /// As [`Home::write`].
    pub(crate) fn append_lines(&mut self, path: &Path, lines: &[u8]) -> Result<(), JournalError> {
        let wrong = |error| JournalError::io(path, error);
        let file = files::open_to_append(&self.disk, path)?;
        let length = file.metadata().map_err(wrong)?.length;
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

    /// Writes and syncs, and reads back what was written after a sync that failed.
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
            self.unverified.sync_failed = true;
            return Err(wrong(error));
        }
        if self.unverified.sync_failed {
            file.forget();
            if files::read_range(file, length, bytes.len()).map_err(wrong)? != bytes {
                return Err(JournalError::NotKept { path: path.to_owned() });
            }
            self.unverified.sync_failed = false;
        }
        let identity = file.metadata().map_err(wrong)?.identity;
        if self.unverified.synced_names.get(path) != Some(&identity) {
            self.sync_folders()?;
            self.unverified.synced_names.insert(path.to_owned(), identity);
        }
        Ok(())
    }

    /// Syncs the names of the logs, and of the folders that lead to them.
    fn sync_folders(&self) -> Result<(), JournalError> {
        files::sync_folder(&self.disk, &self.log_folder())?;
        files::sync_folder(&self.disk, &self.folder)?;
        let parent = self.folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        parent.map_or(Ok(()), |parent| files::sync_folder(&self.disk, parent))
    }

    /// Truncates a log to its length before a write that failed.
    fn cut(&mut self, path: &Path, file: &dyn DiskFile, before: u64) {
        // The cut itself need not be synced: no promise depends on it.
        self.unverified.leftover = match file.truncate(before) {
            Ok(()) => None,
            Err(_) => file.metadata().ok().map(|metadata| (path.to_owned(), before, metadata.length)),
        };
    }

    /// Marks what this window has written as read.
    fn remember(&mut self, path: &Path, file: &dyn DiskFile, end: u64) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let position = || {
            let fingerprint = fingerprint_before(file, end).ok()??;
            Some(LogPosition { identity: Some(file.metadata().ok()?.identity), lines: end, fingerprint })
        };
        match position() {
            Some(position) => {
                self.logs.insert(name.to_owned(), position);
            }
            // Then the log is read again, which does no harm.
            None => {
                self.logs.remove(name);
            }
        }
    }
}

/// Returns whether the last line has no line break, as after a crash in the middle of a write.
fn ends_within_a_line(file: &dyn DiskFile, length: u64) -> std::io::Result<bool> {
    if length == 0 {
        return Ok(false);
    }
    Ok(files::read_range(file, length - 1, 1)? != b"\n")
}
