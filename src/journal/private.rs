//! Whether others can look into the journal's folder.
//!
//! Owns what is said about it. Must not change what the reader's own system decided.

use crate::journal::disk::Disk as _;
use crate::journal::disk::real::octal;
use crate::journal::home::Home;

/// The permission bits of everyone but the owner.
const OTHERS: u32 = 0o077;

/// Points out a folder that others can look into, or that belongs to somebody else.
pub(crate) fn check(home: &mut Home) {
    for folder in [home.folder.clone(), home.log_folder()] {
        let Ok(metadata) = home.disk.target_metadata(&folder) else { continue };
        if !metadata.mine {
            home.notify(format!(
                "{} belongs to another person, who can read what you record. \
                 Name a folder of your own with --data-dir.",
                folder.display()
            ));
        } else if metadata.mode & OTHERS != 0 {
            home.notify(format!(
                "{} can be opened by other people on this computer (its mode is {}). \
                 To close it: chmod 700 {}",
                folder.display(),
                octal(metadata.mode),
                folder.display()
            ));
        }
    }
}
