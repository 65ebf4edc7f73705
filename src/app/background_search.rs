//! A search on a thread of its own: neither keys nor frames wait for a disk.
//!
//! Owns the thread, and in which steps it tells what it found. Must not know who asked, nor
//! what becomes of the hits.

use crate::course::Course;
use crate::search::{Cursor, Hit, Hits, Index, Progress, Query, WordSuggestion};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// How many bytes of text are searched between two prefetches.
const AT_ONCE: usize = 1 << 18;

/// How long is read ahead before what was read is searched.
const PREFETCHING: Duration = Duration::from_millis(8);

/// How long is looked for what may have been meant.
const SUGGESTING: Duration = Duration::from_millis(40);

/// A search of the lessons that is under way. When it is dropped it ends after the text that it
/// is reading; nobody waits for that.
#[derive(Debug)]
pub(super) struct BackgroundSearch {
    query: Query,
    is_stopped: Arc<AtomicBool>,
    progress: Receiver<Progress>,
}

/// A search, and how much of it the state knows.
#[derive(Debug)]
pub(super) struct RunningSearch {
    pub(super) search: BackgroundSearch,
    pub(super) next: Cursor,
}

impl BackgroundSearch {
    /// Starts a search from a cursor on, before which `found` was found. Calls `wake` on its own
    /// thread whenever there is progress, and once more when it has ended.
    ///
    /// # Errors
    /// When the system has no thread for it.
    pub(super) fn start(
        index: Arc<Index>,
        course: Arc<Course>,
        query: Query,
        from: Cursor,
        found: Vec<Hit>,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, progress) = channel();
        let is_stopped = Arc::new(AtomicBool::new(false));
        let hits = Hits { hits: found, more: false };
        let search = Search { query: query.clone(), is_stopped: Arc::clone(&is_stopped), hits };
        Builder::new().name("search".to_owned()).spawn(move || {
            // Whatever ends the thread, somebody may be waiting for it.
            let told = Told { sender: Some(sender), wake };
            search.run(&index, &course, from, &told);
        })?;
        Ok(Self { query, is_stopped, progress })
    }

    /// What is searched for.
    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    /// Asks it to end after the text that it is reading.
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Relaxed);
    }

    /// Returns whether it was asked to end.
    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Relaxed)
    }

    /// Takes the next step that it made, and waits for it at most this long.
    ///
    /// # Errors
    /// When there was none in this time, or when the search has ended and all was taken.
    pub(super) fn progress(&self, patience: Duration) -> Result<Progress, RecvTimeoutError> {
        self.progress.recv_timeout(patience)
    }
}

impl Drop for BackgroundSearch {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What the thread works on.
struct Search {
    query: Query,
    is_stopped: Arc<AtomicBool>,
    hits: Hits,
}

impl Search {
    fn run<W: Fn()>(mut self, index: &Index, course: &Course, from: Cursor, told: &Told<W>) {
        let (mut from, mut cursor, mut count) = (from, from, self.hits.hits.len());
        while !self.is_stopped.load(Relaxed) {
            let start = Instant::now();
            let has_time = || !self.is_stopped.load(Relaxed) && start.elapsed() < PREFETCHING;
            index.prefetch(cursor, &self.query, course, &has_time);
            if self.is_stopped.load(Relaxed) {
                return;
            }
            let next = index.search_lessons(&self.query, course, cursor, AT_ONCE, &mut self.hits);
            let hits = self.hits.hits.get(count..).unwrap_or_default().to_vec();
            if next.is_none() || !hits.is_empty() {
                count += hits.len();
                let suggestion = next.is_none().then(|| self.suggestion(index, course)).flatten();
                let progress = Progress { from, hits, more: self.hits.more, next, suggestion };
                if !told.tell(progress) {
                    return;
                }
                from = next.unwrap_or(from);
            }
            let Some(next) = next else { return };
            cursor = next;
        }
    }

    /// What may have been meant, when little was found.
    fn suggestion(&self, index: &Index, course: &Course) -> Option<WordSuggestion> {
        let start = Instant::now();
        let has_time = || !self.is_stopped.load(Relaxed) && start.elapsed() < SUGGESTING;
        let is_little = self.hits.hits.len() <= WordSuggestion::FEW;
        is_little.then(|| index.suggest(&self.query, course, &has_time)).flatten()
    }
}

/// The receiver of the search's progress, and of its end.
struct Told<W: Fn()> {
    sender: Option<Sender<Progress>>,
    wake: W,
}

impl<W: Fn()> Told<W> {
    /// Returns whether anybody still listens.
    fn tell(&self, progress: Progress) -> bool {
        let is_heard = self.sender.as_ref().is_some_and(|sender| sender.send(progress).is_ok());
        (self.wake)();
        is_heard
    }
}

impl<W: Fn()> Drop for Told<W> {
    fn drop(&mut self) {
        // First the end itself, so that whoever wakes up sees it.
        self.sender.take();
        (self.wake)();
    }
}
