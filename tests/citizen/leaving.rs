//! Leaving and returning: signals, sleeping, and a terminal that goes away.

use crate::WIDE;
use crate::terminal::{Running, signal, was_here_before};
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs the program as a job; says when it sleeps, and wakes it up on Enter.
pub(crate) const JOB: &str =
    r#"set -m; "$0" --theme dark; echo "it sleeps"; read line; fg; echo "it ended: $?""#;

/// Opens the second lesson, whose text is not in sight at the first start.
fn opened(folder: &Path) -> Running {
    let mut program = Running::start(WIDE, folder, &["--theme", "dark"]);
    program.shows("Start here").types("s").shows("If you are afraid");
    program
}

fn is_where_it_was(folder: &Path) {
    Running::start(WIDE, folder, &["--theme", "dark"]).shows("If you are afraid");
}

#[test]
fn a_signal_is_heard_while_the_terminal_takes_nothing() {
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = opened(folder.path());
        program.holds();
        // Each Ctrl-l sends a whole frame: more than the kernel holds.
        for _ in 0..40 {
            program.types("\x0c").quiet(Duration::from_millis(5));
        }
        let before = Instant::now();
        program.signal(name);
        assert_eq!(program.ends().code(), Some(128 + number), "after {name}");
        assert!(before.elapsed() < Duration::from_secs(2), "it took {:?}", before.elapsed());
        assert!(program.is_cooked());
        is_where_it_was(folder.path());
    }
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_waking_draws_everything_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Running::start_in_shell(WIDE, folder.path(), JOB);
    shell.shows("Start here").types("s").shows("If you are afraid");
    assert!(!shell.is_cooked());
    let before = shell.settled();
    shell.types("\x1a").shows("it sleeps");
    let screen = shell.emulator();
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    assert!(shell.is_cooked());
    is_where_it_was(folder.path());
    shell.types("\n").shows_again(&before);
    assert!(shell.emulator().alternate_screen() && !shell.is_cooked());
    shell.types("q").shows("it ended: 0");
    assert!(shell.is_cooked());
}

#[test]
fn the_key_of_the_kitty_keyboard_for_ctrl_z_does_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Running::start_in_shell(WIDE, folder.path(), JOB);
    shell.shows("Start here").types("\x1b[122;5u").shows("it sleeps").types("\n").shows("Start here");
    shell.types("q").shows("it ended: 0");
}

#[test]
fn a_script_that_waits_for_the_program_sleeps_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let job = r#"set -m; bash -c '"$0" --theme dark; echo "the script goes on"' "$0"; echo "both sleep"; read line; fg; echo "both ended""#;
    let mut shell = Running::start_in_shell(WIDE, folder.path(), job);
    shell.shows("Start here").types("\x1a").shows("both sleep").types("\n").shows("Start here");
    shell.types("q").shows("the script goes on").shows("both ended");
}

#[test]
fn a_signal_from_outside_puts_it_to_sleep_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Running::start_in_shell(WIDE, folder.path(), JOB);
    shell.shows("Start here");
    signal(shell.children()[0], "TSTP");
    shell.shows("it sleeps");
    assert!(shell.is_cooked() && !shell.emulator().alternate_screen());
    shell.types("\n").shows("Start here").types("s").shows("If you are afraid").types("q");
    shell.shows("it ended: 0");
}

#[test]
fn whoever_was_stopped_without_warning_takes_the_terminal_again() {
    let folder = tempfile::tempdir().unwrap();
    let job = JOB.replace("read line;", "read line; stty sane;");
    let mut shell = Running::start_in_shell(WIDE, folder.path(), &job);
    shell.shows("Start here");
    let before = shell.settled();
    signal(shell.children()[0], "STOP");
    shell.shows("it sleeps").types("\n").shows_again(&before);
    assert!(!shell.is_cooked());
    shell.types("s").shows("If you are afraid").types("q").shows("it ended: 0");
    assert!(shell.is_cooked());
}

#[test]
fn a_signal_to_wake_up_changes_nothing_while_it_is_awake() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path());
    let before = program.settled();
    program.signal("CONT").shows_again(&before);
    program.types("q");
    assert!(program.ends().success());
    assert!(program.is_cooked() && !program.emulator().alternate_screen());
}

#[test]
fn without_a_shell_it_does_not_go_to_a_sleep_that_nobody_could_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path());
    program.types("\x1a").shows("Can't suspend").signal("TSTP").types("q");
    assert!(program.ends().success());
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path());
    let before = Instant::now();
    program.unplugs();
    assert_eq!(program.ends().code(), Some(129));
    assert!(before.elapsed() < Duration::from_secs(2), "it took {:?}", before.elapsed());
    is_where_it_was(folder.path());
}

#[test]
fn a_terminal_that_goes_away_without_a_signal_ends_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let told = folder.path().join("told");
    // In a session of its own no signal says that the terminal hung up.
    let job = "trap '' HUP; setsid --wait \"$0\" --theme dark; echo $? > \"$1.part\"; mv \"$1.part\" \"$1\"";
    let arguments = ["-c", job, env!("CARGO_BIN_EXE_sidelight"), told.to_str().unwrap()];
    was_here_before(&folder.path().join("data"));
    let mut shell = Running::start_program("bash", WIDE, folder.path(), &arguments, &[]);
    shell.shows("Start here").types("s").shows("If you are afraid");
    let before = Instant::now();
    shell.unplugs();
    while !told.exists() {
        assert!(before.elapsed() < Duration::from_secs(2), "it is still there");
        std::thread::park_timeout(Duration::from_millis(5));
    }
    assert_eq!(std::fs::read_to_string(told).unwrap(), "129\n");
    is_where_it_was(folder.path());
}

#[test]
fn a_terminal_that_goes_away_in_the_middle_of_a_frame_ends_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path());
    program.holds();
    for _ in 0..40 {
        program.types("\x0c").quiet(Duration::from_millis(5));
    }
    let before = Instant::now();
    program.unplugs();
    assert_eq!(program.ends().code(), Some(129));
    assert!(before.elapsed() < Duration::from_secs(2), "it took {:?}", before.elapsed());
    is_where_it_was(folder.path());
}
