//! A step of a search that is not over yet.

use crate::search::hit::Hit;
use crate::search::index::Cursor;
use crate::search::suggestion::WordSuggestion;

/// What one step of a search of the lessons came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Where this step began.
    pub from: Cursor,
    /// What was found in it.
    pub hits: Vec<Hit>,
    /// Whether there are more hits than are collected.
    pub more: bool,
    /// Where the next step begins; none when all lessons were searched.
    pub next: Option<Cursor>,
    /// What may have been meant, when all lessons were searched and little was found.
    pub suggestion: Option<WordSuggestion>,
}
