//! `sidelight ask` in a terminal: a question, its answer on a key, and what was said is saved at once.

use crate::WIDE;
use crate::terminal::Running;
use std::path::Path;

/// The program in a terminal, on a day of November 2026.
fn on(folder: &Path, day: u8, arguments: &[&str]) -> Running {
    let arguments = [&["--course", "tour"], arguments].concat();
    let today = format!("2026-11-{day}");
    Running::start_with(WIDE, folder, &arguments, &[("SIDELIGHT_TODAY", &today)])
}

/// Reads the lesson that has a question to its end.
fn has_read(folder: &Path) {
    let mut program = on(folder, 22, &["--linear"]);
    program.shows("> ").types("read 6\r").shows("Something to do");
    for heading in ["Your own words", "One of several", "It counts as read now."] {
        program.types("\r").shows(heading);
    }
    program.types("quit\r");
    assert!(program.ends().success());
}

#[test]
fn a_question_is_asked_answered_and_saved_before_the_next() {
    let folder = tempfile::tempdir().unwrap();
    has_read(folder.path());
    let mut program = on(folder.path(), 23, &["ask"]);
    program.shows("Which key hides all of this at once?").shows("Enter shows the answer");
    assert!(!program.screen().contains("at any moment"), "{}", program.screen());
    program.types("\r").shows("at any moment").shows("Did you know it?");
    program.types("perhaps\r").shows("y or n. ").types("y\r").shows("Saved. It is asked again in 3 days.");
    assert!(program.ends().success());
    let mut program = on(folder.path(), 25, &["ask"]);
    program.shows("No question is due today.");
    assert!(program.ends().success());
}

#[test]
fn a_question_that_is_left_or_ended_by_a_signal_saves_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    has_read(folder.path());
    for end in ["q\r", "\rq\r", "\x04"] {
        let mut program = on(folder.path(), 23, &["ask"]);
        program.shows("Which key").types(end);
        assert!(program.ends().success());
    }
    let mut program = on(folder.path(), 23, &["ask"]);
    program.shows("Which key").types("\r").shows("Did you know it?").signal("TERM");
    assert!(!program.ends().success());
    let mut program = on(folder.path(), 23, &["ask"]);
    program.shows("Which key").types("never\r").shows("It is not asked again.");
    assert!(program.ends().success());
    let mut program = on(folder.path(), 24, &["ask"]);
    program.shows("No question is due today.");
}
