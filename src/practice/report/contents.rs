//! What is in a report.
//!
//! Owns what is in it and what is left out: a part that is left out is in no other part either.
//! Days without a record are said to be just that, and days before the reader began are not
//! counted at all. Items stand in the order of her list.

use crate::course::{CourseId, Side};
use crate::journal::{Days, Ledger, Mark, Note};
use crate::practice::counts::{Counts, Share};
use crate::practice::if_then::if_then_in_words;
use crate::practice::items::{NamedItem, heading_above};
use crate::practice::mark::{mark_sign, mark_word_on};
use crate::practice::note::is_week_note;
use crate::practice::rhythm::ItemDay;
use crate::practice::view::Practice;
use crate::practice::weeks::{NOT_MEANT, days_between};
use crate::practice::written::day as day_in_words;
use jiff::ToSpan;
use jiff::civil::Date;

/// The most days that are shown one by one.
const MOST_DAYS: i32 = 35;

/// The sign of a day before the reader began: a space that does not end a week.
const BEFORE: char = '\u{a0}';

/// A part of a report that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportPart {
    /// The items to avoid.
    Avoid,
    /// The items to embrace.
    Embrace,
    /// How each week went.
    Weeks,
    /// The if-then plans.
    Plans,
    /// The reader's notes, and her answers about the weeks.
    Notes,
    /// The lessons that were read.
    Reading,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The courses of which there is something to say.
    pub courses: Vec<ReportedCourse>,
}

/// What is reported of one course. Each list may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedCourse {
    /// Its title.
    pub title: String,
    /// The day on which the reader began, if that is after the first day of the report.
    pub began: Option<Date>,
    /// The items by their sides.
    pub(super) sides: Vec<ReportedSide>,
    /// The weeks in which something was recorded.
    pub(super) weeks: Vec<WeekRow>,
    /// The plans: the item, and the plan in a sentence.
    pub(super) plans: Vec<(String, String)>,
    /// The notes by day.
    pub(super) notes: Vec<(Date, Vec<WrittenNote>)>,
    /// The titles of the lessons that were read.
    pub(super) read: Vec<String>,
}

/// The items of a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportedSide {
    /// Its heading.
    pub(super) title: &'static str,
    /// The word for a mark of "slipped": that of its items where all have the same, else that of the
    /// side.
    pub(super) slipped: String,
    /// Its items; never empty.
    pub(super) rows: Vec<ItemRow>,
}

/// An item, and how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemRow {
    /// The heading above it, where one begins with it.
    pub(super) heading: Option<String>,
    /// Its text.
    pub(super) text: String,
    /// How often each mark was set.
    pub(super) counts: Counts,
    /// The word for a mark of "slipped" on this item.
    pub(super) slipped: String,
    /// Days without a record since the reader began, of those that the item is meant for.
    pub(super) silent: u32,
    /// The signs of the days, a blank between two weeks; empty where there are too many days.
    pub(super) days: String,
}

/// A week, and how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WeekRow {
    /// Its first day.
    pub(super) begins: Date,
    /// What was done of each side: `kept clear 3 of 4 times`.
    pub(super) shares: Vec<String>,
}

/// A note, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenNote {
    /// The question that it answers, or its lesson.
    pub(super) label: String,
    /// Its text.
    pub(super) text: String,
}

/// What a course's part of a report is made of.
struct Subject<'a> {
    practice: Practice<'a>,
    parts: &'a [ReportPart],
    first: Date,
    last: Date,
    /// The first day that counts: the first of the report, or the one on which she began.
    counted_from: Date,
}

impl Report {
    /// A report of these days in which nothing is said yet.
    pub fn new(first: Date, last: Date) -> Self {
        Self { first, last, courses: Vec::new() }
    }

    /// Adds a course with these parts, if there is anything to say of it.
    pub fn add(&mut self, practice: Practice, parts: &[ReportPart]) {
        let Some(began) = practice.first_day_recorded() else {
            // What was read is recorded for no day.
            return self.add_subject(practice, parts, self.first, None);
        };
        let late = Some(began).filter(|began| *began > self.first && *began <= self.last);
        self.add_subject(practice, parts, began.max(self.first), late);
    }

    fn add_subject(&mut self, practice: Practice, parts: &[ReportPart], from: Date, began: Option<Date>) {
        let subject = Subject { practice, parts, first: self.first, last: self.last, counted_from: from };
        let course = ReportedCourse {
            title: practice.title().to_owned(),
            began,
            sides: subject.sides(),
            weeks: subject.weeks(),
            plans: subject.plans(),
            notes: subject.notes(),
            read: subject.read(),
        };
        if !course.is_empty() {
            self.courses.push(course);
        }
    }

    /// Returns whether any part of it is a note of the reader's.
    pub fn has_notes(&self) -> bool {
        self.courses.iter().any(|course| !course.notes.is_empty())
    }
}

impl ReportedCourse {
    fn is_empty(&self) -> bool {
        self.sides.is_empty()
            && self.weeks.is_empty()
            && self.plans.is_empty()
            && self.notes.is_empty()
            && self.read.is_empty()
    }
}

impl Practice<'_> {
    /// The earliest day of which the journal has a mark or a note.
    pub fn first_day_recorded(&self) -> Option<Date> {
        let marks = self.ledger.items(self.id).filter_map(|item| self.ledger.marks(self.id, item).next());
        let notes = self.ledger.notes(self.id);
        marks.map(|(day, _)| day).chain(notes.first().map(|note| note.day)).min()
    }
}

impl Subject<'_> {
    fn has(&self, part: ReportPart) -> bool {
        self.parts.contains(&part)
    }

    /// Returns whether items of this side are in the report. Of one that is gone and whose side
    /// nobody knows any more it is only said that it may be of either.
    fn has_side(&self, side: Option<Side>) -> bool {
        let (avoid, embrace) = (self.has(ReportPart::Avoid), self.has(ReportPart::Embrace));
        match side {
            Some(Side::Avoid) => avoid,
            Some(Side::Embrace) => embrace,
            None => avoid && embrace,
        }
    }

    /// The items of the sides that are wanted, in the order of the reader's list; the others
    /// behind them.
    fn items(&self) -> impl Iterator<Item = NamedItem<'_>> {
        self.practice.reviewed_items().into_iter().filter(|item| self.has_side(item.side))
    }

    /// The items of each side; those without a mark in these days only if they are on the list.
    fn sides(&self) -> Vec<ReportedSide> {
        [Some(Side::Avoid), Some(Side::Embrace), None]
            .into_iter()
            .map(|side| {
                let mut before = None;
                let mut rows = Vec::new();
                for item in self.items().filter(|item| item.side == side) {
                    let heading = heading_above(before, item.group());
                    if let Some(row) = self.row(&item, heading) {
                        before = Some(item.group());
                        rows.push(row);
                    }
                }
                ReportedSide { title: side_title(side), slipped: slipped_word_of_all(side, &rows), rows }
            })
            .filter(|side| !side.rows.is_empty())
            .collect()
    }

    fn row(&self, item: &NamedItem, heading: Option<&str>) -> Option<ItemRow> {
        let counts = self.practice.counts(item.id, self.first, self.last);
        let is_listed = item.current.is_some() && self.practice.is_listed(item.id);
        if counts.recorded() == 0 && !is_listed {
            return None;
        }
        let days = self.practice.days(item, self.counted_from, self.last);
        let silent = days.filter(|day| *day == ItemDay::NotRecorded).count();
        Some(ItemRow {
            heading: heading.map(str::to_owned),
            text: item.text.to_owned(),
            counts,
            slipped: item.mark_word(Some(Mark::Slipped)).to_owned(),
            silent: u32::try_from(silent).unwrap_or(u32::MAX),
            days: self.days(item),
        })
    }

    /// The signs of an item's days, a blank between two weeks.
    fn days(&self, item: &NamedItem) -> String {
        let count = days_between(self.first, self.last) + 1;
        if count > MOST_DAYS {
            return String::new();
        }
        let mut signs = String::new();
        let of_item = self.practice.days(item, self.first, self.last);
        for (day, of_day) in (0..count).map(|days| self.first.saturating_add(days.days())).zip(of_item) {
            if day > self.first && self.practice.week_of(day) == day {
                signs.push(' ');
            }
            signs.push(match of_day {
                ItemDay::Marked(mark) => mark_sign(Some(mark)),
                ItemDay::NotRecorded | ItemDay::NotMeant if day < self.counted_from => BEFORE,
                ItemDay::NotRecorded => '.',
                ItemDay::NotMeant => NOT_MEANT,
            });
        }
        signs
    }

    fn weeks(&self) -> Vec<WeekRow> {
        if !self.has(ReportPart::Weeks) {
            return Vec::new();
        }
        let items: Vec<NamedItem> = self.items().collect();
        let weeks = self.practice.weeks(&items, self.first, self.last).into_iter();
        weeks
            .filter(|week| !week.is_empty())
            .map(|week| {
                let shares = [("kept clear", week.avoid), ("did", week.embrace)];
                let shares = shares.into_iter().filter(|(_, share)| share.all > 0);
                let in_words = |(word, share): (&str, Share)| format!("{word} {share} times");
                WeekRow { begins: week.begins, shares: shares.map(in_words).collect() }
            })
            .collect()
    }

    fn plans(&self) -> Vec<(String, String)> {
        if !self.has(ReportPart::Plans) {
            return Vec::new();
        }
        let named = self.practice.named_items().into_iter().filter(|item| self.has_side(item.side));
        named
            .filter_map(|item| Some((item.text.to_owned(), self.practice.if_then(item.id)?)))
            .map(|(item, plan)| (item, if_then_in_words(plan)))
            .collect()
    }

    fn notes(&self) -> Vec<(Date, Vec<WrittenNote>)> {
        if !self.has(ReportPart::Notes) {
            return Vec::new();
        }
        let days = Days { from: Some(self.first), to: Some(self.last) };
        let ledger: &Ledger = self.practice.ledger;
        let id: &CourseId = self.practice.id;
        let mut notes: Vec<(Date, Vec<WrittenNote>)> = Vec::new();
        for note in ledger.notes(id).into_iter().filter(|note| days.contains(note.day)) {
            let written = WrittenNote { label: self.label(&note), text: note.text.clone() };
            match notes.last_mut() {
                Some((day, of_day)) if *day == note.day => of_day.push(written),
                _ => notes.push((note.day, vec![written])),
            }
        }
        notes
    }

    fn label(&self, note: &Note) -> String {
        if is_week_note(note) { "The week from here on".into() } else { self.practice.note_label(note) }
    }

    fn read(&self) -> Vec<String> {
        let course = self.practice.course.filter(|_| self.has(ReportPart::Reading));
        let lessons = course.into_iter().flat_map(|course| &course.lessons);
        let read = lessons.filter(|lesson| self.practice.ledger.is_read(self.practice.id, &lesson.id));
        read.map(|lesson| lesson.title().to_owned()).collect()
    }
}

impl ReportedSide {
    /// How often a row has slipped, with the word for it where the head of the table has another.
    pub(super) fn slipped_in_table(&self, row: &ItemRow) -> String {
        let count = row.counts.slipped;
        if count == 0 || row.slipped == self.slipped {
            return count.to_string();
        }
        format!("{count} ({})", row.slipped)
    }
}

/// The word for a mark of "slipped" that goes for all these rows.
fn slipped_word_of_all(side: Option<Side>, rows: &[ItemRow]) -> String {
    let common = rows.first().map(|row| &row.slipped);
    let common = common.filter(|word| rows.iter().all(|row| row.slipped == **word));
    common.cloned().unwrap_or_else(|| mark_word_on(side, Some(Mark::Slipped)).to_owned())
}

/// The heading of the items of a side; with none, of those that are gone and of which nobody knows it.
pub(super) fn side_title(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Avoid) => "What I want to keep clear of",
        Some(Side::Embrace) => "What I want to do",
        None => "What is gone",
    }
}

/// What a report says before anything else.
pub(super) fn beginning(report: &Report) -> (String, &'static str) {
    (
        format!("From {} to {}", day_in_words(report.first), day_in_words(report.last)),
        "This is what I recorded myself. A day without a record says nothing, for or against.",
    )
}

/// That the reader began later than the report, in a sentence.
pub(super) fn began_in_words(day: Date) -> String {
    format!("I began on {}; days before that are not counted.", day_in_words(day))
}

/// What the signs of the days stand for, if they are shown.
pub(super) fn legend(course: &ReportedCourse) -> Option<String> {
    let days = || course.sides.iter().flat_map(|side| &side.rows).map(|row| row.days.as_str());
    let slipped = || course.sides.iter().flat_map(|side| &side.rows).map(|row| row.slipped.as_str());
    let usual = [Some(Side::Avoid), Some(Side::Embrace)].map(|side| mark_word_on(side, Some(Mark::Slipped)));
    // An author's own word stands with its item.
    let has_own = slipped().any(|word| !usual.contains(&word));
    let slipped = if has_own { "! slipped, not today or as its line says" } else { "! slipped or not today" };
    let mut legend = format!("Day by day: x kept, {slipped}, - did not arise, . not recorded");
    if days().any(|days| days.contains(NOT_MEANT)) {
        legend.push_str(", ~ not meant for that day");
    }
    legend.push_str(if course.began.is_some() { "; nothing before I began." } else { "." });
    days().any(|days| !days.is_empty()).then_some(legend)
}
