//! What was erased is nowhere any more, here and on the devices that hear of it.

use super::simulated::Simulated;
use super::{content, course, folder, kept, marked, note, on, open, put, texts, today};
use crate::course::{ItemId, Side};
use crate::journal::disk::{Disk, FileKind};
use crate::journal::{Choice, Chosen, IfThen, Journal, Mark, Opened, Operation, OwnItem, Standing, What};
use jiff::ToSpan as _;
use std::path::Path;

/// Whether these words stand in any file of the journal.
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
    assert_eq!(journal.count_erasable(ledger, What::Notes).unwrap(), 1);
    assert_eq!(journal.erase(ledger, What::Notes).unwrap(), 1);
    assert!(texts(ledger).is_empty());
    assert!(!is_anywhere(&disk, "secret words"));
    assert!(!is_anywhere(&disk.after_the_worst(), "secret words"));
    assert!(marked(ledger, "one").is_some());
    let again = open(&disk.shared());
    assert_eq!(again.ledger, opened.ledger);
    assert_eq!(again.journal.backups().unwrap().len(), 1, "a backup of what is left");
}

#[test]
fn erased_words_are_nowhere_and_marks_stay() {
    let (disk, mut opened) = disk_with_everything();
    let Opened { journal, ledger, .. } = &mut opened;
    let choice = |chosen| Operation::Choice(Choice { course: course(), chosen });
    let own = OwnItem {
        side: Side::Avoid,
        text: "secret item".into(),
        instead: "secret instead".into(),
        standing: Standing::Active,
    };
    let plan = IfThen { cue: "secret cue".into(), act: "secret act".into() };
    let item = || ItemId::new("own-0001-x");
    let chosen = [
        Chosen::OwnItem { item: item(), own: own.clone() },
        Chosen::OwnItem { item: item(), own: OwnItem { standing: Standing::Retired, ..own } },
        Chosen::IfThen { item: item(), plan },
        Chosen::Listed { item: item(), listed: true },
    ];
    journal.append(ledger, chosen.map(choice).into_iter().chain([kept("own-0001-x")]).collect()).unwrap();
    journal.back_up().unwrap();
    assert_eq!(journal.erase(ledger, What::Words).unwrap(), 4);
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
    assert_eq!(journal.erase(ledger, What::Before(today())).unwrap(), 1);
    assert!(!is_anywhere(&disk, "long-ago"));
    assert_eq!(texts(ledger), ["secret words"]);
    assert!(marked(ledger, "one").is_some());
}

#[test]
fn after_erasing_everything_one_can_begin_again() {
    let (disk, mut opened) = disk_with_everything();
    let Opened { journal, ledger, .. } = &mut opened;
    journal.erase(ledger, What::All).unwrap();
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

    opened.journal.erase(&mut opened.ledger, What::Notes).unwrap();
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
    opened.journal.erase(&mut opened.ledger, What::Notes).unwrap();
    other.journal.append(&mut other.ledger, vec![kept("later")]).unwrap();
    assert!(texts(&other.ledger).is_empty());
    assert!(marked(&other.ledger, "one").is_some());
    assert!(!is_anywhere(&disk, "secret words"));
    assert!(
        !opened.journal.refresh(&mut opened.ledger).unwrap() || marked(&opened.ledger, "later").is_some()
    );
}
