//! Where the answers of a self-check lead: what to read, and which items to begin with.
//!
//! Owns how several outcomes are joined, and what is recorded when the reader uses the plan. Must
//! not know how she was asked, and must not keep an answer.

use crate::course::{Course, Guide, ItemId};
use crate::journal::{Choice, Chosen, Operation};

/// The most items that are suggested at once: more would be too many to begin with.
pub const MOST_ITEMS: usize = 5;

/// Where the answers lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestion {
    /// The outcomes, as indices into [`Guide::outcomes`].
    pub outcomes: Vec<usize>,
    /// The lessons in the order in which to read them, as indices into the course's.
    pub lessons: Vec<usize>,
    /// The items to begin with, as indices into the course's.
    pub items: Vec<usize>,
}

impl Suggestion {
    /// Where these answers lead, each given as the indices of a question and of its answer: all
    /// outcomes that they reached, in order, with their lessons and items joined without repeats.
    pub fn of(guide: &Guide, answers: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut suggestion = Self::default();
        for (question, answer) in answers {
            let answer = guide.questions.get(question).and_then(|question| question.answers.get(answer));
            if let Some(outcome) = answer.and_then(|answer| answer.outcome) {
                push_new(&mut suggestion.outcomes, outcome);
            }
        }
        if suggestion.outcomes.is_empty() {
            suggestion.outcomes.push(guide.otherwise);
        }
        for outcome in suggestion.outcomes.iter().filter_map(|index| guide.outcomes.get(*index)) {
            for lesson in &outcome.lessons {
                push_new(&mut suggestion.lessons, *lesson);
            }
            for item in &outcome.items {
                push_new(&mut suggestion.items, *item);
            }
        }
        suggestion.items.truncate(MOST_ITEMS);
        suggestion
    }

    /// Returns whether it has the page to read before any other.
    pub fn has_first_page(&self, course: &Course) -> bool {
        self.lessons.iter().any(|lesson| Some(*lesson) == course.stop_first)
    }

    /// Returns whether there is a plan to use: the page to read first alone is none.
    pub fn has_plan(&self, course: &Course) -> bool {
        !self.lessons.iter().all(|lesson| Some(*lesson) == course.stop_first) || !self.items.is_empty()
    }

    /// The items to begin with, by their ids.
    pub fn item_ids(&self, course: &Course) -> Vec<ItemId> {
        self.items.iter().filter_map(|index| Some(course.items.get(*index)?.id.clone())).collect()
    }

    /// The operations that use the plan: its order of lessons, and its items on the reader's list.
    pub fn operations(&self, course: &Course) -> Vec<Operation> {
        let lessons = self.lessons.iter().filter_map(|index| Some(course.lessons.get(*index)?.id.clone()));
        let route = Chosen::Route { lessons: lessons.collect() };
        let items = self.item_ids(course).into_iter().map(|item| Chosen::Listed { item, listed: true });
        std::iter::once(route)
            .chain(items)
            .map(|chosen| Operation::Choice(Choice { course: course.id.clone(), chosen }))
            .collect()
    }
}

fn push_new(list: &mut Vec<usize>, index: usize) {
    if !list.contains(&index) {
        list.push(index);
    }
}
