//! What a merge changed here, and what stood against it, in words.
//!
//! Owns how a record is told to somebody who decides by hand. The command and the screen say it in
//! forms of their own.

use crate::course::{Course, CourseId};
use crate::journal::{Choice, Chosen, Days, Ledger, Operation};
use crate::practice::export::choice_in_a_sentence;
use crate::practice::{Practice, mark_word};
use serde::Serialize;

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
        let words = |operations: &[Operation], ledger: &Ledger| {
            let hers = operations.iter().filter(|operation| is_hers(operation));
            hers.map(|operation| operation_in_words(operation, ledger)).collect()
        };
        let came = before.incoming(all(after));
        let changed = came.differing.iter().filter(|operation| is_hers(operation));
        Self {
            added: words(&came.new, after),
            changed: changed.map(|now| change(now, before, after)).collect(),
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

/// Describes an operation, for somebody who wants to decide by hand.
pub fn operation_in_words(operation: &Operation, ledger: &Ledger) -> String {
    let of = |course| (course, Course::built_in(CourseId::as_str(course)).ok());
    match operation {
        Operation::Mark { course, item, day, mark } => {
            let (id, course) = of(course);
            let item = Practice::of_journal(id, course.as_ref(), ledger).named(item).text.to_owned();
            format!("{day}: {}: {item}", mark_word(*mark))
        }
        Operation::Choice(Choice { course, chosen }) => {
            let (id, course) = of(course);
            choice_in_a_sentence(chosen, &Practice::of_journal(id, course.as_ref(), ledger))
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

/// Returns whether something is the reader's own doing: where she was in a text, and a copy of
/// what the course says, are not.
fn is_hers(operation: &Operation) -> bool {
    match operation {
        Operation::Choice(Choice { chosen: Chosen::ItemText { .. }, .. }) | Operation::Place { .. } => false,
        Operation::Mark { .. } | Operation::Note { .. } | Operation::Read { .. } | Operation::Choice(_) => {
            true
        }
    }
}

/// What is another now than it was: `2026-11-20: kept: I did not beg (was slipped)`.
fn change(now: &Operation, before: &Ledger, after: &Ledger) -> String {
    let words = operation_in_words(now, after);
    match now {
        Operation::Mark { course, item, day, .. } => {
            format!("{words} (was {})", mark_word(before.mark(course, item, *day)))
        }
        _ => words,
    }
}
