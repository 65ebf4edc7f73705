//! Logs that earlier versions wrote are read by this one.
//!
//! `tests/data/journal/v1` was written by the first version with this format. It must never
//! be written anew, or this test would only prove that a version can read itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use jiff::civil::date;
use sidelight::course::{CourseId, ItemId, LessonId, Place};
use sidelight::journal::{Journal, Mark, Opened, Operation};
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/journal/v1")
}

fn course() -> CourseId {
    CourseId::new("reconcile")
}

fn place(lesson: &str, block: usize) -> Place {
    Place { lesson: LessonId::new(lesson), block, offset: 120, fingerprint: 0xdead_beef }
}

/// What the logs say, in the order in which it was done.
fn operations() -> Vec<Operation> {
    let mark = |item: &str, day, mark| Operation::Mark {
        course: course(),
        item: ItemId::new(item),
        day: date(2026, 11, day),
        mark,
    };
    let note = |name: &str, place, text: &str| Operation::Note {
        course: course(),
        note: name.to_owned(),
        day: date(2026, 11, 22),
        place,
        text: text.to_owned(),
    };
    vec![
        mark("no-begging", 20, Some(Mark::Kept)),
        mark("no-begging", 21, Some(Mark::Slipped)),
        mark("no-begging", 22, Some(Mark::DidNotArise)),
        mark("ça-va", 22, Some(Mark::Kept)),
        mark("ça-va", 22, None),
        Operation::Place { course: course(), place: place("start", 4) },
        Operation::Place { course: course(), place: place("why", 9) },
        Operation::Read { course: course(), lesson: LessonId::new("start") },
        note("evening", None, "What happened: we \"talked\".\nWhat I did: \u{1f642} listened\\."),
        note("evening", None, "Three lines\n\nand a blank one."),
        note("passage", Some(place("why", 3)), "To remember."),
        note("gone", None, "For a moment"),
        note("gone", None, ""),
    ]
}

/// Writes the logs of a new format version; run by hand when there is one.
#[test]
#[ignore = "writes test data"]
fn write_logs() {
    assert!(!data().join("log").exists(), "what an earlier version wrote is not written anew");
    let folder = tempfile::tempdir().unwrap();
    let Opened { mut journal, mut ledger, .. } = Journal::open(folder.path()).unwrap();
    for operation in operations() {
        journal.append(&mut ledger, vec![operation]).unwrap();
    }
    std::fs::create_dir_all(data().join("log")).unwrap();
    for entry in std::fs::read_dir(folder.path().join("log")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, data().join("log").join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn logs_of_the_first_version_say_what_they_said() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("sidelight");
    drop(Journal::open(&folder).unwrap());
    for entry in std::fs::read_dir(data().join("log")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join("log").join(path.file_name().unwrap())).unwrap();
    }
    let Opened { mut journal, ledger, notices } = Journal::open(&folder).unwrap();
    assert_eq!(notices, Vec::<String>::new());
    let logs = journal.verify().unwrap();
    let records: usize = logs.iter().map(|log| log.records).sum();
    // The thirteen above, and one that no version so far understands.
    assert_eq!((records, logs.iter().map(|log| log.unknown).sum::<usize>()), (14, 1));

    let mark = |item: &str, day| ledger.mark(&course(), &ItemId::new(item), date(2026, 11, day));
    assert_eq!(mark("no-begging", 20), Some(Mark::Kept));
    assert_eq!(mark("no-begging", 21), Some(Mark::Slipped));
    assert_eq!(mark("no-begging", 22), Some(Mark::DidNotArise));
    assert_eq!(mark("ça-va", 22), None);
    assert_eq!(ledger.place(&course(), &LessonId::new("start")), Some(&place("start", 4)));
    assert_eq!(ledger.last_place(&course()), Some(&place("why", 9)));
    assert!(ledger.is_read(&course(), &LessonId::new("start")));
    assert!(!ledger.is_read(&course(), &LessonId::new("why")));
    let notes = ledger.notes(&course());
    let notes: Vec<_> = notes.iter().map(|note| (note.note.as_str(), note.text.as_str())).collect();
    assert_eq!(notes, [("evening", "Three lines\n\nand a blank one."), ("passage", "To remember.")]);
}
