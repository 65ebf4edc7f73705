//! The id of this device.
//!
//! Owns the device's id, and the rule that a copied home folder gets a new one: the id is
//! kept in `device/`, one file for each computer, named by a hash of the computer's own id,
//! and it holds the moment at which that very file was created. On another computer there
//! is no file of that name; in a copy on the same computer the file is younger than it
//! says. Either way a new id is made up, which costs nothing but one more log. Must not
//! know of records.

use crate::journal::JournalError;
use crate::journal::disk::{Disk, FileMetadata, OpenMode};
use crate::journal::files;
use crate::journal::id::{DeviceId, WriterId};
use serde::{Deserialize, Serialize};
use std::collections::hash_map::{DefaultHasher, RandomState};
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
use std::path::Path;

/// The most that is read of a file that holds an id, in bytes.
const MOST: usize = 4096;

#[derive(Serialize, Deserialize)]
struct StoredId {
    device: String,
    /// [`FileMetadata::born`] of the file itself.
    born: Option<u64>,
}

/// The id of this device in this folder, created when there is none. To be
/// called with the journal's lock held.
///
/// # Errors
/// When a new id cannot be written.
pub(crate) fn identify(disk: &dyn Disk, folder: &Path, machine: u64) -> Result<DeviceId, JournalError> {
    let path = folder.join(format!("{machine:016x}.json"));
    if let Some(device) = stored_id(disk, &path) {
        return Ok(device);
    }
    store_new(disk, folder, machine)
}

/// The id of this device after `spent`, under which nothing may be written any more: the one
/// that another window has made up meanwhile, or a new one. To be called with the journal's
/// lock held.
///
/// # Errors
/// When a new id cannot be written.
pub(crate) fn replace(
    disk: &dyn Disk,
    folder: &Path,
    machine: u64,
    spent: DeviceId,
) -> Result<DeviceId, JournalError> {
    let path = folder.join(format!("{machine:016x}.json"));
    match stored_id(disk, &path) {
        Some(device) if device != spent => Ok(device),
        _ => store_new(disk, folder, machine),
    }
}

fn store_new(disk: &dyn Disk, folder: &Path, machine: u64) -> Result<DeviceId, JournalError> {
    let path = folder.join(format!("{machine:016x}.json"));
    let device = new_id();
    files::make_folder(disk, folder)?;
    files::replace(disk, &path, |metadata: &FileMetadata| {
        let stored = StoredId { device: device.to_string(), born: metadata.born };
        serde_json::to_vec(&stored).unwrap_or_default()
    })?;
    Ok(device)
}

/// The id that is stored in a file, unless the file is a copy.
fn stored_id(disk: &dyn Disk, path: &Path) -> Option<DeviceId> {
    let file = files::open(disk, path, OpenMode::Read).ok()?;
    let born = file.metadata().ok()?.born;
    let bytes = files::read_start(&*file, MOST).ok()?;
    let stored: StoredId = serde_json::from_slice(&bytes).ok()?;
    (stored.born == born).then(|| DeviceId::parse(&stored.device)).flatten()
}

/// An id that no other device has. The seeds of hash maps come from the system's source of
/// randomness.
pub(crate) fn new_id() -> DeviceId {
    let mut hasher = RandomState::new().build_hasher();
    std::process::id().hash(&mut hasher);
    std::time::SystemTime::now().hash(&mut hasher);
    DeviceId(hasher.finish())
}

/// A number that no other session has, as far as chance goes.
pub(crate) fn new_writer() -> WriterId {
    let DeviceId(number) = new_id();
    WriterId(u32::try_from(number >> 32).unwrap_or_default())
}

/// A hash of what tells this computer from others. The id itself is meant to stay on the
/// computer, so it is not written anywhere.
pub(crate) fn machine() -> u64 {
    let mut hasher = DefaultHasher::new();
    "sidelight".hash(&mut hasher);
    let stored = ["/etc/machine-id", "/var/lib/dbus/machine-id"].into_iter();
    let stored = stored.filter_map(|path| std::fs::read_to_string(path).ok());
    // Not every system has an id for the computer, but each has a name.
    let name = std::iter::once_with(|| rustix::system::uname().nodename().to_string_lossy().into_owned());
    if let Some(id) = stored.chain(name).find(|id| !id.trim().is_empty()) {
        id.trim().hash(&mut hasher);
    }
    hasher.finish()
}
