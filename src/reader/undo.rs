//! What was done in this session, so that it can be undone and redone.
//!
//! Owns the list of steps and what takes an operation back: another operation with the
//! value from before. Must not reach the journal, which only ever grows.

use crate::journal::{Choice, Operation};
use crate::reader::world::World;
use std::sync::Arc;

/// What is said where another window or device has changed the same thing.
pub const CHANGED_SINCE: &str = "It was changed elsewhere since, so it stays as it is now.";

/// The most steps that can be undone.
const MOST: usize = 1_000;

/// One step; may be several operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoStep {
    /// What it was, such as "kept, Sun 22 Nov: I did not shout".
    pub label: String,
    /// What takes it back, in order.
    pub before: Vec<Operation>,
    /// What does it, in order.
    pub after: Vec<Operation>,
}

/// The steps of this session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UndoHistory {
    /// Those that can be undone, the last at the end. Shared, because the state is copied whenever an
    /// action may have to be taken back.
    pub done: Vec<Arc<UndoStep>>,
    /// Those that were undone, the last at the end.
    pub undone: Vec<Arc<UndoStep>>,
}

/// What comes of undoing or redoing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoOutcome {
    /// This step.
    Step(Arc<UndoStep>),
    /// Nothing, because what it would take back was changed elsewhere since.
    ChangedSince,
    /// Nothing, because there is no step.
    Nothing,
}

impl UndoStep {
    /// A step that is about to be done, in the world as it is now.
    pub fn new(label: String, operations: Vec<Operation>, world: &World) -> Self {
        let before = operations.iter().rev().filter_map(|operation| reverse(operation, world)).collect();
        Self { label, before, after: operations }
    }
}

/// Returns whether what these operations wrote is still as they left it. What was written elsewhere
/// since is not taken back with it, not even where it says the same.
fn is_as_left(operations: &[Operation], world: &World) -> bool {
    let ledger = world.ledger;
    operations.iter().map(|operation| operation.clone().cleaned()).all(|operation| {
        let is_there = match &operation {
            Operation::Mark { course, item, day, mark } => ledger.mark(course, item, *day) == *mark,
            Operation::Note { course, note, text, .. } => {
                ledger.note(course, note).map(|now| now.text).unwrap_or_default() == *text
            }
            // A copy of what the course says is not taken back.
            Operation::Choice(Choice { chosen, .. }) if chosen.reverse(None).is_none() => return true,
            Operation::Choice(Choice { course, chosen }) => {
                ledger.current_choice(course, chosen).is_none_or(|now| now == *chosen)
            }
            Operation::Place { .. } | Operation::Read { .. } => return true,
        };
        is_there && ledger.is_of_this_session(&operation)
    })
}

impl UndoHistory {
    /// Adds a new step; what was undone before it cannot be redone.
    pub fn push(&mut self, step: UndoStep) {
        self.undone.clear();
        if self.done.len() == MOST {
            self.done.remove(0);
        }
        self.done.push(Arc::new(step));
    }

    /// Undoes the last step. One that cannot be undone any more is dropped, or it would stand before
    /// all older ones.
    pub fn undo(&mut self, world: &World) -> UndoOutcome {
        let Some(step) = self.done.pop() else { return UndoOutcome::Nothing };
        if !is_as_left(&step.after, world) {
            return UndoOutcome::ChangedSince;
        }
        self.undone.push(Arc::clone(&step));
        UndoOutcome::Step(step)
    }

    /// Redoes the last step that was undone; as [`UndoHistory::undo`].
    pub fn redo(&mut self, world: &World) -> UndoOutcome {
        let Some(step) = self.undone.pop() else { return UndoOutcome::Nothing };
        if !is_as_left(&step.before, world) {
            return UndoOutcome::ChangedSince;
        }
        self.done.push(Arc::clone(&step));
        UndoOutcome::Step(step)
    }
}

/// The operation that takes another one back; none for those that nobody would take back.
fn reverse(operation: &Operation, world: &World) -> Option<Operation> {
    Some(match operation {
        Operation::Mark { course, item, day, .. } => Operation::Mark {
            course: course.clone(),
            item: item.clone(),
            day: *day,
            mark: world.ledger.mark(course, item, *day),
        },
        Operation::Note { course, note, day, place, .. } => {
            let old = world.ledger.note(course, note);
            let (day, place, text) =
                old.map_or((*day, place.clone(), String::new()), |old| (old.day, old.place, old.text));
            Operation::Note { course: course.clone(), note: note.clone(), day, place, text }
        }
        Operation::Choice(Choice { course, chosen }) => {
            let before = world.ledger.current_choice(course, chosen);
            Operation::Choice(Choice { course: course.clone(), chosen: chosen.reverse(before)? })
        }
        Operation::Place { .. } | Operation::Read { .. } => return None,
    })
}
