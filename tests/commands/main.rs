//! The commands, as scripts and people use them: what they print, and how they end.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod authoring;
mod checklist;
mod days;
mod environment;
mod exercises;
mod help;
mod journal;
mod merging;

use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program with a home of its own.
fn sidelight(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SIDELIGHT_TODAY", "2026-11-22")
        .output()
        .unwrap()
}

fn text(output: &Output) -> (i32, String, String) {
    let string = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), string(&output.stdout), string(&output.stderr))
}

fn json_of(home: &Path, arguments: &[&str]) -> Value {
    let (code, out, err) = text(&sidelight(home, arguments));
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), 1, "JSON stands on one line");
    serde_json::from_str(&out).unwrap()
}

/// The names in the JSON of an item.
const ITEM: [&str; 10] =
    ["caution", "group", "id", "listed", "mark", "meant", "own", "rhythm", "side", "text"];

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn lessons_as_json_keeps_its_promise_to_scripts() {
    let home = tempfile::tempdir().unwrap();
    let value = json_of(home.path(), &["lessons", "--json"]);
    assert_eq!(keys(&value), ["course", "lessons"]);
    assert_eq!(value["course"], "reconcile");
    let lesson = &value["lessons"][0];
    assert_eq!(keys(lesson), ["id", "part", "read", "title", "words"]);
    assert_eq!(lesson["id"], "start-here");
    assert_eq!(lesson["part"], "Before you begin");
    assert_eq!(lesson["read"], false);
    assert!(lesson["words"].as_u64().unwrap() > 300);
}

#[test]
fn search_as_json_keeps_its_promise_to_scripts() {
    let home = tempfile::tempdir().unwrap();
    let value = json_of(home.path(), &["search", "begging", "--json"]);
    assert_eq!(keys(&value), ["hits", "query"]);
    let hits = value["hits"].as_array().unwrap();
    assert!(
        hits.iter()
            .all(|hit| keys(hit) == ["best", "form", "heading", "kind", "lesson", "line", "text", "title"])
    );
    let kinds: Vec<&str> = hits.iter().map(|hit| hit["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"lesson") && kinds.contains(&"item"), "{kinds:?}");
    let (code, out, err) = text(&sidelight(home.path(), &["search", "zebra", "--json"]));
    assert_eq!(code, 1, "as grep does");
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["hits"], json!([]));
    assert!(err.contains("No matches"));
}

#[test]
fn hits_are_streamed_as_lines_and_the_last_says_which_are_best() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, _) = text(&sidelight(home.path(), &["search", "begging", "--jsonl"]));
    assert_eq!(code, 0);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (end, hits) = lines.split_last().unwrap();
    assert_eq!(keys(end), ["best", "query"]);
    let best = usize::try_from(end["best"][0].as_u64().unwrap()).unwrap();
    assert_eq!(hits[best - 1]["text"], "Begging");
    assert!(hits.iter().any(|hit| hit["heading"] == "Begging" && hit["text"] != "Begging"));
    let (_, out, _) = text(&sidelight(home.path(), &["search", "begging"]));
    let lesson = include_str!("../../content/reconcile/lessons/12-what-to-avoid.md");
    let line = 1 + lesson.lines().position(|line| line == "## Begging").unwrap();
    assert!(out.contains(&format!("\nBest\n  what-to-avoid:{line}: Begging\n")), "{out}");
    let (code, out, err) = text(&sidelight(home.path(), &["search", "divorse", "--jsonl"]));
    assert_eq!((code, out.lines().count()), (1, 1));
    assert!(err.contains("divorce has"), "{err}");
}

#[test]
fn hits_name_their_lines_in_the_file_whatever_was_left_out_of_it() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = home.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    write("notes/a.md", "---\ntitle: A\n---\n# A\n\nSome words\nand a needle.\n\n## B\n\n- needle\n");
    let long = format!("---\ntitle: L\n---\n{}\n# needle\n", "Words and more words.\n\n".repeat(8000));
    write("notes/long.md", &long);
    std::fs::write(home.path().join("notes/other.md"), b"\xcc\xe8\xf0\n\nneedle\n").unwrap();
    write("book/book.toml", "[book]\ntitle = \"B\"\n");
    write("book/src/SUMMARY.md", "- [C](c.md)\n");
    write("book/src/code.rs", "let a;\nlet needle;\n");
    let code = "```rust\n# hidden\n{{#include code.rs}}\n```\n";
    write("book/src/c.md", &format!("---\na: b\n---\n# C\n\n{code}\nThe needle.\n"));
    let lines = |path: &str| -> Vec<String> {
        let path = home.path().join(path);
        let value = json_of(home.path(), &["search", "needle", path.to_str().unwrap(), "--json"]);
        let hits = value["hits"].as_array().unwrap();
        hits.iter().map(|hit| format!("{}:{}", hit["lesson"].as_str().unwrap(), hit["line"])).collect()
    };
    assert_eq!(lines("notes"), ["a.md:7", "a.md:11", "long.md:16005", "other.md:3"]);
    assert_eq!(lines("book"), ["c.md:8", "c.md:11"]);
    let file = home.path().join("notes/a.md");
    let (_, out, _) = text(&sidelight(home.path(), &["search", "needle", file.to_str().unwrap()]));
    assert_eq!(out, "a.md: A\n  7: Some words and a needle.\n  11: B: needle\n");
}

#[test]
fn hits_in_a_pipe_name_its_own_lines_whatever_is_said_of_its_encoding() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("piped");
    let mut long = b"# \xcc\xe8\xf0\n\n".to_vec();
    long.extend(b"Words and more words.\n\n".repeat(8000));
    for (front, lines) in [("", ["4", "16004"]), ("---\ntitle: A\n---\n", ["7", "16007"])] {
        for (before, line) in [(b"# \xcc\xe8\xf0\n\n".as_slice(), lines[0]), (&long, lines[1])] {
            std::fs::write(&file, [front.as_bytes(), before, b"\nneedle\n"].concat()).unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_sidelight"))
                .args(["search", "needle", "-", "--json"])
                .env_clear()
                .env("HOME", home.path())
                .stdin(std::fs::File::open(&file).unwrap())
                .output()
                .unwrap();
            let value: Value = serde_json::from_slice(&output.stdout).unwrap();
            let hits = value["hits"].as_array().unwrap();
            let found: Vec<String> = hits.iter().map(|hit| hit["line"].to_string()).collect();
            assert_eq!(found, [line], "{front:?}");
        }
    }
}

#[test]
fn a_wrong_id_suggests_the_nearest_one() {
    let home = tempfile::tempdir().unwrap();
    for (arguments, near) in [
        (vec!["read", "start-hare"], "start-here"),
        (vec!["read", "what"], "what-to-avoid"),
        (vec!["mark", "no-beging", "kept"], "no-begging"),
    ] {
        let (code, out, err) = text(&sidelight(home.path(), &arguments));
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains(near), "{err}");
    }
}

#[test]
fn a_lesson_is_printed_as_plain_text() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, _) = text(&sidelight(home.path(), &["read", "what-to-avoid"]));
    assert_eq!(code, 0);
    assert!(out.starts_with("What to avoid\n═"));
    assert!(!out.contains('\u{1b}'));
    assert!(out.lines().all(|line| sidelight::text::columns::width(line) <= 72));
    let value = json_of(home.path(), &["read", "what-to-avoid", "--json"]);
    assert_eq!(value["id"], "what-to-avoid");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(["read", "what-to-avoid"])
        .env("HOME", home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn wrong_use_exits_with_two_and_help_with_none() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(text(&sidelight(home.path(), &["mark", "no-begging", "perhaps"])).0, 2);
    assert_eq!(text(&sidelight(home.path(), &["--no-such-flag"])).0, 2);
    let (code, out, _) = text(&sidelight(home.path(), &["--help"]));
    assert_eq!(code, 0);
    for command in ["lessons", "read", "search", "items", "today", "mark", "check", "new", "courses"] {
        assert!(out.contains(&format!("\n  {command} ")), "the help does not name {command}");
    }
}

#[test]
fn a_mistyped_command_is_no_file_and_the_right_one_is_named() {
    let home = tempfile::tempdir().unwrap();
    for (typed, command) in [("lesons", "`lessons`"), ("backup", "`journal backup`")] {
        let (code, out, err) = text(&sidelight(home.path(), &[typed]));
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains(&format!("did you mean the command {command}?")), "{err}");
    }
}

#[test]
fn without_a_home_reading_goes_on_and_marking_says_what_to_do() {
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_sidelight")).args(arguments).env_clear().output().unwrap();
        text(&output)
    };
    let (code, out, _) = run(&["read", "start-here"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("Start here"));
    // Where HOME is missing the system may still know a home; a folder that cannot be made
    // is as good as none.
    let (code, out, err) = run(&["mark", "no-begging", "kept", "--data-dir", "/dev/null/x"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("Nothing is saved"), "{err}");
    let (code, _, err) = run(&["today", "--data-dir", "/dev/null/x"]);
    assert_eq!(code, 0);
    assert!(err.contains("Nothing is saved"), "{err}");
}

#[test]
fn nothing_is_written_with_no_save() {
    let home = tempfile::tempdir().unwrap();
    let (code, ..) = text(&sidelight(home.path(), &["today", "--no-save"]));
    assert_eq!(code, 0);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn what_is_named_is_printed_where_there_is_no_terminal() {
    let home = tempfile::tempdir().unwrap();
    let page = home.path().join("README.md");
    std::fs::write(&page, "# The page\n\nSome *words*.\n").unwrap();
    let (code, out, err) = text(&sidelight(home.path(), &[page.to_str().unwrap()]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out.lines().next(), Some("The page"));
    assert!(out.ends_with("\nSome words.\n"), "{out}");
    let value = json_of(home.path(), &[page.to_str().unwrap(), "--json"]);
    assert_eq!(keys(&value), ["course", "lessons"]);
    assert_eq!(value["lessons"][0]["title"], "The page");
    let (code, out, _) = text(&sidelight(home.path(), &["--course", "tour"]));
    let lessons = sidelight::course::Course::built_in("tour").unwrap().lessons;
    assert!(lessons.len() > 1 && lessons.iter().all(|lesson| out.contains(lesson.title())));
    assert_eq!(code, 0);
    let (code, _, err) = text(&sidelight(home.path(), &[]));
    assert_eq!(code, 2);
    assert!(err.contains("needs a terminal"), "{err}");
}

#[test]
fn what_comes_through_a_pipe_is_printed_where_there_is_no_terminal() {
    let home = tempfile::tempdir().unwrap();
    let printed = |arguments: &[&str], input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sidelight"))
            .args(arguments)
            .env_clear()
            .env("HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        text(&child.wait_with_output().unwrap())
    };
    let (code, out, _) = printed(&[], "Vec<String> <tag>\nand more\n");
    assert_eq!(code, 0);
    assert!(out.contains("Vec<String> <tag>\n  and more\n"), "{out}");
    assert_eq!(printed(&["-"], "a\nb\n").1, printed(&[], "a\nb\n").1);
    // Whoever meant something else is told.
    let (code, out, err) = printed(&[], "");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("needs a terminal") && err.contains("--linear"), "{err}");
    assert!(printed(&["--linear"], "today\n").1.contains("Your list is empty"), "commands are done");
}

#[test]
fn all_json_is_an_object() {
    let home = tempfile::tempdir().unwrap();
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    for command in [
        "lessons",
        "read start-here",
        "search begging",
        "items",
        "today",
        "mark no-begging kept",
        "report",
        "courses",
        "check",
        "journal verify",
        "journal backup",
        "journal repair",
        "journal restore",
        "where",
        "config",
        "erase --before 2020-01-01",
        "erase --yes",
        "erase --yes",
    ] {
        let arguments: Vec<&str> = command.split(' ').chain(["--json"]).collect();
        assert!(json_of(home.path(), &arguments).is_object(), "{command}");
    }
}

#[test]
fn no_name_of_a_file_drives_the_terminal_in_any_command_or_notice() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let odd = "x\u{1b}]0;PWNED\u{7}\u{1b}[31m\ny\u{202e}z";
    let data = home.join(".local/share/sidelight");
    assert_eq!(text(&sidelight(home, &["mark", "no-begging", "kept"])).0, 0);
    for folder in ["log", "backup", "quarantine", "cache"] {
        std::fs::create_dir_all(data.join(folder)).unwrap();
    }
    let log = std::fs::read_dir(data.join("log")).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&log).unwrap();
    // A folder where a log should be, a damaged log, a copy, a backup, damage, a link.
    std::fs::create_dir(data.join(format!("log/a{odd}.jsonl"))).unwrap();
    std::fs::write(data.join(format!("log/b{odd}.jsonl")), [&bytes[..], b"rubbish\n"].concat()).unwrap();
    std::fs::write(data.join(format!("log/c{odd}.jsonl.bak")), "no log\n").unwrap();
    std::fs::write(data.join(format!("backup/d{odd}.jsonl")), &bytes).unwrap();
    std::fs::write(data.join(format!("quarantine/e{odd}.damaged")), "x").unwrap();
    std::os::unix::fs::symlink("/nothing", data.join(format!("log/f{odd}.jsonl"))).unwrap();
    let stick = home.join(format!("stick{odd}"));
    let stick = stick.to_str().unwrap();
    let commands: &[&[&str]] = &[
        &["today"],
        &["where"],
        &["journal", "verify"],
        &["journal", "restore"],
        &["journal", "restore", stick],
        &["journal", "repair"],
        &["journal", "backup"],
        &["merge", stick],
        &["import", stick],
        &["export", "--output", stick],
        &["lessons", "--course", stick],
        &["check", stick],
        &["--data-dir", stick, "where"],
        &["--data-dir", stick, "mark", "no-begging", "kept"],
        &["--data-dir", stick, "where"],
        &["erase", "--yes"],
        &["where"],
    ];
    for arguments in commands {
        for json in [false, true] {
            let arguments: Vec<&str> = arguments.iter().copied().chain(json.then_some("--json")).collect();
            let (_, out, err) = text(&sidelight(home, &arguments));
            for said in [out, err] {
                let drives = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
                assert!(!said.contains(drives), "{arguments:?}: {said:?}");
                // Nor does it make a line of its own.
                assert!(!said.lines().any(|line| line.starts_with('y')), "{arguments:?}: {said:?}");
            }
        }
    }
}
