//! A word or a phrase that is looked for, and where it is in a folded text.
//!
//! Must not know of the other words of a query.

use crate::search::folding::{Case, Folded};
use crate::search::forms::Forms;
use crate::search::prefilter;
use crate::search::ranking::WordPart;
use memchr::memmem::Finder;
use rust_stemmers::Algorithm;
use std::ops::Range;

/// How much of a word a match may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordExtent {
    /// Any part of it.
    Any,
    /// All of it.
    Whole,
}

/// A word or a phrase.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// Finds it, folded.
    finder: Finder<'static>,
    /// It with its capitals, when they matter.
    exact: Option<Finder<'static>>,
    extent: WordExtent,
    /// Its other forms, where the language has rules for them.
    forms: Option<Forms>,
}

impl Term {
    /// A word or a phrase; none where nothing is left of it. Its forms are found too where a language
    /// is given.
    pub(super) fn new(
        word: &str,
        case: Case,
        extent: WordExtent,
        language: Option<Algorithm>,
    ) -> Option<Self> {
        let folded = |case| {
            let folded = Folded::of(word, case);
            folded.text().get(folded.range(0)).unwrap_or_default().trim().to_owned()
        };
        let needle = folded(Case::Folded);
        let finder = |needle: &str| Finder::new(needle.as_bytes()).into_owned();
        let exact = (case == Case::Kept).then(|| finder(&folded(Case::Kept)));
        let forms = match (case, extent) {
            (Case::Folded, WordExtent::Any) => language.and_then(|language| Forms::of(&needle, language)),
            (Case::Kept, _) | (_, WordExtent::Whole) => None,
        };
        (!needle.is_empty()).then(|| Self { finder: finder(&needle), exact, extent, forms })
    }

    /// What of it must stand in a source.
    pub(super) fn word(&self) -> Option<Finder<'static>> {
        let needle = std::str::from_utf8(self.gate().needle()).ok()?;
        prefilter::word(needle).map(|word| Finder::new(word.as_bytes()).into_owned())
    }

    /// What is looked for without its capitals, and with them if they matter.
    pub(super) fn needles(&self) -> (&[u8], Option<&[u8]>) {
        (self.finder.needle(), self.exact.as_ref().map(Finder::needle))
    }

    /// Finds in folded text what stands wherever the term or a form of it does, capitals aside.
    pub(super) fn gate(&self) -> &Finder<'static> {
        self.forms.as_ref().map_or(&self.finder, Forms::root)
    }

    /// Where the term and its forms are in one of the folded texts, as ranges of its original.
    pub(super) fn all_in<'t>(
        &'t self,
        folded: &'t Folded,
        index: usize,
        original: &'t str,
    ) -> impl Iterator<Item = Range<usize>> + 't {
        let forms = self.forms_in(folded, index);
        self.places(folded, index, original).chain(forms).map(|place| folded.original(&place))
    }

    /// Where the term is in one of the folded texts, as ranges of what is folded.
    pub(super) fn places<'t>(
        &'t self,
        folded: &'t Folded,
        index: usize,
        original: &'t str,
    ) -> impl Iterator<Item = Range<usize>> + 't {
        let within = folded.range(index);
        let start = within.start;
        let text = folded.text().as_bytes().get(within).unwrap_or_default();
        let length = self.finder.needle().len();
        self.finder
            .find_iter(text)
            .map(move |at| start + at..start + at + length)
            .filter(|place| self.accepts(|| folded.original(place), original))
    }

    /// Where forms of the term are in one of the folded texts, and it itself as a word, as ranges of
    /// what is folded.
    pub(super) fn forms_in<'t>(
        &'t self,
        folded: &'t Folded,
        index: usize,
    ) -> impl Iterator<Item = Range<usize>> + 't {
        self.forms.iter().flat_map(move |forms| forms.places(folded.text(), folded.range(index)))
    }

    /// Returns whether a match counts, by its capitals and by whether it must be a whole word.
    fn accepts(&self, range: impl Fn() -> Range<usize>, original: &str) -> bool {
        (self.exact.is_none() || self.is_exact(original.get(range()).unwrap_or_default()))
            && (self.extent == WordExtent::Any || WordPart::of(original, &range()) == WordPart::Whole)
    }

    /// Returns whether a match is one with its capitals too, if they matter.
    fn is_exact(&self, matched: &str) -> bool {
        self.exact
            .as_ref()
            .is_none_or(|exact| exact.find(Folded::of(matched, Case::Kept).text().as_bytes()).is_some())
    }
}
