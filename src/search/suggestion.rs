//! What a word may have been meant to be, when nothing or little was found: the nearest words of
//! what is open.
//!
//! Owns which word of a query is nowhere, and what is suggested. Reads nothing: it knows only what was
//! searched before. Which words are near, `near_words.rs` says.

use crate::course::Course;
use crate::search::folding::{Case, Folded};
use crate::search::grammar::{PieceKind, QueryPiece, Sense, pieces};
use crate::search::hit::{Hit, HitPlace, Hits};
use crate::search::index::{AT_ONCE, Cursor, Index};
use crate::search::near_words::{BETWEEN, Mistyped, nearest, words};
use crate::search::notes::Notes;
use crate::search::query::Query;
use crate::search::slots::Slot;
use memchr::memmem;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// Shorter words are near to too many others, in characters.
const SHORTEST: usize = 4;

/// Longer words are not looked at, in characters.
const LONGEST: usize = 40;

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

    /// Returns whether a word of a query is nowhere, of which these hits were found, so that another may have
    /// been meant.
    pub fn lacks_a_word(&self, query: &Query, hits: &[Hit], has_time: &(dyn Fn() -> bool + Sync)) -> bool {
        // Where something was found, the words stand most likely, and the others need not be looked through.
        let found_in = |hit: &Hit| match hit.found {
            HitPlace::Block { lesson, .. } | HitPlace::Title { lesson } => self.lessons.get(lesson),
            HitPlace::Item { .. } | HitPlace::Note { .. } => None,
        };
        let has_all = |slot: &Slot| {
            let has = |word: String| {
                let word = memmem::Finder::new(&word);
                slot.sources().any(|source| word.find(source).is_some())
            };
            pieces(query.text()).filter_map(|piece| plain_word(&piece)).all(has)
        };
        !hits.iter().filter_map(found_in).any(has_all)
            && self
                .pieces_of(query.text(), has_time)
                .is_some_and(|pieces| pieces.iter().any(|(_, nowhere)| nowhere.is_some()))
    }

    /// A query in which each word that is nowhere is replaced by the word that is nearest to it. Nothing
    /// when there is no such word, or when one has no other near.
    fn corrected(&self, query: &str, has_time: &(dyn Fn() -> bool + Sync)) -> Option<String> {
        let pieces = self.pieces_of(query, has_time)?;
        if pieces.iter().all(|(_, nowhere)| nowhere.is_none()) {
            return None;
        }
        let mistyped: Vec<_> =
            pieces.iter().filter_map(|(_, word)| word.as_deref()).map(Mistyped::new).collect();
        let known = self.words_near(&mistyped, has_time)?;
        let mut corrected = Vec::new();
        for (piece, nowhere) in &pieces {
            let sign = if piece.sense == Sense::Without { "-" } else { "" };
            corrected.push(match nowhere {
                Some(word) => nearest(&Mistyped::new(word), &known, has_time)?.to_owned(),
                None => format!("{sign}{}", piece.whole),
            });
        }
        Some(corrected.join(" "))
    }

    /// The pieces of a query, and of each the word that may have been mistyped and is nowhere. Most words are
    /// somewhere, which is seen without a list of them all. Nothing when there is no time to look.
    fn pieces_of<'q>(
        &self,
        query: &'q str,
        has_time: &dyn Fn() -> bool,
    ) -> Option<Vec<(QueryPiece<'q>, Option<String>)>> {
        let piece = |piece: QueryPiece<'q>| {
            let nowhere = match plain_word(&piece) {
                Some(word) if !self.has_seen(&word, has_time)? => Some(word),
                Some(_) | None => None,
            };
            Some((piece, nowhere))
        };
        pieces(query).map(piece).collect()
    }

    /// Returns whether a folded word is in a text that was searched. Nothing when there is no time to look.
    fn has_seen(&self, word: &str, has_time: &dyn Fn() -> bool) -> Option<bool> {
        let word = memmem::Finder::new(word);
        let items = self.items_seen().map(str::as_bytes);
        for source in self.lessons.from(0).flat_map(Slot::sources).chain(items) {
            if !has_time() {
                return None;
            }
            if word.find(source).is_some() {
                return Some(true);
            }
        }
        Some(false)
    }

    /// All texts that were searched, folded.
    fn texts_seen(&self) -> impl Iterator<Item = &str> {
        self.lessons.from(0).flat_map(Slot::texts).chain(self.items_seen())
    }

    /// The words of all texts that were searched that may be near to one of these, and how often each of them
    /// is there. Nothing when there is no time to look at all of them.
    fn words_near(
        &self,
        mistyped: &[Mistyped<'_>],
        has_time: &(dyn Fn() -> bool + Sync),
    ) -> Option<HashMap<&str, usize>> {
        let texts: Vec<&str> = self.texts_seen().collect();
        let next = AtomicUsize::new(0);
        // None once there is no time. How often a word is there does not depend on who has counted it.
        let known = Mutex::new(Some(HashMap::new()));
        self.threads.share(|| {
            let own = words_near_in(|| texts.get(next.fetch_add(1, Relaxed)).copied(), mistyped, has_time);
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            match (own, known.as_mut()) {
                (Some(own), Some(known)) => {
                    for (word, count) in own {
                        *known.entry(word).or_default() += count;
                    }
                }
                _ => *known = None,
            }
        });
        known.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The words of these texts that may be near to one of these, and how often each of them is there. Nothing
/// when there is no time to look at all of them.
fn words_near_in<'t>(
    next: impl Fn() -> Option<&'t str>,
    mistyped: &[Mistyped<'_>],
    has_time: &dyn Fn() -> bool,
) -> Option<HashMap<&'t str, usize>> {
    let mut known = HashMap::new();
    for (looked_at, word) in std::iter::from_fn(next).flat_map(words).enumerate() {
        if mistyped.iter().any(|mistyped| mistyped.may_be_near(&word)) {
            *known.entry(word.text).or_default() += 1;
        }
        if looked_at % BETWEEN == 0 && !has_time() {
            return None;
        }
    }
    Some(known)
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
            ("beging", "begging"),
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
    fn for_words_that_are_all_there_no_list_of_words_is_made() {
        let course = Course::built_in("reconcile").unwrap();
        let (index, query) = (Index::new(&course), Query::parse("begging"));
        index.search(&query, &course, &Notes::default());
        let (all, looks) = (index.texts_seen().flat_map(words).count(), AtomicUsize::new(0));
        let has_time = || looks.fetch_add(1, Relaxed) < usize::MAX;
        assert_eq!(index.suggest(&query, &course, &has_time), None);
        assert!(
            !index.lacks_a_word(&query, &[], &|| true)
                && index.lacks_a_word(&Query::parse("begginng"), &[], &|| true)
        );
        assert!(looks.into_inner() < all / BETWEEN / 2, "all {all} words were looked at");
    }

    #[test]
    fn where_a_word_was_found_no_other_text_is_looked_through_for_it() {
        let course = Course::built_in("reconcile").unwrap();
        let (index, query) = (Index::new(&course), Query::parse("begging"));
        let hits = index.search(&query, &course, &Notes::default()).hits;
        let asked = AtomicUsize::new(0);
        let has_time = || asked.fetch_add(1, Relaxed) < usize::MAX;
        assert!(!index.lacks_a_word(&query, &hits, &has_time));
        assert_eq!(asked.load(Relaxed), 0);
        // What was found has only one of the words.
        assert!(index.lacks_a_word(&Query::parse("begging begginng"), &hits, &has_time));
    }

    #[test]
    fn what_is_suggested_does_not_depend_on_the_number_of_threads() {
        let course = Course::built_in("reconcile").unwrap();
        let counted = |threads| {
            let index = Index::new(&course);
            index.threads.set(threads);
            index.search(&Query::parse("begging"), &course, &Notes::default());
            let mistyped = [Mistyped::new("begginng"), Mistyped::new("seperation")];
            let words: std::collections::BTreeMap<String, usize> = index
                .words_near(&mistyped, &|| true)
                .unwrap()
                .into_iter()
                .map(|(word, count)| (word.to_owned(), count))
                .collect();
            assert_eq!(index.words_near(&mistyped, &|| false), None);
            words
        };
        let alone = counted(1);
        assert!(alone.contains_key("begging") && alone.values().any(|count| *count > 1));
        assert!([2, 3, 7].into_iter().all(|threads| counted(threads) == alone));
    }

    #[test]
    fn without_time_nothing_is_suggested() {
        assert_eq!(suggested("divorse", false), None);
    }
}
