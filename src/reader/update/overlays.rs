//! The overlays as a stack: one opened from another, one step back, and what becomes of what was
//! typed in one that closes.
//!
//! Owns that nothing typed is lost: what is not saved when an overlay closes is put aside, and is
//! there again when the same is opened.

use crate::reader::effect::{Effect, TerminalEffect};
use crate::reader::keys::context::Context;
use crate::reader::outcome::OverlayRequest;
use crate::reader::overlay::{OpenedOverlay, Overlay, form, note};
use crate::reader::state::{LastDone, State};
use crate::reader::world::World;

/// Opens an overlay over the one that is open.
pub(super) fn open(state: &mut State, opening: OverlayRequest, world: &World) -> Vec<Effect> {
    if opening == OverlayRequest::Help && matches!(state.overlay, Some(Overlay::Help(_))) {
        return Vec::new();
    }
    let in_editor = opening == OverlayRequest::NoteHereInEditor;
    match Overlay::open(opening, &state.view(world, 1)) {
        OpenedOverlay::Overlay(overlay) => show(state, overlay, world),
        OpenedOverlay::Refused(message) => state.message = Some(message.into()),
        OpenedOverlay::Awaited => return vec![Effect::ListRecent],
    }
    match &state.overlay {
        Some(Overlay::Note(note)) if in_editor => {
            note.text().map(|text| TerminalEffect::Edit(text.to_owned()).into()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Opens Today over what is open, or comes back to it where that was opened from it. From Today
/// itself it is one step back.
pub(super) fn to_today(state: &mut State, world: &World) -> Vec<Effect> {
    let is_today = |overlay: &Overlay| matches!(overlay, Overlay::Today(_));
    if state.overlay.as_ref().is_some_and(is_today) {
        step_back(state, world);
        return Vec::new();
    }
    if !state.beneath.iter().any(is_today) {
        return open(state, OverlayRequest::Today, world);
    }
    while !state.overlay.as_ref().is_none_or(is_today) {
        step_back(state, world);
    }
    Vec::new()
}

/// Shows an overlay over the one that is open. What was typed into it before and is not saved is
/// there again.
pub(super) fn show(state: &mut State, overlay: Overlay, world: &World) {
    let overlay = match state.drafts.take(&world.course.id, &overlay) {
        Some(draft) => {
            state.message = words_for_resumed(&draft, world);
            state.last_done = LastDone::Change;
            draft
        }
        None => overlay,
    };
    push(state, overlay);
    match &mut state.overlay {
        Some(Overlay::Notices(list)) => {
            state.notices.all_are_listed();
            list.fill(&state.notices, state.outdated.as_deref());
        }
        Some(Overlay::Search(search)) => search.remember(state.searches.clone()),
        Some(Overlay::Palette(palette)) => palette.remember(state.commands.clone()),
        _ => {}
    }
}

/// What is shown is older than its files, for this reason, or it is not any more. An open list of
/// notices, also one beneath another overlay, says so from now on.
pub(super) fn tell_outdated(state: &mut State, why: Option<String>) {
    for overlay in state.overlay.iter_mut().chain(&mut state.beneath) {
        if let Overlay::Notices(list) = overlay {
            list.stand(why.as_deref());
        }
    }
    state.outdated = why;
}

/// Shows what was left last and is not saved.
pub(super) fn resume_draft(state: &mut State, world: &World) {
    match state.drafts.take_last(&world.course.id) {
        Some(draft) => {
            state.message = words_for_resumed(&draft, world);
            state.last_done = LastDone::Change;
            push(state, draft);
        }
        None => state.message = Some("Nothing that you typed is waiting: all of it is saved.".into()),
    }
}

/// Closes what is open, for one step back: what it was opened from is there again.
pub(super) fn step_back(state: &mut State, world: &World) {
    if let Some(closed) = pop(state) {
        put_aside(state, closed, world);
    }
}

/// Closes what is open because it has done its work; what it was opened from is there again.
pub(super) fn finish(state: &mut State) {
    if let Some(closed) = pop(state) {
        remember(state, &closed);
    }
}

/// Closes all that lies over the panes.
pub(super) fn leave_all(state: &mut State, world: &World) {
    let open: Vec<Overlay> = state.beneath.drain(..).chain(state.overlay.take()).collect();
    for closed in open {
        put_aside(state, closed, world);
    }
}

fn push(state: &mut State, overlay: Overlay) {
    state.beneath.extend(state.overlay.replace(overlay));
}

fn pop(state: &mut State) -> Option<Overlay> {
    let closed = state.overlay.take();
    state.overlay = state.beneath.pop();
    closed
}

/// Keeps what was typed in an overlay that closed, and says which key brings it back.
fn put_aside(state: &mut State, closed: Overlay, world: &World) {
    remember(state, &closed);
    if !closed.is_unsaved(&state.view(world, 1)) {
        return;
    }
    let key = world.key(Context::PANES, "undo");
    state.message = Some(match closed {
        Overlay::SelfCheck(_) => format!("Your answers are not saved. {key} brings them back."),
        _ => format!("What you typed is not saved yet. {key} brings it back."),
    });
    state.drafts.put(&world.course.id, closed);
    state.last_done = LastDone::Draft;
}

/// Remembers a line that was typed, for the next time that one like it is.
fn remember(state: &mut State, closed: &Overlay) {
    match closed {
        Overlay::Search(search) => state.searches.add(search.field.text()),
        Overlay::Palette(palette) => state.commands.add(palette.text()),
        _ => {}
    }
}

/// What to say of what was typed before and is shown again.
fn words_for_resumed(draft: &Overlay, world: &World) -> Option<String> {
    let saved_by = |context, name| {
        let key = world.key(context, name);
        Some(format!("Here is what you had typed. {key} saves it."))
    };
    match draft {
        Overlay::Note(_) => saved_by(note::CONTEXT, "keep"),
        Overlay::Form(_) => saved_by(form::CONTEXT, "keep"),
        Overlay::SelfCheck(check) => {
            let key = world.key(check.context(), "question-before");
            Some(format!("You stopped here. {key} goes back to the question before."))
        }
        _ => None,
    }
}
