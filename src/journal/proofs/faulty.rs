//! A disk that answers one call, or every call from one on, with an error.
//!
//! Owns the counting of calls. Must not change what the other calls do.

use super::simulated::{Simulated, Sync};
use crate::journal::disk::{Disk, DiskFile, FileMetadata, Guard, OpenMode};
use rustix::io::Errno;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Which calls fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Only this one, counted from 0.
    Once(usize, Errno),
    /// This one and all after it.
    From(usize, Errno),
    /// Every call that would change something.
    Changes(Errno),
}

#[derive(Debug, Default)]
struct Plan {
    calls: usize,
    fault: Option<Fault>,
    /// Takes only part of the bytes of the write that fails next.
    short: bool,
}

/// The disk.
#[derive(Debug, Clone)]
pub(crate) struct Faulty {
    disk: Simulated,
    plan: Arc<Mutex<Plan>>,
}

impl Faulty {
    pub(crate) fn over(disk: Simulated) -> Self {
        Self { disk, plan: Arc::default() }
    }

    /// From now on calls are counted from 0 and fail like this.
    pub(crate) fn plan(&self, fault: Option<Fault>) {
        *self.plan.lock().unwrap() = Plan { calls: 0, fault, short: false };
    }

    /// How many calls there have been since.
    pub(crate) fn calls(&self) -> usize {
        self.plan.lock().unwrap().calls
    }

    /// A call that would change something.
    fn change(&self) -> io::Result<()> {
        let planned = self.plan.lock().unwrap().fault;
        match planned {
            Some(Fault::Changes(errno)) => Err(errno.into()),
            _ => self.call(),
        }
    }

    fn call(&self) -> io::Result<()> {
        let mut plan = self.plan.lock().unwrap();
        let call = plan.calls;
        plan.calls += 1;
        match plan.fault {
            Some(Fault::Once(at, errno)) if call == at => Err(errno.into()),
            Some(Fault::From(at, errno)) if call >= at => Err(errno.into()),
            _ => Ok(()),
        }
    }
}

#[derive(Debug)]
struct FaultyFile {
    file: Box<dyn DiskFile>,
    disk: Faulty,
}

impl Disk for Faulty {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.change()?;
        self.disk.make_folder(folder)
    }

    fn open(&self, path: &Path, mode: OpenMode) -> io::Result<Box<dyn DiskFile>> {
        if mode == OpenMode::Read { self.call() } else { self.change() }?;
        Ok(Box::new(FaultyFile { file: self.disk.open(path, mode)?, disk: self.clone() }))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        self.call()?;
        self.disk.metadata(path)
    }

    fn target_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        self.call()?;
        self.disk.target_metadata(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.call()?;
        self.disk.list(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        self.disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        self.disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.change()?;
        self.disk.sync_folder(folder)
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Guard>> {
        if self.disk.metadata(path).is_ok() { self.call() } else { self.change() }?;
        self.disk.lock(path, patience)
    }
}

impl DiskFile for FaultyFile {
    fn metadata(&self) -> io::Result<FileMetadata> {
        self.disk.call()?;
        self.file.metadata()
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.disk.call()?;
        self.file.read_at(buffer, offset)
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.disk.call() {
            // A write that fails has often taken a part: once with an answer, then the error.
            let mut plan = self.disk.plan.lock().unwrap();
            if !plan.short && bytes.len() > 1 && error.kind() != io::ErrorKind::Interrupted {
                plan.short = true;
                plan.fault = match plan.fault {
                    Some(Fault::Once(at, errno)) => Some(Fault::Once(at + 1, errno)),
                    other => other,
                };
                drop(plan);
                return self.file.append(&bytes[..bytes.len() / 2]);
            }
            return Err(error);
        }
        self.file.append(bytes)
    }

    fn sync(&self) -> io::Result<()> {
        let answer = self.disk.call();
        let broken = answer.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        self.disk.disk.world().next_sync = if broken { Sync::Fails } else { Sync::Works };
        let synced = self.file.sync();
        answer.and(synced)
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.disk.change()?;
        self.file.truncate(length)
    }

    fn forget(&self) {
        self.file.forget();
    }
}
