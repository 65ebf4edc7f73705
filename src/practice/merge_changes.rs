//! What a merge changed here, and what stood against it, in words.
//!
//! Owns how a record is told to somebody who decides by hand. The command and the screen say it in
//! forms of their own.

use crate::course::{Course, CourseId};
use crate::journal::{Choice, Chosen, Days, Ledger, Operation};
use crate::practice::Practice;
use crate::practice::export::choice_in_a_sentence;
use serde::Serialize;
use std::collections::BTreeMap;

/// The built-in courses, each of them read when it is first asked for and once alone: a merge names
/// thousands of records.
#[derive(Debug, Default)]
pub struct BuiltInCourses(BTreeMap<CourseId, Option<Course>>);

/// What a merge changed, each record in a line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MergeChanges {
    /// What is here now and was not.
    pub added: Vec<String>,
    /// What is another here now than it was.
    pub changed: Vec<String>,
    /// What was here and is not any more.
    pub removed: Vec<String>,
    /// What is another there than here, and lost because it is older.
    pub against: Vec<String>,
}

impl MergeChanges {
    /// The changes that led from one state of this journal to another when that journal `there` was
    /// merged.
    pub fn between(before: &Ledger, after: &Ledger, there: &Ledger) -> Self {
        let mut courses = BuiltInCourses::default();
        let came = before.incoming(all(after));
        let changed = came.differing.iter().filter(|operation| is_hers(operation));
        let changed = changed.map(|now| change(now, before, after, &mut courses)).collect();
        let mut words = |operations: &[Operation], ledger: &Ledger| {
            let hers = operations.iter().filter(|operation| is_hers(operation));
            hers.map(|operation| operation_in_words(operation, ledger, &mut courses)).collect()
        };
        Self {
            added: words(&came.new, after),
            changed,
            removed: words(&after.incoming(all(before)).new, before),
            against: words(&after.incoming(all(there)).differing, there),
        }
    }

    /// The kinds of change that there are, each under its title.
    pub fn titled(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let kinds = [
            ("Added:", self.added.as_slice()),
            ("Changed:", &self.changed),
            ("No longer here:", &self.removed),
            ("Not taken, because what is here was written later:", &self.against),
        ];
        kinds.into_iter().filter(|(_, lines)| !lines.is_empty())
    }
}

impl BuiltInCourses {
    /// The course with this id, if it is built in.
    fn get(&mut self, id: &CourseId) -> Option<&Course> {
        self.0.entry(id.clone()).or_insert_with(|| Course::built_in(id.as_str()).ok()).as_ref()
    }
}

/// Describes an operation, for somebody who wants to decide by hand.
pub fn operation_in_words(operation: &Operation, ledger: &Ledger, courses: &mut BuiltInCourses) -> String {
    match operation {
        Operation::Mark { course, item, day, mark } => {
            let practice = Practice::of_journal(course, courses.get(course), ledger);
            let item = practice.named(item);
            format!("{day}: {}: {}", item.mark_word(*mark), item.text)
        }
        Operation::Choice(Choice { course, chosen }) => {
            choice_in_a_sentence(chosen, &Practice::of_journal(course, courses.get(course), ledger))
        }
        Operation::Note { day, .. } => format!("{day}: a note"),
        Operation::Place { place, .. } => format!("a place in {}", place.lesson),
        Operation::Read { lesson, .. } => format!("{lesson} was read"),
    }
}

/// Everything that a ledger holds, course by course.
fn all(ledger: &Ledger) -> Vec<Operation> {
    ledger.courses().flat_map(|course| ledger.current_operations(course, &Days::default())).collect()
}

/// Returns whether something is the reader's own doing: where she was in a text, which questions a
/// lesson had, and a copy of what the course says, are not.
fn is_hers(operation: &Operation) -> bool {
    match operation {
        Operation::Choice(Choice { chosen, .. }) => match chosen {
            Chosen::ItemText { .. } | Chosen::ExerciseText { .. } | Chosen::Question { .. } => false,
            Chosen::Listed { .. }
            | Chosen::Route { .. }
            | Chosen::OwnItem { .. }
            | Chosen::IfThen { .. }
            | Chosen::NamedPlace { .. }
            | Chosen::PlanWeek { .. }
            | Chosen::Answered { .. }
            | Chosen::Asking { .. } => true,
        },
        Operation::Place { .. } => false,
        Operation::Mark { .. } | Operation::Note { .. } | Operation::Read { .. } => true,
    }
}

/// What is another now than it was: `2026-11-20: kept: I did not beg (was slipped)`.
fn change(now: &Operation, before: &Ledger, after: &Ledger, courses: &mut BuiltInCourses) -> String {
    let words = operation_in_words(now, after, courses);
    match now {
        Operation::Mark { course, item, day, .. } => {
            let practice = Practice::of_journal(course, courses.get(course), after);
            format!("{words} (was {})", practice.named(item).mark_word(before.mark(course, item, *day)))
        }
        _ => words,
    }
}
