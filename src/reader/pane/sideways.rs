//! Scrolling wide code and tables sideways.
//!
//! They are wrapped until the reader unwraps them: nothing is out of sight by default.

use crate::page::{Page, Wide};
use crate::reader::outcome::Outcome;
use crate::reader::paged_text::PagedText;
use crate::reader::view::View;

/// Unwraps wide lines; when they are, shows what is to the right.
pub(super) fn scroll_right(sideways: &mut Option<u16>, view: &View) -> Outcome {
    let beyond = overflow(view);
    let Some(columns) = *sideways else {
        if beyond == 0 {
            return Outcome::Say("Nothing in sight is wider than the page.".into());
        }
        *sideways = Some(0);
        return Outcome::Stay;
    };
    let end = beyond.max(columns);
    *sideways = Some(columns.saturating_add(step(view)).min(end));
    if end == columns {
        return Outcome::Say("This is the end of the widest line in sight.".into());
    }
    Outcome::Stay
}

/// Shows what is to the left; at the beginning of the lines wraps them again.
pub(super) fn scroll_left(sideways: &mut Option<u16>, view: &View) -> Outcome {
    *sideways = match *sideways {
        Some(0) => None,
        Some(columns) => Some(columns.saturating_sub(step(view))),
        None => return Outcome::Say("Nothing is scrolled to the right.".into()),
    };
    Outcome::Stay
}

/// The columns of one step: half the page.
fn step(view: &View) -> u16 {
    (view.geometry.text_width() / 2).max(1)
}

/// The columns by which what is in sight would reach beyond the page if it were unwrapped.
fn overflow(view: &View) -> u16 {
    let document = view.world.course.document(view.lesson);
    let page = Page::with(document, view.geometry.page_width(), Wide::Whole);
    let height = view.text_height();
    let first = PagedText { document, page: &page }.first(view.top, height);
    page.overflow(document, first, height)
}
