//! A course and what was done in it, seen together.
//!
//! Owns nothing but the two references and the day on which a week begins; the other files of this room ask their questions of
//! them. A report may know a course by its id alone: then items are named as the journal
//! remembers them.

use crate::course::{Course, CourseId, LessonId};
use crate::journal::Ledger;
use jiff::civil::Weekday;

/// A course with its part of the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Practice<'a> {
    pub(super) id: &'a CourseId,
    pub(super) course: Option<&'a Course>,
    pub(super) ledger: &'a Ledger,
    /// The day on which a week begins.
    pub(super) week_begins: Weekday,
}

impl<'a> Practice<'a> {
    /// Looks at an open course.
    pub fn new(course: &'a Course, ledger: &'a Ledger) -> Self {
        Self::of_journal(&course.id, Some(course), ledger)
    }

    /// Looks at a course of the journal, which may not be at hand any more.
    pub fn of_journal(id: &'a CourseId, course: Option<&'a Course>, ledger: &'a Ledger) -> Self {
        Self { id, course, ledger, week_begins: Weekday::Monday }
    }

    /// The same, with weeks that begin on this day instead of Monday.
    #[must_use]
    pub fn with_weeks_from(self, week_begins: Weekday) -> Self {
        Self { week_begins, ..self }
    }

    /// The course, if it is at hand.
    pub fn course(&self) -> Option<&'a Course> {
        self.course
    }

    /// The title of the course, else its id.
    pub fn title(&self) -> &'a str {
        self.course.map_or(self.id.as_str(), |course| &course.title)
    }

    /// The title of a lesson, else its id.
    pub fn lesson_title(&self, id: &'a LessonId) -> &'a str {
        let lesson = self.course.and_then(|course| course.lessons.get(course.lesson_index(id)?));
        lesson.map_or(id.as_str(), |lesson| lesson.title())
    }

    /// Returns whether a lesson, given by its index in the course, was read to its end.
    pub fn is_read(&self, lesson: usize) -> bool {
        let lesson = self.course.and_then(|course| course.lessons.get(lesson));
        lesson.is_some_and(|lesson| self.ledger.is_read(self.id, &lesson.id))
    }
}
