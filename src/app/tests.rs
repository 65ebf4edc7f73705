//! What opening costs, seen from inside: which titles and texts were read for a frame.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::app::{Clock, Session};
use crate::course::model::LessonTitle;
use crate::journal::{Journal, Ledger};
use crate::library::{Library, Origin};
use crate::screen::{Theme, ThemeName};
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

#[test]
fn the_first_frame_of_a_folder_reads_the_text_in_sight_and_the_titles_in_sight() {
    let folder = tempfile::tempdir().unwrap();
    for file in 0..300 {
        std::fs::write(folder.path().join(format!("{file}.md")), format!("# Number {file}\n\ntext")).unwrap();
    }
    let library = Library::open(Origin::at(folder.path(), None).unwrap()).unwrap();
    let clock = Clock::Fixed(date(2026, 11, 22));
    let (journal, ledger) = (Journal::in_memory(), Ledger::default());
    let theme = Theme::named(ThemeName::Dark);
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
