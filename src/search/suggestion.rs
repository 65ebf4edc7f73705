//! What a word may have been meant to be, when nothing or little was found: the nearest words of
//! what is open.
//!
//! Owns which words are near to each other. Reads nothing: it knows only what was searched before.

use crate::course::Course;
use crate::search::folding::{Case, Folded};
use crate::search::hit::Hits;
use crate::search::index::{AT_ONCE, Cursor, Index, Slot};
use crate::search::query::{Matcher, Query};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Shorter words are near to too many others, in characters.
const SHORTEST: usize = 4;

/// From this length on, a word may have two errors.
const LONG: usize = 7;

/// Longer words are not looked at, in characters.
const LONGEST: usize = 40;

/// So many words are looked at between two looks at the clock.
const BETWEEN: usize = 256;

/// A query that finds more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordSuggestion {
    /// What to search for.
    pub text: String,
    /// How many hits that has.
    pub hits: usize,
    /// Whether there are more than were counted.
    pub more: bool,
}

impl WordSuggestion {
    /// With more hits than this, what was typed is taken for what was meant.
    pub const FEW: usize = 2;
}

impl Index {
    /// What may have been meant by a query that was searched and found little; nothing when all of its
    /// words are there, when no word is near, or when there is no time to look at all of them. Reads
    /// nothing before it counts the hits, and counts no longer than there is time.
    pub fn suggest(
        &self,
        query: &Query,
        course: &Course,
        has_time: &(dyn Fn() -> bool + Sync),
    ) -> Option<WordSuggestion> {
        let unknown = self.corrections(query, has_time)?;
        let corrected = |piece: &str| {
            let word = piece.trim_end();
            let right = unknown.iter().find(|(wrong, _)| wrong == word);
            right.map_or(piece.to_owned(), |(_, right)| piece.replace(word, right))
        };
        let text: String = query.text().split_inclusive(char::is_whitespace).map(corrected).collect();
        let query = Query::in_language(&text, &course.language);
        let mut hits = Hits::default();
        let mut cursor = Some(Cursor::default());
        while let Some(from) = cursor.filter(|_| has_time()) {
            self.prefetch(from, &query, course, has_time);
            cursor = self.search_lessons(&query, course, from, AT_ONCE, &mut hits);
        }
        Some(WordSuggestion { text, hits: hits.hits.len(), more: hits.more || cursor.is_some() })
    }

    /// The words of a query that are nowhere, each with the word that is nearest to it. Nothing when
    /// there is no such word, or when one has no other near.
    fn corrections(&self, query: &Query, has_time: &dyn Fn() -> bool) -> Option<Vec<(String, String)>> {
        let words: Vec<(&str, String)> = plain_words(query.text()).collect();
        if words.is_empty() || matches!(query.matcher(), Matcher::Pattern(_)) {
            return None;
        }
        let known = self.words_seen(has_time)?;
        let is_there = |word: &str| known.keys().any(|known| known.contains(word));
        let mut corrections = Vec::new();
        for (word, folded) in words {
            if !has_time() {
                return None;
            }
            if !is_there(&folded) {
                corrections.push((word.to_owned(), nearest(&folded, &known, has_time)?.to_owned()));
            }
        }
        (!corrections.is_empty()).then_some(corrections)
    }

    /// The words of all texts that were searched, and how often each of them is there. Nothing when
    /// there is no time to look at all of them.
    fn words_seen(&self, has_time: &dyn Fn() -> bool) -> Option<HashMap<&str, usize>> {
        let lessons = self.lessons.iter().flat_map(Slot::texts);
        let mut known = HashMap::new();
        let mut looked_at = 0;
        for text in lessons.chain(self.items_seen()) {
            let is_word = |word: &&str| (SHORTEST - 1..=LONGEST).contains(&word.len());
            for word in text.split(|character: char| !character.is_alphanumeric()).filter(is_word) {
                *known.entry(word).or_default() += 1;
                looked_at += 1;
                if looked_at % BETWEEN == 0 && !has_time() {
                    return None;
                }
            }
        }
        Some(known)
    }
}

/// The words of a query that may have been mistyped, as they were typed and folded. What stands in
/// quotes or asks for something in another way is meant as it is.
fn plain_words(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split_whitespace().filter_map(|word| {
        let folded = Folded::of(word, Case::Folded);
        let folded = folded.text().get(folded.range(0)).unwrap_or_default();
        let length = folded.chars().count();
        let is_plain = (SHORTEST..=LONGEST).contains(&length) && word.chars().all(char::is_alphabetic);
        is_plain.then(|| (word, folded.to_owned()))
    })
}

/// The nearest word: the one with the fewest letters that are other, missing, too many or changed
/// round; of several the most frequent, and of these the first in the alphabet.
fn nearest<'w>(word: &str, known: &HashMap<&'w str, usize>, has_time: &dyn Fn() -> bool) -> Option<&'w str> {
    let length = word.chars().count();
    let most = if length < LONG { 1 } else { 2 };
    let mut best: Option<(usize, Reverse<usize>, &str)> = None;
    for (looked_at, (other, count)) in known.iter().enumerate() {
        if looked_at % BETWEEN == 0 && !has_time() {
            return None;
        }
        if other.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = strsim::osa_distance(word, other);
        let candidate = (distance, Reverse(*count), *other);
        if distance <= most && best.is_none_or(|best| candidate < best) {
            best = Some(candidate);
        }
    }
    best.map(|(.., other)| other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::search::Notes;

    fn suggested(query: &str, has_time: bool) -> Option<WordSuggestion> {
        let course = Course::built_in("reconcile").unwrap();
        let index = Index::new(&course);
        let query = Query::in_language(query, &course.language);
        index.search(&query, &course, &Notes::default());
        index.suggest(&query, &course, &|| has_time)
    }

    #[test]
    fn a_mistyped_word_leads_to_the_nearest_one() {
        for (typed, meant) in [
            ("divorse", "divorce"),
            ("seperation", "separation"),
            ("begginng", "begging"),
            ("Tonihgt", "tonight"),
            ("apologyse", "apologise"),
        ] {
            let suggestion = suggested(typed, true).unwrap();
            assert_eq!(suggestion.text, meant, "{typed}");
            assert!(suggestion.hits > 0 && !suggestion.more, "{suggestion:?}");
        }
    }

    #[test]
    fn nothing_is_suggested_for_what_is_there_is_short_is_quoted_or_like_nothing() {
        for typed in ["divorce", "divor", "dvi", "\"divorse\"", "word:divorse", "xylophonist", ""] {
            assert_eq!(suggested(typed, true), None, "{typed}");
        }
    }

    #[test]
    fn without_time_nothing_is_suggested() {
        assert_eq!(suggested("divorse", false), None);
    }

    #[test]
    fn of_words_as_near_the_most_frequent_is_taken() {
        let known = HashMap::from([("hard", 2), ("hare", 3), ("harp", 3), ("harmony", 9)]);
        assert_eq!(nearest("harx", &known, &|| true), Some("hare"));
        assert_eq!(nearest("moon", &known, &|| true), None);
    }
}
