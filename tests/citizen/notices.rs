//! Notices: each is shown in its turn, and all can be listed.

use crate::WIDE;
use crate::terminal::Running;
use std::os::unix::fs::PermissionsExt;

#[test]
fn no_notice_hides_another_and_all_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("data/log");
    std::fs::create_dir_all(&log).unwrap();
    std::fs::write(log.join("00000000000000aa.jsonl"), "rubbish instead of a record\n").unwrap();
    std::fs::set_permissions(folder.path().join("data"), PermissionsExt::from_mode(0o755)).unwrap();
    let config = folder.path().join(".config/sidelight");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "theme = 7\n").unwrap();
    let mut program = Running::start(WIDE, folder.path(), &[]);
    program.shows("is damaged").types("j").shows("can be opened by other people");
    while !program.settled().contains("config.toml") {
        program.types("j");
    }
    program.types("M").shows("Notices of this session").shows("is damaged");
    let listed = program.settled();
    for notice in ["is damaged", "can be opened by other people", "config.toml"] {
        assert!(listed.contains(notice), "{notice}: {listed}");
    }
    program.types("\x1b").until("the list is closed", |screen| !screen.contains("Notices of this"));
    program.types("q");
    assert!(program.ends().success());
}
