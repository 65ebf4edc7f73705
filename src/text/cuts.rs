//! Where a long text can be cut so that each piece can be read alone.
//!
//! Owns the look at the beginnings of lines that this takes. Must not parse Markdown: a
//! cut has to be found in the time that it takes to read the bytes.

use crate::text::directives;
use memchr::memmem;
use memchr::{memchr, memchr_iter, memchr3, memrchr};
use std::ops::Range;

/// How many bytes a portion has at least, unless the text ends before.
pub(crate) const LEAST: usize = 32 * 1024;

/// As [`LEAST`], for the first portion, which the first frame waits for: a large screen full.
/// A footnote that is defined farther on is not known in it.
pub(crate) const LEAST_AT_FIRST: usize = 8 * 1024;

/// How many bytes a portion has at most. Within these a good place to cut is looked for.
pub(crate) const MOST: usize = 128 * 1024;

/// How many bytes a piece of a short text has at least, if only the neighbourhood of a place is parsed.
const PIECE: usize = 256;

/// What may reach from anywhere in a text to anywhere else, beside directives: footnotes, the targets of
/// links, formulas.
const REACHING: [&[u8]; 3] = [b"[^", b"]:", b"$"];

/// A piece of text that is open, and may hold blank lines: preformatted text, or a comment of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The line that opened it.
    pub(crate) opening: String,
    close: Close,
}

/// What closes a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    /// A line of at least this many of these marks.
    Marks { marker: u8, length: usize },
    /// A line that holds this, as HTML's blocks end.
    Html(&'static str),
}

/// The beginnings of those blocks of HTML that may hold blank lines, and what is in their last line.
const BLOCKS: [(&str, &str); 5] = [
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

impl Fence {
    /// Returns whether text is shown of it.
    pub(crate) fn is_shown(&self) -> bool {
        self.close != Close::Html("-->")
    }
}

/// Where a portion ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct End {
    /// Bytes from the portion's start.
    pub(crate) at: usize,
    /// The preformatted text that goes on in the next portion.
    pub(crate) open: Option<Fence>,
}

/// Where the portion ends that begins these bytes, which are the first of more, if a block that
/// stands alone begins within them, behind this many bytes.
pub(crate) fn end_before(bytes: &[u8], open: Option<Fence>, least: usize) -> Option<End> {
    look(bytes, open, least).ok()
}

/// Where the portion ends that begins these bytes, which are [`MOST`] or all that there are.
pub(crate) fn end(bytes: &[u8], open: Option<Fence>, least: usize) -> End {
    if bytes.len() < MOST {
        return End { at: bytes.len(), open: None };
    }
    look(bytes, open, least).unwrap_or_else(|otherwise| otherwise)
}

/// Cuts a clean text into pieces each of which reads alone as it does in the whole; none where something
/// in it may reach over a cut.
pub(crate) fn pieces(text: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    let reaches = |sign: &&[u8]| memmem::find(bytes, sign).is_some();
    if REACHING.iter().any(reaches)
        || directives::may_have_any(bytes)
        || has_element(bytes)
        || !has_plain_fences(bytes)
    {
        return None;
    }
    let mut pieces = Vec::with_capacity(bytes.len() / PIECE + 1);
    let mut start = 0;
    while let Some(rest) = bytes.get(start..).filter(|rest| !rest.is_empty()) {
        let end = start + end_before(rest, None, PIECE).map_or(rest.len(), |end| end.at);
        pieces.push(start..end);
        start = end;
    }
    Some(pieces)
}

/// Returns whether HTML may stand in a text.
fn has_element(bytes: &[u8]) -> bool {
    let begins = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?');
    memchr_iter(b'<', bytes).any(|at| bytes.get(at + 1).is_some_and(|next| begins(*next)))
}

/// Returns whether all lines of code begin and end at the left edge: what is set in may end with the
/// list that it stands in.
fn has_plain_fences(bytes: &[u8]) -> bool {
    let is_plain = |at: usize| {
        let before = bytes.get(..at).unwrap_or_default();
        let start = memrchr(b'\n', before).map_or(0, |end| end + 1);
        let inner = before.get(start..).unwrap_or_default();
        // Behind anything else it begins no block.
        let opens = |byte: &u8| b" \t>-*+.)~`".contains(byte) || byte.is_ascii_digit();
        inner.is_empty() || !inner.iter().all(opens) || inner.iter().all(|byte| b"`~".contains(byte))
    };
    let fences = [b"```", b"~~~"].map(|fence| memmem::find_iter(bytes, fence));
    fences.into_iter().flatten().all(is_plain)
}

/// The best place for a cut; as an error, where to cut for want of a good one.
fn look(bytes: &[u8], open: Option<Fence>, least: usize) -> Result<End, End> {
    let line_end = |last: usize| memchr(b'\n', bytes.get(last..)?).map(|end| last + end + 1);
    let mut start = least.checked_sub(1).map_or(0, |last| line_end(last).unwrap_or(bytes.len()));
    let before = bytes.get(..start).unwrap_or_default();
    let mut fence = left_open(before, open);
    let mut after_blank = last_line(before).is_some_and(is_blank);
    // The last line's beginning, for want of a better place.
    let mut line_start = None;
    while let Some(rest) = bytes.get(start..).filter(|rest| !rest.is_empty()) {
        let line = first_line(rest);
        if fence.is_none() && after_blank && begins_afresh(line) {
            return Ok(End { at: start, open: None });
        }
        if line_start.is_none() || fence.is_none() {
            line_start = Some((start, fence.clone()));
        }
        after_blank = is_blank(line);
        fence = match behind(line, fence.as_ref().map(|fence| fence.close)) {
            None => None,
            Some(close) => fence.or_else(|| Some(Fence::new(line, close))),
        };
        start += line.len();
    }
    Err(match line_start {
        // What is indented may be a fence or be preformatted itself: it is not carried on.
        Some((at, open)) => End { at, open: open.filter(|fence| !fence.opening.starts_with("    ")) },
        None => End { at: boundary(bytes), open: None },
    })
}

/// The piece of text that whole lines leave open. Only the lines that may open or close one are looked at.
fn left_open(bytes: &[u8], open: Option<Fence>) -> Option<Fence> {
    let mut close = open.as_ref().map(|fence| fence.close);
    let mut opening = None;
    let mut start = 0;
    while let Some(rest) = bytes.get(start..) {
        let sign = match close {
            None => memchr3(b'`', b'~', b'<', rest),
            Some(Close::Marks { marker, .. }) => memchr(marker, rest),
            Some(Close::Html(end)) => end.bytes().next().and_then(|first| memchr(first, rest)),
        };
        let Some((before, _)) = sign.and_then(|sign| rest.split_at_checked(sign)) else { break };
        start += memrchr(b'\n', before).map_or(0, |end| end + 1);
        let line = first_line(bytes.get(start..).unwrap_or_default());
        opening = if close.is_none() { Some(line) } else { opening };
        close = behind(line, close);
        start += line.len();
    }
    match (close, opening) {
        (None, _) => None,
        (Some(_), None) => open,
        (Some(close), Some(line)) => Some(Fence::new(line, close)),
    }
}

/// How the piece of text is closed that is open behind a line, if one is; `open` is the one before it.
fn behind(line: &[u8], open: Option<Close>) -> Option<Close> {
    match open {
        Some(close) if closes(line, close) => None,
        Some(close) => Some(close),
        None => opens(line),
    }
}

/// The first line, with its end.
fn first_line(bytes: &[u8]) -> &[u8] {
    memchr(b'\n', bytes).and_then(|end| bytes.get(..=end)).unwrap_or(bytes)
}

/// The last line without its end, if there is any.
fn last_line(bytes: &[u8]) -> Option<&[u8]> {
    let inner = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let start = memrchr(b'\n', inner).map_or(0, |end| end + 1);
    inner.get(start..).filter(|_| !bytes.is_empty())
}

fn is_blank(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}

/// Returns whether a line behind a blank one begins a block that nothing before it reaches into.
fn begins_afresh(line: &[u8]) -> bool {
    !matches!(
        line,
        [b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'-' | b'*' | b'+' | b':' | b'0'..=b'9', ..]
            | [b'[', b'^', ..]
            | []
    )
}

impl Fence {
    /// The preformatted text that this line opens, if it does.
    pub(crate) fn opened_by(line: &[u8]) -> Option<Self> {
        opens(line).map(|close| Self::new(line, close))
    }

    /// Returns whether this line ends the text.
    pub(crate) fn is_closed_by(&self, line: &[u8]) -> bool {
        closes(line, self.close)
    }

    /// The piece of text that is opened by this line.
    fn new(line: &[u8], close: Close) -> Self {
        let opening = match close {
            Close::Marks { .. } => String::from_utf8_lossy(line.trim_ascii_end()).into_owned(),
            Close::Html("-->") => "<!--".to_owned(),
            Close::Html(end) => end.replacen("</", "<", 1),
        };
        Self { opening, close }
    }
}

/// How the piece of text is closed that a line opens, if it opens one.
fn opens(line: &[u8]) -> Option<Close> {
    let text = line.trim_ascii_start();
    let marker = *text.first().filter(|byte| matches!(byte, b'`' | b'~' | b'<'))?;
    if marker == b'<' {
        return opens_html(line);
    }
    let length = text.iter().take_while(|byte| **byte == marker).count();
    let information = text.get(length..).unwrap_or_default();
    let is_inline = marker == b'`' && memchr(b'`', information).is_some();
    (length >= 3 && !is_inline).then_some(Close::Marks { marker, length })
}

/// The same for the block of HTML that a line begins, unless it ends in the same line.
fn opens_html(line: &[u8]) -> Option<Close> {
    let line = String::from_utf8_lossy(line).to_ascii_lowercase();
    let text = line.trim_start_matches(' ');
    let is_indented = line.len() - text.len() > 3;
    let begins = |begin: &str| {
        let after = text.strip_prefix(begin)?;
        let is_whole =
            begin == "<!--" || !after.starts_with(|next: char| next.is_alphanumeric() || next == '-');
        is_whole.then_some(after)
    };
    let (end, after) = BLOCKS.into_iter().find_map(|(begin, end)| Some((end, begins(begin)?)))?;
    (!is_indented && !after.contains(end)).then_some(Close::Html(end))
}

fn closes(line: &[u8], close: Close) -> bool {
    match close {
        Close::Marks { marker, length } => {
            let text = line.trim_ascii();
            text.len() >= length && text.iter().all(|byte| *byte == marker)
        }
        Close::Html(end) => String::from_utf8_lossy(line).to_ascii_lowercase().contains(end),
    }
}

/// The end of the last whole character.
fn boundary(bytes: &[u8]) -> usize {
    let last = bytes.iter().rposition(|byte| byte & 0xc0 != 0x80).unwrap_or(0);
    let whole = bytes.get(last..).is_some_and(|character| std::str::from_utf8(character).is_ok());
    if whole || last == 0 { bytes.len() } else { last }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::string_slice, clippy::indexing_slicing, reason = "tests of fixed text")]

    use super::*;
    use proptest::prelude::*;

    /// The same as [`look`], found by looking at every line.
    fn look_at_all_lines(bytes: &[u8], open: Option<Fence>, least: usize) -> Result<End, End> {
        let (mut fence, mut after_blank, mut line_start, mut start) = (open, false, None, 0);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if start >= least {
                if fence.is_none() && after_blank && begins_afresh(line) {
                    return Ok(End { at: start, open: None });
                }
                if line_start.is_none() || fence.is_none() {
                    line_start = Some((start, fence.clone()));
                }
            }
            after_blank = line.trim_ascii().is_empty();
            fence = match fence {
                Some(fence) if fence.is_closed_by(line) => None,
                Some(fence) => Some(fence),
                None => Fence::opened_by(line),
            };
            start += line.len();
        }
        Err(match line_start {
            Some((at, open)) => End { at, open: open.filter(|fence| !fence.opening.starts_with("    ")) },
            None => End { at: boundary(bytes), open: None },
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn where_a_cut_is_does_not_depend_on_the_lines_that_open_and_close_nothing(
            lines in prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..24),
            least in 0..120usize,
            open in prop::sample::select(vec!["", "```", "~~~~", "<!-- a", "<pre>", "    ```"]),
        ) {
            let (text, open) = (lines.concat(), Fence::opened_by(open.as_bytes()));
            let all = look_at_all_lines(text.as_bytes(), open.clone(), least);
            prop_assert_eq!(look(text.as_bytes(), open, least), all);
        }
    }

    /// Lines of which the texts are made that are cut.
    const LINES: [&str; 22] = [
        "\n",
        "\n",
        " \t\n",
        "\r\n",
        "text\n",
        "some `code` here\n",
        "## Heading\n",
        "- item\n",
        "```\n",
        "```rust\n",
        "   ~~~ \n",
        "~~~~\n",
        "    ```\n",
        "````\n",
        "<!-- a\n",
        "a --> b\n",
        "<!-- a -->\n",
        "<PRE class=a>\n",
        "b</pre>\n",
        "<div>\n",
        "é",
        "no end",
    ];

    /// A text that is long enough to be cut, with `middle` where that is first possible.
    fn cut(middle: &str, open: Option<Fence>) -> (String, End) {
        let before = "word ".repeat(LEAST / 5 + 1);
        let text = format!("{before}\n{middle}{}", "\nmore".repeat(MOST));
        let end = end(&text.as_bytes()[..MOST], open, LEAST);
        (text, end)
    }

    #[test]
    fn a_cut_is_before_a_block_that_stands_alone() {
        let (text, end) = cut("\n- an item\n\n  of two paragraphs\n\n## Heading\n", None);
        assert!(text[end.at..].starts_with("## Heading"), "{:?}", &text[end.at..end.at + 20]);
        assert_eq!(end.open, None);
    }

    #[test]
    fn a_cut_is_not_within_preformatted_text_that_ends() {
        let (text, end) = cut("```sh\n\n# a comment\n\n```\n\nText\n", None);
        assert!(text[end.at..].starts_with("Text"));
        let open = Fence::opened_by(b"~~~~ rust\n");
        let (text, end) = cut("\n~~~\n\nno end yet\n\n~~~~~\n\nText\n", open);
        assert!(text[end.at..].starts_with("Text"));
    }

    #[test]
    fn a_cut_is_not_within_a_comment() {
        let (text, end) = cut("<!-- a remark\n\n# no heading\n\n-->\n\nText\n", None);
        assert!(text[end.at..].starts_with("Text"));
        let (text, end) = cut("<!-- a remark -->\n\n# Heading\n", None);
        assert!(text[end.at..].starts_with("# Heading"));
        let (_, end) = cut("more", Fence::opened_by(b"<!-- that is long\n"));
        assert!(end.open.is_some_and(|comment| comment.opening == "<!--" && !comment.is_shown()));
    }

    #[test]
    fn what_goes_on_is_opened_anew_as_it_was_opened() {
        let opening = |line: &str| Fence::opened_by(line.as_bytes()).map(|fence| fence.opening);
        assert_eq!(opening("  ~~~~ rust \r\n").as_deref(), Some("  ~~~~ rust"));
        assert_eq!(opening("<!-- a\n").as_deref(), Some("<!--"));
        assert_eq!(opening("<PRE class=a>\n").as_deref(), Some("<pre>"));
        assert_eq!(opening("<textarea>\n").as_deref(), Some("<textarea>"));
    }

    #[test]
    fn preformatted_text_without_an_end_goes_on() {
        let (text, end) = cut("```rust\ncode", None);
        assert!(text[end.at..].starts_with("```rust") || end.open.is_some());
        let (_, end) = cut("more", Fence::opened_by(b"```rust\n"));
        assert_eq!(end.open.map(|fence| fence.opening), Some("```rust".to_owned()));
    }

    #[test]
    fn a_line_without_an_end_is_cut_between_characters() {
        let text = "x".to_owned() + &"é".repeat(MOST);
        let end = end(&text.as_bytes()[..MOST], None, LEAST);
        assert!(text.is_char_boundary(end.at) && end.at >= MOST - 1);
    }

    #[test]
    fn what_ends_before_is_one_portion() {
        assert_eq!(end(b"short", None, LEAST), End { at: 5, open: None });
    }
}
