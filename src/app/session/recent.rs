//! The list of what was read recently, to be opened again.
//!
//! Owns what is put there and what is listed. The journal keeps the file.

use super::Session;
use crate::course::{Course, CourseId, MANIFEST, TOUR, built_in_ids};
use crate::journal::recent::can_be_stored;
use crate::journal::{Recent, RecentEntry};
use crate::library::{LibraryKind, LibraryOrigin};

impl Session {
    /// Adds the open course in front of what was read recently. The tour is none: it would be what
    /// opens the next time.
    pub fn add_to_recent(&mut self) {
        if self.world.course.id.as_str() == TOUR {
            return;
        }
        let is_text = |origin: &LibraryOrigin| origin.path().is_none_or(can_be_stored);
        let Some(origin) = self.origin.clone().filter(is_text) else { return };
        let Course { id, title, .. } = &*self.world.course;
        let new =
            RecentEntry { course: id.clone(), title: title.clone(), origin, day: Some(self.state().today) };
        self.change_recent(|recent| recent.add(new));
    }

    /// That another course that is still there has the id of the open one, so that both show the same
    /// marks; nothing where none has.
    pub fn course_of_same_id(&self) -> Option<String> {
        let LibraryOrigin::Path { path, kind: LibraryKind::Course, .. } = self.origin.as_ref()? else {
            return None;
        };
        let course = &self.world.course.id;
        let recent = self.world.journal.recent();
        let other = recent.read().iter().find(|entry| entry.course == *course)?.origin.path()?;
        // A course that was moved is not there any more.
        (other != path && other.join(MANIFEST).is_file()).then(|| {
            let other = other.display();
            format!(
                "The course in {other} has the id {course} too: both show the same marks. Change one of them."
            )
        })
    }

    /// Lists what was read recently, then the other built-in courses.
    pub(super) fn recent(&self) -> Vec<RecentEntry> {
        let mut entries = self.world.journal.recent().read().to_vec();
        for id in built_in_ids() {
            let origin = LibraryOrigin::BuiltIn(id.to_owned());
            if !entries.iter().any(|entry| entry.origin == origin)
                && let Ok(course) = Course::built_in(id)
            {
                entries.push(RecentEntry { course: course.id, title: course.title, origin, day: None });
            }
        }
        entries
    }

    /// Removes a course from what was read recently.
    pub(super) fn remove_recent(&mut self, course: &CourseId) {
        self.change_recent(|recent| {
            recent.remove(course);
        });
    }

    fn change_recent(&mut self, change: impl FnOnce(&mut Recent)) {
        if let Err(error) = self.world.journal.change_recent(change) {
            self.say(&format!("The shelf is as it was: {error}"));
        }
    }
}
