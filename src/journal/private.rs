//! Checks that a folder is ours to use, and that others cannot look into it.
//!
//! Owns the messages about it. Must not change what the reader's own system decided.

use crate::journal::disk::Disk as _;
use crate::journal::disk::real::octal;
use crate::journal::home::Home;
use crate::journal::{JournalError, names};
use std::ffi::OsStr;

/// The permission bits of everyone but the owner.
const OTHERS: u32 = 0o077;

/// Points out a folder that others can look into, or that belongs to somebody else.
pub(crate) fn check(home: &mut Home) {
    for folder in [home.folder.clone(), home.log_folder()] {
        let Ok(metadata) = home.disk.target_metadata(&folder) else { continue };
        if !metadata.mine {
            home.notify(&format!(
                "{} belongs to another person, who can read what you record. \
                 Name a folder of your own with --data-dir.",
                folder.display()
            ));
        } else if metadata.mode & OTHERS != 0 {
            home.notify(&format!(
                "{} can be opened by other people on this computer (its mode is {}). \
                 To close it: chmod 700 {}",
                folder.display(),
                octal(metadata.mode),
                folder.display()
            ));
        }
    }
}

/// Refuses a folder with other things in it: one day something of them might bear a name of
/// ours. A folder is taken that is empty, that holds something only this program makes, or
/// in which the marker says that it may be used.
///
/// # Errors
/// [`JournalError::Foreign`].
pub(crate) fn refuse_foreign(home: &Home) -> Result<(), JournalError> {
    // The usual answer is in the folder that is looked at first.
    let is_proven = names::FOLDERS.iter().rev().any(|(folder, _)| holds(home, folder) == Holding::Ours);
    if is_proven || home.disk_has(&home.folder.join(names::MARKER)) {
        return Ok(());
    }
    // A folder that cannot be listed is complained of where its logs are read.
    let inside = home.disk.list_all(&home.folder).unwrap_or_default();
    if inside.iter().any(|name| is_foreign(home, name)) {
        return Err(JournalError::Foreign { path: home.folder.clone() });
    }
    Ok(())
}

/// The content of a folder in the data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holding {
    /// Nothing, or it is not there.
    Nothing,
    /// Something that this program makes.
    Ours,
    /// Other things alone.
    Others,
}

fn holds(home: &Home, folder: &str) -> Holding {
    let inside = home.disk.list_all(&home.folder.join(folder)).unwrap_or_default();
    if inside.iter().any(|name| names::is_ours(folder, &name.to_string_lossy())) {
        Holding::Ours
    } else if inside.iter().all(|name| name.to_str().is_some_and(names::is_anybodys)) {
        Holding::Nothing
    } else {
        Holding::Others
    }
}

fn is_foreign(home: &Home, name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return true };
    if names::FOLDERS.iter().any(|(folder, _)| *folder == name) {
        return holds(home, name) == Holding::Others;
    }
    names::data_file(name).is_none() && !names::is_anybodys(name)
}
