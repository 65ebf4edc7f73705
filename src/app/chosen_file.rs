//! Files of the reader's choice: what is exported or imported.
//!
//! Owns that a new one can be read by its owner alone from the moment that it is made, and how much
//! of one is read. Must not know what is in it.

use rustix::fs::{Mode, OFlags};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Writes a new file, for its owner alone. One that could not be written whole is removed again.
///
/// # Errors
/// Those of the system; [`io::ErrorKind::AlreadyExists`] where there is something of that name.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?);
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        std::fs::remove_file(path).ok();
    }
    sync_name(path);
    written
}

/// Waits until the name of a file is on the disk, where the system can say so of a folder.
pub fn sync_name(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).ok();
}

/// Reads a whole file of at most this many bytes. A FIFO or a device is refused.
///
/// # Errors
/// Those of the system, and that it is longer or no plain file.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a plain file"));
    }
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other("larger than any export"));
    }
    Ok(bytes)
}
