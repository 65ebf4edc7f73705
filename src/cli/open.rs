//! Opening the screen.

use crate::cli::arguments::Shared;
use crate::cli::config::Config;
use crate::cli::output::complain;
use crate::cli::{CliError, linear, places};
use crate::reader::Action;
use crate::reader::bindings::Context;
use crate::screen::{Theme, ThemeName};
use crate::terminal::{Ending, Options, Session, run};
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

/// What the shell adds to the number of the signal that ended a program.
const ENDED_BY_SIGNAL: i32 = 128;
/// The number of SIGHUP, which a terminal that went away amounts to.
const HANGUP: i32 = 1;

pub(super) fn screen(course: Option<&Path>, shared: &Shared) -> Result<ExitCode, CliError> {
    let is_terminal = std::io::stdout().is_terminal();
    let is_linear = shared.linear || (is_terminal && has_no_cursor(std::env::var("TERM").ok().as_deref()));
    if !is_linear && !is_terminal {
        return Err(CliError::NoTerminal);
    }
    let config = Config::read(shared);
    let mut shared = shared.clone();
    config.apply_to(&mut shared);
    let shared = &shared;
    let course = places::course(course)?;
    let clock = places::clock_of(shared)?;
    let (opened, nothing_kept) = places::journal(shared);
    let is_first_start = opened.ledger.courses().next().is_none();
    let theme = theme(shared);
    let looks = Theme::named(theme.unwrap_or(ThemeName::Dark));
    let mut session = Session::new(course, opened.journal, opened.ledger, clock, looks, (80, 24));
    session.prefer(config.keymap(), config.text_width());
    if is_linear {
        if let Some(why) = &nothing_kept {
            session.nothing_is_kept(why);
        }
        for notice in opened.notices.iter().chain(nothing_kept.as_ref()).chain(&config.notice()) {
            complain(notice);
        }
        return linear::run(session);
    }
    if shared.no_mouse == Some(true) {
        session.leave_the_mouse();
    }
    if is_first_start {
        let key = |context, action| session.world().keymap.key(context, &action).to_owned();
        let (hide, show) = (key(Context::Always, Action::Hide), key(Context::Hidden, Action::Show));
        session.say(&format!("{hide} hides everything, {show} shows it again. New? sidelight --course tour"));
    }
    if let Some(notice) = opened.notices.into_iter().chain(config.notice()).next() {
        session.say(&notice);
    }
    if let Some(why) = nothing_kept {
        session.nothing_is_kept(&why);
    }
    let ending =
        run(&mut session, Options { ask_for_ground: theme.is_none(), hide_after: shared.hide_after })?;
    Ok(exit_code(ending))
}

/// Whether a terminal of this kind takes lines of text and nothing else.
fn has_no_cursor(kind: Option<&str>) -> bool {
    matches!(kind, None | Some("" | "dumb"))
}

fn exit_code(ending: Ending) -> ExitCode {
    let number = match ending {
        Ending::Quit => return ExitCode::SUCCESS,
        Ending::Signal(number) => number,
        Ending::Gone => HANGUP,
    };
    ExitCode::from(u8::try_from(ENDED_BY_SIGNAL + number).unwrap_or(1))
}

/// The theme that was asked for; none when the terminal is to be asked. Whoever names a
/// theme wants its colours, whatever `NO_COLOR` says.
fn theme(shared: &Shared) -> Option<ThemeName> {
    if let Some(theme) = shared.theme {
        return theme.name();
    }
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    no_color.then_some(ThemeName::Plain)
}
