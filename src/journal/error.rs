//! The errors of the journal, in words that say what to do about them.
//!
//! Owns the message of every error. Must never carry anything that the reader wrote:
//! only files, folders, sizes and what the system said.

use crate::text::clean::clean_line;
use std::io;
use std::path::{Path, PathBuf};

/// The reasons why something could not be read or saved. Never contains what the reader wrote.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The system refused.
    #[error("{}: {}", shown(path), in_words(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Something else is where a file of the journal should be.
    #[error("{}: not a plain file, so it is neither read nor written; move it away", shown(path))]
    NotPlain {
        /// The path.
        path: PathBuf,
    },
    /// The folder belongs to something else.
    #[error(
        "{}: holds other files and no journal, so nothing is saved there; name an empty folder with \
         --data-dir, or make an empty file `.sidelight` in this one to use it all the same",
        shown(path)
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder was there and is not any more.
    #[error("{}: the folder is gone; bring it back, or restart to create a new one", shown(path))]
    Gone {
        /// The folder.
        path: PathBuf,
    },
    /// Another window did not let go in time.
    #[error(
        "{}: another window is busy with the journal; close it, or try again when it is done",
        shown(path)
    )]
    Busy {
        /// The lock.
        path: PathBuf,
    },
    /// A newer version of the program has written here.
    #[error("{}: written by a newer version of sidelight; read-only until this one is updated", shown(path))]
    Newer {
        /// The log with the newer records.
        path: PathBuf,
    },
    /// One record is longer than a line may be.
    #[error("this text is longer than {limit} bytes can hold; shorten it or split it")]
    TooLong {
        /// The most bytes that a line may have.
        limit: usize,
    },
    /// A log is larger than is ever read.
    #[error("{}: larger than {limit} bytes, so it is not read; move it away", shown(path))]
    TooLarge {
        /// The log.
        path: PathBuf,
        /// The most bytes that a log may have.
        limit: u64,
    },
    /// The disk has no locks, and what was asked for needs one.
    #[error(
        "{}: this disk has no file locks, so logs can't be rewritten safely; do it on another disk",
        shown(path)
    )]
    NoLocks {
        /// The folder.
        path: PathBuf,
    },
    /// The journal is only in memory.
    #[error("nothing is being saved, so there is no journal to do this with")]
    NothingKept,
    /// A file is not one that was exported, or not any more.
    #[error("line {line}: {problem}; nothing was imported")]
    NotAnExport {
        /// The line, counted from 1.
        line: usize,
        /// The problem.
        problem: &'static str,
    },
    /// A write does not read back as it was made.
    #[error("{}: the disk did not keep what was written to it; check the disk; retrying", shown(path))]
    NotKept {
        /// The log.
        path: PathBuf,
    },
}

impl JournalError {
    /// An error of the system about a path.
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }
}

/// A path as it can be printed: its name may come from anywhere, and may even have several lines.
pub(crate) fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}

/// The system's error and its remedy, without an error number where there is a word.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full; make room on it".to_owned(),
        io::ErrorKind::QuotaExceeded => "your disk quota is used up; make room in it".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => {
            "this disk can only be read; name another folder with --data-dir".to_owned()
        }
        io::ErrorKind::PermissionDenied => "permission denied; check who owns the folder, \
             or name another with --data-dir"
            .to_owned(),
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        _ if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => {
            "the disk reports a fault; check the disk".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::io::Errno;

    #[test]
    fn the_usual_refusals_name_the_file_and_the_remedy() {
        for (errno, words) in [
            (Errno::NOSPC, "make room"),
            (Errno::DQUOT, "make room"),
            (Errno::ROFS, "--data-dir"),
            (Errno::ACCESS, "--data-dir"),
            (Errno::IO, "check the disk"),
        ] {
            let error = JournalError::io(Path::new("/home/her/log"), errno.into());
            let message = error.to_string();
            assert!(message.starts_with("/home/her/log: "), "{message}");
            assert!(message.contains(words), "{message}");
            assert!(!message.contains("os error"), "{message}");
        }
    }
}
