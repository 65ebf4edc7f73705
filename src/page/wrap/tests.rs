//! Tries the breaking of lines on short texts.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::*;
use crate::text::{markdown, parser};

fn lines(text: &str, measure: usize) -> Vec<String> {
    let mut block = parser::message("");
    block.blocks[0].text = text.to_owned();
    shown(&block.blocks[0], measure)
}

fn shown(block: &Block, measure: usize) -> Vec<String> {
    let lines = wrap(block, 0..block.text.len(), measure).into_iter();
    let shown = lines.map(|line| {
        assert!(!line.hyphen || line.width < measure, "there is no column for the hyphen");
        block.text.get(line.shown).unwrap().to_owned() + if line.hyphen { "-" } else { "" }
    });
    shown.collect()
}

/// The lines of the first block of a source.
fn parsed(source: &str, measure: usize) -> Vec<String> {
    shown(markdown::parse(source).block(0).unwrap(), measure)
}

#[test]
fn the_lines_of_a_paragraph_are_fitted_as_a_whole() {
    // First fit would leave "do" alone on a short second line.
    let text = "To be, or not to be: that is the question";
    assert_eq!(lines(text, 13), ["To be, or", "not to be:", "that is the", "question"]);
}

#[test]
fn code_is_not_broken_at_its_hyphens_nor_at_those_between_keys() {
    let source = "Go back by `Alt-Left` or <kbd>Ctrl</kbd>-<kbd>Alt</kbd>-<kbd>Del</kbd>, as is well-known.";
    for measure in 14..60 {
        let shown = parsed(source, measure).join("\n");
        assert!(shown.contains("Alt-Left") && shown.contains("Ctrl-Alt-Del"), "{measure}: {shown}");
    }
    assert!(parsed(source, 14).iter().any(|line| line.ends_with("well-")), "text is");
}

#[test]
fn lines_break_at_spaces_compounds_and_dashes() {
    assert_eq!(lines("a well-known thing", 8), ["a well-", "known", "thing"]);
    assert_eq!(lines("either/or", 7), ["either/", "or"]);
    assert_eq!(lines("here—there", 6), ["here—", "there"]);
    assert_eq!(lines("--flag -x 1-2", 6), ["--flag", "-x 1-2"]);
    assert_eq!(lines("est-il vrai ?", 11), ["est-il", "vrai ?"]);
}

#[test]
fn unicode_says_where_other_scripts_break() {
    assert_eq!(lines("中文，中文。", 6), ["中文，", "中文。"]);
    assert_eq!(lines("中文文，", 6), ["中文", "文，"]);
    assert_eq!(lines("שלום עולם", 5), ["שלום", "עולם"]);
}

#[test]
fn a_word_wider_than_the_line_is_cut_between_graphemes() {
    assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(lines("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    assert_eq!(lines("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 9), ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]);
    assert_eq!(lines("a中", 1), ["a", "中"]);
}

#[test]
fn a_word_is_broken_first_where_the_author_allows_it() {
    let source = "Dampf\u{ad}schiff\u{ad}fahrts\u{ad}gesell\u{ad}schaft";
    assert_eq!(parsed(source, 12), ["Dampfschiff-", "fahrts-", "gesellschaft"]);
    assert_eq!(parsed(source, 60), ["Dampfschifffahrtsgesellschaft"]);
    assert_eq!(parsed("an\u{200b}unusually\u{200b}long\u{200b}string", 11), ["anunusually", "longstring"]);
    assert_eq!(parsed("ភាសា\u{200b}ខ្មែរ\u{200b}ពិបាក", 8), ["ភាសាខ្មែរ", "ពិបាក"]);
    // There is no column for the hyphen.
    assert_eq!(parsed("abcdef\u{ad}ghi", 6), ["abcdef", "ghi"]);
}

#[test]
fn signs_of_breaks_are_no_part_of_the_text() {
    let document = markdown::parse("kaj\u{fc}ten\u{ad}t\u{fc}r an\u{200b}un &shy; a&shy;b");
    let block = document.block(0).unwrap();
    assert_eq!(block.text, "kajütentür anun  ab");
    let breaks: Vec<(usize, bool)> = block.breaks().iter().map(|at| (at.offset, at.hyphen)).collect();
    assert_eq!(breaks, [(8, true), (15, false), (18, true), (20, true)]);
}

#[test]
fn hard_breaks_are_kept_and_empty_lines_too() {
    assert_eq!(lines("a\n\nb\n", 9), ["a", "", "b", ""]);
    assert_eq!(lines("", 9), [""]);
}

#[test]
fn a_long_word_never_pushes_another_line_over_the_edge() {
    // By the usual penalties one column too many is cheaper than a gap of sixty.
    let text = format!("{} {} {}", "a".repeat(40), "b".repeat(60), "c".repeat(99));
    assert_eq!(lines(&text, 100).len(), 3);
}
