//! The list of what was read recently on this device, and the new paths of what was moved.
//!
//! Owns one small file beside the logs. It is no part of them: paths are of this device
//! alone, and the list fills again by reading.

use crate::course::CourseId;
use crate::journal::disk::OpenMode;
use crate::journal::{Journal, JournalError, files};
use crate::library::LibraryOrigin;
use crate::text::clean::{clean_line, clean_name};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file's name in the data folder.
pub(crate) const NAME: &str = "shelf.json";
/// The most bytes that are read.
const MOST_BYTES: usize = 1 << 20;
/// The most entries.
const MOST: usize = 30;

/// The list of what was read recently; on the screen it is the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recent {
    /// The last that was read first.
    #[serde(default)]
    read: Vec<RecentEntry>,
    /// For the id that a path has, the id that it is known by since it was moved.
    #[serde(default)]
    moved: BTreeMap<CourseId, CourseId>,
}

/// An entry: one thing that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentEntry {
    /// The id under which its places and marks are kept.
    pub course: CourseId,
    /// Its title.
    pub title: String,
    /// Its path, or the built-in course.
    pub origin: LibraryOrigin,
    /// The day on which it was last opened; none if it never was.
    pub day: Option<Date>,
}

impl Recent {
    /// The entries, the latest first.
    pub fn read(&self) -> &[RecentEntry] {
        &self.read
    }

    /// Adds an entry in front, and removes older ones of the same thing.
    pub fn add(&mut self, new: RecentEntry) {
        self.read.retain(|old| old.course != new.course && old.origin != new.origin);
        self.read.insert(0, new);
        self.read.truncate(MOST);
    }

    /// Removes one. Returns whether it was there.
    pub fn remove(&mut self, course: &CourseId) -> bool {
        let before = self.read.len();
        self.read.retain(|entry| entry.course != *course);
        self.read.len() < before
    }

    /// The id that something is known by which would have this one.
    pub fn id(&self, id: CourseId) -> CourseId {
        self.moved.get(&id).cloned().unwrap_or(id)
    }

    /// Takes note that what had one id has another path now, which would give it `to`.
    pub fn moved(&mut self, from: CourseId, to: CourseId, origin: &LibraryOrigin) {
        let known = self.id(from);
        for entry in self.read.iter_mut().filter(|entry| entry.course == known) {
            entry.origin = origin.clone();
        }
        self.read.retain(|entry| entry.course == known || entry.origin != *origin);
        if known == to {
            self.moved.remove(&to);
        } else {
            self.moved.insert(to, known);
        }
    }

    /// Removes what was last opened before a day.
    pub(crate) fn remove_before(&mut self, day: Date) {
        self.read.retain(|entry| entry.day.is_some_and(|opened| opened >= day));
    }

    fn cleaned(mut self) -> Self {
        for entry in &mut self.read {
            entry.title = clean_line(&entry.title);
            entry.course = CourseId::new(clean_name(entry.course.as_str()));
        }
        self.read.truncate(MOST);
        self
    }
}

impl Journal {
    /// Reads the list; empty when it cannot be read.
    pub fn recent(&self) -> Recent {
        let read = || {
            let file = files::open(&self.home.as_ref()?.disk, &self.recent_path()?, OpenMode::Read).ok()?;
            let bytes = files::read_start(&*file, MOST_BYTES).ok()?;
            serde_json::from_slice(&bytes).ok().map(Recent::cleaned)
        };
        read().unwrap_or_default()
    }

    /// Changes the list. Of two windows that do so at once, one waits for the other.
    ///
    /// # Errors
    /// Those of the system. Nothing is kept where there is no journal, and that is no error.
    pub fn change_recent<T>(&self, with: impl FnOnce(&mut Recent) -> T) -> Result<T, JournalError> {
        let Some((home, path)) = self.home.as_ref().zip(self.recent_path()) else {
            return Ok(with(&mut Recent::default()));
        };
        let _guard = home.lock()?;
        let before = self.recent();
        let mut now = before.clone();
        let answer = with(&mut now);
        if now == Recent::default() {
            files::remove(&home.disk, &path)?;
            files::sync_folder(&home.disk, &home.folder)?;
        } else if now != before {
            let bytes = serde_json::to_vec(&now).map_err(|error| JournalError::io(&path, error.into()))?;
            files::replace(&home.disk, &path, |_| bytes)?;
        }
        Ok(answer)
    }

    fn recent_path(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(NAME))
    }
}

/// Returns whether a path can be stored in the file, which is text.
pub fn can_be_stored(path: &Path) -> bool {
    path.to_str().is_some()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::library::{LibraryKind, Scope};
    use jiff::civil::date;
    use std::os::unix::fs::PermissionsExt as _;

    fn entry(name: &str) -> RecentEntry {
        RecentEntry {
            course: CourseId::new(name),
            title: name.to_uppercase(),
            origin: LibraryOrigin::Path {
                path: format!("/x/{name}").into(),
                kind: LibraryKind::Folder,
                scope: Scope::default(),
            },
            day: Some(date(2026, 11, 22)),
        }
    }

    fn names(recent: &Recent) -> Vec<&str> {
        recent.read().iter().map(|entry| entry.course.as_str()).collect()
    }

    #[test]
    fn the_last_read_stands_first_and_once() {
        let mut recent = Recent::default();
        for name in ["a", "b", "a", "c"] {
            recent.add(entry(name));
        }
        assert_eq!(names(&recent), ["c", "a", "b"]);
        assert!(recent.remove(&CourseId::new("a")));
        assert!(!recent.remove(&CourseId::new("a")));
        assert_eq!(names(&recent), ["c", "b"]);
        for number in 0..100 {
            recent.add(entry(&number.to_string()));
        }
        assert_eq!(recent.read().len(), MOST);
    }

    #[test]
    fn what_was_moved_keeps_its_id_however_often_it_moves() {
        let id = CourseId::new;
        let at = |name: &str| LibraryOrigin::Path {
            path: format!("/y/{name}").into(),
            kind: LibraryKind::Folder,
            scope: Scope::default(),
        };
        let mut recent = Recent::default();
        recent.add(entry("a"));
        recent.moved(id("a"), id("b"), &at("b"));
        recent.moved(id("b"), id("c"), &at("c"));
        assert_eq!(recent.id(id("c")), id("a"));
        assert_eq!(recent.read().first().unwrap().origin, at("c"));
        recent.moved(id("c"), id("a"), &at("a"));
        assert_eq!(recent.id(id("a")), id("a"));
    }

    #[test]
    fn the_shelf_is_kept_for_its_owner_alone_and_goes_when_it_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path()).unwrap().journal;
        journal.change_recent(|recent| recent.add(entry("a"))).unwrap();
        let file = folder.path().join(NAME);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(&Journal::open(folder.path()).unwrap().journal.recent()), ["a"]);
        assert!(journal.change_recent(|recent| recent.remove(&CourseId::new("a"))).unwrap());
        assert!(!file.exists());
        std::fs::write(&file, "no list").unwrap();
        assert_eq!(journal.recent(), Recent::default());
        assert_eq!(Journal::in_memory().recent(), Recent::default());
    }
}
