//! The notes of a course, in all versions that no other supersedes.
//!
//! Owns the rule that no note is ever lost to another: a version goes only when a later one
//! names it as the one that it supersedes. Where two devices changed the same note without
//! knowing of each other, both versions stay, the older under a name of its own.
//!
//! Owns also that the same words are one note. An import writes a copy of a note, and a merge brings
//! the note itself: both are of one kind (`main_name`), one day, one place and one text. They are
//! shown once, and changing one of them changes all that were written before the change.

use crate::course::Place;
use crate::journal::dates;
use crate::journal::id::RecordId;
use crate::journal::note_names::{main_name, names_older, older};
use crate::journal::version::Version;
use crate::journal::worded::Worded;
use crate::library::fnv1a;
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
    /// The name of the note.
    name: String,
    #[serde(with = "dates")]
    day: Date,
    place: Option<Place>,
    pub(crate) text: String,
    /// A checksum of its kind, day, place and text: copies have the same.
    content: u64,
}

/// A record that another supersedes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Superseded {
    /// The latest record that supersedes it.
    by: Version,
    /// What it said, once it has arrived.
    content: Option<u64>,
}

/// The notes of a course, with what is needed to insert records in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct CourseNotes {
    /// The versions that are not superseded, by the note's main name and the record. A log may hold
    /// any number of one note, so that none of what a record does walks through all of them.
    #[serde(with = "pairs")]
    versions: BTreeMap<(String, RecordId), NoteVersion>,
    /// Records that another supersedes, whether they have arrived or not: they may come in any
    /// order.
    #[serde(with = "pairs")]
    superseded: BTreeMap<RecordId, Superseded>,
    /// What was changed or removed by somebody who had read it, and the latest record that did so.
    /// Copies that are older than that went with it.
    changed: BTreeMap<u64, Version>,
}

impl NoteVersion {
    /// A note as the record of this version set it.
    pub(crate) fn of(note: Note, version: Version) -> Self {
        let content = content_of(&note.note, note.day, note.place.as_ref(), &note.text);
        let Note { note: name, day, place, text } = note;
        Self { version, name, day, place, text, content }
    }

    fn shown_as(&self, name: String) -> Note {
        Note { note: name, day: self.day, place: self.place.clone(), text: self.text.clone() }
    }
}

/// A checksum of what a note is and says. Words of a plan or an own item that became a note belong
/// to no day.
fn content_of(name: &str, day: Date, place: Option<&Place>, text: &str) -> u64 {
    let kind = main_name(name);
    let about = match (Worded::of_note(name), place) {
        (Some(_), _) => String::new(),
        (None, None) => day.to_string(),
        (None, Some(Place { lesson, block, offset, fingerprint })) => {
            format!("{day} {block} {offset} {fingerprint} {lesson}")
        }
    };
    fnv1a(format!("{kind}\0{about}\0{text}").as_bytes())
}

impl CourseNotes {
    /// Inserts what a record says.
    pub(crate) fn insert(&mut self, entry: NoteVersion, supersedes: &[RecordId]) {
        let kind = main_name(&entry.name).to_owned();
        self.supersede(&kind, supersedes, entry.version);
        if let Some(superseded) = self.superseded.get_mut(&entry.version.id) {
            superseded.content = Some(entry.content);
            let by = superseded.by;
            self.change(entry.content, by);
            return;
        }
        match self.versions.entry((kind, entry.version.id)) {
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

    /// Takes in that a record supersedes others, of notes with this main name.
    pub(crate) fn supersede(&mut self, kind: &str, ids: &[RecordId], by: Version) {
        let mut key = (kind.to_owned(), RecordId::FIRST);
        for id in ids {
            key.1 = *id;
            let removed = self.versions.remove(&key).map(|entry| entry.content);
            let superseded = self.superseded.entry(*id).or_insert(Superseded { by, content: None });
            superseded.by = superseded.by.max(by);
            superseded.content = superseded.content.or(removed);
            let Superseded { by, content } = *superseded;
            if let Some(content) = content {
                self.change(content, by);
            }
        }
    }

    fn change(&mut self, content: u64, by: Version) {
        let latest = self.changed.entry(content).or_insert(by);
        *latest = by.max(*latest);
    }

    /// Forgets what has not been written, so that it can be inserted with its real version.
    pub(crate) fn drop_unsaved(&mut self, note: &str) {
        let kind = main_name(note);
        let is_unsaved = |entry: &&NoteVersion| entry.version.is_unsaved() && entry.name == note;
        let unsaved: Vec<RecordId> = self.of(kind).filter(is_unsaved).map(|entry| entry.version.id).collect();
        for id in unsaved {
            self.versions.remove(&(kind.to_owned(), id));
        }
    }

    /// The versions of the notes with this main name, in no order that means anything.
    fn of(&self, kind: &str) -> impl Iterator<Item = &NoteVersion> {
        let range = (kind.to_owned(), RecordId::FIRST)..=(kind.to_owned(), RecordId::LAST);
        self.versions.range(range).map(|(_, entry)| entry)
    }

    /// The versions from a main name on, those with one main name together: the first of them, and
    /// the others.
    fn groups_from(&self, kind: &str) -> impl Iterator<Item = (&str, &NoteVersion, Vec<&NoteVersion>)> {
        let mut rest = self.versions.range((kind.to_owned(), RecordId::FIRST)..).peekable();
        std::iter::from_fn(move || {
            let ((kind, _), first) = rest.next()?;
            // Most notes have one version, and nothing is allocated for them.
            let mut others = Vec::new();
            while let Some((_, entry)) = rest.next_if(|((other, _), _)| other == kind) {
                others.push(entry);
            }
            Some((kind.as_str(), first, others))
        })
    }

    /// The latest version of a note that is saved and shown.
    pub(crate) fn latest(&self, note: &str) -> Option<&NoteVersion> {
        let saved = self.of(main_name(note)).filter(|entry| !entry.version.is_unsaved());
        let shown = saved.filter(|entry| entry.name == note && !self.is_changed(entry));
        shown.max_by_key(|entry| entry.version)
    }

    /// The latest version of a note, saved or not.
    pub(crate) fn version(&self, note: &str) -> Option<Version> {
        self.of(main_name(note)).filter(|entry| entry.name == note).map(|entry| entry.version).max()
    }

    /// The record that a new version of this note supersedes: the one that was shown under this
    /// name. Its copies go with it.
    pub(crate) fn superseded(&self, note: &str) -> Option<&NoteVersion> {
        self.latest(note).or_else(|| {
            let is_it = |entry: &&NoteVersion| names_older(note, &entry.name, &entry.version.id);
            self.of(main_name(note)).filter(is_it).min_by_key(|entry| entry.version)
        })
    }

    /// The saved records with this text, of notes with this main name.
    pub(crate) fn with_text(&self, kind: &str, text: &str) -> Vec<RecordId> {
        let same = self.of(kind).filter(|entry| entry.text == text && !entry.version.is_unsaved());
        same.map(|entry| entry.version.id).collect()
    }

    /// Returns whether a change of the note of this name is not written yet.
    pub(crate) fn is_being_changed(&self, note: &str) -> bool {
        self.version(note).is_some_and(|version| version.is_unsaved())
    }

    /// Returns whether these words are shown, under whatever name.
    pub(crate) fn has(&self, note: &Note) -> bool {
        let content = content_of(&note.note, note.day, note.place.as_ref(), &note.text);
        self.named_texts(self.of(main_name(&note.note)).collect())
            .iter()
            .any(|(_, entry)| entry.content == content)
    }

    /// The current notes, by name.
    pub(crate) fn current(&self) -> impl Iterator<Item = Note> + '_ {
        self.groups_from("").flat_map(|(_, first, others)| self.shown(first, others))
    }

    /// The current notes whose names begin like this, by name.
    pub(crate) fn beginning<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = Note> + 'a {
        let groups = self.groups_from(beginning).take_while(move |(kind, ..)| kind.starts_with(beginning));
        groups.flat_map(|(_, first, others)| self.shown(first, others))
    }

    /// The places that notes belong to, each with the note's name.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&str, &Place)> {
        // Most notes belong to a day and to no place, and this is asked again after each mark.
        let is_placed = |entry: &NoteVersion| entry.place.is_some();
        let groups = self.groups_from("").filter(move |(_, first, others)| {
            is_placed(first) || others.iter().any(|entry| is_placed(entry))
        });
        let latest = groups.flat_map(|(_, first, others)| self.under_their_own_names(first, others));
        latest.filter_map(|entry| Some((entry.name.as_str(), entry.place.as_ref()?)))
    }

    /// The current texts of notes with one main name that have the note's own name. A note with one
    /// version, as most are, is looked at as it is.
    fn under_their_own_names<'a>(
        &'a self,
        first: &'a NoteVersion,
        mut others: Vec<&'a NoteVersion>,
    ) -> impl Iterator<Item = &'a NoteVersion> {
        let is_alone = others.is_empty();
        let alone = (is_alone && !first.text.is_empty() && !self.is_changed(first)).then_some(first);
        others.extend((!is_alone).then_some(first));
        let texts = self.named_texts(others).into_iter();
        alone.into_iter().chain(texts.filter(|(name, entry)| *name == entry.name).map(|(_, entry)| entry))
    }

    /// The current note of this name, also where the same words are shown under another.
    pub(crate) fn named(&self, name: &str) -> Option<Note> {
        let mut texts = self.named_texts(self.of(main_name(name)).collect()).into_iter();
        texts.find(|(shown, _)| shown == name).map(|(name, entry)| entry.shown_as(name))
    }

    /// The current texts of notes with one main name, each text once, under the first of its names.
    fn shown<'a>(&'a self, first: &'a NoteVersion, mut others: Vec<&'a NoteVersion>) -> Vec<Note> {
        others.push(first);
        let mut texts = self.named_texts(others);
        texts.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut contents = BTreeSet::new();
        texts.retain(|(_, entry)| contents.insert(entry.content));
        texts.into_iter().map(|(name, entry)| entry.shown_as(name)).collect()
    }

    /// The current texts of notes with one main name, with their names: the latest version of a note
    /// has the note's name, others that none supersedes have names of theirs. A change that is not
    /// written yet replaces what was shown under its name, and the copies of that.
    fn named_texts<'a>(&self, mut group: Vec<&'a NoteVersion>) -> Vec<(String, &'a NoteVersion)> {
        group.retain(|entry| !self.is_changed(entry));
        group.sort_unstable_by(|one, other| (&one.name, one.version).cmp(&(&other.name, other.version)));
        let (mut texts, mut unsaved) = (Vec::with_capacity(group.len()), BTreeMap::new());
        for versions in group.chunk_by(|one, other| one.name == other.name) {
            let saved = match versions.split_last() {
                Some((last, others)) if last.version.is_unsaved() => {
                    unsaved.insert(last.name.clone(), *last);
                    others
                }
                Some(_) | None => versions,
            };
            let Some((last, others)) = saved.split_last() else { continue };
            texts.extend(others.iter().map(|entry| (older(&entry.name, &entry.version.id), *entry)));
            texts.push((last.name.clone(), *last));
        }
        if !unsaved.is_empty() {
            let shown = texts.iter().filter(|(name, _)| unsaved.contains_key(name));
            let being_changed: BTreeSet<u64> = shown.map(|(_, entry)| entry.content).collect();
            texts.retain(|(_, entry)| !being_changed.contains(&entry.content));
            texts.extend(unsaved);
        }
        texts.retain(|(_, entry)| !entry.text.is_empty());
        texts
    }

    /// Returns whether a version is a copy of what was changed or removed later.
    fn is_changed(&self, entry: &NoteVersion) -> bool {
        let by = self.changed.get(&entry.content);
        by.is_some_and(|by| *by > entry.version) && !entry.version.is_unsaved()
    }
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
