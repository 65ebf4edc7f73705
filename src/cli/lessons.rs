//! `lessons` and `read`, and what is printed where there is no terminal for the screen.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, write_text};
use crate::cli::places;
use crate::course::model::Outline;
use crate::course::{Course, nearest};
use crate::page::{Page, PageRow, SegmentContent};
use crate::text::clean::clean_line;
use serde::Serialize;

/// Columns of a printed lesson.
const WIDTH: u16 = 72;

#[derive(Serialize)]
struct Listing<'a> {
    course: &'a str,
    lessons: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    part: &'a str,
    words: usize,
    read: bool,
    #[serde(skip)]
    outline: &'a Outline,
}

#[derive(Serialize)]
struct PrintedCourse<'a> {
    course: &'a str,
    lessons: Vec<Printed<'a>>,
}

#[derive(Serialize)]
struct Printed<'a> {
    id: &'a str,
    title: &'a str,
    part: &'a str,
    words: usize,
    text: String,
}

pub(super) fn list(course: &Course, shared: &Shared, output: Output) -> Result<(), CliError> {
    let (opened, _) = places::journal(shared);
    let lessons = course
        .lessons
        .iter()
        .map(|lesson| Entry {
            id: lesson.id.as_str(),
            title: lesson.title(),
            part: course.parts.get(lesson.part).map_or("", |part| &part.title),
            words: lesson.load().words(),
            read: opened.ledger.is_read(&course.id, &lesson.id),
            outline: &lesson.outline,
        })
        .collect();
    output.write(&Listing { course: course.id.as_str(), lessons }, plain_list)
}

fn plain_list(listing: &Listing) -> String {
    let width = listing.lessons.iter().map(|lesson| lesson.id.len()).max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut part = None;
    for lesson in &listing.lessons {
        if part != Some(lesson.part) {
            if part.is_some() {
                lines.push(String::new());
            }
            part = Some(lesson.part);
            if !lesson.part.is_empty() {
                lines.push(lesson.part.to_owned());
            }
        }
        let read = if lesson.read { "read" } else { "    " };
        let (id, outline) = (lesson.id, lesson.outline);
        let number = if outline.number.is_empty() { "" } else { &format!("{} ", outline.number) };
        let inset = usize::from(outline.depth) * 2;
        lines.push(format!("  {read}  {id:width$}  {:inset$}{number}{}", "", lesson.title));
    }
    lines.join("\n")
}

/// Prints a whole course, lesson by lesson; a single file is one.
pub(super) fn print_all(course: &Course, output: Output) -> Result<(), CliError> {
    if output.is_json() {
        let lessons = (0..course.lessons.len()).filter_map(|index| printed(course, index)).collect();
        return output.write(&PrintedCourse { course: course.id.as_str(), lessons }, |_| String::new());
    }
    for index in 0..course.lessons.len() {
        let between = if index == 0 { "" } else { "\n\n" };
        // One after the other, so that whoever has seen enough need not wait for the rest.
        write_text(&format!("{between}{}\n", typeset(course, index)))?;
    }
    Ok(())
}

fn printed(course: &Course, index: usize) -> Option<Printed<'_>> {
    let lesson = course.lessons.get(index)?;
    Some(Printed {
        id: lesson.id.as_str(),
        title: lesson.title(),
        part: course.parts.get(lesson.part).map_or("", |part| &part.title),
        words: lesson.load().words(),
        text: typeset(course, index),
    })
}

pub(super) fn read(course: &Course, id: &str, output: Output) -> Result<(), CliError> {
    let Some(index) = course.lessons.iter().position(|lesson| lesson.id.as_str() == id) else {
        let known = course.lessons.iter().map(|lesson| lesson.id.as_str());
        return Err(unknown("lesson", id, known, "`sidelight lessons` lists them"));
    };
    let Some(printed) = printed(course, index) else { return Ok(()) };
    output.write(&printed, |printed| printed.text.clone())
}

/// A lesson as plain lines.
fn typeset(course: &Course, lesson: usize) -> String {
    let document = course.document(lesson);
    let page = Page::new(document, WIDTH);
    let mut text = String::new();
    for (row, line) in page.rows(document, PageRow::default(), usize::MAX) {
        let block = document.block(row.block).map_or("", |block| block.text.as_str());
        let mut column = 0;
        for segment in &line.segments {
            text.extend(std::iter::repeat_n(' ', usize::from(segment.column.saturating_sub(column))));
            text.push_str(match &segment.content {
                SegmentContent::Text(range) => block.get(range.clone()).unwrap_or_default(),
                SegmentContent::Ornament(ornament) => ornament,
            });
            column = segment.column + segment.width;
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

/// The complaint about an id that is not there, with the nearest one that is.
pub(super) fn unknown<'a>(
    what: &'static str,
    id: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> CliError {
    let remedy =
        nearest(id, known).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"));
    CliError::Unknown { what, id: clean_line(id), remedy }
}
