//! The day of an open screen: it turns by itself, and with the time zone.

use crate::WIDE;
use crate::terminal::Running;
use jiff::Timestamp;
use std::path::Path;
use std::time::Duration;

/// A time zone in which it is this many seconds before three in the morning now.
fn zone_before_three(seconds: i64) -> String {
    let second_of_day = Timestamp::now().as_second().rem_euclid(86_400);
    let ahead = (3 * 3600 - seconds - second_of_day).rem_euclid(86_400);
    // POSIX counts to the west, and no zone is a whole day away.
    let west = if ahead > 43_200 { 86_400 - ahead } else { -ahead };
    let (sign, west) = (if west < 0 { "-" } else { "" }, west.abs());
    format!("XYZ{sign}{}:{:02}:{:02}", west / 3600, west / 60 % 60, west % 60)
}

fn started(folder: &Path, zone: &str) -> Running {
    let environment = [("TZ", zone), ("SIDELIGHT_TODAY", "")];
    let mut program = Running::start_with(WIDE, folder, &["--theme", "dark"], &environment);
    program.shows("TODAY   <");
    program
}

/// The day in the title of the checklist.
fn day(screen: &str) -> Option<String> {
    let (_, after) = screen.split_once("TODAY   < ")?;
    after.split(" >").next().map(|day| day.trim().to_owned())
}

#[test]
fn the_day_turns_without_a_key_at_its_hour_and_the_program_wakes_up_for_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = started(folder.path(), &zone_before_three(15));
    let before = day(&program.settled());
    program.types("c").settled();
    program
        .until("another day", |screen| day(screen).is_some_and(|day| Some(day) != before))
        .shows(" now. h in the checklist");
    // Nothing more is to come for a day.
    assert_eq!(program.quiet(Duration::from_secs(2)), 0);
    program.types("q");
    assert!(program.ends().success());
}

#[test]
fn a_mark_of_a_day_to_come_is_told_of_at_the_start_and_its_key_leads_there() {
    let folder = tempfile::tempdir().unwrap();
    let on = |day| {
        let environment = [("SIDELIGHT_TODAY", day)];
        Running::start_with(WIDE, folder.path(), &["--theme", "dark"], &environment)
    };
    let mut program = on("2031-01-01");
    program.shows("TODAY   <").types("\tx").shows(">[x]").types("q");
    assert!(program.ends().success());
    let mut program = on("2026-11-22");
    program.shows(
        "2031-01-01 is still to come and has a mark; the clock was wrong. l in the checklist shows it",
    );
    program.types("cl").shows("< Wed 1 Jan").types("x").shows(">[ ]").types("q");
    assert!(program.ends().success());
    let mut program = on("2026-11-22");
    let screen = program.shows("TODAY   <").settled();
    assert!(!screen.contains("still to come"), "{screen}");
    program.types("q");
    assert!(program.ends().success());
}

/// Rules of a zone without summer time, this many hours ahead of UTC: a file of version 1
/// (RFC 9636) with one type of local time.
fn write_rules(path: &Path, hours: i32) {
    let counts: [u32; 6] = [0, 0, 0, 0, 1, 4];
    let mut bytes = b"TZif".to_vec();
    bytes.extend([0; 16]);
    bytes.extend(counts.iter().flat_map(|count| count.to_be_bytes()));
    bytes.extend((hours * 3600).to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend(b"XYZ\0");
    let new = path.with_extension("new");
    std::fs::write(&new, bytes).unwrap();
    std::fs::rename(&new, path).unwrap();
}

#[test]
fn another_time_zone_is_noticed_by_the_next_key_before_it_marks_anything() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("localtime");
    // Twelve hours to the west it is yesterday, or twelve to the east it is tomorrow, whatever
    // the hour is here.
    write_rules(&file, -12);
    let mut program = started(folder.path(), file.to_str().unwrap());
    let before = day(&program.settled());
    program.types("\t").shows(">[ ]");
    write_rules(&file, 14);
    program.types("x").shows("so nothing was marked").shows(">[ ]");
    assert_ne!(day(&program.screen()), before);
    program.types("x").shows(">[x]").types("q");
    assert!(program.ends().success());
}
