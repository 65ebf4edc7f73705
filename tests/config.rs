//! The configuration file, as people keep it: what goes before what, what is wrong in it, and
//! files that are none.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the program with a home and variables of its own, for at most so long.
fn sidelight(home: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new("timeout")
        .args(["20", env!("CARGO_BIN_EXE_sidelight")])
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("TZ", "UTC")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// A home with this configuration file in its usual place.
fn home(text: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(".config/sidelight/config.toml");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, text).unwrap();
    (home, file)
}

/// What `sidelight config` says, and its exit code.
fn told(home: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (Value, i32) {
    let arguments: Vec<&str> = ["config", "--json"].iter().chain(arguments).copied().collect();
    let output = sidelight(home, &arguments, variables);
    let value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (value, output.status.code().unwrap())
}

/// The value of a setting and where it comes from.
fn setting(told: &Value, name: &str) -> (String, String) {
    let setting = told["settings"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap();
    let text = |field: &str| setting[field].as_str().unwrap().to_owned();
    (text("value"), text("from"))
}

fn is(value: &str, from: &str) -> (String, String) {
    (value.to_owned(), from.to_owned())
}

#[test]
fn a_flag_goes_before_the_environment_that_before_the_file_and_that_before_the_default() {
    let (home, _) = home(
        "theme = 'light'\nhide_after = '5m'\nday_ends_at = 4\nmouse = false\ntext_width = 50\nstart = 'today'\n",
    );
    let nothing = tempfile::tempdir().unwrap();
    let variables = [
        ("SIDELIGHT_THEME", "plain"),
        ("SIDELIGHT_HIDE_AFTER", "90s"),
        ("SIDELIGHT_DAY_ENDS_AT", "5"),
        ("SIDELIGHT_NO_MOUSE", "0"),
    ];
    let flags = ["--theme", "dark", "--hide-after", "1h", "--day-ends-at", "6", "--no-mouse"];
    let all: [(&str, [(&str, &str); 4]); 4] = [
        ("theme", [("auto", ""), ("light", "1"), ("plain", "SIDELIGHT_THEME"), ("dark", "--theme")]),
        ("hide_after", [("never", ""), ("5m", "2"), ("90s", "SIDELIGHT_HIDE_AFTER"), ("1h", "--hide-after")]),
        ("day_ends_at", [("3", ""), ("4", "3"), ("5", "SIDELIGHT_DAY_ENDS_AT"), ("6", "--day-ends-at")]),
        ("mouse", [("true", ""), ("false", "4"), ("true", "SIDELIGHT_NO_MOUSE"), ("false", "--no-mouse")]),
    ];
    for (name, [default, file, variable, flag]) in all {
        let at = |(told, code), name| {
            assert_eq!(code, 0);
            setting(&told, name)
        };
        assert_eq!(at(told(nothing.path(), &[], &[]), name), is(default.0, "the default"));
        let line = format!("the file, line {}", file.1);
        assert_eq!(at(told(home.path(), &[], &[]), name), is(file.0, &line));
        assert_eq!(at(told(home.path(), &[], &variables), name), is(variable.0, variable.1));
        assert_eq!(at(told(home.path(), &flags, &variables), name), is(flag.0, flag.1));
    }
    let (told, default) = (told(home.path(), &[], &[]).0, told(nothing.path(), &[], &[]).0);
    assert_eq!(setting(&told, "text_width"), is("50", "the file, line 5"));
    assert_eq!(setting(&told, "start"), is("today", "the file, line 6"));
    assert_eq!(setting(&default, "start"), is("text", "the default"));
}

#[test]
fn the_flag_and_the_variable_name_another_file_and_the_flag_goes_first() {
    let (home, _) = home("text_width = 40");
    let other = |name: &str, width: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, format!("text_width = {width}")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (one, two) = (other("one.toml", "41"), other("two.toml", "42"));
    let width = |arguments: &[&str], variables: &[(&str, &str)]| {
        setting(&told(home.path(), arguments, variables).0, "text_width").0
    };
    assert_eq!(width(&[], &[]), "40");
    assert_eq!(width(&[], &[("SIDELIGHT_CONFIG", &one)]), "41");
    assert_eq!(width(&["--config", &two], &[("SIDELIGHT_CONFIG", &one)]), "42");
    let elsewhere = home.path().join("elsewhere");
    std::fs::create_dir_all(elsewhere.join("sidelight")).unwrap();
    std::fs::write(elsewhere.join("sidelight/config.toml"), "text_width = 43").unwrap();
    assert_eq!(width(&[], &[("XDG_CONFIG_HOME", elsewhere.to_str().unwrap())]), "43");
}

#[test]
fn all_faults_are_told_with_their_lines_and_the_exit_code_says_so() {
    let (home, file) = home("them = 'dark'\n\n[keys.reading]\nwider = 'b'\nnarrower = false\n");
    let (value, code) = told(home.path(), &[], &[]);
    assert_eq!(code, 1);
    assert_eq!(value["file"], file.to_str().unwrap());
    let lines: Vec<u64> =
        value["faults"].as_array().unwrap().iter().map(|fault| fault["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [1, 4]);
    assert_eq!(value["keys"][0]["action"], "narrower");
    let output = sidelight(home.path(), &["config"], &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("config.toml, line 1: there is no setting `them`; did you mean `theme`?"),
        "{text}"
    );
    // A command goes on, and says so in one line.
    let output = sidelight(home.path(), &["today"], &[]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1);
    assert!(
        text.contains("has 2 faults (`sidelight config` tells all), line 1: there is no setting `them`"),
        "{text}"
    );
}

#[test]
fn what_is_no_short_plain_text_is_refused_at_once_and_all_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    rustix::fs::mkfifoat(rustix::fs::CWD, path("fifo"), rustix::fs::Mode::RWXU).unwrap();
    std::fs::write(path("huge"), "# more\n".repeat(10_000)).unwrap();
    std::fs::write(path("latin"), b"theme = 'dark'\n# caf\xe9\n").unwrap();
    for (file, problem) in [
        (path("fifo"), "not a plain file"),
        ("/dev/zero".to_owned(), "not a plain file"),
        (path("."), "not a plain file"),
        (path("huge"), "larger than 64 KiB"),
        (path("latin"), "line 2: it is not UTF-8"),
        (path("missing"), "there is no such file"),
    ] {
        let output = sidelight(folder.path(), &["config", "--config", &file], &[]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{file}: {text}");
        assert!(text.contains(problem) && text.contains("day_ends_at   3"), "{file}: {text}");
        assert!(sidelight(folder.path(), &["today", "--config", &file], &[]).status.success(), "{file}");
    }
    // A link to a plain file is one: many keep their configuration elsewhere.
    std::fs::write(path("plain"), "text_width = 33").unwrap();
    std::os::unix::fs::symlink(path("plain"), path("link")).unwrap();
    let (value, code) = told(folder.path(), &["--config", &path("link")], &[]);
    assert_eq!((setting(&value, "text_width").0.as_str(), code), ("33", 0));
}

#[test]
fn a_text_of_any_shape_is_answered_in_bounded_time() {
    let deep = format!("theme = {}", "[".repeat(60_000));
    let wide = format!("[keys.reading]\nwider = [{}]", "'z',".repeat(16_000));
    let many: String = (0..6_000).map(|index| format!("a{index} = 1\n")).take(5_500).collect();
    for text in [deep, wide, many] {
        let (home, file) = home(&text);
        let before = std::fs::metadata(&file).unwrap().modified().unwrap();
        assert_eq!(sidelight(home.path(), &["config"], &[]).status.code(), Some(1));
        assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), before);
    }
}

#[test]
fn the_days_end_decides_where_a_mark_goes_and_moves_no_earlier_one() {
    let (home, file) = home("day_ends_at = 3\n");
    // Where it is a few minutes past five or six now.
    let utc = Zoned::now().with_time_zone(jiff::tz::TimeZone::UTC);
    let zone = format!("XXX{}", i32::from(utc.hour()) - 5);
    let here = utc.checked_sub((i64::from(utc.hour()) - 5).hours()).unwrap();
    let (today, yesterday) = (here.date(), here.date().yesterday().unwrap());
    let run = |arguments: &[&str], more: &[(&str, &str)]| {
        let variables: Vec<(&str, &str)> = [("TZ", zone.as_str())].iter().chain(more).copied().collect();
        let output = sidelight(home.path(), arguments, &variables);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let marked = |day: Date| {
        let items = run(&["items", "--json", "--day", &day.to_string()], &[]);
        let value: Value = serde_json::from_str(&items).unwrap();
        let items = value["items"].as_array().unwrap().clone();
        let marked = items.into_iter().filter(|item| !item["mark"].is_null());
        marked.map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let items: Value = serde_json::from_str(&run(&["items", "--json"], &[])).unwrap();
    let item = |index: usize| items["items"][index]["id"].as_str().unwrap().to_owned();
    run(&["mark", &item(0), "kept"], &[]);
    assert_eq!((marked(today), marked(yesterday)), (vec![item(0)], vec![]));
    std::fs::write(&file, "day_ends_at = 8\n").unwrap();
    run(&["mark", &item(1), "kept"], &[]);
    assert_eq!((marked(today), marked(yesterday)), (vec![item(0)], vec![item(1)]));
    run(&["mark", &item(2), "kept", "--day-ends-at", "4"], &[]);
    run(&["mark", &item(3), "kept"], &[("SIDELIGHT_DAY_ENDS_AT", "9")]);
    let both = |one, two| vec![item(one), item(two)];
    assert_eq!((marked(today), marked(yesterday)), (both(0, 2), both(1, 3)));
}

#[test]
fn the_day_on_which_a_week_begins_holds_for_every_command() {
    let course = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/evenings");
    let today = ("SIDELIGHT_TODAY", "2026-11-22");
    for (config, flag, wanted) in [
        ("week_begins = 'monday'\n", None, "1 of 3 this week"),
        ("week_begins = 'sunday'\n", None, "0 of 3 this week"),
        ("week_begins = 'monday'\n", Some("sunday"), "0 of 3 this week"),
    ] {
        let (home, _) = home(config);
        let run = |arguments: &[&str]| {
            let mut arguments = [&["--course", course][..], arguments].concat();
            arguments.extend(flag.map(|_| "--week-begins").into_iter().chain(flag));
            let output = sidelight(home.path(), &arguments, &[today]);
            String::from_utf8(output.stdout).unwrap()
        };
        run(&["mark", "walked", "kept", "--day", "2026-11-18"]);
        for command in [&["items"][..], &["today"], &["mark", "walked", "clear"]] {
            let out = run(command);
            assert!(out.contains(wanted), "{config}{flag:?} {command:?}: {wanted} is missing in\n{out}");
        }
    }
}
