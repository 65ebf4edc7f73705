//! What a reader might search for in the built-in course, and what comes first.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sidelight::course::Course;
use sidelight::search::{Hits, Index, Notes, Query};

/// The queries, and the id of the lesson that should come first for each.
fn queries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("data/queries.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (query, lesson) = line.split_once('\t')?;
        Some((query, lesson.trim()))
    })
}

/// The lessons that the best hits lead to, the best first; of what may have been meant, when
/// nothing was found.
fn best_lessons(query: &str, course: &Course, index: &Index) -> Vec<String> {
    let notes = Notes::default();
    let mut query = Query::in_language(query, &course.language);
    let mut hits: Hits = index.search(&query, course, &notes);
    if hits.hits.is_empty()
        && let Some(meant) = index.suggest(&query, course, &|| true)
    {
        query = Query::in_language(&meant.text, &course.language);
        hits = index.search(&query, course, &notes);
    }
    let best = hits.best();
    let lessons = best.indices().filter_map(|hit| hits.hits.get(hit)?.lesson(course));
    lessons.filter_map(|lesson| Some(course.lessons.get(lesson)?.id.as_str().to_owned())).collect()
}

#[test]
fn what_is_meant_comes_first_and_is_never_further_down_than_the_best_five() {
    let course = Course::built_in("reconcile").unwrap();
    let index = Index::new(&course);
    let (mut all, mut not_first, mut missing) = (0, Vec::new(), Vec::new());
    for (query, expected) in queries() {
        all += 1;
        let best = best_lessons(query, &course, &index);
        if !best.iter().any(|lesson| lesson == expected) {
            missing.push(query);
        }
        if best.first().is_none_or(|first| first != expected) {
            not_first.push(format!("{query}: {best:?}"));
        }
    }
    assert_eq!(all, 40);
    assert!(not_first.len() <= 4, "not first: {not_first:#?}");
    assert!(missing.is_empty(), "not among the best: {missing:?}");
}
