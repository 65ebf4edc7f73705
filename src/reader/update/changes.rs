//! Changes of the journal, and taking them back.
//!
//! Owns the steps that can be undone and redone, and which of them may not be, because somebody else
//! wrote since. Must not write: it returns what is to be recorded.

use crate::journal::Operation;
use crate::reader::effect::Effect;
use crate::reader::outcome::{JournalChange, Selection};
use crate::reader::state::{LastDone, State};
use crate::reader::undo::{CHANGED_SINCE, UndoOutcome, UndoStep};
use crate::reader::update::overlays;
use crate::reader::world::World;

/// Makes a change that can be undone, and closes the overlay that it came from: one step back.
pub(super) fn perform(state: &mut State, change: JournalChange, world: &World) -> Vec<Effect> {
    overlays::finish(state);
    perform_here(state, change, world)
}

/// Makes a change that can be undone. What is open stays open.
pub(super) fn perform_here(state: &mut State, change: JournalChange, world: &World) -> Vec<Effect> {
    state.message = change.message;
    state.last_done = LastDone::Change;
    let step = UndoStep::new(change.label, change.operations, world);
    let effects = records(&step.after);
    state.undo.push(step);
    match change.selection {
        Selection::Unchanged => {}
        Selection::NewItem(item) => state.checklist.select_new(item),
        Selection::OnMyList(item) => state.checklist.select_on_my_list(item),
    }
    effects
}

/// Takes the last change back; what was left and is not saved comes back.
pub(super) fn undo(state: &mut State, world: &World) -> Vec<Effect> {
    if state.last_done == LastDone::Draft {
        overlays::resume_draft(state, world);
        return Vec::new();
    }
    let (message, effects) = match state.undo.undo(world) {
        UndoOutcome::Step(step) => (format!("Undone: {}", step.label), records(&step.before)),
        UndoOutcome::ChangedSince => (CHANGED_SINCE.into(), Vec::new()),
        UndoOutcome::Nothing => ("There is nothing to undo in this session.".into(), Vec::new()),
    };
    state.message = Some(message);
    effects
}

/// Makes the last change that was taken back again.
pub(super) fn redo(state: &mut State, world: &World) -> Vec<Effect> {
    let (message, effects) = match state.undo.redo(world) {
        UndoOutcome::Step(step) => (format!("Redone: {}", step.label), records(&step.after)),
        UndoOutcome::ChangedSince => (CHANGED_SINCE.into(), Vec::new()),
        UndoOutcome::Nothing => ("There is nothing to redo.".into(), Vec::new()),
    };
    state.message = Some(message);
    effects
}

fn records(operations: &[Operation]) -> Vec<Effect> {
    operations.iter().cloned().map(Effect::Record).collect()
}
