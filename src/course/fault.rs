//! The faults of a course: where each is, what is wrong, and how to fix it.
//!
//! Owns the shape of a fault and how it is printed. Must not know how faults are found.

use serde::Serialize;
use std::fmt;

/// The severity of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It has to be fixed.
    Error,
    /// It should be improved.
    Warning,
}

/// One fault of a course. Faults sort by file and then by position.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The file, relative to the course's folder; clean.
    pub file: String,
    /// The line, from 1; `None` for the file as a whole.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// Error or warning.
    pub severity: Severity,
    /// The problem, in one line.
    pub problem: String,
    /// The remedy, in one line.
    pub remedy: String,
}

impl Fault {
    /// Makes an error about a file as a whole.
    pub fn error(file: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            column: None,
            severity: Severity::Error,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    /// Turns the fault into a warning.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Sets the line and the column, both from 1.
    #[must_use]
    pub fn at_position(self, (line, column): (usize, usize)) -> Self {
        Self { line: Some(line), column: Some(column), ..self }
    }

    /// Returns whether it is an error, not a warning.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        for place in [self.line, self.column].into_iter().flatten() {
            write!(formatter, ":{place}")?;
        }
        let warning = if self.is_error() { "" } else { "warning: " };
        write!(formatter, ": {warning}{}; {}", self.problem, self.remedy)
    }
}

/// Why a course could not be opened or made.
#[derive(Debug, thiserror::Error)]
pub enum CourseError {
    /// No built-in course has this id.
    #[error("there is no built-in course `{id}`; {remedy}")]
    Unknown {
        /// The id that was asked for, cleaned.
        id: String,
        /// The remedy.
        remedy: String,
    },
    /// The course has errors. Never empty.
    #[error("{}", listed(.0))]
    Faulty(Vec<Fault>),
    /// A new course could not be written.
    #[error("{path}: {problem}")]
    NotWritten {
        /// The file or folder, cleaned.
        path: String,
        /// The problem, and the remedy.
        problem: String,
    },
}

impl CourseError {
    /// The error in one line: of several faults the first, and how many more there are.
    pub fn in_short(&self) -> String {
        match self {
            Self::Faulty(faults) => match faults.as_slice() {
                [first, _, ..] => {
                    format!("{first}. And {} more: run sidelight check", faults.len() - 1)
                }
                _ => self.to_string(),
            },
            Self::Unknown { .. } | Self::NotWritten { .. } => self.to_string(),
        }
    }
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}

/// Converts a byte of a text to its line and its column in characters, both from 1.
pub(super) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.get(line_start..).map_or(0, |line| line.chars().count()) + 1;
    (line, column)
}

/// Quotes what an author wrote in a message: cleaned, and at most 60 characters of it.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    // Only what can be shown is cleaned: a text may be megabytes long.
    let start: String = text.chars().take(LONGEST * 4).collect();
    let line = crate::text::clean::clean_line(&start);
    let shown: String = line.chars().take(LONGEST).collect();
    let more = if shown.len() < line.len() || start.len() < text.len() { "…" } else { "" };
    format!("`{shown}{more}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_reads_as_place_problem_and_remedy() {
        let fault = Fault::error("course.json", "`titel` is not a key", "write `title`").at_position((12, 9));
        assert_eq!(fault.to_string(), "course.json:12:9: `titel` is not a key; write `title`");
    }

    #[test]
    fn a_warning_says_that_it_is_one() {
        let fault = Fault::error("a.md", "it is short", "say more").as_warning();
        assert_eq!(fault.to_string(), "a.md: warning: it is short; say more");
    }

    #[test]
    fn columns_are_counted_in_characters() {
        assert_eq!(line_and_column("ab\nçé x", 8), (2, 4));
    }

    #[test]
    fn a_long_text_is_quoted_in_part() {
        assert_eq!(quoted(&"x".repeat(1000)).chars().count(), 63);
    }
}
