//! Actions in the checklist.

use crate::journal::{Mark, Operation};
use crate::reader::action::{ChecklistAction, Motion};
use crate::reader::state::{Pane, State};
use crate::reader::update::{moved, reading, side_height};
use crate::reader::{Effect, World};

/// Applies an action of the checklist's own.
pub(super) fn act(state: &mut State, action: ChecklistAction, count: usize, world: &World) -> Vec<Effect> {
    match action {
        ChecklistAction::Mark(mark) => return set(state, mark, world),
        ChecklistAction::DayBefore => day_before(state, count),
        ChecklistAction::DayAfter => day_after(state, count),
        ChecklistAction::GoToPassage => return go_to_passage(state, world),
    }
    Vec::new()
}

/// Moves the selection.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) {
    // An item takes about two lines.
    let page = side_height(state) / 2;
    state.item = moved(state.item, world.course.items.len(), motion, count, page);
}

/// Marks the selected item, or takes the mark back when it is there already.
fn set(state: &mut State, mark: Mark, world: &World) -> Vec<Effect> {
    let Some(item) = world.course.items.get(state.item) else {
        state.message = Some("This course has no checklist.".into());
        return Vec::new();
    };
    let mark = (world.mark(item, state.day) != Some(mark)).then_some(mark);
    vec![Effect::Record(Operation::Mark {
        course: world.course.id.clone(),
        item: item.id.clone(),
        day: state.day,
        mark,
    })]
}

fn day_before(state: &mut State, count: usize) {
    state.day = (0..count).try_fold(state.day, |day, _| day.yesterday()).unwrap_or(state.day);
}

fn day_after(state: &mut State, count: usize) {
    if state.day >= state.today {
        state.message = Some("This is today. Days to come can not be marked yet.".into());
        return;
    }
    let day = (0..count).try_fold(state.day, |day, _| day.tomorrow()).unwrap_or(state.today);
    state.day = day.min(state.today);
}

fn go_to_passage(state: &mut State, world: &World) -> Vec<Effect> {
    let Some(item) = world.course.items.get(state.item) else { return Vec::new() };
    state.look_at(Pane::Reading);
    reading::go_to_block(state, item.lesson, world.course.passage(item), world)
}
