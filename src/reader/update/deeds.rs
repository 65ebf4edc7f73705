//! Doing, taking back, doing again.

use crate::journal::Operation;
use crate::reader::bindings::Context;
use crate::reader::deed::Deed;
use crate::reader::state::{Overlay, State};
use crate::reader::{Action, Effect, World};

/// Does something that can be taken back.
pub(super) fn perform(
    state: &mut State,
    words: String,
    operations: Vec<Operation>,
    world: &World,
) -> Vec<Effect> {
    let deed = Deed::new(words, operations, world);
    let effects = records(&deed.after);
    state.deeds.push(deed);
    effects
}

/// Takes the last thing back.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    let Some(deed) = state.deeds.undo() else {
        state.message = Some("There is nothing to undo in this sitting.".into());
        return Vec::new();
    };
    state.message = Some(format!("Undone: {}", deed.words));
    records(&deed.before)
}

/// Does the last thing that was taken back again.
pub(super) fn redo(state: &mut State) -> Vec<Effect> {
    let Some(deed) = state.deeds.redo() else {
        state.message = Some("There is nothing to do again.".into());
        return Vec::new();
    };
    state.message = Some(format!("Done again: {}", deed.words));
    records(&deed.after)
}

/// Does what she was asked about.
pub(super) fn yes(state: &mut State, world: &World) -> Vec<Effect> {
    let Overlay::Sure(sure) = std::mem::replace(&mut state.overlay, Overlay::None) else {
        return Vec::new();
    };
    state.message = Some(format!("Done: {}. {} takes it back.", sure.words, undo_key(world)));
    perform(state, sure.words, sure.operations, world)
}

/// The key that takes the last thing back.
pub(super) fn undo_key<'a>(world: &World<'a>) -> &'a str {
    world.key(Context::Panes, &Action::Undo)
}

fn records(operations: &[Operation]) -> Vec<Effect> {
    operations.iter().cloned().map(Effect::Record).collect()
}
