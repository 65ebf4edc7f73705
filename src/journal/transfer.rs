//! Export and import: the state of a ledger as operations, and which of such operations are
//! new to another ledger.
//!
//! Owns the operations that rebuild a ledger, and the rule by which another one takes them
//! in: what is there already is never overwritten. Must not know of files.

use crate::course::CourseId;
use crate::journal::choice::{Choice, Chosen, ItemStatus};
use crate::journal::ledger::CourseState;
use crate::journal::notes::beside;
use crate::journal::{Ledger, Operation};
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
        let mut operations: Vec<Operation> = state.choices.all().filter(says_something).map(choice).collect();
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
        let mut incoming = Incoming::default();
        // What comes earlier in the list is here by the time that the later ones arrive.
        let mut ledger = self.clone();
        for operation in operations {
            let (operation, is_beside) = ledger.beside(operation);
            match ledger.compare(&operation) {
                Comparison::New => {
                    ledger.apply(&operation);
                    incoming.beside += usize::from(is_beside);
                    incoming.new.push(operation);
                }
                Comparison::Known => incoming.known += 1,
                Comparison::Differs => incoming.differing.push(operation),
            }
        }
        incoming
    }

    /// Gives a note whose name another text has here a name of its own, the same each time.
    fn beside(&self, operation: Operation) -> (Operation, bool) {
        let Operation::Note { course, note, day, place, text } = operation else { return (operation, false) };
        let here = self.note(&course, &note);
        let is_taken = here.is_some_and(|here| (here.day, &here.place, &here.text) != (day, &place, &text));
        let note = if is_taken { beside(&note, &text) } else { note };
        (Operation::Note { course, note, day, place, text }, is_taken)
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
            Operation::Note { course, note, text, .. } => {
                let is_here = self.note(course, note).is_some();
                if is_here || text.is_empty() { Comparison::Known } else { Comparison::New }
            }
            Operation::Choice(Choice { course, chosen }) => self.compare_choice(course, chosen),
        }
    }

    fn compare_choice(&self, course: &CourseId, chosen: &Chosen) -> Comparison {
        match chosen {
            Chosen::Listed { item, listed } => {
                if *listed && !self.is_listed(course, item) {
                    Comparison::New
                } else {
                    Comparison::Known
                }
            }
            Chosen::Route { lessons } => {
                let here = Some(self.route(course)).filter(|route| !route.is_empty());
                compare_values(here, Some(lessons.as_slice()).filter(|lessons| !lessons.is_empty()))
            }
            Chosen::OwnItem { item, own } => {
                let here = self.own_items(course).find(|(id, _)| *id == item).map(|(_, own)| own);
                compare_values(here, Some(own))
            }
            Chosen::ItemText { item, .. } => match self.known_item(course, item) {
                Some(_) => Comparison::Known,
                None => Comparison::New,
            },
            Chosen::IfThen { item, plan } => {
                compare_values(self.if_then(course, item), Some(plan).filter(|plan| !plan.is_empty()))
            }
            Chosen::NamedPlace { name, place } => {
                compare_values(self.named_place(course, *name), place.as_ref())
            }
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

/// Returns whether a choice is more than taking one back.
fn says_something(chosen: &Chosen) -> bool {
    match chosen {
        Chosen::Listed { listed, .. } => *listed,
        Chosen::Route { lessons } => !lessons.is_empty(),
        Chosen::IfThen { plan, .. } => !plan.is_empty(),
        Chosen::NamedPlace { place, .. } => place.is_some(),
        // One that is retired is needed for its marks.
        Chosen::OwnItem { own, .. } => matches!(own.status, ItemStatus::Active | ItemStatus::Retired),
        Chosen::ItemText { .. } => true,
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
