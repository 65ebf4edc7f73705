//! A long text is read portion by portion, and no reader can tell.

use crate::{render, shown};
use proptest::prelude::*;
use sidelight::page::{Page, PageRow, Top};
use sidelight::text::long::{LongTextSource, WHOLE};
use sidelight::text::{BlockKind, Document, Flavour, Position, markdown};
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

fn long(text: &str) -> Document {
    assert!(text.len() > WHOLE, "the text is not long");
    Document::long(Box::new(Arc::<str>::from(text)), Flavour::GitHub)
}

/// A text of many kinds of block, none of which reaches over a cut.
fn varied(pieces: &[usize]) -> String {
    const BLOCKS: [&str; 8] = [
        "# Heading of *its* own",
        "Words in a paragraph, with a [link](https://example.org/a) and `code`.\nIts second line.",
        "- one\n- two\n\n  with a second paragraph\n\n- three",
        "```sh\n# not a heading\n\necho *not* emphasis\n\n```",
        "> quoted\n>\n> more of it",
        "| a | b |\n|---|---|\n| c | d |",
        "1. first\n2. second\n\n        preformatted\n",
        "~~~~\n```\n\ninside\n~~~~",
    ];
    let mut text = String::new();
    let mut index = 0;
    while text.len() <= 2 * WHOLE {
        let piece = pieces[index % pieces.len()] % BLOCKS.len();
        text.push_str(BLOCKS[piece]);
        text.push_str("\n\nParagraph ");
        text.push_str(&index.to_string());
        text.push_str(".\n\n");
        index += 1;
    }
    text
}

/// What is read: kinds and texts, in order.
fn content(document: &Document) -> Vec<(String, String)> {
    let kind = |kind: &BlockKind| match kind {
        // Namesakes are counted in each portion on its own.
        BlockKind::Heading(heading) => format!("heading {}", heading.level),
        other => format!("{other:?}"),
    };
    document.blocks().map(|(_, block)| (kind(&block.kind), block.text.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_long_text_reads_as_if_it_were_parsed_as_a_whole(pieces in prop::collection::vec(0..8usize, 1..12)) {
        let text = varied(&pieces);
        let (long, whole) = (long(&text), markdown::parse(&text));
        prop_assert!(long.blocks().map(|(index, _)| Document::within(index).0).max() > Some(1));
        prop_assert_eq!(content(&long), content(&whole));
        prop_assert_eq!(render(&long, 60), render(&whole, 60));
    }

    #[test]
    fn any_bytes_can_be_walked_from_end_to_end(
        pieces in prop::collection::vec("[ -~\n`~>#|é漢-]{0,40}", 1..30), width in 1..80u16,
    ) {
        let text = pieces.concat() + "\nx";
        let document = long(&text.repeat(WHOLE / text.len() + 40));
        let all: Vec<usize> = document.blocks().map(|(index, _)| index).collect();
        let forward: Vec<usize> =
            std::iter::successors(document.first(), |index| document.next(*index)).collect();
        prop_assert_eq!(&forward, &all);
        let mut back: Vec<usize> =
            std::iter::successors(document.last(), |index| document.previous(*index)).collect();
        back.reverse();
        prop_assert_eq!(&back, &all);
        let page = Page::new(&document, width);
        let mut before = 0;
        for (row, _) in page.rows(&document, PageRow::default(), usize::MAX).step_by(97) {
            prop_assert_eq!(page.row(&document, page.top(&document, row)), row);
            let (seen, length) = document.progress(page.top(&document, row).position);
            prop_assert!(before <= seen && seen <= length);
            before = seen;
        }
    }
}

#[test]
fn a_link_finds_its_target_wherever_that_is_defined() {
    let text = format!(
        "A [link][There] at the start.\n\n{}\n[there]: <https://example.org/> 'x'\n",
        "word\n\n".repeat(WHOLE)
    );
    let document = long(&text);
    let block = document.block(0).unwrap();
    let link = document.link(block.spans[0].style.link.unwrap()).unwrap();
    assert_eq!((block.text.as_str(), link.target.as_str()), ("A link at the start.", "https://example.org/"));
    // And the same further on, where links are counted from another number.
    let text = format!("{}[x](https://example.org/x)\n", "[y](https://example.org/y)\n\n".repeat(WHOLE / 20));
    let document = long(&text);
    let last = document.block(document.last().unwrap()).unwrap();
    let link = document.link(last.spans[0].style.link.unwrap()).unwrap();
    assert_eq!(link.target, "https://example.org/x");
}

#[test]
fn preformatted_text_that_fills_portions_stays_preformatted() {
    let text =
        format!("```rust\n{}```\n\n# After it\n", "let a = [1];\n\n# no heading\n\n".repeat(WHOLE / 12));
    let document = long(&text);
    let kinds: Vec<&BlockKind> = document.blocks().map(|(_, block)| &block.kind).collect();
    let (last, code) = kinds.split_last().unwrap();
    assert!(matches!(last, BlockKind::Heading(_)));
    assert!(code.iter().all(|kind| **kind == BlockKind::Code { language: "rust".into() }), "{code:?}");
    let page = Page::new(&document, 72);
    let lines = page.rows(&document, PageRow::default(), usize::MAX).filter(|(row, line)| {
        let block = document.block(row.block).unwrap();
        line.segments.iter().any(|segment| shown(block, segment) == "let a = [1];")
    });
    assert_eq!(lines.count(), WHOLE / 12);
}

/// A text that says how much of it was read.
#[derive(Debug, Clone)]
struct Counted(Arc<str>, Arc<AtomicU64>, Arc<Mutex<Option<io::ErrorKind>>>);

impl Counted {
    fn new(text: String) -> Self {
        Self(text.into(), Arc::default(), Arc::default())
    }

    fn read(&self) -> u64 {
        self.1.load(SeqCst)
    }
}

impl LongTextSource for Counted {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        if let Some(error) = *self.2.lock().unwrap() {
            return Err(error.into());
        }
        self.1.fetch_add(range.end - range.start, SeqCst);
        LongTextSource::read(&self.0, range)
    }
}

#[test]
fn no_more_is_read_than_is_needed() {
    let counted = Counted::new("Some words in a line.\n\n".repeat(2 << 20));
    let document = Document::long(Box::new(counted.clone()), Flavour::GitHub);
    assert!(document.block(0).is_some());
    assert!(counted.read() <= 12 * 1024, "{} bytes were read for the first block", counted.read());
    let page = Page::new(&document, 72);
    let row = page.row(&document, Top::default());
    let rows = page.rows(&document, row, 60).count();
    assert_eq!((rows, document.next(row.block).is_some()), (60, true));
    assert!(counted.read() < 512 * 1024, "{} bytes were read for a screen", counted.read());
    // Going on reads on, and does not begin again.
    let before = counted.read();
    let further = page.down(&document, row, 10_000);
    let read = counted.read() - before;
    assert!(further.block > row.block && read < 2 << 20, "{read} bytes");
}

#[test]
fn memory_is_freed_and_the_text_can_be_read_again() {
    let mut document = long(&"Some words in a line.\n\n".repeat(1 << 18));
    let (first, last) = (content(&document), document.last().unwrap());
    document.forget_far_from(last);
    assert_eq!(document.blocks().count(), first.len());
    assert_eq!(document.last(), Some(last));
}

#[test]
fn few_portions_are_freed_where_they_take_much_memory() {
    for (text, is_freed) in [("---\n\n", true), ("Some words in a line.\n\n", false)] {
        let counted = Counted::new(text.repeat((640 << 10) / text.len()));
        let mut document = Document::long(Box::new(counted.clone()), Flavour::GitHub);
        let last = document.blocks().last().unwrap().0;
        document.forget_far_from(last);
        let before = counted.read();
        assert!(document.block(0).is_some());
        assert_eq!(counted.read() > before, is_freed, "{text}");
    }
}

#[test]
fn an_unreadable_portion_says_so_in_its_place() {
    let counted = Counted::new("Some words in a line.\n\n".repeat(1 << 16));
    let document = Document::long(Box::new(counted.clone()), Flavour::GitHub);
    assert_eq!(document.block(0).unwrap().text, "Some words in a line.");
    *counted.2.lock().unwrap() = Some(io::ErrorKind::PermissionDenied);
    let next = Document::index(1, 0);
    assert!(document.block(next).unwrap().text.starts_with("This part cannot be read now"));
    assert!(document.progress(Position { block: next, offset: 0 }).0 > 0);
}

#[test]
fn a_share_of_a_text_is_found_where_it_is() {
    let paragraph = "Some words in a line.\n\n";
    let lines = "Some words in a line.\n";
    let verbatim = Flavour::Verbatim { language: String::new() };
    for document in [
        long(&paragraph.repeat(1 << 18)),
        Document::long(Box::new(Arc::<str>::from(lines.repeat(1 << 18))), verbatim),
        markdown::parse(&paragraph.repeat(100)),
        markdown::parse(""),
    ] {
        let mut before = Position::default();
        for per_cent in 0..=101 {
            let position = document.position_at(per_cent);
            let (share, all) = document.progress(position);
            let wanted = all * per_cent.min(100) / 100;
            assert!(share <= wanted && wanted - share <= all / 50, "{per_cent}: {share} of {all}");
            assert!(position >= before, "{per_cent}");
            before = position;
        }
    }
}
