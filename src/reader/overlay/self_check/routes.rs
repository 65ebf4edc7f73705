//! Every way through the self-check of the built-in course, and what is suggested at its end.
//!
//! Owns what holds for all of its routes, whatever its lessons say. Must not store an answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use super::suggestion::{MOST_ITEMS, Suggestion};
use crate::course::guide::Given;
use crate::course::{Course, Guide, Side};
use std::collections::HashSet;

/// The longest reading order, in lessons.
const LONGEST: usize = 8;

/// What ends the questions before they come to the marriage: help comes first.
const STOPS: [&str; 5] = ["stop-afraid", "stop-harm", "stop-drink", "drink-his", "stop-coping"];

/// The questions that come first.
const SAFETY: [&str; 4] = ["afraid", "harm", "drink", "coping"];

/// The answers that leave a question open; the last two of each.
const OPEN: [&str; 2] = ["Not sure", "Rather not say"];

/// Where answers have to lead: a question, the beginning of an answer, and the outcome.
const FITTING: [(&str, &str, &str); 29] = [
    ("afraid", "Yes", "stop-afraid"),
    ("harm", "Yes", "stop-harm"),
    ("drink", "Yes, with me, or with both", "stop-drink"),
    ("drink", "Yes, with him", "drink-his"),
    ("coping", "Yes", "stop-coping"),
    ("want", "Yes", "wants-out"),
    ("want", "Not sure", "want-open"),
    ("done", "He has moved out", "living-apart"),
    ("done", "He has filed", "divorcing"),
    ("done", "He says that he will go. He still lives here and has done nothing", "still-here"),
    ("done", "He stormed out", "stormed-out"),
    ("kind", "Heated", "heated"),
    ("kind", "Distant", "distant"),
    ("kind", "Both", "both-kinds"),
    ("kind", "Not sure", "kind-open"),
    ("value", "Yes", "values"),
    ("value", "No", "no-longer-values"),
    ("value", "Not sure", "value-open"),
    ("talk", "He talks", "talks"),
    ("talk", "He is here, and is silent", "silent"),
    ("talk", "He says that it is settled", "decided"),
    ("talk", "He has gone", "gone-silent"),
    ("talk", "Not sure", "still-open"),
    ("talk", "Rather not say", "still-open"),
    ("talk-at-home", "He talks", "talks"),
    ("talk-at-home", "He is here, and is silent", "silent"),
    ("talk-at-home", "He says that it is settled", "decided"),
    ("talk-at-home", "Not sure", "still-open"),
    ("talk-at-home", "Rather not say", "still-open"),
];

/// One way through the questions, and what it ends in.
struct Route {
    given: Vec<Given>,
    suggestion: Suggestion,
}

impl Route {
    /// The ids of what is suggested to be read, in this order.
    fn lessons<'a>(&self, course: &'a Course) -> Vec<&'a str> {
        self.suggestion.lessons.iter().map(|lesson| course.lessons[*lesson].id.as_str()).collect()
    }

    /// The ids of the outcomes.
    fn outcomes<'a>(&self, guide: &'a Guide) -> Vec<&'a str> {
        self.suggestion.outcomes.iter().map(|outcome| guide.outcomes[*outcome].id.as_str()).collect()
    }

    /// Returns whether it ended at a question about safety.
    fn stops(&self, guide: &Guide) -> bool {
        self.outcomes(guide).iter().any(|outcome| STOPS.contains(outcome))
    }

    /// The answers, to name the route by.
    fn answers(&self, guide: &Guide) -> String {
        let answers = self.given.iter().map(|given| &guide.questions[given.question].answers[given.answer]);
        answers.map(|answer| answer.text.as_str()).collect::<Vec<_>>().join(" / ")
    }
}

fn course() -> Course {
    Course::built_in("reconcile").unwrap()
}

/// Walks every route, and returns how many there are.
fn each_route(guide: &Guide, mut visit: impl FnMut(&Route)) -> usize {
    let mut routes = 0;
    let mut unfinished = vec![(Vec::new(), guide.start)];
    while let Some((before, question)) = unfinished.pop() {
        for (answer, chosen) in guide.questions[question].answers.iter().enumerate() {
            let mut given = before.clone();
            given.push(Given { question, answer });
            if let Some(next) = chosen.next(&given) {
                unfinished.push((given, next));
                continue;
            }
            let suggestion = Suggestion::of(&given, guide);
            visit(&Route { given, suggestion });
            routes += 1;
        }
    }
    routes
}

#[test]
fn every_route_has_what_to_avoid_and_what_to_embrace_and_is_short() {
    let course = course();
    let guide = course.guide().unwrap();
    let routes = each_route(guide, |route| {
        let (lessons, answers) = (route.lessons(&course), route.answers(guide));
        assert!((1..=LONGEST).contains(&lessons.len()), "{answers}: {lessons:?}");
        if route.stops(guide) {
            return;
        }
        for needed in ["what-to-avoid", "what-to-embrace"] {
            assert!(lessons.contains(&needed), "{answers}: no {needed} in {lessons:?}");
        }
    });
    assert!(routes > 100_000, "only {routes} routes were walked");
}

#[test]
fn every_route_begins_with_items_of_both_sides_and_none_is_left_out() {
    let course = course();
    let guide = course.guide().unwrap();
    each_route(guide, |route| {
        let answers = route.answers(guide);
        let reached = route.suggestion.outcomes.iter().flat_map(|outcome| &guide.outcomes[*outcome].items);
        let reached: HashSet<&usize> = reached.collect();
        assert_eq!(reached.len(), route.suggestion.items.len(), "{answers}: more than {MOST_ITEMS} items");
        if !route.stops(guide) {
            for side in [Side::Avoid, Side::Embrace] {
                let has = route.suggestion.items.iter().any(|item| course.items[*item].side == side);
                assert!(has, "{answers}: nothing on the side {side:?}");
            }
        }
    });
}

#[test]
fn where_somebody_may_be_in_danger_the_page_to_read_first_comes_first() {
    let course = course();
    let guide = course.guide().unwrap();
    each_route(guide, |route| {
        let is_open = |given: &Given| {
            let question = &guide.questions[given.question];
            SAFETY.contains(&question.id.as_str())
                && OPEN.contains(&question.answers[given.answer].text.as_str())
        };
        if route.stops(guide) || route.given.iter().any(is_open) {
            assert_eq!(
                route.suggestion.lessons.first().copied(),
                course.stop_first,
                "{}",
                route.answers(guide)
            );
        }
    });
}

#[test]
fn every_answer_leads_to_an_outcome_that_fits() {
    let course = course();
    let guide = course.guide().unwrap();
    let outcome_of = |answer: Option<usize>| answer.map(|outcome| guide.outcomes[outcome].id.as_str());
    for (question, beginning, outcome) in FITTING {
        let asked = guide.questions.iter().find(|asked| asked.id == question).unwrap();
        let answer = asked.answers.iter().find(|answer| answer.text.starts_with(beginning));
        let answer = answer.unwrap_or_else(|| panic!("{question} has no answer {beginning:?}"));
        assert_eq!(outcome_of(answer.outcome), Some(outcome), "{question}: {}", answer.text);
    }
    for question in &guide.questions {
        for answer in &question.answers {
            let named = outcome_of(answer.outcome);
            let fitting = FITTING
                .iter()
                .any(|(asked, beginning, _)| *asked == question.id && answer.text.starts_with(beginning));
            // A no to a question about safety, and what is left open, leads on without a word.
            let leads_on =
                !answer.next.is_empty() && matches!(named, None | Some("look-first" | "want-open"));
            let is_open = OPEN.contains(&answer.text.as_str());
            assert!(fitting || leads_on || is_open, "{}: {} leads to {named:?}", question.id, answer.text);
        }
    }
    let used: HashSet<&str> = guide
        .questions
        .iter()
        .flat_map(|question| &question.answers)
        .filter_map(|a| outcome_of(a.outcome))
        .collect();
    assert_eq!(used.len(), guide.outcomes.len(), "an outcome is reached by no answer");
}

#[test]
fn every_question_can_be_left_open_and_says_why_it_is_asked() {
    let course = course();
    for question in &course.guide().unwrap().questions {
        let last: Vec<&str> =
            question.answers.iter().rev().take(2).rev().map(|answer| answer.text.as_str()).collect();
        assert_eq!(last, OPEN, "{}", question.id);
        assert!(!question.why.is_empty(), "{}", question.id);
    }
}

#[test]
fn who_lives_with_him_is_not_asked_whether_he_has_gone() {
    let course = course();
    let guide = course.guide().unwrap();
    let mut at_home = 0;
    each_route(guide, |route| {
        let outcomes = route.outcomes(guide);
        if outcomes.contains(&"still-here") {
            let last = guide.questions[route.given.last().unwrap().question].id.as_str();
            assert_eq!(last, "talk-at-home", "{}", route.answers(guide));
            assert!(!outcomes.contains(&"gone-silent"), "{}", route.answers(guide));
            at_home += 1;
        }
    });
    assert!(at_home > 0, "no route for a husband who still lives at home");
}
