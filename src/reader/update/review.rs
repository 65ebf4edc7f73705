//! Actions in the review.

use crate::practice::{ReviewSpan, monday};
use crate::reader::action::{Motion, ReviewAction};
use crate::reader::review::Review;
use crate::reader::state::{Overlay, Pane, State};
use crate::reader::update::{checklist, moved};
use crate::reader::writing::Writing;
use crate::reader::{Effect, World};
use jiff::ToSpan;

/// Applies an action of the review's own.
pub(super) fn act(state: &mut State, action: ReviewAction, count: usize, world: &World) -> Vec<Effect> {
    match action {
        ReviewAction::Open => open(state, world),
        ReviewAction::Span => span(state),
        ReviewAction::Earlier => walk(state, -steps(count)),
        ReviewAction::Later => walk(state, steps(count)),
        ReviewAction::OpenDay => open_day(state, world),
        ReviewAction::Week => {
            if let Overlay::Review(review) = state.overlay {
                let writing = Writing::week(monday(review.day), world);
                state.overlay = Overlay::Writing(Box::new(writing));
            }
        }
    }
    Vec::new()
}

/// Moves between the rows.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) {
    if let Overlay::Review(review) = &mut state.overlay {
        review.row = moved(review.row, world.practice().reviewed_items().len(), motion, count, 10);
    }
}

fn open(state: &mut State, world: &World) {
    let best = world.practice().best_week(&world.practice().reviewed_items(), state.today);
    state.overlay = Overlay::Review(Review { span: ReviewSpan::Month, row: 0, day: state.day, best });
    // A day from long ago may lie before what is shown.
    walk(state, 0);
}

fn span(state: &mut State) {
    if let Overlay::Review(review) = &mut state.overlay {
        review.span = review.span.next();
    }
    walk(state, 0);
}

fn steps(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 7)
}

/// So many columns to the right, within what is shown.
fn walk(state: &mut State, columns: i32) {
    let today = state.today;
    if let Overlay::Review(review) = &mut state.overlay {
        let days = columns.saturating_mul(review.span.step());
        let day = review.day.checked_add(days.days()).unwrap_or(review.day);
        review.day = day.clamp(review.span.first_day(today), today);
    }
}

/// The checklist on that day, with that item.
fn open_day(state: &mut State, world: &World) {
    let Overlay::Review(review) = state.overlay else { return };
    state.overlay = Overlay::None;
    state.day = review.day;
    state.look_at(Pane::Checklist);
    if let Some(item) = world.practice().reviewed_items().get(review.row).and_then(|row| row.current) {
        checklist::reveal(state, item.index, world);
    }
}
