//! Which of the details in a text are shown.
//!
//! Owns the rule by which a block is hidden. Must not know how the reader says so.

use crate::text::{Block, Details};
use std::collections::BTreeSet;

/// Which of the details in a text are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Folding {
    /// All of them.
    #[default]
    Open,
    /// Those that the author wants shown at first; of the ones with these numbers the others.
    Toggled(BTreeSet<usize>),
}

impl Folding {
    /// Returns whether what is in these details is shown, as far as they alone decide.
    pub fn shows(&self, details: Details) -> bool {
        match self {
            Self::Open => true,
            Self::Toggled(toggled) => details.open != toggled.contains(&details.number),
        }
    }

    /// Returns whether a block is within details that are not shown.
    pub fn hides(&self, block: &Block) -> bool {
        block.details().any(|details| !self.shows(details))
    }
}
