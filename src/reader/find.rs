//! A search as the state holds it: while it is typed, and afterwards.

use crate::reader::state::{Pane, Reading, Side};
use crate::search::{Cursor, Hit, Query};

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
}

/// A query and what it found.
#[derive(Debug, Clone, PartialEq)]
pub struct Find {
    /// The query.
    pub query: Query,
    /// The hits in the order in which they are walked.
    pub hits: Vec<Hit>,
    /// Whether there are more than are listed.
    pub more: bool,
    /// Where the search goes on, as long as it is not complete.
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
