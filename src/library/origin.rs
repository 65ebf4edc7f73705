//! Where a library comes from, and of which kind it is.

use crate::course::MANIFEST;
use crate::library::LibraryError;
use crate::library::book::BOOK;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// What can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A folder with a `course.json`.
    Course,
    /// An mdBook: a folder with a `book.toml`.
    Book,
    /// Any other folder, for the Markdown in it.
    Folder,
    /// One file.
    File,
}

/// Where a library comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Origin {
    /// The course of this id, in the binary.
    BuiltIn(String),
    /// The disk.
    Path {
        /// Its canonical path.
        path: PathBuf,
        /// What it is read as.
        kind: Kind,
    },
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Book => "book",
            Self::Folder => "folder",
            Self::File => "file",
        }
    }

    /// Looks what is there. It is not opened.
    fn of(path: &Path) -> Result<Self, LibraryError> {
        let metadata = fs::metadata(path).map_err(|error| LibraryError::unreadable(path, &error))?;
        // Whatever it is: that it is no plain file is said when it is read.
        let has = |name: &str| path.join(name).symlink_metadata().is_ok();
        match metadata.file_type() {
            kind if kind.is_file() => Ok(Self::File),
            kind if !kind.is_dir() => Err(LibraryError::not_plain(path)),
            _ if has(MANIFEST) => Ok(Self::Course),
            _ if has(BOOK) => Ok(Self::Book),
            _ => Ok(Self::Folder),
        }
    }
}

impl Origin {
    /// What is at a path, as what it is or as what it is to be read.
    ///
    /// # Errors
    /// When nothing is there that could be read.
    pub fn at(path: &Path, wanted: Option<Kind>) -> Result<Self, LibraryError> {
        let found = Kind::of(path)?;
        let kind = wanted.unwrap_or(found);
        match (kind, found) {
            (Kind::File, Kind::Course | Kind::Book | Kind::Folder) => {
                return Err(LibraryError::wrong(path, "this is a folder", "leave --as out"));
            }
            (Kind::Course | Kind::Book | Kind::Folder, Kind::File) => {
                return Err(LibraryError::wrong(path, "this is a file", "leave --as out"));
            }
            _ => {}
        }
        let path = path.canonicalize().map_err(|error| LibraryError::unreadable(path, &error))?;
        Ok(Self::Path { path, kind })
    }

    /// Where it is on the disk.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::BuiltIn(_) => None,
            Self::Path { path, .. } => Some(path),
        }
    }
}
