//! What is chosen in words of the reader's own, and the names of the notes that show such words
//! when others have replaced them.
//!
//! Owns these names. Must not know which words there are: `choice.rs` and `replaced.rs` do.

use crate::course::ItemId;
use crate::journal::note_names::main_name;
use serde::{Deserialize, Serialize};

/// Something that is chosen in words of the reader's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Worded {
    /// The text of an own item.
    OwnItem(ItemId),
    /// The if-then plan of an item.
    Plan(ItemId),
}

/// The beginnings of the names under which replaced words are shown as notes.
const OWN_ITEM: &str = "own-item ";
const PLAN: &str = "if-then ";

impl Worded {
    /// The beginning of the names of the notes that show what was replaced here.
    pub(crate) fn note(&self) -> String {
        match self {
            Self::OwnItem(item) => format!("{OWN_ITEM}{item}"),
            Self::Plan(item) => format!("{PLAN}{item}"),
        }
    }

    /// What a note of this name shows replaced words of, whether a merge or an import brought them.
    pub(crate) fn of_note(note: &str) -> Option<Self> {
        let main = main_name(note);
        if main == note {
            return None;
        }
        let plan = || main.strip_prefix(PLAN).map(|item| Self::Plan(ItemId::new(item)));
        main.strip_prefix(OWN_ITEM).map(|item| Self::OwnItem(ItemId::new(item))).or_else(plan)
    }
}
