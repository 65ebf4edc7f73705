//! What is looked for, and where it is in one text.
//!
//! Owns the rules: words must all be there, quoted words as a phrase, a capital letter
//! makes capitals matter. Must not know what is searched.

use crate::search::filter::Filter;
use crate::search::folding::{Case, Folded};
use crate::search::forms;
use crate::search::ranking::{WordForm, WordPart, spread};
use crate::search::term::Term;
use crate::search::written_query::{WrittenQuery, terms_of};
use crate::text::clean::clean_line;
use crate::text::columns;
use memchr::memmem::Finder;
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// No query is longer in characters; the rest of it is not looked at.
const LONGEST: usize = 1_000;

/// So many matches of each word are looked at to say how good a hit is: more of them seldom change it,
/// and some texts have thousands.
const RANKED: usize = 8;

/// The most bytes that a regular expression may take when it is made ready.
const LARGEST_PATTERN: usize = 1 << 20;

/// What is looked for. Two are equal when they were written alike.
#[derive(Debug, Clone)]
pub struct Query {
    text: String,
    /// The words and phrases that a text must have, the longest first.
    terms: Vec<Term>,
    /// What must be found in it besides.
    pattern: Pattern,
    /// What a text must not have.
    without: Vec<Term>,
    filter: Filter,
    /// What every source must have that one of the hits can come of: see `prefilter.rs`.
    words: Vec<Finder<'static>>,
}

/// What is looked for by a regular expression.
#[derive(Debug, Clone)]
enum Pattern {
    /// Nothing.
    None,
    /// What it matches.
    Expression(Box<Regex>),
    /// Nothing can be: what was typed is no regular expression, and why.
    Faulty(String),
}

/// How a text has all that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Matched {
    /// The first match, in bytes of the text.
    pub(super) first: Range<usize>,
    /// Whether the words themselves were found.
    pub(super) form: WordForm,
    /// How much of a word was found: of several words, the one that was found worst.
    pub(super) part: WordPart,
    /// How far apart the words are, in bytes.
    pub(super) spread: u32,
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Query {}

impl Query {
    /// Reads a query; of its words, no other forms are found. A quote that is not closed yet reaches
    /// to the end.
    pub fn parse(text: &str) -> Self {
        Self::in_language(text, "")
    }

    /// Reads a query about texts in a language, by its BCP 47 tag. Where there are rules for this
    /// language, other forms of its words are found too, but not where it has capitals.
    pub fn in_language(text: &str, language: &str) -> Self {
        let short: String = text.chars().take(LONGEST).collect();
        let text = clean_line(&short);
        let WrittenQuery { filter, words, without, pattern } = WrittenQuery::of(&text);
        let terms = terms_of(words, forms::algorithm(language));
        let without = terms_of(without, None);
        let pattern = pattern.map_or(Pattern::None, pattern_of);
        let words = terms.iter().filter_map(Term::word).collect();
        Self { text, terms, pattern, without, filter, words }
    }

    /// The query as it was written, on one line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether nothing is looked for, and so nothing will be found.
    pub fn is_empty(&self) -> bool {
        match &self.pattern {
            Pattern::None => self.terms.is_empty() && !self.filter.lists(),
            Pattern::Expression(_) => false,
            Pattern::Faulty(_) => true,
        }
    }

    /// Why nothing can be looked for, if what was typed is not a regular expression.
    pub fn fault(&self) -> Option<&str> {
        match &self.pattern {
            Pattern::Faulty(why) => Some(why),
            Pattern::None | Pattern::Expression(_) => None,
        }
    }

    /// Where the words and phrases are in a text, whether or not all of them are: byte
    /// ranges of whole graphemes, in order and apart from each other.
    pub fn matches_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut matches = Vec::new();
        if !self.terms.is_empty() {
            let folded = Folded::of(text, Case::Folded);
            matches.extend(self.terms.iter().flat_map(|term| term.all_in(&folded, 0, text)));
        }
        match &self.pattern {
            Pattern::None => {}
            Pattern::Expression(pattern) => matches.extend(all_of(pattern, text)),
            // Nothing is searched for, so nothing is marked.
            Pattern::Faulty(_) => matches.clear(),
        }
        matches.sort_unstable_by_key(|range| (range.start, range.end));
        matches.dedup_by(|next, last| {
            let overlap = next.start < last.end;
            if overlap {
                last.end = last.end.max(next.end);
            }
            overlap
        });
        matches
    }

    /// Returns whether a text has everything that is looked for.
    #[cfg(test)]
    pub(super) fn all_in(&self, text: &str) -> bool {
        self.matched_in(&Folded::of(text, Case::Folded), 0, text).is_some()
    }

    /// Where it is looked for.
    pub(super) fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The words and phrases that every text must have, the longest first.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Words that every source must have from which a hit can come.
    pub(super) fn words(&self) -> &[Finder<'static>] {
        &self.words
    }

    /// How one of the folded texts matches, if it has everything that is looked for.
    pub(super) fn matched_in(&self, folded: &Folded, index: usize, original: &str) -> Option<Matched> {
        let is_in = |term: &Term| term.places(folded, index, original).next().is_some();
        if self.without.iter().any(is_in) {
            return None;
        }
        match (&self.pattern, self.terms.as_slice()) {
            (Pattern::Faulty(_), _) => None,
            // Whatever the filter lets through.
            (Pattern::None, []) => {
                Some(Matched { first: 0..0, form: WordForm::Same, part: WordPart::Whole, spread: 0 })
            }
            (Pattern::None, terms) => matched(terms, folded, index, original),
            (Pattern::Expression(pattern), []) => matched_by(pattern, original),
            (Pattern::Expression(pattern), terms) => {
                let words = matched(terms, folded, index, original)?;
                let other = matched_by(pattern, original)?;
                let first = earlier(Some(words.first), &other.first);
                Some(Matched { first, part: words.part.max(other.part), ..words })
            }
        }
    }
}

/// How a text matches a regular expression, if it does.
fn matched_by(pattern: &Regex, original: &str) -> Option<Matched> {
    let first = all_of(pattern, original).next()?;
    let parts = all_of(pattern, original).take(RANKED);
    let part = parts.map(|range| WordPart::of(original, &range)).min()?;
    Some(Matched { first, form: WordForm::Same, part, spread: 0 })
}

/// How one of the folded texts matches, if it has all of these terms.
fn matched(terms: &[Term], folded: &Folded, index: usize, original: &str) -> Option<Matched> {
    let mut first: Option<Range<usize>> = None;
    let (mut form, mut part) = (WordForm::Same, WordPart::Whole);
    let mut places = Vec::new();
    for (number, term) in terms.iter().enumerate() {
        let from = places.len();
        let same = term.places(folded, index, original).take(RANKED);
        let mut best = None;
        for place in same {
            let here = WordPart::of(folded.text(), &place);
            best = Some(best.map_or(here, |best: WordPart| best.min(here)));
            places.push((place, number));
            if terms.len() == 1 && best == Some(WordPart::Whole) {
                break;
            }
        }
        let Some(best) = best else {
            places.extend(term.forms_in(folded, index).take(RANKED).map(|place| (place, number)));
            form = WordForm::Other;
            first = Some(earlier(first, &places.get(from)?.0));
            continue;
        };
        first = Some(earlier(first, &places.get(from)?.0));
        part = part.max(best);
    }
    Some(Matched { first: folded.original(&first?), form, part, spread: spread(places, terms.len()) })
}

/// The one of two places that comes first; of two that begin together, the shorter one.
fn earlier(first: Option<Range<usize>>, place: &Range<usize>) -> Range<usize> {
    match first {
        Some(first) if (first.start, first.end) <= (place.start, place.end) => first,
        _ => place.clone(),
    }
}

/// A regular expression; without a capital letter, capitals do not matter.
fn pattern_of(text: &str) -> Pattern {
    if text.is_empty() {
        return Pattern::None;
    }
    let exact = text.replace("\\W", "").replace("\\S", "").replace("\\D", "").replace("\\B", "");
    let built = RegexBuilder::new(text)
        .case_insensitive(!exact.chars().any(char::is_uppercase))
        .multi_line(true)
        .size_limit(LARGEST_PATTERN)
        .dfa_size_limit(LARGEST_PATTERN)
        .build();
    match built {
        Ok(pattern) => Pattern::Expression(Box::new(pattern)),
        Err(regex::Error::CompiledTooBig(_)) => Pattern::Faulty("This expression is too large.".into()),
        Err(error) => {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            Pattern::Faulty(clean_line(&format!("Not a regular expression yet: {why}.")))
        }
    }
}

/// The matches of a regular expression that are not empty, as whole graphemes.
fn all_of<'t>(pattern: &'t Regex, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let whole = |found: regex::Match<'_>| {
        columns::floor_boundary(text, found.start())..columns::ceil_boundary(text, found.end())
    };
    pattern.find_iter(text).filter(|found| !found.is_empty()).map(whole)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests of fixed and generated text")]

    use super::*;
    use crate::search::grammar::QUOTES;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn found<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        Query::parse(query).matches_in(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn small_letters_find_capitals() {
        assert_eq!(found("hello", "Hello, HELLO"), ["Hello", "HELLO"]);
    }

    #[test]
    fn a_capital_letter_makes_capitals_matter() {
        assert_eq!(found("Hello", "Hello, hello, HELLO"), ["Hello"]);
        assert_eq!(found("É", "É é E e"), ["É", "E"]);
    }

    #[test]
    fn plain_letters_find_accents_and_the_other_way_round() {
        assert_eq!(found("cafe", "a café, a cafe\u{301}"), ["café", "cafe\u{301}"]);
        assert_eq!(found("café", "a cafe"), ["cafe"]);
    }

    #[test]
    fn straight_quotes_find_curly_ones_and_the_other_way_round() {
        assert_eq!(found("don't", "I don’t"), ["don’t"]);
        assert_eq!(found("don’t", "I don't"), ["don't"]);
    }

    #[test]
    fn any_dash_finds_any_dash() {
        assert_eq!(found("well-known", "well–known"), ["well–known"]);
    }

    #[test]
    fn words_are_found_one_by_one_and_phrases_whole() {
        let text = "the red house and the house";
        assert_eq!(found("red the", text), ["the", "red", "the"]);
        assert_eq!(found("\"the house\"", text), ["the house"]);
        assert_eq!(found("“the house”", text), ["the house"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_yet_is_a_phrase() {
        assert_eq!(found("\"the hou", "the red hou, the house"), ["the hou"]);
    }

    #[test]
    fn a_phrase_is_found_across_a_line_break_and_several_spaces() {
        assert_eq!(found("\"one two three\"", "one\ntwo   three"), ["one\ntwo   three"]);
    }

    #[test]
    fn matches_that_overlap_are_one() {
        assert_eq!(found("abc bcd", "abcd"), ["abcd"]);
    }

    #[test]
    fn whole_words_are_no_parts_of_others() {
        assert_eq!(found("word:rest", "arrest the rest, Rest. restless"), ["rest", "Rest"]);
        assert_eq!(found("word:cafe", "cafés, café"), ["café"]);
    }

    #[test]
    fn a_single_word_can_be_asked_for_whole_and_what_has_another_left_out() {
        assert_eq!(found("red word:rest", "arrest the red rest"), ["red", "rest"]);
        for (query, is_found) in [
            ("red -house", false),
            ("red -\"the house\"", true),
            ("red -\"red house\"", false),
            ("red -rest", true),
            ("red - house", false),
            ("red -word:use", true),
            ("red -word:house", false),
            ("red -word:\"red house\"", false),
            ("red -in:somewhere", true),
            ("red -in:notes", true),
            ("in:somewhere", false),
            ("a:red", false),
        ] {
            assert_eq!(Query::parse(query).all_in("A red house."), is_found, "{query}");
        }
        assert!(Query::parse("a:red").all_in("see a:red"));
    }

    #[test]
    fn what_only_leaves_out_or_only_names_a_lesson_looks_for_nothing() {
        for query in ["-red", "lesson:rest", "in:title", "-in:notes", "-lesson:rest", "-is:kept"] {
            assert!(Query::parse(query).is_empty(), "{query}");
        }
        for query in ["in:notes", "in:items", "is:kept", "in:title red"] {
            assert!(!Query::parse(query).is_empty(), "{query}");
        }
    }

    #[test]
    fn a_regular_expression_finds_what_it_says() {
        assert_eq!(found("regex:b.g+ing", "Begging, bagging, bing"), ["Begging", "bagging"]);
        assert_eq!(found("regex:B\\w+", "Begging, bagging"), ["Begging"]);
        assert_eq!(found("regex:one\\s+two", "one\ntwo"), ["one\ntwo"]);
        assert_eq!(found("regex:^b|x*", "a\nb"), ["b"]);
        assert_eq!(found("regex:e", "cafe\u{301} e"), ["e\u{301}", "e"]);
    }

    #[test]
    fn words_before_a_regular_expression_have_to_be_there_too() {
        let text = "He was begging, then he ran.";
        assert_eq!(found("begging regex:r.n", text), ["begging", "ran"]);
        for (query, is_found) in [
            ("begging regex:r.n", true),
            ("pleading regex:r.n", false),
            ("begging regex:r.x", false),
            ("-begging regex:r.n", false),
            ("begging regex:(r", false),
        ] {
            assert_eq!(Query::parse(query).all_in(text), is_found, "{query}");
        }
        let matched = |query: &str| Query::parse(query).matched_in(&Folded::of(text, Case::Folded), 0, text);
        assert_eq!(matched("begging regex:r.n").unwrap().first, 7..14);
        assert_eq!(matched("ran regex:.eg").unwrap().first, 7..10);
        assert_eq!(matched("begging regex:eg").unwrap().part, WordPart::Inside);
    }

    #[test]
    fn an_expression_that_is_not_finished_says_so_and_finds_nothing() {
        let query = Query::parse("regex:(beg");
        assert!(query.is_empty() && query.matches_in("beg").is_empty());
        let fault = query.fault().unwrap();
        assert!(fault.contains("unclosed group") && !fault.contains('\n'), "{fault}");
        assert!(Query::parse("regex:\\w{1000}{1000}").fault().unwrap().contains("too large"));
        assert!(Query::parse("regex:").fault().is_none());
    }

    #[test]
    fn nothing_finds_nothing() {
        for query in ["", "  ", "\"\"", "\" \"", "\u{301}"] {
            assert!(Query::parse(query).is_empty(), "{query:?}");
            assert!(found(query, "text").is_empty());
        }
    }

    #[test]
    fn half_an_emoji_is_never_marked() {
        let family = "👩\u{200d}👩\u{200d}👧";
        assert_eq!(found("👩", &format!("a {family} b")), [family]);
    }

    #[test]
    fn a_query_of_ten_megabytes_is_answered() {
        assert!(Query::parse(&"x ".repeat(5 << 20)).matches_in("y").is_empty());
    }

    proptest! {
        #[test]
        fn matches_are_whole_graphemes_in_order_and_apart(
            query in "[a-cé’\" A]{0,6}", text in "[a-céÉA’ \n\u{301}ß🇩🇪]{0,40}",
        ) {
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let mut last = 0;
            for range in Query::parse(&query).matches_in(&text) {
                prop_assert!(range.start >= last && range.end > range.start);
                prop_assert!(ends.contains(&range.start) && ends.contains(&range.end));
                last = range.end;
            }
        }

        #[test]
        fn any_piece_of_a_text_is_found_in_it(text in "\\PC{1,30}", from in 0..30usize, count in 1..8usize) {
            let from = from % text.graphemes(true).count();
            let piece: String = text.graphemes(true).skip(from).take(count).collect();
            let query = Query::parse(&format!("\"{}\"", piece.replace(QUOTES, " ")));
            prop_assume!(!query.is_empty() && !piece.contains(QUOTES));
            prop_assume!(clean_line(&piece) == piece && clean_line(&text) == text);
            prop_assert!(!query.matches_in(&text).is_empty(), "{piece:?} in {text:?}");
        }
    }
}
