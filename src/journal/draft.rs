//! Drafts: what is being written and is not saved yet, in files of its own, one for each window.
//!
//! Owns those files and the pages that an editor is given: only their owner may read them,
//! and they go as soon as what was written is saved. They are there so that a crash costs no
//! words; they are no part of the records. A window holds a lock on its draft, so that a
//! draft whose window is gone is known, whatever process has its number now. Must not know
//! how a draft is shown.

use crate::course::CourseId;
use crate::journal::disk::{Disk, Guard, OpenMode};
use crate::journal::home::Home;
use crate::journal::names::{DataFile, PageOwner};
use crate::journal::note_names::beside;
use crate::journal::own_draft::OwnDraft;
use crate::journal::{Choice, Journal, JournalError, Ledger, Operation, files, names};
use jiff::civil::Date;
use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The most bytes that are read back.
const MOST: usize = 16 << 20;

/// Of this many states of a draft one is synced: with every key it would be too slow on many
/// disks. The others survive a crash of the program, and one of the computer as far as it has
/// written them by then.
const SYNCED_OF: usize = 20;

/// What a state of a draft outlives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Durability {
    /// A crash of the program.
    Written,
    /// A crash of the computer, too.
    Synced,
}

/// A draft on the disk.
#[derive(Serialize, Deserialize)]
struct Written {
    /// The operations that would save it.
    draft: Vec<Operation>,
    /// The checksum of each note's text when writing began, by the note's name.
    #[serde(default)]
    begun: BTreeMap<String, u32>,
}

/// Whether somebody still has a page open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageState {
    /// The window that gave it to an editor is there.
    Open,
    /// That window has ended.
    Left,
}

impl PageState {
    /// The state of the page of this window.
    pub(crate) fn of(owner: PageOwner) -> Self {
        let process = i32::try_from(owner.process).ok().and_then(Pid::from_raw);
        // One that belongs to somebody else is there, too.
        let is_there = |process| test_kill_process(process) != Err(rustix::io::Errno::SRCH);
        let is_same = match (owner.started, process_of(owner.process)) {
            (_, Some(Process { has_ended: true, .. })) => false,
            (Some(started), Some(now)) => started == now.started,
            // Without a time the number has to do.
            (Some(_) | None, None) | (None, Some(_)) => true,
        };
        if process.is_some_and(is_there) && is_same { Self::Open } else { Self::Left }
    }
}

/// The name of the page that the editor of this window is given, when `count` pages of it
/// were left before.
pub fn editor_page(count: u64) -> String {
    let process = std::process::id();
    let started = process_of(process).map(|own| own.started);
    names::name_of_page(PageOwner { process, started, count })
}

/// Returns whether a name in the data folder is that of a copy in which an editor has words that are
/// not in its page.
pub fn holds_unsaved(name: &str) -> bool {
    names::holds_unsaved(name)
}

/// The state of a process, as the system reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Process {
    /// The time of its start, in clock ticks since the computer's.
    started: u64,
    /// Whether it has ended, and only its number is still there.
    has_ended: bool,
}

/// Reads the state of a process; `None` where the system does not say.
fn process_of(process: u32) -> Option<Process> {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program stands in parentheses and may hold anything. What follows is
    // the third field, the state, and the time is the twenty-second.
    let (_, after) = line.rsplit_once(')')?;
    let mut fields = after.split_whitespace();
    let has_ended = matches!(fields.next()?, "Z" | "X");
    Some(Process { started: fields.nth(18)?.parse().ok()?, has_ended })
}

impl Home {
    /// The names of the files with words that are not saved yet, and what each is.
    ///
    /// # Errors
    /// Those of the system.
    pub(crate) fn unsaved_files(&self) -> Result<Vec<(String, DataFile)>, JournalError> {
        let mut names = files::list(&self.disk, &self.folder)?;
        names.sort_unstable();
        let unsaved = |name: String| match names::data_file(&name)? {
            file @ (DataFile::Draft(_) | DataFile::Page(_)) => Some((name, file)),
            DataFile::Recent | DataFile::Cleared | DataFile::Lock | DataFile::Marker => None,
        };
        Ok(names.into_iter().filter_map(unsaved).collect())
    }

    /// The days that a draft is about.
    pub(crate) fn days_of_draft(&self, path: &Path) -> Vec<Date> {
        let written = read(self, path);
        written.map_or(Vec::new(), |written| written.draft.iter().filter_map(Operation::day).collect())
    }

    /// Returns whether a draft or page holds nothing but words that were never saved, as far as is
    /// known. A page does not say.
    pub(crate) fn is_of_new_words(&self, path: &Path, file: DataFile) -> bool {
        match file {
            DataFile::Draft(_) => read(self, path).is_some_and(|written| {
                !written.begun.is_empty() && written.begun.values().all(|begun| *begun == 0)
            }),
            DataFile::Page(_) => true,
            DataFile::Recent | DataFile::Cleared | DataFile::Lock | DataFile::Marker => false,
        }
    }

    /// Says that words are left from an editor whose window has ended.
    pub(crate) fn tell_of_pages(&mut self) {
        for (name, file) in self.unsaved_files().unwrap_or_default() {
            if let DataFile::Page(owner) = file
                && PageState::of(owner) == PageState::Left
            {
                self.notify(&format!(
                    "What was in your editor when the program ended is in {}. Take from it what you \
                     need, and remove it.",
                    self.folder.join(name).display()
                ));
            }
        }
    }

    fn draft_path(&self) -> PathBuf {
        self.folder.join(names::name_of_draft(std::process::id(), self.draft.window))
    }

    fn write_draft(&mut self, path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
        let latest = latest(path);
        self.draft.latest = self.put_draft(&latest, bytes, Durability::Written)?;
        let unsynced = self.draft.unsynced.map_or(SYNCED_OF, |count| count + 1);
        // An erase of another window may have removed it.
        if unsynced < SYNCED_OF && self.disk_has(path) {
            self.draft.unsynced = Some(unsynced);
            return Ok(());
        }
        self.draft.synced = self.put_draft(path, bytes, Durability::Synced)?;
        self.draft.unsynced = Some(0);
        Ok(())
    }

    /// Replaces a file of the draft. Returns the lock on it, where there are locks.
    fn put_draft(
        &self,
        path: &Path,
        bytes: &[u8],
        durability: Durability,
    ) -> Result<Option<Box<dyn Guard>>, JournalError> {
        let wrong = |error| JournalError::io(path, error);
        let new = half_written(&self.draft_path());
        let file = files::create_afresh(&self.disk, &new)?;
        // It is locked before it has its name, so that no other window ever takes it over.
        let guard = self.disk.lock(&new, Duration::ZERO).ok();
        files::append_all(&*file, bytes).map_err(wrong)?;
        if durability == Durability::Synced {
            file.sync().map_err(wrong)?;
        }
        self.disk.rename(&new, path).map_err(wrong)?;
        if durability == Durability::Synced {
            files::sync_folder(&self.disk, &self.folder)?;
        }
        Ok(guard)
    }

    /// Takes hold of a draft whose window has ended; `None` when it is there.
    fn claim(&self, path: &Path, process: u32) -> Option<Claim> {
        match self.disk.lock(path, Duration::ZERO) {
            Ok(guard) => Some(Claim(Some(guard))),
            // Without locks the number of the process has to do.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                let is_own = process == std::process::id();
                let owner = PageOwner { process, started: None, count: 0 };
                (is_own || PageState::of(owner) == PageState::Left).then_some(Claim(None))
            }
            Err(_) => None,
        }
    }
}

/// A draft that is this window's, and the lock on it where there are locks.
struct Claim(Option<Box<dyn Guard>>);

impl Journal {
    /// The folder that everything is kept in, if anything is.
    pub fn folder(&self) -> Option<&Path> {
        self.home.as_ref().map(|home| home.folder.as_path())
    }

    /// Replaces the last draft by this one. It is written with every key and survives a crash of
    /// the program; the first state and then one in twenty survives one of the computer.
    ///
    /// # Errors
    /// Those of the system.
    pub fn keep_draft(&mut self, ledger: &Ledger, draft: &[Operation]) -> Result<(), JournalError> {
        let Some(home) = &mut self.home else { return Ok(()) };
        let mut begun = std::mem::take(&mut home.draft.begun);
        for operation in draft {
            if let Operation::Note { course, note, .. } = operation {
                begun.entry(note.clone()).or_insert_with(|| sum_of(ledger, course, note));
            }
        }
        let path = home.draft_path();
        let written = Written { draft: draft.to_vec(), begun };
        let bytes = serde_json::to_vec(&written).map_err(|error| JournalError::io(&path, error.into()))?;
        home.draft.begun = written.begun;
        home.write_draft(&path, &bytes)
    }

    /// Removes the draft, if there is one.
    ///
    /// # Errors
    /// Those of the system.
    pub fn drop_draft(&mut self) -> Result<(), JournalError> {
        let Some(home) = &mut self.home else { return Ok(()) };
        home.draft.begun.clear();
        let path = home.draft_path();
        files::remove(&home.disk, &latest(&path))?;
        files::remove(&home.disk, &path)?;
        (home.draft.latest, home.draft.synced, home.draft.unsynced) = (None, None, None);
        Ok(())
    }

    /// Leaves the draft of this window on the disk for whoever opens its course next: the next one
    /// is a draft of its own.
    pub fn leave_draft(&mut self) {
        if let Some(home) = &mut self.home {
            home.draft = OwnDraft::default();
        }
    }

    /// Returns whether words are left that are not saved yet.
    pub fn has_unsaved(&self) -> bool {
        let unsaved = self.home.as_ref().and_then(|home| home.unsaved_files().ok());
        unsaved.is_some_and(|files| !files.is_empty())
    }

    /// Takes over the draft of a course that a window left behind which has ended;
    /// empty when there is none, or it cannot be read. It is this window's from now on.
    /// Where the note itself was changed since, the draft stands beside it, under a name
    /// of its own.
    pub fn take_draft(&mut self, ledger: &Ledger, course: &CourseId) -> Vec<Operation> {
        let Some(home) = &mut self.home else { return Vec::new() };
        for (name, file) in home.unsaved_files().unwrap_or_default() {
            let DataFile::Draft(process) = file else { continue };
            let path = home.folder.join(&name);
            let Some(Claim(guard)) = home.claim(&path, process) else { continue };
            let newer = latest(&path);
            let is_beside = newer != path && home.disk_has(&newer);
            let claim = if is_beside { home.claim(&newer, process) } else { Some(Claim(None)) };
            let Some(Claim(newer_guard)) = claim else { continue };
            // Its latest state may be torn after a crash of the computer.
            let Some(Written { draft, begun }) = read(home, &newer).or_else(|| read(home, &path)) else {
                continue;
            };
            if draft.is_empty() || !draft.iter().all(|operation| is_of(operation, course)) {
                continue;
            }
            // Where it cannot be moved it is offered again the next time.
            let own = home.draft_path();
            if home.disk.rename(&path, &own).is_ok() {
                home.draft.synced = guard;
                if is_beside && home.disk.rename(&newer, &latest(&own)).is_ok() {
                    home.draft.latest = newer_guard;
                }
            }
            return draft.into_iter().map(|operation| beside_newer(operation, &begun, ledger)).collect();
        }
        Vec::new()
    }
}

/// The path of a draft while it is being written.
fn half_written(path: &Path) -> PathBuf {
    let mut new = path.as_os_str().to_owned();
    new.push(names::NEW);
    new.into()
}

/// The path of the latest state of a draft; its own where it has none beside it.
fn latest(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).and_then(names::name_of_latest_draft);
    name.map_or_else(|| path.to_owned(), |name| path.with_file_name(name))
}

/// The checksum of a note's text; 0 when there is no such note.
fn sum_of(ledger: &Ledger, course: &CourseId, note: &str) -> u32 {
    ledger.note(course, note).map_or(0, |note| crc32fast::hash(note.text.as_bytes()))
}

/// A note, under a name of its own if what has its name was written since.
fn beside_newer(operation: Operation, begun: &BTreeMap<String, u32>, ledger: &Ledger) -> Operation {
    let Operation::Note { course, note, day, place, text } = operation else { return operation };
    let now = ledger.note(&course, &note).map(|note| note.text).unwrap_or_default();
    let is_newer = !now.is_empty()
        && now != text
        && begun.get(&note).is_none_or(|begun| *begun != crc32fast::hash(now.as_bytes()));
    let note = if is_newer { beside(&note, &text) } else { note };
    Operation::Note { course, note, day, place, text }
}

fn read(home: &Home, path: &Path) -> Option<Written> {
    let file = files::open(&home.disk, path, OpenMode::Read).ok()?;
    let bytes = files::read_start(&*file, MOST).ok()?;
    let written = serde_json::from_slice(&bytes).or_else(|_| {
        // Older versions wrote nothing but the operations.
        serde_json::from_slice(&bytes).map(|draft| Written { draft, begun: BTreeMap::new() })
    });
    let Written { draft, begun } = written.ok()?;
    Some(Written { draft: draft.into_iter().map(Operation::cleaned).collect(), begun })
}

fn is_of(operation: &Operation, wanted: &CourseId) -> bool {
    match operation {
        Operation::Mark { course, .. }
        | Operation::Place { course, .. }
        | Operation::Read { course, .. }
        | Operation::Note { course, .. }
        | Operation::Choice(Choice { course, .. }) => course == wanted,
    }
}
