//! The mouse as the reader means it: whose it is, what it does, and to what.
//!
//! Owns the words for it. What lies at a cell of the screen is the screen's to say, and what
//! a gesture does is `update`'s. Must not know columns and rows.

use crate::course::ItemId;
use crate::reader::keys::Context;
use crate::reader::pane::Pane;
use crate::reader::pane::navigator::NavigatorEntry;

/// Whose the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// It points, and the wheel scrolls.
    Ours,
    /// The terminal's, to select text with.
    Free,
}

/// What the mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// The left button is pressed.
    Click,
    /// The wheel is turned towards the reader.
    WheelDown,
    /// The wheel is turned away from the reader.
    WheelUp,
}

/// What lies under the mouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nothing of interest.
    Nothing,
    /// A pane, and no entry in it.
    Pane(Pane),
    /// An entry of the navigator.
    Entry(NavigatorEntry),
    /// An item of the checklist.
    Item(ItemId),
    /// The box of an item.
    Box(ItemId),
    /// The row of the checklist behind which the other items are.
    More,
    /// A link in the text, by its number in the lesson's document.
    Link(usize),
    /// A key that is named on the screen: the context and the name of its binding.
    Key(Context, &'static str),
    /// An entry of the overlay, by its index.
    Choice(usize),
}

impl Mouse {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ours => Self::Free,
            Self::Free => Self::Ours,
        }
    }
}

impl Target {
    /// The pane that it is in, if it is in one.
    pub fn pane(&self) -> Option<Pane> {
        match self {
            Self::Pane(pane) => Some(*pane),
            Self::Entry(_) => Some(Pane::Navigator),
            Self::Item(_) | Self::Box(_) | Self::More => Some(Pane::Checklist),
            Self::Link(_) => Some(Pane::Reading),
            Self::Nothing | Self::Key(..) | Self::Choice(_) => None,
        }
    }
}
