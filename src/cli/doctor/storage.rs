//! What `doctor` says of the configuration file, the data folder and the logs.
//!
//! Owns that no path and no name of a log is in it. Must not create the folder, nor set damage
//! aside: it only looks.

use crate::cli::arguments::Shared;
use crate::cli::config::Config;
use crate::cli::doctor::check::Check;
use crate::cli::places;
use crate::cli::words::counted;
use crate::journal::{Journal, JournalError, LogState};
use rustix::fs::{Access, access, statvfs};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

/// The permission bits of everyone but the owner.
const OTHERS: u32 = 0o077;
/// Less room than this on the disk is too little, in bytes.
const ROOM: u64 = 10 << 20;

/// The configuration file. What is wrong in it is counted and not repeated.
pub(super) fn settings(config: &Config, shared: &Shared) -> Check {
    const ABOUT: &str = "configuration";
    let which = if shared.config.is_some() { "a file named by you" } else { "the usual file" };
    match config.fault_count() {
        0 if config.is_there() => Check::good(ABOUT, which),
        0 => Check::good(ABOUT, "no file, so the defaults apply"),
        count => {
            let found = format!("{} in {which}", counted(count, "fault"));
            Check::wrong(ABOUT, found, "`sidelight config` says where and what to do")
        }
    }
}

/// The data folder and the logs in it.
pub(super) fn checks(shared: &Shared) -> Vec<Check> {
    const ABOUT: &str = "data folder";
    if shared.no_save {
        return vec![Check::good(ABOUT, "none, as --no-save asks")];
    }
    let Ok(folder) = places::data_folder(shared) else {
        let remedy = "set HOME, or name a folder with --data-dir";
        return vec![Check::wrong(ABOUT, "none: there is no home folder, so nothing is saved", remedy)];
    };
    let which = if shared.data_dir.is_some() { "one named by you" } else { "the usual one" };
    match std::fs::metadata(&folder) {
        Ok(found) if found.is_dir() => {
            let mut checks = vec![data_folder(ABOUT, which, &folder, &found)];
            checks.extend(room(&folder));
            checks.push(logs(&folder));
            checks
        }
        Ok(_) => {
            let remedy = "move away what is there, or name another folder with --data-dir";
            vec![Check::wrong(ABOUT, format!("{which}, but it is not a folder"), remedy)]
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            vec![Check::good(ABOUT, format!("{which}; not there yet, the first start creates it"))]
        }
        Err(error) => {
            let remedy = "give yourself access to it, or name another folder with --data-dir";
            vec![Check::wrong(ABOUT, format!("{which}, but it cannot be opened ({})", error.kind()), remedy)]
        }
    }
}

fn data_folder(about: &'static str, which: &str, folder: &Path, found: &std::fs::Metadata) -> Check {
    let folder_named = "the folder that `sidelight where` names";
    if access(folder, Access::WRITE_OK | Access::EXEC_OK).is_err() {
        let remedy = format!("give yourself the right to write to {folder_named}");
        return Check::wrong(about, format!("{which}, but it cannot be written to"), remedy);
    }
    if found.uid() != rustix::process::geteuid().as_raw() {
        let remedy = "name a folder of your own with --data-dir";
        return Check::wrong(about, format!("{which}, but it belongs to another user"), remedy);
    }
    let mode = found.permissions().mode();
    if mode & OTHERS != 0 {
        let found = format!("{which}, but other users can open it (mode {:04o})", mode & 0o7777);
        return Check::wrong(about, found, format!("chmod 700 {folder_named}"));
    }
    Check::good(about, format!("{which}, open to you alone"))
}

fn room(folder: &Path) -> Option<Check> {
    let disk = statvfs(folder).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let found = format!("{} MiB free", free >> 20);
    Some(if free < ROOM {
        Check::wrong("disk", found, "make room: marks that do not fit are not saved")
    } else {
        Check::good("disk", found)
    })
}

fn logs(folder: &Path) -> Check {
    const ABOUT: &str = "logs";
    let verify = "`sidelight journal verify` names them";
    match Journal::peek_at_logs(folder) {
        Ok(logs) if logs.is_empty() => Check::good(ABOUT, "none yet"),
        Ok(logs) => {
            let sum = |count: fn(&LogState) -> usize| logs.iter().map(count).sum::<usize>();
            let refused = logs.iter().filter(|log| log.refused.is_some()).count();
            let found = format!(
                "{} with {} in {} KiB",
                counted(logs.len(), "log"),
                counted(sum(|log| log.records), "record"),
                logs.iter().map(|log| log.bytes).sum::<u64>().div_ceil(1024),
            );
            if refused > 0 {
                return Check::wrong(ABOUT, format!("{found}; {refused} cannot be read"), verify);
            }
            match (sum(|log| log.damaged), sum(|log| log.newer)) {
                (0, 0) => Check::good(ABOUT, found),
                (0, newer) => Check::note(
                    ABOUT,
                    format!("{found}; {newer} of a newer version of sidelight"),
                    "install the newer version here too",
                ),
                (damaged, _) => Check::wrong(
                    ABOUT,
                    format!("{found}; {}", counted(damaged, "damaged line")),
                    "`sidelight journal repair` sets them aside, after a backup",
                ),
            }
        }
        // The folder is there and has no logs yet.
        Err(JournalError::Gone { .. }) => Check::good(ABOUT, "none yet"),
        Err(JournalError::Foreign { .. }) => Check::wrong(
            ABOUT,
            "the folder holds other files and no journal, so nothing is saved",
            "name an empty folder with --data-dir",
        ),
        Err(_) => Check::wrong(ABOUT, "they cannot be listed", verify),
    }
}
