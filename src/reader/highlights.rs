//! The highlighted code of the lesson in sight, as far as there has been time for it.
//!
//! Kept outside of the state, because it can always be made again.

use crate::page::highlight::{Highlighter, Tokens};
use crate::reader::state::State;
use crate::reader::{Geometry, World};
use crate::text::BlockKind;
use std::collections::HashMap;

/// How many blocks stay highlighted. When there are more, all are forgotten.
const KEPT: usize = 512;

/// Tokens by lesson and block.
#[derive(Debug, Default)]
pub struct Highlights {
    highlighter: Highlighter,
    tokens: HashMap<(usize, usize), Tokens>,
}

impl Highlights {
    /// The tokens of a block, if there has been time to find them.
    pub fn of(&self, lesson: usize, block: usize) -> Option<&Tokens> {
        self.tokens.get(&(lesson, block))
    }

    /// Highlights a block.
    pub fn add(&mut self, lesson: usize, block: usize, (language, code): &(String, String)) {
        if self.tokens.len() >= KEPT {
            self.tokens.clear();
        }
        self.tokens.insert((lesson, block), self.highlighter.tokens(language, code));
    }
}

/// The first block of code in sight that has not been highlighted: its index, its language
/// and its text.
pub fn next(state: &State, world: &World) -> Option<(usize, (String, String))> {
    let lesson = state.reading.lesson;
    let sheet = world.sheet(lesson)?;
    let height = Geometry::of(state).text_height();
    let top = sheet.first(state.reading.top, height);
    let mut last = None;
    for (row, _) in sheet.page.rows(sheet.document, top, height) {
        if last.replace(row.block) == Some(row.block) || world.highlights.of(lesson, row.block).is_some() {
            continue;
        }
        if let Some(block) = sheet.document.block(row.block)
            && let BlockKind::Code { language } = &block.kind
            && !language.is_empty()
        {
            return Some((row.block, (language.clone(), block.text.clone())));
        }
    }
    None
}
