//! One text of those that are written together: which note it is, and what becomes of it.
//!
//! Owns the rule that nothing is lost that was written elsewhere meanwhile. Must not know where the
//! cursor is.

use crate::course::Place;
use crate::journal::beside;
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::view::View;
use jiff::civil::Date;

/// One text, which is one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteField {
    /// The note's name.
    pub(super) note: String,
    /// The day that it is about.
    pub(super) day: Date,
    /// The place that it is about.
    pub(super) place: Option<Place>,
    /// The question or title above it; may be empty.
    pub(super) label: String,
    /// The text.
    pub(super) text: TextField,
    /// What the journal had when the editor was opened.
    pub(super) original: String,
}

/// What becomes of a text when it is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing was changed here, so nothing is written.
    Unchanged,
    /// It is written in place of the version that was opened.
    Written,
    /// Another version came meanwhile: both stay.
    Beside,
    /// It was emptied here and changed elsewhere meanwhile: that stays.
    StaysFull,
}

/// A name for a text beside the note of this name: the name, with the checksum of what stands
/// under it.
pub(super) fn free_name(note: &str, view: &View) -> String {
    let mut name = note.to_owned();
    while let Some(taken) = view.world.ledger.note(&view.world.course.id, &name) {
        name = beside(note, &taken.text);
    }
    name
}

impl NoteField {
    /// With what the journal has under this name.
    pub(super) fn new(note: String, day: Date, place: Option<Place>, label: &str, view: &View) -> Self {
        let saved = view.world.ledger.note(&view.world.course.id, &note);
        let original = saved.map(|saved| saved.text).unwrap_or_default();
        let text = TextField::new(&original, FieldKind::Text);
        Self { note, day, place, label: label.to_owned(), text, original }
    }

    /// What becomes of the text when it is saved now.
    pub(super) fn fate(&self, view: &View) -> Fate {
        let now = view.world.ledger.note(&view.world.course.id, &self.note).map(|note| note.text);
        let (now, opened, written) = (now.unwrap_or_default(), self.original.trim_end(), self.trimmed());
        if written == now || written == opened {
            Fate::Unchanged
        } else if now.is_empty() || now == self.original {
            Fate::Written
        } else if written.is_empty() {
            Fate::StaysFull
        } else {
            Fate::Beside
        }
    }

    /// The text as it is saved: without empty lines at the end.
    pub(super) fn trimmed(&self) -> &str {
        self.text.text().trim_end()
    }
}
