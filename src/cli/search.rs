//! `search`: one query over lessons, items and notes.
//!
//! Owns how hits are printed.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, complain};
use crate::cli::places;
use crate::course::Course;
use crate::practice::Practice;
use crate::search::{Hit, HitPlace, Index, Notes, Query, Suggestion, WordForm};
use serde::Serialize;
use std::borrow::Cow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long is looked for what may have been meant.
const SUGGESTING: Duration = Duration::from_millis(200);

#[derive(Serialize)]
struct Listing<'a> {
    query: &'a str,
    hits: Vec<Entry<'a>>,
}

#[derive(PartialEq, Serialize)]
struct Entry<'a> {
    kind: &'static str,
    lesson: Option<&'a str>,
    title: &'a str,
    /// Its number among the best hits, from 1 on.
    best: Option<usize>,
    /// Whether the words themselves were found, or other forms of them.
    form: &'static str,
    text: Cow<'a, str>,
}

/// Prints what is found. Fails if nothing is, as grep does.
pub(super) fn search(
    course: &Course,
    text: &str,
    shared: &Shared,
    output: Output,
) -> Result<ExitCode, CliError> {
    let (opened, _) = places::journal(shared);
    let texts = opened.ledger.notes(&course.id).into_iter().map(|note| note.text);
    let notes = Notes::new(texts).with_kept(Practice::new(course, &opened.ledger).last_kept());
    let query = Query::in_language(text, &course.language);
    if let Some(fault) = query.fault() {
        return Err(CliError::Query(fault.to_owned()));
    }
    let index = Index::new(course);
    let found = index.search(&query, course, &notes);
    let mut hits: Vec<Entry> = found.hits.iter().map(|hit| entry(hit, course, &notes)).collect();
    for (number, index) in (1..).zip(found.best().indices()) {
        if let Some(hit) = hits.get_mut(index) {
            hit.best = Some(number);
        }
    }
    let is_found = !hits.is_empty();
    if !is_found {
        complain(&nothing(suggestion(&index, &query, course)));
    }
    output.write(&Listing { query: text, hits }, plain)?;
    Ok(if is_found { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What may have been meant, looked for as long as nobody minds.
pub(super) fn suggestion(index: &Index, query: &Query, course: &Course) -> Option<Suggestion> {
    let start = Instant::now();
    index.suggest(query, course, &|| start.elapsed() < SUGGESTING).filter(|meant| meant.hits > 0)
}

/// What to say when there is no hit.
fn nothing(suggestion: Option<Suggestion>) -> String {
    match suggestion {
        Some(meant) if meant.hits == 1 => format!("No matches. {} has 1", meant.text),
        Some(meant) => format!("No matches. {} has {}", meant.text, meant.hits),
        None => "No matches. Try fewer letters".to_owned(),
    }
}

fn entry<'a>(hit: &Hit, course: &'a Course, notes: &'a Notes) -> Entry<'a> {
    let lesson = hit.lesson(course).and_then(|lesson| course.lessons.get(lesson));
    let kind = match hit.found {
        HitPlace::Title { .. } | HitPlace::Block { .. } => "lesson",
        HitPlace::Item { .. } => "item",
        HitPlace::Note { .. } => "note",
    };
    Entry {
        kind,
        lesson: lesson.map(|lesson| lesson.id.as_str()),
        title: lesson.map_or("", |lesson| lesson.title()),
        best: None,
        form: match hit.rank.form {
            WordForm::Same => "same",
            WordForm::Other => "other",
        },
        text: hit.text(course, notes),
    }
}

fn plain(listing: &Listing) -> String {
    let mut lines = Vec::new();
    let mut best: Vec<(usize, &Entry)> =
        listing.hits.iter().filter_map(|hit| Some((hit.best?, hit))).collect();
    best.sort_by_key(|(number, _)| *number);
    if best.len() < listing.hits.len() || !best.iter().map(|(_, hit)| *hit).eq(&listing.hits) {
        lines.push("Best".to_owned());
        lines.extend(best.iter().map(|(_, hit)| one_line(hit)));
        lines.push(String::new());
    }
    let mut group = None;
    for hit in &listing.hits {
        if group != Some((hit.kind, hit.lesson)) {
            if group.is_some() {
                lines.push(String::new());
            }
            group = Some((hit.kind, hit.lesson));
            lines.push(match (hit.kind, hit.lesson) {
                ("lesson", Some(id)) => format!("{id}: {}", hit.title),
                ("item", Some(id)) => format!("Checklist, taught in {id}: {}", hit.title),
                _ => "Notes".to_owned(),
            });
        }
        lines.push(one_line(hit));
    }
    lines.join("\n")
}

/// A hit as a line of its own.
fn one_line(hit: &Entry) -> String {
    format!("  {}", hit.text.replace('\n', " "))
}
