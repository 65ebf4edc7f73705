//! Which hits come first.
//!
//! Owns the order of hits by what they are worth, and the few best ones. Must not know how a hit
//! was found, nor the order in which hits are listed.

use std::ops::Range;

/// How good a hit is; the less, the better. Of two that are equal, the first in reading order is
/// the better one.
///
/// The order of the fields is the order in which they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Whether the words themselves were found.
    pub form: WordForm,
    /// Where it was found.
    pub place: RankPlace,
    /// How much of a word was found: of several words, the one that was found worst.
    pub part: WordPart,
    /// How far apart the words are: the bytes from the first to the last, where they stand nearest
    /// to each other; 0 for a single word.
    pub spread: u32,
}

/// Whether a word was found as it was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordForm {
    /// It was.
    Same,
    /// Only another form of it was found, such as `begged` for `begging`.
    Other,
}

/// What a hit was found in, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RankPlace {
    /// The title of a lesson.
    Title,
    /// Another heading.
    Heading,
    /// An item of the checklist.
    Item,
    /// Any other text, and a note.
    Text,
}

/// How much of a word a match is, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordPart {
    /// All of it, or of several words.
    Whole,
    /// Its beginning.
    Beginning,
    /// Something within it, or its end.
    Inside,
}

/// The best hits among those that it was given, by their indices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Best {
    /// The best one first.
    ranked: Vec<(Rank, usize)>,
}

impl WordPart {
    /// How much of a word stands in this range of a text.
    pub(super) fn of(text: &str, range: &Range<usize>) -> Self {
        let before = text.get(..range.start).and_then(|before| before.chars().next_back());
        let after = text.get(range.end..).and_then(|after| after.chars().next());
        let goes_on = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        match (goes_on(before), goes_on(after)) {
            (false, false) => Self::Whole,
            (false, true) => Self::Beginning,
            (true, _) => Self::Inside,
        }
    }
}

impl Best {
    /// The most hits that are among the best.
    pub const MOST: usize = 5;

    /// Takes a hit in, if it is better than one of the best, or if there are too few of these.
    pub fn take(&mut self, rank: Rank, index: usize) {
        let at = self.ranked.partition_point(|other| *other <= (rank, index));
        if at < Self::MOST {
            self.ranked.truncate(Self::MOST - 1);
            self.ranked.insert(at, (rank, index));
        }
    }

    /// The indices of the best hits, the best one first.
    pub fn indices(&self) -> impl Iterator<Item = usize> {
        self.ranked.iter().map(|(_, index)| *index)
    }

    /// Returns whether a list of so many hits says the same: it has no others, and these in the same order.
    pub fn repeats(&self, hits: usize) -> bool {
        hits <= self.ranked.len() && self.indices().eq(0..hits)
    }
}

/// The length of the shortest stretch in which each of the terms stands at least once. `places` has
/// the place of each match and the number of its term; 0 where there is only one term.
pub(super) fn spread(mut places: Vec<(Range<usize>, usize)>, terms: usize) -> u32 {
    if terms < 2 {
        return 0;
    }
    places.sort_unstable_by_key(|(range, term)| (range.start, range.end, *term));
    let mut counts = vec![0_usize; terms];
    let (mut missing, mut shortest, mut first) = (terms, usize::MAX, 0);
    for (range, term) in &places {
        let Some(count) = counts.get_mut(*term) else { continue };
        missing -= usize::from(*count == 0);
        *count += 1;
        // What stands before, and stands again within, is left out.
        while missing == 0
            && let Some((earliest, other)) = places.get(first)
        {
            shortest = shortest.min(range.end.saturating_sub(earliest.start));
            if let Some(count) = counts.get_mut(*other) {
                *count -= 1;
                missing += usize::from(*count == 0);
            }
            first += 1;
        }
    }
    u32::try_from(shortest).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rank() -> impl Strategy<Value = Rank> {
        let place = prop::sample::select(vec![
            RankPlace::Title,
            RankPlace::Heading,
            RankPlace::Item,
            RankPlace::Text,
        ]);
        let part = prop::sample::select(vec![WordPart::Whole, WordPart::Beginning, WordPart::Inside]);
        let form = prop::sample::select(vec![WordForm::Same, WordForm::Other]);
        (form, place, part, 0..3_u32).prop_map(|(form, place, part, spread)| Rank {
            form,
            place,
            part,
            spread,
        })
    }

    #[test]
    fn a_match_is_a_word_its_beginning_or_inside_of_one() {
        for (text, range, part) in [
            ("to beg", 3..6, WordPart::Whole),
            ("“beg”", 3..6, WordPart::Whole),
            ("begging", 0..3, WordPart::Beginning),
            ("ébeg", 2..5, WordPart::Inside),
            ("abegs", 1..4, WordPart::Inside),
        ] {
            assert_eq!(WordPart::of(text, &range), part, "{text}");
        }
    }

    #[test]
    fn words_are_as_far_apart_as_where_they_stand_nearest() {
        let places = vec![(0..1, 0), (10..11, 1), (12..13, 0), (40..41, 1)];
        assert_eq!(spread(places, 2), 3);
        assert_eq!(spread(vec![(5..8, 0)], 1), 0);
    }

    proptest! {
        #[test]
        fn the_best_are_those_that_sorting_all_would_put_first(ranks in prop::collection::vec(rank(), 0..40)) {
            let mut best = Best::default();
            for (index, rank) in ranks.iter().enumerate() {
                best.take(*rank, index);
            }
            let mut all: Vec<usize> = (0..ranks.len()).collect();
            // A stable sort, so that what is equal stays in reading order.
            all.sort_by_key(|index| ranks.get(*index));
            all.truncate(Best::MOST);
            prop_assert_eq!(best.indices().collect::<Vec<_>>(), all);
        }

        #[test]
        fn the_form_counts_before_the_place_the_place_before_the_word_and_the_word_before_nearness(one in rank(), other in rank()) {
            let key = |rank: Rank| {
                let place = match rank.place {
                    RankPlace::Title => 0_u32,
                    RankPlace::Heading => 1,
                    RankPlace::Item => 2,
                    RankPlace::Text => 3,
                };
                let part = match rank.part {
                    WordPart::Whole => 0,
                    WordPart::Beginning => 1,
                    WordPart::Inside => 2,
                };
                let form = match rank.form {
                    WordForm::Same => 0,
                    WordForm::Other => 1,
                };
                form * 1000 + place * 100 + part * 10 + rank.spread
            };
            prop_assert_eq!(one.cmp(&other), key(one).cmp(&key(other)));
        }

        #[test]
        fn the_spread_is_the_shortest_of_all_choices(
            first in prop::collection::vec(0..60_usize, 1..6), second in prop::collection::vec(0..60_usize, 1..6),
        ) {
            let range = |at: usize| at..at + 2;
            let mut shortest = usize::MAX;
            for one in &first {
                for other in &second {
                    shortest = shortest.min(range(*one.max(other)).end - one.min(other));
                }
            }
            let places = first.iter().map(|at| (range(*at), 0)).chain(second.iter().map(|at| (range(*at), 1)));
            prop_assert_eq!(spread(places.collect(), 2) as usize, shortest);
        }
    }
}
