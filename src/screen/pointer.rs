//! Finds what is drawn at a cell of the screen, for the mouse.
//!
//! Owns the way from a cell to what is under it: it asks the lists that are painted there.
//! Must not draw.

use crate::reader::pane::Pane;
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::screen::{checklist, navigator, overlay};
use ratatui::layout::Position;

/// The target at this cell.
pub fn target_at(state: &State, world: &World, cell: Position) -> Target {
    if state.hidden {
        return Target::Nothing;
    }
    let view = state.view(world, 1);
    match &state.overlay {
        None => target_in_panes(state, &view, cell),
        Some(open) => {
            let lists = overlay::lists(open, &view);
            lists.iter().find_map(|list| list.target_at(cell)).cloned().unwrap_or(Target::Nothing)
        }
    }
}

fn target_in_panes(state: &State, view: &View, cell: Position) -> Target {
    let geometry = &view.geometry;
    let (pane, list) = if let Some(area) = geometry.navigator.filter(|area| area.contains(cell)) {
        (Pane::Navigator, navigator::list(state, view, area))
    } else if let Some(area) = geometry.checklist.filter(|area| area.contains(cell)) {
        (Pane::Checklist, checklist::lists(state, view, area).items)
    } else if geometry.reading.is_some_and(|area| area.contains(cell)) {
        return Target::Pane(Pane::Reading);
    } else {
        return Target::Nothing;
    };
    list.target_at(cell).cloned().unwrap_or(Target::Pane(pane))
}
