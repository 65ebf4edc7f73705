//! `search`: one query over lessons, items and notes.
//!
//! Owns how hits are printed.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, complain, write_text};
use crate::cli::places;
use crate::course::Course;
use crate::practice::Practice;
use crate::search::{
    Best, FoundLesson, Hit, HitPlace, Hits, Index, Notes, Query, Rank, WordForm, WordSuggestion,
};
use crate::text::clean::clean;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::{BTreeMap, BTreeSet};
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
    hits: Vec<Box<RawValue>>,
}

/// The last line of a stream.
#[derive(Serialize)]
struct End<'a> {
    query: &'a str,
    /// The best hits by the numbers of their lines, from 1 on.
    best: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Entry {
    kind: &'static str,
    lesson: Option<String>,
    title: String,
    /// The heading that it stands under.
    heading: Option<String>,
    /// The line of the lesson's file that it stands in.
    line: Option<u32>,
    /// Its number among the best hits, from 1 on.
    best: Option<usize>,
    /// Whether the words themselves were found, or other forms of them.
    form: &'static str,
    text: String,
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
    let mut printer = Printer::new(format);
    let mut outcome = Ok(());
    index.stream(
        &query,
        course,
        |found| of_lesson(found, format),
        |printed| {
            outcome = printer.print_all(printed);
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    outcome?;
    let mut others = Hits::default();
    index.search_others(&query, course, &notes, &mut others);
    let others = others.hits.iter().map(|hit| of_others(hit, course, &notes, format));
    printer.print_all(others)?;
    let is_any = printer.count > 0;
    printer.end(text)?;
    if is_any {
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

/// The hits of a lesson, or others that stand under one head, made ready on any thread.
struct Printed {
    format: HitFormat,
    /// The head, for people.
    head: Option<String>,
    /// All of them as they are printed.
    text: String,
    /// Each of them as JSON, if that is printed when all are found.
    json: Vec<Box<RawValue>>,
    count: usize,
    best: Best,
    /// Those of them that may be among the best of all, by their numbers among these.
    candidates: BTreeMap<usize, (Rank, Entry)>,
}

impl Printed {
    fn new(format: HitFormat, head: Option<String>) -> Self {
        let (text, json, best, candidates) = Default::default();
        Self { format, head, text, json, count: 0, best, candidates }
    }

    fn add(&mut self, rank: Rank, entry: Entry) -> Result<(), CliError> {
        match self.format {
            HitFormat::Plain => self.text.push_str(&one_line(&entry, None)),
            HitFormat::JsonLines => self.text.push_str(&json_line(&entry)?),
            HitFormat::Json => self.json.push(to_raw_value(&entry).map_err(not_written)?),
        }
        self.best.take(rank, self.count);
        if self.best.indices().any(|index| index == self.count) {
            self.candidates.insert(self.count, (rank, entry));
            keep_best(&mut self.candidates, &self.best);
        }
        self.count += 1;
        Ok(())
    }
}

/// Drops the candidates that are no more among the best.
fn keep_best<T>(candidates: &mut BTreeMap<usize, T>, best: &Best) {
    let best: BTreeSet<usize> = best.indices().collect();
    candidates.retain(|index, _| best.contains(index));
}

/// Makes the hits of a lesson ready.
fn of_lesson(found: &FoundLesson<'_>, format: HitFormat) -> Result<Printed, CliError> {
    let entry = |hit: &Hit| Entry {
        kind: "lesson",
        lesson: Some(found.lesson.id.as_str().to_owned()),
        title: found.lesson.load_title().to_owned(),
        heading: found.heading(hit).map(str::to_owned),
        line: found.line(hit),
        best: None,
        form: form_of(hit),
        text: found.text(hit).to_owned(),
    };
    let head_line = format!("{}: {}\n", found.lesson.id, found.lesson.load_title());
    let mut printed = Printed::new(format, Some(head_line));
    found.hits.iter().try_for_each(|hit| printed.add(hit.rank, entry(hit)))?;
    Ok(printed)
}

/// Makes a hit in an item or a note ready.
fn of_others(hit: &Hit, course: &Course, notes: &Notes, format: HitFormat) -> Result<Printed, CliError> {
    let entry = of_other(hit, course, notes);
    let mut printed = Printed::new(format, Some(head_of_others(&entry)));
    printed.add(hit.rank, entry)?;
    Ok(printed)
}

/// A hit in an item or a note.
fn of_other(hit: &Hit, course: &Course, notes: &Notes) -> Entry {
    let lesson = hit.lesson(course).and_then(|lesson| course.lessons.get(lesson));
    Entry {
        kind: if matches!(hit.found, HitPlace::Note { .. }) { "note" } else { "item" },
        lesson: lesson.map(|lesson| lesson.id.as_str().to_owned()),
        title: lesson.map_or_else(String::new, |lesson| lesson.load_title().to_owned()),
        heading: None,
        line: None,
        best: None,
        form: form_of(hit),
        text: hit.text(course, notes).into_owned(),
    }
}

fn form_of(hit: &Hit) -> &'static str {
    match hit.rank.form {
        WordForm::Same => "same",
        WordForm::Other => "other",
    }
}

/// The head above hits in items and notes.
fn head_of_others(entry: &Entry) -> String {
    match (entry.kind, &entry.lesson) {
        ("item", Some(id)) => format!("Checklist, taught in {id}: {}\n", entry.title),
        _ => "Notes\n".to_owned(),
    }
}

/// Prints hits as they come, and remembers the best of them.
struct Printer {
    format: HitFormat,
    count: usize,
    best: Best,
    candidates: BTreeMap<usize, Entry>,
    json: Vec<Box<RawValue>>,
    /// The head above the last one.
    head: Option<String>,
}

impl Printer {
    fn new(format: HitFormat) -> Self {
        let (best, candidates, json) = Default::default();
        Self { format, count: 0, best, candidates, json, head: None }
    }

    /// Prints what was found together: in one piece, as each is a call of the system.
    fn print_all(
        &mut self,
        printed: impl IntoIterator<Item = Result<Printed, CliError>>,
    ) -> Result<(), CliError> {
        let mut text = String::new();
        for printed in printed {
            self.add(printed?, &mut text);
        }
        if text.is_empty() { Ok(()) } else { write_text(&text) }
    }

    /// Remembers the best of these hits, and adds them to a text as they are printed.
    fn add(&mut self, printed: Printed, text: &mut String) {
        for (index, (rank, entry)) in printed.candidates {
            self.best.take(rank, self.count + index);
            self.candidates.insert(self.count + index, entry);
        }
        keep_best(&mut self.candidates, &self.best);
        self.count += printed.count;
        self.json.extend(printed.json);
        let head = if self.format == HitFormat::Plain { printed.head } else { None };
        let above = head.filter(|head| self.head.as_ref() != Some(head));
        if let Some(above) = above {
            text.push_str(if self.head.is_some() { "\n" } else { "" });
            text.push_str(&clean(&above));
            self.head = Some(above);
        }
        text.push_str(&printed.text);
    }

    /// What comes when all were found. The best are the last, where they are seen without scrolling.
    fn end(self, query: &str) -> Result<(), CliError> {
        let Self { format, count, best, mut candidates, mut json, .. } = self;
        let entries = |index| candidates.get(&index);
        match format {
            HitFormat::Plain if best.repeats(count) => Ok(()),
            HitFormat::Plain => {
                let lines = best.indices().filter_map(entries).map(best_line);
                write_text(&format!("\nBest\n{}", lines.collect::<String>()))
            }
            HitFormat::JsonLines => {
                write_text(&json_line(&End { query, best: best.indices().map(|hit| hit + 1).collect() })?)
            }
            HitFormat::Json => {
                for (number, hit) in (1..).zip(best.indices()) {
                    if let (Some(entry), Some(json)) = (candidates.get_mut(&hit), json.get_mut(hit)) {
                        entry.best = Some(number);
                        *json = to_raw_value(entry).map_err(not_written)?;
                    }
                }
                write_text(&json_line(&Listing { query, hits: json })?)
            }
        }
    }
}

/// One of the best hits as a line for people. Above it stands no other of its lesson.
fn best_line(entry: &Entry) -> String {
    one_line(entry, entry.lesson.as_deref().filter(|_| entry.kind == "lesson"))
}

/// A hit as a line for people: its lesson if that is to be named, its line in there, the heading that it
/// stands under, and its text.
fn one_line(entry: &Entry, lesson: Option<&str>) -> String {
    let line = entry.line.map(|line| line.to_string());
    let place: Vec<&str> = lesson.into_iter().chain(line.as_deref()).collect();
    let place = if place.is_empty() { String::new() } else { place.join(":") + ": " };
    let under = entry.heading.as_ref().filter(|heading| **heading != entry.title && **heading != entry.text);
    let under = under.map_or(String::new(), |heading| format!("{heading}: "));
    clean(&format!("  {place}{under}{}\n", entry.text.replace('\n', " "))).into_owned()
}

fn json_line<T: Serialize>(value: &T) -> Result<String, CliError> {
    Ok(serde_json::to_string(value).map_err(not_written)? + "\n")
}

fn not_written(error: serde_json::Error) -> CliError {
    CliError::Output(error.into())
}
