//! What search knows of the reader: her notes, as texts in the order in which they were given, and
//! which items she keeps.
//!
//! Must not know where notes are kept, nor keep them longer than its owner does.

use crate::search::folding::{Case, Folded};

/// Notes to search. Make it anew when they change.
#[derive(Debug, Default)]
pub struct Notes {
    texts: Vec<String>,
    folded: Folded,
    /// The items whose last mark is that they were kept, by their indices, in order.
    kept: Vec<usize>,
}

impl Notes {
    /// The notes with these texts, which must be clean. A hit names a note by its index.
    pub fn new(texts: impl IntoIterator<Item = String>) -> Self {
        let texts: Vec<String> = texts.into_iter().collect();
        let mut folded = Folded::default();
        for text in &texts {
            folded.push(text, Case::Folded);
        }
        Self { texts, folded, kept: Vec::new() }
    }

    /// The same, and the items that are kept, by their indices into the course's items, in order.
    #[must_use]
    pub fn with_kept(self, kept: Vec<usize>) -> Self {
        Self { kept, ..self }
    }

    /// Returns whether an item is kept.
    pub(super) fn is_kept(&self, item: usize) -> bool {
        self.kept.binary_search(&item).is_ok()
    }

    /// The text of a note.
    pub fn text(&self, note: usize) -> Option<&str> {
        self.texts.get(note).map(String::as_str)
    }

    pub(super) fn folded(&self) -> &Folded {
        &self.folded
    }
}
