//! The other forms of a word, such as `begged` for `begging`, by the Snowball stemmer of a language.
//!
//! Owns which words are forms of each other. Must not know where they are looked for.

use memchr::memmem::Finder;
use rust_stemmers::{Algorithm, Stemmer};
use std::ops::Range;

/// A shorter root would stand in most texts.
const SHORTEST: usize = 3;

/// No longer word is stemmed, in characters: it is none.
const LONGEST: usize = 40;

/// The word that is looked for, and what its other forms have in common with it.
#[derive(Debug, Clone)]
pub(super) struct Forms {
    algorithm: Algorithm,
    /// Its stem, which may end otherwise than the word does: `happi` for `happy`.
    stem: String,
    /// What its forms begin with.
    root: Finder<'static>,
}

/// The stemmer for a language by its BCP 47 tag; none for a language that has none.
pub(super) fn algorithm(language: &str) -> Option<Algorithm> {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    Some(match primary.as_str() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

impl Forms {
    /// The forms of a folded word; none where it has no root that could be looked for.
    pub(super) fn of(word: &str, algorithm: Algorithm) -> Option<Self> {
        let stem = stem(word, algorithm)?;
        let common = word.chars().zip(stem.chars()).take_while(|(one, other)| one == other);
        let mut root: String = common.map(|(character, _)| character).collect();
        // What changes in many languages before an ending: `happy` and `happier`, `hope` and `hoping`.
        if root.ends_with(['e', 'i', 'y']) {
            root.pop();
        }
        let is_long_enough = root.chars().count() >= SHORTEST;
        is_long_enough.then(|| Self { algorithm, stem, root: Finder::new(root.as_bytes()).into_owned() })
    }

    /// Finds what all forms begin with, and so does the word itself.
    pub(super) fn root(&self) -> &Finder<'static> {
        &self.root
    }

    /// Where a form of the word, or the word itself, stands in a part of a folded text.
    pub(super) fn places<'t>(
        &'t self,
        text: &'t str,
        within: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + 't {
        let (start, end) = (within.start, within.end);
        let part = text.get(within).unwrap_or_default();
        let word_at = move |at: usize| {
            // Within a word, which may be very long, none begins: its end is looked for once.
            if text.get(start..at)?.chars().next_back().is_some_and(char::is_alphanumeric) {
                return None;
            }
            let rest = text.get(at..end)?;
            let length = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
            Some(at..at + length)
        };
        self.root
            .find_iter(part.as_bytes())
            .filter_map(move |at| word_at(start + at))
            .filter(move |place| self.has(text.get(place.clone()).unwrap_or_default()))
    }

    /// Returns whether a folded word is a form of it.
    fn has(&self, word: &str) -> bool {
        stem(word, self.algorithm).is_some_and(|stem| stem == self.stem)
    }
}

/// The stem of a folded word; none of what is no word.
fn stem(word: &str, algorithm: Algorithm) -> Option<String> {
    let is_word = word.chars().count() <= LONGEST && word.chars().all(char::is_alphabetic);
    is_word.then(|| Stemmer::create(algorithm).stem(word).into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use proptest::prelude::*;

    fn forms<'t>(word: &str, language: &str, text: &'t str) -> Vec<&'t str> {
        let Some(forms) = Forms::of(word, algorithm(language).unwrap()) else { return Vec::new() };
        forms.places(text, 0..text.len()).filter_map(|place| text.get(place)).collect()
    }

    #[test]
    fn forms_are_found_by_the_rules_of_the_language() {
        assert_eq!(forms("begging", "en", "he begged, she begs. a beggar begins"), ["begged", "begs"]);
        assert_eq!(forms("happy", "en-GB", "happiness, happen"), ["happiness"]);
        assert_eq!(forms("hope", "en", "hoping, hoped, hopper"), ["hoping", "hoped"]);
        assert_eq!(forms("bitten", "de", "bittest bitte"), ["bittest", "bitte"]);
        assert_eq!(forms("книга", "ru", "о книге, книгу"), ["книге", "книгу"]);
    }

    #[test]
    fn a_word_of_a_megabyte_is_looked_through_once() {
        let text = "beg".repeat(1 << 19) + " begged";
        assert_eq!(forms("begging", "en", &text), ["begged"]);
    }

    #[test]
    fn what_has_no_root_and_what_is_no_word_has_no_forms() {
        assert!(forms("use", "en", "used using").is_empty());
        assert!(forms("h2o", "en", "h2o").is_empty());
        assert!(algorithm("ja").is_none() && algorithm("").is_none() && algorithm("x-en").is_none());
    }

    proptest! {
        #[test]
        fn no_word_of_any_script_brings_a_stemmer_down(
            word in "[a-zæøåñçßğıіїа-яα-ω]{0,12}|[\u{621}-\u{64a}]{0,10}|[\u{b85}-\u{bcd}]{0,10}|\\PC{0,8}",
        ) {
            for language in [
                "ar", "da", "nl", "en", "fi", "fr", "de", "el", "hu", "it", "no", "pt", "ro", "ru", "es", "sv",
                "ta", "tr",
            ] {
                if let Some(forms) = Forms::of(&word, algorithm(language).unwrap()) {
                    // Every word is a form of itself.
                    prop_assert_eq!(forms.places(&word, 0..word.len()).count(), 1, "{}: {}", language, word);
                }
            }
        }
    }
}
