//! Actions on notes: writing one, and the list of all.

use crate::course::Place;
use crate::journal::Operation;
use crate::page::Top;
use crate::reader::action::{Motion, NoteAction, WritingAction};
use crate::reader::bindings::Context;
use crate::reader::leaf::text_width;
use crate::reader::state::{Overlay, Pane, State};
use crate::reader::update::{deeds, moved, reading, side_height};
use crate::reader::writing::Writing;
use crate::reader::{Action, Effect, Geometry, TerminalEffect, World};

/// Opens a note, or the list of them.
pub(super) fn act(state: &mut State, action: NoteAction, world: &World) -> Vec<Effect> {
    match action {
        NoteAction::Evening => open(state, Writing::evening(state.day, world)),
        NoteAction::Here => here(state, world),
        NoteAction::HereInEditor => {
            here(state, world);
            return edit(state);
        }
        NoteAction::All => {
            let last = world.notes().len().saturating_sub(1);
            state.overlay = Overlay::Notes(last);
        }
        NoteAction::Open => {
            if let Some(note) = selected(state, world) {
                open(state, Writing::of(&note, world));
            }
        }
        NoteAction::GoToPlace => return go_to_place(state, world),
    }
    Vec::new()
}

/// Applies an action while a note is written.
pub(super) fn write(state: &mut State, action: WritingAction, world: &World) -> Vec<Effect> {
    let Overlay::Writing(writing) = &mut state.overlay else { return Vec::new() };
    match action {
        WritingAction::Input(request) => {
            if let Some(field) = writing.focused() {
                field.text.apply(request);
            }
        }
        WritingAction::Break => {
            if let Some(field) = writing.focused() {
                field.text.break_line();
            }
        }
        WritingAction::Next => writing.focus = (writing.focus + 1) % writing.fields.len().max(1),
        WritingAction::Previous => {
            let fields = writing.fields.len().max(1);
            writing.focus = (writing.focus + fields - 1) % fields;
        }
        WritingAction::Keep => return keep(state, world),
        WritingAction::Editor => return edit(state),
    }
    Vec::new()
}

/// Moves the cursor by rows; from a text's last row on into the next text.
pub(super) fn move_by(state: &mut State, motion: Motion) {
    let leaf = Geometry::of(state).leaf;
    let page = isize::try_from(leaf.height.max(2) - 1).unwrap_or(1);
    let Overlay::Writing(writing) = &mut state.overlay else { return };
    let (last, focus) = (writing.fields.len().saturating_sub(1), writing.focus);
    let Some(field) = writing.focused() else { return };
    let before = field.text.clone();
    let rows = match motion {
        Motion::Down => 1,
        Motion::Up => -1,
        Motion::First => isize::MIN / 2,
        Motion::Last => isize::MAX / 2,
        Motion::HalfPageDown => page / 2,
        Motion::HalfPageUp => -page / 2,
        Motion::PageDown => page,
        Motion::PageUp => -page,
    };
    let row = |text: &crate::reader::text_field::TextField| text.laid_out(text_width(leaf.width)).1.0;
    field.text.move_rows(rows, text_width(leaf.width));
    if row(&field.text) == row(&before) {
        let next = if rows < 0 { focus.saturating_sub(1) } else { (focus + 1).min(last) };
        if next != focus {
            field.text = before;
            writing.focus = next;
        }
    }
}

/// Moves the selection in the list.
pub(super) fn move_in_list(state: &mut State, motion: Motion, count: usize, world: &World) {
    let length = world.notes().len();
    let page = side_height(state);
    if let Overlay::Notes(selected) = &mut state.overlay {
        *selected = moved(*selected, length, motion, count, page);
    }
}

/// Takes pasted text in.
pub(super) fn paste(state: &mut State, text: &str) {
    let Overlay::Writing(writing) = &mut state.overlay else { return };
    let whole = writing.focused().is_none_or(|field| field.text.insert(text));
    if !whole {
        state.message = Some("That was more than a note holds; its beginning is here.".into());
    }
}

/// Takes in what came back from the editor, in place of what had been written.
pub(super) fn edited(state: &mut State, text: &str, world: &World) {
    let Overlay::Writing(writing) = &mut state.overlay else { return };
    let Some(field) = writing.focused() else { return };
    let mut new = crate::reader::text_field::TextField::new("", field.text.lines());
    let whole = new.insert(text.trim_end());
    field.text = new;
    state.message = Some(if whole {
        format!("Here is what you wrote. {} keeps it.", keep_key(world))
    } else {
        "That was more than a note holds; its beginning is here.".into()
    });
}

/// Keeps what was written, and closes it.
pub(super) fn keep(state: &mut State, world: &World) -> Vec<Effect> {
    let Overlay::Writing(writing) = std::mem::replace(&mut state.overlay, Overlay::None) else {
        return Vec::new();
    };
    let changes = writing.changes(world);
    if changes.is_empty() {
        return Vec::new();
    }
    state.message = Some(format!("Kept. {} takes it back.", deeds::undo_key(world)));
    deeds::perform(state, format!("what you wrote: {}", writing.title), changes, world)
}

/// What is being written now and is not kept yet.
pub fn draft(state: &State, world: &World) -> Vec<Operation> {
    match &state.overlay {
        Overlay::Writing(writing) => writing.changes(world),
        _ => Vec::new(),
    }
}

/// Opens what was being written when the program ended.
pub(super) fn offer_draft(state: &mut State, draft: Vec<Operation>, world: &World) {
    if let Some(writing) = Writing::from_draft(draft, world) {
        state.overlay = Overlay::Writing(Box::new(writing));
        tell_of_draft(state, world);
    }
}

/// Says what the draft that is open is, and by which key it is kept.
fn tell_of_draft(state: &mut State, world: &World) {
    if matches!(state.overlay, Overlay::Writing(_)) {
        let key = keep_key(world);
        state.message = Some(format!("You were writing this when the program ended. {key} keeps it."));
    }
}

fn keep_key<'a>(world: &World<'a>) -> &'a str {
    world.key(Context::Writing, &Action::Writing(WritingAction::Keep))
}

/// Opens the list at a note that was found.
pub(super) fn show_found(state: &mut State, note: usize) {
    state.overlay = Overlay::Notes(note);
}

fn open(state: &mut State, writing: Writing) {
    state.overlay = Overlay::Writing(Box::new(writing));
}

fn here(state: &mut State, world: &World) {
    let Some(lesson) = world.course.lessons.get(state.reading.lesson) else { return };
    let document = world.course.document(state.reading.lesson);
    let place = Place::at(lesson.id.clone(), document, state.reading.top.position);
    open(state, Writing::at(place, state.today, world));
}

fn edit(state: &mut State) -> Vec<Effect> {
    let Overlay::Writing(writing) = &mut state.overlay else { return Vec::new() };
    writing
        .focused()
        .map(|field| TerminalEffect::Edit(field.text.text().to_owned()).into())
        .into_iter()
        .collect()
}

fn selected(state: &State, world: &World) -> Option<crate::journal::Note> {
    let Overlay::Notes(selected) = state.overlay else { return None };
    world.notes().get(selected).cloned()
}

fn go_to_place(state: &mut State, world: &World) -> Vec<Effect> {
    let place = selected(state, world).and_then(|note| note.place);
    let Some((place, lesson)) =
        place.and_then(|place| Some((place.clone(), world.course.lesson_index(&place.lesson)?)))
    else {
        state.message = Some("This note belongs to a day, not to a place in a lesson.".into());
        return Vec::new();
    };
    state.overlay = Overlay::None;
    state.look_at(Pane::Reading);
    let position = place.find(world.course.document(lesson));
    reading::go(state, lesson, Top { position, skip: 0 }, world)
}
