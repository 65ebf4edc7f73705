//! Waking up when another window, a sync tool or an editor has changed a file.
//!
//! Owns the only watcher of files, on whatever the system has for it, and a descriptor that an
//! event loop can wait for together with the keyboard. Its thread blocks in the system while
//! nothing changes. The journal and the library say what is watched. Must not read any of it.

use crate::library::WatchedFiles;
use crate::text::panics::catch;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd as _, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Whether the system says when a file that was written to is closed. A window closes its log
/// once its marks are on the disk: to look at it before that would be for nothing.
const TELLS_OF_CLOSING: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Watches files, and says which kind of them has changed.
#[derive(Debug)]
pub(super) struct FileWatcher {
    watcher: RecommendedWatcher,
    bell: UnixStream,
    shared: Arc<Mutex<Shared>>,
}

/// What has changed since it was last asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Changes {
    /// A log of the journal.
    pub(super) logs: bool,
    /// A file of the open course.
    pub(super) course: bool,
}

/// What the loop and the watcher's thread both know.
#[derive(Debug, Default)]
struct Shared {
    logs: Option<PathBuf>,
    course: Option<WatchedFiles>,
    changes: Changes,
}

impl FileWatcher {
    /// A watcher of nothing yet.
    ///
    /// # Errors
    /// When the system has nothing to watch files with.
    pub(super) fn new() -> io::Result<Self> {
        let (bell, mut ringer) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        ringer.set_nonblocking(true)?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let known = Arc::clone(&shared);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if lock(&known).note(event) {
                // When it is full, the loop has not yet heard what rang before.
                ringer.write_all(&[1]).ok();
            }
        });
        Ok(Self { watcher: watcher.map_err(into_io)?, bell, shared })
    }

    /// Watches the folder of the journal's logs, again if it had gone and came back.
    ///
    /// # Errors
    /// When it cannot be watched.
    pub(super) fn watch_logs(&mut self, folder: &Path) -> io::Result<()> {
        let folder = folder.canonicalize()?;
        lock(&self.shared).logs = Some(folder.clone());
        self.watch(&folder)
    }

    /// Watches the files of a course instead of those of the one before. The folders that are
    /// watched already stay so: changes in them are no longer reported.
    ///
    /// # Errors
    /// When the system can watch nothing more.
    pub(super) fn watch_course(&mut self, files: Option<WatchedFiles>) -> io::Result<()> {
        let mut result = Ok(());
        for folder in files.iter().flat_map(WatchedFiles::folders) {
            match self.watch(folder) {
                // Gone again already, or not to be read.
                Err(error) if is_not_there(&error) => {}
                Err(error) => {
                    result = Err(error);
                    break;
                }
                Ok(()) => {}
            }
        }
        lock(&self.shared).course = files;
        result
    }

    /// What becomes readable when something has changed.
    pub(super) fn descriptor(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }

    /// What has changed since the last call. To be called before any of it is read, or a
    /// change between the two would be missed.
    pub(super) fn take_changes(&mut self) -> Changes {
        let mut rung = [0; 64];
        while self.bell.read(&mut rung).is_ok_and(|count| count > 0) {}
        std::mem::take(&mut lock(&self.shared).changes)
    }

    fn watch(&mut self, folder: &Path) -> io::Result<()> {
        // It panics when its thread could not be started.
        let watched = catch(AssertUnwindSafe(|| self.watcher.watch(folder, RecursiveMode::NonRecursive)));
        watched.unwrap_or_else(|| Err(notify::Error::generic("no thread can be started"))).map_err(into_io)
    }
}

impl Shared {
    /// Takes note of an event. Returns whether the loop is to hear of it.
    fn note(&mut self, event: notify::Result<Event>) -> bool {
        let event = match event {
            Ok(event) if event.need_rescan() => return self.note_anything(),
            Ok(event) => event,
            // Something was lost.
            Err(_) => return self.note_anything(),
        };
        let mut found = Changes::default();
        for path in &event.paths {
            let is_log = |logs: &PathBuf| path == logs || path.parent() == Some(logs);
            found.logs |= is_end_of_writing(event.kind) && self.logs.as_ref().is_some_and(is_log);
            found.course |=
                is_change(event.kind) && self.course.as_ref().is_some_and(|course| course.concern(path));
        }
        self.changes.logs |= found.logs;
        self.changes.course |= found.course;
        found.logs || found.course
    }

    fn note_anything(&mut self) -> bool {
        self.changes = Changes { logs: self.logs.is_some(), course: self.course.is_some() };
        true
    }
}

/// Returns whether an event changed a file or a name, and not only its metadata or who reads it.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Any
        | EventKind::Other
        | EventKind::Create(_)
        | EventKind::Remove(_)
        | EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Access(_) => false,
    }
}

/// Returns whether an event ended a change: a window closes its log after its marks are on the disk, a
/// sync tool moves whole files in.
fn is_end_of_writing(kind: EventKind) -> bool {
    let is_under_way = matches!(kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)));
    is_change(kind) && !(TELLS_OF_CLOSING && is_under_way)
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn into_io(error: notify::Error) -> io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        notify::ErrorKind::PathNotFound => io::ErrorKind::NotFound.into(),
        notify::ErrorKind::MaxFilesWatch => io::ErrorKind::QuotaExceeded.into(),
        kind => io::Error::other(notify::Error::new(kind)),
    }
}

fn is_not_there(error: &io::Error) -> bool {
    let kinds = [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied, io::ErrorKind::NotADirectory];
    kinds.contains(&error.kind())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::library::{Library, LibraryOrigin};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use std::fs;

    /// Longer than a change takes to arrive on a busy machine.
    const PATIENCE: Timespec = Timespec { tv_sec: 20, tv_nsec: 0 };

    /// What changes first, within a bounded time.
    fn waited_for(watcher: &mut FileWatcher) -> Changes {
        poll(&mut [PollFd::from_borrowed_fd(watcher.descriptor(), PollFlags::IN)], Some(&PATIENCE)).unwrap();
        watcher.take_changes()
    }

    fn files(path: &Path) -> WatchedFiles {
        let origin = LibraryOrigin::of_path(path, None).unwrap();
        let course = Library::open(origin.clone()).unwrap().course;
        WatchedFiles::of(&origin, &course)
    }

    #[test]
    fn a_change_of_a_log_and_of_a_lesson_are_told_apart() {
        let (logs, course) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(course.path().join("a.md"), "# A").unwrap();
        let mut watcher = FileWatcher::new().unwrap();
        watcher.watch_logs(logs.path()).unwrap();
        watcher.watch_course(Some(files(course.path()))).unwrap();
        fs::write(logs.path().join("device.jsonl"), "{}\n").unwrap();
        assert_eq!(waited_for(&mut watcher), Changes { logs: true, course: false });
        fs::write(course.path().join("a.md"), "# B").unwrap();
        assert_eq!(waited_for(&mut watcher), Changes { logs: false, course: true });
    }

    #[test]
    fn reading_a_file_and_what_an_editor_leaves_wake_nobody() {
        let (folder, fence) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(folder.path().join("a.md"), "# A").unwrap();
        let mut watcher = FileWatcher::new().unwrap();
        watcher.watch_course(Some(files(folder.path()))).unwrap();
        watcher.watch_logs(fence.path()).unwrap();
        fs::read(folder.path().join("a.md")).unwrap();
        fs::write(folder.path().join(".a.md.swp"), "").unwrap();
        // Changes arrive in order: had one of these mattered, it would come with or before this.
        fs::write(fence.path().join("device.jsonl"), "{}\n").unwrap();
        assert_eq!(waited_for(&mut watcher), Changes { logs: true, course: false });
    }

    #[test]
    fn a_course_that_was_left_is_not_told_of_any_more() {
        let (left, opened) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for folder in [&left, &opened] {
            fs::write(folder.path().join("a.md"), "# A").unwrap();
        }
        let mut watcher = FileWatcher::new().unwrap();
        watcher.watch_course(Some(files(left.path()))).unwrap();
        watcher.watch_course(Some(files(opened.path()))).unwrap();
        let gone = left.path().canonicalize().unwrap().join("a.md");
        let there = opened.path().canonicalize().unwrap().join("a.md");
        let change = |path: PathBuf| Event::new(EventKind::Modify(ModifyKind::Any)).add_path(path);
        assert!(!lock(&watcher.shared).note(Ok(change(gone))));
        assert!(lock(&watcher.shared).note(Ok(change(there))));
    }
}
