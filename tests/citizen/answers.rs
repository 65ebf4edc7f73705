//! What the terminal answers, when and in how many pieces it likes: it is never text, neither
//! here nor in the shell afterwards.

use crate::WIDE;
use crate::terminal::Running;
use std::time::{Duration, Instant};

const COLOUR: &str = "\x1b]11;rgb:1c1c/1e1e/2626\x1b\\";
const ATTRIBUTES: &str = "\x1b[?62;4c";

/// A shell that runs the program, once the terminal has been asked.
fn asked(folder: &tempfile::TempDir) -> Running {
    let script = "\"$0\"; IFS= read -r -t 1 -n 100 rest; printf 'rest <%s>\\n' \"$rest\"";
    let mut program = Running::start_in_shell(WIDE, folder.path(), script);
    program.shows("Start here");
    let end = Instant::now() + crate::terminal::PATIENCE;
    while !program.sent.windows(3).any(|bytes| bytes == b"\x1b[c") {
        assert!(Instant::now() < end, "the terminal is not asked");
        program.quiet(Duration::from_millis(5));
    }
    program
}

#[test]
fn an_answer_that_comes_after_the_key_that_quits_does_not_reach_the_shell() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = asked(&folder);
    program.types("q").quiet(Duration::from_millis(150));
    program.types(COLOUR).types(ATTRIBUTES).shows("rest <>");
    assert!(program.ends().success());
}

#[test]
fn an_answer_in_pieces_is_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &[]);
    program.shows("Start here").types("/").types("ab").shows("/ ab");
    for cut in [1, 2, 8] {
        let (first, second) = COLOUR.split_at(cut);
        program.types(first).quiet(Duration::from_millis(60));
        program.types(second);
    }
    program.types("cd").shows("/ abcd");
}

#[test]
fn a_terminal_that_does_not_answer_is_waited_for_in_vain_for_no_longer_than_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = asked(&folder);
    let start = Instant::now();
    program.types("q").shows("rest <>");
    // The shell itself waits for a second.
    assert!(start.elapsed() < Duration::from_secs(4), "it took {:?}", start.elapsed());
    assert!(program.ends().success());
}

#[test]
fn the_linux_console_which_is_dark_is_asked_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start_with(WIDE, folder.path(), &[], &[("TERM", "linux")]);
    program.shows("Start here").types("q");
    assert!(program.ends().success());
    assert!(!program.sent.windows(4).any(|bytes| bytes == b"\x1b]11"));
}
