//! Writing records to the log of this device.
//!
//! Owns the promise that what is called saved is on the disk, and that a failed write leaves
//! nothing behind. Must not read the other logs: `reading.rs` does.

use crate::course::CourseId;
use crate::journal::course_state::Provenance;
use crate::journal::disk::{DiskFile, OpenMode};
use crate::journal::home::Home;
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::loss::Loss;
use crate::journal::names::LOG;
use crate::journal::position::{LogPosition, fingerprint_before};
use crate::journal::record::{self, ClockStep, Decoded, Header, MAX_LINE};
use crate::journal::version::Version;
use crate::journal::worded::Worded;
use crate::journal::{Choice, JournalError, Ledger, Operation, files};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Something that was done and is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pending {
    /// What was done.
    pub(crate) operation: Operation,
    /// The records that it supersedes, if it is to say so: those that were known when it was done.
    /// What another window writes before this is written was not seen, and stays.
    pub(crate) supersedes: Option<Vec<RecordId>>,
}

/// What is said when both of two texts stay.
const BESIDE: &str = "Another window or device wrote this at the same time. \
     What it wrote is here too, among your notes.";

/// Something that holds words of the reader's own, of which a later version supersedes the one
/// before.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum OwnText<'a> {
    Note(&'a CourseId, &'a str),
    Choice(&'a CourseId, Worded),
}

impl<'a> OwnText<'a> {
    fn of(operation: &'a Operation) -> Option<Self> {
        match operation {
            Operation::Note { course, note, .. } => Some(Self::Note(course, note)),
            Operation::Choice(Choice { course, chosen }) => {
                chosen.words().map(|(key, _)| Self::Choice(course, key))
            }
            Operation::Mark { .. } | Operation::Place { .. } | Operation::Read { .. } => None,
        }
    }
}

/// Records to be written together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    lines: Vec<(RecordId, Vec<u8>)>,
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
        supersedes: Option<&[RecordId]>,
        content: &impl Serialize,
    ) -> Result<Version, JournalError> {
        let (sequence, clock) = if let Some((sequence, clock)) = self.last {
            (sequence + 1, clock + 1)
        } else {
            let sequence = home.replay.sequences.get(&device).copied().unwrap_or(0) + 1;
            let (steps, clock) = home.replay.next_clocks();
            for (sequence, step) in (sequence..).zip(&steps) {
                self.add_line(home, (device, sequence, *step), None, &ClockStep {})?;
            }
            (sequence + steps.len() as u64, clock)
        };
        let id = self.add_line(home, (device, sequence, clock), supersedes, content)?;
        self.last = Some((sequence, clock));
        Ok(Version { clock, id })
    }

    fn add_line(
        &mut self,
        home: &Home,
        (device, sequence, clock): (DeviceId, u64, u64),
        supersedes: Option<&[RecordId]>,
        content: &impl Serialize,
    ) -> Result<RecordId, JournalError> {
        let writer = home.writer;
        let header = Header { device, writer, sequence, clock, time: (home.now)(), supersedes };
        let (line, id) =
            record::encode(&header, content).map_err(|_| JournalError::TooLong { limit: MAX_LINE })?;
        if line.len() > MAX_LINE {
            return Err(JournalError::TooLong { limit: MAX_LINE });
        }
        self.lines.push((id, line));
        Ok(id)
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
        operations: &[Pending],
    ) -> Result<(), JournalError> {
        let mut batch = Batch::default();
        let mut versions: Vec<(Version, Option<Vec<RecordId>>)> = Vec::with_capacity(operations.len());
        // What an operation supersedes may be in this very batch.
        let mut texts: BTreeMap<OwnText<'_>, RecordId> = BTreeMap::new();
        let mut stands_beside = false;
        for Pending { operation, supersedes } in operations {
            let text = OwnText::of(operation);
            let before = text.as_ref().and_then(|text| texts.get(text)).map(|id| vec![*id]);
            let is_first = before.is_none();
            let supersedes = before.or_else(|| supersedes.clone());
            stands_beside |=
                is_first && ledger.has_other_words(operation, supersedes.as_deref().unwrap_or_default());
            let version = batch.add(self, device, supersedes.as_deref(), operation)?;
            texts.extend(text.map(|text| (text, version.id)));
            versions.push((version, supersedes));
        }
        self.write_batch(device, &batch)?;
        let written = Some(self.today());
        for (pending, (version, supersedes)) in operations.iter().zip(versions) {
            let source = Provenance { supersedes: supersedes.as_deref(), written };
            ledger.settle(pending.operation.clone().cleaned(), version, &source);
        }
        if stands_beside {
            // Each time: it is about other words.
            self.notices.push(BESIDE.to_owned());
        }
        // Clocks that were just beyond belief are within it now, below what was written.
        self.news += u64::from(self.replay.catch_up(ledger));
        Ok(())
    }

    /// Writes records at the end of the own log, in one write and one sync.
    ///
    /// # Errors
    /// As [`Home::write`].
    pub(crate) fn write_batch(&mut self, device: DeviceId, batch: &Batch) -> Result<(), JournalError> {
        let Some((sequence, clock)) = batch.last else { return Ok(()) };
        self.append_lines(&self.own_log(device), &batch.lines)?;
        for (id, line) in &batch.lines {
            self.own.wrote(*id, line);
        }
        self.replay.horizon = clock;
        self.replay.sequences.insert(device, sequence);
        Ok(())
    }

    /// Writes again what is known of the own log and is not in it any more, because an older state of
    /// it, or another log, was put in its place. To be called after the logs were read. What cannot be
    /// written now is tried again the next time.
    pub(crate) fn write_again(&mut self, ledger: &mut Ledger) {
        let mut missing: BTreeMap<DeviceId, Vec<(RecordId, Vec<u8>)>> = BTreeMap::new();
        for (id, line) in self.own.missing() {
            let decoded = record::decode(line.strip_suffix(b"\n").unwrap_or(&line));
            let Some(record) = decoded.and_then(Decoded::into_record) else { continue };
            if self.replay.is_erased(&record) {
                self.own.forget(&id);
                continue;
            }
            self.replay.insert(ledger, record);
            missing.entry(id.device).or_default().push((id, line));
        }
        let mut is_whole = true;
        for (device, lines) in missing {
            match self.append_lines(&self.own_log(device), &lines) {
                Ok(()) => {
                    let (log, again) = (format!("{device}{LOG}"), lines.len());
                    match self.losses.iter_mut().find(|loss| loss.log == log) {
                        Some(loss) => loss.again = again,
                        None => self.losses.push(Loss { log, had: None, is_known: false, again }),
                    }
                }
                Err(error) => {
                    is_whole = false;
                    self.notify(&format!("NOT SAVED: {error}"));
                }
            }
        }
        if is_whole {
            self.own.give_up_reading();
        }
    }

    /// Writes whole lines at the end of a log of this device, in one write and one sync.
    ///
    /// # Errors
    /// As [`Home::write`].
    pub(crate) fn append_lines(
        &mut self,
        path: &Path,
        lines: &[(RecordId, Vec<u8>)],
    ) -> Result<(), JournalError> {
        let wrong = |error| JournalError::io(path, error);
        let file = files::open_to_append(&self.disk, path)?;
        let length = file.metadata().map_err(wrong)?.length;
        let mut bytes = Vec::with_capacity(lines.iter().map(|(_, line)| line.len()).sum::<usize>() + 1);
        if ends_within_a_line(&*file, length).map_err(wrong)? {
            bytes.push(b'\n');
        }
        for (_, line) in lines {
            bytes.extend_from_slice(line);
        }
        if let Err(error) = self.put(path, &*file, length, &bytes) {
            self.cut(path, &*file, length, length + bytes.len() as u64);
            return Err(error);
        }
        self.remember(path, &*file, length + bytes.len() as u64, lines);
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

    /// Truncates a log to its length before a write that failed. A disk that does not even say how
    /// long the log is now has most likely taken all that was written, up to `after`.
    fn cut(&mut self, path: &Path, file: &dyn DiskFile, before: u64, after: u64) {
        // The cut itself need not be synced: no promise depends on it.
        self.unverified.leftover = file.truncate(before).is_err().then(|| {
            let after = file.metadata().map_or(after, |metadata| metadata.length);
            (path.to_owned(), before, after)
        });
    }

    /// Marks what this window has written as read.
    fn remember(&mut self, path: &Path, file: &dyn DiskFile, end: u64, lines: &[(RecordId, Vec<u8>)]) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let mut standing = self.logs.get(name).map(|position| position.standing).unwrap_or_default();
        for (id, _) in lines {
            standing.add(*id);
        }
        let position = || {
            let fingerprint = fingerprint_before(file, end).ok()??;
            let identity = Some(file.metadata().ok()?.identity);
            Some(LogPosition { identity, lines: end, fingerprint, standing })
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
