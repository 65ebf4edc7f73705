//! Parts of a session that are seen best from inside: what was read for a frame, and what is
//! shown of a change.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::app::{Clock, Outside, Preferences, Session, Startup};
use crate::course::lesson::LessonTitle;
use crate::course::{Course, CourseId, ItemId};
use crate::journal::{Journal, Ledger, Mark, Operation, Refreshed};
use crate::library::{Library, LibraryOrigin};
use crate::reader::bindings::rebound;
use crate::reader::keys::Context;
use crate::reader::keys::rebinding::Wish;
use crate::reader::pointer::Target;
use crate::reader::{Key, TerminalEffect};
use crate::screen::{self, Theme};
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

#[test]
fn the_first_frame_of_a_folder_reads_the_text_in_sight_and_the_titles_in_sight() {
    let folder = tempfile::tempdir().unwrap();
    for file in 0..300 {
        std::fs::write(folder.path().join(format!("{file}.md")), format!("# Number {file}\n\ntext")).unwrap();
    }
    let library = Library::open(LibraryOrigin::of_path(folder.path(), None).unwrap()).unwrap();
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
fn what_is_done_after_the_first_frame_says_whether_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let (one, several) = (folder.path().join("one.md"), folder.path().join("several"));
    std::fs::write(&one, "# One\n\ntext").unwrap();
    crate::course::create(&several).unwrap();
    for (path, shows) in [(one, false), (several, true)] {
        let mut session = showing_changes(&path);
        let before = screen_of(&session);
        assert_eq!((session.settle_in(), screen_of(&session) != before), (shows, shows), "{path:?}");
    }
}

/// A session of 80 by 24 that shows what changes in the files of a path.
fn showing_changes(path: &Path) -> Session {
    let library = Library::open(LibraryOrigin::of_path(path, None).unwrap()).unwrap();
    let mut session = Session::start(Startup {
        rest: None,
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
    session
}

#[test]
fn a_place_to_write_names_the_key_that_applies_also_after_it_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    crate::course::create(folder.path()).unwrap();
    let text = "# One small thing\n\n> [!WRITE] my-small-thing\n> One thing:\n\n## Do one thing\n\nDo it.\n";
    std::fs::write(folder.path().join("lessons/01-one-small-thing.md"), text).unwrap();
    let mut session = showing_changes(folder.path());
    assert!(screen_of(&session).contains("Enter writes here."), "{}", screen_of(&session));
    let keys = vec![Key::parse("w").unwrap()];
    let (keymap, refused) = rebound(&[Wish { context: Context::READING, name: "follow-link", keys }]);
    assert!(refused.is_empty());
    session.prefer(Preferences { keymap, ..Preferences::default() });
    assert!(screen_of(&session).contains("w writes here."), "{}", screen_of(&session));
}

#[test]
fn what_changed_before_the_watching_began_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    std::fs::write(&file, "# Before").unwrap();
    let mut session = showing_changes(&file);
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

/// The rows of a session's screen.
fn screen_of(session: &Session) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    session.draw(&mut buffer);
    let rows = buffer.content.chunks(80);
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect()
}

#[test]
fn what_keeps_a_change_from_being_shown_is_said_until_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("mine");
    crate::course::create(&root).unwrap();
    let mut session = showing_changes(&root);
    session.start_watching();
    let manifest = root.join("course.json");
    let sound = std::fs::read_to_string(&manifest).unwrap();
    let type_key = |session: &mut Session, key: &str| session.key(&Key::parse(key).unwrap().to_event());
    let shows = |session: &mut Session, text: &str, says: &dyn Fn(&Session) -> bool| {
        std::fs::write(&manifest, text).unwrap();
        let end = Instant::now() + Duration::from_secs(20);
        while !says(session) {
            assert!(Instant::now() < end, "{}", screen_of(session));
            session.take_changes();
            session.reload();
            std::thread::yield_now();
        }
    };
    let is_old = |session: &Session| session.state().outdated.is_some();
    shows(&mut session, &sound.replacen("\"title\"", "\"titel\"", 2), &is_old);
    for key in ["Tab", "j", "Tab"] {
        type_key(&mut session, key);
        let screen = screen_of(&session);
        assert!(screen.contains("What you see is older than its files. course.json:5:3: "), "{screen}");
        assert!(screen.contains("more: run sidelight check"), "{screen}");
    }
    type_key(&mut session, "M");
    let screen = screen_of(&session);
    assert_eq!(screen.matches("What you see is older").count(), 2, "it is listed, too: {screen}");
    assert!(!screen.contains("There are none."), "{screen}");
    type_key(&mut session, "?");
    shows(&mut session, &sound.replace("\"title\": \"Mine\"", "\"title\": \"Mended\""), &|session| {
        !is_old(session)
    });
    type_key(&mut session, "Esc");
    let screen = screen_of(&session);
    assert!(screen.contains("There are none.") && !screen.contains("older"), "{screen}");
    type_key(&mut session, "Esc");
    let screen = screen_of(&session);
    assert!(screen.contains("Mended") && !screen.contains("older"), "{screen}");
}

#[test]
fn hiding_draws_before_anything_is_saved_or_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_journal(folder.path());
    let written = || {
        let logs = std::fs::read_dir(folder.path().join("log")).unwrap();
        logs.map(|log| log.unwrap().metadata().unwrap().len()).sum::<u64>()
    };
    let key = |name: &str| Event::Key(Key::parse(name).unwrap().to_event());
    let mut drawn = Vec::new();
    let passed =
        session.pass(vec![key("Tab"), key("x"), key("Ctrl-g")], Outside::Changed, |session, effect| {
            assert_eq!(effect, TerminalEffect::Draw);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
            session.draw(&mut buffer);
            assert!(buffer.content.iter().all(|cell| cell.symbol() == " "), "something is shown");
            drawn.push(written());
            ControlFlow::<()>::Continue(())
        });
    assert!(passed.is_continue());
    assert_eq!(drawn, [0], "it was not drawn before it was saved");
    assert!(written() > 0, "nothing was saved afterwards");
}

#[test]
fn a_long_log_is_read_piece_by_piece_between_keys() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut writer = Journal::open(other.path()).unwrap();
    let mark = |number: usize| Operation::Mark {
        course: CourseId::new("reconcile"),
        item: ItemId::new(format!("item-{number}")),
        day: date(2026, 11, 22),
        mark: Some(Mark::Kept),
    };
    writer.journal.append(&mut writer.ledger, (0..20_000).map(mark).collect()).unwrap();
    let opened = Journal::open(folder.path()).unwrap();
    let (mut journal, mut ledger) = (opened.journal, opened.ledger);
    let log = std::fs::read_dir(other.path().join("log")).unwrap().next().unwrap().unwrap();
    let bytes = std::fs::read(log.path()).unwrap();
    // What is damaged at its beginning and at its end is set aside once, when all was read.
    let bytes = [b"rubbish\n", bytes.as_slice(), b"rubbish\n"].concat();
    std::fs::write(folder.path().join("log").join("other.jsonl"), bytes).unwrap();
    let mut parts = 0;
    while journal.refresh_in_part(&mut ledger).unwrap() == Refreshed::Part {
        parts += 1;
        assert_eq!(journal.take_notices(), Vec::<String>::new());
    }
    assert!(parts >= 2, "it was read at once");
    assert_eq!(ledger, writer.ledger);
    let notices = journal.take_notices();
    assert!(notices.len() == 1 && notices.iter().all(|notice| notice.contains("in 2 places")), "{notices:?}");
    assert_eq!(Journal::open(folder.path()).unwrap().ledger, ledger);
}

/// A session of the built-in course with its journal in this folder.
fn with_journal(folder: &Path) -> Session {
    let opened = Journal::open(folder).unwrap();
    Session::start(Startup {
        rest: None,
        course: Course::built_in("reconcile").unwrap(),
        origin: None,
        journal: opened.journal,
        ledger: opened.ledger,
        clock: Clock::Fixed(date(2026, 11, 22)),
        theme: Theme::DARK,
        size: (120, 36),
        preferences: Preferences::default(),
    })
}

/// Waits until something outside is heard of, within a bounded time.
fn wait_for_changes(session: &Session) {
    let patience = Timespec { tv_sec: 20, tv_nsec: 0 };
    let watched = session.watched().collect::<Vec<_>>();
    let mut watched: Vec<PollFd> =
        watched.iter().map(|watched| PollFd::from_borrowed_fd(*watched, PollFlags::IN)).collect();
    assert!(poll(&mut watched, Some(&patience)).unwrap() > 0, "nothing is heard");
}

#[test]
fn what_this_window_has_written_shows_already_and_what_another_writes_is_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_journal(folder.path());
    session.start_watching();
    type_at_once(&mut session, "cx");
    wait_for_changes(&session);
    assert!(!session.take_changes(), "its own mark is news");
    let (course, item, day) = (CourseId::new("reconcile"), ItemId::new("no-love-test"), date(2026, 11, 22));
    let mut other = Journal::open(folder.path()).unwrap();
    let mark = Operation::Mark { course: course.clone(), item: item.clone(), day, mark: Some(Mark::Kept) };
    other.journal.append(&mut other.ledger, vec![mark]).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while !session.take_changes() {
        assert!(Instant::now() < end, "the other's mark is never heard of");
        wait_for_changes(&session);
    }
    assert_eq!(session.world().ledger.mark(&course, &item, day), Some(Mark::Kept));
}

#[test]
fn a_reading_that_fails_is_told_of_and_tried_again_and_says_nothing_of_what_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_journal(folder.path());
    let key = |name: &str| Event::Key(Key::parse(name).unwrap().to_event());
    let pass = |session: &mut Session, keys: &[&str]| {
        let events = keys.iter().map(|name| key(name)).collect();
        let passed = session.pass(events, Outside::Same, |_, _| ControlFlow::<()>::Continue(()));
        assert!(passed.is_continue());
    };
    pass(&mut session, &["Tab", "x"]);
    let (log, away) = (folder.path().join("log"), folder.path().join("away"));
    let item = ItemId::new("no-love-test");
    // Another window marks, and the folder cannot be read just when that is heard of.
    let mut other = Journal::open(folder.path()).unwrap();
    let (course, day) = (CourseId::new("reconcile"), date(2026, 11, 22));
    let mark = Operation::Mark { course: course.clone(), item: item.clone(), day, mark: Some(Mark::Kept) };
    other.journal.append(&mut other.ledger, vec![mark]).unwrap();
    std::fs::rename(&log, &away).unwrap();
    session.read_new_records();
    assert_eq!(session.state().saving, crate::reader::state::Saving::Saved);
    assert_eq!(session.world().ledger.mark(&course, &item, day), None);
    std::fs::rename(&away, &log).unwrap();
    pass(&mut session, &["Down"]);
    assert_eq!(session.world().ledger.mark(&course, &item, day), Some(Mark::Kept));
}

/// Lets these letters arrive together.
fn type_at_once(session: &mut Session, letters: &str) {
    let key = |letter: char| Event::Key(Key::parse(&letter.to_string()).unwrap().to_event());
    arrive(session, letters.chars().map(key).collect());
}

/// Lets these events arrive together.
fn arrive(session: &mut Session, events: Vec<Event>) {
    let passed: ControlFlow<(), bool> = session.pass(events, Outside::Same, |_, _| ControlFlow::Continue(()));
    assert!(passed.is_continue());
}

#[test]
fn a_mark_that_was_typed_while_the_day_turned_goes_to_no_day_and_that_is_said() {
    let (sunday, monday) = (date(2026, 11, 22), date(2026, 11, 23));
    let course = Course::built_in("reconcile").unwrap();
    let (journal, ledger) = (Journal::in_memory(), Ledger::default());
    let mut session = Session::new(course, journal, ledger, Clock::Fixed(sunday), Theme::DARK, (120, 36));
    let kept_on = |session: &Session, day| session.world().practice().kept_on(day);
    type_at_once(&mut session, "c");
    while session.state().context() != crate::reader::keys::Context::CHECKLIST {
        session.key(&Key::parse("Tab").unwrap().to_event());
    }
    type_at_once(&mut session, "x");
    assert_eq!(kept_on(&session, sunday), 1);
    // The day ends, and these keys were typed for the one on the screen.
    session.set_clock(Clock::Fixed(monday));
    type_at_once(&mut session, "jx!");
    assert_eq!((kept_on(&session, sunday), kept_on(&session, monday)), (1, 0));
    let said = session.state().message.clone().unwrap();
    assert!(said.contains("Mon 23 Nov") && said.contains("nothing was marked"), "{said}");
    // By now it is on the screen.
    type_at_once(&mut session, "x");
    assert_eq!((kept_on(&session, sunday), kept_on(&session, monday)), (1, 1));
    // Another key loses nothing, and the day is said all the same.
    session.set_clock(Clock::Fixed(date(2026, 11, 24)));
    type_at_once(&mut session, "k");
    assert!(session.state().message.as_ref().is_some_and(|said| said.contains("It is Tue 24 Nov now")));
    // Whoever looks at another day marks that one.
    type_at_once(&mut session, "h");
    session.set_clock(Clock::Fixed(date(2026, 11, 25)));
    type_at_once(&mut session, "x");
    assert_eq!(kept_on(&session, monday), 2);
}

#[test]
fn a_mark_behind_the_question_for_a_letter_is_held_back_while_the_day_turns() {
    let (sunday, monday) = (date(2026, 11, 22), date(2026, 11, 23));
    let course = Course::built_in("reconcile").unwrap();
    let (journal, ledger) = (Journal::in_memory(), Ledger::default());
    let mut session = Session::new(course, journal, ledger, Clock::Fixed(sunday), Theme::DARK, (120, 36));
    let is_marked = |session: &Session, day| {
        let (item, course) =
            (session.state().checklist.selected.clone().unwrap(), &session.world().course.id);
        session.world().ledger.mark(course, &item, day).is_some()
    };
    type_at_once(&mut session, "c");
    session.set_clock(Clock::Fixed(monday));
    // Where a letter is asked for, this is none.
    type_at_once(&mut session, "'!");
    assert!(session.state().overlay.is_none() && !is_marked(&session, monday));
    let said = session.state().message.clone().unwrap();
    assert!(said.contains("nothing was marked"), "{said}");
    type_at_once(&mut session, "'!");
    assert!(session.state().overlay.is_none() && is_marked(&session, monday));
}

#[test]
fn the_day_turns_without_a_key_and_that_shows() {
    let course = Course::built_in("reconcile").unwrap();
    let (journal, ledger) = (Journal::in_memory(), Ledger::default());
    let sunday = Clock::Fixed(date(2026, 11, 22));
    let mut session = Session::new(course, journal, ledger, sunday, Theme::DARK, (120, 36));
    session.set_clock(Clock::Fixed(date(2026, 11, 23)));
    let passed: ControlFlow<(), bool> =
        session.pass(Vec::new(), Outside::Same, |_, _| ControlFlow::Continue(()));
    assert!(matches!(passed, ControlFlow::Continue(true)));
    assert_eq!(session.state().day, date(2026, 11, 23));
}

/// Lets this be clicked where it is first on the screen.
fn click(session: &mut Session, is_wanted: fn(&Target) -> bool) {
    let cells = (0..120).flat_map(|x| (0..36).map(move |y| Position::new(x, y)));
    let is_there = |cell: &Position| is_wanted(&screen::target_at(session.state(), &session.world(), *cell));
    let cell = cells.into_iter().find(is_there).unwrap();
    let kind = MouseEventKind::Down(MouseButton::Left);
    let event = MouseEvent { kind, column: cell.x, row: cell.y, modifiers: KeyModifiers::NONE };
    arrive(session, vec![Event::Mouse(event)]);
}

/// Something that somebody does.
type Act = fn(&mut Session);

#[test]
fn a_choice_or_a_click_that_was_made_while_the_day_turned_goes_to_no_day_and_that_is_said() {
    let (sunday, monday) = (date(2026, 11, 22), date(2026, 11, 23));
    let the_box = |session: &mut Session| click(session, |target| matches!(target, Target::Box(_)));
    let the_key = |session: &mut Session| click(session, |target| matches!(target, Target::Key(_, "kept")));
    let the_entry = |session: &mut Session| click(session, |target| matches!(target, Target::Choice(0)));
    let the_choice =
        |session: &mut Session| arrive(session, vec![Event::Key(Key::parse("Enter").unwrap().to_event())]);
    let ways: [(&str, Act); 6] = [
        ("c", the_choice),
        ("c", the_box),
        ("c", the_key),
        ("c*.", the_choice),
        ("c*.", the_entry),
        ("c*.", the_key),
    ];
    for (index, (script, act)) in ways.into_iter().enumerate() {
        let course = Course::built_in("reconcile").unwrap();
        let (journal, ledger) = (Journal::in_memory(), Ledger::default());
        let mut session = Session::new(course, journal, ledger, Clock::Fixed(sunday), Theme::DARK, (120, 36));
        type_at_once(&mut session, script);
        session.set_clock(Clock::Fixed(monday));
        act(&mut session);
        assert_eq!(session.world().practice().kept_on(monday), 0, "{index}");
        let said = session.state().message.clone().unwrap_or_default();
        assert!(said.contains("Mon 23 Nov") && said.contains("nothing was marked"), "{index}: {said}");
        // By now it is on the screen.
        session.key(&Key::parse("Ctrl-l").unwrap().to_event());
        act(&mut session);
        assert_eq!(session.world().practice().kept_on(monday), 1, "{index}");
    }
}

#[test]
fn a_key_that_hides_everything_is_heard_while_the_day_turns_also_as_a_click() {
    let course = Course::built_in("reconcile").unwrap();
    let (journal, ledger) = (Journal::in_memory(), Ledger::default());
    let sunday = Clock::Fixed(date(2026, 11, 22));
    let mut session = Session::new(course, journal, ledger, sunday, Theme::DARK, (120, 36));
    session.set_clock(Clock::Fixed(date(2026, 11, 23)));
    click(&mut session, |target| matches!(target, Target::Key(_, "hide")));
    assert!(session.state().hidden);
}
