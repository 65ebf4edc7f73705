//! Letting go of what was erased, so that nothing on the screen brings it back.
//!
//! Owns what a window still holds of it: texts that are open, and what could be done again.
//! Must not touch the journal.

use crate::reader::World;
use crate::reader::deed::Deeds;
use crate::reader::state::{Overlay, State};

/// Lets go of what the journal has no more.
pub(super) fn forget(state: &mut State, world: &World) {
    // What was done holds the words from before and after it.
    state.deeds = Deeds::default();
    match &mut state.overlay {
        Overlay::Writing(writing) => writing.forget_erased(world),
        Overlay::Form(form) => form.forget_erased(world),
        // What is to be confirmed was made up before the erase.
        Overlay::Sure(_) => state.overlay = Overlay::None,
        _ => {}
    }
    state.message = Some("What was erased is gone from this window, too.".into());
}
