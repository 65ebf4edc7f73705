//! The current state of one course: marks, places, notes, choices.
//!
//! Owns what the words of notes and of choices have to do with each other: words of a plan or an own
//! item that others replaced are a note, and the same words are one note, whether a merge or an import
//! brought them. Must not know of files.

use crate::course::{LessonId, Place};
use crate::journal::choice::Chosen;
use crate::journal::choices::{Arrival, Choices};
use crate::journal::id::RecordId;
use crate::journal::marks::Marks;
use crate::journal::note_names::main_name;
use crate::journal::notes::{CourseNotes, Note, NoteVersion};
use crate::journal::replaced::{ReplacedWords, WordVersion};
use crate::journal::version::{Current, Version};
use crate::journal::worded::Worded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most copies of the same words that one record supersedes by name. Nobody has more, and a log
/// from elsewhere must not make a record too long to be written.
const MOST_COPIES: usize = 100;

/// What a record says of an operation besides the operation itself and its version.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Provenance<'a> {
    /// The records that it supersedes; `None` when it does not say so.
    pub(crate) supersedes: Option<&'a [RecordId]>,
    /// The day on which it was written, by UTC.
    pub(crate) written: Option<Date>,
}

/// The current state of one course, also as the cache stores it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct CourseState {
    pub(crate) marks: Marks,
    pub(crate) places: BTreeMap<LessonId, Current<Place>>,
    pub(crate) last: Option<Current<Place>>,
    pub(crate) read: BTreeSet<LessonId>,
    pub(crate) notes: CourseNotes,
    pub(crate) choices: Choices,
    pub(crate) replaced: ReplacedWords,
}

impl CourseState {
    /// The notes, those among them that show replaced words, in no order that means anything.
    pub(crate) fn all_notes(&self) -> impl Iterator<Item = Note> {
        let notes = self.notes.current().filter(|note| !self.stands_elsewhere(note));
        let replaced = self.replaced.notes(&self.choices);
        notes.chain(replaced.filter(|note| !self.notes.is_being_changed(&note.note)))
    }

    /// Returns whether the words of a note are those of a plan or an own item now, or are shown as
    /// what was replaced there.
    fn stands_elsewhere(&self, note: &Note) -> bool {
        Worded::of_note(&note.note).is_some_and(|key| {
            self.choices.words_of(&key).as_ref() == Some(&note.text)
                || self.replaced.shows(&key, &note.text, &self.choices)
        })
    }

    /// The note of this name.
    pub(crate) fn note(&self, name: &str) -> Option<Note> {
        self.notes.named(name).or_else(|| {
            let replaced = self.replaced.named(name, &self.choices);
            // What will supersede it is not written yet, and is there, or nothing is.
            replaced.filter(|_| !self.notes.is_being_changed(name))
        })
    }

    /// Returns whether the words of a note are here already, whatever the name.
    pub(crate) fn has_note(&self, note: &Note) -> bool {
        self.notes.has(note) || self.stands_elsewhere(note)
    }

    /// Returns whether the words of a choice are shown as a note.
    pub(crate) fn has_as_note(&self, chosen: &Chosen) -> bool {
        chosen.words().is_some_and(|(key, text)| {
            self.choices.words_of(&key).as_ref() != Some(&text)
                && (self.replaced.shows(&key, &text, &self.choices)
                    || self
                        .notes
                        .beginning(&key.note())
                        .any(|note| Worded::of_note(&note.note).as_ref() == Some(&key) && note.text == text))
        })
    }

    /// The records that a change of the note of this name supersedes.
    pub(crate) fn superseded_by_note(&self, note: &str) -> Vec<RecordId> {
        let of_notes = self.notes.superseded(note).map(|entry| (entry.version.id, &entry.text));
        let of_choices = || self.replaced.shown_as(note).map(|entry| (entry.version.id, &entry.text));
        let Some((shown, text)) = of_notes.or_else(of_choices) else { return Vec::new() };
        let copies = Worded::of_note(note).map(|key| self.copies(&key, text)).unwrap_or_default();
        with_copies(shown, copies)
    }

    /// The records that a change of these words of a choice supersedes.
    pub(crate) fn superseded_by_choice(&self, key: &Worded) -> Vec<RecordId> {
        let Some(latest) = self.replaced.latest(key).map(|latest| latest.version.id) else {
            return Vec::new();
        };
        let now = self.choices.words_of(key);
        with_copies(latest, now.map(|now| self.copies(key, &now)).unwrap_or_default())
    }

    /// The records that say the same of a plan or an own item.
    fn copies(&self, key: &Worded, text: &str) -> Vec<RecordId> {
        if text.is_empty() {
            return Vec::new();
        }
        let mut copies = self.replaced.with_text(key, text);
        copies.extend(self.notes.with_text(&key.note(), text));
        copies
    }

    /// Inserts what a record says of a note.
    pub(crate) fn insert_note(&mut self, note: Note, version: Version, supersedes: &[RecordId]) {
        self.replaced.supersede_shown(&note.note, supersedes);
        self.notes.insert(NoteVersion::of(note, version), supersedes);
    }

    /// Inserts what a record says of a choice.
    pub(crate) fn insert_choice(
        &mut self,
        chosen: Chosen,
        version: Version,
        source: &Provenance<'_>,
        arrival: Arrival,
    ) {
        if let Some((key, text)) = chosen.words() {
            let written = source.written.unwrap_or(Date::ZERO);
            if let Some(ids) = source.supersedes.filter(|ids| !ids.is_empty()) {
                self.notes.supersede(main_name(&key.note()), ids, version);
            }
            self.replaced.insert(key, WordVersion { version, written, text }, source.supersedes);
        }
        self.choices.insert(chosen, version, arrival);
    }
}

/// A record and its copies, each once, and no more than a record can name.
fn with_copies(shown: RecordId, copies: Vec<RecordId>) -> Vec<RecordId> {
    let others = copies.into_iter().filter(|id| *id != shown).take(MOST_COPIES);
    std::iter::once(shown).chain(others).collect()
}
