//! A quick look at a text before it is parsed: can a query be in it at all?
//!
//! Owns what is left of Markdown when nothing but its words is wanted. It may say that
//! something can be there that is not; never the other way round. Must not parse.

use crate::search::folding::{Case, Folded};
use crate::text::clean;
use memchr::memchr3_iter;
use memchr::memmem::Finder;

/// The entities that stand for no letter, in small letters.
const PLAIN: [&[u8]; 6] = [b"amp", b"lt", b"gt", b"quot", b"apos", b"nbsp"];

/// The longest name of an entity that is looked for, in bytes.
const LONGEST_NAME: usize = 40;

/// The most bytes of a tag or comment that is looked at.
const LONGEST_TAG: usize = 1000;

/// The elements that stand on lines of their own: no word goes on behind their tags.
const BLOCKS: [&[u8]; 24] = [
    b"blockquote",
    b"br",
    b"dd",
    b"details",
    b"div",
    b"dl",
    b"dt",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"hr",
    b"li",
    b"ol",
    b"p",
    b"pre",
    b"summary",
    b"table",
    b"td",
    b"th",
    b"tr",
    b"ul",
];

/// How many bytes are looked at together.
const STRETCH: usize = 32;

/// The words of a text, folded.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// The source without capitals, and where it is not ASCII without accents and marks.
    text: Box<[u8]>,
    /// The words that have marks within them, without these: `be**gg**ing` is one word.
    joined: Box<[u8]>,
    /// Whether parsing makes words that are not written there, as an entity does.
    hides: bool,
}

impl Prefilter {
    /// The prefilter of a source as it was read.
    pub(super) fn of(source: String) -> Self {
        // More than most texts need: growing step by step takes longer than all else here.
        let mut joined = Vec::with_capacity(source.len() / 8);
        if is_plain(source.as_bytes()) {
            let mut text = source.into_bytes();
            let hides = fold_plain(&mut text, &mut joined);
            return Self { text: text.into(), joined: joined.into(), hides };
        }
        let mut text = Vec::with_capacity(source.len());
        let mut hides = false;
        // No word goes on in the next line, and most lines are plain in most texts.
        for line in source.split_inclusive('\n') {
            let from = text.len();
            if is_plain(line.as_bytes()) {
                text.extend_from_slice(line.as_bytes());
                hides |= fold_plain(text.get_mut(from..).unwrap_or_default(), &mut joined);
            } else {
                let line = clean::clean_source(line);
                hides |= line.char_indices().any(|(at, _)| makes_words(line.as_bytes(), at));
                let is_mark = |character: &char| u8::try_from(*character).is_ok_and(is_mark);
                let unmarked: String = line.chars().filter(|character| !is_mark(character)).collect();
                text.extend_from_slice(Folded::of(&unmarked, Case::Folded).text().as_bytes());
            }
        }
        Self { text: text.into(), joined: joined.into(), hides }
    }

    /// Adds a text that does not stand in the source.
    pub(super) fn add(&mut self, text: &str) {
        if !text.is_empty() {
            let mut joined = std::mem::take(&mut self.joined).into_vec();
            joined.extend_from_slice(Folded::of(text, Case::Folded).text().as_bytes());
            self.joined = joined.into();
        }
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.text.len() + self.joined.len()
    }

    /// Returns whether texts with all of these words may come of the source.
    pub(super) fn may_have(&self, words: &[Finder<'static>]) -> bool {
        let has = |word: &Finder<'_>| word.find(&self.text).or_else(|| word.find(&self.joined)).is_some();
        self.hides || words.iter().all(has)
    }
}

/// Returns whether these are ASCII, and nothing among them has to be cleaned away. Looks at whole
/// stretches without a branch, so that many bytes are looked at in one step.
fn is_plain(bytes: &[u8]) -> bool {
    let is_odd = |byte: &u8| !matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    bytes.chunks(STRETCH).all(|stretch| !stretch.iter().fold(false, |odd, byte| odd | is_odd(byte)))
}

/// Returns whether a byte marks up text within words: one for a mark, else nought. Without a branch, so
/// that many bytes are looked at in one step.
fn mark(byte: u8) -> u8 {
    let single = u8::from(byte == b'*') | u8::from(byte == b'~');
    single | u8::from(matches!(byte, b'['..=b']')) | u8::from(matches!(byte, b'_'..=b'`'))
}

fn is_mark(byte: u8) -> bool {
    mark(byte) == 1
}

/// Takes the capitals out of plain text, and adds the words to `joined` that have marks within
/// them. Returns whether words may come of it that are not written there.
fn fold_plain(bytes: &mut [u8], joined: &mut Vec<u8>) -> bool {
    bytes.make_ascii_lowercase();
    let bytes = &*bytes;
    let mut taken = 0;
    for_each_mark(bytes, |mark| {
        if mark >= taken {
            taken = join(bytes, mark, joined);
        }
    });
    memchr3_iter(b'[', b'&', b'<', bytes).any(|at| makes_words(bytes, at))
}

/// Finds all marks. A stretch is looked at as a whole, and becomes a number that is zero where
/// it has none, as most have: several times as quick as a look at each byte.
fn for_each_mark(bytes: &[u8], mut found: impl FnMut(usize)) {
    let (stretches, rest) = bytes.as_chunks::<STRETCH>();
    let mut at = 0;
    for stretch in stretches {
        let marks = stretch.map(mark);
        for number in marks.as_chunks().0 {
            let mut left = u128::from_le_bytes(*number);
            while left != 0 {
                found(at + left.trailing_zeros() as usize / 8);
                left &= left - 1;
            }
            at += size_of::<u128>();
        }
    }
    rest.iter().zip(at..).filter(|(byte, _)| is_mark(**byte)).for_each(|(_, at)| found(at));
}

/// Adds the word without its marks in which the first mark stands here, if there is one.
/// Returns where it ends.
fn join(bytes: &[u8], mark: usize, joined: &mut Vec<u8>) -> usize {
    let (before, after) = bytes.split_at_checked(mark).unwrap_or_default();
    let is_within = |byte: &&u8| byte.is_ascii_alphanumeric() || is_mark(**byte);
    // Most marks stand before a word or behind it.
    if !before.last().is_some_and(u8::is_ascii_alphanumeric)
        || !after.get(1).is_some_and(|byte| is_within(&byte))
    {
        return mark + 1;
    }
    let letters = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = mark + after.iter().take_while(is_within).count();
    let word = bytes.get(mark - letters..end).unwrap_or_default();
    if after.iter().take_while(is_within).any(u8::is_ascii_alphanumeric) {
        joined.extend(word.iter().filter(|byte| !is_mark(**byte)));
        joined.push(b'\n');
    }
    end
}

/// Returns whether an entity that may be a letter begins here, a footnote, which becomes a number, or
/// a tag within a word.
fn makes_words(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest {
        [b'[', b'^', ..] => true,
        [b'&', rest @ ..] => {
            let name = rest.iter().take(LONGEST_NAME).position(|byte| *byte == b';');
            let name = name.and_then(|end| rest.get(..end)).unwrap_or_default();
            let letters = name.strip_prefix(b"#").unwrap_or(name);
            !name.is_empty() && letters.iter().all(u8::is_ascii_alphanumeric) && !PLAIN.contains(&name)
        }
        [b'<', rest @ ..] => {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            before.is_some_and(is_of_word) && is_within_word(rest)
        }
        _ => false,
    }
}

/// Returns whether a byte may be a part of a word, or mark up one.
fn is_of_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || is_mark(*byte)
}

/// Returns whether a word may go on behind the tag or comment of which `rest` follows the first sign,
/// and those that follow it at once. True where its end is not in sight.
fn is_within_word(rest: &[u8]) -> bool {
    let mut rest = rest;
    loop {
        if !matches!(rest.first(), Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?')) {
            return false;
        }
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = name.get(..length).unwrap_or_default();
        if BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name)) {
            return false;
        }
        let looked_at = rest.get(..LONGEST_TAG).unwrap_or(rest);
        let end = if rest.starts_with(b"!--") {
            // A comment may be as short as `<!-->`.
            memchr::memmem::find(looked_at, b"-->").map(|end| end + 3)
        } else {
            memchr::memchr(b'>', looked_at).map(|end| end + 1)
        };
        let Some((tag, after)) = end.and_then(|end| rest.split_at_checked(end)) else { return true };
        let is_quoted = |quote: u8| memchr::memchr_iter(quote, tag).count() % 2 == 1;
        if is_quoted(b'"') || is_quoted(b'\'') {
            return true;
        }
        match after {
            [b'<', more @ ..] => rest = more,
            [b'&' | b'\\', ..] => return true,
            _ => return after.first().is_some_and(is_of_word),
        }
    }
}

/// The longest run of letters and digits in a folded needle: what must stand in a prefilter
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
        Prefilter::of(source.to_owned()).may_have(Query::parse(query).words())
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
            ("one\r\ntw\u{f6}\nthr_ee", "three"),
            ("o[n]*e*\n\ntw\u{f6}", "one"),
            ("be<b>gg</b>ing", "begging"),
            ("be<!-- a\n> remark -->gging", "begging"),
            ("tw\u{f6} be<span\ntitle='>'>gging</span>", "begging"),
            ("H<sub>2</sub>O x<sup>2</sup>", "h2o"),
            ("x <sup>th</sup>", "th"),
        ] {
            assert!(may_have(source, query), "{query} in {source}");
        }
        assert!(!may_have("begging", "pleading"));
        assert!(!may_have("one & two; three &amp; four", "five"));
        assert!(!may_have(
            "one<br>two <li>three</li><li>four</li> a < b <kbd>Ctrl</kbd>+<kbd>C</kbd>",
            "five"
        ));
    }

    fn sources() -> impl Strategy<Value = String> {
        let plain = "[a-cA-C&;#*_`~\\[\\]()\\\\ \n-]{0,80}";
        let any = "[a-cA-Cé&;#*_`~\\[\\]()<>\\\\ß’\u{301} \n-]{0,60}";
        let tags = prop::sample::select(vec![
            "a",
            "b",
            "é",
            " ",
            "\n",
            "\n\n",
            "*",
            "<b>",
            "</b>",
            "<sup>",
            "</sup>",
            "<sub>",
            "</sub>",
            "<br>",
            "<p>",
            "</p>",
            "<!-- a -->",
            "<!--",
            "-->",
            "<i title='>'>",
            "<td>",
            "<table>",
            "<pre>",
            "</pre>",
            "&amp;",
            "&#97;",
            "<!-->",
            "<script>",
            "</script>",
            "<q>",
            "<wbr>",
            "<img alt=b>",
            "<c",
            ">",
            "<div\n>",
            "2",
            "|",
            "> ",
            "- ",
        ]);
        let html = prop::collection::vec(tags, 0..24).prop_map(|pieces| pieces.concat());
        prop_oneof![plain.prop_map(String::from), any.prop_map(String::from), html]
    }

    proptest! {
        #[test]
        fn what_is_in_the_parsed_text_is_in_the_prefilter(
            source in sources(), query in "[a-cé]{1,3}( [a-c]{1,2})?",
        ) {
            let query = Query::parse(&query);
            let document = markdown::parse(&source);
            // A link's target stands between the halves of a word that it is within.
            prop_assume!(!source.contains("](") && !source.contains("]["));
            let is_there = document.blocks().any(|(_, block)| query.all_in(&block.text));
            prop_assert!(!is_there || Prefilter::of(source).may_have(query.words()), "{query:?}");
        }
    }
}
