//! What a word may have been meant to be, when nothing or little was found: the nearest words of
//! what is open.
//!
//! Owns which words are near to each other. Reads nothing: it knows only what was searched before.

use crate::course::Course;
use crate::search::folding::{Case, Folded};
use crate::search::grammar::{PieceKind, QueryPiece, Sense, pieces};
use crate::search::hit::Hits;
use crate::search::index::{AT_ONCE, Cursor, Index, Slot};
use crate::search::notes::Notes;
use crate::search::query::Query;
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

    /// How many hits it has, for the end of a sentence.
    pub fn counted(&self) -> String {
        format!("{}{}", self.hits, if self.more { " and more" } else { "" })
    }
}

impl Index {
    /// What may have been meant by a query that was searched and found little; nothing when all of its
    /// words are there, when no word is near, or when there is no time to look at all of them. Reads
    /// nothing before it counts the hits in lessons, and counts no longer than there is time.
    /// [`Index::complete`] adds what is not in lessons.
    pub fn suggest(
        &self,
        query: &Query,
        course: &Course,
        has_time: &(dyn Fn() -> bool + Sync),
    ) -> Option<WordSuggestion> {
        let text = self.corrected(query.text(), has_time)?;
        let query = Query::in_language(&text, &course.language);
        let mut hits = Hits::default();
        let mut cursor = Some(Cursor::default());
        while let Some(from) = cursor.filter(|_| has_time()) {
            self.prefetch(from, &query, course, has_time);
            cursor = self.search_lessons(&query, course, from, AT_ONCE, &mut hits);
        }
        Some(WordSuggestion { text, hits: hits.hits.len(), more: hits.more || cursor.is_some() })
    }

    /// Counts the hits of a suggestion in items and notes too, as a search shows them; gives it back if it
    /// finds more than the `found` hits of what was typed, and these are few. Reads nothing.
    pub fn complete(
        &self,
        mut suggestion: WordSuggestion,
        course: &Course,
        notes: &Notes,
        found: usize,
    ) -> Option<WordSuggestion> {
        let query = Query::in_language(&suggestion.text, &course.language);
        let mut others = Hits::default();
        self.search_others(&query, course, notes, &mut others);
        suggestion.hits += others.hits.len();
        suggestion.more |= others.more;
        (found <= WordSuggestion::FEW && suggestion.hits > found).then_some(suggestion)
    }

    /// A query in which each word that is nowhere is replaced by the word that is nearest to it. Nothing
    /// when there is no such word, or when one has no other near.
    fn corrected(&self, query: &str, has_time: &dyn Fn() -> bool) -> Option<String> {
        if !pieces(query).any(|piece| plain_word(&piece).is_some()) {
            return None;
        }
        let known = self.words_seen(has_time)?;
        let is_there = |word: &str| known.keys().any(|known| known.contains(word));
        let mut corrected = Vec::new();
        let mut is_another = false;
        for piece in pieces(query) {
            if !has_time() {
                return None;
            }
            let sign = if piece.sense == Sense::Without { "-" } else { "" };
            corrected.push(match plain_word(&piece).filter(|word| !is_there(word)) {
                Some(word) => {
                    is_another = true;
                    nearest(&word, &known, has_time)?.to_owned()
                }
                None => format!("{sign}{}", piece.whole),
            });
        }
        is_another.then(|| corrected.join(" "))
    }

    /// The words of all texts that were searched, and how often each of them is there. Nothing when
    /// there is no time to look at all of them.
    fn words_seen(&self, has_time: &dyn Fn() -> bool) -> Option<HashMap<&str, usize>> {
        let lessons = self.lessons.iter().flat_map(Slot::texts);
        let mut known = HashMap::new();
        let mut looked_at = 0;
        for text in lessons.chain(self.items_seen()) {
            let is_word = |word: &str| (SHORTEST - 1..=LONGEST).contains(&word.chars().count());
            for word in text.split(|character: char| !character.is_alphanumeric()) {
                if is_word(word) {
                    *known.entry(word).or_default() += 1;
                }
                looked_at += 1;
                if looked_at % BETWEEN == 0 && !has_time() {
                    return None;
                }
            }
        }
        Some(known)
    }
}

/// The word of a piece of a query, folded, if it may have been mistyped. What stands in quotes or asks
/// for something in another way is meant as it is.
fn plain_word(piece: &QueryPiece<'_>) -> Option<String> {
    if piece.kind != PieceKind::Word || piece.sense != Sense::With || !piece.key.is_empty() {
        return None;
    }
    let folded = Folded::of(piece.value, Case::Folded);
    let folded = folded.text().get(folded.range(0)).unwrap_or_default();
    let length = folded.chars().count();
    let is_plain = (SHORTEST..=LONGEST).contains(&length) && piece.value.chars().all(char::is_alphabetic);
    is_plain.then(|| folded.to_owned())
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
    use crate::course::lesson::{LessonSource, LessonTitle};
    use crate::course::{CourseId, Lesson, LessonId};

    fn suggested(query: &str, has_time: bool) -> Option<WordSuggestion> {
        let course = Course::built_in("reconcile").unwrap();
        let index = Index::new(&course);
        let query = Query::in_language(query, &course.language);
        let notes = Notes::new(["A divorce, perhaps.".to_owned()]);
        let found = index.search(&query, &course, &notes).hits.len();
        let suggestion = index.suggest(&query, &course, &|| has_time)?;
        index.complete(suggestion, &course, &notes, found)
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
    fn a_suggestion_counts_what_a_search_for_it_shows() {
        let course = Course::built_in("reconcile").unwrap();
        let notes = Notes::new(["A divorce, perhaps.".to_owned()]);
        let index = Index::new(&course);
        for (typed, meant) in [("divorse", "divorce"), ("in:notes divorse", "in:notes divorce")] {
            let shown = index.search(&Query::in_language(meant, &course.language), &course, &notes);
            let suggestion = index.suggest(&Query::parse(typed), &course, &|| true).unwrap();
            let suggestion = index.complete(suggestion, &course, &notes, 0).unwrap();
            assert_eq!((suggestion.text.as_str(), suggestion.hits), (meant, shown.hits.len()));
            assert_eq!(suggestion.hits == 1, typed.starts_with("in:notes"));
        }
    }

    #[test]
    fn only_words_outside_of_quotes_and_of_what_is_left_out_are_replaced() {
        for (typed, meant) in [
            ("begginng \"no begginng here\"", Some("begging \"no begginng here\"")),
            ("\"no begginng here\"", None),
            ("begginng -begginng", Some("begging -begginng")),
            ("begginng regex:begginng", Some("begging regex:begginng")),
            ("-begginng regex:begginng", None),
        ] {
            let course = Course::built_in("reconcile").unwrap();
            let index = Index::new(&course);
            index.search(&Query::parse("begging"), &course, &Notes::default());
            assert_eq!(index.corrected(typed, &|| true).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn long_words_of_other_scripts_are_known_by_their_letters() {
        let text = "Взаимопонимание и взаимопомощь, достопримечательность.";
        let source = LessonSource::text(text);
        let title = LessonTitle::Known("Слова".to_owned());
        let course = Course {
            lessons: vec![Lesson::new(LessonId::new("words"), title, 0, source)],
            ..Course::empty(CourseId::new("test"), "Test".into())
        };
        let index = Index::new(&course);
        index.search(&Query::parse("слова"), &course, &Notes::default());
        let corrected = index.corrected("достопримичательность", &|| true);
        assert_eq!(corrected.as_deref(), Some("достопримечательность"));
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
