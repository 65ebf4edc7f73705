//! The event loop: wait, take everything in, save, draw once.

use crate::reader::Action;
use crate::reader::action::News;
use crate::screen::Theme;
use crate::terminal::colour::{self, Answer, Picked};
use crate::terminal::session::{Request, Session};
use crate::terminal::signals::{self, Signal, Signals};
use crate::terminal::{input, modes};
use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, Stdout};

/// Bytes of a frame that are gathered before they are sent.
const FRAME: usize = 64 * 1024;

/// How the program is to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether the terminal is to be asked if it is light or dark.
    pub ask_for_ground: bool,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The reader quit.
    Quit,
    /// A signal of this number ended it.
    Signal(i32),
    /// The terminal went away.
    Gone,
}

/// Why it could not go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal refused something.
    #[error("the terminal can not be used: {0}")]
    Terminal(#[from] io::Error),
}

type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Runs a sitting until it ends. The terminal is given back however it ends.
///
/// # Errors
/// When the terminal can not be taken, read or written to.
pub fn run(session: &mut Session, options: Options) -> Result<Ending, RunError> {
    modes::tell_of_panics_quietly();
    let signals = Signals::new()?;
    input::take_terminal()?;
    modes::enter()?;
    let ending = turn(session, options, signals);
    session.part();
    modes::leave();
    match ending {
        // A terminal that is gone shows itself as an error of reading or writing.
        Err(RunError::Terminal(error)) if is_gone(&error) => Ok(Ending::Gone),
        ending => ending,
    }
}

/// The size of the terminal in columns and rows.
pub(crate) fn size() -> (u16, u16) {
    rustix::termios::tcgetwinsize(rustix::stdio::stdout()).map_or((80, 24), |size| (size.ws_col, size.ws_row))
}

fn is_gone(error: &io::Error) -> bool {
    let number = error.raw_os_error();
    number == Some(rustix::io::Errno::IO.raw_os_error())
        || matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof)
}

fn turn(session: &mut Session, options: Options, mut signals: Signals) -> Result<Ending, RunError> {
    let mut screen = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(FRAME, io::stdout())))?;
    let mut answer = Answer::new(options.ask_for_ground);
    resize(session);
    draw(session, &mut screen)?;
    if options.ask_for_ground {
        colour::ask()?;
    }
    loop {
        let awake = input::wait(&[signals.descriptor()])?;
        for signal in signals.take() {
            match signal {
                Signal::End(number) => return Ok(Ending::Signal(number)),
                Signal::Resized => resize(session),
                Signal::Suspend => suspend(session, &mut screen)?,
                Signal::Woken => wake(session, &mut screen)?,
            }
        }
        if awake.keys {
            session.look_at_the_clock();
            for event in input::arrived()? {
                for request in take_in(session, &mut answer, event) {
                    match request {
                        Request::Quit => return Ok(Ending::Quit),
                        Request::Redraw => screen.clear()?,
                        Request::Suspend => suspend(session, &mut screen)?,
                    }
                }
            }
        }
        if awake.gone {
            return Ok(Ending::Gone);
        }
        session.save();
        draw(session, &mut screen)?;
    }
}

fn take_in(session: &mut Session, answer: &mut Answer, event: Event) -> Vec<Request> {
    match answer.pick(event) {
        Picked::Held => Vec::new(),
        Picked::Answered(theme) => {
            if let Some(theme) = theme {
                session.theme = Theme::named(theme);
            }
            Vec::new()
        }
        Picked::Events(events) => events.into_iter().flat_map(|event| handle(session, event)).collect(),
    }
}

fn handle(session: &mut Session, event: Event) -> Vec<Request> {
    match event {
        Event::Key(key) => session.key(&key),
        Event::Paste(text) => session.act(Action::Paste(text)),
        Event::Resize(..) => {
            resize(session);
            Vec::new()
        }
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) => Vec::new(),
    }
}

fn resize(session: &mut Session) {
    let (columns, rows) = size();
    session.act(Action::News(News::Resized(columns, rows)));
}

fn draw(session: &Session, screen: &mut Screen) -> Result<(), RunError> {
    screen.draw(|frame| {
        if let Some(cursor) = session.draw(frame.buffer_mut()) {
            frame.set_cursor_position(cursor);
        }
    })?;
    Ok(())
}

fn suspend(session: &mut Session, screen: &mut Screen) -> Result<(), RunError> {
    session.save();
    modes::leave();
    signals::sleep()?;
    wake(session, screen)
}

/// Takes the terminal again after a sleep, whoever ended it.
fn wake(session: &mut Session, screen: &mut Screen) -> Result<(), RunError> {
    modes::enter()?;
    resize(session);
    session.look_at_the_clock();
    screen.clear()?;
    Ok(())
}
