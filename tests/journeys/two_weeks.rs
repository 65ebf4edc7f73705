//! Two weeks of use, day by day, by a clock of its own: a missed day and one filled in later,
//! two changes of time zone, an item retired, a course that changed in the middle, an undo.

use crate::journey::snapshot;
use crate::practice::changed_course;
use crate::support::Reader;
use crate::{NARROW, WIDE};
use jiff::Zoned;
use jiff::civil::Date;
use sidelight::app::{DAY_ENDS, day_of};
use std::path::Path;

/// The day that it is for her at this moment, where she is.
fn date_at(moment: &str) -> Date {
    day_of(&moment.parse::<Zoned>().unwrap(), DAY_ENDS)
}

/// The author words the first item to avoid anew, and takes the first one to embrace out.
fn update_course(course: &Path) {
    let manifest = course.join("course.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    for named_there in ["guide", "plan"] {
        json.as_object_mut().unwrap().remove(named_there);
    }
    let gone = json["checklist"]["embrace"].as_array_mut().unwrap().remove(0);
    json["checklist"]["avoid"][0]["text"] = "I asked for nothing twice".into();
    for item in json["checklist"]["avoid"].as_array_mut().unwrap() {
        if item["instead"] == gone["id"] {
            item.as_object_mut().unwrap().remove("instead");
        }
    }
    std::fs::write(&manifest, json.to_string()).unwrap();
}

/// The row of the review with this text, from its first cell on, without the gaps between weeks.
fn row(screen: &str, text: &str) -> String {
    let line = screen.lines().find(|line| line.contains(text));
    let line = line.unwrap_or_else(|| panic!("no row {text:?} in\n{screen}"));
    let cells: Vec<char> = line.chars().collect();
    // What stands beside the grid is not of the row.
    let end = (0..=cells.len()).find(|end| cells[..*end].ends_with(&[' ', 'o', 'f', ' ', '7'])).unwrap();
    let (rest, standing) = cells[..end].split_at(end - 6);
    let signs = rest.iter().rev().filter(|sign| !sign.is_whitespace() && !('▁'..='█').contains(*sign));
    let cells: Vec<char> = signs.take(28).copied().collect();
    cells.into_iter().rev().chain([' ', ' ']).chain(standing.iter().copied()).collect()
}

fn two_weeks(reader: &mut Reader, course: &Path) {
    // Monday, in Vienna: three things to work on, one of them her own.
    reader.types("<Tab>*").types("<PgDn><PgDn><PgDn><PgDn>g");
    let embrace = reader
        .session()
        .world()
        .course
        .items
        .iter()
        .position(|item| item.side == sidelight::course::Side::Embrace);
    reader.types(&"j".repeat(embrace.unwrap())).types("*");
    reader.types("ga<Enter>I did not slam the door<Enter>I closed it softly<Enter><Enter><Enter>");
    reader.types("<again><Tab>gxj!jx");
    reader.comes_back_on(date_at("2026-11-10T22:10[Europe/Vienna]")).types("<Tab>gxj-jx");
    // Wednesday goes by. On Thursday she fills one thing in, and goes on.
    reader.comes_back_on(date_at("2026-11-12T21:00[Europe/Vienna]")).types("<Tab>hgxlg!jx");
    // On Friday the last mark was a slip of the finger.
    reader.comes_back_on(date_at("2026-11-13T21:00[Europe/Vienna]")).types("<Tab>gxjxj!u");
    // On Saturday night she is on her way; in Tokyo it is Sunday already.
    reader.comes_back_on(date_at("2026-11-14T23:30[Europe/Vienna]")).types("<Tab>gx");
    reader.lives_to(date_at("2026-11-15T08:30[Asia/Tokyo]")).types("gxjxjx");
    // In New York, hours later, it is still Sunday: what she said is there, and she mends it.
    reader.comes_back_on(date_at("2026-11-15T10:00[America/New_York]")).types("<Tab>gj!");
    reader.comes_back_on(date_at("2026-11-16T22:00[America/New_York]")).types("<Tab>gxjjx");
    // After midnight it is still the evening before.
    reader.comes_back_on(date_at("2026-11-17T01:30[America/New_York]")).types("<Tab>gjx");
    // On Tuesday she retires her own item.
    reader.comes_back_on(date_at("2026-11-17T22:00[America/New_York]")).types("<Tab>gxjryG");
    reader.types("gj-");
    // On Wednesday the course is another.
    update_course(course);
    reader.comes_back_on(date_at("2026-11-18T22:00[America/New_York]")).types("<Tab>gx");
    reader.comes_back_on(date_at("2026-11-19T22:00[America/New_York]")).types("<Tab>g!");
    // Friday goes by too, and is filled in on Sunday.
    reader
        .comes_back_on(date_at("2026-11-21T22:00[America/New_York]"))
        .types("<Tab>gxvwIt was steadier.<Esc>");
    reader.comes_back_on(date_at("2026-11-22T22:00[America/New_York]")).types("<Tab>gxhhxv");
}

#[test]
fn two_weeks_end_in_the_review_that_she_would_expect() {
    let course = changed_course(|_| {});
    let mut reader = Reader::on(date_at("2026-11-09T21:00[Europe/Vienna]"), WIDE, Some(course.path()));
    let gone = reader
        .session()
        .world()
        .course
        .items
        .iter()
        .find(|item| item.side == sidelight::course::Side::Embrace);
    let gone = gone.unwrap().text.clone();
    two_weeks(&mut reader, course.path());
    let screen = reader.screen();
    let silent = "\u{b7}".repeat(14);
    let expected = [
        ("I asked for nothing twice", "xxx!xxxxxx!xxx", "6 of 7"),
        (
            "(gone) I did not slam the door",
            "!-\u{b7}xx\u{b7}!x\u{b7}\u{b7}\u{b7}\u{b7}\u{b7}\u{b7}",
            "1 of 7",
        ),
        (
            &format!("(gone) {}", gone.chars().take(30).collect::<String>()),
            "xx\u{b7}\u{b7}\u{b7}\u{b7}xx-\u{b7}\u{b7}\u{b7}\u{b7}\u{b7}",
            "1 of 7",
        ),
    ];
    for (text, cells, seven) in expected {
        assert_eq!(row(&screen, text), format!("{silent}{cells}  {seven}"), "{text}\n{screen}");
    }
    let week =
        |monday: &str| screen.lines().find(|line| line.trim_start().starts_with(monday)).unwrap().to_owned();
    assert!(week("9 Nov  avoid").contains("8 of 11") && week("9 Nov  avoid").contains("3 of 3"), "{screen}");
    assert!(week("16 Nov  avoid").contains("7 of 8") && week("16 Nov  avoid").contains("1 of 1"), "{screen}");
    assert!(week("2 Nov ").contains("not recorded"), "{screen}");
    assert!(screen.contains("began on 9 November 2026: 11 kept."), "{screen}");
    let world = reader.session().world();
    assert_eq!(world.ledger.notes(&world.course.id)[0].text, "It was steadier.");
    snapshot("two_weeks_in_review", &screen, "two weeks");
    reader.types("<60x20>");
    snapshot("two_weeks_in_review_on_a_narrow_screen", &reader.screen(), "two weeks");
}

#[test]
fn two_weeks_on_a_narrow_screen_come_to_the_same() {
    let (one, other) = (changed_course(|_| {}), changed_course(|_| {}));
    let monday = date_at("2026-11-09T21:00[Europe/Vienna]");
    let mut wide = Reader::on(monday, WIDE, Some(one.path()));
    let mut narrow = Reader::on(monday, NARROW, Some(other.path()));
    two_weeks(&mut wide, one.path());
    two_weeks(&mut narrow, other.path());
    narrow.types("<120x36>");
    wide.types("<120x36>");
    assert_eq!(wide.screen(), narrow.screen());
}

#[test]
fn the_best_week_stays_in_sight_long_after_it() {
    let mut reader = Reader::on(date_at("2026-03-02T21:00[Europe/Vienna]"), WIDE, None);
    reader.types("<Tab>xjxjx<tomorrow>x<tomorrow>!");
    reader.comes_back_on(date_at("2026-11-22T21:00[Europe/Vienna]")).types("<Tab>gx!v");
    assert!(reader.screen().contains("Your best week began on 2 March 2026: 4 kept."), "{}", reader.screen());
}
