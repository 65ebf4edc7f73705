//! What the reader chose, in words: in a table, in a text, and in a sentence.
//!
//! Owns how each kind of choice reads wherever it is written down. Must not decide which are.

use crate::course::{Rhythm, Side};
use crate::journal::{Chosen, ItemStatus, OwnItem};
use crate::practice::if_then::if_then_in_words;
use crate::practice::view::Practice;
use crate::practice::written::{self, escaped};
use std::fmt::Display;

/// A row of a table.
#[derive(Debug)]
pub(super) struct ChoiceRow {
    /// The kind of choice.
    pub(super) kind: &'static str,
    /// The name of the thing that it is about.
    pub(super) name: String,
    /// The side of the item, if it is about one.
    pub(super) side: Option<Side>,
    /// Its text.
    pub(super) text: String,
    /// What else there is to say; may be empty.
    pub(super) value: String,
}

/// The lists of a text, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ExportList {
    /// The reader's own list.
    MyList,
    /// Own items.
    OwnItems,
    /// The if-then plans.
    Plans,
    /// The reading plan.
    ReadingOrder,
    /// The lessons that were read.
    Read,
    /// The week of the plan.
    PlanWeek,
    /// The places that have a letter.
    NamedPlaces,
}

impl ExportList {
    /// Its heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::MyList => "My list",
            Self::OwnItems => "Items of my own",
            Self::Plans => "Plans",
            Self::ReadingOrder => "The order in which to read",
            Self::Read => "Read",
            Self::PlanWeek => "The week of the plan",
            Self::NamedPlaces => "Named places",
        }
    }
}

/// The rows of a choice in a table.
pub(super) fn rows(chosen: &Chosen, practice: &Practice) -> Vec<ChoiceRow> {
    let row = |kind, name: &dyn Display, side, text: &str, value: &str| ChoiceRow {
        kind,
        name: name.to_string(),
        side,
        text: text.to_owned(),
        value: value.to_owned(),
    };
    match chosen {
        Chosen::Listed { item, .. } => {
            let known = practice.named(item);
            vec![row("on the list", item, known.side, known.text, "")]
        }
        Chosen::Route { lessons } => lessons
            .iter()
            .zip(1..)
            .map(|(lesson, number)| {
                let title = practice.lesson_title(lesson);
                row("to read", lesson, None, title, &i32::to_string(&number))
            })
            .collect(),
        Chosen::OwnItem { item, own } => {
            let kind = match own.status {
                ItemStatus::Active => "own item",
                ItemStatus::Retired => "retired own item",
            };
            let details =
                [own.instead.as_str()].into_iter().filter(|text| !text.is_empty()).map(str::to_owned);
            let value: Vec<String> = details.chain(where_and_how_often(own)).collect();
            vec![row(kind, item, Some(own.side), &own.text, &value.join("; "))]
        }
        Chosen::IfThen { item, plan } => {
            let known = practice.named(item);
            vec![row("plan", item, known.side, &if_then_in_words(plan), known.text)]
        }
        Chosen::NamedPlace { name, place } => place
            .iter()
            .map(|place| row("named place", name, None, practice.lesson_title(&place.lesson), ""))
            .collect(),
        Chosen::PlanWeek { week } => week
            .and_then(|week| practice.plan_week_at(week))
            .map(|week| row("week of the plan", &"", None, &week.title, ""))
            .into_iter()
            .collect(),
        Chosen::Answered { exercise, day, known } => known
            .map(|known| row("question asked again", exercise, None, &day.to_string(), answer_word(known)))
            .into_iter()
            .collect(),
        // They say nothing that the marks and answers do not, or belong to what was written.
        Chosen::ItemText { .. }
        | Chosen::Question { .. }
        | Chosen::Asking { .. }
        | Chosen::ExerciseText { .. } => Vec::new(),
    }
}

/// The heading that an own item stands under, and how often it is meant to be done, where it is not
/// every day.
fn where_and_how_often(own: &OwnItem) -> impl Iterator<Item = String> {
    let group = (!own.group.is_empty()).then(|| own.group.clone());
    let rhythm = (own.rhythm != Rhythm::Daily).then(|| own.rhythm.to_string());
    [group, rhythm].into_iter().flatten()
}

/// The word for an answer.
fn answer_word(known: bool) -> &'static str {
    if known { "known" } else { "not yet" }
}

/// The list of a text that a choice belongs to, and its lines there, in Markdown.
pub(super) fn lines(chosen: &Chosen, practice: &Practice) -> Option<(ExportList, Vec<String>)> {
    Some(match chosen {
        Chosen::Listed { item, .. } => {
            let known = practice.named(item);
            let line = format!("- {}: {}", written::side(known.side), escaped(known.text));
            (ExportList::MyList, vec![line])
        }
        Chosen::OwnItem { own, .. } => {
            let instead = match own.instead.as_str() {
                "" => String::new(),
                instead => format!(" Instead: {}", escaped(instead)),
            };
            let retired = if own.status == ItemStatus::Retired { " (retired)" } else { "" };
            let mut more = String::new();
            where_and_how_often(own).for_each(|said| more.extend([" (", &escaped(&said), ")"]));
            let side = written::side(Some(own.side));
            let line = format!("- {side}: {}.{instead}{more}{retired}", escaped(&own.text));
            (ExportList::OwnItems, vec![line])
        }
        Chosen::IfThen { item, plan } => {
            let item = escaped(practice.named(item).text);
            let line = format!("- {item}: {}.", escaped(&if_then_in_words(plan)));
            (ExportList::Plans, vec![line])
        }
        Chosen::Route { lessons } => {
            let numbered =
                |(index, lesson)| format!("{}. {}", index + 1, escaped(practice.lesson_title(lesson)));
            (ExportList::ReadingOrder, lessons.iter().enumerate().map(numbered).collect())
        }
        Chosen::NamedPlace { name, place } => {
            let lesson = place.as_ref().map(|place| escaped(practice.lesson_title(&place.lesson)));
            let line = lesson.map(|lesson| format!("- {name}: {lesson}"));
            (ExportList::NamedPlaces, line.into_iter().collect())
        }
        Chosen::PlanWeek { week } => {
            let week = practice.plan_week_at((*week)?)?;
            (ExportList::PlanWeek, vec![format!("- {}", escaped(&week.title))])
        }
        Chosen::ItemText { .. }
        | Chosen::Question { .. }
        | Chosen::Answered { .. }
        | Chosen::Asking { .. }
        | Chosen::ExerciseText { .. } => return None,
    })
}

/// A choice in a sentence, for somebody who compares it with their own.
pub fn sentence(chosen: &Chosen, practice: &Practice) -> String {
    match chosen {
        Chosen::Route { lessons } => {
            let titles: Vec<&str> = lessons.iter().map(|lesson| practice.lesson_title(lesson)).collect();
            format!("an order to read: {}", titles.join(", "))
        }
        Chosen::OwnItem { own, .. } => {
            let instead = if own.instead.is_empty() { "" } else { "; instead: " };
            format!("an item of your own: {}{instead}{}", own.text, own.instead)
        }
        Chosen::IfThen { item, plan } => {
            format!("a plan for {}: {}", practice.named(item).text, if_then_in_words(plan))
        }
        Chosen::NamedPlace { name, .. } => format!("the place that {name} stands for"),
        Chosen::Listed { item, .. } | Chosen::ItemText { item, .. } => {
            format!("an item: {}", practice.named(item).text)
        }
        Chosen::PlanWeek { .. } => "the week of the plan".into(),
        Chosen::Question { exercise, .. }
        | Chosen::Answered { exercise, .. }
        | Chosen::Asking { exercise: Some(exercise), .. }
        | Chosen::ExerciseText { exercise, .. } => format!("the exercise {exercise}"),
        Chosen::Asking { exercise: None, .. } => "whether questions are asked again".into(),
    }
}
