//! Where everything is on the screen: computed from the terminal's size and from what is
//! shown. `update` asks it for heights, and the screen for places.
//!
//! Owns every width and height. Must not draw.

use crate::page::PageWidth;
use crate::reader::pane::{Pane, PaneContent, SidePane, SidePanes};
use ratatui::layout::Rect;

/// The narrowest text column that the reader can choose, in columns.
pub const NARROWEST: u16 = 30;
/// The widest text column, in columns, however wide the terminal: longer lines tire the eye.
pub const WIDEST: u16 = 72;

/// Below this many columns or rows there is no room for a page.
pub const SMALLEST: (u16, u16) = (24, 8);
/// From this many columns on there is room for the text and one side pane.
const MEDIUM: u16 = 70;
/// From this many columns on there is room for three panes.
const WIDE: u16 = 110;
/// The columns for twelve weeks of squares.
const WEEKS: u16 = 42;
/// The columns between them and what is beside them.
const BETWEEN: u16 = 4;
/// From this many rows on white space is left above the panes' first lines.
const ROOMY: u16 = 16;
/// The rows that a side pane has from then on: all but the first and the last.
const ROOMY_PANE: u16 = ROOMY - 2;

/// The areas of one frame. A pane that is not shown has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Geometry {
    /// The first row.
    pub header: Rect,
    /// The last row.
    pub footer: Rect,
    /// The rows above it that say what is not saved; none where everything is.
    pub status: Rect,
    /// The lessons.
    pub navigator: Option<Rect>,
    /// The reading pane with its margins.
    pub reading: Option<Rect>,
    /// The text column within the reading pane.
    pub text: Rect,
    /// The reading pane within its margins: the text column, and the free columns beside it that
    /// wide code and tables use.
    pub broad_text: Rect,
    /// The line under the text: items taught here, and how far along the reader is.
    pub foot: Rect,
    /// The items.
    pub checklist: Option<Rect>,
    /// The search's line and hits.
    pub results: Option<Rect>,
    /// All between the first row and the status, or the last row.
    pub body: Rect,
    /// The column for the lines of an overlay.
    pub overlay: Rect,
    /// Whether an overlay stands in a box there; else it has all of the screen.
    pub overlay_room: OverlayRoom,
}

/// The room that an overlay has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OverlayRoom {
    /// All of the screen.
    #[default]
    Screen,
    /// A box: two columns around its lines at either side, and a row above and below.
    Box,
}

/// What is shown beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The panes that have room.
    Panes {
        /// The pane that keys go to.
        focus: Pane,
        /// The pane beside the text, where only one has room.
        side: SidePane,
        /// The side panes that have something to show.
        side_panes: SidePanes,
    },
    /// The text, without the panes beside it.
    TextAlone,
    /// The search's line and hits.
    Results,
}

impl Geometry {
    /// The geometry of a terminal of this many columns and rows, with a text column of at most
    /// `measure` columns, and with this many rows of status where they have room; all empty when
    /// the terminal is too small.
    pub fn new((columns, rows): (u16, u16), measure: u16, status: u16, shown: Shown) -> Self {
        if columns < SMALLEST.0 || rows < SMALLEST.1 {
            return Self::default();
        }
        let header = Rect::new(0, 0, columns, 1);
        let footer = Rect::new(0, rows - 1, columns, 1);
        let status = status.min(most_status_rows(rows));
        let body = Rect::new(0, 1, columns, rows - 2 - status);
        let status = Rect::new(0, body.bottom(), columns, status);
        let (overlay, overlay_room) = overlay(body);
        let panes = Self { header, footer, status, body, overlay, overlay_room, ..Self::default() };
        let panes = match shown {
            Shown::Results => panes.with_results(body),
            Shown::TextAlone => Self { reading: Some(body), ..panes },
            Shown::Panes { focus, side, side_panes } => panes.with_panes(body, focus, side, side_panes),
        };
        panes.with_text(measure)
    }

    /// The width of the text column, at least one.
    pub fn text_width(&self) -> u16 {
        self.text.width.max(1)
    }

    /// The columns for the pages of lessons.
    pub fn page_width(&self) -> PageWidth {
        let before = self.text.x.saturating_sub(self.broad_text.x);
        let behind = self.broad_text.right().saturating_sub(self.text.right());
        PageWidth { text: self.text_width(), before, behind }
    }

    /// The lines of text in sight, at least one.
    pub fn text_height(&self) -> usize {
        usize::from(self.text.height.max(1))
    }

    /// The column for what is to be done today, and the one beside it for the weeks, where there is
    /// room for both.
    pub fn today(&self) -> (Rect, Option<Rect>) {
        // It has all of the screen, down to the last row.
        let column = Rect { height: self.body.bottom().saturating_sub(self.overlay.y), ..self.overlay };
        if self.body.width < WIDE {
            return (column, None);
        }
        let work = WIDEST.min(self.body.width.saturating_sub(4 + BETWEEN + WEEKS));
        let x = self.body.x + (self.body.width - work - BETWEEN - WEEKS) / 2;
        let left = Rect { x, width: work, ..column };
        (left, Some(Rect { x: left.right() + BETWEEN, width: WEEKS, ..left }))
    }

    /// A side pane that has nothing to show is there only while it has the focus.
    fn with_panes(self, body: Rect, focus: Pane, side: SidePane, side_panes: SidePanes) -> Self {
        let is_there = |pane, content| content == PaneContent::Something || focus == pane;
        let has_navigator = is_there(Pane::Navigator, side_panes.navigator);
        let has_checklist = is_there(Pane::Checklist, side_panes.checklist);
        if body.width < MEDIUM {
            return match focus {
                Pane::Navigator => Self { navigator: Some(body), ..self },
                Pane::Reading => Self { reading: Some(body), ..self },
                Pane::Checklist => Self { checklist: Some(body), ..self },
            };
        }
        let has_room = body.width >= WIDE;
        let (navigator, rest) = if has_navigator && (has_room || side == SidePane::Navigator) {
            let [navigator, rest] = split(body, share(body.width, 24, 26, 36));
            (Some(navigator), rest)
        } else {
            (None, body)
        };
        let (reading, checklist) = if has_checklist && (has_room || side == SidePane::Checklist) {
            let [reading, checklist] = split(rest, rest.width - share(body.width, 27, 30, 42) - 1);
            (reading, Some(checklist))
        } else {
            (rest, None)
        };
        Self { navigator, reading: Some(reading), checklist, ..self }
    }

    /// The hits stand beside the text that they preview, above it where it is narrow.
    fn with_results(self, body: Rect) -> Self {
        if body.width >= WIDE {
            let [results, reading] = split(body, share(body.width, 40, 44, 64));
            return Self { results: Some(results), reading: Some(reading), ..self };
        }
        let height = (body.height / 2).max(3).min(body.height);
        // One row is left between the two for the line that parts them.
        let results = Rect { height: height - 1, ..body };
        let below = Rect { y: body.y + height, height: body.height - height, ..body };
        let reading = (below.height >= 4).then_some(below);
        Self { results: Some(results), reading, ..self }
    }

    fn with_text(self, measure: u16) -> Self {
        // A pane that is hidden is laid out as if it were shown, so that a key that moves
        // the text does the same there.
        let pane = self.reading.unwrap_or(Rect { y: 1, height: self.body.height, ..self.header });
        let inner = pane.width.saturating_sub(4);
        let width = measure.min(inner);
        let above = u16::from(pane.height >= ROOMY);
        let below = if pane.height >= ROOMY { 2 } else { 1 };
        let x = pane.x + 2 + (inner - width) / 2;
        let height = pane.height.saturating_sub(above + below);
        let text = Rect::new(x, pane.y + above, width, height);
        let foot = Rect::new(x, pane.bottom().saturating_sub(1), width, 1.min(pane.height));
        let broad_text = Rect { x: pane.x + 2, width: inner, ..text };
        Self { text, broad_text, foot, ..self }
    }
}

/// The columns that a text in the last rows of the screen has: one is left free on either side.
pub fn last_rows_width(columns: u16) -> u16 {
    columns.saturating_sub(2).max(1)
}

/// The most rows of status on a terminal of this many rows.
fn most_status_rows(rows: u16) -> u16 {
    (rows / 8).clamp(1, 3)
}

/// The part of a side pane that its list has: a column is left free at the right, and a row
/// above where there is room.
pub fn without_margins(pane: Rect) -> Rect {
    let above = u16::from(pane.height >= ROOMY_PANE);
    Rect { y: pane.y + above, height: pane.height - above, width: pane.width.saturating_sub(1), ..pane }
}

/// The column for an overlay's lines: no wider than a text column, and in the middle. Where
/// something of the page would be seen around it, it is in a box.
fn overlay(body: Rect) -> (Rect, OverlayRoom) {
    let inner = body.width.saturating_sub(4);
    let width = inner.min(WIDEST);
    let above = if body.height >= ROOMY { 2.min(body.height / 8) } else { 0 };
    let has_room = body.width >= MEDIUM && above > 1;
    let (room, below) = if has_room { (OverlayRoom::Box, 1) } else { (OverlayRoom::Screen, 0) };
    let (x, y) = (body.x + 2 + (inner - width) / 2, body.y + above);
    (Rect { x, y, width, height: body.height - above - below }, room)
}

/// A share of a width in per cent, within bounds.
fn share(width: u16, per_cent: u32, least: u16, most: u16) -> u16 {
    let part = u32::from(width) * per_cent / 100;
    u16::try_from(part).unwrap_or(most).clamp(least, most)
}

/// Two areas side by side with one column for the line between them.
fn split(area: Rect, left: u16) -> [Rect; 2] {
    let left = left.min(area.width);
    let right = area.width.saturating_sub(left + 1);
    [Rect { width: left, ..area }, Rect { x: area.right() - right, width: right, ..area }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry(columns: u16, rows: u16, focus: Pane) -> Geometry {
        with(columns, rows, focus, SidePanes::default())
    }

    fn with(columns: u16, rows: u16, focus: Pane, side_panes: SidePanes) -> Geometry {
        let side = if focus == Pane::Checklist { SidePane::Checklist } else { SidePane::Navigator };
        Geometry::new((columns, rows), WIDEST, 0, Shown::Panes { focus, side, side_panes })
    }

    #[test]
    fn a_pane_with_nothing_to_show_is_there_only_while_it_has_the_focus() {
        let empty = SidePanes { navigator: PaneContent::Nothing, checklist: PaneContent::Nothing };
        for columns in [90, 120] {
            let text = with(columns, 30, Pane::Reading, empty);
            assert!(text.navigator.is_none() && text.checklist.is_none());
            assert_eq!(text.reading, Some(text.body));
            assert!(with(columns, 30, Pane::Checklist, empty).checklist.is_some());
            assert!(with(columns, 30, Pane::Navigator, empty).navigator.is_some());
        }
        let without_items = SidePanes { checklist: PaneContent::Nothing, ..SidePanes::default() };
        let book = with(112, 30, Pane::Reading, without_items);
        assert!(book.navigator.is_some() && book.checklist.is_none());
        assert_eq!(book.text.width, WIDEST);
    }

    #[test]
    fn what_is_not_saved_has_rows_of_its_own_and_leaves_most_to_the_text() {
        for rows in 8..60 {
            for status in 0..9 {
                let shown = Shown::TextAlone;
                let geometry = Geometry::new((80, rows), WIDEST, status, shown);
                assert_eq!(geometry.status.height, status.min(most_status_rows(rows)));
                assert_eq!(geometry.body.bottom(), geometry.status.y);
                assert_eq!(geometry.status.bottom(), geometry.footer.y);
                assert!(geometry.text.height * 2 >= rows - 4, "{rows} rows, {status} of status");
            }
        }
    }

    #[test]
    fn a_wide_screen_has_three_panes_and_a_narrow_one_the_one_in_focus() {
        let wide = geometry(120, 36, Pane::Reading);
        assert!(wide.navigator.is_some() && wide.reading.is_some() && wide.checklist.is_some());
        let medium = geometry(90, 30, Pane::Checklist);
        assert!(medium.navigator.is_none() && medium.reading.is_some() && medium.checklist.is_some());
        let narrow = geometry(60, 20, Pane::Navigator);
        assert!(narrow.navigator.is_some() && narrow.reading.is_none() && narrow.checklist.is_none());
        assert_eq!(geometry(23, 8, Pane::Reading), Geometry::default());
    }

    #[test]
    fn no_pane_lies_outside_of_the_screen_or_over_another() {
        for columns in 0..220 {
            for rows in [0, 1, 7, 8, 9, 15, 16, 24, 60] {
                for focus in [Pane::Navigator, Pane::Reading, Pane::Checklist] {
                    let geometry = geometry(columns, rows, focus);
                    let screen = Rect::new(0, 0, columns, rows);
                    let shown: Vec<Rect> = [geometry.navigator, geometry.reading, geometry.checklist]
                        .into_iter()
                        .flatten()
                        .chain([geometry.header, geometry.footer])
                        .collect();
                    for (index, area) in shown.iter().enumerate() {
                        assert_eq!(area.intersection(screen), *area, "{columns}x{rows}");
                        for other in shown.iter().skip(index + 1) {
                            assert!(area.intersection(*other).is_empty(), "{columns}x{rows}");
                        }
                    }
                    assert!(geometry.text.width <= WIDEST);
                }
            }
        }
    }
}
