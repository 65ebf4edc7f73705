//! What is found in a course, and in which order.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say so loudly")]

use super::{Cursor, HitPlace, Hits, Index, Notes, Query};
use crate::course::lesson::LessonSource;
use crate::course::{Course, CourseId, Item, ItemId, Lesson, LessonId, Part, Side};
use crate::text::{Block, BlockKind, Document, Heading, Portion};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

fn lesson(id: &str, title: &str, texts: &[&str]) -> Lesson {
    let block = |(index, text): (usize, &&str)| {
        let slug = format!("section-{index}");
        let kind =
            if index == 0 { BlockKind::Heading(Heading { level: 1, slug }) } else { BlockKind::Paragraph };
        Block {
            kind,
            frames: Vec::new(),
            anchors: Vec::new(),
            text: (*text).to_owned(),
            spans: Vec::new(),
            continues: false,
            rarities: None,
        }
    };
    let blocks = texts.iter().enumerate().map(block).collect();
    let document = Document::from(Portion { blocks, ..Portion::default() });
    Lesson {
        id: LessonId::new(id),
        title: crate::course::lesson::LessonTitle::Known(title.to_owned()),
        part: 0,
        outline: crate::course::lesson::Outline::default(),
        source: LessonSource::BuiltIn(""),
        flavour: crate::text::Flavour::default(),
        document: document.into(),
        asker: None,
    }
}

fn course(lessons: Vec<Lesson>) -> Course {
    Course {
        parts: vec![Part::titled("All".into(), 0..lessons.len())],
        lessons,
        items: vec![Item {
            id: ItemId::new("no-rush"),
            side: Side::Avoid,
            text: "I did not rush".into(),
            why: "Begging and rushing tire.".into(),
            lesson: 1,
            section: None,
            instead: None,
            caution: None,
            group: None,
            rhythm: crate::course::Rhythm::Daily,
            slipped: None,
        }],
        ..Course::empty(CourseId::new("test"), "Test".into())
    }
}

fn two_lessons() -> Course {
    course(vec![
        lesson("one", "On begging", &["About it", "He begged.", "Nothing.", "Begging\nis  hard."]),
        lesson("two", "Rest", &["Rest", "Rest, and “do not beg” is all."]),
    ])
}

fn search(query: &str) -> Vec<HitPlace> {
    let course = two_lessons();
    let notes = Notes::new(["I begged again".to_owned(), "Calm day".to_owned()]);
    let hits = Index::new(&course).search(&Query::parse(query), &course, &notes);
    assert!(!hits.more);
    hits.hits.into_iter().map(|hit| hit.found).collect()
}

#[test]
fn lessons_come_first_with_their_titles_then_items_then_notes() {
    let expected = [
        HitPlace::Title { lesson: 0 },
        HitPlace::Block { lesson: 0, block: 1 },
        HitPlace::Block { lesson: 0, block: 3 },
        HitPlace::Block { lesson: 1, block: 1 },
        HitPlace::Item { item: 0 },
        HitPlace::Note { note: 0 },
    ];
    assert_eq!(search("beg"), expected);
}

#[test]
fn a_title_that_is_the_first_heading_is_found_once() {
    assert_eq!(
        search("rest"),
        [HitPlace::Block { lesson: 1, block: 0 }, HitPlace::Block { lesson: 1, block: 1 }]
    );
}

#[test]
fn all_words_have_to_be_in_the_same_block() {
    assert_eq!(search("hard begging"), [HitPlace::Block { lesson: 0, block: 3 }]);
    assert_eq!(search("nothing begging"), []);
}

#[test]
fn a_phrase_is_found_across_a_line_break() {
    assert_eq!(search("\"begging is hard\""), [HitPlace::Block { lesson: 0, block: 3 }]);
    assert_eq!(search("\"is begging hard\""), []);
}

#[test]
fn a_phrase_never_runs_from_one_block_into_the_next() {
    assert_eq!(search("\"begged. nothing\""), []);
}

#[test]
fn a_capital_letter_makes_capitals_matter() {
    assert_eq!(search("Begging"), [HitPlace::Block { lesson: 0, block: 3 }, HitPlace::Item { item: 0 }]);
}

#[test]
fn why_an_item_is_there_is_searched_too() {
    assert_eq!(search("tire"), [HitPlace::Item { item: 0 }]);
}

#[test]
fn an_empty_query_finds_nothing() {
    assert_eq!(search(" "), []);
}

#[test]
fn a_hit_tells_its_lesson_its_first_match_and_its_context() {
    let course = two_lessons();
    let notes = Notes::default();
    let query = Query::parse("hard begging");
    let hits = Index::new(&course).search(&query, &course, &notes);
    let hit = hits.hits.first().unwrap();
    assert_eq!(hit.lesson(&course), Some(0));
    assert_eq!(hit.first, 0..7);
    let context = hit.context(&query, &course, &notes, 40);
    assert_eq!(context.text, "Begging is hard.");
    assert_eq!(context.matches, [0..7, 11..15]);
}

#[test]
fn hits_are_bounded_and_say_so() {
    let texts = vec!["again"; Hits::MOST + 7];
    let course = course(vec![lesson("one", "One", &texts), lesson("two", "Two", &texts)]);
    let index = Index::new(&course);
    let notes = Notes::new(["and again".to_owned()]);
    let hits = index.search(&Query::parse("again"), &course, &notes);
    assert_eq!((hits.hits.len(), hits.more), (Hits::MOST + 1, true));
    assert_eq!(hits.hits.last().unwrap().found, HitPlace::Note { note: 0 });
}

#[test]
fn a_search_that_is_stopped_and_continued_finds_the_same() {
    let course = two_lessons();
    let notes = Notes::new(["I begged".to_owned()]);
    let index = Index::new(&course);
    let query = Query::parse("beg");
    let mut hits = Hits::default();
    let mut steps = 0;
    let mut cursor = Some(Cursor::default());
    while let Some(from) = cursor {
        cursor = index.search_lessons(&query, &course, from, 1, &mut hits);
        steps += 1;
    }
    index.search_others(&query, &course, &notes, &mut hits);
    assert_eq!(steps, 2, "it was not stopped");
    assert_eq!(hits, index.search(&query, &course, &notes));
}

#[test]
fn a_course_and_its_index_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Course>();
    shared::<Index>();
    shared::<Notes>();
    shared::<Query>();
}

#[test]
fn a_title_that_was_found_last_does_no_harm_to_a_lesson_without_hits() {
    let course = course(vec![
        lesson("one", "Patience", &["About it", "Text."]),
        lesson("two", "Rest", &["Rest", "Nothing of it here."]),
    ]);
    let hits = Index::new(&course).search(&Query::parse("patience"), &course, &Notes::default());
    let found: Vec<HitPlace> = hits.hits.iter().map(|hit| hit.found).collect();
    assert_eq!(found, [HitPlace::Title { lesson: 0 }]);
}

/// As many lessons as are worth looking at side by side, and a word that a few of them have.
fn many_texts() -> Course {
    let text = |number: usize| {
        let found = if number % 7 == 3 { "A **nee**dle is here." } else { "Hay, and nothing else." };
        LessonSource::Text(format!("# Lesson {number}\n\n{found}\n").into())
    };
    let lessons = (0..400).map(|number| {
        let title = crate::course::lesson::LessonTitle::Known(format!("Lesson {number}"));
        Lesson::new(LessonId::new(format!("l{number}")), title, 0, text(number))
    });
    course(lessons.collect())
}

#[test]
fn prefetching_for_any_time_changes_nothing_that_is_found() {
    let notes = Notes::default();
    let found = |texts: usize, query: &Query, course: &Course, index: &Index| {
        let (mut hits, mut cursor) = (Hits::default(), Some(Cursor::default()));
        while let Some(from) = cursor {
            let asked = AtomicUsize::new(0);
            index.prefetch(from, query, course, &|| asked.fetch_add(1, Relaxed) < texts);
            cursor = index.search_lessons(query, course, from, 100, &mut hits);
        }
        index.search_others(query, course, &notes, &mut hits);
        hits
    };
    for texts in [1, 2, 5, 30, 300, 1000] {
        let course = many_texts();
        let index = Index::new(&course);
        // What was found out for one of them must not be taken for another.
        for query in ["needle", "hay", "nee", "needle"].map(Query::parse) {
            let alone = found(0, &query, &course, &Index::new(&course));
            assert_eq!(found(texts, &query, &course, &index), alone, "{query:?}, {texts}");
            assert!(alone.hits.len() >= 57);
        }
    }
}
