//! Notes and forms that are not saved yet: what is put on the disk in case the program ends, and what
//! becomes of it when it starts again.

use crate::journal::Operation;
use crate::reader::keys::context::Context;
use crate::reader::overlay::Overlay;
use crate::reader::overlay::form::Form;
use crate::reader::overlay::note::NoteEditor;
use crate::reader::state::State;
use crate::reader::world::World;

/// What would save the notes and forms that are being written, or wait to be written on, the last at
/// the end.
pub fn draft(state: &State, world: &World) -> Vec<Operation> {
    let view = state.view(world, 1);
    let open = state.beneath.iter().chain(&state.overlay);
    let operations = |overlay: &Overlay| match overlay {
        Overlay::Note(editor) => editor.changes(&view),
        Overlay::Form(form) => form.draft(&view),
        _ => Vec::new(),
    };
    state.drafts.of(&world.course.id).chain(open).flat_map(operations).collect()
}

/// Lets what was being written when the program ended wait until somebody asks for it: who starts
/// the program may not be the one who wrote.
pub(super) fn await_draft(state: &mut State, mut draft: Vec<Operation>, world: &World) {
    let view = state.view(world, 1);
    let ends_with_note = matches!(draft.last(), Some(Operation::Note { .. }));
    let forms = Form::from_draft(&draft, &view).into_iter().map(Overlay::Form);
    draft.retain(|operation| !Form::is_unfinished_words(operation));
    let note = NoteEditor::from_draft(draft, &view).map(Overlay::Note);
    // What was written last is shown first.
    let mut left: Vec<Overlay> =
        if ends_with_note { forms.chain(note).collect() } else { note.into_iter().chain(forms).collect() };
    left.retain(|overlay| overlay.is_unsaved(&view));
    if left.is_empty() {
        return;
    }
    for overlay in left {
        state.drafts.put(&world.course.id, overlay);
    }
    let key = world.key(Context::PANES, "draft");
    state.notices.add(format!("Something you had typed is waiting: {key} shows it."));
}
