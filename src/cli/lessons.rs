//! `lessons` and `read`, and what is printed where there is no terminal for the screen.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, write_text};
use crate::cli::places;
use crate::course::lesson::Outline;
use crate::course::{Course, nearest};
use crate::page::{Line, Numbered, Page, SegmentContent, Slots};
use crate::text::clean::clean_line;
use crate::text::{BlockKind, Document};
use serde::Serialize;
use std::collections::HashMap;

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
    #[serde(skip)]
    name: &'a str,
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
            name: lesson.name(),
        })
        .collect();
    output.write(&Listing { course: course.id.as_str(), lessons }, plain_list)
}

fn plain_list(listing: &Listing) -> String {
    let width = listing.lessons.iter().map(|lesson| lesson.id.len()).max().unwrap_or(0);
    let mut alike: HashMap<&str, usize> = HashMap::new();
    for lesson in &listing.lessons {
        *alike.entry(lesson.title).or_default() += 1;
    }
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
        // Titles that are alike are told apart by the names of their files.
        let is_alone = alike.get(lesson.title) == Some(&1) || lesson.name == lesson.title;
        let name = if is_alone { "" } else { &format!(" ({})", lesson.name) };
        lines.push(format!("  {read}  {id:width$}  {:inset$}{number}{}{name}", "", lesson.title));
    }
    lines.join("\n")
}

/// Prints a whole course, lesson by lesson; a single file is one.
pub(super) fn print_all(course: &Course, output: Output) -> Result<(), CliError> {
    if output.is_json() {
        let lessons = (0..course.lessons.len()).filter_map(|index| printed(course, index, 0)).collect();
        return output.write(&PrintedCourse { course: course.id.as_str(), lessons }, |_| String::new());
    }
    for index in 0..course.lessons.len() {
        let between = if index == 0 { "" } else { "\n\n" };
        // One after the other, so that whoever has seen enough need not wait for the rest.
        write_text(&format!("{between}{}\n", typeset(course, index, WIDTH)))?;
    }
    Ok(())
}

fn printed(course: &Course, index: usize, width: u16) -> Option<Printed<'_>> {
    let lesson = course.lessons.get(index)?;
    Some(Printed {
        id: lesson.id.as_str(),
        title: lesson.title(),
        part: course.parts.get(lesson.part).map_or("", |part| &part.title),
        words: lesson.load().words(),
        text: typeset(course, index, width),
    })
}

pub(super) fn read(course: &Course, id: &str, width: Option<u16>, output: Output) -> Result<(), CliError> {
    let Some(index) = course.lessons.iter().position(|lesson| lesson.id.as_str() == id) else {
        let known = course.lessons.iter().map(|lesson| lesson.id.as_str());
        return Err(unknown("lesson", id, known, "`sidelight lessons` lists them"));
    };
    // A program that reads JSON breaks lines itself, if at all.
    let width = width.unwrap_or(if output.is_json() { 0 } else { WIDTH });
    let Some(printed) = printed(course, index, width) else { return Ok(()) };
    output.write(&printed, |printed| printed.text.clone())
}

/// A lesson as plain lines of at most `width` columns; for 0 as lines that are not broken. The lines
/// of a long one are freed as soon as they are in the text.
fn typeset(course: &Course, lesson: usize, width: u16) -> String {
    let document = course.document(lesson);
    // What a reader wrote is not in it: this is the course's text, for whoever asks.
    let slots = Slots { numbered: Numbered::Yes, ..Slots::default() };
    let mut page = Page::new(document, if width == 0 { u16::MAX } else { width }).filled(slots);
    let mut text = String::new();
    let mut portion = 0;
    let first = document.block(0).map(|_| 0);
    for index in std::iter::successors(first, |index| document.next(*index)) {
        let block = document.block(index);
        // Without a width there is none that a rule could fill.
        let is_endless = width == 0 && block.is_some_and(|block| block.kind == BlockKind::Rule);
        let block = block.map_or("", |block| block.text.as_str());
        for line in page.block(document, index) {
            match line.segments.as_slice() {
                [_, ..] if is_endless => text.push_str("───\n"),
                _ => push_line(&mut text, line, block),
            }
        }
        let (here, _) = Document::within(index);
        if here != portion {
            page.forget_far_from(index);
            portion = here;
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Adds a typeset line of a block, without the blanks at its end.
fn push_line(text: &mut String, line: &Line, block: &str) {
    let start = text.len();
    let mut column = 0;
    for segment in &line.segments {
        text.extend(std::iter::repeat_n(' ', usize::from(segment.column.saturating_sub(column))));
        text.push_str(match &segment.content {
            SegmentContent::Text(range) => block.get(range.clone()).unwrap_or_default(),
            SegmentContent::Ornament(ornament) => ornament,
        });
        column = segment.column + segment.width;
    }
    let blanks = text.get(start..).map_or(0, |line| line.len() - line.trim_end_matches(' ').len());
    text.truncate(text.len() - blanks);
    text.push('\n');
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
