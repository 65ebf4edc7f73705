//! Notes that are not saved yet: what is put on the disk in case the program ends, and what
//! becomes of it when it starts again.

use crate::journal::Operation;
use crate::reader::keys::context::Context;
use crate::reader::overlay::Overlay;
use crate::reader::overlay::note::NoteEditor;
use crate::reader::state::State;
use crate::reader::world::World;

/// What would save the notes that are being written, or wait to be written on.
pub fn draft(state: &State, world: &World) -> Vec<Operation> {
    let open = state.beneath.iter().chain(&state.overlay).filter_map(|overlay| match overlay {
        Overlay::Note(editor) => Some(editor),
        _ => None,
    });
    let view = state.view(world, 1);
    state.drafts.notes(&world.course.id).chain(open).flat_map(|editor| editor.changes(&view)).collect()
}

/// Lets what was being written when the program ended wait until somebody asks for it: who starts
/// the program may not be the one who wrote.
pub(super) fn await_draft(state: &mut State, draft: Vec<Operation>, world: &World) {
    let view = state.view(world, 1);
    let editor = NoteEditor::from_draft(draft, &view).filter(|editor| !editor.changes(&view).is_empty());
    if let Some(editor) = editor {
        state.drafts.put(&world.course.id, Overlay::Note(editor));
        let key = world.key(Context::PANES, "draft");
        state.notices.add(format!("Something you had typed is waiting: {key} shows it."));
    }
}
