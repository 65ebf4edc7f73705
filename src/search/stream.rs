//! A search of all lessons on all cores of which nothing is kept: what was found in a lesson is handed
//! over in the order of the lessons, and its text is free again.
//!
//! Owns the threads, and how little of a text is parsed: where a word stands in one paragraph, the others
//! need not be known. Must not know how hits are shown.

use crate::course::{Course, Lesson};
use crate::search::found_lesson::{FoundLesson, HeadingAbove, HeadingsAbove};
use crate::search::hit::Hits;
use crate::search::hit_lines::FoldedSource;
use crate::search::index::{Index, collect_title};
use crate::search::long_lesson::collect_in;
use crate::search::prefilter::Prefilter;
use crate::search::query::Query;
use crate::search::slots::Slot;
use crate::text::{Document, LineMap, markdown};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// How many lessons a thread takes at a time.
const BATCH: usize = 16;

/// How many batches may be searched before the first of them was handed over: what was found in them
/// waits in memory.
const AHEAD: usize = 64;

/// What all threads of a search share.
struct Shared<'a> {
    query: &'a Query,
    lessons: &'a [Lesson],
    /// The next batch that nobody has taken.
    next: AtomicUsize,
    /// How many batches were handed over.
    told: Mutex<usize>,
    is_told: Condvar,
    is_stopped: AtomicBool,
    /// Whether anything was found. Until then prefilters are kept, as words are suggested from them.
    is_found: AtomicBool,
}

impl Shared<'_> {
    /// Takes a batch, once it is near enough to the one that is handed over next. None when all are
    /// taken, or nobody wants more.
    fn take(&self) -> Option<usize> {
        let batch = self.next.fetch_add(1, Relaxed);
        if batch * BATCH >= self.lessons.len() {
            return None;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        while batch >= *told + AHEAD && !self.is_stopped.load(Relaxed) {
            told = self.is_told.wait(told).unwrap_or_else(PoisonError::into_inner);
        }
        (!self.is_stopped.load(Relaxed)).then_some(batch)
    }

    fn tell(&self, batches: usize) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = batches;
        self.is_told.notify_all();
    }

    fn stop(&self) {
        let _told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_stopped.store(true, Relaxed);
        self.is_told.notify_all();
    }
}

/// Lets nobody wait any more when a thread panics: what it had taken is never handed over, and whoever
/// waits for that would wait forever.
struct StopOnPanic<'a>(&'a Shared<'a>);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

impl Index {
    /// Finds everything in the lessons, however much it is. What `read` makes of it, on any thread, is
    /// told in the order of the lessons, that of a few lessons at once, until it is enough. May wait for
    /// the disk.
    ///
    /// # Panics
    /// When `read` or `told` does.
    pub fn stream<T: Send>(
        &self,
        query: &Query,
        course: &Course,
        read: impl Fn(&FoundLesson<'_>) -> T + Sync,
        mut told: impl FnMut(Vec<T>) -> ControlFlow<()>,
    ) {
        if query.is_empty() || !query.filter().has_lessons() {
            return;
        }
        let shared = Shared {
            query,
            lessons: &course.lessons,
            next: AtomicUsize::new(0),
            told: Mutex::new(0),
            is_told: Condvar::new(),
            is_stopped: AtomicBool::new(false),
            is_found: AtomicBool::new(false),
        };
        let (sender, receiver) = channel();
        let (shared, read) = (&shared, &read);
        let work = move || {
            let sender = sender;
            let _guard = StopOnPanic(shared);
            while let Some(batch) = shared.take() {
                let mut found = Vec::new();
                let from = batch * BATCH;
                let lessons = shared.lessons.iter().skip(from).zip(self.lessons.from(from));
                for (number, (lesson, slot)) in (from..).zip(lessons).take(BATCH) {
                    self.search_apart(number, lesson, slot, shared, &mut |lesson| found.push(read(lesson)));
                }
                if sender.send((batch, found)).is_err() {
                    return;
                }
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let _guard = StopOnPanic(shared);
            let mut is_any = false;
            for _ in 0..threads {
                is_any |= std::thread::Builder::new().spawn_scoped(scope, work.clone()).is_ok();
            }
            if is_any {
                drop(work);
            } else {
                // Where no thread can be had, this one does it all, and hands over at the end.
                shared.tell(usize::MAX - AHEAD);
                work();
            }
            let (mut waiting, mut next) = (BTreeMap::new(), 0);
            for (batch, found) in receiver {
                waiting.insert(batch, found);
                while let Some(found) = waiting.remove(&next) {
                    next += 1;
                    if !found.is_empty() && told(found).is_break() {
                        return shared.stop();
                    }
                    shared.tell(next);
                }
            }
        });
    }

    /// Searches a lesson, of which nothing is kept but what words are suggested from.
    fn search_apart(
        &self,
        number: usize,
        lesson: &Lesson,
        slot: &Slot,
        shared: &Shared<'_>,
        tell: &mut dyn FnMut(&FoundLesson<'_>),
    ) {
        let query = shared.query;
        if !query.filter().has_lesson(lesson) {
            return;
        }
        let Some((text, lines)) = lesson.text_with_lines() else {
            return search_long_apart(number, lesson, shared, tell);
        };
        let mut prefilter = Prefilter::of(text.to_string());
        prefilter.add(lesson.name());
        if !prefilter.may_have(query.words()) {
            if !shared.is_found.load(Relaxed) {
                self.keep(slot, 1, 0, prefilter);
            }
            return;
        }
        lesson.find_title_in(&text);
        let source = FoldedSource::new(prefilter, 0);
        let (document, portions) = parsed(text, lines, lesson, &source, query);
        let mut hits = Hits::default();
        for portion in portions {
            collect_in(&document, portion, (number, lesson), query, usize::MAX, &mut hits);
        }
        collect_title(&document, (number, lesson), query, &mut hits);
        if !hits.hits.is_empty() {
            shared.is_found.store(true, Relaxed);
            let (hits, headings) = (hits.hits, HeadingsAbove::from(0, None));
            tell(&FoundLesson { lesson, hits, document: &document, source: &source, headings });
        }
    }
}

/// Searches a long lesson, of which nothing is kept: what was found in each of its portions.
fn search_long_apart(
    number: usize,
    lesson: &Lesson,
    shared: &Shared<'_>,
    tell: &mut dyn FnMut(&FoundLesson<'_>),
) {
    let mut document = lesson.parse();
    // The last portion above which a heading was looked for, and that heading.
    let mut known: (usize, Option<String>) = (0, None);
    for portion in 0..document.portions() {
        let Some(raw) = document.raw(portion).filter(|_| !shared.is_stopped.load(Relaxed)) else { break };
        let prefilter = Prefilter::of(raw);
        if !prefilter.may_have(shared.query.words()) {
            continue;
        }
        let source = FoldedSource::new(prefilter, document.lines_of(portion).start);
        let mut hits = Hits::default();
        collect_in(&document, portion, (number, lesson), shared.query, usize::MAX, &mut hits);
        if !hits.hits.is_empty() {
            shared.is_found.store(true, Relaxed);
            let (between, before) = (known.0..portion, known.1.as_deref());
            let above = HeadingAbove::new(&document, between, before);
            let headings = HeadingsAbove::from(Document::index(portion, 0), Some(&above));
            tell(&FoundLesson { lesson, hits: hits.hits, document: &document, source: &source, headings });
            if let Some(found) = above.found.into_inner() {
                known = (portion, found);
            }
        }
        document.forget_far_from(Document::index(portion, 0));
    }
}

/// A short text, and the portions of it that may have what is looked for: only the pieces with its words
/// if they read alone as they do in the whole, else all of it.
fn parsed(
    text: Cow<'_, str>,
    lines: LineMap,
    lesson: &Lesson,
    source: &FoldedSource,
    query: &Query,
) -> (Document, Vec<usize>) {
    let text = Arc::<str>::from(text);
    let is_near = !query.words().is_empty() && source.shows_all(query.words(), &text);
    let document = if is_near { Document::in_pieces(&text, &lesson.flavour) } else { None };
    if let Some(document) = document {
        let has_words = |portion: &usize| source.has_all_in(query.words(), &document, *portion);
        let portions = (0..document.portions()).filter(has_words).collect();
        return (document.with_lines(lines), portions);
    }
    (markdown::parse_as(&text, &lesson.flavour).with_lines(lines), vec![0])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::course::lesson::{LessonSource, LessonTitle};
    use crate::course::{CourseId, LessonId};
    use crate::search::{Hit, HitPlace, Notes, Rank};
    use crate::text::{BlockKind, Flavour};
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn course(texts: &[String]) -> Course {
        let lesson = |(number, text): (usize, &String)| {
            let title = LessonTitle::InText { otherwise: "Needle".to_owned(), read: OnceLock::default() };
            let source = LessonSource::text(text.as_str());
            let mut lesson = Lesson::new(LessonId::new(format!("lesson-{number}")), title, 0, source);
            lesson.flavour = if number % 2 == 0 { Flavour::Notes } else { Flavour::GitHub };
            lesson
        };
        let lessons = texts.iter().enumerate().map(lesson).collect();
        Course { lessons, ..Course::empty(CourseId::new("test"), "Test".into()) }
    }

    /// What is found: the text, the heading, and how good it is.
    type Found = (String, String, Rank);

    fn streamed(course: &Course, query: &Query) -> Vec<Found> {
        let mut all = Vec::new();
        let read = |found: &FoundLesson<'_>| {
            let hit = |hit: &Hit| {
                (found.text(hit).to_owned(), found.heading(hit).unwrap_or_default().to_owned(), hit.rank)
            };
            found.hits.iter().map(hit).collect::<Vec<_>>()
        };
        Index::new(course).stream(query, course, read, |found| {
            all.extend(found.into_iter().flatten());
            ControlFlow::Continue(())
        });
        all
    }

    /// The same by a search that parses every text as a whole.
    fn searched(course: &Course, query: &Query) -> Vec<Found> {
        let notes = Notes::default();
        let hits = Index::new(course).search(query, course, &notes).hits;
        let heading = |hit: &Hit| {
            let HitPlace::Block { lesson, block } = hit.found else { return String::new() };
            let blocks: Vec<_> = course.document(lesson).blocks().collect();
            let before = blocks.into_iter().rev().skip_while(|(index, _)| *index > block);
            let mut headings = before.filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_)));
            headings.next().map_or_else(String::new, |(_, heading)| heading.text.clone())
        };
        hits.iter().map(|hit| (hit.text(course, &notes).into_owned(), heading(hit), hit.rank)).collect()
    }

    /// A paragraph that is longer than a piece has to be.
    fn long() -> String {
        "some words of a long paragraph ".repeat(12)
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        let blocks = [
            "# Needle",
            "## A needle *more*",
            "A **nee**dle here.",
            "- needle\n- hay\n\n  needle",
            "hay",
            "need\nle",
            "```sh\nneedle\n\n# needle\n```",
            "~~~\nneedle",
            "> needle\n> hay",
            "| a | needle |\n|---|---|\n| needle | b |",
            "Term\n\n: needle",
            "1. one\n\n   ```\n   needle\n\nneedle\n   ```",
            "<div>\n\nneedle\n\n</div>",
            "::: tip\n\nneedle\n\n:::",
            "needle[^1]",
            "[^1]: needle",
            "[needle][n]",
            "[n]: x.md",
            "$$\nneedle\n$$",
            "Needle\n===",
            "needle é ﬁ",
            "***",
            "`` ` needle ``",
            "    needle",
            "a\r\n\r\nneedle",
            "^needle",
            "hay ^needle",
            "[[needle]]",
        ];
        let block = prop_oneof![
            3 => prop::sample::select(blocks.to_vec()).prop_map(str::to_owned),
            1 => Just(long()),
        ];
        let text = prop::collection::vec(block, 0..14).prop_map(|blocks| blocks.join("\n\n"));
        prop::collection::vec(text, 1..4)
    }

    proptest! {
        #[test]
        fn what_is_parsed_near_a_word_alone_reads_as_in_the_whole(texts in texts(), query in "needle|needle hay|-hay needle|\"a needle\"") {
            let (course, query) = (course(&texts), Query::parse(&query));
            prop_assert_eq!(streamed(&course, &query), searched(&course, &query), "{:?}", texts);
        }
    }

    #[test]
    fn only_what_is_near_a_word_is_parsed() {
        let text = format!("# Title\n\n{0}\n\n{0}\n\nA needle.\n\n{0}\n\n{0}\n", long());
        let document = Document::in_pieces(&text.as_str().into(), &Flavour::GitHub).unwrap();
        assert_eq!(document.portions(), 4);
        let source = FoldedSource::new(Prefilter::of(text.clone()), 0);
        let query = Query::parse("needle");
        let lesson = course(std::slice::from_ref(&text)).lessons.remove(0);
        let (_, portions) = parsed(text.into(), LineMap::Same, &lesson, &source, &query);
        assert_eq!(portions, [2]);
    }

    #[test]
    fn what_was_found_comes_in_the_order_of_the_lessons_until_it_is_enough() {
        let texts: Vec<String> = (0..BATCH * AHEAD * 3).map(|number| format!("needle {number}")).collect();
        let course = course(&texts);
        let (query, mut numbers) = (Query::parse("needle"), Vec::new());
        Index::new(&course).stream(
            &query,
            &course,
            |found| found.text(found.hits.last().unwrap()).to_owned(),
            |texts| {
                numbers.extend(texts);
                if numbers.len() < BATCH * AHEAD * 2 {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            },
        );
        assert!(numbers.iter().eq(texts.iter().take(BATCH * AHEAD * 2)));
    }

    /// A long text of portions with a needle and without, and with headings in some of them.
    fn long_text(headings: &[usize]) -> String {
        let filling = format!("{}\n\n", "hay ".repeat(8_000));
        let portion = |number: usize| {
            let heading =
                if headings.contains(&number) { format!("## Section {number}\n\n") } else { String::new() };
            let needle = if number % 3 == 2 { format!("A needle {number}.\n\n") } else { String::new() };
            format!("{needle}{heading}{needle}{filling}")
        };
        (0..40).map(portion).collect()
    }

    #[test]
    fn the_heading_above_a_hit_of_a_long_text_may_stand_many_portions_before_it() {
        for headings in [&[][..], &[0], &[2, 3, 20], &[19, 29, 39]] {
            let course = course(&[long_text(headings)]);
            assert!(course.document(0).portions() > 30);
            let query = Query::parse("needle");
            let found = streamed(&course, &query);
            assert!(found.len() > 20, "{}", found.len());
            assert_eq!(found, searched(&course, &query), "{headings:?}");
        }
    }

    /// What a search comes to that runs on a thread, within a time in which any would have ended.
    fn ends(search: impl FnOnce(&Course) + Send + 'static) -> bool {
        let texts: Vec<String> = (0..BATCH * AHEAD * 3).map(|number| format!("needle {number}")).collect();
        let (sender, ended) = channel();
        std::thread::spawn(move || {
            let search = std::panic::AssertUnwindSafe(|| search(&course(&texts)));
            sender.send(std::panic::catch_unwind(search).is_err()).unwrap();
        });
        ended.recv_timeout(std::time::Duration::from_secs(20)).unwrap_or(false)
    }

    #[test]
    fn a_search_ends_when_what_reads_its_hits_panics_or_what_takes_them() {
        let query = || Query::parse("needle");
        assert!(ends(move |course| {
            let read = |found: &FoundLesson<'_>| assert_ne!(found.lesson.id.as_str(), "lesson-0");
            Index::new(course).stream(&query(), course, read, |_| ControlFlow::Continue(()));
        }));
        assert!(ends(move |course| {
            Index::new(course).stream(
                &query(),
                course,
                |found| found.hits.len(),
                |found| {
                    assert!(found.is_empty());
                    ControlFlow::Continue(())
                },
            );
        }));
    }
}
