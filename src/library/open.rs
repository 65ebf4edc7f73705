//! Opens a library, whatever its kind, as a course.
//!
//! Owns the choice of the opener for each kind. Must not read any lesson.

use crate::course::{Course, LessonId};
use crate::library::error::LibraryError;
use crate::library::file_lesson::FileReading;
use crate::library::folder::RestOfFolder;
use crate::library::origin::{LibraryKind, LibraryOrigin, Scope};
use crate::library::{book, folder};
use crate::text::encoding::has_mark;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How many files and folders the beginning of a folder has: what is listed in a few milliseconds. A number
/// and no time, so that the beginning of a folder is always the same.
const FIRST_NAMES: usize = 4_000;

/// Something that was opened to be read, as a course.
#[derive(Debug)]
pub struct Library {
    /// The course that was made of it.
    pub course: Course,
    /// Its origin; `None` for a pipe, which cannot be opened again.
    pub origin: Option<LibraryOrigin>,
    /// Notices for the reader, such as that something was left out: one calm line each.
    pub notices: Vec<String>,
    /// The names that are still to be read, where the course is the beginning of a folder.
    pub rest: Option<RestOfFolder>,
}

impl Library {
    /// Opens what is at an origin. Reads names, but no lesson except those of a course.
    ///
    /// # Errors
    /// When nothing is there, or it cannot be read as its kind.
    pub fn open(origin: LibraryOrigin) -> Result<Self, LibraryError> {
        Self::open_beginning(origin).map(Self::completed)
    }

    /// Opens what is at an origin; of a folder with thousands of files only the beginning, so that a screen
    /// of it need not wait for all names.
    ///
    /// # Errors
    /// When nothing is there, or it cannot be read as its kind.
    pub fn open_beginning(origin: LibraryOrigin) -> Result<Self, LibraryError> {
        Self::open_first(origin, FIRST_NAMES)
    }

    /// The same, where the beginning of a folder has about so many files and folders.
    ///
    /// # Errors
    /// When nothing is there, or it cannot be read as its kind.
    pub fn open_first(origin: LibraryOrigin, beginning: usize) -> Result<Self, LibraryError> {
        let (course, notices, rest) = match &origin {
            LibraryOrigin::BuiltIn(id) => (Course::built_in(id)?, Vec::new(), None),
            LibraryOrigin::Path { path, kind, scope } => open_path(path, *kind, scope, beginning)?,
        };
        Ok(Self { course, origin: Some(origin), notices, rest })
    }

    /// The same with all its names, which may have to be read.
    #[must_use]
    pub fn completed(mut self) -> Self {
        if let Some(rest) = self.rest.take() {
            (self.course, self.notices) = rest.read(&self.course);
        }
        self
    }

    /// The same with all its names, unless it has this lesson already.
    #[must_use]
    pub fn with_lesson(self, lesson: Option<&LessonId>) -> Self {
        let is_missing = lesson.is_some_and(|lesson| self.course.lesson_index(lesson).is_none());
        if is_missing { self.completed() } else { self }
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

/// What was opened, notices for the reader, and the names that are still to be read.
type OpenedPath = (Course, Vec<String>, Option<RestOfFolder>);

fn open_path(
    path: &Path,
    kind: LibraryKind,
    scope: &Scope,
    beginning: usize,
) -> Result<OpenedPath, LibraryError> {
    let file = |reading| Ok((folder::open_file(path, reading)?, Vec::new(), None));
    match kind {
        LibraryKind::Course => Ok((Course::open(path)?, Vec::new(), None)),
        LibraryKind::Book => book::open(path, scope).map(|(course, notices)| (course, notices, None)),
        LibraryKind::Folder => folder::open_beginning(path, scope, beginning),
        LibraryKind::File => file(FileReading::ByName),
        LibraryKind::Text => file(FileReading::Lines),
        LibraryKind::Markdown => file(FileReading::Markdown),
    }
}
