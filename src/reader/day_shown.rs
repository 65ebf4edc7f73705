//! The day that the checklist and Today show: how it is changed, and what is marked on it.
//!
//! Owns how far back the days lead, and that no day to come is marked. Must not know what is selected.

use crate::journal::Mark;
use crate::practice::AnyItem;
use crate::reader::keys::Context;
use crate::reader::outcome::{JournalChange, Outcome};
use crate::reader::view::View;
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The days before today that `h` leads back to though nothing was recorded yet: the weeks that the
/// review shows at first. Further back only records lead.
const DAYS_BEFORE: i32 = 27;

/// Why a mark is not set for the day that is shown: it is still to come.
pub fn refused_mark(mark: Option<Mark>, view: &View) -> Option<Outcome> {
    (view.day > view.today && mark.is_some())
        .then(|| Outcome::Say("That day is still to come. A mark there can only be taken back.".into()))
}

/// The change that sets a mark for the day that is shown, or takes it back.
pub fn mark_change(item: &AnyItem, mark: Option<Mark>, view: &View) -> JournalChange {
    let day = view.day.strftime("%a %-d %b");
    let label = format!("{}, {day}: {}", item.mark_word(mark), item.text());
    JournalChange::new(label, view.practice().marking(item, view.day, mark))
}

/// Shows the day before the one that is shown.
pub fn day_before(view: &View) -> Outcome {
    if view.day > view.today {
        let before = marked_to_come(view).filter(|day| *day < view.day).last();
        return Outcome::ShowDay(before.unwrap_or(view.today));
    }
    let wanted = (0..view.count).try_fold(view.day, |day, _| day.yesterday()).unwrap_or(view.day);
    let weeks_ago = view.today.saturating_sub(DAYS_BEFORE.days());
    if wanted >= weeks_ago {
        return Outcome::ShowDay(wanted);
    }
    // Old marks are decoded for whoever goes that far.
    let first = view.practice().first_day_recorded().map_or(weeks_ago, |first| first.min(weeks_ago));
    if view.day <= first {
        let review = view.key(Context::PANES, "review");
        return Outcome::Say(format!("Nothing was recorded before this day. {review} shows the weeks."));
    }
    Outcome::ShowDay(wanted.max(first))
}

/// Shows the day after it; after today, the days to come that a clock that was wrong has marked.
pub fn day_after(view: &View) -> Outcome {
    if view.day >= view.today {
        let next = marked_to_come(view).find(|day| *day > view.day);
        let refused = || Outcome::Say("This is today. Future days can't be marked yet.".into());
        return next.map_or_else(refused, Outcome::ShowDay);
    }
    let day = (0..view.count).try_fold(view.day, |day, _| day.tomorrow()).unwrap_or(view.today);
    Outcome::ShowDay(day.min(view.today))
}

/// The days to come that have marks, from the earliest: a clock was wrong when they were set.
fn marked_to_come(view: &View) -> impl Iterator<Item = Date> + use<> {
    let days: BTreeSet<Date> =
        view.practice().marks_to_come(view.today).into_iter().map(|(day, _)| day).collect();
    days.into_iter()
}
