//! Parses Markdown into a [`Portion`]: one run over the parser's events, no recursion, since
//! an author can nest deeper than a stack is high.
//!
//! Owns the targets that links are defined with, and what is shown instead of a text that cannot
//! be parsed; which Markdown is understood, the text's [`Flavour`] says. Must not know of widths or
//! files.
//!
//! The text of a block is what the reader reads. An image becomes its alternative text, a
//! hard break `\n`, a soft break a space, a footnote reference its number in brackets, and HTML what
//! a browser shows of it.
//! Footnotes come last, in the order of their first references.

use crate::text::document::{Block, BlockKind, Portion};
use crate::text::events::EventReader;
use crate::text::flavour::Flavour;
use crate::text::{
    addresses, clean, directives, emphasis, exercise_shape, formulas, nesting, panics, verbatim,
};
use pulldown_cmark::{BrokenLink, Parser};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

/// Parses a portion of a text. `definitions` is called when the portion itself does not define
/// a link's target. Never fails: a text that makes the parser panic is replaced by a paragraph
/// that says so.
pub(crate) fn parse_portion<'a>(
    source: &str,
    flavour: &Flavour,
    definitions: impl Fn() -> &'a Definitions,
) -> Portion {
    match flavour {
        Flavour::Verbatim { language } => verbatim::portion(source, language),
        Flavour::GitHub | Flavour::Notes | Flavour::Course | Flavour::Book(_) => {
            parse_or_explain(|| parse_events(source, flavour, definitions))
        }
    }
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

fn parse_events<'a>(source: &str, flavour: &Flavour, definitions: impl Fn() -> &'a Definitions) -> Portion {
    let cleaned = clean::clean_source(source);
    let (plain, lines) = directives::as_html(&cleaned);
    let bounded = nesting::limit_depth(&plain);
    let shielded = addresses::shield(&bounded);
    let amended = emphasis::amend(&shielded);
    let prepared = formulas::prepare(&amended);
    // Of what was made of the source since, nothing adds a line.
    let mut reader = EventReader::new(flavour, &prepared, lines);
    let lines = clean::source_lines(source, &cleaned);
    let defined = |link: BrokenLink<'_>| {
        let target = definitions().target(&link.reference)?;
        Some((target.clone().into(), "".into()))
    };
    let parser = Parser::new_with_broken_link_callback(&prepared, flavour.options(), Some(defined));
    // Most texts have no dollar sign that stands for itself.
    let is_edited = matches!(prepared, Cow::Owned(_));
    let restored = |event| if is_edited { formulas::restore(event) } else { event };
    // Other texts are read event by event: most have no exercise, and all events take memory.
    if flavour.has_exercises() && memchr::memmem::find(prepared.as_bytes(), b"[!").is_some() {
        let events: Vec<_> = parser.into_offset_iter().collect();
        reader.expect(exercise_shape::by_start(exercise_shape::headed(&prepared, &events)));
        for (event, range) in events {
            reader.event(restored(event), range);
        }
    } else {
        for (event, range) in parser.into_offset_iter() {
            reader.event(restored(event), range);
        }
    }
    Portion { lines, ..reader.finish() }
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
        anchors: Vec::new(),
        text: clean::clean_line(text),
        spans: Vec::new(),
        continues: false,
        line: 0,
        rarities: None,
    };
    Portion { blocks: vec![block], ..Portion::default() }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unreachable,
        clippy::panic,
        reason = "a test fails by panicking"
    )]

    use super::*;

    use crate::text::document::{AlertKind, Frame, Heading, LinkKind, Marker, Span, Style};
    use crate::text::flavour::{BookExtension, BookExtensions};

    fn portion(source: &str) -> Portion {
        portion_as(source, &Flavour::GitHub)
    }

    fn portion_as(source: &str, flavour: &Flavour) -> Portion {
        parse_portion(source, flavour, || &NO_DEFINITIONS)
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
        assert_eq!((links[0].target.as_str(), links[0].kind), ("b", LinkKind::Link));
        assert_eq!(links[1].kind, LinkKind::Image);
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

    /// The text that each link is shown as, and its target.
    fn links(source: &str, flavour: &Flavour) -> Vec<(String, String)> {
        let portion = portion_as(source, flavour);
        let mut links: Vec<(String, String)> =
            portion.links.iter().map(|link| (String::new(), link.target.clone())).collect();
        for block in &portion.blocks {
            for span in &block.spans {
                if let Some(link) = span.style.link {
                    links[link].0.push_str(&block.text[span.range.clone()]);
                }
            }
        }
        links
    }

    fn pair(text: &str, target: &str) -> (String, String) {
        (text.to_owned(), target.to_owned())
    }

    #[test]
    fn bare_addresses_are_links_as_on_github() {
        let source = "See https://example.org/a_b_c, or (www.example.net/x_(y)), **http://b.org/*q***, write \
                      me@example.org or <you@example.org>. Not example.org, `https://code.org`, nor main.rs. \
                      _See https://c.org/_d_?e=__init__#f_.";
        assert_eq!(
            links(source, &Flavour::GitHub),
            [
                pair("you@example.org", "mailto:you@example.org"),
                pair("https://example.org/a_b_c", "https://example.org/a_b_c"),
                pair("www.example.net/x_(y)", "http://www.example.net/x_(y)"),
                pair("http://b.org/q", "http://b.org/q"),
                pair("me@example.org", "mailto:me@example.org"),
                pair("https://c.org/_d_?e=__init__#f", "https://c.org/_d_?e=__init__#f"),
            ]
        );
        assert_eq!(links("[a](https://b.org/_c_)", &Flavour::GitHub), [pair("a", "https://b.org/_c_")]);
        assert_eq!(links("[https://a.org](b)", &Flavour::GitHub), [pair("https://a.org", "b")]);
        let cells = links("|https://a.org|b|\n|-|-|\n|c|www.d.org|", &Flavour::GitHub);
        assert_eq!(cells, [pair("https://a.org", "https://a.org"), pair("www.d.org", "http://www.d.org")]);
    }

    #[test]
    fn a_footnote_is_reached_from_its_mark() {
        let source = "A claim.[^S] Again.[^s]\n\n[^s]: Its source.";
        let target = || pair("[1]", "#footnote-s");
        assert_eq!(links(source, &Flavour::GitHub), [target(), target()]);
        assert_eq!(portion(source).blocks[1].anchors, ["footnote-s"]);
    }

    #[test]
    fn the_ids_of_headings_are_read_and_other_braces_are_text() {
        let heading = |source: &str, flavour: &Flavour| match &portion_as(source, flavour).blocks[0] {
            Block { kind: BlockKind::Heading(heading), text, .. } => (text.clone(), heading.slug.clone()),
            _ => unreachable!(),
        };
        let book = Flavour::Book(BookExtensions::default());
        for flavour in [&Flavour::GitHub, &Flavour::Notes, &book] {
            assert_eq!(heading("## Rain *now* { #wet .big }", flavour), pair("Rain now", "wet"));
            assert_eq!(heading("Rain {#wet}\n---", flavour), pair("Rain", "wet"));
        }
        assert_eq!(heading("## The type {}", &Flavour::GitHub), pair("The type {}", "the-type-"));
        let ids = portion("# A {#b}\n\n# B");
        assert_eq!(ids.blocks[1].kind, BlockKind::Heading(Heading { level: 1, slug: "b-1".into() }));
    }

    #[test]
    fn wiki_links_and_block_ids_are_read_in_notes_alone() {
        let source = "[[Tea]] [[Tea|with *words*]] [[Tea#Green]] ![[cup.png|200]] ![[Gone]] \
                      ![[Gone|as this]] ^here";
        assert_eq!(
            links(source, &Flavour::Notes),
            [
                pair("Tea", "Tea"),
                pair("with words", "Tea"),
                pair("Tea › Green", "Tea#Green"),
                pair("cup.png", "cup.png"),
                pair("Embedded: Gone", "Gone"),
                pair("Embedded: as this", "Gone"),
            ]
        );
        let blocks = portion_as(&format!("{source}\n\n- item\n\n^there\n"), &Flavour::Notes).blocks;
        assert_eq!(blocks.len(), 2);
        assert_eq!(
            (blocks[0].anchors.as_slice(), blocks[1].anchors.as_slice()),
            (&["^here".to_owned()][..], &["^there".to_owned()][..])
        );
        assert_eq!(blocks[0].text, "Tea with words Tea › Green cup.png Embedded: Gone Embedded: as this");
        assert_eq!(links(source, &Flavour::GitHub), []);
        assert_eq!(links("|a|\n|-|\n|[[b\\|c]]|", &Flavour::Notes), [pair("c", "b")]);
    }

    #[test]
    fn a_term_is_strong_and_its_definitions_are_framed() {
        let blocks = portion("Pot\n: A thing to cook in.\n: Another.\n\n  More of it.\n").blocks;
        let shown: Vec<(&str, usize)> =
            blocks.iter().map(|block| (block.text.as_str(), block.frames.len())).collect();
        assert_eq!(shown, [("Pot", 0), ("A thing to cook in.", 1), ("Another.", 1), ("More of it.", 1)]);
        assert!(blocks[0].spans[0].style.strong && blocks[1].spans.is_empty());
        assert_eq!(blocks[3].frames, [Frame::Definition { opens: false }]);
    }

    #[test]
    fn a_book_has_the_extensions_of_mdbook_but_those_that_it_leaves_out() {
        let shown = |extensions: BookExtensions| {
            let source = "\"No\" -- twice...\n\nPot\n: Thing\n\n> [!TIP]\n> Told";
            let blocks = portion_as(source, &Flavour::Book(extensions)).blocks;
            blocks.into_iter().map(|block| (block.text, block.frames.len())).collect::<Vec<_>>()
        };
        let by_default = shown(BookExtensions::default());
        assert_eq!(by_default[0].0, "“No” – twice…");
        assert_eq!((by_default[2].clone(), by_default[3].0.as_str()), (("Thing".to_owned(), 1), "Told"));
        let without = shown(
            BookExtensions::default()
                .without(BookExtension::SmartPunctuation)
                .without(BookExtension::DefinitionLists)
                .without(BookExtension::Admonitions),
        );
        let texts: Vec<&str> = without.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["\"No\" -- twice...", "Pot : Thing", "[!TIP] Told"]);
    }

    #[test]
    fn what_is_no_markdown_keeps_its_lines() {
        let flavour = Flavour::Verbatim { language: "rs".into() };
        let blocks = portion_as("fn main() {\n\tlet _a_ = 2 * 3 * 4;\n}\n# 3 eggs\n", &flavour).blocks;
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].text, "fn main() {\n    let _a_ = 2 * 3 * 4;\n}\n# 3 eggs");
        assert_eq!(blocks[0].kind, BlockKind::Code { language: "rs".into() });
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
