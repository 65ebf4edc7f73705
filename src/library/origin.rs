//! Where a library comes from, and its kind.
//!
//! Owns how the kind of a path is detected. Must not open anything.

use crate::course::MANIFEST;
use crate::library::book_settings::BOOK;
use crate::library::error::LibraryError;
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The kinds of libraries on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LibraryKind {
    /// A folder with a `course.json`.
    Course,
    /// An mdBook: a folder with a `book.toml`.
    Book,
    /// Any other folder, for the Markdown in it.
    Folder,
    /// One file.
    File,
    /// One file that is shown line by line, whatever its name.
    Text,
    /// One file that is read as Markdown, whatever its name.
    Markdown,
}

/// The origin of a library.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LibraryOrigin {
    /// The built-in course with this id.
    BuiltIn(String),
    /// A file or folder on the disk.
    Path {
        /// The canonical path.
        path: PathBuf,
        /// The kind that it is read as.
        kind: LibraryKind,
        /// What of it, and beside it, is read.
        #[serde(default, skip_serializing_if = "Scope::is_default")]
        scope: Scope,
    },
}

/// What is read of a library on the disk, and beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Scope {
    /// What becomes of hidden and ignored files.
    #[serde(default)]
    pub hidden: Hidden,
    /// The folders outside of it that may be read too, by canonical paths.
    #[serde(default)]
    pub allowed: Vec<PathBuf>,
}

/// What becomes of hidden and ignored files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hidden {
    /// They are left out.
    #[default]
    LeftOut,
    /// They are shown.
    Shown,
}

impl Scope {
    /// The scope with hidden files or without, and with these folders allowed.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn new(hidden: Hidden, allowed: &[PathBuf]) -> Result<Self, LibraryError> {
        let canonical =
            |path: &PathBuf| path.canonicalize().map_err(|error| LibraryError::unreadable(path, &error));
        let allowed = allowed.iter().map(canonical).collect::<Result<_, _>>()?;
        Ok(Self { hidden, allowed })
    }

    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl LibraryKind {
    /// The word for the kind, as `--as` takes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Book => "book",
            Self::Folder => "folder",
            Self::File => "file",
            Self::Text => "text",
            Self::Markdown => "markdown",
        }
    }

    /// Returns whether it is one file, and no folder.
    pub fn is_one_file(self) -> bool {
        match self {
            Self::File | Self::Text | Self::Markdown => true,
            Self::Course | Self::Book | Self::Folder => false,
        }
    }

    /// Detects the kind of what is at a path, without opening it.
    fn detect(path: &Path) -> Result<Self, LibraryError> {
        let metadata = fs::metadata(path).map_err(|error| LibraryError::unreadable(path, &error))?;
        // Anything of this name counts: reading it reports when it is not a regular file.
        let has = |name: &str| path.join(name).symlink_metadata().is_ok();
        match metadata.file_type() {
            kind if kind.is_file() => Ok(Self::File),
            kind if !kind.is_dir() => Err(LibraryError::not_regular(path)),
            _ if has(MANIFEST) => Ok(Self::Course),
            _ if has(BOOK) => Ok(Self::Book),
            _ => Ok(Self::Folder),
        }
    }
}

/// The folder of the course that somebody means who names its `course.json`, or a folder that holds
/// nothing but a course, as there is one after unpacking.
fn course_meant(path: &Path, found: LibraryKind) -> Option<PathBuf> {
    match found {
        LibraryKind::Course | LibraryKind::Book | LibraryKind::Text | LibraryKind::Markdown => None,
        LibraryKind::File => {
            let folder = path.parent().filter(|_| path.file_name().is_some_and(|name| name == MANIFEST))?;
            Some(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
        }
        LibraryKind::Folder => only_entry(path).filter(|folder| folder.join(MANIFEST).is_file()),
    }
}

/// What a folder holds, if that is one thing beside what is hidden.
fn only_entry(folder: &Path) -> Option<PathBuf> {
    let is_left_out = |name: &OsStr| name.as_encoded_bytes().starts_with(b".") || name == LEFT_BY_UNPACKING;
    let entries = fs::read_dir(folder).ok()?.flatten();
    let mut entries = entries.filter(|entry| !is_left_out(&entry.file_name()));
    let only = entries.next()?.path();
    entries.next().is_none().then_some(only)
}

/// The courses in the folders directly below a folder that is none itself, by their paths in order. No
/// more than 1,000 folders are looked at.
pub fn courses_below(folder: &Path) -> Vec<PathBuf> {
    if folder.join(MANIFEST).symlink_metadata().is_ok() {
        return Vec::new();
    }
    let below = fs::read_dir(folder).into_iter().flatten().flatten().take(1_000).map(|entry| entry.path());
    let mut courses: Vec<PathBuf> = below.filter(|path| path.join(MANIFEST).is_file()).collect();
    courses.sort();
    courses
}

/// The folder that some systems put beside what they pack.
const LEFT_BY_UNPACKING: &str = "__MACOSX";

impl LibraryOrigin {
    /// The origin at a path, read as the wanted kind, or else as the detected one.
    ///
    /// # Errors
    /// When nothing is there that could be read, or not as that kind.
    pub fn of_path(path: &Path, wanted: Option<LibraryKind>) -> Result<Self, LibraryError> {
        let found = LibraryKind::detect(path)?;
        let meant = course_meant(path, found).filter(|_| wanted.is_none());
        let (path, found) = meant.as_deref().map_or((path, found), |course| (course, LibraryKind::Course));
        let kind = wanted.unwrap_or(found);
        match (kind.is_one_file(), found.is_one_file()) {
            (true, false) => return Err(LibraryError::wrong(path, "this is a folder", "remove --as")),
            (false, true) => return Err(LibraryError::wrong(path, "this is a file", "remove --as")),
            (true, true) | (false, false) => {}
        }
        let path = path.canonicalize().map_err(|error| LibraryError::unreadable(path, &error))?;
        Ok(Self::Path { path, kind, scope: Scope::default() })
    }

    /// The same origin with another scope, if it is on the disk.
    #[must_use]
    pub fn with_scope(self, scope: Scope) -> Self {
        match self {
            Self::Path { path, kind, .. } => Self::Path { path, kind, scope },
            Self::BuiltIn(_) => self,
        }
    }

    /// The path on the disk; `None` for a built-in course.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::BuiltIn(_) => None,
            Self::Path { path, .. } => Some(path),
        }
    }
}
