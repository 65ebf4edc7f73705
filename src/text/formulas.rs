//! Tells formulas in TeX from prices, before a text is parsed.
//!
//! Owns which dollar signs enclose a formula. Must not read TeX: `tex.rs` does.
//!
//! The rules are GitHub's and Pandoc's: no white space within the dollar signs at either end, and
//! no letter or digit outside of them, so that `$5 and $6` is no formula. The parser has only the
//! first of them, so every other dollar sign is hidden from it. A formula whose lines are enclosed
//! by `$$` on lines of their own becomes preformatted text: otherwise a line of it could begin a
//! list.

use crate::text::cuts::Fence;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// Stands for a dollar sign that encloses no formula. No clean source has this noncharacter.
const DOLLAR: char = '\u{fdd0}';

/// The info string of preformatted text that is a formula; no clean source has it.
pub(crate) const FORMULA: &str = "\u{fdd1}";

/// The lines that enclose such text. They are longer than a fence that a formula may hold.
const OPENING: &str = "~~~~~~~~\u{fdd1}";
const CLOSING: &str = "~~~~~~~~";

/// The most bytes of a formula between two lines of `$$`, and of code that is passed over.
const LONGEST: usize = 8 * 1024;

/// Makes a clean source ready for the parser, so that it takes for formulas what is one.
pub(crate) fn prepare(source: &str) -> Cow<'_, str> {
    if memchr::memchr(b'$', source.as_bytes()).is_none() {
        return Cow::Borrowed(source);
    }
    let Scan { mut edits, .. } = Scan::of(source);
    if edits.is_empty() {
        return Cow::Borrowed(source);
    }
    edits.sort_unstable_by_key(|(range, _)| range.start);
    let mut prepared = String::with_capacity(source.len() + 16 * edits.len());
    let mut copied = 0;
    for (range, replacement) in edits {
        prepared.push_str(source.get(copied..range.start).unwrap_or_default());
        prepared.push_str(replacement);
        copied = range.end;
    }
    prepared.push_str(source.get(copied..).unwrap_or_default());
    Cow::Owned(prepared)
}

/// Returns whether a source has a formula that may be shown in other signs than it is written in.
pub(crate) fn has_any(source: &str) -> bool {
    memchr::memchr(b'$', source.as_bytes()).is_some() && Scan::of(source).has_formula
}

/// Gives an event of the parser its dollar signs back, where the source was made ready by edits.
pub(crate) fn restore(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(restored(text)),
        Event::Code(text) => Event::Code(restored(text)),
        Event::Html(text) => Event::Html(restored(text)),
        Event::InlineHtml(text) => Event::InlineHtml(restored(text)),
        Event::InlineMath(text) => Event::InlineMath(restored(text)),
        Event::DisplayMath(text) => Event::DisplayMath(restored(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: restored(dest_url), title: restored(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: restored(dest_url), title: restored(title), id })
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(information))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(restored(information))))
        }
        other => other,
    }
}

fn restored(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(DOLLAR) { text.replace(DOLLAR, "$").into() } else { text }
}

/// The look for formulas in one source.
#[derive(Debug, Default)]
struct Scan {
    /// What is to be replaced, and by what.
    edits: Vec<(Range<usize>, &'static str)>,
    /// Whether there may be a formula; true for a few texts that have none.
    has_formula: bool,
    /// The dollar sign that may begin a formula.
    opening: Option<usize>,
    /// Whether `$$` is open within a line.
    is_display: bool,
}

impl Scan {
    fn of(source: &str) -> Self {
        let mut scan = Self::default();
        let mut fence: Option<Fence> = None;
        let mut start = 0;
        // Where the lines of a formula end that have been taken already.
        let mut taken = 0;
        for line in source.split_inclusive('\n') {
            let bytes = without_markers(line).as_bytes();
            let end = start + line.len();
            if let Some(open) = fence.take() {
                // Dollar signs in code stay as they are.
                fence = (!open.is_closed_by(bytes)).then_some(open);
            } else if let Some(opened) = Fence::opened_by(bytes) {
                scan.end_paragraph();
                fence = Some(opened);
            } else if start >= taken {
                if without_quotes(line).is_empty() {
                    scan.end_paragraph();
                } else if !scan.is_display
                    && let Some(closing) = lines_of_formula(source, start, line)
                {
                    scan.end_paragraph();
                    scan.has_formula = true;
                    scan.replace_sign(source, start..end, OPENING);
                    scan.replace_sign(source, closing.clone(), CLOSING);
                    taken = closing.end;
                } else {
                    scan.line(line, start);
                }
            }
            start = end;
        }
        scan.end_paragraph();
        scan
    }

    /// Replaces the `$$` of a line.
    fn replace_sign(&mut self, source: &str, line: Range<usize>, by: &'static str) {
        if let Some(at) = source.get(line.clone()).and_then(|line| line.find("$$")) {
            self.edits.push((line.start + at..line.start + at + 2, by));
        }
    }

    /// No formula goes on behind the end of a paragraph.
    fn end_paragraph(&mut self) {
        self.no_formula();
        self.is_display = false;
    }

    /// Decides that the dollar sign that might have begun a formula does not.
    fn no_formula(&mut self) {
        if let Some(opening) = self.opening.take() {
            self.hide(opening);
        }
    }

    fn hide(&mut self, at: usize) {
        self.edits.push((at..at + 1, "\u{fdd0}"));
    }

    /// Looks for dollar signs in a line that begins at the byte `start` of the source.
    fn line(&mut self, line: &str, start: usize) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'$', b'\\', b'`', rest)) {
            at += next;
            match bytes.get(at..).unwrap_or_default() {
                [b'\\', ..] => at += 2,
                [b'`', rest @ ..] if !self.is_display => {
                    // A formula holds no code.
                    self.no_formula();
                    let length = code_length(rest);
                    // The code may have begun on the line before, and end where it seems to begin.
                    let skipped = bytes.get(at..at + length).unwrap_or_default();
                    self.has_formula |= memchr::memchr_iter(b'$', skipped).nth(1).is_some();
                    at += length;
                }
                [b'$', b'$', ..] => {
                    self.no_formula();
                    self.has_formula = true;
                    self.is_display = !self.is_display;
                    at += 2;
                }
                [b'$', ..] => {
                    if !self.is_display {
                        self.dollar(line, at, start + at);
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Decides what a single dollar sign is, at the byte `at` of its line.
    fn dollar(&mut self, line: &str, at: usize, place: usize) {
        let before = line.get(..at).and_then(|before| before.chars().next_back()).unwrap_or('\n');
        let after = line.get(at + 1..).and_then(|after| after.chars().next()).unwrap_or('\n');
        if self.opening.is_some() && !before.is_whitespace() && !after.is_alphanumeric() {
            self.opening = None;
            self.has_formula = true;
            return;
        }
        self.no_formula();
        if after.is_whitespace() || before.is_alphanumeric() {
            self.hide(place);
        } else {
            self.opening = Some(place);
        }
    }
}

/// The line without the marks of the quotes, lists and items that it may begin.
fn without_markers(line: &str) -> &str {
    line.trim_start_matches(|character: char| {
        matches!(character, '>' | '-' | '*' | '+' | '.' | ')' | ' ' | '\t' | '0'..='9')
    })
}

/// The line without the marks of quotes and the white space around it.
fn without_quotes(line: &str) -> &str {
    line.trim_matches(|character: char| character == '>' || character.is_whitespace())
}

/// If a line holds `$$` alone: the line of the source that ends the formula, if there is one.
fn lines_of_formula(source: &str, start: usize, line: &str) -> Option<Range<usize>> {
    let is_sign = |line: &str| without_quotes(line) == "$$" && !line.starts_with("    ");
    if !is_sign(line) {
        return None;
    }
    let mut at = start + line.len();
    for line in source.get(at..)?.split_inclusive('\n') {
        if is_sign(line) {
            return Some(at..at + line.len());
        }
        if without_quotes(line).is_empty() || at - start > LONGEST || line.contains(CLOSING) {
            return None;
        }
        at += line.len();
    }
    None
}

/// How many bytes code takes whose first backtick stands before `rest`; those backticks alone when
/// it does not end on the line.
fn code_length(rest: &[u8]) -> usize {
    let run = |bytes: &[u8]| bytes.iter().take_while(|byte| **byte == b'`').count();
    let opening = 1 + run(rest);
    let rest = rest.get(..LONGEST).unwrap_or(rest);
    let mut at = opening - 1;
    while let Some(next) = rest.get(at..).and_then(|rest| memchr::memchr(b'`', rest)) {
        let length = run(rest.get(at + next..).unwrap_or_default());
        at += next + length;
        if length == opening {
            return 1 + at;
        }
    }
    opening
}
