//! Why something can not be opened, in words that say what to do about it.

use crate::course::{CourseError, Refusal};
use crate::text::clean::clean_line;
use std::io;
use std::path::Path;

/// Why something can not be opened.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The course has faults.
    #[error("{0}")]
    Course(#[from] CourseError),
    /// It can not be read as what it is.
    #[error("{path}: {problem}; {remedy}")]
    Wrong {
        /// The file or folder, cleaned.
        path: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
}

impl LibraryError {
    /// A complaint about a path.
    pub(super) fn wrong(path: &Path, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        let path = clean_line(&path.display().to_string());
        Self::Wrong { path, problem: problem.into(), remedy: remedy.into() }
    }

    /// What the system said of a path.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Self::wrong(path, "there is no such file or folder", "look at its name")
            }
            io::ErrorKind::PermissionDenied => {
                Self::wrong(path, "the system does not allow to read it", "look at its permissions")
            }
            _ => Self::wrong(path, format!("it can not be read ({error})"), "look at what is there"),
        }
    }

    /// Something that is neither a file nor a folder.
    pub(super) fn not_plain(path: &Path) -> Self {
        let remedy =
            format!("to read from a pipe write: sidelight - < {}", clean_line(&path.display().to_string()));
        Self::wrong(path, "this is not a folder and no plain file", remedy)
    }

    /// A folder that can not be opened.
    pub(super) fn refused(path: &Path, refusal: Refusal) -> Self {
        Self::wrong(path, refusal.problem, refusal.remedy)
    }
}
