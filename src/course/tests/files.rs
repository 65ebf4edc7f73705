//! Tests of reading files from an untrusted folder: what is read, and what is refused in which words.

use super::{SOUND, changed, faults_of, folder, reported};
use crate::course::{Course, CourseError};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

fn only(reported: &[String]) -> &str {
    assert_eq!(reported.len(), 1, "{reported:?}");
    reported.first().unwrap()
}

#[test]
fn a_missing_lesson_file_is_named_with_its_line() {
    let folder = folder(SOUND);
    fs::remove_file(folder.path().join("lessons/two.md")).unwrap();
    assert_eq!(
        only(&reported(&folder)),
        "course.json:11:53: the file `lessons/two.md` does not exist; create it, or correct its name"
    );
}

#[test]
fn a_missing_folder_is_reported() {
    let fault = faults_of(Path::new("/nowhere/at/all"));
    assert_eq!(
        fault.first().unwrap().to_string(),
        "/nowhere/at/all: there is no such folder; check its name"
    );
}

#[test]
fn a_file_instead_of_a_folder_is_reported() {
    let folder = folder(SOUND);
    let faults = faults_of(&folder.path().join("course.json"));
    assert!(faults.first().unwrap().problem.contains("not a folder"));
}

#[test]
fn an_empty_folder_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        only(&reported(&folder)),
        "course.json: the file `course.json` does not exist; create it, or correct its name"
    );
}

#[test]
fn a_lesson_outside_of_the_folder_is_refused() {
    for name in ["/etc/passwd", "../one.md", "lessons/../../one.md", "lessons/../lessons/one.md"] {
        let folder = changed("lessons/one.md", name);
        assert!(only(&reported(&folder)).contains("lies outside of the folder"), "{name}");
    }
}

#[test]
fn a_link_out_of_the_folder_is_refused() {
    let folder = folder(SOUND);
    let lesson = folder.path().join("lessons/one.md");
    fs::remove_file(&lesson).unwrap();
    symlink("/etc/passwd", &lesson).unwrap();
    assert!(only(&reported(&folder)).contains("a link that leads out of the folder"));
}

#[test]
fn a_link_within_the_folder_is_followed() {
    let folder = folder(SOUND);
    let lesson = folder.path().join("lessons/one.md");
    fs::remove_file(&lesson).unwrap();
    symlink("two.md", &lesson).unwrap();
    assert!(reported(&folder).is_empty());
}

#[test]
fn a_link_that_leads_to_itself_is_refused() {
    let folder = folder(SOUND);
    let lesson = folder.path().join("lessons/one.md");
    fs::remove_file(&lesson).unwrap();
    symlink("one.md", &lesson).unwrap();
    assert!(only(&reported(&folder)).contains("cannot be read"));
}

#[test]
fn a_pipe_is_refused_without_waiting_for_it() {
    let folder = folder(SOUND);
    let lesson = folder.path().join("lessons/one.md");
    fs::remove_file(&lesson).unwrap();
    assert!(Command::new("mkfifo").arg(&lesson).status().unwrap().success());
    assert!(only(&reported(&folder)).contains("a pipe, a socket or a device"));
}

#[test]
fn a_folder_instead_of_a_lesson_is_refused() {
    let folder = changed("lessons/one.md", "lessons");
    assert!(only(&reported(&folder)).contains("`lessons` is a folder"));
}

#[test]
fn a_lesson_that_is_not_utf_8_is_named_with_the_line_of_the_byte() {
    let folder = folder(SOUND);
    fs::write(folder.path().join("lessons/one.md"), b"# One\n\nCaf\xe9\n").unwrap();
    assert_eq!(
        only(&reported(&folder)),
        "lessons/one.md:3:4: the file `lessons/one.md` is not UTF-8 text from here on; save it as UTF-8"
    );
}

#[test]
fn a_manifest_that_is_not_utf_8_is_reported_with_its_line() {
    let folder = folder(b"{\n\"id\": \"\xff\"}");
    assert!(only(&reported(&folder)).starts_with("course.json:2:8: the file `course.json` is not UTF-8"));
}

#[test]
fn a_lesson_beyond_the_bound_is_refused_and_one_within_it_is_not() {
    let folder = folder(SOUND);
    let lesson = fs::File::create(folder.path().join("lessons/one.md")).unwrap();
    lesson.set_len(super::super::LARGEST_LESSON + 1).unwrap();
    assert!(only(&reported(&folder)).contains("larger than 64 MiB; split it into several"));
    lesson.set_len(50 << 20).unwrap();
    assert!(reported(&folder).is_empty());
}

#[test]
fn an_endless_device_is_refused() {
    let folder = folder(SOUND);
    let manifest = folder.path().join("course.json");
    fs::remove_file(&manifest).unwrap();
    symlink("/dev/zero", &manifest).unwrap();
    assert!(only(&reported(&folder)).contains("leads out of"));
}

#[test]
fn a_lesson_that_may_not_be_read_is_reported() {
    let folder = folder(SOUND);
    let lesson = folder.path().join("lessons/one.md");
    fs::set_permissions(&lesson, fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may read everything.
    if fs::read(&lesson).is_err() {
        assert!(only(&reported(&folder)).contains("check its permissions"));
    }
}

#[test]
fn a_name_with_control_characters_is_shown_without_them() {
    let folder = changed("lessons/one.md", "lessons/\\u001b[31m\\u0007\\u0000one.md");
    assert!(!only(&reported(&folder)).contains(['\u{1b}', '\u{7}', '\0']));
}

#[test]
fn a_windows_path_gets_a_hint() {
    let folder = changed("lessons/one.md", "lessons\\\\one.md");
    assert!(only(&reported(&folder)).contains("write `/` between folders"));
}

#[test]
fn an_unknown_built_in_course_suggests_the_nearest() {
    let Err(CourseError::Unknown { remedy, .. }) = Course::built_in("reconcil") else {
        panic!("it opened");
    };
    assert_eq!(remedy, "did you mean `reconcile`?");
}
