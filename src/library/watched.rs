//! The files whose changes show in what is open.
//!
//! Owns their names: which folders are to be watched, and which names in them matter. Folders
//! are named and not files, as an editor replaces the old file by a new one. Must not
//! watch anything, and must not read lessons.

use crate::course::Course;
use crate::course::path::folder_of;
use crate::library::{LibraryKind, LibraryOrigin};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// More folders than these are not watched.
const MOST: usize = 4_000;

/// The files whose changes show in a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedFiles {
    folders: BTreeSet<PathBuf>,
    /// The only name that matters, if there is only one.
    only: Option<OsString>,
}

impl WatchedFiles {
    /// The files of a library as they are now, by absolute paths without links. There are
    /// none of what does not come from files.
    pub fn of(origin: &LibraryOrigin, course: &Course) -> Self {
        let LibraryOrigin::Path { path, kind, .. } = origin else {
            return Self { folders: BTreeSet::new(), only: None };
        };
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let only = kind.is_one_file().then(|| path.file_name().map(OsString::from)).flatten();
        Self { folders: folders(&path, *kind, course), only }
    }

    /// The folders that are to be watched, without those below them.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(PathBuf::as_path)
    }

    /// Returns whether a change of this file matters.
    pub fn concern(&self, file: &Path) -> bool {
        // A folder that is renamed or removed takes all that is in it along.
        if self.folders.contains(file) {
            return true;
        }
        let Some(name) = file.file_name() else { return false };
        file.parent().is_some_and(|folder| self.folders.contains(folder))
            && match &self.only {
                Some(only) => only == name,
                None => !is_beside(name.as_encoded_bytes()),
            }
    }
}

/// The folders in which a change may show, that of the library itself among them.
fn folders(path: &Path, kind: LibraryKind, course: &Course) -> BTreeSet<PathBuf> {
    match kind {
        LibraryKind::File | LibraryKind::Text | LibraryKind::Markdown => {
            path.parent().map(PathBuf::from).into_iter().collect()
        }
        LibraryKind::Folder => folders_of_lessons(path, course),
        // What is included, and a course's pictures, may be anywhere in it.
        LibraryKind::Course | LibraryKind::Book => all_folders(path),
    }
}

fn folders_of_lessons(path: &Path, course: &Course) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    let mut last = None;
    for file in course.lessons.iter().filter_map(|lesson| lesson.file()) {
        // Lessons of one folder follow each other, and there may be 100,000.
        if last.replace(folder_of(file)) == Some(folder_of(file)) {
            continue;
        }
        let file = path.join(file);
        // Those above one that is known are known too.
        for folder in file.ancestors().skip(1).take_while(|folder| folder.starts_with(path)) {
            if folders.len() >= MOST || !folders.insert(folder.to_owned()) {
                break;
            }
        }
    }
    folders.insert(path.to_owned());
    folders
}

fn all_folders(path: &Path) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    let mut waiting = vec![path.to_owned()];
    while let Some(folder) = waiting.pop().filter(|_| folders.len() < MOST) {
        let below = fs::read_dir(&folder).into_iter().flatten().flatten();
        let below = below.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let below = below.filter(|entry| !is_beside(entry.file_name().as_encoded_bytes()));
        waiting.extend(below.map(|entry| entry.path()));
        folders.insert(folder);
    }
    folders
}

/// Returns whether a name is not the reader's business: hidden files, and what editors leave.
fn is_beside(name: &[u8]) -> bool {
    name.starts_with(b".") || name.ends_with(b"~")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::library::Library;

    fn watched(path: &Path) -> WatchedFiles {
        let origin = LibraryOrigin::of_path(path, None).unwrap();
        let course = Library::open(origin.clone()).unwrap().course;
        WatchedFiles::of(&origin, &course)
    }

    #[test]
    fn of_one_file_only_its_own_name_matters() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::write(root.join("a.md"), "# A").unwrap();
        let files = watched(&root.join("a.md"));
        assert_eq!(files.folders().collect::<Vec<_>>(), [root.as_path()]);
        assert!(files.concern(&root.join("a.md")));
        assert!(!files.concern(&root.join("b.md")));
        assert!(!files.concern(&root.join("below/a.md")));
    }

    #[test]
    fn of_a_folder_everything_matters_but_hidden_files_and_what_editors_leave() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("one/two")).unwrap();
        fs::write(root.join("one/two/a.md"), "# A").unwrap();
        fs::create_dir(root.join("unread")).unwrap();
        let files = watched(&root);
        let folders: Vec<_> = files.folders().collect();
        assert_eq!(folders, [root.as_path(), &root.join("one"), &root.join("one/two")]);
        assert!(files.concern(&root.join("one/new.md")));
        assert!(files.concern(&root), "it may be renamed");
        for name in ["one/.a.md.swp", "one/a.md~", "unread/a.md"] {
            assert!(!files.concern(&root.join(name)), "{name}");
        }
    }
}
