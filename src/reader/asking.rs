//! The course's self-check while it is answered: plain data, and what the answers come to.
//!
//! Answers live here for as long as the questions are open, and nowhere else. Must not
//! keep them.

use crate::course::{Course, Guide};

/// The most items that are suggested at once: more would be too many to begin with.
pub const MOST_ITEMS: usize = 5;

/// The questions, somewhere between the introduction and the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The answers so far.
    pub given: Vec<Given>,
    /// What is shown.
    pub step: Step,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The question, as an index into [`Guide::questions`].
    pub question: usize,
    /// The answer, as an index into the question's.
    pub answer: usize,
}

/// One screen of the self-check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What to know before the first question.
    Introduction,
    /// A question.
    Question {
        /// As an index into [`Guide::questions`].
        question: usize,
        /// The selected answer.
        chosen: usize,
    },
    /// Where the answers lead.
    End {
        /// The first line in sight.
        top: usize,
        /// The selected one of the [`endings`].
        chosen: usize,
    },
}

/// What the answers come to.
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
pub enum Ending {
    /// Open the page to read before any other.
    StopFirst,
    /// Keep the suggested route, and put the items on her list.
    TakeOver,
    /// Keep nothing.
    Leave,
}

impl Asking {
    /// At the introduction.
    pub fn begin() -> Self {
        Self { given: Vec::new(), step: Step::Introduction }
    }

    /// What the answers so far come to: all outcomes that they led to, in order, with their
    /// lessons and items joined without repeats.
    pub fn suggestion(&self, guide: &Guide) -> Suggestion {
        let mut suggestion = Suggestion::default();
        for given in &self.given {
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
}

/// The ways on from a suggestion. When the page to read first is part of it, that comes
/// first; when it is all of it, there is nothing to take over.
pub fn endings(suggestion: &Suggestion, course: &Course) -> Vec<Ending> {
    let is_stop = |lesson: &usize| Some(*lesson) == course.stop_first;
    let mut endings = Vec::new();
    if suggestion.lessons.iter().any(is_stop) {
        endings.push(Ending::StopFirst);
    }
    if !suggestion.lessons.iter().all(is_stop) || !suggestion.items.is_empty() {
        endings.push(Ending::TakeOver);
    }
    endings.push(Ending::Leave);
    endings
}

fn push_new(list: &mut Vec<usize>, index: usize) {
    if !list.contains(&index) {
        list.push(index);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn asked(answers: &[usize]) -> (Course, Suggestion) {
        let course = Course::built_in("reconcile").unwrap();
        let guide = course.guide.as_ref().unwrap();
        let mut asking = Asking::begin();
        let mut question = Some(guide.start);
        for answer in answers {
            let at = question.unwrap();
            asking.given.push(Given { question: at, answer: *answer });
            question = guide.questions.get(at).unwrap().answers.get(*answer).unwrap().next;
        }
        let suggestion = asking.suggestion(guide);
        (course, suggestion)
    }

    #[test]
    fn fear_leads_to_the_page_to_read_first_and_to_nothing_else() {
        let (course, suggestion) = asked(&[0]);
        assert_eq!(suggestion.lessons, vec![course.stop_first.unwrap()]);
        assert_eq!(endings(&suggestion, &course), vec![Ending::StopFirst, Ending::Leave]);
    }

    #[test]
    fn outcomes_are_joined_without_repeats_and_items_are_few() {
        let (course, suggestion) = asked(&[1, 1, 1, 1, 1, 0, 0, 0, 0]);
        let mut lessons = suggestion.lessons.clone();
        lessons.sort_unstable();
        lessons.dedup();
        assert_eq!(lessons.len(), suggestion.lessons.len());
        assert!(suggestion.outcomes.len() > 2);
        assert!((1..=MOST_ITEMS).contains(&suggestion.items.len()));
        assert_eq!(endings(&suggestion, &course), vec![Ending::TakeOver, Ending::Leave]);
    }

    #[test]
    fn one_open_safety_question_puts_the_page_to_read_first_before_the_rest() {
        let (course, suggestion) = asked(&[2, 1, 1, 1, 1, 0, 0, 0, 0]);
        assert_eq!(suggestion.lessons.first().copied(), course.stop_first);
        assert_eq!(endings(&suggestion, &course), vec![Ending::StopFirst, Ending::TakeOver, Ending::Leave]);
    }

    #[test]
    fn no_answers_at_all_still_lead_somewhere() {
        let (_, suggestion) = asked(&[]);
        assert_eq!(suggestion.outcomes.len(), 1);
    }
}
