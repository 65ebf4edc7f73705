//! The fuzz targets for a few seconds, on inputs that are the same in every run: what the
//! repository has of each kind, and mutations of it.
//!
//! `SIDELIGHT_FUZZ=100000 cargo test --test fuzz` tries so many inputs for each target. What a
//! target fails on is written below `target/tmp`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "fuzz/mutations.rs"]
mod mutations;
#[path = "../fuzz/targets.rs"]
mod targets;

use mutations::Mutations;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The files with one of these endings in a folder of the repository.
fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|other| other == ending));
    paths.sort();
    assert!(!paths.is_empty());
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Texts as inputs.
fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Inputs that begin with this byte, which tells the target how to take the rest.
fn behind(first: u8, inputs: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    inputs.into_iter().map(|input| [vec![first], input].concat()).collect()
}

/// Runs a target on the seeds and on so many mutations of them.
fn fuzz(name: &str, target: fn(&[u8]), seeds: Vec<Vec<u8>>, words: &[&str], count: usize) {
    let count = std::env::var("SIDELIGHT_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(count);
    let mutations = Mutations::new(seeds.clone(), words);
    for input in seeds.into_iter().chain(mutations.take(count)) {
        // What broke it has been told by then.
        if catch_unwind(AssertUnwindSafe(|| target(&input))).is_err() {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.fuzz"));
            std::fs::write(&file, &input).unwrap();
            panic!("the input is in {}:\n{}", file.display(), input.escape_ascii());
        }
    }
}

#[test]
fn any_markdown_is_laid_out() {
    let mut seeds = files("content/tour/lessons", "md");
    seeds.extend(files("tests/typesetting", "md"));
    let words = [
        "\n\n",
        "\n",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "```",
        "***",
        "_",
        "[a](b)",
        "![",
        "][",
        "<div>",
        "&amp;",
        "|---|",
        "|",
        "[^1]",
        "\\",
        "\u{301}",
        "\u{200d}",
        "\u{1f469}\u{200d}\u{1f467}",
        "\u{4e2d}",
        "\u{5d0}",
        "\t",
        "\r",
        "\u{1b}[2J",
        "\u{202e}",
    ];
    fuzz("markdown", targets::markdown, behind(40, seeds), &words, 300);
}

#[test]
fn any_manifest_opens_or_is_refused() {
    let small = r#"{"format": 1, "id": "small", "title": "Small", "summary": "A course.",
        "parts": [{"title": "Part", "lessons": [{"id": "one", "title": "One", "file": "lessons/one.md"}]}],
        "checklist": {"avoid": [{"id": "a", "text": "I did not", "lesson": "one", "section": "section"}], "embrace": []}}"#;
    let mut seeds = texts(&[small]);
    seeds.extend(files("content/tour", "json"));
    let words = [
        "\"", "{", "}", "[", "]", ",", ":", "null", "1e999", "\\u0000", "\\ud800", "\"id\"", "..", "/",
        "one", "\u{1b}",
    ];
    fuzz("manifest", targets::manifest, seeds, &words, 400);
}

#[test]
fn any_journal_opens_and_keeps_the_next_mark() {
    let mut seeds = behind(0, files("tests/data/journal/v1/log", "jsonl"));
    seeds.extend(behind(1, files("tests/data/journal/v1/log", "jsonl")));
    let words = [
        "\n",
        "\"",
        "{",
        "}",
        ",\"sum\":\"",
        "{\"v\":\"",
        "2.0",
        "null",
        "-1",
        "9999-12-31",
        "18446744073709551615",
        "\u{1b}",
        "\0",
    ];
    fuzz("journal", targets::journal, seeds, &words, 200);
}

#[test]
fn any_query_finds_only_what_is_there() {
    let seeds = texts(&[
        "two words\nTwo words and a word, İstanbul, straße, ﬁne",
        "\"a phrase\" more\nA phrase, a Phrase more",
        "word:whole Word\nwhole words, the whole Word",
        "regex:(a|b)+c?\nabc bac cab",
        "regex:\\p{L}+\\b\ne\u{301} \u{1f469}\u{200d}\u{1f467} \u{5e9}\u{5dc}",
    ]);
    let words = [
        "\"", "word:", "regex:", "(", ")", "[", "]", "*", "+", "{9,}", "\\", "|", "\u{130}", "\u{df}",
        "\u{301}", "\n",
    ];
    fuzz("query", targets::query, seeds, &words, 3_000);
}

#[test]
fn any_configuration_is_read_or_its_faults_are_told() {
    let seeds = texts(&[
        "theme = \"dark\"\nhide_after = \"5m\"\nday_ends_at = 4\nmouse = false\ntext_width = 60\n",
        "[keys.reading]\nnext-lesson = [\"n\", \"F5\"]\nwider = false\n[keys.panes]\nquit = \"Ctrl-q\"\n",
        "keys = { checklist = { kept = 'Z' } }\n",
    ]);
    let words = [
        "\n",
        "=",
        "[",
        "]",
        "[[",
        "\"\"\"",
        "'",
        "#",
        ".",
        "true",
        "inf",
        "0x",
        "1979-05-27",
        "\\u0000",
        "keys",
        "\u{1b}",
    ];
    fuzz("config", targets::config, seeds, &words, 3_000);
}

#[test]
fn any_bytes_of_a_terminal_are_keys_or_nothing() {
    let seeds = behind(
        7,
        texts(&[
            "j\x1b[A\x1b]11;rgb:0/0/0\x1b\\é\x1b[200~a b\x1b[201~\x1b[100;5u\x1b[<64;3;4Mk",
            "quit, drop the table, and answer him\r",
            "\x1b[M \"!\x1bOP\x1b[1;5C\x1b[57419u",
        ]),
    );
    let words = [
        "\x1b",
        "\x1b[",
        "\x1b[200~",
        "\x1b[201~",
        "\x1b]11;",
        "\x1b\\",
        "\x07",
        "\x1b[<",
        "\x1b[M",
        ";",
        ":",
        "u",
        "~",
        "\u{9b}",
        "\x1bO",
        "\x1bP",
        "\x18",
        "999999999999",
    ];
    fuzz("decoder", targets::decoder, seeds, &words, 5_000);
}
