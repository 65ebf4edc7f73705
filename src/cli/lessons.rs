//! `lessons` and `read`, and what is printed where there is no terminal for the screen.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, write_text};
use crate::cli::places;
use crate::course::lesson::Outline;
use crate::course::{Course, nearest};
use crate::page::{Line, Numbered, Page, Role, SegmentContent, Slots};
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
pub(super) fn print_all(course: &mut Course, output: Output) -> Result<(), CliError> {
    if output.is_json() {
        let texts: Vec<String> = (0..course.lessons.len())
            .map(|index| typeset_whole(course, index, 0))
            .collect::<Result<_, _>>()?;
        let lessons = texts.into_iter().enumerate();
        let lessons = lessons.filter_map(|(index, text)| printed(course, index, text)).collect();
        return output.write(&PrintedCourse { course: course.id.as_str(), lessons }, |_| String::new());
    }
    for index in 0..course.lessons.len() {
        if index > 0 {
            write_text("\n\n")?;
        }
        // One after the other, so that whoever has seen enough need not wait for the rest.
        typeset(course, index, WIDTH, write_text)?;
        write_text("\n")?;
    }
    Ok(())
}

fn printed(course: &Course, index: usize, text: String) -> Option<Printed<'_>> {
    let lesson = course.lessons.get(index)?;
    Some(Printed {
        id: lesson.id.as_str(),
        title: lesson.title(),
        part: course.parts.get(lesson.part).map_or("", |part| &part.title),
        words: lesson.load().words(),
        text,
    })
}

pub(super) fn read(
    course: &mut Course,
    id: &str,
    width: Option<u16>,
    output: Output,
) -> Result<(), CliError> {
    let Some(index) = course.lessons.iter().position(|lesson| lesson.id.as_str() == id) else {
        let known = course.lessons.iter().map(|lesson| lesson.id.as_str());
        return Err(unknown("lesson", id, known, "`sidelight lessons` lists them"));
    };
    if !output.is_json() {
        typeset(course, index, width.unwrap_or(WIDTH), write_text)?;
        return write_text("\n");
    }
    // A program that reads JSON breaks lines itself, if at all.
    let text = typeset_whole(course, index, width.unwrap_or(0))?;
    let Some(printed) = printed(course, index, text) else { return Ok(()) };
    output.write(&printed, |_| String::new())
}

/// A lesson as plain lines, as [`typeset`] gives them in pieces.
fn typeset_whole(course: &mut Course, lesson: usize, width: u16) -> Result<String, CliError> {
    let mut text = String::new();
    typeset(course, lesson, width, |piece| {
        text.push_str(piece);
        Ok(())
    })?;
    Ok(text)
}

/// Gives a lesson as plain lines of at most `width` columns; for 0 as lines that are not broken. What
/// was given of a long one is freed, so that no text takes much memory.
fn typeset(
    course: &mut Course,
    lesson: usize,
    width: u16,
    mut give: impl FnMut(&str) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let document = course.document(lesson);
    // What a reader wrote is not in it: this is the course's text, for whoever asks.
    let slots = Slots { numbered: Numbered::Yes, ..Slots::default() };
    let mut page = Page::new(document, if width == 0 { u16::MAX } else { width }).filled(slots);
    let mut text = String::new();
    let mut portion = 0;
    let mut next = document.block(0).map(|_| 0);
    while let Some(index) = next {
        let document = course.document(lesson);
        let block = document.block(index);
        // Without a width there is none that a rule could fill.
        let is_endless = width == 0 && block.is_some_and(|block| block.kind == BlockKind::Rule);
        // On the screen it is bold; here a rule tells it from the text.
        let is_ruled =
            block.is_some_and(|block| matches!(&block.kind, BlockKind::Heading(it) if it.level == 2));
        let block = block.map_or("", |block| block.text.as_str());
        let lines = page.block(document, index);
        let last = lines.iter().rposition(|line| !line.range.is_empty()).filter(|_| is_ruled);
        for (number, line) in lines.iter().enumerate() {
            if line.segments.iter().any(|segment| segment.role == Role::CodeRule) {
                // What is printed is copied, and the rules are no part of it.
                continue;
            }
            match line.segments.as_slice() {
                [_, ..] if is_endless => text.push_str("───\n"),
                _ => push_line(&mut text, line, block),
            }
            if Some(number) == last {
                let widest = lines.iter().map(Line::end).max().unwrap_or(0);
                text.extend(std::iter::repeat_n('─', usize::from(widest)).chain(['\n']));
            }
        }
        next = document.next(index);
        let (here, _) = Document::within(index);
        if here != portion {
            portion = here;
            page.forget_far_from(index);
            course.forget_far_from(lesson, index);
            // What is blank is held back: at the end of the text it is left out.
            let end = text.trim_end().len();
            give(text.get(..end).unwrap_or_default())?;
            text.drain(..end);
        }
    }
    give(text.trim_end())
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
