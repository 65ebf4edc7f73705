//! Variables of the environment, and a home that is none.

use crate::text;
use std::path::Path;
use std::process::{Command, Output};

const VARIABLES: [&str; 9] = [
    "SIDELIGHT_DATA_DIR",
    "SIDELIGHT_CONFIG",
    "SIDELIGHT_THEME",
    "SIDELIGHT_PICTURES",
    "SIDELIGHT_HIDE_AFTER",
    "SIDELIGHT_DAY_ENDS_AT",
    "SIDELIGHT_WEEK_BEGINS",
    "SIDELIGHT_NO_MOUSE",
    "SIDELIGHT_TODAY",
];

fn with(home: &str, folder: &Path, variable: (&str, &str), arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
    command.args(arguments).env_clear().env("HOME", home).env("TZ", "UTC");
    command.env(variable.0, variable.1).current_dir(folder).output().unwrap()
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().to_str().unwrap();
    for variable in VARIABLES {
        for arguments in [&["today"][..], &["config"]] {
            let (code, _, err) = text(&with(folder, home.path(), (variable, ""), arguments));
            assert_eq!((code, err.as_str()), (0, ""), "{variable}");
        }
    }
}

#[test]
fn a_variable_that_makes_no_sense_is_named_and_a_flag_goes_before_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().to_str().unwrap();
    for (variable, value, flag) in [
        ("SIDELIGHT_THEME", "drak", "--theme=dark"),
        ("SIDELIGHT_PICTURES", "maybe", "--pictures=off"),
        ("SIDELIGHT_HIDE_AFTER", "soon", "--hide-after=5m"),
        ("SIDELIGHT_DAY_ENDS_AT", "12", "--day-ends-at=4"),
        ("SIDELIGHT_WEEK_BEGINS", "someday", "--week-begins=sunday"),
        ("SIDELIGHT_NO_MOUSE", "perhaps", "--no-mouse"),
    ] {
        let (code, out, err) = text(&with(folder, home.path(), (variable, value), &["today"]));
        assert_eq!((code, out.as_str()), (2, ""), "{variable}");
        assert!(err.starts_with(&format!("sidelight: {variable} is `{value}`; ")), "{err}");
        let (code, _, err) = text(&with(folder, home.path(), (variable, value), &["today", flag]));
        assert_eq!((code, err.as_str()), (0, ""), "{variable}");
    }
    let (code, _, err) = text(&with(folder, home.path(), ("SIDELIGHT_TODAY", "someday"), &["today"]));
    assert_eq!(code, 2);
    assert!(err.contains("SIDELIGHT_TODAY is `someday`; write a day such as 2026-11-22"), "{err}");
}

#[test]
fn a_relative_home_is_none_and_nothing_is_made_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = text(&with("rel", folder.path(), ("SIDELIGHT_TODAY", "2026-11-22"), &["today"]));
    assert_eq!(code, 0);
    assert!(out.starts_with("2026-11-22") && err.contains("there is no home folder"), "{err}");
    let marking = ["mark", "no-begging", "kept"];
    let (code, ..) = text(&with("rel", folder.path(), ("SIDELIGHT_TODAY", "2026-11-22"), &marking));
    assert_eq!(code, 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
