//! The reader's notes by day, and ready to be searched: gathered when they are first asked for.
//!
//! Ten years of them are thousands, which neither the first frame nor every further one has
//! time for. Owns nothing that the ledger has not; to be emptied when the ledger changes.

use crate::course::{Course, Place};
use crate::journal::{Ledger, Note};
use crate::practice::{Practice, exercise_of_note};
use crate::search::Notes;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The notes of the open course.
#[derive(Debug, Default)]
pub struct NoteCache {
    by_day: OnceCell<Vec<Note>>,
    to_search: OnceCell<Notes>,
    places: OnceCell<Vec<Place>>,
    in_exercises: OnceCell<BTreeMap<String, String>>,
}

impl NoteCache {
    /// Gathers the notes anew when they are next asked for.
    pub fn empty(&mut self) {
        *self = Self::default();
    }

    /// Looks anew at what was kept, beside which notes are found, when they are next searched: marks have
    /// changed, and no notes.
    pub fn forget_marks(&mut self) {
        self.to_search.take();
    }

    /// The notes by day, those of one day by name.
    pub(super) fn by_day(&self, ledger: &Ledger, course: &Course) -> &[Note] {
        self.by_day.get_or_init(|| ledger.notes(&course.id))
    }

    /// The places that notes belong to, but for those that stand in the text themselves.
    pub(super) fn places(&self, ledger: &Ledger, course: &Course) -> &[Place] {
        self.places.get_or_init(|| {
            let beside = |name: &str| exercise_of_note(name).is_none();
            let places = ledger.places_of_notes(&course.id).filter(|(name, _)| beside(name));
            places.map(|(_, place)| place.clone()).collect()
        })
    }

    /// What she wrote for exercises, by their ids.
    pub fn in_exercises(&self, practice: Practice) -> &BTreeMap<String, String> {
        self.in_exercises.get_or_init(|| practice.words_for_exercises().collect())
    }

    /// The notes in the same order, ready to be searched.
    pub(super) fn to_search(&self, ledger: &Ledger, course: &Course) -> &Notes {
        self.to_search.get_or_init(|| {
            let texts = self.by_day(ledger, course).iter().map(|note| note.text.clone());
            Notes::new(texts).with_kept(Practice::new(course, ledger).last_kept())
        })
    }
}
