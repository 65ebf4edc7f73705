//! The addresses that links in a course can lead to.
//!
//! Owns the lookup, so that a million links are checked quickly. Must not parse links.

use crate::course::model::Course;
use std::collections::{HashMap, HashSet};

/// The lessons and sections of a course, ready for lookup.
pub(super) struct Addresses<'a> {
    lessons: HashMap<&'a str, usize>,
    /// For each lesson, the slugs of its sections.
    sections: Vec<HashSet<&'a str>>,
}

impl<'a> Addresses<'a> {
    /// Collects the addresses of a course.
    pub(super) fn of(course: &'a Course) -> Self {
        let lessons = course.lessons.iter().enumerate();
        let sections = (0..course.lessons.len()).map(|index| {
            course.document(index).headings().map(|(_, heading, _)| heading.slug.as_str()).collect()
        });
        Self {
            lessons: lessons.map(|(index, lesson)| (lesson.id.as_str(), index)).collect(),
            sections: sections.collect(),
        }
    }

    /// The index of the lesson with this id.
    pub(super) fn lesson(&self, id: &str) -> Option<usize> {
        self.lessons.get(id).copied()
    }

    /// Returns whether the lesson with this index has a section with this slug.
    pub(super) fn has_section(&self, lesson: usize, slug: &str) -> bool {
        self.sections.get(lesson).is_some_and(|slugs| slugs.contains(slug))
    }
}
