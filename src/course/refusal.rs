//! Why a file of a course is not read, in words.
//!
//! Owns the sentences. Must not look at any file.

use crate::course::fault::{line_and_column, quoted};
use std::fmt;
use std::io;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line and column inside the file, when it was opened and is faulty itself.
    pub inside: Option<(usize, usize)>,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub remedy: String,
}

impl Refusal {
    pub(super) fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { inside: None, problem: problem.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.problem, self.remedy)
    }
}

pub(super) fn not_there(name: &str) -> Refusal {
    let remedy =
        if name.contains('\\') { "write `/` between folders" } else { "write the file, or correct its name" };
    Refusal::new(format!("the file {} is not there", quoted(name)), remedy)
}

pub(super) fn unreadable(name: &str, error: &io::Error) -> Refusal {
    let remedy = match error.kind() {
        io::ErrorKind::PermissionDenied => "look at its permissions",
        _ => "put a plain file there",
    };
    Refusal::new(format!("the file {} can not be read ({error})", quoted(name)), remedy)
}

pub(super) fn too_large(name: &str, most: u64) -> Refusal {
    let problem = format!("the file {} is larger than {} MiB", quoted(name), most >> 20);
    Refusal::new(problem, "split it into several")
}

pub(super) fn not_text(name: &str, error: &std::string::FromUtf8Error) -> Refusal {
    let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
    let good = String::from_utf8_lossy(good);
    let problem = format!("the file {} is not UTF-8 text from here on", quoted(name));
    Refusal {
        inside: Some(line_and_column(&good, good.len())),
        problem,
        remedy: "save it as UTF-8".to_owned(),
    }
}
