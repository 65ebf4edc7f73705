//! Reading ahead of a search: many lessons in parallel, while there is time.
//!
//! Owns the helping threads, and the search of everything at once. Must not know what time it is.

use crate::course::{Course, Lesson};
use crate::search::hit::{Hit, Hits};
use crate::search::index::{AT_ONCE, Cursor, Index};
use crate::search::notes::Notes;
use crate::search::query::Query;
use crate::search::slots::Slot;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// How many lessons are prefetched together.
const AHEAD: usize = 4096;

/// For fewer lessons than this, whose prefilters are there, no other thread is worthwhile.
const FEWEST: usize = 256;

/// How much longer it takes to read a lesson than to look through its prefilter.
const READING: usize = 16;

impl Index {
    /// Finds everything that has all that the query asks for, within one block, item or note.
    /// Reads what it needs, and may wait for the disk.
    pub fn search(&self, query: &Query, course: &Course, notes: &Notes) -> Hits {
        self.search_telling(query, course, notes, &mut |_| ControlFlow::Continue(()))
    }

    /// The same, and tells the hits of each step as soon as they are found, until it is told to stop.
    pub fn search_telling(
        &self,
        query: &Query,
        course: &Course,
        notes: &Notes,
        told: &mut dyn FnMut(&[Hit]) -> ControlFlow<()>,
    ) -> Hits {
        let mut hits = Hits::default();
        let mut cursor = Some(Cursor::default());
        while let Some(from) = cursor {
            let before = hits.hits.len();
            self.prefetch(from, query, course, &|| true);
            cursor = self.search_lessons(query, course, from, AT_ONCE, &mut hits);
            if told(hits.hits.get(before..).unwrap_or_default()).is_break() {
                return hits;
            }
        }
        let before = hits.hits.len();
        self.search_others(query, course, notes, &mut hits);
        // It has nothing more to do, whatever it is told.
        let _ = told(hits.hits.get(before..).unwrap_or_default());
        hits
    }

    /// Looks through the prefilters of lessons in parallel from where a search continues, and
    /// makes those that are not there yet, as long as there is time. The search then passes
    /// over the lessons that have nothing. Returns when all helping threads have ended, which
    /// may wait for the disk.
    pub fn prefetch(
        &self,
        from: Cursor,
        query: &Query,
        course: &Course,
        has_time: &(dyn Fn() -> bool + Sync),
    ) {
        let from = from.lesson;
        let has_prefilter = |(lesson, slot): &(&Lesson, &Slot)| {
            slot.folded.get().is_none() && !lesson.is_at_hand() && !lesson.is_long()
        };
        let mut lessons =
            course.lessons.iter().skip(from).zip(self.lessons.from(from)).take(AHEAD).peekable();
        // What the query leaves out anyway need not be read.
        let is_worthwhile = query.filter().has_all_lessons() && !query.words().is_empty();
        if !lessons.peek().is_some_and(has_prefilter) || !is_worthwhile {
            return;
        }
        let Ok(mut prefetched) = self.prefetched.lock() else { return };
        // What was found out before is not asked again: when nothing more can be kept, that would cost as
        // much as the first time.
        if prefetched.reaches(from, query) {
            return;
        }
        prefetched.turn_to(query);
        let may_have = (from..).zip(lessons).filter(|(lesson, _)| !prefetched.is_without(*lesson));
        let (filtered, others): (Vec<_>, Vec<_>) = may_have.partition(|(_, both)| has_prefilter(both));
        let last = course.lessons.len().min(from + AHEAD);
        let weight = |slot: &Slot| if slot.prefilter().is_some() { 1 } else { READING };
        let work: usize = filtered.iter().map(|(_, (_, slot))| weight(slot)).sum();
        if work < FEWEST || self.threads.count() < 2 {
            // The search asks these few when it comes to them.
            return prefetched.add(query, from..last, []);
        }
        drop(prefetched);
        let next = AtomicUsize::new(0);
        // Right after a text was read, looking through it costs least.
        let first = AtomicUsize::new(others.first().map_or(from + AHEAD, |(index, _)| *index));
        let asked = Mutex::new(Vec::new());
        self.threads.share(|| {
            let mut own = Vec::new();
            while has_time()
                && let Some((index, (lesson, slot))) = filtered.get(next.fetch_add(1, Relaxed))
            {
                // What has a prefilter and lies behind a hit, the search will ask when it comes there.
                let is_needed = *index < first.load(Relaxed) || slot.prefilter().is_none();
                if !is_needed {
                    continue;
                }
                // Nothing is known of one that turns out to be long.
                let answer = self.ask(slot, lesson, query).map(|(may_have, _)| may_have);
                own.extend(answer.map(|may_have| (*index, may_have)));
                if answer != Some(false) {
                    first.fetch_min(*index, Relaxed);
                }
            }
            if let Ok(mut asked) = asked.lock() {
                asked.append(&mut own);
            }
        });
        let end = filtered.get(next.into_inner()).map_or(last, |(index, _)| *index);
        if let (Ok(mut prefetched), Ok(asked)) = (self.prefetched.lock(), asked.into_inner()) {
            prefetched.add(query, from..end, asked);
        }
    }
}
