//! The notes of a course, in all versions that nothing has taken the place of.
//!
//! Owns the rule that no note is ever lost to another: a version goes only when a later one
//! names it as the one that it replaces. Where two devices changed the same note without
//! knowing of each other, both versions stay, the older under a name of its own.

use crate::course::Place;
use crate::journal::record::RecordId;
use crate::journal::stamp::Stamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A note as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Names it; give this to [`Operation::Note`](crate::journal::Operation::Note) to change it.
    pub note: String,
    /// The civil day that it is about.
    pub day: Date,
    /// The place in a lesson that it is about.
    pub place: Option<Place>,
    /// What she wrote; never empty, may have several lines.
    pub text: String,
}

/// What one record said of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) stamp: Stamp,
    pub(crate) day: Date,
    pub(crate) place: Option<Place>,
    pub(crate) text: String,
}

/// The notes of a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Notes {
    /// The standing versions of each note, by stamp, the latest last.
    pub(crate) versions: BTreeMap<String, Vec<Version>>,
    /// Records that another takes the place of, whether they have been met or not: records
    /// may arrive in any order.
    pub(crate) replaced: BTreeSet<RecordId>,
}

/// What parts a note's name from that of the record in the name of an older version.
const APART: char = '~';

impl Notes {
    /// Takes in what a record says.
    pub(crate) fn take(&mut self, note: String, version: Version, over: &[RecordId]) {
        for replaced in over {
            if self.replaced.insert(*replaced) {
                // The name may differ: changing an older version gives it a name of its own.
                let origin = note.rsplit_once(APART).map_or(note.as_str(), |(origin, _)| origin);
                for name in [note.as_str(), origin] {
                    self.retain(name, |standing| standing.stamp.id != *replaced);
                }
            }
        }
        if self.replaced.contains(&version.stamp.id) {
            return;
        }
        let versions = self.versions.entry(note).or_default();
        match versions.binary_search_by_key(&version.stamp, |standing| standing.stamp) {
            Ok(_) => {}
            Err(index) => {
                // The same record under another rank is still the same record.
                versions.insert(index, version);
                let mut seen = BTreeSet::new();
                versions.reverse();
                versions.retain(|standing| seen.insert(standing.stamp.id));
                versions.reverse();
            }
        }
    }

    /// Forgets what has not been written, so that it can be taken in under its real stamp.
    pub(crate) fn drop_unsaved(&mut self, note: &str) {
        self.retain(note, |version| !version.stamp.is_unsaved());
    }

    /// Leaves no trace of a note of which no version stands, so that the order of records
    /// does not show.
    fn retain(&mut self, note: &str, keep: impl FnMut(&Version) -> bool) {
        if let Some(versions) = self.versions.get_mut(note) {
            versions.retain(keep);
            if versions.is_empty() {
                self.versions.remove(note);
            }
        }
    }

    /// The records that a new version of this note takes the place of: the one that was
    /// shown under this name.
    pub(crate) fn over(&self, note: &str) -> Vec<RecordId> {
        let own = self.versions.get(note).and_then(|versions| latest_saved(versions));
        let older = || {
            let (origin, name) = note.rsplit_once(APART)?;
            let versions = self.versions.get(origin)?;
            versions.iter().map(|version| version.stamp.id).find(|id| short(id) == name)
        };
        own.or_else(older).into_iter().collect()
    }

    /// The notes as they stand, by name.
    pub(crate) fn standing(&self) -> impl Iterator<Item = Note> + '_ {
        self.versions.iter().flat_map(|(name, versions)| standing_of(name, versions))
    }

    /// The places that notes belong to.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        let latest = self.versions.values().filter_map(|versions| versions.last());
        latest.filter(|version| !version.text.is_empty()).filter_map(|version| version.place.as_ref())
    }

    /// The note that stands under this name.
    pub(crate) fn named(&self, name: &str) -> Option<Note> {
        let origin = name.rsplit_once(APART).map_or(name, |(origin, _)| origin);
        [name, origin].into_iter().find_map(|origin| {
            let (origin, versions) = self.versions.get_key_value(origin)?;
            standing_of(origin, versions).find(|note| note.note == name)
        })
    }
}

/// What stands of one note: the latest version under its own name, others that no later one
/// took the place of under a name of theirs.
fn standing_of<'a>(name: &'a str, versions: &'a [Version]) -> impl Iterator<Item = Note> + 'a {
    let unsaved = versions.last().filter(|version| version.stamp.is_unsaved());
    let shown: Vec<&Version> = unsaved.map_or_else(|| versions.iter().collect(), |version| vec![version]);
    let last = shown.len().saturating_sub(1);
    shown.into_iter().enumerate().filter(|(_, version)| !version.text.is_empty()).map(
        move |(index, version)| Note {
            note: if index == last {
                name.to_owned()
            } else {
                format!("{name}{APART}{}", short(&version.stamp.id))
            },
            day: version.day,
            place: version.place.clone(),
            text: version.text.clone(),
        },
    )
}

fn latest_saved(versions: &[Version]) -> Option<RecordId> {
    versions.iter().rev().find(|version| !version.stamp.is_unsaved()).map(|version| version.stamp.id)
}

/// A short name for a record, for the name of an older version.
fn short(id: &RecordId) -> String {
    format!("{:08x}", id.sum)
}
