//! What the daily practice promises about speed, with ten years of twenty marks and two answers a
//! day.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use sidelight::app::{Clock, Session};
use sidelight::course::{Course, ExerciseId, ItemId};
use sidelight::journal::{Choice, Chosen, Journal, Ledger, Mark, Operation};
use sidelight::library::{Library, LibraryOrigin};
use sidelight::practice::Practice;
use sidelight::reader::Key;
use sidelight::screen::Theme;
use std::hint::black_box;
use std::path::Path;

const TODAY: Date = date(2026, 11, 22);
const DAYS: i32 = 3650;
const A_DAY: usize = 20;

fn course() -> Course {
    Course::built_in("reconcile").unwrap()
}

/// What the ten years are made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum With {
    Marks,
    MarksAndNotes,
}

/// Twenty marks on each of 3,650 days, and perhaps three lines every evening.
fn ten_years(course: &Course, with: With) -> Vec<Operation> {
    let items: Vec<ItemId> = course.items.iter().take(A_DAY).map(|item| item.id.clone()).collect();
    let mut operations = Vec::new();
    for back in (0..DAYS).rev() {
        let day = TODAY.saturating_sub(back.days());
        operations.extend(items.iter().enumerate().map(|(index, item)| Operation::Mark {
            course: course.id.clone(),
            item: item.clone(),
            day,
            mark: Some(if (index + usize::try_from(back).unwrap()) % 3 == 0 {
                Mark::Slipped
            } else {
                Mark::Kept
            }),
        }));
        if with == With::Marks {
            continue;
        }
        operations.extend(["1-happened", "2-did", "3-next"].map(|name| Operation::Note {
            course: course.id.clone(),
            note: format!("{day}-{name}"),
            day,
            place: None,
            text: format!("On {day} we spoke about the car and about who fetches it, and I said so."),
        }));
    }
    operations
}

fn filled(folder: &Path, with: With) {
    let mut opened = Journal::open(folder).unwrap();
    opened.journal.append(&mut opened.ledger, ten_years(&course(), with)).unwrap();
    // The next start makes the picture.
    drop(Journal::open(folder).unwrap());
}

fn session(journal: Journal, ledger: Ledger) -> Session {
    session_of(course(), journal, ledger)
}

fn session_of(course: Course, journal: Journal, ledger: Ledger) -> Session {
    let theme = Theme::DARK;
    let mut session = Session::new(course, journal, ledger, Clock::Fixed(TODAY), theme, (120, 36));
    session.settle_in();
    session
}

fn types(session: &mut Session, keys: &str) {
    for key in keys.split(' ') {
        session.key(&Key::parse(key).unwrap().to_event());
    }
}

fn buffer() -> Buffer {
    Buffer::empty(Rect::new(0, 0, 120, 36))
}

fn frames(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path(), With::MarksAndNotes);
    let mut buffer = buffer();
    for (name, keys) in [
        ("a frame of the review, 4 weeks", "v"),
        ("a frame of the review, 52 weeks", "v v v"),
        ("a frame of the checklist", "Tab"),
        ("a frame of the list of notes", "D"),
        ("a frame while a note is written", "d"),
    ] {
        let opened = Journal::open(folder.path()).unwrap();
        let mut session = session(opened.journal, opened.ledger);
        types(&mut session, keys);
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                black_box(session.draw(&mut buffer));
            });
        });
    }
}

fn keys(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path(), With::MarksAndNotes);
    let ledger = Journal::open(folder.path()).unwrap().ledger;
    let mut buffer = buffer();
    // A journal in memory has no disk to wait for.
    let mut marking = session(Journal::in_memory(), ledger.clone());
    types(&mut marking, "Tab");
    let mark = Key::parse("x").unwrap().to_event();
    criterion.bench_function("a mark, from key to painted, without the disk", |bencher| {
        bencher.iter(|| {
            marking.key(&mark);
            marking.save();
            black_box(marking.draw(&mut buffer));
        });
    });
    let mut writing = session(Journal::in_memory(), ledger.clone());
    types(&mut writing, "d");
    let (letter, back) = (Key::parse("a").unwrap().to_event(), Key::parse("Backspace").unwrap().to_event());
    criterion.bench_function("a letter of a note and its removal, painted", |bencher| {
        bencher.iter(|| {
            for key in [&letter, &back] {
                writing.key(key);
                writing.save();
                black_box(writing.draw(&mut buffer));
            }
        });
    });
    let mut reviewing = session(Journal::in_memory(), ledger);
    let (open, close) = (Key::parse("v").unwrap().to_event(), Key::parse("q").unwrap().to_event());
    criterion.bench_function("opening and closing the review", |bencher| {
        bencher.iter(|| {
            reviewing.key(&open);
            reviewing.key(&close);
        });
    });
}

/// How many lessons ask questions, and how many each.
const LESSONS: usize = 40;
const QUESTIONS: usize = 5;

fn question(lesson: usize, number: usize) -> String {
    format!("question-{lesson}-{number}")
}

/// Writes a course with twenty items in groups, of which some are for three days of a week, and
/// with two hundred questions.
fn write_course(folder: &Path) {
    let (mut lessons, mut avoid, mut embrace) = (Vec::new(), Vec::new(), Vec::new());
    for lesson in 0..LESSONS {
        let mut text = format!("# Lesson {lesson}\n\nText.\n");
        for number in 0..QUESTIONS {
            let id = question(lesson, number);
            text += &["\n> [!ASK] ", &id, "\n> What is ", &id, "?\n>\n> ---\n>\n> An answer.\n"].concat();
        }
        std::fs::write(folder.join(format!("{lesson}.md")), text).unwrap();
        lessons
            .push(format!(r#"{{ "id": "l{lesson}", "title": "Lesson {lesson}", "file": "{lesson}.md" }}"#));
    }
    for item in 0..A_DAY {
        let rhythm = if item % 4 == 0 { r#", "rhythm": { "per_week": 3 }"# } else { "" };
        let group = item / 3;
        let rest = format!(
            r#""text": "I did what is item {item}", "why": "It helps.", "lesson": "l{item}", "group": "Group {group}"{rhythm}"#
        );
        if item < A_DAY / 2 {
            let instead = item + A_DAY / 2;
            avoid.push(format!(r#"{{ "id": "i{item}", {rest}, "instead": "i{instead}" }}"#));
        } else {
            embrace.push(format!(r#"{{ "id": "i{item}", {rest} }}"#));
        }
    }
    let (lessons, avoid, embrace) = (lessons.join(", "), avoid.join(", "), embrace.join(", "));
    let manifest = format!(
        r#"{{ "format": 2, "id": "asking", "title": "Asking", "language": "en", "summary": "It asks.",
            "parts": [ {{ "title": "All", "lessons": [ {lessons} ] }} ],
            "checklist": {{ "avoid": [ {avoid} ], "embrace": [ {embrace} ] }} }}"#
    );
    std::fs::write(folder.join("course.json"), manifest).unwrap();
}

/// Ten years of all of it: marks, notes, questions that were met and two answers a day.
fn ten_years_of_answers(course: &Course) -> Vec<Operation> {
    let mut operations = ten_years(course, With::MarksAndNotes);
    let empty = Ledger::default();
    let practice = Practice::new(course, &empty);
    let choice = |chosen| Operation::Choice(Choice { course: course.id.clone(), chosen });
    operations.extend(
        course.items.iter().map(|item| choice(Chosen::Listed { item: item.id.clone(), listed: true })),
    );
    let begun = TODAY.saturating_sub(DAYS.days());
    for (index, lesson) in course.lessons.iter().enumerate() {
        let ids: Vec<ExerciseId> =
            (0..QUESTIONS).map(|number| ExerciseId::new(question(index, number))).collect();
        operations.extend(practice.meeting(&lesson.id, &ids, begun));
    }
    for back in (1..DAYS).rev() {
        let day = TODAY.saturating_sub(back.days());
        let first = usize::try_from(back).unwrap() * 2;
        operations.extend([first, first + 1].map(|number| {
            let id = ExerciseId::new(question(number / QUESTIONS % LESSONS, number % QUESTIONS));
            practice.answering(&id, day, number % 7 != 0)
        }));
    }
    operations
}

fn today(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (files, data) = (folder.path().join("course"), folder.path().join("data"));
    std::fs::create_dir(&files).unwrap();
    write_course(&files);
    let open = || Library::open(LibraryOrigin::of_path(&files, None).unwrap()).unwrap().course;
    let mut opened = Journal::open(&data).unwrap();
    opened.journal.append(&mut opened.ledger, ten_years_of_answers(&open())).unwrap();
    drop(opened);
    // The next start makes the picture, and the one after that reads it.
    drop(Journal::open(&data).unwrap());
    let ledger = || Journal::open(&data).unwrap().ledger;
    let mut buffer = buffer();
    let key = |name: &str| Key::parse(name).unwrap().to_event();
    let (open_and_close, mark) = (key("."), key("x"));

    let mut opening = session_of(open(), Journal::in_memory(), ledger());
    criterion.bench_function("opening and closing Today", |bencher| {
        bencher.iter(|| {
            opening.key(&open_and_close);
            opening.key(&open_and_close);
        });
    });
    criterion.bench_function("opening Today for the first time, painted", |bencher| {
        bencher.iter_batched_ref(
            || session_of(open(), Journal::in_memory(), ledger()),
            |session| {
                session.key(&open_and_close);
                black_box(session.draw_frame(&mut buffer));
            },
            BatchSize::PerIteration,
        );
    });
    opening.key(&open_and_close);
    opening.draw_frame(&mut buffer);
    criterion.bench_function("a frame of Today", |bencher| {
        bencher.iter(|| {
            black_box(opening.draw(&mut buffer));
        });
    });
    // Back to the first after each: a mark moves on by itself.
    let first = key("g");
    criterion.bench_function("a mark in Today, from key to painted, without the disk", |bencher| {
        bencher.iter(|| {
            opening.key(&mark);
            opening.key(&first);
            opening.save();
            black_box(opening.draw(&mut buffer));
        });
    });
}

fn opening(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let [empty, marks, notes] = ["empty", "marks", "notes"].map(|name| folder.path().join(name));
    drop(Journal::open(&empty).unwrap());
    filled(&marks, With::Marks);
    filled(&notes, With::MarksAndNotes);
    let mut group = criterion.benchmark_group("opening, to the first frame");
    let first_frame = |folder: &Path| {
        let opened = Journal::open(folder).unwrap();
        let theme = Theme::DARK;
        let clock = Clock::Fixed(TODAY);
        let session = Session::new(course(), opened.journal, opened.ledger, clock, theme, (120, 36));
        let mut buffer = buffer();
        black_box(session.draw(&mut buffer));
    };
    group.bench_function("an empty journal", |bencher| bencher.iter(|| first_frame(&empty)));
    for (name, folder) in [("ten years of marks", &marks), ("ten years of marks and notes", &notes)] {
        group.bench_function(name, |bencher| bencher.iter(|| first_frame(folder)));
        group.bench_function(format!("{name}, without the cache"), |bencher| {
            bencher.iter_batched(
                || std::fs::remove_dir_all(folder.join("cache")),
                |_| first_frame(folder),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(std::time::Duration::from_secs(2)).warm_up_time(std::time::Duration::from_millis(500));
    targets = frames, keys, today, opening
}
criterion_main!(benches);
