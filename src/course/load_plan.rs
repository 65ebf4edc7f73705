//! Loads the plan of a course, week by week, and finds every fault on the way.
//!
//! Owns what makes a week sound: it names something, and what it names exists.

use crate::course::loader::Loader;
use crate::course::located::Located;
use crate::course::manifest::PlanWeekEntry;
use crate::course::plan::PlanWeek;

/// The most weeks of a plan.
const MAX_WEEKS: usize = 520;
/// The most lessons or items of a week.
const MAX_NAMED: usize = 100;

/// Loads the plan.
pub(super) fn plan<'a>(loader: &mut Loader<'a>, node: Located<'a, Vec<PlanWeekEntry<'a>>>) -> Vec<PlanWeek> {
    loader.needs_second_format(Some(node), "plan");
    let weeks = loader.reader.list(node, MAX_WEEKS);
    if weeks.is_empty() && loader.reader.is_clean() {
        loader.reader.fault(node, || ("the plan has no weeks".into(), "add one, or remove `plan`".into()));
    }
    weeks.into_iter().filter_map(|node| week(loader, node)).collect()
}

fn week<'a>(loader: &mut Loader<'a>, node: Located<'a, PlanWeekEntry<'a>>) -> Option<PlanWeek> {
    let entry = loader.reader.object(node)?;
    let title = loader.reader.filled(entry.title).unwrap_or_default();
    let lessons = loader.reader.list(entry.lessons, MAX_NAMED);
    let items = loader.reader.list(entry.items, MAX_NAMED);
    if lessons.is_empty() && items.is_empty() {
        let problem = "this week names no lesson and no item".into();
        loader.reader.fault(node, || (problem, "name one, or remove the week".into()));
    }
    let look_back = entry.look_back.and_then(|node| loader.reader.paragraphs(node)).unwrap_or_default();
    let lessons = lessons.into_iter().filter_map(|node| loader.resolve_lesson(node)).collect();
    let items = items.into_iter().filter_map(|node| loader.resolve_item(node)).collect();
    Some(PlanWeek { title, lessons, items, look_back })
}
