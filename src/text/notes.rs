//! Footnotes, which are numbered where they are referred to and stand at the end.
//!
//! Owns their numbers and their order. Must not know of Markdown.

use crate::text::{Block, Frame};
use std::collections::HashMap;

/// The footnotes met so far.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// The number that a label got at its first reference.
    numbers: HashMap<String, usize>,
    /// Label and blocks of each footnote.
    texts: Vec<(String, Vec<Block>)>,
    /// The one that is being read.
    open: Option<usize>,
}

impl Notes {
    /// The number of a label, given at its first reference.
    pub(crate) fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(key(label)).or_insert(next)
    }

    /// Begins a footnote, and gives the one that it stands in.
    pub(crate) fn open(&mut self, label: &str) -> Option<usize> {
        self.texts.push((key(label), Vec::new()));
        self.open.replace(self.texts.len() - 1)
    }

    /// Goes back to the footnote that the one just read stands in.
    pub(crate) fn close(&mut self, outer: Option<usize>) {
        self.open = outer;
    }

    /// Where the blocks of the footnote that is being read go.
    pub(crate) fn blocks(&mut self) -> Option<&mut Vec<Block>> {
        self.open.and_then(|open| self.texts.get_mut(open)).map(|(_, blocks)| blocks)
    }

    /// The blocks of all footnotes in order, labelled. Those that nothing refers to are
    /// numbered behind the others.
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

/// The parser finds a footnote whatever the case of its label.
fn key(label: &str) -> String {
    label.to_lowercase()
}
