//! The folders that may be read: that of the library, and those that the reader allowed.
//!
//! Owns how a path in a document is resolved among them. Must not open a file itself: the folders
//! do, and ensure that no link leads out of them.

use crate::course::Folder;
use crate::library::error::LibraryError;
use crate::library::origin::Scope;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The folders that may be read.
#[derive(Debug)]
pub(super) struct ReadableFolders {
    /// The library's, and then the others.
    folders: Vec<Arc<Folder>>,
}

impl ReadableFolders {
    /// The folder of a library, and those of its scope.
    ///
    /// # Errors
    /// When one of them is not there.
    pub(super) fn new(own: Arc<Folder>, scope: &Scope) -> Result<Self, LibraryError> {
        let mut folders = vec![own];
        for path in &scope.allowed {
            let folder = Folder::open(path).map_err(|refusal| LibraryError::refused(path, refusal))?;
            folders.push(Arc::new(folder));
        }
        Ok(Self { folders })
    }

    /// The folder that a file is in, and the file's name from there. `file` is an absolute path
    /// without `..`. None when it is in none of them.
    pub(super) fn find(&self, file: &Path) -> Option<(&Arc<Folder>, String)> {
        self.folders.iter().find_map(|folder| {
            let name = file.strip_prefix(folder.path()).ok()?.to_str()?;
            Some((folder, name.to_owned()))
        })
    }
}

/// Resolves a path as documents write it, from a folder with an absolute path, without looking at
/// the disk.
pub(super) fn resolve(folder: &Path, path: &str) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            // Above the root is the root.
            Component::ParentDir => drop(resolved.pop()),
            Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    resolved
}

/// The words for a file that may not be read, which say how it may.
pub(super) fn refusal(shown: &str, file: &Path) -> String {
    let folder = crate::text::clean::clean_line(&file.parent().unwrap_or(file).display().to_string());
    // In code, so that no dash becomes another one.
    format!("{shown} is outside the book; `--allow {folder}` lets it be read")
}
