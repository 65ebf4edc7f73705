//! Where a link in a lesson leads.
//!
//! Owns the address `lesson:ID#section`. Must not follow anything.

use crate::course::Course;

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination<'a> {
    /// A lesson of this course.
    Lesson {
        /// Its index in [`Course::lessons`].
        lesson: usize,
        /// The slug of the section; `None` for the lesson's start. It need not exist.
        section: Option<&'a str>,
    },
    /// The web, or somebody's mailbox.
    Web(&'a str),
    /// Anywhere else, such as a file, or a lesson that this course does not have.
    Other(&'a str),
}

/// A link's target as it is written, before it is known what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// A lesson, or this one when no id is given, and the slug of a section.
    Lesson(Option<&'a str>, Option<&'a str>),
    Web,
    Other,
}

/// Reads a link's target.
pub(super) fn address(target: &str) -> Address<'_> {
    let filled = |slug: &&str| !slug.is_empty();
    if let Some(address) = strip_scheme(target, "lesson:") {
        let (id, slug) = address.split_once('#').map_or((address, None), |(id, slug)| (id, Some(slug)));
        return Address::Lesson(Some(id), slug.filter(filled));
    }
    if let Some(slug) = target.strip_prefix('#') {
        return Address::Lesson(None, Some(slug).filter(filled));
    }
    let web = ["http://", "https://", "mailto:"].iter().any(|scheme| strip_scheme(target, scheme).is_some());
    if web { Address::Web } else { Address::Other }
}

/// Where a link's target leads from a lesson.
pub fn link<'a>(course: &Course, from: usize, target: &'a str) -> Destination<'a> {
    match address(target) {
        Address::Lesson(id, section) => {
            let find = |id| course.lessons.iter().position(|lesson| lesson.id.as_str() == id);
            match id.map_or(Some(from), find) {
                Some(lesson) => Destination::Lesson { lesson, section },
                None => Destination::Other(target),
            }
        }
        Address::Web => Destination::Web(target),
        Address::Other => Destination::Other(target),
    }
}

fn strip_scheme<'a>(target: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = target.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

impl Course {
    /// The block that a destination in this course leads to, and its lesson.
    pub fn destination_block(&self, destination: &Destination<'_>) -> Option<(usize, usize)> {
        match destination {
            Destination::Lesson { lesson, section } => {
                let block = section.and_then(|slug| self.document(*lesson).section(slug)).unwrap_or(0);
                Some((*lesson, block))
            }
            Destination::Web(_) | Destination::Other(_) => None,
        }
    }

    /// Which items a lesson teaches, each as the block that begins to teach it and the
    /// item's index, in reading order.
    pub fn items_taught(&self, lesson: usize) -> Vec<(usize, usize)> {
        let mut taught: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.lesson == lesson)
            .map(|(index, item)| (self.passage(item), index))
            .collect();
        taught.sort_unstable();
        taught
    }
}
