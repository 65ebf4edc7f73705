//! Words that are near to each other: one is the other with a letter or two mistyped.
//!
//! Owns which words those are, and which is nearest. Must not know where words come from.

use std::cmp::Reverse;
use std::collections::HashMap;

/// From this length on, a word may have two errors.
const LONG: usize = 7;

/// So many words are looked at between two looks at the clock.
pub(super) const BETWEEN: usize = 256;

/// A word that may have been mistyped.
#[derive(Debug)]
pub(super) struct Mistyped<'a> {
    word: &'a str,
    /// In characters.
    length: usize,
    letters: u32,
    /// The most errors that it may have.
    most: usize,
}

impl<'a> Mistyped<'a> {
    /// A folded word.
    pub(super) fn new(word: &'a str) -> Self {
        let length = word.chars().count();
        let letters = word.chars().fold(0, |letters, letter| letters | bit(letter));
        Self { word, length, letters, most: if length < LONG { 1 } else { 2 } }
    }

    /// Returns whether a word may be near. Counting the errors takes longer, and so does a list of all
    /// words: an error changes the length by one, and takes one letter away and adds one at most.
    pub(super) fn may_be_near(&self, word: &SeenWord<'_>) -> bool {
        word.length.abs_diff(self.length) <= self.most
            && (word.letters ^ self.letters).count_ones() as usize <= 2 * self.most
    }
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SeenWord<'t> {
    /// As it is folded.
    pub(super) text: &'t str,
    /// In characters.
    length: usize,
    /// One bit for each of its letters, which others may have too.
    letters: u32,
}

/// The bit of a letter.
const fn bit(letter: char) -> u32 {
    1 << (letter as u32 & 31)
}

/// The bits of the letters and digits of ASCII, and none for all else: a look at a table takes a third of the
/// time of asking each letter.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which sees what is out of bounds")]
const ASCII_BITS: [u32; 256] = {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            bits[byte as usize] = bit(byte as char);
        }
        byte += 1;
    }
    bits
};

/// The words of a folded text. Most texts are ASCII, in which each byte is a letter.
pub(super) fn words(text: &str) -> Box<dyn Iterator<Item = SeenWord<'_>> + '_> {
    if text.is_ascii() {
        let bits = |byte: u8| ASCII_BITS.get(usize::from(byte)).copied().unwrap_or_default();
        Box::new(words_among(text, text.bytes().map(bits).enumerate()))
    } else {
        let bits = |letter: char| if letter.is_alphanumeric() { bit(letter) } else { 0 };
        Box::new(words_among(text, text.char_indices().map(move |(at, letter)| (at, bits(letter)))))
    }
}

/// The words of a text of which each character is given by its byte and its bit, which is none where it is
/// neither letter nor digit.
fn words_among(
    text: &str,
    mut characters: impl Iterator<Item = (usize, u32)>,
) -> impl Iterator<Item = SeenWord<'_>> {
    std::iter::from_fn(move || {
        let (start, first) = characters.find(|(_, bit)| *bit != 0)?;
        let mut word = SeenWord { text: "", length: 1, letters: first };
        let mut end = text.len();
        for (at, bit) in characters.by_ref() {
            if bit == 0 {
                end = at;
                break;
            }
            word.length += 1;
            word.letters |= bit;
        }
        word.text = text.get(start..end).unwrap_or_default();
        Some(word)
    })
}

/// The nearest word: the one with the fewest letters that are other, missing, too many or changed
/// round. Of several one in which only a letter is doubled, or was, as nobody hears that; then the one that
/// begins alike the longest, as the first letters are seldom wrong; then the most frequent, and of these the
/// first in the alphabet.
pub(super) fn nearest<'w>(
    mistyped: &Mistyped<'_>,
    known: &HashMap<&'w str, usize>,
    has_time: &dyn Fn() -> bool,
) -> Option<&'w str> {
    let Mistyped { word, length, most, .. } = *mistyped;
    let (single, mut best) = (without_doubles(word), None);
    for (looked_at, (other, count)) in known.iter().enumerate() {
        if looked_at % BETWEEN == 0 && !has_time() {
            return None;
        }
        if other.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = strsim::osa_distance(word, other);
        if distance > most {
            continue;
        }
        let alike = word.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
        let is_other = single != without_doubles(other);
        let candidate = (distance, is_other, Reverse(alike), Reverse(*count), *other);
        if best.is_none_or(|best| candidate < best) {
            best = Some(candidate);
        }
    }
    best.map(|(.., other)| other)
}

/// A word with each letter once where it stands several times in a row.
fn without_doubles(word: &str) -> String {
    let mut last = None;
    word.chars().filter(|letter| last.replace(*letter) != Some(*letter)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_words_of_a_text_are_the_same_letter_by_letter_and_byte_by_byte() {
        let text = "  It is, he said: 2nd-best…".replace('…', "");
        let seen: Vec<_> = words(&text).map(|word| (word.text, word.length)).collect();
        assert_eq!(seen, [("It", 2), ("is", 2), ("he", 2), ("said", 4), ("2nd", 3), ("best", 4)]);
        let wider = format!("{text} é");
        let with_others: Vec<_> = words(&wider).collect();
        assert_eq!(with_others.split_last().unwrap().1, words(&text).collect::<Vec<_>>());
        let other: Vec<_> = words("čaj a šálek").map(|word| (word.text, word.length)).collect();
        assert_eq!(other, [("čaj", 3), ("a", 1), ("šálek", 5)]);
    }

    proptest! {
        #[test]
        fn no_word_that_is_near_is_passed_over(
            word in "[a-eé]{4,9}",
            errors in prop::collection::vec((0..4_u8, 0..9_usize, prop::char::range('a', 'h')), 0..3),
        ) {
            let mut other: Vec<char> = word.chars().collect();
            for (kind, at, letter) in errors {
                let at = at % (other.len() - 1);
                match kind {
                    0 => other.insert(at, letter),
                    1 => other.swap(at, at + 1),
                    2 => drop(other.remove(at)),
                    _ => drop(other.splice(at..=at, [letter])),
                }
            }
            let (mistyped, other) = (Mistyped::new(&word), String::from_iter(other));
            let is_near = strsim::osa_distance(&word, &other) <= mistyped.most;
            prop_assert!(!is_near || words(&other).all(|other| mistyped.may_be_near(&other)));
        }
    }

    #[test]
    fn of_words_as_near_one_with_a_doubled_letter_is_taken_and_then_one_that_begins_alike() {
        let mut known = HashMap::from([("being", 22), ("begin", 9), ("begging", 3)]);
        assert_eq!(nearest(&Mistyped::new("beging"), &known, &|| true), Some("begging"));
        known.remove("begging");
        assert_eq!(nearest(&Mistyped::new("beging"), &known, &|| true), Some("begin"));
        let known = HashMap::from([("commit", 1), ("comet", 9)]);
        assert_eq!(nearest(&Mistyped::new("comit"), &known, &|| true), Some("commit"));
        assert_eq!(nearest(&Mistyped::new("commmit"), &known, &|| true), Some("commit"));
    }

    #[test]
    fn of_words_as_near_the_most_frequent_is_taken() {
        let known = HashMap::from([("hard", 2), ("hare", 3), ("harp", 3), ("harmony", 9)]);
        assert_eq!(nearest(&Mistyped::new("harx"), &known, &|| true), Some("hare"));
        assert_eq!(nearest(&Mistyped::new("moon"), &known, &|| true), None);
    }
}
