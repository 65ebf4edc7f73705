//! A session without its terminal: the state machine, its world, and the performing of
//! Effects.
//!
//! Owns the way from an action to what becomes of it. The event loop, the linear mode and the
//! tests drive it alike. Must not change the state but through actions.

mod background;
mod data_tasks;
mod days;
mod growing;
mod loader;
mod opening_courses;
mod pass;
mod pictures;
mod recent;
mod saving;
mod searching;
mod texts;
mod visited;
mod waker;
mod watching;

use crate::app::Clock;
use crate::app::background_pictures::BackgroundPictures;
use crate::app::background_search::RunningSearch;
use crate::app::file_watcher::FileWatcher;
use crate::app::owned_world::OwnedWorld;
use crate::app::reload::Reload;
use crate::app::startup::{FirstScreen, Preferences, Startup};
use crate::app::unfinished::Unfinished;
use crate::app::waiting::Waiting;
use crate::course::Course;
use crate::journal::{Journal, Ledger, Operation};
use crate::library::{LibraryOrigin, RestOfFolder};
use crate::reader::action::News;
use crate::reader::bindings::is_cancel;
use crate::reader::draft::draft;
use crate::reader::key_meaning::meaning;
use crate::reader::navigate::record_place;
use crate::reader::outcome::OverlayRequest;
use crate::reader::overlay::place::PlaceAction;
use crate::reader::overlay::welcome::WelcomeAction;
use crate::reader::overlay::{Overlay, OverlayAction};
use crate::reader::pointer::Gesture;
use crate::reader::{Action, Effect, Key, State, StateMachine, TerminalEffect, World};
use crate::screen::{self, Theme};
use crate::text::clean::clean_line;
use crossterm::event::KeyEvent;
pub use days::DayTurn;
use loader::{BackgroundLoader, ReadTitles};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::path::Path;
use visited::{VisitedLibraries, Way};

/// A session.
#[derive(Debug)]
pub struct Session {
    machine: StateMachine,
    world: OwnedWorld,
    clock: Clock,
    day_shown: DayShown,
    theme: Theme,
    /// What was being written when that was last put on the disk.
    saved_draft: Vec<Operation>,
    /// Whether that succeeded.
    draft: DraftState,
    /// The number of erases that the state knows of.
    erases: usize,
    /// What is still to be done with the journal.
    unfinished: Unfinished,
    /// Where the open course came from, if it can be opened from there again.
    origin: Option<LibraryOrigin>,
    /// What was open before this and after it.
    visited: VisitedLibraries,
    /// The way to what is being opened.
    way: Way,
    /// The section at which it is to be read.
    section: Option<String>,
    /// Where changes of the open course come from.
    reload: Option<Reload>,
    file_changes: FileChanges,
    /// Nothing until the first frame is drawn: it has a thread of its own.
    file_watcher: Option<FileWatcher>,
    reads: Reads,
    /// What reads, so that nothing else waits for a disk.
    loader: BackgroundLoader,
    /// The names of the open course that are not being read yet: it is the beginning of a folder.
    rest: Option<RestOfFolder>,
    /// What was asked for and waits for the disk.
    waiting: Option<Waiting>,
    /// The search that is under way.
    running: Option<RunningSearch>,
    /// How far titles have been read for the palette.
    titles: ReadTitles,
    /// What reads and draws pictures; none until the text in sight has one.
    draws: Option<BackgroundPictures>,
    /// The number that the last picture was given.
    picture_number: u32,
    /// Whether the terminal is to be asked how it shows pictures.
    asks_for_pictures: bool,
}

/// Whether the reader has seen which day the keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayShown {
    /// The last frame showed it.
    Seen,
    /// It turned after the last frame. With it, whether a key that was typed before was held back.
    TurnedUnseen(HeldBack),
}

/// Whether something that was meant for another day was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeldBack {
    Nothing,
    Something,
}

/// Whether what is being written is where a crash does not reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DraftState {
    /// It is, or nothing is being written.
    Saved,
    /// It could not be put there.
    Failed,
}

/// What becomes of changes in the files of the open course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileChanges {
    /// They show when the course is opened the next time.
    Ignored,
    /// They show at once.
    Shown,
}

/// Who reads a text that is not in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// Whoever asks for it, at once: until there is a frame, there is nothing to do but to wait.
    AtOnce,
    /// A thread of its own.
    Elsewhere,
}

impl Session {
    /// Opens a course where the reader left it, with the usual preferences.
    pub fn new(
        course: Course,
        journal: Journal,
        ledger: Ledger,
        clock: Clock,
        theme: Theme,
        size: (u16, u16),
    ) -> Self {
        let preferences = Preferences::default();
        let (rest, origin) = (None, None);
        Self::start(Startup { course, rest, origin, journal, ledger, clock, theme, size, preferences })
    }

    /// Opens a course where the reader left it.
    pub fn start(startup: Startup) -> Self {
        let Startup { course, rest, origin, journal, ledger, clock, theme, size, preferences } = startup;
        let machine = StateMachine::new(size, clock.today());
        let Preferences { keymap, text_width, mouse, week_begins, picture_way, pictures, start } =
            preferences;
        let width = machine.state().geometry().page_width();
        let mut session = Self {
            machine,
            world: OwnedWorld::new(course, journal, ledger, keymap, width),
            clock,
            day_shown: DayShown::Seen,
            theme,
            saved_draft: Vec::new(),
            draft: DraftState::Saved,
            erases: 0,
            unfinished: Unfinished::default(),
            origin,
            visited: VisitedLibraries::default(),
            way: Way::Onward,
            section: None,
            reload: None,
            file_changes: FileChanges::Ignored,
            file_watcher: None,
            reads: Reads::AtOnce,
            loader: BackgroundLoader::default(),
            rest,
            waiting: None,
            running: None,
            titles: ReadTitles::default(),
            draws: None,
            picture_number: 0,
            asks_for_pictures: false,
        };
        session.world.week_begins = week_begins;
        session.erases = session.world.journal.erases();
        session.world.pictures.show_by(picture_way);
        session.tell(News::Preferred { text_width, mouse, pictures });
        session.begin_course();
        session.begin_with(start);
        session
    }

    /// The state as it is now.
    pub fn state(&self) -> &State {
        self.machine.state()
    }

    /// What the state is about.
    pub fn world(&self) -> World<'_> {
        self.world.view()
    }

    /// Applies a key.
    pub fn key(&mut self, event: &KeyEvent) -> Vec<TerminalEffect> {
        // The release of a key is none.
        let Some(key) = Key::from_event(event) else { return Vec::new() };
        let action = self.meaning(event).unwrap_or(Action::News(News::UnboundKey(key)));
        // The first step back is from a number that was typed.
        let is_step_back = is_cancel(&action) && self.state().count.is_none();
        if self.waiting.is_some() && is_step_back && self.stop_waiting() {
            return Vec::new();
        }
        let effects = self.apply_to_day_seen(action);
        self.await_hit();
        self.tell_of_waiting();
        effects
    }

    /// What a key means. One that means nothing on the first screen, or where a letter is asked for,
    /// leads from there to what lies behind, and means what it means there.
    fn meaning(&mut self, event: &KeyEvent) -> Option<Action> {
        let action = meaning(event, self.state(), &self.world());
        let close = match self.state().overlay {
            Some(Overlay::Welcome(_)) => OverlayAction::Welcome(WelcomeAction::Close),
            Some(Overlay::Place(_)) => OverlayAction::Place(PlaceAction::Close),
            _ => return action,
        };
        if action.is_some() {
            return action;
        }
        self.apply(Action::Overlay(close));
        meaning(event, self.state(), &self.world())
    }

    /// Applies what the mouse did at a cell.
    pub fn mouse(&mut self, gesture: Gesture, cell: Position) -> Vec<TerminalEffect> {
        let target = screen::target_at(self.state(), &self.world(), cell);
        self.apply_to_day_seen(Action::Pointer(gesture, target))
    }

    /// Applies an action. Returns what takes a terminal; all else has been done.
    pub fn apply(&mut self, action: Action) -> Vec<TerminalEffect> {
        let effects = self.update(action);
        self.fit_pages();
        effects.into_iter().filter_map(|effect| self.perform(effect)).collect()
    }

    /// Records an operation, for a way of reading that has no keys.
    pub fn record(&mut self, operation: Operation) {
        let is_note = matches!(operation, Operation::Note { .. });
        self.world.journal.add(&mut self.world.ledger, operation);
        if is_note {
            self.world.forget_notes();
        }
    }

    /// Shows a line until the next key.
    pub fn say(&mut self, message: &str) {
        self.tell(News::Message(clean_line(message)));
    }

    /// Adds a line to what the reader should know. It is shown in its turn, and none hides another.
    pub fn notice(&mut self, notice: &str) {
        self.tell(News::Notice(clean_line(notice)));
    }

    /// Shows the screen of the first start. That there is a place in the journal from now on is
    /// what says that it was shown.
    pub fn welcome(&mut self) {
        self.tell(News::FirstStart);
        let place = record_place(self.state(), &self.world());
        place.map(|place| self.perform(place));
        self.save();
    }

    /// Says that nothing will be saved, and why.
    pub fn nothing_is_saved(&mut self, why: &str) {
        self.tell(News::NotKept(clean_line(why)));
    }

    /// Gives everything another look.
    pub fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// Takes on other keys and another width of the text.
    pub fn prefer(&mut self, preferences: Preferences) {
        // What is seen first was seen already.
        let Preferences { keymap, text_width, mouse, week_begins, picture_way, pictures, start: _ } =
            preferences;
        self.world.keymap = keymap;
        self.world.fill_exercises();
        self.world.week_begins = week_begins;
        self.world.pictures.show_by(picture_way);
        self.tell(News::Preferred { text_width, mouse, pictures });
    }

    /// Draws the screen. Returns where the cursor stands, if text is being typed.
    pub fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        screen::draw(self.state(), &self.world(), &self.theme, buffer)
    }

    /// The links to the web that are in sight, and the cells that they stand in.
    pub fn links(&self) -> Vec<(Rect, &str)> {
        screen::links(self.state(), &self.world())
    }

    /// The folder that everything is kept in, if anything is.
    pub fn folder(&self) -> Option<&Path> {
        self.world.journal.folder()
    }

    /// Applies news, which never asks for anything of a terminal.
    fn tell(&mut self, news: News) {
        let effects = self.apply(Action::News(news));
        debug_assert!(effects.is_empty(), "news asked for {effects:?}");
    }

    /// Performs an effect, or hands it on if it takes a terminal.
    fn perform(&mut self, effect: Effect) -> Option<TerminalEffect> {
        match effect {
            Effect::Terminal(effect) => return Some(effect),
            Effect::Record(operation) => self.record(operation),
            Effect::ListRecent => self.tell(News::Recent(self.recent())),
            Effect::Open(origin) => self.open(origin),
            Effect::OpenBeside(file) => self.open_beside(file),
            Effect::OpenBefore => self.open_visited(Way::Back),
            Effect::OpenAfter => self.open_visited(Way::Forward),
            Effect::RemoveRecent(course) => self.remove_recent(&course),
            Effect::Data(task) => self.perform_data_task(task),
        }
        None
    }

    /// Makes the pages those that the state wants.
    fn fit_pages(&mut self) {
        let state = self.machine.state();
        self.world.pages.fit(state.geometry().page_width(), state.shown().wide(), state.shown_folds());
        self.fit_pictures();
    }

    /// Shows first what the reader prefers. A file or a book has no day to begin with.
    fn begin_with(&mut self, start: FirstScreen) {
        let has_items = self.world().practice().has_items();
        if start == FirstScreen::Today && has_items {
            let effects = self.apply(Action::Open(OverlayRequest::Today));
            debug_assert!(effects.is_empty(), "Today asked for {effects:?}");
        }
    }

    /// Tells the state of the course that was just opened, and of the draft that was left.
    fn begin_course(&mut self) {
        let left = self.world.journal.take_draft(&self.world.ledger, &self.world.course.id);
        let is_on_disk = !left.is_empty();
        self.tell(News::Opened(left));
        // The draft of another course stays where it is. One of this course that waits in memory
        // alone is written with the next save.
        self.saved_draft = if is_on_disk { draft(self.state(), &self.world()) } else { Vec::new() };
    }
}
