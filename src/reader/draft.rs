//! A note that was not saved yet: what is put aside in case the program ends, and what is
//! offered when it starts again.

use crate::journal::Operation;
use crate::reader::overlay::Overlay;
use crate::reader::overlay::note::{self, NoteEditor};
use crate::reader::state::State;
use crate::reader::world::World;

/// What is being written now and is not saved yet.
pub fn draft(state: &State, world: &World) -> Vec<Operation> {
    match &state.overlay {
        Some(Overlay::Note(editor)) => editor.changes(&state.view(world, 1)),
        _ => Vec::new(),
    }
}

/// Opens what was being written when the program ended.
pub(super) fn offer_draft(state: &mut State, draft: Vec<Operation>, world: &World) {
    if let Some(editor) = NoteEditor::from_draft(draft, &state.view(world, 1)) {
        state.overlay = Some(Overlay::Note(editor));
        explain_draft(state, world);
    }
}

/// Says what the draft that is open is, and which key saves it.
fn explain_draft(state: &mut State, world: &World) {
    if matches!(state.overlay, Some(Overlay::Note(_))) {
        let key = world.key(note::CONTEXT, "keep");
        state.message = Some(format!("You were writing this when the program ended. {key} saves it."));
    }
}
