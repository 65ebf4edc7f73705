//! `--linear` and a dumb terminal: everything of the main job by plain lines.

use crate::strict::stray_in_lines;
use crate::terminal::Running;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub(super) fn piped(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
    command
        .arg("--linear")
        .env_clear()
        .env("SIDELIGHT_DATA_DIR", folder.join("data"))
        .env("SIDELIGHT_TODAY", "2026-11-22")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What is answered to these commands, after which the input ends.
pub(super) fn told(folder: &Path, commands: &str) -> String {
    told_by(&mut piped(folder), commands)
}

/// The answers to these commands, one a line.
pub(super) fn told_lines(folder: &Path, commands: &[&str]) -> String {
    told(folder, &format!("{}\n", commands.join("\n")))
}

pub(super) fn told_by(command: &mut Command, commands: &str) -> String {
    let mut child = command.spawn().unwrap();
    // Its output has to be taken meanwhile, or neither side could go on.
    let mut input = child.stdin.take().unwrap();
    let commands = commands.to_owned();
    let typing = std::thread::spawn(move || input.write_all(commands.as_bytes()).ok());
    let output = child.wait_with_output().unwrap();
    typing.join().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    is_plain(&output.stdout);
    String::from_utf8(output.stdout).unwrap()
}

/// Nothing but lines of text: no escape, no control, no ornament.
fn is_plain(bytes: &[u8]) {
    assert_eq!(stray_in_lines(bytes), None);
    let text = std::str::from_utf8(bytes).unwrap();
    let drawn = text
        .chars()
        .find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{2500}'..='\u{259f}' | '•' | '✓'));
    assert_eq!(drawn, None, "something is drawn");
}

pub(super) fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

/// The beginning of the answer to a mark.
const MARKED: &str = "Sunday, 22 November. ";

/// Waits for a program to end, and returns its exit code.
fn ended(child: &mut Child) -> Option<i32> {
    let end = Instant::now() + crate::terminal::PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(Instant::now() < end, "it does not end");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

#[test]
fn a_link_to_a_section_that_does_not_exist_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    std::fs::create_dir(&notes).unwrap();
    std::fs::write(notes.join("a.md"), "# A\n\n[here](#gone) and [there](b.md#gone)\n\nMore.\n").unwrap();
    std::fs::write(notes.join("b.md"), "# B\n\nOther words.\n").unwrap();
    let text = told_by(piped(folder.path()).arg(&notes), "r 1\nlink 1\nlink 2\n");
    let missing = "There is no section #gone here.";
    has(&text, &[&format!("{missing}\n{missing} This is the beginning.\nLesson: B\n\nOther words.")]);
    assert_eq!(text.matches("Lesson: A").count(), 1, "{text}");
}

#[test]
fn the_page_to_read_first_and_hiding_work_within_any_question() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let page = format!("Lesson: {}", course.lessons[course.stop_first.unwrap()].title());
    for before in [&["evening"][..], &["add", "a"], &["where"], &["items", "plan 1"], &[]] {
        let commands: Vec<&str> = before.iter().copied().chain(["first"]).collect();
        has(&told_lines(folder.path(), &commands), &[&page]);
        let commands: Vec<&str> = before.iter().copied().chain(["hide", "list", "first", "show"]).collect();
        let text = told_lines(folder.path(), &commands);
        assert!(!text.contains("Part: ") && !text.contains(&page), "{text}");
        assert_eq!(text.matches("You are in lesson").count(), 2, "{text}");
        let is_asked = text.contains("A question was put aside by hide.");
        assert_eq!(is_asked, !before.is_empty(), "{text}");
    }
    has(&told_lines(folder.path(), &["s"]), &[&page]);
    // Its letter leads there from any question that is not answered with words.
    for question in ["where", "add"] {
        has(&told_lines(folder.path(), &[question, "s"]), &["The question is put aside.", &page]);
    }
}

#[test]
fn the_keys_that_texts_name_for_the_lessons_beside_work_by_lines_too() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(folder.path(), &["]", "[", "["]);
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let at = |lesson: usize| text.find(&format!("Lesson: {}\n", course.lessons[lesson].title())).unwrap();
    assert!(at(1) < at(0), "{text}");
    has(&text, &["There is no lesson there."]);
}

#[test]
fn on_a_terminal_lines_are_broken_at_words_and_hiding_moves_all_of_it_out_of_sight() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start((40, 12), folder.path(), &["--linear"]);
    program
        .shows("commands.")
        .types("items\n")
        .until("the end of the items", |screen| screen.ends_with("> "));
    for line in program.screen().lines() {
        assert!(sidelight::text::columns::width(line) < 40, "{line:?}");
    }
    program.types("hide\n").until("nothing", |screen| screen.trim() == ">");
    program.types("show\n").shows("are in lesson 1").types("q\n");
    assert!(program.ends().success());
}

#[test]
fn every_lesson_can_be_read_to_its_end_by_enter_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = told(folder.path(), &"\n".repeat(600));
    let lessons = sidelight::course::Course::built_in("reconcile").unwrap().lessons;
    assert_eq!(text.matches("End of the lesson.").count(), lessons.len());
    for lesson in &lessons {
        assert!(text.contains(lesson.title()), "{} was not told", lesson.title());
    }
    has(&text, &["This was the last lesson."]);
    let text = told(folder.path(), "list\n");
    assert_eq!(text.matches(", read").count(), lessons.len());
}

#[test]
fn what_makes_no_sense_is_answered_with_what_would() {
    let folder = tempfile::tempdir().unwrap();
    let text = told(
        folder.path(),
        "dance\nread 99\nread x\nmark\nmark 1\nmark 99 kept\nmark 1 perhaps\nday soon\nday 2026-11-23\ngo 1\nsearch\nsearch zebra\n\u{1b}[A\n\u{9b}2J\u{202e}\n",
    );
    let parts = [
        "There is no command dance. help lists them.",
        "Say a number from 1 to ",
        "Say for example: mark 2 kept, or mark 2 kept yesterday.",
        "Say items first: a number stands for an item once it was told.",
        "There was a key in that line that does nothing here",
        "Say a day such as 2026-11-22",
        "That day is still to come.",
        "Search first",
        "Say what to look for",
        "Nothing found; fewer letters find more.",
    ];
    has(&text, &parts);
    assert!(!text.contains("Saved"), "{text}");
}

#[test]
fn hostile_texts_bring_no_control_into_the_lines() {
    let folder = tempfile::tempdir().unwrap();
    let course = folder.path().join("course");
    crate::hostile::write_a_course(&course);
    let mut command = piped(folder.path());
    let commands = format!("list\nitems\nread 1\n{}search x\ngo 1\nmark 1 kept\n", "\n".repeat(60));
    told_by(command.arg("--course").arg(&course), &commands);
}

#[test]
fn what_the_lines_mark_the_screen_knows_and_the_other_way_round() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), "items\nmark 1 kept\nread 3\n");
    let mut program = Running::start(crate::WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("[x] I did not beg").types("\tj!").shows("[!]").types("q");
    assert!(program.ends().success());
    let text = told(folder.path(), "items\n");
    has(&text, &["1. I did not beg or plead: kept", ": slipped"]);
}

#[test]
fn what_is_not_on_the_disk_is_not_called_saved() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), "items\nmark 1 kept\n");
    let log = folder.path().join("data/log");
    let aside = folder.path().join("aside");
    let mut child = piped(folder.path()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut input = child.stdin.take().unwrap();
    assert!(lines.next().unwrap().contains("help lists the commands"));
    std::fs::rename(&log, &aside).unwrap();
    std::fs::write(&log, "in the way").unwrap();
    writeln!(input, "items\nmark 2 kept").unwrap();
    let marked = lines.find(|line| line.starts_with(MARKED)).unwrap();
    assert!(marked.ends_with(": kept."), "{marked}");
    let said = lines.next().unwrap();
    assert!(said.starts_with("NOT SAVED: "), "{said}");
    std::fs::remove_file(&log).unwrap();
    std::fs::rename(&aside, &log).unwrap();
    writeln!(input, "mark 3 slipped").unwrap();
    assert!(lines.next().unwrap().ends_with(": slipped."));
    assert_eq!(lines.next().unwrap(), "Saved.");
    drop(input);
    assert_eq!(ended(&mut child), Some(0));
    let text = told(folder.path(), "items\n");
    assert_eq!(text.matches(": kept").count(), 2, "{text}");
}

#[test]
fn what_stays_unsaved_to_the_end_is_said_once_more_and_by_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), "quit\n");
    let mut child = piped(folder.path()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    lines.next().unwrap();
    let log = folder.path().join("data/log");
    std::fs::remove_dir_all(&log).ok();
    std::fs::write(&log, "in the way").unwrap();
    child.stdin.take().unwrap().write_all(b"items\nmark 1 kept\n").unwrap();
    let said: Vec<String> = lines.skip_while(|line| !line.starts_with(MARKED)).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said[0].ends_with(": kept.") && said[1].starts_with("NOT SAVED: ") && said[2] == said[1],
        "{said:?}"
    );
    assert_eq!(ended(&mut child), Some(1));
}

#[test]
fn where_nothing_is_kept_nothing_is_called_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = piped(folder.path()).arg("--no-save").spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"items\nmark 1 kept\nitems\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    has(
        &text,
        &[
            "I did not beg or plead: kept.\nNothing is saved, as you asked.",
            "1. I did not beg or plead: kept",
        ],
    );
    assert!(output.status.success() && !text.contains("Saved"), "{text}");
}

#[test]
fn a_signal_ends_it_with_its_number_and_nothing_is_lost() {
    for (name, number) in [("TERM", 15), ("INT", 2), ("HUP", 1), ("QUIT", 3)] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = piped(folder.path()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "items\nmark 1 kept").unwrap();
        assert!(lines.any(|line| line == "Saved."));
        crate::terminal::signal(child.id(), name);
        assert_eq!(ended(&mut child), Some(128 + number), "after {name}");
        has(&told(folder.path(), "items\n"), &["1. I did not beg or plead: kept"]);
    }
}

#[test]
fn a_signal_is_heard_while_nobody_takes_what_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = piped(folder.path()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let typing = std::thread::spawn(move || input.write_all("list\n".repeat(2000).as_bytes()).ok());
    // As much as a pipe holds: the program waits for somebody to read.
    let output = child.stdout.take().unwrap();
    let end = Instant::now() + crate::terminal::PATIENCE;
    while rustix::io::ioctl_fionread(&output).unwrap() < 60_000 {
        assert!(Instant::now() < end, "the pipe is not full");
        std::thread::park_timeout(Duration::from_millis(5));
    }
    crate::terminal::signal(child.id(), "TERM");
    assert_eq!(ended(&mut child), Some(143));
    drop(output);
    typing.join().unwrap();
}

#[test]
fn whoever_stops_reading_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = piped(folder.path()).spawn().unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(b"list\nlist\n").ok();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_dumb_terminal_gets_lines_by_itself_and_no_sequence() {
    for kind in ["dumb", ""] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Running::start_with(crate::WIDE, folder.path(), &[], &[("TERM", kind)]);
        program.shows("help lists the commands").types("list\n").shows("1. Start here, you are here");
        program.types("items\nmark 1 kept\n").shows("I did not beg or plead: kept").shows("Saved.");
        program.types("read 2\n\n\nsearch begg\nitems\n").shows("To embrace:").types("\x04");
        assert!(program.ends().success());
        // The terminal itself begins each line anew.
        let sent = String::from_utf8(program.sent.clone()).unwrap().replace("\r\n", "\n");
        is_plain(sent.as_bytes());
        assert!(program.is_cooked());
    }
}

#[test]
fn so_does_a_terminal_that_does_not_say_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["-u", "TERM", env!("CARGO_BIN_EXE_sidelight")];
    let mut program = Running::start_program("env", crate::WIDE, folder.path(), &arguments, &[]);
    program.shows("help lists the commands").types("q\n");
    assert!(program.ends().success() && !program.sent.contains(&0x1b));
}

#[test]
fn what_is_to_be_heeded_is_told_with_its_item() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let text = told(folder.path(), "items\n");
    let cautions: Vec<&str> = course.items.iter().filter_map(|item| item.caution.as_deref()).collect();
    assert!(!cautions.is_empty());
    has(&text, &cautions);
}

#[test]
fn ctrl_c_at_a_terminal_ends_it_with_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(crate::WIDE, folder.path(), &["--linear"]);
    program.shows("help lists the commands").types("items\nmark 1 slipped\n").shows("Saved.").types("\x03");
    assert_eq!(program.ends().code(), Some(130));
    has(&told(folder.path(), "items\n"), &["1. I did not beg or plead: slipped"]);
}

#[test]
fn a_terminal_that_goes_away_ends_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(crate::WIDE, folder.path(), &["--linear"]);
    program.shows("help lists the commands").types("items\nmark 1 kept\n").shows("Saved.");
    let before = Instant::now();
    program.unplugs();
    assert_eq!(program.ends().code(), Some(129));
    assert!(before.elapsed() < Duration::from_secs(2), "it took {:?}", before.elapsed());
    has(&told(folder.path(), "items\n"), &["1. I did not beg or plead: kept"]);
}

/// The answers in the course that is built in and teaches the keys.
pub(super) fn told_of_the_tour(folder: &Path, commands: &[&str]) -> String {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/tour");
    told_by(piped(folder).arg("--course").arg(course), &format!("{}\n", commands.join("\n")))
}

/// The answers in the course that has a plan by weeks, groups and rhythms.
pub(super) fn told_of_evenings(folder: &Path, commands: &[&str]) -> String {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/evenings");
    told_by(piped(folder).arg("--course").arg(course), &format!("{}\n", commands.join("\n")))
}

#[test]
fn the_first_start_says_in_a_few_lines_what_this_is_and_what_to_do_in_a_hard_minute() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_of_evenings(folder.path(), &["quit"]);
    let expected = "A few pages about the last hour of the day, and a short list to tick in the evening.\n\
                    None of it takes longer than you have tonight.\n\
                    Nobody sees what you read, mark or write: it is sent nowhere, and only your account can open \
                    it. hide says nothing more until show.\n\
                    aid: Right now, what to do in a hard minute. Enter: begin reading. where: where am I?\n\
                    In a hard minute: aid. This is Better evenings. You are in lesson 1, Right now.";
    assert!(text.starts_with(expected), "{text}");
    assert!(
        told_of_evenings(folder.path(), &["quit"])
            .starts_with("In a hard minute: aid. This is Better evenings.")
    );
    let other = tempfile::tempdir().unwrap();
    has(&told_of_the_tour(other.path(), &[]), &["\ntoday: what today has. Enter: begin reading.\n"]);
}

#[test]
fn first_aid_is_one_word_away_within_any_question_and_unknown_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    for before in [&["evening"][..], &["add", "a"], &["where"], &["items", "plan 1"], &["read 4"], &[]] {
        let commands: Vec<&str> = before.iter().copied().chain(["aid"]).collect();
        has(
            &told_of_evenings(folder.path(), &commands),
            &["Lesson: Right now\n\nPut both feet on the floor."],
        );
    }
    has(&told_of_evenings(folder.path(), &["help"]), &["aid: what to do in a hard minute."]);
    let other = tempfile::tempdir().unwrap();
    let text = told_of_the_tour(other.path(), &["help", "help all", "help aid", "aid"]);
    assert!(!text.contains("what to do in a hard minute"), "{text}");
    has(&text, &["This course names no lesson for a hard minute."]);
}

#[test]
fn the_keys_that_a_lesson_names_do_the_same_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_of_evenings(folder.path(), &["A", "P", "where", "A", "."]);
    let aid = "Lesson: Right now\n\nPut both feet on the floor.";
    has(&text, &[aid, "The plan by weeks.", "The question is put aside."]);
    assert_eq!(text.matches(aid).count(), 2, "{text}");
    // As the word does.
    let today = told_of_evenings(folder.path(), &["today"]);
    let (_, today) = today.split_once("help lists the commands.\n").unwrap();
    assert!(today.len() > 20 && text.ends_with(today), "{text}\n{today}");
    // The page for danger is never mistaken for an answer.
    let text = told_of_evenings(folder.path(), &["evening", "s"]);
    assert!(text.contains("Lesson: When to ask for help") && !text.contains("Saved."), "{text}");
    // Where words are asked for it is a word.
    let text = told_of_evenings(folder.path(), &["evening", "A"]);
    assert!(!text.contains(aid) && text.contains("Saved."), "{text}");
}
