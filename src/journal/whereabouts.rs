//! The list of every file that this program has made.
//!
//! Owns what is said of each. Must not list what others have put there.

use crate::journal::disk::Disk as _;
use crate::journal::home::Home;
use crate::journal::{Journal, JournalError, Remaining, files, names};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A file of the journal, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFile {
    /// The file or folder.
    pub path: PathBuf,
    /// Its content, in plain words.
    pub what: String,
    /// Its length in bytes.
    pub bytes: u64,
}

impl Journal {
    /// Every file of the journal in this folder, and what is in it.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn whereabouts(&self) -> Result<Vec<JournalFile>, JournalError> {
        self.home.as_ref().map_or(Ok(Vec::new()), Home::whereabouts)
    }
}

impl Home {
    fn whereabouts(&self) -> Result<Vec<JournalFile>, JournalError> {
        let mut found: Vec<JournalFile> = Vec::new();
        let mut add = |path: PathBuf, what: &str| {
            let bytes = self.disk.metadata(&path).map_or(0, |metadata| metadata.length);
            found.push(JournalFile { path, what: what.to_owned(), bytes });
        };
        for (folder, what) in names::FOLDERS {
            let path = self.folder.join(folder);
            let mut names = match self.disk.list_all(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(JournalError::io(&path, error));
                }
                names => names.unwrap_or_default(),
            };
            names.retain(|name| names::is_ours(folder, &name.to_string_lossy()));
            names.sort_unstable();
            for name in names {
                add(path.join(name), what);
            }
        }
        let mut names = files::list(&self.disk, &self.folder)?;
        names.sort_unstable();
        for name in names {
            if let Some(file) = names::data_file(&name) {
                add(self.folder.join(name), file.what());
            }
        }
        // What may still hold what was erased is said of it, whatever else it is.
        let mut remaining: BTreeMap<&PathBuf, String> = self
            .remaining
            .iter()
            .map(|Remaining { path, why }| (path, format!("what was erased may still be here: {why}")))
            .collect();
        for file in &mut found {
            if let Some(what) = remaining.remove(&file.path) {
                file.what = what;
            }
        }
        let others = remaining.into_iter();
        found.extend(others.map(|(path, what)| JournalFile { path: path.clone(), what, bytes: 0 }));
        Ok(found)
    }
}
