//! What an Action does to the state.
//!
//! Pure: the same state, Action and world always give the same, and what must happen
//! outside is returned as Effects.

mod asking;
mod checklist;
mod deeds;
mod erased;
mod form;
mod lists;
mod navigator;
mod news;
mod notes;
mod pointer;
mod reading;
mod review;
mod search;
mod shelf;
mod sideways;

use crate::reader::action::{Action, Go, Motion, SearchAction};
use crate::reader::bindings::{Context, help_lines};
use crate::reader::state::{Overlay, Pane, State};
use crate::reader::{Effect, Geometry, World};

pub use checklist::marking;
pub use navigator::entries;
pub use notes::{draft, offer_draft, tell_of_draft};
pub use reading::{host, opening, parting};
pub use search::{progress, searching};

/// The most that a count may be.
const LARGEST_COUNT: usize = 9_999;

/// Applies an action.
pub fn update(state: &mut State, action: Action, world: &World) -> Vec<Effect> {
    if state.hidden && !is_heard_while_hidden(&action) {
        return Vec::new();
    }
    match action {
        Action::News(news) => {
            news::take_in(state, news, world);
            return Vec::new();
        }
        Action::Digit(digit) => {
            match state.context() {
                Context::Questions => asking::digit(state, digit, world),
                _ => push_digit(state, digit),
            }
            return Vec::new();
        }
        Action::Hide => {
            state.hidden = true;
            return parting(state, world).into_iter().collect();
        }
        Action::Show => {
            state.hidden = false;
            return Vec::new();
        }
        _ => {}
    }
    state.message = None;
    let count = state.count.take().unwrap_or(1);
    match action {
        Action::Quit => return leave(state, world, Effect::Quit),
        Action::Suspend => return leave(state, world, Effect::Suspend),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Move(motion) => return move_by(state, motion, count, world),
        Action::Go(go) => return go_somewhere(state, go, world),
        Action::Navigator(action) => return navigator::act(state, action, world),
        Action::Reading(action) => return reading::act(state, action, world),
        Action::Checklist(action) => return checklist::act(state, action, count, world),
        Action::Search(SearchAction::Open) => search::open(state),
        Action::Search(action) => return search::act(state, action, world),
        Action::Guide(action) => return asking::act(state, action, world),
        Action::Form(action) => return form::act(state, action, world),
        Action::Note(action) => return notes::act(state, action, world),
        Action::Writing(action) => return notes::write(state, action, world),
        Action::List(action) => return lists::act(state, action, world),
        Action::Review(action) => return review::act(state, action, count, world),
        Action::Shelf(action) => return shelf::act(state, action, world),
        Action::Undo => return deeds::undo(state),
        Action::Redo => return deeds::redo(state),
        Action::Yes => return deeds::yes(state, world),
        Action::NextPane => cycle(state, true),
        Action::PreviousPane => cycle(state, false),
        Action::Help => state.overlay = Overlay::Help(0),
        Action::Cancel => return cancel(state, world),
        Action::Pointer(gesture, target) => return pointer::act(state, gesture, target, world),
        Action::HandMouseOver => return pointer::hand_over(state, world),
        Action::Paste(text) => paste(state, &text, world),
        Action::News(_) | Action::Digit(_) | Action::Hide | Action::Show => {}
    }
    Vec::new()
}

/// Whether this still happens while nothing is shown. All else would happen unseen.
fn is_heard_while_hidden(action: &Action) -> bool {
    matches!(
        action,
        Action::News(_) | Action::Hide | Action::Show | Action::Redraw | Action::Suspend | Action::Quit
    )
}

/// What must be kept before the program ends or sleeps.
fn leave(state: &State, world: &World, effect: Effect) -> Vec<Effect> {
    parting(state, world).into_iter().chain([effect]).collect()
}

fn push_digit(state: &mut State, digit: u8) {
    let count = state.count.unwrap_or(0).saturating_mul(10).saturating_add(usize::from(digit));
    // A zero that begins nothing is no count.
    state.count = (count > 0).then_some(count.min(LARGEST_COUNT));
}

/// Moves within what has the keys.
fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) -> Vec<Effect> {
    match (&state.overlay, state.focus) {
        (Overlay::Help(top), _) => help(state, *top, motion, count, world),
        (Overlay::Form(_) | Overlay::Sure(_) | Overlay::Letter(_) | Overlay::Address(_), _) => {}
        (Overlay::Shelf(_), _) => shelf::move_by(state, motion, count),
        (Overlay::Headings(_) | Overlay::Palette(_), _) => lists::move_by(state, motion, count, world),
        (Overlay::Writing(_), _) => notes::move_by(state, motion),
        (Overlay::Review(_), _) => review::move_by(state, motion, count, world),
        (Overlay::Notes(_), _) => notes::move_in_list(state, motion, count, world),
        (Overlay::Guide(_), _) => asking::move_by(state, motion, count, world),
        (Overlay::Search(_), _) => search::move_by(state, motion, world),
        (Overlay::None, Pane::Navigator) => navigator::move_by(state, motion, count, world),
        (Overlay::None, Pane::Reading) => return reading::move_by(state, motion, count, world),
        (Overlay::None, Pane::Checklist) => checklist::move_by(state, motion, count, world),
    }
    Vec::new()
}

fn go_somewhere(state: &mut State, go: Go, world: &World) -> Vec<Effect> {
    match go {
        Go::NextLesson => reading::neighbour(state, world, true),
        Go::PreviousLesson => reading::neighbour(state, world, false),
        Go::NextToRead => reading::next_to_read(state, world),
        Go::StopFirst => reading::stop_first(state, world),
        Go::Back => reading::back(state, world),
        Go::Forward => reading::forward(state, world),
        Go::NextHit => search::walk(state, world, true),
        Go::PreviousHit => search::walk(state, world, false),
    }
}

fn help(state: &mut State, top: usize, motion: Motion, count: usize, world: &World) {
    let height = usize::from(state.size.1).saturating_sub(4);
    let length = help_lines(world.keymap.rows(), world.course).len();
    let last = length.saturating_sub(height);
    state.overlay = Overlay::Help(moved(top, last + 1, motion, count, height));
}

/// One step back: what lies over the panes closes; then the selected link and the
/// highlights go; then the focus returns to the text.
fn cancel(state: &mut State, world: &World) -> Vec<Effect> {
    match state.overlay {
        Overlay::Help(_)
        | Overlay::Guide(_)
        | Overlay::Notes(_)
        | Overlay::Headings(_)
        | Overlay::Letter(_)
        | Overlay::Review(_)
        | Overlay::Shelf(_)
        | Overlay::Address(_)
        | Overlay::Palette(_) => state.overlay = Overlay::None,
        // Words are not thrown away by one key.
        Overlay::Writing(_) => return notes::keep(state, world),
        Overlay::Form(_) | Overlay::Sure(_) => {
            state.overlay = Overlay::None;
            state.message = Some("Left as it was.".into());
        }
        Overlay::Search(_) => search::close(state),
        Overlay::None => {
            let was_there = state.reading.link.take().is_some() || state.find.take().is_some();
            if !was_there {
                state.look_at(Pane::Reading);
            }
        }
    }
    Vec::new()
}

fn paste(state: &mut State, text: &str, world: &World) {
    match state.overlay {
        Overlay::Search(_) => search::paste(state, text, world),
        Overlay::Form(_) => form::paste(state, text),
        Overlay::Writing(_) => notes::paste(state, text),
        Overlay::Palette(_) => lists::paste(state, text),
        Overlay::Help(_)
        | Overlay::Guide(_)
        | Overlay::Notes(_)
        | Overlay::Headings(_)
        | Overlay::Letter(_)
        | Overlay::Review(_)
        | Overlay::Shelf(_)
        | Overlay::Address(_)
        | Overlay::Sure(_)
        | Overlay::None => {
            let key = world.key(Context::Panes, &Action::Search(SearchAction::Open));
            state.message = Some(format!("Nothing here takes text. {key} opens the search."));
        }
    }
}

fn cycle(state: &mut State, forward: bool) {
    let next = match (state.focus, forward) {
        (Pane::Navigator, true) | (Pane::Checklist, false) => Pane::Reading,
        (Pane::Reading, true) | (Pane::Navigator, false) => Pane::Checklist,
        (Pane::Checklist, true) | (Pane::Reading, false) => Pane::Navigator,
    };
    state.look_at(next);
}

/// Moves an index within a list of this length.
fn moved(index: usize, length: usize, motion: Motion, count: usize, page: usize) -> usize {
    let moved = match motion {
        Motion::Down => index.saturating_add(count),
        Motion::Up => index.saturating_sub(count),
        Motion::HalfPageDown => index.saturating_add(page / 2),
        Motion::HalfPageUp => index.saturating_sub(page / 2),
        Motion::PageDown => index.saturating_add(page.saturating_mul(count)),
        Motion::PageUp => index.saturating_sub(page.saturating_mul(count)),
        Motion::First => 0,
        Motion::Last => usize::MAX,
    };
    moved.min(length.saturating_sub(1))
}

/// The lines of a side pane, for moving by pages.
fn side_height(state: &State) -> usize {
    let geometry = Geometry::of(state);
    let area = geometry.navigator.or(geometry.checklist).or(geometry.results);
    area.map_or(1, |area| usize::from(area.height.saturating_sub(4).max(2)))
}
