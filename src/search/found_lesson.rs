//! What was found in a lesson, while its text is there.
//!
//! Owns which text, heading and line a hit has. Must not search.

use crate::course::Lesson;
use crate::search::hit::{Hit, HitPlace};
use crate::search::hit_lines::FoldedSource;
use crate::text::{Block, BlockKind, Document};
use std::cell::{Cell, OnceCell};
use std::ops::Range;

/// What was found in a lesson, or in a portion of a long one, while its text is there.
#[derive(Debug)]
pub struct FoundLesson<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// What was found, the title first and then in reading order.
    pub hits: Vec<Hit>,
    pub(super) document: &'a Document,
    pub(super) source: &'a FoldedSource,
    pub(super) headings: HeadingsAbove<'a>,
}

impl FoundLesson<'_> {
    /// The whole text that a hit was found in.
    pub fn text(&self, hit: &Hit) -> &str {
        match hit.found {
            HitPlace::Block { block, .. } => {
                self.document.block(block).map_or("", |block| block.text.as_str())
            }
            _ => self.lesson.load_title(),
        }
    }

    /// The heading above a hit, or its own; none for a title.
    pub fn heading(&self, hit: &Hit) -> Option<&str> {
        let HitPlace::Block { block, .. } = hit.found else { return None };
        self.headings.at(self.document, block)
    }

    /// The line of its file in which the first match of a hit stands, from 1 on; none for a title that is
    /// no heading of the text, and for what has no line there.
    pub fn line(&self, hit: &Hit) -> Option<u32> {
        self.source.line_of(hit, self.document)
    }
}

/// The headings above hits, which are asked for in reading order: no block is looked at twice for them.
#[derive(Debug)]
pub(super) struct HeadingsAbove<'a> {
    /// The first block that is looked at.
    first: usize,
    /// What stands above that, in a long text.
    above: Option<&'a HeadingAbove<'a>>,
    /// The last block that was asked for, and the block of the heading above it.
    last: Cell<Option<(usize, Option<usize>)>>,
}

impl<'a> HeadingsAbove<'a> {
    /// Those from this block on, and what stands above it.
    pub(super) fn from(first: usize, above: Option<&'a HeadingAbove<'a>>) -> Self {
        Self { first, above, last: Cell::new(None) }
    }

    /// The text of the heading above a block, or its own.
    fn at<'t>(&'t self, document: &'t Document, block: usize) -> Option<&'t str> {
        let before = self.last.get().filter(|(asked, _)| *asked <= block);
        let end = before.map_or(self.first, |(asked, _)| asked);
        let previous = |index: &usize| (*index > end).then(|| document.previous(*index)).flatten();
        let found = std::iter::successors(Some(block), previous)
            .find(|index| document.block(*index).is_some_and(is_heading))
            .or_else(|| before.and_then(|(_, heading)| heading));
        self.last.set(Some((block, found)));
        match found {
            Some(heading) => document.block(heading).map(|block| block.text.as_str()),
            None => self.above.and_then(HeadingAbove::text),
        }
    }
}

/// The heading above a portion of a long text. Nothing is read for it before it is asked for, and of the
/// portions that are read for it nothing is kept.
#[derive(Debug)]
pub(super) struct HeadingAbove<'a> {
    document: &'a Document,
    /// The portions between the last one that was asked for and this one.
    between: Range<usize>,
    /// The heading above these.
    before: Option<&'a str>,
    /// What was found, once it has been asked for.
    pub(super) found: OnceCell<Option<String>>,
}

impl<'a> HeadingAbove<'a> {
    /// The one above these portions is `before`.
    pub(super) fn new(document: &'a Document, between: Range<usize>, before: Option<&'a str>) -> Self {
        Self { document, between, before, found: OnceCell::new() }
    }

    fn text(&self) -> Option<&str> {
        let find = || {
            let between = self.between.clone().rev();
            let found = between.into_iter().find_map(|portion| self.document.last_heading(portion));
            found.or_else(|| self.before.map(str::to_owned))
        };
        self.found.get_or_init(find).as_deref()
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}
