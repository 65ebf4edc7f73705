//! The event loop: wait, take everything in, save, draw once.

use crate::reader::Action;
use crate::reader::action::News;
use crate::reader::bindings::Context;
use crate::screen::Theme;
use crate::terminal::decode::Input;
use crate::terminal::editor::{Edited, Page};
use crate::terminal::frame::Screen;
use crate::terminal::input::{Awake, Keyboard};
use crate::terminal::output::{Ended, Output};
use crate::terminal::session::{Request, Session};
use crate::terminal::signals::{Signal, Signals, Sleeper, can_sleep};
use crate::terminal::{colour, editor, modes};
use crossterm::QueueableCommand as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event, MouseEvent, MouseEventKind};
use std::cell::RefCell;
use std::io::{self, Write as _};
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

/// Runs a sitting until it ends. The terminal is given back however it ends.
///
/// # Errors
/// When the terminal can not be taken, read or written to.
pub fn run(session: &mut Session, options: Options) -> Result<Ending, RunError> {
    modes::tell_of_panics_quietly();
    let signals = Rc::new(RefCell::new(Signals::new()?));
    let mut outside = Outside {
        keyboard: Keyboard::take()?,
        screen: Screen::new(Output::new(Rc::clone(&signals))),
        signals,
        clicked: None,
    };
    modes::enter(outside.screen.output(), session.state().mouse)?;
    let ending = catch_unwind(AssertUnwindSafe(|| turn(session, options, &mut outside)));
    modes::leave();
    // A frame that the terminal did not take must not be tried again when it is dropped.
    std::mem::forget(outside.screen);
    match ending {
        Ok(ending) => {
            session.part();
            let heard = outside.signals.borrow_mut().ending();
            ending.or_else(|RunError::Terminal(error)| after(error, heard))
        }
        Err(panic) => {
            // What made it panic may do so again.
            catch_unwind(AssertUnwindSafe(|| session.part())).ok();
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

/// What the loop has to do with.
struct Outside {
    keyboard: Keyboard,
    screen: Screen,
    signals: Rc<RefCell<Signals>>,
    /// When and where the last click was.
    clicked: Option<(Instant, (u16, u16))>,
}

impl Outside {
    /// Whether this is the second half of a double click.
    fn is_second_half(&mut self, event: MouseEvent) -> bool {
        if !matches!(event.kind, MouseEventKind::Down(_)) {
            return false;
        }
        let cell = (event.column, event.row);
        let before = self.clicked.replace((Instant::now(), cell));
        before.is_some_and(|(when, place)| place == cell && when.elapsed() < DOUBLE_CLICK)
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
            let words = format!("No shell waits behind this program: it can only be left, with {key}.");
            session.say(&words);
            return Ok(());
        }
        session.save();
        modes::leave();
        self.signals.borrow_mut().sleep(sleeper)?;
        self.wake(session)
    }

    /// Lets the reader write in her own editor. Returns the signal that meanwhile asked this
    /// program, and not only the editor, to end.
    fn edit(&mut self, session: &mut Session, text: &str) -> io::Result<Option<i32>> {
        session.save();
        let command = match editor::command() {
            Ok(command) => command,
            Err(error) => {
                session.act(Action::News(News::NotEdited(error.to_string())));
                return Ok(None);
            }
        };
        modes::leave();
        let (edited, ended) = {
            let mut signals = self.signals.borrow_mut();
            let edited = editor::edit(text, session.folder(), &command, &mut signals);
            signals.hear();
            let ended = signals.ending_untyped();
            signals.take();
            (edited, ended)
        };
        if ended.is_none() {
            self.wake(session)?;
        }
        match edited {
            Ok(Edited::Interrupted(number)) => return Ok(Some(number)),
            Ok(Edited::Ended { text, page }) => take_over(session, &text, page),
            Err(error) => {
                session.act(Action::News(News::NotEdited(error.to_string())));
            }
        }
        Ok(ended)
    }

    /// Does what a key asked for. Returns how the sitting ends, if it does.
    fn perform(&mut self, session: &mut Session, request: Request) -> io::Result<Option<Ending>> {
        match request {
            Request::Quit => return Ok(Some(Ending::Quit)),
            Request::Mouse(mouse) => modes::hand_mouse_over(self.screen.output(), mouse)?,
            Request::Redraw => self.screen.forget(),
            Request::Suspend => self.suspend(session, Sleeper::Job)?,
            Request::Copy(text) => {
                let output = self.screen.output();
                output.queue(CopyToClipboard::to_clipboard_from(text))?.flush()?;
            }
            Request::Edit(text) => return Ok(self.edit(session, &text)?.map(Ending::Signal)),
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

/// Takes over what an editor wrote. Its page goes only when a draft has the words.
fn take_over(session: &mut Session, text: &str, page: Page) {
    session.act(Action::News(News::Edited(text.to_owned())));
    session.save();
    if let Some(words) = page.finish(text) {
        session.act(Action::News(News::NotEdited(words)));
    }
}

fn turn(session: &mut Session, options: Options, outside: &mut Outside) -> Result<Ending, RunError> {
    resize(session);
    outside.screen.draw(session)?;
    if options.ask_for_ground {
        colour::ask(outside.screen.output())?;
    }
    session.watch();
    session.settle_in();
    outside.screen.draw(session)?;
    session.shelve();
    let mut last_key = Instant::now();
    loop {
        // No timer once it is hidden, and none at all unless it was asked for.
        let hide_after = options.hide_after.filter(|_| !session.state().hidden);
        // Some may have been heard while a frame was written.
        let mut signals = outside.signals();
        // Whether something may show that was not there in the last frame. Work that is gone on
        // with while nothing else happens says so itself.
        let mut has_news = true;
        if signals.is_empty() {
            let until_hidden = hide_after.map(|time| time.saturating_sub(last_key.elapsed()));
            let until_due = [until_hidden, session.wait()].into_iter().flatten().min();
            let is_busy = session.is_busy();
            let awake = outside.wait(session, if is_busy { Some(Duration::ZERO) } else { until_due })?;
            if awake.gone {
                return Ok(Ending::Gone);
            }
            if awake.others {
                session.refresh();
            }
            signals = outside.signals();
            has_news = !is_busy || awake.others || !signals.is_empty();
        }
        for signal in signals {
            match signal {
                Signal::End(number) => return Ok(Ending::Signal(number)),
                Signal::Resized => {
                    resize(session);
                    // Even if it has the size that it had: in between it was smaller, and cut
                    // off what was shown.
                    outside.screen.forget();
                }
                Signal::Suspend => outside.suspend(session, Sleeper::Process)?,
                Signal::Woken => outside.wake(session)?,
            }
        }
        let inputs = outside.keyboard.arrived()?;
        let has_input = !inputs.is_empty();
        if has_input {
            last_key = Instant::now();
            session.look_at_the_clock();
        }
        if hide_after.is_some_and(|time| last_key.elapsed() >= time) {
            session.act(Action::Hide);
            has_news = true;
        }
        for input in inputs {
            if let Input::Event(Event::Mouse(event)) = &input
                && outside.is_second_half(*event)
            {
                continue;
            }
            for request in take_in(session, input) {
                if let Some(ending) = outside.perform(session, request)? {
                    return Ok(ending);
                }
            }
        }
        has_news |= session.save();
        has_news |= session.renew();
        has_news |= session.search_on();
        has_news |= session.highlight_on(!has_input);
        if has_news || has_input {
            outside.screen.draw(session)?;
        }
    }
}

fn take_in(session: &mut Session, input: Input) -> Vec<Request> {
    match input {
        Input::Event(Event::Key(key)) => session.key(&key),
        Input::Event(Event::Mouse(event)) => session.mouse(event),
        Input::Event(Event::Paste(text)) => session.act(Action::Paste(text)),
        Input::Event(_) => Vec::new(),
        Input::Answer(answer) => {
            if let Some(theme) = colour::theme(&answer) {
                session.theme = Theme::named(theme);
            }
            Vec::new()
        }
    }
}

fn resize(session: &mut Session) {
    let (columns, rows) = size();
    session.act(Action::News(News::Resized(columns, rows)));
}
