//! `import`: reads what `export` wrote.
//!
//! Owns the report; the journal decides what is new.

use crate::app::chosen_file;
use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::places;
use crate::course::Course;
use crate::journal::{Choice, Ledger, Operation, exchange};
use crate::practice::export::choice_in_a_sentence;
use crate::practice::{Practice, mark_word};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Report {
    new: usize,
    known: usize,
    beside: usize,
    differing: Vec<String>,
}

pub(super) fn import(path: &Path, shared: &Shared, output: Output) -> Result<(), CliError> {
    let today = places::clock(shared)?.today();
    let bytes = chosen_file::read(path, exchange::MOST_BYTES)
        .map_err(|source| CliError::File { path: path.to_owned(), source })?;
    let operations = exchange::read(&bytes, today)
        .map_err(|source| CliError::NotTakenIn { path: path.to_owned(), source })?;
    let mut opened = places::opened(shared)?;
    let incoming = opened.ledger.incoming(operations);
    let report = Report {
        new: incoming.new.len(),
        known: incoming.known,
        beside: incoming.beside,
        differing: incoming.differing.iter().map(|operation| in_words(operation, &opened.ledger)).collect(),
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
    text
}

/// Describes an operation, for somebody who wants to decide by hand.
pub(super) fn in_words(operation: &Operation, ledger: &Ledger) -> String {
    let of = |course| (course, Course::built_in(crate::course::CourseId::as_str(course)).ok());
    match operation {
        Operation::Mark { course, item, day, mark } => {
            let (id, course) = of(course);
            let item = Practice::of_journal(id, course.as_ref(), ledger).named(item).text.to_owned();
            format!("{day}: {}: {item}", mark_word(*mark))
        }
        Operation::Choice(Choice { course, chosen }) => {
            let (id, course) = of(course);
            choice_in_a_sentence(chosen, &Practice::of_journal(id, course.as_ref(), ledger))
        }
        Operation::Note { day, .. } => format!("{day}: a note"),
        Operation::Place { place, .. } => format!("a place in {}", place.lesson),
        Operation::Read { lesson, .. } => format!("{lesson} was read"),
    }
}
