//! The ledger: the current state, as all records together give it.
//!
//! Owns what is looked up at every frame, so no lookup allocates. Must not know of files.

use crate::course::{CourseId, ExerciseId, ItemId, LessonId, Place};
use crate::journal::choice::{Choice, Chosen, IfThen, KnownItem, OwnItem};
use crate::journal::choices::{Arrival, Choices};
use crate::journal::course_state::{CourseState, Provenance};
use crate::journal::id::RecordId;
use crate::journal::marked_days::DayMark;
use crate::journal::notes::Note;
use crate::journal::operation::{Mark, Operation};
use crate::journal::version::{Current, Version};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The current state: a fold over records. They may be inserted in any order and any number
/// of times; the outcome is the same.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub(crate) courses: BTreeMap<CourseId, CourseState>,
    /// The number of operations that were applied without having been written.
    unsaved: u64,
    /// The records that this session has written.
    written_here: BTreeSet<RecordId>,
}

// What this session did is no part of the state.
impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.courses == other.courses
    }
}

impl Eq for Ledger {}

impl Ledger {
    /// A ledger with these courses in it.
    pub(crate) fn of(courses: BTreeMap<CourseId, CourseState>) -> Self {
        Self { courses, ..Self::default() }
    }

    /// An empty ledger for the same session, to read all records into again.
    pub(crate) fn again(&self) -> Self {
        Self { written_here: self.written_here.clone(), ..Self::default() }
    }

    /// Applies an operation that is not saved, or not saved yet. It wins over everything that is
    /// known so far.
    pub fn apply(&mut self, operation: &Operation) {
        self.unsaved += 1;
        let version = Version::unsaved(self.unsaved);
        self.drop_unsaved(operation);
        let source = Provenance { supersedes: Some(&[]), written: None };
        self.insert(operation.clone(), version, &source);
    }

    /// Forgets an earlier version of the words of an operation that has not been written.
    fn drop_unsaved(&mut self, operation: &Operation) {
        match operation {
            Operation::Note { course, note, .. } => {
                if let Some(state) = self.courses.get_mut(course) {
                    state.notes.drop_unsaved(note);
                }
            }
            Operation::Choice(Choice { course, chosen }) => {
                if let (Some(state), Some((key, _))) = (self.courses.get_mut(course), chosen.words()) {
                    state.replaced.drop_unsaved(&key);
                }
            }
            Operation::Mark { .. } | Operation::Place { .. } | Operation::Read { .. } => {}
        }
    }

    /// The mark of an item for a day.
    pub fn mark(&self, course: &CourseId, item: &ItemId, day: Date) -> Option<Mark> {
        self.courses.get(course)?.marks.get(item, day)
    }

    /// The marked days of an item, from the earliest.
    pub fn marks(
        &self,
        course: &CourseId,
        item: &ItemId,
    ) -> impl DoubleEndedIterator<Item = (Date, Mark)> + '_ {
        self.courses.get(course).map(|state| state.marks.of(item)).into_iter().flatten()
    }

    /// The marked days of an item from `first` to `last`, both included, from the earliest.
    pub fn marks_between(
        &self,
        course: &CourseId,
        item: &ItemId,
        first: Date,
        last: Date,
    ) -> impl DoubleEndedIterator<Item = (Date, Mark)> + '_ {
        let marks = self.courses.get(course).map(|state| state.marks.between(item, first, last));
        marks.into_iter().flatten()
    }

    /// Every item that was ever marked, whether the course still has it or not.
    pub fn items(&self, course: &CourseId) -> impl Iterator<Item = &ItemId> {
        self.courses.get(course).into_iter().flat_map(|state| state.marks.items())
    }

    /// The place where the reader left a lesson.
    pub fn place(&self, course: &CourseId, lesson: &LessonId) -> Option<&Place> {
        self.courses.get(course)?.places.get(lesson).map(|current| &current.value)
    }

    /// The place where the reader left the course.
    pub fn last_place(&self, course: &CourseId) -> Option<&Place> {
        self.courses.get(course)?.last.as_ref().map(|current| &current.value)
    }

    /// Returns whether a lesson was read to its end.
    pub fn is_read(&self, course: &CourseId, lesson: &LessonId) -> bool {
        self.lessons_read(course).is_some_and(|read| read.contains(lesson))
    }

    /// The lessons of a course that were read to their ends; none where nothing is known of the course.
    pub fn lessons_read(&self, course: &CourseId) -> Option<&BTreeSet<LessonId>> {
        self.courses.get(course).map(|state| &state.read)
    }

    /// The notes of a course by day, those of one day by name. A note that was changed on
    /// two devices at once is there twice, under two names; the same words are there once. Words of a
    /// plan or an own item that others replaced without knowing of them are there as a note, too.
    pub fn notes(&self, course: &CourseId) -> Vec<Note> {
        let state = self.courses.get(course);
        let mut notes: Vec<Note> = state.into_iter().flat_map(CourseState::all_notes).collect();
        notes.sort_by(|one, other| (one.day, &one.note).cmp(&(other.day, &other.note)));
        notes
    }

    /// The notes whose names begin like this, by name.
    pub fn notes_named<'a>(
        &'a self,
        course: &'a CourseId,
        beginning: &'a str,
    ) -> impl Iterator<Item = Note> + 'a {
        let state = self.courses.get(course);
        state.into_iter().flat_map(move |state| state.notes.beginning(beginning))
    }

    /// The places that notes belong to, each with the note's name.
    pub fn places_of_notes(&self, course: &CourseId) -> impl Iterator<Item = (&str, &Place)> {
        self.courses.get(course).into_iter().flat_map(|state| state.notes.places())
    }

    /// The note of this name.
    pub fn note(&self, course: &CourseId, name: &str) -> Option<Note> {
        self.courses.get(course)?.note(name)
    }

    /// Returns whether the words of a note are here already, whatever the name.
    pub(crate) fn has_note(&self, course: &CourseId, note: &Note) -> bool {
        self.courses.get(course).is_some_and(|state| state.has_note(note))
    }

    /// Returns whether the words of a choice are shown as a note.
    pub fn has_as_note(&self, course: &CourseId, chosen: &Chosen) -> bool {
        self.courses.get(course).is_some_and(|state| state.has_as_note(chosen))
    }

    /// Returns whether an item is on the reader's own list.
    pub fn is_listed(&self, course: &CourseId, item: &ItemId) -> bool {
        self.choices(course).and_then(|choices| choices.listed.get(item)).is_some_and(|current| current.value)
    }

    /// The reading plan, the first lesson first; empty when there is none.
    pub fn route(&self, course: &CourseId) -> &[LessonId] {
        self.choices(course).and_then(|choices| choices.route.get(&())).map_or(&[], |current| &current.value)
    }

    /// The reader's own items, also those that are retired, in the order of their ids.
    pub fn own_items(&self, course: &CourseId) -> impl Iterator<Item = (&ItemId, &OwnItem)> {
        self.choices(course)
            .into_iter()
            .flat_map(|choices| choices.own.iter().map(|(id, current)| (id, &current.value)))
    }

    /// The text of an item of the course when it was last marked.
    pub fn known_item(&self, course: &CourseId, item: &ItemId) -> Option<&KnownItem> {
        self.choices(course)?.known.get(item).map(|current| &current.value)
    }

    /// The if-then plan of an item.
    pub fn if_then(&self, course: &CourseId, item: &ItemId) -> Option<&IfThen> {
        self.choices(course)?.plans.get(item).map(|current| &current.value).filter(|plan| !plan.is_empty())
    }

    /// The place that a letter stands for.
    pub fn named_place(&self, course: &CourseId, name: char) -> Option<&Place> {
        self.choices(course)?.places.get(&name)?.value.as_ref()
    }

    /// The letters that stand for a place, and the places.
    pub fn named_places(&self, course: &CourseId) -> impl Iterator<Item = (char, &Place)> {
        self.choices(course)
            .into_iter()
            .flat_map(|choices| &choices.places)
            .filter_map(|(name, current)| Some((*name, current.value.as_ref()?)))
    }

    /// The week of the course's plan that the reader is in, counted from 0.
    pub fn plan_week(&self, course: &CourseId) -> Option<u32> {
        self.choices(course)?.plan_week.get(&())?.value
    }

    /// The questions that were met: each with its lesson, and the day on which that was read.
    pub fn questions(&self, course: &CourseId) -> impl Iterator<Item = (&ExerciseId, &LessonId, Date)> {
        self.choices(course)
            .into_iter()
            .flat_map(|choices| &choices.questions)
            .map(|(exercise, Current { value: (lesson, day), .. })| (exercise, lesson, day.0))
    }

    /// Whether the answer to a question was known, by day, from the earliest.
    pub fn answers(
        &self,
        course: &CourseId,
        exercise: &ExerciseId,
    ) -> impl DoubleEndedIterator<Item = (Date, bool)> {
        self.choices(course)
            .and_then(|choices| choices.answers.get(exercise))
            .into_iter()
            .flatten()
            .filter_map(|(day, current)| Some((day.0, current.value?)))
    }

    /// Returns whether a question may be asked again: neither it nor all of them are turned off.
    pub fn is_asked(&self, course: &CourseId, exercise: &ExerciseId) -> bool {
        let Some(choices) = self.choices(course) else { return true };
        let is_on = |of: Option<ExerciseId>| choices.asking.get(&of).is_none_or(|current| current.value);
        choices.asking.is_empty() || (is_on(None) && is_on(Some(exercise.clone())))
    }

    /// What an exercise asked for when the reader last wrote something for it.
    pub fn known_prompt(&self, course: &CourseId, exercise: &ExerciseId) -> Option<&str> {
        Some(&self.choices(course)?.prompts.get(exercise)?.value)
    }

    /// What is chosen now of the same thing as in another choice, if that was ever chosen.
    pub fn current_choice(&self, course: &CourseId, chosen: &Chosen) -> Option<Chosen> {
        self.choices(course)?.current(chosen)
    }

    fn choices(&self, course: &CourseId) -> Option<&Choices> {
        self.courses.get(course).map(|state| &state.choices)
    }

    /// The courses of which anything is known.
    pub fn courses(&self) -> impl Iterator<Item = &CourseId> {
        self.courses.keys()
    }

    /// Inserts what a record says.
    pub(crate) fn insert(&mut self, operation: Operation, version: Version, source: &Provenance<'_>) {
        match operation {
            Operation::Mark { course, item, day, mark } => {
                self.insert_mark(course.as_str(), item.as_str(), DayMark { day, mark, version });
            }
            Operation::Place { course, place } => {
                let state = self.state(course);
                let current = Current { version, value: place };
                match state.places.get_mut(&current.value.lesson) {
                    Some(before) => before.update(current.clone()),
                    None => {
                        state.places.insert(current.value.lesson.clone(), current.clone());
                    }
                }
                match &mut state.last {
                    Some(before) => before.update(current),
                    none => *none = Some(current),
                }
            }
            Operation::Read { course, lesson } => {
                self.state(course).read.insert(lesson);
            }
            Operation::Note { course, note, day, place, text } => {
                let note = Note { note, day, place, text };
                self.state(course).insert_note(note, version, source.supersedes.unwrap_or_default());
            }
            Operation::Choice(Choice { course, chosen }) => {
                self.state(course).insert_choice(chosen, version, source, Arrival::New);
            }
        }
    }

    /// Inserts a mark; known names are not copied.
    pub(crate) fn insert_mark(&mut self, course: &str, item: &str, mark: DayMark) {
        match self.courses.get_mut(course) {
            Some(state) => state.marks.insert(item, mark),
            None => self.state(CourseId::new(course)).marks.insert(item, mark),
        }
    }

    /// Gives an operation that was inserted by [`Ledger::apply`], and has been written now, its
    /// real version.
    pub(crate) fn settle(&mut self, operation: Operation, version: Version, source: &Provenance<'_>) {
        self.drop_unsaved(&operation);
        self.written_here.insert(version.id);
        match &operation {
            Operation::Mark { course, item, day, mark } => {
                let written = DayMark { day: *day, mark: *mark, version };
                let state = self.courses.get_mut(course);
                if state.is_some_and(|state| state.marks.settle(item, written)) {
                    return;
                }
            }
            Operation::Place { course, place } => {
                if let Some(state) = self.courses.get_mut(course) {
                    if state.places.get(&place.lesson).is_some_and(|current| current.version.is_unsaved()) {
                        state.places.remove(&place.lesson);
                    }
                    state.last.take_if(|current| current.version.is_unsaved());
                }
            }
            Operation::Read { .. } | Operation::Note { .. } => {}
            Operation::Choice(Choice { course, chosen }) => {
                let state = self.state(course.clone());
                state.insert_choice(chosen.clone(), version, source, Arrival::Written);
                return;
            }
        }
        self.insert(operation, version, source);
    }

    /// The records that this operation supersedes when it is written now; `None` for what does
    /// not say so.
    pub(crate) fn superseded(&self, operation: &Operation) -> Option<Vec<RecordId>> {
        match operation {
            Operation::Note { course, note, .. } => {
                let ids = self.courses.get(course)?.superseded_by_note(note);
                (!ids.is_empty()).then_some(ids)
            }
            Operation::Choice(Choice { course, chosen }) => {
                let (key, _) = chosen.words()?;
                let state = self.courses.get(course);
                Some(state.map(|state| state.superseded_by_choice(&key)).unwrap_or_default())
            }
            Operation::Mark { .. } | Operation::Place { .. } | Operation::Read { .. } => None,
        }
    }

    /// The version of the present value of what this operation sets: of that mark, note or choice. `None`
    /// when it has no value.
    pub(crate) fn version(&self, operation: &Operation) -> Option<Version> {
        match operation {
            Operation::Mark { course, item, day, .. } => {
                self.courses.get(course)?.marks.find(item, *day).map(|mark| mark.version)
            }
            Operation::Note { course, note, .. } => self.courses.get(course)?.notes.version(note),
            Operation::Choice(Choice { course, chosen }) => self.choices(course)?.version(chosen),
            Operation::Place { .. } | Operation::Read { .. } => None,
        }
    }

    /// Returns whether this session set the present value of what this operation sets, or there is none.
    /// `false` once another window or device has set it.
    pub fn is_of_this_session(&self, operation: &Operation) -> bool {
        let version = self.version(operation);
        version.is_none_or(|version| version.is_unsaved() || self.written_here.contains(&version.id))
    }

    /// Returns whether somebody has saved other words meanwhile where this operation puts its own:
    /// none that it supersedes, so that both stay.
    pub(crate) fn has_other_words(&self, operation: &Operation, supersedes: &[RecordId]) -> bool {
        let words = match operation {
            Operation::Note { course, note, text, .. } => {
                let latest = self.courses.get(course).and_then(|state| state.notes.latest(note));
                latest.map(|latest| (latest.version, &latest.text, text.clone()))
            }
            Operation::Choice(Choice { course, chosen }) => chosen.words().and_then(|(key, text)| {
                let latest = self.courses.get(course)?.replaced.latest(&key)?;
                Some((latest.version, &latest.text, text))
            }),
            Operation::Mark { .. } | Operation::Place { .. } | Operation::Read { .. } => None,
        };
        words.is_some_and(|(version, there, here)| {
            !supersedes.contains(&version.id) && !there.is_empty() && *there != here
        })
    }

    fn state(&mut self, course: CourseId) -> &mut CourseState {
        self.courses.entry(course).or_default()
    }
}
