//! Rows of pictures on the screen: as characters, or as cells that the terminal draws over.
//!
//! Owns which cells a row of a picture takes. Must not send anything to a terminal.

use crate::page::PicturePart;
use crate::reader::overlay::OverlayPlace;
use crate::reader::pictures::{Drawing, DrawnPicture};
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::line_area::line_area;
use crate::screen::pictures::{UPPER_HALF, placeholder};
use crate::screen::theme::colour::Rgb;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

/// A row of a picture that is in sight, and no characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedPicture<'a> {
    /// Its cells.
    pub cells: Rect,
    /// Which row of the picture it is, from 0.
    pub row: u16,
    /// The picture.
    pub picture: &'a DrawnPicture,
}

/// The rows of pictures in sight that are no characters. None where something lies over them: it would
/// have to be drawn over a picture, and the picture over it.
pub fn placed_pictures<'a>(state: &State, world: &World<'a>) -> Vec<PlacedPicture<'a>> {
    let is_covered = state.overlay.as_ref().is_some_and(|open| open.place() != OverlayPlace::Pane);
    let view = state.view(world, 1);
    let geometry = view.geometry;
    let paged = world.paged_text(view.lesson).filter(|_| geometry.reading.is_some());
    let Some(paged) = paged.filter(|_| !state.hidden && !is_covered) else { return Vec::new() };
    let height = usize::from(geometry.text.height);
    let rows = paged.in_sight(paged.first(view.top, height), height).enumerate();
    let placed = rows.filter_map(|(index, (_, line))| {
        let part = *line.picture.as_deref()?;
        let picture = world.pictures.of(view.lesson, part.link, part.size)?;
        let cells = cells(part, line_area(line, &geometry, index));
        (!matches!(picture.drawing, Drawing::Blocks(_))).then_some(PlacedPicture {
            cells,
            row: part.row,
            picture,
        })
    });
    placed.collect()
}

/// The cells that a row of a picture has on its line.
fn cells(part: PicturePart, line: Rect) -> Rect {
    let column = part.column.min(line.width);
    Rect { x: line.x + column, width: part.size.columns.min(line.width - column), ..line }
}

/// Draws a row of a picture, once the picture has been drawn for its size.
pub(super) fn draw(part: PicturePart, view: &View, theme: &Theme, line: Rect, buffer: &mut Buffer) {
    let Some(picture) = view.world.pictures.of(view.lesson, part.link, part.size) else { return };
    let area = cells(part, line).intersection(buffer.area);
    match &picture.drawing {
        Drawing::Blocks(colours) => {
            let start = usize::from(part.row) * usize::from(part.size.columns);
            let row = colours.get(start..).unwrap_or_default();
            let is_dim = theme.text.add_modifier.contains(Modifier::DIM);
            let shade = |colour: Color| if is_dim { darker(colour) } else { colour };
            for (x, [upper, lower]) in area.columns().map(|column| column.x).zip(row) {
                if let Some(cell) = buffer.cell_mut((x, area.y)) {
                    cell.reset();
                    cell.set_symbol(UPPER_HALF).set_fg(shade(*upper)).set_bg(shade(*lower));
                }
            }
        }
        Drawing::Held(_) => {
            for (x, column) in area.columns().map(|column| column.x).zip(0..) {
                if let Some(cell) = buffer.cell_mut((x, area.y))
                    && let Some((text, colour)) = placeholder(picture.number, part.row, column)
                {
                    cell.reset();
                    cell.set_symbol(&text).set_fg(colour);
                }
            }
        }
        // The terminal draws over the cells.
        Drawing::Rows(_) => {}
    }
}

/// A colour as it is under an overlay: a third as light, of those that the terminal has.
fn darker(colour: Color) -> Color {
    let third = |Rgb(red, green, blue): Rgb| Rgb(red / 3, green / 3, blue / 3);
    match (colour, Rgb::of(colour).map(third)) {
        (Color::Indexed(_), Some(darker)) => Color::Indexed(darker.nearest_indexed()),
        (_, Some(Rgb(red, green, blue))) => Color::Rgb(red, green, blue),
        (other, None) => other,
    }
}
