//! From a key to an Action, by the table of bindings.

use crate::reader::action::{FormAction, ListAction, SearchAction, WritingAction};
use crate::reader::bindings::{BINDINGS, Binding, Context};
use crate::reader::{Action, Key};
use crossterm::event::{Event, KeyCode, KeyEvent};
use std::collections::HashMap;
use std::sync::OnceLock;
use tui_input::InputRequest;
use tui_input::backend::crossterm::to_input_request;

/// The bindings, ready to be asked.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<Binding>,
    /// Made for the first key: the first frame needs the rows alone.
    actions: OnceLock<HashMap<(Context, Key), Action>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(BINDINGS.to_vec())
    }
}

impl Keymap {
    /// The keymap of these rows, in place of those of the table.
    pub fn new(rows: Vec<Binding>) -> Self {
        Self { rows, actions: OnceLock::new() }
    }

    fn action(&self, context: Context, key: Key) -> Option<Action> {
        let all = || {
            let mut actions = HashMap::with_capacity(2 * self.rows.len());
            actions.extend(
                self.rows
                    .iter()
                    .flat_map(|row| keys(row).map(|key| ((row.context, key), row.action.clone()))),
            );
            actions
        };
        self.actions.get_or_init(all).get(&(context, key)).cloned()
    }

    /// The rows that hold: what the help, the footer and the palette tell.
    pub fn rows(&self) -> &[Binding] {
        &self.rows
    }

    /// The key to name when an action is spoken of; its name where it is bound to nothing.
    pub fn key(&self, context: Context, action: &Action) -> &str {
        let row = self.rows.iter().find(|row| row.context == context && row.action == *action);
        row.map_or("", |row| row.key().unwrap_or(row.name()))
    }

    /// What a key does in a context. While text is typed, what is not bound is text.
    pub fn resolve(&self, context: Context, event: &KeyEvent) -> Option<Action> {
        let key = Key::from_event(event)?;
        let look_up = |context| self.action(context, key);
        look_up(context)
            .or_else(|| context.is_pane().then(|| look_up(Context::Panes)).flatten())
            .or_else(|| look_up(Context::Always))
            .or_else(|| match context {
                Context::Search => typed(event).map(|request| Action::Search(SearchAction::Input(request))),
                Context::Form => typed(event).map(|request| Action::Form(FormAction::Input(request))),
                Context::Writing => {
                    typed(event).map(|request| Action::Writing(WritingAction::Input(request)))
                }
                Context::Palette => typed(event).map(|request| Action::List(ListAction::Input(request))),
                Context::Letter => letter(key),
                Context::Hidden => None,
                Context::Panes
                | Context::Notes
                | Context::Headings
                | Context::Review
                | Context::Navigator
                | Context::Reading
                | Context::Checklist
                | Context::Questions
                | Context::Suggestion
                | Context::Sure
                | Context::Shelf
                | Context::Address
                | Context::Help
                | Context::Always => digit(key),
            })
    }
}

/// The keys of a row.
pub fn keys(row: &Binding) -> impl Iterator<Item = Key> {
    row.keys.split(' ').filter_map(Key::parse)
}

/// A letter or digit that names a place.
fn letter(key: Key) -> Option<Action> {
    match key {
        Key { code: KeyCode::Char(letter), ctrl: false, alt: false } if letter.is_alphanumeric() => {
            Some(Action::List(ListAction::Letter(letter)))
        }
        _ => None,
    }
}

/// What a key does to text.
fn typed(event: &KeyEvent) -> Option<InputRequest> {
    to_input_request(&Event::Key(*event))
}

/// A digit begins or continues a count.
fn digit(key: Key) -> Option<Action> {
    match key {
        Key { code: KeyCode::Char(character), ctrl: false, alt: false } => {
            character.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).map(Action::Digit)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_is_bound_twice_in_a_context() {
        let mut seen = HashSet::new();
        for row in BINDINGS {
            for key in keys(row) {
                assert!(seen.insert((row.context, key)), "{key} is bound twice in {:?}", row.context);
            }
        }
    }

    #[test]
    fn every_name_of_a_key_in_the_table_is_understood() {
        for row in BINDINGS {
            for name in row.keys.split(' ') {
                assert!(Key::parse(name).is_some(), "{name:?} in the row {:?}", row.help);
            }
            assert!(!row.help.is_empty() && !row.help.ends_with('.'));
        }
    }

    #[test]
    fn what_is_not_bound_is_text_only_while_text_is_typed() {
        let keymap = Keymap::default();
        let event = Key::parse("q").unwrap().to_event();
        assert_eq!(keymap.resolve(Context::Reading, &event), Some(Action::Quit));
        assert!(matches!(
            keymap.resolve(Context::Search, &event),
            Some(Action::Search(SearchAction::Input(_)))
        ));
        let event = Key::parse("Z").unwrap().to_event();
        assert_eq!(keymap.resolve(Context::Reading, &event), None);
    }
}
