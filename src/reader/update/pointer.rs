//! What the mouse does.
//!
//! Nothing that a key could not do as well. Only a click on an item's box and on a lesson
//! acts; elsewhere it selects.

use crate::journal::Mark;
use crate::reader::action::{ChecklistAction, Motion, NavigatorAction};
use crate::reader::asking::Step;
use crate::reader::bindings::Context;
use crate::reader::checklist::Row;
use crate::reader::pointer::{Gesture, Mouse, Target};
use crate::reader::state::{Overlay, Pane, State};
use crate::reader::update::{checklist, move_by, navigator, reading, search};
use crate::reader::{Action, Effect, TerminalEffect, World};

/// Lines of text that one step of the wheel moves.
const LINES: usize = 3;

/// Gives the mouse to the terminal, or takes it back.
pub(super) fn hand_over(state: &mut State, world: &World) -> Vec<Effect> {
    state.mouse = state.mouse.other();
    let key = world.key(Context::Always, &Action::HandMouseOver);
    state.message = Some(match state.mouse {
        Mouse::Ours => "The mouse points here again: click, and scroll with the wheel.".into(),
        Mouse::Free => {
            format!("The mouse is the terminal's now: select text with it. {key} takes it back.")
        }
    });
    vec![TerminalEffect::Mouse(state.mouse).into()]
}

/// Applies a gesture.
pub(super) fn act(state: &mut State, gesture: Gesture, target: Target, world: &World) -> Vec<Effect> {
    match gesture {
        Gesture::Click => click(state, target, world),
        Gesture::WheelDown => wheel(state, target, Motion::Down, world),
        Gesture::WheelUp => wheel(state, target, Motion::Up, world),
    }
}

fn click(state: &mut State, target: Target, world: &World) -> Vec<Effect> {
    match target {
        Target::Nothing => {}
        Target::Pane(pane) => state.look_at(pane),
        Target::Entry(entry) => {
            state.look_at(Pane::Navigator);
            state.navigator.selected = entry;
            return navigator::act(state, NavigatorAction::Open, world);
        }
        Target::Row(row) => {
            state.look_at(Pane::Checklist);
            checklist::select(state, Some(row));
        }
        Target::Box(item) => {
            state.look_at(Pane::Checklist);
            checklist::select(state, Some(Row::Item(item)));
            return checklist::act(state, ChecklistAction::Mark(Mark::Kept), 1, world);
        }
        Target::Hit(hit) => search::select(state, hit, world),
        Target::Choice(choice) => choose(state, choice),
    }
    Vec::new()
}

/// Selects an entry of what lies over the panes.
fn choose(state: &mut State, choice: usize) {
    match &mut state.overlay {
        Overlay::Notes(selected) | Overlay::Headings(selected) => *selected = choice,
        Overlay::Palette(palette) => palette.selected = choice,
        Overlay::Shelf(shelf) => shelf.selected = choice,
        Overlay::Review(review) => review.row = choice,
        Overlay::Form(form) => form.focus = choice,
        Overlay::Writing(writing) => writing.focus = choice,
        Overlay::Guide(asking) => match &mut asking.step {
            Step::Question { chosen, .. } | Step::End { chosen, .. } => *chosen = choice,
            Step::Introduction => {}
        },
        Overlay::None
        | Overlay::Help(_)
        | Overlay::Search(_)
        | Overlay::Letter(_)
        | Overlay::Address(_)
        | Overlay::Sure(_) => {}
    }
}

/// Scrolls what lies over the panes, else the pane under the mouse. A list scrolls by its
/// selection, which is only seen where the focus is, so it gets that too.
fn wheel(state: &mut State, target: Target, motion: Motion, world: &World) -> Vec<Effect> {
    let (motion, count) = match (&state.overlay, target.pane()) {
        (Overlay::None, Some(Pane::Navigator)) => {
            state.look_at(Pane::Navigator);
            navigator::move_by(state, motion, 1, world);
            return Vec::new();
        }
        (Overlay::None, Some(Pane::Checklist)) => {
            state.look_at(Pane::Checklist);
            checklist::move_by(state, motion, 1, world);
            return Vec::new();
        }
        (Overlay::None, Some(Pane::Reading)) => return reading::move_by(state, motion, LINES, world),
        (Overlay::None, None) => return Vec::new(),
        (Overlay::Guide(asking), _) if matches!(asking.step, Step::End { .. }) => match motion {
            Motion::Up => (Motion::HalfPageUp, 1),
            _ => (Motion::HalfPageDown, 1),
        },
        (Overlay::Help(_) | Overlay::Writing(_), _) => (motion, LINES),
        _ => (motion, 1),
    };
    move_by(state, motion, count, world)
}
