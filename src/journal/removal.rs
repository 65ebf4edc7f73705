//! Removing what was erased, here or elsewhere, from every file of the data folder.
//!
//! Owns which files that are, and the list of those that are known to be clear, so that each
//! start looks only at what is new. A file that cannot be cleared stops nothing: it is named
//! until it is. Logs and backups lose the lines that were erased and keep all others; what
//! cannot be read line by line goes as a whole when an erase is heard of for the first time.
//! Must not decide what is erased: `erase.rs` does.

use crate::journal::cleared::{Cleared, Remaining};
use crate::journal::disk::{Disk as _, FileKind, OpenMode};
use crate::journal::draft::PageState;
use crate::journal::home::Home;
use crate::journal::id::RecordId;
use crate::journal::lines::{self, LogPiece};
use crate::journal::names::LOG;
use crate::journal::{JournalError, files, names, recent};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The depth in folders to which `log/` and `backup/` are searched for copies of logs.
const DEEPEST: usize = 4;

/// The most that is read of the list of files that are clear, in bytes.
const MOST: usize = 16 << 20;

impl Reason {
    fn is_new_erase(self) -> bool {
        matches!(self, Self::Asked | Self::NewErase)
    }
}

/// The reason for checking files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// It was asked for here, with everything before one's eyes.
    Asked,
    /// An erase of another window or device was heard of for the first time.
    NewErase,
    /// A log brought back what had been erased, as an old copy does.
    OldCopy,
    /// The journal was opened, and files may have come since.
    Opened,
}

impl Home {
    /// Removes what was erased, if any of it may be left. To be called after the logs were
    /// read; `locked` says whether the lock is held.
    pub(crate) fn remove_erased_when_due(&mut self, locked: bool) {
        let is_first_look = !std::mem::replace(&mut self.has_looked, true);
        if self.replay.erases.is_empty() {
            return;
        }
        let mut cleared = self.cleared.clone().unwrap_or_else(|| self.load_cleared());
        if cleared.misses_any_of(&self.replay.erases) {
            // Another window may have been quicker.
            cleared = self.load_cleared();
        }
        let is_new = cleared.misses_any_of(&self.replay.erases);
        self.cleared = Some(cleared.clone());
        let reason = match (is_new, self.replay.met_erased, is_first_look) {
            (true, _, _) => Reason::NewErase,
            (false, true, _) => Reason::OldCopy,
            (false, false, true) => Reason::Opened,
            (false, false, false) => return,
        };
        if locked {
            self.remove_erased(reason, cleared);
        } else if reason != Reason::Opened {
            // Another window may be writing, and what it writes now would be lost.
            let error = JournalError::NoLocks { path: self.folder.clone() };
            self.notify(&format!("What was erased could not be removed from every file: {error}"));
        }
    }

    /// Removes what an erase covers that has just been asked for here. To be called with the
    /// lock held.
    pub(crate) fn remove_asked_for(&mut self) {
        let cleared = self.load_cleared();
        self.remove_erased(Reason::Asked, cleared);
    }

    fn remove_erased(&mut self, reason: Reason, mut cleared: Cleared) {
        let mut remaining = Vec::new();
        let mut doomed = std::mem::take(&mut cleared.left);
        if reason.is_new_erase() {
            self.cached = 0;
            doomed.extend(self.made_in("cache", &mut remaining));
            doomed.extend(self.unsaved_to_remove(reason, &cleared, &mut remaining));
        }
        if reason != Reason::Opened {
            doomed.extend(self.made_in("quarantine", &mut remaining));
        }
        cleared.left = self.remove_each(doomed, &mut remaining);
        let copies = self.copies(&mut remaining);
        let known = std::mem::take(&mut cleared.copies);
        for path in copies {
            if !reason.is_new_erase() && self.is_known(&path, &known) {
                cleared.copies.extend(self.entry(&path));
                continue;
            }
            match self.clear_copy(&path, reason) {
                Ok(()) => cleared.copies.extend(self.entry(&path)),
                Err(why) => remaining.push(Remaining { path, why }),
            }
        }
        self.clear_logs(reason, &mut remaining);
        if reason.is_new_erase() {
            self.sync_names(&mut remaining);
        }
        cleared.erases = self.replay.erases.iter().map(|(id, _)| id.to_string()).collect();
        self.save_cleared(cleared);
        for Remaining { path, why } in &remaining {
            self.notify(&format!("What was erased may still be in {}: {why}", path.display()));
        }
        self.remaining = remaining;
    }

    /// Syncs the names in all folders: a file that was removed long before, such as a draft or
    /// an old backup, may hold what was erased, and must not be back after a crash.
    fn sync_names(&self, remaining: &mut Vec<Remaining>) {
        let inside = names::FOLDERS.iter().map(|(name, _)| self.folder.join(name));
        for folder in inside.filter(|folder| self.disk_has(folder)).chain([self.folder.clone()]) {
            if let Err(error) = files::sync_folder(&self.disk, &folder) {
                remaining.push(Remaining::of(folder, &error));
            }
        }
    }

    /// The files of our own in a folder, as paths below the data folder.
    fn made_in(&self, folder: &str, remaining: &mut Vec<Remaining>) -> Vec<String> {
        let path = self.folder.join(folder);
        match files::list(&self.disk, &path) {
            Ok(mut names) => {
                names.retain(|name| names::is_ours(folder, name));
                names.into_iter().map(|name| format!("{folder}/{name}")).collect()
            }
            Err(error) => {
                remaining.push(Remaining::of(path, &error));
                Vec::new()
            }
        }
    }

    /// The names of the drafts and pages that an erase which is new here covers.
    fn unsaved_to_remove(
        &self,
        reason: Reason,
        cleared: &Cleared,
        remaining: &mut Vec<Remaining>,
    ) -> Vec<String> {
        let is_new = |id: &RecordId| !cleared.erases.contains(&id.to_string());
        let new = || self.replay.erases.iter().filter(|(id, _)| is_new(id)).map(|(_, erase)| erase);
        let unsaved = match self.unsaved_files() {
            Ok(unsaved) => unsaved,
            Err(error) => {
                remaining.push(Remaining::of(self.folder.clone(), &error));
                return Vec::new();
            }
        };
        let mut doomed = Vec::new();
        for (name, file) in unsaved {
            let path = self.folder.join(&name);
            let days = match file {
                names::DataFile::Draft(_) => self.days_of_draft(&path),
                _ => Vec::new(),
            };
            let is_covered = new().any(|erase| {
                erase.covers_unsaved(None) || days.iter().any(|day| erase.covers_unsaved(Some(*day)))
            });
            // What was never saved has been seen by nobody else.
            let is_new = reason == Reason::NewErase && self.is_of_new_words(&path, file);
            match file {
                names::DataFile::Page(owner) if PageState::of(owner) == PageState::Open => {
                    let why = "it is open in an editor".to_owned();
                    remaining.push(Remaining { path, why });
                }
                _ if is_covered && !is_new => doomed.push(name),
                names::DataFile::Page(_) => {
                    let why = "nothing says what this page of your editor is about; look at it, and \
                               remove it if you need nothing of it"
                        .to_owned();
                    remaining.push(Remaining { path, why });
                }
                _ => {}
            }
        }
        // What is half written of the list of what was read lately is of no use to anybody.
        doomed.push(format!("{}{}", recent::NAME, names::NEW));
        doomed
    }

    /// Removes these files; gives back those that are still there.
    fn remove_each(&self, doomed: BTreeSet<String>, remaining: &mut Vec<Remaining>) -> BTreeSet<String> {
        let mut left = BTreeSet::new();
        let mut folders = BTreeSet::new();
        // A list that came from elsewhere may name anything.
        for name in doomed.into_iter().filter(|name| names::is_ours_below(name)) {
            let path = self.folder.join(&name);
            match self.disk.metadata(&path) {
                Ok(metadata) if metadata.kind == FileKind::Folder => continue,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                _ => {}
            }
            match files::remove(&self.disk, &path) {
                Ok(()) => folders.extend(path.parent().map(Path::to_owned)),
                Err(error) => {
                    remaining.push(Remaining::of(path, &error));
                    left.insert(name);
                }
            }
        }
        for path in folders {
            if let Err(error) = files::sync_folder(&self.disk, &path) {
                remaining.push(Remaining::of(path, &error));
            }
        }
        left
    }

    /// The copies of logs in the folders of logs and backups, and in folders in these. The
    /// logs that are read at each start are not among them.
    pub(crate) fn copies(&self, remaining: &mut Vec<Remaining>) -> Vec<PathBuf> {
        let mut copies = Vec::new();
        let mut folders = vec![(self.log_folder(), 0), (self.backup_folder(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let names = match self.disk.list_all(&folder) {
                Ok(names) => names,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => {
                    let error = JournalError::io(&folder, error);
                    remaining.push(Remaining::of(folder, &error));
                    continue;
                }
            };
            for name in names {
                let path = folder.join(&name);
                let is_log = name.to_str().is_some_and(|name| name.ends_with(LOG));
                let is_copy = names::is_copy(&name.to_string_lossy());
                match self.disk.metadata(&path).map(|metadata| metadata.kind) {
                    Ok(FileKind::Folder) if depth < DEEPEST => folders.push((path, depth + 1)),
                    Ok(FileKind::Folder) => {
                        let why = "it is too deep in other folders to be looked into".to_owned();
                        remaining.push(Remaining { path, why });
                    }
                    Ok(FileKind::File) if is_copy && !(is_log && folder == self.log_folder()) => {
                        copies.push(path);
                    }
                    Ok(FileKind::Other) if is_copy => {
                        let error = JournalError::NotPlain { path: path.clone() };
                        remaining.push(Remaining::of(path, &error));
                    }
                    Err(error) if is_copy && error.kind() != std::io::ErrorKind::NotFound => {
                        let error = JournalError::io(&path, error);
                        remaining.push(Remaining::of(path, &error));
                    }
                    // What is gone has nothing left, and of what is no copy nothing is known.
                    Ok(FileKind::File | FileKind::Other) | Err(_) => {}
                }
            }
        }
        copies.sort_unstable();
        copies
    }

    fn is_known(&self, path: &Path, known: &BTreeMap<String, (u64, u64)>) -> bool {
        self.entry(path).is_some_and(|(name, metadata)| known.get(&name) == Some(&metadata))
    }

    fn entry(&self, path: &Path) -> Option<(String, (u64, u64))> {
        let metadata = self.disk.metadata(path).ok()?;
        let name = path.strip_prefix(&self.folder).ok()?.to_string_lossy().into_owned();
        Some((name, (metadata.length, metadata.identity.1)))
    }

    /// Removes what was erased from a copy of a log. A copy in which nothing is left goes.
    fn clear_copy(&self, path: &Path, reason: Reason) -> Result<(), String> {
        let said = |error| Remaining::of(path.to_owned(), &error).why;
        let content = self.content_of(path).map_err(said)?;
        if content.whole == 0 && content.is_damaged {
            return Err("it is no log that can be read, so nothing can be removed from it; look at it, \
                        and remove it if you need nothing of it"
                .to_owned());
        }
        let damage_goes = content.is_torn_from_erased || (content.is_damaged && reason.is_new_erase());
        if content.erased == 0 && !damage_goes {
            return Ok(());
        }
        let done = if content.erased == content.whole {
            files::remove(&self.disk, path)
                .and_then(|()| path.parent().map_or(Ok(()), |folder| files::sync_folder(&self.disk, folder)))
        } else {
            self.rewrite_without_erased(path)
        };
        done.map_err(said)
    }

    /// Removes what was erased from the logs that are read at each start. Damage may hold
    /// what was erased, so it goes with it.
    fn clear_logs(&mut self, reason: Reason, remaining: &mut Vec<Remaining>) {
        if reason == Reason::Opened {
            // They have been read, and nothing was met.
            return;
        }
        self.replay.met_erased = false;
        let names = match self.log_names() {
            Ok(names) => names,
            Err(error) => {
                self.replay.met_erased = true;
                remaining.push(Remaining::of(self.log_folder(), &error));
                return;
            }
        };
        for name in names {
            let path = self.log_folder().join(&name);
            // A link has been named with the copies; in a folder they were looked for.
            if self.disk.metadata(&path).is_ok_and(|metadata| metadata.kind != FileKind::File) {
                continue;
            }
            let cleared = self.content_of(&path).and_then(|content| {
                if content.erased > 0 || content.is_damaged {
                    self.rewrite_without_erased(&path)?;
                    // Its length and its bytes are others now; what it says besides is known.
                    self.logs.remove(&name);
                }
                Ok(content.newer)
            });
            let cleared = cleared.map(|newer| {
                if newer > 0 && reason.is_new_erase() {
                    let why = "a newer version of sidelight has written there, and this one cannot read \
                               what; erase once more with that version"
                        .to_owned();
                    remaining.push(Remaining { path: path.clone(), why });
                }
            });
            if let Err(error) = cleared {
                self.replay.met_erased = true;
                remaining.push(Remaining::of(path, &error));
            }
        }
    }

    fn rewrite_without_erased(&self, path: &Path) -> Result<(), JournalError> {
        self.rewrite(path, |decoded| !decoded.record().is_some_and(|record| self.replay.is_erased(&record)))
    }

    fn content_of(&self, path: &Path) -> Result<Content, JournalError> {
        let file = files::open(&self.disk, path, OpenMode::Read)?;
        let mut content = Content::default();
        lines::read(&*file, 0, &mut |found| match found {
            LogPiece::Whole(_, decoded) => {
                content.whole += 1;
                let record = decoded.record();
                content.newer += usize::from(record.is_none());
                let is_erased = record.is_some_and(|record| self.replay.is_erased(&record));
                content.erased += usize::from(is_erased);
            }
            LogPiece::Damaged(_, bytes) => {
                content.is_damaged = true;
                content.is_torn_from_erased |= self.replay.is_torn_from_erased(bytes);
            }
        })
        .map_err(|error| JournalError::io(path, error))?;
        Ok(content)
    }

    /// The path of the list of what is clear: each device has its own, because a sync tool may
    /// bring that of another.
    fn cleared_path(&self) -> PathBuf {
        self.folder.join(names::name_of_cleared(self.machine))
    }

    fn load_cleared(&self) -> Cleared {
        let read = || {
            let file = files::open(&self.disk, &self.cleared_path(), OpenMode::Read).ok()?;
            let bytes = files::read_start(&*file, MOST).ok()?;
            serde_json::from_slice::<Cleared>(&bytes).ok()
        };
        read().unwrap_or_default()
    }

    /// Without it everything is looked at once more at the next start, and no harm is done.
    fn save_cleared(&mut self, cleared: Cleared) {
        if self.cleared.as_ref() == Some(&cleared) {
            return;
        }
        let path = self.cleared_path();
        if let Ok(bytes) = serde_json::to_vec(&cleared) {
            files::replace(&self.disk, &path, |_| bytes).ok();
        }
        self.cleared = Some(cleared);
    }
}

/// The content of a log or a copy of one.
#[derive(Debug, Default)]
struct Content {
    whole: usize,
    erased: usize,
    /// Those of a newer major version.
    newer: usize,
    /// Whether damage in it is the beginning of a record that was erased.
    is_torn_from_erased: bool,
    is_damaged: bool,
}
