//! Drawing: a state becomes cells.
//!
//! Owns the looks: the theme, the panes, the overlays. It is given everything by shared
//! reference and writes to nothing but the frame's buffer; where things are is
//! [`Geometry`]'s to say.

mod canvas;
mod checklist;
mod dividers;
mod footer;
mod header;
mod line_area;
mod list;
mod navigator;
mod overlay;
mod picture_cells;
pub mod pictures;
mod pointer;
mod reading;
mod results;
mod review;
pub mod theme;
mod today;

pub use picture_cells::{PlacedPicture, placed_pictures};
pub use pointer::target_at;
pub use reading::links;
pub use theme::Theme;

use crate::reader::geometry::{Geometry, OverlayRoom, SMALLEST};
use crate::reader::overlay::OverlayPlace;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::text::columns::wrapped;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws the state over whatever is in the buffer. Returns where the terminal's cursor stands, if text is
/// being typed.
pub fn draw(state: &State, world: &World, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    if state.hidden {
        buffer.reset();
        return None;
    }
    let screen = buffer.area;
    canvas::blank(buffer, theme.text);
    let view = state.view(world, 1);
    let geometry = view.geometry;
    if geometry == Geometry::default() {
        too_small(screen, theme, buffer);
        return None;
    }
    header::draw(state, world, theme, geometry.header, buffer);
    match &state.overlay {
        None => panes(state, &view, theme, buffer),
        Some(open) => match (open.place(), geometry.overlay_room) {
            (OverlayPlace::Pane, _) => panes(state, &view, theme, buffer),
            (OverlayPlace::Box, OverlayRoom::Box) => {
                panes(state, &view, &theme.under_overlay(), buffer);
            }
            // What is covered is not drawn: it would take longer than most overlays do.
            (OverlayPlace::Box | OverlayPlace::Screen, _) => {
                dividers::draw_title(open.title(), &geometry, theme, buffer);
            }
        },
    }
    let cursor = state.overlay.as_ref().and_then(|open| overlay::draw(open, &view, theme, buffer));
    footer::draw(state, &view, theme, buffer);
    cursor
}

/// Draws the panes, and the lines around them.
fn panes(state: &State, view: &View, theme: &Theme, buffer: &mut Buffer) {
    let geometry = &view.geometry;
    if let Some(area) = geometry.navigator {
        navigator::draw(state, view, theme, area, buffer);
    }
    if geometry.reading.is_some() {
        reading::draw(state, view, theme, buffer);
    }
    if let Some(area) = geometry.checklist {
        checklist::draw(state, view, theme, area, buffer);
    }
    dividers::draw(state, view, theme, buffer);
}

fn too_small(screen: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = SMALLEST;
    let lines = wrapped(&format!("Window too small (needs {columns}x{rows})"), screen.width);
    for (line, y) in lines.iter().zip(screen.top()..screen.bottom()) {
        canvas::put(buffer, Rect { y, height: 1, ..screen }, line, theme.text);
    }
}
