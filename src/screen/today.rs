//! Today: what is to be done, and beside it or below it the weeks and the lesson to read.

use crate::reader::list::ListLine;
use crate::reader::overlay::today::Today;
use crate::reader::overlay::today::keys::CONTEXT;
use crate::reader::overlay::today::lines::{TodayLines, lines};
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::list::{List, say_more_below};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn draw(today: &Today, view: &View, theme: &Theme, buffer: &mut Buffer) {
    let Columns { head, work, weeks, more } = columns(today, view);
    for list in [&head, &work].into_iter().chain(weeks.as_ref().map(|(weeks, _)| weeks)) {
        list.draw(Some(theme.selection), theme, buffer);
    }
    if work.has_more_below() {
        let page_down = view.world.keymap.key_if_any(CONTEXT, "page-down");
        say_more_below(page_down, more, theme, buffer);
    }
    if let Some((weeks, more)) = weeks
        && weeks.has_more_below()
    {
        let last = view.world.keymap.key_if_any(CONTEXT, "last");
        say_more_below(last, more, theme, buffer);
    }
}

/// The lists, where they are painted.
pub(super) fn lists(today: &Today, view: &View) -> Vec<List> {
    let Columns { head, work, weeks, .. } = columns(today, view);
    [head, work].into_iter().chain(weeks.map(|(weeks, _)| weeks)).collect()
}

/// Today, where it is painted.
struct Columns {
    head: List,
    work: List,
    /// The weeks beside it, and the row in which those say that more lies below.
    weeks: Option<(List, Rect)>,
    /// The row in which it says that more lies below.
    more: Rect,
}

fn columns(today: &Today, view: &View) -> Columns {
    let (area, beside) = view.geometry.today();
    let TodayLines { head, work, weeks } = lines(today, view, area.width, beside.map(|area| area.width));
    let gap = u16::from(area.height >= 16);
    let taken = u16::try_from(head.len()).unwrap_or(u16::MAX).saturating_add(gap).min(area.height);
    // The last row is left to what says that more lies below.
    let height = area.height.saturating_sub(taken + 1);
    let below = Rect { y: area.y + taken, height, ..area };
    let more = Rect { y: below.bottom(), height: 1.min(area.height), ..area };
    let is_selected_beside = weeks.iter().any(|line| line.selected);
    let work = if is_selected_beside {
        List::from_line(usize::MAX, work, below)
    } else {
        List::to_selected(work, below)
    };
    Columns {
        head: List::from_line(0, head, area),
        work,
        weeks: beside.map(|area| weeks_in(weeks, area)),
        more,
    }
}

/// The weeks in their area. The last row is left to what says that more lies below, where they do not
/// fit.
fn weeks_in(lines: Vec<ListLine>, area: Rect) -> (List, Rect) {
    let fits = lines.len() <= usize::from(area.height);
    let height = area.height.saturating_sub(u16::from(!fits));
    let below = Rect { y: area.y + height, height: area.height - height, ..area };
    (List::to_selected(lines, Rect { height, ..area }), below)
}
