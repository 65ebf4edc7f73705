//! Parts of a session that are seen best from inside: what was read for a frame, and what is
//! shown of a change.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::app::{Clock, Preferences, Session, Startup};
use crate::course::model::LessonTitle;
use crate::journal::{Journal, Ledger};
use crate::library::{Library, Origin};
use crate::screen::Theme;
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::time::{Duration, Instant};

#[test]
fn the_first_frame_of_a_folder_reads_the_text_in_sight_and_the_titles_in_sight() {
    let folder = tempfile::tempdir().unwrap();
    for file in 0..300 {
        std::fs::write(folder.path().join(format!("{file}.md")), format!("# Number {file}\n\ntext")).unwrap();
    }
    let library = Library::open(Origin::of_path(folder.path(), None).unwrap()).unwrap();
    let clock = Clock::Fixed(date(2026, 11, 22));
    let (journal, ledger) = (Journal::in_memory(), Ledger::default());
    let theme = Theme::DARK;
    let session = Session::new(library.course, journal, ledger, clock, theme, (120, 36));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
    session.draw(&mut buffer);
    let lessons = &session.world().course.lessons;
    let titles = lessons.iter().filter(|lesson| match &lesson.title {
        LessonTitle::InText { read, .. } => read.get().is_some(),
        LessonTitle::Known(_) => true,
    });
    let texts = lessons.iter().filter(|lesson| lesson.document.get().is_some());
    let (titles, texts) = (titles.count(), texts.count());
    assert!((20..=36).contains(&titles), "{titles} titles were read for 36 rows");
    assert_eq!(texts, 1);
}

#[test]
fn what_changed_before_the_watching_began_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    std::fs::write(&file, "# Before").unwrap();
    let library = Library::open(Origin::of_path(&file, None).unwrap()).unwrap();
    let mut session = Session::start(Startup {
        course: library.course,
        origin: library.origin,
        journal: Journal::in_memory(),
        ledger: Ledger::default(),
        clock: Clock::Fixed(date(2026, 11, 22)),
        theme: Theme::DARK,
        size: (80, 24),
        preferences: Preferences::default(),
    });
    session.show_file_changes();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    session.draw(&mut buffer);
    std::fs::write(&file, "# After").unwrap();
    session.start_watching();
    let end = Instant::now() + Duration::from_secs(20);
    while !session.reload() {
        assert!(Instant::now() < end, "the change is never shown");
        std::thread::yield_now();
    }
    assert_eq!(session.world().course.lessons.first().unwrap().title(), "After");
}
