//! The self-check: every id in it leads somewhere, and every path ends.

use super::{folder, told, with_guide};
use crate::course::Course;

fn changed(from: &str, to: &str) -> Vec<String> {
    let guide = with_guide();
    assert!(guide.contains(from), "nothing to change: {from}");
    told(&folder(guide.replace(from, to)))
}

#[test]
fn a_sound_guide_is_read() {
    let guide = Course::open(folder(with_guide()).path()).unwrap().guide.unwrap();
    assert_eq!(guide.questions.len(), 2);
    let first = guide.questions.first().unwrap();
    let leads: Vec<_> = first.answers.iter().map(|answer| (answer.next, answer.outcome)).collect();
    assert_eq!(leads, [(Some(1), None), (None, Some(0))]);
    assert_eq!(guide.outcomes.last().unwrap().lessons, [1, 0]);
    assert_eq!(guide.otherwise, 1);
}

#[test]
fn an_answer_that_leads_nowhere_is_told() {
    assert_eq!(
        changed("\"next\": \"second\"", "\"next\": \"secnd\""),
        ["course.json:28:34: there is no question `secnd`; did you mean `second`?"]
    );
}

#[test]
fn an_unknown_outcome_lesson_and_item_are_all_told() {
    let manifest = with_guide()
        .replace("\"outcome\": \"stay\"", "\"outcome\": \"stray\"")
        .replace("\"lessons\": [\"one\"]", "\"lessons\": [\"won\"]")
        .replace("\"items\": [\"pause\"]", "\"items\": [\"paws\"]");
    assert_eq!(told(&folder(manifest)).len(), 3);
}

#[test]
fn a_question_that_leads_back_to_itself_is_told() {
    let told = changed("{ \"text\": \"Rather not say\" }", "{ \"text\": \"Back\", \"next\": \"first\" }");
    assert_eq!(
        told,
        [
            "course.json:27:15: the question `first` leads back to itself; break the circle of `next`",
            "course.json:31:15: the question `second` leads back to itself; break the circle of `next`",
        ]
    );
}

#[test]
fn a_question_without_answers_is_told() {
    let told = changed("{ \"text\": \"Rather not say\" }", "");
    assert_eq!(told.len(), 1);
}
