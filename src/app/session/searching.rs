//! The search that is under way: it runs on a thread of its own, and its hits come as news.
//!
//! Owns when a search starts, stops and is waited for. Must not decide what its hits do: that is
//! [`mod@crate::reader::update`]'s.

use super::Session;
use super::loader::PATIENCE;
use crate::app::background_search::{BackgroundSearch, RunningSearch};
use crate::reader::State;
use crate::reader::action::News;
use crate::reader::update::{awaits_hit, on_first_hit, searching};
use crate::search::{Cursor, Hits, Progress, Query};
use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

/// How long hits are gathered before a frame is drawn that shows them.
const GATHERING: Duration = Duration::from_millis(8);

/// What became of one look at the search.
enum Step {
    /// Hits came, or the end.
    News,
    /// Nothing that shows; there may be more at once.
    Other,
    /// There is nothing now.
    Nothing,
}

impl Session {
    /// Starts the search that the state wants, and takes in what it has found, for a few
    /// milliseconds. Returns whether that shows.
    pub fn continue_search(&mut self) -> bool {
        self.gather_hits(GATHERING, |_| true)
    }

    /// Returns whether a search is under way.
    pub fn is_searching(&self) -> bool {
        searching(self.state()).is_some()
    }

    /// Waits for the first hit when Enter was pressed before it, so that keys that were typed
    /// behind it go where it leads; but not for long.
    pub(super) fn await_hit(&mut self) {
        if awaits_hit(self.state()) {
            self.gather_hits(PATIENCE, awaits_hit);
        }
    }

    fn gather_hits(&mut self, limit: Duration, goes_on: impl Fn(&State) -> bool) -> bool {
        let deadline = Instant::now() + limit;
        let mut shows = false;
        while goes_on(self.state()) {
            match self.search_step(deadline) {
                Step::News => shows = true,
                Step::Other => {}
                Step::Nothing => break,
            }
        }
        shows
    }

    fn search_step(&mut self, deadline: Instant) -> Step {
        let Some((query, from)) =
            searching(self.state()).and_then(|find| Some((find.query.clone(), find.next?)))
        else {
            // Whoever closes a search does not wait for it.
            if let Some(running) = &self.running {
                running.search.stop();
            }
            return Step::Nothing;
        };
        if self.world.course.is_beginning() && from == Cursor::behind(&self.world.course) {
            // All lessons that are known were searched; more are to come.
            self.running = None;
            return Step::Nothing;
        }
        let Some(running) = &self.running else { return self.start_search(&query, from) };
        let is_current =
            *running.search.query() == query && running.next == from && !running.search.is_stopped();
        if !is_current {
            running.search.stop();
        }
        match running.search.progress(deadline.saturating_duration_since(Instant::now())) {
            Ok(progress) if is_current => {
                self.take_progress(query, progress);
                Step::News
            }
            Ok(_) => Step::Other,
            Err(RecvTimeoutError::Timeout) => Step::Nothing,
            Err(RecvTimeoutError::Disconnected) => {
                self.running = None;
                if !is_current {
                    return Step::Other;
                }
                // It came to grief: better some hits than a search without an end.
                self.take_progress(
                    query,
                    Progress { from, hits: Vec::new(), more: true, next: None, suggestion: None },
                );
                Step::News
            }
        }
    }

    fn start_search(&mut self, query: &Query, from: Cursor) -> Step {
        let found = searching(self.state()).map(|find| find.hits.to_vec()).unwrap_or_default();
        let (index, course) = (Arc::clone(&self.world.index), Arc::clone(&self.world.course));
        match BackgroundSearch::start(index, course, query.clone(), from, found, self.loader.wake()) {
            Ok(search) => {
                self.running = Some(RunningSearch { search, next: from });
                Step::Other
            }
            // Without a thread there is no search; the next key tries again.
            Err(_) => Step::Nothing,
        }
    }

    fn take_progress(&mut self, query: Query, mut progress: Progress) {
        if let Some(next) = progress.next {
            self.running.iter_mut().for_each(|running| running.next = next);
        } else {
            self.running = None;
            let mut hits = Hits { hits: progress.hits, more: progress.more };
            let (course, notes) = (&self.world.course, self.world.view().notes_to_search());
            self.world.index.search_others(&query, course, notes, &mut hits);
            (progress.hits, progress.more) = (hits.hits, hits.more);
            let before = searching(self.state()).map_or(0, |find| find.hits.len());
            let found = before + progress.hits.len();
            progress.suggestion = progress
                .suggestion
                .and_then(|suggestion| self.world.index.complete(suggestion, course, notes, found));
        }
        let had_none = searching(self.state()).is_some_and(|find| find.hits.is_empty());
        self.tell(News::Found(Box::new(query), progress));
        if had_none && let Some(action) = on_first_hit(self.state()) {
            // Going to a hit asks nothing of the event loop.
            self.apply(action);
        }
    }
}
