//! The keymap: from a key to the binding that applies, and from an action's name to its key.

use crate::reader::keys::binding::Binding;
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::keys::key::Key;
use crate::reader::text_field::Edit;
use crossterm::event::KeyCode;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The bindings that apply, ready to be looked up.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// In the order in which the help lists them.
    contexts: Vec<Context>,
    rows: Vec<Binding>,
    /// Indices into `rows`. Made for the first key: the first frame needs the rows alone.
    by_key: OnceLock<HashMap<(Context, Key), usize>>,
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
        Self { contexts, rows, by_key: OnceLock::new() }
    }

    /// The rows that apply: help, footer and palette are made from them.
    pub fn rows(&self) -> &[Binding] {
        &self.rows
    }

    /// The contexts in the order in which the help lists them.
    pub fn contexts(&self) -> &[Context] {
        &self.contexts
    }

    /// The key to name when an action is spoken of; the action's name where it has none.
    pub fn key(&self, context: Context, name: &'static str) -> &str {
        let row = self.rows.iter().find(|row| row.context == context && row.name == name);
        debug_assert!(row.is_some(), "{} has no action named {name}", context.name());
        row.and_then(Binding::key).unwrap_or(name)
    }

    /// The key of an action in a context; empty where it has none, or the context has no such
    /// action.
    pub fn key_if_any(&self, context: Context, name: &str) -> &str {
        let row = self.rows.iter().find(|row| row.context == context && row.name == name);
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
        let by_key = self.by_key.get_or_init(|| {
            let mut by_key = HashMap::with_capacity(2 * self.rows.len());
            for (index, row) in self.rows.iter().enumerate() {
                by_key.extend(row.all_keys().map(|key| ((row.context, key), index)));
            }
            by_key
        });
        let index = *by_key.get(&(context, key))?;
        Some((index, self.rows.get(index)?))
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
