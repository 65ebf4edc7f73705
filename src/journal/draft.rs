//! What is being written and is not kept yet, in files of its own: one for each window.
//!
//! Owns those files, and the names of the pages that her own editor is given: only their owner
//! may read them, and they go as soon as what was written is kept. They are there so that a
//! crash costs no words; they are no part of the records.

use crate::course::CourseId;
use crate::journal::disk::{Disk, OpenMode};
use crate::journal::home::Home;
use crate::journal::{Choice, Journal, JournalError, Operation, files};
use rustix::process::{Pid, test_kill_process};
use std::io;
use std::path::{Path, PathBuf};

/// How the names of drafts begin.
const DRAFT: &str = "draft";
/// How the names of pages for an editor begin, and those of the copies that editors make.
const PAGES: [&str; 3] = ["note-", ".note-", "#note-"];
/// The most bytes that are read back.
const MOST: usize = 16 << 20;

/// The name of the page that the editor of this window is given.
pub fn editor_page() -> String {
    format!("note-{}.md", std::process::id())
}

/// Whether a file of this name in the data folder holds words that are not kept yet, and what
/// it is.
pub(crate) fn unkept(name: &str) -> Option<&'static str> {
    if name.starts_with(DRAFT) {
        Some("what was being written and is not kept yet")
    } else if PAGES.iter().any(|begin| name.starts_with(begin)) {
        Some("what was in your own editor")
    } else {
        None
    }
}

/// Whether the window that a file was made by, as its name says, is still open. Our own has
/// made none yet when this is asked.
fn is_in_use(name: &str) -> bool {
    let number = name.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    let process = number.and_then(|number| number.parse().ok()).and_then(Pid::from_raw);
    // One that belongs to somebody else is there, too.
    process.is_some_and(|process| {
        process != rustix::process::getpid() && test_kill_process(process) != Err(rustix::io::Errno::SRCH)
    })
}

impl Home {
    /// The files with words that are not kept yet.
    pub(crate) fn unkept_files(&self) -> Result<Vec<(PathBuf, &'static str)>, JournalError> {
        let mut names = files::list(&self.disk, &self.folder)?;
        names.sort_unstable();
        let unkept = names.into_iter().filter_map(|name| Some((self.folder.join(&name), unkept(&name)?)));
        Ok(unkept.collect())
    }

    /// Removes them, but for what somebody is writing in an editor at this moment.
    pub(crate) fn remove_unkept(&self) -> Result<(), JournalError> {
        for (path, _) in self.unkept_files()? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(DRAFT) || !is_in_use(name) {
                files::remove(&self.disk, &path)?;
            }
        }
        Ok(())
    }

    /// Says that words are left from an editor whose window has ended.
    pub(crate) fn tell_of_pages(&mut self) {
        for (path, _) in self.unkept_files().unwrap_or_default() {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if PAGES.iter().any(|begin| name.starts_with(begin)) && !is_in_use(name) {
                self.notify(format!(
                    "What was in your editor when the program ended is in {}. Take from it what you \
                     need, and remove it.",
                    path.display()
                ));
            }
        }
    }
}

impl Journal {
    /// The folder that everything is kept in, if anything is.
    pub fn folder(&self) -> Option<&Path> {
        self.home.as_ref().map(|home| home.folder.as_path())
    }

    /// Puts this in the place of the last draft. Not waited for: a draft is there for a
    /// crash of the program, and is written with every key.
    ///
    /// # Errors
    /// Those of the system.
    pub fn keep_draft(&self, draft: &[Operation]) -> Result<(), JournalError> {
        let Some((home, path)) = self.home.as_ref().zip(self.draft_path()) else { return Ok(()) };
        let new = path.with_extension("new");
        let wrong = |error| JournalError::io(&path, error);
        let bytes = serde_json::to_vec(draft).map_err(|error| wrong(error.into()))?;
        let file = files::create_afresh(&home.disk, &new)?;
        files::append_all(&*file, &bytes).map_err(wrong)?;
        home.disk.rename(&new, &path).map_err(wrong)
    }

    /// Removes the draft, if there is one.
    ///
    /// # Errors
    /// Those of the system.
    pub fn drop_draft(&self) -> Result<(), JournalError> {
        let Some((home, path)) = self.home.as_ref().zip(self.draft_path()) else { return Ok(()) };
        match home.disk.remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(JournalError::io(&path, error)),
            _ => Ok(()),
        }
    }

    /// Whether words are left that are not kept yet.
    pub fn has_unkept(&self) -> bool {
        let unkept = self.home.as_ref().and_then(|home| home.unkept_files().ok());
        unkept.is_some_and(|files| !files.is_empty())
    }

    /// What was being written in a course when a window ended that is not there any more;
    /// nothing when there is no such, or it cannot be read. It is this window's from now on.
    pub fn take_draft(&self, course: &CourseId) -> Vec<Operation> {
        let Some((home, own)) = self.home.as_ref().zip(self.draft_path()) else { return Vec::new() };
        for (path, _) in home.unkept_files().unwrap_or_default() {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if !name.starts_with(DRAFT) || is_in_use(name) {
                continue;
            }
            let draft = read(home, &path).unwrap_or_default();
            if !draft.is_empty() && draft.iter().all(|operation| is_of(operation, course)) {
                // Where it cannot be moved it is offered again the next time.
                home.disk.rename(&path, &own).ok();
                return draft;
            }
        }
        Vec::new()
    }

    fn draft_path(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(format!("{DRAFT}-{}.json", std::process::id())))
    }
}

fn read(home: &Home, path: &Path) -> Option<Vec<Operation>> {
    let file = files::open(&home.disk, path, OpenMode::Read).ok()?;
    let bytes = files::read_start(&*file, MOST).ok()?;
    let draft: Vec<Operation> = serde_json::from_slice(&bytes).ok()?;
    Some(draft.into_iter().map(Operation::cleaned).collect())
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
