//! Sessions that begin with the beginning of a folder: what is done before the other names are known, and
//! what becomes of it when they are.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::*;
use crate::app::{Clock, Outside, Preferences, Startup};
use crate::course::{CourseId, LessonId, Place};
use crate::journal::{Journal, Ledger, Operation};
use crate::library::{Library, LibraryOrigin, RestOfFolder};
use crate::reader::Key;
use crate::reader::overlay::Overlay;
use crate::screen::Theme;
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How many lessons the folder has.
const ALL: usize = 90;

/// A folder of three folders with thirty texts each, of which the first links to a text in each.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..ALL {
        let part = folder.path().join(["a/x", "a/y", "b"].get(number / 30).unwrap());
        std::fs::create_dir_all(&part).unwrap();
        let links = if number == 0 { "[far](../../b/89.md) [[88]] [near](1.md) [none](none.md)" } else { "" };
        let text = format!("# Number {number}\n\n{links}\n\nA needle.\n");
        std::fs::write(part.join(format!("{number}.md")), text).unwrap();
    }
    folder
}

fn origin(path: &Path) -> LibraryOrigin {
    LibraryOrigin::of_path(path, None).unwrap()
}

/// A session with the first folder of three, and the rest that is held back.
fn begun(path: &Path) -> (Session, RestOfFolder) {
    let library = Library::open_first(origin(path), 30).unwrap();
    let mut session = Session::start(Startup {
        course: library.course,
        rest: library.rest,
        origin: library.origin,
        journal: Journal::in_memory(),
        ledger: Ledger::default(),
        clock: Clock::Fixed(date(2026, 11, 22)),
        theme: Theme::DARK,
        size: (120, 36),
        preferences: Preferences::default(),
    });
    let rest = session.rest.take().unwrap();
    session.settle_in();
    assert_eq!(session.world().course.lessons.len(), 30);
    (session, rest)
}

fn press(session: &mut Session, keys: &str) {
    for key in keys.split(' ') {
        session.key(&Key::parse(key).unwrap().to_event());
        pass(session);
    }
}

fn type_text(session: &mut Session, text: &str) {
    for letter in text.chars() {
        press(session, &letter.to_string());
    }
}

fn pass(session: &mut Session) {
    let passed = session.pass(Vec::new(), Outside::Changed, |_, effect| -> ControlFlow<()> {
        panic!("{effect:?} takes a terminal");
    });
    assert!(passed.is_continue());
}

/// Passes until this is so.
fn until(session: &mut Session, what: impl Fn(&Session) -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !what(session) {
        let is_in_time = Instant::now() < end;
        assert!(is_in_time, "{}", screen(session));
        pass(session);
        std::thread::yield_now();
    }
}

/// Lets the other names become known.
fn grow(session: &mut Session, rest: RestOfFolder) {
    session.rest = Some(rest);
    until(session, |session| !session.world().course.is_beginning());
    assert_eq!(session.world().course.lessons.len(), ALL);
    until(session, |session| session.waiting.is_none());
}

fn waits_for_names(session: &Session) -> bool {
    let what = session.waiting.as_ref().map(|waiting| &waiting.what);
    matches!(what, Some(Awaited::Texts { wants, .. }) if wants.iter().any(|want| want.piece == Piece::Names))
}

fn screen(session: &mut Session) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
    session.draw_frame(&mut buffer);
    let rows = buffer.content.chunks(120);
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect()
}

fn reading(session: &Session) -> String {
    session.world().course.lessons.get(session.state().reading.lesson).unwrap().id.to_string()
}

#[test]
fn what_is_read_selected_and_folded_stays_and_the_names_come() {
    let folder = folder();
    let (mut session, rest) = begun(folder.path());
    press(&mut session, "] ]");
    assert!(screen(&mut session).contains("Reading names…"));
    // The only folder that is known, which is one with the folder around it until that has another.
    press(&mut session, "Shift-Tab h");
    let before = session.state().clone();
    grow(&mut session, rest);
    let (state, world) = (session.state(), session.world());
    assert_eq!((&state.reading, &state.history), (&before.reading, &before.history));
    let closed: Vec<_> =
        state.navigator.folded.iter().map(|part| &world.course.parts.get(*part).unwrap().title).collect();
    assert_eq!(closed, ["a/x"]);
    let screen = screen(&mut session);
    assert!(!screen.contains("Reading names…") && screen.contains("Number 30"), "{screen}");
}

#[test]
fn what_lies_behind_the_last_name_that_is_known_is_waited_for_and_esc_gives_up() {
    let folder = folder();
    for (keys, leads_to) in [("2 9 ] ]", "a/y/30.md"), ("3 5 ]", "a/y/35.md")] {
        let (mut session, rest) = begun(folder.path());
        press(&mut session, keys);
        let shown = screen(&mut session);
        let says = "Reading names… Esc stops waiting.";
        assert!(waits_for_names(&session) && shown.contains(says), "{keys} {shown}");
        let before = reading(&session);
        // The number that was typed before what waits is not that of the next key.
        press(&mut session, "4 2");
        assert!(screen(&mut session).contains("Count: 42"));
        grow(&mut session, rest);
        assert_eq!(session.state().count, Some(42));
        assert_eq!(reading(&session), leads_to, "from {before}");
    }
    let (mut session, rest) = begun(folder.path());
    press(&mut session, "3 5 ] 4 2 Esc");
    // The first step back is from the number that was typed since.
    assert!(session.state().count.is_none() && waits_for_names(&session));
    press(&mut session, "Esc");
    assert!(session.waiting.is_none() && screen(&mut session).contains("Stopped waiting"));
    grow(&mut session, rest);
    assert_eq!(reading(&session), "a/x/0.md");
}

#[test]
fn titles_are_read_on_that_were_being_read_when_the_names_came() {
    let folder = folder();
    let (mut session, rest) = begun(folder.path());
    press(&mut session, ":");
    // What a thread reads of the beginning comes to nothing then.
    session.titles.is_under_way = true;
    grow(&mut session, rest);
    let title_of = |text| Want { text, piece: Piece::Title };
    for lesson in 0..ALL {
        // More titles are read with each frame.
        screen(&mut session);
        until(&mut session, |session| !session.titles.is_under_way);
        if (0..ALL).all(|text| session.world().course.has(title_of(text))) {
            return;
        }
        assert!(session.titles.next > lesson, "no titles are read");
    }
    panic!("not all titles are read");
}

#[test]
fn the_end_of_the_list_is_that_of_all_names() {
    let folder = folder();
    let (mut session, rest) = begun(folder.path());
    press(&mut session, "Shift-Tab G");
    grow(&mut session, rest);
    press(&mut session, "Enter");
    until(&mut session, |session| session.waiting.is_none());
    assert_eq!(reading(&session), "b/89.md");
}

#[test]
fn a_link_to_what_is_not_known_yet_is_followed_when_it_is() {
    let folder = folder();
    for (link, leads_to) in [(1, "b/89.md"), (2, "b/88.md"), (3, "a/x/1.md"), (4, "a/x/0.md")] {
        let (mut session, rest) = begun(folder.path());
        (0..link).for_each(|_| press(&mut session, "Right"));
        until(&mut session, |session| session.waiting.is_none());
        let shown = screen(&mut session);
        assert!(!shown.contains("There is no note") && !shown.contains("is not part of"), "{shown}");
        press(&mut session, "Enter");
        // What is known is gone to at once.
        assert_eq!(waits_for_names(&session), link != 3, "{leads_to}");
        grow(&mut session, rest);
        assert_eq!(reading(&session), leads_to);
    }
}

#[test]
fn a_search_goes_on_over_all_names_and_the_selected_hit_stays() {
    let folder = folder();
    let (mut session, rest) = begun(folder.path());
    press(&mut session, "/");
    type_text(&mut session, "needle");
    until(&mut session, |session| session.state().search().unwrap().find.hits.len() == 30);
    press(&mut session, "Down Down Down Down Down Down Down");
    let selected = |session: &Session| {
        let find = &session.state().search().unwrap().find;
        (find.selected, find.current().cloned())
    };
    let before = selected(&session);
    assert!(screen(&mut session).contains("3 of 30+"));
    grow(&mut session, rest);
    until(&mut session, |session| session.state().search().unwrap().find.next.is_none());
    assert_eq!(session.state().search().unwrap().find.hits.len(), ALL);
    assert_eq!(selected(&session), before);
    assert_eq!(session.state().search().unwrap().find.query.text(), "needle");
}

#[test]
fn a_search_for_what_is_only_in_the_rest_says_that_it_goes_on_until_it_is_found() {
    let folder = folder();
    std::fs::write(folder.path().join("b/89.md"), "# Number 89\n\nA haystack.").unwrap();
    let (mut session, rest) = begun(folder.path());
    press(&mut session, "/");
    type_text(&mut session, "haystack");
    press(&mut session, "Enter");
    until(&mut session, |session| session.running.is_none());
    let shown = screen(&mut session);
    assert!(shown.contains("searching") && !shown.contains("No matches"), "{shown}");
    grow(&mut session, rest);
    until(&mut session, |session| session.state().search().is_none());
    assert_eq!(reading(&session), "b/89.md");
}

#[test]
fn what_is_half_typed_in_the_palette_stays_and_finds_what_has_come() {
    let folder = folder();
    let (mut session, rest) = begun(folder.path());
    press(&mut session, ":");
    type_text(&mut session, "b/89.md");
    assert!(screen(&mut session).contains("Reading names…"));
    press(&mut session, "Enter");
    assert!(matches!(session.state().overlay, Some(Overlay::Palette(_))));
    grow(&mut session, rest);
    assert_eq!((reading(&session), session.state().overlay.is_none()), ("b/89.md".to_owned(), true));
}

#[test]
fn the_selected_entry_of_the_palette_stays_selected() {
    let folder = folder();
    let (mut session, rest) = begun(folder.path());
    press(&mut session, ":");
    type_text(&mut session, "8.md");
    press(&mut session, "Down");
    grow(&mut session, rest);
    press(&mut session, "Enter");
    until(&mut session, |session| session.waiting.is_none());
    assert_eq!(reading(&session), "a/x/18.md");
}

#[test]
fn a_text_that_is_waited_for_comes_although_the_course_has_grown() {
    let folder = folder();
    let (mut session, rest) = begun(folder.path());
    // As when the disk has not answered yet.
    let want = Want { text: 7, piece: Piece::Text };
    let key = Key::parse("j").unwrap().to_event();
    let action = session.meaning(&key).unwrap();
    session.waiting = Some(crate::app::waiting::Waiting::new(
        Awaited::Texts { action, count: None, wants: BTreeSet::from([want]) },
        None,
    ));
    grow(&mut session, rest);
    assert!(session.world().course.has(want));
}

#[test]
fn notices_and_changes_on_the_disk_come_with_the_whole() {
    let folder = folder();
    std::fs::write(folder.path().join(".hidden.md"), "").unwrap();
    let (mut session, rest) = begun(folder.path());
    session.show_file_changes();
    session.start_watching();
    assert!(screen(&mut session).contains("Number 0"));
    std::fs::write(folder.path().join("a/x/0.md"), "# Changed").unwrap();
    until(&mut session, |session| session.reload.is_some());
    assert!(session.until_reload().is_none(), "a beginning is not opened anew");
    assert!(!screen(&mut session).contains("hidden or ignored"));
    grow(&mut session, rest);
    assert!(screen(&mut session).contains("1 file of Markdown is hidden or ignored"));
    until(&mut session, |session| session.world().course.lessons.first().unwrap().load_title() == "Changed");
}

#[test]
fn names_that_come_for_what_was_left_are_dropped() {
    let (folder, other) = (folder(), folder());
    let (mut session, rest) = begun(folder.path());
    session.rest = Some(rest);
    session.read_names();
    session.open(origin(other.path()));
    until(&mut session, |session| session.waiting.is_none());
    until(&mut session, |session| session.world().course.lessons.len() == ALL);
    assert_eq!(session.origin, Some(origin(other.path())));
}

#[test]
fn a_last_place_behind_the_beginning_is_where_the_folder_opens() {
    let folder = folder();
    let library = |lesson: &str| {
        Library::open_first(origin(folder.path()), 30).unwrap().with_lesson(Some(&LessonId::new(lesson)))
    };
    assert!(library("a/x/3.md").course.is_beginning());
    let whole = library("b/70.md");
    assert!(!whole.course.is_beginning() && whole.rest.is_none());
    let course: CourseId = whole.course.id.clone();
    let mut session = Session::new(
        whole.course,
        Journal::in_memory(),
        Ledger::default(),
        Clock::Fixed(date(2026, 11, 22)),
        Theme::DARK,
        (120, 36),
    );
    let lesson =
        session.world().course.lessons.iter().position(|lesson| lesson.id.as_str() == "b/70.md").unwrap();
    let place = Place::new(
        LessonId::new("b/70.md"),
        session.world().course.document(lesson),
        crate::text::Position::default(),
    );
    session.record(Operation::Place { course, place });
    session.begin_course();
    assert_eq!(reading(&session), "b/70.md");
}
