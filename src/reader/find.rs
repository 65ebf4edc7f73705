//! A query and what it found, as the state holds it: while it is typed, and afterwards.

use crate::page::Top;
use crate::reader::view::View;
use crate::search::{Best, Cursor, Hit, HitPlace, Progress, Query, WordSuggestion};
use crate::text::Position;
use std::sync::Arc;

/// A query and what it found.
#[derive(Debug, Clone, PartialEq)]
pub struct Find {
    /// The query.
    pub query: Query,
    /// The hits in the order in which they are walked. Shared, because the state is copied
    /// whenever an action may have to be taken back.
    pub hits: Arc<Vec<Hit>>,
    /// The best of them as they are shown above all others, by their indices. It changes until the
    /// search is over, but never in the selected row, and not once the cursor has gone below it.
    pub best: Vec<usize>,
    /// The best of them without regard to what is selected.
    ranking: Best,
    /// Whether there are more than are listed.
    pub more: bool,
    /// Where the search continues, as long as it is not complete.
    pub next: Option<Cursor>,
    /// What may have been meant, when little was found.
    pub suggestion: Option<WordSuggestion>,
    /// The selected row: the best hits come first, and then all hits.
    pub selected: usize,
}

impl Find {
    /// A search for a text in a course in this language, nothing found yet.
    pub fn new(text: &str, language: &str) -> Self {
        let query = Query::in_language(text, language);
        let next = (!query.is_empty()).then(Cursor::default);
        Self {
            query,
            hits: Arc::default(),
            best: Vec::new(),
            ranking: Best::default(),
            more: false,
            next,
            suggestion: None,
            selected: 0,
        }
    }

    /// What may help where nothing was found: a pattern is one only where it is named as such.
    pub fn advice(&self) -> Option<String> {
        let text = self.query.text();
        let is_pattern = [".*", ".+", "\\", "[", "|", "^", "$"].iter().any(|sign| text.contains(sign));
        (is_pattern && !text.contains("regex:")).then(|| format!("regex:{text} searches for a pattern."))
    }

    /// The selected hit.
    pub fn current(&self) -> Option<&Hit> {
        self.hits.get(self.index_at(self.selected))
    }

    /// How many rows there are: a hit that is among the best has two.
    pub fn rows(&self) -> usize {
        self.best.len() + self.hits.len()
    }

    /// The hit of a row, as an index into the hits.
    pub fn index_at(&self, row: usize) -> usize {
        self.best.get(row).copied().unwrap_or(row.saturating_sub(self.best.len()))
    }

    /// Selects a hit where all hits are listed.
    pub fn select(&mut self, hit: usize) {
        self.selected = self.best.len() + hit;
    }

    /// Adds what a step of the search found, unless it belongs to another search.
    pub fn take_progress(&mut self, query: &Query, progress: Progress) {
        if self.query != *query || self.next != Some(progress.from) {
            return;
        }
        let from = self.hits.len();
        for (index, hit) in (from..).zip(&progress.hits) {
            self.ranking.take(hit.rank, index);
        }
        Arc::make_mut(&mut self.hits).extend(progress.hits);
        // What would say only what the list says is not shown; where it was seen it stays.
        if from > 0 || progress.next.is_some() || !self.ranking.repeats(self.hits.len()) {
            self.show_best(from);
        }
        self.more |= progress.more;
        self.next = progress.next;
        self.suggestion = progress.suggestion;
    }

    /// Shows the best hits; `before` hits were there before. The selected one keeps its row.
    fn show_best(&mut self, before: usize) {
        let selected = self.best.get(self.selected).copied();
        if before > 0 && selected.is_none() {
            return;
        }
        self.best = self.ranking.indices().filter(|index| Some(*index) != selected).collect();
        if let Some(hit) = selected {
            self.best.truncate(Best::MOST - 1);
            self.best.insert(self.selected.min(self.best.len()), hit);
        }
    }
}

/// The lesson that a hit leads to, and what stands at the top there. A note has none.
pub fn target(hit: &Hit, view: &View) -> Option<(usize, Top)> {
    let course = view.world.course;
    let position = match hit.found {
        HitPlace::Title { .. } | HitPlace::Note { .. } => Position::default(),
        HitPlace::Block { block, .. } => Position { block, offset: hit.first.start },
        HitPlace::Item { item } => {
            let block = course.items.get(item).map_or(0, |item| course.passage(item));
            Position { block, offset: 0 }
        }
    };
    let lesson = hit.lesson(course)?;
    Some((lesson, view.world.paged_text(lesson)?.showing(position, view.text_height())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Rank, RankPlace, WordForm, WordPart};

    fn hit(block: usize, place: RankPlace) -> Hit {
        let rank = Rank { form: WordForm::Same, place, part: WordPart::Whole, spread: 0 };
        Hit { found: HitPlace::Block { lesson: 0, block }, first: 0..1, rank }
    }

    /// A search that is told of these hits, step by step.
    fn told(find: &mut Find, steps: &[&[RankPlace]], is_over: bool) {
        for (index, step) in steps.iter().enumerate() {
            let hits = (find.hits.len()..).zip(*step).map(|(block, place)| hit(block, *place)).collect();
            let next = (!is_over || index + 1 < steps.len()).then(Cursor::default);
            let progress = Progress { from: Cursor::default(), hits, more: false, next, suggestion: None };
            find.take_progress(&Query::parse("a"), progress);
        }
    }

    #[test]
    fn the_best_hits_stand_above_all_others_which_stay_in_reading_order() {
        use RankPlace::{Heading, Text, Title};
        let mut find = Find::new("a", "");
        told(&mut find, &[&[Text, Heading, Text, Title, Text, Text]], true);
        assert_eq!(find.best, [3, 1, 0, 2, 4]);
        let rows: Vec<usize> = (0..find.rows()).map(|row| find.index_at(row)).collect();
        assert_eq!(rows, [3, 1, 0, 2, 4, 0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_list_that_is_in_the_best_order_is_shown_once() {
        let mut find = Find::new("a", "");
        told(&mut find, &[&[RankPlace::Title, RankPlace::Text]], true);
        assert!(find.best.is_empty() && find.rows() == 2);
    }

    #[test]
    fn what_is_selected_keeps_its_row_while_better_hits_come() {
        use RankPlace::{Heading, Text, Title};
        let mut find = Find::new("a", "");
        told(&mut find, &[&[Text, Text, Heading]], false);
        assert_eq!(find.best, [2, 0, 1]);
        find.selected = 1;
        told(&mut find, &[&[Title, Title], &[Title, Title, Title]], true);
        assert_eq!(find.best, [3, 0, 4, 5, 6]);
        assert_eq!(find.index_at(find.selected), 0);
    }

    #[test]
    fn below_the_best_hits_nothing_moves_any_more() {
        let mut find = Find::new("a", "");
        told(&mut find, &[&[RankPlace::Text; 3]], false);
        find.selected = 4;
        told(&mut find, &[&[RankPlace::Title]], true);
        assert_eq!((find.best.clone(), find.index_at(4)), (vec![0, 1, 2], 1));
    }
}
