//! What else can be opened: mdBooks, folders of Markdown, single files, standard input.
//!
//! Owns how each of them becomes a [`Course`] whose lessons are read when they are first
//! shown, and the id under which it is kept. Must not read a lesson to open a library, and
//! must not reach out of the folder that was opened, whatever a document says.
//!
//! ```text
//! PATH -> Kind (found out, or --as) -> Course: parts and lessons, no text read
//!                                        `- LessonSource::File -> read, prepared, parsed
//! ```

mod book;
mod error;
mod folder;
mod hidden;
mod id;
mod include;
mod names;
mod natural;
mod origin;
pub mod pipe;
mod summary;
mod walk;
mod watched;

pub use error::LibraryError;
pub use id::{of_path, of_text};
pub use origin::{Kind, Origin};
pub use pipe::Pipe;
pub use watched::WatchedFiles;

use crate::course::Course;

/// Something that was opened to be read.
#[derive(Debug)]
pub struct Library {
    /// Its lessons, and what else it has.
    pub course: Course,
    /// Where it came from, if it can be opened from there again.
    pub origin: Option<Origin>,
    /// What the reader should know, such as that it is not all of it: one calm line each.
    pub notices: Vec<String>,
}

impl Library {
    /// Opens what is there.
    ///
    /// # Errors
    /// When nothing is there, or nothing that could be read as what it is.
    pub fn open(origin: Origin) -> Result<Self, LibraryError> {
        let (course, notices) = match &origin {
            Origin::BuiltIn(id) => (Course::built_in(id)?, Vec::new()),
            Origin::Path { path, kind: Kind::Course } => (Course::open(path)?, Vec::new()),
            Origin::Path { path, kind: Kind::Book } => book::open(path)?,
            Origin::Path { path, kind: Kind::Folder } => folder::open(path)?,
            Origin::Path { path, kind: Kind::File } => (folder::open_file(path)?, Vec::new()),
        };
        Ok(Self { course, origin: Some(origin), notices })
    }
}
