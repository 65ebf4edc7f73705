//! A quick look at a text before it is parsed: can a query be in it at all?
//!
//! Owns what is left of Markdown when nothing but its words is wanted. It may say that
//! something can be there that is not; never the other way round. Must not parse.

use crate::search::fold::{Case, Folded};
use crate::text::clean;
use memchr::memchr_iter;

/// What marks up text within words. It is left out, so that `be**gg**ing` is one word. One
/// for a mark, else nought: without a branch, many bytes can be looked at in one step.
fn is_mark(byte: u8) -> u8 {
    [b'*', b'_', b'`', b'~', b'\\', b'[', b']'].iter().fold(0, |found, mark| found | u8::from(byte == *mark))
}

/// The entities that stand for no letter.
const PLAIN: [&str; 6] = ["amp", "lt", "gt", "quot", "apos", "nbsp"];

/// How many bytes are looked at together.
const STRETCH: usize = 16;

/// The words of a text, folded.
#[derive(Debug)]
pub(super) struct Sketch {
    text: Box<str>,
    /// Whether parsing makes words that are not written there, as an entity does.
    hides: bool,
}

impl Sketch {
    /// The sketch of a source as it was read.
    pub(super) fn of(source: &str) -> Self {
        if is_plain(source.as_bytes()) {
            let mut bytes = without_marks(source.as_bytes());
            bytes.make_ascii_lowercase();
            return Self { text: String::from_utf8(bytes).unwrap_or_default().into(), hides: hides(source) };
        }
        let cleaned = clean::clean_source(source);
        let text = String::from_utf8(without_marks(cleaned.as_bytes())).unwrap_or_default();
        Self { text: Folded::of(&text, Case::Folded).into_text().into(), hides: hides(&cleaned) }
    }

    /// Adds a text that does not stand in the source.
    pub(super) fn add(&mut self, text: &str) {
        if !text.is_empty() {
            let added = Folded::of(text, Case::Folded).into_text();
            self.text = format!("{}\n{added}", self.text).into();
        }
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether texts with all of these words may come of the source.
    pub(super) fn may_have(&self, words: &[memchr::memmem::Finder<'static>]) -> bool {
        self.hides || words.iter().all(|word| word.find(self.text.as_bytes()).is_some())
    }
}

/// Whether these are ASCII, and nothing among them has to be cleaned away. Looks at every byte
/// without leaving early, so that many can be looked at in one step.
fn is_plain(bytes: &[u8]) -> bool {
    let is_odd = |byte: u8| byte >= 0x7f || byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    !bytes.iter().fold(false, |odd, byte| odd | is_odd(*byte))
}

/// The bytes that mark up nothing. Most stretches of a text have no mark in them, and to look
/// at one as a whole and copy it takes a fraction of the time of looking at each byte.
fn without_marks(bytes: &[u8]) -> Vec<u8> {
    let mut left = Vec::with_capacity(bytes.len());
    let (stretches, rest) = bytes.as_chunks::<STRETCH>();
    for stretch in stretches {
        if stretch.iter().fold(0, |found, byte| found | is_mark(*byte)) == 0 {
            left.extend_from_slice(stretch);
        } else {
            push_without_marks(stretch, &mut left);
        }
    }
    push_without_marks(rest, &mut left);
    left
}

/// Every byte of a stretch is written, and the next one over it if it was a mark: a branch for
/// each would take several times as long.
fn push_without_marks(stretch: &[u8], left: &mut Vec<u8>) {
    let mut kept = [0; STRETCH];
    let mut length = 0;
    for byte in stretch {
        if let Some(place) = kept.get_mut(length) {
            *place = *byte;
        }
        length += usize::from(1 - is_mark(*byte));
    }
    left.extend_from_slice(kept.get(..length).unwrap_or_default());
}

/// Whether a source has an entity that may be a letter, or a footnote, which becomes a number.
fn hides(source: &str) -> bool {
    let bytes = source.as_bytes();
    let is_entity = |at: usize| {
        let rest = source.get(at + 1..).unwrap_or_default();
        let rest = rest.get(..rest.floor_char_boundary(40)).unwrap_or_default();
        rest.split_once(';').is_some_and(|(name, _)| {
            let is_name = name
                .strip_prefix('#')
                .unwrap_or(name)
                .chars()
                .all(|character| character.is_ascii_alphanumeric());
            is_name && !name.is_empty() && !PLAIN.contains(&name)
        })
    };
    memchr_iter(b'&', bytes).any(is_entity) || memchr::memmem::find(bytes, b"[^").is_some()
}

/// The longest run of letters and digits in a folded needle: what must stand in a sketch
/// without a break.
pub(super) fn word(needle: &str) -> Option<&str> {
    let words = needle.split(|character: char| !character.is_alphanumeric());
    words.max_by_key(|word| word.len()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Query;
    use crate::text::markdown;
    use proptest::prelude::*;

    fn may_have(source: &str, query: &str) -> bool {
        Sketch::of(source).may_have(Query::parse(query).words())
    }

    #[test]
    fn words_are_found_through_markup_accents_and_entities() {
        for (source, query) in [
            ("be**gg**ing", "begging"),
            ("[beg](x)ging", "beg"),
            ("caf&eacute;", "cafe"),
            ("CAFE\u{301}", "cafe"),
            ("snake\\_case", "snake_case"),
            ("a note[^x]\n\n[^x]: y", "1"),
            ("na\u{ad}me", "name"),
        ] {
            assert!(may_have(source, query), "{query} in {source}");
        }
        assert!(!may_have("begging", "pleading"));
        assert!(!may_have("one & two; three &amp; four", "five"));
    }

    proptest! {
        #[test]
        fn what_is_in_the_parsed_text_is_in_the_sketch(
            source in "[a-cA-Cé&;#*_`~\\[\\]()<>\\\\ß’\u{301} \n-]{0,60}", query in "[a-cé]{1,3}( [a-c]{1,2})?",
        ) {
            let query = Query::parse(&query);
            let document = markdown::parse(&source);
            // A link's target stands between the halves of a word that it is within.
            prop_assume!(!source.contains("](") && !source.contains("][") && !source.contains('<'));
            let is_there = document.blocks().any(|(_, block)| query.all_in(&block.text));
            prop_assert!(!is_there || Sketch::of(&source).may_have(query.words()), "{query:?}");
        }
    }
}
