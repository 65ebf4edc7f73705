//! Opens a library, whatever its kind, as a course.
//!
//! Owns the choice of the opener for each kind. Must not read any lesson.

use crate::course::Course;
use crate::library::error::LibraryError;
use crate::library::folder::FileReading;
use crate::library::origin::{LibraryKind, LibraryOrigin, Scope};
use crate::library::{book, folder};
use crate::text::encoding::has_mark;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Something that was opened to be read, as a course.
#[derive(Debug)]
pub struct Library {
    /// The course that was made of it.
    pub course: Course,
    /// Its origin; `None` for a pipe, which cannot be opened again.
    pub origin: Option<LibraryOrigin>,
    /// Notices for the reader, such as that something was left out: one calm line each.
    pub notices: Vec<String>,
}

impl Library {
    /// Opens what is at an origin. Reads names, but no lesson except those of a course.
    ///
    /// # Errors
    /// When nothing is there, or it cannot be read as its kind.
    pub fn open(origin: LibraryOrigin) -> Result<Self, LibraryError> {
        let (course, notices) = match &origin {
            LibraryOrigin::BuiltIn(id) => (Course::built_in(id)?, Vec::new()),
            LibraryOrigin::Path { path, kind, scope } => open_path(path, *kind, scope)?,
        };
        Ok(Self { course, origin: Some(origin), notices })
    }

    /// Opens a file of a folder, as a link in another file of that folder names it: `guide` may be
    /// `guide.md`, or a folder with a `README.md`.
    ///
    /// # Errors
    /// When there is none that could be read, or a link of the file system leads out of the folder.
    pub fn open_beside(folder: &Path, name: &str) -> Result<Self, LibraryError> {
        let names = [
            name.to_owned(),
            format!("{}.md", name.strip_suffix(".html").unwrap_or(name)),
            format!("{name}/README.md"),
            format!("{name}/index.md"),
        ];
        let is_file = |path: &PathBuf| path.is_file();
        let wanted = folder.join(name);
        let Some(path) = names.iter().map(|name| folder.join(name)).find(is_file) else {
            return Err(LibraryError::wrong(&wanted, "not found", "check the link"));
        };
        let origin = LibraryOrigin::of_path(&path, Some(LibraryKind::File))?;
        if !origin.path().is_some_and(|path| path.starts_with(folder)) {
            return Err(LibraryError::wrong(&wanted, "it leads out of this folder", "open it by its path"));
        }
        if !is_text(&path) {
            let remedy = "open it with another program";
            return Err(LibraryError::wrong(&wanted, "this is not a text", remedy));
        }
        Self::open(origin)
    }
}

/// The bytes at the beginning of a file by which a text is told from anything else.
const BEGINNING: u64 = 4096;

/// Returns whether a file is a text, by its beginning: a picture, a program or an archive has zero
/// bytes there, and a text only has them in an encoding that says so.
fn is_text(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    // What cannot be read says so itself.
    read.is_err() || has_mark(&beginning) || memchr::memchr(0, &beginning).is_none()
}

fn open_path(path: &Path, kind: LibraryKind, scope: &Scope) -> Result<(Course, Vec<String>), LibraryError> {
    match kind {
        LibraryKind::Course => Ok((Course::open(path)?, Vec::new())),
        LibraryKind::Book => book::open(path, scope),
        LibraryKind::Folder => folder::open(path, scope),
        LibraryKind::File => Ok((folder::open_file(path, FileReading::ByName)?, Vec::new())),
        LibraryKind::Text => Ok((folder::open_file(path, FileReading::Lines)?, Vec::new())),
        LibraryKind::Markdown => Ok((folder::open_file(path, FileReading::Markdown)?, Vec::new())),
    }
}
