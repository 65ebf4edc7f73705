//! Opens a folder of Markdown, or a single file.
//!
//! Owns how folders become parts. Must not read any lesson.

use crate::course::model::{LessonSource, LessonTitle, Prepare};
use crate::course::{Course, Folder, Lesson, Part};
use crate::library::error::LibraryError;
use crate::library::id;
use crate::library::names::{LessonIds, empty_course, name_of, placeholder, stem};
use crate::library::walk::{WalkLimit, walk_folder};
use crate::text::clean::clean_line;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Shown when the walk ended at its limit of entries.
const TOO_MANY: &str = "This folder holds more than 100,000 files and folders. The rest is not shown. \
                        Open a subfolder to see more.";

/// Shown when the walk left out folders below its limit of depth.
const TOO_DEEP: &str = "Folders are nested more than 64 deep here. Deeper ones are not shown. \
                        Open a subfolder to see more.";

/// Opens a folder. Also returns notices for the reader.
pub(super) fn open(path: &Path) -> Result<(Course, Vec<String>), LibraryError> {
    let folder = Arc::new(Folder::open(path).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let walk = walk_folder(folder.path());
    let mut course = empty_course(id::of_path(folder.path()), name_of(folder.path()));
    let mut ids = LessonIds::with_capacity(walk.folders.iter().map(|folder| folder.files.len() + 1).sum());
    for within in walk.folders {
        let part = course.parts.len();
        let first = course.lessons.len();
        if let Some(refused) = &within.refused {
            if within.name.is_empty() {
                return Err(LibraryError::wrong(
                    path,
                    refused.trim_end_matches('.'),
                    "choose another folder",
                ));
            }
            course.lessons.push(placeholder(ids.assign(&within.name), &within.name, part, refused));
        }
        for file in within.files {
            let name = if within.name.is_empty() { file } else { format!("{}/{file}", within.name) };
            course.lessons.push(lesson(&folder, name, part, &mut ids));
        }
        course.parts.push(Part { title: clean_line(&within.name), lessons: first..course.lessons.len() });
    }
    if course.lessons.is_empty() {
        return Err(LibraryError::wrong(path, "no Markdown file in this folder", "choose another folder"));
    }
    let mut notices = Vec::new();
    if let Some(limit) = walk.limit {
        let says = match limit {
            WalkLimit::Count => TOO_MANY,
            WalkLimit::Depth => TOO_DEEP,
        };
        let (part, first) = (course.parts.len(), course.lessons.len());
        course.lessons.push(placeholder(
            ids.assign("not all is shown"),
            "Not everything is shown",
            part,
            says,
        ));
        course.parts.push(Part { title: String::new(), lessons: first..first + 1 });
        notices.push(says.to_owned());
    }
    Ok((course, notices))
}

/// Opens one file as a course of one lesson.
pub(super) fn open_file(path: &Path) -> Result<Course, LibraryError> {
    let no_name = || LibraryError::wrong(path, "its name is not valid UTF-8", "rename it");
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(no_name)?;
    let parent = path.parent().unwrap_or(Path::new("/"));
    let folder = Arc::new(Folder::open(parent).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let mut course = empty_course(id::of_path(path), name_of(path));
    course.lessons.push(lesson(&folder, name.to_owned(), 0, &mut LessonIds::default()));
    course.parts.push(Part { title: String::new(), lessons: 0..1 });
    Ok(course)
}

/// Makes the lesson of a file, whose title and text are read later.
fn lesson(folder: &Arc<Folder>, name: String, part: usize, ids: &mut LessonIds) -> Lesson {
    let title = LessonTitle::InText { otherwise: stem(&name), read: OnceLock::new() };
    let id = ids.assign(&name);
    let source = LessonSource::File { folder: Arc::clone(folder), name, prepare: Prepare::Shown };
    Lesson::new(id, title, part, source)
}
