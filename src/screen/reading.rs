//! The lesson: the lines in sight, what was found painted over them, the foot and the
//! scroll bar.

use crate::course::{Destination, Item, link};
use crate::page::highlight::{TokenKind, Tokens};
use crate::page::{Line, PageRow, Segment, SegmentContent};
use crate::practice::mark_sign;
use crate::reader::keys::context::Context;
use crate::reader::list::{ListLine, Tone};
use crate::reader::overlay::OverlayPlace;
use crate::reader::paged_text::{PagedText, PaneRows};
use crate::reader::pane::{Layout, Pane};
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::view::View;
use crate::reader::visible;
use crate::reader::world::World;
use crate::screen::Theme;
use crate::screen::canvas::{blank_half, indented, line, put, put_right, tint};
use crate::screen::line_area::line_area;
use crate::screen::list::List;
use crate::screen::picture_cells;
use crate::search::{self, Query};
use crate::text::{Block, columns};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::ops::Range;

/// The sign in the margin where a note of the reader's belongs, as it does for a footnote.
const NOTE: &str = "*";

pub(super) fn draw(state: &State, view: &View, theme: &Theme, buffer: &mut Buffer) {
    let (world, geometry) = (&view.world, &view.geometry);
    let Some(paged) = world.paged_text(view.lesson) else {
        // Its text has not come from the disk yet.
        put(buffer, line(geometry.text, 0), "Reading…", theme.muted);
        return;
    };
    let height = usize::from(geometry.text.height);
    let pane = paged.pane(view.top, height);
    let mut found = HitMarks::new(state);
    let mut block_above = None;
    let with_notes = world.blocks_with_notes(view.lesson);
    let taught = taught_by_headings(view);
    for (index, (row, content)) in paged.in_sight(pane.first, height).enumerate() {
        let Some(block) = paged.document.block(row.block) else { continue };
        let area = line_area(content, geometry, index);
        let stroke = Stroke { line: content, block, sideways: view.scrolled_right, area };
        draw_line(&stroke, state, theme, buffer);
        if let Some(part) = &content.picture {
            picture_cells::draw(**part, view, theme, area, buffer);
        }
        if let Some(tokens) = world.highlights.of(view.lesson, row.block) {
            highlight(tokens, &stroke, theme, buffer);
        }
        found.paint(row, &stroke, theme, buffer);
        edges(&stroke, theme, buffer);
        // On the first row of the block that is in sight: its own first may be scrolled off.
        let begins = block_above.replace(row.block) != Some(row.block);
        if begins && with_notes.contains(&row.block) {
            let margin = Rect { x: area.x.saturating_sub(2), width: 1, ..area };
            put(buffer, margin, NOTE, theme.muted);
        }
        boxes(row, content, &taught, view, theme, line(geometry.text, index), buffer);
    }
    let per_cent = per_cent(visible::per_cent(&paged, pane));
    put_right(buffer, geometry.foot, &per_cent, theme.muted);
    foot_beside(&per_cent, state, view).draw(None, theme, buffer);
    // Where the text is alone, so that it can be selected with the mouse, it is really alone.
    if let Some(area) = geometry.reading.filter(|_| state.layout == Layout::Panes) {
        let x = area.right().saturating_sub(1);
        scroll_bar((&paged, pane), Rect { x, width: 1, ..geometry.text }, state, theme, buffer);
    }
}

/// The links to the web that are in sight, and the cells that they stand in.
pub fn links<'a>(state: &State, world: &World<'a>) -> Vec<(Rect, &'a str)> {
    let view = state.view(world, 1);
    let is_covered = state.overlay.as_ref().is_some_and(|open| open.place() != OverlayPlace::Pane);
    if is_covered || state.hidden {
        return Vec::new();
    }
    let document = world.course.document(view.lesson);
    let to_the_web = |(cells, number)| match link(world.course, view.lesson, document.link(number)?) {
        Destination::Web(target) => Some((cells, target)),
        Destination::Lesson { .. }
        | Destination::File(_)
        | Destination::NoNote(_)
        | Destination::NotKnownYet
        | Destination::Outside(_)
        | Destination::Other(_) => None,
    };
    link_cells(&view).into_iter().filter_map(to_the_web).collect()
}

/// The link at a cell of the text.
pub(super) fn link_at(view: &View, cell: Position) -> Option<usize> {
    link_cells(view).into_iter().find(|(cells, _)| cells.contains(cell)).map(|(_, link)| link)
}

/// The pieces of links that are in sight: their cells, and the link's number in the document.
fn link_cells(view: &View) -> Vec<(Rect, usize)> {
    let geometry = view.geometry;
    let Some(paged) = view.world.paged_text(view.lesson).filter(|_| geometry.reading.is_some()) else {
        return Vec::new();
    };
    let height = usize::from(geometry.text.height);
    let first = paged.first(view.top, height);
    let rows = paged.in_sight(first, height).enumerate();
    let cells = rows.flat_map(|(index, (_, content))| {
        let area = line_area(content, &geometry, index);
        content.segments.iter().filter_map(move |segment| {
            Some((place(segment, content, view.scrolled_right, area).cells, segment.style.link?))
        })
    });
    cells.collect()
}

fn draw_line(stroke: &Stroke, state: &State, theme: &Theme, buffer: &mut Buffer) {
    for segment in &stroke.line.segments {
        let style = theme.piece(segment.role, segment.style);
        let selected = segment.style.link.is_some() && segment.style.link == state.reading.link;
        let style = if selected { style.patch(theme.selected_word) } else { style };
        let text = match &segment.content {
            SegmentContent::Text(range) => stroke.block.text.get(range.clone()).unwrap_or_default(),
            SegmentContent::Ornament(text) => text,
        };
        let Placed { cells, cut } = stroke.place(segment);
        if cut == 0 {
            put(buffer, cells, text, style);
        } else if !cells.is_empty() {
            let (text, half) = columns::skip_columns(text, usize::from(cut));
            put(buffer, indented(cells, half), text, style);
        }
    }
}

/// Where a segment is in sight.
struct Placed {
    /// Its cells; none when it is out of sight.
    cells: Rect,
    /// The columns of it that are out of sight at the left.
    cut: u16,
}

fn place(segment: &Segment, line: &Line, sideways: u16, area: Rect) -> Placed {
    let left = line.scrolls_from.filter(|left| segment.column >= *left);
    let (left, sideways) = left.map_or((0, 0), |left| (left.min(area.width), sideways));
    let moved = |column: u16| column.saturating_sub(sideways).clamp(left, area.width);
    let column = moved(segment.column);
    let end = moved(segment.column.saturating_add(segment.width)).max(column);
    let cut = left.saturating_add(sideways).saturating_sub(segment.column).min(segment.width);
    Placed { cells: Rect { x: area.x + column, width: end - column, ..area }, cut }
}

/// Says where a line goes on to the left and to the right.
fn edges(stroke: &Stroke, theme: &Theme, buffer: &mut Buffer) {
    let Stroke { line, sideways, area, .. } = *stroke;
    let Some(left) = line.scrolls_from.filter(|left| line.end() > *left && *left < area.width) else {
        return;
    };
    if sideways > 0 {
        put(buffer, Rect { x: area.x + left, width: 1, ..area }, "‹", theme.focus);
    }
    if line.end().saturating_sub(sideways) > area.width {
        blank_half(buffer, area);
        put(buffer, Rect { x: area.right() - 1, width: 1, ..area }, "›", theme.focus);
    }
}

/// A line and the row that it is drawn on.
struct Stroke<'a> {
    line: &'a Line,
    block: &'a Block,
    sideways: u16,
    area: Rect,
}

impl Stroke<'_> {
    fn place(&self, segment: &Segment) -> Placed {
        place(segment, self.line, self.sideways, self.area)
    }
}

/// What was searched for, to be painted over the lines of one frame. The matches of a
/// block are looked up once for all of its lines.
struct HitMarks<'a> {
    query: Option<&'a Query>,
    selected: Option<(usize, usize)>,
    lesson: usize,
    block: Option<usize>,
    ranges: Vec<Range<usize>>,
}

impl<'a> HitMarks<'a> {
    fn new(state: &'a State) -> Self {
        let find = state.current_find();
        let selected = find.and_then(|find| find.current()).and_then(|hit| match hit.found {
            search::HitPlace::Block { lesson, block } => Some((lesson, block)),
            search::HitPlace::Title { lesson } => Some((lesson, 0)),
            search::HitPlace::Item { .. } | search::HitPlace::Note { .. } => None,
        });
        Self {
            query: find.map(|find| &find.query).filter(|query| !query.is_empty()),
            selected,
            lesson: state.shown().lesson,
            block: None,
            ranges: Vec::new(),
        }
    }

    fn paint(&mut self, row: PageRow, stroke: &Stroke, theme: &Theme, buffer: &mut Buffer) {
        let Some(query) = self.query else { return };
        if self.block != Some(row.block) {
            self.block = Some(row.block);
            self.ranges = query.matches_in(&stroke.block.text);
        }
        let here = self.selected == Some((self.lesson, row.block));
        let style = if here { theme.found_here } else { theme.found };
        for segment in &stroke.line.segments {
            for range in &self.ranges {
                paint(range, segment, stroke, style, buffer);
            }
        }
    }
}

/// Gives bytes of the block's text a style, where a segment shows them.
fn paint(range: &Range<usize>, segment: &Segment, stroke: &Stroke, style: Style, buffer: &mut Buffer) {
    let SegmentContent::Text(text) = &segment.content else { return };
    let (start, end) = (range.start.max(text.start), range.end.min(text.end));
    if start >= end {
        return;
    }
    let Placed { cells, cut } = stroke.place(segment);
    if cells.is_empty() {
        return;
    }
    let width = |range| stroke.block.text.get(range).map_or(0, columns::width);
    let before = width(text.start..start);
    // In columns of the cells.
    let in_sight = |column: usize| {
        u16::try_from(column.saturating_sub(usize::from(cut))).unwrap_or(u16::MAX).min(cells.width)
    };
    let (from, to) = (in_sight(before), in_sight(before + width(start..end)));
    let cells = Rect { x: cells.x + from, width: to - from, ..cells };
    tint(buffer, cells, style);
}

/// Paints what the parts of a line of code are.
fn highlight(tokens: &Tokens, stroke: &Stroke, theme: &Theme, buffer: &mut Buffer) {
    if tokens.is_empty() || theme.token(TokenKind::Name).is_none() {
        return;
    }
    let line = &stroke.line.range;
    let first = tokens.partition_point(|(range, _)| range.end <= line.start);
    for segment in &stroke.line.segments {
        paint(line, segment, stroke, theme.text, buffer);
        for (range, token) in tokens.iter().skip(first).take_while(|(range, _)| range.start < line.end) {
            if let Some(style) = theme.token(*token) {
                paint(range, segment, stroke, style, buffer);
            }
        }
    }
}

/// The items that a section of the lesson teaches, each with the block of its heading.
fn taught_by_headings<'a>(view: &View<'a>) -> Vec<(usize, &'a Item)> {
    let course = view.world.course;
    let taught = course.items.iter().filter(|item| item.lesson == view.lesson && item.section.is_some());
    taught.map(|item| (course.passage(item), item)).collect()
}

/// Beside a heading: the boxes of the items that its section teaches.
fn boxes(
    row: PageRow,
    content: &Line,
    taught: &[(usize, &Item)],
    view: &View,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    if row.line != 0 {
        return;
    }
    let mut x = content.end().saturating_add(2);
    for (_, item) in taught.iter().filter(|(block, _)| *block == row.block) {
        let mark = view.practice().mark(&item.id, view.day);
        if x.saturating_add(3) > area.width {
            return;
        }
        let cells = Rect { x: area.x + x, width: 3, ..area };
        put(buffer, cells, &format!("[{}]", mark_sign(mark)), theme.mark(mark));
        x += 4;
    }
}

/// The item taught here and how to reach it.
pub(super) fn foot(state: &State, view: &View) -> List {
    let paged = view.world.paged_text(view.lesson);
    let share = paged.map_or(0, |paged| visible::per_cent(&paged, paged.pane(view.top, view.text_height())));
    foot_beside(&per_cent(share), state, view)
}

/// The same, beside how far along the reader is.
fn foot_beside(per_cent: &str, state: &State, view: &View) -> List {
    let area = view.geometry.foot;
    let taken = columns::width(per_cent) + 2;
    let area = Rect { width: area.width.saturating_sub(u16::try_from(taken).unwrap_or(u16::MAX)), ..area };
    List::from_line(0, taught_here(state, view, usize::from(area.width)).into_iter().collect(), area)
}

fn taught_here(state: &State, view: &View, room: usize) -> Option<ListLine> {
    let items = visible::items(view);
    let item = visible::item_of(&items, view, state.checklist.selected.as_ref())?;
    let sign = mark_sign(view.practice().mark(&item.id, view.day));
    let more = match items.len() - 1 {
        0 => String::new(),
        others => format!("  and {others} more"),
    };
    let begin = format!("{}  [{sign}] ", view.key(Context::READING, "go-to-item"));
    let room = room.saturating_sub(columns::width(&begin) + columns::width(&more));
    let text = columns::shortened(&item.text, room);
    let line = ListLine::new(format!("{begin}{text}{more}"), Tone::Quiet);
    Some(ListLine { target: Some(Target::Key(Context::READING, "go-to-item")), ..line })
}

/// How far along the reader is.
fn per_cent(share: usize) -> String {
    format!("{share} %")
}

/// How much of the lesson is in sight, and where that is. A lesson that is in sight as a
/// whole has none.
fn scroll_bar(
    (paged, pane): (&PagedText, PaneRows),
    area: Rect,
    state: &State,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let PaneRows { first, bottom, ends } = pane;
    let height = usize::from(area.height);
    if height == 0 || (first == PageRow::default() && ends) {
        return;
    }
    let progress = |row: PageRow| paged.document.progress(paged.page.top(paged.document, row).position);
    let (before, all) = progress(first);
    let all = all.max(1);
    let last = if ends { all } else { progress(bottom).0 };
    let row = |share: u64| usize::try_from(share).unwrap_or(height);
    let thumb_start = row(before * height as u64 / all);
    let thumb_end = row((last * height as u64).div_ceil(all)).max(thumb_start + 1);
    let style = if state.focus == Pane::Reading { theme.focus } else { theme.muted };
    for index in thumb_start..thumb_end.min(height) {
        put(buffer, line(area, index), "▐", style);
    }
}
