//! The outcome of a prefetch: lessons that a search can pass over, and lessons that it need not ask again.
//!
//! Owns for which query that is true. Must not read a lesson.

use crate::search::query::Query;
use memchr::memmem::Finder;
use std::ops::Range;

/// What the last prefetch found out.
#[derive(Debug, Default)]
pub(super) struct Prefetched {
    /// The words of the query.
    words: Vec<Vec<u8>>,
    /// The lessons that it came to.
    lessons: Range<usize>,
    /// Of each of them, whether it may have all of these words; none where it was not asked.
    may_have: Vec<Option<bool>>,
}

impl Prefetched {
    /// Notes what was found out for a query about some of these lessons: whether each may have its words.
    pub(super) fn new(
        query: &Query,
        lessons: Range<usize>,
        asked: impl IntoIterator<Item = (usize, bool)>,
    ) -> Self {
        let mut may_have = vec![None; lessons.len()];
        for (lesson, answer) in asked {
            if let Some(place) = lesson.checked_sub(lessons.start).and_then(|at| may_have.get_mut(at)) {
                *place = Some(answer);
            }
        }
        let words = query.words().iter().map(|word| word.needle().to_vec()).collect();
        Self { words, lessons, may_have }
    }

    /// The lesson where a search continues when this one is known to have nothing.
    pub(super) fn next_candidate(&self, lesson: usize, query: &Query) -> Option<usize> {
        let rest = self.may_have.get(self.place(lesson, query)?..)?;
        let without = rest.iter().take_while(|answer| **answer == Some(false)).count();
        (without > 0).then_some(lesson + without)
    }

    /// Returns whether a lesson is known to be one that may have something.
    pub(super) fn is_candidate(&self, lesson: usize, query: &Query) -> bool {
        self.place(lesson, query).and_then(|at| self.may_have.get(at)) == Some(&Some(true))
    }

    /// Returns whether the prefetch came to a lesson, and was for the words of this query.
    pub(super) fn reaches(&self, lesson: usize, query: &Query) -> bool {
        self.place(lesson, query).is_some()
    }

    fn place(&self, lesson: usize, query: &Query) -> Option<usize> {
        let is_same = || self.words.iter().map(Vec::as_slice).eq(query.words().iter().map(Finder::needle));
        (self.lessons.contains(&lesson) && is_same()).then(|| lesson - self.lessons.start)
    }
}
