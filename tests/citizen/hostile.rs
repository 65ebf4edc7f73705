//! No text drives the terminal: hostile texts in every place that a text can come from,
//! drawn, and every byte of what would be sent held against the program's own sequences.

use crate::strict::{stray, stray_in_lines};
use crate::terminal::Running;
use crossterm::event::KeyEvent;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::json;
use sidelight::app::{Clock, Session};
use sidelight::course::{Course, CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, IfThen, Journal, Operation, OwnItem};
use sidelight::reader::Key;
use sidelight::screen::Theme;
use sidelight::terminal::paint::paint;
use std::fs;
use std::path::Path;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;

const SIZE: (u16, u16) = (120, 30);
const TODAY: jiff::civil::Date = date(2026, 11, 22);
/// Hostile texts in one course and its journal.
const IN_A_COURSE: usize = 130;
/// Courses in an ordinary run: more than 100,000 texts.
const COURSES: usize = 800;

const PIECES: &[&str] = &[
    "\x1b[2J",
    "\x1b[31m",
    "\x1b]0;owned\x07",
    "\x1b]52;c;aGk=\x1b\\",
    "\x1bP$q\"p\x1b\\",
    "\x1b_G\x1b\\",
    "\x1bc",
    "\x1b[6n",
    "\x1b[?1049l",
    "\x1b]8;;http://evil\x1b\\",
    "\x1b",
    "\x1b\x1b[[",
    "\u{9b}31m",
    "\u{9d}0;t\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}",
    "\u{84}",
    "\x07",
    "\x08\x08",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\0",
    "\x7f",
    "\x0e",
    "\x1a",
    "\u{202e}",
    "\u{202a}",
    "\u{2066}",
    "\u{2069}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{feff}",
    "\u{200b}",
    "\u{2028}",
    "\u{2029}",
    "\u{ad}",
    "\u{fe0f}",
    "\u{e0041}",
    "\u{e007f}",
    "\u{e0100}",
    "\u{fff9}",
    "\u{301}",
    "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{200d}",
    "\u{200c}",
    "\t",
    "&#27;[2J",
    "&#x1b;]0;t&#7;",
    "&#155;2J",
    "&#x202e;",
    "&#0;",
    "&nbsp;",
    "&#x9b;",
    "&Tab;",
    "&NewLine;",
    "`",
    "**",
    "_",
    "[",
    "](",
    "<b>",
    "<!--",
    "|",
    "# ",
    "> ",
    "- ",
    "~~",
    "![x](",
    "[^1]",
    "\\",
    "http://a.b/",
    "a",
    "word",
    "é",
    "中文",
    "שלום",
    "مرحبا",
    "👩\u{200d}🚀",
    "🇫🇷",
    "\u{1f3fd}",
    " ",
    "\n",
    "\n\n",
];

fn texts() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => (0_u32..0x300).prop_map(|code| char::from_u32(code).map_or(String::new(), String::from)),
    ];
    let text = prop::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat());
    prop::collection::vec(text, IN_A_COURSE)
}

/// Writes a course in which every text is hostile.
fn write_course(folder: &Path, texts: &[String]) {
    let line = |index: usize| format!("x{}", texts[index].replace(['\n', '\r'], " "));
    let item = |id: &str, at: usize| json!({"id": id, "text": line(at), "why": line(at + 1), "caution": line(at + 2), "lesson": "one"});
    let manifest = json!({
        "format": 1, "id": "hostile", "title": line(0), "summary": line(1), "language": "en",
        "parts": [{"title": line(2), "lessons": [
            {"id": "one", "title": line(3), "file": "one.md"},
            {"id": "two", "title": line(4), "file": "two.md"},
        ]}],
        "checklist": {"avoid": [item("a", 5), item("b", 8)], "embrace": [item("c", 11)]},
    });
    // What is written as an escape in JSON arrives as the character all the same.
    fs::write(folder.join("course.json"), manifest.to_string()).unwrap();
    let (one, two) = texts[20..110].split_at(45);
    fs::write(folder.join("one.md"), format!("# {}\n\n{}", line(3), one.join("\n\n"))).unwrap();
    let cells: Vec<String> =
        two.chunks(3).map(|row| format!("|{}|", row.join("|").replace('\n', " "))).collect();
    let links: Vec<String> =
        two.iter().map(|text| format!("[{text}](http://{text}@evil.example/{text})")).collect();
    let table = format!("|a|b|c|\n|-|-|-|\n{}", cells.join("\n"));
    let two = format!(
        "# {}\n\n{table}\n\n{}\n\n```{}\n{}\n```\n",
        line(4),
        links.join(" "),
        line(20),
        two.join("\n")
    );
    fs::write(folder.join("two.md"), two).unwrap();
}

/// Writes one such course into a new folder.
pub(crate) fn write_a_course(folder: &Path) {
    fs::create_dir(folder).unwrap();
    write_course(folder, &texts().new_tree(&mut TestRunner::deterministic()).unwrap().current());
}

/// What another machine may have written into the journal.
fn operations(texts: &[String]) -> Vec<Operation> {
    let course = || CourseId::new("hostile");
    let choose = |chosen| Operation::Choice(Choice { course: course(), chosen });
    let mut operations = vec![
        Operation::Note {
            course: course(),
            note: texts[110].clone(),
            day: TODAY,
            place: None,
            text: texts[111..115].join("\n"),
        },
        choose(Chosen::IfThen {
            item: ItemId::new("a"),
            plan: IfThen { cue: texts[115].clone(), response: texts[116].clone() },
        }),
        choose(Chosen::NamedPlace { name: texts[117].chars().next().unwrap(), place: None }),
    ];
    operations.extend(texts[118..126].iter().map(|text| {
        let own = OwnItem::new(Side::Avoid, text.clone(), text.clone());
        choose(Chosen::OwnItem { item: ItemId::new(text.clone()), own })
    }));
    operations
}

/// Draws the session after each of these keys, as the program does, and returns the bytes.
fn drawn(session: &mut Session, keys: &str) -> Vec<u8> {
    let mut sent = Vec::new();
    let mut shown = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    for name in keys.split(' ') {
        let key: KeyEvent = Key::parse(name).unwrap().to_event();
        session.key(&key);
        let mut next = Buffer::empty(shown.area);
        session.draw(&mut next);
        paint(&mut sent, shown.diff(&next));
        shown = next;
    }
    sent
}

fn courses() -> usize {
    std::env::var("SIDELIGHT_FUZZ").ok().and_then(|courses| courses.parse().ok()).unwrap_or(COURSES)
}

#[test]
fn a_hundred_thousand_hostile_texts_send_nothing_but_the_programs_own_sequences() {
    let folder = tempfile::tempdir().unwrap();
    let strategy = texts();
    let mut runner = TestRunner::deterministic();
    let mut opened_courses = 0;
    for case in 0..courses() {
        let texts = strategy.new_tree(&mut runner).unwrap().current();
        write_course(folder.path(), &texts);
        let course = match Course::open(folder.path()) {
            Ok(course) => course,
            Err(error) => {
                assert_eq!(stray_in_lines(error.to_string().as_bytes()), None, "{texts:?}");
                continue;
            }
        };
        opened_courses += 1;
        let journal = tempfile::tempdir().unwrap();
        if case % 8 == 0 {
            let mut opened = Journal::open(journal.path()).unwrap();
            opened.journal.append(&mut opened.ledger, operations(&texts)).unwrap();
        }
        let (journal, ledger) = if case % 8 == 0 {
            let opened = Journal::open(journal.path()).unwrap();
            (opened.journal, opened.ledger)
        } else {
            let (mut journal, mut ledger) = (Journal::in_memory(), sidelight::journal::Ledger::default());
            journal.append(&mut ledger, operations(&texts)).unwrap();
            (journal, ledger)
        };
        let theme = Theme::DARK;
        let mut session = Session::new(course, journal, ledger, Clock::Fixed(TODAY), theme, SIZE);
        session.say(&texts[126]);
        session.apply(sidelight::reader::Action::Paste(texts[127].clone()));
        let sent = drawn(&mut session, "Ctrl-l ] l t Esc Tab j / x");
        session.apply(sidelight::reader::Action::Paste(texts[128].clone()));
        let searched = drawn(&mut session, "Esc v Esc '");
        for bytes in [sent, searched] {
            assert_eq!(stray(&bytes), None, "{texts:?}");
        }
    }
    assert!(opened_courses * 10 > courses() * 9, "only {opened_courses} courses could be opened");
}

#[test]
fn the_same_holds_in_a_real_terminal() {
    let mut runner = TestRunner::deterministic();
    for theme in ["dark", "auto"] {
        let folder = tempfile::tempdir().unwrap();
        // Its own name is as hostile as what is in it.
        let course = folder.path().join("a\x1b]0;owned\x07\u{202e}b");
        fs::create_dir(&course).unwrap();
        write_course(&course, &texts().new_tree(&mut runner).unwrap().current());
        let mut program = Running::start(SIZE, folder.path(), &["--theme", theme, course.to_str().unwrap()]);
        program.until("a frame", |screen| screen.contains("saved"));
        for key in [
            "]", "l", " ", "t", "\x1b[27u", "\t", "j", "x", "?", "\x1b[27u", "/x", "\x1b[27u", ":",
            "\x1b[27u", "v",
        ] {
            program.types(key).quiet(Duration::from_millis(50));
        }
        program.types("\x03");
        assert!(program.ends().success());
        assert_eq!(stray(&program.sent), None);
    }
}

#[test]
fn messages_and_printed_texts_hold_no_sequence_either() {
    let folder = tempfile::tempdir().unwrap();
    let course = folder.path().join("a\x1b]0;owned\x07\u{202e}b");
    fs::create_dir(&course).unwrap();
    let mut runner = TestRunner::deterministic();
    write_course(&course, &texts().new_tree(&mut runner).unwrap().current());
    let hostile = "x\x1b]0;owned\x07\u{9b}2J\u{202e}";
    let course = course.to_str().unwrap();
    for arguments in [
        vec!["--course", course, "lessons"],
        vec!["--course", course, "lessons", "--json"],
        vec!["--course", course, "read", "one"],
        vec!["--course", course, "read", "two"],
        vec!["--course", course, "read", hostile],
        vec!["--course", course, "items"],
        vec!["--course", course, "mark", hostile, "kept"],
        vec!["--course", course, "search", hostile],
        vec!["--course", course, "search", "x"],
        vec!["check", course],
        vec!["check", hostile],
        vec!["new", course],
        vec!["--course", hostile, "lessons"],
        vec!["--data-dir", hostile, "--course", course, "items"],
        vec!["--data-dir", "/proc/\x1b[2J\u{202e}", "--course", course, "items"],
        vec![hostile],
        vec!["--theme", hostile],
        vec!["items", "--day", hostile],
        vec![&format!("--{hostile}")],
        vec!["mark", "x", hostile],
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_sidelight"))
            .args(&arguments)
            .current_dir(folder.path())
            .env("SIDELIGHT_DATA_DIR", folder.path().join("data"))
            .output()
            .unwrap();
        for bytes in [&output.stdout, &output.stderr] {
            assert_eq!(stray_in_lines(bytes), None, "{arguments:?}");
        }
    }
}

#[test]
fn real_scripts_stay_whole_on_the_way_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let real = [
        "مرحبا بالعالم",
        "שָׁלוֹם",
        "می\u{200c}خواهم",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "tiếng Việt",
        "नमस्ते",
    ];
    let mut texts = vec!["x".to_owned(); IN_A_COURSE];
    texts[20..20 + real.len()].clone_from_slice(&real.map(str::to_owned));
    write_course(folder.path(), &texts);
    let (journal, ledger) = (Journal::in_memory(), sidelight::journal::Ledger::default());
    let course = Course::open(folder.path()).unwrap();
    let theme = Theme::DARK;
    let mut session = Session::new(course, journal, ledger, Clock::Fixed(TODAY), theme, SIZE);
    let sent = String::from_utf8(drawn(&mut session, "Ctrl-l")).unwrap();
    // The position after a symbol of several characters is named, so that only symbols are whole.
    for symbol in real.iter().flat_map(|text| text.graphemes(true)) {
        assert!(sent.contains(symbol), "{symbol} is not whole");
    }
}

#[test]
fn a_link_shows_the_host_that_it_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    write_course(folder.path(), &vec!["x".to_owned(); IN_A_COURSE]);
    let link = "[https://bank.example](https://bank.example@evil.example/https://bank.example)";
    fs::write(folder.path().join("one.md"), format!("# One\n\n{link}\n")).unwrap();
    let (journal, ledger) = (Journal::in_memory(), sidelight::journal::Ledger::default());
    let course = Course::open(folder.path()).unwrap();
    let theme = Theme::DARK;
    let mut session = Session::new(course, journal, ledger, Clock::Fixed(TODAY), theme, SIZE);
    drawn(&mut session, "l");
    let message = session.state().message.clone().unwrap();
    assert!(message.starts_with("To evil.example: https://bank.example@evil"), "{message}");
    drawn(&mut session, "Enter");
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    session.draw(&mut buffer);
    let shown: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(shown.contains("This leads to evil.example:"), "{shown}");
}
