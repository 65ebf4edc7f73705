//! The last search: going to its hits, and taking in what it finds.

use crate::reader::action::Action;
use crate::reader::effect::Effect;
use crate::reader::find::{Find, target};
use crate::reader::keys::context::Context;
use crate::reader::navigate;
use crate::reader::outcome::Jump;
use crate::reader::overlay::notes::NoteList;
use crate::reader::overlay::search::Search;
use crate::reader::overlay::{Overlay, OverlayAction};
use crate::reader::pane::Pane;
use crate::reader::pane::reading::ReadingPane;
use crate::reader::state::{HitMarks, State};
use crate::reader::update::overlays;
use crate::reader::world::World;
use crate::search::{Hit, HitPlace, Progress, Query};
use crate::text::Position;

/// The direction in which hits are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the next one.
    Next,
    /// To the one before.
    Previous,
}

/// Goes to the next or the previous hit of the last search.
pub(super) fn walk(state: &mut State, world: &World, direction: Direction, count: usize) -> Vec<Effect> {
    state.hit_marks = HitMarks::Shown;
    let selected = state.find.as_ref().and_then(|find| walked_to(find, direction, count, state, world));
    let (Some(selected), Some(find)) = (selected, state.find.as_mut()) else {
        state.message = Some(nothing_to_walk(state, world));
        return Vec::new();
    };
    let length = find.hits.len();
    find.select(selected);
    let (number, hit) = (selected + 1, find.current().cloned());
    let effects = hit.map(|hit| go_to(state, &hit, world)).unwrap_or_default();
    state.message = Some(format!("{number} of {length}"));
    effects
}

/// Says why there is no hit to go to.
fn nothing_to_walk(state: &State, world: &World) -> String {
    let key = world.key(Context::PANES, "search");
    match &state.find {
        Some(find) => format!("No matches for \"{}\"; {key} starts another search.", find.query.text()),
        None => format!("No search yet; {key} starts one."),
    }
}

/// Makes the open search the last one when it closes because it has found nothing at all: whoever asks
/// for its next hit hears of it.
pub(super) fn remember_fruitless(state: &mut State) {
    let find = state.search().map(|search| &search.find);
    let is_fruitless = |find: &&Find| find.hits.is_empty() && !find.query.is_empty();
    if let Some(find) = find.filter(is_fruitless).cloned() {
        state.find = Some(find);
    }
}

/// The hit that so many steps lead to: from the last one as long as it is in sight, else from what
/// stands at the top of the text. None where there is none.
fn walked_to(find: &Find, direction: Direction, count: usize, state: &State, world: &World) -> Option<usize> {
    let length = find.hits.len();
    let last = find.current()?;
    let count = count % length;
    let further = |from: usize, steps: usize| match direction {
        Direction::Next => (from + steps) % length,
        Direction::Previous => (from + length - steps) % length,
    };
    if is_in_sight(last, state, world) {
        return Some(further(find.index_at(find.selected), count));
    }
    let ReadingPane { lesson, top, .. } = state.reading;
    let here = (lesson, top.position);
    // Items and notes come behind all lessons.
    let is_below = |hit: &Hit| place_in_text(hit).is_none_or(|place| place >= here);
    let first_below = find.hits.iter().position(is_below).unwrap_or(length);
    Some(
        match direction {
            Direction::Next => further(first_below % length, (count + length - 1) % length),
            Direction::Previous => further(first_below, count),
        } % length,
    )
}

/// Where a hit stands in the lessons; none for an item or a note.
fn place_in_text(hit: &Hit) -> Option<(usize, Position)> {
    match hit.found {
        HitPlace::Title { lesson } => Some((lesson, Position::default())),
        HitPlace::Block { lesson, block } => Some((lesson, Position { block, offset: hit.first.start })),
        HitPlace::Item { .. } | HitPlace::Note { .. } => None,
    }
}

/// Returns whether a hit is where the reader is. An item or a note is, wherever that is.
fn is_in_sight(hit: &Hit, state: &State, world: &World) -> bool {
    let Some((lesson, position)) = place_in_text(hit) else { return true };
    let paged = world.paged_text(lesson).filter(|_| lesson == state.reading.lesson);
    paged.is_some_and(|paged| paged.shows(state.reading.top, position, state.geometry().text_height()))
}

/// Closes the search and goes to a hit of it; a note is shown over the search. It stays the last
/// search.
pub(super) fn accept(state: &mut State, hit: &Hit, world: &World) -> Vec<Effect> {
    if let Some(find) = state.search().map(|search| search.find.clone()) {
        state.find = Some(find);
        state.hit_marks = HitMarks::Shown;
    }
    if !matches!(hit.found, HitPlace::Note { .. }) {
        overlays::finish(state);
        overlays::leave_all(state, world);
    }
    go_to(state, hit, world)
}

/// What is searched for, as long as not all lessons were searched.
pub fn searching(state: &State) -> Option<&Find> {
    state.current_find().filter(|find| find.next.is_some())
}

/// What to do when the first hit has come, or none is to come.
pub fn on_first_hit(state: &State) -> Option<Action> {
    let action = state.search()?.on_first_hit()?;
    Some(Action::Overlay(OverlayAction::Search(action)))
}

/// Returns whether the search closes as soon as there is a hit.
pub fn awaits_hit(state: &State) -> bool {
    state.search().is_some_and(Search::awaits_hit)
}

/// Adds what a step of the search found.
pub(super) fn take_progress(state: &mut State, query: &Query, progress: Progress) {
    match (&mut state.overlay, &mut state.find) {
        (Some(Overlay::Search(search)), _) => search.find.take_progress(query, progress),
        (_, Some(find)) => find.take_progress(query, progress),
        (_, None) => {}
    }
}

fn go_to(state: &mut State, hit: &Hit, world: &World) -> Vec<Effect> {
    let view = state.view(world, 1);
    if let HitPlace::Note { note } = hit.found {
        let name = world.notes().get(note).map(|note| note.note.clone());
        overlays::show(state, Overlay::Notes(NoteList::open(name.as_deref(), &view)), world);
        return Vec::new();
    }
    let Some((lesson, top)) = target(hit, &view) else { return Vec::new() };
    let pane = match hit.found {
        HitPlace::Item { item } => {
            if let Some(item) = world.course.items.get(item) {
                state.checklist.reveal(item.id.clone(), &view);
            }
            Pane::Checklist
        }
        HitPlace::Title { .. } | HitPlace::Block { .. } | HitPlace::Note { .. } => Pane::Reading,
    };
    state.focus_on(pane);
    if let HitPlace::Block { lesson, block } = hit.found {
        state.folds.reveal(lesson, world.course.document(lesson), block);
    }
    navigate::go(state, Jump::Top { lesson, top }, world)
}
