//! Saved means saved, on a disk that drops and reorders whatever was not synced.

use super::simulated::{Simulated, Sync, World};
use super::{Dice, content, folder, kept, log_path, marked, note, on, open, put, texts};
use crate::journal::disk::Disk as _;
use crate::journal::{Journal, JournalError, Mark, Opened, Operation};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// How many states of the disk after a crash are looked at.
const STATES: usize = 10_000;

/// What has been said to be saved: names of marked items and texts of notes.
#[derive(Debug, Clone, Default)]
struct Said {
    items: Vec<String>,
    notes: Vec<String>,
}

/// A window, and what it has marked without having been told that it is saved.
struct Window {
    opened: Opened,
    waiting: Said,
}

impl Window {
    fn open(disk: &Simulated) -> Self {
        Self { opened: open(&disk.shared()), waiting: Said::default() }
    }

    fn append(&mut self, operations: Vec<Operation>, said: &Mutex<Said>) {
        for operation in &operations {
            match operation {
                Operation::Mark { item, .. } => self.waiting.items.push(item.as_str().to_owned()),
                Operation::Note { text, .. } => self.waiting.notes.push(text.clone()),
                Operation::Place { .. } | Operation::Read { .. } | Operation::Choice(_) => {}
            }
        }
        if self.opened.journal.append(&mut self.opened.ledger, operations).is_ok() {
            let mut said = said.lock().unwrap();
            said.items.append(&mut self.waiting.items);
            said.notes.append(&mut self.waiting.notes);
        }
    }
}

/// A session with two windows; gives the states that crashes in it may leave, each with what
/// had been said by then.
fn session(seed: u64) -> Vec<(World, Said)> {
    let disk = Simulated::new();
    let said = Arc::new(Mutex::new(Said::default()));
    let states = Arc::new(Mutex::new(Vec::new()));
    let mut dice = Dice::new(seed);
    disk.watch({
        let (said, states) = (said.clone(), states.clone());
        let mut dice = Dice::new(seed + 1_000_000);
        move |world| {
            let state = (world.crashed(&mut dice), said.lock().unwrap().clone());
            states.lock().unwrap().push(state);
        }
    });
    let mut windows = [Window::open(&disk), Window::open(&disk)];
    for step in 0..12 {
        let window = &mut windows[usize::try_from(dice.roll(2)).unwrap()];
        match dice.roll(10) {
            0 => *window = Window::open(&disk),
            1 => {
                let _ = window.opened.journal.back_up();
            }
            2 => {
                let _ = window.opened.journal.refresh(&mut window.opened.ledger);
            }
            3 => {
                disk.world().next_sync = Sync::Fails;
                window.append(vec![kept(&format!("doubtful-{step}"))], &said);
            }
            4 => {
                let name = format!("evening-{}", dice.roll(3));
                // What takes the place of a note is said under the same breath as the note.
                let text = format!("note {step} {}", "words ".repeat(40));
                window.append(vec![note(&format!("{name}-{step}"), &text)], &said);
            }
            roll => {
                let marks = (0..roll - 4).map(|count| kept(&format!("item-{step}-{count}")));
                window.append(marks.collect(), &said);
            }
        }
    }
    disk.world().next_sync = Sync::Works;
    drop(windows);
    let world = disk.world().crashed(&mut dice);
    let mut states = std::mem::take(&mut *states.lock().unwrap());
    states.push((world, said.lock().unwrap().clone()));
    states
}

fn check(world: World, said: &Said, context: &str) {
    let disk = Simulated::of(world);
    let mut opened = Journal::open_in(&folder(), on(&disk.shared(), 1))
        .unwrap_or_else(|error| panic!("{context}: unreadable: {error}"));
    let all_there = |opened: &Opened| {
        for item in &said.items {
            assert!(marked(&opened.ledger, item).is_some(), "{context}: {item} is lost");
        }
        let texts = texts(&opened.ledger);
        for note in &said.notes {
            assert!(texts.contains(note), "{context}: a note is lost");
        }
    };
    all_there(&opened);
    opened
        .journal
        .append(&mut opened.ledger, vec![kept("afterwards")])
        .unwrap_or_else(|error| panic!("{context}: not writable: {error}"));
    let again = open(&disk.after_the_worst().shared());
    all_there(&again);
    assert!(marked(&again.ledger, "afterwards").is_some(), "{context}: what was marked after it is lost");
}

#[test]
fn what_was_said_to_be_saved_is_there_after_every_crash() {
    let mut states = 0;
    let mut seed = 0;
    while states < STATES {
        seed += 1;
        for (index, (world, said)) in session(seed).into_iter().enumerate() {
            check(world, &said, &format!("session {seed}, state {index}"));
            states += 1;
        }
    }
}

#[test]
fn a_mark_is_one_write_and_one_sync_however_long_the_journal() {
    for length in [1, 2_000] {
        let disk = Simulated::new();
        let mut opened = open(&disk.shared());
        let before = (0..length).map(|count| kept(&format!("item-{count}"))).collect();
        opened.journal.append(&mut opened.ledger, before).unwrap();
        let count = || {
            let world = disk.world();
            (world.writes, world.syncs)
        };
        // The first one of the day makes the backup.
        opened.journal.append(&mut opened.ledger, vec![kept("first")]).unwrap();
        let (writes, syncs) = count();
        opened.journal.append(&mut opened.ledger, vec![kept("second")]).unwrap();
        assert_eq!(count(), (writes + 1, syncs + 1));
    }
}

#[test]
fn after_a_failed_sync_nothing_is_claimed_until_it_was_read_back() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("before")]).unwrap();
    disk.world().next_sync = Sync::Fails;
    opened.journal.append(&mut opened.ledger, vec![kept("doubtful")]).unwrap_err();
    assert_eq!(opened.journal.pending(), 1);
    assert!(marked(&opened.ledger, "doubtful").is_some());
    disk.world().next_sync = Sync::Lies;
    let error = opened.journal.retry(&mut opened.ledger).unwrap_err();
    assert!(matches!(error, JournalError::NotKept { .. }), "{error}");
    assert_eq!(opened.journal.pending(), 1);
    opened.journal.retry(&mut opened.ledger).unwrap();
    let after = open(&disk.after_the_worst().shared());
    assert!(marked(&after.ledger, "before").is_some());
    assert!(marked(&after.ledger, "doubtful").is_some());
}

#[test]
fn without_locks_every_window_writes_a_log_of_its_own() {
    let disk = Simulated::new();
    disk.world().no_locks = true;
    let mut one = open(&disk.shared());
    let mut other = open(&disk.shared());
    one.journal.append(&mut one.ledger, vec![kept("one")]).unwrap();
    other.journal.append(&mut other.ledger, vec![kept("other")]).unwrap();
    one.journal.append(&mut one.ledger, vec![kept("more")]).unwrap();
    let again = open(&disk.after_the_worst().shared());
    assert!(["one", "other", "more"].iter().all(|item| marked(&again.ledger, item).is_some()));
    let names = disk.shared();
    assert_eq!(names.list(&folder().join("log")).unwrap().len(), 2);
}

#[test]
fn a_mark_in_a_log_that_was_created_anew_survives_a_crash() {
    let disk = Simulated::new();
    let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
    journal.append(&mut ledger, vec![kept("before")]).unwrap();
    // A sync tool takes the log away, so that the next mark begins another one.
    disk.remove(&log_path(&disk)).unwrap();
    disk.sync_folder(&folder().join("log")).unwrap();
    journal.append(&mut ledger, vec![kept("after")]).unwrap();
    let left = open(&disk.after_the_worst().shared());
    assert_eq!(marked(&left.ledger, "after"), Some(Mark::Kept));
}

#[test]
fn merged_marks_survive_a_crash_however_long_the_window_was_open() {
    let disk = Simulated::new();
    let Opened { mut journal, mut ledger, .. } = open(&disk.shared());
    journal.append(&mut ledger, vec![kept("here")]).unwrap();
    let elsewhere = Simulated::new();
    let mut other = Journal::open_in(&folder(), on(&elsewhere.shared(), 2)).unwrap();
    other.journal.append(&mut other.ledger, vec![kept("there")]).unwrap();
    let stick = PathBuf::from("/home/stick.jsonl");
    put(&disk, &stick, &content(&elsewhere, &log_path(&elsewhere)));
    journal.merge(&mut ledger, &stick).unwrap();
    let left = open(&disk.after_the_worst().shared());
    assert_eq!(marked(&left.ledger, "there"), Some(Mark::Kept));
}
