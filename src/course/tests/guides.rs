//! The self-check: every id in it leads somewhere, and every path ends.

use super::{folder, reported, with_guide};
use crate::course::Course;

fn changed(from: &str, to: &str) -> Vec<String> {
    let guide = with_guide();
    assert!(guide.contains(from), "nothing to change: {from}");
    reported(&folder(guide.replace(from, to)))
}

#[test]
fn a_sound_guide_is_read() {
    let guide = Course::open(folder(with_guide()).path()).unwrap().guide().unwrap().clone();
    assert_eq!(guide.questions.len(), 2);
    let first = guide.questions.first().unwrap();
    let leads: Vec<_> = first.answers.iter().map(|answer| (answer.next(&[]), answer.outcome)).collect();
    assert_eq!(leads, [(Some(1), None), (None, Some(0))]);
    assert_eq!(guide.outcomes.last().unwrap().lessons, [1, 0]);
    assert_eq!(guide.otherwise, 1);
}

#[test]
fn an_answer_that_leads_nowhere_is_reported() {
    assert_eq!(
        changed("\"next\": \"second\"", "\"next\": \"secnd\""),
        ["course.json:28:34: there is no question `secnd`; did you mean `second`?"]
    );
}

#[test]
fn an_unknown_outcome_lesson_and_item_are_all_reported() {
    let manifest = with_guide()
        .replace("\"outcome\": \"stay\"", "\"outcome\": \"stray\"")
        .replace("\"lessons\": [\"one\"]", "\"lessons\": [\"won\"]")
        .replace("\"items\": [\"pause\"]", "\"items\": [\"paws\"]");
    assert_eq!(reported(&folder(manifest)).len(), 3);
}

#[test]
fn a_question_that_leads_back_to_itself_is_reported() {
    let reported = changed("{ \"text\": \"Rather not say\" }", "{ \"text\": \"Back\", \"next\": \"first\" }");
    assert_eq!(
        reported,
        [
            "course.json:27:15: the question `first` leads back to itself; break the loop of `next`",
            "course.json:31:15: the question `second` leads back to itself; break the loop of `next`",
        ]
    );
}

#[test]
fn a_question_without_answers_is_reported() {
    let reported = changed("{ \"text\": \"Rather not say\" }", "");
    assert_eq!(reported.len(), 1);
}
