//! A query and what it found, as the state holds it: while it is typed, and afterwards.

use crate::page::Top;
use crate::reader::view::View;
use crate::search::{Cursor, Hit, HitPlace, Progress, Query};
use crate::text::Position;
use std::sync::Arc;

/// A query and what it found.
#[derive(Debug, Clone, PartialEq)]
pub struct Find {
    /// The query.
    pub query: Query,
    /// The hits in the order in which they are walked. Shared, because the state is copied
    /// whenever an action may have to be taken back.
    pub hits: Arc<Vec<Hit>>,
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
        Self { query, hits: Arc::default(), more: false, next, selected: 0 }
    }

    /// The selected hit.
    pub fn current(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }

    /// Adds what a step of the search found, unless it belongs to another search.
    pub fn take_progress(&mut self, query: &Query, progress: Progress) {
        if self.query != *query || self.next != Some(progress.from) {
            return;
        }
        Arc::make_mut(&mut self.hits).extend(progress.hits);
        self.more |= progress.more;
        self.next = progress.next;
    }
}

/// The lesson that a hit leads to, and what stands at the top there. A note has none.
pub fn target(hit: &Hit, view: &View) -> Option<(usize, Top)> {
    let course = view.world.course;
    let position = match hit.found {
        HitPlace::Title { .. } | HitPlace::Note { .. } => Position::default(),
        HitPlace::Block { block, .. } => Position { block, offset: hit.first.start },
        HitPlace::Item { item } => {
            let block = course.items.get(item).map_or(0, |item| course.passage(item));
            Position { block, offset: 0 }
        }
    };
    let lesson = hit.lesson(course)?;
    Some((lesson, view.world.paged_text(lesson)?.showing(position, view.text_height())))
}
