//! A key that does nothing here: says so, and where it does something.

use crate::reader::keys::context::{Context, ContextKind};
use crate::reader::keys::key::Key;
use crate::reader::pane::PaneContent;
use crate::reader::state::State;
use crate::reader::world::World;

/// Says what a key that is bound to nothing would do elsewhere. It takes back a count.
pub(super) fn explain(state: &mut State, key: Key, world: &World) {
    state.count = None;
    if !state.hidden {
        state.message = Some(words(key, state, world));
    }
}

fn words(key: Key, state: &State, world: &World) -> String {
    let (context, provided) = (state.context(), world.provided());
    let has_checklist = state.side_panes.checklist == PaneContent::Something;
    let is_pane = |context: Context| {
        context.kind == ContextKind::Pane && (context != Context::CHECKLIST || has_checklist)
    };
    let elsewhere: Vec<Context> = world
        .keymap
        .rows()
        .iter()
        .filter(|row| is_pane(row.context) && row.is_offered(provided))
        .filter(|row| row.all_keys().any(|other| other == key))
        .map(|row| row.context)
        .collect();
    let nearest = [Context::CHECKLIST, Context::READING, Context::NAVIGATOR];
    let nearest = nearest.into_iter().find(|pane| elsewhere.contains(pane));
    if let Some(nearest) = nearest.filter(|_| is_pane(context)) {
        let places: Vec<&str> = elsewhere.iter().map(|place| pane_in_words(*place)).collect();
        let way = world.key(Context::PANES, way_to(nearest, context));
        return format!("{key} works in {}. {way} goes there.", places.join(" and "));
    }
    let shared = context.shared().map(|shared| world.keymap.key_if_any(shared, "help"));
    let help = shared.filter(|key| !key.is_empty()).unwrap_or(world.key(Context::ALWAYS, "help"));
    format!("{key} does nothing here. {help} shows the keys.")
}

/// The name of the action that leads from one pane to another.
fn way_to(pane: Context, from: Context) -> &'static str {
    match (from, pane) {
        (_, Context::CHECKLIST) => "checklist",
        (Context::NAVIGATOR, _) | (Context::CHECKLIST, Context::NAVIGATOR) => "next-pane",
        _ => "previous-pane",
    }
}

fn pane_in_words(pane: Context) -> &'static str {
    match pane {
        Context::NAVIGATOR => "the list of lessons",
        Context::CHECKLIST => "the checklist",
        _ => "the text",
    }
}
