//! The reasons not to read a file of a course, in words.
//!
//! Owns the sentences. Must not look at any file.

use crate::course::fault::{line_and_column, quoted};
use std::fmt;
use std::io;

/// A reason not to read a file, with a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line and column inside the file, when the file was read and is faulty itself.
    pub inside: Option<(usize, usize)>,
    /// The problem.
    pub problem: String,
    /// The remedy.
    pub remedy: String,
}

impl Refusal {
    /// Makes a refusal of a file that was not read.
    pub(super) fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { inside: None, problem: problem.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.problem, self.remedy)
    }
}

/// Refuses a file that does not exist.
pub(super) fn not_there(name: &str) -> Refusal {
    let remedy =
        if name.contains('\\') { "write `/` between folders" } else { "create it, or correct its name" };
    Refusal::new(format!("the file {} does not exist", quoted(name)), remedy)
}

/// Refuses a file that the system cannot read.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Refusal {
    let remedy = match error.kind() {
        io::ErrorKind::PermissionDenied => "check its permissions",
        _ => "put a regular file there",
    };
    Refusal::new(format!("the file {} cannot be read ({error})", quoted(name)), remedy)
}

/// Refuses a file of more than `most` bytes.
pub(super) fn too_large(name: &str, most: u64) -> Refusal {
    let problem = format!("the file {} is larger than {} MiB", quoted(name), most >> 20);
    Refusal::new(problem, "split it into several")
}

/// Refuses a file that is not UTF-8, at the position of its first invalid byte.
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
