//! What typesetting promises: at every width, of every text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod exercises;
mod generate;
mod hostile;
mod html;
mod long;
mod pages;
mod properties;

use sidelight::page::{Line, Page, PageRow, PageWidth, Segment, SegmentContent, Wide};
use sidelight::text::{Block, Document};

/// The text that a segment shows.
fn shown<'a>(block: &'a Block, segment: &'a Segment) -> &'a str {
    match &segment.content {
        SegmentContent::Text(range) => &block.text[range.clone()],
        SegmentContent::Ornament(text) => text,
    }
}

/// The words of a text, in order.
fn words(document: &Document) -> Vec<&str> {
    document.blocks().flat_map(|(_, block)| block.text.split_whitespace()).collect()
}

/// One line as a terminal shows it.
fn render_line(block: &Block, line: &Line) -> String {
    let mut text = String::new();
    let mut column = 0;
    for segment in &line.segments {
        text.extend(std::iter::repeat_n(' ', usize::from(segment.column - column)));
        text.push_str(shown(block, segment));
        column = segment.column + segment.width;
    }
    text
}

/// A page as a terminal shows it.
fn render(document: &Document, width: impl Into<PageWidth>) -> String {
    let page = Page::with(document, width, Wide::Broken);
    let before = page.width().before;
    let rows = page.rows(document, PageRow::default(), usize::MAX);
    let shown = rows.map(|(row, line)| {
        let text = render_line(document.block(row.block).unwrap(), line);
        let free = " ".repeat(usize::from(before - line.outdent));
        (free + &text).trim_end().to_owned() + "\n"
    });
    shown.collect()
}
