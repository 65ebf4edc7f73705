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
use crate::reader::update::{apply, in_overlay, overlay_action};
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

/// Applies a gesture.
pub(super) fn handle(state: &mut State, gesture: Gesture, target: Target, world: &World) -> Vec<Effect> {
    match gesture {
        Gesture::Click => click(state, target, world),
        Gesture::WheelDown => wheel(state, &target, Motion::Down, world),
        Gesture::WheelUp => wheel(state, &target, Motion::Up, world),
    }
}

fn click(state: &mut State, target: Target, world: &World) -> Vec<Effect> {
    if let Some(pane) = target.pane() {
        state.focus_on(pane);
    }
    let action = match target {
        Target::Nothing | Target::Pane(_) => return Vec::new(),
        Target::Entry(entry) => Action::Navigator(NavigatorAction::OpenEntry(entry)),
        Target::Item(item) => Action::Checklist(ChecklistAction::Select(item)),
        Target::More => Action::Checklist(ChecklistAction::SelectMore),
        Target::Box(item) => Action::Checklist(ChecklistAction::Tick(item)),
        Target::Choice(entry) => match overlay_action(state, &OverlayInput::Click(entry)) {
            Some(action) => Action::Overlay(action),
            None => return Vec::new(),
        },
    };
    apply(state, action, 1, world)
}

/// Scrolls what lies over the panes, else the pane under the mouse. A list scrolls by its
/// selection, which is only seen where the focus is, so it gets that too.
fn wheel(state: &mut State, target: &Target, motion: Motion, world: &World) -> Vec<Effect> {
    if let Some(overlay) = &state.overlay {
        let lines = if overlay.is_text() { LINES } else { 1 };
        return match overlay.action(&OverlayInput::Wheel(motion)) {
            Some(action) => in_overlay(state, action, lines, world),
            None => Vec::new(),
        };
    }
    let (action, count) = match target.pane() {
        Some(Pane::Navigator) => (Action::Navigator(NavigatorAction::Move(motion)), 1),
        Some(Pane::Reading) => (Action::Reading(ReadingAction::Move(motion)), LINES),
        Some(Pane::Checklist) => (Action::Checklist(ChecklistAction::Move(motion)), 1),
        None => return Vec::new(),
    };
    if matches!(target.pane(), Some(Pane::Navigator | Pane::Checklist)) {
        target.pane().into_iter().for_each(|pane| state.focus_on(pane));
    }
    apply(state, action, count, world)
}
