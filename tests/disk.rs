//! A disk that is slow, or never answers, holds up neither keys nor screen.
//!
//! The files are on a disk that stops at a gate: whoever opens or reads one waits until the test
//! lets it go.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::format_collect,
    reason = "a test fails by panicking, and its texts are small"
)]

use crossterm::event::KeyEvent;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use sidelight::app::{Clock, Session};
use sidelight::course::disk::{CourseDisk, PlainFile, SystemDisk};
use sidelight::course::lesson::LessonSource;
use sidelight::course::{Folder, Refusal};
use sidelight::journal::{Journal, Ledger};
use sidelight::library::{Library, LibraryOrigin};
use sidelight::page::Top;
use sidelight::reader::overlay::Overlay;
use sidelight::reader::{Key, TerminalEffect};
use sidelight::screen::Theme;
use sidelight::text::wanted::{Piece, Want};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long a test waits for what must happen.
const LONG: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 30);

/// The files that do not answer, by name.
#[derive(Debug, Default)]
struct Gate {
    closed: Mutex<BTreeSet<String>>,
    opened: Condvar,
}

impl Gate {
    fn close(&self, name: &str) {
        self.closed.lock().unwrap().insert(name.to_owned());
    }

    fn open(&self, name: &str) {
        self.closed.lock().unwrap().remove(name);
        self.opened.notify_all();
    }

    fn pass(&self, name: &str) {
        let closed = self.closed.lock().unwrap();
        // Whoever waits here instead of going on fails its test, and does not hang it.
        drop(self.opened.wait_timeout_while(closed, LONG, |closed| closed.contains(name)).unwrap());
    }
}

#[derive(Debug, Clone)]
struct GatedDisk(Arc<Gate>);

#[derive(Debug)]
struct GatedFile {
    file: Box<dyn PlainFile>,
    gate: Arc<Gate>,
    name: String,
}

impl CourseDisk for GatedDisk {
    fn open(&self, root: &Path, name: &str) -> Result<Box<dyn PlainFile>, Refusal> {
        self.0.pass(name);
        let file = SystemDisk.open(root, name)?;
        Ok(Box::new(GatedFile { file, gate: Arc::clone(&self.0), name: name.to_owned() }))
    }

    fn length(&self, root: &Path, name: &str) -> Result<u64, Refusal> {
        self.0.pass(name);
        SystemDisk.length(root, name)
    }
}

impl PlainFile for GatedFile {
    fn length(&self) -> u64 {
        self.file.length()
    }

    fn read_at(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        self.gate.pass(&self.name);
        self.file.read_at(start, length)
    }
}

/// A reader of a folder on a disk that may not answer.
struct GatedReader {
    session: Session,
    gate: Arc<Gate>,
    _folder: tempfile::TempDir,
}

impl GatedReader {
    /// Opens the first of these files, and shows the first frame.
    fn of(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let root = folder.path().canonicalize().unwrap();
        let gate = Arc::new(Gate::default());
        let mut library = Library::open(LibraryOrigin::of_path(&root, None).unwrap()).unwrap();
        let disk = Arc::new(Folder::on(Box::new(GatedDisk(Arc::clone(&gate))), PathBuf::from(&root)));
        for lesson in &mut library.course.lessons {
            if let LessonSource::File { folder, .. } = &mut lesson.source {
                *folder = Arc::clone(&disk);
            }
        }
        let clock = Clock::Fixed(jiff::civil::date(2026, 11, 22));
        let (journal, ledger) = (Journal::in_memory(), Ledger::default());
        let theme = Theme::DARK;
        let session = Session::new(library.course, journal, ledger, clock, theme, SIZE);
        let mut reader = Self { session, gate, _folder: folder };
        reader.screen();
        reader.session.settle_in();
        reader
    }

    fn types(&mut self, keys: &str) -> Vec<TerminalEffect> {
        let mut requests = Vec::new();
        for key in keys.split(' ') {
            let event: KeyEvent = Key::parse(key).unwrap().to_event();
            requests.extend(self.session.key(&event));
            self.session.save();
            self.session.continue_search();
            self.screen();
        }
        requests
    }

    fn screen(&mut self) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        self.session.draw_frame(&mut buffer);
        let rows = buffer.content.chunks(usize::from(SIZE.0));
        rows.map(|row| row.iter().map(Cell::symbol).collect::<String>() + "\n").collect()
    }

    fn lesson(&self) -> usize {
        self.session.state().reading.lesson
    }

    fn message(&self) -> &str {
        self.session.state().message.as_deref().unwrap_or_default()
    }

    /// Sleeps as the event loop does, until something has woken it and what it brought is there.
    fn waits_until(&mut self, is_so: impl Fn(&Session) -> bool) {
        let start = Instant::now();
        while !is_so(&self.session) {
            assert!(start.elapsed() < LONG, "nothing came of it: {:?}", self.session.state().message);
            let mut watched: Vec<PollFd> = self
                .session
                .watched()
                .map(|watched| PollFd::from_borrowed_fd(watched, PollFlags::IN))
                .collect();
            poll(&mut watched, Some(&Timespec { tv_sec: 1, tv_nsec: 0 })).unwrap();
            drop(watched);
            self.session.take_changes();
            self.session.take_in_what_was_read();
            self.session.continue_search();
        }
    }
}

fn three_files() -> Vec<(&'static str, String)> {
    let long_enough_to_scroll = "A line to read.\n\n".repeat(60);
    vec![
        ("one.md", format!("# First\n\n{long_enough_to_scroll}")),
        ("three.md", "# Third\n\nThe third text, with a needle.".to_owned()),
        ("two.md", "# Second\n\nThe second text.".to_owned()),
    ]
}

#[test]
fn keys_and_frames_go_on_while_the_disk_does_not_answer() {
    let mut reader = GatedReader::of(&three_files());
    reader.gate.close("three.md");
    reader.types("]");
    assert_eq!(reader.lesson(), 0, "it shows a text that nobody has read");
    assert!(reader.message().contains("Reading three"), "{}", reader.message());
    let top = reader.session.state().reading.top;
    reader.types("j j j");
    assert!(reader.session.state().reading.top > top, "the keys are not heard");
    assert!(reader.message().contains("Reading three"), "what is waited for is not said any more");
    assert!(reader.screen().contains("A line to read."));
    reader.gate.open("three.md");
    reader.waits_until(|session| session.state().reading.lesson == 1);
    assert!(reader.screen().contains("The third text"), "{}", reader.screen());
}

#[test]
fn esc_gives_up_waiting_for_the_disk() {
    let mut reader = GatedReader::of(&three_files());
    reader.gate.close("three.md");
    reader.types("] Esc");
    assert!(reader.message().contains("Stopped waiting"), "{}", reader.message());
    reader.gate.open("three.md");
    // What comes now is nothing that anybody waits for.
    reader.waits_until(|session| session.world().course.lessons[1].document().is_some());
    assert_eq!(reader.lesson(), 0);
    reader.types("]");
    reader.waits_until(|session| session.state().reading.lesson == 1);
}

#[test]
fn another_text_can_be_opened_while_one_does_not_come() {
    let mut reader = GatedReader::of(&three_files());
    reader.gate.close("three.md");
    reader.types("]");
    // The last lesson in the navigator.
    reader.types("Tab Tab End Enter");
    reader.waits_until(|session| session.state().reading.lesson == 2);
    assert!(reader.screen().contains("The second text"));
    reader.gate.open("three.md");
    reader.waits_until(|session| session.world().course.lessons[1].document().is_some());
    assert_eq!(reader.lesson(), 2, "the text that was waited for before pushed itself forward");
}

#[test]
fn a_text_that_comes_while_something_else_is_open_is_shown_when_that_is_closed() {
    let mut reader = GatedReader::of(&three_files());
    reader.gate.close("three.md");
    reader.types("] ?");
    reader.gate.open("three.md");
    reader.waits_until(|session| session.world().course.lessons[1].document().is_some());
    assert_eq!(reader.lesson(), 0, "the text changed behind the help");
    reader.types("Esc");
    reader.session.take_in_what_was_read();
    assert_eq!(reader.lesson(), 1);
}

#[test]
fn leaving_does_not_wait_for_the_disk() {
    let mut reader = GatedReader::of(&three_files());
    reader.gate.close("three.md");
    reader.types("] / s e c o n d");
    reader.types("Esc Esc ]");
    assert!(reader.message().contains("Reading three"), "{}", reader.message());
    assert!(reader.types("q").contains(&TerminalEffect::Quit));
    reader.session.close();
    // Nobody has opened the gate: whatever waited for it would wait for ever.
    drop(reader);
}

#[test]
fn a_title_that_does_not_come_is_the_name_of_the_file_until_it_does() {
    let name = |number: usize| format!("{number}.md");
    let names: Vec<String> = (0..100).map(name).collect();
    let files: Vec<(&str, String)> =
        names.iter().map(|name| (name.as_str(), format!("# Title of {name}\n\nText."))).collect();
    let mut reader = GatedReader::of(&files);
    assert!(reader.screen().contains("Title of 5.md"), "titles in sight belong to the first frame");
    reader.gate.close("90.md");
    reader.types("Tab Tab G");
    reader.waits_until(|session| session.world().course.lessons[89].title() == "Title of 89.md");
    let screen = reader.screen();
    assert!(screen.contains("Title of 89.md") && !screen.contains("Title of 90.md"), "{screen}");
    reader.gate.open("90.md");
    reader.waits_until(|session| session.world().course.lessons[99].title() == "Title of 99.md");
    assert!(reader.screen().contains("Title of 90.md"));
}

#[test]
fn a_search_waits_for_the_disk_and_nobody_for_the_search() {
    let mut reader = GatedReader::of(&three_files());
    reader.gate.close("three.md");
    reader.types("/ n e e d l e Enter");
    assert!(
        matches!(reader.session.state().overlay, Some(Overlay::Search(_))),
        "it went to a hit that is not there"
    );
    assert!(reader.screen().contains("searching"), "{}", reader.screen());
    reader.types("Esc");
    assert_eq!(reader.session.state().overlay, None, "Esc is not heard");
    assert_eq!(reader.lesson(), 0);
    // Enter is remembered until there is a hit.
    reader.types("/ n e e d l e Enter");
    reader.gate.open("three.md");
    reader.waits_until(|session| session.state().overlay.is_none());
    assert_eq!(reader.lesson(), 1);
    assert!(reader.screen().contains("needle"));
}

#[test]
fn what_follows_of_a_long_text_is_read_before_a_key_asks_for_it() {
    let long: String = (0..20_000).map(|line| format!("Line {line} of a long text.\n\n")).collect();
    let mut reader = GatedReader::of(&[("long.md", long)]);
    let has = |session: &Session, piece| session.world().course.has(Want { text: 0, piece });
    reader.waits_until(|session| has(session, Piece::Portion(1)));
    assert!(!has(&reader.session, Piece::Portion(2)), "more was read than the next page needs");
    // The first page down shows the title.
    reader.waits_until(|session| has(session, Piece::Title));
    reader.gate.close("long.md");
    reader.types("PgDn");
    assert!(reader.session.state().reading.top > Top::default(), "{}", reader.message());
}

#[test]
fn a_long_text_goes_on_when_its_next_portion_comes() {
    let long: String = (0..20_000).map(|line| format!("Line {line} of a long text.\n\n")).collect();
    let mut reader = GatedReader::of(&[("long.md", long)]);
    reader.gate.close("long.md");
    let top = reader.session.state().reading.top;
    reader.types("G");
    assert_eq!(reader.session.state().reading.top, top);
    assert!(reader.message().contains("Reading long"), "{}", reader.message());
    reader.gate.open("long.md");
    reader.waits_until(|session| session.state().reading.top != top);
    assert!(reader.screen().contains("Line 19999"), "{}", reader.screen());
    // Each step finds the portion before it, as it did when it was read at once.
    for _ in 0..200 {
        reader.types("PgUp");
    }
    assert!(!reader.screen().contains("Line 19999"));
    assert!(reader.screen().contains("of a long text"));
}
