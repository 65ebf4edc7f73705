//! Neither what a key does nor what is drawn reads the disk or starts a thread, proved by effect:
//! on a disk that counts, in a process that has no other test.
#![allow(clippy::unwrap_used, clippy::format_collect, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use sidelight::app::{Clock, Outside, Session};
use sidelight::course::disk::{CourseDisk, PlainFile, SystemDisk};
use sidelight::course::lesson::LessonSource;
use sidelight::course::{Folder, Refusal};
use sidelight::journal::{Journal, Ledger};
use sidelight::library::{Library, LibraryOrigin};
use sidelight::reader::action::{Action, Go, News};
use sidelight::reader::motion::Motion;
use sidelight::reader::outcome::{Neighbour, OverlayRequest};
use sidelight::reader::overlay::OverlayAction;
use sidelight::reader::overlay::headings::HeadingsAction;
use sidelight::reader::overlay::palette::PaletteAction;
use sidelight::reader::overlay::search::SearchAction;
use sidelight::reader::pane::reading::ReadingAction;
use sidelight::reader::{Key, StateMachine};
use sidelight::screen::{self, Theme};
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Instant;

const SIZE: (u16, u16) = (120, 30);
const TODAY: Date = date(2026, 11, 22);

/// Counts every look at the disk, from whichever thread.
#[derive(Debug, Clone, Default)]
struct CountingDisk(Arc<AtomicUsize>);

#[derive(Debug)]
struct CountingFile(Box<dyn PlainFile>, Arc<AtomicUsize>);

impl CourseDisk for CountingDisk {
    fn open(&self, root: &Path, name: &str) -> Result<Box<dyn PlainFile>, Refusal> {
        self.0.fetch_add(1, SeqCst);
        Ok(Box::new(CountingFile(SystemDisk.open(root, name)?, Arc::clone(&self.0))))
    }

    fn length(&self, root: &Path, name: &str) -> Result<u64, Refusal> {
        self.0.fetch_add(1, SeqCst);
        SystemDisk.length(root, name)
    }
}

impl PlainFile for CountingFile {
    fn length(&self) -> u64 {
        self.0.length()
    }

    fn read_at(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        self.1.fetch_add(1, SeqCst);
        self.0.read_at(start, length)
    }
}

fn threads() -> Option<usize> {
    fs::read_dir("/proc/self/task").ok().map(Iterator::count)
}

fn session(folder: &Path, disk: &CountingDisk) -> Session {
    let root = folder.canonicalize().unwrap();
    let mut library = Library::open(LibraryOrigin::of_path(&root, None).unwrap()).unwrap();
    let folder = Arc::new(Folder::on(Box::new(disk.clone()), root));
    for lesson in &mut library.course.lessons {
        if let LessonSource::File { folder: own, .. } = &mut lesson.source {
            *own = Arc::clone(&folder);
        }
    }
    let clock = Clock::Fixed(TODAY);
    let (journal, ledger) = (Journal::in_memory(), Ledger::default());
    Session::new(library.course, journal, ledger, clock, Theme::DARK, SIZE)
}

/// One action of every kind that asks for a text, a title or a portion.
fn asking() -> Vec<Action> {
    let mut actions = vec![
        Action::Reading(ReadingAction::OpenNeighbour(Neighbour::Next)),
        Action::Reading(ReadingAction::OpenNeighbour(Neighbour::Previous)),
        Action::Go(Go::NextToRead),
        Action::Go(Go::NextHit),
        Action::Go(Go::Back),
        Action::Reading(ReadingAction::NextLink),
        Action::Reading(ReadingAction::FollowLink),
        Action::Reading(ReadingAction::Copy),
        Action::Reading(ReadingAction::ScrollRight),
        Action::Open(OverlayRequest::Search),
        Action::Overlay(OverlayAction::Search(SearchAction::GoToHit)),
        Action::Overlay(OverlayAction::Search(SearchAction::Close)),
        Action::Open(OverlayRequest::Headings),
        Action::Overlay(OverlayAction::Headings(HeadingsAction::Choose)),
        Action::Open(OverlayRequest::Palette),
        Action::Overlay(OverlayAction::Palette(PaletteAction::Choose)),
        Action::Cancel,
        Action::Quit,
    ];
    let motions = [Motion::Down, Motion::Up, Motion::PageDown, Motion::PageUp, Motion::Last, Motion::First];
    actions.extend(motions.map(Action::Move));
    actions
}

#[test]
fn neither_update_nor_draw_reads_the_disk_or_starts_a_thread() {
    let folder = tempfile::tempdir().unwrap();
    let long: String = (0..20_000).map(|line| format!("Line {line}, see [two](b.md#part).\n\n")).collect();
    fs::write(folder.path().join("a.md"), format!("# Long\n\n{long}")).unwrap();
    for name in ["b.md", "c.md", "d.md"] {
        fs::write(folder.path().join(name), format!("# Title of {name}\n\ntext\n\n## Part\n\nmore")).unwrap();
    }
    let disk = CountingDisk::default();
    let count = || disk.0.load(SeqCst);

    // Until there is a frame, everything is read as it is asked for: the count counts.
    let mut early = session(folder.path(), &disk);
    early.draw(&mut Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1)));
    let before = count();
    assert!(before > 0, "the disk of the test is not asked");
    early.key(&Key::parse("]").unwrap().to_event());
    assert!(count() > before, "the next lesson was not read");
    drop(early);

    for has_frame in [false, true] {
        let mut session = session(folder.path(), &disk);
        if has_frame {
            session.draw(&mut Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1)));
        }
        session.settle_in();
        // The lengths are counted on a thread; it has to be over before threads are counted.
        await_the_end_of_threads();
        let (reads, before) = (count(), threads());
        try_everything(&session, |action| {
            assert_eq!(count(), reads, "the disk was read for {action:?}");
            assert_eq!(threads(), before, "a thread was started for {action:?}");
        });
        // The same key with the session: then it is read, but not within update.
        session.key(&Key::parse("]").unwrap().to_event());
        let start = Instant::now();
        while session.state().reading.lesson != 1 {
            assert!(start.elapsed().as_secs() < 20, "the next lesson is never shown");
            let _ = session.pass(Vec::new(), Outside::Same, |_, _| ControlFlow::<()>::Continue(()));
        }
        assert!(count() > reads, "the next lesson was never read");
    }
}

/// Applies every two of these actions one after the other, and draws what comes of it.
fn try_everything(session: &Session, check: impl Fn(&Action)) {
    let theme = Theme::DARK;
    let mut opened = StateMachine::new(SIZE, TODAY);
    opened.update(Action::News(News::Opened(Vec::new())), &session.world());
    for first in asking() {
        let mut machine = opened.clone();
        for action in [first].into_iter().chain(asking()) {
            machine.update(action.clone(), &session.world());
            let state = machine.state();
            screen::draw(
                state,
                &session.world(),
                &theme,
                &mut Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1)),
            );
            screen::links(state, &session.world());
            check(&action);
        }
    }
}

fn await_the_end_of_threads() {
    let start = Instant::now();
    // The test's own, and the one that runs it.
    while threads() > Some(2) {
        assert!(start.elapsed().as_secs() < 20, "{:?} threads do not end", threads());
        std::thread::yield_now();
    }
}
