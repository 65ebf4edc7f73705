//! The footer's hints for a context.
//!
//! Owns which rows have a hint there, and in which order. Must not know how much room there is.

use crate::reader::keys::binding::{Binding, FIRST, READ_FIRST};
use crate::reader::keys::context::{Context, Provided};
use crate::reader::keys::keymap::Keymap;

/// A hint for the footer: keys that share a word, and the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The rows that share it, each with the key that is shown.
    pub rows: Vec<(&'a Binding, &'a str)>,
    /// The word.
    pub word: &'a str,
}

impl Hint<'_> {
    /// Returns whether it is for something that may be needed in a hurry.
    pub fn is_first(&self) -> bool {
        self.rows.iter().all(|(row, _)| FIRST.contains(&row.name))
    }

    /// Returns whether it belongs to this context alone, and not to every pane.
    pub fn is_of(&self, context: Context) -> bool {
        self.rows.iter().all(|(row, _)| row.context == context)
    }
}

/// The rows that apply in one place.
struct Applying<'a> {
    /// Those of the context itself.
    own: Vec<&'a Binding>,
    /// Those that it shares with others.
    shared: Vec<&'a Binding>,
    /// Those that apply everywhere.
    always: Vec<&'a Binding>,
    /// The keys of those of the context itself.
    own_keys: Vec<&'a str>,
}

impl<'a> Applying<'a> {
    fn new(context: Context, keymap: &'a Keymap) -> Self {
        let own: Vec<&Binding> = keymap.rows_of(context).collect();
        let own_keys = own.iter().flat_map(|row| row.keys.split(' ')).collect();
        let shared = context.shared().into_iter().flat_map(|shared| keymap.rows_of(shared)).collect();
        Self { own, shared, always: keymap.rows_of(Context::ALWAYS).collect(), own_keys }
    }

    /// Returns whether a key that is declared elsewhere does something else here.
    fn is_taken(&self, key: &str) -> bool {
        self.own_keys.contains(&key)
    }
}

/// The footer's hints for a context: what may be needed in a hurry, then its own, then those of
/// every pane.
pub fn hints<'a>(context: Context, keymap: &'a Keymap, provided: Provided<'a>) -> Vec<Hint<'a>> {
    let rows = Applying::new(context, keymap);
    let mut hints = if context == Context::HIDDEN { Vec::new() } else { first_hints(&rows, provided) };
    let has_hint =
        |row: &&&Binding| !row.hint.is_empty() && row.is_offered(provided) && !FIRST.contains(&row.name);
    let own = rows.own.iter().filter(has_hint);
    let shared = rows.shared.iter().filter(has_hint);
    let shared = shared.filter(|row| !row.key().is_some_and(|key| rows.is_taken(key)));
    for row in own.chain(shared) {
        let Some(key) = row.key() else { continue };
        match hints.last_mut() {
            Some(hint) if hint.word == row.hint => hint.rows.push((row, key)),
            _ => hints.push(Hint { rows: vec![(row, key)], word: row.hint }),
        }
    }
    hints
}

/// The hints for what may be needed in a hurry, with the shortest way to each that there is here.
fn first_hints<'a>(rows: &Applying<'a>, provided: Provided<'a>) -> Vec<Hint<'a>> {
    let hint = |name: &&str| {
        let named = |row: &&&'a Binding| row.name == *name && row.is_offered(provided);
        let usual = rows.always.iter().find(named)?.hint;
        let word =
            provided.course.stop_first_word.as_deref().filter(|_| *name == READ_FIRST).unwrap_or(usual);
        let own = rows.own.iter().find(named).and_then(|row| Some((*row, row.key()?)));
        let elsewhere =
            [rows.shared.iter().find(named), rows.always.iter().find(named)].into_iter().flatten();
        let free = |row: &'a Binding| row.key().filter(|key| !rows.is_taken(key)).map(|key| (row, key));
        let shortest = own.or_else(|| elsewhere.copied().find_map(free))?;
        Some(Hint { rows: vec![shortest], word })
    };
    FIRST.iter().filter_map(hint).collect()
}
