//! A quick look at a text before it is parsed: can a query be in it at all?
//!
//! Owns what is left of Markdown when nothing but its words is wanted. It may say that
//! something can be there that is not; never the other way round. Must not parse.

mod elision;
mod marks;

use crate::search::folding::{Case, Folded};
use crate::search::prefilter::elision::{Following, TagReach, elide, may_join};
use crate::search::prefilter::marks::{LAST_MARK, MARKS, is_mark};
use crate::text::{clean, formulas};
use memchr::memmem::{self, Finder};
use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

/// The entities that stand for no letter, in small letters.
const PLAIN: [&[u8]; 6] = [b"amp", b"lt", b"gt", b"quot", b"apos", b"nbsp"];

/// The beginnings of the entities that HTML knows without a semicolon, in small letters, but those that
/// stand for no letter.
const UNENDED: [&[u8]; 54] = [
    b"aacute", b"acirc", b"acute", b"aelig", b"agrave", b"aring", b"atilde", b"auml", b"ccedil", b"cedil",
    b"eacute", b"ecirc", b"egrave", b"eth", b"euml", b"frac", b"iacute", b"icirc", b"igrave", b"iuml",
    b"macr", b"micro", b"ntilde", b"oacute", b"ocirc", b"ograve", b"ordf", b"ordm", b"oslash", b"otilde",
    b"ouml", b"shy", b"sup1", b"sup2", b"sup3", b"szlig", b"thorn", b"uacute", b"ucirc", b"ugrave", b"uml",
    b"uuml", b"yacute", b"yuml", b"#0", b"#1", b"#2", b"#3", b"#4", b"#5", b"#6", b"#7", b"#8", b"#9",
];

/// The names of elements in which a blank line ends nothing.
const PREFORMATTED: [&[u8]; 2] = [b"pre", b"textarea"];

/// The longest name of an entity that is looked for, in bytes.
const LONGEST_NAME: usize = 40;

/// What the half-width marks begin with that become part of the letter before them.
const VOICED_MARKS: &[u8] = b"\xef\xbe";

/// The words of a text, folded.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// The source without capitals, and in lines that are not ASCII without accents and marks.
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
        // What a formula becomes is not what is written.
        let mut hides = formulas::has_any(&source);
        if is_plain(source.as_bytes()) {
            hides |= join_elided(&source, &mut joined);
            let mut text = source.into_bytes();
            hides |= fold_plain(&mut text, &mut joined);
            return Self { text: text.into(), joined: joined.into(), hides };
        }
        // What is cleaned away may part markup that is markup without it.
        let source = clean::clean(&source);
        hides |= join_elided(&source, &mut joined);
        let mut text = Vec::with_capacity(source.len());
        // No word goes on in the next line, and most lines are plain in most texts.
        for line in source.split_inclusive('\n') {
            let from = text.len();
            if is_plain(line.as_bytes()) {
                text.extend_from_slice(line.as_bytes());
                hides |= fold_plain(text.get_mut(from..).unwrap_or_default(), &mut joined);
            } else {
                hides |= memchr2_iter(b'[', b'&', line.as_bytes()).any(|at| makes_words(line.as_bytes(), at));
                let is_mark = |character: &char| u8::try_from(*character).is_ok_and(is_mark);
                // Without the mark before it a voiced sound mark makes another letter of the one there.
                let mut pairs = line.chars().zip(line.chars().skip(1));
                hides |= memmem::find(line.as_bytes(), VOICED_MARKS).is_some()
                    && pairs.any(|(before, sign)| is_mark(&before) && is_voiced_mark(sign));
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

    /// The source, folded. Where it is ASCII its marks are still in it.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.text
    }

    /// Returns whether all that may become one of these words stands in the text as a word.
    pub(super) fn shows_all(&self, words: &[Finder<'static>]) -> bool {
        !self.hides && words.iter().all(|word| word.find(&self.joined).is_none())
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

/// Returns whether this is one of the half-width marks that become part of the letter before them.
fn is_voiced_mark(character: char) -> bool {
    matches!(character, '\u{ff9e}' | '\u{ff9f}')
}

/// Returns whether these are ASCII, and nothing among them has to be cleaned away.
#[allow(clippy::needless_bitwise_bool, reason = "without a branch it takes a seventh of the time")]
fn is_plain(bytes: &[u8]) -> bool {
    let is_right = |byte: &u8| {
        (byte.wrapping_sub(b' ') <= b'~' - b' ') | (*byte == b'\n') | (*byte == b'\r') | (*byte == b'\t')
    };
    clean::plain_length(bytes, is_right) == bytes.len()
}

/// Takes the capitals out of plain text, and adds the words to `joined` that have marks within
/// them. Returns whether words may come of it that are not written there.
fn fold_plain(bytes: &mut [u8], joined: &mut Vec<u8>) -> bool {
    bytes.make_ascii_lowercase();
    let bytes = &*bytes;
    // Three looks at all bytes, each at many of them in one step, take less time than one at each byte. A
    // word with several kinds of marks is added several times.
    for [one, two, three] in MARKS {
        join_at(bytes, memchr3_iter(one, two, three, bytes), joined);
    }
    join_at(bytes, memchr_iter(LAST_MARK, bytes), joined);
    memchr2_iter(b'[', b'&', bytes).any(|at| makes_words(bytes, at))
}

/// Adds the lines without their links' targets and without their tags where these stand within
/// words. Returns whether words may come of it that cannot be told without parsing.
fn join_elided(source: &str, joined: &mut Vec<u8>) -> bool {
    let (mut done, mut reach) = (0, None);
    for at in memchr3_iter(b']', b'<', b'!', source.as_bytes()) {
        if at < done || !may_join(source.as_bytes(), at) {
            continue;
        }
        let before = source.get(..at).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let rest = source.get(start..).unwrap_or_default();
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        done = start + line.len();
        let tags = *reach.get_or_insert_with(|| tag_reach(source));
        let elision = elide(line, Following { text: after, tags });
        if elision.is_unsure {
            return true;
        }
        if let Some(line) = elision.joined {
            joined.extend_from_slice(Folded::of(&line, Case::Folded).text().as_bytes());
        }
    }
    false
}

/// How far tags reach in a source: over blank lines where text may be preformatted.
fn tag_reach(source: &str) -> TagReach {
    let is_preformatted = |at: usize| {
        let name = source.as_bytes().get(at + 1..).unwrap_or_default();
        PREFORMATTED
            .iter()
            .any(|known| name.get(..known.len()).is_some_and(|name| name.eq_ignore_ascii_case(known)))
    };
    let is_any = memchr_iter(b'<', source.as_bytes()).any(is_preformatted);
    if is_any { TagReach::Anywhere } else { TagReach::Paragraph }
}

/// Adds the words without their marks that have some of these within them, which ascend.
fn join_at(bytes: &[u8], marks: impl Iterator<Item = usize>, joined: &mut Vec<u8>) {
    let mut taken = 0;
    for mark in marks {
        // Most marks stand before a word or behind it.
        let is_behind_word = || bytes.get(mark.wrapping_sub(1)).is_some_and(u8::is_ascii_alphanumeric);
        let is_followed = || bytes.get(mark + 1).is_some_and(|byte| is_within(*byte));
        if mark >= taken && is_behind_word() && is_followed() {
            taken = join(bytes, mark, joined);
        }
    }
}

/// Returns whether a byte is of a word, or marks up text within it.
fn is_within(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | is_mark(byte)
}

/// Adds the word without its marks in which the first mark stands here, if a letter follows. Returns
/// where it ends.
fn join(bytes: &[u8], mark: usize, joined: &mut Vec<u8>) -> usize {
    let (before, after) = bytes.split_at_checked(mark).unwrap_or_default();
    let letters = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let rest = after.iter().take_while(|byte| is_within(**byte)).count();
    let (start, end) = (mark - letters, mark + rest);
    let word = bytes.get(start..end).unwrap_or_default();
    if word.iter().skip(letters).any(u8::is_ascii_alphanumeric) {
        joined.extend(word.iter().filter(|byte| !is_mark(**byte)));
        joined.push(b'\n');
    }
    end
}

/// Returns whether an entity that may be a letter begins here, or a footnote, which becomes a number.
fn makes_words(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest {
        [b'[', b'^', ..] => true,
        [b'&', rest @ ..] => {
            let name = rest.iter().take(LONGEST_NAME).position(|byte| *byte == b';');
            let name = name.and_then(|end| rest.get(..end)).unwrap_or_default();
            let letters = name.strip_prefix(b"#").unwrap_or(name);
            let is_named = !name.is_empty() && letters.iter().all(u8::is_ascii_alphanumeric);
            if is_named { !PLAIN.contains(&name) } else { is_unended_entity(rest) }
        }
        _ => false,
    }
}

/// Returns whether text that follows `&` begins with an entity that HTML knows without a semicolon, and
/// that may be a letter.
fn is_unended_entity(rest: &[u8]) -> bool {
    let begins = |name: &&[u8]| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let is_hexadecimal = matches!(rest, [b'#', b'x' | b'X', digit, ..] if digit.is_ascii_hexdigit());
    is_hexadecimal || UNENDED.iter().any(begins)
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

    /// Pieces of HTML, and of what stands among it, separated by commas.
    const PIECES: &str = "a,b,é, ,\n,\n\n,*,<b>,</b>,<sup>,</sup>,<sub>,</sub>,<br>,<p>,</p>,<!-- a -->,<!--,-->,\
                          <i title='>'>,<td>,<table>,<pre>,</pre>,&amp;,&#97;,<!-->,<script>,</script>,<q>,<wbr>,\
                          <img alt=b>,<c,>,<div\n>,2,|,> ,- ,\
                          &eacute,&#97,&shy,&supa,&SUP2,<b\n\n,>";

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
            ("two [manual](a.md)s", "manuals"),
            ("two **[manual](a.md)**s", "manuals"),
            ("[String][core]s\n\n[core]: a.md", "strings"),
            ("[説明書](a.md)を読んで", "説明書を"),
            ("[a](<b)c> 'd)e')f", "af"),
            ("[man](a.md\n'title')ual", "manual"),
            ("man<b>ual</b>s", "manuals"),
            ("see<https://a.b>s", "seehttps"),
            ("man<SCRIPT>x</SCRIPT>ual", "manual"),
            ("<pre>man<!--\n\n-->ual</pre>", "manual"),
            ("<pre>man<b\n\ntitle='x'>ual</pre>", "manual"),
            ("<p>caf&eacute x</p>", "cafe"),
            ("<p>caf&Eacutex</p>\n\u{f6}", "cafex"),
            ("<p>m&#97n</p>", "man"),
            ("<p>na&shyme</p>", "name"),
            ("H<sub>2</sub>O", "h2o"),
            ("aｶ*\u{ff9e}", "カ"),
            ("a![b](c)d", "abd"),
            ("$\\alpha$ rays", "α"),
            ("kaj\u{fc}ten\u{ad}t\u{fc}r", "kajütentür"),
            ("ｶｻ ＡＢＣ ﬁle", "カサ abc file"),
        ] {
            assert!(may_have(source, query), "{query} in {source}");
        }
        assert!(!may_have("begging", "pleading"));
        assert!(!may_have("a [link](x.md), another [one][x] and <b>bold</b> [text](y 'z').", "linka"));
        assert!(!may_have("one & two; three &amp; four", "five"));
        assert!(!may_have(
            "a<b and\n\nb>c, https://a.b?c=d&page=e&support=f&#top, R&D, one<br>two <li>three</li><li>four</li> a < b <kbd>Ctrl</kbd>+<kbd>C</kbd>",
            "five"
        ));
    }

    #[test]
    fn a_text_is_plain_if_no_byte_in_it_has_to_be_cleaned_away() {
        // Several steps of those that are looked at together, and a rest.
        const LENGTH: usize = 130;
        for byte in 0..=u8::MAX {
            let is_right = matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
            for place in 0..LENGTH {
                let text: Vec<u8> = (0..LENGTH).map(|at| if at == place { byte } else { b'a' }).collect();
                assert_eq!(is_plain(&text), is_right, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn words_with_several_kinds_of_marks_within_are_found() {
        for word in ["b*egging", "beggin_g", "beg[~]ging", "b_eg`gi`n*g*", "*begg*ing", "be**gg__ing"] {
            assert!(may_have(&format!("a {word}, b"), "begging"), "{word}");
        }
    }

    fn sources() -> impl Strategy<Value = String> {
        let plain = "[a-cA-C&;#*_`~\\[\\]()\\\\ \n-]{0,80}";
        let any = "[a-cA-Cé&;#*_`~\\[\\]()<>\\\\ß’\u{301} \n-]{0,60}";
        let scripts = "[abé提：。ﬁＢｶﾞ²\u{ad}\u{200b}*~_$^{}\\[\\]()!|\\\\ \n]{0,40}";
        // Markup within words, as it is written.
        let piece = prop_oneof![
            6 => "[a-cé書]{1,2}",
            1 => "(\\*|\\*\\*|_|~~|`| |\n|\\\\|!|\\$|\\||&shy;|\u{ad}|\u{200b}|[.,：])",
            2 => "!?\\[[abé*_` ]{0,3}\\]\\([abé <>()'\"\\\\`\n]{0,5}\\)",
            1 => "!?\\[[ab*]{0,3}\\]\\[[ab]{0,1}\\]",
            1 => "<(/?[ab]|[ab] [ab]='[ab>]'|[ab]{2}:[ab]|[ab]@[ab]|!-- [ab>] --)>?",
            1 => "\\$[ab\\\\ {}^_]{1,5}\\$",
            1 => Just("\n\n[a]: b\n\n".to_owned()),
        ];
        let glued = prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat());
        let pieces: Vec<&str> = PIECES.split(',').collect();
        let html =
            prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat());
        prop_oneof![plain, any, scripts, glued, html]
    }

    proptest! {
        #[test]
        fn what_is_in_the_parsed_text_is_in_the_prefilter(
            source in sources(), query in "([a-cé]{1,4}|[a-cé]{1,2}書[a-cé]?|提|カ|2|fi|b)( [a-c]{1,2})?",
        ) {
            let query = Query::parse(&query);
            let document = markdown::parse(&source);
            let is_there = document.blocks().any(|(_, block)| query.all_in(&block.text));
            prop_assert!(!is_there || Prefilter::of(source).may_have(query.words()), "{query:?}");
        }
    }
}
