//! Everything that was marked, written and chosen, as a text to take along.
//!
//! Owns the forms and what is in each. Must not write files: whoever asks for the text does.

mod choices;
mod csv;
mod markdown;

use crate::course::{Course, CourseId};
use crate::journal::{Days, Ledger, Operation, exchange};
use crate::practice::view::Practice;
use jiff::civil::Date;

pub use choices::sentence as choice_in_a_sentence;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown, for people.
    Markdown,
    /// JSON, which can be imported again.
    Json,
    /// A table for spreadsheets.
    Csv,
}

/// An export, and the number of records in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The text.
    pub text: String,
    /// How many records it is made of.
    pub records: usize,
}

/// Exports what the ledger has of some courses about some days. A course is given by its id, and
/// with its texts where they are at hand.
///
/// # Errors
/// When a record cannot be written as JSON.
pub fn export<'a>(
    courses: impl IntoIterator<Item = (&'a CourseId, Option<&'a Course>)>,
    ledger: &'a Ledger,
    days: &Days,
    today: Date,
    format: ExportFormat,
) -> Result<Export, serde_json::Error> {
    let all: Vec<(&CourseId, Practice, Vec<Operation>)> = courses
        .into_iter()
        .map(|(id, course)| {
            (id, Practice::of_journal(id, course, ledger), ledger.current_operations(id, days))
        })
        .collect();
    let records = all.iter().map(|(.., operations)| operations.len()).sum();
    let text = match format {
        ExportFormat::Json => {
            let operations: Vec<Operation> =
                all.into_iter().flat_map(|(.., operations)| operations).collect();
            exchange::write(&operations, today)?
        }
        ExportFormat::Csv => {
            let mut table = csv::CsvTable::new();
            all.iter().for_each(|(id, practice, operations)| table.take(id, operations, practice));
            table.into_text()
        }
        ExportFormat::Markdown => {
            let mut text = markdown::beginning(today, days);
            all.iter().for_each(|(_, practice, operations)| markdown::push(&mut text, operations, practice));
            text
        }
    };
    Ok(Export { text, records })
}
