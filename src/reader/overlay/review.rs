//! The review: items by days, and the sums of the weeks.
//!
//! The selected item is named by its id, because another window may add rows at any time.

use crate::course::ItemId;
use crate::practice::{BestWeek, NamedItem, ReviewSpan};
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Outcome, OverlayRequest};
use crate::reader::overlay::shared::ListAction;
use crate::reader::view::View;
use jiff::ToSpan;
use jiff::civil::Date;

/// The review's context.
pub const CONTEXT: Context = Context::overlay("review", "Review");

/// The rows of the review.
pub const ROWS: &[BindingRow<ReviewAction>] = &[
    row("h Left", "earlier", ReviewAction::Earlier, "a day or a week before", "day"),
    row("l Right", "later", ReviewAction::Later, "a day or a week later", "day"),
    row("j Down", "down", ReviewAction::List(ListAction::Move(Motion::Down)), "the next item", "item"),
    row("k Up", "up", ReviewAction::List(ListAction::Move(Motion::Up)), "the item before", "item"),
    row("g Home", "first", ReviewAction::List(ListAction::Move(Motion::First)), "the first item", ""),
    row("G End", "last", ReviewAction::List(ListAction::Move(Motion::Last)), "the last item", ""),
    row(
        "PgDn f Ctrl-f",
        "page-down",
        ReviewAction::List(ListAction::Move(Motion::PageDown)),
        "ten items down",
        "",
    ),
    row("PgUp b Ctrl-b", "page-up", ReviewAction::List(ListAction::Move(Motion::PageUp)), "ten items up", ""),
    row("Enter", "open-day", ReviewAction::OpenDay, "open that day in the checklist", "open day"),
    row("v Space", "span", ReviewAction::Span, "4, 12 or 52 weeks", "4/12/52 weeks"),
    row("w", "week", ReviewAction::Week, "one question about the week", "the week"),
    row("Esc q", "cancel", ReviewAction::List(ListAction::Close), "close the review", "close"),
];

/// The items of a page.
const PAGE: usize = 10;

/// The review while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How far back it looks.
    pub span: ReviewSpan,
    /// The selected day; in a year, the selected week is the one that holds it.
    pub day: Date,
    /// The best week of all, also when it lies before what is shown. Computed when the review
    /// is opened, because it takes all marks.
    pub best: Option<BestWeek>,
    /// The selected item.
    selected: Option<ItemId>,
}

/// What is done in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewAction {
    /// What is done in any list: here between the items.
    List(ListAction),
    /// Looks back 4, 12 or 52 weeks.
    Span,
    /// Moves a column to the left.
    Earlier,
    /// Moves a column to the right.
    Later,
    /// Opens the selected day in the checklist.
    OpenDay,
    /// Asks one question about the selected week.
    Week,
}

impl Review {
    /// The last four weeks, with the first item and the day of the checklist selected.
    pub fn open(view: &View) -> Self {
        let items = view.practice().reviewed_items();
        let best = view.practice().best_week(&items, view.today);
        let selected = items.first().map(|item| item.id.clone());
        let mut review = Self { span: ReviewSpan::Month, day: view.day, best, selected };
        // A day from long ago may lie before what is shown.
        review.walk(0, view);
        review
    }

    /// Applies an action.
    pub fn update(&mut self, action: ReviewAction, view: &View) -> Outcome {
        match action {
            ReviewAction::List(action) => {
                let items = view.practice().reviewed_items();
                let mut row = self.row(&items);
                let outcome = action.apply(&mut row, items.len(), PAGE, view);
                self.selected = items.get(row).map(|item| item.id.clone());
                return outcome;
            }
            ReviewAction::Span => {
                self.span = self.span.next();
                self.walk(0, view);
            }
            ReviewAction::Earlier => self.walk(-columns(view.count), view),
            ReviewAction::Later => self.walk(columns(view.count), view),
            ReviewAction::OpenDay => return self.open_day(view),
            ReviewAction::Week => {
                return Outcome::Open(OverlayRequest::Week(view.practice().week_of(self.day)));
            }
        }
        Outcome::Stay
    }

    /// The row of the selected item; where it is gone, the first.
    pub fn row(&self, items: &[NamedItem]) -> usize {
        let selected = |item: &NamedItem| self.selected.as_ref() == Some(item.id);
        items.iter().position(selected).unwrap_or(0)
    }

    /// Moves to the right by this many columns, within what is shown.
    fn walk(&mut self, columns: i32, view: &View) {
        let days = columns.saturating_mul(self.span.step());
        let day = self.day.checked_add(days.days()).unwrap_or(self.day);
        self.day = day.clamp(view.practice().first_day(self.span, view.today), view.today);
    }

    fn open_day(&self, view: &View) -> Outcome {
        let items = view.practice().reviewed_items();
        let item = items.get(self.row(&items)).and_then(|item| item.current);
        Outcome::ShowItem(item.map(|item| item.id.clone()), Some(self.day))
    }
}

/// A count of columns that can be multiplied by the days of a week.
fn columns(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 7)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;

    #[test]
    fn the_day_stays_between_the_first_that_is_shown_and_today() {
        let mut fixture = Fixture::new();
        fixture.state.day = fixture.state.day.saturating_sub(400.days());
        let view = fixture.view();
        let mut review = Review::open(&view);
        assert_eq!(review.day, view.practice().first_day(ReviewSpan::Month, view.today));
        review.update(ReviewAction::Later, &View { count: 9_999, ..view });
        assert_eq!(review.day, view.today);
    }
}
