//! `import`: takes in what `export` has written.

use crate::cli::arguments::Shared;
use crate::cli::output::Output;
use crate::cli::words::{self, Words};
use crate::cli::{CliError, journal, places};
use crate::course::Course;
use crate::journal::{Choice, Chosen, Ledger, Operation, exchange};
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
    let mut text = format!("{} taken in, {} known already.", report.new, report.known);
    match report.beside {
        0 => {}
        1 => text.push_str("\nOne note is another here; both are there now."),
        many => text.extend([format!("\n{many} notes are others here; both are there now.")]),
    }
    if !report.differing.is_empty() {
        text.push_str("\nThis is otherwise here, and stays as it is here. The file has:\n  ");
        text.push_str(&report.differing.join("\n  "));
    }
    text
}

/// The whole file. A FIFO or a device is none.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a plain file"));
    }
    let mut bytes = Vec::new();
    file.take(exchange::MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > exchange::MOST_BYTES {
        return Err(io::Error::other("it is larger than any export"));
    }
    Ok(bytes)
}

/// What the file says, for somebody who wants to decide it by hand.
fn in_words(operation: &Operation, ledger: &Ledger) -> String {
    let of = |course| (course, Course::built_in(crate::course::CourseId::as_str(course)).ok());
    match operation {
        Operation::Mark { course, item, day, mark } => {
            let (id, course) = of(course);
            let item = Words::new(id, course.as_ref(), ledger).item(item).text.to_owned();
            format!("{day}: {}: {item}", words::mark(*mark))
        }
        Operation::Choice(Choice { course, chosen }) => {
            let (id, course) = of(course);
            let words = Words::new(id, course.as_ref(), ledger);
            match chosen {
                Chosen::Route { lessons } => {
                    let titles: Vec<&str> = lessons.iter().map(|lesson| words.lesson(lesson)).collect();
                    format!("an order to read: {}", titles.join(", "))
                }
                Chosen::OwnItem { own, .. } => format!("an item of your own: {}", own.text),
                Chosen::IfThen { item, plan } => {
                    format!("a plan for {}: If {}, then {}", words.item(item).text, plan.cue, plan.act)
                }
                Chosen::NamedPlace { name, .. } => format!("the place that {name} stands for"),
                Chosen::Listed { item, .. } | Chosen::ItemText { item, .. } => {
                    format!("an item: {}", words.item(item).text)
                }
            }
        }
        Operation::Note { day, .. } => format!("{day}: a note"),
        Operation::Place { place, .. } => format!("a place in {}", place.lesson),
        Operation::Read { lesson, .. } => format!("{lesson} was read"),
    }
}
