//! Where a course's text comes from: the binary, or a folder that is not trusted.
//!
//! Owns the built-in courses, and the choice between the two. Must not know what the text
//! means.

use crate::course::folder::{Folder, name_parts};
use crate::course::refusal::{Refusal, not_there};
use include_dir::{Dir, DirEntry, include_dir};
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

static CONTENT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// The manifest's name in a course's folder.
pub const MANIFEST: &str = "course.json";

/// A manifest of more bytes is refused: it would be most of a thousand pages.
pub const LARGEST_MANIFEST: u64 = 4 << 20;

/// The id of the built-in course that teaches the keys. It is no course to come back to, so it
/// never becomes what was read last.
pub const TOUR: &str = "tour";

/// The ids of the built-in courses, in alphabetical order.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    CONTENT
        .dirs()
        .filter(|folder| embedded(folder, &[MANIFEST]).is_some())
        .filter_map(|folder| folder.path().to_str())
}

/// Where a course's text comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// The binary.
    BuiltIn(&'static Dir<'static>),
    /// A folder, and the names of its files once they were asked for.
    Folder(Folder, OnceLock<FileNames>),
}

/// The most entries of a folder on the disk that are visited for the names of its files.
const MAX_FILES: usize = 20_000;

/// The names of the files of a course's folder.
#[derive(Debug, Clone)]
pub(super) struct FileNames {
    /// The names, relative to the folder.
    pub(super) names: Vec<String>,
    /// Whether these are all.
    pub(super) are_all: bool,
}

impl Source {
    /// The built-in course of this id.
    pub(super) fn built_in(id: &str) -> Option<Self> {
        let folder = CONTENT.dirs().find(|folder| folder.path().as_os_str() == id)?;
        embedded(folder, &[MANIFEST]).map(|_| Self::BuiltIn(folder))
    }

    /// A folder.
    pub(super) fn folder(folder: &Path) -> Result<Self, Refusal> {
        Folder::open(folder).map(|folder| Self::Folder(folder, OnceLock::new()))
    }

    /// Reads a file as text, if it has at most `most` bytes.
    pub(super) fn read(&self, name: &str, most: u64) -> Result<Cow<'static, str>, Refusal> {
        let parts = name_parts(name)?;
        match self {
            Self::BuiltIn(folder) => embedded(folder, &parts)
                .and_then(include_dir::File::contents_utf8)
                .map(Cow::Borrowed)
                .ok_or_else(|| not_there(name)),
            Self::Folder(folder, _) => folder.read(name, most).map(Cow::Owned),
        }
    }

    /// The names of the files. A folder on the disk is gone through once, and at most so many of its entries.
    pub(super) fn file_names(&self) -> Cow<'_, FileNames> {
        match self {
            Self::BuiltIn(folder) => Cow::Owned(FileNames { names: embedded_names(folder), are_all: true }),
            Self::Folder(folder, names) => {
                Cow::Borrowed(names.get_or_init(|| walk(folder.path(), MAX_FILES)))
            }
        }
    }

    /// Returns whether a file is there that could be read. It is not opened.
    pub(super) fn has_file(&self, name: &str) -> Result<(), Refusal> {
        let parts = name_parts(name)?;
        match self {
            Self::BuiltIn(folder) => embedded(folder, &parts).map(|_| ()).ok_or_else(|| not_there(name)),
            Self::Folder(folder, _) => folder.has_file(name),
        }
    }
}

/// Lists the names of a folder's files, of which at most so many entries are visited. Leaves out hidden files
/// and what is behind links.
fn walk(root: &Path, most: usize) -> FileNames {
    let mut found = Vec::new();
    let mut seen = 0;
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else { continue };
        for entry in entries.flatten() {
            seen += 1;
            if seen > most {
                return FileNames { names: found, are_all: false };
            }
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let name = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(name),
                _ => found.push(name.to_string_lossy().into_owned()),
            }
        }
    }
    FileNames { names: found, are_all: true }
}

/// Lists the names of the files of a built-in course.
fn embedded_names(folder: &'static Dir<'static>) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![folder];
    while let Some(within) = left.pop() {
        for entry in within.entries() {
            match entry {
                DirEntry::Dir(below) => left.push(below),
                DirEntry::File(file) => {
                    let name = file.path().strip_prefix(folder.path()).unwrap_or(file.path());
                    let name = name.to_string_lossy().into_owned();
                    found.extend(
                        (!name.rsplit('/').next().unwrap_or_default().starts_with('.')).then_some(name),
                    );
                }
            }
        }
    }
    found
}

/// A file in the binary. `Dir::get_file` compares paths by their parts with every file.
fn embedded(folder: &'static Dir<'static>, parts: &[&str]) -> Option<&'static include_dir::File<'static>> {
    let path = folder.path().join(parts.iter().collect::<PathBuf>());
    let mut entries = folder.entries();
    loop {
        let entry = entries.iter().find(|entry| {
            let own = entry.path().as_os_str().as_encoded_bytes();
            let rest = path.as_os_str().as_encoded_bytes().strip_prefix(own);
            rest.is_some_and(|rest| rest.first().is_none_or(|byte| *byte == b'/'))
        })?;
        match entry {
            DirEntry::Dir(below) => entries = below.entries(),
            DirEntry::File(file) => return (file.path().as_os_str() == path.as_os_str()).then_some(file),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_folder_is_gone_through_once_for_all_who_ask_for_its_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("one.md"), "# One").unwrap();
        let source = Source::folder(folder.path()).unwrap();
        assert_eq!(source.file_names().names, ["one.md"]);
        fs::write(folder.path().join("two.md"), "# Two").unwrap();
        assert_eq!(source.file_names().names, ["one.md"]);
        assert!(source.file_names().are_all);
    }
}
