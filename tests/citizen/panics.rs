//! A fault of the program itself: the terminal comes back first, and nothing private is told.
//!
//! The program has no way to make it panic. So this test runs itself again in a terminal,
//! with a journal whose clock panics.

use crate::WIDE;
use crate::terminal::Running;
use jiff::Timestamp;
use jiff::civil::date;
use sidelight::app::{Clock, Session};
use sidelight::course::Course;
use sidelight::journal::{Environment, Journal};
use sidelight::screen::Theme;
use sidelight::screen::theme::role::Looks;
use sidelight::terminal::{Charset, Options, run};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// Names the thread that is to panic; set only where this test runs itself.
const WHO: &str = "SIDELIGHT_TEST_PANIC";
/// Whether the clock's time has come.
static ARMED: AtomicBool = AtomicBool::new(false);

fn a_clock_that_panics() -> Timestamp {
    if ARMED.swap(false, SeqCst) {
        if std::env::var(WHO).as_deref() == Ok("another") {
            std::thread::spawn(|| panic!("private words")).join().ok();
        } else {
            panic!("private words");
        }
    }
    Timestamp::now()
}

#[test]
#[ignore = "runs only in a terminal of the tests below"]
fn a_session_that_panics() {
    let Some(folder) = std::env::var_os("SIDELIGHT_DATA_DIR").filter(|_| std::env::var_os(WHO).is_some())
    else {
        return;
    };
    let course = Course::built_in("reconcile").unwrap();
    let environment = Environment { now: a_clock_that_panics, ..Environment::real() };
    let opened = Journal::open_in(&PathBuf::from(folder), environment).unwrap();
    let (clock, theme) = (Clock::Fixed(date(2026, 11, 22)), Theme::DARK);
    let mut session = Session::new(course, opened.journal, opened.ledger, clock, theme, WIDE);
    ARMED.store(true, SeqCst);
    run(
        &mut session,
        Options {
            ask_for_ground: false,
            hide_after: None,
            charset: Charset::Unicode,
            looks: Looks::default(),
        },
    )
    .unwrap();
}

pub(crate) fn panicking(who: &str) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let this = std::env::current_exe().unwrap();
    let arguments = ["--ignored", "--nocapture", "--exact", "panics::a_session_that_panics"];
    let mut program =
        Running::start_program(this.to_str().unwrap(), WIDE, folder.path(), &arguments, &[(WHO, who)]);
    program.shows("Start here").types("]");
    assert_eq!(program.ends().code(), Some(101));
    program
}

fn is_told_in_peace(program: &Running) {
    let screen = program.emulator();
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    assert!(program.is_cooked());
    assert!(program.screen().contains("stopped because of a fault of its own"), "{}", program.screen());
    let sent = String::from_utf8_lossy(&program.sent).into_owned();
    let (_, after) = sent.rsplit_once("\x1b[?1049l").unwrap();
    assert!(after.contains("stopped because of a fault"), "it was told before the terminal was given back");
    assert!(!sent.contains("private words"));
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told_of() {
    is_told_in_peace(&panicking("this"));
}

#[test]
fn a_panic_on_another_thread_ends_the_program_as_calmly() {
    is_told_in_peace(&panicking("another"));
}
