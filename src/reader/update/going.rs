//! Going somewhere else: over everything that is open, to a place of the text, an item, a pane, or out.
//!
//! Owns what is closed on the way. What the way leaves in the history and the journal is
//! `navigate.rs`' own. Must not know which key led there.

use crate::course::{ItemId, TOUR};
use crate::library::LibraryOrigin;
use crate::reader::action::Go;
use crate::reader::effect::Effect;
use crate::reader::navigate;
use crate::reader::outcome::Jump;
use crate::reader::pane::Pane;
use crate::reader::state::State;
use crate::reader::update::{overlays, search};
use crate::reader::visible;
use crate::reader::world::World;
use jiff::civil::Date;

/// Closes all overlays and goes to a place. The one that led there has done its work.
pub(super) fn close_and_go(state: &mut State, destination: Jump, world: &World) -> Vec<Effect> {
    if destination == Jump::ReadFirst {
        return read_first(state, world);
    }
    overlays::finish(state);
    overlays::leave_all(state, world);
    state.focus_on(Pane::Reading);
    navigate::go(state, destination, world)
}

/// Opens the page to read before any other, over everything else.
fn read_first(state: &mut State, world: &World) -> Vec<Effect> {
    if world.course.stop_first.is_some() {
        overlays::leave_all(state, world);
    }
    navigate::read_first(state, world)
}

/// Opens the lesson for a hard minute, over everything else.
fn first_aid(state: &mut State, world: &World) -> Vec<Effect> {
    if world.course.first_aid.is_some() {
        overlays::leave_all(state, world);
    }
    navigate::first_aid(state, world)
}

/// Closes all overlays and selects an item in the checklist, on this day.
pub(super) fn show_item(state: &mut State, item: Option<ItemId>, day: Option<Date>, world: &World) {
    overlays::leave_all(state, world);
    state.day = day.unwrap_or(state.day);
    let view = state.view(world, 1);
    if let Some(item) = item {
        state.checklist.reveal(item, &view);
    }
    state.focus_on(Pane::Checklist);
}

/// Selects the item that the passage in sight teaches.
pub(super) fn show_item_taught_here(state: &mut State, world: &World) {
    match visible::item(&state.view(world, 1), state.checklist.selected.as_ref()) {
        Some(item) => show_item(state, Some(item.id.clone()), None, world),
        None => state.message = Some("No item is taught in this passage.".into()),
    }
}

/// Straight to the checklist, and from there back to the pane before.
pub(super) fn to_checklist(state: &mut State, world: &World) -> Vec<Effect> {
    if state.overlay.is_none() && state.focus == Pane::Checklist {
        return focus(state, state.before_checklist);
    }
    overlays::leave_all(state, world);
    if state.focus != Pane::Checklist {
        state.before_checklist = state.focus;
    }
    focus(state, Pane::Checklist)
}

/// What must be recorded before the program ends, sleeps or hides.
pub(super) fn leave(state: &State, world: &World, effect: Effect) -> Vec<Effect> {
    navigate::record_place(state, world).into_iter().chain([effect]).collect()
}

/// Goes where an action leads that is the same in every pane, so often.
pub(super) fn go_somewhere(state: &mut State, go: Go, count: usize, world: &World) -> Vec<Effect> {
    match go {
        Go::NextToRead => {
            // The plan by weeks may lie over the self-check.
            overlays::leave_all(state, world);
            navigate::open_next_to_read(state, world)
        }
        Go::FirstAid => first_aid(state, world),
        Go::ReadFirst => read_first(state, world),
        Go::Tour => open_tour(state, world),
        Go::Back => repeat(count.min(state.history.back.len()), || navigate::back(state, world)),
        Go::Forward => repeat(count.min(state.history.forward.len()), || navigate::forward(state, world)),
        Go::NextHit => search::walk(state, world, search::Direction::Next, count),
        Go::PreviousHit => search::walk(state, world, search::Direction::Previous, count),
    }
}

/// Does something so often, at least once, and returns all that comes of it.
fn repeat(count: usize, once: impl FnMut() -> Vec<Effect>) -> Vec<Effect> {
    std::iter::repeat_with(once).take(count.max(1)).flatten().collect()
}

/// Opens the tour of the keys; in it, what was open before, however much of the tour was visited.
fn open_tour(state: &State, world: &World) -> Vec<Effect> {
    let effect = if world.course.id.as_str() == TOUR {
        Effect::OpenBefore
    } else {
        Effect::Open(LibraryOrigin::BuiltIn(TOUR.to_owned()))
    };
    leave(state, world, effect)
}

/// Gives a pane the focus.
pub(super) fn focus(state: &mut State, pane: Pane) -> Vec<Effect> {
    state.focus_on(pane);
    Vec::new()
}
