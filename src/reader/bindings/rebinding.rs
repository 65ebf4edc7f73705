//! Other keys than those of the table, as the reader wishes.
//!
//! Owns which wishes can be granted together: no key does two things in a context, what is
//! typed stays text, and there is always a key to quit, to hide, to show, and to close what
//! lies over the panes. What can not be granted is told, and the table holds for it. Must not
//! know where the wishes come from.

use crate::reader::action::{Action, WritingAction};
use crate::reader::bindings::{BINDINGS, Binding, Context};
use crate::reader::{Key, keymap};
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

/// The rows of the table with the wishes granted, and the wishes that could not be, by their
/// index. Of two wishes for one key the earlier is granted.
pub fn rebound(wishes: &[Wish]) -> (Vec<Binding>, BTreeMap<usize, Trouble>) {
    let mut refused: BTreeMap<usize, Trouble> =
        wishes.iter().enumerate().filter_map(|(index, wish)| Some((index, is_text(wish)?))).collect();
    // Every turn refuses one more, and without any the table is sound.
    loop {
        let rows = rows(wishes, |index| !refused.contains_key(&index));
        let granted: Vec<usize> = (0..wishes.len()).filter(|index| !refused.contains_key(index)).collect();
        let trouble = taken(&rows, wishes, &granted).or_else(|| locked_in(&rows, wishes, &granted));
        match trouble {
            Some((index, trouble)) => refused.insert(index, trouble),
            None => return (rows, refused),
        };
    }
}

fn rows(wishes: &[Wish], is_granted: impl Fn(usize) -> bool) -> Vec<Binding> {
    let granted: HashMap<(Context, &str), &Wish> = wishes
        .iter()
        .enumerate()
        .filter(|(index, _)| is_granted(*index))
        .map(|(_, wish)| ((wish.context, wish.name), wish))
        .collect();
    let row = |row: &Binding| match granted.get(&(row.context, row.name())) {
        Some(wish) => {
            let keys: Vec<String> = wish.keys.iter().map(Key::to_string).collect();
            Binding { keys: Cow::Owned(keys.join(" ")), ..row.clone() }
        }
        None => row.clone(),
    };
    BINDINGS.iter().map(row).collect()
}

/// The key that a reader could not type any more.
fn is_text(wish: &Wish) -> Option<Trouble> {
    let is_typed = matches!(
        wish.context,
        Context::Search
            | Context::Form
            | Context::Writing
            | Context::Palette
            | Context::Letter
            | Context::Always
    );
    let is_text =
        |key: &&Key| !key.ctrl && !key.alt && matches!(key.code, KeyCode::Char(_) | KeyCode::Backspace);
    wish.keys.iter().filter(|_| is_typed).find(is_text).map(|key| Trouble::Text { key: *key })
}

/// The last wish for a key that another row of the context has.
fn taken(rows: &[Binding], wishes: &[Wish], granted: &[usize]) -> Option<(usize, Trouble)> {
    let mut owners: HashMap<(Context, Key), Vec<&'static str>> = HashMap::new();
    for row in rows {
        for key in keymap::keys(row) {
            owners.entry((row.context, key)).or_default().push(row.name());
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
fn locked_in(rows: &[Binding], wishes: &[Wish], granted: &[usize]) -> Option<(usize, Trouble)> {
    let (context, action) = ways_out().find(|(context, action)| !is_reached(rows, *context, action))?;
    let name = rows.iter().find(|row| row.action == action).map_or("", Binding::name);
    let is_the_one = |index: &&usize| {
        let rows = self::rows(wishes, |other| other != **index && granted.contains(&other));
        is_reached(&rows, context, &action)
    };
    let index = granted.iter().rev().find(is_the_one).or(granted.last())?;
    Some((*index, Trouble::NoWayOut { name, context }))
}

/// What must have a key, and where.
fn ways_out() -> impl Iterator<Item = (Context, Action)> {
    let somewhere = Context::ALL.into_iter().filter(|it| !matches!(it, Context::Panes | Context::Always));
    somewhere.flat_map(|context| {
        let out = match context {
            Context::Hidden => Some(Action::Show),
            Context::Writing => Some(Action::Writing(WritingAction::Keep)),
            _ if context.is_pane() => None,
            _ => Some(Action::Cancel),
        };
        let hide = (context != Context::Hidden).then_some(Action::Hide);
        [Some(Action::Quit), hide, out].into_iter().flatten().map(move |action| (context, action))
    })
}

/// Whether a key leads to the action, as the keymap resolves it.
fn is_reached(rows: &[Binding], context: Context, action: &Action) -> bool {
    let order = [Some(context), context.is_pane().then_some(Context::Panes), Some(Context::Always)];
    let mut seen = HashSet::new();
    order.into_iter().flatten().any(|context| {
        let mut is_found = false;
        for row in rows.iter().filter(|row| row.context == context) {
            for key in keymap::keys(row) {
                is_found |= seen.insert(key) && row.action == *action;
            }
        }
        is_found
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn wish(context: Context, name: &'static str, keys: &[&str]) -> Wish {
        Wish { context, name, keys: keys.iter().map(|key| Key::parse(key).unwrap()).collect() }
    }

    fn keys_of(rows: &[Binding], context: Context, name: &str) -> String {
        rows.iter().find(|row| row.context == context && row.name() == name).unwrap().keys.to_string()
    }

    #[test]
    fn without_a_wish_the_table_holds_and_has_every_way_out() {
        let (rows, refused) = rebound(&[]);
        assert_eq!((rows.as_slice(), refused.len()), (BINDINGS, 0));
    }

    #[test]
    fn two_actions_can_change_their_keys_with_each_other() {
        let wishes = [
            wish(Context::Reading, "next-lesson", &["["]),
            wish(Context::Reading, "previous-lesson", &["]", "Backspace"]),
        ];
        let (rows, refused) = rebound(&wishes);
        assert!(refused.is_empty());
        assert_eq!(keys_of(&rows, Context::Reading, "next-lesson"), "[");
        assert_eq!(keys_of(&rows, Context::Reading, "previous-lesson"), "] Backspace");
    }

    #[test]
    fn a_key_that_something_else_has_is_refused_and_the_table_holds_for_that_alone() {
        let wishes = [
            wish(Context::Reading, "wider", &["z"]),
            wish(Context::Reading, "next-lesson", &["b"]),
            wish(Context::Reading, "narrower", &["z"]),
        ];
        let (rows, refused) = rebound(&wishes);
        let key = |name| Key::parse(name).unwrap();
        let taken = |by, name| Trouble::Taken { key: key(name), context: Context::Reading, by };
        let told: Vec<(usize, Trouble)> = refused.into_iter().collect();
        assert_eq!(told, [(1, taken("page-up", "b")), (2, taken("wider", "z"))]);
        assert_eq!(keys_of(&rows, Context::Reading, "wider"), "z");
        assert_eq!(keys_of(&rows, Context::Reading, "next-lesson"), "]");
        assert_eq!(keys_of(&rows, Context::Reading, "narrower"), "-");
    }

    #[test]
    fn a_refused_wish_takes_its_own_key_back_from_whoever_wished_for_it() {
        let wishes = [
            wish(Context::Reading, "previous-lesson", &["]"]),
            wish(Context::Reading, "next-lesson", &["b"]),
        ];
        let (rows, refused) = rebound(&wishes);
        assert_eq!(refused.keys().copied().collect::<Vec<_>>(), [0, 1]);
        assert_eq!(rows, BINDINGS);
    }

    #[test]
    fn there_is_always_a_key_to_quit_to_hide_to_show_and_to_close() {
        for (context, name) in [
            (Context::Always, "quit"),
            (Context::Always, "hide"),
            (Context::Hidden, "show"),
            (Context::Help, "cancel"),
            (Context::Writing, "keep"),
        ] {
            let (rows, refused) = rebound(&[wish(context, name, &[])]);
            assert!(matches!(refused.get(&0), Some(Trouble::NoWayOut { .. })), "{name} in {context:?}");
            assert_eq!(rows, BINDINGS);
        }
        // Not by another action on the same key either.
        let (_, refused) = rebound(&[wish(Context::Search, "go-to-hit", &["Ctrl-g"])]);
        assert_eq!(refused.get(&0), Some(&Trouble::NoWayOut { name: "hide", context: Context::Search }));
        let (_, refused) = rebound(&[wish(Context::Always, "quit", &["Ctrl-q"])]);
        assert!(refused.is_empty());
    }

    #[test]
    fn what_is_typed_stays_text() {
        for context in [Context::Always, Context::Search, Context::Writing] {
            let name = BINDINGS.iter().find(|row| row.context == context).unwrap().name();
            let (_, refused) = rebound(&[wish(context, name, &["F5", "j"])]);
            assert_eq!(refused.get(&0), Some(&Trouble::Text { key: Key::parse("j").unwrap() }));
        }
    }

    #[test]
    fn everything_bound_to_nothing_leaves_every_way_out() {
        let wishes: Vec<Wish> = BINDINGS.iter().map(|row| wish(row.context, row.name(), &[])).collect();
        let (rows, refused) = rebound(&wishes);
        assert!(!refused.is_empty() && refused.len() < wishes.len());
        for (context, action) in ways_out() {
            assert!(is_reached(&rows, context, &action), "{action:?} in {context:?}");
        }
    }
}
