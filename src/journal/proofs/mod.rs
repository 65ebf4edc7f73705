//! What the journal promises, proved on disks that forget, fail and lie.
//!
//! Owns the disks that are put under the journal, and the tests that need to see its inside.
//! The tests that need real processes and a real file system are in `tests/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod cache;
mod copies;
mod crashes;
mod damage;
mod drafts;
mod durable;
mod errors;
mod faulty;
mod removal;
mod simulated;
mod stands;
mod sync;
mod taken_back;
mod three_devices;
mod two_windows;
mod upkeep;

use crate::course::{CourseId, ItemId, LessonId, Place};
use crate::journal::disk::{Disk, OpenMode};
use crate::journal::{Choice, Chosen, Environment, IfThen, Journal, Ledger, Mark, Opened, Operation};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The journal's folder on a simulated disk.
pub(crate) const FOLDER: &str = "/home/sidelight";

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(FOLDER)
}

pub(crate) fn today() -> Date {
    date(2026, 11, 22)
}

pub(crate) fn noon() -> Timestamp {
    today().at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
}

pub(crate) fn on(disk: &Arc<dyn Disk>, machine: u64) -> Environment {
    Environment { disk: disk.clone(), now: noon, machine }
}

/// The journal on a disk, as this computer sees it.
pub(crate) fn open(disk: &Arc<dyn Disk>) -> Opened {
    Journal::open_in(&folder(), on(disk, 1)).expect("the journal opens")
}

pub(crate) fn course() -> CourseId {
    CourseId::new("reconcile")
}

pub(crate) fn mark_of(item: &str, mark: Option<Mark>) -> Operation {
    Operation::Mark { course: course(), item: ItemId::new(item), day: today(), mark }
}

pub(crate) fn kept(item: &str) -> Operation {
    mark_of(item, Some(Mark::Kept))
}

pub(crate) fn note(name: &str, text: &str) -> Operation {
    let place = Some(Place { lesson: LessonId::new("start"), block: 3, offset: 14, fingerprint: 7 });
    Operation::Note { course: course(), note: name.to_owned(), day: today(), place, text: text.to_owned() }
}

/// A plan that says this; none when it says nothing.
pub(crate) fn plan(item: &str, text: &str) -> Operation {
    let plan = IfThen { cue: text.to_owned(), response: String::new() };
    let chosen = Chosen::IfThen { item: ItemId::new(item), plan };
    Operation::Choice(Choice { course: course(), chosen })
}

pub(crate) fn marked(ledger: &Ledger, item: &str) -> Option<Mark> {
    ledger.mark(&course(), &ItemId::new(item), today())
}

pub(crate) fn texts(ledger: &Ledger) -> Vec<String> {
    ledger.notes(&course()).into_iter().map(|note| note.text).collect()
}

/// The one log in the folder.
pub(crate) fn log_path(disk: &dyn Disk) -> PathBuf {
    let logs = folder().join("log");
    let mut names = disk.list(&logs).unwrap();
    names.sort();
    logs.join(&names[0])
}

pub(crate) fn content(disk: &dyn Disk, path: &Path) -> Vec<u8> {
    let file = disk.open(path, OpenMode::Read).unwrap();
    let length = usize::try_from(file.metadata().unwrap().length).unwrap();
    crate::journal::files::read_start(&*file, length).unwrap()
}

/// Puts these bytes in the place of a file.
pub(crate) fn put(disk: &dyn Disk, path: &Path, bytes: &[u8]) {
    let _ = disk.remove(path);
    let file = disk.open(path, OpenMode::Create).unwrap();
    assert_eq!(file.append(bytes).unwrap(), bytes.len());
    file.sync().unwrap();
}

/// Small numbers that look random and are the same each time.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}
