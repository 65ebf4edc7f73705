//! Parts of it that a pipe does not show.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::keys::KeysNamed;
use super::spoken;
use crate::cli::words::sentence;
use crate::text::Document;
use crate::text::markdown;
use std::collections::BTreeMap;

fn portion(document: &Document, from: usize) -> spoken::SpokenPortion {
    spoken::portion(document, from, &BTreeMap::new(), KeysNamed::None)
}

#[test]
fn a_sentence_ends_once_also_behind_a_quotation() {
    for (text, wanted) in [
        ("I rest", "I rest."),
        ("What now? ", "What now?"),
        ("Say \u{201c}I rest.\u{201d}", "Say \u{201c}I rest.\u{201d}"),
        ("Say \u{201c}rest\u{201d}", "Say \u{201c}rest\u{201d}."),
    ] {
        assert_eq!(sentence(text), wanted);
    }
}

#[test]
fn every_portion_goes_on_where_the_last_one_ended() {
    let document = markdown::parse(&"para\n\n".repeat(100));
    let mut next = document.first();
    let mut told = Vec::new();
    while let Some(from) = next {
        let portion = portion(&document, from);
        told.push(portion.text.matches("para").count());
        next = portion.next;
    }
    assert_eq!(told, [15, 15, 15, 15, 15, 15, 10]);
    assert_eq!(spoken::beginnings(&document), [0, 15, 30, 45, 60, 75, 90]);
}

#[test]
fn a_paragraph_without_an_end_is_told_in_parts() {
    let document = markdown::parse(&"word ".repeat(100_000));
    let mut next = document.first();
    let mut words = 0;
    while let Some(from) = next {
        let portion = portion(&document, from);
        assert!(portion.text.len() < 100_000);
        words += portion.text.matches("word").count();
        next = portion.next;
    }
    assert_eq!(words, 100_000);
}

#[test]
fn everything_in_a_lesson_is_told_in_words() {
    let document = markdown::parse(
        "# One\n\nText *with* a [link](http://a.example).\n\n> said\n\n> [!WARNING]\n> hot\n\n- [x] x\n\n\
         | a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n---\n\n## Two\n\nmore\n",
    );
    let first = portion(&document, 0);
    let parts = [
        "Lesson: One",
        "Text with a link.",
        "Quote: said",
        "Warning: hot",
        "- done: x",
        "a: 1; b: 2",
        "Code:\ncode",
        "Break.",
    ];
    for part in parts {
        assert!(first.text.contains(part), "{part:?} is missing in {:?}", first.text);
    }
    let second = portion(&document, first.next.unwrap());
    assert_eq!((second.text.as_str(), second.next), ("Heading: Two\n\nmore", None));
}
