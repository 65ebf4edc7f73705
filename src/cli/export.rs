//! `export`: everything that was saved, in a form to take along.
//!
//! Owns what the command line says of it; `practice` makes the text.

use crate::cli::arguments::{
    DayArgument, DaysArguments, ExportArguments, FileArguments, FormatArgument, Shared,
};
use crate::cli::error::CliError;
use crate::cli::output::{Output, write_text};
use crate::cli::{new_file, places};
use crate::course::{Course, CourseId};
use crate::journal::{Days, Opened};
use crate::practice::export::{self, Export, ExportFormat};
use crate::text::clean::clean_line;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Written {
    file: String,
    records: usize,
}

pub(super) fn export(
    arguments: &ExportArguments,
    course: Option<&Path>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let today = places::clock(shared)?.today();
    let days = days(&arguments.days, today)?;
    let opened = places::opened(shared)?;
    let courses = courses(&opened, course)?;
    let usual = if shared.json { FormatArgument::Json } else { FormatArgument::Markdown };
    let format = match arguments.format.unwrap_or(usual) {
        FormatArgument::Json => ExportFormat::Json,
        FormatArgument::Csv => ExportFormat::Csv,
        FormatArgument::Markdown => ExportFormat::Markdown,
    };
    let courses = courses.iter().map(|(id, course)| (id, course.as_ref()));
    let Export { text, records } = export::export(courses, &opened.ledger, &days, today, format)
        .map_err(|error| CliError::Output(error.into()))?;
    write(&text, &arguments.to, records, output)
}

/// Writes a text where it was asked for.
pub(super) fn write(text: &str, to: &FileArguments, records: usize, output: Output) -> Result<(), CliError> {
    let Some(path) = &to.output else { return write_text(text) };
    new_file::write(path, to, text)?;
    let written = Written { file: clean_line(&path.display().to_string()), records };
    output.write(&written, |written| {
        format!("Written: {}. You alone can read it; from here on it is in your care.", written.file)
    })
}

/// The days that were asked for.
pub(super) fn days(arguments: &DaysArguments, today: Date) -> Result<Days, CliError> {
    let day = |argument: DayArgument| argument.day(today);
    match (arguments.from.map(day), arguments.to.map(day)) {
        (Some(from), Some(to)) if from > to => Err(CliError::DaysTurned { from, to }),
        (from, to) => Ok(Days { from, to }),
    }
}

/// The courses of the journal, or the one that was named, with their texts where they are at
/// hand.
pub(super) fn courses(
    opened: &Opened,
    named: Option<&Path>,
) -> Result<Vec<(CourseId, Option<Course>)>, CliError> {
    if named.is_some() {
        let course = places::library(named, None)?.course;
        return Ok(vec![(course.id.clone(), Some(course))]);
    }
    Ok(opened.ledger.courses().map(|id| (id.clone(), Course::built_in(id.as_str()).ok())).collect())
}
