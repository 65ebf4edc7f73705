//! Exercises of lessons by commands and by plain lines: what is told, written, asked again, and taken
//! along.

use crate::{json_of, keys, sidelight, text};
use serde_json::Value;
use sidelight::course::{CourseId, ExerciseId, LessonId};
use sidelight::journal::{Choice, Chosen, Journal, Operation};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const WORDS: &str = "What the keys do at night";
const TOUR: [&str; 2] = ["--course", "tour"];

fn with<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&TOUR, arguments].concat()
}

/// The answers of the linear mode to these lines, on a day of November 2026.
fn told(home: &Path, day: u8, lines: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(with(&["--linear"]))
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SIDELIGHT_TODAY", format!("2026-11-{day}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn on(home: &Path, day: u8, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(with(arguments))
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SIDELIGHT_TODAY", format!("2026-11-{day}"))
        .output()
        .unwrap();
    text(&output)
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

/// Reads the lesson with the exercises to its end, and writes something.
fn read_and_written() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let lines = format!("read 6\n\n\n\nexercise 1 {WORDS}\n");
    let text = told(home.path(), 22, &lines);
    has(&text, &["It counts as read now.", "That stands in the text now.\nSaved."]);
    home
}

#[test]
fn by_plain_lines_exercises_are_numbered_told_and_answered() {
    let home = tempfile::tempdir().unwrap();
    let lines = format!(
        "read 6\n\n\n\nexercise 1\n{WORDS}\nexercise 2\n1\n2\nstop\nexercise 3\n\nexercise 9\nread 6\nexercise 1\n\n\
         exercise 1\n-\nundo\nask\n"
    );
    let text = told(home.path(), 22, &lines);
    has(
        &text,
        &[
            "Exercise 1, write: One thing that you would like to find out",
            "Nothing is written here yet.",
            "It has an exercise: exercise 1.",
            "Exercise 2, choose: You pressed a key",
            "1. More keys, until it looks right.",
            "Exercise 3, ask yourself: Which key hides all of this at once?",
            "The answer is told when you ask for it.",
            "That stands in the text now.\nSaved.",
            "More keys, until it looks right. Each of them does something too",
            "Esc, and then ?. This one fits. Esc goes one step back",
            "Enter tells the answer; stop leaves.",
            "Ctrl and g, at any moment.",
            "Say the number of an exercise of this lesson: up to 3.",
            &format!("Now: {WORDS}."),
            "It stays as it is.",
            "It is removed; undo brings it back.\nSaved.",
            "Undone. Now: What the keys do at night.",
            "No question is due today.",
        ],
    );
    let (lesson, _) = text.split_once(" stop leaves.").unwrap();
    has(lesson, &["1. More keys, until it looks right.", "2. Esc, and then help."]);
    for told in ["This one fits", "Each of them does something too", "Esc goes one step back", "Ctrl and g"] {
        assert!(!lesson.contains(told), "{told:?} is told before it is asked for\n{lesson}");
    }
    let again = told(home.path(), 22, "again 6\n\nread 9\n\n\n\n\n\n\n");
    has(&again, &[&format!("You wrote: {WORDS}"), "Exercise 1, your words: This is what you wanted"]);
}

#[test]
fn where_her_words_are_shown_the_next_line_is_a_command_again() {
    let home = read_and_written();
    let text = told(home.path(), 22, "read 9\nexercise 1\nread 2\n");
    has(&text, &["This is what you wanted", &format!("You wrote: {WORDS}."), "\nLesson: "]);
    assert_eq!(text.matches("Lesson: ").count(), 2, "the command behind it was swallowed\n{text}");
}

#[test]
fn a_question_is_asked_again_by_plain_lines() {
    let home = read_and_written();
    let text = told(home.path(), 23, "ask\n\nperhaps\nn\nask\nundo\nask\n\ny\nask\n");
    has(
        &text,
        &[
            "From lesson 6, Something to do\nWhich key hides all of this at once?",
            "Ctrl and g, at any moment.",
            "Did you know it? y or n; stop leaves.",
            "It is asked again tomorrow. ask goes on to the next, if one is due.\nSaved.",
            "No question is due today.",
            "It is asked again in 3 days.",
        ],
    );
    has(&told(home.path(), 24, "ask\n"), &["No question is due today."]);
    has(
        &told(home.path(), 26, "ask\nnever\nundo\nask off\nask\nask on\nask\n"),
        &[
            "This one is not asked again; undo brings it back.\nSaved.",
            "No question is asked any more.",
            "Questions are turned off.",
            "Questions are asked again from now on.",
            "From lesson 6, Something to do",
        ],
    );
}

#[test]
fn questions_that_are_due_are_printed_for_scripts_with_their_answers_and_turned_off() {
    let home = read_and_written();
    assert_eq!(on(home.path(), 22, &["ask"]), (0, "No question is due today.\n".into(), String::new()));
    let (code, out, _) = on(home.path(), 23, &["ask", "--json"]);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, keys(&value)), (0, vec!["course", "day", "questions"]));
    let question = &value["questions"][0];
    assert_eq!(keys(question), ["answer", "due", "id", "lesson", "question", "title"]);
    assert_eq!(
        (question["id"].as_str(), question["due"].as_str()),
        (Some("out-of-sight-key"), Some("2026-11-23"))
    );
    let (_, out, _) = on(home.path(), 23, &["ask"]);
    assert!(out.contains("Which key hides all of this") && !out.contains("at any moment"), "{out}");
    let (code, _, err) = on(home.path(), 23, &["ask", "--off", "out-of-site-key"]);
    assert!(code == 1 && err.contains("out-of-sight-key"), "{err}");
    for (off, on_again) in [
        (&["ask", "--off"][..], &["ask", "--on"][..]),
        (&["ask", "--off", "out-of-sight-key"][..], &["ask", "--on", "out-of-sight-key"][..]),
    ] {
        assert!(on(home.path(), 23, off).1.contains("not asked any more."));
        assert!(!on(home.path(), 23, &["ask"]).1.contains("Which key"));
        assert!(on(home.path(), 23, on_again).1.contains("asked again."));
        assert!(on(home.path(), 23, &["ask"]).1.contains("Which key"));
    }
}

#[test]
fn a_question_that_its_lesson_asks_no_more_takes_no_others_place_in_the_day() {
    let home = read_and_written();
    let mut opened = Journal::open(&home.path().join(".local/share/sidelight")).unwrap();
    let gone = ["gone-1", "gone-2"].map(|id| {
        let (exercise, lesson) = (ExerciseId::new(id), LessonId::new("something-to-do"));
        let chosen = Chosen::Question { exercise, lesson, day: jiff::civil::date(2026, 11, 1) };
        Operation::Choice(Choice { course: CourseId::new("tour"), chosen })
    });
    opened.journal.append(&mut opened.ledger, gone.into()).unwrap();
    opened.journal.close();
    let (_, out, _) = on(home.path(), 23, &["today", "--json"]);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["questions"][0]["id"], "out-of-sight-key", "{value}");
    has(&on(home.path(), 23, &["today"]).1, &["Asked again\n  Which key hides all of this at once?"]);
    has(&told(home.path(), 23, "today\n"), &["Asked again: Which key hides all of this at once?"]);
}

#[test]
fn a_printed_lesson_has_the_exercises_numbered_and_never_what_she_wrote() {
    let home = read_and_written();
    let (_, out, _) = text(&sidelight(home.path(), &with(&["read", "something-to-do"])));
    has(
        &out,
        &[
            "Exercise 1: Write",
            "You write here.",
            "Exercise 2: Choose",
            "Exercise 3: Ask yourself",
            "Ctrl and g",
        ],
    );
    assert!(!out.contains(WORDS), "{out}");
    let json = json_of(home.path(), &with(&["read", "something-to-do", "--json"])).to_string();
    assert!(json.contains("Exercise 1") && !json.contains(WORDS), "{json}");
}

#[test]
fn what_she_wrote_is_found_taken_along_and_erased_as_notes_are() {
    let home = read_and_written();
    let prompt = "One thing that you would like to find out about this program.";
    let found = json_of(home.path(), &with(&["search", "keys do at night", "--json"]));
    assert_eq!(
        (found["hits"][0]["kind"].as_str(), found["hits"][0]["text"].as_str()),
        (Some("note"), Some(WORDS))
    );
    let run = |arguments: &[&str]| text(&sidelight(home.path(), &with(arguments)));
    has(&run(&["export", "--format", "markdown"]).1, &[prompt, &format!("> {WORDS}")]);
    has(&run(&["export", "--format", "csv"]).1, &["write-first-thing", WORDS]);
    has(&run(&["report", "--notes"]).1, &[prompt, WORDS]);
    assert!(!run(&["report"]).1.contains(WORDS));
    let export = home.path().join("export.json");
    run(&["export", "--format", "json", "--output", export.to_str().unwrap()]);
    let other = tempfile::tempdir().unwrap();
    let imported = sidelight(other.path(), &["import", export.to_str().unwrap()]);
    assert_eq!(imported.status.code(), Some(0));
    let (_, out, _) = text(&sidelight(other.path(), &with(&["report", "--notes"])));
    has(&out, &[prompt, WORDS]);
    assert_eq!(run(&["erase", "--notes", "--yes"]).0, 0);
    assert!(!run(&["export", "--format", "json"]).1.contains(WORDS));
    has(&told(home.path(), 22, "again 6\n\n"), &["Nothing is written here yet."]);
}
