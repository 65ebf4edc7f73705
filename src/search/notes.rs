//! The reader's notes as search sees them: texts in the order in which they were given.
//!
//! Must not know where notes are kept, nor keep them longer than its owner does.

use crate::search::folding::{Case, Folded};

/// Notes to search. Make it anew when they change.
#[derive(Debug, Default)]
pub struct Notes {
    texts: Vec<String>,
    folded: Folded,
}

impl Notes {
    /// The notes with these texts, which must be clean. A hit names a note by its index.
    pub fn new(texts: impl IntoIterator<Item = String>) -> Self {
        let texts: Vec<String> = texts.into_iter().collect();
        let mut folded = Folded::default();
        for text in &texts {
            folded.push(text, Case::Folded);
        }
        Self { texts, folded }
    }

    /// The text of a note.
    pub fn text(&self, note: usize) -> Option<&str> {
        self.texts.get(note).map(String::as_str)
    }

    pub(super) fn folded(&self) -> &Folded {
        &self.folded
    }
}
