//! The file system of this computer.
//!
//! Owns the modes of what is created and the refusal to follow symbolic links. Must not
//! know what is in a file.

use super::{Disk, DiskFile, FileKind, FileMetadata, Guard, OpenMode};
use rustix::fs::{AtFlags, FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, Instant, UNIX_EPOCH};

/// The wait between two tries for a lock. A holder keeps it for one write and one sync, so
/// there is little to gain by trying more often.
const BETWEEN_TRIES: Duration = Duration::from_millis(1);

/// The file system of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

#[derive(Debug)]
struct RealFile(File);

#[derive(Debug)]
struct RealGuard {
    // Closing the file releases the lock.
    _file: File,
}

impl Guard for RealGuard {}

fn metadata_of(metadata: &Metadata) -> FileMetadata {
    let kind = if metadata.is_file() {
        FileKind::File
    } else if metadata.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Other
    };
    let born = metadata.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    FileMetadata {
        kind,
        length: metadata.len(),
        mode: metadata.mode() & 0o7777,
        mine: metadata.uid() == rustix::process::geteuid().as_raw(),
        identity: (metadata.dev(), metadata.ino()),
        born: born.and_then(|since| u64::try_from(since.as_nanos()).ok()),
    }
}

/// Opens without following a link and without waiting for a FIFO.
fn open_with(path: &Path, flags: OFlags) -> io::Result<File> {
    let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?);
    if flags.contains(OFlags::EXCL) {
        // The umask can only take away, so there is no moment in which others may read; but
        // it may have taken something from the owner.
        if file.metadata()?.mode() & 0o600 != 0o600 {
            rustix::fs::fchmod(&file, Mode::RUSR | Mode::WUSR)?;
        }
    }
    Ok(file)
}

fn open_lock(path: &Path) -> io::Result<File> {
    loop {
        match open_with(path, OFlags::RDWR) {
            Ok(file) => return Ok(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // A lock needs no right to write, and a disk that can only be read has readers.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied
                ) =>
            {
                return open_with(path, OFlags::RDONLY);
            }
            Err(error) => return Err(error),
        }
        match open_with(path, OFlags::RDWR | OFlags::CREATE | OFlags::EXCL) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            answer => return answer,
        }
    }
}

impl Disk for RealDisk {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        rustix::fs::mkdir(folder, Mode::RWXU)?;
        // A umask such as 0777 would leave a folder that its owner cannot enter.
        if std::fs::symlink_metadata(folder)?.mode() & 0o700 != 0o700 {
            rustix::fs::chmodat(rustix::fs::CWD, folder, Mode::RWXU, AtFlags::empty())?;
        }
        Ok(())
    }

    fn open(&self, path: &Path, mode: OpenMode) -> io::Result<Box<dyn DiskFile>> {
        let flags = match mode {
            OpenMode::Read => OFlags::RDONLY,
            OpenMode::Append => OFlags::RDWR | OFlags::APPEND,
            OpenMode::Create => OFlags::RDWR | OFlags::APPEND | OFlags::CREATE | OFlags::EXCL,
        };
        Ok(Box::new(RealFile(open_with(path, flags)?)))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        Ok(metadata_of(&std::fs::symlink_metadata(path)?))
    }

    fn target_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        Ok(metadata_of(&std::fs::metadata(path)?))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let names = self.list_all(folder)?;
        Ok(names.into_iter().filter_map(|name| name.into_string().ok()).collect())
    }

    fn list_all(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Guard>> {
        let file = open_lock(path)?;
        let start = Instant::now();
        loop {
            match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Box::new(RealGuard { _file: file })),
                Err(Errno::WOULDBLOCK) if start.elapsed() < patience => std::thread::sleep(BETWEEN_TRIES),
                Err(Errno::INTR) => {}
                Err(Errno::NOLCK | Errno::NOSYS | Errno::OPNOTSUPP | Errno::INVAL) => {
                    return Err(io::ErrorKind::Unsupported.into());
                }
                Err(errno) => return Err(errno.into()),
            }
        }
    }
}

impl DiskFile for RealFile {
    fn metadata(&self) -> io::Result<FileMetadata> {
        Ok(metadata_of(&self.0.metadata()?))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.0.read_at(buffer, offset)
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(&self.0, bytes)?)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn forget(&self) {
        #[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
        {
            // Only a wish, so there is nothing to do about a refusal.
            let _ = rustix::fs::fadvise(&self.0, 0, None, rustix::fs::Advice::DontNeed);
        }
    }
}

/// The permission bits as they are shown to people.
pub(crate) fn octal(mode: u32) -> String {
    format!("{:04o}", std::fs::Permissions::from_mode(mode).mode() & 0o7777)
}
