//! The outcome of a prefetch: lessons that a search can pass over.
//!
//! Owns for which query that is true. Must not read a lesson.

use crate::search::query::Query;
use std::ops::Range;

/// The lessons that the last prefetch found to have nothing.
#[derive(Debug, Default)]
pub(super) struct Prefetched {
    /// The words of the query.
    words: Vec<Vec<u8>>,
    /// Lessons each of which lacks at least one of them.
    without: Range<usize>,
}

impl Prefetched {
    /// Notes that these lessons have nothing for a query.
    pub(super) fn new(query: &Query, without: Range<usize>) -> Self {
        Self { words: needles(query), without }
    }

    /// The lesson where a search continues when this one is known to have nothing.
    pub(super) fn next_candidate(&self, lesson: usize, query: &Query) -> Option<usize> {
        let is_known = self.without.contains(&lesson) && self.words == needles(query);
        is_known.then_some(self.without.end)
    }
}

/// The words that a text must have.
fn needles(query: &Query) -> Vec<Vec<u8>> {
    query.words().iter().map(|word| word.needle().to_vec()).collect()
}
