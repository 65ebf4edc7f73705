//! Scrolling wide code and tables sideways.
//!
//! They are broken to fit until she asks: nothing is out of sight unless she wants it so.

use crate::page::{Page, Wide};
use crate::reader::state::State;
use crate::reader::world::Sheet;
use crate::reader::{Geometry, World};

/// Lets wide lines stand whole; when they do, shows what is to the right.
pub(super) fn right(state: &mut State, world: &World) {
    let Some(aside) = state.reading.aside else {
        if beyond(state, world) > 0 {
            state.reading.aside = Some(0);
        } else {
            state.message = Some("Nothing in sight is wider than the page.".into());
        }
        return;
    };
    let end = beyond(state, world).max(aside);
    state.reading.aside = Some(aside.saturating_add(step(state)).min(end));
    if end == aside {
        state.message = Some("This is the end of the widest line in sight.".into());
    }
}

/// Shows what is to the left; at the beginning of the lines breaks them again.
pub(super) fn left(state: &mut State) {
    match state.reading.aside {
        Some(0) => state.reading.aside = None,
        Some(aside) => state.reading.aside = Some(aside.saturating_sub(step(state))),
        None => state.message = Some("Nothing is scrolled to the side.".into()),
    }
}

fn step(state: &State) -> u16 {
    (Geometry::of(state).text_width() / 2).max(1)
}

/// By how many columns what is in sight would go on beyond the page if it stood whole.
fn beyond(state: &State, world: &World) -> u16 {
    let geometry = Geometry::of(state);
    let document = world.course.document(state.reading.lesson);
    let page = Page::with(document, geometry.text_width(), Wide::Whole);
    let height = geometry.text_height();
    let first = Sheet { document, page: &page }.first(state.reading.top, height);
    page.beyond_the_edge(document, first, height)
}
