//! Opens a folder of texts, or a single file.
//!
//! Owns what is said of files that are left out. How files become lessons, `opening_folder.rs` says. Must
//! not read any lesson.

use crate::course::model::KnownLessons;
use crate::course::{Course, Folder, LessonId, MANIFEST, Part};
use crate::library::error::LibraryError;
use crate::library::file_lesson::{FileReading, lesson};
use crate::library::names::{empty_course, name_of};
use crate::library::opening_folder::OpeningFolder;
use crate::library::origin::Scope;
use crate::library::walk::{LeftOut, WalkEnd, WalkLimit};
use crate::library::{archive, id};
use crate::text::clean::clean_line;
use std::path::Path;
use std::sync::Arc;

/// Shown when the walk ended at its limit of entries.
const TOO_MANY: &str = "This folder holds more than 120,000 files and folders. The rest is not shown. \
                        Open a subfolder to see more.";

/// Shown when the walk left out folders below its limit of depth.
const TOO_DEEP: &str = "Folders are nested more than 64 deep here. Deeper ones are not shown. \
                        Open a subfolder to see more.";

/// The most subfolders that are asked whether they are courses.
const MOST_ASKED: usize = 64;

/// The names of a folder that were not read before its beginning was opened.
#[derive(Debug)]
pub struct RestOfFolder(OpeningFolder);

/// Opens the beginning of a folder, which has about so many files and folders, or the whole if that is no
/// more. Also returns notices for the reader, which come with the whole.
pub(super) fn open_beginning(
    path: &Path,
    scope: &Scope,
    beginning: usize,
) -> Result<(Course, Vec<String>, Option<RestOfFolder>), LibraryError> {
    let folder = Folder::open(path).map_err(|refusal| LibraryError::refused(path, refusal))?;
    let course = empty_course(id::of_path(folder.path()), name_of(folder.path()));
    let mut opening = OpeningFolder::new(folder, scope.hidden, beginning);
    let is_all = opening.read_beginning().map_err(|refused| {
        LibraryError::wrong(path, refused.trim_end_matches('.'), "choose another folder")
    })?;
    if !is_all {
        let course = course.grown(opening.take_lessons(), opening.parts(), KnownLessons::Beginning(None));
        return Ok((course, Vec::new(), Some(RestOfFolder(opening))));
    }
    if opening.is_empty() {
        let problem = match left_out(&opening.end().left_out) {
            Some(left_out) => format!("no Markdown file to see in this folder; {left_out}"),
            None => "no Markdown file in this folder".to_owned(),
        };
        return Err(LibraryError::wrong(path, problem, "or choose another folder"));
    }
    let (course, notices) = RestOfFolder(opening).read(&course);
    Ok((course, notices, None))
}

impl RestOfFolder {
    /// Reads the names, and makes the whole of the beginning. What was read of that stays in memory. Also
    /// returns notices for the reader.
    pub fn read(self, beginning: &Course) -> (Course, Vec<String>) {
        let Self(mut opening) = self;
        opening.read_rest(&beginning.lessons);
        let WalkEnd { limit, left_out: files } = opening.end();
        let mut notices: Vec<String> =
            left_out(&files).map(|files| format!("{files}.")).into_iter().collect();
        let path = opening.path();
        notices.extend(course_below(path, opening.names()).map(|name| {
            let (name, path) = (clean_line(&name), clean_line(&path.join(&name).display().to_string()));
            format!("There is a course in {name}, with a checklist of its own: open {path} to use it.")
        }));
        let mut parts = opening.parts();
        if let Some(limit) = limit {
            let says = match limit {
                WalkLimit::Count => TOO_MANY,
                WalkLimit::Depth => TOO_DEEP,
            };
            let last =
                opening.add_last("not all is shown", "Not everything is shown", says, &beginning.lessons);
            parts.push(Part::titled(String::new(), last..last + 1));
            notices.insert(0, says.to_owned());
        }
        (beginning.grown(opening.take_lessons(), parts, KnownLessons::Whole), notices)
    }
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
    course.lessons.push(lesson(&folder, LessonId::new(clean_line(name)), name.to_owned(), reading));
    course.parts.push(Part::titled(String::new(), 0..1));
    Ok(course)
}
