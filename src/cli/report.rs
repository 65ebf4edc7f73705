//! `report`: some weeks in Markdown, for somebody whom the reader wants to show them to.
//!
//! Owns what is in it and what is left out: a part that is left out is in no other part
//! either. Days without a record are said to be just that. Must not judge.

use crate::cli::arguments::{PartArgument, ReportArguments, Shared};
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::words::{self, escaped, quoted};
use crate::cli::{export, journal, places};
use crate::course::{CourseId, Side};
use crate::journal::{Days, Ledger};
use crate::practice::{Counts, NamedItem, Practice, if_then_in_words, is_week_note};
use jiff::ToSpan;
use jiff::civil::Date;
use std::path::Path;

/// The number of days in a report by default.
const USUAL: i32 = 28;
/// The longest time that is reported on, in days: a hundred years.
const LONGEST: i32 = 36_525;

/// Everything about one course that the report is made of.
struct Subject<'a> {
    id: &'a CourseId,
    practice: Practice<'a>,
    ledger: &'a Ledger,
    without: &'a [PartArgument],
    first: Date,
    last: Date,
}

pub(super) fn report(
    arguments: &ReportArguments,
    course: Option<&Path>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let today = places::clock(shared)?.today();
    let days = export::days(&arguments.days, today)?;
    let last = days.to.map_or(today, |to| to.min(today));
    let longest = last.saturating_sub(LONGEST.days());
    let first = days.from.unwrap_or_else(|| last.saturating_sub((USUAL - 1).days())).max(longest);
    if first > last {
        return Err(CliError::DaysTurned { from: first, to: last });
    }
    let opened = journal::opened(shared)?;
    let courses = export::courses(&opened, course)?;
    let mut text = beginning(first, last);
    let mut records = 0;
    for (id, course) in &courses {
        let subject = Subject {
            id,
            practice: Practice::of_journal(id, course.as_ref(), &opened.ledger),
            ledger: &opened.ledger,
            without: &arguments.without,
            first,
            last,
        };
        records += opened.ledger.current_operations(id, &Days { from: Some(first), to: Some(last) }).len();
        text.push_str(&subject.text());
    }
    if shared.json && arguments.to.output.is_none() {
        return output.write(&text, String::clone);
    }
    export::write(&text, &arguments.to, records, output)
}

fn beginning(first: Date, last: Date) -> String {
    format!(
        "# From {} to {}\n\nThis is what I recorded myself. A day without a record says nothing, \
         for or against.\n",
        words::day(first),
        words::day(last)
    )
}

impl Subject<'_> {
    fn text(&self) -> String {
        let parts = [
            self.side(PartArgument::Avoid, Side::Avoid, "What I want to keep clear of"),
            self.side(PartArgument::Embrace, Side::Embrace, "What I want to do"),
            self.gone(),
            self.weeks(),
            self.plans(),
            self.notes(),
            self.reading(),
        ];
        let parts: String = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return String::new();
        }
        format!("\n*{}*\n{parts}", escaped(self.practice.title()))
    }

    fn has(&self, part: PartArgument) -> bool {
        !self.without.contains(&part)
    }

    /// Returns whether items of this side are in the report. Of one that is gone and whose side nobody
    /// knows any more it is only said that it may be of either.
    fn has_side(&self, side: Option<Side>) -> bool {
        let avoid = self.has(PartArgument::Avoid);
        let embrace = self.has(PartArgument::Embrace);
        match side {
            Some(Side::Avoid) => avoid,
            Some(Side::Embrace) => embrace,
            None => avoid && embrace,
        }
    }

    /// The marks of each item of a side, or of the reader's list; items without a mark
    /// and that are not on the list are not in it.
    fn table(&self, side: Option<Side>) -> Option<String> {
        let rows: Vec<(&str, Counts)> = self
            .items(|item_side| item_side == side)
            .map(|item| (item, self.practice.counts(item.id, self.first, self.last)))
            .filter(|(item, counts)| counts.recorded() > 0 || self.practice.is_listed(item.id))
            .map(|(item, counts)| (item.text, counts))
            .collect();
        if rows.is_empty() {
            return None;
        }
        let days =
            u32::try_from(self.first.until(self.last).map_or(0, |span| span.get_days()) + 1).unwrap_or(0);
        let mut text =
            String::from("| | kept | slipped | did not arise | not recorded |\n|---|---|---|---|---|\n");
        for (item, counts) in rows {
            let silent = days.saturating_sub(counts.recorded());
            let Counts { kept, slipped, not_arisen } = counts;
            text.extend([format!("| {} | {kept} | {slipped} | {not_arisen} | {silent} |\n", escaped(item))]);
        }
        Some(text)
    }

    fn side(&self, part: PartArgument, side: Side, title: &str) -> Option<String> {
        self.has(part)
            .then(|| self.table(Some(side)))
            .flatten()
            .map(|table| format!("\n## {title}\n\n{table}"))
    }

    /// Items of which nobody knows any more on which side they were.
    fn gone(&self) -> Option<String> {
        self.has_side(None)
            .then(|| self.table(None))
            .flatten()
            .map(|table| format!("\n## What is gone\n\n{table}"))
    }

    /// The items of the sides that are wanted.
    fn items(&self, wanted: impl Fn(Option<Side>) -> bool) -> impl Iterator<Item = NamedItem<'_>> {
        self.practice.named_items().into_iter().filter(move |item| wanted(item.side))
    }

    /// Each week in which something was recorded.
    fn weeks(&self) -> Option<String> {
        if !self.has(PartArgument::Weeks) {
            return None;
        }
        let items: Vec<NamedItem> = self.items(|side| self.has_side(side)).collect();
        let lines: Vec<String> = self
            .practice
            .weeks(&items, self.first, self.last)
            .into_iter()
            .filter(|week| !week.is_empty())
            .map(|week| {
                let shares = [("kept clear", week.avoid), ("did", week.embrace)]
                    .into_iter()
                    .filter(|(_, share)| share.all > 0)
                    .map(|(word, share)| format!("{word} {share} times"));
                format!("- from {}: {}", words::day(week.begins), shares.collect::<Vec<_>>().join(", "))
            })
            .collect();
        (!lines.is_empty()).then(|| format!("\n## Week by week\n\n{}\n", lines.join("\n")))
    }

    fn plans(&self) -> Option<String> {
        if !self.has(PartArgument::Plans) {
            return None;
        }
        let lines: Vec<String> = self
            .items(|side| self.has_side(side))
            .filter_map(|item| Some((item.text, self.practice.if_then(item.id)?)))
            .map(|(item, plan)| format!("- {}: {}.", escaped(item), escaped(&if_then_in_words(plan))))
            .collect();
        (!lines.is_empty()).then(|| format!("\n## My plans\n\n{}\n", lines.join("\n")))
    }

    fn notes(&self) -> Option<String> {
        if !self.has(PartArgument::Notes) {
            return None;
        }
        let days = Days { from: Some(self.first), to: Some(self.last) };
        let mut text = String::new();
        let mut day = None;
        for note in self.ledger.notes(self.id).into_iter().filter(|note| days.contains(note.day)) {
            if day != Some(note.day) {
                day = Some(note.day);
                text.extend([format!("\n### {}\n", words::day(note.day))]);
            }
            let label = if is_week_note(&note) {
                "The week from here on".to_owned()
            } else {
                self.practice.note_label(&note)
            };
            text.extend([format!("\n{}\n\n{}\n", escaped(&label), quoted(&note.text))]);
        }
        (!text.is_empty()).then(|| format!("\n## What I wrote\n{text}"))
    }

    fn reading(&self) -> Option<String> {
        if !self.has(PartArgument::Reading) {
            return None;
        }
        let course = self.practice.course()?;
        let read = course.lessons.iter().filter(|lesson| self.ledger.is_read(self.id, &lesson.id));
        let lines: Vec<String> = read.map(|lesson| format!("- {}", escaped(lesson.title()))).collect();
        (!lines.is_empty()).then(|| format!("\n## What I have read\n\n{}\n", lines.join("\n")))
    }
}
