//! Any input: pastes, noise, and a terminal that is slow to take what is drawn.

use crate::WIDE;
use crate::terminal::{PATIENCE, Running};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::time::{Duration, Instant};

const REFUSED: &str = "Nothing here takes text";

fn started(folder: &tempfile::TempDir) -> Running {
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Start here");
    program
}

/// Text of 64 KB in which every key is a command.
fn commands() -> String {
    let line = "quit ]] x ! :q /sec \t Ghjkl o s N n [ ? + - = \r\n";
    line.repeat(64 * 1024 / line.len())
}

#[test]
fn a_large_paste_is_text_where_text_is_typed_and_nothing_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(&folder);
    let before = program.settled();
    program.types(format!("\x1b[200~{}\x1b[201~", commands())).shows(REFUSED);
    program.types("\x0c").until("the same screen", |screen| {
        let line = |screen: &str| screen.lines().take(34).map(str::to_owned).collect::<Vec<_>>();
        line(screen) == line(&before)
    });
    program.types("/").types("\x1b[200~begging\rfor\nit\x1b[201~").shows("begging for it").types("\x03");
    assert!(program.ends().success());
}

#[test]
fn a_large_paste_without_brackets_is_no_command_either() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(&folder);
    program.types(commands()).shows(REFUSED).types("?").shows("In every pane").types("\x03");
    assert!(program.ends().success());
}

#[test]
fn a_paste_that_never_ends_does_not_keep_the_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(&folder);
    program.types(format!("\x1b[200~{}", commands())).shows(REFUSED);
    program.types("]").shows("You want to write to him").types("q");
    assert!(program.ends().success());
}

#[test]
fn a_sequence_that_never_ends_does_not_keep_the_keys() {
    for start in ["\x1b[", "\x1b[?", "\x1b[<", "\x1b[1;", "\x1b]11;rgb:", "\x1bP", "\x1bO", "\u{e9}"] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = started(&folder);
        program.types(&start.as_bytes()[..start.len().max(2) - usize::from(start == "\u{e9}")]);
        // Only a key that comes after a silence is one; how late this machine hears it, who knows.
        let end = Instant::now() + PATIENCE;
        while !program.screen().contains("In every pane") {
            assert!(Instant::now() < end, "no key is heard after {start:?}");
            program.quiet(Duration::from_millis(200));
            program.types("?").quiet(Duration::from_millis(200));
        }
        program.types("\x03");
        assert!(program.ends().success(), "after {start:?}");
    }
}

#[test]
fn noise_neither_brings_it_down_nor_makes_it_deaf() {
    let rounds = std::env::var("SIDELIGHT_FUZZ").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(4);
    let mut runner = TestRunner::deterministic();
    let noise = proptest::collection::vec(proptest::num::u8::ANY, 4096..16384);
    for _ in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let mut program = started(&folder);
        let mut bytes = noise.new_tree(&mut runner).unwrap().current();
        // Those that end the program on purpose.
        bytes.retain(|byte| !matches!(byte, b'q' | 0x03));
        program.types(&bytes);
        let end = Instant::now() + Duration::from_secs(20);
        // A paste may be open, which takes what follows for text, until it falls silent.
        while !program.has_ended() {
            assert!(Instant::now() < end, "it does not hear Ctrl-c any more");
            program.types_if_possible("\x03").quiet(Duration::from_millis(300));
        }
        assert!(program.ends().success());
        assert!(program.is_cooked());
    }
}

#[test]
fn a_terminal_of_one_kilobyte_a_time_is_at_most_one_frame_behind_the_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(&folder);
    // The largest frame there is: all of the screen.
    program.settled();
    program.types("\x0c");
    let frame = program.quiet(Duration::from_millis(300)) + 1024;
    program.holds();
    let elsewhere = written(&program) - program.sent.len();
    // For every kilobyte that the terminal takes, a key: frames are larger than that.
    for turn in 0..80 {
        program.types(if turn % 2 == 0 { "j" } else { "k" });
        program.drains(1024);
    }
    // What the line to the terminal holds when the last key is typed.
    // The count of what was written comes after a write that is still going on.
    let held = written(&program).saturating_sub(elsewhere + program.sent.len());
    program.types("?");
    let behind = program.sent.len();
    while !program.screen().contains("In every pane") {
        assert!(program.drains(1024) > 0, "it shows nothing more\n{}", program.screen());
    }
    let behind = program.sent.len() - behind;
    // Beside that: the rest of the frame that was being written, and the last one. What was
    // typed in between is in it and was never drawn by itself.
    let most = held + 2 * frame;
    assert!(behind <= most, "{behind} bytes were sent after the last key, and not at most {most}");
    program.goes_on().types("\x03");
    assert!(program.ends().success());
}

/// How many bytes the program has written, to whatever.
fn written(program: &Running) -> usize {
    let text = std::fs::read_to_string(format!("/proc/{}/io", program.id())).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("wchar: ")).unwrap();
    line.parse().unwrap()
}

#[test]
fn a_key_that_is_held_down_is_followed_and_let_go_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(&folder);
    for _ in 0..500 {
        program.types("j");
    }
    program.types("?").shows("In every pane");
    let drawn = program.sent.windows(6).filter(|bytes| bytes == b"\x1b[?25l").count();
    assert!(drawn < 500, "{drawn} frames");
    program.types("\x03");
    assert!(program.ends().success());
}
