//! One page to print: the first-aid card, the reader's list with its plans, and what she wrote for
//! exercises.
//!
//! Owns what is on it, in which order, and what is left out where there is no room; what is left out
//! is said on the page. Must not cut anything that the reader wrote.

use crate::course::{Course, ExerciseId, Rhythm, Side};
use crate::practice::exercises::LessonExercise;
use crate::practice::if_then::if_then_in_words;
use crate::practice::items::{AnyItem, heading_above};
use crate::practice::report::contents::side_title;
use crate::practice::report::page_line::{PageLine, rows_of, title_rows};
use crate::practice::view::Practice;
use crate::text::Document;
use crate::text::document::{BlockKind, Frame};
use jiff::civil::Date;

/// The rows of a printed page.
const ROWS: usize = 60;
/// The rows that say what is left out.
const ROWS_OF_MISSING: usize = 3;
/// The most steps of a card, where its lesson is no list: its first paragraphs.
const MOST_PARAGRAPHS: usize = 6;

/// One page to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnePage {
    /// The day on which it was made.
    pub(super) day: Date,
    lines: Vec<PageLine>,
    /// How many things of the reader's are on it.
    entries: usize,
}

/// What stands under one title.
struct PagePart {
    course: Option<String>,
    title: String,
    entries: Vec<PageEntry>,
}

/// What is on the page as a whole or not at all.
struct PageEntry {
    kind: EntryKind,
    group: Option<String>,
    lines: Vec<PageLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    Step,
    Item,
    Plan,
    Words,
}

impl OnePage {
    /// The page for this day, of these courses.
    pub fn new<'a>(day: Date, courses: impl IntoIterator<Item = Practice<'a>>) -> Self {
        // A course that was only looked at has nothing on the page, and no reason to be named there.
        let courses = courses.into_iter().map(|practice| {
            let mut parts = parts_of(practice);
            parts.retain(|(_, entries)| !entries.is_empty());
            (practice.title().to_owned(), parts)
        });
        let courses: Vec<_> = courses.filter(|(_, parts)| !parts.is_empty()).collect();
        let is_one = courses.len() == 1;
        let parts = courses.into_iter().flat_map(|(title, parts)| {
            let course = (!is_one).then_some(title);
            parts.into_iter().map(move |(title, entries)| PagePart { course: course.clone(), title, entries })
        });
        let parts: Vec<PagePart> = parts.collect();
        let room = ROWS.saturating_sub(title_rows(day).len());
        let (mut page, missing) = Self::filled(day, &parts, room);
        if !missing.is_empty() {
            let missing;
            (page, missing) = Self::filled(day, &parts, room.saturating_sub(ROWS_OF_MISSING));
            page.lines.push(PageLine::Missing(missing_in_words(&missing)));
        }
        if page.lines.is_empty() {
            page.lines.push(PageLine::Missing("My list is empty, and nothing is written yet.".into()));
        }
        page
    }

    /// Its lines, the most important first.
    pub fn lines(&self) -> &[PageLine] {
        &self.lines
    }

    /// How many things are on it: steps, items, plans and texts.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// The page with all that goes into this many rows, and what does not.
    fn filled(day: Date, parts: &[PagePart], mut room: usize) -> (Self, Vec<EntryKind>) {
        let (mut lines, mut entries, mut missing) = (Vec::new(), 0, Vec::new());
        let mut course = None;
        for part in parts {
            let mut before: Option<Option<&str>> = None;
            for entry in &part.entries {
                let mut added = Vec::new();
                added.extend(
                    part.course.clone().filter(|_| course != Some(&part.course)).map(PageLine::Course),
                );
                added.extend(before.is_none().then(|| PageLine::Title(part.title.clone())));
                let heading = heading_above(before, entry.group.as_deref());
                added.extend(heading.map(|heading| PageLine::Group(heading.to_owned())));
                added.extend(entry.lines.iter().cloned());
                let rows = added.iter().map(|line| rows_of(line).len()).sum();
                let Some(rest) = room.checked_sub(rows) else {
                    missing.push(entry.kind);
                    continue;
                };
                room = rest;
                lines.append(&mut added);
                entries += 1;
                (before, course) = (Some(entry.group.as_deref()), Some(&part.course));
            }
        }
        (Self { day, lines, entries }, missing)
    }
}

/// What a course has for the page, each part under its title.
fn parts_of(practice: Practice) -> Vec<(String, Vec<PageEntry>)> {
    let mut parts = Vec::new();
    parts.extend(practice.course().and_then(card));
    for side in [Side::Avoid, Side::Embrace] {
        let listed = practice.listed_items().filter(|item| item.side() == side);
        let entries = listed.map(|item| item_entry(&item, practice)).collect();
        parts.push((side_title(Some(side)).to_owned(), entries));
    }
    parts.push(("My plans".into(), other_plans(practice)));
    parts.push(("In my words".into(), words(practice)));
    parts
}

/// The card for a hard minute: the steps of the lesson that the course names for it.
fn card(course: &Course) -> Option<(String, Vec<PageEntry>)> {
    let lesson = course.first_aid?;
    let steps = steps(course.document(lesson));
    let entries = steps.into_iter().enumerate().map(|(index, step)| PageEntry {
        kind: EntryKind::Step,
        group: None,
        lines: vec![PageLine::Step(index + 1, step)],
    });
    Some((course.lessons.get(lesson)?.title().to_owned(), entries.collect()))
}

/// The entries of the first list of a text; where it has none, its first paragraphs.
fn steps(document: &Document) -> Vec<String> {
    let (mut steps, mut paragraphs): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut next = document.first();
    while let Some((index, block)) = next.and_then(|index| Some((index, document.block(index)?))) {
        let outer = block.frames.iter().find_map(|frame| match frame {
            Frame::Item { opens, .. } => Some(*opens),
            _ => None,
        });
        let text = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match (outer, steps.last_mut()) {
            (Some(true), _) => steps.push(text),
            (Some(false), Some(step)) => step.extend([" ", &text]),
            (None, Some(_)) => break,
            (None, None) if block.kind == BlockKind::Paragraph => paragraphs.push(text),
            (Some(false) | None, None) => {}
        }
        next = document.next(index);
    }
    paragraphs.truncate(MOST_PARAGRAPHS);
    if steps.is_empty() { paragraphs } else { steps }
}

/// An item of the reader's list, how often it is meant, and its plan.
fn item_entry(item: &AnyItem, practice: Practice) -> PageEntry {
    let text = match item.rhythm() {
        Rhythm::Daily => item.text().to_owned(),
        rhythm => format!("{} ({rhythm})", item.text()),
    };
    let plan = practice.if_then(item.id).map(|plan| PageLine::Plan(format!("{}.", if_then_in_words(plan))));
    let lines = std::iter::once(PageLine::Item(text)).chain(plan).collect();
    PageEntry { kind: EntryKind::Item, group: item.group().map(str::to_owned), lines }
}

/// The plans for items that are not on the reader's list.
fn other_plans(practice: Practice) -> Vec<PageEntry> {
    let others = practice.named_items().into_iter();
    let others = others.filter(|item| item.current.is_none() || !practice.is_listed(item.id));
    let plans = others.filter_map(|item| Some((item.text, practice.if_then(item.id)?)));
    plans
        .map(|(item, plan)| PageEntry {
            kind: EntryKind::Plan,
            group: None,
            lines: vec![PageLine::Item(format!("{item}: {}.", if_then_in_words(plan)))],
        })
        .collect()
}

/// What the reader wrote for exercises, in the order of the lessons; last for those that are gone.
fn words(practice: Practice) -> Vec<PageEntry> {
    let mut written: Vec<((usize, usize), PageEntry)> = practice
        .words_for_exercises()
        .map(|(id, text)| {
            let id = ExerciseId::new(id);
            let place =
                practice.written_for(&id).map(|LessonExercise { lesson, exercise }| (lesson, exercise.block));
            let prompt = practice.prompt_of(&id).unwrap_or_else(|| "I also wrote:".into());
            let lines = vec![PageLine::Prompt(prompt), PageLine::Words(text)];
            (place.unwrap_or((usize::MAX, 0)), PageEntry { kind: EntryKind::Words, group: None, lines })
        })
        .collect();
    written.sort_by_key(|(place, _)| *place);
    written.into_iter().map(|(_, entry)| entry).collect()
}

fn missing_in_words(missing: &[EntryKind]) -> String {
    let kinds = [
        (EntryKind::Step, "step", "steps"),
        (EntryKind::Item, "item", "items"),
        (EntryKind::Plan, "plan", "plans"),
        (EntryKind::Words, "text", "texts"),
    ];
    let counted = kinds.into_iter().filter_map(|(kind, one, several)| {
        match missing.iter().filter(|missing| **missing == kind).count() {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {several}")),
        }
    });
    format!("There was no room on this page for: {}.", counted.collect::<Vec<_>>().join(", "))
}
