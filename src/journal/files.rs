//! The few things that are done to files in more than one place.
//!
//! Owns the refusal of what is not a plain file, writing everything that is to be written,
//! and replacing a file as a whole. Must not know what is in a file.

use crate::journal::JournalError;
use crate::journal::disk::{Disk, DiskFile, FileKind, FileMetadata, OpenMode};
use rustix::io::Errno;
use std::io;
use std::path::Path;

/// Opens a file and makes sure that it is a plain one.
///
/// # Errors
/// [`JournalError::NotPlain`] for a symbolic link, a FIFO or a folder; those of the system.
pub(crate) fn open(disk: &dyn Disk, path: &Path, mode: OpenMode) -> Result<Box<dyn DiskFile>, JournalError> {
    let not_plain = || JournalError::NotPlain { path: path.to_owned() };
    let file = match disk.open(path, mode) {
        Ok(file) => file,
        Err(error) => {
            // How a link, a folder and a FIFO or socket without its other end answer.
            let odd = [Errno::LOOP, Errno::ISDIR, Errno::NXIO].map(|errno| Some(errno.raw_os_error()));
            return Err(if odd.contains(&error.raw_os_error()) {
                not_plain()
            } else {
                JournalError::io(path, error)
            });
        }
    };
    let metadata = file.metadata().map_err(|error| JournalError::io(path, error))?;
    if metadata.kind == FileKind::File { Ok(file) } else { Err(not_plain()) }
}

/// Opens a file to write at its end; makes it where it is missing.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_to_append(disk: &dyn Disk, path: &Path) -> Result<Box<dyn DiskFile>, JournalError> {
    match open(disk, path, OpenMode::Append) {
        Err(error) if is_missing(&error) => {}
        answer => return answer,
    }
    match open(disk, path, OpenMode::Create) {
        // Another window was quicker.
        Err(JournalError::Io { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => {
            open(disk, path, OpenMode::Append)
        }
        answer => answer,
    }
}

/// Returns whether the complaint is that nothing is there.
pub(crate) fn is_missing(error: &JournalError) -> bool {
    matches!(error, JournalError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
}

/// Makes a folder, and those it is in, where they are missing, and waits until they are on
/// the disk.
///
/// # Errors
/// Those of the system.
pub(crate) fn make_folder(disk: &dyn Disk, folder: &Path) -> Result<(), JournalError> {
    let missing = match disk.target_metadata(folder) {
        Ok(metadata) if metadata.kind == FileKind::Folder => return Ok(()),
        Ok(_) => return Err(JournalError::NotPlain { path: folder.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => folder,
        Err(error) => return Err(JournalError::io(folder, error)),
    };
    let parent = missing.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        make_folder(disk, parent)?;
    }
    match disk.make_folder(missing) {
        // Another window was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(JournalError::io(missing, error)),
        Ok(()) => {}
    }
    parent.map_or(Ok(()), |parent| sync_folder(disk, parent))
}

/// Waits until the names in a folder are on the disk.
///
/// # Errors
/// Those of the system, except that it has no such thing for folders, or not for this one.
pub(crate) fn sync_folder(disk: &dyn Disk, folder: &Path) -> Result<(), JournalError> {
    match disk.sync_folder(folder) {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::InvalidInput
                    | io::ErrorKind::Unsupported
                    | io::ErrorKind::PermissionDenied
                    | io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            Err(JournalError::io(folder, error))
        }
        _ => Ok(()),
    }
}

/// Writes all bytes at the end of a file: one write, unless the system takes fewer.
///
/// # Errors
/// Those of the system. Some of the bytes may have been written.
pub(crate) fn append_all(file: &dyn DiskFile, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let taken = file.append(rest)?;
        if taken == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    Ok(())
}

/// The first bytes of a file, at most `most` of them.
///
/// # Errors
/// Those of the system.
pub(crate) fn read_start(file: &dyn DiskFile, most: usize) -> io::Result<Vec<u8>> {
    read_range(file, 0, most)
}

/// The bytes that there is room for before it is known how large a file is.
const ROOM: usize = 16 * 1024;

/// The bytes of a file from an offset, at most `length` of them.
///
/// # Errors
/// Those of the system.
pub(crate) fn read_range(file: &dyn DiskFile, from: u64, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; most.min(ROOM)];
    let mut held = 0;
    loop {
        if held == bytes.len() {
            // Most files are far smaller than they may be.
            bytes.resize(most.min(held * 2), 0);
        }
        let Some(room) = bytes.get_mut(held..).filter(|room| !room.is_empty()) else { break };
        let count = file.read_at(room, from + held as u64)?;
        if count == 0 {
            break;
        }
        held += count;
    }
    bytes.truncate(held);
    Ok(bytes)
}

/// Replaces a file by another, or creates it, so that there is always
/// the old one or the new one. `content` gets the metadata of the new file.
///
/// # Errors
/// Those of the system; what was there is as it was.
pub(crate) fn replace(
    disk: &dyn Disk,
    path: &Path,
    content: impl FnOnce(&FileMetadata) -> Vec<u8>,
) -> Result<(), JournalError> {
    put_in_place(disk, path, |file| {
        let wrong = |error| JournalError::io(path, error);
        let metadata = file.metadata().map_err(wrong)?;
        append_all(file, &content(&metadata)).map_err(wrong)?;
        file.sync().map_err(wrong)
    })?;
    path.parent().map_or(Ok(()), |parent| sync_folder(disk, parent))
}

/// As [`replace`], for what may be lost.
///
/// # Errors
/// As [`replace`].
pub(crate) fn replace_unsynced(disk: &dyn Disk, path: &Path, content: &[u8]) -> Result<(), JournalError> {
    put_in_place(disk, path, |file| append_all(file, content).map_err(|error| JournalError::io(path, error)))
}

/// Fills a new file and gives it its name.
///
/// # Errors
/// Those of the system and of `fill`; what was there is as it was.
pub(crate) fn put_in_place(
    disk: &dyn Disk,
    path: &Path,
    fill: impl FnOnce(&dyn DiskFile) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = Path::new(&new);
    let half = create_afresh(disk, new)?;
    let filled = fill(&*half);
    drop(half);
    let placed = filled.and_then(|()| disk.rename(new, path).map_err(|error| JournalError::io(path, error)));
    if placed.is_err() {
        // Half a file helps nobody; where it cannot be removed either, the next try does.
        let _ = disk.remove(new);
    }
    placed
}

/// A new file where an earlier try may have left one.
///
/// # Errors
/// Those of the system.
pub(crate) fn create_afresh(disk: &dyn Disk, path: &Path) -> Result<Box<dyn DiskFile>, JournalError> {
    remove(disk, path)?;
    open(disk, path, OpenMode::Create)
}

/// The names in a folder; none when there is no such folder.
///
/// # Errors
/// Those of the system.
pub(crate) fn list(disk: &dyn Disk, folder: &Path) -> Result<Vec<String>, JournalError> {
    match disk.list(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(JournalError::io(folder, error)),
        names => Ok(names.unwrap_or_default()),
    }
}

/// Removes a file, if it is there.
///
/// # Errors
/// Those of the system.
pub(crate) fn remove(disk: &dyn Disk, path: &Path) -> Result<(), JournalError> {
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(JournalError::io(path, error)),
        _ => Ok(()),
    }
}
