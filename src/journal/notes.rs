//! The notes of a course, in all versions that no other supersedes.
//!
//! Owns the rule that no note is ever lost to another: a version goes only when a later one
//! names it as the one that it supersedes. Where two devices changed the same note without
//! knowing of each other, both versions stay, the older under a name of its own.

use crate::course::Place;
use crate::journal::id::RecordId;
use crate::journal::version::Version;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
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
    #[serde(with = "numbers")]
    pub(crate) day: Date,
    pub(crate) place: Option<Place>,
    pub(crate) text: String,
}

/// The notes of a course, with what is needed to insert records in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct CourseNotes {
    /// The versions of each note that are not superseded, the latest last.
    #[serde(with = "pairs")]
    versions: BTreeMap<String, Vec<NoteVersion>>,
    /// Records that another supersedes, whether they have arrived or not: they may come in any
    /// order.
    superseded: BTreeSet<RecordId>,
}

/// Separates a note's name from its record's in the name of an older version.
const APART: char = '~';

impl CourseNotes {
    /// Inserts what a record says.
    pub(crate) fn insert(&mut self, note: String, entry: NoteVersion, supersedes: &[RecordId]) {
        for id in supersedes {
            if self.superseded.insert(*id) {
                // The name may differ: changing an older version gives it a name of its own.
                let origin = note.rsplit_once(APART).map_or(note.as_str(), |(origin, _)| origin);
                for name in [note.as_str(), origin] {
                    self.retain(name, |known| known.version.id != *id);
                }
            }
        }
        if self.superseded.contains(&entry.version.id) {
            return;
        }
        let versions = self.versions.entry(note).or_default();
        match versions.binary_search_by_key(&entry.version, |known| known.version) {
            Ok(_) => {}
            Err(index) => {
                // The same record with another clock is still the same record.
                versions.insert(index, entry);
                let mut seen = BTreeSet::new();
                versions.reverse();
                versions.retain(|known| seen.insert(known.version.id));
                versions.reverse();
            }
        }
    }

    /// Forgets what has not been written, so that it can be inserted with its real version.
    pub(crate) fn drop_unsaved(&mut self, note: &str) {
        self.retain(note, |entry| !entry.version.is_unsaved());
    }

    /// Removes versions, and a note that has none left, so that the order of records does not
    /// show.
    fn retain(&mut self, note: &str, keep: impl FnMut(&NoteVersion) -> bool) {
        if let Some(versions) = self.versions.get_mut(note) {
            versions.retain(keep);
            if versions.is_empty() {
                self.versions.remove(note);
            }
        }
    }

    /// The records that a new version of this note supersedes: the one that was shown under
    /// this name.
    pub(crate) fn superseded(&self, note: &str) -> Vec<RecordId> {
        let own = self.versions.get(note).and_then(|versions| latest_saved(versions));
        let older = || {
            let (origin, name) = note.rsplit_once(APART)?;
            let versions = self.versions.get(origin)?;
            versions.iter().map(|entry| entry.version.id).find(|id| short(id) == name)
        };
        own.or_else(older).into_iter().collect()
    }

    /// The current notes, by name.
    pub(crate) fn current(&self) -> impl Iterator<Item = Note> + '_ {
        self.versions.iter().flat_map(|(name, versions)| current_of(name, versions))
    }

    /// The places that notes belong to.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        let latest = self.versions.values().filter_map(|versions| versions.last());
        latest.filter(|entry| !entry.text.is_empty()).filter_map(|entry| entry.place.as_ref())
    }

    /// The current note of this name.
    pub(crate) fn named(&self, name: &str) -> Option<Note> {
        let origin = name.rsplit_once(APART).map_or(name, |(origin, _)| origin);
        [name, origin].into_iter().find_map(|origin| {
            let (origin, versions) = self.versions.get_key_value(origin)?;
            current_of(origin, versions).find(|note| note.note == name)
        })
    }
}

/// The current texts of one note: the latest version under its own name, others that none
/// supersedes under a name of theirs.
fn current_of<'a>(name: &'a str, versions: &'a [NoteVersion]) -> impl Iterator<Item = Note> + 'a {
    let unsaved = versions.last().filter(|entry| entry.version.is_unsaved());
    let shown: Vec<&NoteVersion> = unsaved.map_or_else(|| versions.iter().collect(), |entry| vec![entry]);
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

fn latest_saved(versions: &[NoteVersion]) -> Option<RecordId> {
    versions.iter().rev().find(|entry| !entry.version.is_unsaved()).map(|entry| entry.version.id)
}

/// A short name for a record, for the name of an older version.
fn short(id: &RecordId) -> String {
    format!("{:08x}", id.sum)
}

/// A date in the cache: its year, month and day, which are read faster than its text.
mod numbers {
    use jiff::civil::Date;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    pub(super) fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        (date.year(), date.month(), date.day()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let (year, month, day) = <(i16, i8, i8)>::deserialize(deserializer)?;
        Date::new(year, month, day).map_err(de::Error::custom)
    }
}

/// A map in the cache: a sorted list becomes a map faster than serde inserts key by key.
mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;

    pub(super) fn serialize<K, V, S>(map: &BTreeMap<K, V>, serializer: S) -> Result<S::Ok, S::Error>
    where
        K: Serialize,
        V: Serialize,
        S: Serializer,
    {
        serializer.collect_seq(map)
    }

    pub(super) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(deserializer)?.into_iter().collect())
    }
}
