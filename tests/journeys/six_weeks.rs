//! Six weeks with a course that practises with its reader, a few keys a day, by a clock of its own:
//! a missed week, a lesson that is edited in between, and a second device for two evenings.

use crate::WIDE;
use crate::journey::snapshot;
use crate::support::Reader;
use crate::today::course;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::path::Path;

/// The first day, a Monday.
const FIRST: Date = date(2026, 11, 2);

/// What she marks on each day of a week, in the order of Today: twice at Messages, then the walk,
/// three times a week, and the call, on Mondays and Thursdays.
const WEEK: [&str; 7] = ["xxxx", "x!-", "xxx", "xxx!", "xx", "xx", "!x"];

fn day(number: i32) -> Date {
    FIRST.saturating_add(number.days())
}

/// One evening: she opens Today, marks what it has for the day, and closes it.
fn evening(reader: &mut Reader, number: i32) {
    let marks = WEEK[usize::try_from(number % 7).unwrap()];
    reader.comes_back_on(day(number)).types(&format!(".{marks}<Esc>"));
}

/// Answers the first of this many questions that are due.
fn answers(reader: &mut Reader, due: usize, key: char) {
    reader.types(&format!(".G{}<Enter>{key}<Esc>", "k".repeat(due)));
}

fn merges(reader: &mut Reader, from: &Path) {
    let from = from.display();
    reader.types(":merge another<Enter>").types(&format!("<paste {from}><Enter>"));
}

fn due(reader: &mut Reader, number: i32) -> Vec<String> {
    let practice = reader.session().world().practice();
    practice.due_questions(day(number)).iter().map(|question| question.exercise.to_string()).collect()
}

/// The author words the first question anew. It keeps its name.
fn edit_lesson(course: &Path) {
    let file = course.join("one.md");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("When do people do a thing?", "What has to come together?")).unwrap();
}

fn six_weeks(reader: &mut Reader, course: &Path) {
    // She reads the first lesson, puts everything on her list, and follows the plan.
    reader.types("G<Tab>g*j*j*j*gPy<Esc>");
    evening(reader, 0);
    for number in 1..7 {
        evening(reader, number);
        match number {
            1 => {
                assert_eq!(due(reader, 1), ["first-answer", "want-or-must"]);
                answers(reader, 2, 'n');
                answers(reader, 1, 'y');
            }
            2 | 4 | 5 => answers(reader, 1, 'y'),
            _ => assert_eq!(due(reader, number), [""; 0], "on day {number}"),
        }
    }
    // The second week, and the second lesson.
    reader.comes_back_on(day(7)).types("PGy<Esc>]G");
    for number in 7..14 {
        evening(reader, number);
        match number {
            8 | 12 => answers(reader, 1, 'y'),
            11 => {
                assert_eq!(due(reader, 11), ["want-or-must", "room"]);
                answers(reader, 2, 'y');
                answers(reader, 1, 'y');
            }
            _ => assert_eq!(due(reader, number), [""; 0], "on day {number}"),
        }
    }
    // The third one goes by. Then a lesson is another.
    edit_lesson(course);
    for number in 21..28 {
        evening(reader, number);
        match number {
            21 => answers(reader, 1, 'y'),
            _ => assert_eq!(due(reader, number), [""; 0], "on day {number}"),
        }
    }
    // In the fifth she is away for two evenings, with another computer.
    evening(reader, 28);
    let mut other = Reader::on(day(28), WIDE, Some(course));
    merges(&mut other, reader.folder());
    evening(&mut other, 29);
    evening(&mut other, 30);
    reader.comes_back_on(day(31));
    merges(reader, other.folder());
    for number in 31..42 {
        evening(reader, number);
        match number {
            32 => {
                reader.types(".Gk<Enter>");
                assert!(reader.screen().contains("What has to come together?"), "{}", reader.screen());
                reader.types("y<Esc>");
            }
            33 => answers(reader, 1, 'y'),
            _ => assert_eq!(due(reader, number), [""; 0], "on day {number}"),
        }
    }
}

/// The row of the review with this text: its cells of six weeks, without the gaps between weeks, and
/// what stands behind them.
fn row(screen: &str, text: &str) -> (String, String) {
    let line = screen.lines().find(|line| line.contains(text));
    let line = line.unwrap_or_else(|| panic!("no row {text:?} in\n{screen}"));
    let (rest, standing) = line.trim_end().rsplit_once("  ").unwrap();
    let signs = rest.chars().rev().filter(|sign| !sign.is_whitespace() && !('▁'..='█').contains(sign));
    let cells: Vec<char> = signs.take(42).collect();
    (cells.into_iter().rev().collect(), standing.trim().to_owned())
}

#[test]
fn six_weeks_end_in_the_day_the_review_the_boxes_and_the_report_that_she_would_expect() {
    let course = course();
    let mut reader = Reader::on(FIRST, WIDE, Some(course.path()));
    six_weeks(&mut reader, course.path());
    snapshot("today_after_six_weeks", &reader.types(".").screen(), "six weeks, then .");
    let review = reader.types("<Esc>vv").screen();
    snapshot("the_review_after_six_weeks", &review, "six weeks, then vv");
    let report = reader.types("<Esc>:a report of<Enter><Ctrl-p>").screen();
    snapshot("the_report_after_six_weeks", &report, "six weeks, then :a report of<Enter><Ctrl-p>");
    assert_eq!((due(&mut reader, 41), due(&mut reader, 42)), (Vec::new(), vec!["room".to_owned()]));
    assert_eq!(due(&mut reader, 91), ["room"]);
    assert_eq!(due(&mut reader, 93), ["room", "want-or-must"]);
    // Cells by week, from the first that she was here.
    let silent = "\u{b7}".repeat(7);
    let (messages, late) = ("xxxxxx!", "x!xxxxx");
    for (text, week) in [("No second message", messages), ("No message after", late)] {
        let (cells, standing) = row(&review, text);
        let expected = format!("{week}{week}{silent}{week}{week}{week}");
        assert!(cells.ends_with(&expected), "{text}: {cells}\n{review}");
        assert_eq!(standing, "6 of 7");
    }
    let (walk, standing) = row(&review, "I walked");
    assert_eq!((&walk[walk.len() - 7..], standing.as_str()), ("x-xx~~~", "3 of 3"), "{review}");
    let (call, standing) = row(&review, "I called");
    assert_eq!((&call[call.len() - 7..], standing.as_str()), ("x~~!~~~", "1 of 2"), "{review}");
}
