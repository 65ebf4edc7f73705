//! The file of an export: JSON, one operation a line.
//!
//! Owns its form, and the reading of one that may come from anywhere: everything is cleaned
//! and bounded, and what is wrong is reported with its line before anything is saved. Must not
//! repeat what the reader wrote.

use crate::journal::choice::{self, Choice, Chosen};
use crate::journal::operation;
use crate::journal::write::check_length;
use crate::journal::{JournalError, Operation};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The most bytes of such a file: ten years of a hundred marks a day take a quarter of it.
pub const MOST_BYTES: u64 = 256 << 20;
/// The version of the form that is written here, and the newest that is read.
const VERSION: u64 = 1;
/// The most bytes of a name of a course, a lesson, an item or a note.
const LONGEST_NAME: usize = 512;
/// The value of `sidelight` in such a file.
const KIND: &str = "export";

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow)]
    sidelight: Cow<'a, str>,
    version: u64,
    #[serde(borrow)]
    records: Vec<&'a RawValue>,
}

/// The fields that tell what is wrong with a record.
#[derive(Deserialize)]
struct Glance<'a> {
    #[serde(borrow)]
    op: Option<Cow<'a, str>>,
    #[serde(borrow)]
    day: Option<Cow<'a, str>>,
}

/// Returns whether a file that begins with these bytes is an export, of any version.
pub fn is_export(beginning: &[u8]) -> bool {
    let plain: Vec<u8> = beginning.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    plain.starts_with(format!("{{\"sidelight\":\"{KIND}\"").as_bytes())
}

/// Writes operations as such a file.
///
/// # Errors
/// When one cannot be written as JSON.
pub fn write(operations: &[Operation], made: Date) -> Result<String, serde_json::Error> {
    let mut text =
        format!("{{\n\"sidelight\": \"{KIND}\",\n\"version\": {VERSION},\n\"made\": \"{made}\",\n");
    text.push_str("\"records\": [");
    for (index, operation) in operations.iter().enumerate() {
        let before = if index == 0 { "\n" } else { ",\n" };
        // Writing to a text cannot fail.
        write!(text, "{before}{}", serde_json::to_string(operation)?).ok();
    }
    text.push_str("\n]\n}\n");
    Ok(text)
}

/// Reads the operations of such a file, cleaned.
///
/// # Errors
/// [`JournalError::NotAnExport`] with the first line that is wrong.
pub fn read(bytes: &[u8], today: Date) -> Result<Vec<Operation>, JournalError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| wrong(line_of(bytes, error.valid_up_to()), "this is not text in UTF-8"))?;
    let wire: Wire = serde_json::from_str(text).map_err(|error| {
        let problem = match error.classify() {
            serde_json::error::Category::Eof => "the file ends too early; it may have been cut off",
            serde_json::error::Category::Syntax => "this is not JSON",
            _ => "this is not a file that `sidelight export --format json` has written",
        };
        wrong(error.line(), problem)
    })?;
    if wire.sidelight != KIND {
        return Err(wrong(1, "this is not a file that `sidelight export --format json` has written"));
    }
    if wire.version > VERSION {
        return Err(wrong(1, "a newer version of sidelight has written this; update this one first"));
    }
    let last_day = today.tomorrow().unwrap_or(today);
    wire.records
        .into_iter()
        .map(|raw| {
            let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            read_record(raw.get(), last_day).map_err(|problem| wrong(line_of(bytes, offset), problem))
        })
        .collect()
}

/// Reads one record. Where it was made it may be tomorrow already.
fn read_record(json: &str, last_day: Date) -> Result<Operation, &'static str> {
    let Ok(operation) = serde_json::from_str::<Operation>(json) else { return Err(what_is_wrong(json)) };
    let operation = operation.cleaned();
    if operation.day().is_some_and(|day| day > last_day) {
        return Err("this is about a day that is still to come");
    }
    if names(&operation).iter().any(|name| name.is_empty() || name.len() > LONGEST_NAME) {
        return Err("a name in this record is empty, or longer than any name is");
    }
    if let Operation::Choice(Choice { chosen: Chosen::NamedPlace { name, .. }, .. }) = &operation
        && !name.is_alphanumeric()
    {
        return Err("a place is named by a letter or a digit");
    }
    check_length(&operation).map_err(|_| "this text is longer than a record can hold")?;
    Ok(operation)
}

/// The names of all kinds of record in such a file.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    operation::KINDS.iter().chain(choice::KINDS).copied()
}

fn what_is_wrong(json: &str) -> &'static str {
    let Ok(glance) = serde_json::from_str::<Glance>(json) else { return "this is not a record" };
    let is_known = |op: &str| kinds().any(|kind| kind == op);
    if !glance.op.is_some_and(|op| is_known(&op)) {
        return "this version of sidelight does not know this kind of record";
    }
    if glance.day.is_some_and(|day| day.parse::<Date>().is_err()) {
        return "this day does not exist; a day is written as 2026-11-22";
    }
    "something in this record is missing, or is not what it should be"
}

fn names(operation: &Operation) -> Vec<&str> {
    match operation {
        Operation::Mark { course, item, .. } => vec![course.as_str(), item.as_str()],
        Operation::Place { course, place } => vec![course.as_str(), place.lesson.as_str()],
        Operation::Read { course, lesson } => vec![course.as_str(), lesson.as_str()],
        Operation::Note { course, note, place, .. } => {
            let lesson = place.as_ref().map(|place| place.lesson.as_str());
            [course.as_str(), note].into_iter().chain(lesson).collect()
        }
        Operation::Choice(Choice { course, chosen }) => {
            let mut names = vec![course.as_str()];
            names.extend(chosen.names());
            names
        }
    }
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    let before = bytes.get(..offset).unwrap_or_default();
    memchr::memchr_iter(b'\n', before).count() + 1
}

fn wrong(line: usize, problem: &'static str) -> JournalError {
    JournalError::NotAnExport { line, problem }
}
