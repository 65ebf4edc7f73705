//! Parts of it that a pipe does not show.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::line;
use super::told::{blocks, portion};
use crate::text::markdown;
use std::io;

#[test]
fn a_line_that_is_too_long_is_one_command_and_not_several() {
    let long = "x".repeat(10_000);
    let mut input = io::Cursor::new(format!("{long}\nlist\r\n\nlast"));
    assert_eq!(line(&mut input).unwrap().unwrap().len(), 4096);
    assert_eq!(line(&mut input).unwrap().as_deref(), Some("list"));
    assert_eq!(line(&mut input).unwrap().as_deref(), Some(""));
    assert_eq!(line(&mut input).unwrap().as_deref(), Some("last"));
    assert_eq!(line(&mut input).unwrap(), None);
}

#[test]
fn every_portion_goes_on_where_the_last_one_ended() {
    let document = markdown::parse(&"para\n\n".repeat(100));
    let mut from = 0;
    let mut portions = 0;
    while from < document.blocks.len() {
        let end = portion(&document, from);
        assert!(end > from && end - from <= 15);
        (from, portions) = (end, portions + 1);
    }
    assert_eq!(portions, 7);
}

#[test]
fn everything_in_a_lesson_is_told_in_words() {
    let document = markdown::parse(
        "# One\n\nText *with* a [link](http://a.example).\n\n> said\n\n> [!WARNING]\n> hot\n\n- [x] x\n\n\
         | a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n---\n\n## Two\n\nmore\n",
    );
    let end = portion(&document, 0);
    let text = blocks(&document, 0..end);
    for part in [
        "Lesson: One",
        "Text with a link.",
        "Quote: said",
        "Warning: hot",
        "- done: x",
        "a: 1; b: 2",
        "Code:\ncode",
        "Break.",
    ] {
        assert!(text.contains(part), "{part:?} is missing in {text:?}");
    }
    assert_eq!(blocks(&document, end..document.blocks.len()), "Heading: Two\n\nmore");
}
