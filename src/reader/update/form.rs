//! Actions in a form.

use crate::reader::action::{FormAction, Motion};
use crate::reader::form::{Form, Input, Purpose};
use crate::reader::state::{Overlay, State};
use crate::reader::update::{checklist, deeds, moved};
use crate::reader::{Effect, World};

/// Applies an action of the form's own.
pub(super) fn act(state: &mut State, action: FormAction, world: &World) -> Vec<Effect> {
    let Overlay::Form(form) = &mut state.overlay else { return Vec::new() };
    match action {
        FormAction::Input(request) => form.apply(request),
        FormAction::Next => step(form, Motion::Down),
        FormAction::Previous => step(form, Motion::Up),
        FormAction::Enter => {
            if form.focus + 1 < form.shown().count() {
                step(form, Motion::Down);
            } else {
                return keep(state, world);
            }
        }
        FormAction::Keep => return keep(state, world),
    }
    Vec::new()
}

/// Takes pasted text into the field that has the cursor.
pub(super) fn paste(state: &mut State, text: &str) {
    let Overlay::Form(form) = &mut state.overlay else { return };
    let whole = match form.focused().map(|field| &mut field.input) {
        Some(Input::Text(field)) => field.insert(text),
        Some(Input::Side(_)) | None => return,
    };
    if !whole {
        state.message = Some("It was too long for one line; its beginning is here.".into());
    }
}

fn step(form: &mut Form, motion: Motion) {
    form.focus = moved(form.focus, form.shown().count(), motion, 1, 1);
}

fn keep(state: &mut State, world: &World) -> Vec<Effect> {
    let Overlay::Form(form) = &mut state.overlay else { return Vec::new() };
    if let Some((name, words)) = form.missing() {
        let at = form.shown().position(|field| field.name == name);
        form.focus = at.unwrap_or(form.focus);
        state.message = Some(words.into());
        return Vec::new();
    }
    let (words, operations) = form.outcome(world);
    let is_new = form.purpose == Purpose::NewItem;
    state.overlay = Overlay::None;
    state.message = Some(format!("Kept. {} takes it back.", deeds::undo_key(world)));
    if is_new {
        checklist::select_new_item(state, world);
    }
    deeds::perform(state, words, operations, world)
}
