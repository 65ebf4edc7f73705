//! What an Action does to the state.
//!
//! Pure: the same state, Action and world always give the same, and what must happen
//! outside is returned as Effects. Panes and overlays handle their own actions and return an
//! [`Outcome`], which is interpreted here alone. Owns dispatch, counts, messages and undoing.

mod erased;
mod news;
mod pointer;
mod search;

use crate::journal::Operation;
use crate::reader::action::{Action, Go};
use crate::reader::bindings;
use crate::reader::effect::{Effect, TerminalEffect};
use crate::reader::geometry::{NARROWEST, WIDEST};
use crate::reader::input::OverlayInput;
use crate::reader::keys::context::Context;
use crate::reader::motion::Motion;
use crate::reader::navigate;
use crate::reader::outcome::{JournalChange, Jump, Outcome, OverlayRequest, Selection, WidthChange};
use crate::reader::overlay::{OpenedOverlay, Overlay, OverlayAction};
use crate::reader::pane::Pane;
use crate::reader::pane::checklist::ChecklistAction;
use crate::reader::pane::navigator::NavigatorAction;
use crate::reader::pane::reading::ReadingAction;
use crate::reader::state::State;
use crate::reader::undo::{UndoStep, is_as_left};
use crate::reader::world::World;

pub use search::{awaits_hit, on_first_hit, searching};

/// The greatest count.
const LARGEST_COUNT: usize = 9_999;
/// The columns by which the text becomes wider or narrower.
const WIDTH_STEP: u16 = 4;

/// Applies an action.
pub(in crate::reader) fn update(state: &mut State, action: Action, world: &World) -> Vec<Effect> {
    if state.hidden && !is_handled_while_hidden(&action) {
        return Vec::new();
    }
    let action = match action {
        Action::News(news) => {
            news::take_in(state, news, world);
            return Vec::new();
        }
        Action::Hide => {
            state.hidden = true;
            return leave(state, world, TerminalEffect::Draw.into());
        }
        Action::Show => {
            state.hidden = false;
            return Vec::new();
        }
        Action::Digit(digit) => {
            let Some(action) = state.overlay_action(&OverlayInput::Digit(digit)) else {
                push_digit(state, digit);
                return Vec::new();
            };
            Action::Overlay(action)
        }
        action => action,
    };
    state.message = None;
    let count = state.count.take().unwrap_or(1);
    let effects = apply(state, action, count, world);
    let reading = state.reading;
    // Wherever the reader went, she sees it.
    let document = world.course.document(reading.lesson);
    state.folds.reveal(reading.lesson, document, reading.top.position.block);
    state.show_next_notice();
    effects
}

/// Applies an action that takes a count and clears the last message.
fn apply(state: &mut State, action: Action, count: usize, world: &World) -> Vec<Effect> {
    match action {
        Action::Quit => leave(state, world, TerminalEffect::Quit.into()),
        Action::Suspend => leave(state, world, TerminalEffect::Suspend.into()),
        Action::Redraw => vec![TerminalEffect::Redraw.into()],
        Action::Move(motion) => move_in_pane(state, motion, count, world),
        Action::Go(go) => go_somewhere(state, go, world),
        Action::Navigator(action) => in_navigator(state, action, count, world),
        Action::Reading(action) => in_reading(state, action, count, world),
        Action::Checklist(action) => in_checklist(state, action, count, world),
        Action::Overlay(action) => in_overlay(state, action, count, world),
        Action::Open(opening) => open(state, opening, world),
        Action::Undo => undo(state, world),
        Action::Redo => redo(state, world),
        Action::NextPane => focus(state, state.focus.next()),
        Action::PreviousPane => focus(state, state.focus.previous()),
        Action::Cancel => cancel(state),
        Action::Pointer(gesture, target) => match pointer::action(state, gesture, target) {
            Some((action, count)) => apply(state, action, count, world),
            None => Vec::new(),
        },
        Action::HandMouseOver => pointer::hand_over(state, world),
        Action::Edit(edit) => input(state, &OverlayInput::Edit(edit), world),
        Action::Letter(letter) => input(state, &OverlayInput::Letter(letter), world),
        Action::Paste(text) => paste(state, text, world),
        Action::News(_) | Action::Digit(_) | Action::Hide | Action::Show => Vec::new(),
    }
}

/// Returns whether this is still handled while nothing is shown. All else would happen unseen.
fn is_handled_while_hidden(action: &Action) -> bool {
    matches!(
        action,
        Action::News(_) | Action::Hide | Action::Show | Action::Redraw | Action::Suspend | Action::Quit
    )
}

/// What must be recorded before the program ends, sleeps or hides.
fn leave(state: &State, world: &World, effect: Effect) -> Vec<Effect> {
    navigate::record_place(state, world).into_iter().chain([effect]).collect()
}

fn push_digit(state: &mut State, digit: u8) {
    let count = state.count.unwrap_or(0).saturating_mul(10).saturating_add(usize::from(digit));
    // A zero that begins nothing is no count.
    state.count = (count > 0).then_some(count.min(LARGEST_COUNT));
}

fn move_in_pane(state: &mut State, motion: Motion, count: usize, world: &World) -> Vec<Effect> {
    match state.focus {
        Pane::Navigator => in_navigator(state, NavigatorAction::Move(motion), count, world),
        Pane::Reading => in_reading(state, ReadingAction::Move(motion), count, world),
        Pane::Checklist => in_checklist(state, ChecklistAction::Move(motion), count, world),
    }
}

fn in_navigator(state: &mut State, action: NavigatorAction, count: usize, world: &World) -> Vec<Effect> {
    let view = state.view(world, count);
    let outcome = state.navigator.update(action, &view);
    interpret(state, outcome, world)
}

fn in_reading(state: &mut State, action: ReadingAction, count: usize, world: &World) -> Vec<Effect> {
    let view = state.view(world, count);
    let scrolls = matches!(action, ReadingAction::Move(_));
    let outcome = state.reading.update(action, &view);
    let mut effects = interpret(state, outcome, world);
    if scrolls {
        effects.extend(navigate::record_read(state, world));
    }
    effects
}

fn in_checklist(state: &mut State, action: ChecklistAction, count: usize, world: &World) -> Vec<Effect> {
    let view = state.view(world, count);
    let outcome = state.checklist.update(action, &view);
    interpret(state, outcome, world)
}

fn in_overlay(state: &mut State, action: OverlayAction, count: usize, world: &World) -> Vec<Effect> {
    let view = state.view(world, count);
    let Some(overlay) = &mut state.overlay else { return Vec::new() };
    let outcome = overlay.update(action, &view);
    interpret(state, outcome, world)
}

fn input(state: &mut State, input: &OverlayInput, world: &World) -> Vec<Effect> {
    match state.overlay_action(input) {
        Some(action) => in_overlay(state, action, 1, world),
        None => Vec::new(),
    }
}

fn paste(state: &mut State, text: String, world: &World) -> Vec<Effect> {
    if let Some(action) = state.overlay_action(&OverlayInput::Paste(text)) {
        return in_overlay(state, action, 1, world);
    }
    let key = world.key(Context::PANES, "search");
    state.message = Some(format!("Nothing here takes text. {key} opens the search."));
    Vec::new()
}

/// Does what comes of an action in a pane or an overlay.
fn interpret(state: &mut State, outcome: Outcome, world: &World) -> Vec<Effect> {
    match outcome {
        Outcome::Stay => {}
        Outcome::Say(message) => state.message = Some(message),
        Outcome::Close => state.overlay = None,
        Outcome::CloseSaying(message) => {
            state.overlay = None;
            state.message = Some(message);
        }
        Outcome::Open(opening) => return open(state, opening, world),
        Outcome::Go(destination) => return close_and_go(state, destination, world),
        Outcome::GoSaying(destination, message) => {
            let effects = close_and_go(state, destination, world);
            state.message = Some(message);
            return effects;
        }
        Outcome::Do(change) => return perform(state, change, world),
        Outcome::ShowItem(item, day) => {
            state.overlay = None;
            state.day = day.unwrap_or(state.day);
            let view = state.view(world, 1);
            if let Some(item) = item {
                state.checklist.reveal(item, &view);
            }
            state.focus_on(Pane::Checklist);
        }
        Outcome::ShowDay(day) => state.day = day,
        Outcome::OpenNeighbour(neighbour) => return navigate::open_neighbour(state, neighbour, world),
        Outcome::ToggleDetails(number) => toggle_details(state, number, world),
        Outcome::TextWidth(change) => state.measure = changed_width(state, change),
        Outcome::GoToHit(hit) => return search::accept(state, &hit, world),
        Outcome::Perform(context, name) => {
            state.overlay = None;
            // The palette is closed, so this goes one step down and no further.
            return bindings::action(context, name)
                .map(|action| update(state, action, world))
                .unwrap_or_default();
        }
        Outcome::Edit(text) => return vec![TerminalEffect::Edit(text).into()],
        Outcome::Copy(text, message) => {
            state.message = Some(message);
            return vec![TerminalEffect::Copy(text).into()];
        }
        Outcome::OpenCourse(origin) => {
            state.overlay = None;
            return leave(state, world, Effect::Open(origin));
        }
        Outcome::Forget(course, message) => {
            state.message = Some(message);
            return vec![Effect::RemoveRecent(course)];
        }
    }
    Vec::new()
}

/// Opens an overlay in place of the one that is open.
fn open(state: &mut State, opening: OverlayRequest, world: &World) -> Vec<Effect> {
    let in_editor = opening == OverlayRequest::NoteHereInEditor;
    match Overlay::open(opening, &state.view(world, 1)) {
        OpenedOverlay::Overlay(overlay) => state.overlay = Some(overlay),
        OpenedOverlay::Refused(message) => state.message = Some(message.into()),
        OpenedOverlay::Awaited => return vec![Effect::ListRecent],
    }
    if let Some(Overlay::Notices(list)) = &mut state.overlay {
        state.notices.all_are_listed();
        list.fill(&state.notices);
    }
    match &state.overlay {
        Some(Overlay::Note(note)) if in_editor => {
            note.text().map(|text| TerminalEffect::Edit(text.to_owned()).into()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Shows or hides details of the text that is read. What is at the top stays there.
fn toggle_details(state: &mut State, number: usize, world: &World) {
    let lesson = state.reading.lesson;
    if let Some(paged) = world.paged_text(lesson) {
        // Where the text ends the first row is above the top that is remembered, which may be hidden now.
        let first = paged.first(state.reading.top, state.geometry().text_height());
        state.reading.top = paged.page.top(paged.document, first);
    }
    state.folds.toggle(lesson, number);
}

fn close_and_go(state: &mut State, destination: Jump, world: &World) -> Vec<Effect> {
    if destination != Jump::ReadFirst {
        state.overlay = None;
        state.focus_on(Pane::Reading);
    }
    navigate::go(state, destination, world)
}

/// Makes a change that can be undone, and closes the overlay that it came from.
fn perform(state: &mut State, change: JournalChange, world: &World) -> Vec<Effect> {
    state.overlay = None;
    state.message = change.message;
    let step = UndoStep::new(change.label, change.operations, world);
    let effects = records(&step.after);
    state.undo.push(step);
    match change.selection {
        Selection::Unchanged => {}
        Selection::NewItem(item) => state.checklist.select_new(item),
        Selection::OnMyList(item) => state.checklist.select_on_my_list(item),
    }
    effects
}

/// What is said when undoing would overwrite what another window or device wrote since.
const CHANGED_SINCE: &str = "It was changed elsewhere since, so it stays as it is now.";

/// Takes the last change back.
fn undo(state: &mut State, world: &World) -> Vec<Effect> {
    if state.undo.done.last().is_some_and(|step| !is_as_left(&step.after, world)) {
        state.message = Some(CHANGED_SINCE.into());
        return Vec::new();
    }
    let Some(step) = state.undo.undo() else {
        state.message = Some("There is nothing to undo in this session.".into());
        return Vec::new();
    };
    state.message = Some(format!("Undone: {}", step.label));
    records(&step.before)
}

/// Makes the last change that was taken back again.
fn redo(state: &mut State, world: &World) -> Vec<Effect> {
    if state.undo.undone.last().is_some_and(|step| !is_as_left(&step.before, world)) {
        state.message = Some(CHANGED_SINCE.into());
        return Vec::new();
    }
    let Some(step) = state.undo.redo() else {
        state.message = Some("There is nothing to redo.".into());
        return Vec::new();
    };
    state.message = Some(format!("Redone: {}", step.label));
    records(&step.after)
}

fn records(operations: &[Operation]) -> Vec<Effect> {
    operations.iter().cloned().map(Effect::Record).collect()
}

fn go_somewhere(state: &mut State, go: Go, world: &World) -> Vec<Effect> {
    match go {
        Go::NextToRead => navigate::open_next_to_read(state, world),
        Go::ReadFirst => navigate::read_first(state, world),
        Go::Back => navigate::back(state, world),
        Go::Forward => navigate::forward(state, world),
        Go::NextHit => search::walk(state, world, search::Direction::Next),
        Go::PreviousHit => search::walk(state, world, search::Direction::Previous),
    }
}

fn focus(state: &mut State, pane: Pane) -> Vec<Effect> {
    state.focus_on(pane);
    Vec::new()
}

/// One step back in the panes: the selected link and the highlights go; then the focus returns
/// to the text.
fn cancel(state: &mut State) -> Vec<Effect> {
    let was_there = state.reading.link.take().is_some() || state.find.take().is_some();
    if !was_there {
        state.focus_on(Pane::Reading);
    }
    Vec::new()
}

/// The width of the text column after a change. It becomes narrower from what is shown, so that
/// the first step is seen in a narrow pane too.
fn changed_width(state: &State, change: WidthChange) -> u16 {
    match change {
        WidthChange::Wider => (state.measure + WIDTH_STEP).min(WIDEST),
        WidthChange::Narrower => {
            let shown = state.geometry().text_width().min(state.measure);
            shown.saturating_sub(WIDTH_STEP).max(NARROWEST)
        }
        WidthChange::Default => state.usual_measure,
    }
}
