//! Writing what a command made into a file of the reader's choice.
//!
//! Owns that only its owner can read it from the moment that it is made, and that nothing is
//! replaced without --force. Must not know what is in it.

use crate::cli::arguments::FileArguments;
use crate::cli::error::CliError;
use rustix::fs::{Mode, OFlags};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a text into a file.
pub(super) fn write(path: &Path, arguments: &FileArguments, text: &str) -> Result<(), CliError> {
    let wrong = |source| CliError::File { path: path.to_owned(), source };
    if !arguments.force {
        return match create(path, text) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(CliError::Exists { path: path.to_owned() })
            }
            made => made.map_err(wrong),
        };
    }
    // The old one is there until the new one is whole.
    let new = beside(path);
    create(&new, text).and_then(|()| std::fs::rename(&new, path)).map_err(|error| {
        std::fs::remove_file(&new).ok();
        wrong(error)
    })
}

/// A new file, for its owner alone. One that could not be written whole is removed again.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?);
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        std::fs::remove_file(path).ok();
    }
    written
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}
