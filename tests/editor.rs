//! Her own editor, in a real terminal: whatever becomes of it, her words, her keys and the
//! terminal are whole afterwards, and no file stays.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/terminal.rs"]
mod terminal;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use terminal::{PATIENCE, Running, signal};

const SIZE: (u16, u16) = (120, 36);
/// Opens the three lines of the evening.
const CTRL_X: &str = "\u{18}";

/// A folder with a home, and an editor that runs this script.
fn home(script: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let editor = folder.path().join("editor");
    std::fs::write(&editor, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o700)).unwrap();
    (folder, editor)
}

/// The program with what is written so far, and the editor asked for.
fn editing(folder: &Path, editor: &Path, written: &str) -> Running {
    let environment = [("VISUAL", ""), ("EDITOR", editor.to_str().unwrap())];
    let mut running = Running::start_with(SIZE, folder, &["--theme", "dark"], &environment);
    running.shows("Reconcile").types("d").shows("What happened?");
    running.types(written).shows(written).types(CTRL_X);
    running
}

/// The files for an editor that are in the data folder.
fn pages(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("data")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("note-")).collect()
}

/// Waits until a condition outside of the terminal holds.
fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < end, "not in time: {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// Keeps the note, quits, and looks whether everything is whole.
fn all_is_whole_after(mut running: Running, folder: &Path, kept: &str) {
    running.types("\u{1b}").shows("Kept.").types("q");
    assert!(running.ends().success());
    assert!(running.is_cooked());
    assert!(!running.emulator().alternate_screen());
    assert_eq!(pages(folder), Vec::<String>::new());
    assert!(!folder.join("data/draft.json").exists());
    let log = std::fs::read_dir(folder.join("data/log")).unwrap().next().unwrap().unwrap().path();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains(kept), "{kept:?} is not in {log}");
}

#[test]
fn what_the_editor_wrote_is_in_the_note_and_keys_go_on_where_they_were() {
    let (folder, editor) = home(
        "stat -c %a \"$1\" > \"$0.mode\"; dirname \"$1\" > \"$0.folder\"; printf 'from outside\\n' >> \"$1\"",
    );
    let mut running = editing(folder.path(), &editor, "Before");
    running.shows("from outside").types("XYZ").shows("from outsideXYZ");
    assert_eq!(std::fs::read_to_string(folder.path().join("editor.mode")).unwrap(), "600\n");
    let data = folder.path().join("data");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("editor.folder")).unwrap().trim(),
        data.to_str().unwrap()
    );
    assert_eq!(running.settled().matches("XYZ").count(), 1);
    all_is_whole_after(running, folder.path(), "Before\\nfrom outsideXYZ");
}

#[test]
fn an_editor_that_fails_deletes_the_file_or_is_not_there_costs_nothing() {
    for (script, says) in [
        ("printf 'rubbish' > \"$1\"; exit 3", "The editor ended with an error."),
        ("rm \"$1\"", "can not be used"),
        ("rm \"$1\"; mkdir \"$1\"; exit 1", "The editor ended with an error."),
        ("kill -TERM $$", "The editor ended with an error."),
    ] {
        let (folder, editor) = home(script);
        let mut running = editing(folder.path(), &editor, "Before");
        running.shows(says).types("XYZ").shows("BeforeXYZ");
        assert!(!running.screen().contains("rubbish"));
        if script.contains("mkdir") {
            std::fs::remove_dir(folder.path().join("data").join(&pages(folder.path())[0])).ok();
        }
        all_is_whole_after(running, folder.path(), "BeforeXYZ");
    }
    let (folder, _) = home("");
    let mut running = editing(folder.path(), Path::new("/nothing/there"), "Before");
    running.shows("can not be started").types("XYZ").shows("BeforeXYZ");
    all_is_whole_after(running, folder.path(), "BeforeXYZ");
}

#[test]
fn rubbish_from_the_editor_is_cleaned_and_bounded() {
    let (folder, editor) = home("printf '\\033[2J\\033]0;title\\007\\377\\000ok\\342\\200\\256so' > \"$1\"");
    let mut running = editing(folder.path(), &editor, "Before");
    running.shows("okso");
    assert!(!running.screen().contains("title"));
    all_is_whole_after(running, folder.path(), "okso");

    let (folder, editor) = home("head -c 1200000 /dev/zero | tr '\\0' a > \"$1\"");
    let mut running = editing(folder.path(), &editor, "Before");
    running.shows("its beginning is here");
    all_is_whole_after(running, folder.path(), &"a".repeat(1 << 20));
}

#[test]
fn an_editor_that_hangs_can_be_killed_and_the_keys_typed_meanwhile_come_once() {
    let (folder, editor) = home("echo there > \"$0.there\"; while :; do sleep 1; done");
    let mut running = editing(folder.path(), &editor, "Before");
    let there = folder.path().join("editor.there");
    wait_until("the editor has started", || there.exists());
    assert_eq!(pages(folder.path()).len(), 1);
    running.types("XYZ");
    let children = running.children();
    assert_eq!(children.len(), 1);
    signal(children[0], "KILL");
    // The message goes with the keys that were waiting.
    running.shows("BeforeXYZ");
    assert_eq!(running.settled().matches("XYZ").count(), 1);
    all_is_whole_after(running, folder.path(), "BeforeXYZ");
}
