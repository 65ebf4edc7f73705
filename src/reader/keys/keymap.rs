//! The keymap: from a key to the binding that applies, and from an action's name to its key.

use crate::reader::keys::binding::Binding;
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::keys::key::Key;
use crate::reader::text_field::Edit;
use crossterm::event::KeyCode;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The bindings that apply, ready to be looked up.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// In the order in which the help lists them.
    contexts: Vec<Context>,
    rows: Vec<Binding>,
    /// The rows by their contexts, as they follow each other.
    parts: Vec<KeymapPart>,
}

/// Rows next to each other that apply in one context.
#[derive(Debug, Clone)]
struct KeymapPart {
    context: Context,
    /// Which rows of the keymap they are.
    rows: Range<usize>,
    /// Indices into the rows of the keymap. Made for the first key in this context: frames need the rows
    /// alone.
    by_key: OnceLock<HashMap<Key, usize>>,
}

/// What a key means in a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMeaning<'a> {
    /// It is bound to the row with this index.
    Bound(usize, &'a Binding),
    /// It edits the text that is typed.
    Edit(Edit),
    /// It names something.
    Letter(char),
    /// It begins or continues a count.
    Digit(u8),
}

impl Keymap {
    /// The keymap of these contexts and rows.
    pub fn new(contexts: Vec<Context>, rows: Vec<Binding>) -> Self {
        let mut end = 0;
        let parts = rows.chunk_by(|row, next| row.context == next.context).filter_map(|rows| {
            let context = rows.first()?.context;
            let start = end;
            end += rows.len();
            Some(KeymapPart { context, rows: start..end, by_key: OnceLock::new() })
        });
        let parts = parts.collect();
        Self { contexts, rows, parts }
    }

    /// The rows that apply: help, footer and palette are made from them.
    pub fn rows(&self) -> &[Binding] {
        &self.rows
    }

    /// The rows of one context.
    pub fn rows_of(&self, context: Context) -> impl Iterator<Item = &Binding> {
        let parts = self.parts.iter().filter(move |part| part.context == context);
        parts.flat_map(|part| self.rows.get(part.rows.clone()).unwrap_or_default())
    }

    /// The contexts in the order in which the help lists them.
    pub fn contexts(&self) -> &[Context] {
        &self.contexts
    }

    /// The key to name when an action is spoken of; the action's name where it has none.
    pub fn key(&self, context: Context, name: &'static str) -> &str {
        let row = self.rows_of(context).find(|row| row.name == name);
        debug_assert!(row.is_some(), "{} has no action named {name}", context.name());
        row.and_then(Binding::key).unwrap_or(name)
    }

    /// The key of an action in a context; empty where it has none, or the context has no such
    /// action.
    pub fn key_if_any(&self, context: Context, name: &str) -> &str {
        let row = self.rows_of(context).find(|row| row.name == name);
        row.and_then(Binding::key).unwrap_or_default()
    }

    /// What a key means in a context. While text is typed, a key that is not bound is text.
    pub fn resolve(&self, context: Context, key: Key) -> Option<KeyMeaning<'_>> {
        let bound = |context| self.row(context, key).map(|(index, row)| KeyMeaning::Bound(index, row));
        bound(context)
            .or_else(|| context.shared().and_then(bound))
            .or_else(|| bound(Context::ALWAYS))
            .or_else(|| match context.unbound {
                Unbound::Count => digit(key).map(KeyMeaning::Digit),
                Unbound::Text => Edit::of(key).map(KeyMeaning::Edit),
                Unbound::Letter => letter(key).map(KeyMeaning::Letter),
                Unbound::Nothing => None,
            })
    }

    fn row(&self, context: Context, key: Key) -> Option<(usize, &Binding)> {
        let parts = self.parts.iter().filter(|part| part.context == context);
        let index = parts.filter_map(|part| part.row(key, &self.rows)).last()?;
        Some((index, self.rows.get(index)?))
    }
}

impl KeymapPart {
    /// The index of the row that a key is bound to, among all these rows.
    fn row(&self, key: Key, rows: &[Binding]) -> Option<usize> {
        let by_key = self.by_key.get_or_init(|| {
            let own = rows.get(self.rows.clone()).unwrap_or_default();
            let mut by_key = HashMap::with_capacity(2 * own.len());
            for (index, row) in self.rows.clone().zip(own) {
                by_key.extend(row.all_keys().map(|key| (key, index)));
            }
            by_key
        });
        by_key.get(&key).copied()
    }
}

/// The character of a key without Ctrl or Alt.
fn plain(key: Key) -> Option<char> {
    match key {
        Key { code: KeyCode::Char(character), ctrl: false, alt: false } => Some(character),
        _ => None,
    }
}

fn letter(key: Key) -> Option<char> {
    plain(key).filter(|letter| letter.is_alphanumeric())
}

fn digit(key: Key) -> Option<u8> {
    plain(key)?.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}
