//! What a key means in a state: what it is bound to, unless hands that know pagers mean something else
//! by it.
//!
//! Owns the letters that scroll where nothing is done day by day. An action is the same wherever it was
//! chosen, so a key alone can mean another. Must not change the state.

use crate::reader::action::Action;
use crate::reader::bindings::resolve;
use crate::reader::keys::key::Key;
use crate::reader::motion::Motion;
use crate::reader::outcome::OverlayRequest;
use crate::reader::state::{LastDone, State};
use crate::reader::world::World;
use crossterm::event::{KeyCode, KeyEvent};

/// What a key means.
pub fn meaning(event: &KeyEvent, state: &State, world: &World) -> Option<Action> {
    let action = resolve(world.keymap, state.context(), event)?;
    let scrolls = state.overlay.is_none() && !world.practice().has_items();
    let motion = Key::from_event(event).filter(|_| scrolls).and_then(|key| pager_motion(key, &action, state));
    Some(motion.map_or(action, Action::Move))
}

/// What a letter scrolls in `less` and `vi`, as long as it has no use here: there is no evening to write
/// of, or nothing to take back.
fn pager_motion(key: Key, action: &Action, state: &State) -> Option<Motion> {
    let has_nothing_to_undo = state.last_done == LastDone::Change && state.undo.done.is_empty();
    match (key, action) {
        (
            Key { code: KeyCode::Char('d'), ctrl: false, alt: false },
            Action::Open(OverlayRequest::Evening),
        ) => Some(Motion::HalfPageDown),
        (Key { code: KeyCode::Char('u'), ctrl: false, alt: false }, Action::Undo) if has_nothing_to_undo => {
            Some(Motion::HalfPageUp)
        }
        _ => None,
    }
}
