//! Backups, restoring, merging, versions: what is done to a journal as a whole.

use super::simulated::Simulated;
use super::{content, folder, kept, log_path, mark_of, marked, note, on, open, put, texts};
use crate::journal::disk::Disk;
use crate::journal::id::{DeviceId, WriterId};
use crate::journal::record::{Header, encode};
use crate::journal::{Environment, Journal, JournalError, Mark, Opened};
use jiff::Timestamp;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

/// What is in the log, if there is one.
fn logs(disk: &Simulated) -> Vec<u8> {
    let names = disk.list(&folder().join("log")).unwrap();
    if names.is_empty() { Vec::new() } else { content(disk, &log_path(disk)) }
}

/// A line as this or another version would write it.
fn line_of(version: &str, operation: &str) -> Vec<u8> {
    let body = format!(
        "{{\"v\":\"{version}\",\"dev\":\"00000000000000aa\",\"seq\":1,\"clock\":5,\
         \"time\":\"2026-11-22T12:00:00Z\",\"later\":[1],\"do\":{operation}"
    );
    format!("{body},\"sum\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes())).into_bytes()
}

fn with_extra_log(bytes: &[u8]) -> (Simulated, Opened) {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
    put(&disk, &folder().join("log/other.jsonl"), bytes);
    let opened = open(&disk.shared());
    (disk, opened)
}

#[test]
fn records_that_are_not_known_are_kept_as_they_are() {
    let unknown = line_of("1.7", "{\"op\":\"plan\",\"course\":\"reconcile\",\"item\":7}");
    let known = line_of(
        "1.7",
        "{\"op\":\"mark\",\"course\":\"reconcile\",\"item\":\"two\",\"day\":\"2026-11-22\",\"mark\":\"kept\",\"why\":{}}",
    );
    let (disk, mut opened) = with_extra_log(&[unknown.clone(), known, b"rubbish\n".to_vec()].concat());
    assert!(opened.journal.saves());
    assert_eq!(marked(&opened.ledger, "two"), Some(Mark::Kept));
    opened.journal.append(&mut opened.ledger, vec![kept("three")]).unwrap();
    let backup = opened.journal.back_up().unwrap().unwrap();
    opened.journal.repair(&mut opened.ledger).unwrap();
    for path in [folder().join("log/other.jsonl"), backup] {
        let bytes = content(&disk, &path);
        assert!(memchr::memmem::find(&bytes, &unknown).is_some(), "{}", path.display());
    }
    let unknown = opened.journal.verify().unwrap().iter().map(|log| log.unknown).sum::<usize>();
    assert_eq!(unknown, 1);
}

#[test]
fn a_version_that_was_damaged_into_being_newer_is_damage() {
    let mut damaged = line_of("1.0", "{\"op\":\"mark\"}");
    damaged[6] = b'9';
    let (_, opened) = with_extra_log(&damaged);
    assert!(opened.journal.saves());
}

#[test]
fn a_backup_is_made_once_a_day_before_the_first_change_and_seven_are_kept() {
    static NOW: AtomicI64 = AtomicI64::new(0);
    let now = || Timestamp::from_second(1_795_305_600 + NOW.load(Ordering::Relaxed)).unwrap();
    let disk = Simulated::new();
    let environment = Environment { disk: disk.shared(), now, machine: 1 };
    let mut opened = Journal::open_in(&folder(), environment).unwrap();
    let mut before_today = Vec::new();
    for day in 0..12 {
        NOW.store(day * 86_400, Ordering::Relaxed);
        for mark in 0..3 {
            opened.journal.append(&mut opened.ledger, vec![kept(&format!("item-{day}-{mark}"))]).unwrap();
        }
        let backups = opened.journal.backups().unwrap();
        assert_eq!(backups.len(), usize::try_from(day).unwrap().min(7), "day {day}");
        if let Some(last) = backups.last() {
            assert_eq!(content(&disk, last), before_today, "day {day}");
        }
        before_today = content(&disk, &log_path(&disk));
    }
    assert_eq!(opened.journal.take_notices(), Vec::<String>::new());
    let first = opened.journal.backups().unwrap()[0].clone();
    let by_hand = opened.journal.back_up().unwrap().unwrap();
    NOW.store(40 * 86_400, Ordering::Relaxed);
    opened.journal.append(&mut opened.ledger, vec![kept("much-later")]).unwrap();
    let backups = opened.journal.backups().unwrap();
    assert!(!backups.contains(&first) && backups.contains(&by_hand) && backups.len() == 8);
}

#[test]
fn the_backups_that_were_made_last_are_kept_whatever_the_clock_said() {
    static NOW: AtomicI64 = AtomicI64::new(0);
    const DAY: i64 = 86_400;
    let now = || Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap();
    let disk = Simulated::new();
    let environment = Environment { disk: disk.shared(), now, machine: 1 };
    let mut opened = Journal::open_in(&folder(), environment).unwrap();
    // Older versions made backups without numbers.
    disk.make_folder(&folder().join("backup")).unwrap();
    for day in 1..=7 {
        put(&disk, &folder().join(format!("backup/2036-01-0{day}.jsonl")), b"");
    }
    // A clock that is right, one ten years ahead, one before 1970 and in the farthest year.
    let starts = [1_795_305_600, 2_082_758_400, -40 * DAY, 253_402_200_000 - 20 * DAY, 1_795_305_600];
    for (round, start) in starts.into_iter().enumerate() {
        for day in 0..9 {
            NOW.store(start + day * DAY, Ordering::Relaxed);
            let before = logs(&disk);
            let item = kept(&format!("item-{round}-{day}"));
            opened.journal.append(&mut opened.ledger, vec![item]).unwrap();
            let backups = opened.journal.backups().unwrap();
            let is_kept = backups.iter().any(|backup| content(&disk, backup) == before);
            assert!(is_kept || before.is_empty(), "round {round}, day {day}: {backups:?}");
            assert!(backups.len() <= 7, "{backups:?}");
        }
    }
    assert_eq!(opened.journal.take_notices(), Vec::<String>::new());
}

#[test]
fn a_backup_brings_back_what_was_lost_and_loses_nothing_newer() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    let Opened { journal, ledger, .. } = &mut opened;
    journal.append(ledger, vec![kept("one"), note("evening", "words")]).unwrap();
    let backup = journal.back_up().unwrap().unwrap();
    journal.append(ledger, vec![kept("two")]).unwrap();
    let path = log_path(&disk);
    let bytes = content(&disk, &path);
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    put(&disk, &path, &bytes[first..]);

    let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
    assert!(marked(&ledger, "one").is_none());
    let merged = journal.restore(&mut ledger, &backup).unwrap();
    assert_eq!((merged.new, merged.known), (1, 1));
    assert!(marked(&ledger, "one").is_some() && marked(&ledger, "two").is_some());
    assert_eq!(texts(&ledger), ["words"]);
    let again = open(&disk.after_the_worst().shared());
    assert_eq!(again.ledger, ledger);
    assert_eq!(journal.backups().unwrap().len(), 2, "what was here before has a backup too");
    assert_eq!(journal.restore(&mut ledger, &backup).unwrap().new, 0);
}

#[test]
fn another_folder_a_log_or_a_journal_is_taken_in_once() {
    let disk = Simulated::new();
    let other_folder = Path::new("/home/other");
    let mut other = Journal::open_in(other_folder, on(&disk.shared(), 9)).unwrap();
    other.journal.append(&mut other.ledger, vec![kept("theirs"), note("night", "their words")]).unwrap();
    let log = disk.list(&other_folder.join("log")).unwrap()[0].clone();
    for from in [other_folder.to_owned(), other_folder.join("log"), other_folder.join("log").join(log)] {
        let mut opened = open(&disk.shared());
        let known = marked(&opened.ledger, "theirs").is_some();
        let merged = opened.journal.merge(&mut opened.ledger, &from).unwrap();
        assert_eq!((merged.new, merged.known), if known { (0, 2) } else { (2, 0) });
        assert_eq!(texts(&opened.ledger), ["their words"]);
        assert_eq!(open(&disk.after_the_worst().shared()).ledger, opened.ledger);
    }
}

#[test]
fn where_it_is_names_every_file() {
    let (disk, mut opened) = with_extra_log(b"rubbish\n");
    opened.journal.back_up().unwrap();
    let many = (0..600).map(|count| kept(&format!("item-{count}"))).collect();
    opened.journal.append(&mut opened.ledger, many).unwrap();
    let opened = open(&disk.shared());
    let named: Vec<_> = opened.journal.whereabouts().unwrap().into_iter().map(|kept| kept.path).collect();
    for inside in disk.list(&folder()).unwrap() {
        let path = folder().join(&inside);
        if inside == "lock" {
            assert!(named.contains(&path));
            continue;
        }
        for name in disk.list(&path).unwrap() {
            assert!(named.contains(&path.join(&name)), "{inside}/{name}");
        }
    }
}

#[test]
fn a_text_that_fits_into_no_line_is_refused_and_nothing_else_is() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    let huge = "\u{1}".repeat(2 << 20);
    let operations = vec![kept("one"), note("evening", &huge), note("night", &"x".repeat(1 << 20))];
    let error = opened.journal.append(&mut opened.ledger, operations).unwrap_err();
    assert!(matches!(error, JournalError::TooLong { .. }), "{error}");
    assert_eq!(opened.journal.pending(), 0);

    opened.journal.add(&mut opened.ledger, note("morning", &huge));
    opened.journal.add(&mut opened.ledger, kept("two"));
    assert_eq!(opened.journal.pending(), 2);
    let error = opened.journal.retry(&mut opened.ledger).unwrap_err();
    assert!(matches!(error, JournalError::TooLong { .. }), "{error}");
    assert_eq!(opened.journal.pending(), 0);
    opened.journal.retry(&mut opened.ledger).unwrap();
    assert!(marked(&opened.ledger, "two").is_some());
    let again = open(&disk.shared());
    assert!(marked(&again.ledger, "one").is_some());
    assert_eq!(texts(&again.ledger).len(), 1);
    assert_eq!(again.ledger, opened.ledger);
}

#[test]
fn a_line_is_written_as_the_format_says() {
    let header = Header {
        device: DeviceId(7),
        writer: WriterId(7),
        sequence: 3,
        clock: 9,
        time: Timestamp::UNIX_EPOCH,
        supersedes: None,
    };
    let (line, _) = encode(&header, &kept("one")).unwrap();
    assert_eq!(
        String::from_utf8(line).unwrap(),
        "{\"v\":\"1.2\",\"dev\":\"0000000000000007\",\"by\":\"00000007\",\"seq\":3,\"clock\":9,\"time\":\"1970-01-01T00:00:00Z\",\
         \"do\":{\"op\":\"mark\",\"course\":\"reconcile\",\"item\":\"one\",\"day\":\"2026-11-22\",\"mark\":\"kept\"},\
         \"sum\":\"9370c3cf\"}\n"
    );
    for (mark, written) in
        [(Some(Mark::Slipped), "\"slipped\""), (Some(Mark::DidNotArise), "\"na\""), (None, "null")]
    {
        let (line, _) = encode(&header, &mark_of("one", mark)).unwrap();
        assert!(String::from_utf8(line).unwrap().contains(&format!("\"mark\":{written}}}")));
    }
}
