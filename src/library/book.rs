//! An mdBook: `book.toml`, its table of contents, and its chapters.
//!
//! Owns how a book becomes a course. Must not read any chapter.

use crate::course::model::{LessonSource, LessonTitle, Outline, Prepare};
use crate::course::{Course, Folder, Lesson, LessonId, Part, front, path};
use crate::library::folder::{empty, title};
use crate::library::names::{Ids, note};
use crate::library::summary::{self, Entry};
use crate::library::{LibraryError, hidden, id, include};
use crate::text::clean::clean_line;
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

/// What tells that a folder is a book.
pub(super) const BOOK: &str = "book.toml";

/// The table of contents, in the folder of the sources.
const SUMMARY: &str = "SUMMARY.md";

/// A larger table of contents, or `book.toml`, is refused.
const LARGEST: u64 = 4 << 20;

const DRAFT: &str = "This chapter is a draft: its author has not written it yet.";

/// What is needed of `book.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Manifest {
    book: About,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct About {
    title: Option<String>,
    description: Option<String>,
    language: Option<String>,
    src: Option<String>,
}

/// Opens a book; with what the reader should know of it.
pub(super) fn open(at: &Path) -> Result<(Course, Vec<String>), LibraryError> {
    let folder = Arc::new(Folder::open(at).map_err(|refusal| LibraryError::refused(at, refusal))?);
    let mut notices = Vec::new();
    let about = about(&folder, &mut notices);
    let source = about.src.as_deref().unwrap_or("src");
    let Some(source) = path::join("", source).filter(|_| !source.starts_with('/')) else {
        let problem = format!("its `src` is {}, outside of the book", clean_line(source));
        return Err(LibraryError::wrong(&at.join(BOOK), problem, "name a folder of the book"));
    };
    let name = path::join(&source, SUMMARY).unwrap_or_default();
    let summary = folder.read_lossy(&name, LARGEST).map_err(|refusal| {
        let remedy = format!("{}, or add --as folder", refusal.remedy);
        LibraryError::wrong(at, format!("this book has no table of contents: {}", refusal.problem), remedy)
    })?;
    let mut course = empty(id::of_path(folder.path()), title(folder.path()));
    if let Some(title) = about.title.map(|title| clean_line(&title)).filter(|title| !title.is_empty()) {
        course.title = title;
    }
    course.summary = about.description.map(|text| clean_line(&text)).unwrap_or_default();
    course.language = about.language.map_or(course.language, |language| clean_line(&language));
    chapters(&mut course, summary::parse(&summary), &source, &folder);
    if course.lessons.is_empty() {
        let problem = format!("{name} names no chapter");
        return Err(LibraryError::wrong(at, problem, "name one in it, or add --as folder"));
    }
    Ok((course, notices))
}

/// What `book.toml` says; nothing, and a notice, if it is faulty. It is not needed to read.
fn about(folder: &Folder, notices: &mut Vec<String>) -> About {
    match folder.read(BOOK, LARGEST) {
        // Asked for with --as.
        Err(_) => About::default(),
        Ok(text) => match toml::from_str::<Manifest>(&text) {
            Ok(manifest) => manifest.book,
            Err(error) => {
                let why = error.message().lines().next().unwrap_or_default();
                notices.push(clean_line(&format!("book.toml can not be read: {why}")));
                About::default()
            }
        },
    }
}

fn chapters(course: &mut Course, entries: Vec<Entry>, source: &str, folder: &Arc<Folder>) {
    let mut ids = Ids::default();
    let mut part = Part { title: String::new(), lessons: 0..0 };
    for entry in entries {
        let begins = match entry {
            Entry::Part(title) => title,
            Entry::Separator => String::new(),
            Entry::Chapter { title, file, number, depth } => {
                let mut lesson = chapter(&title, file, source, course.parts.len(), &mut ids, folder);
                lesson.outline = Outline { number, depth };
                course.lessons.push(lesson);
                continue;
            }
        };
        let end = course.lessons.len();
        // A part without chapters keeps its title; a separator parts something from something.
        if part.lessons.start < end || !part.title.is_empty() {
            part.lessons.end = end;
            course.parts.push(part);
        }
        part = Part { title: begins, lessons: end..end };
    }
    part.lessons.end = course.lessons.len();
    if !part.lessons.is_empty() || !part.title.is_empty() {
        course.parts.push(part);
    }
}

fn chapter(
    title: &str,
    file: Option<String>,
    source: &str,
    part: usize,
    ids: &mut Ids,
    folder: &Arc<Folder>,
) -> Lesson {
    let Some(file) = file else {
        return note(ids.give(&format!("draft: {title}")), title, part, DRAFT);
    };
    let id: LessonId = ids.give(file.trim_start_matches("./"));
    let Some(name) = path::join(source, &file).filter(|_| !file.starts_with('/')) else {
        let says =
            format!("This chapter is not shown: its file {} lies outside of the book.", clean_line(&file));
        return note(id, title, part, &says);
    };
    let source = LessonSource::File { folder: Arc::clone(folder), name, prepare: Prepare::Whole(prepare) };
    Lesson::new(id, LessonTitle::Known(title.to_owned()), part, source)
}

fn prepare(folder: &Folder, name: &str, text: &str) -> String {
    let text = text.get(front::end(text).unwrap_or_default()..).unwrap_or_default();
    let text = include::resolved(folder, name, text);
    hidden::without(&text)
}
