//! Work that goes on while no key is pressed, in slices of a few milliseconds.
//!
//! Owns how long a slice is: a key never waits for more than one.

use super::Session;
use crate::app::owned_world::OwnedWorld;
use crate::reader::highlights;
use std::time::{Duration, Instant};

/// How long code is highlighted before the frame that a key changes: less than another frame
/// for the colours would take.
const IN_PASSING: Duration = Duration::from_micros(300);

/// How long code is highlighted between two looks at the keys.
const HIGHLIGHTING: Duration = Duration::from_millis(4);

impl Session {
    /// Returns whether there is work to continue while no key is pressed.
    pub fn is_busy(&self) -> bool {
        self.has_code_to_highlight()
    }

    /// Highlights code in sight: for a few milliseconds when no key was pressed. Neither a key
    /// nor a frame waits for colours, so after a key only for a moment, and only what is
    /// known to be quick. Returns whether that may show.
    pub fn highlight_on(&mut self, is_quiet: bool) -> bool {
        let start = Instant::now();
        let limit = if is_quiet { HIGHLIGHTING } else { IN_PASSING };
        let has_time = || start.elapsed() < limit;
        let state = self.machine.state();
        let OwnedWorld { highlights, course, pages, .. } = &mut self.world;
        let (reading, height) = (state.shown(), state.geometry().text_height());
        let mut shows = false;
        while has_time() && !state.hidden {
            let next = highlights::next((reading.lesson, reading.top), height, highlights, course, pages);
            let Some((block, (language, code))) = next else { break };
            if !is_quiet && !highlights.is_ready(language) {
                break;
            }
            highlights.continue_block(reading.lesson, block, (language, code), has_time);
            shows = true;
        }
        shows
    }

    fn has_code_to_highlight(&self) -> bool {
        let OwnedWorld { highlights, course, pages, .. } = &self.world;
        let (reading, height) = (self.state().shown(), self.state().geometry().text_height());
        !self.state().hidden
            && highlights::next((reading.lesson, reading.top), height, highlights, course, pages).is_some()
    }
}
