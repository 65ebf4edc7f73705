//! The lines around the panes: the rule below the header, with the titles of the panes in it, and
//! the lines between panes. Those of the pane that has the focus are heavy.

use crate::page::Top;
use crate::reader::geometry::{Geometry, without_margins};
use crate::reader::keys::Context;
use crate::reader::overlay::Overlay;
use crate::reader::pane::{Layout, Pane};
use crate::reader::state::State;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{put, put_shortened, tint};
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// What one pane looks like from outside.
struct Edge<'a> {
    area: Rect,
    title: &'a str,
    /// Whether the keys go to it.
    focused: bool,
    /// Whether its first row is free for the rule.
    has_room: bool,
}

/// Draws the rule and the lines between the panes. On a screen that is too low for a rule the
/// header is underlined.
pub(super) fn draw(state: &State, view: &View, theme: &Theme, buffer: &mut Buffer) {
    // Where the text is alone, so that it can be selected with the mouse, it is really alone.
    let edges = if state.layout == Layout::TextAlone && state.search().is_none() {
        Vec::new()
    } else {
        edges(state, view)
    };
    let body = view.geometry.body;
    let on_top = |edge: &&Edge| edge.area.y == body.y && edge.has_room;
    if edges.iter().any(|edge| on_top(&edge)) {
        edges.iter().filter(on_top).for_each(|edge| rule(edge, theme, buffer));
    } else {
        underline(&view.geometry, buffer);
    }
    for edge in edges.iter().filter(|edge| edge.area.y > body.y) {
        // One row is free above what stands below the hits of a search.
        let above = Rect { y: edge.area.y - 1, ..edge.area };
        rule(&Edge { area: above, ..*edge }, theme, buffer);
    }
    for pair in edges.windows(2) {
        if let [left, right] = pair
            && right.area.x > left.area.x
        {
            let is_focused = left.focused || right.focused;
            between(right, is_focused, right.has_room || left.has_room, theme, buffer);
        }
    }
}

/// Draws the rule with the title of what has all of the screen, where its first row is free.
pub(super) fn draw_title(title: &str, geometry: &Geometry, theme: &Theme, buffer: &mut Buffer) {
    let has_room = geometry.overlay.y > geometry.body.y;
    if has_room {
        rule(&Edge { area: geometry.body, title, focused: true, has_room }, theme, buffer);
    } else {
        underline(geometry, buffer);
    }
}

/// Tells the header from the text below it where there is no row for a rule.
fn underline(geometry: &Geometry, buffer: &mut Buffer) {
    tint(buffer, geometry.header, Style::new().add_modifier(Modifier::UNDERLINED));
}

/// The panes that are shown, from left to right.
fn edges<'a>(state: &'a State, view: &View<'a>) -> Vec<Edge<'a>> {
    let geometry = &view.geometry;
    let has_focus = |pane| state.overlay.is_none() && state.focus == pane;
    let side = |area: Option<Rect>, title, focused| {
        area.map(|area| Edge { area, title, focused, has_room: without_margins(area).y > area.y })
    };
    let lessons = if view.world.course.lessons.len() > 1 { Context::NAVIGATOR.title() } else { "Headings" };
    let reading = geometry.reading.map(|area| Edge {
        area,
        title: reading_title(view),
        focused: has_focus(Pane::Reading),
        has_room: geometry.text.y > area.y,
    });
    let panes = [
        side(geometry.results, state.overlay.as_ref().map_or("", Overlay::title), true),
        side(geometry.navigator, lessons, has_focus(Pane::Navigator)),
        reading,
        side(geometry.checklist, Context::CHECKLIST.title(), has_focus(Pane::Checklist)),
    ];
    panes.into_iter().flatten().collect()
}

/// The title of the lesson, once its own is scrolled out of sight.
fn reading_title<'a>(view: &View<'a>) -> &'a str {
    let lesson = view.world.course.lessons.get(view.lesson);
    match lesson {
        Some(lesson) if view.top != Top::default() => lesson.title(),
        Some(_) | None => Context::READING.title(),
    }
}

/// The rule in the first row of an area, with its title.
fn rule(edge: &Edge, theme: &Theme, buffer: &mut Buffer) {
    let area = Rect { height: 1, ..edge.area };
    let (line, style, title) =
        if edge.focused { ("━", theme.focus, theme.heading) } else { ("─", theme.muted, theme.muted) };
    put(buffer, area, &line.repeat(usize::from(area.width)), style);
    let room = area.width.saturating_sub(4);
    let width = u16::try_from(columns::width(edge.title) + 2).unwrap_or(u16::MAX).min(room);
    let inner = Rect { x: area.x + 1, width, ..area };
    tint(buffer, inner, theme.text);
    put(buffer, inner, &" ".repeat(usize::from(width)), theme.text);
    let text = Rect { x: inner.x + 1, width: width.saturating_sub(2), ..inner };
    put_shortened(buffer, text, edge.title, title);
}

/// The line at the left of a pane, from the rule to the last row.
fn between(right: &Edge, focused: bool, has_rule: bool, theme: &Theme, buffer: &mut Buffer) {
    let (line, joint, style) =
        if focused { ("┃", "┳", theme.focus) } else { ("│", "┬", theme.muted) };
    let area = right.area;
    for y in area.top()..area.bottom() {
        let sign = if y == area.top() && has_rule { joint } else { line };
        put(buffer, Rect::new(area.x - 1, y, 1, 1), sign, style);
    }
}
