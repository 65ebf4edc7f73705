//! Logs that a tool takes back to an older state, or replaces by others: what is known of them is
//! written again, and what is lost is told of, once for each state.

use super::simulated::Simulated;
use super::stands::{STRANGER, device_of, line};
use super::{content, folder, kept, log_path, marked, note, on, open, put, texts};
use crate::journal::disk::Disk;
use crate::journal::{EraseScope, Journal, Mark, Opened};

/// What becomes of a log, given an older state of it and another log.
type Change = fn(&Simulated, &std::path::Path, Vec<u8>, Vec<u8>);

#[test]
fn a_log_that_is_taken_back_under_an_open_window_gets_its_marks_again() {
    let strange = || line(STRANGER, 1, 1, &kept("strange"));
    let changes: [(&str, Change); 4] = [
        ("an older state", |disk, log, older, _| put(disk, log, &older)),
        ("nothing", |disk, log, _, _| put(disk, log, b"")),
        ("no file", |disk, log, _, _| disk.remove(log).unwrap()),
        ("another log", |disk, log, _, other| put(disk, log, &other)),
    ];
    for (name, change) in changes {
        let disk = Simulated::new();
        let mut opened = open(&disk.shared());
        opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
        let log = log_path(&disk);
        let older = content(&disk, &log);
        let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
        journal.append(&mut ledger, vec![kept("two"), note("evening", "words")]).unwrap();
        change(&disk, &log, older, strange());
        // Both by looking and by writing.
        if name == "nothing" {
            journal.refresh(&mut ledger).unwrap();
        } else {
            journal.append(&mut ledger, vec![kept("three")]).unwrap();
        }
        assert_eq!(marked(&ledger, "two"), Some(Mark::Kept), "{name}");
        let notices = journal.take_notices();
        let whole = "another state of this log was put in its place. The ";
        assert!(notices.iter().any(|notice| notice.contains(whole)), "{notices:?}");
        assert!(
            notices.iter().any(|notice| notice.ends_with("written again; nothing is lost.")),
            "{notices:?}"
        );
        let again = open(&disk.after_the_worst().shared());
        assert_eq!(marked(&again.ledger, "two"), Some(Mark::Kept), "{name}");
        assert_eq!(texts(&again.ledger), ["words"], "{name}");
        assert_eq!(again.ledger, ledger, "{name}");
        assert_eq!(again.journal.home.as_ref().unwrap().device, journal.home.as_ref().unwrap().device);
    }
}

#[test]
fn what_another_window_erases_is_not_written_again() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    one.journal.append(&mut one.ledger, vec![note("evening", "secret words")]).unwrap();
    let mut other = open(&disk.shared());
    other.journal.erase(&mut other.ledger, EraseScope::Words).unwrap();
    one.journal.append(&mut one.ledger, vec![kept("two")]).unwrap();
    assert!(!super::removal::is_anywhere(&disk, "secret words"));
    assert_eq!(one.journal.take_notices(), Vec::<String>::new());
    assert_eq!(marked(&one.ledger, "two"), Some(Mark::Kept));
}

#[test]
fn a_log_that_is_taken_back_while_no_window_is_open_is_told_of_at_the_next_start() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
    let log = log_path(&disk);
    let older = content(&disk, &log);
    opened.journal.append(&mut opened.ledger, vec![kept("two"), kept("three")]).unwrap();
    opened.journal.close();
    drop(opened);
    assert_eq!(open(&disk.shared()).notices, Vec::<String>::new());
    let newer = content(&disk, &log);
    for state in [older.clone(), [older.clone(), line(STRANGER, 1, 1, &kept("odd"))].concat()] {
        put(&disk, &log, &state);
        let notices = open(&disk.shared()).notices;
        let numbers = if state.len() == older.len() {
            "with 1 record where 3 were"
        } else {
            "with 2 records where 3 were"
        };
        assert!(notices.iter().any(|notice| notice.contains(numbers)), "{notices:?}");
        assert!(
            notices.iter().any(|notice| notice.ends_with("No backup has a record that is missing here.")),
            "{notices:?}"
        );
        put(&disk, &log, &newer);
        open(&disk.shared());
    }
    // As many as before, and others.
    put(&disk, &log, &[older, line(STRANGER, 1, 1, &kept("a")), line(STRANGER, 2, 2, &kept("b"))].concat());
    let mut opened = open(&disk.shared());
    let odd = "and some of the 3 records that it had are not in it";
    assert!(opened.notices.iter().any(|notice| notice.contains(odd)), "{:?}", opened.notices);
    put(&disk, &log, &newer);
    open(&disk.shared());
    opened.journal.back_up().unwrap();
    opened.journal.close();
    disk.remove(&log).unwrap();
    let notices = open(&disk.shared()).notices;
    assert!(notices.iter().any(|notice| notice.contains("with 0 records where 3 were")), "{notices:?}");
    let restore = "-1.jsonl` brings back 3 records that are missing here.";
    assert!(notices.iter().any(|notice| notice.ends_with(restore)), "{notices:?}");
}

#[test]
fn what_a_window_has_read_of_its_log_is_written_again_when_an_older_state_is_put_there() {
    let disk = Simulated::new();
    let mut first = open(&disk.shared());
    first.journal.append(&mut first.ledger, vec![kept("one")]).unwrap();
    let log = log_path(&disk);
    let older = content(&disk, &log);
    // By a window that is closed again, before and after the other one is opened.
    first.journal.append(&mut first.ledger, vec![kept("two"), note("evening", "words")]).unwrap();
    let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
    first.journal.append(&mut first.ledger, vec![kept("three")]).unwrap();
    drop(first);
    journal.refresh(&mut ledger).unwrap();
    for _ in 0..2 {
        put(&disk, &log, &older);
        journal.refresh(&mut ledger).unwrap();
        let again = open(&disk.after_the_worst().shared());
        assert_eq!(again.ledger, ledger);
        assert_eq!(texts(&ledger), ["words"]);
        assert!(["one", "two", "three"].iter().all(|item| marked(&ledger, item).is_some()));
        let notices = journal.take_notices();
        assert_eq!(notices.len(), 1, "each is said, and once: {notices:?}");
        assert!(notices[0].contains("The 3 changes"), "{notices:?}");
    }
}

#[test]
fn what_the_cache_spares_a_window_the_reading_of_is_written_again_too() {
    let disk = Simulated::new();
    let mut first = open(&disk.shared());
    let many = |days: &str| (0..400).map(|count| kept(&format!("{days}-{count}"))).collect::<Vec<_>>();
    first.journal.append(&mut first.ledger, many("old")).unwrap();
    let log = log_path(&disk);
    let older = content(&disk, &log);
    first.journal.append(&mut first.ledger, vec![kept("new")]).unwrap();
    drop(first);
    // The first makes the cache, and the second is spared the reading.
    drop(open(&disk.shared()));
    let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
    put(&disk, &log, &older);
    journal.refresh(&mut ledger).unwrap();
    assert_eq!(marked(&open(&disk.shared()).ledger, "new"), Some(Mark::Kept));
    let notices = journal.take_notices();
    assert!(notices.iter().any(|notice| notice.contains("The 1 change that was missing")), "{notices:?}");
}

#[test]
fn what_is_beyond_the_bound_is_not_called_whole_and_the_backup_is_named() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    let long = "x".repeat(60 << 10);
    for count in 0..20 {
        opened.journal.append(&mut opened.ledger, vec![note(&format!("note-{count}"), &long)]).unwrap();
    }
    opened.journal.back_up().unwrap();
    drop(opened);
    let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
    put(&disk, &log_path(&disk), b"");
    journal.refresh(&mut ledger).unwrap();
    let here = texts(&ledger).len();
    assert!(here > 10 && here < 20, "{here}");
    let notices = journal.take_notices();
    let wanted = format!("with {here} records where 20 were. The {here} changes");
    assert!(notices.iter().any(|notice| notice.contains(&wanted)), "{notices:?}");
    let restore = format!("brings back {} records that are missing here.", 20 - here);
    assert!(notices.iter().any(|notice| notice.ends_with(&restore)), "{notices:?}");
}

#[test]
fn an_erase_that_is_heard_of_at_the_start_is_not_taken_for_a_loss() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one"), note("evening", "words")]).unwrap();
    opened.journal.close();
    let there = disk.after_the_worst();
    let mut other = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    other.journal.erase(&mut other.ledger, EraseScope::Words).unwrap();
    let device = device_of(&other);
    put(
        &disk,
        &folder().join("log/other.jsonl"),
        &content(&there, &folder().join(format!("log/{device}.jsonl"))),
    );
    for _ in 0..2 {
        assert_eq!(open(&disk.shared()).notices, Vec::<String>::new());
    }
    assert_eq!(texts(&open(&disk.shared()).ledger), Vec::<String>::new());
}

/// What is said at a start of a log that has lost records.
fn said_of_losses(disk: &Simulated) -> Vec<String> {
    let mut notices = open(&disk.shared()).notices;
    notices.retain(|notice| notice.contains("another state of this log"));
    notices
}

#[test]
fn a_loss_that_no_backup_mends_is_told_of_at_one_start_and_not_at_each() {
    for is_gone in [false, true] {
        let disk = Simulated::new();
        let mut opened = open(&disk.shared());
        opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
        let log = log_path(&disk);
        let older = content(&disk, &log);
        let many = (0..900).map(|count| kept(&format!("item-{count}"))).collect();
        opened.journal.append(&mut opened.ledger, many).unwrap();
        opened.journal.close();
        // Makes the cache.
        assert_eq!(said_of_losses(&disk), Vec::<String>::new());
        if is_gone {
            disk.remove(&log).unwrap();
        } else {
            put(&disk, &log, &older);
        }
        let said = said_of_losses(&disk);
        assert!(said.len() == 1 && said[0].contains("where 901 were"), "{said:?}");
        for _ in 0..2 {
            assert_eq!(said_of_losses(&disk), Vec::<String>::new(), "gone: {is_gone}");
        }
    }
}
