//! The narrow way to the bytes of a folder's files.
//!
//! Owns how a file is opened and read, so that a slow disk, or one that never answers, can
//! stand in for the system's. Must not decide what a file's bytes mean.

use super::below;
use super::within::{name_parts, refuse_unless_file, within};
use crate::course::refusal::{Refusal, unreadable};
use rustix::buffer::spare_capacity;
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Where the files of a folder are.
pub trait CourseDisk: Debug + Send + Sync {
    /// Opens a plain file that is in the folder `root` also when all links are followed.
    ///
    /// # Errors
    /// When it is not there, leads out of the folder, or is no plain file.
    fn open(&self, root: &Path, name: &str) -> Result<Box<dyn PlainFile>, Refusal>;

    /// The length of a file in bytes. It is not opened.
    ///
    /// # Errors
    /// When it is not there, or leads out of the folder.
    fn length(&self, root: &Path, name: &str) -> Result<u64, Refusal>;
}

/// A plain file that has been opened.
pub trait PlainFile: Debug + Send + Sync {
    /// The bytes that it had when it was opened; 0 also when it does not say.
    fn length(&self) -> u64;

    /// Reads `length` bytes from `start` on; fewer at the end of the file.
    ///
    /// # Errors
    /// When they cannot be read.
    fn read_at(&self, start: u64, length: usize) -> io::Result<Vec<u8>>;
}

/// The system's files.
#[derive(Debug)]
pub struct SystemDisk;

#[derive(Debug)]
struct SystemFile {
    file: File,
    length: u64,
}

impl CourseDisk for SystemDisk {
    fn open(&self, root: &Path, name: &str) -> Result<Box<dyn PlainFile>, Refusal> {
        let parts = name_parts(name)?;
        let file = match below::open(root, name) {
            Some(file) => file,
            None => open_plain(&within(root, &parts, name)?, name)?,
        };
        // Somebody may have put something else there since it was looked at.
        let metadata = file.metadata().map_err(|error| unreadable(name, &error))?;
        refuse_unless_file(&metadata, name)?;
        Ok(Box::new(SystemFile { file, length: metadata.len() }))
    }

    fn length(&self, root: &Path, name: &str) -> Result<u64, Refusal> {
        let path = within(root, &name_parts(name)?, name)?;
        fs::metadata(path).map(|metadata| metadata.len()).map_err(|error| unreadable(name, &error))
    }
}

impl PlainFile for SystemFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(length);
        while bytes.len() < length {
            let at = start + bytes.len() as u64;
            match rustix::io::pread(&self.file, spare_capacity(&mut bytes), at) {
                Ok(0) => break,
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        bytes.truncate(length);
        Ok(bytes)
    }
}

fn open_plain(path: &Path, name: &str) -> Result<File, Refusal> {
    // Opening a device or a pipe can have effects of its own, so look before.
    let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
    refuse_unless_file(&metadata, name)?;
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = rustix::fs::open(path, flags, Mode::empty());
    file.map(File::from).map_err(|error| unreadable(name, &error.into()))
}
