//! Every file that is made, replaced or removed is so after a crash of the computer, its name too.

use super::simulated::{Simulated, World};
use super::{Dice, content, course, folder, kept, log_path, note, open, put};
use crate::course::CourseId;
use crate::journal::disk::{Disk, FileKind};
use crate::journal::names::NEW;
use crate::journal::{EraseScope, Opened, RecentEntry};
use crate::library::{LibraryKind, LibraryOrigin, Scope};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every file below the data folder, with what is in it.
fn files(disk: &Simulated) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder()];
    while let Some(folder) = folders.pop() {
        for name in disk.list(&folder).unwrap() {
            let path = folder.join(name);
            if disk.metadata(&path).unwrap().kind == FileKind::Folder {
                folders.push(path);
            } else {
                files.insert(path.clone(), content(disk, &path));
            }
        }
    }
    files
}

/// The cache is made again, nothing is in the lock, and the latest state of a draft is for a crash
/// of the program alone.
fn is_of_no_account(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    path.parent() == Some(&folder().join("cache")) || name == "lock" || name.ends_with(NEW)
}

fn is_durable(disk: &Simulated, what: &str) {
    let left = files(&disk.after_the_worst());
    for (path, content) in files(disk).into_iter().filter(|(path, _)| !is_of_no_account(path)) {
        assert_eq!(left.get(&path), Some(&content), "after {what}: {}", path.display());
    }
}

fn entry(name: &str) -> RecentEntry {
    let origin = LibraryOrigin::Path {
        path: format!("/x/{name}").into(),
        kind: LibraryKind::Folder,
        scope: Scope::default(),
    };
    RecentEntry { course: CourseId::new(name), title: name.to_owned(), origin, day: None }
}

#[test]
fn every_file_that_was_made_is_there_after_a_crash_under_its_name() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    let Opened { journal, ledger, .. } = &mut opened;
    journal.append(ledger, vec![kept("one"), note("evening", "words")]).unwrap();
    is_durable(&disk, "a mark");
    journal.append(ledger, vec![kept("two")]).unwrap();
    is_durable(&disk, "the backup of the day");
    journal.back_up().unwrap();
    is_durable(&disk, "a backup by hand");
    for name in ["a", "b"] {
        journal.change_recent(|recent| recent.add(entry(name))).unwrap();
        is_durable(&disk, "an entry of the shelf");
    }
    journal.keep_draft(ledger, &[note("night", "draft")]).unwrap();
    is_durable(&disk, "the first state of a draft");
    let log = log_path(&disk);
    put(&disk, &log, &[content(&disk, &log), b"rubbish\n".to_vec()].concat());
    disk.sync_folder(&folder().join("log")).unwrap();
    journal.refresh(ledger).unwrap();
    assert!(disk.list(&folder().join("quarantine")).is_ok_and(|names| !names.is_empty()));
    is_durable(&disk, "what was set aside");
    journal.repair(ledger).unwrap();
    is_durable(&disk, "a repair");
    journal.erase(ledger, EraseScope::Words).unwrap();
    is_durable(&disk, "an erase");
}

#[test]
fn a_draft_survives_a_crash_of_the_computer_but_for_its_last_keys() {
    let disk = Simulated::new();
    let Opened { mut journal, ledger, .. } = open(&disk.shared());
    for length in 1..=100 {
        journal.keep_draft(&ledger, &[note("evening", &"x".repeat(length))]).unwrap();
        for seed in 0..8 {
            let left = Simulated::of(disk.world().crashed(&mut Dice::new(seed)));
            let Opened { mut journal, ledger, .. } = open(&left.shared());
            let draft = journal.take_draft(&ledger, &course());
            let text = draft.first().map(|operation| match operation {
                crate::journal::Operation::Note { text, .. } => text.len(),
                other => panic!("{other:?}"),
            });
            assert!(text.is_some_and(|kept| kept + 20 > length), "{length}: {text:?}");
        }
    }
    // A crash of the program alone costs nothing.
    drop(journal);
    let Opened { mut journal, ledger, .. } = open(&disk.shared());
    assert_eq!(journal.take_draft(&ledger, &course()), [note("evening", &"x".repeat(100))]);
}

#[test]
fn what_was_removed_before_an_erase_is_not_back_after_a_crash() {
    let disk = Simulated::new();
    let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
    journal.keep_draft(&ledger, &[note("evening", "secret words")]).unwrap();
    journal.append(&mut ledger, vec![note("evening", "secret words")]).unwrap();
    journal.drop_draft().unwrap();
    // A backup that she removed by hand.
    let backup = journal.back_up().unwrap().unwrap();
    disk.remove(&backup).unwrap();
    journal.erase(&mut ledger, EraseScope::Words).unwrap();
    let world: World = disk.world().clone();
    for seed in 0..40 {
        let left = Simulated::of(world.crashed(&mut Dice::new(seed)));
        assert!(!super::removal::is_anywhere(&left, "secret words"), "{seed}");
    }
}
