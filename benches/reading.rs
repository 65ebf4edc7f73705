//! What the project promises about the screen: one frame, and one key.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use sidelight::app::{Clock, Session};
use sidelight::course::Course;
use sidelight::journal::{Journal, Ledger};
use sidelight::reader::Key;
use sidelight::screen::Theme;
use std::hint::black_box;

fn session(size: (u16, u16)) -> Session {
    let course = Course::built_in("reconcile").unwrap();
    let clock = Clock::Fixed(date(2026, 11, 22));
    let theme = Theme::DARK;
    Session::new(course, Journal::in_memory(), Ledger::default(), clock, theme, size)
}

fn types(session: &mut Session, keys: &str) {
    for key in keys.split(' ') {
        session.key(&Key::parse(key).unwrap().to_event());
    }
}

fn frames(criterion: &mut Criterion) {
    for (name, size, keys) in [
        ("a frame of reading at 200x60", (200, 60), "] ] j"),
        ("a frame of the checklist at 200x60", (200, 60), "Tab j j"),
        ("a frame of the search at 200x60", (200, 60), "/ s e"),
        ("a frame of reading at 60x20", (60, 20), "] ] j"),
    ] {
        let mut session = session(size);
        types(&mut session, keys);
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                black_box(session.draw(&mut buffer));
            });
        });
    }
}

fn keys(criterion: &mut Criterion) {
    let mut scrolling = session((200, 60));
    let (down, up) = (Key::parse("j").unwrap().to_event(), Key::parse("k").unwrap().to_event());
    criterion.bench_function("a line down and a line up", |bencher| {
        bencher.iter(|| {
            scrolling.key(&down);
            scrolling.key(&up);
        });
    });
    let mut searching = session((200, 60));
    types(&mut searching, "/ s e");
    let (letter, back) = (Key::parse("c").unwrap().to_event(), Key::parse("Backspace").unwrap().to_event());
    criterion.bench_function("two keystrokes of search, with the preview", |bencher| {
        bencher.iter(|| {
            searching.key(&letter);
            searching.key(&back);
        });
    });
}

fn opening(criterion: &mut Criterion) {
    criterion.bench_function("opening the built-in course, and its first frame", |bencher| {
        bencher.iter(|| {
            let session = session((120, 40));
            let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
            black_box(session.draw(&mut buffer));
        });
    });
}

criterion_group!(benches, frames, keys, opening);
criterion_main!(benches);
