//! The lines of their files in which hits stand.
//!
//! Owns how a line is found without parsing or reading a text for each hit: a block knows the line in
//! which it begins, and only in a block of several lines the match itself is looked for, in what a
//! search keeps of the source. Must not know how a line is shown.

use crate::course::Course;
use crate::search::folding::{Case, Folded};
use crate::search::hit::{Hit, HitPlace};
use crate::search::index::Index;
use crate::search::prefilter::{self, Prefilter};
use crate::text::{Block, Document};
use memchr::memchr2_iter;
use memchr::memmem;
use std::borrow::Cow;

/// So many blocks behind a block are looked at for one that begins in a later line: several may come of
/// one line of HTML.
const NEXT: usize = 16;

/// How many bytes of the source are looked through for a match, more than the block has itself.
const MARKUP: usize = 4096;

/// Finds the lines of hits. It is quickest for one lesson after the other.
#[derive(Debug)]
pub struct HitLines<'a> {
    index: &'a Index,
    course: &'a Course,
    /// The source that was looked through last.
    source: Option<Source<'a>>,
}

/// The source of a portion of a lesson, folded, and where its lines begin.
#[derive(Debug)]
struct Source<'a> {
    lesson: usize,
    portion: usize,
    text: Cow<'a, str>,
    starts: Vec<usize>,
}

impl Index {
    /// Finds the lines of hits in a course, which must be the one of the index.
    pub fn hit_lines<'a>(&'a self, course: &'a Course) -> HitLines<'a> {
        HitLines { index: self, course, source: None }
    }

    /// The source of a portion, folded as the prefilters have it. Read again if it was not kept.
    fn source(&self, course: &Course, lesson: usize, portion: usize) -> Option<Cow<'_, str>> {
        let kept = self.lessons.get(lesson)?.prefilters.get().and_then(|kept| kept.get(portion)?.get());
        if let Some(prefilter) = kept {
            return prefilter.text().map(Cow::Borrowed);
        }
        let lesson = course.lessons.get(lesson)?;
        let document = lesson.load();
        let source =
            if document.portions() > 1 { document.raw(portion)? } else { lesson.text()?.into_owned() };
        Some(Cow::Owned(Prefilter::of(source).text()?.to_owned()))
    }
}

impl HitLines<'_> {
    /// The line of its file in which the first match of a hit stands, from 1 on. None for an item, a note,
    /// and a title that is no heading of the text; and for what has no line there.
    pub fn line(&mut self, hit: &Hit) -> Option<u32> {
        let HitPlace::Block { lesson, block: index } = hit.found else { return None };
        let document = self.course.document(lesson);
        let block = document.block(index)?;
        let (portion, _) = Document::within(index);
        let last = last_line(document, index, block);
        let line = if last.is_some_and(|last| last <= block.line) {
            block.line
        } else {
            self.line_of_match(lesson, portion, hit, block, last).unwrap_or(block.line)
        };
        document.source_line(portion, line)
    }

    /// The line of the portion, from that of the block to this last one, in which the match stands.
    fn line_of_match(
        &mut self,
        lesson: usize,
        portion: usize,
        hit: &Hit,
        block: &Block,
        last: Option<u32>,
    ) -> Option<u32> {
        let matched = Folded::of(block.text.get(hit.first.clone())?, Case::Folded);
        let word = prefilter::word(matched.text())?;
        let source = self.source(lesson, portion)?;
        let first = usize::try_from(block.line).ok()?.checked_sub(1)?;
        let start = *source.starts.get(first)?;
        let end = last.and_then(|last| source.starts.get(usize::try_from(last).ok()?).copied());
        let end = end.unwrap_or(source.text.len()).min(start + block.text.len() + MARKUP);
        let text = source.text.as_bytes().get(start..end)?;
        let at = start + memmem::find(text, word.as_bytes())?;
        u32::try_from(source.starts.partition_point(|start| *start <= at)).ok()
    }

    fn source(&mut self, lesson: usize, portion: usize) -> Option<&Source<'_>> {
        let is_known = |source: &Source<'_>| source.lesson == lesson && source.portion == portion;
        if !self.source.as_ref().is_some_and(is_known) {
            let text = self.index.source(self.course, lesson, portion)?;
            // Carriage returns stay in plain text. One that ends a line by itself does so in a block too.
            let bytes = text.as_bytes();
            let is_half = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(b"\r\n"));
            let ends = memchr2_iter(b'\n', b'\r', bytes).filter(|at| !is_half(*at)).map(|end| end + 1);
            let starts = std::iter::once(0).chain(ends).collect();
            self.source = Some(Source { lesson, portion, text, starts });
        }
        self.source.as_ref()
    }
}

/// The last line in which a block may stand: the one before that in which the next block begins. None
/// when that is not known, as of the last block and of what stands before a footnote.
fn last_line(document: &Document, index: usize, block: &Block) -> Option<u32> {
    let (portion, _) = Document::within(index);
    let is_here = |index: &usize| Document::within(*index).0 == portion;
    let next = std::iter::successors(document.next(index), |index| document.next(*index)).take(NEXT);
    let lines = next.take_while(is_here).filter_map(|next| document.block(next)).map(|next| next.line);
    lines.into_iter().find(|line| *line != block.line).filter(|line| *line > block.line).map(|line| line - 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::course::lesson::{LessonSource, LessonTitle};
    use crate::course::{CourseId, Lesson, LessonId};
    use crate::search::{Notes, Query};
    use crate::text::Flavour;
    use std::fmt::Write as _;

    /// The lines in which a word is found in a text.
    fn lines(text: &str, word: &str, flavour: Flavour) -> Vec<Option<u32>> {
        let title = LessonTitle::Known("Lines".to_owned());
        let mut lesson = Lesson::new(LessonId::new("lines"), title, 0, LessonSource::text(text));
        lesson.flavour = flavour;
        let course = Course { lessons: vec![lesson], ..Course::empty(CourseId::new("test"), "Test".into()) };
        let index = Index::new(&course);
        let hits = index.search(&Query::parse(word), &course, &Notes::default());
        let mut lines = index.hit_lines(&course);
        hits.hits.iter().map(|hit| lines.line(hit)).collect()
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
