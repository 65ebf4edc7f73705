//! What overlays share: a list with a selection, and text that is typed.
//!
//! Owns the rows and the actions that are the same in every list, and what input means there that
//! is bound to nothing. What the entries are, and what becomes of the selected one, each overlay
//! says itself.

use crate::reader::input::OverlayInput;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::motion::Motion;
use crate::reader::outcome::Outcome;
use crate::reader::text_field::{Edit, TextField};
use crate::reader::view::View;

/// What is said where another text stands beside the one that is shown.
pub fn another_text(view: &View) -> String {
    format!("Another text for this is among your notes: {}", view.key(Context::PANES, "notes"))
}

/// What is done in any list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListAction {
    /// Moves the selection.
    Move(Motion),
    /// Selects the entry with this index.
    Select(usize),
    /// Closes the list.
    Close,
}

/// The rows that move in any list. What closes a list differs.
pub const LIST_ROWS: &[BindingRow<ListAction>] = &[
    row("j Down", "down", ListAction::Move(Motion::Down), "one down", "move"),
    row("k Up", "up", ListAction::Move(Motion::Up), "one up", "move"),
    row("Space PgDn f Ctrl-f Ctrl-d", "page-down", ListAction::Move(Motion::PageDown), "page down", ""),
    row("b PgUp Ctrl-b Ctrl-u", "page-up", ListAction::Move(Motion::PageUp), "page up", ""),
    row("g Home", "first", ListAction::Move(Motion::First), "to the first; with a number, to that one", ""),
    row("G End", "last", ListAction::Move(Motion::Last), "to the last; with a number, to that one", ""),
];

/// The row that closes a list.
pub const fn closing(keys: &'static str, help: &'static str) -> BindingRow<ListAction> {
    row(keys, "cancel", ListAction::Close, help, "close")
}

impl ListAction {
    /// What input that is bound to nothing does in a list.
    pub fn of(input: &OverlayInput) -> Option<Self> {
        match input {
            OverlayInput::Click(entry) => Some(Self::Select(*entry)),
            OverlayInput::Wheel(motion) => Some(Self::Move(*motion)),
            OverlayInput::Edit(_)
            | OverlayInput::Paste(_)
            | OverlayInput::Letter(_)
            | OverlayInput::Digit(_) => None,
        }
    }

    /// Applies it to the selection of a list of this many entries, with pages of so many.
    pub fn apply(self, selected: &mut usize, entries: usize, page: usize, view: &View) -> Outcome {
        match self {
            Self::Move(motion) => {
                let target = view.target(motion, *selected, entries, page);
                if target == *selected && entries > 0 {
                    return Outcome::at_edge(motion);
                }
                *selected = target;
            }
            Self::Select(entry) => *selected = entry.min(entries.saturating_sub(1)),
            Self::Close => return Outcome::Close,
        }
        Outcome::Stay
    }
}

/// What is done where text is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypingAction {
    /// Changes the text.
    Edit(Edit),
    /// Takes in pasted text.
    Paste(String),
    /// Moves to another entry or field.
    Move(Motion),
    /// Selects the entry or field with this index.
    Select(usize),
}

impl TypingAction {
    /// What input that is bound to nothing does where text is typed.
    pub fn of(input: &OverlayInput) -> Option<Self> {
        match input {
            OverlayInput::Edit(edit) => Some(Self::Edit(*edit)),
            OverlayInput::Paste(text) => Some(Self::Paste(text.clone())),
            OverlayInput::Click(entry) => Some(Self::Select(*entry)),
            OverlayInput::Wheel(motion) => Some(Self::Move(*motion)),
            OverlayInput::Letter(_) | OverlayInput::Digit(_) => None,
        }
    }
}

/// Changes a line of text. Returns whether it is another text then.
pub fn typed(field: &mut TextField, change: impl FnOnce(&mut TextField)) -> bool {
    let before = field.text().to_owned();
    change(field);
    field.text() != before
}
