//! Actions in the checklist.

use crate::course::Side;
use crate::journal::{Choice, Chosen, Mark, Operation, OwnItem, Standing};
use crate::practice::{AnyItem, ItemSource, mark_word};
use crate::reader::action::{ChecklistAction, Motion};
use crate::reader::bindings::Context;
use crate::reader::checklist::{Checklist, Rest, Row, Shows, is_selected, selectable, selected};
use crate::reader::form::Form;
use crate::reader::state::{Overlay, Pane, State, Sure};
use crate::reader::update::{deeds, moved, reading, side_height};
use crate::reader::{Action, Effect, World};

/// Applies an action of the checklist's own.
pub(super) fn act(state: &mut State, action: ChecklistAction, count: usize, world: &World) -> Vec<Effect> {
    match action {
        ChecklistAction::Mark(mark) => return set(state, mark, world),
        ChecklistAction::DayBefore => day_before(state, count),
        ChecklistAction::DayAfter => day_after(state, count),
        ChecklistAction::GoToPassage => return go_to_passage(state, world),
        ChecklistAction::List => return list(state, world),
        ChecklistAction::Switch => switch(state, world),
        ChecklistAction::Add => add(state, world),
        ChecklistAction::Edit => edit(state, world),
        ChecklistAction::Plan => plan(state, world),
        ChecklistAction::Retire => retire(state, world),
    }
    Vec::new()
}

/// Moves the selection.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) {
    // An item takes about two lines.
    let page = side_height(state) / 2;
    let rows = selectable(state, world);
    let at = rows.iter().position(|row| is_selected(*row, state));
    // What is selected may be out of sight: then the first or the last is the next one.
    let Some(at) = at else {
        let row = if motion == Motion::Last { rows.last() } else { rows.first() };
        return select(state, row.copied());
    };
    select(state, rows.get(moved(at, rows.len(), motion, count, page)).copied());
}

/// Selects an item and makes sure that it is shown.
pub(super) fn reveal(state: &mut State, item: usize, world: &World) {
    state.item = item;
    if state.checklist.rest == Rest::Selected {
        state.checklist.rest = Rest::Folded;
    }
    if selected(state, world).is_some() {
        return;
    }
    match state.checklist.shows {
        Shows::Mine => state.checklist.rest = Rest::Open,
        Shows::Lesson | Shows::All => state.checklist.shows = Shows::All,
    }
}

/// Shows her list, with its first item selected.
pub(super) fn show_mine(state: &mut State, world: &World) {
    state.checklist = Checklist { shows: Shows::Mine, rest: Rest::Folded };
    if selected(state, world).is_none() {
        select(state, selectable(state, world).first().copied());
    }
}

/// Selects the item that is about to be made: it comes behind all others.
pub(super) fn select_new_item(state: &mut State, world: &World) {
    state.item = world.course.items.len() + world.ledger.own_items(&world.course.id).count();
    if state.checklist.shows == Shows::Lesson {
        state.checklist.shows = Shows::All;
    }
}

/// Selects a row.
pub(super) fn select(state: &mut State, row: Option<Row>) {
    match row {
        Some(Row::Item(item)) => {
            state.item = item;
            if state.checklist.rest == Rest::Selected {
                state.checklist.rest = Rest::Folded;
            }
        }
        Some(Row::More(_)) => state.checklist.rest = Rest::Selected,
        Some(Row::Title(_) | Row::Others) | None => {}
    }
}

/// Her list, the lesson's items, all. The same item stays selected where it can.
fn switch(state: &mut State, world: &World) {
    if state.checklist.rest == Rest::Selected {
        state.checklist.rest = Rest::Folded;
    }
    state.checklist.shows = match state.checklist.shows {
        Shows::Mine => Shows::Lesson,
        Shows::Lesson => Shows::All,
        Shows::All => Shows::Mine,
    };
    if selected(state, world).is_none() {
        select(state, selectable(state, world).first().copied());
    }
}

/// Marks the selected item, or takes the mark back when it is there already. Where the other
/// items are folded away, it unfolds them.
fn set(state: &mut State, mark: Mark, world: &World) -> Vec<Effect> {
    if state.checklist.shows == Shows::Mine && state.checklist.rest == Rest::Selected {
        let others = selectable(state, world).len();
        state.checklist.rest = Rest::Open;
        select(state, selectable(state, world).get(others.saturating_sub(1)).copied());
        return Vec::new();
    }
    let Some(item) = some_item(state, world) else { return Vec::new() };
    let new = world.practice().toggled(item.id, state.day, mark);
    let day = state.day.strftime("%a %-d %b");
    let words = format!("{}, {day}: {}", mark_word(new), item.text());
    deeds::perform(state, words, world.practice().marking(&item, state.day, new), world)
}

/// The selected item; without one it says what to do.
fn some_item<'a>(state: &mut State, world: &World<'a>) -> Option<AnyItem<'a>> {
    let item = selected(state, world);
    if item.is_none() {
        state.message = Some(if selectable(state, world).is_empty() {
            let (add, others) = (key(ChecklistAction::Add, world), key(ChecklistAction::Switch, world));
            format!("There is no item here. {add} adds one of your own; {others} shows others.")
        } else {
            let key = |motion| world.key(Context::Panes, &Action::Move(motion));
            format!("Select an item first, with {} and {}.", key(Motion::Down), key(Motion::Up))
        });
    }
    item
}

fn key<'a>(action: ChecklistAction, world: &World<'a>) -> &'a str {
    world.key(Context::Checklist, &Action::Checklist(action))
}

fn list(state: &mut State, world: &World) -> Vec<Effect> {
    let Some(item) = some_item(state, world) else { return Vec::new() };
    let listed = !world.practice().is_listed(item.id);
    let words = format!("{}: {}", if listed { "on your list" } else { "off your list" }, item.text());
    state.message = Some(if listed {
        format!("It is on your list. {} shows your list.", key(ChecklistAction::Switch, world))
    } else {
        "It is off your list; its marks stay.".into()
    });
    // Where only the list is shown, the next one is at hand.
    if !listed && state.checklist.shows == Shows::Mine && state.checklist.rest != Rest::Open {
        let before = state.item;
        move_by(state, Motion::Down, 1, world);
        if state.item == before {
            state.checklist.rest = Rest::Folded;
            move_by(state, Motion::Up, 1, world);
        }
    }
    let operation = choice(Chosen::Listed { item: item.id.clone(), listed }, world);
    deeds::perform(state, words, vec![operation], world)
}

fn add(state: &mut State, world: &World) {
    let side = selected(state, world).map_or(Side::Avoid, |item| item.side());
    state.overlay = Overlay::Form(Box::new(Form::new_item(side)));
}

fn edit(state: &mut State, world: &World) {
    if let Some(item) = some_item(state, world) {
        let form = Form::edit(&item, world.practice().if_then(item.id));
        state.overlay = Overlay::Form(Box::new(form));
    }
}

fn plan(state: &mut State, world: &World) {
    if let Some(item) = some_item(state, world) {
        let form = Form::plan(&item, world.practice().if_then(item.id));
        state.overlay = Overlay::Form(Box::new(form));
    }
}

fn retire(state: &mut State, world: &World) {
    let Some(item) = some_item(state, world) else { return };
    let ItemSource::Own(own) = item.source else {
        let key = key(ChecklistAction::List, world);
        state.message = Some(format!("The course's own items stay. {key} takes one off your list."));
        return;
    };
    let own = OwnItem { standing: Standing::Retired, ..own.clone() };
    let operation = choice(Chosen::OwnItem { item: item.id.clone(), own }, world);
    state.overlay = Overlay::Sure(Box::new(Sure {
        question: format!("Retire this item?  {}", item.text()),
        lost: "It leaves the checklist. Its marks stay, and the review still shows them.".into(),
        words: format!("retired: {}", item.text()),
        operations: vec![operation],
    }));
}

fn choice(chosen: Chosen, world: &World) -> Operation {
    Operation::Choice(Choice { course: world.course.id.clone(), chosen })
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
    let Some(item) = some_item(state, world) else { return Vec::new() };
    let ItemSource::Course(item) = item.source else {
        state.message = Some("This item is your own; no lesson teaches it.".into());
        return Vec::new();
    };
    state.look_at(Pane::Reading);
    reading::go_to_block(state, item.lesson, world.course.passage(item), world)
}
