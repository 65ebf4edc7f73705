//! What was erased is nowhere any more, here and on the devices that hear of it.

use super::simulated::Simulated;
use super::{content, course, folder, kept, marked, noon, note, on, open, put, texts, today};
use crate::course::{ItemId, Side};
use crate::journal::disk::{Disk, FileKind};
use crate::journal::id::{DeviceId, WriterId};
use crate::journal::record::{Header, encode};
use crate::journal::{
    Choice, Chosen, EraseScope, IfThen, ItemStatus, Journal, Ledger, Mark, Opened, Operation, OwnItem,
};
use jiff::ToSpan as _;
use std::path::Path;

/// Returns whether these words stand in any file of the journal.
pub(crate) fn is_anywhere(disk: &Simulated, words: &str) -> bool {
    fn contains(disk: &Simulated, folder: &Path, words: &[u8]) -> bool {
        disk.list(folder).unwrap().iter().any(|name| {
            let path = folder.join(name);
            if disk.metadata(&path).unwrap().kind == FileKind::Folder {
                contains(disk, &path, words)
            } else {
                memchr::memmem::find(&content(disk, &path), words).is_some()
            }
        })
    }
    contains(disk, &folder(), words.as_bytes())
}

/// Erases, and says of how many records it was; nothing is to remain anywhere.
fn erase(journal: &mut Journal, ledger: &mut Ledger, what: EraseScope) -> usize {
    let erased = journal.erase(ledger, what).unwrap();
    assert_eq!(erased.remaining, []);
    erased.records
}

fn old_mark(item: &str) -> Operation {
    let day = today() - 30.days();
    Operation::Mark { course: course(), item: ItemId::new(item), day, mark: Some(Mark::Kept) }
}

fn disk_with_everything() -> (Simulated, Opened) {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    let Opened { journal, ledger, .. } = &mut opened;
    journal.append(ledger, vec![kept("one"), old_mark("long-ago"), note("evening", "secret words")]).unwrap();
    journal.back_up().unwrap();
    // A piece of it lies in the quarantine, and a cache has been made.
    let path = super::log_path(&disk);
    let mut bytes = content(&disk, &path);
    bytes.extend_from_slice(b"damaged secret words\n");
    put(&disk, &path, &bytes);
    let many = (0..400).map(|count| kept(&format!("item-{count}"))).collect();
    journal.append(ledger, many).unwrap();
    let opened = open(&disk.shared());
    for name in ["quarantine", "cache", "backup"] {
        assert!(!disk.list(&folder().join(name)).unwrap().is_empty(), "{name}");
    }
    assert!(is_anywhere(&disk, "secret words"));
    (disk, opened)
}

#[test]
fn erased_notes_are_nowhere_and_all_else_stays() {
    let (disk, mut opened) = disk_with_everything();
    let Opened { journal, ledger, .. } = &mut opened;
    assert_eq!(journal.count_erasable(ledger, EraseScope::Notes).unwrap(), 1);
    assert_eq!(erase(journal, ledger, EraseScope::Notes), 1);
    assert!(texts(ledger).is_empty());
    assert!(!is_anywhere(&disk, "secret words"));
    assert!(!is_anywhere(&disk.after_the_worst(), "secret words"));
    assert!(marked(ledger, "one").is_some());
    let again = open(&disk.shared());
    assert_eq!(again.ledger, opened.ledger);
    let backups = again.journal.backups().unwrap();
    assert_eq!(backups.len(), 2, "what else was in a backup is still in it");
    for backup in backups {
        assert!(memchr::memmem::find(&content(&disk, &backup), b"long-ago").is_some());
    }
}

#[test]
fn erased_words_are_nowhere_and_marks_stay() {
    let (disk, mut opened) = disk_with_everything();
    let Opened { journal, ledger, .. } = &mut opened;
    let choice = |chosen| Operation::Choice(Choice { course: course(), chosen });
    let own = OwnItem::new(Side::Avoid, "secret item".into(), "secret instead".into());
    let plan = IfThen { cue: "secret cue".into(), response: "secret act".into() };
    let item = || ItemId::new("own-0001-x");
    let chosen = [
        Chosen::OwnItem { item: item(), own: own.clone() },
        Chosen::OwnItem { item: item(), own: OwnItem { status: ItemStatus::Retired, ..own } },
        Chosen::IfThen { item: item(), plan },
        Chosen::Listed { item: item(), listed: true },
    ];
    journal.append(ledger, chosen.map(choice).into_iter().chain([kept("own-0001-x")]).collect()).unwrap();
    journal.back_up().unwrap();
    assert_eq!(erase(journal, ledger, EraseScope::Words), 4);
    for words in ["secret words", "secret item", "secret instead", "secret cue", "secret act"] {
        assert!(!is_anywhere(&disk, words), "{words}");
        assert!(!is_anywhere(&disk.after_the_worst(), words), "{words}");
    }
    assert!(marked(ledger, "own-0001-x").is_some() && marked(ledger, "one").is_some());
    assert!(ledger.is_listed(&course(), &item()));
    assert_eq!(open(&disk.shared()).ledger, opened.ledger);
}

#[test]
fn erased_days_are_nowhere_and_later_ones_stay() {
    let (disk, mut opened) = disk_with_everything();
    let Opened { journal, ledger, .. } = &mut opened;
    assert_eq!(erase(journal, ledger, EraseScope::Before(today())), 1);
    assert!(!is_anywhere(&disk, "long-ago"));
    assert_eq!(texts(ledger), ["secret words"]);
    assert!(marked(ledger, "one").is_some());
}

#[test]
fn after_erasing_everything_one_can_begin_again() {
    let (disk, mut opened) = disk_with_everything();
    let Opened { journal, ledger, .. } = &mut opened;
    journal.erase(ledger, EraseScope::All).unwrap();
    for words in ["secret words", "long-ago", "item-7", "reconcile"] {
        assert!(!is_anywhere(&disk, words), "{words}");
    }
    assert_eq!(ledger.courses().count(), 0);
    journal.append(ledger, vec![kept("one")]).unwrap();
    let again = open(&disk.after_the_worst().shared());
    assert!(marked(&again.ledger, "one").is_some());
}

#[test]
fn another_device_removes_it_too_and_old_copies_do_not_bring_it_back() {
    let (here, mut opened) = disk_with_everything();
    let there = Simulated::new();
    let logs = folder().join("log");
    let mut other = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    let name = super::log_path(&here).file_name().unwrap().to_str().unwrap().to_owned();
    let old = content(&here, &logs.join(&name));
    put(&there, &logs.join(&name), &old);
    other.journal.append(&mut other.ledger, vec![note("own", "her own words, unknown here")]).unwrap();
    other.journal.back_up().unwrap();
    assert!(texts(&other.ledger).contains(&"secret words".to_owned()));

    opened.journal.erase(&mut opened.ledger, EraseScope::Notes).unwrap();
    let new = content(&here, &logs.join(&name));
    put(&there, &logs.join(&name), &new);
    put(&there, &logs.join("a.sync-conflict.jsonl"), &old);
    assert!(other.journal.refresh(&mut other.ledger).unwrap());
    assert!(!is_anywhere(&there, "secret words"));
    assert_eq!(texts(&other.ledger), ["her own words, unknown here"]);

    put(&there, Path::new("/home/stick.jsonl"), &old);
    let merged = other.journal.merge(&mut other.ledger, Path::new("/home/stick.jsonl")).unwrap();
    assert_eq!((merged.erased, merged.new), (1, 0));
    assert!(!is_anywhere(&there, "secret words"));
}

#[test]
fn an_open_window_forgets_what_another_erased() {
    let (disk, mut opened) = disk_with_everything();
    let mut other = open(&disk.shared());
    assert!(!texts(&other.ledger).is_empty());
    opened.journal.erase(&mut opened.ledger, EraseScope::Notes).unwrap();
    other.journal.append(&mut other.ledger, vec![kept("later")]).unwrap();
    assert!(texts(&other.ledger).is_empty());
    assert!(marked(&other.ledger, "one").is_some());
    assert!(!is_anywhere(&disk, "secret words"));
    assert!(
        !opened.journal.refresh(&mut opened.ledger).unwrap() || marked(&opened.ledger, "later").is_some()
    );
}

/// What a sync tool makes of another device's log: the whole file replaces the old one.
fn bring(from: &Simulated, to: &Simulated, name: &str) {
    let path = folder().join("log").join(name);
    put(to, &path, &content(from, &path));
}

#[test]
fn what_another_device_erased_is_gone_from_backups_cache_quarantine_and_drafts_here() {
    let (here, mut opened) = disk_with_everything();
    let name = super::log_path(&here).file_name().unwrap().to_str().unwrap().to_owned();
    let there = Simulated::new();
    let mut other = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    other.journal.append(&mut other.ledger, vec![kept("theirs")]).unwrap();
    bring(&here, &there, &name);
    other.journal.refresh(&mut other.ledger).unwrap();
    other.journal.append(&mut other.ledger, vec![kept("more")]).unwrap();
    let backup = other.journal.back_up().unwrap().unwrap();
    other.journal.keep_draft(&other.ledger, &[note("evening", "secret words, and more")]).unwrap();
    // Words that were never saved have been seen by nobody else.
    let mut third = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    third.journal.keep_draft(&third.ledger, &[note("new", "new words of hers")]).unwrap();
    let mut other = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    for name in ["quarantine", "cache", "backup"] {
        assert!(!there.list(&folder().join(name)).unwrap().is_empty(), "{name}");
    }

    let old = content(&here, &super::log_path(&here));
    // Only the log that was written anew arrives: nothing in it brings back what was erased.
    erase(&mut opened.journal, &mut opened.ledger, EraseScope::Notes);
    bring(&here, &there, &name);
    assert!(other.journal.refresh(&mut other.ledger).unwrap());
    assert!(!is_anywhere(&there, "secret words"));
    assert!(!is_anywhere(&there.after_the_worst(), "secret words"));
    assert!(memchr::memmem::find(&content(&there, &backup), b"theirs").is_some());
    assert_eq!(other.journal.take_notices(), Vec::<String>::new());
    assert!(is_anywhere(&there, "new words of hers"));

    // What is written from then on stays: the erase reaches nothing that came after it.
    other.journal.append(&mut other.ledger, vec![note("night", "later words")]).unwrap();
    other.journal.back_up().unwrap();
    other.journal.keep_draft(&other.ledger, &[note("night", "later words, more")]).unwrap();
    let again = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    assert_eq!(texts(&again.ledger), ["later words"]);
    assert!(is_anywhere(&there, "later words, more"));

    // An old backup that somebody brings back is cleared at the next start.
    put(&there, &folder().join("backup/old.jsonl"), &old);
    let again = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    assert_eq!(again.notices, Vec::<String>::new());
    assert!(!is_anywhere(&there, "secret words"));
    assert!(is_anywhere(&there, "later words, more"));
}

#[test]
fn an_erase_reaches_exactly_what_was_seen() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("own")]).unwrap();
    let theirs = DeviceId(0xaa);
    let line = |sequence, text: &str| {
        let header = Header {
            device: theirs,
            writer: WriterId(7),
            sequence,
            clock: sequence,
            time: noon(),
            supersedes: None,
        };
        encode(&header, &note(&format!("note-{sequence}"), text)).unwrap().0
    };
    // Of the other device's three notes only the second has come here.
    put(&disk, &folder().join("log/from-a-stick.jsonl"), &line(2, "seen words"));
    let mut opened = open(&disk.shared());
    assert_eq!(erase(&mut opened.journal, &mut opened.ledger, EraseScope::Notes), 1);
    let whole = [line(1, "unseen words"), line(2, "seen words"), line(3, "later words")].concat();
    put(&disk, &folder().join(format!("log/{theirs}.jsonl")), &whole);
    let again = open(&disk.shared());
    assert_eq!(texts(&again.ledger), ["unseen words", "later words"]);
    assert!(is_anywhere(&disk, "unseen words") && !is_anywhere(&disk, "\"seen words"));
}

#[test]
fn copies_that_other_programs_make_of_logs_lose_what_was_erased_and_keep_the_rest() {
    let (disk, mut opened) = disk_with_everything();
    let bytes = content(&disk, &super::log_path(&disk));
    let names = ["x.jsonl~", "x.jsonl.bak", ".syncthing.x.jsonl.tmp", ".x.jsonl.Xyz1", "x.jsonl.new"];
    for folder_name in ["log", "backup"] {
        let inner = folder().join(folder_name).join(".versions");
        disk.make_folder(&inner).unwrap();
        disk.make_folder(&inner.join("empty")).unwrap();
        for name in names {
            put(&disk, &folder().join(folder_name).join(name), &bytes);
            put(&disk, &inner.join(name), &bytes);
        }
    }
    for name in ["quarantine", "cache", "device"] {
        disk.make_folder(&folder().join(name).join("odd")).unwrap();
    }
    assert_eq!(erase(&mut opened.journal, &mut opened.ledger, EraseScope::Notes), 1);
    assert!(!is_anywhere(&disk, "secret words"));
    for name in names {
        let copy = content(&disk, &folder().join("log").join(name));
        assert!(memchr::memmem::find(&copy, b"long-ago").is_some(), "{name}");
    }
}

#[test]
fn what_cannot_be_cleared_stops_nothing_and_is_named_until_it_is() {
    let (disk, mut opened) = disk_with_everything();
    let odd = folder().join("backup/half.jsonl.tmp");
    put(&disk, &odd, b"half a line with secret words");
    let erased = opened.journal.erase(&mut opened.ledger, EraseScope::Notes).unwrap();
    assert_eq!(erased.records, 1);
    assert_eq!(erased.remaining.iter().map(|left| &left.path).collect::<Vec<_>>(), [&odd]);
    for _ in 0..2 {
        let again = open(&disk.shared());
        assert_eq!(again.notices.len(), 1, "{:?}", again.notices);
        assert!(again.notices[0].contains("half.jsonl.tmp"), "{:?}", again.notices);
        let listed = again.journal.whereabouts().unwrap();
        let listed = listed.iter().find(|kept| kept.path == odd).unwrap();
        assert!(listed.what.contains("may still be here"), "{}", listed.what);
    }
    disk.remove(&odd).unwrap();
    assert!(!is_anywhere(&disk, "secret words"));
    assert_eq!(open(&disk.shared()).notices, Vec::<String>::new());
}

#[test]
fn what_others_have_put_into_the_folder_is_neither_listed_nor_touched() {
    let (disk, mut opened) = disk_with_everything();
    let others = ["backup/photo.jpg", "cache/photo.jpg", "quarantine/photo.jpg", "log/photo.jpg"];
    let others = others.into_iter().chain(["draft-of-my-thesis.docx", "note-to-self.txt", "letter.txt"]);
    let others: Vec<_> = others.map(|name| folder().join(name)).collect();
    for path in &others {
        put(&disk, path, b"something else");
    }
    erase(&mut opened.journal, &mut opened.ledger, EraseScope::All);
    let listed = opened.journal.whereabouts().unwrap();
    for path in &others {
        assert_eq!(content(&disk, path), b"something else", "{}", path.display());
        assert!(listed.iter().all(|kept| kept.path != *path), "{}", path.display());
    }
}

#[test]
fn a_half_written_list_of_what_was_read_is_listed_and_erased() {
    let (disk, mut opened) = disk_with_everything();
    let half = folder().join("shelf.json.new");
    put(&disk, &half, b"a secret title");
    assert!(opened.journal.whereabouts().unwrap().iter().any(|kept| kept.path == half));
    erase(&mut opened.journal, &mut opened.ledger, EraseScope::All);
    assert!(!is_anywhere(&disk, "a secret title"));
}

#[test]
fn an_erase_of_more_than_one_record_can_name_reaches_all_of_it() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("own")]).unwrap();
    // Every second number only, so that each is a range of its own.
    let line = |sequence: u64| {
        let header = Header {
            device: DeviceId(0xaa),
            writer: WriterId(7),
            sequence,
            clock: 1,
            time: noon(),
            supersedes: None,
        };
        encode(&header, &kept("theirs")).unwrap().0
    };
    let lines: Vec<u8> = (1..=35_000).flat_map(|number| line(2 * number)).collect();
    put(&disk, &folder().join("log/00000000000000aa.jsonl"), &lines);
    let mut opened = open(&disk.shared());
    assert_eq!(erase(&mut opened.journal, &mut opened.ledger, EraseScope::All), 35_001);
    assert_eq!(open(&disk.shared()).ledger.items(&course()).count(), 0);
    assert!(!is_anywhere(&disk, "theirs"));
    assert_eq!(opened.journal.erases(), 2);
}
