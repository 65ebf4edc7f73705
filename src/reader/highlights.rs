//! The highlighted code of the lesson in sight, as far as there has been time for it.
//!
//! Kept outside of the state, because it can always be made again.

use crate::course::Course;
use crate::page::Top;
use crate::page::highlight::{HighlightProgress, Highlighter, Tokens};
use crate::reader::paged_text::PagedText;
use crate::reader::pages::Pages;
use crate::text::BlockKind;
use std::collections::{HashMap, HashSet};

/// How many blocks stay highlighted. When there are more, all are forgotten.
const KEPT: usize = 512;

/// Tokens by lesson and block.
#[derive(Debug, Default)]
pub struct Highlights {
    highlighter: Highlighter,
    /// Of blocks that were highlighted as a whole.
    tokens: HashMap<(usize, usize), Tokens>,
    /// The languages whose grammar has been made ready by use.
    ready: HashSet<String>,
    /// The block that is being highlighted.
    current: Option<((usize, usize), HighlightProgress)>,
}

impl Highlights {
    /// The tokens of a block, as far as there has been time to find them.
    pub fn of(&self, lesson: usize, block: usize) -> Option<&Tokens> {
        let current = self.current.as_ref().filter(|(of, _)| *of == (lesson, block));
        self.tokens.get(&(lesson, block)).or_else(|| Some(current?.1.tokens()))
    }

    /// Forgets what was highlighted, as another text is read. The grammars stay ready.
    pub fn forget(&mut self) {
        self.tokens.clear();
        self.current = None;
    }

    fn is_done(&self, lesson: usize, block: usize) -> bool {
        self.tokens.contains_key(&(lesson, block))
    }

    /// Continues a block while there is time for another line, and does at least one.
    pub fn continue_block(
        &mut self,
        lesson: usize,
        block: usize,
        (language, code): (&str, &str),
        has_time: impl Fn() -> bool,
    ) {
        let begun = self.current.take().filter(|(of, _)| *of == (lesson, block)).map(|(_, begun)| begun);
        let Some(mut progress) = begun.or_else(|| self.highlighter.begin(language)) else {
            return self.keep(lesson, block, Tokens::new());
        };
        while self.highlighter.highlight_line(&mut progress, code) {
            if !has_time() {
                self.current = Some(((lesson, block), progress));
                return;
            }
        }
        self.ready.insert(language.to_owned());
        self.keep(lesson, block, progress.into_tokens());
    }

    /// Returns whether a language has been highlighted before, so that it is quick.
    pub fn is_ready(&self, language: &str) -> bool {
        self.ready.contains(language)
    }

    fn keep(&mut self, lesson: usize, block: usize, tokens: Tokens) {
        if self.tokens.len() >= KEPT {
            self.tokens.clear();
        }
        self.tokens.insert((lesson, block), tokens);
    }
}

/// The first block of code in sight that has not been highlighted as a whole: its index, its
/// language and its text. In sight are `height` lines of a lesson from `top` on.
pub fn next<'w>(
    (lesson, top): (usize, Top),
    height: usize,
    highlights: &Highlights,
    course: &'w Course,
    pages: &'w Pages,
) -> Option<(usize, (&'w str, &'w str))> {
    let text = PagedText { document: course.document(lesson), page: pages.page(course, lesson)? };
    text.blocks_in_sight(text.first(top, height), height).find_map(|index| {
        let block = text.document.block(index)?;
        match &block.kind {
            BlockKind::Code { language } if !language.is_empty() && !highlights.is_done(lesson, index) => {
                Some((index, (language.as_str(), block.text.as_str())))
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn long_code_is_highlighted_a_little_at_a_time() {
        let code = "fn a() {}\n".repeat(20);
        let mut highlights = Highlights::default();
        for line in 1..=20 {
            highlights.continue_block(3, 7, ("rust", &code), || false);
            let end = highlights.of(3, 7).unwrap().last().unwrap().0.end;
            assert!((line - 1) * 10 < end && end <= line * 10, "line {line}, but tokens end at {end}");
            assert!(!highlights.is_done(3, 7));
        }
        highlights.continue_block(3, 7, ("rust", &code), || false);
        assert!(highlights.is_done(3, 7) && highlights.is_ready("rust") && !highlights.is_ready("c"));
        assert!(highlights.of(3, 8).is_none());
    }

    #[test]
    fn code_that_was_left_is_begun_anew_and_an_unknown_language_is_done_at_once() {
        let code = "fn a() {}\n".repeat(3);
        let mut highlights = Highlights::default();
        highlights.continue_block(0, 1, ("rust", &code), || false);
        highlights.continue_block(0, 2, ("rust", &code), || true);
        assert!(highlights.is_done(0, 2) && highlights.of(0, 1).is_none());
        highlights.continue_block(0, 1, ("nobody-speaks-this", &code), || false);
        assert!(highlights.of(0, 1).unwrap().is_empty() && highlights.is_done(0, 1));
    }
}
