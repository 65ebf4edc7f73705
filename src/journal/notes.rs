//! The notes of a course, in all versions that no other supersedes.
//!
//! Owns the rule that no note is ever lost to another: a version goes only when a later one
//! names it as the one that it supersedes. Where two devices changed the same note without
//! knowing of each other, both versions stay, the older under a name of its own.

use crate::course::Place;
use crate::journal::dates;
use crate::journal::id::RecordId;
use crate::journal::version::Version;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The current text of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Names it; give this to [`Operation::Note`](crate::journal::Operation::Note) to change it.
    pub note: String,
    /// The civil day that it is about.
    pub day: Date,
    /// The place in a lesson that it is about.
    pub place: Option<Place>,
    /// The reader's words; never empty, may have several lines.
    pub text: String,
}

/// A note as one record set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NoteVersion {
    pub(crate) version: Version,
    #[serde(with = "dates")]
    pub(crate) day: Date,
    pub(crate) place: Option<Place>,
    pub(crate) text: String,
}

/// The notes of a course, with what is needed to insert records in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct CourseNotes {
    /// The versions that are not superseded, by the note's name and the record. A log may hold
    /// any number of one note, so that none of what a record does walks through all of them.
    #[serde(with = "pairs")]
    versions: BTreeMap<(String, RecordId), NoteVersion>,
    /// Records that another supersedes, whether they have arrived or not: they may come in any
    /// order.
    superseded: BTreeSet<RecordId>,
}

/// Separates a note's name from the checksum of a text that came to stand beside it.
const BESIDE: char = '+';

/// The name of a note beside another one of this name, told from it by the checksum of a text.
pub fn beside(note: &str, text: &str) -> String {
    format!("{note}{BESIDE}{:08x}", crc32fast::hash(text.as_bytes()))
}

/// The name of the note that one stands beside, or is an older version of; else its own.
pub fn main_name(name: &str) -> &str {
    let name = origin(name);
    name.rsplit_once(BESIDE).map_or(name, |(name, _)| name)
}

/// Separates a note's name from its record's in the name of an older version.
pub(crate) const APART: char = '~';

impl CourseNotes {
    /// Inserts what a record says.
    pub(crate) fn insert(&mut self, note: String, entry: NoteVersion, supersedes: &[RecordId]) {
        for id in supersedes {
            if self.superseded.insert(*id) {
                // The name may differ: changing an older version gives it a name of its own.
                for name in [note.as_str(), origin(&note)] {
                    self.versions.remove(&(name.to_owned(), *id));
                }
            }
        }
        if self.superseded.contains(&entry.version.id) {
            return;
        }
        match self.versions.entry((note, entry.version.id)) {
            Entry::Vacant(place) => {
                place.insert(entry);
            }
            // The same record with another clock is still the same record.
            Entry::Occupied(mut place) => {
                if entry.version > place.get().version {
                    place.insert(entry);
                }
            }
        }
    }

    /// Forgets what has not been written, so that it can be inserted with its real version.
    pub(crate) fn drop_unsaved(&mut self, note: &str) {
        let is_unsaved = |entry: &&NoteVersion| entry.version.is_unsaved();
        let unsaved: Vec<RecordId> = self.of(note).filter(is_unsaved).map(|entry| entry.version.id).collect();
        for id in unsaved {
            self.versions.remove(&(note.to_owned(), id));
        }
    }

    /// The versions of a note, in no order that means anything.
    fn of(&self, note: &str) -> impl Iterator<Item = &NoteVersion> {
        let range = (note.to_owned(), RecordId::FIRST)..=(note.to_owned(), RecordId::LAST);
        self.versions.range(range).map(|(_, entry)| entry)
    }

    /// The notes by name, each with all its versions, the latest last.
    fn each(&self) -> impl Iterator<Item = (&str, Vec<&NoteVersion>)> {
        self.each_from("")
    }

    /// The notes from a name on.
    fn each_from(&self, name: &str) -> impl Iterator<Item = (&str, Vec<&NoteVersion>)> {
        let mut rest = self.versions.range((name.to_owned(), RecordId::FIRST)..).peekable();
        std::iter::from_fn(move || {
            let ((name, _), first) = rest.next()?;
            let mut versions = vec![first];
            while let Some((_, entry)) = rest.next_if(|((other, _), _)| other == name) {
                versions.push(entry);
            }
            Some((name.as_str(), in_order(versions)))
        })
    }

    /// The latest version of a note that is saved.
    pub(crate) fn latest(&self, note: &str) -> Option<&NoteVersion> {
        let saved = self.of(note).filter(|entry| !entry.version.is_unsaved());
        saved.max_by_key(|entry| entry.version)
    }

    /// The records that a new version of this note supersedes: the one that was shown under
    /// this name.
    pub(crate) fn superseded(&self, note: &str) -> Vec<RecordId> {
        let own = self.latest(note).map(|entry| entry.version.id);
        let older = || {
            let (origin, name) = note.rsplit_once(APART)?;
            let named =
                self.of(origin).map(|entry| entry.version).filter(|version| short(&version.id) == name);
            named.min().map(|version| version.id)
        };
        own.or_else(older).into_iter().collect()
    }

    /// The current notes, by name.
    pub(crate) fn current(&self) -> impl Iterator<Item = Note> + '_ {
        self.each().flat_map(|(name, versions)| current_of(name, versions))
    }

    /// The current notes whose names begin like this, by name.
    pub(crate) fn beginning<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = Note> + 'a {
        let named = self.each_from(beginning).take_while(move |(name, _)| name.starts_with(beginning));
        named.flat_map(|(name, versions)| current_of(name, versions))
    }

    /// The places that notes belong to, each with the note's name.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&str, &Place)> {
        let mut rest = self.versions.iter().peekable();
        let latest = std::iter::from_fn(move || {
            let ((name, _), mut latest) = rest.next()?;
            while let Some((_, entry)) = rest.next_if(|((other, _), _)| other == name) {
                latest = if entry.version > latest.version { entry } else { latest };
            }
            Some((name.as_str(), latest))
        });
        let written = latest.filter(|(_, entry)| !entry.text.is_empty());
        written.filter_map(|(name, entry)| Some((name, entry.place.as_ref()?)))
    }

    /// The current note of this name.
    pub(crate) fn named(&self, name: &str) -> Option<Note> {
        [name, origin(name)].into_iter().find_map(|origin| {
            current_of(origin, in_order(self.of(origin).collect())).find(|note| note.note == name)
        })
    }
}

/// The name of the note of which this may name an older version.
fn origin(name: &str) -> &str {
    name.rsplit_once(APART).map_or(name, |(origin, _)| origin)
}

fn in_order(mut versions: Vec<&NoteVersion>) -> Vec<&NoteVersion> {
    versions.sort_unstable_by_key(|entry| entry.version);
    versions
}

/// The current texts of one note: the latest version under its own name, others that none
/// supersedes under a name of theirs.
fn current_of<'a>(name: &'a str, versions: Vec<&'a NoteVersion>) -> impl Iterator<Item = Note> + 'a {
    let unsaved = versions.last().filter(|entry| entry.version.is_unsaved()).copied();
    let shown = unsaved.map_or(versions, |entry| vec![entry]);
    let last = shown.len().saturating_sub(1);
    shown.into_iter().enumerate().filter(|(_, entry)| !entry.text.is_empty()).map(move |(index, entry)| {
        Note {
            note: if index == last {
                name.to_owned()
            } else {
                format!("{name}{APART}{}", short(&entry.version.id))
            },
            day: entry.day,
            place: entry.place.clone(),
            text: entry.text.clone(),
        }
    })
}

/// A short name for a record, for the name of an older version.
pub(crate) fn short(id: &RecordId) -> String {
    format!("{:08x}", id.sum)
}

/// A map in the cache: a sorted list becomes a map faster than serde inserts key by key.
pub(crate) mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;

    pub(crate) fn serialize<K, V, S>(map: &BTreeMap<K, V>, serializer: S) -> Result<S::Ok, S::Error>
    where
        K: Serialize,
        V: Serialize,
        S: Serializer,
    {
        serializer.collect_seq(map)
    }

    pub(crate) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(deserializer)?.into_iter().collect())
    }
}
