//! The errors of opening, in words that say what to do.
//!
//! Owns the sentences. Must not look at any file.

use crate::course::{CourseError, Refusal};
use crate::text::clean::clean_line;
use std::io;
use std::path::Path;

/// Why something cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The course has faults.
    #[error("{0}")]
    Course(#[from] CourseError),
    /// It cannot be read as its kind.
    #[error("{path}: {problem}; {remedy}")]
    Wrong {
        /// The file or folder, cleaned.
        path: String,
        /// The problem.
        problem: String,
        /// The remedy.
        remedy: String,
    },
}

impl LibraryError {
    /// The error in one line: of several faults of a course the first, and how many more there are.
    pub fn in_short(&self) -> String {
        match self {
            Self::Course(error) => error.in_short(),
            Self::Wrong { .. } => self.to_string(),
        }
    }

    /// Makes an error about a path.
    pub(super) fn wrong(path: &Path, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        let path = clean_line(&path.display().to_string());
        Self::Wrong { path, problem: problem.into(), remedy: remedy.into() }
    }

    /// Translates the system's error about a path.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Self::wrong(path, "not found", "check its name")
            }
            io::ErrorKind::PermissionDenied => {
                Self::wrong(path, "permission denied", "check its permissions")
            }
            _ => Self::wrong(path, format!("cannot be read ({error})"), "check what is there"),
        }
    }

    /// Makes the error for what is neither a file nor a folder.
    pub(super) fn not_regular(path: &Path) -> Self {
        let remedy =
            format!("to read from a pipe, run: sidelight - < {}", clean_line(&path.display().to_string()));
        Self::wrong(path, "this is not a folder or a regular file", remedy)
    }

    /// Makes the error for a folder that was refused.
    pub(super) fn refused(path: &Path, refusal: Refusal) -> Self {
        Self::wrong(path, refusal.problem, refusal.remedy)
    }
}
