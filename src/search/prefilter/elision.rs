//! Takes out of a line what stands in the source between two halves of a word and is not seen:
//! the target of a link, a tag.
//!
//! Owns the guess where such markup ends, without parsing. Where it cannot tell, it says so.

use crate::search::prefilter::marks::is_mark;
use crate::text::html;

/// The most bytes of a target or a tag that are looked at for its end. Each look is bounded, so that
/// a text of nothing but beginnings takes no longer than others.
const LONGEST: usize = 1024;

/// A line without the markup between its words.
#[derive(Debug, Default)]
pub(super) struct Elision {
    /// The line without it, if that makes a word that is not written there.
    pub(super) joined: Option<String>,
    /// Whether words may come of the line that cannot be told without parsing.
    pub(super) is_unsure: bool,
}

/// What follows a line, in which markup that the line leaves open may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Following<'a> {
    /// All that follows.
    pub(super) text: &'a str,
    /// How far a tag may reach.
    pub(super) tags: TagReach,
}

/// How far a tag may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagReach {
    /// Up to a blank line, as all other markup.
    Paragraph,
    /// Over blank lines, as in preformatted text.
    Anywhere,
}

/// How markup that begins here goes on.
enum Markup {
    /// It ends before this byte, and is not seen.
    Ends(usize),
    /// It is an address in angle brackets, which is seen, up to the bracket at this byte.
    Address(usize),
    /// It may end in several places, or behind the line.
    Unsure,
    /// It is no markup.
    Text,
}

/// Returns whether markup may begin with the `]` or `<` at this byte that joins the word before it
/// to the one behind. A quick look: most links are followed by a space.
pub(super) fn may_join(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest {
        [b']', b'(', rest @ ..] => {
            let rest = bounded(rest);
            let end = rest.iter().position(|byte| matches!(byte, b')' | b'\n')).unwrap_or(rest.len());
            let target = rest.get(..end).unwrap_or_default();
            rest.get(end) != Some(&b')')
                || target.iter().any(|byte| is_ambiguous(*byte))
                || rest.get(end + 1).is_some_and(|byte| goes_on(*byte))
        }
        [b']', b'[', ..] => true,
        [b']', b']', next, ..] => goes_on(*next),
        [b'!', b'[', ..] => is_glued(bytes, at),
        [b'<', next, ..] => begins_tag(*next) && is_glued(bytes, at),
        _ => false,
    }
}

/// Returns whether a word may go on at this byte.
fn is_glued(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|byte| goes_on(*byte))
}

/// Elides a line of a source; `after` is what follows the line.
pub(super) fn elide(line: &str, after: Following<'_>) -> Elision {
    let mut seen = String::with_capacity(line.len());
    let mut elision = Elision::default();
    // Whether markup was left out since the last character.
    let mut is_elided = false;
    let mut address_end = None;
    let mut at = 0;
    while let Some(character) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let is_behind_word = seen.chars().next_back().is_some_and(is_word);
        match markup(line, at, is_behind_word, after) {
            Markup::Ends(end) => {
                is_elided = true;
                at = end;
                continue;
            }
            Markup::Address(end) => {
                is_elided = true;
                address_end = Some(end);
            }
            Markup::Unsure => return Elision { joined: None, is_unsure: true },
            Markup::Text if u8::try_from(character).is_ok_and(is_mark) => {}
            Markup::Text if address_end == Some(at) => is_elided = true,
            Markup::Text => {
                if is_elided && is_behind_word && is_word(character) {
                    elision.joined = Some(String::new());
                }
                is_elided = false;
                seen.push(character);
            }
        }
        at += character.len_utf8();
    }
    elision.joined = elision.joined.map(|_| seen);
    elision
}

/// Tells what begins at a byte of a line. Markup that has no word before it joins none.
fn markup(line: &str, at: usize, is_behind_word: bool, after: Following<'_>) -> Markup {
    let bytes = line.as_bytes().get(at..).unwrap_or_default();
    match bytes {
        [b'!', b'[', ..] => image(line.as_bytes(), at, is_behind_word),
        _ if !is_behind_word => Markup::Text,
        [b']', b'(', ..] => end_of(line, at + 2, b')', after),
        [b']', b'[', ..] => end_of(line, at + 2, b']', after),
        // A link of a wiki, of which only a part may be seen.
        [b']', b']', next, ..] if goes_on(*next) => Markup::Unsure,
        [b'[', b'[', ..] => Markup::Unsure,
        [b'<', next, ..] if begins_tag(*next) => tag(line, at, after),
        _ => Markup::Text,
    }
}

/// The exclamation mark of an image is not seen. The target of one without a text is.
fn image(line: &[u8], at: usize, is_behind_word: bool) -> Markup {
    let text = bounded(line.get(at + 2..).unwrap_or_default());
    let end = text.iter().position(|byte| *byte == b']').unwrap_or(text.len());
    let is_empty = text.iter().take(end).all(|byte| is_mark(*byte) || *byte == b' ');
    match (is_empty, is_behind_word) {
        (false, true) => Markup::Address(usize::MAX),
        (true, true) => Markup::Unsure,
        (true, false) if may_join(line, at + 2 + end) => Markup::Unsure,
        (_, false) => Markup::Text,
    }
}

/// Finds where the target of a link ends, of which `start` is the first byte.
fn end_of(line: &str, start: usize, closing: u8, after: Following<'_>) -> Markup {
    let rest = bounded(line.as_bytes().get(start..).unwrap_or_default());
    let Some(length) = rest.iter().position(|byte| *byte == closing) else {
        if rest.len() == LONGEST {
            return Markup::Unsure;
        }
        return if may_end_later(after.text, closing, TagReach::Paragraph) {
            Markup::Unsure
        } else {
            Markup::Text
        };
    };
    let target = rest.get(..length).unwrap_or_default();
    if !target.iter().any(|byte| is_ambiguous(*byte)) {
        return Markup::Ends(start + length + 1);
    }
    let glues = |pair: &[u8]| matches!(pair, [first, next] if *first == closing && goes_on(*next));
    if rest.len() == LONGEST || rest.windows(2).any(glues) { Markup::Unsure } else { Markup::Text }
}

/// Finds where a tag or an address in angle brackets ends, of which `at` is the first byte.
fn tag(line: &str, at: usize, after: Following<'_>) -> Markup {
    let rest = bounded(line.as_bytes().get(at + 1..).unwrap_or_default());
    let Some(length) = rest.iter().position(|byte| *byte == b'>') else {
        // A comment may go on behind a blank line.
        let may_end =
            rest.len() == LONGEST || rest.starts_with(b"!") || may_end_later(after.text, b'>', after.tags);
        return if may_end { Markup::Unsure } else { Markup::Text };
    };
    let inner = rest.get(..length).unwrap_or_default();
    let is_open = |quote| memchr::memchr_iter(quote, inner).count() % 2 == 1;
    let is_address =
        inner.iter().any(|byte| matches!(byte, b':' | b'@')) && !inner.iter().any(u8::is_ascii_whitespace);
    let name = inner.strip_prefix(b"/").unwrap_or(inner);
    let length_of_name = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = String::from_utf8_lossy(name.get(..length_of_name).unwrap_or_default()).to_ascii_lowercase();
    let shows_other = !name.is_empty() && !html::shows_content(&name);
    if is_address {
        Markup::Address(at + 1 + length)
    } else if inner.starts_with(b"!")
        || shows_other
        || is_open(b'"')
        || is_open(b'\'')
        || inner.contains(&b'`')
    {
        Markup::Unsure
    } else {
        Markup::Ends(at + length + 2)
    }
}

/// Returns whether markup that a line leaves open may end within a word, where it can reach.
fn may_end_later(after: &str, closing: u8, reach: TagReach) -> bool {
    let looked_at = bounded(after.as_bytes());
    let glues = |pair: &[u8]| matches!(pair, [first, next] if *first == closing && goes_on(*next));
    for line in looked_at.split(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() && reach == TagReach::Paragraph {
            return false;
        }
        if line.windows(2).any(glues) {
            return true;
        }
    }
    looked_at.len() == LONGEST
}

/// The bytes in which an end is looked for.
fn bounded(bytes: &[u8]) -> &[u8] {
    bytes.get(..LONGEST).unwrap_or(bytes)
}

/// Returns whether a byte of a link's target may hide where it ends.
fn is_ambiguous(byte: u8) -> bool {
    matches!(byte, b'(' | b'<' | b'"' | b'\'' | b'\\' | b'`' | b'[')
}

/// Returns whether a word goes on with this byte, or may go on behind it.
fn goes_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || !byte.is_ascii()
        || is_mark(byte)
        || matches!(byte, b'<' | b'!' | b'>' | b')' | b'$')
}

fn begins_tag(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || !character.is_ascii()
}
