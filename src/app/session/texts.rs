//! Texts that are not in memory: no key and no frame waits for the disk for longer than is felt.
//!
//! `update` and `draw` answer from what is in memory, and what they miss is noted. Owns what
//! happens then: it is read on another thread, and the action is applied again to the state as it
//! was before. An action whose text has not come in time waits, while the keys go on working. Must
//! not read anything.

use super::loader::{LoadOutcome, Purpose, ReadTitles};
use super::{Reads, Session};
use crate::app::waiting::{Awaited, Waiting};
use crate::library::LibraryOrigin;
use crate::practice::Lengths;
use crate::reader::action::News;
use crate::reader::overlay::Overlay;
use crate::reader::pane::reading::ReadingPane;
use crate::reader::{Action, Effect, TerminalEffect};
use crate::text::Document;
use crate::text::wanted::{Piece, Want};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most times that missing texts are read before the frame does without them.
const MOST_ROUNDS: u32 = 16;

impl Session {
    /// Applies an action to the state. One that wants a text that the disk does not give in time
    /// leaves the state as it is, and waits.
    pub(super) fn update(&mut self, action: Action) -> Vec<Effect> {
        let Some(wanted) = self.world.wanted.clone() else {
            return self.machine.update(action, &self.world.view());
        };
        // What was noted since is nothing that this action wants.
        self.forget_pages(&wanted.take());
        for round in 0..MOST_ROUNDS {
            let before = self.machine.clone();
            let effects = self.machine.update(action.clone(), &self.world.view());
            let wants = wanted.take();
            if wants.is_empty() {
                return effects;
            }
            self.forget_pages(&wants);
            if let Some(names) = wants.iter().find(|want| want.piece == Piece::Names)
                && !leaves(&action)
                && !matches!(action, Action::News(_))
            {
                self.machine = before;
                self.wait_for_texts(action, BTreeSet::from([*names]));
                return Vec::new();
            }
            if leaves(&action) {
                // Whoever leaves waits for nothing. The place is known from before.
                return effects.into_iter().filter(|effect| !matches!(effect, Effect::Record(_))).collect();
            }
            if !self.loader.load(&self.world.course, &wants, (1 << round) - 1) {
                let is_needed = wants.iter().any(|want| want.piece != Piece::Title);
                if is_needed && !matches!(action, Action::News(_)) {
                    self.machine = before;
                    self.wait_for_texts(action, wants);
                    return Vec::new();
                }
                return effects;
            }
            self.machine = before;
        }
        self.machine.update(action, &self.world.view())
    }

    /// Waits for the texts that an action wants. The number before it is no longer that of the next key.
    fn wait_for_texts(&mut self, action: Action, wants: BTreeSet<Want>) {
        let count = self.state().count;
        self.tell(News::Count(None));
        self.wait_for(Awaited::Texts { action, count, wants });
    }

    /// Waits for a library that is being opened.
    pub(super) fn wait_for_library(&mut self, origin: LibraryOrigin) {
        self.wait_for(Awaited::Library(origin));
    }

    fn wait_for(&mut self, what: Awaited) {
        let waiting = Waiting::new(what, self.state().overlay.as_ref());
        let other = self.waiting.replace(waiting);
        self.stop_loading(other);
        self.tell_of_waiting();
    }

    fn stop_loading(&mut self, waiting: Option<Waiting>) {
        if let Some(Waiting { what: Awaited::Texts { wants, .. }, .. }) = waiting {
            self.loader.stop(&wants);
        }
    }

    /// Says what is waited for, as no key may take that from the screen.
    pub(super) fn tell_of_waiting(&mut self) {
        if let Some(waiting) =
            self.waiting.as_ref().filter(|waiting| waiting.is_of(self.state().overlay.as_ref()))
        {
            let name = self.name_of(&waiting.what);
            self.say(&format!("Reading {name}…  Esc stops waiting."));
        }
    }

    /// Gives up what is waited for, unless something lies over it that is to be closed before.
    /// Returns whether there was anything.
    pub(super) fn stop_waiting(&mut self) -> bool {
        let overlay = self.machine.state().overlay.as_ref();
        let Some(waiting) = self.waiting.take_if(|waiting| waiting.is_of(overlay)) else { return false };
        let name = self.name_of(&waiting.what);
        self.stop_loading(Some(waiting));
        self.say(&format!("Stopped waiting for {name}."));
        true
    }

    fn name_of(&self, what: &Awaited) -> String {
        let wants = match what {
            Awaited::Texts { wants, .. } => wants,
            Awaited::Library(LibraryOrigin::BuiltIn(id)) => return id.clone(),
            Awaited::Library(LibraryOrigin::Path { path, .. }) => {
                return path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            }
        };
        if wants.iter().any(|want| want.piece == Piece::Names) {
            return "names".to_owned();
        }
        let needed = wants.iter().find(|want| want.piece != Piece::Title).or_else(|| wants.first());
        let lesson = needed.and_then(|want| self.world.course.lessons.get(want.text));
        lesson.map_or_else(String::new, |lesson| lesson.name().to_owned())
    }

    /// Takes in what other threads have read, and applies the action that waited for it.
    pub fn take_in_what_was_read(&mut self) -> Vec<TerminalEffect> {
        self.take_loaded();
        self.read_names();
        let course = &self.world.course;
        let is_there = |waiting: &mut Waiting| match &waiting.what {
            Awaited::Texts { wants, .. } => wants.iter().all(|want| course.has(*want)),
            Awaited::Library(_) => false,
        };
        let Some(waiting) = self.waiting.take_if(is_there) else { return Vec::new() };
        let is_in_sight = waiting.is_of(self.state().overlay.as_ref());
        match waiting {
            Waiting { what: Awaited::Texts { action, count, .. }, .. } if is_in_sight => {
                let typed_since = self.state().count;
                self.tell(News::Count(count));
                let effects = self.apply(action);
                self.tell(News::Count(typed_since));
                effects
            }
            // What was asked for from the panes comes when they are in sight again; what was asked
            // for from a list that has been closed, nobody wants any more.
            waiting if waiting.is_of(None) => {
                self.waiting = Some(waiting);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Takes in what other threads have read. Returns whether another course is open then.
    pub(super) fn take_loaded(&mut self) -> bool {
        let mut is_another = false;
        for loaded in self.loader.take() {
            match loaded {
                LoadOutcome::Pieces => {}
                LoadOutcome::Lengths(course, lengths) => {
                    if Arc::ptr_eq(&course, &self.world.course) {
                        self.world.lengths = lengths;
                    }
                }
                LoadOutcome::Titles(course, next) => {
                    if Arc::ptr_eq(&course, &self.world.course) {
                        self.titles = ReadTitles { next, is_under_way: false };
                    }
                }
                LoadOutcome::Names(beginning, names) => is_another |= self.grow(&beginning, *names),
                LoadOutcome::Library(Purpose::Instead, origin, opened) => {
                    let is_awaited = |waiting: &mut Waiting| matches!(&waiting.what, Awaited::Library(own) if *own == origin);
                    // Unless it was given up.
                    if self.waiting.take_if(is_awaited).is_some() {
                        self.enter(*opened);
                        is_another = true;
                    }
                }
                LoadOutcome::Library(Purpose::Again, origin, opened) => {
                    is_another |= self.reopen(&origin, *opened);
                }
            }
        }
        is_another
    }

    /// Draws the screen. What is in sight and not in memory is read for it, if the disk answers
    /// in time; if not, it is drawn when it has. Returns where the cursor stands, if text is being
    /// typed.
    pub fn draw_frame(&mut self, buffer: &mut Buffer) -> Option<Position> {
        self.read_titles();
        let cursor = self.draw_what_there_is(buffer);
        self.ask_for_pictures();
        cursor
    }

    fn draw_what_there_is(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let Some(wanted) = self.world.wanted.clone() else { return self.draw(buffer) };
        self.forget_pages(&wanted.take());
        let mut cursor = self.draw(buffer);
        for round in 0..MOST_ROUNDS {
            let wants = wanted.take();
            if wants.is_empty() {
                break;
            }
            self.forget_pages(&wants);
            if !self.loader.load(&self.world.course, &wants, (1 << round) - 1) {
                break;
            }
            cursor = self.draw(buffer);
        }
        cursor
    }

    /// Does what can wait until the first frame is on the screen: counts how long the lessons
    /// are, and asks for pictures. From now on no key and no frame waits for the disk. Returns whether
    /// anything may show that was not in that frame.
    pub fn settle_in(&mut self) -> bool {
        self.reads = Reads::Elsewhere;
        let had_lengths = self.world.lengths.clone();
        self.settle();
        self.ask_for_pictures();
        // Of a single text the panes do not say how long it is.
        let may_show_lengths = self.world.course.lessons.len() > 1 || self.state().overlay.is_some();
        may_show_lengths && self.world.lengths != had_lengths
    }

    /// The same for a course that was opened since, once what it shows first has been read.
    pub(super) fn settle(&mut self) {
        (self.waiting, self.running, self.draws) = (None, None, None);
        self.titles = ReadTitles::default();
        if self.reads == Reads::AtOnce {
            return;
        }
        // Nothing else holds a course that nobody was asked to read.
        if let Some(course) = Arc::get_mut(&mut self.world.course) {
            self.world.wanted = course.stop_reading();
        }
        if self.world.wanted.is_some() {
            self.loader.load_lengths(&self.world.course);
            self.load_ahead();
        } else {
            self.world.lengths = Lengths::of(&self.world.course);
        }
        self.read_names();
    }

    /// Starts reading what the first keys need of the open text, so that they do not wait for the disk: its
    /// title, which is shown once it is scrolled out of sight, and the next portion of a long text.
    fn load_ahead(&mut self) {
        let ReadingPane { lesson, top, .. } = self.machine.state().reading;
        let next = Document::within(top.position.block).0 + 1;
        let course = &self.world.course;
        let is_long = course.document_if_read(lesson).is_some_and(|text| next < text.portions());
        let portion = is_long.then_some(Piece::Portion(next));
        let wants = [Some(Piece::Title), portion].into_iter().flatten();
        let wants = wants.map(|piece| Want { text: lesson, piece }).filter(|want| !course.has(*want));
        self.loader.load_ahead(course, wants.collect());
    }

    /// Has more titles read, if the palette is open, which finds texts by them as they come, and some
    /// are left.
    fn read_titles(&mut self) {
        let is_wanted =
            self.world.wanted.is_some() && matches!(self.state().overlay, Some(Overlay::Palette(_)));
        if is_wanted && !self.titles.is_under_way && self.titles.next < self.world.course.lessons.len() {
            self.titles.is_under_way = self.loader.load_titles(&self.world.course, self.titles.next);
        }
    }

    /// Lines that were laid out without what follows them are laid out again, and no others.
    fn forget_pages(&mut self, wants: &BTreeSet<Want>) {
        for want in wants {
            match want.piece {
                Piece::Title | Piece::Names => {}
                Piece::Text => self.world.pages.forget(want.text),
                Piece::Portion(portion) => self.world.pages.forget_portion(want.text, portion),
            }
        }
    }
}

/// Returns whether an action leaves the screen, which nothing may hold up.
fn leaves(action: &Action) -> bool {
    matches!(action, Action::Quit | Action::Suspend | Action::Hide)
}
