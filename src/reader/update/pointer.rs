//! What the mouse does.
//!
//! Nothing that a key could not do as well. Only a click on an item's box and on a lesson
//! acts; elsewhere it selects.

use crate::reader::action::Action;
use crate::reader::effect::{Effect, TerminalEffect};
use crate::reader::input::OverlayInput;
use crate::reader::keys::context::Context;
use crate::reader::motion::Motion;
use crate::reader::pane::Pane;
use crate::reader::pane::checklist::ChecklistAction;
use crate::reader::pane::navigator::NavigatorAction;
use crate::reader::pane::reading::ReadingAction;
use crate::reader::pointer::{Gesture, Mouse, Target};
use crate::reader::state::State;
use crate::reader::world::World;

/// Lines of text that one step of the wheel moves.
const LINES: usize = 3;

/// Gives the mouse to the terminal, or takes it back.
pub(super) fn hand_over(state: &mut State, world: &World) -> Vec<Effect> {
    state.mouse = state.mouse.other();
    let key = world.key(Context::ALWAYS, "mouse");
    state.message = Some(match state.mouse {
        Mouse::Ours => "The mouse points here again: click, and scroll with the wheel.".into(),
        Mouse::Free => {
            format!("The mouse is the terminal's now: select text with it. {key} takes it back.")
        }
    });
    vec![TerminalEffect::Mouse(state.mouse).into()]
}

/// Moves the focus as a gesture does. Returns the action that it stands for there, and its
/// count.
pub(super) fn action(state: &mut State, gesture: Gesture, target: Target) -> Option<(Action, usize)> {
    match gesture {
        Gesture::Click => click(state, target).map(|action| (action, 1)),
        Gesture::WheelDown => wheel(state, &target, Motion::Down),
        Gesture::WheelUp => wheel(state, &target, Motion::Up),
    }
}

fn click(state: &mut State, target: Target) -> Option<Action> {
    if let Some(pane) = target.pane() {
        state.focus_on(pane);
    }
    match target {
        Target::Nothing | Target::Pane(_) => None,
        Target::Entry(entry) => Some(Action::Navigator(NavigatorAction::OpenEntry(entry))),
        Target::Item(item) => Some(Action::Checklist(ChecklistAction::Select(item))),
        Target::More => Some(Action::Checklist(ChecklistAction::SelectMore)),
        Target::Box(item) => Some(Action::Checklist(ChecklistAction::Tick(item))),
        Target::Choice(entry) => {
            state.overlay.as_ref()?.action(OverlayInput::Click(entry)).map(Action::Overlay)
        }
    }
}

/// Scrolls what lies over the panes, else the pane under the mouse. A list scrolls by its
/// selection, which is only seen where the focus is, so it gets that too.
fn wheel(state: &mut State, target: &Target, motion: Motion) -> Option<(Action, usize)> {
    if let Some(overlay) = &state.overlay {
        let lines = if overlay.is_text() { LINES } else { 1 };
        return overlay.action(OverlayInput::Wheel(motion)).map(|action| (Action::Overlay(action), lines));
    }
    let (action, count) = match target.pane() {
        Some(Pane::Navigator) => (Action::Navigator(NavigatorAction::Move(motion)), 1),
        Some(Pane::Reading) => (Action::Reading(ReadingAction::Move(motion)), LINES),
        Some(Pane::Checklist) => (Action::Checklist(ChecklistAction::Move(motion)), 1),
        None => return None,
    };
    if matches!(target.pane(), Some(Pane::Navigator | Pane::Checklist)) {
        target.pane().into_iter().for_each(|pane| state.focus_on(pane));
    }
    Some((action, count))
}
