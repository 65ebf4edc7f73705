//! Days on the command line: how they are named, and which can be marked.

use crate::{ITEM, json_of, keys, sidelight, text};
use serde_json::{Value, json};
use std::process::{Command, Stdio};

#[test]
fn marks_are_kept_for_their_day_and_taken_back() {
    let home = tempfile::tempdir().unwrap();
    for (word, mark) in
        [("kept", json!("kept")), ("slipped", json!("slipped")), ("na", json!("na")), ("clear", Value::Null)]
    {
        let marked = json_of(home.path(), &["mark", "no-begging", word, "--day", "2026-11-20", "--json"]);
        assert_eq!(keys(&marked), ITEM);
        assert_eq!(marked["mark"], mark);
        let day = json_of(home.path(), &["items", "--day", "2026-11-20", "--json"]);
        assert_eq!(day["items"][0]["mark"], mark);
        let today = json_of(home.path(), &["today", "--json"]);
        assert_eq!(today["items"][0]["mark"], Value::Null);
    }
}

#[test]
fn a_day_to_come_is_refused_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, err) =
        text(&sidelight(home.path(), &["mark", "no-begging", "kept", "--day", "2026-11-23"]));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("is in the future"), "{err}");
    assert!(!home.path().join(".local").exists());
    let (code, ..) = text(&sidelight(home.path(), &["mark", "no-begging", "kept", "--day", "2026-02-30"]));
    assert_eq!(code, 2);
}

#[test]
fn a_day_that_does_not_exist_is_refused_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    for day in ["2026-02-30", "2026-13-01", "tomorrow", "1", ""] {
        let (code, out, err) = text(&sidelight(home.path(), &["mark", "no-begging", "kept", "--day", day]));
        assert_eq!((code, out.as_str()), (2, ""), "{day}");
        assert!(err.contains("--day") && !err.contains("panicked"), "{err}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_day_ends_at_the_hour_that_was_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let (code, _, err) = text(&sidelight(home.path(), &["today", "--day-ends-at", "12"]));
    assert_eq!(code, 2);
    assert!(err.contains("from 0 to 11"), "{err}");
    // In zones that lie so far apart one of the two hours parts the days at any time.
    let day = |zone: &str, hour: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command = command.args(["today", "--json"]).env_clear().env("TZ", zone);
        let output = command.env("SIDELIGHT_DAY_ENDS_AT", hour).env("HOME", home.path()).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["day"].as_str().unwrap().to_owned()
    };
    let zones: Vec<String> = (0..24).map(|hours| format!("UTC-{hours}")).collect();
    assert!(zones.iter().any(|zone| day(zone, "0") != day(zone, "11")), "the hour changes nothing");
}

#[test]
fn a_day_can_be_named_by_a_word_or_by_how_long_ago_it_was() {
    let home = tempfile::tempdir().unwrap();
    for (word, day) in [
        ("today", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("-1", "2026-11-21"),
        ("-30", "2026-10-23"),
        ("friday", "2026-11-20"),
        ("Mon", "2026-11-16"),
    ] {
        for arguments in
            [&["items", "--day", word, "--json"][..], &["items", "--json", &format!("--day={word}")]]
        {
            assert_eq!(json_of(home.path(), arguments)["day"], day, "{word}");
        }
    }
    sidelight(home.path(), &["mark", "no-begging", "kept", "--day", "-1"]);
    let (_, out, _) =
        text(&sidelight(home.path(), &["export", "--from", "-1", "--to", "yesterday", "--format", "csv"]));
    assert!(out.contains("2026-11-21,no-begging"), "{out}");
}

#[test]
fn a_mark_of_a_day_to_come_is_seen_told_of_and_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let at = |day: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command =
            command.args(arguments).env_clear().env("HOME", home.path()).env("SIDELIGHT_TODAY", day);
        text(&command.output().unwrap())
    };
    assert_eq!(at("2031-01-01", &["mark", "no-begging", "slipped"]).0, 0);
    let (code, out, _) = at("2026-11-22", &["journal", "verify"]);
    let remedy = "sidelight --course reconcile mark no-begging clear --day 2031-01-01";
    assert!(code == 0 && out.contains("2031-01-01 is still to come") && out.contains(remedy), "{out}");
    let (_, out, _) = at("2026-11-22", &["items", "--day", "2031-01-01"]);
    assert!(out.contains("[!] I did not beg"), "{out}");
    // Another mark can still not be set.
    assert_eq!(at("2026-11-22", &["mark", "no-begging", "kept", "--day", "2031-01-01"]).0, 2);
    assert_eq!(at("2026-11-22", &remedy.split(' ').skip(1).collect::<Vec<_>>()).0, 0);
    let (_, out, _) = at("2026-11-22", &["journal", "verify"]);
    assert!(!out.contains("2031"), "{out}");
    assert_eq!(at("2026-11-22", &["mark", "no-begging", "clear", "--day", "2031-01-01"]).0, 2);
}

#[test]
fn a_mark_of_a_day_to_come_in_a_course_of_ones_own_is_told_of_with_the_way_to_it() {
    let home = tempfile::tempdir().unwrap();
    let course = home.path().join("course");
    let course = course.to_str().unwrap();
    let at = |day: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command = command.args(arguments).env_clear().env("HOME", home.path()).stdin(Stdio::null());
        text(&command.env("SIDELIGHT_TODAY", day).output().unwrap())
    };
    at("2031-01-01", &["new", course]);
    assert_eq!(at("2031-01-01", &["--course", course, "mark", "not-everything", "kept"]).0, 0);
    let verified = || at("2026-11-22", &["journal", "verify"]).1;
    let remedy = "`sidelight --course PATH mark not-everything clear --day 2031-01-01` takes it back";
    let said = verified();
    assert!(said.contains(&format!("{remedy}; PATH is where that course is")), "{said}");
    // By plain lines it is told of at the start; from then on the shelf knows the path.
    let (_, _, err) = at("2026-11-22", &["--linear", course]);
    assert!(
        err.contains("2031-01-01 is still to come and has a mark") && err.contains("`day 2031-01-01`"),
        "{err}"
    );
    let said = verified();
    assert!(said.contains(&format!("{remedy}; PATH is {course}")), "{said}");
    // Nobody is told of a day that begins again for who has travelled west.
    let (_, _, err) = at("2030-12-30", &["--linear", course]);
    assert_eq!(err, "");
    assert_eq!(
        at("2026-11-22", &["--course", course, "mark", "not-everything", "clear", "--day", "2031-01-01"]).0,
        0
    );
    assert_eq!(at("2026-11-22", &["--linear", course]).2, "");
}

#[test]
fn a_day_that_a_country_left_out_is_not_marked() {
    let home = tempfile::tempdir().unwrap();
    let mark = |zone: &str, day: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command = command.args(["mark", "no-begging", "kept", "--day", day]).env_clear().env("TZ", zone);
        text(&command.env("HOME", home.path()).output().unwrap())
    };
    if !std::path::Path::new("/usr/share/zoneinfo/Pacific/Apia").exists() {
        return;
    }
    let (code, _, err) = mark("Pacific/Apia", "2011-12-30");
    assert!(code == 2 && err.contains("there was no 2011-12-30 here"), "{err}");
    assert_eq!(mark("Pacific/Apia", "2011-12-31").0, 0);
    assert_eq!(mark("UTC", "2011-12-30").0, 0);
}
