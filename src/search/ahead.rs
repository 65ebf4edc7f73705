//! Reading ahead of a search: many lessons side by side, while there is time.
//!
//! Owns the threads, and what they found out on the way. Must not know what a hit is, nor what
//! time it is.

use crate::course::{Course, Lesson};
use crate::search::Query;
use crate::search::index::{Cursor, Index, KEPT, Slot, sketch};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// How many lessons are read ahead together.
const AHEAD: usize = 512;

/// For fewer lessons than this no other thread is worth while.
const FEWEST: usize = 16;

/// The most threads that read ahead.
const THREADS: usize = 4;

/// Lessons that have been read ahead and looked through while at it.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// The words that were looked for.
    words: Vec<Vec<u8>>,
    /// Those lessons that have none of them.
    without: Range<usize>,
}

impl Index {
    /// Reads and sketches lessons side by side from where a search goes on, when that one and
    /// several others have not been read yet, as long as there is time. The search then finds
    /// them ready.
    pub fn read_ahead(
        &self,
        from: Cursor,
        query: &Query,
        course: &Course,
        has_time: &(dyn Fn() -> bool + Sync),
    ) {
        let from = from.lesson;
        let is_new = |(lesson, slot): &(&Lesson, &Slot)| {
            slot.folded.get().is_none() && slot.sketches.get().is_none() && !lesson.is_at_hand()
        };
        let mut lessons = course.lessons.iter().zip(&self.lessons).skip(from).take(AHEAD).peekable();
        // When nothing more can be kept, what is read ahead would be read again.
        let is_worthwhile = !query.words().is_empty() && self.kept.load(Relaxed) < KEPT;
        if !lessons.peek().is_some_and(is_new) || !is_worthwhile {
            return;
        }
        let available = || std::thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        let threads = *self.threads.get_or_init(available);
        let (new, known): (Vec<_>, Vec<_>) = (from..).zip(lessons).partition(|(_, both)| is_new(both));
        if new.len() < FEWEST || threads < 2 {
            return;
        }
        let next = AtomicUsize::new(0);
        // Right after a text was read, looking through it costs least.
        let first = AtomicUsize::new(known.first().map_or(from + AHEAD, |(index, _)| *index));
        let share = || {
            while has_time()
                && let Some((index, (lesson, slot))) = new.get(next.fetch_add(1, Relaxed))
            {
                let sketch = sketch(lesson);
                if sketch.as_ref().is_none_or(|sketch| sketch.may_have(query.words())) {
                    first.fetch_min(*index, Relaxed);
                }
                if let Some(sketch) = sketch {
                    self.keep(slot, 1, 0, sketch);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                // Where no thread can be had, this one reads what it would have read.
                std::thread::Builder::new().spawn_scoped(scope, share).ok();
            }
            share();
        });
        let read = new.get(next.into_inner()).map_or(from + AHEAD, |(index, _)| *index);
        let without = from..first.into_inner().min(read);
        if let Ok(mut ahead) = self.ahead.lock() {
            *ahead = Ahead { words: needles(query), without };
        }
    }

    /// The lesson where the search goes on when it is known that this one has nothing.
    pub(super) fn without(&self, lesson: usize, query: &Query) -> Option<usize> {
        let ahead = self.ahead.lock().ok()?;
        let is_known = ahead.without.contains(&lesson) && ahead.words == needles(query);
        is_known.then_some(ahead.without.end)
    }
}

/// The words that a text must have.
fn needles(query: &Query) -> Vec<Vec<u8>> {
    query.words().iter().map(|word| word.needle().to_vec()).collect()
}
