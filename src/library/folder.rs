//! Opens a folder of texts, or a single file.
//!
//! Owns how files become lessons, and what is said of those that are left out. How folders become
//! parts, `folder_tree.rs` says. Must not read any lesson.

use crate::course::lesson::{LessonSource, LessonTitle, Prepare};
use crate::course::path::{extension, is_markdown};
use crate::course::{Course, Folder, Lesson, MANIFEST, Part};
use crate::library::error::LibraryError;
use crate::library::names::{LessonIds, empty_course, name_of, placeholder, stem};
use crate::library::notebook::Notebook;
use crate::library::origin::Scope;
use crate::library::walk::{LeftOut, WalkLimit, walk_folder};
use crate::library::{archive, folder_tree, id, notebook};
use crate::text::Flavour;
use crate::text::clean::clean_line;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Shown when the walk ended at its limit of entries.
const TOO_MANY: &str = "This folder holds more than 120,000 files and folders. The rest is not shown. \
                        Open a subfolder to see more.";

/// Shown when the walk left out folders below its limit of depth.
const TOO_DEEP: &str = "Folders are nested more than 64 deep here. Deeper ones are not shown. \
                        Open a subfolder to see more.";

/// The most subfolders that are asked whether they are courses.
const MOST_ASKED: usize = 64;

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

/// Opens a folder. Also returns notices for the reader.
pub(super) fn open(path: &Path, scope: &Scope) -> Result<(Course, Vec<String>), LibraryError> {
    let folder = Arc::new(Folder::open(path).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let walk = walk_folder(folder.path(), scope.hidden);
    let left_out = left_out(&walk.left_out);
    let mut course = empty_course(id::of_path(folder.path()), name_of(folder.path()));
    let mut ids = LessonIds::with_capacity(walk.folders.iter().map(|folder| folder.files.len() + 1).sum());
    let course_below = course_below(folder.path(), walk.folders.iter().map(|folder| folder.name.as_str()));
    let names: Vec<&str> = walk.folders.iter().map(|folder| folder.name.as_str()).collect();
    let parts = folder_tree::parts(&names);
    for (within, parts) in walk.folders.into_iter().zip(parts) {
        let first = course.lessons.len();
        course.parts.extend(parts.into_iter().map(|part| Part { lessons: first..first, ..part }));
        let part = course.parts.len().saturating_sub(1);
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
            course.lessons.push(lesson(&folder, name, part, FileReading::ByName, &mut ids));
        }
        let end = course.lessons.len();
        if let Some(part) = course.parts.last_mut() {
            part.lessons = first..end;
        }
    }
    if course.lessons.is_empty() {
        let problem = match left_out {
            Some(left_out) => format!("no Markdown file to see in this folder; {left_out}"),
            None => "no Markdown file in this folder".to_owned(),
        };
        return Err(LibraryError::wrong(path, problem, "or choose another folder"));
    }
    let mut notices: Vec<String> = left_out.map(|left_out| format!("{left_out}.")).into_iter().collect();
    notices.extend(course_below.map(|name| {
        let (name, path) = (clean_line(&name), clean_line(&path.join(&name).display().to_string()));
        format!("There is a course in {name}, with a checklist of its own: open {path} to use it.")
    }));
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
        course.parts.push(Part::titled(String::new(), first..first + 1));
        notices.insert(0, says.to_owned());
    }
    Ok((course, notices))
}

/// The first folder directly below one with these subfolders that is a course.
fn course_below<'a>(root: &Path, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut first_parts: Vec<&str> = names.filter_map(|name| name.split('/').next()).collect();
    first_parts.dedup();
    let mut first_parts = first_parts.into_iter().filter(|name| !name.is_empty()).take(MOST_ASKED);
    first_parts.find(|name| root.join(name).join(MANIFEST).is_file()).map(str::to_owned)
}

/// The words for the files that are hidden or ignored; none if there are none.
fn left_out(left_out: &LeftOut) -> Option<String> {
    let LeftOut { files, is_counted } = left_out;
    let more = if *is_counted { "" } else { "At least " };
    (*files > 0).then(|| {
        let (files, verb) =
            if *files == 1 { ("1 file".to_owned(), "is") } else { (format!("{files} files"), "are") };
        format!("{more}{files} of Markdown {verb} hidden or ignored: --all shows them")
    })
}

/// Opens one file as a course of one lesson.
pub(super) fn open_file(path: &Path, reading: FileReading) -> Result<Course, LibraryError> {
    archive::refuse(path)?;
    let no_name = || LibraryError::wrong(path, "its name is not valid UTF-8", "rename it");
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(no_name)?;
    let parent = path.parent().unwrap_or(Path::new("/"));
    let folder = Arc::new(Folder::open(parent).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let mut course = empty_course(id::of_path(path), name_of(path));
    course.lessons.push(lesson(&folder, name.to_owned(), 0, reading, &mut LessonIds::default()));
    course.parts.push(Part::titled(String::new(), 0..1));
    Ok(course)
}

/// Makes the lesson of a file, whose title and text are read later.
fn lesson(
    folder: &Arc<Folder>,
    name: String,
    part: usize,
    reading: FileReading,
    ids: &mut LessonIds,
) -> Lesson {
    let id = ids.assign(&name);
    let folder = Arc::clone(folder);
    let is_by_name = reading == FileReading::ByName;
    if reading == FileReading::Markdown || (is_by_name && is_markdown(&name)) {
        let title = LessonTitle::InText { otherwise: stem(&name), read: OnceLock::new() };
        let source = LessonSource::File { folder, name, prepare: Prepare::Shown };
        return Lesson { flavour: Flavour::Notes, ..Lesson::new(id, title, part, source) };
    }
    if is_by_name && notebook::is_notebook(&name) {
        let title = LessonTitle::Known(stem(&name));
        let source = LessonSource::File { folder, name, prepare: Prepare::Whole(Arc::new(Notebook)) };
        return Lesson::new(id, title, part, source);
    }
    let title = LessonTitle::Known(name_of(Path::new(&name)));
    let language = extension(&name).to_lowercase();
    let source = LessonSource::File { folder, name, prepare: Prepare::Shown };
    Lesson { flavour: Flavour::Verbatim { language }, ..Lesson::new(id, title, part, source) }
}
