//! Finds what is drawn at a cell of the screen, for the mouse.
//!
//! Owns the way from a cell to what is under it: it asks the lists that are painted there.
//! Must not draw.

use crate::reader::overlay::Overlay;
use crate::reader::pane::Pane;
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::screen::list::List;
use crate::screen::{checklist, footer, navigator, overlay, reading};
use ratatui::layout::Position;

/// The target at this cell.
pub fn target_at(state: &State, world: &World, cell: Position) -> Target {
    if state.hidden {
        return Target::Nothing;
    }
    let view = state.view(world, 1);
    // What is said in the last rows lies over everything.
    if let Some(target) = footer::target_at(state, &view, cell) {
        return target;
    }
    match &state.overlay {
        None => target_in_panes(state, &view, cell),
        Some(open) => target_in_overlay(open, &view, cell),
    }
}

fn target_in_overlay(open: &Overlay, view: &View, cell: Position) -> Target {
    first_at(&overlay::lists(open, view), cell).unwrap_or(Target::Nothing)
}

fn target_in_panes(state: &State, view: &View, cell: Position) -> Target {
    let geometry = &view.geometry;
    let (pane, target) = if let Some(area) = geometry.navigator.filter(|area| area.contains(cell)) {
        let lists = [navigator::list(state, view, area), navigator::foot(state, &view.world, area)];
        (Pane::Navigator, first_at(&lists, cell))
    } else if let Some(area) = geometry.checklist.filter(|area| area.contains(cell)) {
        let checklist::Lists { day, items, .. } = checklist::lists(state, view, area);
        (Pane::Checklist, first_at(&[day, items], cell))
    } else if geometry.reading.is_some_and(|area| area.contains(cell)) {
        let link = reading::link_at(view, cell).map(Target::Link);
        (Pane::Reading, link.or_else(|| first_at(&[reading::foot(state, view)], cell)))
    } else {
        return Target::Nothing;
    };
    target.unwrap_or(Target::Pane(pane))
}

/// What a click means in the first of these lists that has something at the cell.
fn first_at(lists: &[List], cell: Position) -> Option<Target> {
    lists.iter().find_map(|list| list.target_at(cell)).cloned()
}
