//! The interface between the journal and the file system.
//!
//! Owns the calls that the journal may make, so that tests can replace the disk by one that
//! fails or forgets. Must not know what is in a file.

pub mod real;
pub(crate) mod retrying;

use std::ffi::OsString;
use std::fmt::Debug;
use std::io;
use std::path::Path;
use std::time::Duration;

/// The mode in which a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// To read. The file must exist.
    Read,
    /// To read and to write at its end. The file must exist.
    Append,
    /// A new file to write at its end, readable by its owner alone from the beginning. It must
    /// not exist.
    Create,
}

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, a FIFO, a device, a socket.
    Other,
}

/// The metadata of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileMetadata {
    /// The kind of the file.
    pub kind: FileKind,
    /// Its length in bytes.
    pub length: u64,
    /// Its permission bits, such as `0o600`.
    pub mode: u32,
    /// Whether the person who runs the program owns it.
    pub mine: bool,
    /// Device and inode: no other file of this computer has both.
    pub identity: (u64, u64),
    /// When it was created, in nanoseconds since 1970, where the file system knows: a copy
    /// of a file is younger than the file, whatever else was copied with it.
    pub born: Option<u64>,
}

/// A lock that is held until it is dropped.
pub trait Guard: Debug + Send {}

/// A file system. Calls may fail with any error; after [`io::ErrorKind::Interrupted`] they are
/// made again.
pub trait Disk: Debug + Send + Sync {
    /// Creates a folder that only its owner may enter, whatever the umask.
    ///
    /// # Errors
    /// Those of the system; [`io::ErrorKind::AlreadyExists`] among them.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Opens a file; never follows a symbolic link in the last part of the path, and never
    /// waits for the other end of a FIFO.
    ///
    /// # Errors
    /// Those of the system.
    fn open(&self, path: &Path, mode: OpenMode) -> io::Result<Box<dyn DiskFile>>;

    /// The metadata of a path; of the link itself where it is a symbolic link.
    ///
    /// # Errors
    /// Those of the system.
    fn metadata(&self, path: &Path) -> io::Result<FileMetadata>;

    /// The metadata of a path after following symbolic links.
    ///
    /// # Errors
    /// Those of the system.
    fn target_metadata(&self, path: &Path) -> io::Result<FileMetadata>;

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

    /// Renames a file within its file system, replacing what had the new name.
    ///
    /// # Errors
    /// Those of the system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// Those of the system.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Syncs the names in a folder to the disk.
    ///
    /// # Errors
    /// Those of the system.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Takes an exclusive lock on a file, which is created where it is missing.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when somebody else held it for all of `patience`;
    /// [`io::ErrorKind::Unsupported`] when this disk has no locks; others of the system.
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Guard>>;
}

/// An open file.
pub trait DiskFile: Debug + Send {
    /// Its current metadata.
    ///
    /// # Errors
    /// Those of the system.
    fn metadata(&self) -> io::Result<FileMetadata>;

    /// Reads from an offset in bytes; 0 at the end of the file.
    ///
    /// # Errors
    /// Those of the system.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// Makes one write at the end of the file. Returns the number of bytes written.
    ///
    /// # Errors
    /// Those of the system.
    fn append(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Syncs the file's bytes and length to the disk.
    ///
    /// # Errors
    /// Those of the system. After an error it is not known what is on the disk.
    fn sync(&self) -> io::Result<()>;

    /// Truncates the file to this length.
    ///
    /// # Errors
    /// Those of the system.
    fn truncate(&self, length: u64) -> io::Result<()>;

    /// Asks the system to drop its cached pages, so that the next reads come from the disk.
    /// Only a hint: a system without it does nothing.
    fn forget(&self);
}
