//! A leaf over the panes: a column of lines, the selected entry of which is in sight.

use crate::reader::leaf::{Leaf, LeafLine, Shown, Tone};
use crate::reader::pointer::Target;
use crate::screen::Theme;
use crate::screen::canvas::{line, put, put_right, tint};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Draws a leaf; the key for a page down, if there is one, is named where more lies below. Returns where the terminal's cursor stands, if text is typed in it.
pub(super) fn draw(
    leaf: &Leaf,
    page_down: &str,
    theme: &Theme,
    body: Rect,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    clear(body, theme, buffer);
    let height = leaf.height(area.height);
    let last_top = leaf.last_top(area.height);
    let top = top(leaf, area);
    for (index, content) in leaf.lines.iter().skip(top).take(height).enumerate() {
        draw_line(content, theme, line(area, index), buffer);
    }
    let foot = foot(leaf, area);
    let room = usize::from(area.bottom().saturating_sub(foot.y));
    for (index, content) in leaf.foot.iter().take(room).enumerate() {
        draw_line(content, theme, line(foot, index), buffer);
    }
    if top < last_top {
        let more = Rect { y: foot.y.saturating_sub(u16::from(leaf.foot.is_empty())), height: 1, ..area };
        if leaf.cursor.is_none() {
            let key = if page_down.is_empty() { String::new() } else { format!("{page_down}: ") };
            put_right(buffer, more, &format!("{key}more below"), theme.quiet);
        }
    }
    let cursor = leaf.cursor?;
    let row = u16::try_from(cursor.line.checked_sub(top)?).ok().filter(|row| usize::from(*row) < height)?;
    let column = u16::try_from(cursor.column).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
    Some(Position::new(area.x + column, area.y + row))
}

/// The entry that lies at a cell.
pub(super) fn at(leaf: &Leaf, area: Rect, cell: Position) -> Target {
    if !area.contains(cell) {
        return Target::Nothing;
    }
    let foot = foot(leaf, area);
    let line = match cell.y.checked_sub(foot.y) {
        Some(below) if !leaf.foot.is_empty() => leaf.foot.get(usize::from(below)),
        _ => leaf.lines.get(top(leaf, area) + usize::from(cell.y - area.y)),
    };
    line.and_then(|line| line.entry).map_or(Target::Nothing, Target::Choice)
}

/// The first line in sight.
fn top(leaf: &Leaf, area: Rect) -> usize {
    let height = leaf.height(area.height);
    let last_top = leaf.last_top(area.height);
    match leaf.shown {
        Shown::From(top) => top.min(last_top),
        Shown::Selected => {
            let selected = leaf.lines.iter().position(|line| line.selected);
            let first = leaf.cursor.map(|cursor| cursor.line).or(selected).unwrap_or(0);
            let count = leaf.lines.iter().filter(|line| line.selected).count().max(1);
            // What comes first stays in sight for as long as the selected entry lets it.
            (first + count).saturating_sub(height).max(first.saturating_sub(height / 2)).min(last_top)
        }
    }
}

/// Where the lines that are always in sight begin.
fn foot(leaf: &Leaf, area: Rect) -> Rect {
    let height = u16::try_from(leaf.height(area.height)).unwrap_or(u16::MAX);
    Rect { y: area.y + area.height.min(height), ..area }
}

/// Clears what lies under an overlay.
pub(super) fn clear(area: Rect, theme: &Theme, buffer: &mut Buffer) {
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(theme.text);
            }
        }
    }
}

fn draw_line(content: &LeafLine, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let style = tone(content.tone, theme);
    if content.selected {
        tint(buffer, area, theme.selected);
        put(buffer, area, &content.text, style.patch(theme.selected));
    } else {
        put(buffer, area, &content.text, style);
    }
}

fn tone(tone: Tone, theme: &Theme) -> Style {
    match tone {
        Tone::Title => theme.title,
        Tone::Strong => theme.accent,
        Tone::Text => theme.text,
        Tone::Quiet => theme.quiet,
    }
}
