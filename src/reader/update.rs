//! What an Action does to the state.
//!
//! Pure: the same state, Action and world always give the same, and what must happen
//! outside is returned as Effects. Panes and overlays handle their own actions and return an
//! [`Outcome`], which is interpreted here alone. Owns dispatch, counts and messages.

mod changes;
mod erased;
mod going;
mod news;
mod overlays;
mod pictures;
mod pointer;
mod search;
mod unbound;
mod width;

use crate::reader::action::Action;
use crate::reader::bindings;
use crate::reader::effect::{Effect, TerminalEffect};
use crate::reader::input::OverlayInput;
use crate::reader::keys::context::Context;
use crate::reader::motion::Motion;
use crate::reader::navigate;
use crate::reader::outcome::Outcome;
use crate::reader::overlay::search as search_line;
use crate::reader::overlay::{Overlay, OverlayAction, help, palette, place};
use crate::reader::pane::checklist::keys::ChecklistAction;
use crate::reader::pane::navigator::NavigatorAction;
use crate::reader::pane::reading::ReadingAction;
use crate::reader::pane::{Layout, Pane};
use crate::reader::pointer::{Gesture, Target};
use crate::reader::state::{HitMarks, Saving, State};
use crate::reader::view::View;
use crate::reader::world::World;

pub use search::{awaits_hit, on_first_hit, searching};

/// The greatest count.
pub const LARGEST_COUNT: usize = 99_999;

/// The contexts in which one line or one letter is typed for something else: the key that quits only
/// leaves them, as in every program with such a line.
const PROMPTS: [Context; 4] = [search_line::CONTEXT, palette::CONTEXT, help::SEARCHING, place::CONTEXT];

/// Applies an action.
pub(in crate::reader) fn update(state: &mut State, action: Action, world: &World) -> Vec<Effect> {
    let effects = act_on(state, action, world);
    state.fit_panes(world);
    effects
}

fn act_on(state: &mut State, action: Action, world: &World) -> Vec<Effect> {
    if state.hidden && !is_handled_while_hidden(&action) {
        return Vec::new();
    }
    let action = match action {
        Action::News(news) => {
            news::take_in(state, news, world);
            return Vec::new();
        }
        // What was said is there again when everything is shown.
        Action::Hide => return hide(state, world),
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
        Action::Quit => quit_or_leave_prompt(state, world),
        action => action,
    };
    state.message = None;
    let number = state.count.take();
    if number.is_some() && bindings::is_cancel(&action) {
        // The first step back is from the number that was typed.
        return Vec::new();
    }
    let effects = apply(state, action, number, world);
    let reading = state.reading;
    // Wherever the reader went, she sees it.
    let document = world.course.document(reading.lesson);
    state.folds.reveal(reading.lesson, document, reading.top.position.block);
    state.show_next_notice();
    effects
}

/// Applies an action that takes the number typed before it as a count, and clears the last message.
fn apply(state: &mut State, action: Action, number: Option<usize>, world: &World) -> Vec<Effect> {
    match action {
        Action::Quit => going::leave(state, world, TerminalEffect::Quit.into()),
        Action::Suspend => going::leave(state, world, TerminalEffect::Suspend.into()),
        Action::Redraw => vec![TerminalEffect::Redraw.into()],
        Action::Move(motion) => move_in_pane(state, motion, number, world),
        Action::Go(go) => going::go_somewhere(state, go, number.unwrap_or(1), world),
        Action::Navigator(action) => in_navigator(state, action, number, world),
        Action::Reading(action) => in_reading(state, action, number, world),
        Action::Checklist(action) => in_checklist(state, action, number, world),
        Action::Overlay(action) => in_overlay(state, action, number, world),
        Action::Open(opening) => overlays::open(state, opening, world),
        Action::Undo => changes::undo(state, world),
        Action::Redo => changes::redo(state, world),
        Action::NextPane => going::focus(state, state.focus.next()),
        Action::PreviousPane => going::focus(state, state.focus.previous()),
        Action::Cancel => cancel(state),
        Action::ToChecklist => going::to_checklist(state, world),
        Action::ToToday => overlays::to_today(state, world),
        Action::ResumeDraft => resume_draft(state, world),
        Action::TellSaved => tell_saved(state),
        Action::Pointer(gesture, target) => point(state, gesture, target, world),
        Action::Data(task) => vec![Effect::Data(task)],
        Action::TextAlone => switch_layout(state, world),
        Action::SwitchPictures => pictures::switch(state, world),
        Action::HandMouseOver => pointer::hand_over(state, world),
        Action::Edit(edit) => input(state, &OverlayInput::Edit(edit), world),
        Action::Letter(letter) => input(state, &OverlayInput::Letter(letter), world),
        Action::Paste(text) => paste(state, text, world),
        Action::Hide => hide(state, world),
        Action::News(_) | Action::Digit(_) | Action::Show => Vec::new(),
    }
}

/// Does what the mouse means. A click on an entry of an overlay selects it, and may choose it too.
fn point(state: &mut State, gesture: Gesture, target: Target, world: &World) -> Vec<Effect> {
    let is_choice = gesture == Gesture::Click && matches!(target, Target::Choice(_));
    let before = is_choice.then(|| state.overlay.clone()).flatten();
    let Some((action, count)) = pointer::action(state, gesture, target) else { return Vec::new() };
    let effects = apply(state, action, Some(count), world);
    match before.and_then(|before| pointer::choice(&before, state.overlay.as_ref()?)) {
        Some(action) => apply(state, action, None, world),
        None => effects,
    }
}

/// What the key to quit does: where one line is typed it closes that, as in other programs. It never does
/// while nothing is shown, nor in a course with a page for danger: whoever has to be quick there has one
/// key that ends everything.
fn quit_or_leave_prompt(state: &State, world: &World) -> Action {
    if state.hidden || world.course.stop_first.is_some() {
        return Action::Quit;
    }
    let context = state.context();
    let cancel = context.way_out.filter(|_| PROMPTS.contains(&context));
    cancel.and_then(|cancel| bindings::action(context, cancel)).unwrap_or(Action::Quit)
}

/// Returns whether this is still handled while nothing is shown. All else would happen unseen.
fn is_handled_while_hidden(action: &Action) -> bool {
    matches!(
        action,
        Action::News(_) | Action::Hide | Action::Show | Action::Redraw | Action::Suspend | Action::Quit
    )
}

fn hide(state: &mut State, world: &World) -> Vec<Effect> {
    state.hidden = true;
    going::leave(state, world, TerminalEffect::Draw.into())
}

fn push_digit(state: &mut State, digit: u8) {
    let count = state.count.unwrap_or(0).saturating_mul(10).saturating_add(usize::from(digit));
    // A zero that begins nothing is no count.
    state.count = (count > 0).then_some(count.min(LARGEST_COUNT));
}

/// What panes and overlays may know, for an action with this number before it.
fn numbered<'a>(state: &State, number: Option<usize>, world: &World<'a>) -> View<'a> {
    View { number, ..state.view(world, number.unwrap_or(1)) }
}

fn move_in_pane(state: &mut State, motion: Motion, number: Option<usize>, world: &World) -> Vec<Effect> {
    match state.focus {
        Pane::Navigator => in_navigator(state, NavigatorAction::Move(motion), number, world),
        Pane::Reading => in_reading(state, ReadingAction::Move(motion), number, world),
        Pane::Checklist => in_checklist(state, ChecklistAction::Move(motion), number, world),
    }
}

fn in_navigator(
    state: &mut State,
    action: NavigatorAction,
    number: Option<usize>,
    world: &World,
) -> Vec<Effect> {
    let view = numbered(state, number, world);
    let outcome = state.navigator.update(action, &view);
    interpret(state, outcome, world)
}

fn in_reading(state: &mut State, action: ReadingAction, number: Option<usize>, world: &World) -> Vec<Effect> {
    let view = numbered(state, number, world);
    let ReadingAction::Move(motion) = action else {
        let outcome = state.reading.update(action, &view);
        return interpret(state, outcome, world);
    };
    let before = state.reading.top;
    let outcome = state.reading.update(action, &view);
    let mut effects = interpret(state, outcome, world);
    if state.reading.top == before && number.is_none() {
        navigate::tell_edge(state, motion, world);
    }
    effects.extend(navigate::record_read(state, world));
    effects
}

fn in_checklist(
    state: &mut State,
    action: ChecklistAction,
    number: Option<usize>,
    world: &World,
) -> Vec<Effect> {
    let view = numbered(state, number, world);
    let outcome = state.checklist.update(action, &view);
    interpret(state, outcome, world)
}

fn in_overlay(state: &mut State, action: OverlayAction, number: Option<usize>, world: &World) -> Vec<Effect> {
    let view = numbered(state, number, world);
    let Some(overlay) = &mut state.overlay else { return Vec::new() };
    let outcome = overlay.update(action, &view);
    interpret(state, outcome, world)
}

fn input(state: &mut State, input: &OverlayInput, world: &World) -> Vec<Effect> {
    match state.overlay_action(input) {
        Some(action) => in_overlay(state, action, None, world),
        None => Vec::new(),
    }
}

fn paste(state: &mut State, text: String, world: &World) -> Vec<Effect> {
    if let Some(action) = state.overlay_action(&OverlayInput::Paste(text)) {
        return in_overlay(state, action, None, world);
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
        Outcome::Close => overlays::step_back(state, world),
        Outcome::CloseSaying(message) => {
            search::remember_fruitless(state);
            overlays::step_back(state, world);
            state.message = Some(message);
        }
        Outcome::Open(opening) => return overlays::open(state, opening, world),
        Outcome::ToText => {
            overlays::leave_all(state, world);
            state.focus_on(Pane::Reading);
        }
        Outcome::Go(destination) => return going::close_and_go(state, destination, world),
        Outcome::GoSaying(destination, message) => {
            let effects = going::close_and_go(state, destination, world);
            state.message = Some(message);
            return effects;
        }
        Outcome::Do(change) => return changes::perform(state, change, world),
        Outcome::DoHere(change) => return changes::perform_here(state, change, world),
        Outcome::Undo => {
            let effects = changes::undo(state, world);
            return followed(state, effects);
        }
        Outcome::Redo => {
            let effects = changes::redo(state, world);
            return followed(state, effects);
        }
        Outcome::ShowItem(item, day) => going::show_item(state, item, day, world),
        Outcome::ShowItemTaughtHere => going::show_item_taught_here(state, world),
        Outcome::ShowDay(day) => state.day = day,
        Outcome::OpenNeighbour(neighbour, count) => {
            return navigate::open_neighbour(state, neighbour, count, world);
        }
        Outcome::ToggleDetails(number) => toggle_details(state, number, world),
        Outcome::ToggleDetailsSaying(number, message) => {
            toggle_details(state, number, world);
            state.message = Some(message);
        }
        Outcome::TextWidth(change) => width::change(state, change),
        Outcome::GoToHit(hit) => return search::accept(state, &hit, world),
        Outcome::Perform(context, name) => {
            overlays::finish(state);
            // What asked for it is closed, so this goes one step down and no further.
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
            overlays::leave_all(state, world);
            return going::leave(state, world, Effect::Open(origin));
        }
        Outcome::Data(task) => return vec![Effect::Data(task)],
        Outcome::OpenBeside(file) => return going::leave(state, world, Effect::OpenBeside(file)),
        Outcome::Forget(course, message) => {
            state.message = Some(message);
            return vec![Effect::RemoveRecent(course)];
        }
    }
    Vec::new()
}

/// The same effects, of which Today selects what they mark.
fn followed(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    if let Some(Overlay::Today(today)) = &mut state.overlay {
        today.follow(effects.iter().filter_map(|effect| match effect {
            Effect::Record(operation) => Some(operation),
            _ => None,
        }));
    }
    effects
}

fn resume_draft(state: &mut State, world: &World) -> Vec<Effect> {
    overlays::resume_draft(state, world);
    Vec::new()
}

fn tell_saved(state: &mut State) -> Vec<Effect> {
    state.message = Some(match &state.saving {
        Saving::Saved => "Everything is saved.".into(),
        Saving::NotKept(why) | Saving::NotSaved(why) => why.clone(),
    });
    Vec::new()
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

/// Puts the panes beside the text away, or brings them back.
fn switch_layout(state: &mut State, world: &World) -> Vec<Effect> {
    match state.layout {
        Layout::Panes => {
            state.layout = Layout::TextAlone;
            state.focus_on(Pane::Reading);
            let panes = world.key(Context::PANES, "text-alone");
            let mouse = world.key(Context::ALWAYS, "mouse");
            state.message = Some(format!(
                "The text alone. {panes} brings the panes back; {mouse} lets the mouse select."
            ));
        }
        Layout::TextAlone => {
            state.layout = Layout::Panes;
            // Hands that know `zz` from `vim` find what they look at in the middle.
            navigate::center_hit(state, world);
        }
    }
    Vec::new()
}

/// Hides the highlights of the last search. Returns whether there were any.
fn hide_hit_marks(state: &mut State) -> bool {
    let were_shown = std::mem::replace(&mut state.hit_marks, HitMarks::Hidden) == HitMarks::Shown;
    state.find.is_some() && were_shown
}

/// One step back in the panes: the selected link and the highlights go; then the focus returns
/// to the text.
fn cancel(state: &mut State) -> Vec<Effect> {
    let was_there = state.reading.link.take().is_some() || hide_hit_marks(state);
    if !was_there {
        state.focus_on(Pane::Reading);
    }
    Vec::new()
}
