//! Export and import: the state of a ledger as operations, and which of such operations are
//! new to another ledger.
//!
//! Owns the operations that rebuild a ledger, and the rule by which another one takes them
//! in: what is there already is never overwritten. Must not know of files.

use crate::course::CourseId;
use crate::journal::choice::{Choice, Chosen};
use crate::journal::course_state::CourseState;
use crate::journal::note_names::beside;
use crate::journal::{Ledger, Note, Operation};
use jiff::civil::Date;

/// A range of days, open where it has no first or last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Days {
    /// Returns whether a day is one of them.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Operations from elsewhere, sorted by what they would change here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incoming {
    /// Those that are new, to be saved.
    pub new: Vec<Operation>,
    /// The number of those that are here already.
    pub known: usize,
    /// The number of new ones that are notes whose name another note has here.
    pub beside: usize,
    /// Those that contradict what is here, which stays.
    pub differing: Vec<Operation>,
    /// The number of those whose words are kept as a note.
    pub as_notes: usize,
}

/// The difference that an operation would make here.
enum Comparison {
    New,
    Known,
    Differs,
}

impl Ledger {
    /// The state of a course as the operations that rebuild it: those about one of these days,
    /// and all that are about no day.
    pub fn current_operations(&self, course: &CourseId, days: &Days) -> Vec<Operation> {
        let Some(state) = self.courses.get(course) else { return Vec::new() };
        let choice = |chosen| Operation::Choice(Choice { course: course.clone(), chosen });
        let mut operations: Vec<Operation> =
            state.choices.all().filter(|chosen| !chosen.is_empty()).map(choice).collect();
        let mut marks: Vec<Operation> = self
            .items(course)
            .flat_map(|item| self.marks(course, item).map(move |(day, mark)| (item, day, mark)))
            .filter(|(_, day, _)| days.contains(*day))
            .map(|(item, day, mark)| Operation::Mark {
                course: course.clone(),
                item: item.clone(),
                day,
                mark: Some(mark),
            })
            .collect();
        marks.sort_by_key(Operation::day);
        operations.extend(marks);
        operations.extend(self.notes(course).into_iter().filter(|note| days.contains(note.day)).map(
            |note| Operation::Note {
                course: course.clone(),
                note: note.note,
                day: note.day,
                place: note.place,
                text: note.text,
            },
        ));
        operations.extend(
            state
                .read
                .iter()
                .map(|lesson| Operation::Read { course: course.clone(), lesson: lesson.clone() }),
        );
        operations.extend(places(course, state));
        operations
    }

    /// Sorts operations by what they would change here. Taken in twice, they change nothing
    /// more.
    pub fn incoming(&self, operations: Vec<Operation>) -> Incoming {
        self.clone().take_in(operations)
    }

    /// Sorts the operations of an export by what they would change here. The words of a plan or an own
    /// item that differ from those that are here become notes of this day, as they do in a merge.
    pub fn incoming_with_words(&self, operations: Vec<Operation>, today: Date) -> Incoming {
        let mut ledger = self.clone();
        let mut incoming = ledger.take_in(operations);
        let words: Vec<Operation> =
            incoming.differing.iter().filter_map(|operation| self.replaced_words(operation, today)).collect();
        incoming.as_notes = words.len();
        incoming.new.extend(ledger.take_in(words).new);
        incoming
    }

    /// Sorts operations, and applies what is new: it is here by the time that the later ones arrive.
    fn take_in(&mut self, operations: Vec<Operation>) -> Incoming {
        let mut incoming = Incoming::default();
        for operation in operations {
            let (operation, is_beside) = self.beside(operation);
            match self.compare(&operation) {
                Comparison::New => {
                    self.apply(&operation);
                    incoming.beside += usize::from(is_beside);
                    incoming.new.push(operation);
                }
                Comparison::Known => incoming.known += 1,
                Comparison::Differs => incoming.differing.push(operation),
            }
        }
        incoming
    }

    /// The words of a choice as a note, where they differ from those that are here.
    fn replaced_words(&self, operation: &Operation, today: Date) -> Option<Operation> {
        let Operation::Choice(Choice { course, chosen }) = operation else { return None };
        let (key, text) = chosen.words()?;
        let here = self.current_choice(course, chosen).and_then(|here| here.words());
        let is_other = !text.is_empty() && here.is_none_or(|(_, here)| here != text);
        let note = beside(&key.note(), &text);
        is_other.then(|| Operation::Note { course: course.clone(), note, day: today, place: None, text })
    }

    /// Gives a note whose name another text has here a name of its own, the same each time.
    fn beside(&self, operation: Operation) -> (Operation, bool) {
        let Operation::Note { course, note, day, place, text } = operation else { return (operation, false) };
        let is_taken = self.note(&course, &note).is_some();
        let new = Note { note, day, place, text };
        let is_beside = is_taken && !self.has_note(&course, &new);
        let Note { note, day, place, text } = new;
        let note = if is_beside { beside(&note, &text) } else { note };
        (Operation::Note { course, note, day, place, text }, is_beside)
    }

    fn compare(&self, operation: &Operation) -> Comparison {
        match operation {
            Operation::Mark { course, item, day, mark } => {
                compare_values(self.mark(course, item, *day).as_ref(), mark.as_ref())
            }
            Operation::Place { course, place } => match self.place(course, &place.lesson) {
                // An import does not move the reader.
                Some(_) => Comparison::Known,
                None => Comparison::New,
            },
            Operation::Read { course, lesson } => {
                if self.is_read(course, lesson) {
                    Comparison::Known
                } else {
                    Comparison::New
                }
            }
            Operation::Note { course, note, day, place, text } => {
                let (note, place, text) = (note.clone(), place.clone(), text.clone());
                let is_here = text.is_empty() || self.note(course, &note).is_some();
                let is_known = is_here || self.has_note(course, &Note { note, day: *day, place, text });
                if is_known { Comparison::Known } else { Comparison::New }
            }
            Operation::Choice(Choice { course, chosen }) => self.compare_choice(course, chosen),
        }
    }

    fn compare_choice(&self, course: &CourseId, chosen: &Chosen) -> Comparison {
        let here = self.current_choice(course, chosen).filter(|here| !here.is_empty());
        match (&here, chosen) {
            // Only a copy of what the course said once: any will do.
            (Some(_), Chosen::ItemText { .. }) => Comparison::Known,
            _ => compare_values(here.as_ref(), Some(chosen).filter(|chosen| !chosen.is_empty())),
        }
    }
}

/// Compares two values: what is here wins; what is empty is nothing new.
fn compare_values<T: PartialEq + ?Sized>(here: Option<&T>, there: Option<&T>) -> Comparison {
    match (here, there) {
        (_, None) => Comparison::Known,
        (None, Some(_)) => Comparison::New,
        (Some(here), Some(there)) if here == there => Comparison::Known,
        (Some(_), Some(_)) => Comparison::Differs,
    }
}

/// The place where each lesson was left; the place where the course was left comes last.
fn places(course: &CourseId, state: &CourseState) -> Vec<Operation> {
    let last = state.last.as_ref().map(|current| &current.value);
    let others = state.places.values().map(|current| &current.value).filter(|place| Some(*place) != last);
    let place =
        |place: &crate::course::Place| Operation::Place { course: course.clone(), place: place.clone() };
    others.chain(last).map(place).collect()
}
