//! What else can be opened: mdBooks, folders of Markdown, single files, standard input.
//!
//! Owns how each of them becomes a [`Course`](crate::course::Course) whose lessons are read when
//! they are first shown, and the id under which its marks and places are saved. Must not read a
//! lesson to open a library, and must not read outside the folder that was opened, whatever a
//! document says.
//!
//! ```text
//! PATH -> Kind (detected, or --as) -> Course: parts and lessons, no text read
//!                                       `- LessonSource::File -> read, prepared, parsed
//! ```

mod archive;
mod book;
mod book_settings;
mod error;
mod excerpt;
mod file_lesson;
#[cfg(test)]
pub(crate) mod fixture;
mod folder;
mod folder_tree;
mod hidden_lines;
mod id;
mod include;
mod names;
mod natural_order;
mod notebook;
mod open;
mod opening_folder;
mod origin;
pub mod pipe;
mod piped_text;
mod readable;
mod summary;
mod walk;
mod watched;

pub use error::LibraryError;
pub use folder::RestOfFolder;
pub(crate) use id::hash as fnv1a;
pub use id::{of_path, of_text};
pub use open::Library;
pub use origin::{Hidden, LibraryKind, LibraryOrigin, Scope, courses_below};
pub use pipe::Pipe;
pub use watched::WatchedFiles;
