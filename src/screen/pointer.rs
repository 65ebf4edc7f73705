//! Finds what is drawn at a cell of the screen, for the mouse.
//!
//! Owns the way from a cell to what is under it. Each pane answers from the same lines that
//! it draws. Must not draw.

use crate::reader::overlay::Overlay;
use crate::reader::pane::Pane;
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::screen::{Theme, checklist, navigator, overlay, results, review};
use ratatui::layout::Position;

/// The target at this cell.
pub fn target_at(state: &State, world: &World, theme: &Theme, cell: Position) -> Target {
    if state.hidden {
        return Target::Nothing;
    }
    let view = state.view(world, 1);
    match &state.overlay {
        None => target_in_panes(state, &view, theme, cell),
        Some(open) => target_in_overlay(open, &view, theme, cell),
    }
}

fn target_in_overlay(open: &Overlay, view: &View, theme: &Theme, cell: Position) -> Target {
    match open {
        Overlay::Search(search) => view
            .geometry
            .results
            .map_or(Target::Nothing, |area| results::target_at(search, &view.world, theme, area, cell)),
        Overlay::Review(review) => review::target_at(review, view, cell),
        Overlay::Help(_)
        | Overlay::SelfCheck(_)
        | Overlay::Form(_)
        | Overlay::Note(_)
        | Overlay::Notes(_)
        | Overlay::Headings(_)
        | Overlay::Place(_)
        | Overlay::Palette(_)
        | Overlay::Recent(_)
        | Overlay::Address(_)
        | Overlay::Confirm(_) => open
            .lines(view)
            .map_or(Target::Nothing, |lines| overlay::target_at(&lines, view.geometry.overlay, cell)),
    }
}

fn target_in_panes(state: &State, view: &View, theme: &Theme, cell: Position) -> Target {
    let geometry = &view.geometry;
    if let Some(area) = geometry.navigator.filter(|area| area.contains(cell)) {
        return navigator::target_at(state, view, theme, area, cell).unwrap_or(Target::Pane(Pane::Navigator));
    }
    if let Some(area) = geometry.checklist.filter(|area| area.contains(cell)) {
        return checklist::target_at(state, view, theme, area, cell).unwrap_or(Target::Pane(Pane::Checklist));
    }
    match geometry.reading {
        Some(area) if area.contains(cell) => Target::Pane(Pane::Reading),
        _ => Target::Nothing,
    }
}
