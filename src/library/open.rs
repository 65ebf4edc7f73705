//! Opens a library, whatever its kind, as a course.
//!
//! Owns the choice of the opener for each kind. Must not read any lesson.

use crate::course::Course;
use crate::library::error::LibraryError;
use crate::library::origin::{LibraryKind, LibraryOrigin};
use crate::library::{book, folder};

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
            LibraryOrigin::Path { path, kind: LibraryKind::Course } => (Course::open(path)?, Vec::new()),
            LibraryOrigin::Path { path, kind: LibraryKind::Book } => book::open(path)?,
            LibraryOrigin::Path { path, kind: LibraryKind::Folder } => folder::open(path)?,
            LibraryOrigin::Path { path, kind: LibraryKind::File } => (folder::open_file(path)?, Vec::new()),
        };
        Ok(Self { course, origin: Some(origin), notices })
    }
}
