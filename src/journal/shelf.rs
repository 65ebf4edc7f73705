//! What was read lately on this device, and where what was moved is now.
//!
//! Owns one small file beside the logs. It is no part of them: paths are of this device
//! alone, and a shelf can be filled again by reading.

use crate::course::CourseId;
use crate::journal::disk::OpenMode;
use crate::journal::operation::clean_name;
use crate::journal::{Journal, JournalError, files};
use crate::library::Origin;
use crate::text::clean::clean_line;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file's name in the data folder.
pub(crate) const NAME: &str = "shelf.json";
/// The most bytes that are read.
const MOST_BYTES: usize = 1 << 20;
/// The most that stand on the shelf.
const MOST: usize = 30;

/// What was read lately.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shelf {
    /// The last that was read first.
    #[serde(default)]
    read: Vec<Shelved>,
    /// For the id that a path has, the id that it is known by since it was moved.
    #[serde(default)]
    moved: BTreeMap<CourseId, CourseId>,
}

/// One thing on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelved {
    /// The id under which its places and marks are kept.
    pub course: CourseId,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub origin: Origin,
    /// The day on which it was last opened; none if it never was.
    pub day: Option<Date>,
}

impl Shelf {
    /// What was read lately, the last first.
    pub fn read(&self) -> &[Shelved] {
        &self.read
    }

    /// Puts something in front.
    pub fn put(&mut self, new: Shelved) {
        self.read.retain(|old| old.course != new.course && old.origin != new.origin);
        self.read.insert(0, new);
        self.read.truncate(MOST);
    }

    /// Leaves one off. Whether it was there.
    pub fn leave_off(&mut self, course: &CourseId) -> bool {
        let before = self.read.len();
        self.read.retain(|shelved| shelved.course != *course);
        self.read.len() < before
    }

    /// The id that something is known by which would have this one.
    pub fn id(&self, id: CourseId) -> CourseId {
        self.moved.get(&id).cloned().unwrap_or(id)
    }

    /// Takes note that what had one id has another path now, which would give it `to`.
    pub fn moved(&mut self, from: CourseId, to: CourseId, origin: &Origin) {
        let known = self.id(from);
        for shelved in self.read.iter_mut().filter(|shelved| shelved.course == known) {
            shelved.origin = origin.clone();
        }
        self.read.retain(|shelved| shelved.course == known || shelved.origin != *origin);
        if known == to {
            self.moved.remove(&to);
        } else {
            self.moved.insert(to, known);
        }
    }

    /// Leaves off what was last opened before a day.
    pub(crate) fn leave_off_before(&mut self, day: Date) {
        self.read.retain(|shelved| shelved.day.is_some_and(|opened| opened >= day));
    }

    fn cleaned(mut self) -> Self {
        for shelved in &mut self.read {
            shelved.title = clean_line(&shelved.title);
            shelved.course = CourseId::new(clean_name(shelved.course.as_str()));
        }
        self.read.truncate(MOST);
        self
    }
}

impl Journal {
    /// What was read lately; nothing when that cannot be read.
    pub fn shelf(&self) -> Shelf {
        let read = || {
            let file = files::open(&self.home.as_ref()?.disk, &self.shelf_path()?, OpenMode::Read).ok()?;
            let bytes = files::read_start(&*file, MOST_BYTES).ok()?;
            serde_json::from_slice(&bytes).ok().map(Shelf::cleaned)
        };
        read().unwrap_or_default()
    }

    /// Changes the shelf. Of two windows that do so at once, one waits for the other.
    ///
    /// # Errors
    /// Those of the system. Nothing is kept where there is no journal, and that is no error.
    pub fn change_shelf<T>(&self, with: impl FnOnce(&mut Shelf) -> T) -> Result<T, JournalError> {
        let Some((home, path)) = self.home.as_ref().zip(self.shelf_path()) else {
            return Ok(with(&mut Shelf::default()));
        };
        let _guard = home.lock()?;
        let before = self.shelf();
        let mut now = before.clone();
        let answer = with(&mut now);
        if now == Shelf::default() {
            files::remove(&home.disk, &path)?;
        } else if now != before {
            let bytes = serde_json::to_vec(&now).map_err(|error| JournalError::io(&path, error.into()))?;
            files::replace_unsynced(&home.disk, &path, &bytes)?;
        }
        Ok(answer)
    }

    fn shelf_path(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(NAME))
    }
}

/// Whether a path can be written into the now's file, which is text.
pub fn can_be_shelved(path: &Path) -> bool {
    path.to_str().is_some()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::library::Kind;
    use jiff::civil::date;
    use std::os::unix::fs::PermissionsExt as _;

    fn shelved(name: &str) -> Shelved {
        Shelved {
            course: CourseId::new(name),
            title: name.to_uppercase(),
            origin: Origin::Path { path: format!("/x/{name}").into(), kind: Kind::Folder },
            day: Some(date(2026, 11, 22)),
        }
    }

    fn names(shelf: &Shelf) -> Vec<&str> {
        shelf.read().iter().map(|shelved| shelved.course.as_str()).collect()
    }

    #[test]
    fn the_last_read_stands_first_and_once() {
        let mut shelf = Shelf::default();
        for name in ["a", "b", "a", "c"] {
            shelf.put(shelved(name));
        }
        assert_eq!(names(&shelf), ["c", "a", "b"]);
        assert!(shelf.leave_off(&CourseId::new("a")));
        assert!(!shelf.leave_off(&CourseId::new("a")));
        assert_eq!(names(&shelf), ["c", "b"]);
        for number in 0..100 {
            shelf.put(shelved(&number.to_string()));
        }
        assert_eq!(shelf.read().len(), MOST);
    }

    #[test]
    fn what_was_moved_keeps_its_id_however_often_it_moves() {
        let id = CourseId::new;
        let at = |name: &str| Origin::Path { path: format!("/y/{name}").into(), kind: Kind::Folder };
        let mut shelf = Shelf::default();
        shelf.put(shelved("a"));
        shelf.moved(id("a"), id("b"), &at("b"));
        shelf.moved(id("b"), id("c"), &at("c"));
        assert_eq!(shelf.id(id("c")), id("a"));
        assert_eq!(shelf.read().first().unwrap().origin, at("c"));
        shelf.moved(id("c"), id("a"), &at("a"));
        assert_eq!(shelf.id(id("a")), id("a"));
    }

    #[test]
    fn the_shelf_is_kept_for_its_owner_alone_and_goes_when_it_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path()).unwrap().journal;
        journal.change_shelf(|shelf| shelf.put(shelved("a"))).unwrap();
        let file = folder.path().join(NAME);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(&Journal::open(folder.path()).unwrap().journal.shelf()), ["a"]);
        assert!(journal.change_shelf(|shelf| shelf.leave_off(&CourseId::new("a"))).unwrap());
        assert!(!file.exists());
        std::fs::write(&file, "no shelf").unwrap();
        assert_eq!(journal.shelf(), Shelf::default());
        assert_eq!(Journal::in_memory().shelf(), Shelf::default());
    }
}
