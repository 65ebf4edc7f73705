//! What is found in a course, and in which order.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say so loudly")]

use super::index::{KEPT, KEPT_PARSED};
use super::{Best, Cursor, HitPlace, Hits, Index, Notes, Query, Rank, RankPlace, WordForm, WordPart};
use crate::course::lesson::LessonSource;
use crate::course::{Course, CourseId, Item, ItemId, Lesson, LessonId, Part, Side};
use crate::text::{Block, BlockKind, Document, Heading, Portion};
use proptest::prelude::*;
use std::sync::Arc;
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
            line: 0,
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
        document: Arc::new(document).into(),
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
        LessonSource::text(format!("# Lesson {number}\n\n{found}\n"))
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
        for query in ["needle", "hay", "nee", "needle", "is nee", "is needle"].map(Query::parse) {
            let alone = found(0, &query, &course, &Index::new(&course));
            assert_eq!(found(texts, &query, &course, &index), alone, "{query:?}, {texts}");
            assert!(alone.hits.len() >= 57);
        }
    }
}

#[test]
fn what_has_not_the_letters_typed_so_far_is_not_asked_for_more_of_them() {
    let course = many_texts();
    let index = Index::new(&course);
    index.threads.set(2);
    let asked = |query: &str| {
        let (query, asked) = (Query::parse(query), AtomicUsize::new(0));
        index.prefetch(Cursor::default(), &query, &course, &|| asked.fetch_add(1, Relaxed) < 1000);
        let hits = index.search(&query, &course, &Notes::default());
        assert_eq!(hits, Index::new(&course).search(&query, &course, &Notes::default()));
        asked.into_inner()
    };
    assert!(asked("needl") >= 400);
    assert_eq!((asked("needle"), asked("is needle")), (0, 0));
    // Other words, and fewer letters, may be anywhere.
    assert!(asked("nee") > 300);
    assert!(asked("hay") > 300);
}

#[test]
fn many_lessons_are_asked_side_by_side_also_when_nothing_more_can_be_kept() {
    let course = many_texts();
    let query = Query::parse("needle");
    let alone = Index::new(&course).search(&query, &course, &Notes::default());
    let index = Index::new(&course);
    index.threads.set(2);
    index.kept.store(KEPT, Relaxed);
    index.prefetch(Cursor::default(), &query, &course, &|| true);
    let next = |lesson| index.prefetched.lock().unwrap().next_candidate(lesson, &query);
    assert_eq!((next(0), next(3), next(4)), (Some(3), None, Some(10)));
    // What it found out is not asked for again.
    let asked = AtomicUsize::new(0);
    index.prefetch(Cursor::default(), &query, &course, &|| asked.fetch_add(1, Relaxed) < 1000);
    assert_eq!(asked.into_inner(), 0);
    assert_eq!(index.search(&query, &course, &Notes::default()), alone);
    assert_eq!(read(&index), alone.hits.len());
}

/// The lessons of which something was read.
fn read(index: &Index) -> usize {
    index
        .lessons
        .from(0)
        .filter(|slot| slot.prefilters.get().is_some() || slot.folded.get().is_some())
        .count()
}

#[test]
fn what_a_filter_leaves_out_is_not_read_ahead() {
    let course = many_texts();
    for query in ["in:notes hay", "is:kept hay", "lesson:nowhere hay", "hay -lesson:lesson"] {
        let index = Index::new(&course);
        index.threads.set(2);
        index.search(&Query::parse(query), &course, &Notes::default());
        assert_eq!(read(&index), 0, "{query}");
    }
    let index = Index::new(&course);
    index.threads.set(2);
    index.prefetch(Cursor::default(), &Query::parse("in:title hay"), &course, &|| true);
    assert_eq!(read(&index), 400);
}

#[test]
fn a_search_for_one_lesson_can_be_stopped_between_titles() {
    let course = many_texts();
    let index = Index::new(&course);
    let query = Query::parse("lesson:399 hay");
    let mut hits = Hits::default();
    let (mut cursor, mut steps) = (Some(Cursor::default()), 0);
    while let Some(from) = cursor {
        cursor = index.search_lessons(&query, &course, from, 1 << 16, &mut hits);
        steps += 1;
    }
    assert!(steps > 20, "{steps}");
    assert_eq!(hits.hits.len(), 1);
}

#[test]
fn what_is_found_and_what_is_best_does_not_depend_on_the_number_of_cores() {
    let notes = Notes::default();
    let found = |cores: usize| {
        let course = many_texts();
        let index = Index::new(&course);
        index.threads.set(cores);
        let queries = ["needle", "hay", "lesson 1", "needle here"].map(Query::parse);
        queries.map(|query| index.search(&query, &course, &notes))
    };
    let alone = found(1);
    assert!(alone.iter().all(|hits| hits.hits.len() > 50));
    for cores in [2, 4] {
        assert_eq!(found(cores), alone, "{cores}");
    }
}

/// The rank of a text in which `ab` and `cd` are looked for, found out word by word.
fn recounted(is_heading: bool, text: &str) -> Option<Rank> {
    let mut words = Vec::new();
    for word in text.split(' ') {
        let start = words.last().map_or(0, |(_, end, _): &(usize, usize, &str)| end + 1);
        words.push((start, start + word.len(), word));
    }
    let places = |needle: &str| -> Vec<(usize, WordPart)> {
        let place = |(start, _, word): &(usize, usize, &str)| {
            let part = match word.find(needle)? {
                0 if *word == needle => WordPart::Whole,
                0 => WordPart::Beginning,
                _ => WordPart::Inside,
            };
            Some((start + word.find(needle)?, part))
        };
        words.iter().filter_map(place).collect()
    };
    let (one, other) = (places("ab"), places("cd"));
    let best = |places: &[(usize, WordPart)]| places.iter().map(|(_, part)| *part).min();
    let part = best(&one)?.max(best(&other)?);
    let pairs = one.iter().flat_map(|(one, _)| other.iter().map(move |(other, _)| one.abs_diff(*other) + 2));
    let spread = u32::try_from(pairs.min()?).unwrap();
    let place = if is_heading { RankPlace::Heading } else { RankPlace::Text };
    Some(Rank { form: WordForm::Same, place, part, spread })
}

proptest! {
    #[test]
    fn the_best_are_in_the_stated_order(
        texts in prop::collection::vec("(ab|cd|xab|cdx|e)( (ab|cd|abx|xcd|e)){0,4}", 1..20),
    ) {
        // The first text is a heading.
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let course = course(vec![lesson("one", "Title", &texts), lesson("two", "Rest", &["Rest"])]);
        let hits = Index::new(&course).search(&Query::parse("ab cd"), &course, &Notes::default());
        let ranks = texts.iter().enumerate().filter_map(|(index, text)| recounted(index == 0, text));
        let ranks: Vec<Rank> = ranks.collect();
        let found: Vec<Rank> = hits.hits.iter().map(|hit| hit.rank).collect();
        prop_assert_eq!(&found, &ranks);
        let mut order: Vec<usize> = (0..ranks.len()).collect();
        order.sort_by_key(|index| ranks.get(*index));
        order.truncate(Best::MOST);
        prop_assert_eq!(hits.best().indices().collect::<Vec<_>>(), order);
    }
}

#[test]
fn forms_of_a_word_are_found_behind_it_and_told_apart() {
    let text = |text: &'static str| LessonSource::text(format!("# Rest\n\n{text}\n"));
    let lesson = |(number, source): (usize, LessonSource)| {
        let title = crate::course::lesson::LessonTitle::Known("Rest".to_owned());
        Lesson::new(LessonId::new(format!("l{number}")), title, 0, source)
    };
    let texts = ["He **beg**ged.", "She begins.", "No begging!"];
    let course = course(texts.map(text).into_iter().enumerate().map(lesson).collect());
    let found = |language: &str| {
        let query = Query::in_language("begging", language);
        let hits = Index::new(&course).search(&query, &course, &Notes::default());
        let lessons: Vec<Option<usize>> = hits
            .best()
            .indices()
            .filter_map(|hit| hits.hits.get(hit))
            .map(|hit| hit.lesson(&course))
            .collect();
        let forms: Vec<WordForm> = hits.hits.iter().map(|hit| hit.rank.form).collect();
        (lessons, forms)
    };
    let (lessons, forms) = found("en");
    // The item, whose reason has the word, comes before all texts.
    assert_eq!(lessons, [Some(1), Some(2), Some(0)]);
    assert_eq!(forms, [WordForm::Other, WordForm::Same, WordForm::Same]);
    for language in ["", "ja"] {
        assert_eq!(found(language).1, [WordForm::Same; 2]);
    }
    let hit = Query::in_language("begging", "en").matches_in("He begged, begging");
    assert_eq!(hit, [3..9, 11..18]);
}

#[test]
fn filters_say_where_to_look() {
    let course = two_lessons();
    let notes = Notes::new(["I begged again".to_owned(), "Calm day".to_owned()]).with_kept(vec![0]);
    let index = Index::new(&course);
    let found = |query: &str| -> Vec<HitPlace> {
        let hits = index.search(&Query::parse(query), &course, &notes);
        hits.hits.into_iter().map(|hit| hit.found).collect()
    };
    let (item, first, second) =
        (HitPlace::Item { item: 0 }, HitPlace::Note { note: 0 }, HitPlace::Note { note: 1 });
    assert_eq!(found("in:notes beg"), [first]);
    assert_eq!(found("beg in:items"), [item]);
    assert_eq!(found("in:title beg"), [HitPlace::Title { lesson: 0 }]);
    assert_eq!(found("in:title rest"), [HitPlace::Block { lesson: 1, block: 0 }]);
    assert_eq!(found("beg lesson:two"), [HitPlace::Block { lesson: 1, block: 1 }, item]);
    assert_eq!(found("beg lesson:\"on begging\" -hard -he"), [HitPlace::Title { lesson: 0 }]);
    assert_eq!(found("in:notes"), [first, second]);
    assert_eq!(found("in:notes -beg"), [second]);
    assert_eq!(found("is:kept"), [item]);
    assert_eq!(found("in:notes regex:c.lm"), [second]);
    assert_eq!(found("beg lesson:two regex:r.st"), [HitPlace::Block { lesson: 1, block: 1 }]);
    assert_eq!(found("beg -in:notes lesson:two -in:items"), [HitPlace::Block { lesson: 1, block: 1 }]);
    assert_eq!(
        found("-in:title beg -in:items -lesson:two -hard"),
        [HitPlace::Block { lesson: 0, block: 1 }, first]
    );
    assert_eq!(found("beg -lesson:one -lesson:two"), [first]);
    assert_eq!(found("in:items -is:kept"), []);
    assert_eq!(found("calm -word:cal"), [second]);
    assert_eq!(found("calm -word:calm"), []);
    let nothing_kept = Notes::default();
    assert!(index.search(&Query::parse("is:kept"), &course, &nothing_kept).hits.is_empty());
}

#[test]
fn what_a_search_parses_is_kept_within_bounds() {
    // Both words stand in each text, and never in one paragraph.
    let text = format!("one\n\n{}\n\ntwo\n", "hay ".repeat(25_000));
    let count = KEPT_PARSED / text.len() + 10;
    let lesson = |number: usize| {
        let title = crate::course::lesson::LessonTitle::Known(String::new());
        let source = LessonSource::text(text.as_str());
        Lesson::new(LessonId::new(format!("lesson-{number}")), title, 0, source)
    };
    let course = course((0..count).map(lesson).collect());
    let hits = Index::new(&course).search(&Query::parse("one two"), &course, &Notes::default());
    assert!(hits.hits.is_empty());
    let kept = (0..count).filter(|lesson| course.document_if_read(*lesson).is_some()).count();
    assert!(kept > 0 && kept * text.len() <= KEPT_PARSED, "{kept} of {count}");
}
