//! Which of the details in a text are shown.
//!
//! Owns the rule by which a block is hidden. Must not know how the reader says so.

use crate::text::{Block, Details, Document};
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

    /// The index of the next block that is shown. Passes over the hidden ones before it, of which
    /// there are at most as many as one portion of a text has: no details go on in the next.
    pub(crate) fn next_shown(&self, document: &Document, index: usize) -> Option<usize> {
        let after = std::iter::successors(document.next(index), |index| document.next(*index));
        after.into_iter().find(|index| document.block(*index).is_some_and(|block| !self.hides(block)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    #[test]
    fn each_hidden_block_is_passed_over_once_however_many_details_there_are() {
        let source = "<details><summary>a</summary>\n\none\n\n<details><summary>b</summary>\n\ntwo\n\nthree\n\n\
                      </details>\n\n</details>\n\n";
        let document = markdown::parse(&source.repeat(500));
        let folding = Folding::Toggled(BTreeSet::new());
        let mut passed = 0;
        let shown = std::iter::successors(document.first(), |index| {
            let next = folding.next_shown(&document, *index)?;
            passed += next - index;
            Some(next)
        });
        assert_eq!(shown.count(), 500);
        assert!(passed < document.blocks().count(), "{passed}");
    }
}
