//! The journal itself: opened, read, appended to.
//!
//! Owns what everyone else sees of the journal, and what waits to be written. Must not know
//! how records are laid out in files.

use crate::journal::home::{Environment, Home, LONG_PATIENCE, PATIENCE};
use crate::journal::lines::Completeness;
use crate::journal::reading::AT_ONCE;
use crate::journal::write::{Pending, check_length};
use crate::journal::{JournalError, Ledger, Operation, files, private};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The open journal. What could not be written stays in memory and is tried again.
#[derive(Debug)]
pub struct Journal {
    pub(crate) home: Option<Home>,
    pending: Vec<Pending>,
    /// The error of an operation that was not accepted, until it has been reported.
    refused: Option<JournalError>,
    /// The folder that could not be opened, and is tried again when there is something to write.
    wanted: Option<PathBuf>,
    /// The longest wait for another window's lock.
    patience: Duration,
}

/// An opened journal with its ledger.
#[derive(Debug)]
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// The current state.
    pub ledger: Ledger,
    /// Messages for the reader, such as of damage that was set aside: one calm line each.
    pub notices: Vec<String>,
}

/// Whether all that is new has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// Nothing, as there was nothing new.
    Nothing,
    /// All of it.
    All,
    /// There is more.
    Part,
}

impl Journal {
    /// Opens the journal in a folder, which is made when it does not exist.
    ///
    /// # Errors
    /// When the folder cannot be made, read or trusted; reading a course goes on without it.
    pub fn open(folder: &Path) -> Result<Opened, JournalError> {
        Self::open_in(folder, Environment::real())
    }

    /// As [`Journal::open`], on another disk or by another clock.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn open_in(folder: &Path, environment: Environment) -> Result<Opened, JournalError> {
        let mut home = Home::new(folder, environment);
        let mut ledger = Ledger::default();
        files::make_folder(&home.disk, folder)?;
        private::refuse_foreign(&home)?;
        home.tell_of_pages();
        // A journal that can only be read is still worth reading.
        let locked = home.lock().map(|guard| (guard.is_some(), guard));
        files::make_folder(&home.disk, &home.log_folder())?;
        let (locked, guard) = locked
            .and_then(|(locked, guard)| home.know_device(locked).map(|_| (locked, guard)))
            .unwrap_or_else(|error| {
                home.notify(&error.to_string());
                (false, None)
            });
        home.load_last_seen();
        home.load_snapshot(&mut ledger);
        home.catch_up(&mut ledger, locked)?;
        home.save_snapshot(&ledger);
        home.tell_of_loss_while_closed();
        home.remember_own_log();
        drop(guard);
        // What was lost or could not be done is said before it.
        private::check(&mut home);
        let notices = std::mem::take(&mut home.notices);
        let journal = Self { home: Some(home), ..Self::in_memory() };
        Ok(Opened { journal, ledger, notices })
    }

    /// Waits longer for another window's lock from now on, as a command does that is not tried
    /// again.
    pub fn be_patient(&mut self) {
        if let Some(home) = &mut self.home {
            home.patience = LONG_PATIENCE;
        }
    }

    /// A journal whose folder cannot be opened now. Every write tries again, and until then all
    /// stays pending.
    pub fn waiting_for(folder: &Path) -> Self {
        Self { wanted: Some(folder.to_owned()), ..Self::in_memory() }
    }

    /// A journal that saves nothing beyond this session.
    pub fn in_memory() -> Self {
        Self { home: None, pending: Vec::new(), refused: None, wanted: None, patience: PATIENCE }
    }

    /// From now on waits at most this long for another window's lock before it is
    /// [`JournalError::Busy`]. A journal that was just opened waits for two seconds.
    pub fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
        if let Some(home) = &mut self.home {
            home.patience = patience;
        }
    }

    /// Returns whether anything is saved beyond this session. Nothing is while a newer version of the
    /// program has written to the log of this device.
    pub fn saves(&self) -> bool {
        self.wanted.is_some()
            || self.home.as_ref().is_some_and(|home| !home.newer.iter().any(|name| home.is_own(name)))
    }

    /// Takes note of what the own log holds, so that the next start can tell whether a tool has
    /// taken something of it away. To be called when nothing more will be written.
    pub fn close(&mut self) {
        if let Some(home) = &mut self.home {
            home.remember_own_log();
        }
    }

    /// Applies operations to the ledger and writes them, with what is still pending, in one
    /// write and one sync. Once this returns `Ok`, no crash loses them.
    ///
    /// # Errors
    /// When they could not be saved. They stay in the ledger and pending, and are tried again
    /// with the next append or [`Journal::retry`]. Only one that is too long for a record
    /// ([`JournalError::TooLong`]) is not accepted at all.
    pub fn append(&mut self, ledger: &mut Ledger, operations: Vec<Operation>) -> Result<(), JournalError> {
        let new = self.pending.len();
        for operation in operations {
            self.take(ledger, operation);
        }
        self.write_pending(ledger, new)?;
        self.refused.take().map_or(Ok(()), Err)
    }

    /// Applies an operation to the ledger, to be written with the next [`Journal::retry`], which
    /// also reports one that is too long for a record and was not accepted.
    pub fn add(&mut self, ledger: &mut Ledger, operation: Operation) {
        if let Some(taken) = self.take(ledger, operation) {
            ledger.apply(&taken.clone().cleaned());
        }
    }

    /// Tries to write what is still pending.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn retry(&mut self, ledger: &mut Ledger) -> Result<(), JournalError> {
        let new = self.pending.len();
        self.write_pending(ledger, new)?;
        self.refused.take().map_or(Ok(()), Err)
    }

    /// Puts an operation among those to be written, if a record can hold it.
    fn take(&mut self, ledger: &Ledger, operation: Operation) -> Option<&Operation> {
        match check_length(&operation) {
            Ok(()) => {
                let supersedes = ledger.superseded(&operation);
                self.pending.push(Pending { operation, supersedes });
                self.pending.last().map(|pending| &pending.operation)
            }
            Err(error) => {
                self.refused = Some(error);
                None
            }
        }
    }

    /// The number of operations that are not saved yet.
    pub fn pending(&self) -> usize {
        self.pending.len() + usize::from(self.refused.is_some())
    }

    /// Returns whether some of them are more than marks and places: words, or what goes with words.
    pub fn has_pending_words(&self) -> bool {
        self.pending.iter().any(|pending| match pending.operation {
            Operation::Note { .. } | Operation::Choice(_) => true,
            Operation::Mark { .. } | Operation::Place { .. } | Operation::Read { .. } => false,
        })
    }

    /// A number that is another whenever records have been read since; none without a folder.
    pub fn news(&self) -> Option<u64> {
        self.home.as_ref().map(|home| home.news)
    }

    /// The messages that the reader has not been shown yet: one calm line each.
    pub fn take_notices(&mut self) -> Vec<String> {
        self.home.as_mut().map(|home| std::mem::take(&mut home.notices)).unwrap_or_default()
    }

    /// Reads what other windows and devices have written since. Returns whether anything was
    /// new.
    ///
    /// # Errors
    /// When the logs cannot be read now; the ledger is as it was.
    pub fn refresh(&mut self, ledger: &mut Ledger) -> Result<bool, JournalError> {
        let Some(home) = &mut self.home else { return Ok(false) };
        let readings = home.readings;
        let guard = home.lock()?;
        let news = home.catch_up(ledger, guard.is_some());
        drop(guard);
        if home.readings != readings {
            self.apply_pending(ledger);
        }
        news
    }

    /// As [`Journal::refresh`], but reads only so much that a key which is pressed meanwhile need
    /// not wait. Returns whether anything was new, and whether there is more to read.
    ///
    /// # Errors
    /// As [`Journal::refresh`].
    pub fn refresh_in_part(&mut self, ledger: &mut Ledger) -> Result<Refreshed, JournalError> {
        let Some(home) = &mut self.home else { return Ok(Refreshed::Nothing) };
        let readings = home.readings;
        let guard = home.lock()?;
        let read = home.catch_up_in_part(ledger, guard.is_some(), AT_ONCE);
        drop(guard);
        if home.readings != readings {
            self.apply_pending(ledger);
        }
        read.map(|read| match read {
            (false, Completeness::Whole) => Refreshed::Nothing,
            (true, Completeness::Whole) => Refreshed::All,
            (_, Completeness::Part) => Refreshed::Part,
        })
    }

    /// Returns whether logs hold more than was read when something was last written; it is read
    /// by [`Journal::refresh_in_part`].
    pub fn has_more_to_read(&self) -> bool {
        self.home.as_ref().is_some_and(|home| home.completeness == Completeness::Part)
    }

    /// A ledger that was read again from the logs has nothing of what is pending.
    pub(crate) fn apply_pending(&self, ledger: &mut Ledger) {
        for Pending { operation, .. } in &self.pending {
            ledger.apply(&operation.clone().cleaned());
        }
    }

    /// The folder of the logs, once there is one. When a file in it changes,
    /// [`Journal::refresh`] is to be called.
    pub fn log_folder(&self) -> Option<PathBuf> {
        self.home.as_ref().map(Home::log_folder)
    }

    /// Writes what is pending; what is at `new` and after it is not in the ledger yet.
    fn write_pending(&mut self, ledger: &mut Ledger, new: usize) -> Result<(), JournalError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let new = match self.open_wanted(ledger) {
            // The ledger was just read and has nothing of what is pending.
            Ok(true) => 0,
            Ok(false) => new,
            Err(error) => {
                for Pending { operation, .. } in self.pending.iter().skip(new) {
                    ledger.apply(&operation.clone().cleaned());
                }
                return Err(error);
            }
        };
        let Some(home) = &mut self.home else {
            for Pending { operation, .. } in self.pending.drain(..) {
                ledger.apply(&operation.cleaned());
            }
            return Ok(());
        };
        let readings = home.readings;
        let written = home.keep(ledger, &self.pending);
        if written.is_ok() {
            self.pending.clear();
        } else {
            // A ledger that was read again from the logs has nothing of what is pending.
            let missing = if home.readings == readings { new } else { 0 };
            for Pending { operation, .. } in self.pending.iter().skip(missing) {
                ledger.apply(&operation.clone().cleaned());
            }
        }
        written
    }

    /// Tries again to open the folder that could not be opened before. Returns whether it was
    /// opened; the ledger then holds what is written there.
    fn open_wanted(&mut self, ledger: &mut Ledger) -> Result<bool, JournalError> {
        let Some(folder) = &self.wanted else { return Ok(false) };
        let opened = Self::open(folder)?;
        self.home = opened.journal.home;
        if let Some(home) = &mut self.home {
            home.notices = opened.notices;
            home.patience = self.patience;
        }
        self.wanted = None;
        *ledger = opened.ledger;
        Ok(true)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use crate::course::{CourseId, ItemId};
    use crate::journal::Mark;
    use jiff::civil::date;

    fn mark(item: &str, mark: Option<Mark>) -> Operation {
        let day = date(2026, 11, 22);
        Operation::Mark { course: CourseId::new("reconcile"), item: ItemId::new(item), day, mark }
    }

    fn marked(ledger: &Ledger, item: &str) -> Option<Mark> {
        ledger.mark(&CourseId::new("reconcile"), &ItemId::new(item), date(2026, 11, 22))
    }

    #[test]
    fn what_was_marked_is_there_the_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("made/on/the/way");
        let Opened { mut journal, mut ledger, notices } = Journal::open(&folder).unwrap();
        assert_eq!(notices, Vec::<String>::new());
        assert!(journal.saves());
        journal
            .append(&mut ledger, vec![mark("one", Some(Mark::Kept)), mark("two", Some(Mark::Slipped))])
            .unwrap();
        journal.append(&mut ledger, vec![mark("one", None)]).unwrap();
        assert_eq!(journal.pending(), 0);

        let again = Journal::open(&folder).unwrap();
        assert_eq!(again.ledger, ledger);
        assert_eq!(marked(&again.ledger, "one"), None);
        assert_eq!(marked(&again.ledger, "two"), Some(Mark::Slipped));
    }

    #[test]
    fn two_windows_see_each_others_marks_when_they_write() {
        let folder = tempfile::tempdir().unwrap();
        let mut one = Journal::open(folder.path()).unwrap();
        let mut other = Journal::open(folder.path()).unwrap();
        one.journal.append(&mut one.ledger, vec![mark("a", Some(Mark::Kept))]).unwrap();
        other.journal.append(&mut other.ledger, vec![mark("b", Some(Mark::Kept))]).unwrap();
        assert_eq!(marked(&other.ledger, "a"), Some(Mark::Kept));
        one.journal.append(&mut one.ledger, vec![mark("a", Some(Mark::Slipped))]).unwrap();
        assert_eq!(marked(&one.ledger, "b"), Some(Mark::Kept));
        assert_eq!(Journal::open(folder.path()).unwrap().ledger, one.ledger);
    }

    #[test]
    fn a_journal_in_memory_keeps_marks_for_the_session() {
        let (mut journal, mut ledger) = (Journal::in_memory(), Ledger::default());
        journal.append(&mut ledger, vec![mark("one", Some(Mark::DidNotArise))]).unwrap();
        assert_eq!(marked(&ledger, "one"), Some(Mark::DidNotArise));
        assert!(!journal.saves());
        assert_eq!(journal.pending(), 0);
    }

    #[test]
    fn a_folder_that_could_not_be_opened_is_tried_again_with_the_next_mark() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("sidelight");
        let Opened { mut journal, mut ledger, .. } = Journal::open(&folder).unwrap();
        journal.append(&mut ledger, vec![mark("before", Some(Mark::Kept))]).unwrap();
        let away = home.path().join("away");
        std::fs::rename(&folder, &away).unwrap();
        std::fs::write(&folder, "in the way").unwrap();
        assert!(Journal::open(&folder).is_err());

        let (mut journal, mut ledger) = (Journal::waiting_for(&folder), Ledger::default());
        for item in ["one", "two"] {
            journal.append(&mut ledger, vec![mark(item, Some(Mark::Slipped))]).unwrap_err();
            assert_eq!(marked(&ledger, item), Some(Mark::Slipped));
        }
        assert_eq!(journal.pending(), 2);
        std::fs::remove_file(&folder).unwrap();
        std::fs::rename(&away, &folder).unwrap();
        journal.retry(&mut ledger).unwrap();
        assert_eq!((journal.pending(), marked(&ledger, "before")), (0, Some(Mark::Kept)));
        assert_eq!(Journal::open(&folder).unwrap().ledger, ledger);
    }

    #[test]
    fn what_could_not_be_written_is_seen_and_tried_again() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("sidelight");
        let Opened { mut journal, mut ledger, .. } = Journal::open(&folder).unwrap();
        let away = home.path().join("away");
        std::fs::rename(&folder, &away).unwrap();
        let error = journal.append(&mut ledger, vec![mark("one", Some(Mark::Kept))]).unwrap_err();
        assert!(matches!(error, JournalError::Gone { .. }), "{error}");
        assert_eq!(marked(&ledger, "one"), Some(Mark::Kept));
        assert_eq!(journal.pending(), 1);
        std::fs::rename(&away, &folder).unwrap();
        journal.retry(&mut ledger).unwrap();
        assert_eq!(journal.pending(), 0);
        assert_eq!(Journal::open(&folder).unwrap().ledger, ledger);
    }
}
