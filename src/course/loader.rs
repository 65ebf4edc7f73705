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

/// The loading of one course.
pub(super) struct Loader<'a> {
    pub(super) reader: NodeReader<'a>,
    pub(super) source: &'a Source,
    /// The version of the format that the course is written in.
    pub(super) format: u64,
    /// The number of bytes of lessons that have been read.
    pub(super) bytes: usize,
    /// Faults inside of lessons, which no node of the manifest can be blamed for.
    pub(super) inside: Vec<Fault>,
    /// The slugs of the sections of lessons that items refer to.
    pub(super) sections: HashMap<LessonId, HashSet<String>>,
    /// The ids of the lessons, each with its index in the course.
    pub(super) lessons: HashMap<String, usize>,
    /// The ids of the items, each with its index in the course.
    pub(super) items: HashMap<String, usize>,
}

impl<'a> Loader<'a> {
    /// Resolves the id of a lesson to its index.
    pub(super) fn resolve_lesson(&mut self, node: Located<'a, String>) -> Option<usize> {
        resolve_reference(&mut self.reader, node, "lesson", &self.lessons)
    }

    /// Reports a key that format 1 does not have, where a course of that format gives it.
    pub(super) fn needs_second_format<T>(&mut self, node: Option<Located<'a, T>>, key: &str) {
        if self.format < 2
            && let Some(node) = node
        {
            let problem = format!("`{key}` needs format 2");
            self.reader.fault(node, || (problem, "write `\"format\": 2` at the head of the file".into()));
        }
    }

    /// Resolves the id of an item to its index.
    pub(super) fn resolve_item(&mut self, node: Located<'a, String>) -> Option<usize> {
        resolve_reference(&mut self.reader, node, "item", &self.items)
    }
}

/// Reads a new id, and reports it when it is malformed or taken. `what` is the word for what it
/// names.
pub(super) fn new_id<'a>(
    reader: &mut NodeReader<'a>,
    node: Located<'a, String>,
    what: &str,
    taken: impl Fn(&str) -> bool,
) -> Option<String> {
    let id = reader.filled(node)?;
    if !is_id(&id) {
        reader.fault(node, || {
            let remedy = format!("use a to z, 0 to 9 and `-`, at most {MAX_ID} characters");
            (format!("{} is not a valid id", quoted(&id)), remedy)
        });
    } else if taken(&id) {
        reader.fault(node, || (format!("another {what} has the id `{id}`"), "change one of the two".into()));
    }
    Some(id)
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
    if found.is_none() {
        reader.fault(node, || {
            let mut ids: Vec<&str> = known.keys().map(String::as_str).collect();
            ids.sort_unstable();
            let remedy = did_you_mean(&id, ids, &format!("name one of the course's {what}s"));
            (format!("there is no {what} {}", quoted(&id)), remedy)
        });
    }
    found
}
