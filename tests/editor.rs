//! Her own editor, in a real terminal: whatever becomes of it, her words, her keys and the
//! terminal are whole afterwards, and no file stays.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/terminal.rs"]
mod terminal;

use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
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

/// The files of drafts in the data folder, the synced state of each before its latest.
fn draft_files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("data")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("draft")).collect();
    names.sort();
    names
}

/// How many drafts are in the data folder.
fn drafts(folder: &Path) -> usize {
    let stem = |name: String| name.split_once('.').map(|(stem, _)| stem.to_owned());
    draft_files(folder).into_iter().map(stem).collect::<std::collections::BTreeSet<_>>().len()
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
    running.types("\u{1b}").shows("Saved.").types("q");
    assert!(running.ends().success());
    assert!(running.is_cooked());
    assert!(!running.emulator().alternate_screen());
    assert_eq!(pages(folder), Vec::<String>::new());
    assert_eq!(drafts(folder), 0);
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
        ("exit 3", "The editor ended with an error."),
        ("rm \"$1\"", "can't be used"),
        ("rm \"$1\"; mkdir \"$1\"; exit 1", "The editor ended with an error."),
        ("kill -TERM $$", "The editor ended with an error."),
    ] {
        let (folder, editor) = home(script);
        let mut running = editing(folder.path(), &editor, "Before");
        running.shows(says).types("XYZ").shows("BeforeXYZ");
        if script.contains("mkdir") {
            std::fs::remove_dir(folder.path().join("data").join(&pages(folder.path())[0])).ok();
        }
        all_is_whole_after(running, folder.path(), "BeforeXYZ");
    }
    let (folder, _) = home("");
    let mut running = editing(folder.path(), Path::new("/nothing/there"), "Before");
    running.shows("can't be started").types("XYZ").shows("BeforeXYZ");
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
    let left = pages(folder.path());
    running.shows(&left[0]);
    // All that did not fit is still where the screen says.
    let page = folder.path().join("data").join(&left[0]);
    assert_eq!(std::fs::metadata(&page).unwrap().len(), 1_200_000);
    std::fs::remove_file(page).unwrap();
    all_is_whole_after(running, folder.path(), &"a".repeat(1 << 20));
}

#[test]
fn what_was_saved_in_the_editor_is_kept_however_it_or_the_program_ends() {
    let script = "echo WORDS >> \"$1\"; echo there > \"$0.there\"; while :; do sleep 1; done";
    // The editor is killed, and the program goes on.
    let (folder, editor) = home(script);
    let mut running = editing(folder.path(), &editor, "Before");
    let there = folder.path().join("editor.there");
    wait_until("the editor has started", || there.exists());
    signal(running.children()[0], "KILL");
    running.shows("what the editor has is in");
    assert!(page_text(folder.path()).contains("WORDS"));

    // The program is asked to end, and does not wait for the editor.
    for number in ["TERM", "HUP"] {
        let (folder, editor) = home(script);
        let mut running = editing(folder.path(), &editor, "Before");
        let there = folder.path().join("editor.there");
        wait_until("the editor has started", || there.exists());
        running.signal(number);
        assert!(!running.ends().success());
        assert!(page_text(folder.path()).contains("WORDS"), "{number}");
        assert_eq!(drafts(folder.path()), 1, "{number}: what was typed before is in the draft");
        let again = Running::start_with(SIZE, folder.path(), &["--theme", "dark"], &[]);
        drop(again);
    }

    // The terminal is closed.
    let (folder, editor) = home(script);
    let mut running = editing(folder.path(), &editor, "Before");
    let there = folder.path().join("editor.there");
    wait_until("the editor has started", || there.exists());
    running.unplugs();
    running.ends();
    assert!(page_text(folder.path()).contains("WORDS"));
}

#[test]
fn a_crash_leaves_no_dump_of_the_memory() {
    let (folder, _) = home("");
    let mut running =
        Running::start_in_shell(SIZE, folder.path(), "ulimit -S -c unlimited; exec \"$0\" --theme dark");
    running.shows("Reconcile");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", running.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    running.types("q");
    running.ends();
    if cfg!(target_os = "linux") {
        is_not_to_be_dumped(folder.path());
    }
}

/// What is not to be dumped belongs to the system's administrator, also for its owner. The
/// administrator sees that only of another's process.
fn is_not_to_be_dumped(folder: &Path) {
    let nobody = if rustix::process::geteuid().is_root() {
        "setpriv --reuid 65534 --regid 65534 --clear-groups"
    } else {
        "env"
    };
    // Somebody else may not come to where it was built.
    let program = folder.join("program");
    std::fs::copy(env!("CARGO_BIN_EXE_sidelight"), &program).unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let owner = |script: &str, shown: &str| {
        let mut running = Running::start_in_shell(SIZE, folder, script);
        running.shows(shown);
        let process = format!("/proc/{}", running.id());
        let status = std::fs::read_to_string(format!("{process}/status")).unwrap();
        let user = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
        let user: u32 = user.split_whitespace().next().unwrap().parse().unwrap();
        assert_ne!(user, 0, "it runs as another");
        let owner = std::fs::metadata(format!("{process}/limits")).unwrap().uid();
        running.signal("KILL");
        running.ends();
        (user, owner)
    };
    let (user, of_any) = owner(&format!("exec {nobody} sh -c 'echo there; read x'"), "there");
    assert_eq!(of_any, user, "what may be dumped belongs to its owner");
    let (_, of_this) =
        owner(&format!("exec {nobody} {} --no-save --theme dark", program.display()), "Reconcile");
    assert_eq!(of_this, 0, "it may be dumped");
}

#[test]
fn a_page_stays_as_long_as_what_came_from_it_is_in_no_draft() {
    let script =
        "echo there > \"$0.there\"; while ! [ -e \"$0.go\" ]; do sleep 0.02; done; echo WORDS >> \"$1\"";
    let (folder, editor) = home(script);
    let start = format!("trap '' XFSZ; export EDITOR={}; exec \"$0\" --theme dark", editor.display());
    let mut running = Running::start_in_shell(SIZE, folder.path(), &start);
    running.shows("Reconcile").types("d").shows("What happened?").types(CTRL_X);
    let there = folder.path().join("editor.there");
    wait_until("the editor has started", || there.exists());
    // No file of the program may grow any more, as on a full disk; the editor goes on.
    limit_files(&running, Some(0));
    std::fs::write(folder.path().join("editor.go"), "").unwrap();
    running.shows("WORDS").shows("also in");
    assert!(page_text(folder.path()).contains("WORDS"));
    limit_files(&running, None);
    running.types("\u{1b}").shows("Saved.").types("q");
    assert!(running.ends().success());
    assert!(page_text(folder.path()).contains("WORDS"), "it was said to be there");
}

/// Bounds the length of the files that a program writes from now on, in bytes.
fn limit_files(running: &Running, most: Option<u64>) {
    let maximum = rustix::process::getrlimit(rustix::process::Resource::Fsize).maximum;
    let process = rustix::process::Pid::from_raw(running.id().try_into().unwrap());
    let limit = rustix::process::Rlimit { current: most, maximum };
    rustix::process::prlimit(process, rustix::process::Resource::Fsize, limit).unwrap();
}

/// What is in the only page for an editor.
fn page_text(folder: &Path) -> String {
    let pages = pages(folder);
    assert_eq!(pages.len(), 1, "{pages:?}");
    std::fs::read_to_string(folder.join("data").join(&pages[0])).unwrap()
}

#[test]
fn words_that_another_window_erases_are_gone_from_an_open_form_and_from_redo() {
    let (folder, _) = home("");
    let anywhere = || {
        let found = std::process::Command::new("grep")
            .args(["-rl", "SECRETWORDS"])
            .arg(folder.path().join("data"))
            .output()
            .unwrap();
        String::from_utf8(found.stdout).unwrap()
    };
    let erase = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_sidelight"))
            .args(["erase", "--notes", "--yes"])
            .env("SIDELIGHT_DATA_DIR", folder.path().join("data"))
            .env("SIDELIGHT_TODAY", "2026-11-22")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    let mut running = Running::start_with(SIZE, folder.path(), &["--theme", "dark"], &[]);
    running.shows("Reconcile").types("d").shows("What happened?").types("SECRETWORDS").shows("SECRETWORDS");
    running.types("\u{1b}").shows("Saved. ");
    running.types("d").shows("What happened?").types(" and more").shows("SECRETWORDS and more");
    wait_until("a draft", || drafts(folder.path()) == 1);
    erase();
    running.until("the words to go", |screen| !screen.contains("SECRETWORDS") && screen.contains("and more"));
    running.types("!").shows("and more!");
    wait_until("a draft of what is new", || drafts(folder.path()) == 1);
    assert_eq!(anywhere(), "");
    running.types("\u{1b}").shows("Saved. ");

    // Nor do undoing and doing again bring anything back.
    erase();
    running.shows("What was erased is gone").types("u").shows("nothing to undo");
    running.types("\u{12}").shows("nothing to redo");
    running.types("q");
    assert!(running.ends().success());
    assert_eq!(anywhere(), "");
}

#[test]
fn a_draft_is_offered_though_its_number_belongs_to_another_process_and_types_over_nothing() {
    let (folder, _) = home("");
    let start = || Running::start_with(SIZE, folder.path(), &["--theme", "dark"], &[]);
    let mut first = start();
    first.shows("Reconcile").types("d").shows("What happened?").types("Old words").shows("Old words");
    wait_until("a draft", || drafts(folder.path()) == 1);
    first.signal("KILL");
    first.ends();
    let data = folder.path().join("data");
    // This test is the process that has the number now. Meanwhile the evening was written.
    let away = folder.path().join("away");
    for name in draft_files(folder.path()) {
        std::fs::rename(data.join(&name), &away).unwrap();
    }
    let mut second = start();
    second.shows("Reconcile").types("d").shows("What happened?").types("New words").shows("New words");
    second.types("\u{1b}").shows("Saved. ").types("q");
    second.ends();
    std::fs::rename(&away, data.join(format!("draft-{}.json", std::process::id()))).unwrap();

    let mut third = start();
    third
        .shows("is waiting: U shows it")
        .types("U")
        .shows("Old words")
        .types("\u{1b}")
        .shows("Saved. ")
        .types("q");
    assert!(third.ends().success());
    let log = std::fs::read_dir(data.join("log")).unwrap().next().unwrap().unwrap().path();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("Old words") && log.contains("New words"), "{log}");
    let mut fourth = start();
    fourth.shows("Reconcile").types("D").shows("New words").shows("Old words");
    fourth.signal("KILL");
    fourth.ends();
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

#[test]
fn two_windows_keep_a_draft_each_and_both_come_back_after_a_crash() {
    let (folder, editor) = home("");
    let start = || {
        Running::start_with(
            SIZE,
            folder.path(),
            &["--theme", "dark"],
            &[("EDITOR", editor.to_str().unwrap())],
        )
    };
    let (mut one, mut other) = (start(), start());
    one.shows("Reconcile").types("d").shows("What happened?").types("First words").shows("First words");
    other
        .shows("Reconcile")
        .types("]")
        .types("a")
        .shows("A note to")
        .types("Second words")
        .shows("Second words");
    wait_until("two drafts", || drafts(folder.path()) == 2);
    one.signal("KILL");
    other.signal("KILL");
    one.ends();
    other.ends();
    let mut again = start();
    again.shows("is waiting: U shows it").types("U");
    again.until("a draft", |screen| screen.contains("First words") || screen.contains("Second words"));
    let first = if again.screen().contains("First words") {
        ["First words", "Second words"]
    } else {
        ["Second words", "First words"]
    };
    let mut third = start();
    third.shows("is waiting: U shows it").types("U").shows(first[1]);
    for running in [&mut again, &mut third] {
        running.types("\u{1b}").shows("Saved.").types("q");
        assert!(running.ends().success());
    }
    assert_eq!(drafts(folder.path()), 0);
}

#[test]
fn what_is_left_in_an_editor_after_a_crash_is_told_of_listed_and_erased() {
    let (folder, editor) =
        home("echo left over > \"$1\"; echo there > \"$0.there\"; while :; do sleep 1; done");
    let mut running = editing(folder.path(), &editor, "Before");
    let there = folder.path().join("editor.there");
    wait_until("the editor has started", || there.exists());
    let children = running.children();
    running.signal("KILL");
    running.ends();
    signal(children[0], "KILL");
    let page = pages(folder.path())[0].clone();
    let command = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_sidelight"))
            .args(arguments)
            .env("SIDELIGHT_DATA_DIR", folder.path().join("data"))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    let listed = command(&["where"]);
    assert!(listed.contains(&page) && listed.contains("what was in your editor"), "{listed}");
    assert!(command(&["today"]).contains("What was in your editor when the program ended"));
    command(&["erase", "--yes"]);
    assert_eq!(pages(folder.path()), Vec::<String>::new());
    assert_eq!(drafts(folder.path()), 0);
}

#[test]
fn an_editor_that_ends_at_once_keeps_its_file_until_its_window_has_saved() {
    let (folder, editor) = home("printf %s \"$1\" > \"$0.path\"");
    let mut running = editing(folder.path(), &editor, "Before");
    running.shows("The editor ended at once.").shows("Ctrl-x takes it in");
    assert_eq!(pages(folder.path()).len(), 1);
    // Only now is it saved in the window, and the same key brings it here.
    let page = std::fs::read_to_string(folder.path().join("editor.path")).unwrap();
    std::fs::write(&page, "Before\nwritten later\n").unwrap();
    running.types(CTRL_X).shows("written later");
    all_is_whole_after(running, folder.path(), "Before\\nwritten later");
}

#[test]
fn an_editor_that_ended_at_once_and_wrote_nothing_leaves_no_file() {
    let (folder, editor) = home("true");
    let mut running = editing(folder.path(), &editor, "Before");
    running.shows("The editor ended at once.").types("XYZ").shows("BeforeXYZ");
    running.types("\u{1b}").shows("Saved.").types("q");
    assert!(running.ends().success());
    assert_eq!(pages(folder.path()), Vec::<String>::new());
}
