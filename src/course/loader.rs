//! The state of loading one course: the ids that are known so far.
//!
//! Owns which ids are taken, and the resolving of references by id. Must not know in which order
//! the manifest is read; `load.rs` does.

use crate::course::fault::{Fault, quoted};
use crate::course::ids::LessonId;
use crate::course::located::{Located, NodeReader};
use crate::course::nearest::did_you_mean;
use crate::course::source::Source;
use crate::text::exercise::{MAX_ID, is_id};
use std::collections::{HashMap, HashSet};

/// When the self-check of a course is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GuideReading {
    /// With the course.
    Now,
    /// When it is asked for. Only that of a built-in course, as its faults would not be found.
    Later,
}

/// The loading of one course.
pub(super) struct Loader<'a> {
    pub(super) reader: NodeReader<'a>,
    pub(super) source: &'a Source,
    pub(super) guide: GuideReading,
    /// The version of the format that the course is written in.
    pub(super) format: u64,
    /// The number of bytes of lessons that have been read.
    pub(super) bytes: usize,
    /// Faults inside of lessons, which no node of the manifest can be blamed for.
    pub(super) inside: Vec<Fault>,
    /// The slugs of the sections of lessons that items refer to.
    pub(super) sections: HashMap<LessonId, HashSet<String>>,
    /// The ids of the lessons.
    pub(super) lessons: KnownIds,
    /// Whether every lesson could be read as far as its file: only then it is a fault of a file that none
    /// has it.
    pub(super) knows_files: bool,
    /// Where the ids of the lessons are written, by their indices.
    pub(super) lesson_ids: Vec<Located<'a, String>>,
    /// The ids of the items.
    pub(super) items: KnownIds,
    /// The keys of format 2 that a course of format 1 has: the first, what it is, and how many.
    pub(super) of_second_format: Option<(Located<'a, ()>, String, usize)>,
}

/// The ids of lessons or items, each with its index in the course.
#[derive(Debug)]
pub(super) struct KnownIds {
    ids: HashMap<String, usize>,
    /// Whether none is missing because what it names is faulty: only then it is a fault of its own to
    /// name one that is not there.
    pub(super) are_all_known: bool,
}

impl KnownIds {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { ids: HashMap::new(), are_all_known: true }
    }

    /// Adds one with its index, unless it is there or could not be read.
    pub(super) fn add(&mut self, id: Option<&str>, index: usize) {
        self.are_all_known &= id.is_some();
        self.ids.entry(id.unwrap_or_default().to_owned()).or_insert(index);
    }

    /// The index of one.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }
}

impl<'a> Loader<'a> {
    /// Resolves the id of a lesson to its index.
    pub(super) fn resolve_lesson(&mut self, node: Located<'a, String>) -> Option<usize> {
        resolve_known(&mut self.reader, node, "lesson", &self.lessons)
    }

    /// Takes note of a key that format 1 does not have, where a course of that format gives it.
    pub(super) fn needs_second_format<T>(&mut self, node: Option<Located<'a, T>>, key: &str) {
        if self.format < 2
            && let Some(node) = node
        {
            let (node, key, count) =
                self.of_second_format.take().unwrap_or_else(|| (node.read_as(), key.to_owned(), 0));
            self.of_second_format = Some((node, key, count + 1));
        }
    }

    /// Reports the keys that format 1 does not have: one fault, since one line mends it.
    pub(super) fn report_second_format(&mut self) {
        let Some((node, key, count)) = self.of_second_format.take() else { return };
        let problem = match count {
            1 => format!("`{key}` needs format 2"),
            2 => format!("`{key}` and another key need format 2"),
            _ => format!("`{key}` and {} other keys need format 2", count - 1),
        };
        self.reader.fault(node, || (problem, "write `\"format\": 2` at the head of the file".into()));
    }

    /// Resolves the id of an item to its index.
    pub(super) fn resolve_item(&mut self, node: Located<'a, String>) -> Option<usize> {
        resolve_known(&mut self.reader, node, "item", &self.items)
    }
}

/// Reads a new id, and reports it when it is malformed or taken. `what` is the word for what it
/// names, and `taken` says where the id is written that has the same text.
pub(super) fn new_id<'a>(
    reader: &mut NodeReader<'a>,
    node: Located<'a, String>,
    what: &str,
    taken: impl Fn(&str) -> Option<Located<'a, String>>,
) -> Option<String> {
    let id = reader.filled(node)?;
    if !is_id(&id) {
        reader.fault(node, || {
            let remedy = format!(
                "use letters a to z, digits, `-`, `_` and `.`, at most {MAX_ID}, and begin with a letter or digit"
            );
            (format!("{} is not a valid id", quoted(&id)), remedy)
        });
    } else if let Some(other) = taken(&id) {
        let line = reader.line_of(other).map(|line| format!(", in line {line}")).unwrap_or_default();
        reader.fault(node, || {
            (format!("another {what} has the id `{id}`{line}"), "change one of the two".into())
        });
    }
    Some(id)
}

/// Resolves a reference among the ids of lessons or items.
fn resolve_known<'a>(
    reader: &mut NodeReader<'a>,
    node: Located<'a, String>,
    what: &str,
    known: &KnownIds,
) -> Option<usize> {
    if known.are_all_known {
        return resolve_reference(reader, node, what, &known.ids);
    }
    // What it names may be one of those that could not be read.
    reader.filled(node).and_then(|id| known.index(&id))
}

/// Returns whether all ids are valid. One that is not may be what is meant by a name that none has, and where
/// it stands that was reported.
pub(super) fn are_valid<'a>(mut ids: impl Iterator<Item = &'a str>) -> bool {
    ids.all(is_id)
}

/// Resolves a reference among the known ids, and reports one that does not exist.
pub(super) fn resolve_reference<'a>(
    reader: &mut NodeReader<'a>,
    node: Located<'a, String>,
    what: &str,
    known: &HashMap<String, usize>,
) -> Option<usize> {
    let id = reader.filled(node)?;
    let found = known.get(&id).copied();
    if found.is_none() && are_valid(known.keys().map(String::as_str)) {
        reader.fault(node, || {
            let mut ids: Vec<&str> = known.keys().map(String::as_str).collect();
            ids.sort_unstable();
            let whose = if what == "answer" { "that question's" } else { "the course's" };
            let remedy = did_you_mean(&id, ids, &format!("name one of {whose} {what}s"));
            (format!("there is no {what} {}", quoted(&id)), remedy)
        });
    }
    found
}
