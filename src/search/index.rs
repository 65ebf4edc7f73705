//! Searching a whole course, its checklist and the reader's notes.
//!
//! Owns the folded texts, each made when it is first searched. Can be shared between
//! threads and stopped. Must not know how hits are shown.

use crate::course::Course;
use crate::search::fold::{Case, Folded};
use crate::search::hit::{Found, Hit, Hits, item_text};
use crate::search::notes::Notes;
use crate::search::query::Query;
use crate::text::{BlockKind, Document};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A course made ready to be searched. Belongs to the course that it was made for.
#[derive(Debug)]
pub struct Index {
    /// For each lesson its blocks, and after them its title unless a heading says the same.
    lessons: Vec<OnceLock<Folded>>,
    /// The items.
    items: OnceLock<Folded>,
}

impl Index {
    /// An index of a course. Nothing is read yet.
    pub fn new(course: &Course) -> Self {
        Self { lessons: course.lessons.iter().map(|_| OnceLock::new()).collect(), items: OnceLock::new() }
    }

    /// Everything that has all that the query asks for, within one block, item or note.
    pub fn search(&self, query: &Query, course: &Course, notes: &Notes) -> Hits {
        self.search_while(query, course, notes, || true)
    }

    /// As [`Index::search`], as long as `go_on` says so; it is asked before each lesson. What
    /// was found until then is given.
    pub fn search_while(
        &self,
        query: &Query,
        course: &Course,
        notes: &Notes,
        mut go_on: impl FnMut() -> bool,
    ) -> Hits {
        let mut hits = Hits::default();
        for lesson in 0..course.lessons.len() {
            if !go_on() {
                hits.more = true;
                return hits;
            }
            if hits.more {
                break;
            }
            self.search_lesson(lesson, query, course, &mut hits);
        }
        let room = hits.hits.len() + Hits::MOST_OTHERS;
        collect(query, self.items(course), &mut hits, room, |item| {
            (
                Found::Item { item },
                course.items.get(item).map_or(Cow::Borrowed(""), |item| item_text(item).into()),
            )
        });
        let room = hits.hits.len() + Hits::MOST_OTHERS;
        collect(query, notes.folded(), &mut hits, room, |note| {
            (Found::Note { note }, notes.text(note).unwrap_or_default().into())
        });
        hits
    }

    /// Reads and folds one lesson, if that has not been done: so that it can be done ahead,
    /// a little at a time.
    pub fn prepare(&self, lesson: usize, course: &Course) {
        self.lesson(lesson, course);
    }

    fn search_lesson(&self, lesson: usize, query: &Query, course: &Course, hits: &mut Hits) {
        let document = course.document(lesson);
        let from = hits.hits.len();
        if document.portions() > 1 {
            search_long(document, lesson, query, hits);
            return;
        }
        let Some(folded) = self.lesson(lesson, course) else { return };
        collect(query, folded, hits, Hits::MOST, |index| match document.block(index) {
            Some(block) => (Found::Block { lesson, block: index }, block.text.as_str().into()),
            None => (Found::Title { lesson }, title(lesson, course).into()),
        });
        // The title was searched last, and is shown first.
        if let Some(added @ [.., Hit { found: Found::Title { .. }, .. }]) = hits.hits.get_mut(from..) {
            added.rotate_right(1);
        }
    }

    fn lesson(&self, lesson: usize, course: &Course) -> Option<&Folded> {
        self.lessons.get(lesson).map(|slot| {
            slot.get_or_init(|| {
                let document = course.document(lesson);
                let mut folded = Folded::default();
                for (_, block) in document.blocks() {
                    folded.push(&block.text, Case::Folded);
                }
                let title = title(lesson, course);
                let said = document
                    .block(0)
                    .is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)) && block.text == title);
                if !said {
                    folded.push(title, Case::Folded);
                }
                folded
            })
        })
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

/// Searches a long text portion by portion. Nothing is kept of those that have no hit.
fn search_long(document: &Document, lesson: usize, query: &Query, hits: &mut Hits) {
    for portion in 0..document.portions() {
        if hits.more {
            return;
        }
        let mut folded = Folded::default();
        for within in 0..document.blocks_in(portion) {
            let block = document.block(Document::index(portion, within));
            folded.push(block.map_or("", |block| block.text.as_str()), Case::Folded);
        }
        collect(query, &folded, hits, Hits::MOST, |within| {
            let block = Document::index(portion, within);
            let text = document.block(block).map_or("", |block| block.text.as_str());
            (Found::Block { lesson, block }, text.into())
        });
    }
}

fn title(lesson: usize, course: &Course) -> &str {
    course.lessons.get(lesson).map_or("", |lesson| lesson.title())
}

/// Adds the texts that have all terms, until there are `room` hits. They are looked for in all of the texts at once, as
/// most texts have none.
fn collect<'t>(
    query: &Query,
    folded: &Folded,
    hits: &mut Hits,
    room: usize,
    describe: impl Fn(usize) -> (Found, Cow<'t, str>),
) {
    let Some(rarest) = query.terms().first() else { return };
    let text = folded.text().as_bytes();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rarest.finder().find(rest)) {
        let index = folded.index_at(from + at);
        from = folded.range(index).end;
        let (found, original) = describe(index);
        let Some(first) = first_match(query, folded, index, &original) else { continue };
        if hits.hits.len() >= room {
            hits.more = true;
            return;
        }
        hits.hits.push(Hit { found, first });
    }
}

/// The first match in a text, if it has all terms.
fn first_match(query: &Query, folded: &Folded, index: usize, original: &str) -> Option<Range<usize>> {
    let mut first: Option<Range<usize>> = None;
    for term in query.terms() {
        let here = term.all_in(folded, index, original).next()?;
        first = Some(match first {
            Some(first) if (first.start, first.end) <= (here.start, here.end) => first,
            _ => here,
        });
    }
    first
}
