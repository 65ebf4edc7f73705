//! Estimates the age at which a lesson is easy to read.
//!
//! Owns one formula and its counting. Must not judge anything but the length of sentences and
//! words, which is all that the formula knows.

use crate::text::{BlockKind, Document};

/// The fewest words for which the formula means something.
const FEWEST_WORDS: usize = 100;

/// The readability of a text by the Flesch-Kincaid grade level: a year of school in the United
/// States, where the first begins at the age of six. (J. P. Kincaid and others,
/// "Derivation of new readability formulas for Navy enlisted personnel", 1975.)
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Readability {
    /// The grade.
    pub(super) grade: f64,
    /// The age in that grade, in years.
    pub(super) age: f64,
}

/// Computes the readability of the paragraphs of an English document; `None` when they have fewer
/// than [`FEWEST_WORDS`] words.
pub(super) fn readability_of(document: &Document) -> Option<Readability> {
    let mut words = 0_u32;
    let mut sentences = 0_u32;
    let mut syllables = 0_u32;
    for (_, block) in document.blocks().filter(|(_, block)| block.kind == BlockKind::Paragraph) {
        let mut open = false;
        for word in block.text.split_whitespace() {
            let letters: String = word.chars().filter(|character| character.is_alphabetic()).collect();
            if !letters.is_empty() {
                words += 1;
                syllables += syllables_of(&letters);
                open = true;
            }
            let end = word.trim_end_matches(|character: char| "\"'”’)*".contains(character));
            if open && end.ends_with(['.', '?', '!', ':', ';', '…']) {
                sentences += 1;
                open = false;
            }
        }
        sentences += u32::from(open);
    }
    if (words as usize) < FEWEST_WORDS {
        return None;
    }
    let (words, sentences, syllables) = (f64::from(words), f64::from(sentences.max(1)), f64::from(syllables));
    let grade = 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
    Some(Readability { grade, age: grade + 5.0 })
}

/// Counts the syllables of an English word: its groups of vowels, without a silent `e`.
fn syllables_of(word: &str) -> u32 {
    let word = word.to_lowercase();
    let mut count = 0;
    let mut in_vowels = false;
    for character in word.chars() {
        let is_vowel = "aeiouyäöüáàâéèêíìîóòôúùû".contains(character);
        count += u32::from(is_vowel && !in_vowels);
        in_vowels = is_vowel;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee")
        || (word.ends_with("es") || word.ends_with("ed"))
            && !["ses", "zes", "xes", "ches", "shes", "ces", "ges", "ted", "ded"]
                .iter()
                .any(|ending| word.ends_with(ending));
    if silent && count > 1 { count - 1 } else { count.max(1) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::text::markdown::parse;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, count) in [
            ("a", 1),
            ("cat", 1),
            ("make", 1),
            ("makes", 1),
            ("asked", 1),
            ("wanted", 2),
            ("table", 2),
            ("houses", 2),
            ("marriage", 2),
            ("family", 3),
            ("separation", 4),
            ("agree", 2),
            ("the", 1),
        ] {
            assert_eq!(syllables_of(word), count, "{word}");
        }
    }

    #[test]
    fn short_sentences_of_short_words_are_for_young_readers() {
        let easy = readability_of(&parse(&"The cat sat on the mat. It saw the dog. ".repeat(20))).unwrap();
        assert!(easy.age < 8.0, "{easy:?}");
        let hard = "Considerable institutional responsibilities notwithstanding, administrators \
                    systematically underestimate organisational interdependencies. ";
        assert!(readability_of(&parse(&hard.repeat(20))).unwrap().age > 20.0);
    }

    #[test]
    fn little_text_is_not_judged() {
        assert_eq!(readability_of(&parse("# A title\n\nNotwithstanding.")), None);
    }
}
