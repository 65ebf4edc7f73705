//! What the mouse does.
//!
//! Nothing that a key could not do as well. A click on a box, a lesson, a heading, a link or a key
//! that is named acts; elsewhere it selects, and on what is selected already it chooses.

use crate::reader::action::Action;
use crate::reader::bindings;
use crate::reader::effect::{Effect, TerminalEffect};
use crate::reader::input::OverlayInput;
use crate::reader::keys::context::Context;
use crate::reader::motion::Motion;
use crate::reader::overlay::today::keys::TodayAction;
use crate::reader::overlay::{Overlay, OverlayAction};
use crate::reader::pane::Pane;
use crate::reader::pane::checklist::keys::ChecklistAction;
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

/// The action that a gesture means, and its count. The pane that it is in gets the focus where
/// its selection moves, which is only seen there.
pub(super) fn action(state: &mut State, gesture: Gesture, target: Target) -> Option<(Action, usize)> {
    match gesture {
        Gesture::Click => click(state, target).map(|action| (action, 1)),
        Gesture::WheelDown => wheel(state, &target, Motion::Down),
        Gesture::WheelUp => wheel(state, &target, Motion::Up),
    }
}

fn click(state: &mut State, target: Target) -> Option<Action> {
    let in_today = matches!(state.overlay, Some(Overlay::Today(_)));
    if let Some(pane) = target.pane().filter(|_| !in_today) {
        state.focus_on(pane);
    }
    match target {
        Target::Nothing | Target::Pane(_) => None,
        Target::Entry(entry) => Some(Action::Navigator(NavigatorAction::OpenEntry(entry))),
        Target::Item(item) => Some(Action::Checklist(ChecklistAction::Select(item))),
        Target::More => Some(Action::Checklist(ChecklistAction::SelectMore)),
        Target::Box(item) if in_today => Some(Action::Overlay(OverlayAction::Today(TodayAction::Tick(item)))),
        Target::Box(item) => Some(Action::Checklist(ChecklistAction::Tick(item))),
        Target::Link(link) => Some(Action::Reading(ReadingAction::Follow(link))),
        Target::Key(context, name) => bindings::action(context, name),
        Target::Choice(entry) => state.overlay_action(&OverlayInput::Click(entry)).map(Action::Overlay),
    }
}

/// The action that follows on a click which selected an entry: a heading is gone to at once; where
/// a choice closes a list or does more, it takes a click on what is selected already. A question is
/// never answered so.
pub(super) fn choice(before: &Overlay, after: &Overlay) -> Option<Action> {
    let is_again = before == after;
    let name = match after {
        Overlay::Headings(_) => "choose",
        Overlay::Palette(_) | Overlay::Recent(_) | Overlay::Today(_) if is_again => "choose",
        Overlay::Search(_) if is_again => "go-to-hit",
        Overlay::Notes(_) if is_again => "open",
        _ => return None,
    };
    bindings::action(after.context(), name)
}

/// Scrolls what lies over the panes, else the pane under the mouse. A list scrolls by its
/// selection.
fn wheel(state: &mut State, target: &Target, motion: Motion) -> Option<(Action, usize)> {
    if let Some(overlay) = &state.overlay {
        let lines = if overlay.is_text() { LINES } else { 1 };
        let action = overlay.action(&OverlayInput::Wheel(motion))?;
        return Some((Action::Overlay(action), lines));
    }
    match target.pane()? {
        Pane::Navigator => {
            state.focus_on(Pane::Navigator);
            Some((Action::Navigator(NavigatorAction::Move(motion)), 1))
        }
        Pane::Reading => Some((Action::Reading(ReadingAction::Move(motion)), LINES)),
        Pane::Checklist => {
            state.focus_on(Pane::Checklist);
            Some((Action::Checklist(ChecklistAction::Move(motion)), 1))
        }
    }
}
