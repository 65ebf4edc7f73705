//! What a query asks for, as it is written: words that must be there, words that must not, where to look.
//!
//! Owns which of its pieces is what. Where one ends is known by [`crate::search::grammar`]. Must not search.

use crate::search::filter::Filter;
use crate::search::folding::Case;
use crate::search::grammar::{PieceKind, QueryPiece, Sense, WHOLE_WORD, pieces};
use crate::search::term::{Term, WordExtent};
use rust_stemmers::Algorithm;

/// A query as it is written.
#[derive(Default)]
pub(super) struct WrittenQuery<'t> {
    /// Where it is looked for.
    pub(super) filter: Filter,
    /// What must be there.
    pub(super) words: Vec<(QueryPiece<'t>, WordExtent)>,
    /// What must not be there.
    pub(super) without: Vec<(QueryPiece<'t>, WordExtent)>,
    /// A regular expression for what must be there besides.
    pub(super) pattern: Option<&'t str>,
}

impl<'t> WrittenQuery<'t> {
    /// Reads a query.
    pub(super) fn of(text: &'t str) -> Self {
        let (text, default) = match text.strip_prefix(WHOLE_WORD) {
            Some(rest) => (rest, WordExtent::Whole),
            None => (text, WordExtent::Any),
        };
        let mut written = Self::default();
        for piece in pieces(text) {
            if piece.kind == PieceKind::Pattern {
                written.pattern = Some(piece.value);
                continue;
            }
            if written.filter.take(piece.key, piece.value, piece.sense) {
                continue;
            }
            let is_whole = piece.key == WHOLE_WORD;
            // What is no filter is looked for as it stands there.
            let is_as_written = !is_whole && piece.kind == PieceKind::Word;
            let word = QueryPiece { value: if is_as_written { piece.whole } else { piece.value }, ..piece };
            let extent = |other| if is_whole { WordExtent::Whole } else { other };
            match piece.sense {
                Sense::With => written.words.push((word, extent(default))),
                Sense::Without => written.without.push((word, extent(WordExtent::Any))),
            }
        }
        written
    }
}

/// The words and phrases of a query, the longest first: it is the rarest, as a rule, and
/// leaves the least to be looked at.
pub(super) fn terms_of(words: Vec<(QueryPiece<'_>, WordExtent)>, language: Option<Algorithm>) -> Vec<Term> {
    let has_capital = |(piece, _): &(QueryPiece<'_>, WordExtent)| piece.value.chars().any(char::is_uppercase);
    let case = if words.iter().any(has_capital) { Case::Kept } else { Case::Folded };
    let new = |(piece, extent): (QueryPiece<'_>, WordExtent)| {
        Term::new(piece.value, case, extent, language.filter(|_| piece.kind == PieceKind::Word))
    };
    let mut terms: Vec<Term> = words.into_iter().filter_map(new).collect();
    terms.sort_by(|one, other| {
        let (one, other) = (one.needles(), other.needles());
        other.0.len().cmp(&one.0.len()).then_with(|| one.cmp(&other))
    });
    terms.dedup_by(|one, other| one.needles() == other.needles());
    terms
}
