//! Damage stays small: whole records are kept, the rest is set aside and named once.

use super::simulated::Simulated;
use super::{content, folder, kept, log_path, marked, note, open, put, texts};
use crate::journal::disk::Disk;
use crate::journal::{Ledger, Opened};

const ITEMS: [&str; 4] = ["one", "two", "three", "four"];

/// A disk with a mark in each of four lines, and a note; and the bytes of the log.
fn disk_with_log() -> (Simulated, Vec<u8>) {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    for item in ITEMS {
        opened.journal.append(&mut opened.ledger, vec![kept(item)]).unwrap();
    }
    let words = "\"quoted\", {\"v\":\"1.0\", and \u{1f642}, and ,\"sum\":\"00000000\"}";
    opened.journal.append(&mut opened.ledger, vec![note("evening", words)]).unwrap();
    let bytes = content(&disk, &log_path(&disk));
    (disk, bytes)
}

/// The journal with these bytes for a log.
fn with_log(bytes: &[u8]) -> (Simulated, Opened) {
    let (disk, _) = disk_with_log();
    put(&disk, &log_path(&disk), bytes);
    let opened = open(&disk.shared());
    (disk, opened)
}

fn count(ledger: &Ledger) -> usize {
    ITEMS.iter().filter(|item| marked(ledger, item).is_some()).count() + texts(ledger).len()
}

fn whole_lines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

#[test]
fn a_log_that_ends_at_any_byte_keeps_every_whole_record() {
    let (_, bytes) = disk_with_log();
    for end in 0..=bytes.len() {
        let torn = &bytes[..end];
        let (disk, mut opened) = with_log(torn);
        // A line that only lacks its line break is whole.
        let whole = whole_lines(torn) + usize::from(bytes.get(end) == Some(&b'\n'));
        assert_eq!(count(&opened.ledger), whole, "cut at {end}");
        let clean = torn.is_empty() || torn.ends_with(b"\n") || bytes.get(end) == Some(&b'\n');
        assert_eq!(opened.notices.is_empty(), clean, "cut at {end}: {:?}", opened.notices);
        opened.journal.append(&mut opened.ledger, vec![kept("later")]).unwrap();
        let again = open(&disk.shared());
        assert_eq!(again.ledger, opened.ledger, "cut at {end}");
        assert!(marked(&again.ledger, "later").is_some(), "cut at {end}");
        assert!(again.notices.is_empty(), "named twice: {:?}", again.notices);
    }
}

#[test]
fn zeros_and_rubbish_anywhere_cost_only_the_lines_that_they_hit() {
    let (_, bytes) = disk_with_log();
    for length in [1, 64, 300] {
        for start in (0..bytes.len() - length).step_by(7) {
            for filler in [0_u8, b'\n', b'"', 0xff] {
                let mut damaged = bytes.clone();
                damaged[start..start + length].fill(filler);
                if damaged == bytes {
                    continue;
                }
                let hit = whole_lines(&bytes[start..start + length]) + 1;
                let (_, opened) = with_log(&damaged);
                let kept = count(&opened.ledger);
                assert!(kept + hit >= 5, "{filler} at {start} for {length}: {kept} kept");
                assert!(!opened.notices.is_empty() || kept == 5, "{filler} at {start} for {length}");
            }
        }
    }
}

#[test]
fn rubbish_between_lines_costs_nothing() {
    let (_, bytes) = disk_with_log();
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for rubbish in ["rubbish\n", "\0\0\0\0\0", "{\"v\":\"1.0\",\"dev\":", "{}\n", "\n\n", "\u{feff}", "[1,2"]
    {
        let mut damaged = bytes.clone();
        damaged.splice(line..line, rubbish.bytes());
        let (_, opened) = with_log(&damaged);
        assert_eq!(count(&opened.ledger), 5, "{rubbish:?}");
    }
}

#[test]
fn a_duplicated_half_changes_nothing() {
    let (disk, bytes) = disk_with_log();
    let ledger = open(&disk.shared()).ledger;
    for start in 0..bytes.len() {
        let mut doubled = bytes.clone();
        doubled.extend_from_slice(&bytes[start..]);
        let (_, opened) = with_log(&doubled);
        assert_eq!(opened.ledger, ledger, "doubled from {start}");
    }
}

#[test]
fn a_line_longer_than_any_record_is_passed_over() {
    let (_, bytes) = disk_with_log();
    let mut damaged = vec![b'x'; crate::journal::record::MAX_LINE + 4096];
    damaged.extend_from_slice(&bytes);
    let (_, opened) = with_log(&damaged);
    assert_eq!(count(&opened.ledger), 5);
}

#[test]
fn damage_is_named_once_and_set_aside() {
    let (_, mut bytes) = disk_with_log();
    bytes[30] ^= 1;
    let (disk, opened) = with_log(&bytes);
    assert_eq!(opened.notices.len(), 1, "{:?}", opened.notices);
    assert!(opened.notices[0].contains("is damaged in 1 place"), "{:?}", opened.notices);
    let folder = folder().join("quarantine");
    let names = disk.list(&folder).unwrap();
    assert_eq!(names.len(), 1);
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    assert_eq!(content(&disk, &folder.join(&names[0])), bytes[..=line]);
    assert!(open(&disk.shared()).notices.is_empty());
}

#[test]
fn notices_and_errors_never_say_what_she_wrote() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("sesame"), note("sesame", "open sesame")]).unwrap();
    let bytes = content(&disk, &log_path(&disk));
    for start in (0..bytes.len()).step_by(5) {
        let (_, mut opened) = with_log(&bytes[start..]);
        let whole = bytes[start] == b'\n' || bytes[start..].starts_with(b"{\"v\"");
        assert_eq!(opened.notices.is_empty(), whole, "{:?}", opened.notices);
        let mut said = opened.notices.clone();
        let huge = note("sesame", &"open sesame".repeat(1 << 20));
        said.push(opened.journal.append(&mut opened.ledger, vec![huge]).unwrap_err().to_string());
        if let Err(error) = opened.journal.merge(&mut opened.ledger, &folder().join("nowhere")) {
            said.push(error.to_string());
        }
        said.extend(opened.journal.verify().unwrap().into_iter().filter_map(|log| log.refused));
        said.extend(opened.journal.take_notices());
        assert!(!said.is_empty() && said.iter().all(|words| !words.contains("sesame")), "{said:?}");
    }
}

#[test]
fn a_cut_at_every_byte_is_mended_by_a_repair() {
    let (_, bytes) = disk_with_log();
    for end in (1..bytes.len()).step_by(5) {
        let mut damaged = bytes[..end].to_vec();
        damaged.extend_from_slice(b"\nrubbish\n");
        damaged.extend_from_slice(&bytes);
        let (disk, mut opened) = with_log(&damaged);
        let backup = opened.journal.repair(&mut opened.ledger).unwrap().expect("there is damage");
        assert_eq!(count(&opened.ledger), 5);
        assert!(opened.journal.verify().unwrap().iter().all(|log| log.damaged == 0));
        let mut kept = content(&disk, &backup);
        kept.truncate(damaged.len());
        assert_eq!(kept, damaged, "the backup has everything as it was");
        assert_eq!(open(&disk.shared()).ledger, opened.ledger);
        assert_eq!(opened.journal.repair(&mut opened.ledger).unwrap(), None);
    }
}
