//! What was asked for and is not in memory.
//!
//! Drawing and the state machine ask for texts, and must never wait for a disk: they are given
//! what there is, and what is missing is noted here, for another thread to read. Owns the list.
//! Must not read anything.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// Its title, which may have to be looked up in the first few kilobytes.
    Title,
    /// The text itself: all of it, or that it is long.
    Text,
    /// A portion of a long text, and where those before it end.
    Portion(usize),
    /// No piece of a text that is known, but the names of those that are not known yet.
    Names,
}

/// A piece of one of the texts that share a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Want {
    /// The number under which the owner of the list knows the text.
    pub text: usize,
    /// What is wanted of it.
    pub piece: Piece,
}

/// What was asked for and is not in memory, each piece once.
#[derive(Debug, Default)]
pub struct WantList(Mutex<BTreeSet<Want>>);

impl WantList {
    /// Takes everything off the list, in the order of the texts.
    pub fn take(&self) -> BTreeSet<Want> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, want: Want) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(want);
    }
}

/// What a text notes its missing pieces with.
#[derive(Debug, Clone)]
pub struct Asker {
    list: Arc<WantList>,
    text: usize,
}

impl Asker {
    /// Notes pieces of the text with this number on a list.
    pub fn new(list: Arc<WantList>, text: usize) -> Self {
        Self { list, text }
    }

    /// The same for the text with this number.
    #[must_use]
    pub fn for_text(&self, text: usize) -> Self {
        Self { list: Arc::clone(&self.list), text }
    }

    /// Notes that a piece was asked for.
    pub fn ask(&self, piece: Piece) {
        self.list.add(Want { text: self.text, piece });
    }
}
