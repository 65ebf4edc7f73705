//! The lessons of a course, as far as they have been searched.
//!
//! Owns that what is known of the beginning of a course stays when more lessons become known, also while
//! another thread still searches the beginning. Must not know what is looked for.

use crate::search::folding::Folded;
use crate::search::prefilter::Prefilter;
use std::sync::{Arc, OnceLock};

/// The lessons of a course in reading order.
#[derive(Debug, Default)]
pub(super) struct LessonSlots {
    /// Those that were known before, if there were any.
    before: Option<Arc<LessonSlots>>,
    own: Vec<Slot>,
}

/// A lesson, as far as it has been searched.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// Its blocks, and after them its title unless a heading says the same. Behind a pointer, as there may
    /// be 100,000 lessons of which few are parsed.
    pub(super) folded: OnceLock<Box<Folded>>,
    /// The prefilter of its source, or of each portion of it.
    pub(super) prefilters: OnceLock<Box<[OnceLock<Prefilter>]>>,
}

impl LessonSlots {
    /// For this many lessons, of which nothing is known.
    pub(super) fn new(lessons: usize) -> Self {
        Self { before: None, own: (0..lessons).map(|_| Slot::default()).collect() }
    }

    /// For this many lessons, with all that is known of the first ones. What is found out about these later
    /// is known to both.
    pub(super) fn grown(before: &Arc<Self>, lessons: usize) -> Self {
        let more = lessons.saturating_sub(before.len());
        Self { before: Some(Arc::clone(before)), ..Self::new(more) }
    }

    /// How many lessons there are.
    pub(super) fn len(&self) -> usize {
        self.before.as_ref().map_or(0, |before| before.len()) + self.own.len()
    }

    /// A lesson.
    pub(super) fn get(&self, lesson: usize) -> Option<&Slot> {
        let before = self.before.as_deref();
        let known = before.map_or(0, Self::len);
        match lesson.checked_sub(known) {
            Some(own) => self.own.get(own),
            None => before?.get(lesson),
        }
    }

    /// All lessons from one on.
    pub(super) fn from(&self, lesson: usize) -> impl Iterator<Item = &Slot> {
        (lesson..self.len()).map_while(|lesson| self.get(lesson))
    }
}

impl Slot {
    /// The prefilter of a lesson that is not long, if there is one.
    pub(super) fn prefilter(&self) -> Option<&Prefilter> {
        self.prefilters.get()?.first()?.get()
    }

    /// What was read of it, folded.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.sources().filter_map(|source| std::str::from_utf8(source).ok())
    }

    /// The same as bytes.
    pub(super) fn sources(&self) -> impl Iterator<Item = &[u8]> {
        let prefilters = self.prefilters.get().into_iter().flatten().filter_map(OnceLock::get);
        let is_folded = self.folded.get().is_some();
        let sources = prefilters.filter(move |_| !is_folded).map(Prefilter::bytes);
        self.folded.get().map(|folded| folded.text().as_bytes()).into_iter().chain(sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_out_of_the_first_lessons_is_known_to_both() {
        let beginning = Arc::new(LessonSlots::new(3));
        let know = |slots: &LessonSlots, lesson| {
            let known = slots.get(lesson).map(|slot| slot.folded.set(Box::default()).is_ok());
            assert_eq!(known, Some(true), "{lesson}");
        };
        know(&beginning, 0);
        let whole = LessonSlots::grown(&beginning, 5);
        know(&beginning, 1);
        know(&whole, 2);
        know(&whole, 4);
        let known =
            |slots: &LessonSlots| slots.from(0).map(|slot| slot.folded.get().is_some()).collect::<Vec<_>>();
        assert_eq!(known(&whole), [true, true, true, false, true]);
        assert_eq!(known(&beginning), [true; 3]);
        assert!(whole.from(3).count() == 2 && whole.get(5).is_none());
    }
}
