//! Makes lessons of files.
//!
//! Owns what tells how a file is read. Must not look at the disk.

use crate::course::lesson::{LessonSource, LessonTitle, Prepare};
use crate::course::path::{extension, is_markdown};
use crate::course::{Folder, Lesson, LessonId};
use crate::library::names::{name_of, stem};
use crate::library::notebook::{Notebook, is_notebook};
use crate::text::Flavour;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// What tells how a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileReading {
    /// Its name.
    ByName,
    /// It is shown line by line.
    Lines,
    /// It is Markdown.
    Markdown,
}

/// Makes the lesson of a file, whose title and text are read later.
pub(super) fn lesson(folder: &Arc<Folder>, id: LessonId, name: String, reading: FileReading) -> Lesson {
    let folder = Arc::clone(folder);
    let is_by_name = reading == FileReading::ByName;
    if reading == FileReading::Markdown || (is_by_name && is_markdown(&name)) {
        let title = LessonTitle::InText { otherwise: stem(&name), read: OnceLock::new() };
        let source = LessonSource::File { folder, name, prepare: Prepare::Shown };
        return Lesson { flavour: Flavour::Notes, ..Lesson::new(id, title, 0, source) };
    }
    if is_by_name && is_notebook(&name) {
        let title = LessonTitle::Known(stem(&name));
        let source = LessonSource::File { folder, name, prepare: Prepare::Whole(Arc::new(Notebook)) };
        return Lesson::new(id, title, 0, source);
    }
    let title = LessonTitle::Known(name_of(Path::new(&name)));
    let language = extension(&name).to_lowercase();
    let source = LessonSource::File { folder, name, prepare: Prepare::Shown };
    Lesson { flavour: Flavour::Verbatim { language }, ..Lesson::new(id, title, 0, source) }
}
