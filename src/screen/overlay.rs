//! An overlay that is a column of lines, the selected entry of which is in sight.

use crate::reader::overlay::lines::{OverlayLine, OverlayLines, Scroll, Tone};
use crate::reader::pointer::Target;
use crate::screen::Theme;
use crate::screen::canvas::{line, put, put_right, tint};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Draws the lines. The key for a page down, if there is one, is named where more lies below.
/// Returns where the terminal's cursor stands, if text is typed.
pub(super) fn draw(
    lines: &OverlayLines,
    page_down: &str,
    theme: &Theme,
    body: Rect,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    clear(body, theme, buffer);
    let height = lines.height(area.height);
    let last_top = lines.last_top(area.height);
    let top = top(lines, area);
    for (index, content) in lines.lines.iter().skip(top).take(height).enumerate() {
        draw_line(content, theme, line(area, index), buffer);
    }
    let foot = foot(lines, area);
    let room = usize::from(area.bottom().saturating_sub(foot.y));
    for (index, content) in lines.foot.iter().take(room).enumerate() {
        draw_line(content, theme, line(foot, index), buffer);
    }
    if top < last_top {
        let more = Rect { y: foot.y.saturating_sub(u16::from(lines.foot.is_empty())), height: 1, ..area };
        if lines.cursor.is_none() {
            let key = if page_down.is_empty() { String::new() } else { format!("{page_down}: ") };
            put_right(buffer, more, &format!("{key}more below"), theme.quiet);
        }
    }
    let cursor = lines.cursor?;
    let row = u16::try_from(cursor.line.checked_sub(top)?).ok().filter(|row| usize::from(*row) < height)?;
    let column = u16::try_from(cursor.column).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
    Some(Position::new(area.x + column, area.y + row))
}

/// The entry that lies at a cell.
pub(super) fn target_at(lines: &OverlayLines, area: Rect, cell: Position) -> Target {
    if !area.contains(cell) {
        return Target::Nothing;
    }
    let foot = foot(lines, area);
    let line = match cell.y.checked_sub(foot.y) {
        Some(below) if !lines.foot.is_empty() => lines.foot.get(usize::from(below)),
        _ => lines.lines.get(top(lines, area) + usize::from(cell.y - area.y)),
    };
    line.and_then(|line| line.entry).map_or(Target::Nothing, Target::Choice)
}

/// The first line in sight.
fn top(lines: &OverlayLines, area: Rect) -> usize {
    let height = lines.height(area.height);
    let last_top = lines.last_top(area.height);
    match lines.scroll {
        Scroll::From(top) => top.min(last_top),
        Scroll::ToSelected => {
            let selected = lines.lines.iter().position(|line| line.selected);
            let first = lines.cursor.map(|cursor| cursor.line).or(selected).unwrap_or(0);
            let count = lines.lines.iter().filter(|line| line.selected).count().max(1);
            // What comes first stays in sight for as long as the selected entry lets it.
            (first + count).saturating_sub(height).max(first.saturating_sub(height / 2)).min(last_top)
        }
    }
}

/// The area of the lines that are always in sight.
fn foot(lines: &OverlayLines, area: Rect) -> Rect {
    let height = u16::try_from(lines.height(area.height)).unwrap_or(u16::MAX);
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

fn draw_line(content: &OverlayLine, theme: &Theme, area: Rect, buffer: &mut Buffer) {
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
