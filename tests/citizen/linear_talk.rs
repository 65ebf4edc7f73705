//! How the plain lines talk with somebody who only hears them: words for keys, one question at a time,
//! nothing lost between them, nothing said that is not so.

use crate::linear::{has, piped, told, told_by, told_lines, told_of_evenings, told_of_the_tour};
use crate::terminal::Running;

#[test]
fn what_a_lesson_says_of_keys_is_told_as_the_words_that_do_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(folder.path(), &["s"]);
    has(&text, &["hide hides, show shows, Ctrl-c closes.", "Say s to come back", "or first while you type."]);
    // None of the words is said behind a page that names no key.
    let text = told_lines(folder.path(), &["s", "read 1", "aid"]);
    assert!(!text.contains("Here the words are") && !text.contains("Ctrl-g"), "{text}");
    has(&text, &["Say aid for Tonight."]);
    // What no word does is said to be for the screen, before the text.
    let text = told_of_the_tour(folder.path(), &["read 1", ""]);
    has(&text, &["Keys that are named here without a word, such as j, are for the screen.\n\nHeading:"]);
    // Code in a file that is no course is told as it is written.
    let page = folder.path().join("page.md");
    std::fs::write(&page, "# Page\n\nPress `s` or `Ctrl-g` in the editor; `x` is a variable.\n").unwrap();
    let text = told_by(piped(folder.path()).arg(&page), "r 1\n");
    has(&text, &["Press s or Ctrl-g in the editor; x is a variable."]);
}

#[test]
fn a_key_of_the_screen_in_a_line_does_what_it_does_there_and_no_other_key_does_anything() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let page = format!("Lesson: {}", course.lessons[course.stop_first.unwrap()].title());
    for before in [&[][..], &["evening"], &["items", "plan 1"], &["where"]] {
        let typed = |line: &str| told_lines(folder.path(), &[before, &[line, "list"]].concat());
        // Hidden: nothing is told after it, whatever else was in the line.
        for line in ["\u{7}", "He is coming\u{7} in"] {
            let text = typed(line);
            assert!(!text.contains("Part: ") && !text.contains("Saved."), "{text}");
        }
        has(&typed("\u{7}\n\u{f}"), &["You are in lesson "]);
        has(&typed("\u{1b}s"), &[&page]);
        let text = typed("list\u{1b}[A");
        has(&text, &["There was a key in that line that does nothing here, so nothing was done."]);
        assert!(!text.contains("Enter goes on.") && !text.contains("Saved."), "{text}");
    }
}

#[test]
fn a_question_that_hide_came_before_is_asked_again_with_what_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let commands = ["items", "plan 1", "he shouts", "hide", "mark 1 kept", "show", "I go out"];
    let text = told_lines(folder.path(), &commands);
    has(
        &text,
        &[
            "A question was put aside by hide. What you answered is kept; stop leaves it.\nThen what do you do?",
        ],
    );
    has(&text, &["If he shouts, then I go out.\nSaved."]);
    assert!(!text.contains("beg or plead: kept"), "{text}");
}

#[test]
fn what_was_saved_is_heard_before_the_next_question() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(folder.path(), &["evening", "He rang", "-", "", "add", "e", "I swam", "Body"]);
    has(
        &text,
        &[
            "He rang.\nSaved.\nWhat did I do?\nRemoved.\nSaved.\nWhat next?\nThat was the last of the three.\n",
            "On your list now: I swam.\nSaved.\nUnder a heading",
            "I swam. Under now: Body.\nSaved.\nHow often?",
        ],
    );
}

#[test]
fn a_command_where_words_are_asked_for_is_asked_about_and_neither_done_nor_saved_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let asked = "is a command too. Is it your answer?";
    for line in ["help", "Undo", "list", "mark 1 kept", "day yesterday", "items all"] {
        for before in [
            &["evening"][..],
            &["items", "plan 1"],
            &["items", "plan 1", "he calls"],
            &["add", "e"],
            &["note"],
        ] {
            let text = told_lines(folder.path(), &[before, &[line, "stop"]].concat());
            has(&text, &[asked]);
            assert!(!text.contains("Saved.") && !text.contains("More: help"), "{text}");
        }
    }
    // It is the answer, the command, or neither.
    let text =
        told_lines(folder.path(), &["evening", "help", "yes", "undo", "undo", "question", "stop", "evening"]);
    has(
        &text,
        &[
            "help.\nSaved.\nWhat did I do?",
            "The question is put aside. question asks it again.\nUndone. Now: nothing is written.\nSaved.\nWhat did I do?\nLeft.",
        ],
    );
    let text = told_lines(folder.path(), &["evening", "list", "", "I did the list", "stop"]);
    has(&text, &["Enter asks again.\nThree lines about", "I did the list.\nSaved.\nWhat did I do?"]);
    let text =
        told_lines(folder.path(), &["evening", "stop", "evening", "help", "It rained", "stop", "evening"]);
    has(&text, &["It rained.\nSaved."]);
    // Where a number or a letter is asked for there is no doubt.
    for question in ["where", "add"] {
        let text = told_lines(folder.path(), &[question, "items", "question", "stop"]);
        has(&text, &["The question is put aside. question asks it again.\nThe checklist of "]);
        assert!(
            !text.contains(asked) && (text.ends_with("Left.\n") || text.ends_with("No item was added.\n")),
            "{text}"
        );
    }
}

#[test]
fn notes_are_written_to_what_was_read_and_told_by_day() {
    let folder = tempfile::tempdir().unwrap();
    let commands = [
        "read 3",
        "note",
        "This is us",
        "note And this too",
        "evening",
        "He rang",
        "stop",
        "notes",
        "search in:notes us",
    ];
    let text = told_lines(folder.path(), &commands);
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let title = course.lessons[2].title();
    has(
        &text,
        &[
            &format!("A note to what you just read in {title}"),
            "This is us. That is a note now; notes tells it.\nSaved.",
            "Sunday, 22 November 2026.\n",
            &format!("{title} This is us.\n"),
            &format!("{title} And this too.\n"),
            "What happened? He rang.\n",
            "1 found.",
        ],
    );
    // The screen has them where they were written.
    let mut program = Running::start(crate::WIDE, folder.path(), &["--theme", "dark"]);
    program
        .shows("saved")
        .types("D")
        .shows("This is us")
        .shows("And this too")
        .types("q")
        .shows("saved")
        .types("q");
    assert!(program.ends().success());
    let text = told_lines(folder.path(), &["note x", "undo"]);
    has(&text, &["Undone. Now: nothing is written."]);
    has(
        &told_of_evenings(tempfile::tempdir().unwrap().path(), &["notes"]),
        &["There are none yet. note writes one"],
    );
}

#[test]
fn undoing_and_redoing_say_what_is_recorded_now() {
    let folder = tempfile::tempdir().unwrap();
    let marking = ["items", "mark 1 slipped", "mark 1 clear", "undo", "redo"];
    let planning = ["plan 1", "he calls", "I wait", "undo", "redo"];
    let text = told_lines(folder.path(), &[&marking[..], &planning].concat());
    has(
        &text,
        &[
            "Undone. Now: Sunday, 22 November. I did not beg or plead: slipped.\nSaved.",
            "Redone. Now: Sunday, 22 November. I did not beg or plead: not recorded.\nSaved.",
            "Undone. Now: I did not beg or plead: no if-then plan.\nSaved.",
            "Redone. Now: If he calls, then I wait.\nSaved.",
        ],
    );
    let text = told_of_the_tour(folder.path(), &["read 6", "exercise 1 one", "exercise 1 two", "undo"]);
    has(&text, &["Undone. Now: one.\nSaved."]);
}

#[test]
fn capitals_and_words_too_many_are_no_reason_to_refuse() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_of_evenings(
        folder.path(),
        &[
            "Aid",
            "aid 1",
            "S",
            "Today",
            "Items All",
            "Mark 1 Kept",
            "ADD e I sang",
            "Stop",
            "Add I swam",
            "E",
            "STOP",
        ],
    );
    assert!(!text.contains("There is no command"), "{text}");
    assert_eq!(text.matches("Lesson: Right now").count(), 2, "{text}");
    has(
        &text,
        &[
            "I drank no coffee after lunch: kept.",
            "On your list now: I sang.",
            "I swam. Is it to avoid, or to embrace?",
            "On your list now: I swam.",
        ],
    );
    let text = told_lines(folder.path(), &["Quit", "list"]);
    assert!(text.ends_with("Ended. Everything is saved.\n"), "{text}");
}

#[test]
fn another_day_is_marked_in_one_line_and_today_goes_back_to_today() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(
        folder.path(),
        &[
            "items",
            "mark 1 kept yesterday",
            "! 2 -2",
            "x 3 someday",
            "day yesterday",
            "mark 1 slipped",
            "today",
            "mark 1 did not arise",
        ],
    );
    has(
        &text,
        &[
            "Saturday, 21 November. I did not beg or plead: kept.\nSaved.",
            "Friday, 20 November. ",
            "Say a day such as 2026-11-22, yesterday, -2 or monday.",
            "Saturday, 21 November 2026. items and marks are of this day until you say today.\nSaturday, 21 November. I \
             did not beg or plead: slipped.\nSaved.\nSunday, 22 November 2026.",
            "Sunday, 22 November. I did not beg or plead: did not arise.",
        ],
    );
    let text =
        told_lines(folder.path(), &["evening yesterday", "It rained", "stop", "evening 2026-11-23", "notes"]);
    has(&text, &["Three lines about Saturday, 21 November.", "That day is still to come."]);
    has(&text, &["Saturday, 21 November 2026.\nWhat happened? It rained."]);
}

#[test]
fn a_number_that_was_not_told_marks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    told_lines(folder.path(), &["items", "star 6", "star 3"]);
    let refused = "Say a number that was told to you, from 1 to 2. items all tells those of all items.";
    let text = told_lines(
        folder.path(),
        &["items", "mark 6 kept", "why 6", "today", "x 3", "items all", "mark 6 kept"],
    );
    assert_eq!(text.matches(refused).count(), 3, "{text}");
    assert_eq!(text.matches("Saved.").count(), 1, "{text}");
    // A number that was told keeps its item when one comes onto the list.
    let text = told_lines(folder.path(), &["items all", "star 5", "why 5", "star 5"]);
    let name = text.split_once("On your list now: ").unwrap().1.split_once('\n').unwrap().0;
    has(&text, &[&format!("Off your list now: {name}")]);
}

#[test]
fn a_wrong_answer_is_answered_shortly_and_the_last_is_said_again_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(folder.path(), &["where", "perhaps", "repeat", "stop", "add", "perhaps", "stop"]);
    assert_eq!(
        (text.matches("Question 1. ").count(), text.matches("Why it is asked").count()),
        (2, 2),
        "{text}"
    );
    has(
        &text,
        &[
            "back, or stop. repeat says the question again.",
            "Say a to avoid it, or e to embrace it; stop leaves.",
        ],
    );
    let text = told_lines(folder.path(), &["items", "mark 1 kept", "repeat"]);
    assert_eq!((text.matches("plead: kept.").count(), text.matches("Saved.").count()), (2, 1), "{text}");
    assert!(told_lines(folder.path(), &["help"]).lines().count() <= 8);
    has(&told_lines(folder.path(), &["help mark"]), &["mark 2 kept, mark 2 slipped"]);
}

#[test]
fn parts_of_a_lesson_have_numbers_and_the_one_heard_last_is_said_again_in_a_new_session() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(folder.path(), &["read 4", "", "part 1"]);
    let (_, second) = text.split_once("This was part 1 of ").unwrap();
    has(second, &["This was part 2 of ", "This was part 1 of "]);
    let heading = second.lines().find(|line| line.starts_with("Heading: ")).unwrap();
    let text = told_lines(folder.path(), &["part 2"]);
    has(&text, &[", part 2 of ", heading]);
    // Part 2 was heard, and 3 is the next.
    let text = told_lines(folder.path(), &["repeat", "repeat", ""]);
    has(&text, &[", part 3 of "]);
    assert_eq!(text.matches(heading).count(), 2, "{text}");
    has(&text, &["This was part 3 of "]);
}

#[test]
fn the_end_says_what_is_not_saved_and_that_all_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(folder.path(), &["items", "plan 1", "he shouts", "quit"]);
    assert!(
        text.ends_with("What you had begun to answer is not saved.\nEnded. Everything is saved.\n"),
        "{text}"
    );
    // Nothing is said while all is hidden.
    let text = told_lines(folder.path(), &["hide", "quit"]);
    assert!(!text.contains("Ended."), "{text}");
    let mut program = Running::start(crate::WIDE, folder.path(), &["--linear"]);
    program.shows("help lists the commands").types("\x04").shows("Ended. Everything is saved.");
    assert!(program.ends().success());
    let mut program = Running::start(crate::WIDE, folder.path(), &["--linear"]);
    let asks = |screen: &str| screen.lines().any(|line| line.trim_end() == ">");
    program.until("the prompt", asks).types("\x03");
    assert_eq!(program.ends().code(), Some(130));
    let sent = String::from_utf8_lossy(&program.sent);
    assert!(sent.ends_with("^C\r\n"), "the shell would go on in its line: {sent:?}");
}

#[test]
fn what_is_found_is_told_in_words_and_the_lesson_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let text = told(folder.path(), "search kitchen drawer\ngo 1\n");
    has(&text, &["If: he has not answered by nine; Then I: put the phone in the kitchen drawer"]);
    let lesson = course
        .lessons
        .iter()
        .position(|lesson| text.contains(&format!("1. In {}: ", lesson.title())))
        .unwrap();
    has(&text, &[&format!("\nIn lesson {}, {}.\n", lesson + 1, course.lessons[lesson].title())]);
}

#[test]
fn single_commands_say_words_too() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = piped(folder.path());
        told_by(command.args(arguments), "")
    };
    let marked = run(&["mark", "no-begging", "kept", "--day", "yesterday"]);
    assert_eq!(marked, "Saturday, 21 November. I did not beg or plead: kept.\nSaved.\n");
    let items = run(&["items", "--day", "yesterday"]);
    has(
        &items,
        &["The checklist of Saturday, 21 November 2026.\nTo avoid:\nAsking and promising.\n\
             I did not beg or plead: kept. Its name: no-begging.\n"],
    );
    let today = run(&["today"]);
    has(
        &today,
        &[
            "Sunday, 22 November 2026.\nTo avoid:",
            "I did not beg or plead: not recorded.",
            "What happened? Nothing yet.",
            "To read: ",
        ],
    );
    for text in [items, today] {
        assert!(!text.contains('[') && !text.contains("  "), "{text}");
    }
}
