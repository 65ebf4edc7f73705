//! Folders of texts for the tests of rooms that know no files.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::library::{Library, LibraryOrigin};
use std::fs;
use tempfile::TempDir;

/// A folder with these files in it, each with its name and its text.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Puts a link of the file system into a folder.
pub(crate) fn link(folder: &TempDir, name: &str, target: &str) {
    std::os::unix::fs::symlink(target, folder.path().join(name)).unwrap();
}

/// Opens a folder.
pub(crate) fn open(folder: &TempDir) -> Library {
    Library::open(LibraryOrigin::of_path(folder.path(), None).unwrap()).unwrap()
}
