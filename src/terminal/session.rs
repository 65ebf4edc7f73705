//! A sitting without its terminal: the state, what it is about, and the performing of
//! records. The event loop drives it, and so do the tests.

use crate::course::Course;
use crate::journal::{Journal, Ledger};
use crate::reader::action::News;
use crate::reader::state::Saving;
use crate::reader::update::{opening, parting};
use crate::reader::{Action, Effect, Geometry, Keymap, Pages, State, World, update};
use crate::screen::{self, Theme};
use crate::search::{Index, Notes};
use crate::terminal::Clock;
use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// A sitting.
#[derive(Debug)]
pub struct Session {
    state: State,
    store: Store,
    clock: Clock,
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
    notes: Notes,
    keymap: Keymap,
}

/// What the event loop has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
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
        let pages = Pages::new(course.lessons.len(), Geometry::of(&state).text_width());
        let index = Index::new(&course);
        let notes = Notes::new(ledger.notes(&course.id).into_iter().map(|note| note.text));
        let store = Store { course, journal, ledger, pages, index, notes, keymap: Keymap::default() };
        opening(&mut state, &store.world());
        Self { state, store, clock, theme }
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
    pub fn nothing_is_kept(&mut self, why: String) {
        self.state.saving = Saving::NotKept(why);
    }

    /// Shows a line until the next key.
    pub fn say(&mut self, message: String) {
        self.state.message = Some(message);
    }

    /// A key was pressed.
    pub fn key(&mut self, event: &KeyEvent) -> Vec<Request> {
        if let Some(action) = self.store.keymap.resolve(self.state.context(), event) {
            return self.act(action);
        }
        self.state.count = None;
        Vec::new()
    }

    /// Something happened.
    pub fn act(&mut self, action: Action) -> Vec<Request> {
        let effects = update(&mut self.state, action, &self.store.world());
        self.store.pages.fit(Geometry::of(&self.state).text_width());
        effects.into_iter().filter_map(|effect| self.perform(effect)).collect()
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
    /// the screen drawn, so "saved" is never shown before it is so.
    pub fn save(&mut self) {
        if self.store.journal.pending() == 0 {
            return;
        }
        let keeps = self.store.journal.keeps();
        let news = match self.store.journal.retry(&mut self.store.ledger) {
            Ok(()) if keeps => News::Saved,
            Ok(()) => return,
            Err(error) => News::NotSaved(format!("NOT SAVED: {error}")),
        };
        self.act(Action::News(news));
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

    fn perform(&mut self, effect: Effect) -> Option<Request> {
        match effect {
            Effect::Record(operation) => {
                self.store.journal.add(&mut self.store.ledger, operation);
                None
            }
            Effect::Redraw => Some(Request::Redraw),
            Effect::Suspend => Some(Request::Suspend),
            Effect::Quit => Some(Request::Quit),
        }
    }
}

impl Store {
    fn world(&self) -> World<'_> {
        World {
            course: &self.course,
            ledger: &self.ledger,
            pages: &self.pages,
            index: &self.index,
            notes: &self.notes,
            keymap: &self.keymap,
        }
    }
}
