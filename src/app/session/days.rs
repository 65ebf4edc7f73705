//! The day: when it turns, and what becomes of keys that were typed while it did.
//!
//! Owns that no mark goes to a day that the reader has not seen: what was typed for the day on
//! the screen is held back once that has turned, and the reader is told.

use super::{DayShown, HeldBack, Session};
use crate::app::Clock;
use crate::reader::action::News;
use crate::reader::bindings;
use crate::reader::pointer::{Gesture, Target};
use crate::reader::{Action, TerminalEffect};
use jiff::Timestamp;

/// Whether the day that is shown has become another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayTurn {
    /// It is still the same.
    Same,
    /// It has.
    Turned,
}

impl Session {
    /// Begins another day when the clock has come to one, here or in the time zone in which the
    /// reader is now. To be called before keys are applied, so that a tick never goes to a day
    /// that has ended.
    pub fn look_at_the_clock(&mut self) -> DayTurn {
        let turned = self.turn_the_day();
        if turned == DayTurn::Turned {
            self.tell(News::DayTurned);
        }
        turned
    }

    /// The same, without a word: what is said would lie over the keys that the last row has named.
    pub(super) fn turn_the_day(&mut self) -> DayTurn {
        self.clock.refresh_zone();
        let today = self.clock.today();
        if today == self.state().today {
            return DayTurn::Same;
        }
        let before = self.state().day;
        self.tell(News::Today(today));
        if self.state().day == before { DayTurn::Same } else { DayTurn::Turned }
    }

    /// Lets another clock say what day it is.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// The moment at which the next day begins; none where days do not pass.
    pub fn next_day(&self) -> Option<Timestamp> {
        self.clock.next_day()
    }

    /// Applies what the reader did, unless it was meant for a day that has turned unseen.
    pub(super) fn apply_to_day_seen(&mut self, action: Action) -> Vec<TerminalEffect> {
        if self.day_shown != DayShown::Seen && is_about_day_shown(&action) {
            self.day_shown = DayShown::TurnedUnseen(HeldBack::Something);
            return Vec::new();
        }
        self.apply(action)
    }

    /// Says that the day has turned, once the keys that have arrived with it are applied. The frame
    /// that follows shows the day.
    pub(super) fn say_that_the_day_turned(&mut self) {
        match std::mem::replace(&mut self.day_shown, DayShown::Seen) {
            DayShown::Seen => {}
            DayShown::TurnedUnseen(HeldBack::Nothing) => self.tell(News::DayTurned),
            DayShown::TurnedUnseen(HeldBack::Something) => self.tell(News::HeldBackForDay),
        }
    }
}

/// Returns whether this is, or may be, about the day on the screen, also as a click on a key that is
/// named there.
fn is_about_day_shown(action: &Action) -> bool {
    match action {
        Action::Pointer(Gesture::Click, Target::Key(context, name)) => {
            bindings::action(*context, name).is_some_and(|action| action.is_about_day_shown())
        }
        action => action.is_about_day_shown(),
    }
}
