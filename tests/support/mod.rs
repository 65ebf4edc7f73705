//! A session without a terminal, driven by one line of keys.
//!
//! Keys stand for themselves; others have their name in angle brackets, as the table of
//! bindings writes it: `/beg<Enter>o<Ctrl-d>`. Beside keys there are
//! `<again>` (quit and start again), `<crash>` (start again without having quit), `<tomorrow>` (the next day dawns),
//! `<90x30>` (the terminal gets this size), `<paste some words>`, `<click 5,10>`,
//! `<wheel-down 5,10>` and `<wheel-up 5,10>` (the column and the row, from 0).
#![allow(unreachable_pub, dead_code, reason = "shared by tests that each use a part of it")]

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
use sidelight::app::{Clock, Outside, Preferences, Session, Startup};
use sidelight::journal::{Journal, Ledger};
use sidelight::library::{Library, LibraryOrigin};
use sidelight::reader::action::{Action, News};
use sidelight::reader::{Context, Key, State, TerminalEffect};
use sidelight::screen::Theme;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The longest that a search or the disk may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// One step of a script.
enum Step {
    Key(Key),
    Again,
    Crash,
    Tomorrow,
    Size(u16, u16),
    Paste(String),
    Mouse(MouseEvent),
}

/// A reader at her terminal, with a journal of her own.
pub(crate) struct Reader {
    folder: tempfile::TempDir,
    course: Option<PathBuf>,
    session: Session,
    size: (u16, u16),
    today: Date,
    preferences: Preferences,
    /// The keys that were typed, and where.
    pub(crate) typed: Vec<(Context, Key)>,
}

impl Reader {
    /// Opens the built-in course for the first time, on 22 November 2026.
    pub(crate) fn new(size: (u16, u16)) -> Self {
        Self::of(size, None)
    }

    /// Opens the course in a folder for the first time.
    pub(crate) fn of(size: (u16, u16), course: Option<&Path>) -> Self {
        Self::on(date(2026, 11, 22), size, course)
    }

    /// Opens the course in a folder for the first time, on this day.
    pub(crate) fn on(today: Date, size: (u16, u16), course: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let preferences = Preferences::default();
        let session = session(kept_in(folder.path()), course, size, today, preferences.clone());
        let course = course.map(Path::to_owned);
        Self { folder, course, session, size, today, preferences, typed: Vec::new() }
    }

    /// Types a script.
    pub(crate) fn types(&mut self, script: &str) -> &mut Self {
        for step in steps(script) {
            let events = match step {
                Step::Key(key) => {
                    self.typed.push((self.session.state().context(), key));
                    vec![Event::Key(key.to_event())]
                }
                Step::Paste(text) => vec![Event::Paste(text)],
                Step::Mouse(event) => vec![Event::Mouse(event)],
                Step::Size(columns, rows) => {
                    self.size = (columns, rows);
                    self.session.apply(Action::News(News::Resized(columns, rows)));
                    Vec::new()
                }
                Step::Again => {
                    self.start_again();
                    Vec::new()
                }
                Step::Crash => {
                    self.crash();
                    Vec::new()
                }
                Step::Tomorrow => {
                    self.wait_for_tomorrow();
                    Vec::new()
                }
            };
            self.pass(events);
        }
        self
    }

    /// One pass of the event loop, and those after it until a search has come to its end and the disk
    /// has answered. Every state is drawn, so that none of them can bring the drawing down.
    fn pass(&mut self, events: Vec<Event>) {
        let mut next = self.session.pass(events, Outside::Same, |_, effect| match effect {
            TerminalEffect::Quit => ControlFlow::Break(()),
            TerminalEffect::Edit(_)
            | TerminalEffect::Copy(_)
            | TerminalEffect::Mouse(_)
            | TerminalEffect::Draw
            | TerminalEffect::Redraw
            | TerminalEffect::Suspend => ControlFlow::Continue(()),
        });
        let end = Instant::now() + PATIENCE;
        while next.is_continue() && (self.session.is_searching() || self.waits_for_the_disk()) {
            assert!(Instant::now() < end, "it never ends:\n{}", self.screen());
            next = self.session.pass(Vec::new(), Outside::Same, |_, _| ControlFlow::Continue(()));
        }
        if next.is_break() {
            self.session.close();
        }
        self.draw_frame();
        while self.session.is_drawing_pictures() {
            assert!(Instant::now() < end, "a picture never comes:\n{}", self.screen());
            if self.session.pass(Vec::new(), Outside::Same, |_, _| ControlFlow::<()>::Continue(()))
                == ControlFlow::Continue(true)
            {
                self.draw_frame();
            }
        }
    }

    /// Draws a frame over what a buffer had before, of which nothing is to be seen.
    fn draw_frame(&mut self) {
        let mut before = Cell::new("\u{e000}");
        before.set_fg(Color::Rgb(1, 2, 3)).set_bg(Color::Rgb(4, 5, 6));
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buffer = Buffer::filled(area, before.clone());
        self.session.draw_frame(&mut buffer);
        let is_left =
            |cell: &Cell| cell.symbol() == before.symbol() || cell.fg == before.fg || cell.bg == before.bg;
        assert!(!buffer.content.iter().any(is_left), "something of another frame is left:\n{buffer:?}");
    }

    /// Returns whether the last row says that the disk has not answered yet. A busy machine may take
    /// longer than a key waits.
    fn waits_for_the_disk(&self) -> bool {
        let message = self.session.state().message.as_deref();
        message.is_some_and(|message| message.ends_with("Esc stops waiting."))
    }

    /// From now on she prefers this.
    pub(crate) fn prefers(&mut self, preferences: Preferences) -> &mut Self {
        self.preferences = preferences.clone();
        self.session.prefer(preferences);
        self
    }

    /// What is on the screen, without trailing white space.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = sidelight::text::columns::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The cells of the screen.
    pub(crate) fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        self.session.draw(&mut buffer);
        buffer
    }

    /// The state.
    pub(crate) fn state(&self) -> &State {
        self.session.state()
    }

    /// The session.
    pub(crate) fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// The folder of the journal.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn start_again(&mut self) {
        self.session.close();
        self.crash();
    }

    fn crash(&mut self) {
        // A window holds its draft for as long as it is there: it goes before the next one opens.
        self.session = self.starts(Journal::in_memory(), Ledger::default());
        let (journal, ledger) = kept_in(self.folder.path());
        self.session = self.starts(journal, ledger);
    }

    fn starts(&self, journal: Journal, ledger: Ledger) -> Session {
        let (course, preferences) = (self.course.as_deref(), self.preferences.clone());
        session((journal, ledger), course, self.size, self.today, preferences)
    }

    /// Quits, and comes back on this day.
    pub(crate) fn comes_back_on(&mut self, day: Date) -> &mut Self {
        self.session.close();
        self.today = day;
        self.start_again();
        self
    }

    /// It becomes this day while the program is open.
    pub(crate) fn lives_to(&mut self, day: Date) -> &mut Self {
        self.today = day;
        self.session.set_clock(Clock::Fixed(day));
        self.session.look_at_the_clock();
        self
    }

    fn wait_for_tomorrow(&mut self) {
        self.lives_to(self.today.saturating_add(1.day()));
    }
}

/// The journal in a folder, and what it holds.
fn kept_in(folder: &Path) -> (Journal, Ledger) {
    let opened = Journal::open(folder).unwrap();
    (opened.journal, opened.ledger)
}

fn session(
    (journal, ledger): (Journal, Ledger),
    course: Option<&Path>,
    size: (u16, u16),
    today: Date,
    preferences: Preferences,
) -> Session {
    let folder_or_built_in = match course {
        Some(path) => LibraryOrigin::of_path(path, None).unwrap(),
        None => LibraryOrigin::BuiltIn("reconcile".to_owned()),
    };
    let Library { course, origin, .. } = Library::open(folder_or_built_in).unwrap();
    let mut session = Session::start(Startup {
        rest: None,
        course,
        origin,
        journal,
        ledger,
        clock: Clock::Fixed(today),
        theme: Theme::DARK,
        size,
        preferences,
    });
    session.draw_frame(&mut Buffer::empty(Rect::new(0, 0, size.0, size.1)));
    session.settle_in();
    session.add_to_recent();
    session
}

fn steps(script: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = script;
    while let Some(character) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<>>") {
            steps.push(step(">"));
            rest = after;
        } else if let Some((name, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            steps.push(step(name));
            rest = after;
        } else {
            let key = Key::parse(if character == ' ' { "Space" } else { &rest[..character.len_utf8()] });
            steps.push(Step::Key(key.unwrap()));
            rest = &rest[character.len_utf8()..];
        }
    }
    steps
}

fn step(name: &str) -> Step {
    if let Some(text) = name.strip_prefix("paste ") {
        return Step::Paste(text.to_owned());
    }
    if let Some(event) = mouse(name) {
        return Step::Mouse(event);
    }
    let size =
        name.split_once('x').and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    match (name, size) {
        ("again", _) => Step::Again,
        ("crash", _) => Step::Crash,
        ("tomorrow", _) => Step::Tomorrow,
        (_, Some((columns, rows))) => Step::Size(columns, rows),
        (name, None) => Step::Key(Key::parse(name).unwrap_or_else(|| panic!("no key is called {name:?}"))),
    }
}

fn mouse(name: &str) -> Option<MouseEvent> {
    let (what, cell) = name.split_once(' ')?;
    let (column, row) = cell.split_once(',')?;
    let kind = match what {
        "click" => MouseEventKind::Down(MouseButton::Left),
        "wheel-down" => MouseEventKind::ScrollDown,
        "wheel-up" => MouseEventKind::ScrollUp,
        _ => return None,
    };
    let (column, row) = (column.parse().ok()?, row.parse().ok()?);
    Some(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}
