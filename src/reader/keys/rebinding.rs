//! Other keys than those of the table, as the reader wishes.
//!
//! Owns which wishes can be granted together: no key does two things in a context, what is
//! typed stays text, and there is always a key to quit, to hide, to show, and to close what
//! lies over the panes. What cannot be granted is reported, and the table applies to it. Must
//! not know where the wishes come from.

use crate::reader::keys::binding::Binding;
use crate::reader::keys::context::{Context, ContextKind, Unbound};
use crate::reader::keys::key::Key;
use crossterm::event::KeyCode;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The keys that an action is to have; none if it is to be bound to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Where.
    pub context: Context,
    /// The name of the action, which the context has.
    pub name: &'static str,
    /// Its keys.
    pub keys: Vec<Key>,
}

/// Why a wish is not granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The key does something else there.
    Taken {
        /// The key.
        key: Key,
        /// Where.
        context: Context,
        /// The name of what it does.
        by: &'static str,
    },
    /// The key is text where it would be bound.
    Text {
        /// The key.
        key: Key,
    },
    /// There would be no key for something that must always have one.
    NoWayOut {
        /// The name of that.
        name: &'static str,
        /// Where.
        context: Context,
    },
}

impl Trouble {
    /// What is wrong.
    pub fn problem(&self) -> String {
        match self {
            Self::Taken { key, context, by } => {
                format!("`{key}` is the key of `{by}` in `{}` too", context.name())
            }
            Self::Text { key } => format!("`{key}` is text here, where something may be typed"),
            Self::NoWayOut { name, context } => {
                format!("`{name}` would have no key in `{}`, and it must have one", context.name())
            }
        }
    }

    /// What to do.
    pub fn remedy(&self) -> String {
        match self {
            Self::Taken { by, .. } => format!("give `{by}` another key too, or choose another one here"),
            Self::Text { .. } => "choose one with Ctrl or Alt, or such as F5".to_owned(),
            Self::NoWayOut { .. } => "leave it a key that does nothing else there".to_owned(),
        }
    }
}

/// The rows with the wishes granted, and the wishes that could not be, by their index. Of two
/// wishes for one key the earlier is granted.
pub fn rebound(
    contexts: &[Context],
    table: &[Binding],
    wishes: &[Wish],
) -> (Vec<Binding>, BTreeMap<usize, Trouble>) {
    let mut refused: BTreeMap<usize, Trouble> =
        wishes.iter().enumerate().filter_map(|(index, wish)| Some((index, is_text(wish)?))).collect();
    // Every round refuses one more, and without any the table is sound.
    loop {
        let rows = granted_rows(table, wishes, |index| !refused.contains_key(&index));
        let granted: Vec<usize> = (0..wishes.len()).filter(|index| !refused.contains_key(index)).collect();
        let trouble =
            taken(&rows, wishes, &granted).or_else(|| locked_in(contexts, table, &rows, wishes, &granted));
        match trouble {
            Some((index, trouble)) => refused.insert(index, trouble),
            None => return (rows, refused),
        };
    }
}

fn granted_rows(table: &[Binding], wishes: &[Wish], is_granted: impl Fn(usize) -> bool) -> Vec<Binding> {
    let granted: HashMap<(Context, &str), &Wish> = wishes
        .iter()
        .enumerate()
        .filter(|(index, _)| is_granted(*index))
        .map(|(_, wish)| ((wish.context, wish.name), wish))
        .collect();
    let row = |row: &Binding| match granted.get(&(row.context, row.name)) {
        Some(wish) => {
            let keys: Vec<String> = wish.keys.iter().map(Key::to_string).collect();
            Binding { keys: Cow::Owned(keys.join(" ")), ..row.clone() }
        }
        None => row.clone(),
    };
    table.iter().map(row).collect()
}

/// The key that a reader could not type any more.
fn is_text(wish: &Wish) -> Option<Trouble> {
    let is_typed = matches!(wish.context.unbound, Unbound::Text | Unbound::Letter);
    let is_text =
        |key: &&Key| !key.ctrl && !key.alt && matches!(key.code, KeyCode::Char(_) | KeyCode::Backspace);
    wish.keys.iter().filter(|_| is_typed).find(is_text).map(|key| Trouble::Text { key: *key })
}

/// The last wish for a key that another row of the context has.
fn taken(rows: &[Binding], wishes: &[Wish], granted: &[usize]) -> Option<(usize, Trouble)> {
    let mut owners: HashMap<(Context, Key), Vec<&'static str>> = HashMap::new();
    for row in rows {
        for key in row.all_keys() {
            owners.entry((row.context, key)).or_default().push(row.name);
        }
    }
    granted.iter().rev().find_map(|index| {
        let wish = wishes.get(*index)?;
        wish.keys.iter().find_map(|key| {
            let by = owners.get(&(wish.context, *key))?.iter().find(|name| **name != wish.name)?;
            Some((*index, Trouble::Taken { key: *key, context: wish.context, by }))
        })
    })
}

/// The wish that takes the last key from something that must have one.
fn locked_in(
    contexts: &[Context],
    table: &[Binding],
    rows: &[Binding],
    wishes: &[Wish],
    granted: &[usize],
) -> Option<(usize, Trouble)> {
    let (context, name) =
        must_have_keys(contexts).find(|(context, name)| !is_reached(rows, *context, name))?;
    let is_the_one = |index: &&usize| {
        let rows = granted_rows(table, wishes, |other| other != **index && granted.contains(&other));
        is_reached(&rows, context, name)
    };
    let index = granted.iter().rev().find(is_the_one).or(granted.last())?;
    Some((*index, Trouble::NoWayOut { name, context }))
}

/// The names of the actions that must have a key, and where.
pub(in crate::reader) fn must_have_keys(
    contexts: &[Context],
) -> impl Iterator<Item = (Context, &'static str)> {
    let places = contexts.iter().copied().filter(|context| context.kind != ContextKind::Shared);
    places.flat_map(|context| {
        let hide = (context != Context::HIDDEN).then_some("hide");
        [Some("quit"), hide, context.way_out].into_iter().flatten().map(move |name| (context, name))
    })
}

/// Returns whether a key leads to the action of this name, as the keymap resolves it.
pub(in crate::reader) fn is_reached(rows: &[Binding], context: Context, name: &str) -> bool {
    let order = [Some(context), context.shared(), Some(Context::ALWAYS)];
    let mut seen = HashSet::new();
    order.into_iter().flatten().any(|context| {
        let mut is_found = false;
        for row in rows.iter().filter(|row| row.context == context) {
            for key in row.all_keys() {
                is_found |= seen.insert(key) && row.name == name;
            }
        }
        is_found
    })
}
