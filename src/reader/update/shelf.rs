//! Actions on the shelf.

use crate::reader::action::{Motion, ShelfAction};
use crate::reader::shelf::OpenShelf;
use crate::reader::state::{Overlay, State};
use crate::reader::update::{moved, reading, side_height};
use crate::reader::{Effect, World};

/// Opens the shelf, or does something with the selected entry.
pub(super) fn act(state: &mut State, action: ShelfAction, world: &World) -> Vec<Effect> {
    match action {
        ShelfAction::Open => vec![Effect::LookAtShelf],
        ShelfAction::Choose => choose(state, world),
        ShelfAction::LeaveOff => leave_off(state),
    }
}

/// Moves the selection.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize) {
    let page = side_height(state) / 2;
    if let Overlay::Shelf(shelf) = &mut state.overlay {
        shelf.selected = moved(shelf.selected, shelf.entries.len(), motion, count, page);
    }
}

fn choose(state: &mut State, world: &World) -> Vec<Effect> {
    let Overlay::Shelf(shelf) = &state.overlay else { return Vec::new() };
    let Some(entry) = shelf.entry() else { return Vec::new() };
    let (origin, is_open) = (entry.origin.clone(), entry.course == world.course.id);
    state.overlay = Overlay::None;
    if is_open {
        state.message = Some("That is what you are reading.".into());
        return Vec::new();
    }
    reading::parting(state, world).into_iter().chain([Effect::Open(origin)]).collect()
}

fn leave_off(state: &mut State) -> Vec<Effect> {
    let Overlay::Shelf(shelf) = &mut state.overlay else { return Vec::new() };
    let OpenShelf { entries, selected } = &mut **shelf;
    let Some(entry) = entries.get_mut(*selected) else { return Vec::new() };
    if entry.day.is_none() {
        state.message = Some("The built-in courses stay.".into());
        return Vec::new();
    }
    let course = entry.course.clone();
    state.message = Some(format!("Off the shelf: {}. What you kept of it stays.", entry.title));
    if entry.origin.path().is_some() {
        entries.remove(*selected);
        *selected = (*selected).min(entries.len().saturating_sub(1));
    } else {
        entry.day = None;
    }
    vec![Effect::LeaveOff(course)]
}
