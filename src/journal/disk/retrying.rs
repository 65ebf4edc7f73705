//! A disk that repeats calls that a signal has interrupted.
//!
//! Owns the handling of [`io::ErrorKind::Interrupted`], in one place for every call. Must not
//! hide any other error.

use super::{Disk, DiskFile, FileMetadata, Guard, OpenMode};
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The number of calls before an interruption is returned as an error: signals come now and
/// then, and a system that answers nothing else is broken.
const TRIES: usize = 100;

/// Repeats a call while it is interrupted, at most [`TRIES`] times.
fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..TRIES {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            answer => return answer,
        }
    }
    call()
}

/// A disk that repeats calls that a signal has interrupted.
#[derive(Debug, Clone)]
pub(crate) struct Retrying(pub(crate) Arc<dyn Disk>);

#[derive(Debug)]
struct RetryingFile(Box<dyn DiskFile>);

impl Disk for Retrying {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        retry(|| self.0.make_folder(folder))
    }

    fn open(&self, path: &Path, mode: OpenMode) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(RetryingFile(retry(|| self.0.open(path, mode))?)))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        retry(|| self.0.metadata(path))
    }

    fn target_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        retry(|| self.0.target_metadata(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        retry(|| self.0.list(folder))
    }

    fn list_all(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        retry(|| self.0.list_all(folder))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        retry(|| self.0.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        retry(|| self.0.remove(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        retry(|| self.0.sync_folder(folder))
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Guard>> {
        retry(|| self.0.lock(path, patience))
    }
}

impl DiskFile for RetryingFile {
    fn metadata(&self) -> io::Result<FileMetadata> {
        retry(|| self.0.metadata())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        retry(|| self.0.read_at(buffer, offset))
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        retry(|| self.0.append(bytes))
    }

    fn sync(&self) -> io::Result<()> {
        retry(|| self.0.sync())
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        retry(|| self.0.truncate(length))
    }

    fn forget(&self) {
        self.0.forget();
    }
}
