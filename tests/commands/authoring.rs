//! `check`, `new`, and courses that have faults.

use crate::{keys, sidelight, text};
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
