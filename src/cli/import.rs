//! `import`: reads what `export` wrote.
//!
//! Owns the report; the journal decides what is new.

use crate::app::chosen_file;
use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::places;
use crate::course::Course;
use crate::journal::exchange;
use crate::practice::{CoursesAtHand, operations_in_words};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Report {
    new: usize,
    known: usize,
    beside: usize,
    differing: Vec<String>,
    as_notes: usize,
}

/// Imports an export. `course` is one whose texts are at hand beside those of the built-in ones.
pub(super) fn import(
    path: &Path,
    course: Option<&Course>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    let today = places::clock(shared)?.today();
    let bytes = chosen_file::read(path, exchange::MOST_BYTES)
        .map_err(|source| CliError::File { path: path.to_owned(), source })?;
    let operations = exchange::read(&bytes, today)
        .map_err(|source| CliError::NotTakenIn { path: path.to_owned(), source })?;
    let mut opened = places::opened(shared)?;
    let incoming = opened.ledger.incoming_with_words(operations, today);
    let mut courses = CoursesAtHand::with(course);
    let report = Report {
        new: incoming.new.len(),
        known: incoming.known,
        beside: incoming.beside,
        differing: operations_in_words(&incoming.differing, &opened.ledger, &mut courses),
        as_notes: incoming.as_notes,
    };
    opened.journal.append(&mut opened.ledger, incoming.new)?;
    opened.journal.close();
    output.write(&report, plain)
}

fn plain(report: &Report) -> String {
    let mut text = format!("{} imported, {} known already.", report.new, report.known);
    match report.beside {
        0 => {}
        1 => text.push_str("\nOne note differs from yours; both stay."),
        many => text.extend([format!("\n{many} notes differ from yours; both stay.")]),
    }
    if !report.differing.is_empty() {
        text.push_str("\nThese differ here and were not changed. The file has:\n  ");
        text.push_str(&report.differing.join("\n  "));
    }
    match report.as_notes {
        0 => {}
        1 => text.push_str("\nThe words of one of them are here as a note, so that nothing is lost."),
        many => text
            .extend([format!("\nThe words of {many} of them are here as notes, so that nothing is lost.")]),
    }
    text
}
