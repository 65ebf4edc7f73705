//! A disk that asks again when a signal came in between.
//!
//! Owns the answer to [`io::ErrorKind::Interrupted`], in one place for every call. Must not
//! hide any other error.

use super::{Disk, DiskFile, Guard, How, Look};
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How often a call is repeated before its interruption is passed on as an error: signals
/// come now and then, a system that answers nothing else is broken.
const TRIES: usize = 100;

/// Repeats what was interrupted.
fn again<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..TRIES {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            answer => return answer,
        }
    }
    call()
}

/// A disk that asks again when a signal came in between.
#[derive(Debug, Clone)]
pub(crate) struct Steady(pub(crate) Arc<dyn Disk>);

#[derive(Debug)]
struct SteadyFile(Box<dyn DiskFile>);

impl Disk for Steady {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        again(|| self.0.make_folder(folder))
    }

    fn open(&self, path: &Path, how: How) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(SteadyFile(again(|| self.0.open(path, how))?)))
    }

    fn look(&self, path: &Path) -> io::Result<Look> {
        again(|| self.0.look(path))
    }

    fn look_through(&self, path: &Path) -> io::Result<Look> {
        again(|| self.0.look_through(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        again(|| self.0.list(folder))
    }

    fn list_all(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        again(|| self.0.list_all(folder))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        again(|| self.0.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        again(|| self.0.remove(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        again(|| self.0.sync_folder(folder))
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Guard>> {
        again(|| self.0.lock(path, patience))
    }
}

impl DiskFile for SteadyFile {
    fn look(&self) -> io::Result<Look> {
        again(|| self.0.look())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        again(|| self.0.read_at(buffer, offset))
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        again(|| self.0.append(bytes))
    }

    fn sync(&self) -> io::Result<()> {
        again(|| self.0.sync())
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        again(|| self.0.truncate(length))
    }

    fn forget(&self) {
        self.0.forget();
    }
}
