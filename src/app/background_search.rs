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
            count += hits.len();
            let Some(next) = next else { return self.end(index, course, from, hits, told) };
            if !hits.is_empty() {
                let progress =
                    Progress { from, hits, more: self.hits.more, next: Some(next), suggestion: None };
                if !told.tell(progress) {
                    return;
                }
                from = next;
            }
            cursor = next;
        }
    }

    /// Tells the last hits, and what may have been meant when little was found. Where that takes a while to
    /// find, the hits come before it.
    fn end<W: Fn()>(&self, index: &Index, course: &Course, from: Cursor, hits: Vec<Hit>, told: &Told<W>) {
        if course.is_beginning() && !self.hits.more {
            // It goes on when the other lessons are known.
            let next = Some(Cursor::behind(course));
            told.tell(Progress { from, hits, more: false, next, suggestion: None });
            return;
        }
        let start = Instant::now();
        let has_time = || !self.is_stopped.load(Relaxed) && start.elapsed() < SUGGESTING;
        let is_little = self.hits.hits.len() <= WordSuggestion::FEW;
        let mut last = Progress { from, hits, more: self.hits.more, next: None, suggestion: None };
        if is_little && index.lacks_a_word(&self.query, &self.hits.hits, &has_time) {
            if !last.hits.is_empty() {
                let (next, hits) = (Cursor::behind(course), std::mem::take(&mut last.hits));
                if !told.tell(Progress { hits, next: Some(next), ..last.clone() }) {
                    return;
                }
                last.from = next;
            }
            last.suggestion = index.suggest(&self.query, course, &has_time);
        }
        told.tell(last);
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::course::lesson::{LessonSource, LessonTitle};
    use crate::course::{CourseId, Lesson, LessonId};

    /// All that a search of a text tells.
    fn told(text: &str, query: &str) -> Vec<Progress> {
        let title = LessonTitle::Known("Words".to_owned());
        let course = Course {
            lessons: vec![Lesson::new(LessonId::new("words"), title, 0, LessonSource::text(text))],
            ..Course::empty(CourseId::new("test"), "Test".into())
        };
        let (index, query) = (Arc::new(Index::new(&course)), Query::in_language(query, "en"));
        let from = Cursor::default();
        let search =
            BackgroundSearch::start(index, Arc::new(course), query, from, Vec::new(), || {}).unwrap();
        std::iter::from_fn(|| search.progress(Duration::from_secs(20)).ok()).collect()
    }

    #[test]
    fn no_hit_waits_for_what_may_have_been_meant() {
        // Found by its stem: the word itself is nowhere.
        let told = told("She loved it.", "loves");
        assert!(told.len() == 2, "{told:?}");
        let (first, last) = (told.first().unwrap(), told.last().unwrap());
        assert!(first.hits.len() == 1 && first.next == Some(last.from) && first.suggestion.is_none());
        assert!(last.hits.is_empty() && last.next.is_none() && last.suggestion.is_some(), "{last:?}");
    }

    #[test]
    fn hits_of_words_that_are_there_come_with_the_end() {
        let told = told("She loved it.", "loved");
        assert!(told.len() == 1, "{told:?}");
        assert!(told.first().is_some_and(|last| last.hits.len() == 1 && last.next.is_none()));
    }
}
