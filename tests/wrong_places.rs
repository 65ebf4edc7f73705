//! The place for the journal is wrong: reading always works, and the screen says calmly, and
//! until it is solved, what is not being kept.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/terminal.rs"]
mod terminal;

use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
use std::fs;
use std::path::Path;
use terminal::Running;

const WIDE: (u16, u16) = (120, 36);
const PROGRAM: &str = env!("CARGO_BIN_EXE_sidelight");

/// The program, started by a shell that first does something to its surroundings.
fn start_after(prelude: &str, folder: &Path) -> Running {
    let script = format!("{prelude}; exec \"$0\" --theme dark");
    Running::start_program("sh", WIDE, folder, &["-c", &script, PROGRAM], &[])
}

/// Every file below a folder, with what is in it.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(content(&path));
        } else {
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

/// Goes through a lesson and a search, whatever the state of the disk is.
fn can_be_read(program: &mut Running) {
    program.types("]").shows("Is this for you now?").types("/begg").shows("3 hits").types("\x1b");
    program.shows("Is this for you now?");
}

#[test]
fn a_full_disk_is_said_until_there_is_room_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("[ ] I did not beg").types("\tx").shows(">[x] I did not beg").shows("saved").types("q");
    assert!(program.ends().success());
    let logs = content(&folder.path().join("data/log"));

    // No file may grow: what a full disk answers, for this one process.
    let mut program = start_after("trap '' XFSZ; ulimit -S -f 0", folder.path());
    program.shows("[x] I did not beg").types("\tj!").shows(">[!]").shows("NOT SAVED");
    assert_eq!(content(&folder.path().join("data/log")), logs, "a failed write left something behind");
    program.types("\x1b[Z");
    can_be_read(&mut program);
    program.shows("NOT SAVED").shows("[!]");

    let unlimited = Rlimit { current: None, maximum: getrlimit(Resource::Fsize).maximum };
    let process = Pid::from_raw(program.id().try_into().unwrap());
    prlimit(process, Resource::Fsize, unlimited).unwrap();
    program.types("j").until("it was saved", |screen| !screen.contains("NOT SAVED")).types("q");
    assert!(program.ends().success());
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("[x] I did not beg").shows("[!]");
}

#[test]
fn a_home_that_cannot_be_written_is_said_until_it_can_be() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody, not even root, makes a folder there.
    let data = folder.path().join("data");
    std::os::unix::fs::symlink("/proc", &data).unwrap();
    let mut program = start_after("export SIDELIGHT_DATA_DIR=\"$HOME/data/sidelight\"", folder.path());
    program.shows("Begin reading").shows("not saved").types("\r").shows("Start here");
    can_be_read(&mut program);
    program.types("\t").shows(">[ ] I did not beg").types("x").shows(">[x] I did not beg");
    program.shows("NOT SAVED");
    fs::remove_file(&data).unwrap();
    fs::create_dir(&data).unwrap();
    program.types("j").until("it was saved", |screen| !screen.contains("NOT SAVED")).types("q");
    assert!(program.ends().success());
    assert!(!content(&data.join("sidelight/log")).is_empty());
}

#[test]
fn a_folder_that_goes_away_is_said_until_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let (data, away) = (folder.path().join("data"), folder.path().join("away"));
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("[ ] I did not beg");
    fs::rename(&data, &away).unwrap();
    program.types("\tx").shows(">[x] I did not beg").shows("NOT SAVED").types("\x1b[Z");
    can_be_read(&mut program);
    program.shows("NOT SAVED");
    assert!(!data.exists(), "a second journal was begun where the first one was");
    fs::rename(&away, &data).unwrap();
    program.types("j").until("it was saved", |screen| !screen.contains("NOT SAVED")).types("q");
    assert!(program.ends().success());
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("[x] I did not beg");
}

#[test]
fn a_relative_data_home_is_ignored_as_its_specification_says() {
    let folder = tempfile::tempdir().unwrap();
    let prelude = "unset SIDELIGHT_DATA_DIR; export XDG_DATA_HOME=relative; cd \"$HOME\"";
    let mut program = start_after(prelude, folder.path());
    program.shows("Begin reading").types("\r");
    program.shows("[ ] I did not beg").types("\tx").shows(">[x] I did not beg").shows("saved").types("q");
    assert!(program.ends().success());
    assert!(!folder.path().join("relative").exists());
    assert!(!content(&folder.path().join(".local/share/sidelight/log")).is_empty());
}

#[test]
fn damage_that_comes_from_elsewhere_is_named_on_the_open_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("[ ] I did not beg").types("\tx").shows(">[x] I did not beg").shows("saved");
    fs::write(folder.path().join("data/log/from-a-stick.jsonl"), "not a record\n").unwrap();
    program.shows("is damaged").shows("[x] I did not beg");
}
