//! Real processes on a real file system: killed at every step, writing at the same time,
//! waking each other up.
//!
//! The test program starts itself again as the process that is killed: see [`child`].

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use jiff::civil::{Date, date};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use sidelight::app::{Clock, Session};
use sidelight::course::{Course, CourseId, ItemId};
use sidelight::journal::disk::real::RealDisk;
use sidelight::journal::disk::{Disk, DiskFile, FileMetadata, Guard, OpenMode};
use sidelight::journal::{Environment, EraseScope, Journal, Ledger, Mark, Opened, Operation};
use sidelight::screen::Theme;
use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How many moments a process is killed at, at least.
const KILLS: usize = 1_000;

/// Tells the test program that it is to play a part, and which.
const PART: &str = "SIDELIGHT_TEST_PART";

fn course() -> CourseId {
    CourseId::new("reconcile")
}

fn day() -> Date {
    date(2026, 11, 22)
}

fn kept(item: &str) -> Operation {
    Operation::Mark { course: course(), item: ItemId::new(item), day: day(), mark: Some(Mark::Kept) }
}

fn note(name: &str) -> Operation {
    let text = format!("{name} {}", "and so on ".repeat(30));
    Operation::Note { course: course(), note: name.to_owned(), day: day(), place: None, text }
}

fn is_kept(ledger: &Ledger, item: &str) -> bool {
    ledger.mark(&course(), &ItemId::new(item), day()).is_some()
}

/// When a process is killed, seen from the change that it is about to make.
#[derive(Debug, Clone, Copy)]
enum When {
    Before,
    Within,
    After,
}

/// A disk that kills its process at one of the changes made to it.
#[derive(Debug, Clone)]
struct Deadly {
    changes: Arc<AtomicUsize>,
    at: usize,
    when: usize,
    /// Whether the next sync fails.
    fail: Arc<AtomicBool>,
}

const WHEN: [When; 3] = [When::Before, When::Within, When::After];

fn die() -> ! {
    let myself = rustix::process::getpid();
    let _ = rustix::process::kill_process(myself, rustix::process::Signal::KILL);
    std::process::abort()
}

impl Deadly {
    /// Makes a change, and dies of it when its turn has come. `half` is what has happened
    /// when the process is killed within the change.
    fn change<T>(&self, half: impl FnOnce(), whole: impl FnOnce() -> T) -> T {
        let turn = self.changes.fetch_add(1, Ordering::Relaxed) == self.at;
        match WHEN[self.when] {
            When::Before if turn => die(),
            When::Within if turn => {
                half();
                die()
            }
            When::After if turn => {
                whole();
                die()
            }
            _ => whole(),
        }
    }
}

#[derive(Debug)]
struct DeadlyFile(Box<dyn DiskFile>, Deadly);

impl Disk for Deadly {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(|| (), || RealDisk.make_folder(folder))
    }

    fn open(&self, path: &Path, mode: OpenMode) -> io::Result<Box<dyn DiskFile>> {
        let open = || RealDisk.open(path, mode);
        let file = if mode == OpenMode::Create { self.change(|| (), open)? } else { open()? };
        Ok(Box::new(DeadlyFile(file, self.clone())))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        RealDisk.metadata(path)
    }

    fn target_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        RealDisk.target_metadata(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|| (), || RealDisk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(|| (), || RealDisk.remove(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(|| (), || RealDisk.sync_folder(folder))
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Guard>> {
        RealDisk.lock(path, patience)
    }
}

impl DiskFile for DeadlyFile {
    fn metadata(&self) -> io::Result<FileMetadata> {
        self.0.metadata()
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.0.read_at(buffer, offset)
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        let half = || drop(self.0.append(&bytes[..bytes.len() / 2]));
        self.1.change(half, || self.0.append(bytes))
    }

    fn sync(&self) -> io::Result<()> {
        let failed = Err(rustix::io::Errno::IO.into());
        self.1
            .change(|| (), || if self.1.fail.swap(false, Ordering::Relaxed) { failed } else { self.0.sync() })
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.1.change(|| (), || self.0.truncate(length))
    }

    fn forget(&self) {
        self.0.forget();
    }
}

/// Tells the parent something, past every buffer.
fn say(words: &str) {
    let mut out = io::stdout();
    writeln!(out, "said {words}").and_then(|()| out.flush()).unwrap();
}

/// A session with all that a journal does; says what is saved as soon as it is.
fn session(folder: &Path, disk: &Deadly) {
    let environment = Environment { disk: Arc::new(disk.clone()), ..Environment::real() };
    let open = || Journal::open_in(folder, environment.clone()).unwrap();
    let save = |opened: &mut Opened, operations: Vec<Operation>, names: &[String]| {
        opened.journal.append(&mut opened.ledger, operations).unwrap();
        for name in names {
            say(name);
        }
    };
    let mut opened = open();
    for count in 0..40 {
        let names = [format!("first-{count}-a"), format!("first-{count}-b")];
        save(&mut opened, names.iter().map(|name| kept(name)).collect(), &names);
    }
    let mut other = open();
    for count in 0..25 {
        let name = format!("other-{count}");
        save(&mut other, vec![kept(&name)], &[name]);
        save(&mut opened, vec![note(&format!("note-{count}"))], &[]);
    }
    for count in 0..6 {
        let name = format!("tried-again-{count}");
        disk.fail.store(true, Ordering::Relaxed);
        opened.journal.append(&mut opened.ledger, vec![kept(&name)]).unwrap_err();
        opened.journal.retry(&mut opened.ledger).unwrap();
        say(&name);
    }
    opened.journal.back_up().unwrap();
    // What a torn write of another program leaves.
    let log = std::fs::read_dir(folder.join("log")).unwrap().next().unwrap().unwrap().path();
    std::fs::OpenOptions::new().append(true).open(&log).unwrap().write_all(b"{\"v\":\"1.0\",\"torn").unwrap();
    save(&mut opened, vec![kept("after-the-tear")], &["after-the-tear".to_owned()]);
    opened.journal.repair(&mut opened.ledger).unwrap();
    let many: Vec<String> = (0..400).map(|count| format!("many-{count}")).collect();
    save(&mut opened, many.iter().map(|name| kept(name)).collect(), &["many-0".into(), "many-399".into()]);
    let mut again = open();
    save(&mut again, vec![kept("from-the-cache")], &["from-the-cache".to_owned()]);
    again.journal.erase(&mut again.ledger, EraseScope::Notes).unwrap();
    save(&mut again, vec![kept("after-the-removal")], &["after-the-removal".to_owned()]);
    let backup = again.journal.back_up().unwrap().unwrap();
    again.journal.restore(&mut again.ledger, &backup).unwrap();
    for count in 0..40 {
        let name = format!("last-{count}");
        save(&mut again, vec![kept(&name)], &[name]);
    }
    say(&format!("changes={}", disk.changes.load(Ordering::Relaxed)));
}

/// Marks as one of several writers.
fn writer(folder: &Path, number: usize, marks: usize) {
    let mut opened = Journal::open(folder).unwrap();
    for count in 0..marks {
        opened.journal.append(&mut opened.ledger, vec![kept(&format!("item-{number}-{count}"))]).unwrap();
    }
    say("done");
}

/// Not a test of its own: what this program does when it was started by one of the tests.
#[test]
fn child() {
    let Ok(part) = std::env::var(PART) else { return };
    let mut words = part.split(' ');
    let name = words.next().unwrap();
    let numbers: Vec<usize> = words.by_ref().take(2).map(|word| word.parse().unwrap()).collect();
    let folder = PathBuf::from(words.next().unwrap());
    match name {
        "session" => {
            session(
                &folder,
                &Deadly { changes: Arc::default(), at: numbers[0], when: numbers[1], fail: Arc::default() },
            );
        }
        "writer" => writer(&folder, numbers[0], numbers[1]),
        _ => panic!("no such part"),
    }
}

fn play(part: &str, one: usize, other: usize, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture", "--quiet", "--test-threads=1"])
        .env(PART, format!("{part} {one} {other} {}", folder.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the process said before it ended.
fn said(child: Child) -> Vec<String> {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // The test harness may have begun the line.
    text.lines().filter_map(|line| Some(line.split_once("said ")?.1.to_owned())).collect()
}

/// A folder in memory where there is one: a killed process loses nothing that the system
/// has, so waiting for a disk would prove nothing.
struct Quick(tempfile::TempDir);

impl Quick {
    fn new() -> Self {
        Self(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("sidelight")
    }
}

/// Kills a session at one change and looks at what is left.
fn kill_at(at: usize, when: usize) {
    let folder = Quick::new();
    let said = said(play("session", at, when, &folder.path()));
    let context = format!("killed {:?} change {at}", WHEN[when]);
    let mut opened =
        Journal::open(&folder.path()).unwrap_or_else(|error| panic!("{context}: unreadable: {error}"));
    for item in &said {
        assert!(
            item.starts_with("changes=") || is_kept(&opened.ledger, item),
            "{context}: {item} was said to be saved and is lost"
        );
    }
    opened.journal.append(&mut opened.ledger, vec![kept("afterwards")]).unwrap();
    let again = Journal::open(&folder.path()).unwrap();
    assert!(is_kept(&again.ledger, "afterwards"), "{context}");
    assert_eq!(again.ledger, opened.ledger, "{context}");
}

#[test]
fn a_mark_survives_a_kill_after_saved() {
    let folder = Quick::new();
    let words = said(play("session", usize::MAX, 0, &folder.path()));
    let changes = words.iter().find_map(|line| line.strip_prefix("changes=")).unwrap();
    let changes: usize = changes.parse().unwrap();
    let moments: Vec<(usize, usize)> =
        (0..changes).flat_map(|at| (0..WHEN.len()).map(move |when| (at, when))).collect();
    assert!(moments.len() >= KILLS, "{} moments", moments.len());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((at, when)) = moments.get(index) else { break };
                    kill_at(*at, *when);
                }
            });
        }
    });
}

#[test]
fn four_writers_lose_none_of_two_thousand_marks() {
    let folder = Quick::new();
    let children: Vec<Child> = (0..4).map(|number| play("writer", number, 500, &folder.path())).collect();
    for child in children {
        assert_eq!(said(child), ["done"]);
    }
    let opened = Journal::open(&folder.path()).unwrap();
    assert_eq!(opened.notices, Vec::<String>::new());
    for number in 0..4 {
        for count in 0..500 {
            assert!(is_kept(&opened.ledger, &format!("item-{number}-{count}")), "{number} {count}");
        }
    }
    // Whoever writes knows what the others have written: no number is given twice.
    let mut logs = std::fs::read_dir(folder.path().join("log")).unwrap();
    let log = std::fs::read_to_string(logs.next().unwrap().unwrap().path()).unwrap();
    assert!(logs.next().is_none(), "one device, one log");
    let numbers: BTreeSet<u64> = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["seq"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=2_000).collect());
}

/// Whether one of the descriptors that a session waits for becomes readable within this time.
fn wakes(session: &Session, limit: Duration) -> bool {
    let limit = Timespec::try_from(limit).unwrap();
    let watched: Vec<_> = session.watched().collect();
    let mut descriptors: Vec<_> = watched.iter().map(|watched| PollFd::new(watched, PollFlags::IN)).collect();
    poll(&mut descriptors, Some(&limit)).unwrap() > 0
}

/// Takes in what has changed until nothing more comes.
fn takes_in_all(session: &mut Session) {
    assert!(wakes(session, Duration::from_secs(20)), "it sleeps on");
    for _ in 0..100 {
        session.take_changes();
        if !wakes(session, Duration::from_millis(50)) {
            return;
        }
    }
    panic!("it wakes up for ever");
}

#[test]
fn an_open_window_wakes_up_for_a_mark_of_another_and_for_nothing_else() {
    let folder = Quick::new();
    let Opened { journal, ledger, .. } = Journal::open(&folder.path()).unwrap();
    let (clock, theme) = (Clock::Fixed(date(2026, 11, 22)), Theme::DARK);
    let course = Course::built_in("reconcile").unwrap();
    let mut session = Session::new(course, journal, ledger, clock, theme, (80, 24));
    session.start_watching();
    assert!(!wakes(&session, Duration::from_millis(50)), "nothing has happened");

    assert_eq!(said(play("writer", 1, 1, &folder.path())), ["done"]);
    takes_in_all(&mut session);
    assert!(is_kept(session.world().ledger, "item-1-0"));

    // A sync tool moves a whole file in.
    let other = Quick::new();
    assert_eq!(said(play("writer", 2, 1, &other.path())), ["done"]);
    let log = std::fs::read_dir(other.path().join("log")).unwrap().next().unwrap().unwrap().path();
    let half = folder.path().join("half");
    std::fs::copy(log, &half).unwrap();
    std::fs::rename(&half, folder.path().join("log/moved.jsonl")).unwrap();
    takes_in_all(&mut session);
    assert!(is_kept(session.world().ledger, "item-2-0"));
}
