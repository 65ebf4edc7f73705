//! The fold over all records: how things stand.
//!
//! Owns what is looked up at every frame, so no lookup allocates. Must not know of files.

use crate::course::{CourseId, ItemId, LessonId, Place};
use crate::journal::choice::{Arrival, Choice, Choices, IfThen, KnownItem, OwnItem};
use crate::journal::notes::{Note, Notes, Version};
use crate::journal::packed::{Marks, Packed};
use crate::journal::record::RecordId;
use crate::journal::stamp::Stamp;
use crate::journal::{Mark, Operation};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How things stand: a fold over records. Records may be taken in in any order and any
/// number of times; the outcome is the same.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub(crate) courses: BTreeMap<CourseId, Entries>,
    /// How many operations were taken in without having been written.
    unsaved: u64,
}

// How often something could not be written at once is no part of how things stand.
impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.courses == other.courses
    }
}

impl Eq for Ledger {}

/// How things stand in one course.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entries {
    /// The marks of each item by day. A taken back mark stays as `None`: it holds against
    /// earlier ones that arrive later.
    pub(crate) marks: Marks,
    /// The marks of long ago. All items of which there are any are in `marks` too.
    pub(crate) packed: Packed,
    pub(crate) places: BTreeMap<LessonId, Held<Place>>,
    pub(crate) last: Option<Held<Place>>,
    pub(crate) read: BTreeSet<LessonId>,
    pub(crate) notes: Notes,
    pub(crate) choices: Choices,
}

/// A value, and the record that said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held<T> {
    pub(crate) stamp: Stamp,
    pub(crate) value: T,
}

/// The mark of a day, and the record that said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayMark {
    pub(crate) day: Date,
    pub(crate) mark: Option<Mark>,
    pub(crate) stamp: Stamp,
}

impl Ledger {
    /// A ledger with these courses in it.
    pub(crate) fn of(courses: BTreeMap<CourseId, Entries>) -> Self {
        Self { courses, unsaved: 0 }
    }

    /// Takes in one thing that was done and that no journal keeps, or does not keep yet. It
    /// holds against everything that is known so far.
    pub fn apply(&mut self, operation: &Operation) {
        self.unsaved += 1;
        let stamp = Stamp::unsaved(self.unsaved);
        if let Operation::Note { course, note, .. } = operation
            && let Some(entries) = self.courses.get_mut(course)
        {
            entries.notes.drop_unsaved(note);
        }
        self.take(operation.clone(), stamp, &[]);
    }

    /// What was said of an item and a day.
    pub fn mark(&self, course: &CourseId, item: &ItemId, day: Date) -> Option<Mark> {
        let entries = self.courses.get(course)?;
        let marks = if entries.packed.holds(day) { entries.packed.marks() } else { &entries.marks };
        let days = marks.get(item)?;
        let index = days.binary_search_by_key(&day, |entry| entry.day).ok()?;
        days.get(index)?.mark
    }

    /// Every day on which something was said of an item, from the earliest.
    pub fn marks(
        &self,
        course: &CourseId,
        item: &ItemId,
    ) -> impl DoubleEndedIterator<Item = (Date, Mark)> + '_ {
        let entries = self.courses.get(course);
        let older = entries.and_then(|entries| entries.packed.marks().get(item));
        let newer = entries.and_then(|entries| entries.marks.get(item));
        let days = older.into_iter().flatten().chain(newer.into_iter().flatten());
        days.filter_map(|entry| Some((entry.day, entry.mark?)))
    }

    /// Every item of which something was ever said, whether the course still has it or not.
    pub fn items(&self, course: &CourseId) -> impl Iterator<Item = &ItemId> {
        self.courses.get(course).into_iter().flat_map(|entries| entries.marks.keys())
    }

    /// Where she left a lesson.
    pub fn place(&self, course: &CourseId, lesson: &LessonId) -> Option<&Place> {
        self.courses.get(course)?.places.get(lesson).map(|held| &held.value)
    }

    /// Where she left the course.
    pub fn last_place(&self, course: &CourseId) -> Option<&Place> {
        self.courses.get(course)?.last.as_ref().map(|held| &held.value)
    }

    /// Whether a lesson was read to its end.
    pub fn is_read(&self, course: &CourseId, lesson: &LessonId) -> bool {
        self.courses.get(course).is_some_and(|entries| entries.read.contains(lesson))
    }

    /// The notes of a course by day, those of one day by name. A note that was changed on
    /// two devices at once is there twice, under two names.
    pub fn notes(&self, course: &CourseId) -> Vec<Note> {
        let mut notes: Vec<Note> =
            self.courses.get(course).into_iter().flat_map(|entries| entries.notes.standing()).collect();
        notes.sort_by(|one, other| (one.day, &one.note).cmp(&(other.day, &other.note)));
        notes
    }

    /// The places that her notes belong to.
    pub fn places_of_notes(&self, course: &CourseId) -> impl Iterator<Item = &Place> {
        self.courses.get(course).into_iter().flat_map(|entries| entries.notes.places())
    }

    /// The note of this name.
    pub fn note(&self, course: &CourseId, name: &str) -> Option<Note> {
        self.courses.get(course)?.notes.named(name)
    }

    /// Whether an item is on her own list.
    pub fn is_listed(&self, course: &CourseId, item: &ItemId) -> bool {
        self.choices(course).and_then(|choices| choices.listed.get(item)).is_some_and(|held| held.value)
    }

    /// The order in which she means to read; empty when she took none over.
    pub fn route(&self, course: &CourseId) -> &[LessonId] {
        self.choices(course).and_then(|choices| choices.route.get(&())).map_or(&[], |held| &held.value)
    }

    /// The items of her own, those that are retired too, in the order of their names.
    pub fn own_items(&self, course: &CourseId) -> impl Iterator<Item = (&ItemId, &OwnItem)> {
        self.choices(course)
            .into_iter()
            .flat_map(|choices| choices.own.iter().map(|(id, held)| (id, &held.value)))
    }

    /// What an item of the course said when it was last marked.
    pub fn known_item(&self, course: &CourseId, item: &ItemId) -> Option<&KnownItem> {
        self.choices(course)?.known.get(item).map(|held| &held.value)
    }

    /// The if-then plan of an item.
    pub fn if_then(&self, course: &CourseId, item: &ItemId) -> Option<&IfThen> {
        self.choices(course)?.plans.get(item).map(|held| &held.value).filter(|plan| !plan.is_empty())
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
            .filter_map(|(name, held)| Some((*name, held.value.as_ref()?)))
    }

    fn choices(&self, course: &CourseId) -> Option<&Choices> {
        self.courses.get(course).map(|entries| &entries.choices)
    }

    /// The courses of which anything is known.
    pub fn courses(&self) -> impl Iterator<Item = &CourseId> {
        self.courses.keys()
    }

    /// Takes in what a record says.
    pub(crate) fn take(&mut self, operation: Operation, stamp: Stamp, over: &[RecordId]) {
        match operation {
            Operation::Mark { course, item, day, mark } => {
                self.take_mark(course.as_str(), item.as_str(), DayMark { day, mark, stamp });
            }
            Operation::Place { course, place } => {
                let entries = self.entries(course);
                let held = Held { stamp, value: place };
                match entries.places.get_mut(&held.value.lesson) {
                    Some(before) => before.take(held.clone()),
                    None => {
                        entries.places.insert(held.value.lesson.clone(), held.clone());
                    }
                }
                match &mut entries.last {
                    Some(before) => before.take(held),
                    none => *none = Some(held),
                }
            }
            Operation::Read { course, lesson } => {
                self.entries(course).read.insert(lesson);
            }
            Operation::Note { course, note, day, place, text } => {
                self.entries(course).notes.take(note, Version { stamp, day, place, text }, over);
            }
            Operation::Choice(Choice { course, chosen }) => {
                self.entries(course).choices.take(chosen, stamp, Arrival::New);
            }
        }
    }

    /// Takes in a mark; known names are not copied.
    pub(crate) fn take_mark(&mut self, course: &str, item: &str, mark: DayMark) {
        let known = self.courses.get_mut(course).and_then(|entries| {
            if entries.packed.holds(mark.day) {
                entries.unpack();
            }
            entries.marks.get_mut(item)
        });
        if let Some(days) = known {
            take_day(days, mark);
        } else {
            let days = self.entries(CourseId::new(course)).marks.entry(ItemId::new(item)).or_default();
            take_day(days, mark);
        }
    }

    /// Gives what was taken in by [`Ledger::apply`] and has been written now its real stamp.
    pub(crate) fn settle(&mut self, operation: Operation, stamp: Stamp, over: &[RecordId]) {
        match &operation {
            Operation::Mark { course, item, day, .. } => {
                // What was taken in by `apply` has been unpacked.
                let days = self.courses.get_mut(course).and_then(|entries| entries.marks.get_mut(item));
                if let Some(days) = days
                    && let Ok(index) = days.binary_search_by_key(day, |entry| entry.day)
                    && let Some(entry) = days.get_mut(index)
                    && entry.stamp.is_unsaved()
                {
                    entry.stamp = stamp;
                    if let Operation::Mark { mark, .. } = operation {
                        entry.mark = mark;
                    }
                    return;
                }
            }
            Operation::Place { course, place } => {
                if let Some(entries) = self.courses.get_mut(course) {
                    if entries.places.get(&place.lesson).is_some_and(|held| held.stamp.is_unsaved()) {
                        entries.places.remove(&place.lesson);
                    }
                    entries.last.take_if(|held| held.stamp.is_unsaved());
                }
            }
            Operation::Read { .. } => {}
            Operation::Choice(Choice { course, chosen }) => {
                self.entries(course.clone()).choices.take(chosen.clone(), stamp, Arrival::Written);
                return;
            }
            Operation::Note { course, note, .. } => {
                if let Some(entries) = self.courses.get_mut(course) {
                    entries.notes.drop_unsaved(note);
                }
            }
        }
        self.take(operation, stamp, over);
    }

    /// The records that this operation, written now, takes the place of.
    pub(crate) fn over(&self, operation: &Operation) -> Vec<RecordId> {
        match operation {
            Operation::Note { course, note, .. } => {
                self.courses.get(course).map(|entries| entries.notes.over(note)).unwrap_or_default()
            }
            Operation::Mark { .. }
            | Operation::Place { .. }
            | Operation::Read { .. }
            | Operation::Choice(_) => Vec::new(),
        }
    }

    fn entries(&mut self, course: CourseId) -> &mut Entries {
        self.courses.entry(course).or_default()
    }
}

impl Entries {
    /// Has the marks of all days at hand.
    pub(crate) fn unpack(&mut self) {
        for (item, mut days) in self.packed.take() {
            let newer = self.marks.entry(item).or_default();
            days.append(newer);
            *newer = days;
        }
    }
}

// Whether marks are packed is no part of how things stand.
impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        let whole = |entries: &Self| {
            let mut marks = entries.packed.marks().clone();
            for (item, days) in &entries.marks {
                marks.entry(item.clone()).or_default().extend(days);
            }
            marks
        };
        whole(self) == whole(other)
            && self.places == other.places
            && self.last == other.last
            && self.read == other.read
            && self.notes == other.notes
            && self.choices == other.choices
    }
}

impl Eq for Entries {}

impl<T> Held<T> {
    fn take(&mut self, other: Self) {
        if other.stamp > self.stamp {
            *self = other;
        }
    }
}

/// Takes the mark of a day into a list that is sorted by day.
fn take_day(days: &mut Vec<DayMark>, new: DayMark) {
    // Records mostly come in the order of the days.
    if days.last().is_none_or(|last| last.day < new.day) {
        days.push(new);
        return;
    }
    match days.binary_search_by_key(&new.day, |entry| entry.day) {
        Ok(index) => {
            if let Some(entry) = days.get_mut(index)
                && new.stamp > entry.stamp
            {
                *entry = new;
            }
        }
        Err(index) => days.insert(index, new),
    }
}
