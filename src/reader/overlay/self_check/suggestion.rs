//! Where answers to the self-check lead: the outcomes, an order in which to read, items to begin
//! with, and what can be done with them.
//!
//! Must not know how questions are asked.

use crate::course::guide::Given;
use crate::course::{Course, Guide};
use crate::journal::{Choice, Chosen, Operation};
use crate::practice::Practice;
use crate::reader::outcome::{JournalChange, Selection};

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

/// A way on from the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOn {
    /// Open the page to read before any other.
    ReadFirst,
    /// Use the suggested reading order, and put the items on the reader's list.
    UsePlan,
    /// Look at the plan by weeks instead.
    Weeks,
    /// Leave; nothing is saved.
    Leave,
}

impl Suggestion {
    /// Where these answers lead: all outcomes that they reached, in order, with their lessons and
    /// items joined without repeats.
    pub fn of(given: &[Given], guide: &Guide) -> Self {
        let mut suggestion = Suggestion::default();
        for given in given {
            let answer =
                guide.questions.get(given.question).and_then(|question| question.answers.get(given.answer));
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

    /// The ways on. When the page to read first is part of it, that comes first; when it is all of
    /// it, there is no plan to use.
    pub fn ways_on(&self, course: &Course) -> Vec<WayOn> {
        let is_first = |lesson: &usize| Some(*lesson) == course.stop_first;
        let mut ways = Vec::new();
        if self.lessons.iter().any(is_first) {
            ways.push(WayOn::ReadFirst);
        }
        if !self.lessons.iter().all(is_first) || !self.items.is_empty() {
            ways.push(WayOn::UsePlan);
            ways.extend((!course.plan.is_empty()).then_some(WayOn::Weeks));
        }
        ways.push(WayOn::Leave);
        ways
    }

    /// A way on, in words.
    pub fn in_words(&self, way: WayOn) -> &'static str {
        match way {
            WayOn::ReadFirst => "Open the page to read first",
            WayOn::UsePlan if self.items.is_empty() => "Use this plan: the reading order",
            WayOn::UsePlan => "Use this plan: the reading order, and the items for my list",
            WayOn::Weeks => "Look at the plan by weeks; these answers wait meanwhile",
            WayOn::Leave => "Leave; nothing is saved",
        }
    }

    /// The change that uses it: the order, and the items on the reader's list. The plan by weeks is
    /// left, because its order was followed before this one. These keys take the reader on, and the
    /// change back.
    pub fn change(&self, practice: Practice, course: &Course, read_on: &str, undo: &str) -> JournalChange {
        let lessons: Vec<_> =
            self.lessons.iter().filter_map(|index| Some(course.lessons.get(*index)?.id.clone())).collect();
        let items: Vec<_> =
            self.items.iter().filter_map(|index| Some(course.items.get(*index)?.id.clone())).collect();
        let message = format!(
            "Added: {} lessons and {} items. {read_on} opens the first; {undo} takes it back.",
            lessons.len(),
            items.len()
        );
        let selection = items.first().map_or(Selection::Unchanged, |item| Selection::OnMyList(item.clone()));
        let listed = items.into_iter().map(|item| Chosen::Listed { item, listed: true });
        let operations = std::iter::once(Chosen::Route { lessons })
            .chain(listed)
            .map(|chosen| Operation::Choice(Choice { course: course.id.clone(), chosen }))
            .chain(practice.leaving_plan())
            .collect();
        let change = JournalChange::new("the suggested order and items".into(), operations);
        change.saying(message).selecting(selection)
    }
}

fn push_new(list: &mut Vec<usize>, index: usize) {
    if !list.contains(&index) {
        list.push(index);
    }
}
