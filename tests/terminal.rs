//! The built program in a real pseudo-terminal.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/terminal.rs"]
mod terminal;

use std::fs;
use std::time::Duration;
use terminal::Running;

const WIDE: (u16, u16) = (120, 36);

/// The open lesson as the list of lessons shows it, by its place in the built-in course.
fn in_the_list(lesson: usize) -> String {
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    format!("\u{2022}  {}", course.lessons[lesson].title())
}

/// How many frames were drawn: each ends by hiding the cursor.
fn frames(sent: &[u8]) -> usize {
    sent.windows(6).filter(|bytes| bytes == b"\x1b[?25l").count()
}

/// Context switches that the threads of a process asked for, and its processor time in clock
/// ticks.
fn activity(process: u32) -> (u64, u64) {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let switches = threads.map(|thread| {
        let status = fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
        let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        count.unwrap().trim().parse::<u64>().unwrap()
    });
    let switches = switches.sum();
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    (switches, ticks)
}

#[test]
fn a_found_word_its_item_and_her_place_are_there_the_next_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Start here").types("/begg").shows(" hits").types("\r").shows("Begging asks for");
    program.types("o").shows(">[ ] I did not beg").types("x").shows(">[x] I did not beg").shows("saved");
    program.types("q");
    assert!(program.ends().success());
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Begging asks for").shows("[x] I did not beg").types("q");
    assert!(program.ends().success());
}

#[test]
fn the_first_start_says_what_this_is_once_and_any_key_leads_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::first_start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Nobody sees what you read").shows("Begin reading").types("]").shows(&in_the_list(1));
    assert!(!program.screen().contains("Nobody sees"), "{}", program.screen());
    program.types("q");
    assert!(program.ends().success());
    let mut program = Running::first_start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows(&in_the_list(1));
    assert!(!program.settled().contains("Nobody sees"), "{}", program.screen());
    // It was shown also if the terminal went away before any key.
    let folder = tempfile::tempdir().unwrap();
    Running::first_start(WIDE, folder.path(), &["--theme", "dark"])
        .shows("Nobody sees")
        .signal("KILL")
        .ends();
    let mut program = Running::first_start(WIDE, folder.path(), &["--theme", "dark"]);
    assert!(!program.shows("Start here").settled().contains("Nobody sees"), "{}", program.screen());
    // A folder that is opened by its name is what was looked for.
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    fs::create_dir(&notes).unwrap();
    fs::write(notes.join("a.md"), "# Quinces\n\nText.\n").unwrap();
    let mut program =
        Running::first_start(WIDE, folder.path(), &["--theme", "dark", notes.to_str().unwrap()]);
    assert!(!program.shows("Quinces").settled().contains("Nobody sees"), "{}", program.screen());
}

#[test]
fn nothing_stays_behind_when_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &[]);
    program.shows("Start here");
    assert!(program.emulator().alternate_screen() && program.emulator().bracketed_paste());
    program.types("q");
    assert!(program.ends().success());
    let screen = program.emulator();
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    assert_eq!(screen.contents().trim(), "");
    let title = program.sent.windows(4).any(|bytes| matches!(bytes, b"\x1b]0;" | b"\x1b]2;"));
    assert!(!title, "the terminal's title was set");
}

#[test]
fn two_hundred_keys_at_once_are_all_applied_and_drawn_once_or_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Start here").quiet(Duration::from_millis(300));
    let before = program.sent.len();
    program.types("j".repeat(100) + &"k".repeat(99) + "]").shows(&in_the_list(1));
    program.quiet(Duration::from_millis(300));
    let drawn = frames(&program.sent[before..]);
    assert!((1..=2).contains(&drawn), "drawn {drawn} times");
    program.types("[").shows("Your husband has said").until("one line down", |screen| {
        !screen.contains("══════════\n") || !screen.contains("│  Start here ")
    });
}

#[test]
fn nothing_happens_while_nothing_happens() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Start here").types("jj").quiet(Duration::from_millis(500));
    let before = activity(program.id());
    assert_eq!(program.quiet(Duration::from_secs(3)), 0, "bytes were sent");
    assert_eq!(activity(program.id()), before, "the program woke up");
}

#[test]
fn the_terminal_is_asked_for_its_ground_and_the_answer_is_not_taken_for_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &[]);
    program.shows("Start here").quiet(Duration::from_millis(300));
    assert!(program.sent.windows(7).any(|bytes| bytes == b"\x1b]11;?\x1b"));
    let before = program.sent.len();
    program.types("]\x1b]11;rgb:ffff/ffff/ffff\x1b\\]").shows(&in_the_list(2));
    // The light theme's accent is blue.
    assert!(program.sent[before..].windows(4).any(|bytes| bytes == b";34m"));
}

#[test]
fn a_signal_keeps_her_place_and_gives_the_terminal_back() {
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
        program.shows("Start here").types("s").shows("If you are afraid").signal(name);
        assert_eq!(program.ends().code(), Some(128 + number), "after {name}");
        assert!(!program.emulator().alternate_screen() && !program.emulator().hide_cursor());
        let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
        program.shows("If you are afraid");
    }
}

#[test]
fn another_size_is_drawn_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("AVOID").resize((60, 20)).until("one pane", |screen| !screen.contains("AVOID"));
    program
        .resize((1, 1))
        .resize((20, 5))
        .shows("Window too small")
        .resize(WIDE)
        .shows("AVOID")
        .shows("Start here");
}

#[test]
fn without_colours_everything_can_be_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start_with(WIDE, folder.path(), &[], &[("NO_COLOR", "1")]);
    program.shows("Start here").types("\tx").shows(">[x]").types("/secure").shows("of");
    program.quiet(Duration::from_millis(300));
    let sent = String::from_utf8_lossy(&program.sent).into_owned();
    for colour in ["\x1b[38;", "\x1b[48;", "\x1b[3", "\x1b[4"] {
        let coloured = sent.match_indices(colour).any(|(at, _)| {
            let rest = &sent[at + 2..];
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(0);
            rest[end..].starts_with('m') && !matches!(&rest[..end], "39" | "49" | "39;49" | "3" | "4")
        });
        assert!(!coloured, "a colour was sent: {colour:?}");
    }
    let cells = (0..36).flat_map(|row| (0..120).map(move |column| (row, column)));
    let screen = program.emulator();
    let reversed =
        cells.filter_map(|(row, column)| screen.cell(row, column)).filter(|cell| cell.inverse()).count();
    assert!(reversed > 5, "what was found and selected is not reversed");
}

#[test]
fn without_a_terminal_it_says_what_to_use_instead() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sidelight")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.lines().count(), 1);
    assert!(message.contains("sidelight read"), "{message}");
}

#[test]
fn an_open_window_shows_what_another_marks() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    first.shows("[ ] I did not beg");
    let mut second = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    second.shows("[ ] I did not beg").types("\tx").shows(">[x] I did not beg").shows("saved");
    first.shows("[x] I did not beg");
    first.types("\tj!").shows(">[!]");
    second.shows("[!]");
}
