//! A disk in memory that keeps only what was synced, and of the rest whatever chance leaves.
//!
//! Owns the model of what a crash may do: every sector of an unsynced write is there or is
//! not, every unsynced cut and every unsynced name too, in any combination. A sync that
//! fails forgets what it should have written, as some systems do: the bytes can still be
//! read, and never reach the disk by a later sync. Must not be kinder than a real disk.

use super::Dice;
use crate::journal::disk::{Disk, DiskFile, FileKind, FileMetadata, Guard, OpenMode};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// What a disk writes as a whole or not at all, in bytes.
const SECTOR: usize = 64;

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

#[derive(Debug, Clone)]
enum Rename {
    Link(PathBuf, usize),
    Unlink(PathBuf),
    Move(PathBuf, PathBuf),
}

impl Rename {
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Link(path, _) | Self::Unlink(path) | Self::Move(_, path) => path.parent(),
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Link(path, inode) => {
                names.insert(path.clone(), *inode);
            }
            Self::Unlink(path) => {
                names.remove(path);
            }
            Self::Move(from, to) => {
                if let Some(inode) = names.remove(from) {
                    names.insert(to.clone(), inode);
                }
            }
        }
    }
}

#[derive(Debug, Clone)]
struct Inode {
    kind: FileKind,
    /// What a reader sees.
    seen: Vec<u8>,
    /// What is on the disk for sure.
    durable: Vec<u8>,
    /// What has been done since.
    changes: Vec<Change>,
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(offset, written) => {
                let end = offset + written.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*offset..end].copy_from_slice(written);
            }
            Self::Cut(length) => bytes.resize(*length, 0),
        }
    }
}

/// How a sync of a file goes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Sync {
    #[default]
    Works,
    /// It says that it has failed, and forgets what it should have written.
    Fails,
    /// It forgets it, and says that it is kept.
    Lies,
}

/// Everything that is on the disk.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    inodes: Vec<Inode>,
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    renames: Vec<Rename>,
    locked: BTreeSet<usize>,
    /// How many writes and syncs of files there have been.
    pub(crate) writes: usize,
    pub(crate) syncs: usize,
    /// How many bytes have been read.
    pub(crate) read: usize,
    /// Called with the world before every change to it.
    watch: Option<Watch>,
    /// How the next sync of a file goes.
    pub(crate) next_sync: Sync,
    /// Whether this disk has no locks.
    pub(crate) no_locks: bool,
}

type Watcher = dyn FnMut(&World) + Send;

#[derive(Clone)]
struct Watch(Arc<Mutex<Watcher>>);

impl std::fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Watch")
    }
}

impl World {
    /// What may be left after a crash, by chance.
    pub(crate) fn crashed(&self, dice: &mut Dice) -> Self {
        // Often nothing or everything is left; both are worth more tries than chance gives.
        let mood = dice.roll(4);
        let stays = |dice: &mut Dice| match mood {
            0 => false,
            1 => true,
            _ => dice.roll(2) == 0,
        };
        let inodes = self.inodes.iter().map(|inode| {
            let mut left = inode.durable.clone();
            for change in &inode.changes {
                match change {
                    Change::Write(offset, bytes) => {
                        for (index, sector) in bytes.chunks(SECTOR).enumerate() {
                            if stays(dice) {
                                Change::Write(offset + index * SECTOR, sector.to_vec()).apply(&mut left);
                            }
                        }
                    }
                    Change::Cut(_) if stays(dice) => change.apply(&mut left),
                    Change::Cut(_) => {}
                }
            }
            Inode { kind: inode.kind, seen: left.clone(), durable: left, changes: Vec::new() }
        });
        let inodes = inodes.collect();
        let mut names = self.durable_names.clone();
        for rename in &self.renames {
            if stays(dice) {
                rename.apply(&mut names);
            }
        }
        // Without its folder, a name leads nowhere.
        let known = names.clone();
        names.retain(|path, _| {
            path.ancestors().skip(1).all(|folder| folder == Path::new("/") || known.contains_key(folder))
        });
        Self { inodes, durable_names: names.clone(), names, no_locks: self.no_locks, ..Self::default() }
    }

    fn notify(&self) {
        if let Some(watch) = &self.watch {
            (watch.0.lock().unwrap())(self);
        }
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn add(&mut self, path: &Path, kind: FileKind) -> io::Result<usize> {
        if self.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let parent = path.parent().unwrap();
        if parent != Path::new("/") {
            self.find(parent)?;
        }
        self.notify();
        self.inodes.push(Inode { kind, seen: Vec::new(), durable: Vec::new(), changes: Vec::new() });
        let inode = self.inodes.len() - 1;
        self.rename(Rename::Link(path.to_owned(), inode));
        Ok(inode)
    }

    fn rename(&mut self, rename: Rename) {
        rename.apply(&mut self.names);
        self.renames.push(rename);
    }

    fn metadata(&self, inode: usize) -> FileMetadata {
        let file = &self.inodes[inode];
        FileMetadata {
            kind: file.kind,
            length: file.seen.len() as u64,
            mode: if file.kind == FileKind::Folder { 0o700 } else { 0o600 },
            mine: true,
            identity: (1, inode as u64),
            born: Some(inode as u64),
        }
    }

    fn change(&mut self, inode: usize, change: Change) {
        self.notify();
        let file = &mut self.inodes[inode];
        change.apply(&mut file.seen);
        file.changes.push(change);
    }
}

/// The disk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Simulated(Arc<Mutex<World>>);

impl Simulated {
    /// A disk with a home folder on it and nothing else.
    pub(crate) fn new() -> Self {
        let disk = Self::default();
        disk.make_folder(Path::new("/home")).unwrap();
        disk.sync_folder(Path::new("/")).unwrap();
        disk
    }

    pub(crate) fn of(world: World) -> Self {
        Self(Arc::new(Mutex::new(world)))
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    /// The disk as anyone sees it.
    pub(crate) fn shared(&self) -> Arc<dyn Disk> {
        Arc::new(self.clone())
    }

    /// The disk after the power went, with none of what was not synced.
    pub(crate) fn after_the_worst(&self) -> Self {
        let mut world = self.world().clone();
        for inode in &mut world.inodes {
            inode.changes.clear();
        }
        world.renames.clear();
        Self::of(world.crashed(&mut Dice::new(1)))
    }

    /// Calls this before every change.
    pub(crate) fn watch(&self, watch: impl FnMut(&World) + Send + 'static) {
        self.world().watch = Some(Watch(Arc::new(Mutex::new(watch))));
    }
}

#[derive(Debug)]
struct Open {
    disk: Simulated,
    inode: usize,
}

#[derive(Debug)]
struct Locked(Simulated, usize);

impl Guard for Locked {}

impl Drop for Locked {
    fn drop(&mut self) {
        self.0.world().locked.remove(&self.1);
    }
}

impl Disk for Simulated {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.world().add(folder, FileKind::Folder).map(drop)
    }

    fn open(&self, path: &Path, mode: OpenMode) -> io::Result<Box<dyn DiskFile>> {
        let mut world = self.world();
        let inode = match mode {
            OpenMode::Create => world.add(path, FileKind::File)?,
            OpenMode::Read | OpenMode::Append => world.find(path)?,
        };
        Ok(Box::new(Open { disk: self.clone(), inode }))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        let world = self.world();
        Ok(world.metadata(world.find(path)?))
    }

    fn target_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        self.metadata(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let world = self.world();
        world.find(folder)?;
        let inside = world.names.keys().filter(|path| path.parent() == Some(folder));
        Ok(inside.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.find(from)?;
        world.notify();
        world.rename(Rename::Move(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.find(path)?;
        world.notify();
        world.rename(Rename::Unlink(path.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.notify();
        let World { renames, durable_names, .. } = &mut *world;
        renames.retain(|rename| {
            let here = rename.folder() == Some(folder);
            if here {
                rename.apply(durable_names);
            }
            !here
        });
        Ok(())
    }

    fn lock(&self, path: &Path, _: Duration) -> io::Result<Box<dyn Guard>> {
        let mut world = self.world();
        if world.no_locks {
            return Err(io::ErrorKind::Unsupported.into());
        }
        if world.find(path).is_err() {
            world.add(path, FileKind::File)?;
        }
        let inode = world.find(path)?;
        if !world.locked.insert(inode) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(Locked(self.clone(), inode)))
    }
}

impl DiskFile for Open {
    fn metadata(&self) -> io::Result<FileMetadata> {
        Ok(self.disk.world().metadata(self.inode))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut world = self.disk.world();
        let seen = &world.inodes[self.inode].seen;
        let rest = seen.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        world.read += count;
        Ok(count)
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut world = self.disk.world();
        world.writes += 1;
        let end = world.inodes[self.inode].seen.len();
        world.change(self.inode, Change::Write(end, bytes.to_vec()));
        Ok(bytes.len())
    }

    fn sync(&self) -> io::Result<()> {
        let mut world = self.disk.world();
        world.syncs += 1;
        world.notify();
        let outcome = std::mem::take(&mut world.next_sync);
        let file = &mut world.inodes[self.inode];
        let changes = std::mem::take(&mut file.changes);
        match outcome {
            Sync::Works => {
                for change in changes {
                    change.apply(&mut file.durable);
                }
                Ok(())
            }
            Sync::Fails => Err(rustix::io::Errno::IO.into()),
            Sync::Lies => Ok(()),
        }
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        let length = usize::try_from(length).unwrap();
        self.disk.world().change(self.inode, Change::Cut(length));
        Ok(())
    }

    fn forget(&self) {
        let mut world = self.disk.world();
        let file = &mut world.inodes[self.inode];
        let mut seen = file.durable.clone();
        for change in &file.changes {
            change.apply(&mut seen);
        }
        file.seen = seen;
    }
}
