//! The cache changes how long a start takes, and nothing else.

use super::simulated::Simulated;
use super::{content, course, folder, note, open, put, texts};
use crate::course::{ItemId, LessonId, Place};
use crate::journal::disk::Disk;
use crate::journal::{Mark, Opened, Operation};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use std::path::PathBuf;

const YEARS: i32 = 3 * 365;

fn first_day() -> Date {
    date(2023, 11, 23)
}

fn mark_on(day: Date, item: &str, mark: Option<Mark>) -> Operation {
    Operation::Mark { course: course(), item: ItemId::new(item), day, mark }
}

/// Three years, with a cache of them.
fn disk_with_years() -> (Simulated, Opened) {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    let marks = [Some(Mark::Kept), Some(Mark::Slipped), Some(Mark::DidNotArise), None];
    let days = (0..YEARS).map(|count| {
        let mark = marks[usize::try_from(count % 4).unwrap()];
        mark_on(first_day() + count.days(), ["a", "b", "c"][usize::try_from(count % 3).unwrap()], mark)
    });
    let mut operations: Vec<Operation> = days.collect();
    operations.push(note("evening", "some words"));
    operations.push(note("evening", "other words"));
    operations.push(Operation::Read { course: course(), lesson: LessonId::new("start") });
    let place = Place { lesson: LessonId::new("end"), block: 7, offset: 3, fingerprint: 9 };
    operations.push(Operation::Place { course: course(), place });
    opened.journal.append(&mut opened.ledger, operations).unwrap();
    let read_anew = open(&disk.shared());
    assert_eq!(read_anew.ledger, opened.ledger);
    assert!(disk.metadata(&cache_path()).is_ok(), "a cache has been made");
    (disk, opened)
}

fn cache_path() -> PathBuf {
    folder().join("cache/ledger")
}

/// Opens the journal; with it, whether that took less than reading the log.
fn open_and_watch(disk: &Simulated) -> (Opened, bool) {
    let length = content(disk, &super::log_path(disk)).len();
    disk.world().read = 0;
    let opened = open(&disk.shared());
    let read = disk.world().read;
    (opened, read < length)
}

#[test]
fn a_start_from_the_cache_is_as_a_start_from_the_logs() {
    let (disk, mut before) = disk_with_years();
    let today = first_day() + YEARS.days();
    before.journal.append(&mut before.ledger, vec![mark_on(today, "a", Some(Mark::Kept))]).unwrap();
    let (warm, from_cache) = open_and_watch(&disk);
    assert!(from_cache);
    assert_eq!(warm.ledger, before.ledger);
    let course = course();
    for count in 0..YEARS {
        let day = first_day() + count.days();
        for item in ["a", "b", "c"].map(ItemId::new) {
            let expected = before.ledger.mark(&course, &item, day);
            assert_eq!(warm.ledger.mark(&course, &item, day), expected, "{item} {day}");
        }
    }
    for item in ["a", "b", "c"].map(ItemId::new) {
        let marks: Vec<_> = warm.ledger.marks(&course, &item).collect();
        assert_eq!(marks, before.ledger.marks(&course, &item).collect::<Vec<_>>());
        assert!(marks.is_sorted());
    }
    disk.remove(&cache_path()).unwrap();
    let (cold, from_cache) = open_and_watch(&disk);
    assert!(!from_cache);
    assert_eq!(cold.ledger, before.ledger);
}

#[test]
fn a_mark_for_a_day_of_long_ago_wins_after_a_start_from_the_cache() {
    let (disk, _) = disk_with_years();
    let mut warm = open(&disk.shared());
    let long_ago = first_day() + 6.days();
    for (item, mark) in [("a", Some(Mark::Slipped)), ("new", Some(Mark::Kept)), ("a", None)] {
        warm.journal.append(&mut warm.ledger, vec![mark_on(long_ago, item, mark)]).unwrap();
        assert_eq!(warm.ledger.mark(&course(), &ItemId::new(item), long_ago), mark);
    }
    let again = open(&disk.shared());
    assert_eq!(again.ledger, warm.ledger);
    disk.remove(&cache_path()).unwrap();
    assert_eq!(open(&disk.shared()).ledger, warm.ledger);
}

#[test]
fn a_cache_that_is_damaged_anywhere_is_not_believed() {
    let (disk, before) = disk_with_years();
    let bytes = content(&disk, &cache_path());
    for index in (0..bytes.len()).step_by(997).chain([bytes.len() - 1]) {
        let mut damaged = bytes.clone();
        damaged[index] ^= 0x10;
        put(&disk, &cache_path(), &damaged);
        let (opened, from_cache) = open_and_watch(&disk);
        assert!(!from_cache, "byte {index}");
        assert_eq!(opened.ledger, before.ledger, "byte {index}");
        assert!(opened.notices.is_empty(), "{:?}", opened.notices);
    }
    for length in (0..bytes.len()).step_by(4999) {
        put(&disk, &cache_path(), &bytes[..length]);
        assert_eq!(open(&disk.shared()).ledger, before.ledger, "cut at {length}");
    }
}

#[test]
fn a_cache_of_logs_that_have_changed_is_not_believed() {
    let (disk, _) = disk_with_years();
    let path = super::log_path(&disk);
    let bytes = content(&disk, &path);
    // Another log of the same length, with another last line, as after a sync.
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    put(&disk, &path, &lines[..lines.len() - 3].concat());
    let (shorter, from_cache) = open_and_watch(&disk);
    assert!(!from_cache);
    assert_eq!(texts(&shorter.ledger), ["some words"]);

    // A log of another device under this name: as long, and then longer.
    let (other, mut opened) = disk_with_years();
    for _ in 0..2 {
        let (disk, _) = disk_with_years();
        put(&disk, &super::log_path(&disk), &content(&other, &super::log_path(&other)));
        let (swapped, from_cache) = open_and_watch(&disk);
        assert!(!from_cache);
        assert_eq!(swapped.ledger, opened.ledger);
        let later = vec![mark_on(first_day(), "d", Some(Mark::Kept))];
        opened.journal.append(&mut opened.ledger, later).unwrap();
    }

    let (disk, _) = disk_with_years();
    disk.remove(&super::log_path(&disk)).unwrap();
    let gone = open(&disk.shared());
    assert_eq!(gone.ledger.courses().count(), 0, "what a log that is gone had said does not live on");
}
