//! Work that goes on while no key is pressed, in slices of a few milliseconds.
//!
//! Owns how long a slice is: a key never waits for more than one.

use super::Session;
use crate::app::owned_world::OwnedWorld;
use crate::reader::action::News;
use crate::reader::highlights;
use crate::reader::update::{progress, searching};
use std::time::{Duration, Instant};

/// How long code is highlighted before the frame that a key changes: less than another frame
/// for the colours would take.
const IN_PASSING: Duration = Duration::from_micros(300);

/// How long is searched between two frames and looks at the keys.
const SEARCHING: Duration = Duration::from_millis(8);

/// How long code is highlighted between two looks at the keys.
const HIGHLIGHTING: Duration = Duration::from_millis(4);

impl Session {
    /// Does what can wait until the first frame is on the screen: counts how long the
    /// lessons are.
    pub fn measure_lessons(&mut self) {
        self.world.measure_lessons();
    }

    /// Whether there is work to continue while no key is pressed.
    pub fn is_busy(&self) -> bool {
        searching(self.state()).is_some() || self.has_code_to_highlight()
    }

    /// Continues a search, for a few milliseconds. Returns whether that shows.
    pub fn search_on(&mut self) -> bool {
        let start = Instant::now();
        let before = progress(self.state());
        let has_time = || start.elapsed() < SEARCHING;
        while let Some((query, from)) = searching(self.machine.state()) {
            self.world.index.look_ahead(from, query, &self.world.course, &has_time);
            self.tell(News::Time);
            if !has_time() {
                break;
            }
        }
        progress(self.state()) != before
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
        let mut shows = false;
        while has_time() && !state.hidden {
            let next = highlights::next(state, highlights, course, pages);
            let Some((block, (language, code))) = next else { break };
            if !is_quiet && !highlights.is_ready(language) {
                break;
            }
            highlights.go_on(state.reading.lesson, block, (language, code), has_time);
            shows = true;
        }
        shows
    }

    fn has_code_to_highlight(&self) -> bool {
        let OwnedWorld { highlights, course, pages, .. } = &self.world;
        !self.state().hidden && highlights::next(self.state(), highlights, course, pages).is_some()
    }
}
