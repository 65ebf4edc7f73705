//! Writing what a command made into a file of the reader's choice.
//!
//! Owns that nothing is replaced without --force. Must not know what is in it.

use crate::app::chosen_file::{create, sync_name};
use crate::cli::arguments::FileArguments;
use crate::cli::error::CliError;
use std::io;
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
    })?;
    sync_name(path);
    Ok(())
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}
