//! Exercises of a course: what an author is told of those that are none, and which are found.

use super::{SOUND, folder};
use crate::course::{Course, check};
use crate::text::{ExerciseKind, Flavour};
use std::fmt::Write as _;
use std::fs;
use tempfile::TempDir;

const WRITE: &str = "> [!WRITE] my-limit\n> Your limit in a sentence.\n";
const CHOOSE: &str = "> [!CHOOSE] at-eleven\n> Which message?\n>\n> - [ ] \"Did you get it?\"\n>   It asks again.\n\
                      > - [x] None tonight.\n>   He has your message.\n";
const ASK: &str = "> [!ASK] want-or-must\n> When do people do a thing?\n>\n> ---\n>\n> When they can.\n";

/// A course of format 2 whose first lesson has these exercises.
fn with(exercises: &str) -> TempDir {
    let folder = folder(SOUND.replace("\"format\": 1", "\"format\": 2"));
    write(&folder, "one", exercises);
    folder
}

fn write(folder: &TempDir, lesson: &str, exercises: &str) {
    let words = "Some plain words stand here. ".repeat(10);
    let text = format!("# The first\n\n{words}\n\n## A section\n\n{exercises}");
    fs::write(folder.path().join(format!("lessons/{lesson}.md")), text).unwrap();
}

/// What the check says of the first lesson.
fn said(folder: &TempDir) -> Vec<String> {
    let faults = check(folder.path()).into_iter().map(|fault| fault.to_string());
    faults.filter_map(|fault| Some(fault.strip_prefix("lessons/one.md:")?.to_owned())).collect()
}

#[test]
fn whole_exercises_are_found_and_nothing_is_said_of_them() {
    let yours = "> [!YOURS] my-limit\n> What you wrote:\n";
    let folder = with(&[WRITE, CHOOSE, ASK, yours].join("\n"));
    assert_eq!(said(&folder), [""; 0]);
    let course = Course::open(folder.path()).unwrap();
    let exercises = course.document(0).exercises();
    let found: Vec<(&str, ExerciseKind, &str)> =
        exercises.iter().map(|one| (one.id.as_str(), one.kind, one.prompt.as_str())).collect();
    assert_eq!(
        found,
        [
            ("my-limit", ExerciseKind::Write, "Your limit in a sentence."),
            ("at-eleven", ExerciseKind::Choose, "Which message?"),
            ("want-or-must", ExerciseKind::Ask, "When do people do a thing?"),
            ("my-limit", ExerciseKind::Yours, "What you wrote:"),
        ]
    );
    let answers: Vec<(&str, &str, bool)> = exercises[1]
        .answers
        .iter()
        .map(|answer| (answer.text.as_str(), answer.shows.as_str(), answer.is_right))
        .collect();
    assert_eq!(
        answers,
        [("\"Did you get it?\"", "It asks again.", false), ("None tonight.", "He has your message.", true)]
    );
    assert_eq!(exercises[2].answer(), "When they can.");
    assert_eq!(course.lesson_to_write_in("my-limit"), Some(0));
    assert_eq!(course.lesson_to_write_in("want-or-must"), None);
}

#[test]
fn the_lesson_to_write_in_is_the_one_with_the_exercise_and_not_one_that_shows_how_it_is_written() {
    let folder = with(&format!("```text\n{WRITE}```\n"));
    write(&folder, "two", WRITE);
    let course = Course::open(folder.path()).unwrap();
    assert_eq!(course.lesson_to_write_in("my-limit"), Some(1));
    write(&folder, "two", &format!("{}\n\n{WRITE}", "Too long for exercises. ".repeat(6000)));
    let course = Course::open(folder.path()).unwrap();
    assert_eq!(course.lesson_to_write_in("my-limit"), None);
}

#[test]
fn an_exercise_that_became_none_is_reported_though_it_is_shown_again() {
    let yours = "> [!YOURS] my-limit\n> What you wrote:\n";
    let folder = with(&format!("{yours}\n<table><tr><td>\n\n{WRITE}\n</td></tr></table>\n"));
    let said = said(&folder);
    assert!(said.iter().any(|said| said.contains("an exercise cannot stand within HTML")), "{said:?}");
}

#[test]
fn what_keeps_a_quote_from_being_an_exercise_is_named() {
    let cases = [
        (WRITE.replace(" my-limit", ""), "the `[!WRITE]` has no id"),
        (WRITE.replace("my-limit", "my limit"), "`my limit` is not a valid id"),
        (format!("{WRITE}\n{WRITE}"), "another exercise of this lesson has the id `my-limit`"),
        ("> [!WRITE] my-limit\n".to_owned(), "the exercise `my-limit` asks nothing"),
        (
            CHOOSE.split("> - [x]").next().unwrap().replace("[ ]", "[x]"),
            "the exercise `at-eleven` has not 2 to 6 answers",
        ),
        (CHOOSE.replace("[x]", "[ ]"), "no answer of `at-eleven` is right"),
        (CHOOSE.replace(">   It asks again.\n", ""), "an answer of `at-eleven` does not say what it does"),
        (ASK.replace("> ---\n>\n", ""), "the question `want-or-must` has no answer behind a rule"),
        (ASK.replace(">\n> ---", "> ---"), "in `want-or-must` the line of `---` makes a heading"),
        (ASK.replace("> When they can.\n", ""), "the question `want-or-must` has no answer behind a rule"),
        (format!("- item\n\n  {}", WRITE.replace("\n>", "\n  >")), "stands within something else"),
        (format!("> {}", WRITE.replace("\n>", "\n> >")), "stands within something else"),
        (format!("<table><tr><td>\n\n{WRITE}\n"), "an exercise cannot stand within HTML"),
        ("> [!YOURS] my-limit\n> You wrote:\n".to_owned(), "no `[!WRITE]` has the id `my-limit`"),
        (format!("{WRITE}\n{}", ASK.replace("want-or-must", "My-Limit")), "only in capitals"),
        (
            ASK.replace("When they can.", &"when they can ".repeat(60)),
            "the answer has 180 words, more than 120",
        ),
    ];
    for (exercises, problem) in cases {
        let said = said(&with(&exercises));
        assert!(said.len() == 1 && said[0].contains(problem), "{exercises}\n{said:#?}\n{problem}");
    }
}

#[test]
fn an_id_is_of_one_exercise_in_the_whole_course() {
    let folder = with(WRITE);
    write(&folder, "two", &ASK.replace("want-or-must", "my-limit"));
    let faults: Vec<String> = check(folder.path()).iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "lessons/two.md:7:1: another exercise has the id `my-limit`, in lessons/one.md; change one of the two"
        ]
    );
}

#[test]
fn ten_thousand_exercises_are_bounded_and_said_once() {
    let mut many = String::new();
    for number in 0..10_000 {
        write!(many, "> [!WRITE] my-{number}\n> W\n\n").unwrap();
    }
    let folder = with(&many[..100_000]);
    let course = Course::open(folder.path()).unwrap();
    assert_eq!(course.document(0).exercises().len(), 200);
    let said = said(&folder);
    assert_eq!(said.iter().filter(|said| said.contains("more than 200 exercises")).count(), 1, "{said:?}");
    let folder = with(&many);
    let course = Course::open(folder.path()).unwrap();
    assert_eq!(course.document(0).exercises(), [], "a text that is read portion by portion has none");
    let said = self::said(&folder);
    assert!(said.iter().any(|said| said.contains("too long for exercises")), "{said:?}");
}

#[test]
fn in_format_1_they_stay_quotes_and_the_author_is_told() {
    let folder = folder(SOUND);
    write(&folder, "one", WRITE);
    let course = Course::open(folder.path()).unwrap();
    assert_eq!(course.lessons[0].flavour, Flavour::GitHub);
    assert_eq!(course.document(0).exercises(), []);
    assert_eq!(said(&folder).len(), 1);
    assert!(said(&folder)[0].contains("`[!WRITE]` is an exercise in format 2 alone"));
}
