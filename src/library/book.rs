//! Opens an mdBook: `book.toml`, its table of contents, and its chapters.
//!
//! Owns how a book becomes a course. Must not read any chapter.

use crate::course::model::{LessonSource, LessonTitle, Outline, Prepare};
use crate::course::{Course, Folder, Lesson, LessonId, Part, front_matter, path};
use crate::library::error::LibraryError;
use crate::library::names::{LessonIds, empty_course, name_of, placeholder};
use crate::library::summary::{self, SummaryItem};
use crate::library::{hidden_lines, id, include};
use crate::text::clean::clean_line;
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

/// The file by which a folder is recognized as a book.
pub(super) const BOOK: &str = "book.toml";

/// The name of the table of contents, in the folder of the sources.
const SUMMARY: &str = "SUMMARY.md";

/// The most bytes of a table of contents or `book.toml`; larger ones are refused.
const MAX_BYTES: u64 = 4 << 20;

/// The text of a chapter without a file.
const DRAFT: &str = "This chapter is a draft: its author has not written it yet.";

/// The part of `book.toml` that is used.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BookToml {
    book: BookTable,
}

/// The table `[book]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BookTable {
    title: Option<String>,
    description: Option<String>,
    language: Option<String>,
    src: Option<String>,
}

/// Opens the book in a folder. Also returns notices for the reader.
pub(super) fn open(path: &Path) -> Result<(Course, Vec<String>), LibraryError> {
    let folder = Arc::new(Folder::open(path).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let mut notices = Vec::new();
    let book_table = book_table(&folder, &mut notices);
    let source = book_table.src.as_deref().unwrap_or("src");
    let Some(source) = path::join("", source).filter(|_| !source.starts_with('/')) else {
        let problem = format!("`src` is {}, which is outside the book", clean_line(source));
        return Err(LibraryError::wrong(&path.join(BOOK), problem, "use a folder inside the book"));
    };
    let name = path::join(&source, SUMMARY).unwrap_or_default();
    let summary = folder.read_lossy(&name, MAX_BYTES).map_err(|refusal| {
        let remedy = format!("{}, or open it with --as folder", refusal.remedy);
        LibraryError::wrong(path, format!("this book has no table of contents: {}", refusal.problem), remedy)
    })?;
    let mut course = empty_course(id::of_path(folder.path()), name_of(folder.path()));
    if let Some(title) = book_table.title.map(|title| clean_line(&title)).filter(|title| !title.is_empty()) {
        course.title = title;
    }
    course.summary = book_table.description.map(|text| clean_line(&text)).unwrap_or_default();
    course.language = book_table.language.map_or(course.language, |language| clean_line(&language));
    chapters(&mut course, summary::parse(&summary), &source, &folder);
    if course.lessons.is_empty() {
        let problem = format!("{name} lists no chapters");
        return Err(LibraryError::wrong(path, problem, "add one, or open it with --as folder"));
    }
    Ok((course, notices))
}

/// Reads `book.toml`. It is not needed to read the book: if it is faulty, a notice says so and the
/// defaults apply.
fn book_table(folder: &Folder, notices: &mut Vec<String>) -> BookTable {
    match folder.read(BOOK, MAX_BYTES) {
        // Opened with --as book, without this file.
        Err(_) => BookTable::default(),
        Ok(text) => match toml::from_str::<BookToml>(&text) {
            Ok(parsed) => parsed.book,
            Err(error) => {
                let why = error.message().lines().next().unwrap_or_default();
                notices.push(clean_line(&format!("book.toml cannot be read: {why}")));
                BookTable::default()
            }
        },
    }
}

/// Adds the parts and chapters of the table of contents to a course.
fn chapters(course: &mut Course, items: Vec<SummaryItem>, source: &str, folder: &Arc<Folder>) {
    let mut ids = LessonIds::default();
    let mut part = Part { title: String::new(), lessons: 0..0 };
    for item in items {
        let begins = match item {
            SummaryItem::Part(title) => title,
            SummaryItem::Separator => String::new(),
            SummaryItem::Chapter { title, file, number, depth } => {
                let mut lesson = chapter(&title, file, source, course.parts.len(), &mut ids, folder);
                lesson.outline = Outline { number, depth };
                course.lessons.push(lesson);
                continue;
            }
        };
        let end = course.lessons.len();
        // A part without chapters keeps its title; a separator counts only between chapters.
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

/// Makes the lesson of one chapter; a placeholder when there is no file to read.
fn chapter(
    title: &str,
    file: Option<String>,
    source: &str,
    part: usize,
    ids: &mut LessonIds,
    folder: &Arc<Folder>,
) -> Lesson {
    let Some(file) = file else {
        return placeholder(ids.assign(&format!("draft: {title}")), title, part, DRAFT);
    };
    let id: LessonId = ids.assign(file.trim_start_matches("./"));
    let Some(name) = path::join(source, &file).filter(|_| !file.starts_with('/')) else {
        let says = format!("This chapter is not shown: its file {} is outside the book.", clean_line(&file));
        return placeholder(id, title, part, &says);
    };
    let source = LessonSource::File { folder: Arc::clone(folder), name, prepare: Prepare::Whole(prepare) };
    Lesson::new(id, LessonTitle::Known(title.to_owned()), part, source)
}

/// Prepares the text of a chapter: no front matter, includes expanded, hidden lines removed.
fn prepare(folder: &Folder, name: &str, text: &str) -> String {
    let text = text.get(front_matter::end(text).unwrap_or_default()..).unwrap_or_default();
    let text = include::expand(folder, name, text);
    hidden_lines::strip(&text)
}
