//! The export as a table for spreadsheets: one row for each thing.
//!
//! Owns the quoting, and that no cell is taken for a formula, whoever wrote it.

use crate::course::CourseId;
use crate::journal::{Choice, Note, Operation};
use crate::practice::export::choices;
use crate::practice::mark::mark_word;
use crate::practice::view::Practice;
use crate::practice::written;

/// The table.
pub(super) struct CsvTable {
    text: String,
}

impl CsvTable {
    pub(super) fn new() -> Self {
        let mut table = Self { text: String::new() };
        table.row(["course", "kind", "day", "name", "side", "text", "value"]);
        table
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Takes in what stands in a course.
    pub(super) fn take(&mut self, course: &CourseId, operations: &[Operation], practice: &Practice) {
        for operation in operations {
            self.take_one(course.as_str(), operation, practice);
        }
    }

    fn take_one(&mut self, course: &str, operation: &Operation, practice: &Practice) {
        match operation {
            Operation::Mark { item, day, mark, .. } => {
                let known = practice.named(item);
                let (day, side) = (day.to_string(), written::side(known.side));
                self.row([course, "mark", &day, item.as_str(), side, known.text, mark_word(*mark)]);
            }
            Operation::Note { note, day, place, text, .. } => {
                let note = Note { note: note.clone(), day: *day, place: place.clone(), text: text.clone() };
                let label = practice.note_label(&note);
                self.row([course, "note", &day.to_string(), &note.note, "", text, &label]);
            }
            Operation::Read { lesson, .. } => {
                self.row([course, "read", "", lesson.as_str(), "", practice.lesson_title(lesson), ""]);
            }
            // A place in a text says nothing in a table.
            Operation::Place { .. } => {}
            Operation::Choice(Choice { chosen, .. }) => {
                for row in choices::rows(chosen, practice) {
                    let side = written::side(row.side);
                    self.row([course, row.kind, "", &row.name, side, &row.text, &row.value]);
                }
            }
        }
    }

    fn row(&mut self, cells: [&str; 7]) {
        for (index, text) in cells.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.text.push_str(&cell(text));
        }
        self.text.push_str("\r\n");
    }
}

/// A cell: quoted where its text needs it, and behind an apostrophe where a spreadsheet would
/// compute instead of show.
fn cell(text: &str) -> String {
    const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    let begins = text.trim_start().starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n']);
    let text = if begins { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r', ';', '\'']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        assert_eq!(cell("I called her"), "I called her");
        assert_eq!(cell("he said \"no\", twice\nand left"), "\"he said \"\"no\"\", twice\nand left\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\u{ff1d}1", "\t=1"] {
            assert!(cell(formula).trim_start_matches('"').starts_with('\''), "{}", cell(formula));
        }
    }
}
