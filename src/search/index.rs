//! Searching a whole course, its checklist and the reader's notes.
//!
//! Owns the folded texts, each made when it is first needed, and a search that can be stopped
//! and continued. Must not know how hits are shown.

use crate::course::{Course, Lesson};
use crate::search::folding::{Case, Folded};
use crate::search::hit::{Hit, HitPlace, Hits, item_text};
use crate::search::notes::Notes;
use crate::search::prefetched::Prefetched;
use crate::search::prefilter::Prefilter;
use crate::search::query::Query;
use crate::search::ranking::{Rank, RankPlace};
use crate::search::slots::{LessonSlots, Slot};
use crate::search::threads::Threads;
use crate::text::{Block, BlockKind, Document};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock};

/// The most bytes of prefilters that are kept. Beyond it they are made again for each search.
pub(super) const KEPT: usize = 64 << 20;

/// The most bytes of text that are kept parsed, which takes a few times as much. Others are parsed again
/// for the next search, and when they are shown.
pub(super) const KEPT_PARSED: usize = 16 << 20;

/// How many bytes of text are searched between two prefetches.
pub(super) const AT_ONCE: usize = 1 << 20;

/// As how many bytes of text a lesson counts that the query may leave out by its title: about what is
/// read of a file for that.
const TITLE: usize = 4096;

/// A course made ready to be searched. Belongs to the course that it was made for.
#[derive(Debug)]
pub struct Index {
    pub(super) lessons: Arc<LessonSlots>,
    /// The items.
    items: OnceLock<Folded>,
    /// How many bytes of prefilters are kept.
    pub(super) kept: AtomicUsize,
    /// How many bytes of parsed texts are kept.
    kept_parsed: AtomicUsize,
    pub(super) threads: Threads,
    /// The outcome of the last prefetch.
    pub(super) prefetched: Mutex<Prefetched>,
}

/// Where a search continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    pub(super) lesson: usize,
    portion: usize,
}

impl Cursor {
    /// Behind all lessons of a course.
    pub fn behind(course: &Course) -> Self {
        Self { lesson: course.lessons.len(), portion: 0 }
    }
}

impl Index {
    /// An index of a course. Nothing is read yet.
    pub fn new(course: &Course) -> Self {
        Self::with(LessonSlots::new(course.lessons.len()), 0, 0)
    }

    /// An index of a course that begins with the lessons that this one has, with all that is known of these.
    #[must_use]
    pub fn grown(&self, course: &Course) -> Self {
        let slots = LessonSlots::grown(&self.lessons, course.lessons.len());
        Self::with(slots, self.kept.load(Relaxed), self.kept_parsed.load(Relaxed))
    }

    fn with(slots: LessonSlots, kept: usize, kept_parsed: usize) -> Self {
        Self {
            lessons: Arc::new(slots),
            items: OnceLock::new(),
            kept: AtomicUsize::new(kept),
            kept_parsed: AtomicUsize::new(kept_parsed),
            threads: Threads::default(),
            prefetched: Mutex::default(),
        }
    }

    /// Searches about this many bytes of the lessons from a cursor on, and adds what is found.
    /// Returns where the search continues; `None` when all lessons were searched. Reads what it
    /// needs, and may wait for the disk.
    pub fn search_lessons(
        &self,
        query: &Query,
        course: &Course,
        from: Cursor,
        bytes: usize,
        hits: &mut Hits,
    ) -> Option<Cursor> {
        if query.is_empty() || !query.filter().has_lessons() {
            return None;
        }
        let mut left = bytes;
        let mut cursor = from;
        while cursor.lesson < course.lessons.len() && !hits.more {
            if left == 0 {
                return Some(cursor);
            }
            if cursor.portion == 0
                && let Some(next) = self.next_candidate(cursor.lesson, query)
            {
                cursor.lesson = next;
                // Behind what was prefetched it is time to do so again.
                let reaches = |prefetched: &Prefetched| prefetched.reaches(next, query);
                if !self.prefetched.lock().is_ok_and(|prefetched| reaches(&prefetched)) {
                    left = 0;
                }
                continue;
            }
            match self.search_lesson(cursor, query, course, &mut left, hits) {
                ControlFlow::Continue(()) => cursor = Cursor { lesson: cursor.lesson + 1, portion: 0 },
                ControlFlow::Break(portion) => return Some(Cursor { portion, ..cursor }),
            }
        }
        None
    }

    /// Searches the items and the notes, which come after all lessons. Reads nothing.
    pub fn search_others(&self, query: &Query, course: &Course, notes: &Notes, hits: &mut Hits) {
        if query.is_empty() {
            return;
        }
        let filter = query.filter();
        if filter.has_items() {
            let room = hits.hits.len() + Hits::MOST_OTHERS;
            let is_meant = |item: usize| {
                let lesson = course.items.get(item).and_then(|item| course.lessons.get(item.lesson));
                lesson.is_some_and(|lesson| filter.has_lesson(lesson))
                    && filter.has_item(|| notes.is_kept(item))
            };
            collect(query, self.items(course), hits, room, is_meant, |item| {
                (
                    HitPlace::Item { item },
                    RankPlace::Item,
                    course.items.get(item).map_or(Cow::Borrowed(""), |item| item_text(item).into()),
                )
            });
        }
        if filter.has_notes() {
            let room = hits.hits.len() + Hits::MOST_OTHERS;
            collect(
                query,
                notes.folded(),
                hits,
                room,
                |_| true,
                |note| {
                    (HitPlace::Note { note }, RankPlace::Text, notes.text(note).unwrap_or_default().into())
                },
            );
        }
    }

    /// The lesson where the search continues when the last prefetch knows that this one has
    /// nothing.
    fn next_candidate(&self, lesson: usize, query: &Query) -> Option<usize> {
        self.prefetched.lock().ok()?.next_candidate(lesson, query)
    }

    /// Searches a lesson; breaks where the search has to continue.
    fn search_lesson(
        &self,
        cursor: Cursor,
        query: &Query,
        course: &Course,
        left: &mut usize,
        hits: &mut Hits,
    ) -> ControlFlow<usize> {
        let Cursor { lesson, portion } = cursor;
        let (Some(slot), Some(subject)) = (self.lessons.get(lesson), course.lessons.get(lesson)) else {
            return ControlFlow::Continue(());
        };
        if query.filter().needs_titles() {
            *left = left.saturating_sub(TITLE);
        }
        if !query.filter().has_lesson(subject) {
            return ControlFlow::Continue(());
        }
        if slot.folded.get().is_none()
            && self.is_candidate(slot, (lesson, subject), query, left) == Some(false)
        {
            return ControlFlow::Continue(());
        }
        let document = subject.look();
        if document.portions() > 1 {
            subject.keep_looked_at(document);
            return self.search_long(slot, subject, (lesson, portion), query, left, hits);
        }
        let kept = slot.folded.get().map(Box::as_ref);
        let fresh = kept.is_none().then(|| fold(subject, &document));
        let Some(folded) = kept.or(fresh.as_ref()) else { return ControlFlow::Continue(()) };
        *left = left.saturating_sub(folded.text().len());
        let from = hits.hits.len();
        collect(
            query,
            folded,
            hits,
            Hits::MOST,
            |_| true,
            |index| match document.block(index) {
                Some(block) => {
                    let place = rank_place(block, subject.load_title());
                    (HitPlace::Block { lesson, block: index }, place, block.text.as_str().into())
                }
                None => (HitPlace::Title { lesson }, RankPlace::Title, subject.load_title().into()),
            },
        );
        // The title was searched last, and is shown first.
        if let Some(added @ [.., Hit { found: HitPlace::Title { .. }, .. }]) = hits.hits.get_mut(from..) {
            added.rotate_right(1);
        }
        // What finds no room is parsed again should it be asked for.
        if let Some(folded) = fresh
            && (subject.is_at_hand() || self.has_room_for(&folded))
        {
            slot.folded.set(Box::new(folded)).ok();
            subject.keep_looked_at(document);
        }
        ControlFlow::Continue(())
    }

    /// Returns whether a parsed text can be kept, and counts it.
    fn has_room_for(&self, folded: &Folded) -> bool {
        let length = folded.text().len();
        let more = |kept: usize| (kept + length <= KEPT_PARSED).then_some(kept + length);
        self.kept_parsed.fetch_update(Relaxed, Relaxed, more).is_ok()
    }

    /// Returns whether a lesson may have what is looked for; none when it is long, or when nothing
    /// has to be read for it.
    fn is_candidate(
        &self,
        slot: &Slot,
        (index, lesson): (usize, &Lesson),
        query: &Query,
        left: &mut usize,
    ) -> Option<bool> {
        if query.words().is_empty() || lesson.is_at_hand() {
            return None;
        }
        let is_known = |prefetched: &Prefetched| prefetched.is_candidate(index, query);
        if !lesson.is_long() && self.prefetched.lock().is_ok_and(|prefetched| is_known(&prefetched)) {
            return Some(true);
        }
        let (may_have, bytes) = self.ask(slot, lesson, query)?;
        *left = left.saturating_sub(bytes);
        Some(may_have)
    }

    /// Returns whether a lesson may have what is looked for, by its prefilter, which is made if it is not
    /// there; and how many bytes that has. None when the lesson is long or cannot be read.
    pub(super) fn ask(&self, slot: &Slot, lesson: &Lesson, query: &Query) -> Option<(bool, usize)> {
        let kept = slot.prefilter().filter(|_| !lesson.is_long());
        self.ask_prefilter(slot, (1, 0), query, kept, || prefilter(lesson))
    }

    /// Returns what a prefilter answers, and how many bytes it has: one that is kept, or one that is made
    /// and kept for this portion of so many. None when none can be made.
    pub(super) fn ask_prefilter(
        &self,
        slot: &Slot,
        (portions, portion): (usize, usize),
        query: &Query,
        kept: Option<&Prefilter>,
        make: impl FnOnce() -> Option<Prefilter>,
    ) -> Option<(bool, usize)> {
        let asked = |prefilter: &Prefilter| (prefilter.may_have(query.words()), prefilter.len());
        if let Some(prefilter) = kept {
            return Some(asked(prefilter));
        }
        let prefilter = make()?;
        let answer = asked(&prefilter);
        self.keep(slot, portions, portion, prefilter);
        Some(answer)
    }

    /// Keeps a prefilter, while there is room for it.
    pub(super) fn keep(&self, slot: &Slot, portions: usize, portion: usize, prefilter: Prefilter) {
        if self.kept.load(Relaxed) + prefilter.len() > KEPT {
            return;
        }
        self.kept.fetch_add(prefilter.len(), Relaxed);
        let prefilters = slot.prefilters.get_or_init(|| (0..portions).map(|_| OnceLock::new()).collect());
        if let Some(place) = prefilters.get(portion) {
            place.set(prefilter).ok();
        }
    }

    /// The items, folded, if they were searched.
    pub(super) fn items_seen(&self) -> Option<&str> {
        self.items.get().map(Folded::text)
    }

    fn items(&self, course: &Course) -> &Folded {
        self.items.get_or_init(|| {
            let mut folded = Folded::default();
            for item in &course.items {
                folded.push(&item_text(item), Case::Folded);
            }
            folded
        })
    }
}

/// Puts the title of a lesson before what was found in its text, if it is found in the title and no
/// heading says that.
pub(super) fn collect_title(
    document: &Document,
    (lesson, subject): (usize, &Lesson),
    query: &Query,
    hits: &mut Hits,
) {
    let (title, mut found) = (subject.load_title(), Hits::default());
    let describe = |_| (HitPlace::Title { lesson }, RankPlace::Title, title.into());
    collect(query, &Folded::of(title, Case::Folded), &mut found, 1, |_| true, describe);
    let is_heading = || document.block(0).is_some_and(|block| rank_place(block, title) == RankPlace::Title);
    if !found.hits.is_empty() && !is_heading() {
        hits.hits.splice(0..0, found.hits);
    }
}

/// The prefilter of a lesson that is not long.
fn prefilter(lesson: &Lesson) -> Option<Prefilter> {
    lesson.text().map(|text| {
        let mut prefilter = Prefilter::of(text.into_owned());
        // It is searched too, where no heading says it.
        prefilter.add(lesson.name());
        prefilter
    })
}

/// A lesson's blocks, and its title.
fn fold(lesson: &Lesson, document: &Document) -> Folded {
    let mut folded = Folded::default();
    for (_, block) in document.blocks() {
        folded.push(&block.text, Case::Folded);
    }
    let title = lesson.load_title();
    if document.block(0).is_none_or(|block| rank_place(block, title) != RankPlace::Title) {
        folded.push(title, Case::Folded);
    }
    folded
}

/// What a hit in a block of a lesson with this title was found in.
pub(super) fn rank_place(block: &Block, title: &str) -> RankPlace {
    match &block.kind {
        BlockKind::Heading(_) if block.text == title => RankPlace::Title,
        BlockKind::Heading(_) => RankPlace::Heading,
        _ => RankPlace::Text,
    }
}

/// Adds the texts that have everything and are meant, until there are `room` hits. Words are looked for in
/// all of the texts at once, as most texts have none.
pub(super) fn collect<'t>(
    query: &Query,
    folded: &Folded,
    hits: &mut Hits,
    room: usize,
    is_meant: impl Fn(usize) -> bool,
    describe: impl Fn(usize) -> (HitPlace, RankPlace, Cow<'t, str>),
) {
    let mut take = |index: usize| {
        if !is_meant(index) {
            return true;
        }
        let (found, place, original) = describe(index);
        if !query.filter().has_place(place) {
            return true;
        }
        let Some(matched) = query.matched_in(folded, index, &original) else { return true };
        if hits.hits.len() >= room {
            hits.more = true;
            return false;
        }
        let rank = Rank { form: matched.form, place, part: matched.part, spread: matched.spread };
        hits.hits.push(Hit { found, first: matched.first, rank });
        true
    };
    let Some(rarest) = query.terms().first() else {
        (0..folded.count()).all(take);
        return;
    };
    let text = folded.text().as_bytes();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rarest.gate().find(rest)) {
        let index = folded.index_at(from + at);
        from = folded.range(index).end;
        if !take(index) {
            return;
        }
    }
}
