//! What is promised about finding: a keystroke over the built-in course within 1 ms, and
//! one over 24 MB that does not make anybody wait.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on should say so loudly")]
#![allow(missing_docs, reason = "criterion's macros make items of their own")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sidelight::course::Course;
use sidelight::search::{Hits, Index, Notes, Query};
use std::cell::LazyCell;
use std::fs;
use std::hint::black_box;
use std::time::Duration;

/// Lessons of the large course, and the bytes of each.
const LESSONS: usize = 2_000;
const LESSON: usize = 12 << 10;

/// A keystroke as the screen sees it: read the query, search, and show the first lines.
fn keystroke(text: &str, course: &Course, index: &Index, notes: &Notes) -> Hits {
    let query = Query::parse(text);
    let hits = index.search(&query, course, notes);
    for hit in hits.hits.iter().take(40) {
        black_box(hit.context(&query, course, notes, 72));
    }
    hits
}

fn built_in(criterion: &mut Criterion) {
    let notes = Notes::new((0..200).map(|day| format!("On day {day} I let it stand and went for a walk.")));
    let mut group = criterion.benchmark_group("built-in course");
    group.bench_function("open", |bencher| bencher.iter(|| Course::built_in("reconcile").unwrap()));
    group.bench_function("first search, nothing read before", |bencher| {
        bencher.iter_batched(
            || Course::built_in("reconcile").unwrap(),
            |course| {
                let index = Index::new(&course);
                keystroke("beg", &course, &index, &notes)
            },
            BatchSize::SmallInput,
        );
    });
    let course = Course::built_in("reconcile").unwrap();
    let index = Index::new(&course);
    for query in ["e", "beg", "the answer", "Begging", "\"what to say\"", "zzz"] {
        group.bench_function(format!("keystroke {query}"), |bencher| {
            bencher.iter(|| keystroke(query, &course, &index, &notes));
        });
    }
    group.finish();
}

fn large(criterion: &mut Criterion) {
    // Made only when one of these is measured.
    let made = LazyCell::new(|| {
        let course = Course::open(large_course().path()).unwrap();
        let index = Index::new(&course);
        index.search(&Query::parse("nothing has this"), &course, &Notes::default());
        (course, index)
    });
    let notes = Notes::default();
    let mut group = criterion.benchmark_group("24 MB");
    group.sample_size(20).measurement_time(Duration::from_secs(4));
    for query in ["e", "river", "needle", "\"needle in\"", "Needle", "river stone", "zzz"] {
        group.bench_function(format!("keystroke {query}"), |bencher| {
            let (course, index) = &*made;
            bencher.iter(|| keystroke(query, course, index, &notes));
        });
    }
    group.finish();
}

/// A course of made-up sentences, with a few needles in it.
fn large_course() -> tempfile::TempDir {
    const WORDS: [&str; 16] = [
        "the",
        "river",
        "goes",
        "slowly",
        "past",
        "an",
        "old",
        "stone",
        "house",
        "and",
        "nobody’s",
        "there",
        "to",
        "see",
        "it",
        "go",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut lessons = Vec::new();
    let mut state = 1_u32;
    for number in 0..LESSONS {
        let mut text = format!("# Lesson {number}\n\n");
        while text.len() < LESSON {
            for _ in 0..60 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(WORDS.get(state as usize >> 28).unwrap());
                text.push(' ');
            }
            text.push_str(".\n\n");
        }
        if number % 100 == 99 {
            text.push_str("A needle\nin the hay.\n");
        }
        fs::write(folder.path().join(format!("{number}.md")), text).unwrap();
        lessons.push(format!(r#"{{"id":"l{number}","title":"Lesson {number}","file":"{number}.md"}}"#));
    }
    let lessons = lessons.join(",");
    let manifest = format!(
        r#"{{"format":1,"id":"large","title":"L","summary":"S","language":"en",
        "parts":[{{"title":"P","lessons":[{lessons}]}}],"checklist":{{"avoid":[],"embrace":[]}}}}"#
    );
    fs::write(folder.path().join("course.json"), manifest).unwrap();
    folder
}

criterion_group!(benches, built_in, large);
criterion_main!(benches);
