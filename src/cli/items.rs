//! `items`, `today` and `mark`.

use crate::cli::arguments::{MarkArgument, Shared};
use crate::cli::lessons::unknown;
use crate::cli::output::{Output, complain};
use crate::cli::{CliError, places};
use crate::course::{Course, Item, Side};
use crate::journal::{Ledger, Mark, Operation};
use crate::practice::mark_sign;
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize)]
struct Listing<'a> {
    course: &'a str,
    day: Date,
    items: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    side: Side,
    text: &'a str,
    mark: Option<Mark>,
}

impl<'a> Entry<'a> {
    fn new(item: &'a Item, course: &Course, ledger: &Ledger, day: Date) -> Self {
        let mark = ledger.mark(&course.id, &item.id, day);
        Self { id: item.id.as_str(), side: item.side, text: &item.text, mark }
    }

    fn line(&self) -> String {
        format!("[{}] {}", mark_sign(self.mark), self.text)
    }
}

pub(super) fn list(
    course: &Course,
    day: Option<Date>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let day = day.map_or_else(|| places::clock(shared).map(|clock| clock.today()), Ok)?;
    output.write(&listing(course, day, shared), |listing| {
        let width = listing.items.iter().map(|item| item.id.len()).max().unwrap_or(0);
        sides(listing, |item| format!("{:width$}  {}", item.id, item.line()))
    })
}

pub(super) fn today(course: &Course, shared: &Shared, output: Output) -> Result<(), CliError> {
    let day = places::clock(shared)?.today();
    output.write(&listing(course, day, shared), |listing| {
        format!("{}\n\n{}", listing.day, sides(listing, |item: &Entry| item.line()))
    })
}

pub(super) fn mark(
    course: &Course,
    id: &str,
    mark: MarkArgument,
    day: Option<Date>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let Some(item) = course.items.iter().find(|item| item.id.as_str() == id) else {
        let known = course.items.iter().map(|item| item.id.as_str());
        return Err(unknown("item", id, known, "`sidelight items` lists them"));
    };
    let today = places::clock(shared)?.today();
    let day = day.unwrap_or(today);
    if day > today {
        return Err(CliError::DayToCome { day });
    }
    let (mut opened, nothing_kept) = places::journal(shared);
    if let Some(why) = nothing_kept {
        return Err(CliError::NothingKept(why));
    }
    let operation =
        Operation::Mark { course: course.id.clone(), item: item.id.clone(), day, mark: mark.mark() };
    opened.journal.append(&mut opened.ledger, vec![operation])?;
    output.write(&Entry::new(item, course, &opened.ledger, day), Entry::line)
}

fn listing<'a>(course: &'a Course, day: Date, shared: &Shared) -> Listing<'a> {
    let (opened, nothing_kept) = places::journal(shared);
    if let Some(why) = nothing_kept {
        complain(&why);
    }
    for notice in &opened.notices {
        complain(notice);
    }
    let items = course.items.iter().map(|item| Entry::new(item, course, &opened.ledger, day)).collect();
    Listing { course: course.id.as_str(), day, items }
}

/// The items under their sides, each as one line.
fn sides(listing: &Listing, line: impl Fn(&Entry) -> String) -> String {
    let side = |side: Side, title: &str| {
        let lines: Vec<String> = listing
            .items
            .iter()
            .filter(|item| item.side == side)
            .map(|item| format!("  {}", line(item)))
            .collect();
        format!("{title}\n{}\n", lines.join("\n"))
    };
    format!("{}\n{}", side(Side::Avoid, "Avoid"), side(Side::Embrace, "Embrace"))
}
