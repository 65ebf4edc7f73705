//! Opens an mdBook: its table of contents, and its chapters.
//!
//! Owns how a book becomes a course, and how the text of a chapter is prepared; what `book.toml`
//! says is in `book_settings.rs`. Must not read any chapter to open a book.

use crate::course::lesson::{ByPortions, LessonSource, LessonTitle, Outline, Prepare, PrepareText};
use crate::course::{Course, Folder, Lesson, LessonId, Part, front_matter};
use crate::library::book_settings::{self, BOOK};
use crate::library::error::LibraryError;
use crate::library::hidden_lines::HiddenLines;
use crate::library::names::{LessonIds, empty_course, name_of, placeholder};
use crate::library::origin::Scope;
use crate::library::readable::{ReadableFolders, refusal, resolve};
use crate::library::summary::{self, NoLink, SummaryItem};
use crate::library::{id, include};
use crate::text::clean::clean_line;
use crate::text::long::PreparePortion as _;
use crate::text::{Flavour, LineMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the table of contents, in the folder of the sources.
const SUMMARY: &str = "SUMMARY.md";

/// The most bytes of a table of contents; a larger one is refused.
const MAX_BYTES: u64 = 4 << 20;

/// The most entries of a table of contents that are named because they are no links.
const MOST_NAMED: usize = 3;

/// The text of a chapter without a file.
const DRAFT: &str = "This chapter is a draft: its author has not written it yet.";

/// Opens the book in a folder. Also returns notices for the reader.
pub(super) fn open(path: &Path, scope: &Scope) -> Result<(Course, Vec<String>), LibraryError> {
    let folder = Arc::new(Folder::open(path).map_err(|refusal| LibraryError::refused(path, refusal))?);
    let mut notices = Vec::new();
    let settings = book_settings::read(&folder, &mut notices);
    let source = resolve(folder.path(), &settings.source);
    let readable = ReadableFolders::new(Arc::clone(&folder), scope)?;
    let Some((summary_folder, name)) = readable.find(&source.join(SUMMARY)) else {
        let shown = format!("`src` is {}, which", clean_line(&settings.source));
        let says = refusal(&shown, &source.join(SUMMARY));
        return Err(LibraryError::wrong(&path.join(BOOK), says, "or use a folder inside the book"));
    };
    let summary = summary_folder.read_lossy(&name, MAX_BYTES).map_err(|refusal| {
        let remedy = format!("{}, or open it with --as folder", refusal.remedy);
        LibraryError::wrong(path, format!("this book has no table of contents: {}", refusal.problem), remedy)
    })?;
    let summary = summary::parse(&summary);
    notices.extend(no_links(&summary.no_links));
    let mut course = empty_course(id::of_path(folder.path()), name_of(folder.path()));
    course.title = settings.title.unwrap_or(course.title);
    course.summary = settings.description.unwrap_or_default();
    course.language = settings.language.unwrap_or_else(|| "en".to_owned());
    let flavour = Flavour::Book(settings.extensions);
    let book = Arc::new(BookText { readable, hidden: Arc::new(HiddenLines::new(settings.hidden_lines)) });
    let mut chapters = Chapters { ids: LessonIds::default(), source, flavour, book };
    chapters.add_all(&mut course, summary.items);
    if course.lessons.is_empty() {
        let problem = format!("{name} lists no chapters");
        return Err(LibraryError::wrong(path, problem, "add one, or open it with --as folder"));
    }
    Ok((course, notices))
}

/// The notice that entries of the table of contents are no links, and so no chapters.
fn no_links(entries: &[NoLink]) -> Option<String> {
    let named: Vec<String> =
        entries.iter().take(MOST_NAMED).map(|entry| format!("line {} {}", entry.line, entry.text)).collect();
    let more = entries.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let remedy = "Write [Title](file.md), with %20 for a space.";
    (!named.is_empty()).then(|| {
        format!(
            "Not shown, as these entries of SUMMARY.md are not links: {}{more}. {remedy}",
            named.join(", ")
        )
    })
}

/// Prepares the text of chapters: no front matter, includes expanded, hidden lines removed.
#[derive(Debug)]
struct BookText {
    readable: ReadableFolders,
    hidden: Arc<HiddenLines>,
}

impl PrepareText for BookText {
    fn prepare(&self, folder: &Folder, name: &str, text: &str) -> (String, LineMap) {
        let text = front_matter::blank(text.to_owned());
        let (text, included) = include::expand(&self.readable, folder.path().join(name), &text);
        let (text, shown) = self.hidden.prepare(&text);
        (text, included.made_into(shown))
    }

    /// Without includes, a portion is all that its hidden lines depend on.
    fn by_portions(&self) -> Option<ByPortions> {
        Some(ByPortions { unless: include::BEGINNING, prepare: Arc::<HiddenLines>::clone(&self.hidden) })
    }
}

/// Makes the lessons of chapters.
struct Chapters {
    ids: LessonIds,
    /// The folder of the sources.
    source: PathBuf,
    flavour: Flavour,
    book: Arc<BookText>,
}

impl Chapters {
    /// Adds the parts and chapters of the table of contents to a course.
    fn add_all(&mut self, course: &mut Course, items: Vec<SummaryItem>) {
        let mut part = Part::titled(String::new(), 0..0);
        for item in items {
            let begins = match item {
                SummaryItem::Part(title) => title,
                SummaryItem::Separator => String::new(),
                SummaryItem::Chapter { title, file, number, depth } => {
                    let mut lesson = self.chapter(&title, file, course.parts.len());
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
            part = Part::titled(begins, end..end);
        }
        part.lessons.end = course.lessons.len();
        if !part.lessons.is_empty() || !part.title.is_empty() {
            course.parts.push(part);
        }
    }

    /// Makes the lesson of one chapter; a placeholder when there is no file to read.
    fn chapter(&mut self, title: &str, file: Option<String>, part: usize) -> Lesson {
        let Some(file) = file else {
            return placeholder(self.ids.assign(&format!("draft: {title}")), title, part, DRAFT);
        };
        let id: LessonId = self.ids.assign(file.trim_start_matches("./"));
        let path = resolve(&self.source, file.trim_start_matches('/'));
        let Some((folder, name)) = self.book.readable.find(&path) else {
            let says = format!("This chapter is not shown: its file {}.", refusal(&clean_line(&file), &path));
            return placeholder(id, title, part, &says);
        };
        let prepare = Prepare::Whole(Arc::<BookText>::clone(&self.book));
        let source = LessonSource::File { folder: Arc::clone(folder), name, prepare };
        let mut lesson = Lesson::new(id, LessonTitle::Known(title.to_owned()), part, source);
        lesson.flavour = self.flavour.clone();
        lesson
    }
}
