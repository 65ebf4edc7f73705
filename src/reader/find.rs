//! A search as the state holds it: while it is typed, and afterwards.

use crate::reader::state::{Pane, Reading, Side};
use crate::search::{Cursor, Hit, Query};
use std::sync::Arc;

/// The search that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What was typed so far.
    pub text: String,
    /// The cursor, in characters.
    pub cursor: usize,
    /// What was found.
    pub find: Find,
    /// Where the reader was, to return to with Esc.
    pub origin: Origin,
    /// What becomes of the first hit.
    pub on_hit: OnHit,
}

/// What becomes of the first hit when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnHit {
    /// It is shown while the query can still be typed.
    Preview,
    /// The search closes and goes there: Enter was pressed before there was a hit.
    GoThere,
}

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

/// Where the reader was when the search was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// What was read, and where.
    pub reading: Reading,
    /// The pane that had the focus.
    pub focus: Pane,
    /// The side pane that was shown.
    pub side: Side,
}

impl Find {
    /// The selected hit.
    pub fn current(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }
}
