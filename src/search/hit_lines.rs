//! The lines of their files in which hits stand.
//!
//! Owns how a line is found without parsing or reading a text for each hit: a block knows the line in
//! which it begins, and only in a block of several lines the match itself is looked for, in what a
//! search keeps of the source. Must not know how a line is shown.

use crate::search::folding::{Case, Folded};
use crate::search::hit::{Hit, HitPlace};
use crate::search::prefilter::{self, Prefilter};
use crate::text::{Block, Document};
use memchr::memmem::{self, Finder};
use memchr::{memchr_iter, memchr2_iter};
use std::cell::OnceCell;
use std::ops::Range;

/// So many blocks behind a block are looked at for one that begins in a later line: several may come of
/// one line of HTML.
const NEXT: usize = 16;

/// How many bytes of the source are looked through for a match, more than the block has itself.
const MARKUP: usize = 4096;

/// The source of a text, or of a portion of it, folded, and where its lines begin.
#[derive(Debug)]
pub(super) struct FoldedSource {
    prefilter: Prefilter,
    /// Counted when the first hit asks for them.
    starts: OnceCell<Vec<usize>>,
    /// How many lines of the text come before it.
    lines_before: u32,
}

impl FoldedSource {
    /// The source of a text behind so many of its lines.
    pub(super) fn new(prefilter: Prefilter, lines_before: u32) -> Self {
        Self { prefilter, starts: OnceCell::new(), lines_before }
    }

    /// Returns whether all that may become one of these words is found where it stands in the text, which
    /// has the same lines.
    pub(super) fn shows_all(&self, words: &[Finder<'static>], text: &str) -> bool {
        let lines = memchr_iter(b'\n', text.as_bytes()).count() + 1;
        self.prefilter.shows_all(words) && lines == self.starts().len()
    }

    /// Returns whether a portion of the text may have all of these words.
    pub(super) fn has_all_in(&self, words: &[Finder<'static>], document: &Document, portion: usize) -> bool {
        let lines = document.lines_of(portion);
        let place = |line: &u32| self.starts().get(usize::try_from(line - self.lines_before).ok()?).copied();
        let start = place(&lines.start).unwrap_or_default();
        let is_last = portion + 1 >= document.portions();
        let end = place(&lines.end).filter(|_| !is_last).unwrap_or(usize::MAX);
        let bytes = self.bytes(&(start..end));
        words.iter().all(|word| word.find(bytes).is_some())
    }

    /// The line of its file in which the first match of a hit stands, from 1 on. None for a title that is
    /// no heading of the text, and for what has no line there.
    pub(super) fn line_of(&self, hit: &Hit, document: &Document) -> Option<u32> {
        let HitPlace::Block { block: index, .. } = hit.found else { return None };
        let block = document.block(index)?;
        let (portion, _) = Document::within(index);
        let last = last_line(document, index, block);
        let line = if last.is_some_and(|last| last <= block.line) {
            block.line
        } else {
            let before = document.lines_of(portion).start.checked_sub(self.lines_before)?;
            self.line_of_match(hit, block, last, before).unwrap_or(block.line)
        };
        document.source_line(portion, line)
    }

    /// The line of the portion, from that of the block to this last one, in which the match stands.
    /// So many lines of the source come before the portion.
    fn line_of_match(&self, hit: &Hit, block: &Block, last: Option<u32>, before: u32) -> Option<u32> {
        let matched = Folded::of(block.text.get(hit.first.clone())?, Case::Folded);
        let word = prefilter::word(matched.text())?;
        let place = |line: u32| self.starts().get(usize::try_from(before + line).ok()?).copied();
        let start = place(block.line.checked_sub(1)?)?;
        let end = last.and_then(place).unwrap_or(usize::MAX).min(start + block.text.len() + MARKUP);
        let at = start + memmem::find(self.bytes(&(start..end)), word.as_bytes())?;
        let line = self.starts().partition_point(|start| *start <= at);
        u32::try_from(line).ok()?.checked_sub(before)
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            // Carriage returns stay in plain text. One that ends a line by itself does so in a block too.
            let bytes = self.prefilter.bytes();
            let is_half = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(b"\r\n"));
            let ends = memchr2_iter(b'\n', b'\r', bytes).filter(|at| !is_half(*at)).map(|end| end + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// Some bytes of it, as far as it has them.
    fn bytes(&self, range: &Range<usize>) -> &[u8] {
        let bytes = self.prefilter.bytes();
        bytes.get(range.start..range.end.min(bytes.len())).unwrap_or_default()
    }
}

/// The last line in which a block may stand: the one before that in which the next block begins. None
/// when that is not known, as of the last block and of what stands before a footnote.
fn last_line(document: &Document, index: usize, block: &Block) -> Option<u32> {
    let (portion, within) = Document::within(index);
    let next = (within + 1..document.blocks_in(portion)).take(NEXT);
    let mut lines =
        next.filter_map(|next| document.block(Document::index(portion, next))).map(|next| next.line);
    lines.find(|line| *line != block.line).filter(|line| *line > block.line).map(|line| line - 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use crate::course::lesson::{LessonSource, LessonTitle};
    use crate::course::{Course, CourseId, Lesson, LessonId};
    use crate::search::{Index, Query};
    use crate::text::Flavour;
    use std::fmt::Write as _;
    use std::ops::ControlFlow;

    /// The lines in which a word is found in a text.
    fn lines(text: &str, word: &str, flavour: Flavour) -> Vec<Option<u32>> {
        let title = LessonTitle::Known("Lines".to_owned());
        let mut lesson = Lesson::new(LessonId::new("lines"), title, 0, LessonSource::text(text));
        lesson.flavour = flavour;
        let course = Course { lessons: vec![lesson], ..Course::empty(CourseId::new("test"), "Test".into()) };
        let mut lines = Vec::new();
        Index::new(&course).stream(
            &Query::parse(word),
            &course,
            |found| found.hits.iter().map(|hit| found.line(hit)).collect::<Vec<_>>(),
            |found| {
                lines.extend(found.into_iter().flatten());
                ControlFlow::Continue(())
            },
        );
        lines
    }

    /// The numbers of the lines of a text that have a word.
    fn counted(text: &str, word: &str) -> Vec<Option<u32>> {
        (1..)
            .zip(text.lines())
            .filter(|(_, line)| line.contains(word))
            .map(|(number, _)| Some(number))
            .collect()
    }

    #[test]
    fn a_hit_stands_in_the_line_of_its_match_whatever_block_it_is_in() {
        let text = "# A needle\n\nSome text\nover lines, and a\n**needle** here.\n\n- one\n- a needle\n  - needle\n\n  and\n  \
                    a needle\n\n> quoted\n> needle\n\n```sh\nls\nneedle\n```\n\n| a | b |\n|---|---|\n| c | d |\n| e | needle |\n\n\
                    <div>\n<p>html</p>\n<p>a needle</p>\n</div>\n\nA note.[^n]\n\n---\n\n[^n]: In the note\n  a needle.\n\n\
                    ::: tip\nA needle.\n:::\n\n$$\na + b\n$$\n\nneedle é\n\nmore é\nneedle\n\n1. x\n\n   needle\n";
        let mut found = lines(text, "needle", Flavour::GitHub);
        found.sort_unstable();
        assert_eq!(found, counted(text, "needle"));
        assert!(found.len() > 12);
    }

    #[test]
    fn only_a_line_feed_counts_as_the_end_of_a_line() {
        let broken = |sign: char| {
            format!("# One{sign}\n\na needle{sign}b{sign}{sign}\n\nA{sign}needle\n\nx\na needle\n")
        };
        let long = |sign: char| {
            let hay = format!("Some{sign}hay\nand more.\n\n").repeat(8000);
            format!("{}{hay}{}\n```\n{hay}A needle\n```\n", broken(sign), broken(sign))
        };
        let verbatim = Flavour::Verbatim { language: String::new() };
        for sign in ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'] {
            for text in [broken(sign), format!("é{}", broken(sign))] {
                assert_eq!(lines(&text, "needle", Flavour::GitHub), counted(&text, "needle"), "{sign:?}");
            }
            let text = long(sign);
            for flavour in [Flavour::GitHub, verbatim.clone()] {
                let found = lines(&text, "needle", flavour);
                let expected = counted(&text, "needle");
                assert!(found.iter().all(|line| expected.contains(line)), "{sign:?} {found:?} {expected:?}");
                assert_eq!(found.last(), expected.last(), "{sign:?}");
            }
        }
    }

    #[test]
    fn lines_are_counted_through_all_portions_of_a_long_text() {
        let mut text = String::from("# Long\n\n");
        for number in 0..9000 {
            let word = if number % 997 == 0 { "needle" } else { "hay" };
            write!(text, "Some words in a line, number {number},\nand {word} in the next.\n\n").unwrap();
        }
        text.push_str("```\n");
        for number in 0..9000 {
            let word = if number % 997 == 0 { "needle" } else { "straw" };
            writeln!(text, "let x{number} = {word};\n").unwrap();
        }
        let blocks: usize = lines(&text, "needle", Flavour::GitHub).len();
        assert!(blocks > 15, "{blocks}");
        let expected = counted(&text, "needle");
        for line in lines(&text, "needle", Flavour::GitHub) {
            assert!(expected.contains(&line), "{line:?}");
        }
        let verbatim = Flavour::Verbatim { language: String::new() };
        for line in lines(&text, "needle", verbatim) {
            assert!(expected.contains(&line), "{line:?}");
        }
    }
}
