//! What the journal promises about speed: opening ten years of twenty marks a day, and one mark.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a bench that cannot go on has failed; criterion's macros are not documented"
)]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::ToSpan as _;
use jiff::civil::date;
use sidelight::course::{CourseId, ItemId};
use sidelight::journal::{Journal, Mark, Opened, Operation};
use std::hint::black_box;
use std::path::Path;

const DAYS: i32 = 3650;
const A_DAY: i32 = 20;

fn ten_years() -> Vec<Operation> {
    let first = date(2016, 11, 22);
    (0..DAYS * A_DAY)
        .map(|count| Operation::Mark {
            course: CourseId::new("reconcile"),
            item: ItemId::new(format!("no-second-message-{}", count % A_DAY)),
            day: first + (count / A_DAY).days(),
            mark: Some(if count % 3 == 0 { Mark::Slipped } else { Mark::Kept }),
        })
        .collect()
}

fn journal_of(folder: &Path, operations: Vec<Operation>) -> Opened {
    let mut opened = Journal::open(folder).expect("a journal opens in a new folder");
    opened.journal.append(&mut opened.ledger, operations).expect("a journal in a new folder is kept");
    opened
}

fn one_mark(count: i32) -> Vec<Operation> {
    let mark = if count % 2 == 0 { Some(Mark::Kept) } else { None };
    vec![Operation::Mark {
        course: CourseId::new("reconcile"),
        item: ItemId::new("no-second-message-7"),
        day: date(2026, 11, 22),
        mark,
    }]
}

fn opening(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut group = criterion.benchmark_group("journal/open");
    let empty = folder.path().join("empty");
    group.bench_function("empty", |bencher| bencher.iter(|| black_box(Journal::open(&empty))));
    let years = folder.path().join("years");
    journal_of(&years, ten_years());
    group.bench_function("73000 cold", |bencher| {
        bencher.iter_batched(
            || std::fs::remove_dir_all(years.join("cache")),
            |_| black_box(Journal::open(&years)),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("73000 warm", |bencher| bencher.iter(|| black_box(Journal::open(&years))));
    group.finish();
}

fn marking(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut group = criterion.benchmark_group("journal/append");
    for (name, operations) in [("empty", Vec::new()), ("73000", ten_years())] {
        let mut opened = journal_of(&folder.path().join(name), operations);
        let mut count = 0;
        group.bench_function(format!("one mark on {name}"), |bencher| {
            bencher.iter(|| {
                count += 1;
                opened.journal.append(&mut opened.ledger, one_mark(count)).expect("the disk has room");
            });
        });
    }
    group.finish();
}

criterion_group!(benches, opening, marking);
criterion_main!(benches);
