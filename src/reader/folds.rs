//! Which details the reader has unfolded, and which folded.
//!
//! Owns what differs from what the authors say. Must not know how a page hides what is folded.

use crate::page::Folding;
use crate::text::Document;
use std::collections::{BTreeMap, BTreeSet};

/// The details of all lessons that are shown or hidden, each the other way round than its author
/// says. The state has them for this session only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folds {
    toggled: BTreeMap<usize, BTreeSet<usize>>,
    /// Whether all of them are shown, whatever else is said here.
    all_open: bool,
}

impl Folds {
    /// All details of all lessons shown.
    pub fn all_open() -> Self {
        Self { toggled: BTreeMap::new(), all_open: true }
    }

    /// Which details of a lesson are shown.
    pub fn of(&self, lesson: usize) -> Folding {
        if self.all_open {
            return Folding::Open;
        }
        Folding::Toggled(self.toggled.get(&lesson).cloned().unwrap_or_default())
    }

    /// Shows the details with this number, or hides them.
    pub(in crate::reader) fn toggle(&mut self, lesson: usize, number: usize) {
        let toggled = self.toggled.entry(lesson).or_default();
        if !toggled.remove(&number) {
            toggled.insert(number);
        }
    }

    /// Shows all details that a block is in.
    pub(in crate::reader) fn reveal(&mut self, lesson: usize, document: &Document, block: usize) {
        let Some(block) = document.block(block) else { return };
        for details in block.details() {
            if !self.of(lesson).shows(details) {
                self.toggle(lesson, details.number);
            }
        }
    }
}
