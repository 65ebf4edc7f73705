//! Reads JSON node by node, and knows the position of each.
//!
//! A faulty node is reported and does not affect its neighbours, so that all faults of a manifest
//! are found at once. Owns the reading of JSON. Must not know what a course is.

use crate::course::fault::{Fault, Severity, line_and_column, quoted};
use crate::course::fields::{FieldDeserializer, keys_of, raw_json};
use crate::course::json_fault::{JsonFault, explain};
use crate::course::nearest::{did_you_mean, nearest};
use crate::course::spans::Spans;
use crate::text::clean::{clean, clean_line};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, value::MapDeserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// The most faults of one file that are described; further ones are only counted.
const DESCRIBED: usize = 200;

/// A piece of JSON that should be a `T` and has not been parsed yet. Empty when it is missing.
pub(super) struct Located<'a, T> {
    raw: Option<&'a str>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Located<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Located<'_, T> {}

impl<'a, T> Located<'a, T> {
    fn new(raw: Option<&'a str>) -> Self {
        Self { raw, kind: PhantomData }
    }
}

impl<'de: 'a, 'a, T> Deserialize<'de> for Located<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        raw_json(deserializer).map(Self::new)
    }
}

#[cfg(test)]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Located<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<T>()
    }
}

impl<'a, T> Located<'a, T> {
    /// Returns whether it is written as a list.
    pub(super) fn is_list(self) -> bool {
        self.raw.is_some_and(|raw| raw.starts_with('['))
    }

    /// Returns whether it is written as an object.
    pub(super) fn is_object(self) -> bool {
        self.raw.is_some_and(|raw| raw.starts_with('{'))
    }

    /// The node as a whole; `None` when it is not what it should be, of which nothing is said.
    pub(super) fn read_quietly(self) -> Option<T>
    where
        T: DeserializeOwned,
    {
        serde_json::from_str(self.raw?).ok()
    }

    /// The same node, to be read as something else that it may be.
    pub(super) fn read_as<U>(self) -> Located<'a, U> {
        Located::new(self.raw)
    }
}

impl Located<'_, String> {
    /// The text of a node that has been checked before; empty when it was faulty.
    pub(super) fn text_or_empty(self) -> String {
        let raw = self.raw.unwrap_or_default();
        serde_json::from_str::<String>(raw).map(|text| clean_line(&text)).unwrap_or_default()
    }
}

/// A key of an object and its value.
struct Entry<'a> {
    /// The key in its quotes.
    written: &'a str,
    /// The key as it is meant.
    key: Cow<'a, str>,
    /// The value, not parsed yet.
    value: &'a str,
}

/// Reads the located nodes of one file and collects their faults.
pub(super) struct NodeReader<'a> {
    file: &'a str,
    source: &'a str,
    spans: Spans,
    faults: Vec<Fault>,
    undescribed: usize,
    /// Faults that do not keep the course from being opened.
    remarks: Vec<Fault>,
}

impl<'a> NodeReader<'a> {
    /// Begins to read a file's text. Also returns its outermost node, unless it is not JSON.
    pub(super) fn new<T>(file: &'a str, source: &'a str) -> (Self, Option<Located<'a, T>>) {
        let spans = Spans::default();
        let mut reader =
            Self { file, source, spans, faults: Vec::new(), undescribed: 0, remarks: Vec::new() };
        // Some editors begin a file with a byte order mark, which JSON does not allow.
        match serde_json::from_str::<&RawValue>(source.trim_start_matches('\u{feff}')) {
            Ok(node) => {
                reader.spans = Spans::of(source);
                (reader, Some(Located::new(Some(node.get()))))
            }
            Err(error) => {
                reader.syntax_fault(&error);
                (reader, None)
            }
        }
    }

    /// Returns all errors, and all remarks that only matter to the author.
    pub(super) fn into_faults(mut self) -> (Vec<Fault>, Vec<Fault>) {
        if self.undescribed > 0 {
            let problem = format!("there are {} more problems", self.undescribed);
            self.faults.push(Fault::error(self.file, problem, "fix those above first"));
        }
        (self.faults, self.remarks)
    }

    /// Reports a fault at a node. Calls `describe` only when the fault will be shown.
    pub(super) fn fault<T>(&mut self, node: Located<'_, T>, describe: impl FnOnce() -> (String, String)) {
        self.report(self.offset_of_node(node), describe);
    }

    /// Adds a remark about a node: a fault that does not keep the course from being opened.
    pub(super) fn remark<T>(
        &mut self,
        node: Located<'_, T>,
        severity: Severity,
        describe: impl FnOnce() -> (String, String),
    ) {
        if self.remarks.len() >= DESCRIBED {
            return;
        }
        let (problem, remedy) = describe();
        let fault = Fault { severity, ..Fault::error(self.file, problem, remedy) };
        let spot = self.offset_of_node(node).map(|offset| line_and_column(self.source, offset));
        self.remarks.push(spot.into_iter().fold(fault, Fault::at_position));
    }

    /// The line in which a node begins, from 1. Counts lines, and so is for faults alone.
    pub(super) fn line_of<T>(&self, node: Located<'_, T>) -> Option<usize> {
        self.offset_of_node(node).map(|offset| line_and_column(self.source, offset).0)
    }

    /// The byte of the source at which a node begins; `None` when it is missing.
    pub(super) fn offset_of_node<T>(&self, node: Located<'_, T>) -> Option<usize> {
        self.offset_of(node.raw?)
    }

    /// Reads one line of text, cleaned.
    pub(super) fn line(&mut self, node: Located<'a, String>) -> Option<String> {
        let text = self.string(node)?;
        if text.trim_end().contains('\n') {
            let key = self.key(node);
            self.remark(node, Severity::Warning, || {
                (format!("{key} has a line break, which is shown as a blank"), "write it as one line".into())
            });
        }
        Some(clean_line(&text))
    }

    /// Reads one line of text, cleaned, that must not be empty.
    pub(super) fn filled(&mut self, node: Located<'a, String>) -> Option<String> {
        let line = self.line(node)?;
        if line.trim().is_empty() {
            let key = self.key(node);
            self.fault(node, || (format!("{key} is empty"), "write a few words".into()));
            return None;
        }
        Some(line)
    }

    /// Reads a text of any number of lines, cleaned.
    pub(super) fn paragraphs(&mut self, node: Located<'a, String>) -> Option<String> {
        self.string(node).map(|text| clean(&text).trim().to_owned())
    }

    /// Reads a file's name, as it is written.
    pub(super) fn name(&mut self, node: Located<'a, String>) -> Option<String> {
        self.value(node, "a text in double quotes")
    }

    /// Returns whether no fault was found so far.
    pub(super) fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    /// Reads a text as it is written; remarks on characters that cleaning removes.
    fn string(&mut self, node: Located<'a, String>) -> Option<String> {
        let text: String = self.value(node, "a text in double quotes")?;
        if let Some((_, stripped)) = first_stripped(&text) {
            let key = self.key(node);
            self.remark(node, Severity::Error, || stripped_message(&key, stripped));
        }
        Some(text)
    }

    /// Reads a whole number.
    pub(super) fn number(&mut self, node: Located<'a, u64>) -> Option<u64> {
        self.value(node, "a whole number")
    }

    /// Reads a list of at most `most` nodes; the rest is left out and reported.
    pub(super) fn list<T>(&mut self, node: Located<'a, Vec<T>>, most: usize) -> Vec<Located<'a, T>> {
        let Some(raw) = node.raw else { return Vec::new() };
        let Some(nodes) = self.nodes_in(raw, '[') else {
            self.mismatch(node, "a list in square brackets");
            return Vec::new();
        };
        let mut nodes: Vec<_> = nodes.into_iter().map(|raw| Located::new(Some(raw))).collect();
        if let Some(first) = nodes.get(most).copied() {
            let count = nodes.len();
            self.fault(first, || (format!("the list has {count} entries"), format!("keep at most {most}")));
            nodes.truncate(most);
        }
        nodes
    }

    /// Reads an object: its keys are checked here, its values are read later.
    pub(super) fn object<T: Deserialize<'a>>(&mut self, node: Located<'a, T>) -> Option<T> {
        let Some(entries) = self.entries_in(node.raw?) else {
            self.mismatch(node, "an object in curly brackets");
            return None;
        };
        let known = keys_of::<T>();
        let mut given: Vec<(&'static str, &'a str)> = Vec::new();
        // A key that is only misspelt is not missing, too.
        let mut misspelt: Vec<&'static str> = Vec::new();
        for Entry { written, key, value } in entries {
            let key_at = self.offset_of(written);
            match known.iter().find(|name| **name == key) {
                None => {
                    if self.faults.len() < DESCRIBED {
                        misspelt.extend(nearest(&key, known.iter().copied()));
                    }
                    self.report(key_at, || unknown_key(&key, known));
                }
                Some(name) if given.iter().any(|(other, _)| other == name) => self.report(key_at, || {
                    (format!("`{name}` is given twice"), "remove one of the two".to_owned())
                }),
                Some(name) => given.push((name, value)),
            }
        }
        let missing = RefCell::new(Vec::new());
        let fields: Vec<_> = known
            .iter()
            .map(|name| {
                let value = given.iter().find(|(other, _)| other == name).map(|(_, value)| *value);
                (*name, FieldDeserializer { name, value, missing: &missing })
            })
            .collect();
        let object = T::deserialize(MapDeserializer::new(fields.into_iter()));
        for name in missing.into_inner().into_iter().filter(|name| !misspelt.contains(name)) {
            self.fault(node, || {
                (format!("`{name}` is missing here"), format!("add `\"{name}\": …` to this object"))
            });
        }
        match object {
            Ok(object) => Some(object),
            Err(error) => {
                self.fault(node, || (error.to_string(), "see docs/AUTHORING.md for the format".into()));
                None
            }
        }
    }

    /// Reads an object whose keys are not known beforehand: each key, cleaned, with its node.
    pub(super) fn entries<T>(
        &mut self,
        node: Located<'a, BTreeMap<String, T>>,
    ) -> Vec<(String, Located<'a, T>)> {
        let Some(raw) = node.raw else { return Vec::new() };
        let Some(entries) = self.entries_in(raw) else {
            self.mismatch(node, "an object in curly brackets");
            return Vec::new();
        };
        let located = |entry: Entry<'a>| (clean_line(&entry.key), Located::new(Some(entry.value)));
        entries.into_iter().map(located).collect()
    }

    /// The nodes directly in a node that begins with this bracket; none when it does not.
    fn nodes_in(&self, raw: &'a str, bracket: char) -> Option<Vec<&'a str>> {
        let start = self.offset_of(raw).filter(|_| raw.starts_with(bracket))?;
        Some(self.spans.nodes_in(self.source, start))
    }

    /// The entries of an object; none when it is none, or when a key of it is no text.
    fn entries_in(&self, raw: &'a str) -> Option<Vec<Entry<'a>>> {
        let nodes = self.nodes_in(raw, '{')?;
        let (pairs, _) = nodes.as_chunks();
        pairs.iter().map(|[written, value]| Some(Entry { written, key: key_of(written)?, value })).collect()
    }

    /// Parses a node as a whole. `wanted` describes what it should be.
    pub(super) fn value<T: DeserializeOwned>(&mut self, node: Located<'a, T>, wanted: &str) -> Option<T> {
        let value = serde_json::from_str(node.raw?).ok();
        if value.is_none() {
            self.mismatch(node, wanted);
        }
        value
    }

    /// Reports a node that is not what was wanted.
    fn mismatch<T>(&mut self, node: Located<'a, T>, wanted: &str) {
        let key = self.key(node);
        let raw = node.raw.unwrap_or_default();
        self.fault(node, || {
            if wanted.starts_with("a text") && raw.starts_with('"') {
                let problem = format!("{key} contains a `\\u` escape that is not a character");
                return (problem, "write the character itself".into());
            }
            (format!("{key} is written as {}", kind_of(raw)), format!("it has to be {wanted}"))
        });
    }

    /// Adds a fault, or only counts it when there are too many.
    fn report(&mut self, offset: Option<usize>, describe: impl FnOnce() -> (String, String)) {
        if self.faults.len() >= DESCRIBED {
            self.undescribed += 1;
            return;
        }
        let (problem, remedy) = describe();
        let fault = Fault::error(self.file, problem, remedy);
        self.faults.push(match offset {
            Some(offset) => fault.at_position(line_and_column(self.source, offset)),
            None => fault,
        });
    }

    /// Reports a file that is not JSON.
    fn syntax_fault(&mut self, error: &serde_json::Error) {
        let JsonFault { offset, problem, remedy } = explain(self.source, error);
        self.report(Some(offset), || (problem, remedy));
    }

    /// The byte of the source at which a slice of it begins.
    fn offset_of(&self, raw: &str) -> Option<usize> {
        raw.as_ptr().addr().checked_sub(self.source.as_ptr().addr())
    }

    /// The name of a node in messages: the key before it, if it has one.
    fn key<T>(&self, node: Located<'_, T>) -> String {
        self.offset_of_node(node)
            .and_then(|offset| self.source.get(..offset))
            .and_then(|before| before.trim_end().strip_suffix(':'))
            .and_then(|before| before.trim_end().strip_suffix('"'))
            .and_then(|before| before.rsplit('"').next())
            .map_or_else(|| "this entry".to_owned(), quoted)
    }
}

/// What a key in its quotes means; none when an escape in it is no character.
fn key_of(written: &str) -> Option<Cow<'_, str>> {
    let plain = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match plain.filter(|plain| !plain.contains('\\')) {
        Some(plain) => Some(Cow::Borrowed(plain)),
        None => serde_json::from_str(written).ok().map(Cow::Owned),
    }
}

/// Makes the problem and the remedy for a key that is not known.
fn unknown_key(key: &str, known: &[&str]) -> (String, String) {
    let all = format!("use one of: {}", known.join(", "));
    (format!("{} is not a key here", quoted(key)), did_you_mean(key, known.iter().copied(), &all))
}

/// Names the kind of a piece of JSON.
fn kind_of(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Finds the first character that cleaning removes from a text, and its byte. Skips harmless ones
/// that editors insert automatically.
pub(super) fn first_stripped(text: &str) -> Option<(usize, char)> {
    let harmless = |character| matches!(character, ' '..='~' | '\t' | '\n' | '\r' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    // Without a branch the compiler checks many bytes at once.
    if text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')) {
        return None;
    }
    let mut buffer = [0; 4];
    text.char_indices()
        .filter(|(_, character)| !harmless(*character))
        .find(|(_, character)| clean(character.encode_utf8(&mut buffer)).is_empty())
}

/// Makes the problem and the remedy for a character that cleaning removes.
pub(super) fn stripped_message(place: &str, character: char) -> (String, String) {
    (
        format!("{place} contains U+{:04X}, which must not reach a terminal", u32::from(character)),
        "remove it; sidelight strips it anyway".to_owned(),
    )
}
