//! `today`: what the day has, on the command line.
//!
//! Owns what this command prints. What the day has is decided in `practice`. What the reader wrote
//! about the day is not printed: whoever prints the day for a script or a colleague's eyes prints no
//! diary.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::items::{DayOfItems, MarkedItem, by_sides, day_of, in_full, opened, spoken_by_sides};
use crate::cli::output::Output;
use crate::cli::places;
use crate::cli::words::sentence;
use crate::course::Course;
use crate::practice::{AnyItem, Practice, Standing, if_then_in_words, minutes_in_words, minutes_of};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;

/// What the day has, as `today` prints it.
#[derive(Serialize)]
struct PrintedDay<'a> {
    course: &'a str,
    day: Date,
    week: Option<PrintedWeek<'a>>,
    items: Vec<PrintedItem<'a>>,
    evening: Vec<PrintedLine>,
    questions: Vec<PrintedQuestion<'a>>,
    lesson: Option<PrintedLesson<'a>>,
}

/// The week of the plan.
#[derive(Serialize)]
struct PrintedWeek<'a> {
    /// Counted from 1.
    number: usize,
    of: usize,
    title: &'a str,
}

/// An item, and how it stands.
#[derive(Serialize)]
struct PrintedItem<'a> {
    #[serde(flatten)]
    item: &'a MarkedItem<'a>,
    standing: String,
    /// The same where the line of the item does not say it.
    #[serde(skip)]
    daily: Option<String>,
    plan: Option<String>,
}

/// One of the three lines about the day.
#[derive(Serialize)]
struct PrintedLine {
    question: &'static str,
    written: bool,
}

/// A question that is due.
#[derive(Serialize)]
struct PrintedQuestion<'a> {
    id: &'a str,
    lesson: &'a str,
    question: &'a str,
}

/// The lesson to read.
#[derive(Serialize)]
struct PrintedLesson<'a> {
    id: &'a str,
    title: &'a str,
    minutes: usize,
}

/// Prints what today has: the reader's list with its marks, or all items while nothing is on it, and
/// all else.
pub(super) fn today(course: &Course, shared: &Shared, output: Output) -> Result<(), CliError> {
    let (shared, day) = places::settings_and_today(shared)?;
    let opened = opened(&shared);
    let practice = places::practice(course, &opened.ledger, &shared);
    let mut shown: Vec<AnyItem> = practice.listed_items().collect();
    if shown.is_empty() {
        shown = practice.items().collect();
    }
    let list = day_of(shown.iter().copied(), course, practice, day, day);
    let place = opened.ledger.last_place(&course.id);
    let lesson = place.and_then(|place| course.lesson_index(&place.lesson)).unwrap_or(0);
    let agenda = practice.agenda(day, lesson);
    let printed = PrintedDay {
        course: course.id.as_str(),
        day,
        week: agenda.week.map(|week| PrintedWeek {
            number: week.number + 1,
            of: week.of,
            title: &week.week.title,
        }),
        items: items(&list, shown, practice, day),
        evening: agenda
            .evening
            .iter()
            .map(|line| PrintedLine { question: line.prompt.question, written: !line.is_empty() })
            .collect(),
        questions: questions(course, practice, day),
        lesson: agenda.lesson.and_then(|index| course.lessons.get(index)).map(|lesson| PrintedLesson {
            id: lesson.id.as_str(),
            title: lesson.title(),
            minutes: minutes_of(lesson),
        }),
    };
    output.write(
        &printed,
        |printed| if shared.linear { spoken(printed, &list) } else { in_words(printed, &list) },
    )
}

/// The items of a list, which are these, as they stand.
fn items<'a>(
    list: &'a DayOfItems<'a>,
    shown: Vec<AnyItem<'a>>,
    practice: Practice<'a>,
    day: Date,
) -> Vec<PrintedItem<'a>> {
    let printed = list.items.iter().zip(shown).map(|(printed, item)| {
        let of_day = practice.agenda_item(item, day);
        let daily = of_day.standing().filter(|standing| matches!(standing, Standing::Daily(_)));
        PrintedItem {
            item: printed,
            standing: of_day.any_standing().in_words(),
            daily: daily.map(Standing::in_words),
            plan: of_day.plan.map(if_then_in_words),
        }
    });
    printed.collect()
}

fn questions<'a>(course: &'a Course, practice: Practice<'a>, day: Date) -> Vec<PrintedQuestion<'a>> {
    let printed = practice.questions_to_ask(day).into_iter().filter_map(|(due, question)| {
        Some(PrintedQuestion {
            id: due.exercise.as_str(),
            lesson: course.lessons.get(due.lesson)?.id.as_str(),
            question: &question.prompt,
        })
    });
    printed.collect()
}

/// The day in sentences, to be heard.
fn spoken(day: &PrintedDay, list: &DayOfItems) -> String {
    let mut lines = vec![sentence(&in_full(day.day))];
    if list.list.all > 0 {
        lines.push(format!("On your list, {} kept.", list.list));
    }
    let week = day.week.as_ref();
    lines.extend(week.map(|week| sentence(&format!("Week {} of {}: {}", week.number, week.of, week.title))));
    let more: HashMap<&str, &PrintedItem> = day.items.iter().map(|item| (item.item.id, item)).collect();
    let items = spoken_by_sides(list, |item| {
        let more = more.get(item.id);
        let standing = more.and_then(|more| Some(format!("Kept on {}", more.daily.as_ref()?)));
        let plan = more.and_then(|more| more.plan.clone());
        let more = [standing, plan].into_iter().flatten().map(|said| sentence(&said));
        std::iter::once(item.spoken()).chain(more).collect::<Vec<_>>().join(" ")
    });
    lines.push(items.trim_end().to_owned());
    lines.push("Three lines about the day:".into());
    lines.extend(day.evening.iter().map(|line| {
        let written = if line.written { "Written." } else { "Nothing yet." };
        format!("{} {written}", line.question)
    }));
    lines.extend(day.questions.iter().map(|asked| sentence(&format!("Asked again: {}", asked.question))));
    lines.extend(
        day.lesson.iter().map(|lesson| {
            sentence(&format!("To read: {}, {}", lesson.title, minutes_in_words(lesson.minutes)))
        }),
    );
    if list.others > 0 {
        lines.push(format!("There are {} more items that are not on your list.", list.others));
    }
    lines.join("\n")
}

fn in_words(day: &PrintedDay, list: &DayOfItems) -> String {
    let kept = if list.list.all > 0 { format!("   {} kept", list.list) } else { String::new() };
    let week = day
        .week
        .as_ref()
        .map_or_else(String::new, |week| format!("\nWeek {} of {}: {}", week.number, week.of, week.title));
    let more: HashMap<&str, &PrintedItem> = day.items.iter().map(|item| (item.item.id, item)).collect();
    let items = by_sides(list, |item| {
        let more = more.get(item.id).map(|item| standing_and_plan(item));
        format!("{}{}", item.line(), more.unwrap_or_default())
    });
    let evening = day
        .evening
        .iter()
        .map(|line| format!("  {}{}\n", line.question, if line.written { "  (written)" } else { "" }));
    let questions =
        day.questions.iter().map(|question| format!("  {}\n", question.question.replace('\n', "\n  ")));
    let lesson =
        day.lesson.iter().map(|lesson| format!("  {}, {}\n", lesson.title, minutes_in_words(lesson.minutes)));
    let parts = [
        ("Three lines about the day", evening.collect::<String>()),
        ("Asked again", questions.collect()),
        ("To read", lesson.collect()),
    ];
    let parts = parts.iter().filter(|(_, lines)| !lines.is_empty());
    let parts: Vec<String> = parts.map(|(title, lines)| format!("\n{title}\n{lines}")).collect();
    let parts = parts.concat();
    let others = match list.others {
        0 => String::new(),
        others => format!("\nNot on your list: {others} more. `sidelight items` shows them.\n"),
    };
    format!("{}{kept}{week}\n\n{items}{parts}{others}", day.day)
}

/// What stands behind an item and below it.
fn standing_and_plan(item: &PrintedItem) -> String {
    let standing = item.daily.as_ref().map_or_else(String::new, |standing| format!("   {standing}"));
    let plan = item.plan.as_ref().map_or_else(String::new, |plan| format!("\n        {plan}"));
    format!("{standing}{plan}")
}
