//! One pass: everything that has arrived is applied, then it is written, then the work that
//! goes on continues for a moment.
//!
//! Owns this order, which the event loop and the tests share. Must not wait, and must not
//! draw: whoever calls it draws afterwards, so that "saved" is shown only when it is so.

use super::days::DayTurn;
use super::{DayShown, HeldBack, Session};
use crate::app::outside::Outside;
use crate::reader::pointer::Gesture;
use crate::reader::{Action, TerminalEffect};
use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;
use std::ops::ControlFlow;

impl Session {
    /// Applies the events that have arrived, in their order, and performs what comes of them;
    /// what takes a terminal is performed by `perform` before the next event is applied. Then
    /// it takes in what has changed outside, writes once for all, opens anew what has changed,
    /// and continues a search and the highlighting. The events come first, because one of them
    /// may hide everything. Returns whether anything may show that was not there before.
    ///
    /// When `perform` breaks, the pass ends there, and nothing more is written than was before.
    pub fn pass<B>(
        &mut self,
        events: Vec<Event>,
        outside: Outside,
        mut perform: impl FnMut(&mut Self, TerminalEffect) -> ControlFlow<B>,
    ) -> ControlFlow<B, bool> {
        let has_events = !events.is_empty();
        let turned = self.turn_the_day();
        if turned == DayTurn::Turned {
            self.day_shown = DayShown::TurnedUnseen(HeldBack::Nothing);
        }
        for event in events {
            for effect in self.event(event) {
                perform(self, effect)?;
            }
        }
        self.say_that_the_day_turned();
        let mut shows = has_events || turned == DayTurn::Turned;
        match outside {
            Outside::Changed => shows |= self.take_changes(),
            Outside::Same => self.read_on(),
        }
        for effect in self.take_in_what_was_read() {
            perform(self, effect)?;
        }
        shows |= self.take_pictures();
        shows |= self.save();
        shows |= self.reload();
        shows |= self.continue_search();
        shows |= self.highlight_on(!has_events);
        ControlFlow::Continue(shows)
    }

    /// Applies an event. Returns what takes a terminal.
    fn event(&mut self, event: Event) -> Vec<TerminalEffect> {
        match event {
            Event::Key(key) => self.key(&key),
            Event::Mouse(event) => self.mouse_event(event),
            Event::Paste(text) => self.apply(Action::Paste(text)),
            Event::Resize(..) | Event::FocusGained | Event::FocusLost => Vec::new(),
        }
    }

    /// Applies a click or a turn of the wheel; nothing else of the mouse has a meaning.
    fn mouse_event(&mut self, event: MouseEvent) -> Vec<TerminalEffect> {
        let gesture = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
            MouseEventKind::ScrollDown => Gesture::WheelDown,
            MouseEventKind::ScrollUp => Gesture::WheelUp,
            _ => return Vec::new(),
        };
        self.mouse(gesture, Position::new(event.column, event.row))
    }
}
