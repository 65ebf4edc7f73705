//! What is alike to a reader becomes the same: case, accents, quotes, dashes, white space, the
//! width of letters, ligatures.
//!
//! Owns the fold and the way back from folded text to the original, by whole graphemes.
//! Must not know what is looked for.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Whether capital letters differ from small ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// They do.
    Kept,
    /// They do not.
    Folded,
}

/// Texts that have been folded, one after the other, and the way back.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    /// The folded texts, each followed by [`Folded::END`].
    text: String,
    /// Where each text begins in `text`.
    starts: Vec<u32>,
    /// How `text` came about, in order.
    pieces: Vec<Piece>,
}

/// A stretch of folded text and where it came from.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the folded text, in bytes.
    folded: u32,
    /// Where it begins in its original text, in bytes.
    original: u32,
    /// How many bytes of the original it stands for as a whole; 0 when each byte stands
    /// for the one in the same place.
    whole: u32,
}

impl Folded {
    /// Stands after each text. No folded text holds it, as it is white space.
    const END: char = '\n';

    /// One text, folded.
    pub(super) fn of(text: &str, case: Case) -> Self {
        let mut folded = Self::default();
        folded.push(text, case);
        folded
    }

    /// Folds another text and adds it. What would go beyond 4 GiB is left out.
    pub(super) fn push(&mut self, text: &str, case: Case) {
        let Ok(start) = u32::try_from(self.text.len()) else { return };
        self.starts.push(start);
        self.text.reserve(text.len() + 1);
        let mut folding = Folding { into: self, case, at: 0, in_step: false };
        folding.whole_text(text);
        self.text.push(Self::END);
    }

    /// All of the folded text. A match in it never spans two texts.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many texts there are.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Which text a byte of the folded text belongs to.
    pub(super) fn index_at(&self, folded: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= folded).saturating_sub(1)
    }

    /// Where a text is within the folded text.
    pub(super) fn range(&self, index: usize) -> Range<usize> {
        let start = self.starts.get(index).map_or(self.text.len(), |start| *start as usize);
        let next = self.starts.get(index + 1).map_or(self.text.len(), |start| *start as usize);
        start..next.saturating_sub(Self::END.len_utf8()).max(start)
    }

    /// The whole graphemes of the original text that a range of the folded text, which
    /// must not be empty, came from.
    pub(super) fn original(&self, folded: &Range<usize>) -> Range<usize> {
        let start = self.piece(folded.start).map_or(0, |piece| match piece.whole {
            0 => piece.original as usize + (folded.start - piece.folded as usize),
            _ => piece.original as usize,
        });
        let end = self.piece(folded.end.saturating_sub(1)).map_or(0, |piece| match piece.whole {
            0 => piece.original as usize + (folded.end - piece.folded as usize),
            whole => piece.original as usize + whole as usize,
        });
        start..end.max(start)
    }

    fn piece(&self, folded: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.folded as usize <= folded);
        self.pieces.get(index.checked_sub(1)?)
    }
}

/// The folding of one text.
struct Folding<'f> {
    into: &'f mut Folded,
    case: Case,
    /// How far the original has been folded, in bytes.
    at: usize,
    /// Whether the last piece goes on byte by byte.
    in_step: bool,
}

impl Folding<'_> {
    fn whole_text(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let plain = if self.after_space() && rest.starts_with(' ') { 0 } else { plain_length(rest) };
            let (plain, after) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            self.plain(plain);
            rest = self.special(after);
        }
    }

    /// Characters that differ by case at most.
    fn plain(&mut self, plain: &str) {
        if plain.is_empty() {
            return;
        }
        self.step();
        let from = self.into.text.len();
        self.into.text.push_str(plain);
        if self.case == Case::Folded
            && let Some(added) = self.into.text.get_mut(from..)
        {
            added.make_ascii_lowercase();
        }
        self.at += plain.len();
    }

    /// White space or graphemes up to the next plain one; gives what follows.
    fn special<'t>(&mut self, text: &'t str) -> &'t str {
        if text.starts_with(char::is_whitespace) {
            return self.space(text);
        }
        let mut rest = text;
        for grapheme in text.graphemes(true) {
            // The first one may be plain: it only might have been the base of an accent.
            let first = rest.len() == text.len();
            if !first && (grapheme.len() == 1 || grapheme.starts_with(char::is_whitespace)) {
                break;
            }
            if grapheme.len() == 1 {
                self.plain(grapheme);
            } else {
                self.grapheme(grapheme);
            }
            rest = rest.get(grapheme.len()..).unwrap_or_default();
        }
        rest
    }

    /// White space, and what marks sit on it; gives what follows.
    fn space<'t>(&mut self, text: &'t str) -> &'t str {
        let mut rest = text;
        for space in text.graphemes(true).take_while(|grapheme| grapheme.starts_with(char::is_whitespace)) {
            let mark = space.trim_start();
            let mark = if mark.is_empty() { String::new() } else { fold_grapheme(mark, self.case) };
            match (self.after_space(), mark.as_str()) {
                (true, mark) => self.piece(mark, space.len(), false),
                (false, "") => self.piece(" ", space.len(), space.len() == 1),
                (false, mark) => self.piece(&format!(" {mark}"), space.len(), false),
            }
            rest = rest.get(space.len()..).unwrap_or_default();
        }
        rest
    }

    /// Returns whether a space would be the second in a row.
    fn after_space(&self) -> bool {
        self.into.text.ends_with(' ')
    }

    fn grapheme(&mut self, grapheme: &str) {
        let mut characters = grapheme.chars();
        let alone = characters.next().filter(|_| characters.next().is_none());
        match alone {
            Some('\u{4e00}'..='\u{9fff}') => self.piece(grapheme, grapheme.len(), true),
            Some(character)
                if !character.is_uppercase()
                    && let Some(simple) = simpler(character) =>
            {
                self.piece(simple, grapheme.len(), false);
            }
            _ => {
                let folded = fold_grapheme(grapheme, self.case);
                self.piece(&folded, grapheme.len(), alone.is_some() && folded == grapheme);
            }
        }
    }

    /// Adds the folded form of the next bytes of the original.
    fn piece(&mut self, folded: &str, original: usize, in_step: bool) {
        if in_step {
            self.step();
        } else if !folded.is_empty() {
            self.record(original);
        }
        // What becomes nothing breaks the step too.
        self.in_step = in_step;
        self.into.text.push_str(folded);
        self.at += original;
    }

    /// From here on, byte stands for byte.
    fn step(&mut self) {
        if !self.in_step {
            self.record(0);
            self.in_step = true;
        }
    }

    fn record(&mut self, whole: usize) {
        let (Ok(folded), Ok(original), Ok(whole)) =
            (u32::try_from(self.into.text.len()), u32::try_from(self.at), u32::try_from(whole))
        else {
            return;
        };
        self.into.pieces.push(Piece { folded, original, whole });
    }
}

/// How many bytes at the start are ASCII, without white space other than single spaces,
/// and without a last one that may be the base of an accent.
fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut after_space = false;
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' if after_space => return index - 1,
            b' ' => after_space = true,
            b'!'..=b'~' => after_space = false,
            0x80.. => return index.saturating_sub(1),
            // Control characters have been cleaned away, and this one is white space.
            _ => return index - usize::from(after_space),
        }
    }
    bytes.len()
}

fn fold_grapheme(grapheme: &str, case: Case) -> String {
    let mut folded = String::with_capacity(grapheme.len());
    let mut add = |character| match simpler(character) {
        Some(simple) => folded.push_str(simple),
        None if is_accent(character) => {}
        None => folded.push(character),
    };
    for character in grapheme.chars().flat_map(compatible).nfd() {
        match case {
            Case::Kept => add(character),
            Case::Folded => character.to_lowercase().for_each(&mut add),
        }
    }
    if folded.is_ascii() { folded } else { folded.nfc().collect() }
}

/// The letters that a full-width or half-width form, a ligature, a raised or lowered sign or a
/// letter of mathematics stands for, by Unicode's compatibility decomposition (UAX #15); every
/// other character as it is. Those with white space in them, and single Korean letters, which
/// would join into syllables, stay too.
fn compatible(character: char) -> impl Iterator<Item = char> {
    let is_kept = |part: char| part.is_whitespace() || matches!(part, '\u{1100}'..='\u{11ff}');
    let mut whole = Some(character);
    let mut parts = None;
    if !has_one_form(character) && !std::iter::once(character).nfkd().any(is_kept) {
        whole = None;
        parts = Some(std::iter::once(character).nfkd());
    }
    whole.into_iter().chain(parts.into_iter().flatten())
}

/// Returns whether a character is one of those that most texts consist of, which stand for no other.
fn has_one_form(character: char) -> bool {
    matches!(character,
        '\0'..='\u{9f}' | '\u{c0}'..='\u{131}' | '\u{388}'..='\u{3cf}' | '\u{400}'..='\u{52f}'
        | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{900}'..='\u{97f}' | '\u{2012}'..='\u{2016}'
        | '\u{2018}'..='\u{201f}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
    )
}

/// The letters that may be typed for a character that is not on the keyboard.
fn simpler(character: char) -> Option<&'static str> {
    Some(match character {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '´' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' => "d",
        'Đ' => "D",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Returns whether it is a mark that may be left out when writing: an accent of Latin, Greek or
/// Cyrillic, a vowel point of Hebrew or Arabic, or a joiner. The marks of other scripts are
/// letters.
fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{200c}' | '\u{200d}'
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests of fixed and generated text")]

    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str, case: Case) -> String {
        Folded::of(text, case).text.trim_end_matches(Folded::END).to_owned()
    }

    #[test]
    fn what_is_said_to_have_one_form_has_one() {
        for character in ('\0'..=char::MAX).filter(|character| has_one_form(*character)) {
            let once = || std::iter::once(character);
            assert!(once().nfkd().eq(once().nfd()), "{}", character.escape_unicode());
        }
    }

    #[test]
    fn case_accents_quotes_dashes_and_space_are_folded() {
        for (text, expected) in [
            ("Hello World", "hello world"),
            ("Café", "cafe"),
            ("Cafe\u{301}", "cafe"),
            ("don’t “say” so", "don't \"say\" so"),
            ("a – b — c‑d", "a - b - c-d"),
            ("one\n two\t\tthree\u{a0}four", "one two three four"),
            ("Straße", "strasse"),
            ("Ærø", "aero"),
            ("wait…", "wait..."),
            ("İstanbul", "istanbul"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
            ("ё", "е"),
            ("漢字 が 각", "漢字 が 각"),
            ("ｶｻ ｶﾞ ＡＢＣ ﬁle", "カサ ガ abc file"),
            ("x₁² ℝ 𝐀", "x12 r a"),
            ("", ""),
        ] {
            assert_eq!(folded(text, Case::Folded), expected, "{text}");
        }
    }

    #[test]
    fn with_case_kept_only_the_case_is_kept() {
        assert_eq!(folded("“Café” – ØL", Case::Kept), "\"Cafe\" - OL");
    }

    #[test]
    fn every_character_folds_to_what_stays_as_it_is() {
        for case in [Case::Kept, Case::Folded] {
            // Beyond these planes there are only ideographs and what is not assigned.
            for character in ('\0'..='\u{4e00}').chain('\u{9fff}'..='\u{1ffff}') {
                let once = folded(&format!("x{character}x"), case);
                assert_eq!(folded(&once, case), once, "U+{:04X}", u32::from(character));
            }
        }
    }

    #[test]
    fn part_of_a_grapheme_leads_back_to_the_whole_of_it() {
        let text = "a Straße b";
        let fold = Folded::of(text, Case::Folded);
        let at = fold.text().find("ss").unwrap();
        assert_eq!(&text[fold.original(&(at..at + 1))], "ß");
        assert_eq!(&text[fold.original(&(at + 1..at + 2))], "ß");
    }

    #[test]
    fn texts_one_after_the_other_keep_apart() {
        let mut fold = Folded::default();
        for text in ["Een", "", "Zwei  Drei"] {
            fold.push(text, Case::Folded);
        }
        assert_eq!(fold.text(), "een\n\nzwei drei\n");
        assert_eq!(fold.range(1), 4..4);
        assert_eq!(fold.index_at(4), 1);
        assert_eq!(fold.index_at(7), 2);
        assert_eq!(fold.original(&(10..14)), 6..10);
        assert_eq!(fold.range(3), 15..15);
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ a-zA-ZéÉßøİ’“—\n\u{301}\u{308}漢が각🇩🇪👩\u{200d}…]{0,40}",
            "\\PC{0,40}",
            any::<String>()
        ]
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in text()) {
            for case in [Case::Kept, Case::Folded] {
                let once = folded(&text, case);
                prop_assert_eq!(folded(&once, case), once);
            }
        }

        #[test]
        fn the_way_back_gives_whole_graphemes_that_fold_alike(text in text()) {
            let fold = Folded::of(&text, Case::Folded);
            let all = fold.range(0);
            let boundary = |at: &usize| fold.text().is_char_boundary(*at);
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            for start in all.clone().filter(boundary) {
                for end in (start + 1..=all.end).filter(boundary) {
                    let wanted = &fold.text()[start..end];
                    if wanted.starts_with(' ') || wanted.ends_with(' ') {
                        continue;
                    }
                    let original = fold.original(&(start..end));
                    prop_assert!(ends.contains(&original.start) && ends.contains(&original.end));
                    prop_assert!(folded(&text[original], Case::Folded).contains(wanted));
                }
            }
        }
    }
}
