//! What was said to be saved stands, whatever numbers, clocks and files come from elsewhere.

use super::simulated::Simulated;
use super::{content, course, folder, kept, log_path, mark_of, marked, noon, note, on, open, put, texts};
use crate::journal::erase::{Erase, Reach};
use crate::journal::id::{DeviceId, WriterId};
use crate::journal::record::{Header, encode};
use crate::journal::version::LEAP;
use crate::journal::{EraseScope, Journal, JournalError, Mark, Opened};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A device whose records come from elsewhere.
pub(super) const STRANGER: DeviceId = DeviceId(0xbad);

pub(super) fn line(device: DeviceId, sequence: u64, clock: u64, content: &impl Serialize) -> Vec<u8> {
    let header = Header { device, writer: WriterId(1), sequence, clock, time: noon(), supersedes: None };
    encode(&header, content).unwrap().0
}

/// The device that writes on this disk.
pub(super) fn device_of(opened: &Opened) -> DeviceId {
    opened.journal.home.as_ref().unwrap().device.unwrap()
}

fn strangers_log() -> PathBuf {
    folder().join(format!("log/{STRANGER}.jsonl"))
}

/// A journal with a mark in it, beside which a log from elsewhere has come.
fn beside(log: impl FnOnce(DeviceId) -> Vec<u8>) -> (Simulated, Opened) {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
    put(&disk, &strangers_log(), &log(device_of(&opened)));
    let opened = open(&disk.shared());
    (disk, opened)
}

fn mark_each(disk: &Simulated, items: &[&str]) {
    for item in items {
        let mut opened = open(&disk.shared());
        opened.journal.append(&mut opened.ledger, vec![kept(item)]).unwrap();
    }
}

#[test]
fn a_number_near_the_last_one_in_this_devices_name_costs_no_later_mark() {
    let (disk, mut opened) = beside(|device| line(device, 1 << 53, 2, &kept("odd")));
    opened.journal.erase(&mut opened.ledger, EraseScope::All).unwrap();
    mark_each(&disk, &["two", "three", "four"]);
    let mut opened = open(&disk.shared());
    opened.journal.erase(&mut opened.ledger, EraseScope::Words).unwrap();
    let again = open(&disk.shared());
    for item in ["two", "three", "four"] {
        assert_eq!(marked(&again.ledger, item), Some(Mark::Kept), "{item}");
    }
}

#[test]
fn an_erase_that_claims_to_have_seen_more_than_there_is_reaches_nothing_that_is_made_later() {
    for clock in [1, 100, LEAP, u64::MAX] {
        for last in [u64::MAX, (1 << 53) - 1] {
            let claim = |device| {
                let reach = Reach::UpTo(BTreeMap::from([(device, last)]));
                line(STRANGER, 1, clock, &Erase { scope: EraseScope::All, reach, clock })
            };
            let (disk, opened) = beside(claim);
            let is_believed = (2..=LEAP).contains(&clock);
            assert_eq!(marked(&opened.ledger, "one").is_none(), is_believed, "{clock}");
            if clock == u64::MAX {
                assert!(opened.notices.iter().any(|notice| notice.contains("asks to erase more")));
            }
            mark_each(&disk, &["two", "three"]);
            let again = open(&disk.shared());
            for item in ["two", "three"] {
                assert_eq!(marked(&again.ledger, item), Some(Mark::Kept), "{item} {clock} {last}");
            }
        }
    }
}

#[test]
fn a_mark_wins_for_good_over_one_whose_clock_is_just_beyond_belief() {
    for ahead in [LEAP + 2, LEAP + 20, 3 * LEAP] {
        let odd = |_| line(STRANGER, 1, ahead, &mark_of("two", Some(Mark::Slipped)));
        let (disk, mut opened) = beside(odd);
        assert_eq!(marked(&opened.ledger, "two"), Some(Mark::Slipped));
        opened.journal.append(&mut opened.ledger, vec![kept("two")]).unwrap();
        assert_eq!(marked(&opened.ledger, "two"), Some(Mark::Kept));
        for count in 0..40 {
            opened.journal.append(&mut opened.ledger, vec![kept(&format!("later-{count}"))]).unwrap();
        }
        let again = open(&disk.shared());
        assert_eq!(marked(&again.ledger, "two"), Some(Mark::Kept), "{ahead}");
        assert_eq!(again.ledger, opened.ledger);
        assert_eq!(again.notices, Vec::<String>::new());
    }
}

#[test]
fn an_erase_on_one_clone_leaves_what_only_the_other_had_written() {
    let disk = Simulated::new();
    let mut first = open(&disk.shared());
    first.journal.append(&mut first.ledger, vec![kept("before")]).unwrap();
    let clone = disk.after_the_worst();
    let mut first = open(&disk.shared());
    let mut second = open(&clone.shared());
    assert_eq!(device_of(&first), device_of(&second), "nothing tells the two disks apart");
    for item in ["a", "b", "c"] {
        first.journal.append(&mut first.ledger, vec![kept(item)]).unwrap();
    }
    second.journal.append(&mut second.ledger, vec![kept("d"), kept("e")]).unwrap();
    first.journal.erase(&mut first.ledger, EraseScope::All).unwrap();
    let log = content(&disk, &log_path(&disk));
    put(&clone, &folder().join("log/from-the-other.jsonl"), &log);
    let again = open(&clone.shared());
    assert_eq!(marked(&again.ledger, "before"), None);
    assert_eq!(marked(&again.ledger, "d"), Some(Mark::Kept));
    assert_eq!(marked(&again.ledger, "e"), Some(Mark::Kept));
}

#[test]
fn a_newer_version_in_another_log_stops_neither_saving_nor_erasing() {
    let newer = String::from_utf8(line(STRANGER, 1, 1, &kept("x"))).unwrap().replace("1.2", "2.0");
    let body = newer.rsplit_once(",\"sum\"").unwrap().0;
    let newer = format!("{body},\"sum\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    let (disk, mut opened) = beside(|_| newer.clone().into_bytes());
    assert!(opened.notices.iter().any(|notice| notice.contains("newer version")), "{:?}", opened.notices);
    assert!(opened.journal.saves());
    opened.journal.append(&mut opened.ledger, vec![kept("two"), note("evening", "secret words")]).unwrap();
    let erased = opened.journal.erase(&mut opened.ledger, EraseScope::Words).unwrap();
    assert_eq!(erased.records, 1);
    assert!(erased.remaining.iter().any(|left| left.path == strangers_log()), "{:?}", erased.remaining);
    assert!(!super::removal::is_anywhere(&disk, "secret words"));
    assert_eq!(content(&disk, &strangers_log()), newer.as_bytes(), "what is not ours stays as it is");
    assert_eq!(marked(&open(&disk.shared()).ledger, "two"), Some(Mark::Kept));
}

#[test]
fn two_windows_that_write_one_note_keep_both_texts() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    let mut other = open(&disk.shared());
    // Neither has seen the other's.
    one.journal.append(&mut one.ledger, vec![note("evening", "words of one")]).unwrap();
    other.journal.append(&mut other.ledger, vec![note("evening", "words of the other")]).unwrap();
    let mut both = texts(&open(&disk.shared()).ledger);
    both.sort();
    assert_eq!(both, ["words of one", "words of the other"]);
    // Emptying takes away what was seen, and no more.
    one.journal.append(&mut one.ledger, vec![note("evening", "")]).unwrap();
    assert_eq!(texts(&open(&disk.shared()).ledger), ["words of the other"]);
}

#[test]
fn a_log_that_is_too_large_to_be_read_is_never_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut opened = Journal::open(folder.path()).unwrap();
    opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
    let log = folder.path().join(format!("log/{}.jsonl", device_of(&opened)));
    let file = std::fs::OpenOptions::new().write(true).open(&log).unwrap();
    // A hole takes no room on the disk.
    file.set_len((1 << 30) + 1).unwrap();
    let mut opened = Journal::open(folder.path()).unwrap();
    assert!(opened.notices.iter().any(|notice| notice.contains("larger than")), "{:?}", opened.notices);
    opened.journal.append(&mut opened.ledger, vec![kept("two")]).unwrap();
    assert_eq!(std::fs::metadata(&log).unwrap().len(), (1 << 30) + 1);
    assert_eq!(marked(&Journal::open(folder.path()).unwrap().ledger, "two"), Some(Mark::Kept));
}

#[test]
fn a_newer_version_in_the_own_log_is_left_alone() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
    let newer = String::from_utf8(line(device_of(&opened), 2, 2, &kept("x"))).unwrap().replace("1.2", "2.0");
    let body = newer.rsplit_once(",\"sum\"").unwrap().0;
    let newer = format!("{body},\"sum\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    let log = log_path(&disk);
    put(&disk, &log, &[content(&disk, &log), newer.into_bytes()].concat());
    let before = content(&disk, &log);
    let mut opened = Journal::open_in(&folder(), on(&disk.shared(), 1)).unwrap();
    assert!(!opened.journal.saves());
    let error = opened.journal.append(&mut opened.ledger, vec![kept("two")]).unwrap_err();
    assert!(matches!(error, JournalError::Newer { .. }), "{error}");
    assert!(marked(&opened.ledger, "two").is_some());
    assert_eq!(opened.journal.pending(), 1);
    assert_eq!(content(&disk, &log), before);
}

#[test]
fn a_command_waits_for_a_window_that_is_busy_for_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let mut opened = Journal::open(folder.path()).unwrap();
    let busy = Journal::open(folder.path()).unwrap();
    let guard = busy.journal.home.as_ref().unwrap().lock().unwrap().unwrap();
    opened.journal.home.as_mut().unwrap().patience = std::time::Duration::ZERO;
    let error = opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap_err();
    assert!(matches!(error, JournalError::Busy { .. }), "{error}");
    opened.journal.be_patient();
    let (sender, receiver) = std::sync::mpsc::channel();
    let waiting = std::thread::spawn(move || {
        sender.send(()).unwrap();
        opened.journal.retry(&mut opened.ledger)
    });
    receiver.recv().unwrap();
    drop(guard);
    waiting.join().unwrap().unwrap();
    assert_eq!(marked(&Journal::open(folder.path()).unwrap().ledger, "one"), Some(Mark::Kept));
}

#[test]
fn a_torn_line_of_an_erased_record_goes_when_it_comes_back() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one"), note("evening", "secret words")]).unwrap();
    let whole = content(&disk, &log_path(&disk));
    opened.journal.erase(&mut opened.ledger, EraseScope::Words).unwrap();
    let torn = &whole[..whole.len() - 12];
    put(&disk, &folder().join("log/from-a-stick.jsonl"), torn);
    let mut again = open(&disk.shared());
    assert!(!super::removal::is_anywhere(&disk, "secret words"));
    again.journal.refresh(&mut again.ledger).unwrap();
    assert_eq!(marked(&again.ledger, "one"), Some(Mark::Kept));
    assert!(!open(&disk.shared()).notices.iter().any(|notice| notice.contains("damaged")));
}

#[test]
fn a_record_about_a_day_that_never_was_marks_nothing_and_stays() {
    let of = |day: &str| {
        let mark = serde_json::to_string(&kept("two")).unwrap().replace("2026-11-22", day);
        line(STRANGER, 1, 1, &serde_json::value::RawValue::from_string(mark).unwrap())
    };
    for day in ["2026-02-30", "2025-02-29", "2026-13-01", "2026-00-00", "10000-01-01", "2026-11-31", "soon"] {
        let (disk, mut opened) = beside(|_| of(day));
        assert_eq!(opened.ledger.items(&course()).count(), 1, "{day}");
        opened.journal.append(&mut opened.ledger, vec![kept("three")]).unwrap();
        opened.journal.repair(&mut opened.ledger).unwrap();
        assert_eq!(content(&disk, &strangers_log()), of(day), "{day}");
    }
}

#[test]
fn a_mark_does_not_wait_for_all_of_a_long_log_that_arrives() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
    let long: Vec<u8> =
        (1..=60_000).flat_map(|number| line(STRANGER, number, number, &kept("theirs"))).collect();
    put(&disk, &strangers_log(), &long);
    let before = disk.world().read;
    opened.journal.append(&mut opened.ledger, vec![kept("two")]).unwrap();
    let read = disk.world().read - before;
    assert!(read < 3 << 20, "{read} bytes of {}", long.len());
    assert!(opened.journal.has_more_to_read());
    assert_eq!(open(&disk.after_the_worst().shared()).ledger.items(&course()).count(), 2);
    opened.journal.refresh(&mut opened.ledger).unwrap();
    assert!(!opened.journal.has_more_to_read());
    let again = open(&disk.shared());
    assert_eq!(again.ledger, opened.ledger);
    assert_eq!(again.ledger.items(&course()).count(), 3);
}
