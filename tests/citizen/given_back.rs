//! Every mode that is asked for is given back, on every way out: the mouse, the keyboard
//! protocol (which terminals count, for each of their two screens), pastes, the cursor.

use crate::WIDE;
use crate::terminal::{Running, signal};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The modes of a terminal, as one that obeys these bytes has them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Modes {
    alternate: bool,
    /// How often the keyboard protocol was asked for: on the usual screen, on the other.
    keyboard: [i32; 2],
    /// Clicks, and that they come with numbers.
    mouse: [bool; 2],
    paste: bool,
    hidden_cursor: bool,
}

impl Modes {
    fn after(bytes: &[u8]) -> Self {
        let mut modes = Self::default();
        let text = String::from_utf8_lossy(bytes);
        for sequence in text.split("\x1b[").skip(1) {
            let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
            let screen = usize::from(modes.alternate);
            // What was read so far may end within a sequence.
            match sequence.get(..=end).unwrap_or_default() {
                "?1049h" => modes.alternate = true,
                "?1049l" => modes.alternate = false,
                ">1u" => modes.keyboard[screen] += 1,
                "<1u" => modes.keyboard[screen] = (modes.keyboard[screen] - 1).max(0),
                "?1000h" => modes.mouse[0] = true,
                "?1000l" => modes.mouse[0] = false,
                "?1006h" => modes.mouse[1] = true,
                "?1006l" => modes.mouse[1] = false,
                "?2004h" => modes.paste = true,
                "?2004l" => modes.paste = false,
                "?25l" => modes.hidden_cursor = true,
                "?25h" => modes.hidden_cursor = false,
                _ => {}
            }
        }
        modes
    }

    /// As they are while the panes are shown.
    fn taken(mouse: bool) -> Self {
        Self { alternate: true, keyboard: [0, 1], mouse: [mouse; 2], paste: true, hidden_cursor: true }
    }
}

fn started(folder: &Path) -> Running {
    let mut program = Running::start(WIDE, folder, &["--theme", "dark"]);
    program.shows("Start here");
    assert_eq!(Modes::after(&program.sent), Modes::taken(true));
    program
}

#[test]
fn after_quitting() {
    let folder = tempfile::tempdir().unwrap();
    for keys in ["q", "\x03", "?\x03", "/x\x03", "\x07\x03"] {
        let mut program = started(folder.path());
        program.types(keys);
        assert!(program.ends().success());
        assert_eq!(Modes::after(&program.sent), Modes::default(), "after {keys:?}");
    }
}

#[test]
fn after_a_signal() {
    for name in ["TERM", "HUP", "INT", "QUIT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = started(folder.path());
        program.signal(name).ends();
        assert_eq!(Modes::after(&program.sent), Modes::default(), "after {name}");
    }
}

#[test]
fn after_a_panic_on_any_thread() {
    for who in ["this", "another"] {
        let program = crate::panics::panicking(who);
        assert_eq!(Modes::after(&program.sent), Modes::default());
    }
}

#[test]
fn while_it_sleeps_and_taken_again_once_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Running::start_in_shell(WIDE, folder.path(), crate::leaving::JOB);
    shell.shows("Start here").types("\x1a").shows("it sleeps");
    assert_eq!(Modes::after(&shell.sent), Modes::default());
    shell.types("\n").shows("Start here").settled();
    assert_eq!(Modes::after(&shell.sent), Modes::taken(true));
    shell.types("q").shows("it ended: 0");
    assert_eq!(Modes::after(&shell.sent), Modes::default());
}

#[test]
fn after_being_stopped_without_warning() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Running::start_in_shell(WIDE, folder.path(), crate::leaving::JOB);
    shell.shows("Start here");
    for _ in 0..3 {
        signal(shell.children()[0], "CONT");
        shell.settled();
    }
    signal(shell.children()[0], "STOP");
    shell.shows("it sleeps").types("\n").shows("Start here").settled();
    assert_eq!(Modes::after(&shell.sent), Modes::taken(true));
    shell.types("q").shows("it ended: 0");
    assert_eq!(Modes::after(&shell.sent), Modes::default());
}

/// An editor that says when it begins, and adds one line that is typed to the file.
fn editor(folder: &Path) -> String {
    let path = folder.join("editor");
    let script = "#!/bin/bash\necho it edits\nread -r line\nprintf '%s' \"$line\" >> \"$1\"\n";
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn while_her_own_editor_has_the_terminal_and_no_key_is_lost_or_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let editor = editor(folder.path());
    let environment = [("VISUAL", editor.as_str())];
    let mut program = Running::start_with(WIDE, folder.path(), &["--theme", "dark"], &environment);
    program.shows("Start here").types("a").shows("A note to").types("marmalade \x18").shows("it edits");
    assert!(program.is_cooked());
    assert_eq!(Modes::after(&program.sent), Modes::default());
    // What the file held before ends in a line break.
    program.types("written there\n").shows("A note to: Start here").shows("written there");
    assert!(!program.is_cooked());
    program.types("+then").shows("written there+then").settled();
    assert_eq!(Modes::after(&program.sent), Modes { hidden_cursor: false, ..Modes::taken(true) });
    assert_eq!(program.screen().matches("marmalade").count(), 1);
    program.types("\x13").shows("saved").types("q");
    assert!(program.ends().success());
    assert_eq!(Modes::after(&program.sent), Modes::default());
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Start here").types("D\r").shows("marmalade").shows("written there+then").types("\x03");
    assert!(program.ends().success());
}

#[test]
fn the_mouse_is_left_alone_where_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, environment, mouse) in [
        (vec!["--theme", "dark", "--no-mouse"], vec![], false),
        (vec!["--theme", "dark"], vec![("SIDELIGHT_NO_MOUSE", "1")], false),
        (vec!["--theme", "dark"], vec![("SIDELIGHT_NO_MOUSE", "0")], true),
    ] {
        let mut program = Running::start_with(WIDE, folder.path(), &arguments, &environment);
        program.shows("Start here");
        assert_eq!(Modes::after(&program.sent), Modes::taken(mouse));
        program.types("\x14").shows("The mouse").settled();
        assert_eq!(Modes::after(&program.sent), Modes::taken(!mouse));
        program.types("q").ends();
        assert_eq!(Modes::after(&program.sent), Modes::default());
    }
}

#[test]
fn a_freed_mouse_stays_free_through_hiding_and_sleeping() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Running::start_in_shell(WIDE, folder.path(), crate::leaving::JOB);
    shell.shows("Start here").types("\x14").shows("The mouse is the terminal's now");
    shell.types("\x07").until("nothing", |screen| screen.trim().is_empty());
    shell.types("\x0f").shows("Start here").types("\x1a").shows("it sleeps").types("\n");
    shell.shows("Start here").settled();
    assert_eq!(Modes::after(&shell.sent), Modes::taken(false));
    shell.types("\x14").shows("The mouse points here again").settled();
    assert_eq!(Modes::after(&shell.sent), Modes::taken(true));
    shell.types("q").shows("it ended: 0");
}

#[test]
fn a_click_and_the_wheel_arrive_from_a_real_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(folder.path());
    program.types("\x1b[<0;92;7M\x1b[<0;92;7m").shows("[x] I did not beg").shows("saved");
    program
        .types("\x1b[<65;60;12M")
        .until("scrolled", |screen| screen.lines().nth(2).is_some_and(|line| line.contains("In short")));
    program.types("\x1b[<0;10;9M\x1b[<0;10;9m").shows("•  Why people do what").types("q");
    assert!(program.ends().success());
}

#[test]
fn a_double_click_is_one_click() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(folder.path());
    program.types("\x1b[<0;92;7M\x1b[<0;92;7m\x1b[<0;92;7M\x1b[<0;92;7m").shows("[x] I did not beg");
    program.settled();
    assert!(program.screen().contains("[x] I did not beg"), "{}", program.screen());
}
