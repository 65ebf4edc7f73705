//! The review: the grid of items and days, the weeks, and what the selected day says.
//!
//! Owns where these stand: beside each other where there is room, else below each other.

mod day;
mod grid;
mod weeks;

use crate::practice::{NamedItem, ReviewSpan};
use crate::reader::list::{ListLine, Tone};
use crate::reader::overlay::review::Review;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{indented, line, put, put_right, put_shortened};
use crate::screen::list::List;
use crate::text::columns::{width, wrapped};
use grid::Grid;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The fewest columns beside the grid in which the selected day is shown there.
const NARROWEST_ASIDE: u16 = 36;
/// The most columns that it has.
const WIDEST_ASIDE: u16 = 64;
/// Columns between parts that stand beside each other.
const BETWEEN: u16 = 4;
/// From this width on the weeks and the selected day stand beside each other below the grid.
const WIDE: u16 = 96;
/// The columns that the weeks have then.
const WEEKS: u16 = 60;
/// Rows above the grid: the title, and two for the days.
const HEAD: u16 = 3;

/// Where everything is.
struct Layout {
    page: Rect,
    /// The rows of the grid, without what stands above.
    rows: Rect,
    /// The weeks.
    weeks: Rect,
    /// The selected day; two rows above the weeks where there is room for no more.
    day: Rect,
    /// What the signs mean, where that has lines of its own.
    legend: Option<Rect>,
}

impl Layout {
    fn new(view: &View, grid: &Grid, lines: usize) -> Self {
        let page = page(view);
        let below = rest(page, HEAD);
        let aside = page.width.saturating_sub(grid.width() + BETWEEN).min(WIDEST_ASIDE);
        let height = u16::try_from(grid_height(lines, page)).unwrap_or(u16::MAX).min(below.height);
        let rows = Rect { height, ..below };
        let under = rest(below, height + u16::from(below.height > height + 8));
        if aside >= NARROWEST_ASIDE {
            let rows = Rect { width: grid.width(), ..rows };
            let beside = Rect { x: page.right() - aside, width: aside, ..rest(page, 1) };
            let legend_height = u16::try_from(legend(grid).len()).unwrap_or(0);
            let legend = Rect { height: legend_height.min(beside.height), ..beside };
            let weeks = Rect { width: grid.width(), ..under };
            return Self { page, rows, weeks, day: rest(beside, legend_height + 1), legend: Some(legend) };
        }
        if page.width >= WIDE {
            let weeks = Rect { width: WEEKS, ..under };
            let day = indented(under, WEEKS + BETWEEN);
            return Self { page, rows, weeks, day, legend: None };
        }
        let day = Rect { height: 2.min(under.height), ..under };
        Self { page, rows, weeks: rest(under, 3), day, legend: None }
    }
}

pub(super) fn draw(review: &Review, view: &View, theme: &Theme, buffer: &mut Buffer) {
    let rows = view.practice().reviewed_items();
    if rows.is_empty() {
        put(buffer, line(page(view), 0), title(review.span, None).as_str(), theme.heading);
        nothing_marked(view).draw(None, theme, buffer);
        return;
    }
    let (grid, layout) = laid_out(&rows, review, view);
    heads(&grid, &layout, review.span, theme, buffer);
    grid.dates(theme, rest(layout.page, 1), buffer);
    rows_in_sight(&rows, &grid, &layout, review, view).draw(Some(theme.selection), theme, buffer);
    if let Some(row) = rows.get(review.row(&rows)) {
        day::draw(row, &rows, review, view, theme, layout.day, buffer);
    }
    weeks::draw(review, &rows, view, theme, layout.weeks, buffer);
}

/// The rows of the grid, or why there are none.
pub(super) fn list(review: &Review, view: &View) -> List {
    let rows = view.practice().reviewed_items();
    if rows.is_empty() {
        return nothing_marked(view);
    }
    let (grid, layout) = laid_out(&rows, review, view);
    rows_in_sight(&rows, &grid, &layout, review, view)
}

/// The grid, and where everything is.
fn laid_out(rows: &[NamedItem], review: &Review, view: &View) -> (Grid, Layout) {
    let grid = Grid::new(review, view, rows, page(view).width);
    let layout = Layout::new(view, &grid, grid::height(rows));
    (grid, layout)
}

fn rows_in_sight(rows: &[NamedItem], grid: &Grid, layout: &Layout, review: &Review, view: &View) -> List {
    List::to_selected(grid.lines(rows, review, view, usize::from(layout.rows.height)), layout.rows)
}

/// What stands in place of the rows before there are any.
fn nothing_marked(view: &View) -> List {
    let page = page(view);
    let text = "Nothing is marked yet. What you mark in the checklist will be here, day by day.";
    let lines = wrapped(text, page.width).into_iter().map(|text| ListLine::new(text, Tone::Quiet));
    List::from_line(0, lines.collect(), rest(page, 2))
}

/// The page without its margins, and without the rule below the header.
fn page(view: &View) -> Rect {
    let body = view.geometry.body;
    let above = u16::from(view.geometry.overlay.y > body.y);
    let body = rest(body, above);
    Rect { width: body.width.saturating_sub(4), ..indented(body, 2) }
}

/// An area without its first rows.
fn rest(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// The rows of the grid. It has what it needs, and leaves a third of the page to the weeks.
fn grid_height(lines: usize, page: Rect) -> usize {
    let most = usize::from(page.height.saturating_sub(HEAD)).saturating_sub(4) * 2 / 3;
    lines.min(most.max(1))
}

/// The weeks that are in sight, and what the signs mean.
fn heads(grid: &Grid, layout: &Layout, span: ReviewSpan, theme: &Theme, buffer: &mut Buffer) {
    let area = line(layout.page, 0);
    let taken = put_shortened(buffer, area, &title(span, Some(grid)), theme.heading);
    let legend = legend(grid);
    if let Some(area) = layout.legend {
        for (index, text) in legend.iter().enumerate() {
            put_shortened(buffer, line(area, index), text, theme.muted);
        }
        return;
    }
    // Where it has no room, what is said of the selected day says the same in words.
    let legend = legend.join("  ");
    let rest = indented(area, taken + 2);
    if width(&legend) <= usize::from(rest.width) {
        put_right(buffer, rest, &legend, theme.muted);
    }
}

/// Which weeks are shown: those that are in sight, and no others.
fn title(span: ReviewSpan, grid: Option<&Grid>) -> String {
    match grid {
        None => format!("The last {} weeks", span.weeks()),
        Some(grid) if grid.ends_now() => format!("The last {}", grid.weeks_in_words()),
        Some(grid) => format!("{} from {}", grid.weeks_in_words(), grid.first_day().strftime("%-d %B %Y")),
    }
}

/// What the signs mean, a line each.
fn legend(grid: &Grid) -> Vec<&'static str> {
    let mut legend = match grid.span {
        ReviewSpan::Month | ReviewSpan::Quarter => {
            vec!["x kept", "! slipped, or not today", "- did not arise", "\u{b7} not recorded"]
        }
        ReviewSpan::Year => vec!["a digit: days kept in that week", "! - \u{b7} as before"],
    };
    if grid.has_rhythms && grid.span != ReviewSpan::Year {
        legend.push("~ not meant");
    }
    legend
}
