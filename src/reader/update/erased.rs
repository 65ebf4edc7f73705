//! Forgetting what was erased, so that nothing on the screen brings it back.
//!
//! Owns what a window still holds of it: texts that are open, and what could be undone or redone.
//! Must not touch the journal.

use crate::reader::overlay::Overlay;
use crate::reader::state::State;
use crate::reader::undo::UndoHistory;
use crate::reader::world::World;

/// Forgets what is no longer in the journal.
pub(super) fn forget(state: &mut State, world: &World) {
    // A step holds the words from before and after it.
    state.undo = UndoHistory::default();
    match &mut state.overlay {
        Some(Overlay::Note(editor)) => editor.forget_erased(world),
        Some(Overlay::Form(form)) => form.forget_erased(world),
        // What is to be confirmed was prepared before the erase.
        Some(Overlay::Confirm(_)) => state.overlay = None,
        _ => {}
    }
    state.message = Some("What was erased is gone from this window too.".into());
}
