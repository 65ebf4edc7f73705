//! The narrow waist between the journal and the file system.
//!
//! Owns what the journal may ask of a disk, so that tests can put a faulty or a forgetful
//! disk in its place. Must not know what is in a file.

pub mod real;
pub(crate) mod steady;

use std::ffi::OsString;
use std::fmt::Debug;
use std::io;
use std::path::Path;
use std::time::Duration;

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// To read. The file must exist.
    Read,
    /// To read and to write at its end. The file must exist.
    Append,
    /// A new file to write at its end, for its owner's eyes only from the beginning. It must
    /// not exist.
    Create,
}

/// What a name in the file system stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, a FIFO, a device, a socket.
    Other,
}

/// What can be seen of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// What it is.
    pub kind: Kind,
    /// Its length in bytes.
    pub length: u64,
    /// Its permission bits, such as `0o600`.
    pub mode: u32,
    /// Whether the person who runs the program owns it.
    pub mine: bool,
    /// What tells it from every other file on every disk of this computer.
    pub identity: (u64, u64),
    /// When it was created, in nanoseconds since 1970, where the file system knows: a copy
    /// of a file is younger than the file, whatever else was copied with it.
    pub born: Option<u64>,
}

/// A lock that is held until it is dropped.
pub trait Guard: Debug + Send {}

/// What the journal asks of a file system. Calls may fail with any error, and
/// [`io::ErrorKind::Interrupted`] is answered by asking again.
pub trait Disk: Debug + Send + Sync {
    /// Makes a folder that only its owner may enter, whatever the umask.
    ///
    /// # Errors
    /// Those of the system; [`io::ErrorKind::AlreadyExists`] among them.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Opens a file; never follows a symbolic link in the last part of the path, and never
    /// waits for the other end of a FIFO.
    ///
    /// # Errors
    /// Those of the system.
    fn open(&self, path: &Path, how: How) -> io::Result<Box<dyn DiskFile>>;

    /// What stands under this name itself, a symbolic link being what it is.
    ///
    /// # Errors
    /// Those of the system.
    fn look(&self, path: &Path) -> io::Result<Look>;

    /// What stands under this name after following symbolic links.
    ///
    /// # Errors
    /// Those of the system.
    fn look_through(&self, path: &Path) -> io::Result<Look>;

    /// The names in a folder, in no order. Names that are not Unicode are left out.
    ///
    /// # Errors
    /// Those of the system.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// All names in a folder, in no order, those that are not Unicode too.
    ///
    /// # Errors
    /// Those of the system.
    fn list_all(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        Ok(self.list(folder)?.into_iter().map(OsString::from).collect())
    }

    /// Gives a file another name in the same file system, in place of what had that name.
    ///
    /// # Errors
    /// Those of the system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// Those of the system.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are on the disk.
    ///
    /// # Errors
    /// Those of the system.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Takes the lock that this file stands for, for this holder alone, making the file where
    /// it is missing.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when somebody else held it for all of `patience`;
    /// [`io::ErrorKind::Unsupported`] when this disk has no locks; others of the system.
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Guard>>;
}

/// An open file.
pub trait DiskFile: Debug + Send {
    /// What can be seen of it now.
    ///
    /// # Errors
    /// Those of the system.
    fn look(&self) -> io::Result<Look>;

    /// Reads from an offset in bytes; 0 at the end of the file.
    ///
    /// # Errors
    /// Those of the system.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// One write at the end of the file; says how many bytes were taken.
    ///
    /// # Errors
    /// Those of the system.
    fn append(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Waits until the file's bytes and length are on the disk.
    ///
    /// # Errors
    /// Those of the system. After one, nothing is known of what was written before.
    fn sync(&self) -> io::Result<()>;

    /// Cuts the file off at this length.
    ///
    /// # Errors
    /// Those of the system.
    fn truncate(&self, length: u64) -> io::Result<()>;

    /// Asks that the next reads come from the disk and not from what the system remembers.
    /// Only a wish: a system that can not does nothing.
    fn forget(&self);
}
