//! The three panes: the lessons, the text, the checklist.
//!
//! Each has a file with its state, its rows of bindings and its update, which returns an
//! `Outcome`. Must not change any other part of the state.

pub mod checklist;
mod exercises;
pub mod links;
pub mod navigator;
pub mod reading;
mod sideways;

/// The three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The lessons.
    Navigator,
    /// The text.
    Reading,
    /// The items.
    Checklist,
}

/// The pane beside the text, where only one has room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SidePane {
    /// The lessons.
    Navigator,
    /// The items.
    Checklist,
}

/// Whether a pane has anything to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PaneContent {
    /// It has.
    #[default]
    Something,
    /// It has not, and would only take room from the text.
    Nothing,
}

/// What the panes beside the text have to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SidePanes {
    /// The navigator.
    pub navigator: PaneContent,
    /// The checklist.
    pub checklist: PaneContent,
}

/// What is shown beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The panes that have room.
    Panes,
    /// Nothing: the text alone.
    TextAlone,
}

impl PaneContent {
    /// Something or nothing, by whether there is any.
    pub fn of(has_any: bool) -> Self {
        if has_any { Self::Something } else { Self::Nothing }
    }
}

impl Pane {
    /// The pane to the right; from the last, the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Navigator => Self::Reading,
            Self::Reading => Self::Checklist,
            Self::Checklist => Self::Navigator,
        }
    }

    /// The pane to the left; from the first, the last.
    #[must_use]
    pub fn previous(self) -> Self {
        match self {
            Self::Navigator => Self::Checklist,
            Self::Reading => Self::Navigator,
            Self::Checklist => Self::Reading,
        }
    }
}
