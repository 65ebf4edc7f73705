//! `report`: some weeks, for somebody whom the reader wants to show them to, or one page for herself.
//!
//! Owns which days, courses and parts are asked for, and where the report goes. What is in it is
//! decided in `practice`.

use crate::cli::arguments::{PartArgument, ReportArguments, ReportFormArgument, Shared};
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::{export, places};
use crate::journal::Days;
use crate::practice::{OnePage, Practice, Report, ReportForm, ReportPart};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;

/// The number of days in a report by default.
const USUAL: i32 = 28;
/// The longest time that is reported on, in days: a hundred years.
const LONGEST: i32 = 36_525;

#[derive(Serialize)]
struct Printed<'a> {
    from: Date,
    to: Date,
    format: &'static str,
    report: &'a str,
}

pub(super) fn report(
    arguments: &ReportArguments,
    course: Option<&Path>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let (shared, today) = places::settings_and_today(shared)?;
    if arguments.page {
        return one_page(arguments, course, &shared, today, output);
    }
    let days = export::days(&arguments.days, today)?;
    let last = days.to.map_or(today, |to| to.min(today));
    let longest = last.saturating_sub(LONGEST.days());
    let first = days.from.unwrap_or_else(|| last.saturating_sub((USUAL - 1).days())).max(longest);
    if first > last {
        return Err(CliError::DaysTurned { from: first, to: last });
    }
    let opened = places::opened(&shared)?;
    let courses = export::courses(&opened, course)?;
    let parts = parts(arguments);
    let mut report = Report::new(first, last);
    let mut records = 0;
    for (id, course) in &courses {
        let practice = Practice::of_journal(id, course.as_ref(), &opened.ledger);
        report.add(practice.with_weeks_from(places::week_begins(&shared)), &parts);
        records += opened.ledger.current_operations(id, &Days { from: Some(first), to: Some(last) }).len();
    }
    let form = form(arguments);
    let text = report.in_form(form);
    let printed = Printed { from: first, to: last, format: form.name(), report: &text };
    give(&printed, arguments, records, output)
}

/// One page to print, as it is today.
fn one_page(
    arguments: &ReportArguments,
    course: Option<&Path>,
    shared: &Shared,
    today: Date,
    output: Output,
) -> Result<(), CliError> {
    let opened = places::opened(shared)?;
    let courses = export::courses(&opened, course)?;
    let practices =
        courses.iter().map(|(id, course)| Practice::of_journal(id, course.as_ref(), &opened.ledger));
    let page = OnePage::new(today, practices);
    let form = form(arguments);
    let text = page.in_form(form);
    let printed = Printed { from: today, to: today, format: form.name(), report: &text };
    give(&printed, arguments, page.entries(), output)
}

/// Prints a report, or writes it into the file that was named.
fn give(
    printed: &Printed,
    arguments: &ReportArguments,
    records: usize,
    output: Output,
) -> Result<(), CliError> {
    if output.is_json() && arguments.to.output.is_none() {
        return output.write(printed, |printed| printed.report.to_owned());
    }
    export::write(printed.report, &arguments.to, records, output)
}

/// The form that was asked for, else that of the file's name.
fn form(arguments: &ReportArguments) -> ReportForm {
    match arguments.format {
        Some(ReportFormArgument::Text) => ReportForm::Text,
        Some(ReportFormArgument::Markdown) => ReportForm::Markdown,
        Some(ReportFormArgument::Html) => ReportForm::Html,
        None => {
            let name = arguments.to.output.as_deref().and_then(Path::file_name).unwrap_or_default();
            ReportForm::of_file_name(&name.to_string_lossy())
        }
    }
}

/// All parts but those that are left out; notes only if they were asked for.
fn parts(arguments: &ReportArguments) -> Vec<ReportPart> {
    let parts = [
        (PartArgument::Avoid, ReportPart::Avoid),
        (PartArgument::Embrace, ReportPart::Embrace),
        (PartArgument::Weeks, ReportPart::Weeks),
        (PartArgument::Plans, ReportPart::Plans),
        (PartArgument::Reading, ReportPart::Reading),
    ];
    let wanted = parts.into_iter().filter(|(argument, _)| !arguments.without.contains(argument));
    let notes = arguments.notes.then_some(ReportPart::Notes);
    wanted.map(|(_, part)| part).chain(notes).collect()
}
