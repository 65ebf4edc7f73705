//! A query and what it found, as the state holds it: while it is typed, and afterwards.

use crate::page::Top;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::search::{Cursor, Found, Hit, Hits, Query};
use crate::text::Position;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// How many bytes of text are searched between two looks at the time.
const AT_ONCE: usize = 1 << 18;
/// How many lessons are read ahead of the first hit when it is asked for.
const AHEAD: usize = 64;

/// A query and what it found.
#[derive(Debug, Clone, PartialEq)]
pub struct Find {
    /// The query.
    pub query: Query,
    /// The hits in the order in which they are walked.
    pub hits: Vec<Hit>,
    /// Whether there are more than are listed.
    pub more: bool,
    /// Where the search continues, as long as it is not complete.
    pub next: Option<Cursor>,
    /// The selected hit.
    pub selected: usize,
}

impl Find {
    /// A search for a text, nothing found yet.
    pub fn new(text: &str) -> Self {
        let query = Query::parse(text);
        let next = (!query.is_empty()).then(Cursor::default);
        Self { query, hits: Vec::new(), more: false, next, selected: 0 }
    }

    /// The selected hit.
    pub fn current(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }

    /// Continues the search for a slice of text.
    pub fn search_on(&mut self, world: &World) {
        let Some(from) = self.next else { return };
        let mut hits = Hits { hits: std::mem::take(&mut self.hits), more: self.more };
        let notes = world.notes_to_search();
        self.next = world.index.search_on(&self.query, world.course, notes, from, AT_ONCE, &mut hits);
        (self.hits, self.more) = (hits.hits, hits.more);
    }

    /// Continues the search until there is something to choose from.
    pub fn search_until_found(&mut self, world: &World) {
        while let Some(from) = self.next.filter(|_| self.hits.is_empty()) {
            // No farther than it takes: the first hit may be the next text.
            let looked = AtomicUsize::new(0);
            let few = || looked.fetch_add(1, Relaxed) < AHEAD;
            world.index.look_ahead(from, &self.query, world.course, &few);
            self.search_on(world);
        }
    }
}

/// The lesson that a hit leads to, and what stands at the top there. A note has none.
pub fn target(hit: &Hit, view: &View) -> Option<(usize, Top)> {
    let course = view.world.course;
    let position = match hit.found {
        Found::Title { .. } | Found::Note { .. } => Position::default(),
        Found::Block { block, .. } => Position { block, offset: hit.first.start },
        Found::Item { item } => {
            let block = course.items.get(item).map_or(0, |item| course.passage(item));
            Position { block, offset: 0 }
        }
    };
    let lesson = hit.lesson(course)?;
    Some((lesson, view.world.sheet(lesson)?.showing(position, view.text_height())))
}
