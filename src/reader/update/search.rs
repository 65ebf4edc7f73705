//! Searching: typing a query, choosing a hit, walking the hits.

use crate::page::Top;
use crate::reader::action::{Motion, SearchAction};
use crate::reader::bindings::Context;
use crate::reader::find::{Find, OnHit, Origin, Search};
use crate::reader::state::{Overlay, Pane, Reading, State};
use crate::reader::update::{checklist, moved, notes, reading, side_height};
use crate::reader::{Action, Effect, Geometry, World};
use crate::search::{Cursor, Found, Hit, Progress, Query};
use crate::text::Position;
use crate::text::clean::clean_line;
use std::sync::Arc;
use tui_input::{Input, InputRequest};

/// The most characters that a query may have.
const LONGEST_QUERY: usize = 200;

/// Opens the search.
pub(super) fn open(state: &mut State) {
    let origin = Origin { reading: state.reading, focus: state.focus, side: state.side };
    let find = new_find("");
    let on_hit = OnHit::Preview;
    state.overlay =
        Overlay::Search(Box::new(Search { text: String::new(), cursor: 0, find, origin, on_hit }));
}

/// Applies an action while the search is open.
pub(super) fn act(state: &mut State, action: SearchAction, world: &World) -> Vec<Effect> {
    match action {
        SearchAction::Open => {}
        SearchAction::Input(request) => input(state, request, world),
        SearchAction::GoToHit => return accept(state, world),
        SearchAction::Preview => preview(state, world),
    }
    Vec::new()
}

/// Moves to another hit.
pub(super) fn move_by(state: &mut State, motion: Motion, world: &World) {
    let page = side_height(state) / 2;
    if let Overlay::Search(search) = &mut state.overlay {
        let find = &mut search.find;
        find.selected = moved(find.selected, find.hits.len(), motion, 1, page);
    }
    preview(state, world);
}

/// Selects a hit.
pub(super) fn select(state: &mut State, hit: usize, world: &World) {
    if let Overlay::Search(search) = &mut state.overlay {
        search.find.selected = hit;
    }
    preview(state, world);
}

/// Takes pasted text in as if it had been typed.
pub(super) fn paste(state: &mut State, text: &str, world: &World) {
    let Overlay::Search(search) = &mut state.overlay else { return };
    let mut characters: Vec<char> = search.text.chars().collect();
    let at = search.cursor.min(characters.len());
    let pasted: Vec<char> = clean_line(text).chars().take(LONGEST_QUERY).collect();
    let cursor = at + pasted.len();
    characters.splice(at..at, pasted);
    take_text(search, &characters.into_iter().collect::<String>(), cursor);
    preview(state, world);
}

fn input(state: &mut State, request: InputRequest, world: &World) {
    let Overlay::Search(search) = &mut state.overlay else { return };
    let mut input = Input::new(search.text.clone()).with_cursor(search.cursor);
    input.handle(request);
    take_text(search, input.value(), input.cursor());
    preview(state, world);
}

/// Goes to the next or the previous hit of the last search.
pub(super) fn walk(state: &mut State, world: &World, next: bool) -> Vec<Effect> {
    let Some(find) = state.find.as_mut().filter(|find| !find.hits.is_empty()) else {
        let key = world.key(Context::Panes, &Action::Search(SearchAction::Open));
        state.message = Some(format!("Nothing was searched for yet. {key} opens the search."));
        return Vec::new();
    };
    let length = find.hits.len();
    find.selected = if next { (find.selected + 1) % length } else { (find.selected + length - 1) % length };
    let (number, hit) = (find.selected + 1, find.current().cloned());
    let effects = hit.map(|hit| go_to(state, &hit, world)).unwrap_or_default();
    state.message = Some(format!("{number} of {length}"));
    effects
}

fn take_text(search: &mut Search, text: &str, cursor: usize) {
    let text: String = text.chars().take(LONGEST_QUERY).collect();
    search.cursor = cursor.min(text.chars().count());
    search.on_hit = OnHit::Preview;
    if text == search.text {
        return;
    }
    search.find = new_find(&text);
    search.text = text;
}

fn new_find(text: &str) -> Find {
    let query = Query::parse(text);
    let next = (!query.is_empty()).then(Cursor::default);
    Find { query, hits: Arc::default(), more: false, next, selected: 0 }
}

/// What is searched for, as long as not all lessons were searched.
pub fn searching(state: &State) -> Option<&Find> {
    state.sought().filter(|find| find.next.is_some())
}

/// What to do when the first hit has come.
pub fn on_first_hit(state: &State) -> Option<Action> {
    let search = state.overlay.search().filter(|search| !search.find.hits.is_empty())?;
    Some(Action::Search(match search.on_hit {
        OnHit::Preview => SearchAction::Preview,
        OnHit::GoThere => SearchAction::GoToHit,
    }))
}

/// Whether the search closes as soon as there is a hit.
pub fn awaits_hit(state: &State) -> bool {
    let awaits = |search: &Search| search.on_hit == OnHit::GoThere && search.find.next.is_some();
    state.overlay.search().is_some_and(awaits)
}

/// Adds what a step of the search found, unless it belongs to another search.
pub(super) fn take_progress(state: &mut State, query: &Query, progress: Progress) {
    let find = match &mut state.overlay {
        Overlay::Search(search) => Some(&mut search.find),
        _ => state.find.as_mut(),
    };
    if let Some(find) = find.filter(|find| find.query == *query && find.next == Some(progress.from)) {
        Arc::make_mut(&mut find.hits).extend(progress.hits);
        find.more |= progress.more;
        find.next = progress.next;
    }
}

/// Shows the selected hit in the reading pane, or where the reader was if it is elsewhere.
fn preview(state: &mut State, world: &World) {
    let Overlay::Search(search) = &state.overlay else { return };
    let shown = search.find.current().and_then(|hit| target(state, hit, world));
    state.reading = match shown {
        Some((lesson, top)) => Reading::at(lesson, top),
        None => search.origin.reading,
    };
}

/// The lesson that a hit leads to, and what stands at the top there. A note has none.
fn target(state: &State, hit: &Hit, world: &World) -> Option<(usize, Top)> {
    let height = Geometry::of(state).text_height();
    let position = match hit.found {
        Found::Title { .. } | Found::Note { .. } => Position::default(),
        Found::Block { block, .. } => Position { block, offset: hit.first.start },
        Found::Item { item } => {
            let block = world.course.items.get(item).map_or(0, |item| world.course.passage(item));
            Position { block, offset: 0 }
        }
    };
    let lesson = hit.lesson(world.course)?;
    Some((lesson, world.sheet(lesson)?.showing(position, height)))
}

/// Closes the search: the reader is exactly where she was.
pub(super) fn close(state: &mut State) {
    let Overlay::Search(search) = std::mem::replace(&mut state.overlay, Overlay::None) else { return };
    state.reading = search.origin.reading;
    state.focus = search.origin.focus;
    state.side = search.origin.side;
}

fn accept(state: &mut State, world: &World) -> Vec<Effect> {
    let Overlay::Search(search) = &mut state.overlay else { return Vec::new() };
    let Some(hit) = search.find.current().cloned() else {
        search.on_hit = if search.find.next.is_some() { OnHit::GoThere } else { OnHit::Preview };
        return Vec::new();
    };
    let find = search.find.clone();
    close(state);
    state.find = Some(find);
    go_to(state, &hit, world)
}

fn go_to(state: &mut State, hit: &Hit, world: &World) -> Vec<Effect> {
    if let Found::Note { note } = hit.found {
        notes::show_found(state, note);
        return Vec::new();
    }
    let Some((lesson, top)) = target(state, hit, world) else { return Vec::new() };
    let pane = match hit.found {
        Found::Item { item } => {
            checklist::reveal(state, item, world);
            Pane::Checklist
        }
        Found::Title { .. } | Found::Block { .. } | Found::Note { .. } => Pane::Reading,
    };
    state.look_at(pane);
    reading::go(state, lesson, top, world)
}
