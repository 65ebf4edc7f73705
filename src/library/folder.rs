//! A folder of Markdown, or one file of it.
//!
//! Owns how folders become parts. Must not read any lesson.

use crate::course::model::{LessonSource, LessonTitle, Prepare};
use crate::course::{Course, CourseId, Folder, Lesson, Part};
use crate::library::names::{Ids, note, stem};
use crate::library::walk::{self, More};
use crate::library::{LibraryError, id};
use crate::text::clean::clean_line;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// What lies beyond the bounds, in words.
const MANY: &str = "There are more than 100,000 files and folders here. What is beyond them is not shown. \
                    Open a folder further down.";
const DEEP: &str = "Folders are nested more than 64 deep here. What is deeper is not shown. \
                    Open a folder further down.";

/// Opens a folder; with what the reader should know of it.
pub(super) fn open(path: &Path) -> Result<(Course, Vec<String>), LibraryError> {
    let folder = Arc::new(Folder::open(path).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let found = walk::walk(folder.path());
    let mut course = empty(id::of_path(folder.path()), title(folder.path()));
    let mut ids = Ids::with_capacity(found.folders.iter().map(|folder| folder.files.len() + 1).sum());
    for within in found.folders {
        let part = course.parts.len();
        let first = course.lessons.len();
        if let Some(refused) = &within.refused {
            if within.name.is_empty() {
                return Err(LibraryError::wrong(path, refused.trim_end_matches('.'), "name another folder"));
            }
            course.lessons.push(note(ids.give(&within.name), &within.name, part, refused));
        }
        for file in within.files {
            let name = if within.name.is_empty() { file } else { format!("{}/{file}", within.name) };
            course.lessons.push(lesson(&folder, name, part, &mut ids));
        }
        course.parts.push(Part { title: clean_line(&within.name), lessons: first..course.lessons.len() });
    }
    if course.lessons.is_empty() {
        return Err(LibraryError::wrong(path, "there is no Markdown file in this folder", "name another"));
    }
    let mut notices = Vec::new();
    if let Some(more) = found.more {
        let says = match more {
            More::Many => MANY,
            More::Deep => DEEP,
        };
        let (part, first) = (course.parts.len(), course.lessons.len());
        course.lessons.push(note(ids.give("not all is shown"), "Not all is shown", part, says));
        course.parts.push(Part { title: String::new(), lessons: first..first + 1 });
        notices.push(says.to_owned());
    }
    Ok((course, notices))
}

/// Opens one file.
pub(super) fn open_file(path: &Path) -> Result<Course, LibraryError> {
    let no_name = || LibraryError::wrong(path, "its name is not text", "give it another name");
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(no_name)?;
    let parent = path.parent().unwrap_or(Path::new("/"));
    let folder = Arc::new(Folder::open(parent).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let mut course = empty(id::of_path(path), title(path));
    course.lessons.push(lesson(&folder, name.to_owned(), 0, &mut Ids::default()));
    course.parts.push(Part { title: String::new(), lessons: 0..1 });
    Ok(course)
}

/// What is called by the last part of its path.
pub(super) fn title(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    clean_line(&name.to_string_lossy())
}

/// A library without lessons yet.
pub(super) fn empty(id: CourseId, title: String) -> Course {
    Course {
        id,
        title,
        summary: String::new(),
        language: "en".to_owned(),
        stop_first: None,
        parts: Vec::new(),
        lessons: Vec::new(),
        items: Vec::new(),
        guide: None,
    }
}

fn lesson(folder: &Arc<Folder>, name: String, part: usize, ids: &mut Ids) -> Lesson {
    let title = LessonTitle::InText { otherwise: stem(&name), read: OnceLock::new() };
    let id = ids.give(&name);
    let source = LessonSource::File { folder: Arc::clone(folder), name, prepare: Prepare::Shown };
    Lesson::new(id, title, part, source)
}
