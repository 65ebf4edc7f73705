//! Words of plans and own items that two windows or devices wrote without knowing of each other.
//!
//! Of two such choices the later one wins, as with every choice. The words of the other one must
//! not be lost with it: they are shown as a note. Owns which records of a choice no other
//! supersedes, whatever order they arrive in, and the names of such notes. Must not decide which
//! choice wins: `choices.rs` does.

use crate::course::ItemId;
use crate::journal::choices::Choices;
use crate::journal::id::RecordId;
use crate::journal::note_names::{names_older, older};
use crate::journal::notes::Note;
use crate::journal::version::Version;
use crate::journal::worded::Worded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What replaced words were, of which a note shows what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// The text of an own item.
    OwnItem,
    /// An if-then plan.
    Plan,
}

/// What the note of this name shows replaced words of, if it does.
pub fn replaced(note: &str) -> Option<Replaced> {
    Worded::of_note(note).map(|key| match key {
        Worded::OwnItem(_) => Replaced::OwnItem,
        Worded::Plan(_) => Replaced::Plan,
    })
}

/// The beginning of the names of notes that show words of this item which others replaced.
pub fn replaced_name(what: Replaced, item: &ItemId) -> String {
    match what {
        Replaced::OwnItem => Worded::OwnItem(item.clone()).note(),
        Replaced::Plan => Worded::Plan(item.clone()).note(),
    }
}

/// The words that one record chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WordVersion {
    pub(crate) version: Version,
    /// The day on which it was written, by UTC.
    pub(crate) written: Date,
    pub(crate) text: String,
}

/// The words of one course that were chosen, as far as nobody who knew them chose others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct ReplacedWords {
    /// The versions that are not superseded, by what they are about and by the record.
    #[serde(with = "crate::journal::notes::pairs")]
    versions: BTreeMap<(Worded, RecordId), WordVersion>,
    /// Records that another supersedes, whether they have arrived or not.
    superseded: BTreeSet<RecordId>,
    /// The latest record that does not say what it supersedes, the only one of these that is held.
    /// Versions of the format before 1.2 did not say so, and it counts as written by somebody who
    /// knew all before it.
    since: BTreeMap<Worded, Version>,
}

impl ReplacedWords {
    /// Inserts what a record says. `supersedes` is `None` when the record does not say it.
    pub(crate) fn insert(&mut self, key: Worded, entry: WordVersion, supersedes: Option<&[RecordId]>) {
        if let Some(ids) = supersedes {
            self.supersede(&key, ids);
        } else {
            let since = self.since.entry(key.clone()).or_insert(entry.version);
            if entry.version < *since {
                return;
            }
            let before = std::mem::replace(since, entry.version).id;
            if before != entry.version.id {
                self.versions.remove(&(key.clone(), before));
            }
        }
        if self.superseded.contains(&entry.version.id) {
            return;
        }
        let known = self.versions.entry((key, entry.version.id)).or_insert_with(|| entry.clone());
        // The same record with another clock is still the same record.
        if entry.version > known.version {
            *known = entry;
        }
    }

    fn supersede(&mut self, key: &Worded, ids: &[RecordId]) {
        for id in ids {
            self.superseded.insert(*id);
            self.versions.remove(&(key.clone(), *id));
        }
    }

    /// Takes in that a note has changed or removed the words that were shown under its name.
    pub(crate) fn supersede_shown(&mut self, note: &str, ids: &[RecordId]) {
        if let Some(key) = Worded::of_note(note) {
            self.supersede(&key, ids);
        }
    }

    /// Forgets what has not been written, so that it can be inserted with its real version.
    pub(crate) fn drop_unsaved(&mut self, key: &Worded) {
        let unsaved: Vec<RecordId> =
            self.of(key).filter(|entry| entry.version.is_unsaved()).map(|entry| entry.version.id).collect();
        for id in unsaved {
            self.versions.remove(&(key.clone(), id));
        }
    }

    /// The versions of one thing, in no order that means anything.
    fn of(&self, key: &Worded) -> impl Iterator<Item = &WordVersion> {
        let range = (key.clone(), RecordId::FIRST)..=(key.clone(), RecordId::LAST);
        self.versions.range(range).map(|(_, entry)| entry)
    }

    /// The latest version of one thing that is saved.
    pub(crate) fn latest(&self, key: &Worded) -> Option<&WordVersion> {
        let saved = self.of(key).filter(|entry| !entry.version.is_unsaved());
        saved.max_by_key(|entry| entry.version)
    }

    /// The words that the note of this name shows.
    pub(crate) fn shown_as(&self, note: &str) -> Option<&WordVersion> {
        let key = Worded::of_note(note)?;
        let name = key.note();
        let named = self.of(&key).filter(|entry| names_older(note, &name, &entry.version.id));
        named.min_by_key(|entry| entry.version)
    }

    /// The saved records with these words.
    pub(crate) fn with_text(&self, key: &Worded, text: &str) -> Vec<RecordId> {
        let same = self.of(key).filter(|entry| entry.text == text && !entry.version.is_unsaved());
        same.map(|entry| entry.version.id).collect()
    }

    /// Returns whether a note shows these words.
    pub(crate) fn shows(&self, key: &Worded, text: &str, choices: &Choices) -> bool {
        self.shown(key, self.of(key).collect(), choices).iter().any(|note| note.text == text)
    }

    /// The words that stand nowhere else, as notes.
    pub(crate) fn notes<'a>(&'a self, choices: &'a Choices) -> impl Iterator<Item = Note> + 'a {
        let mut rest = self.versions.iter().peekable();
        let groups = std::iter::from_fn(move || {
            let ((key, _), first) = rest.next()?;
            let mut versions = vec![first];
            while let Some((_, entry)) = rest.next_if(|((other, _), _)| other == key) {
                versions.push(entry);
            }
            Some((key, versions))
        });
        groups.flat_map(|(key, versions)| self.shown(key, versions, choices))
    }

    /// The note of this name, if it shows words that stand nowhere else.
    pub(crate) fn named(&self, name: &str, choices: &Choices) -> Option<Note> {
        let key = Worded::of_note(name)?;
        let versions = self.of(&key).collect();
        self.shown(&key, versions, choices).into_iter().find(|note| note.note == name)
    }

    fn shown(&self, key: &Worded, mut versions: Vec<&WordVersion>, choices: &Choices) -> Vec<Note> {
        versions.sort_unstable_by_key(|entry| entry.version);
        // As long as the newest is not written, what it will supersede is not known to be replaced.
        if versions.last().is_some_and(|entry| entry.version.is_unsaved()) {
            return Vec::new();
        }
        let since = self.since.get(key);
        let now = choices.words_of(key);
        let mut texts = BTreeSet::new();
        let stands_nowhere_else = |entry: &&WordVersion| {
            since.is_none_or(|since| entry.version >= *since)
                && !entry.text.is_empty()
                && Some(&entry.text) != now.as_ref()
                && texts.insert(entry.text.clone())
        };
        let note = |entry: &WordVersion| Note {
            note: older(&key.note(), &entry.version.id),
            day: entry.written,
            place: None,
            text: entry.text.clone(),
        };
        versions.into_iter().filter(stands_nowhere_else).map(note).collect()
    }
}
