//! Texts that are not in memory: no key and no frame waits for the disk for longer than is felt.
//!
//! `update` and `draw` answer from what is in memory, and what they miss is noted. Owns what
//! happens then: it is read on another thread, and the action is applied again to the state as it
//! was before. An action whose text has not come in time waits, while the keys go on working. Must
//! not read anything.

use super::loader::Loaded;
use super::{Reads, Session};
use crate::reader::state::Overlay;
use crate::reader::plan::Lengths;
use crate::reader::{Action, Effect, TerminalEffect};
use crate::text::wanted::{Piece, Want};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use std::collections::BTreeSet;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

/// After so many times of reading what was missed, it is made do with what there is.
const MOST_ROUNDS: u32 = 16;

/// An action that wants a text that has not come yet.
#[derive(Debug)]
pub(super) struct Waiting {
    action: Action,
    wants: BTreeSet<Want>,
    /// What lay over the panes when it was asked for.
    overlay: Discriminant<Overlay>,
}

impl Waiting {
    /// Whether it was asked for from what lies over the panes now.
    fn is_of(&self, overlay: &Overlay) -> bool {
        self.overlay == discriminant(overlay)
    }
}

impl Session {
    /// Applies an action to the state. One that wants a text that the disk does not give in time
    /// leaves the state as it is, and waits.
    pub(super) fn update(&mut self, action: Action) -> Vec<Effect> {
        let Some(wanted) = self.world.wanted.clone() else {
            return self.machine.update(action, &self.world.view());
        };
        // What was noted since is nothing that this action wants.
        wanted.take();
        for round in 0..MOST_ROUNDS {
            let before = self.machine.clone();
            let effects = self.machine.update(action.clone(), &self.world.view());
            let wants = wanted.take();
            if wants.is_empty() {
                return effects;
            }
            self.forget_pages(&wants);
            if leaves(&action) {
                // Whoever leaves waits for nothing. Where she was is known from before.
                return effects.into_iter().filter(|effect| !matches!(effect, Effect::Record(_))).collect();
            }
            if !self.loader.load(&self.world.course, &wants, (1 << round) - 1) {
                let is_needed = wants.iter().any(|want| want.piece != Piece::Title);
                if is_needed && !matches!(action, Action::News(_)) {
                    self.machine = before;
                    self.wait_for(action, wants);
                    return Vec::new();
                }
                return effects;
            }
            self.machine = before;
        }
        self.machine.update(action, &self.world.view())
    }

    fn wait_for(&mut self, action: Action, wants: BTreeSet<Want>) {
        let overlay = discriminant(&self.state().overlay);
        if let Some(other) = self.waiting.replace(Waiting { action, wants, overlay }) {
            self.loader.stop(&other.wants);
        }
        self.tell_of_waiting();
    }

    /// Says what is waited for, as no key may take that from the screen.
    pub(super) fn tell_of_waiting(&mut self) {
        if let Some(waiting) = self.waiting.as_ref().filter(|waiting| waiting.is_of(&self.state().overlay)) {
            let name = self.name_of(&waiting.wants);
            self.say(&format!("Reading {name}…  Esc stops waiting."));
        }
    }

    /// Gives up what is waited for, unless something lies over it that is to be closed before.
    /// Returns whether there was anything.
    pub(super) fn stop_waiting(&mut self) -> bool {
        let overlay = &self.machine.state().overlay;
        let Some(waiting) = self.waiting.take_if(|waiting| waiting.is_of(overlay)) else { return false };
        self.loader.stop(&waiting.wants);
        let name = self.name_of(&waiting.wants);
        self.say(&format!("Stopped waiting for {name}."));
        true
    }

    fn name_of(&self, wants: &BTreeSet<Want>) -> String {
        let needed = wants.iter().find(|want| want.piece != Piece::Title).or_else(|| wants.first());
        let lesson = needed.and_then(|want| self.world.course.lessons.get(want.text));
        lesson.map_or_else(String::new, |lesson| lesson.name().to_owned())
    }

    /// Takes in what other threads have read, and applies the action that waited for it.
    pub fn take_in_what_was_read(&mut self) -> Vec<TerminalEffect> {
        for loaded in self.loader.take() {
            match loaded {
                Loaded::Pieces => {}
                Loaded::Lengths(course, lengths) => {
                    if Arc::ptr_eq(&course, &self.world.course) {
                        self.world.lengths = lengths;
                    }
                }
            }
        }
        let is_there = |waiting: &mut Waiting| waiting.wants.iter().all(|want| self.world.course.has(*want));
        let Some(waiting) = self.waiting.take_if(is_there) else { return Vec::new() };
        if waiting.is_of(&self.state().overlay) {
            return self.apply(waiting.action);
        }
        // What was asked for from the panes comes when they are in sight again; what was asked for
        // from a list that has been closed, nobody wants any more.
        self.waiting = (waiting.overlay == discriminant(&Overlay::None)).then_some(waiting);
        Vec::new()
    }

    /// Draws the screen. What is in sight and not in memory is read for it, if the disk answers
    /// in time; if not, it is drawn when it has. Returns where the cursor stands, if text is being
    /// typed.
    pub fn draw_frame(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let Some(wanted) = self.world.wanted.clone() else { return self.draw(buffer) };
        wanted.take();
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
            buffer.reset();
            cursor = self.draw(buffer);
        }
        cursor
    }

    /// Does what can wait until the first frame is on the screen: counts how long the lessons
    /// are. From now on no key and no frame waits for the disk.
    pub fn settle_in(&mut self) {
        self.reads = Reads::Elsewhere;
        self.settle();
    }

    /// The same for a course that was opened since, once what it shows first has been read.
    pub(super) fn settle(&mut self) {
        (self.waiting, self.running) = (None, None);
        if self.reads == Reads::AtOnce {
            return;
        }
        // Nothing else holds a course that nobody was asked to read.
        if let Some(course) = Arc::get_mut(&mut self.world.course) {
            self.world.wanted = course.stop_reading();
        }
        if self.world.wanted.is_some() {
            self.loader.load_lengths(&self.world.course);
        } else {
            self.world.lengths = Lengths::of(&self.world.course);
        }
    }

    /// Lines that were laid out without what follows them are laid out again.
    fn forget_pages(&mut self, wants: &BTreeSet<Want>) {
        for want in wants.iter().filter(|want| want.piece != Piece::Title) {
            self.world.pages.forget(want.text);
        }
    }
}

/// Whether an action leaves the screen, which nothing may hold up.
fn leaves(action: &Action) -> bool {
    matches!(action, Action::Quit | Action::Suspend | Action::Hide)
}
