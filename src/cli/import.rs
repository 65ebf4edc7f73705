//! `import`: reads what `export` wrote.
//!
//! Owns the bounds of the file and the report; the journal decides what is new.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::{choices, journal, places};
use crate::course::Course;
use crate::journal::{Choice, Ledger, Operation, exchange};
use crate::practice::{Practice, mark_word};
use rustix::fs::{Mode, OFlags};
use serde::Serialize;
use std::fs::File;
use std::io::{self, Read};
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
    let bytes = read(path).map_err(|source| CliError::File { path: path.to_owned(), source })?;
    let operations = exchange::read(&bytes, today)
        .map_err(|source| CliError::NotTakenIn { path: path.to_owned(), source })?;
    let mut opened = journal::opened(shared)?;
    let incoming = opened.ledger.incoming(operations);
    let report = Report {
        new: incoming.new.len(),
        known: incoming.known,
        beside: incoming.beside,
        differing: incoming.differing.iter().map(|operation| in_words(operation, &opened.ledger)).collect(),
    };
    opened.journal.append(&mut opened.ledger, incoming.new)?;
    output.write(&report, plain)
}

fn plain(report: &Report) -> String {
    let mut text = format!("{} imported, {} known already.", report.new, report.known);
    match report.beside {
        0 => {}
        1 => text.push_str("\nOne note differs from yours; both are kept."),
        many => text.extend([format!("\n{many} notes differ from yours; both are kept.")]),
    }
    if !report.differing.is_empty() {
        text.push_str("\nThese differ here and were not changed. The file has:\n  ");
        text.push_str(&report.differing.join("\n  "));
    }
    text
}

/// Reads the whole file. A FIFO or a device is refused.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a plain file"));
    }
    let mut bytes = Vec::new();
    file.take(exchange::MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > exchange::MOST_BYTES {
        return Err(io::Error::other("larger than any export"));
    }
    Ok(bytes)
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
            choices::sentence(chosen, &Practice::of_journal(id, course.as_ref(), ledger))
        }
        Operation::Note { day, .. } => format!("{day}: a note"),
        Operation::Place { place, .. } => format!("a place in {}", place.lesson),
        Operation::Read { lesson, .. } => format!("{lesson} was read"),
    }
}
