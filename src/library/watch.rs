//! Waking up when a file of what is open changes.
//!
//! Owns a descriptor that an event loop can wait for together with the keyboard, so that
//! nothing has to be asked again and again. There is one on Linux. Folders are watched, and
//! not files: an editor puts a new file in the place of the old one. Must not read lessons.

#[cfg(target_os = "linux")]
pub use linux::Watch;
#[cfg(not(target_os = "linux"))]
pub use none::Watch;

use crate::course::Course;
use crate::library::{Kind, Origin};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// More folders than these are not watched.
const MOST: usize = 4_000;

/// The folders in which a change may be seen, that of the library itself among them.
fn folders(origin: &Origin, course: &Course) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    let Origin::Path { path, kind } = origin else { return folders };
    match kind {
        Kind::File => {
            folders.extend(path.parent().map(PathBuf::from));
        }
        Kind::Folder => {
            for file in course.lessons.iter().filter_map(|lesson| lesson.file()) {
                let above = path.join(file);
                let mut above = above.ancestors().skip(1);
                // Those above one that is known are known too.
                while let Some(folder) = above.next().filter(|folder| folder.starts_with(path)) {
                    if folders.len() >= MOST || !folders.insert(folder.to_owned()) {
                        break;
                    }
                }
            }
            folders.insert(path.clone());
        }
        // What is included, and a course's pictures, may be anywhere in it.
        Kind::Course | Kind::Book => {
            let mut waiting = vec![path.clone()];
            while let Some(folder) = waiting.pop().filter(|_| folders.len() < MOST) {
                let below = fs::read_dir(&folder).into_iter().flatten().flatten();
                let below = below.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
                let below = below.filter(|entry| !is_beside(entry.file_name().as_encoded_bytes()));
                waiting.extend(below.map(|entry| entry.path()));
                folders.insert(folder);
            }
        }
    }
    folders
}

/// Whether a name is not the reader's business: hidden files, and what editors leave.
fn is_beside(name: &[u8]) -> bool {
    name.starts_with(b".") || name.ends_with(b"~")
}

#[cfg(target_os = "linux")]
mod linux {
    use super::{folders, is_beside};
    use crate::course::Course;
    use crate::library::{Kind, Origin};
    use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
    use std::io;
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};

    /// Watches the folders of a library.
    #[derive(Debug)]
    pub struct Watch {
        descriptor: OwnedFd,
        /// The only name of interest, if there is only one.
        only: Option<Vec<u8>>,
    }

    impl Watch {
        /// Begins to watch.
        ///
        /// # Errors
        /// When the system can watch nothing, or nothing more.
        pub fn new(origin: &Origin, course: &Course) -> io::Result<Self> {
            let descriptor = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
            let only = match origin {
                Origin::Path { path, kind: Kind::File } => {
                    path.file_name().map(|name| name.as_encoded_bytes().to_vec())
                }
                Origin::Path { .. } | Origin::BuiltIn(_) => None,
            };
            let watch = Self { descriptor, only };
            watch.follow(origin, course)?;
            Ok(watch)
        }

        /// Watches the folders that there are now; those that are watched already stay so.
        ///
        /// # Errors
        /// When the system can watch nothing more.
        pub fn follow(&self, origin: &Origin, course: &Course) -> io::Result<()> {
            let changes = WatchFlags::CLOSE_WRITE
                | WatchFlags::MODIFY
                | WatchFlags::CREATE
                | WatchFlags::DELETE
                | WatchFlags::MOVED_FROM
                | WatchFlags::MOVED_TO;
            for folder in folders(origin, course) {
                match inotify::add_watch(&self.descriptor, &folder, changes | WatchFlags::ONLYDIR) {
                    // Gone again already, or not to be read.
                    Err(rustix::io::Errno::NOENT | rustix::io::Errno::ACCESS | rustix::io::Errno::NOTDIR) => {
                    }
                    answer => drop(answer?),
                }
            }
            Ok(())
        }

        /// What becomes readable when something has changed.
        pub fn descriptor(&self) -> BorrowedFd<'_> {
            self.descriptor.as_fd()
        }

        /// Forgets what has been reported so far. Whether any of it matters.
        pub fn drain(&self) -> bool {
            let mut space = [MaybeUninit::uninit(); 8192];
            let mut reader = Reader::new(&self.descriptor, &mut space);
            let mut matters = false;
            while let Ok(event) = reader.next() {
                // Without a name: a folder itself, or that some were lost.
                let name = event.file_name().map(std::ffi::CStr::to_bytes);
                matters |= match (name, &self.only) {
                    (None, _) => event.events().contains(ReadFlags::QUEUE_OVERFLOW),
                    (Some(name), Some(only)) => name == only,
                    (Some(name), None) => !is_beside(name),
                };
            }
            matters
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod none {
    use crate::course::Course;
    use crate::library::Origin;
    use std::io;
    use std::os::fd::BorrowedFd;

    /// Nothing to wait for.
    #[derive(Debug)]
    pub enum Watch {}

    impl Watch {
        /// There is no such thing here.
        ///
        /// # Errors
        /// Always.
        pub fn new(_: &Origin, _: &Course) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        /// Watches the folders that there are now.
        ///
        /// # Errors
        /// Never.
        pub fn follow(&self, _: &Origin, _: &Course) -> io::Result<()> {
            match *self {}
        }

        /// What becomes readable when something has changed.
        pub fn descriptor(&self) -> BorrowedFd<'_> {
            match *self {}
        }

        /// Forgets what has been reported so far.
        pub fn drain(&self) -> bool {
            match *self {}
        }
    }
}
