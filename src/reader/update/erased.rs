//! Forgetting what was erased, so that nothing on the screen brings it back.
//!
//! Owns what a window still holds of it: texts that are open or wait, and what could be undone or
//! redone. Must not touch the journal.

use crate::reader::overlay::Overlay;
use crate::reader::state::State;
use crate::reader::undo::UndoHistory;
use crate::reader::world::World;

/// Forgets what is no longer in the journal.
pub(super) fn forget(state: &mut State, world: &World) {
    // A step holds the words from before and after it.
    state.undo = UndoHistory::default();
    // What is to be confirmed was prepared before the erase.
    state.beneath.retain(|overlay| !matches!(overlay, Overlay::Confirm(_)));
    if matches!(state.overlay, Some(Overlay::Confirm(_))) {
        state.overlay = state.beneath.pop();
    }
    for overlay in state.beneath.iter_mut().chain(&mut state.overlay) {
        overlay.forget_erased(&world.course.id, world.ledger);
    }
    state.drafts.forget_erased(world);
    state.message = Some("What was erased is gone from this window too.".into());
}
