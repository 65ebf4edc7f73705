//! An error never costs what was there: every call of the journal answered with every error.

use super::faulty::{Fault, Faulty};
use super::simulated::Simulated;
use super::{folder, kept, marked, note, on, open};
use crate::course::{ItemId, LessonId, Place, Side};
use crate::journal::disk::Disk;
use crate::journal::{Choice, Chosen, IfThen, Operation, OwnItem};
use crate::journal::{EraseScope, Journal, JournalError};
use rustix::io::Errno;
use std::sync::Arc;

const ERRORS: [Errno; 5] = [Errno::NOSPC, Errno::IO, Errno::ROFS, Errno::DQUOT, Errno::INTR];

/// A disk with three marks on it, and every fault that there can be in `calls` calls.
fn each_fault(calls: usize, mut attempt: impl FnMut(Fault)) {
    for errno in ERRORS {
        for call in 0..calls {
            attempt(Fault::Once(call, errno));
            attempt(Fault::From(call, errno));
        }
    }
}

fn disk_with_marks() -> Simulated {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    let marks = vec![kept("one"), kept("two"), note("evening", "three lines")];
    opened.journal.append(&mut opened.ledger, marks).unwrap();
    disk
}

fn is_whole(disk: &Simulated, context: Fault) {
    let opened = open(&disk.after_the_worst().shared());
    assert!(marked(&opened.ledger, "one").is_some(), "{context:?}");
    assert!(marked(&opened.ledger, "two").is_some(), "{context:?}");
    assert_eq!(super::texts(&opened.ledger), ["three lines"], "{context:?}");
}

/// How many calls a piece of work makes when nothing fails.
fn calls_of(mut work: impl FnMut(&Faulty)) -> usize {
    let faulty = Faulty::over(disk_with_marks());
    work(&faulty);
    faulty.calls()
}

fn open_on(faulty: &Faulty) -> Result<crate::journal::Opened, JournalError> {
    Journal::open_in(&folder(), on(&(Arc::new(faulty.clone()) as Arc<dyn Disk>), 1))
}

#[test]
fn a_mark_that_cannot_be_written_is_kept_and_tried_again() {
    let calls = calls_of(|faulty| {
        let mut opened = open_on(faulty).unwrap();
        faulty.plan(None);
        opened.journal.append(&mut opened.ledger, vec![kept("new")]).unwrap();
    });
    assert!(calls > 15, "{calls}");
    each_fault(calls, |fault| {
        let disk = disk_with_marks();
        let faulty = Faulty::over(disk.clone());
        let mut opened = open_on(&faulty).unwrap();
        let log = super::log_path(&disk);
        let before = super::content(&disk, &log);
        faulty.plan(Some(fault));
        let answer = opened.journal.append(&mut opened.ledger, vec![kept("new")]);
        if answer.is_err() && matches!(fault, Fault::Once(..)) {
            assert_eq!(super::content(&disk, &log), before, "{fault:?}: not cut back");
        }
        assert!(marked(&opened.ledger, "new").is_some(), "{fault:?}");
        assert!(marked(&opened.ledger, "one").is_some(), "{fault:?}");
        is_whole(&disk, fault);
        if answer.is_ok() {
            assert_eq!(opened.journal.pending(), 0, "{fault:?}");
        } else {
            assert_eq!(opened.journal.pending(), 1, "{fault:?}");
            faulty.plan(None);
            opened.journal.retry(&mut opened.ledger).unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        }
        is_whole(&disk, fault);
        let after = open(&disk.after_the_worst().shared());
        assert!(marked(&after.ledger, "new").is_some(), "{fault:?}: said to be saved, and lost");
        assert_eq!(after.ledger, opened.ledger, "{fault:?}");
    });
}

/// One of each kind of change besides a mark: a note that was changed, a plan, an own item, a
/// place with a name, and an order of reading.
fn changes() -> Vec<Operation> {
    let item = || ItemId::new("own-1");
    let own = OwnItem::new(Side::Avoid, "I did not shout".into(), String::new());
    let place = Place { lesson: LessonId::new("start"), block: 1, offset: 2, fingerprint: 3 };
    let chosen = [
        Chosen::IfThen { item: item(), plan: IfThen { cue: "he shouts".into(), response: "I wait".into() } },
        Chosen::OwnItem { item: item(), own },
        Chosen::NamedPlace { name: 'a', place: Some(place.clone()) },
        Chosen::Route { lessons: vec![LessonId::new("start")] },
    ];
    let course = super::course;
    let choices = chosen.map(|chosen| Operation::Choice(Choice { course: course(), chosen }));
    let others = [note("evening", "three lines"), Operation::Place { course: course(), place }];
    choices.into_iter().chain(others).collect()
}

#[test]
fn every_kind_of_change_that_cannot_be_written_is_kept_and_tried_again() {
    for change in changes() {
        let calls = calls_of(|faulty| {
            let mut opened = open_on(faulty).unwrap();
            faulty.plan(None);
            opened.journal.append(&mut opened.ledger, vec![change.clone()]).unwrap();
        });
        each_fault(calls, |fault| {
            let disk = disk_with_marks();
            let faulty = Faulty::over(disk.clone());
            let mut opened = open_on(&faulty).unwrap();
            faulty.plan(Some(fault));
            let answer = opened.journal.append(&mut opened.ledger, vec![change.clone()]);
            is_whole(&disk, fault);
            if answer.is_err() {
                assert_eq!(opened.journal.pending(), 1, "{fault:?}: {change:?}");
                faulty.plan(None);
                opened.journal.retry(&mut opened.ledger).unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            }
            let after = open(&disk.after_the_worst().shared());
            assert_eq!(after.ledger, opened.ledger, "{fault:?}: {change:?}");
        });
    }
}

#[test]
fn an_interrupted_call_is_asked_again() {
    let disk = disk_with_marks();
    let faulty = Faulty::over(disk);
    let mut opened = open_on(&faulty).unwrap();
    for call in 0..60 {
        faulty.plan(Some(Fault::Once(call, Errno::INTR)));
        opened.journal.append(&mut opened.ledger, vec![kept("new")]).unwrap();
    }
}

#[test]
fn opening_on_a_disk_that_fails_loses_nothing() {
    let calls = calls_of(|faulty| {
        open_on(faulty).unwrap();
    });
    each_fault(calls, |fault| {
        let disk = disk_with_marks();
        let faulty = Faulty::over(disk.clone());
        faulty.plan(Some(fault));
        if let Ok(mut opened) = open_on(&faulty) {
            // Whether or not all could be read, what is marked now must come to it.
            faulty.plan(None);
            opened.journal.append(&mut opened.ledger, vec![kept("new")]).unwrap();
            let after = open(&disk.after_the_worst().shared());
            assert!(marked(&after.ledger, "new").is_some(), "{fault:?}");
            assert!(marked(&opened.ledger, "one").is_some(), "{fault:?}: was not read again");
        }
        is_whole(&disk, fault);
    });
}

#[test]
fn upkeep_on_a_disk_that_fails_loses_nothing() {
    type Work = fn(&mut crate::journal::Opened) -> Result<(), JournalError>;
    let works: [Work; 4] = [
        |opened| {
            let backup = opened.journal.backups()?.pop().unwrap_or_default();
            opened.journal.restore(&mut opened.ledger, &backup).map(drop)
        },
        |opened| opened.journal.back_up().map(drop),
        |opened| opened.journal.repair(&mut opened.ledger).map(drop),
        |opened| opened.journal.merge(&mut opened.ledger, &folder().join("backup")).map(drop),
    ];
    for work in works {
        let prepare = || {
            let disk = disk_with_marks();
            let mut opened = open(&disk.shared());
            opened.journal.back_up().unwrap();
            let path = super::log_path(&disk);
            let mut bytes = super::content(&disk, &path);
            bytes.extend_from_slice(b"rubbish\n");
            super::put(&disk, &path, &bytes);
            disk.sync_folder(path.parent().unwrap()).unwrap();
            disk
        };
        let faulty = Faulty::over(prepare());
        let mut opened = open_on(&faulty).unwrap();
        faulty.plan(None);
        work(&mut opened).unwrap();
        each_fault(faulty.calls(), |fault| {
            let disk = prepare();
            let faulty = Faulty::over(disk.clone());
            let mut opened = open_on(&faulty).unwrap();
            faulty.plan(Some(fault));
            let _ = work(&mut opened);
            is_whole(&disk, fault);
            faulty.plan(None);
            work(&mut opened).unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            is_whole(&disk, fault);
        });
    }
}

#[test]
fn a_removal_on_a_disk_that_fails_is_finished_the_next_time() {
    let faulty = Faulty::over(disk_with_marks());
    let mut opened = open_on(&faulty).unwrap();
    faulty.plan(None);
    opened.journal.erase(&mut opened.ledger, EraseScope::Notes).unwrap();
    each_fault(faulty.calls(), |fault| {
        let disk = disk_with_marks();
        let faulty = Faulty::over(disk.clone());
        let mut opened = open_on(&faulty).unwrap();
        opened.journal.back_up().unwrap();
        faulty.plan(Some(fault));
        let first = opened.journal.erase(&mut opened.ledger, EraseScope::Notes);
        faulty.plan(None);
        if !first.is_ok_and(|erased| erased.remaining.is_empty()) {
            opened.journal.erase(&mut opened.ledger, EraseScope::Notes).unwrap();
        }
        let after = open(&disk.after_the_worst().shared());
        assert!(super::texts(&after.ledger).is_empty(), "{fault:?}");
        assert!(marked(&after.ledger, "one").is_some(), "{fault:?}");
        assert!(!super::removal::is_anywhere(&disk, "three lines"), "{fault:?}");
    });
}

#[test]
fn a_disk_that_can_only_be_read_is_read_and_says_so() {
    let disk = disk_with_marks();
    let faulty = Faulty::over(disk.clone());
    faulty.plan(Some(Fault::Changes(Errno::ROFS)));
    let mut opened = open_on(&faulty).unwrap();
    assert!(marked(&opened.ledger, "one").is_some());
    let error = opened.journal.append(&mut opened.ledger, vec![kept("new")]).unwrap_err();
    assert!(error.to_string().contains("can only be read"), "{error}");
    assert!(marked(&opened.ledger, "new").is_some());
    assert_eq!(opened.journal.pending(), 1);
    faulty.plan(None);
    opened.journal.retry(&mut opened.ledger).unwrap();
    assert_eq!(open(&disk.after_the_worst().shared()).ledger, opened.ledger);

    // On another computer there is no id for this device yet, so it is known from the start.
    faulty.plan(Some(Fault::Changes(Errno::ROFS)));
    let shared: Arc<dyn Disk> = Arc::new(faulty.clone());
    let elsewhere = Journal::open_in(&folder(), on(&shared, 7)).unwrap();
    assert!(
        elsewhere.notices.iter().any(|notice| notice.contains("can only be read")),
        "{:?}",
        elsewhere.notices
    );
    assert!(marked(&elsewhere.ledger, "one").is_some());
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_that_says_why() {
    let faulty = Faulty::over(Simulated::new());
    for (errno, words) in
        [(Errno::ROFS, "can only be read"), (Errno::NOSPC, "is full"), (Errno::DQUOT, "used up")]
    {
        faulty.plan(Some(Fault::Changes(errno)));
        let error = open_on(&faulty).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}
