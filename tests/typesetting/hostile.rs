//! Texts that are made to exhaust or to break the program.
//!
//! Each is large enough that work out of proportion to it would take minutes.

use sidelight::page::{Page, PageRow};
use sidelight::text::{BlockKind, Document, Portion, limits, markdown};

/// Reads a text and sets its first and its last page. The bounds hold whatever it is.
fn read(source: &str) -> Document {
    let document = markdown::parse(source);
    for (_, block) in document.blocks() {
        assert!(block.frames.len() <= limits::MAX_FRAMES);
        match &block.kind {
            BlockKind::Table(table) => {
                assert!(table.alignments.len() <= limits::MAX_TABLE_COLUMNS);
                assert!(block.text.len() <= limits::MAX_TABLE_BYTES + limits::MAX_ROW_BYTES);
            }
            BlockKind::Heading(_) | BlockKind::Title { .. } => {
                assert!(block.text.len() <= limits::MAX_HEADING_BYTES);
            }
            // A tab becomes at most four spaces.
            BlockKind::Code { .. } | BlockKind::Formula => {
                assert!(block.text.len() <= 5 * limits::MAX_BLOCK_BYTES);
            }
            BlockKind::Paragraph | BlockKind::Rule | BlockKind::ExerciseSlot(_) => {
                assert!(block.text.len() <= limits::MAX_BLOCK_BYTES);
            }
        }
    }
    let page = Page::new(&document, 72);
    assert!(page.rows(&document, PageRow::default(), 45).count() <= 45);
    let last = page.last(&document);
    assert!(page.up(&document, last, 45) <= last);
    document
}

/// How often a piece of text occurs in all blocks together.
fn count(document: &Document, text: &str) -> usize {
    document.blocks().map(|(_, block)| block.text.matches(text).count()).sum()
}

#[test]
fn text_nested_in_100_kb_of_quotes_is_kept() {
    assert_eq!(count(&read(&(">".repeat(100_000) + "deep")), "deep"), 1);
}

#[test]
fn lines_after_deep_nesting_are_kept_and_read_in_linear_time() {
    let lines = "line\n".repeat(20_000);
    for nest in [">", "> ", "- ", "1. ", "> - ", "[^a]:"] {
        let document = read(&format!("{}deep\n{lines}", nest.repeat(20_000)));
        assert_eq!(count(&document, "deep"), 1, "{nest}");
        assert_eq!(count(&document, "line"), 20_000, "{nest}");
    }
}

#[test]
fn a_list_that_nests_for_ever_is_kept() {
    let steps = (0..800).map(|depth| " ".repeat(2 * depth) + "- step\n").collect::<String>();
    assert_eq!(count(&read(&(steps + &"line\n".repeat(20_000))), "step"), 800);
}

#[test]
fn a_million_list_markers_are_read() {
    read(&"- ".repeat(500_000));
    read(&"* a\n".repeat(50_000));
}

#[test]
fn a_line_of_2_mb_is_cut_into_blocks_and_kept() {
    let document = read(&"word ".repeat(400_000));
    assert_eq!(count(&document, "word"), 400_000);
    assert!(document.blocks().count() > 100);
    let without_spaces: usize =
        read(&"w".repeat(1_000_000)).blocks().map(|(_, block)| block.text.len()).sum();
    assert_eq!(without_spaces, 1_000_000);
    let code = read(&format!("```\n{}\n{}", "x".repeat(500_000), "\t".repeat(100_000)));
    assert_eq!(count(&code, "x"), 500_000);
}

#[test]
fn a_table_of_10_000_columns_is_shown_as_text() {
    let row = |cell: &str| format!("{}|\n", format!("|{cell}").repeat(10_000));
    let document = read(&(row("head") + &row("-") + &row("cell") + &"|short|\n".repeat(1000)));
    let odd = document.blocks().find(|(_, block)| !matches!(block.kind, BlockKind::Paragraph));
    assert_eq!(odd, None);
    assert_eq!(count(&document, "head"), 10_000);
    assert_eq!(count(&document, "cell"), 10_000);
    // Where the parser gives up on the table, it reads one row twice.
    assert!((1000..=1001).contains(&count(&document, "short")));
}

#[test]
fn a_table_with_one_huge_cell_or_many_rows_is_kept_in_order() {
    let rows = (0..6000).map(|row| ["|row ", &row.to_string(), ".|b|\n"].concat()).collect::<String>();
    let huge = format!("|{}|b|\n", "huge ".repeat(20_000));
    let document = read(&format!("|a|b|\n|-|-|\n{rows}{huge}|last|b|\n"));
    assert_eq!(count(&document, "huge"), 20_000);
    let text: String = document.blocks().map(|(_, block)| block.text.as_str()).collect();
    let places: Vec<usize> =
        ["row 0.", "row 5999.", "huge", "last"].map(|text_of| text.find(text_of).unwrap()).into();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn unclosed_and_overlapping_markup_is_read_in_linear_time() {
    for piece in [
        "[",
        "![",
        "[a](",
        "[a](<b",
        "*a _b ",
        "**a *a ",
        "`a``b```",
        "<a ",
        "a <!-- ",
        "a <?",
        "&",
        "\\",
        "|a",
        "[^1] ",
        "a\n",
        "<http://a",
        "&#27;",
        "# a\n",
        "```\n",
        "<div>\n",
        "a|b\n",
        "[a]: b '",
        "> [!NOTE]\n",
    ] {
        read(&piece.repeat(30_000 / piece.len()));
    }
}

#[test]
fn hostile_characters_are_read_in_linear_time() {
    for piece in [
        "\u{1b}]",
        "\u{1b}[",
        "\u{9d}",
        "a\u{301}",
        "\u{301}",
        "\u{1100}",
        "\u{600}",
        "👨\u{200d}",
        "🇫",
        "*🇫*",
        "\u{202e}",
        "\u{fe0f}",
        "ﾞ",
        "\u{94d}क",
    ] {
        read(&piece.repeat(100_000 / piece.len()));
    }
}

#[test]
fn a_page_of_half_a_million_blocks_opens_at_once() {
    let document = markdown::parse("a paragraph\n\n");
    let block = document.block(0).unwrap().clone();
    let document = Document::from(Portion { blocks: vec![block; 500_000], ..Portion::default() });
    let page = Page::new(&document, 72);
    let last = page.last(&document);
    assert_eq!(last.block, 499_999);
    assert_eq!(page.up(&document, last, 45).block, 499_976);
    assert_eq!(page.rows(&document, PageRow { block: 250_000, line: 0 }, 45).count(), 45);
}
