//! Numbers footnotes in the order of their first references and collects them for the end.
//!
//! Owns their numbers and their order. Must not know of Markdown.

use crate::text::document::{Block, Frame};
use std::collections::HashMap;

/// The footnotes found so far.
#[derive(Debug, Default)]
pub(crate) struct Footnotes {
    /// The number that a label got at its first reference.
    numbers: HashMap<String, usize>,
    /// The label and the blocks of each footnote, in the order of the source.
    texts: Vec<(String, Vec<Block>)>,
    /// The index of the footnote that is being parsed.
    open: Option<usize>,
}

impl Footnotes {
    /// Returns the number of a label, from 1; the first reference assigns it.
    pub(crate) fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(key(label)).or_insert(next)
    }

    /// Begins a footnote, and returns the one that it is nested in, to be given to
    /// [`Self::close`].
    pub(crate) fn open(&mut self, label: &str) -> Option<usize> {
        self.texts.push((key(label), Vec::new()));
        self.open.replace(self.texts.len() - 1)
    }

    /// Ends the open footnote and returns to the one that it is nested in.
    pub(crate) fn close(&mut self, outer: Option<usize>) {
        self.open = outer;
    }

    /// The blocks of the open footnote; `None` outside of footnotes.
    pub(crate) fn blocks(&mut self) -> Option<&mut Vec<Block>> {
        self.open.and_then(|open| self.texts.get_mut(open)).map(|(_, blocks)| blocks)
    }

    /// Returns the blocks of all footnotes in order, with their labels. Footnotes without a
    /// reference are numbered after the others.
    pub(crate) fn into_blocks(self) -> impl Iterator<Item = Block> {
        let mut numbers = self.numbers;
        let mut notes: Vec<(usize, Vec<Block>)> = Vec::with_capacity(self.texts.len());
        for (label, blocks) in self.texts {
            let next = numbers.len() + 1;
            notes.push((*numbers.entry(label).or_insert(next), blocks));
        }
        notes.sort_by_key(|(number, _)| *number);
        notes.into_iter().flat_map(|(number, blocks)| {
            blocks.into_iter().map(move |mut block| {
                if let Some(Frame::Footnote { label, .. }) = block.frames.first_mut() {
                    *label = number.to_string();
                }
                block
            })
        })
    }
}

/// Folds the case of a label, which does not matter to the parser either.
fn key(label: &str) -> String {
    label.to_lowercase()
}
