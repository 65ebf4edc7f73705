//! `search`: one query over lessons, items and notes.
//!
//! Owns how hits are printed.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, complain, write_text};
use crate::cli::places;
use crate::course::Course;
use crate::practice::Practice;
use crate::search::{Hit, HitLines, HitPlace, Index, Notes, Query, WordForm, WordSuggestion};
use crate::text::BlockKind;
use crate::text::clean::clean;
use serde::Serialize;
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long is looked for what may have been meant.
const SUGGESTING: Duration = Duration::from_millis(200);

/// How hits are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HitFormat {
    /// For people, as they are found.
    Plain,
    /// As one object of JSON, when all are found.
    Json,
    /// As one object on a line for each, as they are found.
    JsonLines,
}

impl HitFormat {
    /// The format that was asked for; lines of JSON before a single object.
    pub(super) fn new(output: Output, lines: bool) -> Self {
        match (lines, output.is_json()) {
            (true, _) => Self::JsonLines,
            (false, true) => Self::Json,
            (false, false) => Self::Plain,
        }
    }
}

#[derive(Serialize)]
struct Listing<'a> {
    query: &'a str,
    hits: Vec<Entry<'a>>,
}

/// The last line of a stream.
#[derive(Serialize)]
struct End<'a> {
    query: &'a str,
    /// The best hits by the numbers of their lines, from 1 on.
    best: Vec<usize>,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    lesson: Option<&'a str>,
    title: &'a str,
    /// The heading that it stands under.
    heading: Option<&'a str>,
    /// The line of the lesson's file that it stands in.
    line: Option<u32>,
    /// Its number among the best hits, from 1 on.
    best: Option<usize>,
    /// Whether the words themselves were found, or other forms of them.
    form: &'static str,
    text: Cow<'a, str>,
}

/// Prints what is found, as it is found. Fails if nothing is, as grep does.
pub(super) fn search(
    course: &Course,
    text: &str,
    shared: &Shared,
    format: HitFormat,
) -> Result<ExitCode, CliError> {
    let (opened, _) = places::journal(shared);
    let texts = opened.ledger.notes(&course.id).into_iter().map(|note| note.text);
    let notes = Notes::new(texts).with_kept(Practice::new(course, &opened.ledger).last_kept());
    let query = Query::in_language(text, &course.language);
    if let Some(fault) = query.fault() {
        return Err(CliError::Query(fault.to_owned()));
    }
    let index = Index::new(course);
    let lines = index.hit_lines(course);
    let mut printer =
        Printer { course, notes: &notes, format, lines, group: None, heading: None, entries: Vec::new() };
    let mut outcome = Ok(());
    let found = index.search_telling(&query, course, &notes, &mut |hits| {
        if outcome.is_ok() {
            outcome = printer.print(hits);
        }
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome?;
    let best: Vec<usize> = found.best().indices().collect();
    printer.end(text, &best, found.best().repeats(found.hits.len()))?;
    if !found.hits.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    complain(&nothing(suggestion(&index, &query, course, &notes)));
    Ok(ExitCode::FAILURE)
}

/// What may have been meant by a query that found nothing, looked for as long as nobody minds.
pub(super) fn suggestion(
    index: &Index,
    query: &Query,
    course: &Course,
    notes: &Notes,
) -> Option<WordSuggestion> {
    let start = Instant::now();
    let suggestion = index.suggest(query, course, &|| start.elapsed() < SUGGESTING)?;
    index.complete(suggestion, course, notes, 0)
}

/// What to say when there is no hit.
fn nothing(suggestion: Option<WordSuggestion>) -> String {
    match suggestion {
        Some(meant) => format!("No matches. {} has {}", meant.text, meant.counted()),
        None => "No matches. Try fewer letters".to_owned(),
    }
}

/// Prints hits as they come.
struct Printer<'a> {
    course: &'a Course,
    notes: &'a Notes,
    format: HitFormat,
    lines: HitLines<'a>,
    /// The kind and the lesson of the last one.
    group: Option<(&'static str, Option<&'a str>)>,
    /// The lesson and the block of the last one, and the heading above it.
    heading: Option<(usize, usize, Option<&'a str>)>,
    /// Those that are printed, or are to be.
    entries: Vec<Entry<'a>>,
}

impl<'a> Printer<'a> {
    fn print(&mut self, hits: &[Hit]) -> Result<(), CliError> {
        let mut printed = String::new();
        for hit in hits {
            let entry = self.entry(hit);
            match self.format {
                HitFormat::Plain => self.plain(&entry, &mut printed),
                HitFormat::JsonLines => printed.push_str(&json_line(&entry)?),
                HitFormat::Json => {}
            }
            self.entries.push(entry);
        }
        if printed.is_empty() { Ok(()) } else { write_text(&printed) }
    }

    /// What comes when all were found. The best are the last, where they are seen without scrolling.
    fn end(self, query: &str, best: &[usize], repeats: bool) -> Result<(), CliError> {
        let Self { mut entries, format, .. } = self;
        match format {
            HitFormat::Plain if repeats => Ok(()),
            HitFormat::Plain => {
                let lines = best.iter().filter_map(|hit| entries.get(*hit)).map(best_line);
                write_text(&format!("\nBest\n{}", lines.collect::<String>()))
            }
            HitFormat::JsonLines => {
                write_text(&json_line(&End { query, best: best.iter().map(|hit| hit + 1).collect() })?)
            }
            HitFormat::Json => {
                for (number, hit) in (1..).zip(best) {
                    if let Some(entry) = entries.get_mut(*hit) {
                        entry.best = Some(number);
                    }
                }
                write_text(&json_line(&Listing { query, hits: entries })?)
            }
        }
    }

    fn entry(&mut self, hit: &Hit) -> Entry<'a> {
        let lesson = hit.lesson(self.course).and_then(|lesson| self.course.lessons.get(lesson));
        let (kind, heading) = match hit.found {
            HitPlace::Block { lesson, block } => ("lesson", self.heading(lesson, block)),
            HitPlace::Title { .. } => ("lesson", None),
            HitPlace::Item { .. } => ("item", None),
            HitPlace::Note { .. } => ("note", None),
        };
        Entry {
            kind,
            lesson: lesson.map(|lesson| lesson.id.as_str()),
            title: lesson.map_or("", |lesson| lesson.title()),
            heading,
            line: self.lines.line(hit),
            best: None,
            form: match hit.rank.form {
                WordForm::Same => "same",
                WordForm::Other => "other",
            },
            text: hit.text(self.course, self.notes),
        }
    }

    /// The heading above a block, which comes after those that were asked for before: no block is looked
    /// at twice.
    fn heading(&mut self, lesson: usize, block: usize) -> Option<&'a str> {
        let document = self.course.document(lesson);
        let last = self.heading.filter(|(other, at, _)| *other == lesson && *at <= block);
        let mut at = Some(block);
        let heading = loop {
            let Some(here) = at else { break None };
            match (last, document.block(here)) {
                (Some((_, known, heading)), _) if here == known => break heading,
                (_, Some(found)) if matches!(found.kind, BlockKind::Heading(_)) => {
                    break Some(found.text.as_str());
                }
                _ => at = document.previous(here),
            }
        };
        self.heading = Some((lesson, block, heading));
        heading
    }

    /// A hit for people, below the lesson or the list that it is in.
    fn plain(&mut self, entry: &Entry<'a>, printed: &mut String) {
        if self.group != Some((entry.kind, entry.lesson)) {
            if self.group.is_some() {
                printed.push('\n');
            }
            self.group = Some((entry.kind, entry.lesson));
            let title = match (entry.kind, entry.lesson) {
                ("lesson", Some(id)) => format!("{id}: {}\n", entry.title),
                ("item", Some(id)) => format!("Checklist, taught in {id}: {}\n", entry.title),
                _ => "Notes\n".to_owned(),
            };
            printed.push_str(&clean(&title));
        }
        printed.push_str(&one_line(entry, None));
    }
}

/// One of the best hits as a line for people. Above it stands no other of its lesson.
fn best_line(entry: &Entry) -> String {
    one_line(entry, entry.lesson.filter(|_| entry.kind == "lesson"))
}

/// A hit as a line for people: its lesson if that is to be named, its line in there, the heading that it
/// stands under, and its text.
fn one_line(entry: &Entry, lesson: Option<&str>) -> String {
    let line = entry.line.map(|line| line.to_string());
    let place: Vec<&str> = lesson.into_iter().chain(line.as_deref()).collect();
    let place = if place.is_empty() { String::new() } else { place.join(":") + ": " };
    let under = entry.heading.filter(|heading| *heading != entry.title && *heading != entry.text);
    let under = under.map_or(String::new(), |heading| format!("{heading}: "));
    clean(&format!("  {place}{under}{}\n", entry.text.replace('\n', " "))).into_owned()
}

fn json_line<T: Serialize>(value: &T) -> Result<String, CliError> {
    let line = serde_json::to_string(value).map_err(|error| CliError::Output(error.into()))?;
    Ok(line + "\n")
}
