//! What changes outside while the session goes on: other windows' records, the files of the
//! open course, a pipe.
//!
//! Owns what is watched and when what has changed is read.

use super::{FileChanges, Session};
use crate::app::file_watcher::FileWatcher;
use crate::app::reload::Reload;
use crate::app::unfinished::PATIENCE_WITH_KEYS;
use crate::course::Course;
use crate::library::{LibraryOrigin, WatchedFiles};
use std::io;
use std::os::fd::BorrowedFd;

impl Session {
    /// Shows changes in the files of what is open from now on, once
    /// [`Session::start_watching`] was called.
    pub fn show_file_changes(&mut self) {
        self.file_changes = FileChanges::Shown;
        if !matches!(self.origin, Some(LibraryOrigin::Path { .. })) {
            self.say("Nothing to watch: not opened from a file.");
        }
    }

    /// Begins to watch. To be called after the first frame: it starts a thread. From now on
    /// there are keys to be heard, so no lock is waited for any longer.
    pub fn start_watching(&mut self) {
        self.world.journal.set_patience(PATIENCE_WITH_KEYS);
        match FileWatcher::new() {
            Ok(watcher) => self.file_watcher = Some(watcher),
            Err(error) => return self.tell_unwatched(&error),
        }
        self.watch_logs();
        // A pipe is followed without being watched.
        if self.reload.is_none() {
            self.watch_course();
            // Something may have changed since it was opened.
            if let Some(reload) = &mut self.reload {
                reload.note_change();
            }
        }
    }

    /// What becomes readable when another window has written, when what is open has changed, or
    /// when a thread has read or found something.
    pub fn watched(&self) -> impl Iterator<Item = BorrowedFd<'_>> {
        let files = self.file_watcher.as_ref().map(FileWatcher::descriptor);
        let pipe = self.reload.as_ref().and_then(Reload::descriptor);
        files.into_iter().chain(pipe).chain(self.loader.descriptor())
    }

    /// Takes in what has changed. Returns whether that may show; what is opened anew for it says so
    /// itself.
    pub fn take_changes(&mut self) -> bool {
        let has_read = self.loader.drain();
        let changes = self.file_watcher.as_mut().map(FileWatcher::take_changes).unwrap_or_default();
        if let Some(reload) = &mut self.reload {
            reload.read_pipe();
            if changes.course {
                reload.note_change();
            }
        }
        let has_records = changes.logs && self.read_some_records();
        has_read || has_records
    }

    /// Watches the journal's logs. Where they cannot be watched, other windows' marks come
    /// with the next save.
    pub(super) fn watch_logs(&mut self) {
        if let (Some(watcher), Some(folder)) = (&mut self.file_watcher, self.world.journal.log_folder()) {
            watcher.watch_logs(&folder).ok();
        }
    }

    /// Watches the files of the open course, if their changes are to be shown and it comes
    /// from files; those of the course before no more.
    pub(super) fn watch_course(&mut self) {
        let files = self.files_to_watch(&self.world.course);
        self.reload = self.origin.clone().filter(|_| files.is_some()).map(Reload::files);
        self.watch_files(files);
    }

    /// The files of a course whose changes are to be shown.
    pub(super) fn files_to_watch(&self, course: &Course) -> Option<WatchedFiles> {
        let origin = self.origin.as_ref().filter(|origin| matches!(origin, LibraryOrigin::Path { .. }))?;
        (self.file_changes == FileChanges::Shown).then(|| WatchedFiles::of(origin, course))
    }

    /// Watches these files instead of those of before.
    pub(super) fn watch_files(&mut self, files: Option<WatchedFiles>) {
        let watched = self.file_watcher.as_mut().map_or(Ok(()), |watcher| watcher.watch_course(files));
        if let Err(error) = watched {
            self.tell_unwatched(&error);
        }
    }

    fn tell_unwatched(&mut self, error: &io::Error) {
        if self.file_changes == FileChanges::Shown {
            self.say(&format!("Changes of files can't be shown: {error}"));
        }
    }
}
