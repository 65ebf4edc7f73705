//! What was read lately, to be opened again.
//!
//! Owns what is put there and what is listed. The journal keeps the file.

use super::Session;
use crate::course::{Course, CourseId, built_in_ids};
use crate::journal::shelf::can_be_shelved;
use crate::journal::{Shelf, Shelved};
use crate::library::Origin;

impl Session {
    /// Puts the open course in front of what was read lately.
    pub fn shelve(&mut self) {
        let is_text = |origin: &Origin| origin.path().is_none_or(can_be_shelved);
        let Some(origin) = self.origin.clone().filter(is_text) else { return };
        let Course { id, title, .. } = &self.world.course;
        let new = Shelved { course: id.clone(), title: title.clone(), origin, day: Some(self.state().today) };
        self.change_recent(|shelf| shelf.put(new));
    }

    /// What was read lately, then the other built-in courses.
    pub(super) fn recent(&self) -> Vec<Shelved> {
        let mut entries = self.world.journal.shelf().read().to_vec();
        for id in built_in_ids() {
            let origin = Origin::BuiltIn(id.to_owned());
            if !entries.iter().any(|entry| entry.origin == origin)
                && let Ok(course) = Course::built_in(id)
            {
                entries.push(Shelved { course: course.id, title: course.title, origin, day: None });
            }
        }
        entries
    }

    /// Removes a course from what was read lately.
    pub(super) fn remove_recent(&mut self, course: &CourseId) {
        self.change_recent(|shelf| {
            shelf.leave_off(course);
        });
    }

    fn change_recent(&mut self, change: impl FnOnce(&mut Shelf)) {
        if let Err(error) = self.world.journal.change_shelf(change) {
            self.say(&format!("The shelf is as it was: {error}"));
        }
    }
}
