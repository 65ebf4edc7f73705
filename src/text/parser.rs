//! Parses Markdown into a [`Portion`]: one run over the parser's events, no recursion, since
//! an author can nest deeper than a stack is high.
//!
//! Owns which Markdown is understood, the targets that links are defined with, and what is
//! shown instead of a text that cannot be parsed. Must not know of widths or files.
//!
//! The text of a block is what the reader reads. An image becomes its alternative text, a
//! hard break `\n`, a soft break a space, a footnote reference its number in brackets, and HTML what
//! a browser shows of it.
//! Footnotes come last, in the order of their first references.

use crate::text::document::{Block, BlockKind, Portion};
use crate::text::events::EventReader;
use crate::text::{clean, emphasis, formulas, nesting, panics};
use pulldown_cmark::{BrokenLink, Options, Parser};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

/// The extensions to `CommonMark` that are understood.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM);

/// Parses a portion of a text. `definitions` is called when the portion itself does not define
/// a link's target. Never fails: a text that makes the parser panic is replaced by a paragraph
/// that says so.
pub(crate) fn parse_portion<'a>(source: &str, definitions: impl Fn() -> &'a Definitions) -> Portion {
    parse_or_explain(|| parse_events(source, definitions))
}

/// Runs a parser, and replaces its result by [`unreadable`] when it panics.
fn parse_or_explain(parse: impl FnOnce() -> Portion) -> Portion {
    panics::catch(AssertUnwindSafe(parse)).unwrap_or_else(unreadable)
}

/// The definitions of a text that is parsed as a whole: the parser itself knows them all.
pub(super) static NO_DEFINITIONS: Definitions = Definitions(BTreeMap::new());

/// The link reference definitions of a text: `[label]: target`.
#[derive(Debug, Default)]
pub(crate) struct Definitions(BTreeMap<String, String>);

impl Definitions {
    /// Collects the definitions at the beginnings of lines. Such a line may stand in
    /// preformatted text too; that does no harm, as a label is only looked up for a link.
    pub(crate) fn in_text(text: &str) -> Self {
        let mut definitions = BTreeMap::new();
        for line in text.lines() {
            let Some(rest) = line.trim_start_matches(' ').strip_prefix('[') else { continue };
            let Some((label, target)) = rest.split_once("]:") else { continue };
            let target = target.split_whitespace().next().unwrap_or_default();
            if !label.starts_with('^') && !target.is_empty() {
                let target = target.trim_start_matches('<').trim_end_matches('>');
                definitions.entry(normalized_label(label)).or_insert_with(|| target.to_owned());
            }
        }
        Self(definitions)
    }

    fn target(&self, label: &str) -> Option<&String> {
        self.0.get(&normalized_label(label))
    }
}

/// Normalizes a label as `CommonMark` does: case and runs of white space do not matter.
fn normalized_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn parse_events<'a>(source: &str, definitions: impl Fn() -> &'a Definitions) -> Portion {
    let cleaned = clean::clean_source(source);
    let bounded = nesting::limit_depth(&cleaned);
    let amended = emphasis::amend(&bounded);
    let prepared = formulas::prepare(&amended);
    let mut reader = EventReader::default();
    let defined = |link: BrokenLink<'_>| {
        let target = definitions().target(&link.reference)?;
        Some((target.clone().into(), "".into()))
    };
    for event in Parser::new_with_broken_link_callback(&prepared, OPTIONS, Some(defined)) {
        reader.event(formulas::restore(event));
    }
    reader.finish()
}

/// Replaces a text that made the parser panic. Never repeats the panic's own message, which
/// may quote the text.
fn unreadable() -> Portion {
    message(
        "This text cannot be shown: the Markdown parser failed on it. \
         Nothing else is affected. Please tell the author of the course.",
    )
}

/// Builds a portion of one paragraph, shown instead of a text that cannot be had.
pub(crate) fn message(text: &str) -> Portion {
    let block = Block {
        kind: BlockKind::Paragraph,
        frames: Vec::new(),
        text: clean::clean_line(text),
        spans: Vec::new(),
        continues: false,
        rarities: None,
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

    use crate::text::document::{AlertKind, Frame, LinkKind, Marker, Span, Style};

    fn portion(source: &str) -> Portion {
        parse_portion(source, || &NO_DEFINITIONS)
    }

    fn texts(source: &str) -> Vec<String> {
        portion(source).blocks.into_iter().map(|block| block.text).collect()
    }

    /// The styled parts of the first block.
    fn styled(source: &str) -> Vec<(String, Style)> {
        let block = portion(source).blocks.remove(0);
        let text = |span: &Span| block.text.get(span.range.clone()).unwrap().to_owned();
        block.spans.iter().map(|span| (text(span), span.style)).collect()
    }

    #[test]
    fn a_parser_that_panics_costs_the_one_text_and_says_so() {
        let broken = parse_or_explain(|| panic!("private words"));
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
        assert_eq!(texts("![](door.png)\n\n<b>raw</b>"), ["door.png", "raw"]);
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
        assert_eq!((links[0].target.as_str(), links[0].kind, links[1].kind), ("b", LinkKind::Text, LinkKind::Picture));
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
        let alert = |opens| Frame::Alert { kind: AlertKind::Tip, titled: false, opens };
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
