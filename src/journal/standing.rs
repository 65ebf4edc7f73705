//! How things stand, said again as operations; and what of such operations is new here.
//!
//! Owns the two halves of taking a journal along: everything that stands in a ledger as the
//! operations that rebuild it, and the rule by which they are taken into another ledger.
//! What is here already is never overwritten. Must not know of files.

use crate::course::CourseId;
use crate::journal::choice::{Choice, Chosen, Standing};
use crate::journal::ledger::Entries;
use crate::journal::{Ledger, Operation};
use jiff::civil::Date;

/// What parts a note's name from the print of its text, when it comes to stand beside
/// another of that name.
const BESIDE: char = '+';

/// A run of days; without an end it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Days {
    /// Whether a day is one of them.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// What operations from elsewhere come to here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arriving {
    /// Those that say something new, to be kept.
    pub new: Vec<Operation>,
    /// How many say what is here already.
    pub known: usize,
    /// How many of the new ones are notes that stand beside another of the same name.
    pub beside: usize,
    /// Those that say something else than what is here, which stays.
    pub differing: Vec<Operation>,
}

/// How an operation stands to what is here.
enum Stance {
    New,
    Known,
    Differs,
}

impl Ledger {
    /// Everything that stands in a course, as operations that rebuild it: what is about a day,
    /// if it is one of these; and all that is about no day.
    pub fn standing(&self, course: &CourseId, days: &Days) -> Vec<Operation> {
        let Some(entries) = self.courses.get(course) else { return Vec::new() };
        let choice = |chosen| Operation::Choice(Choice { course: course.clone(), chosen });
        let mut operations: Vec<Operation> = entries
            .choices
            .all()
            .into_iter()
            .map(|(_, chosen)| chosen)
            .filter(says_something)
            .map(choice)
            .collect();
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
            entries
                .read
                .iter()
                .map(|lesson| Operation::Read { course: course.clone(), lesson: lesson.clone() }),
        );
        operations.extend(places(course, entries));
        operations
    }

    /// What these operations come to here. Taken in twice, they change nothing more.
    pub fn arriving(&self, operations: Vec<Operation>) -> Arriving {
        let mut arriving = Arriving::default();
        // What comes earlier in the list is here by the time that the later ones arrive.
        let mut ledger = self.clone();
        for operation in operations {
            let (operation, is_beside) = ledger.beside(operation);
            match ledger.stance(&operation) {
                Stance::New => {
                    ledger.apply(&operation);
                    arriving.beside += usize::from(is_beside);
                    arriving.new.push(operation);
                }
                Stance::Known => arriving.known += 1,
                Stance::Differs => arriving.differing.push(operation),
            }
        }
        arriving
    }

    /// A note whose name is taken here by another text gets a name of its own, which is the
    /// same each time.
    fn beside(&self, operation: Operation) -> (Operation, bool) {
        let Operation::Note { course, note, day, place, text } = operation else { return (operation, false) };
        let here = self.note(&course, &note);
        let is_taken = here.is_some_and(|here| (here.day, &here.place, &here.text) != (day, &place, &text));
        let note =
            if is_taken { format!("{note}{BESIDE}{:08x}", crc32fast::hash(text.as_bytes())) } else { note };
        (Operation::Note { course, note, day, place, text }, is_taken)
    }

    fn stance(&self, operation: &Operation) -> Stance {
        match operation {
            Operation::Mark { course, item, day, mark } => {
                compare(self.mark(course, item, *day).as_ref(), mark.as_ref())
            }
            Operation::Place { course, place } => match self.place(course, &place.lesson) {
                // Where she reads now is no matter of an import.
                Some(_) => Stance::Known,
                None => Stance::New,
            },
            Operation::Read { course, lesson } => {
                if self.is_read(course, lesson) {
                    Stance::Known
                } else {
                    Stance::New
                }
            }
            Operation::Note { course, note, text, .. } => {
                let is_here = self.note(course, note).is_some();
                if is_here || text.is_empty() { Stance::Known } else { Stance::New }
            }
            Operation::Choice(Choice { course, chosen }) => self.stance_of_choice(course, chosen),
        }
    }

    fn stance_of_choice(&self, course: &CourseId, chosen: &Chosen) -> Stance {
        match chosen {
            Chosen::Listed { item, listed } => {
                if *listed && !self.is_listed(course, item) {
                    Stance::New
                } else {
                    Stance::Known
                }
            }
            Chosen::Route { lessons } => {
                let here = Some(self.route(course)).filter(|route| !route.is_empty());
                compare(here, Some(lessons.as_slice()).filter(|lessons| !lessons.is_empty()))
            }
            Chosen::OwnItem { item, own } => {
                let here = self.own_items(course).find(|(id, _)| *id == item).map(|(_, own)| own);
                compare(here, Some(own))
            }
            Chosen::ItemText { item, .. } => match self.known_item(course, item) {
                Some(_) => Stance::Known,
                None => Stance::New,
            },
            Chosen::IfThen { item, plan } => {
                compare(self.if_then(course, item), Some(plan).filter(|plan| !plan.is_empty()))
            }
            Chosen::NamedPlace { name, place } => compare(self.named_place(course, *name), place.as_ref()),
        }
    }
}

/// What is here holds; what says nothing is nothing new.
fn compare<T: PartialEq + ?Sized>(here: Option<&T>, there: Option<&T>) -> Stance {
    match (here, there) {
        (_, None) => Stance::Known,
        (None, Some(_)) => Stance::New,
        (Some(here), Some(there)) if here == there => Stance::Known,
        (Some(_), Some(_)) => Stance::Differs,
    }
}

/// Whether a choice is more than the taking back of one.
fn says_something(chosen: &Chosen) -> bool {
    match chosen {
        Chosen::Listed { listed, .. } => *listed,
        Chosen::Route { lessons } => !lessons.is_empty(),
        Chosen::IfThen { plan, .. } => !plan.is_empty(),
        Chosen::NamedPlace { place, .. } => place.is_some(),
        // One that is retired is needed for its marks.
        Chosen::OwnItem { own, .. } => matches!(own.standing, Standing::Active | Standing::Retired),
        Chosen::ItemText { .. } => true,
    }
}

/// Where she left each lesson; where she left the course comes last.
fn places(course: &CourseId, entries: &Entries) -> Vec<Operation> {
    let last = entries.last.as_ref().map(|held| &held.value);
    let others = entries.places.values().map(|held| &held.value).filter(|place| Some(*place) != last);
    let place =
        |place: &crate::course::Place| Operation::Place { course: course.clone(), place: place.clone() };
    others.chain(last).map(place).collect()
}
