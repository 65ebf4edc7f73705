//! `search`.

use crate::cli::CliError;
use crate::cli::arguments::Shared;
use crate::cli::output::{Output, complain};
use crate::course::Course;
use crate::search::{Hit, HitKind, Index, Query};
use serde::Serialize;

#[derive(Serialize)]
struct Listing<'a> {
    query: &'a str,
    hits: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    lesson: &'a str,
    title: &'a str,
    text: &'a str,
}

pub(super) fn search(course: &Course, query: &str, shared: &Shared, output: Output) -> Result<(), CliError> {
    let _ = shared;
    let found = Index::new(course).search(&Query::parse(query), course);
    let hits: Vec<Entry> = found.hits.iter().filter_map(|hit| entry(hit, course)).collect();
    if hits.is_empty() {
        complain("nothing found; fewer letters find more");
    }
    output.write(&Listing { query, hits }, plain)
}

fn entry<'a>(hit: &Hit, course: &'a Course) -> Option<Entry<'a>> {
    let lesson = course.lessons.get(hit.lesson)?;
    let (kind, text) = match hit.kind {
        HitKind::Lesson => ("lesson", course.document(hit.lesson).blocks.get(hit.block)?.text.as_str()),
        HitKind::Item(item) => ("item", course.items.get(item)?.text.as_str()),
        HitKind::Note(_) => ("note", ""),
    };
    Some(Entry { kind, lesson: lesson.id.as_str(), title: &lesson.title, text })
}

fn plain(listing: &Listing) -> String {
    let mut lines = Vec::new();
    let mut lesson = None;
    for hit in &listing.hits {
        if lesson != Some(hit.lesson) {
            if lesson.is_some() {
                lines.push(String::new());
            }
            lesson = Some(hit.lesson);
            lines.push(format!("{}: {}", hit.lesson, hit.title));
        }
        lines.push(format!("  {}", hit.text.replace('\n', " ")));
    }
    lines.join("\n")
}
