//! The last rows: what is not saved, and below it what is to be known now, or else the few keys
//! that matter here.
//!
//! A message that is longer than a row grows upwards over the panes, until the next key. None is
//! cut off without the sign that it goes on.

use crate::course::Side;
use crate::reader::geometry::{Geometry, last_rows_width};
use crate::reader::keys::binding::{Hint, hints};
use crate::reader::keys::context::Context;
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::Overlay;
use crate::reader::overlay::today::keys::CONTEXT;
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{clear, fitted, indented};
use crate::screen::list::List;
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The hints of a context that come before all others.
const FIRST: usize = 3;
/// The hints at the end, those of every pane, that come before the further ones of a context.
const LAST: usize = 4;
/// Columns between two hints.
const GAP: usize = 3;

pub(super) fn draw(state: &State, view: &View, theme: &Theme, buffer: &mut Buffer) {
    let geometry = &view.geometry;
    status(state, geometry).draw(None, theme, buffer);
    let lines = lines(state, view);
    let area = area(geometry, lines.len());
    clear(area, theme, buffer);
    List::from_line(0, lines, inner(area)).draw(None, theme, buffer);
}

/// The target at a cell of the last rows; none where they are not. Only the keys mean something.
pub(super) fn target_at(state: &State, view: &View, cell: Position) -> Option<Target> {
    let lines = lines(state, view);
    let area = area(&view.geometry, lines.len());
    let list = List::from_line(0, lines, inner(area));
    area.contains(cell).then(|| list.target_at(cell).cloned().unwrap_or(Target::Nothing))
}

/// What is not saved, and why.
fn status(state: &State, geometry: &Geometry) -> List {
    let area = geometry.status;
    let why = state.saving.trouble().unwrap_or_default();
    let lines = fitted(why, last_rows_width(area.width), usize::from(area.height)).into_iter();
    List::from_line(0, lines.map(|text| ListLine::new(text, Tone::Alarm)).collect(), inner(area))
}

/// The lines that are said now: a count, a message, or the keys.
fn lines(state: &State, view: &View) -> Vec<ListLine> {
    let geometry = &view.geometry;
    let width = last_rows_width(geometry.footer.width);
    if let Some(count) = state.count {
        return vec![ListLine::new(format!("Count: {count}"), Tone::Strong)];
    }
    match &state.message {
        Some(message) => {
            let most = usize::from(geometry.footer.bottom() / 2).max(1);
            let lines = fitted(message, width, most).into_iter();
            lines.map(|text| ListLine::new(text, Tone::Strong)).collect()
        }
        None => vec![keys(state, view, usize::from(width))],
    }
}

/// The rows that so many lines take at the bottom of the screen.
fn area(geometry: &Geometry, lines: usize) -> Rect {
    let bottom = geometry.footer.bottom();
    let height = u16::try_from(lines).unwrap_or(u16::MAX).min(bottom);
    Rect { y: bottom - height, height, ..geometry.footer }
}

/// The rows without their margins.
fn inner(area: Rect) -> Rect {
    Rect { width: last_rows_width(area.width).min(area.width), ..indented(area, 1) }
}

/// The hints that have room, whole ones only: what belongs to the focus comes before what is the
/// same everywhere.
fn keys(state: &State, view: &View, mut room: usize) -> ListLine {
    let context = state.context();
    let hints = hints(context, view.world.keymap.rows(), view.world.course);
    // What may be needed in a hurry stands first, where there is room for it beside the first ones of
    // the focus.
    let hurry = hints.iter().take_while(|hint| hint.is_first()).count();
    let own = hints.iter().skip(hurry).filter(|hint| hint.is_of(context)).count();
    let first = hurry + FIRST.min(own);
    let last = hints.len().saturating_sub(LAST).max(first);
    // Whoever has the key for the help finds all the others.
    let help = hints.iter().position(|hint| hint.rows.iter().any(|(row, _)| row.name == "help"));
    let general = help.into_iter().chain((last..hints.len()).filter(|index| Some(*index) != help));
    let others = (first..last).filter(|index| Some(*index) != help);
    let order = (hurry..first).chain(0..hurry).chain(general).chain(others);
    let mut shown = Vec::new();
    // The gap of the first one has room beyond the edge.
    room += GAP;
    for index in order {
        let Some(pieces) = hints.get(index).map(|hint| pieces(hint, state, view)) else { continue };
        let width = GAP + pieces.iter().map(|piece| columns::width(&piece.text)).sum::<usize>();
        if width <= room {
            room -= width;
            shown.push((index, pieces));
        }
    }
    shown.sort_by_key(|(index, _)| *index);
    let gap = || LinePiece::new(" ".repeat(GAP), Tone::Text);
    let mut line = Vec::new();
    for (_, pieces) in shown {
        if !line.is_empty() {
            line.push(gap());
        }
        line.extend(pieces);
    }
    ListLine::of(line)
}

/// The keys of a hint and its word. A click on a key does what the key does, and one on the word
/// what the first does.
fn pieces(hint: &Hint, state: &State, view: &View) -> Vec<LinePiece> {
    let mut pieces = Vec::new();
    for (row, key) in &hint.rows {
        if !pieces.is_empty() {
            pieces.push(LinePiece::new("/", Tone::Strong));
        }
        let target = Some(Target::Key(row.context, row.name));
        pieces.push(LinePiece { target, ..LinePiece::new(*key, Tone::Strong) });
    }
    let target = pieces.first().and_then(|piece: &LinePiece| piece.target.clone());
    let text = format!(" {}", word(hint, state, view));
    pieces.push(LinePiece { target, ..LinePiece::new(text, Tone::Quiet) });
    pieces
}

/// The word of a hint. What slips on one side was only not done on the other.
fn word(hint: &Hint, state: &State, view: &View) -> &'static str {
    let is_slipped =
        |context| hint.rows.iter().any(|(row, _)| (row.context, row.name) == (context, "slipped"));
    let item = match &state.overlay {
        Some(Overlay::Today(today)) if is_slipped(CONTEXT) => today.selected_item(view),
        None if is_slipped(Context::CHECKLIST) => state.checklist.selected_item(view),
        _ => None,
    };
    if item.is_some_and(|item| item.side() == Side::Embrace) { "not today" } else { hint.word }
}
