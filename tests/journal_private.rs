//! Private by default: nothing but plain files, and nobody else's folder. Modes are looked at
//! in `journal_umask.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/journal.rs"]
mod journal;

use journal::{everything, kept};
use rustix::fs::{CWD, FileType, Mode};
use sidelight::journal::{Journal, JournalError, Opened};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

/// Puts something that is no plain file in the place of the log of this device.
fn with_odd_log(put: impl Fn(&Path)) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("sidelight");
    let Opened { mut journal, mut ledger, .. } = Journal::open(&folder).unwrap();
    journal.append(&mut ledger, vec![kept("one")]).unwrap();
    let log = std::fs::read_dir(folder.join("log")).unwrap().next().unwrap().unwrap().path();
    std::fs::rename(&log, home.path().join("victim")).unwrap();
    put(&log);
    (home, folder)
}

#[test]
fn a_link_a_fifo_and_a_folder_are_neither_read_nor_written() {
    for name in ["link", "fifo", "folder"] {
        let (home, folder) = with_odd_log(|log| match name {
            "link" => symlink(log.parent().unwrap().join("../../victim"), log).unwrap(),
            "fifo" => rustix::fs::mknodat(CWD, log, FileType::Fifo, Mode::RWXU, 0).unwrap(),
            _ => std::fs::create_dir(log).unwrap(),
        });
        let victim = std::fs::read(home.path().join("victim")).unwrap();
        let Opened { mut journal, mut ledger, notices } = Journal::open(&folder).unwrap();
        assert!(notices.iter().any(|notice| notice.contains("not a plain file")), "{name}: {notices:?}");
        assert_eq!(ledger.courses().count(), 0, "{name} was read");
        let error = journal.append(&mut ledger, vec![kept("two")]).unwrap_err();
        assert!(matches!(error, JournalError::NotPlain { .. }), "{name}: {error}");
        assert_eq!(journal.pending(), 1, "{name}");
        assert_eq!(std::fs::read(home.path().join("victim")).unwrap(), victim, "{name} was written through");
        journal.verify().unwrap();
    }
}

#[test]
fn an_odd_log_beside_the_own_one_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("sidelight");
    let Opened { mut journal, mut ledger, .. } = Journal::open(&folder).unwrap();
    journal.append(&mut ledger, vec![kept("one")]).unwrap();
    symlink("/dev/zero", folder.join("log/zero.jsonl")).unwrap();
    rustix::fs::mknodat(CWD, folder.join("log/fifo.jsonl"), FileType::Fifo, Mode::RWXU, 0).unwrap();
    std::fs::create_dir(folder.join("log/folder.jsonl")).unwrap();
    let mut opened = Journal::open(&folder).unwrap();
    assert_eq!(opened.notices.len(), 3, "{:?}", opened.notices);
    assert_eq!(opened.ledger, ledger);
    opened.journal.append(&mut opened.ledger, vec![kept("two")]).unwrap();
    opened.journal.back_up().unwrap();
    opened.journal.repair(&mut opened.ledger).unwrap();
}

#[test]
fn a_folder_that_others_can_open_is_pointed_out() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("sidelight");
    assert_eq!(Journal::open(&folder).unwrap().notices, Vec::<String>::new());
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let notices = Journal::open(&folder).unwrap().notices;
    assert_eq!(notices.len(), 1);
    assert!(notices[0].contains("0755") && notices[0].contains("chmod 700"), "{notices:?}");
}

#[test]
fn a_file_where_the_folder_should_be_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("sidelight");
    std::fs::write(&folder, "something else").unwrap();
    let error = Journal::open(&folder).unwrap_err();
    assert!(matches!(error, JournalError::NotPlain { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&folder).unwrap(), "something else");
}

#[test]
fn a_folder_with_other_things_in_it_is_refused_until_it_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("Documents");
    std::fs::create_dir_all(folder.join("backup")).unwrap();
    std::fs::write(folder.join("backup/family-photo.jpg"), "PHOTO").unwrap();
    let refused = Journal::open(&folder).unwrap_err();
    assert!(matches!(refused, JournalError::Foreign { .. }), "{refused}");
    assert!(refused.to_string().contains("--data-dir") && refused.to_string().contains(".sidelight"));
    assert_eq!(everything(&folder).len(), 3, "nothing was made");
    std::fs::write(folder.join(".sidelight"), "").unwrap();
    let Opened { mut journal, mut ledger, .. } = Journal::open(&folder).unwrap();
    journal.append(&mut ledger, vec![kept("one")]).unwrap();
    // From now on it is known by what is in it, as are journals from before there was a marker.
    std::fs::remove_file(folder.join(".sidelight")).unwrap();
    assert_eq!(Journal::open(&folder).unwrap().ledger, ledger);

    let letters = home.path().join("letters");
    std::fs::create_dir(&letters).unwrap();
    std::fs::write(letters.join("letter.txt"), "MINE").unwrap();
    assert!(matches!(Journal::open(&letters).unwrap_err(), JournalError::Foreign { .. }));
}

#[test]
fn old_journals_and_what_is_left_of_them_open_as_before() {
    let home = tempfile::tempdir().unwrap();
    for inside in ["log/x.jsonl", "backup/2026-11-22.jsonl", "cache/ledger", "quarantine/a.damaged"] {
        let folder = home.path().join(inside.replace('/', "-"));
        let path = folder.join(inside);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "").unwrap();
        std::fs::write(folder.join("something-else.txt"), "").unwrap();
        assert!(Journal::open(&folder).is_ok(), "{inside}");
    }
    for inside in ["lock", "draft-7.json", "shelf.json", ".stfolder"] {
        let folder = home.path().join(inside);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join(inside), "").unwrap();
        assert!(Journal::open(&folder).is_ok(), "{inside}");
    }
}

#[test]
fn a_copied_home_writes_a_log_of_its_own() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("sidelight");
    let Opened { mut journal, mut ledger, .. } = Journal::open(&folder).unwrap();
    journal.append(&mut ledger, vec![kept("one")]).unwrap();
    let copy = home.path().join("copy");
    for path in everything(&folder) {
        let target = copy.join(path.strip_prefix(&folder).unwrap());
        if path.is_dir() {
            std::fs::create_dir(target).unwrap();
        } else {
            std::fs::copy(path, target).unwrap();
        }
    }
    let Opened { mut journal, mut ledger, .. } = Journal::open(&copy).unwrap();
    journal.append(&mut ledger, vec![kept("two")]).unwrap();
    // Where the file system does not know when a file was made, only another computer can
    // be told from this one.
    let known = std::fs::metadata(&copy).unwrap().created().is_ok();
    assert_eq!(std::fs::read_dir(copy.join("log")).unwrap().count(), if known { 2 } else { 1 });
}
