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
        let mut index = index;
        loop {
            let (next, block) = document.following(index)?;
            if !self.hides(block) {
                return Some(next);
            }
            index = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    #[test]
    fn going_on_leads_to_every_block_that_is_shown_and_to_no_other() {
        let source = "<details><summary>a</summary>\n\none\n\n<details><summary>b</summary>\n\ntwo\n\nthree\n\n\
                      </details>\n\nfour\n\n</details>\n\n";
        let document = markdown::parse(&source.repeat(50));
        let numbers: BTreeSet<usize> =
            document.blocks().flat_map(|(_, block)| block.details()).map(|details| details.number).collect();
        assert_eq!(numbers.len(), 100);
        // None of them is opened, all are, and every third: open ones in closed ones, and the other way
        // round.
        let every = |step: usize| numbers.iter().copied().step_by(step).collect();
        for (opened, shown) in [(BTreeSet::new(), 50), (every(1), 300), (every(3), 101)] {
            let folding = Folding::Toggled(opened);
            let all = document.blocks().filter(|(_, block)| !folding.hides(block)).map(|(index, _)| index);
            let reached =
                std::iter::successors(document.first(), |index| folding.next_shown(&document, *index));
            let reached: Vec<usize> = reached.collect();
            assert_eq!(reached, all.collect::<Vec<_>>());
            assert_eq!(reached.len(), shown);
        }
    }
}
