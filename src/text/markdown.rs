//! Markdown becomes a [`Document`].
//!
//! Owns which Markdown is understood and how its nesting is flattened into blocks. Must
//! not know of widths, and must not recurse: an author nests deeper than a stack is high.
//!
//! The text of a block is what the reader reads. An image is its alternative text, a
//! hard break `\n`, a soft break a space, a reference to a footnote its number in
//! brackets. Footnotes come last, in the order in which they are first referred to.

use crate::text::blocks::Builder;
use crate::text::{Block, BlockKind, Document, Portion, clean, guard, nesting};
use pulldown_cmark::{BrokenLink, Options, Parser};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

/// The Markdown that is understood.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// The most bytes of text in one block of running or preformatted text. What is longer is
/// cut at white space into several blocks (see [`Block::continues`]), so that laying out
/// one block is never much work.
pub const BLOCK: usize = 16 * 1024;

/// The most bytes of text in one table. It is larger, since in a table that is cut the
/// columns of the parts need not be the same width.
pub const TABLE: usize = 64 * 1024;

/// The most bytes of a heading. What is longer is a paragraph.
pub const HEADING: usize = 4 * 1024;

/// The most columns that are set as a table. The rows of a wider one are text.
pub const TABLE_COLUMNS: usize = 64;

/// The most bytes in one row of a table. What is longer is text.
pub const TABLE_ROW: usize = 16 * 1024;

/// The most frames around a block. What nests deeper keeps its text and loses its frame.
pub const FRAMES: usize = 32;

/// Parses a text as a whole. Never fails: what the parser cannot read says so itself.
pub fn parse(source: &str) -> Document {
    parse_portion(source, || &NOTHING).into()
}

/// Parses a portion of a text. The definitions are asked for when a link's target is not
/// in the portion itself.
pub(crate) fn parse_portion<'a>(source: &str, definitions: impl Fn() -> &'a Definitions) -> Portion {
    parsed(|| read(source, definitions))
}

/// What a parser makes of a text; where it panics, what says so.
fn parsed(read: impl FnOnce() -> Portion) -> Portion {
    guard::guarded(AssertUnwindSafe(read)).unwrap_or_else(unreadable)
}

static NOTHING: Definitions = Definitions(BTreeMap::new());

/// The targets that a text defines for its links: `[label]: target`.
#[derive(Debug, Default)]
pub(crate) struct Definitions(BTreeMap<String, String>);

impl Definitions {
    /// Those at the beginnings of lines. Such a line may stand in preformatted text too; that
    /// does no harm, as a label is only looked up where a link has one.
    pub(crate) fn in_text(text: &str) -> Self {
        let mut definitions = BTreeMap::new();
        for line in text.lines() {
            let Some(rest) = line.trim_start_matches(' ').strip_prefix('[') else { continue };
            let Some((label, target)) = rest.split_once("]:") else { continue };
            let target = target.split_whitespace().next().unwrap_or_default();
            if !label.starts_with('^') && !target.is_empty() {
                let target = target.trim_start_matches('<').trim_end_matches('>');
                definitions.entry(folded(label)).or_insert_with(|| target.to_owned());
            }
        }
        Self(definitions)
    }

    fn target(&self, label: &str) -> Option<&String> {
        self.0.get(&folded(label))
    }
}

/// Labels are alike whatever their case and white space.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a source nests deeper than any document that a person wrote. What nests deeper
/// is read as the text that it is.
pub(crate) fn nests_too_deep(source: &str) -> bool {
    matches!(nesting::bounded(source), std::borrow::Cow::Owned(_))
}

fn read<'a>(source: &str, definitions: impl Fn() -> &'a Definitions) -> Portion {
    let cleaned = clean::clean_source(source);
    let bounded = nesting::bounded(&cleaned);
    let mut builder = Builder::default();
    let defined = |link: BrokenLink<'_>| {
        let target = definitions().target(&link.reference)?;
        Some((target.clone().into(), "".into()))
    };
    for event in Parser::new_with_broken_link_callback(&bounded, OPTIONS, Some(defined)) {
        builder.event(event);
    }
    builder.finish()
}

/// What stands in place of a lesson that made the parser panic.
fn unreadable() -> Portion {
    said(
        "This text cannot be shown: the Markdown parser failed on it. \
         Nothing else is affected. Please tell the author of the course.",
    )
}

/// A document that says one thing, in place of a text that there is not.
pub(crate) fn said(text: &str) -> Portion {
    let block = Block {
        kind: BlockKind::Paragraph,
        frames: Vec::new(),
        text: clean::clean_line(text),
        spans: Vec::new(),
        continues: false,
    };
    Portion { blocks: vec![block], links: Vec::new() }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::unreachable,
        clippy::panic,
        reason = "a test fails by panicking"
    )]

    use super::*;

    fn portion(source: &str) -> Portion {
        parse_portion(source, || &NOTHING)
    }
    use crate::text::document::{AlertKind, Marker};
    use crate::text::{Frame, Style};

    fn texts(source: &str) -> Vec<String> {
        portion(source).blocks.into_iter().map(|block| block.text).collect()
    }

    /// The styled parts of the first block.
    fn styled(source: &str) -> Vec<(String, Style)> {
        let document = parse(source);
        let block = document.block(0).unwrap();
        let text = |span: &crate::text::Span| block.text.get(span.range.clone()).unwrap().to_owned();
        block.spans.iter().map(|span| (text(span), span.style)).collect()
    }

    #[test]
    fn a_parser_that_panics_costs_the_one_text_and_says_so() {
        let broken = parsed(|| panic!("private words"));
        assert_eq!(broken.blocks.len(), 1);
        assert!(broken.blocks[0].text.starts_with("This text cannot be shown"));
        assert!(!broken.blocks[0].text.contains("private"));
        assert_eq!(portion("after it").blocks[0].text, "after it");
    }

    #[test]
    fn text_is_what_the_reader_reads() {
        let source =
            "Soft\nbreak,  hard  \nbreak&nbsp;and `a  b`, ![a *door*](door.png), [^n].\n\n[^n]: Note.";
        assert_eq!(texts(source), ["Soft break, hard\nbreak\u{a0}and a  b, a door, [1].", "Note."]);
        assert_eq!(texts("![](door.png)\n\n<b>raw</b>"), ["door.png", "<b>raw</b>"]);
        assert_eq!(texts("```rust\n\tfn\n\n  a\tb\n```"), ["    fn\n\n  a b"]);
    }

    #[test]
    fn styles_nest_and_links_are_numbered() {
        let strong = Style { strong: true, ..Style::default() };
        let both = Style { emphasis: true, ..strong };
        assert_eq!(
            styled("a **b *c* d**"),
            [("b ".into(), strong), ("c".into(), both), (" d".into(), strong)]
        );
        let struck = Style { strikethrough: true, ..Style::default() };
        assert_eq!(styled("~~a~~"), [("a".into(), struck)]);
        let link = |link| Style { link: Some(link), ..Style::default() };
        assert_eq!(styled("[a](b) ![c](d)"), [("a".into(), link(0)), ("c".into(), link(1))]);
        assert_eq!(styled("[![badge](image)](page)"), [("badge".into(), link(0))]);
        let links = portion("[a](<b\u{202e}&#27;[2J>) ![c](d)").links;
        assert_eq!((links[0].target.as_str(), links[0].image, links[1].image), ("b", false, true));
    }

    #[test]
    fn characters_from_entities_are_cleaned_and_styles_move_with_the_text() {
        let strong = Style { strong: true, ..Style::default() };
        assert_eq!(styled("a&#27;[31m **b&#x202e;c** d"), [("bc".into(), strong)]);
        assert_eq!(texts("a&#27;[31m **b** d"), ["a b d"]);
        let table = portion("|a&#27;[1m|b|\n|-|-|\n|c|&#x202e;d|");
        let BlockKind::Table(cells) = &table.blocks[0].kind else { unreachable!() };
        let cell =
            |row: usize, column: usize| table.blocks[0].text.get(cells.rows[row][column].clone()).unwrap();
        assert_eq!([cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)], ["a", "b", "c", "d"]);
    }

    #[test]
    fn a_style_never_begins_within_a_grapheme() {
        let strong = Style { strong: true, ..Style::default() };
        assert_eq!(styled("**ab**\u{301}c"), [("ab\u{301}".into(), strong)]);
    }

    #[test]
    fn nesting_becomes_frames() {
        let blocks = portion("> [!TIP]\n>\n> 3. a\n>\n>    b\n> 10. [x] c").blocks;
        let frames: Vec<&[Frame]> = blocks.iter().map(|block| block.frames.as_slice()).collect();
        let alert = |opens| Frame::Alert { kind: AlertKind::Tip, opens };
        let item = |marker, opens| Frame::Item { marker, opens, tight: false, digits: 1 };
        assert_eq!(frames[0], [alert(true), item(Marker::Number(3), true)]);
        assert_eq!(frames[1], [alert(false), item(Marker::Number(3), false)]);
        assert_eq!(frames[2], [alert(false), item(Marker::Task(true), true)]);
    }

    #[test]
    fn items_know_the_widest_number_of_their_list() {
        let digits = |block: &Block| match block.frames.last() {
            Some(Frame::Item { digits, .. }) => *digits,
            _ => 0,
        };
        let source: String = (0..12).map(|_| "1. a\n").collect();
        assert_eq!(portion(&source).blocks.iter().map(digits).collect::<Vec<_>>(), [2; 12]);
    }

    #[test]
    fn items_and_alerts_without_text_keep_their_mark() {
        assert_eq!(portion("-\n- a\n-").blocks.len(), 3);
        assert_eq!(portion("- - a").blocks.len(), 1);
    }

    #[test]
    fn footnotes_come_last_in_the_order_of_their_references() {
        let source = "[^late]: L\n\n[^unused]: U\n\n[^Early]: E\n\nA[^early] b[^late] c[^early] d[^none].";
        assert_eq!(texts(source), ["A[1] b[2] c[1] d[^none].", "E", "L", "U"]);
        let label = |block: &Block| match &block.frames[0] {
            Frame::Footnote { label, .. } => label.clone(),
            _ => String::new(),
        };
        let labels: Vec<String> = portion(source).blocks.iter().skip(1).map(label).collect();
        assert_eq!(labels, ["1", "2", "3"]);
    }

    #[test]
    fn what_is_too_long_is_cut_behind_a_word() {
        let blocks = portion(&"word ".repeat(10_000)).blocks;
        assert!(blocks.len() > 2);
        assert!(blocks.iter().rev().skip(1).all(|block| block.continues && block.text.ends_with("word ")));
        assert!(blocks.last().is_some_and(|block| !block.continues));
        let heading = portion(&format!("# {}", "word ".repeat(2000)));
        assert_eq!(heading.blocks[0].kind, BlockKind::Paragraph);
        assert!(portion(&"中".repeat(20_000)).blocks.iter().all(|block| block.text.starts_with('中')));
    }

    #[test]
    fn a_parser_that_fails_leaves_a_word_of_explanation() {
        let text = &unreadable().blocks[0].text;
        assert!(text.contains("cannot be shown"));
    }
}
