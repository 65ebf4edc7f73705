//! Questions by plain lines: none is lost when something else comes before it, nor are the words that
//! were typed when it did.

use crate::linear::{has, piped, told_lines};
use std::io::{BufRead, BufReader, Write};

const NOT_SAVED: &str = "What you had begun to answer is not saved.\nEnded. Everything is saved.\n";

#[test]
fn two_questions_that_something_else_came_before_are_both_asked_again_the_last_first() {
    let folder = tempfile::tempdir().unwrap();
    let begun = ["items", "plan 1", "he shouts", "\u{1b}s", "where", "list"];
    let text =
        told_lines(folder.path(), &[&begun[..], &["question", "stop", "question", "I go out"]].concat());
    let (_, again) = text.split_once("Part: ").unwrap();
    has(again, &["Question 1. ", "If he shouts, then I go out.\nSaved."]);
    let text = told_lines(folder.path(), &[&begun[..], &["quit"]].concat());
    assert!(text.ends_with(NOT_SAVED), "{text}");
    // The same question waits once.
    let text =
        told_lines(folder.path(), &["where", "items", "where", "items", "question", "stop", "question"]);
    assert!(text.ends_with("Left.\nNo question was put aside.\n"), "{text}");
}

#[test]
fn a_command_in_doubt_that_a_key_came_before_is_asked_about_again() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(folder.path(), &["evening", "help", "aid", "question", "yes"]);
    assert_eq!(text.matches("\u{201c}help\u{201d} is a command too.").count(), 2, "{text}");
    has(&text, &["help.\nSaved.\nWhat did I do?"]);
    let text = told_lines(folder.path(), &["evening yesterday", "help", "first", "quit"]);
    assert!(text.ends_with(NOT_SAVED), "{text}");
}

#[test]
fn words_before_a_key_are_asked_about_and_neither_lost_nor_saved_unasked() {
    let begun = "You had begun: \u{201c}He came\u{201d}. Is it your answer? yes; or another answer. Enter asks again.\n";
    for (key, again) in
        [("\u{7}", "show"), ("\u{1b}s", "question"), ("\u{1b}a", "question"), ("\u{1b}[A", "repeat")]
    {
        let folder = tempfile::tempdir().unwrap();
        let typed = format!("He came{key}");
        let text = told_lines(folder.path(), &["evening", &typed, again]);
        assert!(text.ends_with(begun) && !text.contains("Saved."), "{text}");
        let text = told_lines(folder.path(), &["evening", &typed, again, "It rained", "stop"]);
        has(&text, &["It rained.\nSaved.\nWhat did I do?"]);
        let text = told_lines(folder.path(), &["evening", "-", "stop", "evening", &typed, again, "yes"]);
        has(&text, &["He came.\nSaved.\nWhat did I do?"]);
    }
    let folder = tempfile::tempdir().unwrap();
    // The same words once more are another answer, and no command.
    let text = told_lines(folder.path(), &["note", "He came\u{1b}s", "question", "He came"]);
    has(&text, &["He came. That is a note now; notes tells it.\nSaved."]);
    let text = told_lines(folder.path(), &["note", "He came\u{1b}s", "quit"]);
    assert!(text.ends_with(NOT_SAVED), "{text}");
    // They come before a command in doubt, and stay before words that were begun later.
    let text = told_lines(
        folder.path(),
        &["note", "help", "It rains\u{1b}s", "question", "And\u{7}", "show", "yes"],
    );
    has(&text, &["It rains. That is a note now"]);
    // Where no words are asked for, or all is hidden, none are taken.
    let text = told_lines(
        folder.path(),
        &["where", "He came\u{1b}s", "question", "note", "hide", "He came\u{7}", "show"],
    );
    assert!(!text.contains("You had begun"), "{text}");
}

#[test]
fn a_notice_that_comes_while_all_is_hidden_is_heard_once_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    told_lines(folder.path(), &["quit"]);
    let mut child = piped(folder.path()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    lines.next().unwrap();
    // Another device's log comes while it runs.
    let log = folder.path().join("data/log");
    std::fs::write(log.join("00000000000000aa.jsonl"), "rubbish instead of a record\n").unwrap();
    child.stdin.take().unwrap().write_all(b"hide\nlist\nshow\nlist\n").unwrap();
    let said: Vec<String> = lines.collect();
    assert!(said[0].contains("You are in lesson 1"), "{said:?}");
    assert_eq!(said.iter().filter(|line| line.contains("is damaged")).count(), 1, "{said:?}");
    assert!(child.wait().unwrap().success());
}
