//! Every file of the journal is for its owner's eyes only, whatever the umask.
//!
//! A file of its own, because the umask belongs to the whole process.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/journal.rs"]
mod journal;

use journal::{everything, kept};
use rustix::fs::Mode;
use sidelight::journal::{Journal, Opened};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// A journal with every kind of file in it.
fn use_it(folder: &Path) {
    let Opened { mut journal, mut ledger, .. } = Journal::open(folder).unwrap();
    journal.append(&mut ledger, (0..600).map(|count| kept(&format!("item-{count}"))).collect()).unwrap();
    let log = std::fs::read_dir(folder.join("log")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&log).unwrap();
    bytes.extend_from_slice(b"rubbish\n");
    std::fs::write(&log, bytes).unwrap();
    let backup = journal.repair(&mut ledger).unwrap().unwrap();
    journal.restore(&mut ledger, &backup).unwrap();
    drop(Journal::open(folder).unwrap());
}

#[test]
fn only_the_owner_can_open_anything_whatever_the_umask() {
    for umask in [0o000, 0o022, 0o077, 0o277, 0o777] {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("share/sidelight");
        let before = rustix::process::umask(Mode::from_bits_truncate(umask));
        use_it(&folder);
        rustix::process::umask(before);
        let found = everything(&folder);
        for name in ["lock", "log", "device", "cache", "quarantine", "backup"] {
            assert!(found.contains(&folder.join(name)), "{name} is missing");
        }
        for path in found {
            let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o7777;
            let expected = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, expected, "{} under umask {umask:04o}", path.display());
        }
        let share = std::fs::metadata(home.path().join("share")).unwrap().permissions().mode() & 0o7777;
        assert_eq!(share, 0o700);
    }
}
