//! `check`, `new`, and courses that have faults.

use crate::{json_of, keys, sidelight, text};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[test]
fn a_faulty_course_tells_all_its_faults_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = r#"{"format":1,"id":"c","title":"C","summary":"S","language":"en",
"parts":[{"title":"P","lessons":[{"id":"a","title":"A","file":"../a.md"},
{"id":"a","title":"B","file":"b.md"}]}],
"checklist":{"avoid":[{"id":"i","text":"t","why":"w","lesson":"zz"}],"embrace":[]}}"#;
    std::fs::write(folder.path().join("course.json"), manifest).unwrap();
    std::fs::write(folder.path().join("b.md"), [b'#', b' ', 0xff, 0xfe]).unwrap();
    let course = folder.path().to_str().unwrap();
    let (code, out, err) = text(&sidelight(folder.path(), &["--course", course, "lessons"]));
    assert_eq!((code, out.as_str()), (1, ""));
    for part in
        ["course.json:2:", "outside", "course.json:3:", "another lesson has the id", "`zz`", "b.md:1:"]
    {
        assert!(err.contains(part), "no {part:?} in {err}");
    }
    assert!(!err.contains("panicked"));
}

#[test]
fn hostile_folders_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let course = folder.path().to_str().unwrap();
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", course, "lessons"]));
    assert_eq!(code, 1);
    assert!(err.contains("no Markdown file in this folder"), "{err}");
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", course, "--as", "course", "lessons"]));
    assert_eq!(code, 1);
    assert!(err.contains("course.json"), "{err}");
    std::fs::write(folder.path().join("course.json"), "[".repeat(10_000)).unwrap();
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", course, "lessons"]));
    assert_eq!(code, 1);
    assert!(!err.contains("panicked") && err.len() < 1000, "{err}");
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", "/dev/zero", "lessons"]));
    assert_eq!(code, 1, "{err}");
}

#[test]
fn the_built_in_courses_have_no_problems() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, _) = text(&sidelight(home.path(), &["check"]));
    assert_eq!((code, out.as_str()), (0, "Checked reconcile and tour: no problems.\n"));
    let (_, out, _) = text(&sidelight(home.path(), &["courses"]));
    assert!(out.contains("reconcile") && out.contains("tour"));
}

#[test]
fn a_new_course_passes_the_check_and_opens_at_once() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("my-course");
    let folder = folder.to_str().unwrap();
    assert_eq!(text(&sidelight(home.path(), &["new", folder])).0, 0);
    let (code, out, _) = text(&sidelight(home.path(), &["check", folder]));
    assert_eq!((code, out), (0, format!("Checked {folder}: no problems.\n")));
    assert_eq!(text(&sidelight(home.path(), &["--course", folder, "lessons"])).0, 0);
    let (code, _, err) = text(&sidelight(home.path(), &["new", folder]));
    assert_eq!(code, 1);
    assert!(err.contains("already exists"), "{err}");
}

#[test]
fn a_new_course_says_its_id_and_how_it_is_opened_in_a_shell() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command = command.args(arguments).current_dir(home.path()).env_clear().env("HOME", home.path());
        text(&command.output().unwrap())
    };
    let (code, _, err) = run(&["new", "Raucher frei"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("`sidelight 'Raucher frei'` opens it") && err.contains("Its id is `raucher-frei`"),
        "{err}"
    );
    let (_, out, _) = run(&["new", "n1", "--json"]);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(keys(&value), ["files", "id"]);
    assert_eq!(value["id"], "n1");
}

#[test]
fn a_course_is_found_by_its_manifest_and_in_the_folder_around_it() {
    let home = tempfile::tempdir().unwrap();
    let around = home.path().join("unpacked");
    let course = around.join("mine");
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    assert_eq!(text(&sidelight(home.path(), &["new", &path(&course)])).0, 0);
    let id = |named: &str| json_of(home.path(), &["--course", named, "lessons", "--json"])["course"].clone();
    std::fs::create_dir(around.join("__MACOSX")).unwrap();
    for named in [path(&course), path(&course.join("course.json")), path(&around)] {
        assert_eq!(id(&named), "mine", "{named}");
        let (code, out, _) = text(&sidelight(home.path(), &["check", &named]));
        assert_eq!((code, out), (0, format!("Checked {}: no problems.\n", path(&course))), "{named}");
    }
    // Beside other texts it is one of them, and that it is a course is said.
    std::fs::write(around.join("notes.md"), "# Notes").unwrap();
    let (_, _, err) = text(&sidelight(home.path(), &["--course", &path(&around), "lessons"]));
    assert!(err.contains("There is a course in mine, with a checklist of its own: open "), "{err}");
    // Where there are several, none of them is meant.
    assert_eq!(text(&sidelight(home.path(), &["new", &path(&around.join("other"))])).0, 0);
    let (code, out, _) = text(&sidelight(home.path(), &["check", &path(&around)]));
    assert!(code == 1 && out.contains("name the folder of a course: `") && out.contains("other`"), "{out}");
    std::fs::write(home.path().join("mine.zip"), b"PK\x03\x04").unwrap();
    let (code, _, err) =
        text(&sidelight(home.path(), &["--course", &path(&home.path().join("mine.zip")), "lessons"]));
    assert!(code == 1 && err.contains("this is packed; unpack it"), "{err}");
}

#[test]
fn a_command_in_the_folder_of_a_course_says_which_course_it_is_about() {
    let home = tempfile::tempdir().unwrap();
    let course = home.path().join("of mine");
    assert_eq!(text(&sidelight(home.path(), &["new", course.to_str().unwrap()])).0, 0);
    let lessons = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command = command.args(arguments).current_dir(&course).env_clear().env("HOME", home.path());
        text(&command.output().unwrap()).2
    };
    let typed = course.canonicalize().unwrap();
    let said = format!("this is the built-in course; --course '{}' names the one", typed.display());
    assert!(lessons(&["lessons"]).contains(&said), "{said}");
    assert!(!lessons(&["lessons", "--course", "."]).contains("built-in"));
}

#[test]
fn two_courses_of_one_id_are_told_of_when_the_second_is_opened() {
    let home = tempfile::tempdir().unwrap();
    let course = |name: &str| home.path().join(name).join("same").to_str().unwrap().to_owned();
    for name in ["one", "other"] {
        assert_eq!(text(&sidelight(home.path(), &["new", &course(name)])).0, 0);
    }
    let opened = |name: &str| text(&sidelight(home.path(), &[&course(name), "--linear"])).2;
    assert!(!opened("one").contains("has the id"));
    assert!(!opened("one").contains("has the id"));
    let said = opened("other");
    assert!(said.contains("has the id same too: both show the same marks"), "{said}");
    // One that was moved is not there any more.
    std::fs::remove_dir_all(home.path().join("other")).unwrap();
    assert!(!opened("one").contains("has the id"));
}

#[test]
fn faults_can_be_read_by_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("course.json"), "{}").unwrap();
    let (code, out, _) =
        text(&sidelight(folder.path(), &["check", folder.path().to_str().unwrap(), "--json"]));
    assert_eq!(code, 1);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert!(value["errors"].as_u64().unwrap() > 0);
    let fault = &value["faults"][0];
    assert_eq!(keys(fault), ["column", "file", "line", "problem", "remedy", "severity"]);
}

#[test]
fn without_a_folder_the_course_around_it_is_checked_else_what_was_read_last() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("mine");
    assert_eq!(text(&sidelight(home.path(), &["new", folder.to_str().unwrap()])).0, 0);
    let check = |below: &Path, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command = command.args(arguments).current_dir(below).env_clear().env("HOME", home.path());
        text(&command.output().unwrap())
    };
    std::fs::create_dir_all(folder.join("deep/er")).unwrap();
    let folder = folder.canonicalize().unwrap();
    for below in [folder.clone(), folder.join("deep/er")] {
        let (code, out, _) = check(&below, &["check"]);
        assert_eq!((code, out), (0, format!("Checked {}: no problems.\n", folder.display())));
    }
    let (_, out, _) = check(home.path(), &["check", "--course", "tour"]);
    assert_eq!(out, "Checked tour: no problems.\n");
    // What was read last: the linear mode opens it and ends with its input.
    let opened = check(home.path(), &[folder.to_str().unwrap(), "--linear"]);
    assert_eq!(opened.0, 0, "{}", opened.2);
    std::fs::write(folder.join("course.json"), "{}").unwrap();
    let (code, out, _) = check(home.path(), &["check"]);
    assert!(code == 1 && out.contains(&format!("Checked {}: ", folder.display())), "{out}");
    let (_, out, _) = check(home.path(), &["check", "--json"]);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["checked"][0], folder.to_str().unwrap());
}
