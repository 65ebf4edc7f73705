//! What the tests of the journal's files share.
#![allow(unreachable_pub, reason = "shared by tests")]

use jiff::civil::date;
use sidelight::course::{CourseId, ItemId};
use sidelight::journal::{Mark, Operation};
use std::path::{Path, PathBuf};

/// A mark of "kept".
pub fn kept(item: &str) -> Operation {
    Operation::Mark {
        course: CourseId::new("reconcile"),
        item: ItemId::new(item),
        day: date(2026, 11, 22),
        mark: Some(Mark::Kept),
    }
}

/// Every file and folder in a folder, the folder itself first.
pub fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    let mut index = 0;
    while let Some(path) = found.get(index).cloned() {
        if path.is_dir() {
            found.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        }
        index += 1;
    }
    found
}
