//! The event loop: wait, take everything in, save, draw once.

use crate::app::Session;
use crate::reader::action::News;
use crate::reader::bindings::Context;
use crate::reader::{Action, TerminalEffect};
use crate::screen::Theme;
use crate::terminal::decode::Input;
use crate::terminal::frame::Screen;
use crate::terminal::input::{Awake, Keyboard};
use crate::terminal::output::{Ended, Output};
use crate::terminal::signals::{Signal, Signals, Sleeper, can_sleep, is_typed};
use crate::terminal::{colour, editor, modes};
use crossterm::QueueableCommand as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event, MouseEvent, MouseEventKind};
use std::cell::RefCell;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// The largest screen that is drawn, in columns and rows; of a larger one the rest stays
/// empty. Two frames of it take 60 MB.
const LARGEST: (u16, u16) = (1000, 500);
/// What a terminal that knows no size of its own is taken for.
const USUAL: (u16, u16) = (80, 24);

/// So soon after a click, another one at the same place is a double click's second half. A
/// list scrolls by its selection, so that it would hit what stands there now.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// How the program is to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether the terminal is to be asked if it is light or dark.
    pub ask_for_ground: bool,
    /// After how long without a key everything is hidden, if ever.
    pub hide_after: Option<Duration>,
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

/// Runs a session until it ends. The terminal is given back however it ends.
///
/// # Errors
/// When the terminal can not be taken, read or written to.
pub fn run(session: &mut Session, options: Options) -> Result<Ending, RunError> {
    modes::tell_of_panics_quietly();
    let signals = Rc::new(RefCell::new(Signals::new()?));
    let mut terminal = Terminal {
        keyboard: Keyboard::take()?,
        screen: Screen::new(Output::new(Rc::clone(&signals))),
        signals,
        clicked: None,
    };
    modes::enter(terminal.screen.output(), session.state().mouse)?;
    let ending = catch_unwind(AssertUnwindSafe(|| event_loop(session, options, &mut terminal)));
    modes::leave();
    // A frame that the terminal did not take must not be tried again when it is dropped.
    std::mem::forget(terminal.screen);
    match ending {
        Ok(ending) => {
            session.close();
            let heard = terminal.signals.borrow_mut().ending();
            ending.or_else(|RunError::Terminal(error)| after(error, heard))
        }
        Err(panic) => {
            // What made it panic may do so again.
            catch_unwind(AssertUnwindSafe(|| session.close())).ok();
            resume_unwind(panic)
        }
    }
}

/// What an error of reading or writing means.
fn after(error: io::Error, heard: Option<i32>) -> Result<Ending, RunError> {
    let is_ended = error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Ended>);
    match heard {
        Some(number) if is_ended => Ok(Ending::Signal(number)),
        _ if is_gone(&error) => Ok(Ending::Gone),
        _ => Err(error.into()),
    }
}

/// The size of the terminal in columns and rows.
pub(crate) fn size() -> (u16, u16) {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).map(|size| (size.ws_col, size.ws_row));
    match size {
        Ok((1.., 1..)) => size.map_or(USUAL, |(columns, rows)| (columns.min(LARGEST.0), rows.min(LARGEST.1))),
        _ => USUAL,
    }
}

fn is_gone(error: &io::Error) -> bool {
    let gone = [rustix::io::Errno::IO, rustix::io::Errno::NXIO];
    gone.iter().any(|number| error.raw_os_error() == Some(number.raw_os_error()))
        || matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof)
}

/// What the loop waits for and writes to.
struct Terminal {
    keyboard: Keyboard,
    screen: Screen,
    signals: Rc<RefCell<Signals>>,
    /// When and where the last click was.
    clicked: Option<(Instant, (u16, u16))>,
}

impl Terminal {
    /// Whether this is the second half of a double click.
    fn is_second_half(&mut self, event: MouseEvent) -> bool {
        if !matches!(event.kind, MouseEventKind::Down(_)) {
            return false;
        }
        let cell = (event.column, event.row);
        let before = self.clicked.replace((Instant::now(), cell));
        before.is_some_and(|(when, place)| place == cell && when.elapsed() < DOUBLE_CLICK)
    }

    /// The events among what has arrived; what the terminal answered is taken note of.
    fn events(&mut self, session: &mut Session, inputs: Vec<Input>) -> Vec<Event> {
        let mut events = Vec::new();
        for input in inputs {
            match input {
                Input::Event(Event::Mouse(event)) if self.is_second_half(event) => {}
                Input::Event(event) => events.push(event),
                Input::Answer(answer) => {
                    if let Some(theme) = colour::theme(&answer) {
                        session.set_theme(Theme::named(theme));
                    }
                }
            }
        }
        events
    }

    fn wait(&self, session: &Session, limit: Option<Duration>) -> io::Result<Awake> {
        let signals = self.signals.borrow();
        let others: Vec<_> = std::iter::once(signals.descriptor()).chain(session.watched()).collect();
        self.keyboard.wait(&others, limit)
    }

    fn signals(&self) -> Vec<Signal> {
        self.signals.borrow_mut().take()
    }

    fn suspend(&mut self, session: &mut Session, sleeper: Sleeper) -> io::Result<()> {
        if !can_sleep() {
            let key = session.world().key(Context::Panes, &Action::Quit);
            let words = format!("Can't suspend: not started from a shell. {key} ends the program.");
            session.say(&words);
            return Ok(());
        }
        session.save();
        modes::leave();
        self.signals.borrow_mut().sleep(sleeper)?;
        self.wake(session)
    }

    /// Lets the reader write in `$EDITOR`. Returns the signal that meanwhile asked this
    /// program, and not only the editor, to end.
    fn edit(&mut self, session: &mut Session, text: &str) -> io::Result<Option<i32>> {
        session.save();
        let news = match editor::command() {
            Err(error) => News::NotEdited(error.to_string()),
            Ok(command) => {
                modes::leave();
                let edited = editor::edit(text, session.folder(), &command);
                let ended = self.signals().into_iter().find_map(|signal| match signal {
                    Signal::End(number) if !is_typed(number) => Some(number),
                    Signal::End(_) | Signal::Resized | Signal::Suspend | Signal::Woken => None,
                });
                if ended.is_some() {
                    return Ok(ended);
                }
                self.wake(session)?;
                edited.map_or_else(|error| News::NotEdited(error.to_string()), News::Edited)
            }
        };
        session.apply(Action::News(news));
        Ok(None)
    }

    /// Performs what takes a terminal. Returns how the session ends, if it does.
    fn perform(&mut self, session: &mut Session, effect: TerminalEffect) -> io::Result<Option<Ending>> {
        match effect {
            TerminalEffect::Quit => return Ok(Some(Ending::Quit)),
            TerminalEffect::Mouse(mouse) => modes::hand_mouse_over(self.screen.output(), mouse)?,
            TerminalEffect::Redraw => self.screen.forget(),
            TerminalEffect::Suspend => self.suspend(session, Sleeper::Job)?,
            TerminalEffect::Copy(text) => {
                let output = self.screen.output();
                output.queue(CopyToClipboard::to_clipboard_from(text))?.flush()?;
            }
            TerminalEffect::Edit(text) => return Ok(self.edit(session, &text)?.map(Ending::Signal)),
        }
        Ok(None)
    }

    /// Takes the terminal again after a sleep, whoever ended it.
    fn wake(&mut self, session: &mut Session) -> io::Result<()> {
        modes::enter(self.screen.output(), session.state().mouse)?;
        resize(session);
        session.look_at_the_clock();
        self.screen.forget();
        Ok(())
    }
}

fn event_loop(session: &mut Session, options: Options, terminal: &mut Terminal) -> Result<Ending, RunError> {
    resize(session);
    terminal.screen.draw(session)?;
    if options.ask_for_ground {
        colour::ask(terminal.screen.output())?;
    }
    session.start_watching();
    session.measure_lessons();
    terminal.screen.draw(session)?;
    session.shelve();
    let mut last_key = Instant::now();
    loop {
        // No timer once it is hidden, and none at all unless it was asked for.
        let hide_after = options.hide_after.filter(|_| !session.state().hidden);
        // Some may have been heard while a frame was written.
        let mut signals = terminal.signals();
        // Whether something may show that was not there in the last frame. Work that is gone on
        // with while nothing else happens says so itself.
        let mut has_news = true;
        if signals.is_empty() {
            let until_hidden = hide_after.map(|time| time.saturating_sub(last_key.elapsed()));
            let until_due = [until_hidden, session.until_reload()].into_iter().flatten().min();
            let is_busy = session.is_busy();
            let awake = terminal.wait(session, if is_busy { Some(Duration::ZERO) } else { until_due })?;
            if awake.gone {
                return Ok(Ending::Gone);
            }
            if awake.others {
                session.take_changes();
            }
            signals = terminal.signals();
            has_news = !is_busy || awake.others || !signals.is_empty();
        }
        for signal in signals {
            match signal {
                Signal::End(number) => return Ok(Ending::Signal(number)),
                Signal::Resized => {
                    resize(session);
                    // Even if it has the size that it had: in between it was smaller, and cut
                    // off what was shown.
                    terminal.screen.forget();
                }
                Signal::Suspend => terminal.suspend(session, Sleeper::Process)?,
                Signal::Woken => terminal.wake(session)?,
            }
        }
        let inputs = terminal.keyboard.arrived()?;
        if !inputs.is_empty() {
            last_key = Instant::now();
            has_news = true;
        }
        if hide_after.is_some_and(|time| last_key.elapsed() >= time) {
            session.apply(Action::Hide);
            has_news = true;
        }
        let events = terminal.events(session, inputs);
        let pass = session.pass(events, |session, effect| match terminal.perform(session, effect) {
            Ok(None) => ControlFlow::Continue(()),
            Ok(Some(ending)) => ControlFlow::Break(Ok(ending)),
            Err(error) => ControlFlow::Break(Err(error)),
        });
        match pass {
            ControlFlow::Continue(shows) => has_news |= shows,
            ControlFlow::Break(ending) => return Ok(ending?),
        }
        if has_news {
            terminal.screen.draw(session)?;
        }
    }
}

fn resize(session: &mut Session) {
    let (columns, rows) = size();
    session.apply(Action::News(News::Resized(columns, rows)));
}
