//! What holds for every document at every width from 10 to 200.

use crate::generate::{Sample, sample};
use crate::{shown, words};
use proptest::prelude::*;
use sidelight::page::{Line, Page, PageRow, PageWidth, SegmentContent, Top, Wide};
use sidelight::text::{Block, BlockKind, Document, Position, clean, columns, markdown};
use unicode_segmentation::UnicodeSegmentation;

/// Every byte that is not white space is in one segment, in order; the lines' ranges
/// cover the text without a gap; nothing is wider than the page or drawn over another.
fn check_block(block: &Block, lines: &[Line], page: PageWidth) {
    assert!(!lines.is_empty());
    let mut end = 0;
    let mut pieces = Vec::new();
    for line in lines {
        assert!(line.outdent <= page.before);
        assert_eq!(line.range.start, end, "the lines' ranges have a gap");
        end = line.range.end;
        let mut column = 0;
        for segment in &line.segments {
            assert!(segment.column >= column, "segments overlap");
            assert_eq!(usize::from(segment.width), columns::width(shown(block, segment)));
            column = segment.column + segment.width;
            assert!(
                column <= line.room(page) || line.scrolls_from.is_some(),
                "wider than the page: {:?}",
                shown(block, segment)
            );
            if let SegmentContent::Text(range) = &segment.content {
                assert!(!range.is_empty() && !block.text[range.clone()].contains('\n'));
                pieces.push(range.clone());
            }
        }
    }
    assert_eq!(end, block.text.len());
    if matches!(block.kind, BlockKind::Table(_)) {
        // Cells stand side by side, so their lines come in turn.
        pieces.sort_by_key(|piece| piece.start);
    }
    let mut end = 0;
    for piece in &pieces {
        assert!(piece.start >= end, "text is shown twice or out of order");
        assert_eq!(block.text[end..piece.start].trim(), "", "text is lost");
        end = piece.end;
    }
    assert_eq!(block.text[end..].trim(), "", "text is lost at the end");
    check_graphemes(block, pieces.iter().flat_map(|piece| [piece.start, piece.end]));
}

/// No piece begins or ends within a grapheme, unless that alone is wider than any column,
/// or only white space is cut off.
fn check_graphemes(block: &Block, ends: impl Iterator<Item = usize>) {
    let mut graphemes = block.text.grapheme_indices(true).peekable();
    for end in ends {
        while graphemes.next_if(|(at, grapheme)| at + grapheme.len() <= end).is_some() {}
        if let Some((at, grapheme)) = graphemes.peek().filter(|(at, _)| *at < end) {
            let cut_off = &grapheme[end - at..];
            assert!(cut_off.trim().is_empty() || columns::width(grapheme) > 4, "{grapheme:?} is split");
        }
    }
}

pub(crate) fn check(document: &Document, width: u16) {
    for wide in [Wide::Broken, Wide::Whole] {
        for page in [width.into(), PageWidth { text: width, before: width / 3, behind: width / 2 }] {
            check_page(document, &Page::with(document, page, wide));
        }
    }
}

fn check_page(document: &Document, page: &Page) {
    let width = page.width();
    let mut rows = Vec::new();
    for (index, block) in document.blocks() {
        let lines = page.block(document, index);
        check_block(block, lines, width);
        rows.extend((0..lines.len()).map(|line| PageRow { block: index, line }));
    }
    check_walking(document, page, &rows);
    check_positions(document, page, &rows);
}

/// Down and up are each other's inverse, and count the same rows as `rows`.
fn check_walking(document: &Document, page: &Page, rows: &[PageRow]) {
    let walked: Vec<PageRow> =
        page.rows(document, PageRow::default(), usize::MAX).map(|(row, _)| row).collect();
    assert_eq!(walked, rows);
    let last = page.last(document);
    assert_eq!(rows.last().copied().unwrap_or_default(), last);
    for step in [1, 2, 7, 45] {
        for (index, row) in rows.iter().enumerate() {
            let down = rows.get(index + step).copied().unwrap_or(last);
            assert_eq!(page.down(document, *row, step), down);
            let up = index.checked_sub(step).map_or(PageRow::default(), |up| rows[up]);
            assert_eq!(page.up(document, *row, step), up);
        }
    }
}

/// A top leads back to its row, a position to the line that shows it.
fn check_positions(document: &Document, page: &Page, rows: &[PageRow]) {
    for row in rows {
        assert_eq!(page.row(document, page.top(document, *row)), *row);
        let line = &page.block(document, row.block)[row.line];
        for segment in &line.segments {
            if let SegmentContent::Text(range) = &segment.content {
                for offset in [range.start, range.end - 1] {
                    let position = Position { block: row.block, offset };
                    assert_eq!(page.row_of(document, position), *row);
                }
            }
        }
    }
}

#[test]
fn a_record_before_rows_without_text_is_found_line_by_line() {
    let document =
        markdown::parse("|  | Donaudampfschifffahrtsgesellschaft |\n|:-:|:-:|\n| ab |  |\n|  |  |\n|  |  |");
    (3..60).for_each(|width| check(&document, width));
}

/// Whether nothing that drives a terminal or hides is in a text. Written down apart from
/// the cleaner's own list, so that the two check each other.
fn is_harmless(text: &str) -> bool {
    let harmful = |character: char| match u32::from(character) {
        0x0a => false,
        0..=0x1f
        | 0x7f..=0x9f
        | 0xad
        | 0x061c
        | 0x200b
        | 0x200e
        | 0x200f
        | 0x2028..=0x202e
        | 0x2060..=0x206f
        | 0xfe00..=0xfe0f
        | 0xfeff
        | 0xfff9..=0xfffb
        | 0xfdd0..=0xfdef
        | 0xe0000..=0xe0fff => true,
        other => other & 0xfffe == 0xfffe,
    };
    let marks =
        |grapheme: &str| grapheme.chars().filter(|mark| ('\u{300}'..='\u{36f}').contains(mark)).count() > 8;
    !text.contains(harmful) && !text.graphemes(true).any(marks)
}

/// Any characters, those that matter to cleaning and to Markdown more often than others.
fn raw() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => prop::sample::select(" \n\t\r*_`~[]()!|-+>#&;:=<>/\\\"'0123456789.aébx".chars().collect::<Vec<_>>()),
        2 => prop::sample::select(
            "\u{1b}\u{9b}\u{90}\u{9c}\u{7}\0\u{200c}\u{200d}\u{200b}\u{202e}\u{2066}\u{fe0f}\u{feff}\u{2028}\
             \u{301}\u{302}\u{e0041}\u{ffff}\u{ad}\u{ff9e}\u{1100}\u{600}\u{94d}[]m;?u"
                .chars()
                .collect::<Vec<_>>()
        ),
        2 => prop::sample::select("👨👩👧🇫🇷🏽❤中文、あカـمرשלוםक्षไ각ㄱ".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    let entity =
        prop::sample::select(vec!["&#27;", "&#x202e;", "&#x301;", "&#13;", "&Tab;", "&zwj;", "&#155;[31m"]);
    let part = prop_oneof![
        20 => character.prop_map(String::from),
        1 => entity.prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..200).prop_map(|parts| parts.concat())
}

/// As many cases as are quick; `PROPTEST_CASES` asks for more.
pub(crate) fn config() -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { usual.cases } else { 200 };
    ProptestConfig { cases, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_word_is_lost_at_any_width(Sample { source, words: expected } in sample(), width in 10..=200u16) {
        let document = markdown::parse(&source);
        prop_assert_eq!(words(&document), expected, "{}", source);
        check(&document, width);
    }

    #[test]
    fn any_text_at_all_is_typeset_whole(source in raw(), width in 10..=200u16) {
        let document = markdown::parse(&source);
        for (_, block) in document.blocks() {
            prop_assert!(is_harmless(&block.text), "{:?}", block.text);
            prop_assert_eq!(&clean::clean(&block.text), &block.text);
        }
        for link in (0..).map_while(|link| document.link(link)) {
            prop_assert!(is_harmless(&link.target));
        }
        check(&document, width);
    }

    #[test]
    fn cleaning_removes_all_harm_and_does_so_at_once(text in raw()) {
        let cleaned = clean::clean(&text);
        prop_assert!(is_harmless(&cleaned), "{:?}", cleaned);
        prop_assert_eq!(&clean::clean(&cleaned), &cleaned);
        let line = clean::clean_line(&text);
        prop_assert!(is_harmless(&line) && !line.contains('\n'));
    }

    #[test]
    fn a_page_that_is_absurdly_narrow_is_still_a_page(source in raw(), width in 0..10u16) {
        let document = markdown::parse(&source);
        let page = Page::new(&document, width);
        let rows = page.rows(&document, PageRow::default(), usize::MAX).count();
        prop_assert!(rows >= document.blocks().count());
    }

    #[test]
    fn a_top_or_position_from_another_document_leads_somewhere(
        Sample { source, .. } in sample(),
        block in 0..30usize,
        offset in 0..300usize,
        skip in 0..30usize,
    ) {
        let document = markdown::parse(&source);
        let page = Page::new(&document, 40);
        let last = page.last(&document);
        let position = Position { block, offset };
        for row in [page.row(&document, Top { position, skip }), page.row_of(&document, position)] {
            prop_assert!(row <= last);
            prop_assert!(row.line < page.block(&document, row.block).len());
        }
        let wild = PageRow { block, line: offset };
        for row in [page.up(&document, wild, skip), page.down(&document, wild, skip)] {
            prop_assert!(row <= last, "{:?} from {:?}", row, wild);
            prop_assert!(row.line < page.block(&document, row.block).len());
        }
        let top = page.top(&document, wild);
        prop_assert!(page.row(&document, top) <= last);
    }
}
