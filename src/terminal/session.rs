//! A sitting without its terminal: the state, what it is about, and the performing of
//! records. The event loop drives it, and so do the tests.

mod opening;

use crate::course::{Course, Lesson};
use crate::journal::{Journal, Ledger, Operation};
use crate::library::Origin;
use crate::reader::action::News;
use crate::reader::highlights;
use crate::reader::notebook::Notebook;
use crate::reader::plan::Lengths;
use crate::reader::pointer::{Gesture, Mouse};
use crate::reader::state::{NARROWEST, Saving, WIDEST};
use crate::reader::update::{draft, offer_draft, opening, parting, progress, searching, tell_of_draft};
use crate::reader::{Action, Effect, Geometry, Highlights, Keymap, Pages, State, World, update};
use crate::screen::{self, Theme};
use crate::search::Index;
use crate::terminal::Clock;
use crate::terminal::live::Live;
use crate::text::clean::clean_line;
use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long code is highlighted before the frame that a key changes: less than another frame
/// for the colours would take.
const IN_PASSING: Duration = Duration::from_micros(300);

/// How long is searched between two frames and looks at the keys.
const SEARCHING: Duration = Duration::from_millis(8);

/// How long code is highlighted between two looks at the keys.
const HIGHLIGHTING: Duration = Duration::from_millis(4);

/// A sitting.
#[derive(Debug)]
pub struct Session {
    state: State,
    store: Store,
    clock: Clock,
    /// What was being written when that was last put on the disk.
    drafted: Vec<Operation>,
    /// How many erases have been heard of.
    erases: usize,
    /// Where what is open came from, if it can be opened from there again.
    origin: Option<Origin>,
    /// What may change while it is read.
    live: Option<Live>,
    /// Whether changes of files are to be shown.
    watches: bool,
    /// How everything looks.
    pub theme: Theme,
}

/// What the state is about.
#[derive(Debug)]
struct Store {
    course: Course,
    journal: Journal,
    ledger: Ledger,
    pages: Pages,
    index: Index,
    notebook: Notebook,
    keymap: Keymap,
    highlights: Highlights,
    lengths: Lengths,
}

/// What the event loop has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Let the reader change this text in her own editor.
    Edit(String),
    /// Put this text on the terminal's clipboard.
    Copy(String),
    /// From now on the mouse is this one's.
    Mouse(Mouse),
    /// Paint the whole screen again.
    Redraw,
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// End the program.
    Quit,
}

impl Session {
    /// Opens a course where the reader left it.
    pub fn new(
        course: Course,
        journal: Journal,
        ledger: Ledger,
        clock: Clock,
        theme: Theme,
        size: (u16, u16),
    ) -> Self {
        let mut state = State::new(size, clock.today());
        let mut store = Store::new(course, journal, ledger, Geometry::of(&state).text_width());
        opening(&mut state, &store.world());
        let left = store.journal.take_draft(&store.ledger, &store.course.id);
        offer_draft(&mut state, left, &store.world());
        // The draft of another course stays where it is.
        let drafted = draft(&state, &store.world());
        let erases = store.journal.erases();
        Self { state, store, clock, drafted, erases, origin: None, live: None, watches: false, theme }
    }

    /// The state as it is now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What the state is about.
    pub fn world(&self) -> World<'_> {
        self.store.world()
    }

    /// Says at the start that nothing will be kept, and why.
    pub fn nothing_is_kept(&mut self, why: &str) {
        self.state.saving = Saving::NotKept(clean_line(why));
    }

    /// Takes on the keys and the columns of text that the reader prefers.
    pub fn prefer(&mut self, keymap: Option<Keymap>, text_width: Option<u16>) {
        if let Some(keymap) = keymap {
            self.store.keymap = keymap;
            tell_of_draft(&mut self.state, &self.store.world());
        }
        if let Some(width) = text_width {
            self.state.usual_measure = width.clamp(NARROWEST, WIDEST);
            self.state.measure = self.state.usual_measure;
            self.fit();
        }
    }

    /// Shows a line until the next key.
    pub fn say(&mut self, message: &str) {
        self.state.message = Some(clean_line(message));
    }

    /// A key was pressed.
    pub fn key(&mut self, event: &KeyEvent) -> Vec<Request> {
        if let Some(action) = self.store.keymap.resolve(self.state.context(), event) {
            return self.act(action);
        }
        self.state.count = None;
        Vec::new()
    }

    /// The mouse did something.
    pub fn mouse(&mut self, event: MouseEvent) -> Vec<Request> {
        let gesture = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
            MouseEventKind::ScrollDown => Gesture::WheelDown,
            MouseEventKind::ScrollUp => Gesture::WheelUp,
            _ => return Vec::new(),
        };
        let cell = Position::new(event.column, event.row);
        let target = screen::at(&self.state, &self.store.world(), &self.theme, cell);
        self.act(Action::Pointer(gesture, target))
    }

    /// Leaves the mouse to the terminal from the start.
    pub fn leave_the_mouse(&mut self) {
        self.state.mouse = Mouse::Free;
    }

    /// Something happened.
    pub fn act(&mut self, action: Action) -> Vec<Request> {
        let effects = update(&mut self.state, action, &self.store.world());
        self.fit();
        effects.into_iter().filter_map(|effect| self.perform(effect)).collect()
    }

    /// Takes in what is to be kept, from a way of reading that has no keys.
    pub fn keep(&mut self, operation: Operation) {
        self.perform(Effect::Record(operation));
    }

    /// Looks at the clock. To be called before keys are handled, so that a tick never goes to
    /// a day that has ended.
    pub fn look_at_the_clock(&mut self) {
        let today = self.clock.today();
        if today != self.state.today {
            self.act(Action::News(News::Today(today)));
        }
    }

    /// Writes what is pending, once for all that was done since the last call. Only then is
    /// the screen drawn, so "saved" is never shown before it is so. Returns whether anything
    /// was written, or could not be.
    pub fn save(&mut self) -> bool {
        let has_news = self.write() | self.save_draft();
        let (lesson, top) = (self.state.reading.lesson, self.state.reading.top);
        self.store.course.forget_far_from(lesson, top.position.block);
        self.store.pages.forget_far_from(lesson, top.position.block);
        has_news
    }

    fn write(&mut self) -> bool {
        if self.store.journal.pending() == 0 {
            return false;
        }
        let keeps = self.store.journal.keeps();
        let written = self.store.journal.retry(&mut self.store.ledger);
        // Other windows' notes may have come with it.
        self.store.notebook.empty();
        self.forget_erased();
        self.tell_notices();
        let news = match written {
            Ok(()) if keeps => News::Saved,
            Ok(()) => return true,
            Err(error) => News::NotSaved(clean_line(&format!("NOT SAVED: {error}"))),
        };
        self.act(Action::News(news));
        true
    }

    /// Does what can wait until the first frame is on the screen: counts how long the
    /// lessons are.
    pub fn settle_in(&mut self) {
        self.store.lengths = Lengths::of(&self.store.course);
    }

    /// Whether there is work to go on with while no key is pressed.
    pub fn is_busy(&self) -> bool {
        searching(&self.state).is_some() || self.has_code_to_highlight()
    }

    /// Goes on with a search, for a few milliseconds. Returns whether that shows.
    pub fn search_on(&mut self) -> bool {
        let start = Instant::now();
        let before = progress(&self.state);
        let has_time = || start.elapsed() < SEARCHING;
        while let Some((query, from)) = searching(&self.state) {
            self.store.index.look_ahead(from, query, &self.store.course, &has_time);
            self.act(Action::News(News::Time));
            if !has_time() {
                break;
            }
        }
        progress(&self.state) != before
    }

    /// Highlights code in sight: for a few milliseconds when no key was pressed. Neither a key
    /// nor a frame waits for colours, so after a key only for a moment, and only what is
    /// known to be quick. Returns whether that may show.
    pub fn highlight_on(&mut self, is_quiet: bool) -> bool {
        let start = Instant::now();
        let limit = if is_quiet { HIGHLIGHTING } else { IN_PASSING };
        let has_time = || start.elapsed() < limit;
        let Store { highlights, course, pages, .. } = &mut self.store;
        let mut shows = false;
        while has_time() && !self.state.hidden {
            let next = highlights::next(&self.state, highlights, course, pages);
            let Some((block, (language, code))) = next else { break };
            if !is_quiet && !highlights.is_ready(language) {
                break;
            }
            highlights.go_on(self.state.reading.lesson, block, (language, code), has_time);
            shows = true;
        }
        shows
    }

    fn has_code_to_highlight(&self) -> bool {
        let Store { highlights, course, pages, .. } = &self.store;
        !self.state.hidden && highlights::next(&self.state, highlights, course, pages).is_some()
    }

    /// Makes the pages those that the state wants.
    fn fit(&mut self) {
        self.store.pages.fit(Geometry::of(&self.state).text_width(), self.state.reading.wide());
    }

    /// Begins to watch for what other windows write.
    pub fn watch(&mut self) {
        // Where a folder can not be watched, other windows' marks come with the next save.
        self.store.journal.start_watching().ok();
    }

    /// The links to the web that are in sight, and the cells that they stand in.
    pub fn links(&self) -> Vec<(Rect, &str)> {
        screen::links(&self.state, &self.store.world())
    }

    /// What becomes readable when another window has written, or what is open has changed.
    pub fn watched(&self) -> impl Iterator<Item = BorrowedFd<'_>> {
        let live = self.live.as_ref().and_then(Live::descriptor);
        self.store.journal.watch_descriptor().into_iter().chain(live)
    }

    /// Takes in what other windows have written, and takes note of what has changed.
    pub fn refresh(&mut self) {
        self.store.notebook.empty();
        if let Some(live) = &mut self.live {
            live.take_note();
        }
        if self.store.journal.watch_descriptor().is_some()
            && let Err(error) = self.store.journal.refresh(&mut self.store.ledger)
        {
            let words = clean_line(&format!("The journal can't be read now: {error}"));
            self.act(Action::News(News::NotSaved(words)));
        }
        self.forget_erased();
        self.tell_notices();
    }

    /// Lets go of what was erased, here or elsewhere, since this was last asked.
    fn forget_erased(&mut self) {
        let erases = self.store.journal.erases();
        if std::mem::replace(&mut self.erases, erases) == erases {
            return;
        }
        self.act(Action::News(News::Erased));
        // The draft went with it, and what is still being written is to be there again.
        self.drafted.clear();
    }

    /// Says what the journal came upon, such as damage that it set aside.
    fn tell_notices(&mut self) {
        if let Some(notice) = self.store.journal.take_notices().into_iter().next() {
            self.say(&notice);
        }
    }

    /// Keeps where the reader is, without being asked: the program is about to end.
    pub fn part(&mut self) {
        if let Some(effect) = parting(&self.state, &self.store.world()) {
            self.perform(effect);
        }
        self.save();
    }

    /// Draws the screen. Returns where the cursor stands, if text is being typed.
    pub fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        screen::draw(&self.state, &self.store.world(), &self.theme, buffer)
    }

    /// The folder that everything is kept in, if anything is.
    pub fn folder(&self) -> Option<&Path> {
        self.store.journal.folder()
    }

    /// Puts what is being written where a crash does not reach it, and removes it once it is
    /// kept.
    fn save_draft(&mut self) -> bool {
        let draft = draft(&self.state, &self.store.world());
        // What is kept but could not be written yet is still better off in two places.
        if draft == self.drafted || (draft.is_empty() && self.store.journal.pending() > 0) {
            return false;
        }
        let kept = if draft.is_empty() {
            self.store.journal.drop_draft()
        } else {
            self.store.journal.keep_draft(&self.store.ledger, &draft)
        };
        self.drafted = draft;
        if let Err(error) = kept {
            self.state.message = Some(format!("A crash now would cost what you are writing: {error}"));
        }
        true
    }

    fn perform(&mut self, effect: Effect) -> Option<Request> {
        match effect {
            Effect::Record(operation) => {
                if matches!(operation, Operation::Note { .. }) {
                    self.store.notebook.empty();
                }
                self.store.journal.add(&mut self.store.ledger, operation);
                None
            }
            Effect::Edit(text) => Some(Request::Edit(text)),
            Effect::Copy(text) => Some(Request::Copy(text)),
            Effect::LookAtShelf => {
                let entries = self.shelf();
                self.act(Action::News(News::Shelf(entries)));
                None
            }
            Effect::Open(origin) => {
                self.open(origin);
                None
            }
            Effect::LeaveOff(course) => {
                self.change_shelf(|shelf| {
                    shelf.leave_off(&course);
                });
                None
            }
            Effect::Mouse(mouse) => Some(Request::Mouse(mouse)),
            Effect::Redraw => Some(Request::Redraw),
            Effect::Suspend => Some(Request::Suspend),
            Effect::Quit => Some(Request::Quit),
        }
    }
}

impl Store {
    fn new(course: Course, journal: Journal, ledger: Ledger, width: u16) -> Self {
        let pages = Pages::new(course.lessons.len(), width);
        let index = Index::new(&course);
        let (keymap, highlights) = (Keymap::default(), Highlights::default());
        let (notebook, lengths) = (Notebook::default(), Lengths::default());
        Self { course, journal, ledger, pages, index, notebook, keymap, highlights, lengths }
    }

    /// Has another course open.
    fn take_up(&mut self, course: Course, width: u16) {
        self.pages = Pages::new(course.lessons.len(), width);
        self.index = Index::new(&course);
        self.highlights.forget();
        self.notebook.empty();
        self.course = course;
        self.lengths = Lengths::of(&self.course);
    }

    /// Forgets what was read of the course, so that it is read again.
    fn forget(&mut self, width: u16) {
        self.course.lessons.iter_mut().for_each(Lesson::forget);
        self.pages = Pages::new(self.course.lessons.len(), width);
        self.index = Index::new(&self.course);
        self.highlights.forget();
    }

    fn world(&self) -> World<'_> {
        World {
            course: &self.course,
            ledger: &self.ledger,
            pages: &self.pages,
            index: &self.index,
            notebook: &self.notebook,
            keymap: &self.keymap,
            highlights: &self.highlights,
            lengths: &self.lengths,
        }
    }
}
