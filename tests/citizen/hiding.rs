//! The hide key: at once, from anywhere, and only one chord brings it back.

use crate::WIDE;
use crate::terminal::Running;
use rustix::fs::{FlockOperation, flock};
use std::time::{Duration, Instant};

#[test]
fn one_chord_blanks_the_screen_from_anywhere_and_only_one_other_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::first_start(WIDE, folder.path(), &["--theme", "high-contrast"]);
    program.shows("Ctrl-g hides everything").types("]").shows("You want to write to him");
    for (open, shown) in [("", "You want to write to him"), ("?", "In every pane"), ("?/begg", "3 hits")] {
        let before = program.types(open).shows(shown).settled();
        program.types("\x07").until("nothing", |screen| screen.trim().is_empty());
        let sent = program.sent.len();
        program.types("qx?5 \r").types("\x1b[200~text\x1b[201~").types("\x07");
        assert_eq!(program.quiet(Duration::from_millis(200)), 0, "something was shown: {sent}");
        program.types("\x0f").shows_again(&before);
    }
    program.types("\x07").until("nothing", |screen| screen.trim().is_empty()).signal("TERM");
    assert_eq!(program.ends().code(), Some(143));
    Running::start(WIDE, folder.path(), &[]).shows("You want to write to him");
}

#[test]
fn it_hides_itself_after_the_time_that_was_set_and_then_sleeps() {
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark", "--hide-after", "1s"]);
    program.shows("Start here").until("nothing", |screen| screen.trim().is_empty());
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(program.quiet(Duration::from_millis(1500)), 0);
    program.types("\x0f").shows("Start here").types("q");
    assert!(program.ends().success());
}

#[test]
fn a_time_that_makes_no_sense_is_refused() {
    for time in ["0", "-1", "soon", "", "5x", "99999999h"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_sidelight"))
            .args([&format!("--hide-after={time}")])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{time:?}");
    }
}

#[test]
fn it_hides_at_once_while_another_process_holds_the_journal_and_saves_when_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Start here").settled();
    let lock = std::fs::File::open(folder.path().join("data/lock")).unwrap();
    flock(&lock, FlockOperation::LockExclusive).unwrap();
    program.types("\tx").shows("NOT SAVED");
    let started = Instant::now();
    program.types("\x07").until("nothing", |screen| screen.trim().is_empty());
    // A second is long for a machine that is busy, and half of what a lock was waited for.
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    program.types("\x0f").shows("NOT SAVED");
    flock(&lock, FlockOperation::Unlock).unwrap();
    // Without another key.
    program.until("saved", |screen| !screen.contains("NOT SAVED") && screen.contains("saved"));
    program.types("q");
    assert!(program.ends().success());
}
