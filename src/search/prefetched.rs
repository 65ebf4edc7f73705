//! The outcome of a prefetch: lessons that a search can pass over, and lessons that it need not ask again.
//!
//! Owns for which query that is true. Must not read a lesson.

use crate::search::query::Query;
use memchr::memmem::{self, Finder};
use std::ops::Range;

/// What was found out by prefetches for a query, and for those before it that it narrows down.
#[derive(Debug, Default)]
pub(super) struct Prefetched {
    /// The words of the query.
    words: Vec<Vec<u8>>,
    /// By lesson, whether it has not all of these words.
    without: Vec<bool>,
    /// The lessons that the last prefetch came to.
    lessons: Range<usize>,
    /// Of each of them, whether it may have all of these words; none where it was not asked.
    may_have: Vec<Option<bool>>,
}

impl Prefetched {
    /// Turns to a query. What has not all words of the last one has not all of this one either where
    /// each of those is within one of these, as when the reader types on; everything else is forgotten.
    pub(super) fn turn_to(&mut self, query: &Query) {
        if self.is_for(query) {
            return;
        }
        let is_within =
            |word: &Vec<u8>| query.words().iter().any(|longer| memmem::find(longer.needle(), word).is_some());
        if !self.words.iter().all(is_within) {
            self.without.clear();
        }
        (self.lessons, self.may_have) = (0..0, Vec::new());
        self.words = query.words().iter().map(|word| word.needle().to_vec()).collect();
    }

    /// Notes what was found out for a query about some of these lessons: whether each may have its words.
    pub(super) fn add(
        &mut self,
        query: &Query,
        lessons: Range<usize>,
        asked: impl IntoIterator<Item = (usize, bool)>,
    ) {
        self.turn_to(query);
        self.without.resize(self.without.len().max(lessons.end), false);
        self.may_have = vec![None; lessons.len()];
        for (lesson, answer) in asked {
            if let Some(place) = lesson.checked_sub(lessons.start).and_then(|at| self.may_have.get_mut(at)) {
                *place = Some(answer);
            }
            if let Some(without) = self.without.get_mut(lesson).filter(|_| !answer) {
                *without = true;
            }
        }
        self.lessons = lessons;
    }

    /// Returns whether a lesson is known to have nothing of what [`Prefetched::turn_to`] was told of.
    pub(super) fn is_without(&self, lesson: usize) -> bool {
        self.without.get(lesson) == Some(&true)
    }

    /// The lesson where a search continues when this one is known to have nothing.
    pub(super) fn next_candidate(&self, lesson: usize, query: &Query) -> Option<usize> {
        let rest = self.without.get(lesson..).filter(|_| self.is_for(query))?;
        let without = rest.iter().take_while(|without| **without).count();
        (without > 0).then_some(lesson + without)
    }

    /// Returns whether a lesson is known to be one that may have something.
    pub(super) fn is_candidate(&self, lesson: usize, query: &Query) -> bool {
        self.place(lesson, query).and_then(|at| self.may_have.get(at)) == Some(&Some(true))
    }

    /// Returns whether the last prefetch came to a lesson, and was for the words of this query.
    pub(super) fn reaches(&self, lesson: usize, query: &Query) -> bool {
        self.place(lesson, query).is_some()
    }

    fn place(&self, lesson: usize, query: &Query) -> Option<usize> {
        (self.lessons.contains(&lesson) && self.is_for(query)).then(|| lesson - self.lessons.start)
    }

    fn is_for(&self, query: &Query) -> bool {
        self.words.iter().map(Vec::as_slice).eq(query.words().iter().map(Finder::needle))
    }
}
