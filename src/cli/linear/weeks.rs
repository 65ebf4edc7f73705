//! The plan by weeks in the conversation: where the reader is, and what her week has.
//!
//! Owns how it is said. What a week comes to is decided in `practice`.

use crate::cli::linear::conversation::Conversation;
use crate::cli::linear::keys::told_plainly;
use crate::cli::linear::response::{Response, index};
use crate::cli::words::sentence;
use crate::course::PlanWeek;
use crate::practice::week_in_words;
use crate::reader::World;

/// What is said where a course has none.
const NO_PLAN: &str = "This course has no plan by weeks. plan 2 makes an if-then plan for the second item.";

impl Conversation {
    /// The weeks, and what the one has that the reader is in.
    pub(super) fn weeks(&self) -> String {
        let world = self.session.world();
        let practice = world.practice();
        let weeks = practice.plan_weeks();
        if weeks.is_empty() {
            return NO_PLAN.into();
        }
        let current = practice.current_week();
        let mut lines = vec![match current {
            Some(current) => sentence(&format!("The plan by weeks. You are in {}", current.in_words())),
            None => "The plan by weeks. A week takes as long as you take. week 1 begins it.".into(),
        }];
        for (number, week) in weeks.iter().enumerate() {
            let read = week.lessons.iter().filter(|lesson| practice.is_read(**lesson)).count();
            let title = week.title.trim_end_matches('.');
            lines.push(format!("{}. {title}: {read} of {} lessons read.", number + 1, week.lessons.len()));
        }
        lines.extend(current.into_iter().flat_map(|current| contents(current.week, &world)));
        lines.join("\n")
    }

    /// Goes to a week, puts its items on the list, or leaves the plan.
    pub(super) fn week(&mut self, rest: &str) -> Response {
        let world = self.session.world();
        let practice = world.practice();
        let weeks = practice.plan_weeks();
        let current = practice.current_week();
        if weeks.is_empty() {
            return NO_PLAN.into();
        }
        match (rest.to_lowercase().as_str(), current) {
            ("leave" | "items", None) => "You are in no week of the plan. week 1 begins it.".into(),
            ("leave", Some(current)) => {
                let label = format!("left the plan in {}", current.in_words());
                let operations = vec![practice.beginning_week(None)];
                self.change(
                    label,
                    operations,
                    "You have left the plan. What you read and marked stays.".into(),
                )
            }
            ("items", Some(current)) => {
                let operations = practice.listing_items(current.week.items.iter().copied());
                if operations.is_empty() {
                    return "They are on your list already.".into();
                }
                let added = operations.len();
                let text = format!("On your list now: {added} more. items tells their numbers.");
                self.change(format!("on your list: {added}"), operations, text)
            }
            (number, _) => {
                let Some(number) = index(number, weeks.len()) else {
                    return format!(
                        "Say week and a number from 1 to {}, week items, or week leave.",
                        weeks.len()
                    )
                    .into();
                };
                let Some(week) = weeks.get(number) else { return NO_PLAN.into() };
                let place = week_in_words(number, weeks.len(), &week.title);
                let said =
                    std::iter::once(sentence(&format!("You are in {place}"))).chain(contents(week, &world));
                let text = said.collect::<Vec<_>>().join("\n");
                let operations = vec![practice.beginning_week(u32::try_from(number).ok())];
                self.change(place, operations, text)
            }
        }
    }
}

/// What a week has: its lessons, its items, and what to look back on.
fn contents(week: &PlanWeek, world: &World) -> Vec<String> {
    let practice = world.practice();
    let mut lines = Vec::new();
    let lessons = week.lessons.iter().filter_map(|index| Some((index, world.course.lessons.get(*index)?)));
    for (number, (index, lesson)) in lessons.enumerate() {
        if number == 0 {
            lines.push("To read:".into());
        }
        let read = if practice.is_read(*index) { ", read" } else { "" };
        lines.push(sentence(&format!("lesson {}, {}{read}", index + 1, lesson.title())));
    }
    for (number, item) in week.items.iter().filter_map(|item| practice.item_at(*item)).enumerate() {
        if number == 0 {
            lines.push("To practise:".into());
        }
        let listed = if practice.is_listed(item.id) { " It is on your list." } else { "" };
        lines.push(format!("{}{listed}", sentence(item.text())));
    }
    if !week.look_back.is_empty() {
        lines.push(format!("To look back on at its end: {}", sentence(&told_plainly(&week.look_back))));
    }
    lines
}
