//! Drawing: a state becomes cells.
//!
//! Owns the looks: the theme, the panes, the overlays. It is given everything by shared
//! reference and writes to nothing but the frame's buffer; where things are is
//! [`Geometry`]'s to say.

mod canvas;
mod checklist;
mod footer;
mod header;
mod list;
mod navigator;
mod overlay;
mod pointer;
mod reading;
mod results;
mod review;
pub mod theme;
mod today;

pub use pointer::target_at;
pub use reading::links;
pub use theme::Theme;

use crate::reader::geometry::{Geometry, SMALLEST};
use crate::reader::overlay::Overlay;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::text::columns::wrapped;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws the state. Returns where the terminal's cursor stands, if text is being typed.
pub fn draw(state: &State, world: &World, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    if state.hidden {
        return None;
    }
    let screen = buffer.area;
    canvas::tint(buffer, screen, theme.text);
    let view = state.view(world, 1);
    let geometry = view.geometry;
    if geometry == Geometry::default() {
        too_small(screen, theme, buffer);
        return None;
    }
    header::draw(state, world, theme, geometry.header, buffer);
    // What an overlay covers is not drawn: it would take longer than most overlays do.
    if !state.overlay.as_ref().is_some_and(Overlay::covers_panes) {
        panes(state, &view, theme, buffer);
    }
    let cursor = state.overlay.as_ref().and_then(|open| overlay::draw(open, &view, theme, buffer));
    footer::draw(state, &view, theme, buffer);
    cursor
}

/// Draws the panes, and the rules between them.
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
    rules(geometry, theme, buffer);
}

/// The lines between panes that stand side by side, or above one another.
fn rules(geometry: &Geometry, theme: &Theme, buffer: &mut Buffer) {
    if let (Some(above), Some(below)) = (geometry.results, geometry.reading)
        && below.y > above.bottom()
    {
        let line = Rect::new(above.x, above.bottom(), above.width, 1);
        canvas::put(buffer, line, &"─".repeat(usize::from(line.width)), theme.rule);
    }
    for area in [geometry.reading, geometry.checklist].into_iter().flatten() {
        if area.x > 0 {
            for y in area.top()..area.bottom() {
                canvas::put(buffer, Rect::new(area.x - 1, y, 1, 1), "│", theme.rule);
            }
        }
    }
}

fn too_small(screen: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = SMALLEST;
    let lines = wrapped(&format!("Window too small (needs {columns}x{rows})"), screen.width);
    for (line, y) in lines.iter().zip(screen.top()..screen.bottom()) {
        canvas::put(buffer, Rect { y, height: 1, ..screen }, line, theme.text);
    }
}
