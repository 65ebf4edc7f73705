//! The fold over all records: how things stand.

use crate::course::{CourseId, ItemId, LessonId, Place};
use crate::journal::{Mark, Operation};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How things stand: a fold over records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    marks: BTreeMap<(CourseId, ItemId, Date), Option<Mark>>,
    places: BTreeMap<(CourseId, LessonId), Place>,
    last: BTreeMap<CourseId, Place>,
    read: BTreeSet<(CourseId, LessonId)>,
}

impl Ledger {
    /// Takes in one thing that was done.
    pub fn apply(&mut self, operation: &Operation) {
        match operation {
            Operation::Mark { course, item, day, mark } => {
                self.marks.insert((course.clone(), item.clone(), *day), *mark);
            }
            Operation::Place { course, place } => {
                self.places.insert((course.clone(), place.lesson.clone()), place.clone());
                self.last.insert(course.clone(), place.clone());
            }
            Operation::Read { course, lesson } => {
                self.read.insert((course.clone(), lesson.clone()));
            }
            Operation::Note { .. } => {}
        }
    }

    /// What was said of an item and a day.
    pub fn mark(&self, course: &CourseId, item: &ItemId, day: Date) -> Option<Mark> {
        self.marks.get(&(course.clone(), item.clone(), day)).copied().flatten()
    }

    /// Where she left a lesson.
    pub fn place(&self, course: &CourseId, lesson: &LessonId) -> Option<&Place> {
        self.places.get(&(course.clone(), lesson.clone()))
    }

    /// Where she left the course.
    pub fn last_place(&self, course: &CourseId) -> Option<&Place> {
        self.last.get(course)
    }

    /// Whether a lesson was read to its end.
    pub fn is_read(&self, course: &CourseId, lesson: &LessonId) -> bool {
        self.read.contains(&(course.clone(), lesson.clone()))
    }
}
