//! Opens a library, whatever its kind, as a course.
//!
//! Owns the choice of the opener for each kind. Must not read any lesson.

use crate::course::Course;
use crate::library::error::LibraryError;
use crate::library::origin::{LibraryKind, LibraryOrigin, Scope};
use crate::library::{book, folder};
use std::path::Path;

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
}

fn open_path(path: &Path, kind: LibraryKind, scope: &Scope) -> Result<(Course, Vec<String>), LibraryError> {
    let outside = |folder: &&Path| path.canonicalize().is_ok_and(|path| !path.starts_with(folder));
    if scope.within.as_deref().filter(outside).is_some() {
        let problem = "this is a link that leads out of the folder";
        return Err(LibraryError::wrong(path, problem, "open the file itself"));
    }
    match kind {
        LibraryKind::Course => Ok((Course::open(path)?, Vec::new())),
        LibraryKind::Book => book::open(path, scope),
        LibraryKind::Folder => folder::open(path, scope),
        LibraryKind::File => Ok((folder::open_file(path)?, Vec::new())),
    }
}
