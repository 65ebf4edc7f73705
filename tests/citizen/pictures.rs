//! Pictures in a real terminal: it is asked how it shows them, they are drawn as it says, and nothing of
//! them is left when they go.

use crate::WIDE;
use crate::terminal::Running;
use image::{Rgb, RgbImage};
use std::path::{Path, PathBuf};
use std::time::Duration;

const QUESTION: &[u8] = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24,U=1;AAAA\x1b\\\x1b[c";
const HAS_KITTY: &str = "\x1b_Gi=31;OK\x1b\\";
const ATTRIBUTES: &str = "\x1b[?62;c";
const WITH_SIXEL: &str = "\x1b[?62;4;22c";
const DELETED: &[u8] = b"\x1b_Ga=d,d=A,q=2\x1b\\";

/// A lesson with a picture.
fn lesson(folder: &Path) -> PathBuf {
    RgbImage::from_fn(160, 64, |_, _| Rgb([200, 100, 0])).save(folder.join("flag.png")).unwrap();
    let file = folder.join("a.md");
    let below = "Below.\n\n".repeat(40);
    std::fs::write(&file, format!("# A flag\n\n![One colour](flag.png)\n\n{below}")).unwrap();
    file
}

/// The program with that lesson open, and these arguments and variables.
fn opened(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Running {
    let file = lesson(folder);
    let arguments: Vec<&str> =
        ["--theme", "dark"].iter().chain(arguments).copied().chain([file.to_str().unwrap()]).collect();
    let environment: Vec<_> = [("COLORTERM", "truecolor")].iter().chain(environment).copied().collect();
    let mut program = Running::start_with(WIDE, folder, &arguments, &environment);
    program.shows("One colour");
    program
}

fn count(program: &Running, bytes: &[u8]) -> usize {
    program.sent.windows(bytes.len()).filter(|window| *window == bytes).count()
}

/// The cells that show two pixels of the picture.
fn blocks(program: &Running) -> usize {
    let screen = program.emulator();
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let cells = (0..rows).flat_map(|row| (0..columns).filter_map(move |column| screen.cell(row, column)));
    let colour = vt100::Color::Rgb(200, 100, 0);
    cells.filter(|cell| cell.fgcolor() == colour && cell.bgcolor() == colour).count()
}

#[test]
fn a_terminal_that_knows_the_protocol_holds_the_picture_until_it_is_hidden_or_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path(), &[], &[]);
    program.sends(QUESTION).types(HAS_KITTY).types(ATTRIBUTES);
    program
        .sends(b"\x1b_Ga=T,U=1,q=2,f=100,i=")
        .until("the placeholders", |screen| screen.contains('\u{10EEEE}'));
    assert_eq!(count(&program, DELETED), 0);
    // It is sent once, wherever its cells move to and whatever lies over it.
    program.types("jjk").types("?").shows("In every pane").types("?").shows("One colour").settled();
    assert_eq!(count(&program, b"a=T,U=1"), 1);
    assert_eq!(count(&program, QUESTION), 1);
    program.types("\x07").sends(DELETED).until("nothing", |screen| screen.trim().is_empty());
    program.types("\x0f").shows("One colour").until("again", |screen| screen.contains('\u{10EEEE}'));
    assert_eq!((count(&program, b"a=T,U=1"), count(&program, DELETED)), (2, 1));
    program.types("q");
    assert!(program.ends().success());
    assert_eq!(count(&program, DELETED), 2, "at the end too");
    assert_eq!(count(&program, b"\x1b_Ga=d,d=I,i="), 2, "by its number, too");
}

#[test]
fn a_signal_that_ends_the_program_leaves_no_picture_either() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path(), &[], &[]);
    program.sends(QUESTION).types(HAS_KITTY).types(ATTRIBUTES).sends(b"a=T,U=1").signal("TERM");
    program.ends();
    assert_eq!(count(&program, DELETED), 1);
}

#[test]
fn a_terminal_with_sixels_is_sent_each_row_again_when_something_lay_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path(), &["--pictures=off"], &[]);
    program.has_cells_of((10, 20)).quiet(Duration::from_millis(100));
    program.types("i").sends(QUESTION).types(WITH_SIXEL);
    // 160 by 64 pixels: sixteen columns and three rows.
    program.sends(b"\x1bP0;1;0q\"1;1;160;20").settled();
    assert_eq!(count(&program, b"\x1bP"), 3);
    program.types("?").shows("In every pane").settled();
    assert_eq!(count(&program, b"\x1bP"), 3, "nothing is drawn over the help");
    program.types("?").until("the help is closed", |screen| !screen.contains("In every pane")).settled();
    assert_eq!(count(&program, b"\x1bP"), 6);
    // A key that changes nothing of it sends nothing of it.
    program.types("l").shows("A picture:").settled();
    assert_eq!(count(&program, b"\x1bP"), 6);
    program.types("\x07").until("nothing", |screen| screen.trim().is_empty()).settled();
    assert_eq!((count(&program, b"\x1bP"), count(&program, DELETED)), (6, 0));
}

#[test]
fn a_terminal_that_says_it_is_iterm_is_not_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path(), &[], &[("TERM_PROGRAM", "iTerm.app")]);
    program.sends(b"\x1b]1337;File=inline=1;").settled();
    assert_eq!((count(&program, b"\x1b_G"), count(&program, b"\x1b]1337;")), (0, 4));
}

#[test]
fn any_other_terminal_shows_it_in_characters_and_so_does_one_that_never_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path(), &[], &[]);
    program.sends(QUESTION).types(ATTRIBUTES).until("the picture", |screen| screen.contains('▀')).settled();
    assert_eq!(blocks(&program), 320);
    let mut silent = opened(folder.path(), &[], &[]);
    silent.sends(QUESTION).until("the picture without a key", |screen| screen.contains('▀'));
    // Nor when it was asked first whether it is light or dark.
    let file = lesson(folder.path());
    let mut silent = Running::start_with(WIDE, folder.path(), &[file.to_str().unwrap()], &[]);
    silent.sends(QUESTION).until("the picture without a key", |screen| screen.contains('▀'));
}

#[test]
fn hidden_and_shown_again_in_characters() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path(), &["--pictures", "blocks"], &[]);
    program.until("the picture", |screen| screen.contains('▀')).settled();
    assert_eq!((blocks(&program), count(&program, QUESTION)), (320, 0));
    program.types("\x07").until("nothing", |screen| screen.trim().is_empty()).settled();
    assert_eq!(blocks(&program), 0);
    program.types("\x0f").until("the picture again", |screen| screen.contains('▀')).settled();
    assert_eq!(blocks(&program), 320);
    program.types("q");
    assert!(program.ends().success());
}

#[test]
fn over_ssh_without_colours_and_where_they_are_off_there_are_none_and_nothing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, environment) in [
        (&[][..], &[("SSH_CONNECTION", "there")][..]),
        (&["--pictures=off"], &[]),
        (&["--pictures=blocks", "--theme=plain"], &[]),
        (&["--pictures=blocks"], &[("LANG", "C")]),
        (&[], &[("SIDELIGHT_PICTURES", "off")]),
    ] {
        let file = lesson(folder.path());
        let file = file.to_str().unwrap();
        let arguments: Vec<&str> = arguments.iter().copied().chain([file]).collect();
        let mut program = Running::start_with(WIDE, folder.path(), &arguments, environment);
        program.shows("One colour").types("j").settled();
        assert!(!program.screen().contains('▀'), "{arguments:?}\n{}", program.screen());
        assert_eq!(count(&program, b"\x1b_G"), 0, "{arguments:?}");
    }
}

#[test]
fn an_answer_about_pictures_in_pieces_or_too_late_is_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = opened(folder.path(), &[], &[]);
    program.sends(QUESTION).types("/").types("ab").shows("/ ab");
    for cut in [1, 2, 6] {
        let (first, second) = HAS_KITTY.split_at(cut);
        program.types(first).quiet(Duration::from_millis(60));
        program.types(second);
    }
    program.types(HAS_KITTY).types("cd").shows("/ abcd");
}

#[test]
fn a_terminal_that_has_not_answered_before_a_sleep_is_asked_again_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let job = format!(
        "set -m; \"$0\" --theme dark {}; echo \"it sleeps\"; read line; fg",
        lesson(folder.path()).display()
    );
    let mut shell = Running::start_in_shell(WIDE, folder.path(), &job);
    shell.shows("One colour").sends(QUESTION).types("\x1a").shows("it sleeps");
    shell.sent.clear();
    shell.types("\n").sends(QUESTION).types(HAS_KITTY).types(ATTRIBUTES);
    shell.until("the placeholders", |screen| screen.contains('\u{10EEEE}'));
}
