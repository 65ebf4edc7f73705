//! `--linear` and a dumb terminal: everything of the main job by plain lines.

use crate::strict::stray_in_lines;
use crate::terminal::Running;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn piped(folder: &Path) -> Command {
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
fn told(folder: &Path, commands: &str) -> String {
    told_by(&mut piped(folder), commands)
}

fn told_by(command: &mut Command, commands: &str) -> String {
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

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

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
fn the_main_job_can_be_done_by_lines_and_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let (first, taught_in) = (course.stop_first.unwrap(), course.items[0].lesson);
    let title = |lesson: usize| format!("{}: {}", lesson + 1, course.lessons[lesson].title());
    let text = told(
        folder.path(),
        &format!(
            "list\nread {}\n\nsearch begg\ngo 1\nitems\nmark 1 kept\nmark 2 slipped\nmark 3 did not arise\nwhy 1\nfirst\nhelp\nquit\nlist\n",
            first + 1
        ),
    );
    let parts = [
        "You are in lesson 1, Start here.",
        "Part: ",
        &title(first).replacen(':', ".", 1),
        &format!("Lesson: {}", course.lessons[first].title()),
        "Enter goes on.",
        " found.\n1. In ",
        "The checklist of Sunday, 22 November 2026.\nTo avoid:\nAsking and promising.\n\
         1. I did not beg or plead: not recorded",
        "Sunday, 22 November. I did not beg or plead: kept.\nSaved.",
        ": slipped.\nSaved.",
        ": did not arise.\nSaved.",
        "Instead: ",
        &format!("Taught in lesson {}", title(taught_in)),
        "One letter does too",
    ];
    has(&text, &parts);
    assert_eq!(text.matches("1. Start here").count(), 1, "it went on after quit");
    let text = told(folder.path(), "i\nd yesterday\nm 1 d\nd\nm 1 c\nday 2026-11-20\n");
    has(
        &text,
        &[
            "1. I did not beg or plead: kept",
            "Saturday, 21 November. I did not beg or plead: did not arise.\nSaved.",
        ],
    );
    has(
        &text,
        &[
            "Sunday, 22 November. I did not beg or plead: not recorded.\nSaved.",
            "The checklist of Friday, 20 November",
        ],
    );
    assert!(!text.contains("You are in lesson 1,"), "the place is lost: {text}");
}

/// The answers to these commands, each given after the one before: what is between two of them is
/// told by the screen of a terminal with the prompt before each.
fn daily_work(folder: &Path, commands: &[&str]) -> String {
    told(folder, &format!("{}\n", commands.join("\n")))
}

#[test]
fn three_lines_a_plan_an_own_item_and_a_list_are_written_by_lines_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let text = daily_work(
        folder.path(),
        &[
            "evening",
            "He called late",
            "I let him speak.",
            "",
            "evening",
            "stop",
            "plan 1",
            "he shouts",
            "I go out",
        ],
    );
    let parts = [
        "Three lines about Sunday, 22 November.",
        "What happened?",
        "What did I do?\nSaved.",
        "What next?\nSaved.",
        "That was the last of the three.",
        "What happened? Now: He called late. Enter leaves it",
        "If what happens?",
        "Then what do you do?",
        "If he shouts, then I go out.\nSaved.",
    ];
    has(&text, &parts);
    let text = daily_work(
        folder.path(),
        &[
            "add",
            "a",
            "I did not shout",
            "",
            "I went out.",
            "items",
            "mark 1 kept",
            "undo",
            "undo",
            "items",
            "redo",
        ],
    );
    let parts = [
        "Is it to avoid, or to embrace?",
        "What will you do instead?",
        "A few words are needed.",
        "On your list now: I did not shout.",
        "Your list, 0 of 1 kept.\nTo avoid:\n1. I did not shout: not recorded.\nThere are ",
        " more that are not on your list: items all.",
        "I did not shout: kept.\nSaved.",
        "Undone: kept, Sunday, 22 November: I did not shout.\nSaved.",
        "Undone: added: I did not shout.\nSaved.",
        "Redone: added: I did not shout.\nSaved.",
    ];
    has(&text, &parts);
    let text = daily_work(
        folder.path(),
        &["items", "why 1", "items all", "* 3", "retire 1", "d yesterday", "x 1", "d"],
    );
    let parts = [
        "1. I did not shout: not recorded.",
        "Instead: I went out.",
        "Not on your list:\nTo avoid:\nAsking and promising.\n2. I did not beg or plead: ",
        "On your list now: ",
        "Retired: I did not shout. Its marks stay; undo brings it back.\nSaved.",
        "Saturday, 21 November.",
    ];
    has(&text, &parts);
    {
        let text = text.as_str();
        assert!(!text.contains("..\n") && !text.contains(".. "), "a sentence ends twice: {text}");
    }
}

#[test]
fn today_is_told_and_done_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let text = told(folder.path(), "today\n");
    has(
        &text,
        &[
            "Sunday, 22 November 2026.\nYour list is empty. Three items are enough to begin with.\nstar ",
            "puts the first of these on it; items all tells all of them.\n",
            "The day in three lines: evening writes them.\nWhat happened? nothing yet.\n",
            "To read: lesson 1, Start here, ",
            "read 1 opens it.",
        ],
    );
    let number = text.split_once("\nstar ").unwrap().1.split(' ').next().unwrap();
    let commands = format!(
        "today\nstar {number}\ntoday\nplan 1\nhe shouts\nI go out\nevening\nHe called late\nstop\nt\nx 1\nt\n"
    );
    let text = told(folder.path(), &commands);
    has(
        &text,
        &[
            ": not recorded.\nThe day in three lines",
            ": not recorded. If he shouts, then I go out.\n",
            "What happened? He called late.\nWhat did I do? nothing yet.\n",
            ": kept. Kept on 1 of the last 7 days.\nThe day in three lines",
        ],
    );
    // Whoever wants to begin with it hears it behind the first words.
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "start = \"today\"\n").unwrap();
    let text = told_by(piped(folder.path()).arg("--config").arg(&config), "");
    has(&text, &["help lists the commands.\nSunday, 22 November 2026.\nTo "]);
}

#[test]
fn the_weeks_the_self_check_and_links_are_told_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let text = daily_work(folder.path(), &["review", "x 1", "! 2", "day -3", "x 1", "review", "review 7"]);
    let parts = [
        "Nothing is marked yet.",
        "The last 4 weeks, from Monday, 26 October.",
        "I did not beg or plead: 2 kept, 0 slipped, 0 did not arise; kept on 2 of the last 7 days.",
        "The week from 16 November: avoid 2 of 3 kept.",
        "Say review, review 12 or review 52.",
    ];
    has(&text, &parts);
    // The first answer to each question about safety is yes: it leads to the page to read first.
    let text =
        daily_work(folder.path(), &["where", "9", "1", "nonsense", "first", "where", "back", "2", "stop"]);
    let guide = course.guide.as_ref().unwrap();
    let parts = [
        &format!("Question 1. {}", guide.questions[guide.start].text),
        "Say a number from 1 to ",
        "An order in which to read:",
        "first opens the page to read first.",
        "The question is put aside.",
        "Question 2. ",
        "Left. What was saved stays.",
    ];
    has(&text, &parts);
    assert!(!text.contains("Saved."), "an answer is saved: {text}");
    let text = daily_work(
        folder.path(),
        &["where", "2", "2", "2", "2", "2", "2", "1", "1", "1", "1", "use", "items"],
    );
    assert!(text.contains("Your list, ") || text.contains("Question "), "{text}");
    let page = folder.path().join("page.md");
    std::fs::write(
        &page,
        "# Page\n\nSee [there](#there) and [a](https://a.example/).\n\n## There\n\nHere.\n",
    )
    .unwrap();
    let mut command = piped(folder.path());
    let text = told_by(command.arg(&page), "r 1\nlinks\nlink 2\nlink 9\nlink 1\n");
    let parts = [
        "It has 2 links: links.",
        "1. To lesson 1, Page.\n2. To the web: https://a.example/\n",
        "Say the number of a link",
        "Heading: There",
        "End of the lesson. It is the last one.",
    ];
    has(&text, &parts);
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
    for before in [&["evening"][..], &["add", "a"], &["where"], &["plan 1"], &[]] {
        let commands: Vec<&str> = before.iter().copied().chain(["first"]).collect();
        has(&daily_work(folder.path(), &commands), &[&page]);
        let commands: Vec<&str> = before.iter().copied().chain(["hide", "list", "first", "show"]).collect();
        let text = daily_work(folder.path(), &commands);
        assert!(!text.contains("Part: ") && !text.contains(&page), "{text}");
        assert_eq!(text.matches("You are in lesson").count(), 2, "{text}");
    }
    has(&daily_work(folder.path(), &["s"]), &[&page]);
    // Its letter leads there from any question that is not answered with words.
    for question in ["where", "add"] {
        has(&daily_work(folder.path(), &[question, "s"]), &["The question is put aside.", &page]);
    }
    has(&daily_work(folder.path(), &["s"]), &["Here the words are hide, show, and quit."]);
}

#[test]
fn the_keys_that_texts_name_for_the_lessons_beside_work_by_lines_too() {
    let folder = tempfile::tempdir().unwrap();
    let text = daily_work(folder.path(), &["]", "[", "["]);
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
        "dance\nread 99\nread x\nmark\nmark 1\nmark 99 kept\nmark 1 perhaps\nday soon\nday 2026-11-23\ngo 1\nsearch zebra\n\u{1b}[A\n\u{9b}2J\u{202e}\n",
    );
    let parts = [
        "There is no command dance. help lists them.",
        "Say a number from 1 to ",
        "Say for example: mark 2 kept.",
        "Say a day such as 2026-11-22",
        "That day is still to come.",
        "Search first",
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
    told(folder.path(), "mark 1 kept\nread 3\n");
    let mut program = Running::start(crate::WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("[x] I did not beg").types("\tj!").shows("[!]").types("q");
    assert!(program.ends().success());
    let text = told(folder.path(), "items\n");
    has(&text, &["1. I did not beg or plead: kept", ": slipped"]);
}

#[test]
fn what_is_not_on_the_disk_is_not_called_saved() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), "mark 1 kept\n");
    let log = folder.path().join("data/log");
    let aside = folder.path().join("aside");
    let mut child = piped(folder.path()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut input = child.stdin.take().unwrap();
    assert!(lines.next().unwrap().contains("help lists the commands"));
    std::fs::rename(&log, &aside).unwrap();
    std::fs::write(&log, "in the way").unwrap();
    writeln!(input, "mark 2 kept").unwrap();
    assert!(lines.next().unwrap().ends_with(": kept."));
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
    child.stdin.take().unwrap().write_all(b"mark 1 kept\n").unwrap();
    let said: Vec<String> = lines.collect();
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
    child.stdin.take().unwrap().write_all(b"mark 1 kept\nitems\n").unwrap();
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
        writeln!(input, "mark 1 kept").unwrap();
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
        program.types("mark 1 kept\n").shows("I did not beg or plead: kept").shows("Saved.");
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
    program.shows("help lists the commands").types("mark 1 slipped\n").shows("Saved.").types("\x03");
    assert_eq!(program.ends().code(), Some(130));
    has(&told(folder.path(), "items\n"), &["1. I did not beg or plead: slipped"]);
}

#[test]
fn a_terminal_that_goes_away_ends_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(crate::WIDE, folder.path(), &["--linear"]);
    program.shows("help lists the commands").types("mark 1 kept\n").shows("Saved.");
    let before = Instant::now();
    program.unplugs();
    assert_eq!(program.ends().code(), Some(129));
    assert!(before.elapsed() < Duration::from_secs(2), "it took {:?}", before.elapsed());
    has(&told(folder.path(), "items\n"), &["1. I did not beg or plead: kept"]);
}

/// The answers in the course that has a plan by weeks, groups and rhythms.
fn told_of_the_tour(folder: &Path, commands: &[&str]) -> String {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/tour");
    told_by(piped(folder).arg("--course").arg(course), &format!("{}\n", commands.join("\n")))
}

fn told_of_evenings(folder: &Path, commands: &[&str]) -> String {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/evenings");
    told_by(piped(folder).arg("--course").arg(course), &format!("{}\n", commands.join("\n")))
}

#[test]
fn the_first_start_says_in_a_few_lines_what_this_is_and_what_to_do_tonight() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_of_evenings(folder.path(), &["quit"]);
    let expected = "A few pages about the last hour of the day, and a short list to tick in the evening.\n\
                    None of it takes longer than you have tonight.\n\
                    Nobody sees what you read, mark or write: it is sent nowhere, and only your account can open \
                    it. hide says nothing more until show.\n\
                    aid: what to do tonight. Enter: begin reading. where: where am I?\n\
                    In a hard minute: aid. Better evenings. You are in lesson 1, Right now.";
    assert!(text.starts_with(expected), "{text}");
    assert!(
        told_of_evenings(folder.path(), &["quit"]).starts_with("In a hard minute: aid. Better evenings.")
    );
}

#[test]
fn first_aid_is_one_word_away_within_any_question_and_unknown_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    for before in [&["evening"][..], &["add", "a"], &["where"], &["plan 1"], &["read 4"], &[]] {
        let commands: Vec<&str> = before.iter().copied().chain(["aid"]).collect();
        has(
            &told_of_evenings(folder.path(), &commands),
            &["Lesson: Right now\n\nPut both feet on the floor."],
        );
    }
    has(&told_of_evenings(folder.path(), &["help"]), &["aid, or A: what to do in a hard minute."]);
    let other = tempfile::tempdir().unwrap();
    let text = told_of_the_tour(other.path(), &["help", "aid"]);
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
    // Where words are asked for it is a word.
    let text = told_of_evenings(folder.path(), &["evening", "A"]);
    assert!(!text.contains(aid) && text.contains("Saved."), "{text}");
}

#[test]
fn the_plan_by_weeks_is_begun_followed_and_left_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let commands = [
        "plan",
        "week 2",
        "week items",
        "week items",
        "undo",
        "plan",
        "week 9",
        "week leave",
        "week leave",
        "undo",
    ];
    let text = told_of_evenings(folder.path(), &commands);
    let parts = [
        "The plan by weeks. A week takes as long as you take. week 1 begins it.\n1. Light: 0 of 1 lessons read.",
        "You are in week 2 of 3: People.\nTo read:\nlesson 4, The people around you.\nlesson 1, Right now.\n\
         To practise:\nI began no quarrel after nine.\nI called somebody.\n\
         To look back on at its end: Whom will you call again?\nSaved.",
        "On your list now: 2 more. items tells their numbers.\nSaved.",
        "They are on your list already.",
        "The plan by weeks. You are in week 2 of 3: People.",
        "Say week and a number from 1 to 3, week items, or week leave.",
        "You have left the plan. What you read and marked stays.\nSaved.",
        "You are in no week of the plan. week 1 begins it.",
    ];
    has(&text, &parts);
    has(&told_of_evenings(folder.path(), &["plan"]), &["You are in week 2 of 3: People."]);
    let other = tempfile::tempdir().unwrap();
    has(&told_of_the_tour(other.path(), &["plan", "week 1"]), &["This course has no plan by weeks."]);
    // The self-check leads to it.
    let text = told_of_evenings(folder.path(), &["where", "1", "1", "plan"]);
    has(&text, &["plan tells the plan by weeks.", "The plan by weeks. You are in"]);
}

#[test]
fn groups_and_rhythms_are_told_with_the_items() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_of_evenings(folder.path(), &["items", "mark 6 kept", "items"]);
    let parts = [
        "To avoid:\n1. I drank no coffee after lunch: not recorded.\nScreens.\n2. I looked at no screen",
        "Body.\n6. I walked for half an hour: not recorded. 0 of 3 this week.",
        "People.\n7. I called somebody: not recorded. Mondays and Thursdays: 0 of 2 this week.",
        "6. I walked for half an hour: kept. 1 of 3 this week.",
    ];
    has(&text, &parts);
    let commands = [
        "add",
        "e",
        "I swam",
        "items",
        "often 1 tue fri",
        "under 1 Body",
        "items",
        "often 1 now and then",
        "often 2 daily",
    ];
    let text = told_of_evenings(folder.path(), &commands);
    let parts = [
        "I swam. How often now: Tuesdays and Fridays.\nSaved.",
        "I swam. Under now: Body.\nSaved.",
        "Body.\n1. I swam: not recorded. Tuesdays and Fridays: 0 of 2 this week.",
        "Write daily, 3 a week, or days such as mon thu.",
        "The course's own items stay as they are.",
    ];
    has(&text, &parts);
    let review = told_of_evenings(folder.path(), &["review"]);
    has(&review, &["I walked for half an hour: 1 kept, 0 slipped, 0 did not arise; kept 1 of 3 this week."]);
}
