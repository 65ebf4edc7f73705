//! Completions, as the program answers them and as shells use the answers.

use crate::{is_installed, printed, sidelight};
use sidelight::course::{CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, Journal, Operation, OwnItem};
use std::path::Path;
use std::process::Command;

/// What the program offers for the last of these words, each with its meaning.
fn offered(home: &Path, words: &[&str]) -> Vec<String> {
    let output = sidelight(home).arg("--").args(words).env("SIDELIGHT_COMPLETE", "fish").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    printed(&output).lines().map(str::to_owned).collect()
}

fn names(home: &Path, words: &[&str]) -> Vec<String> {
    let first = |line: String| line.split('\t').next().unwrap().to_owned();
    offered(home, words).into_iter().map(first).collect()
}

#[test]
fn lessons_are_completed_of_the_course_that_is_meant() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("notes")).unwrap();
    std::fs::write(home.path().join("notes/starling.md"), "# A bird\n").unwrap();
    std::fs::write(home.path().join("notes/st one.md"), "# A stone\n").unwrap();
    let lessons = offered(home.path(), &["sidelight", "read", "start"]);
    assert_eq!(lessons, ["start-here\tStart here"]);
    for words in
        [["sidelight", "--course", "notes", "read", "st"], ["sidelight", "read", "--course", "notes", "st"]]
    {
        let of_folder = offered(home.path(), &words);
        // What a shell would take apart is not offered.
        assert_eq!(of_folder.len(), 1, "{of_folder:?}");
        assert!(of_folder[0].starts_with("starling") && of_folder[0].ends_with("\tA bird"), "{of_folder:?}");
    }
    assert!(!names(home.path(), &["sidelight", "read", "--course", "tour", ""]).is_empty());
    assert!(names(home.path(), &["sidelight", "read", "--course", "-", "st"]).is_empty());
}

#[test]
fn items_of_the_course_and_her_own_are_completed_and_nothing_is_made_for_it() {
    let home = tempfile::tempdir().unwrap();
    let items = offered(home.path(), &["sidelight", "mark", "no-beg"]);
    assert!(items.len() == 1 && items[0].starts_with("no-begging\t"), "{items:?}");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "asking has made something");
    let mut opened = Journal::open(&home.path().join(".local/share/sidelight")).unwrap();
    let own = OwnItem::new(Side::Avoid, "I did not call".into(), String::new());
    let chosen = Chosen::OwnItem { item: ItemId::new("own-1-call"), own };
    let operation = Operation::Choice(Choice { course: CourseId::new("reconcile"), chosen });
    opened.journal.append(&mut opened.ledger, vec![operation]).unwrap();
    assert_eq!(offered(home.path(), &["sidelight", "mark", "own"]), ["own-1-call\tI did not call"]);
    assert!(names(home.path(), &["sidelight", "--no-save", "mark", "own"]).is_empty());
    assert_eq!(names(home.path(), &["sidelight", "mark", "own-1-call", "s"]), ["slipped"]);
}

#[test]
fn commands_options_courses_and_paths_are_completed() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("towel.md"), "").unwrap();
    assert_eq!(names(home.path(), &["sidelight", "exp"]), ["export"]);
    assert_eq!(names(home.path(), &["sidelight", "export", "--form"]), ["--format"]);
    assert_eq!(names(home.path(), &["sidelight", "export", "--format", "j"]), ["json"]);
    assert_eq!(names(home.path(), &["sidelight", "--course", "to"]), ["tour", "towel.md"]);
    assert_eq!(names(home.path(), &["sidelight", "completions", "z"]), ["zsh"]);
}

#[test]
fn a_damaged_journal_is_not_set_aside_by_asking() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".local/share/sidelight");
    sidelight(home.path()).args(["mark", "no-begging", "kept"]).output().unwrap();
    let log = std::fs::read_dir(folder.join("log")).unwrap().next().unwrap().unwrap().path();
    let damaged = [std::fs::read(&log).unwrap(), b"rubbish\n".to_vec()].concat();
    std::fs::write(&log, &damaged).unwrap();
    assert_eq!(names(home.path(), &["sidelight", "mark", "no-begg"]), ["no-begging"]);
    sidelight(home.path()).arg("doctor").output().unwrap();
    assert_eq!(std::fs::read(&log).unwrap(), damaged);
    assert!(!folder.join("quarantine").exists());
    // It is told of at the next start all the same.
    let next = sidelight(home.path()).arg("today").output().unwrap();
    assert!(!next.stderr.is_empty(), "{next:?}");
}

/// Writes the script for a shell, and the path on which the shell finds the program.
fn script(home: &Path, shell: &str) -> (String, String) {
    let output = sidelight(home).args(["completions", shell]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let file = home.join(format!("completions.{shell}"));
    std::fs::write(&file, printed(&output)).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_sidelight")).parent().unwrap().to_owned();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    (file.to_str().unwrap().to_owned(), path)
}

/// Runs a shell with the script, and returns what it prints.
fn in_shell(home: &Path, shell: &str, arguments: &[&str], path: &str) -> String {
    let mut command = Command::new(shell);
    let output =
        command.args(arguments).current_dir(home).env("HOME", home).env("PATH", path).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    printed(&output)
}

#[test]
fn bash_completes_with_the_script() {
    let home = tempfile::tempdir().unwrap();
    if !is_installed("bash") {
        return;
    }
    let (script, path) = script(home.path(), "bash");
    let asked = format!(
        "source {script}; COMP_WORDS=(sidelight read start); COMP_CWORD=2; COMP_TYPE=9
         _clap_complete_sidelight sidelight start read; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    assert_eq!(in_shell(home.path(), "bash", &["--norc", "-c", &asked], &path), "start-here\n");
}

#[test]
fn fish_completes_with_the_script() {
    let home = tempfile::tempdir().unwrap();
    if !is_installed("fish") {
        return;
    }
    let (script, path) = script(home.path(), "fish");
    let asked = format!("source {script}; complete --do-complete 'sidelight read start'");
    let found = in_shell(home.path(), "fish", &["--no-config", "-c", &asked], &path);
    assert_eq!(found, "start-here\tStart here\n");
}

#[test]
fn zsh_understands_the_script() {
    let home = tempfile::tempdir().unwrap();
    if is_installed("zsh") {
        let (script, path) = script(home.path(), "zsh");
        in_shell(home.path(), "zsh", &["-n", &script], &path);
    }
}
