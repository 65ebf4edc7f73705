//! What is drawn at a cell of the screen, for the mouse.
//!
//! Owns the way from a cell to what is under it. Each pane answers from the same lines that
//! it draws. Must not draw.

use crate::reader::leaf::Leaf;
use crate::reader::pointer::Target;
use crate::reader::state::{Overlay, Pane, State};
use crate::reader::{Geometry, World};
use crate::screen::{Theme, checklist, leaf, navigator, results, review};
use ratatui::layout::Position;

/// What lies at this cell.
pub fn at(state: &State, world: &World, theme: &Theme, cell: Position) -> Target {
    let geometry = Geometry::of(state);
    if state.hidden {
        return Target::Nothing;
    }
    match &state.overlay {
        Overlay::None => in_a_pane(state, world, theme, &geometry, cell),
        Overlay::Search(search) => {
            geometry.results.map_or(Target::Nothing, |area| results::at(search, world, theme, area, cell))
        }
        Overlay::Review(review) => review::at(review, world, geometry.body, cell),
        Overlay::Help(_)
        | Overlay::Guide(_)
        | Overlay::Form(_)
        | Overlay::Writing(_)
        | Overlay::Notes(_)
        | Overlay::Headings(_)
        | Overlay::Letter(_)
        | Overlay::Palette(_)
        | Overlay::Shelf(_)
        | Overlay::Address(_)
        | Overlay::Sure(_) => {
            let lines = Leaf::of(state, world);
            lines.map_or(Target::Nothing, |lines| leaf::at(&lines, geometry.leaf, cell))
        }
    }
}

fn in_a_pane(state: &State, world: &World, theme: &Theme, geometry: &Geometry, cell: Position) -> Target {
    if let Some(area) = geometry.navigator.filter(|area| area.contains(cell)) {
        return navigator::at(state, world, theme, area, cell).unwrap_or(Target::Pane(Pane::Navigator));
    }
    if let Some(area) = geometry.checklist.filter(|area| area.contains(cell)) {
        return checklist::at(state, world, theme, area, cell).unwrap_or(Target::Pane(Pane::Checklist));
    }
    match geometry.reading {
        Some(area) if area.contains(cell) => Target::Pane(Pane::Reading),
        _ => Target::Nothing,
    }
}
