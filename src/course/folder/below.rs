//! Opening files below a folder without looking at each part of their paths first: the system
//! sees to it that no link leads out.
//!
//! Owns what the system is asked for. Must not say why something cannot be opened: the other
//! way, which looks at the path, is taken then and knows the words.

use std::fs::File;
use std::path::Path;

/// Opens a plain file; nothing when it cannot be opened in this way, for whatever reason. The
/// folder itself is not held: another may be put in its place, or the disk be taken out.
#[cfg(target_os = "linux")]
pub(super) fn open(folder: &Path, name: &str) -> Option<File> {
    use rustix::fs::{AtFlags, FileType, Mode, OFlags, ResolveFlags};
    let itself = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = rustix::fs::open(folder, itself, Mode::empty()).ok()?;
    // Opening a device or a pipe can have effects of its own, so look before.
    let status = rustix::fs::statat(&folder, name, AtFlags::empty()).ok()?;
    if FileType::from_raw_mode(status.st_mode) != FileType::RegularFile {
        return None;
    }
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let inside = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let file = rustix::fs::openat2(&folder, name, flags, Mode::empty(), inside).ok()?;
    Some(File::from(file))
}

/// Other systems cannot see to it.
#[cfg(not(target_os = "linux"))]
pub(super) fn open(_: &Path, _: &str) -> Option<File> {
    None
}
