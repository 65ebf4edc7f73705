//! Actions in the short lists: headings, named places, the palette.

use crate::course::Place;
use crate::journal::{Choice, Chosen, Operation};
use crate::page::Top;
use crate::reader::action::{ListAction, Motion};
use crate::reader::bindings::Context;
use crate::reader::palette::{Palette, Row};
use crate::reader::state::{Letter, Overlay, Pane, State};
use crate::reader::update::{deeds, moved, reading, side_height, update};
use crate::reader::{Action, Effect, World};

/// Opens a list, or does what is selected in one.
pub(super) fn act(state: &mut State, action: ListAction, world: &World) -> Vec<Effect> {
    match action {
        ListAction::Headings => headings(state, world),
        ListAction::NamePlace => state.overlay = Overlay::Letter(Letter::ToName),
        ListAction::GoToPlace => state.overlay = Overlay::Letter(Letter::ToGo),
        ListAction::Palette => {
            let palette = Palette::open(state.context());
            state.overlay = Overlay::Palette(Box::new(palette));
        }
        ListAction::Letter(letter) => return take_letter(state, letter, world),
        ListAction::Choose => return choose(state, world),
        ListAction::Input(request) => {
            if let Overlay::Palette(palette) = &mut state.overlay {
                palette.text.apply(request);
                palette.selected = 0;
            }
        }
    }
    Vec::new()
}

/// Moves the selection.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) {
    let page = side_height(state);
    let headings = world.course.document(state.reading.lesson).headings().count();
    match &mut state.overlay {
        Overlay::Headings(selected) => *selected = moved(*selected, headings, motion, count, page),
        Overlay::Palette(palette) => {
            let rows = palette.rows(world.keymap.rows(), world.course).len();
            palette.selected = moved(palette.selected, rows, motion, count, page);
        }
        _ => {}
    }
}

/// Takes pasted text into the palette.
pub(super) fn paste(state: &mut State, text: &str) {
    if let Overlay::Palette(palette) = &mut state.overlay {
        palette.text.insert(text);
        palette.selected = 0;
    }
}

/// The headings, that of the section in sight selected.
fn headings(state: &mut State, world: &World) {
    let document = world.course.document(state.reading.lesson);
    let here = state.reading.top.position.block;
    let before = document.headings().take_while(|(block, ..)| *block <= here).count();
    state.overlay = Overlay::Headings(before.saturating_sub(1));
}

fn choose(state: &mut State, world: &World) -> Vec<Effect> {
    match std::mem::replace(&mut state.overlay, Overlay::None) {
        Overlay::Headings(selected) => {
            let document = world.course.document(state.reading.lesson);
            let block = document.headings().nth(selected).map(|(block, ..)| block);
            state.look_at(Pane::Reading);
            block
                .map(|block| reading::go_to_block(state, state.reading.lesson, block, world))
                .unwrap_or_default()
        }
        Overlay::Palette(palette) => {
            match palette.rows(world.keymap.rows(), world.course).get(palette.selected) {
                // The palette is closed, so this goes one step down and no further.
                Some(Row::Action(row)) => update(state, row.action.clone(), world),
                Some(Row::Lesson(lesson)) => {
                    state.look_at(Pane::Reading);
                    reading::open(state, *lesson, world)
                }
                None => Vec::new(),
            }
        }
        other => {
            state.overlay = other;
            Vec::new()
        }
    }
}

fn take_letter(state: &mut State, letter: char, world: &World) -> Vec<Effect> {
    match std::mem::replace(&mut state.overlay, Overlay::None) {
        Overlay::Letter(Letter::ToName) => name(state, letter, world),
        Overlay::Letter(Letter::ToGo) => go(state, letter, world),
        other => {
            state.overlay = other;
            Vec::new()
        }
    }
}

fn name(state: &mut State, letter: char, world: &World) -> Vec<Effect> {
    let Some(lesson) = world.course.lessons.get(state.reading.lesson) else { return Vec::new() };
    let document = world.course.document(state.reading.lesson);
    let place = Some(Place::new(lesson.id.clone(), document, state.reading.top.position));
    let key = world.key(Context::Panes, &Action::List(ListAction::GoToPlace));
    state.message = Some(format!("{key} and then {letter} comes back to this place."));
    let chosen = Chosen::NamedPlace { name: letter, place };
    let operation = Operation::Choice(Choice { course: world.course.id.clone(), chosen });
    deeds::perform(state, format!("the letter {letter} for: {}", lesson.title()), vec![operation], world)
}

fn go(state: &mut State, letter: char, world: &World) -> Vec<Effect> {
    let Some(place) = world.ledger.named_place(&world.course.id, letter) else {
        let key = world.key(Context::Reading, &Action::List(ListAction::NamePlace));
        state.message = Some(format!("{letter} stands for no place yet. {key} and {letter} names this one."));
        return Vec::new();
    };
    let Some(lesson) = world.course.lesson_index(&place.lesson) else {
        state.message = Some("The course no longer has that lesson.".into());
        return Vec::new();
    };
    state.look_at(Pane::Reading);
    let position = place.find(world.course.document(lesson));
    reading::go(state, lesson, Top { position, skip: 0 }, world)
}
