//! Actions in the navigator.

use crate::course::Course;
use crate::reader::action::{Motion, NavigatorAction};
use crate::reader::state::{Entry, Navigator, Pane, State};
use crate::reader::update::{moved, reading, side_height};
use crate::reader::{Effect, World};

/// The entries in sight or in reach: parts, and the lessons of those that are not folded.
pub fn entries(course: &Course, navigator: &Navigator) -> Vec<Entry> {
    course
        .parts
        .iter()
        .enumerate()
        .flat_map(|(index, part)| {
            let lessons = if navigator.folded.contains(&index) { 0..0 } else { part.lessons.clone() };
            // A part without a title only sets its lessons apart.
            let title = (!part.title.is_empty()).then_some(Entry::Part(index));
            title.into_iter().chain(lessons.map(Entry::Lesson))
        })
        .collect()
}

/// Applies an action of the navigator's own.
pub(super) fn act(state: &mut State, action: NavigatorAction, world: &World) -> Vec<Effect> {
    match action {
        NavigatorAction::Open => return open(state, world),
        NavigatorAction::Fold => fold(state, world.course),
        NavigatorAction::Unfold => unfold(state),
    }
    Vec::new()
}

/// Moves the selection.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) {
    let entries = entries(world.course, &state.navigator);
    let selected = entries.iter().position(|entry| *entry == state.navigator.selected).unwrap_or(0);
    let selected = moved(selected, entries.len(), motion, count, side_height(state));
    if let Some(entry) = entries.get(selected) {
        state.navigator.selected = *entry;
    }
}

fn open(state: &mut State, world: &World) -> Vec<Effect> {
    match state.navigator.selected {
        Entry::Lesson(lesson) => {
            let effects = reading::open(state, lesson, world);
            state.look_at(Pane::Reading);
            effects
        }
        Entry::Part(part) => {
            if !state.navigator.folded.remove(&part) {
                state.navigator.folded.insert(part);
            }
            Vec::new()
        }
    }
}

fn fold(state: &mut State, course: &Course) {
    let part = match state.navigator.selected {
        Entry::Part(part) => Some(part),
        Entry::Lesson(lesson) => course.lessons.get(lesson).map(|lesson| lesson.part),
    };
    let has_title = |part: &usize| course.parts.get(*part).is_some_and(|part| !part.title.is_empty());
    if let Some(part) = part.filter(has_title) {
        state.navigator.folded.insert(part);
        state.navigator.selected = Entry::Part(part);
    }
}

fn unfold(state: &mut State) {
    if let Entry::Part(part) = state.navigator.selected {
        state.navigator.folded.remove(&part);
    }
}
