//! The event loop: wait, take everything in, save, draw once.
//!
//! Owns the only place where the program waits. Must not take the terminal or give it back but
//! around a sleep and an editor: [`crate::terminal::run()`] does.

mod pictures;

use crate::app::{Outside, Session};
use crate::reader::action::News;
use crate::reader::keys::Context;
use crate::reader::overlay::note;
use crate::reader::pointer::Mouse;
use crate::reader::{Action, TerminalEffect};
use crate::screen::theme::role::Looks;
use crate::terminal::charset::Charset;
use crate::terminal::colour::ColourAnswers;
use crate::terminal::decode::Input;
use crate::terminal::editor::{Edited, EditorError, EditorPage};
use crate::terminal::frame::Screen;
use crate::terminal::input::{Awake, Keyboard};
use crate::terminal::output::TerminalOutput;
use crate::terminal::pictures::PictureAnswers;
use crate::terminal::signals::{Signal, Signals, Sleeper, can_sleep};
use crate::terminal::size::size;
use crate::terminal::wall_timer::WallTimer;
use crate::terminal::{colour, editor, modes};
use crossterm::QueueableCommand as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event, MouseEvent, MouseEventKind};
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// At most this long after a click, another one at the same place is a double click's second half. A
/// list scrolls by its selection, so that it would hit what stands there now.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// The options of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether the terminal is to be asked if it is light or dark.
    pub ask_for_ground: bool,
    /// After how long without a key everything is hidden, if ever.
    pub hide_after: Option<Duration>,
    /// The characters that the terminal shows.
    pub charset: Charset,
    /// What is to look otherwise than in the theme that follows from what the terminal answers.
    pub looks: Looks,
}

/// The end of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The reader quit.
    Quit,
    /// A signal of this number ended it.
    Signal(i32),
    /// The terminal went away.
    Gone,
}

/// The terminal, as the loop waits for it and writes to it.
pub(super) struct Terminal {
    keyboard: Keyboard,
    screen: Screen,
    /// Wakes when the next day begins, and after a sleep.
    day_timer: WallTimer,
    /// What it has said of its colours.
    colours: ColourAnswers,
    /// What it has said of pictures.
    pictures: PictureAnswers,
    /// The time and cell of the last click.
    clicked: Option<(Instant, (u16, u16))>,
    /// The page of an editor that has ended at once: its window may still be open.
    left_open: Option<EditorPage>,
}

impl Terminal {
    /// Takes the terminal's input and output, but not yet its screen.
    ///
    /// # Errors
    /// When there is no terminal, or it refuses.
    pub(super) fn open(options: Options) -> io::Result<Self> {
        let Options { charset, looks, .. } = options;
        let signals = Signals::new()?;
        let keyboard = Keyboard::take(charset)?;
        let screen = Screen::new(TerminalOutput::new(signals), charset);
        let (day_timer, colours) = (WallTimer::new(), ColourAnswers::new(looks));
        let pictures = PictureAnswers::default();
        Ok(Self { keyboard, screen, day_timer, colours, pictures, clicked: None, left_open: None })
    }

    /// Takes the screen, the keyboard's modes and the mouse.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub(super) fn enter(&mut self, mouse: Mouse) -> io::Result<()> {
        modes::enter(self.screen.output(), mouse)
    }

    /// Gives the terminal back, once it has answered what it was asked.
    pub(super) fn leave(&mut self) {
        self.keyboard.await_answer();
        self.pictures.forget_question();
        modes::leave();
    }

    /// Ends without another byte: a frame that the terminal did not take must not be tried
    /// again. Returns the number of the signal that asked the program to end, if one did.
    pub(super) fn forget(mut self) -> Option<i32> {
        // What was written into it stays, and is told of at the next start.
        self.left_open.take().and_then(EditorPage::left);
        let heard = self.screen.signals().ending();
        std::mem::forget(self.screen);
        heard
    }

    /// Returns whether this is the second half of a double click.
    fn is_second_half(&mut self, event: MouseEvent) -> bool {
        if !matches!(event.kind, MouseEventKind::Down(_)) {
            return false;
        }
        let cell = (event.column, event.row);
        let before = self.clicked.replace((Instant::now(), cell));
        before.is_some_and(|(when, place)| place == cell && when.elapsed() < DOUBLE_CLICK)
    }

    fn wait(&mut self, session: &Session, limit: Option<Duration>) -> io::Result<Awake> {
        self.day_timer.set(session.next_day());
        let signals = self.screen.signal_descriptor();
        let others = std::iter::once(signals).chain(session.watched()).chain(self.day_timer.descriptor());
        let limits = [limit, self.day_timer.limit(), self.until_picture_way(session)];
        let limit = limits.into_iter().flatten().min();
        let awake = self.keyboard.wait(&others.collect::<Vec<_>>(), limit)?;
        self.day_timer.take();
        Ok(awake)
    }

    fn signals(&mut self) -> Vec<Signal> {
        self.screen.signals().take()
    }

    /// Handles a signal. Returns how the session ends, if it does.
    fn handle(&mut self, session: &mut Session, signal: Signal) -> io::Result<Option<Ending>> {
        match signal {
            Signal::End(number) => return Ok(Some(Ending::Signal(number))),
            Signal::Resized => {
                resize(session);
                Self::fit_pictures_to_cells(session);
                // Even if it has the size that it had: in between it was smaller, and cut
                // off what was shown.
                self.screen.forget();
            }
            Signal::Suspend => self.suspend(session, Sleeper::Process)?,
            Signal::Woken => self.wake(session)?,
        }
        Ok(None)
    }

    /// The events in what has arrived. What the terminal answered is taken note of, and the
    /// second half of a double click is left out.
    fn events(&mut self, session: &mut Session, inputs: Vec<Input>) -> Vec<Event> {
        let mut events = Vec::new();
        for input in inputs {
            match input {
                Input::Event(Event::Mouse(event)) if self.is_second_half(event) => {}
                Input::Event(event) => events.push(event),
                Input::Attributes { has_sixel } => self.take_picture_way(session, has_sixel),
                Input::Answer(answer) => {
                    self.pictures.take(&answer);
                    if let Some(theme) = self.colours.take(&answer) {
                        session.set_theme(theme);
                    }
                }
            }
        }
        events
    }

    fn suspend(&mut self, session: &mut Session, sleeper: Sleeper) -> io::Result<()> {
        if !can_sleep() {
            let key = session.world().key(Context::PANES, "quit");
            let words = format!("Can't suspend: not started from a shell. {key} ends the program.");
            session.say(&words);
            return Ok(());
        }
        session.save();
        self.leave();
        self.screen.signals().sleep(sleeper)?;
        self.wake(session)
    }

    /// Lets the reader write in `$EDITOR`. Returns the signal that meanwhile asked this
    /// program, and not only the editor, to end.
    fn edit(&mut self, session: &mut Session, text: &str) -> io::Result<Option<i32>> {
        session.save();
        if let Some((text, page)) = self.written_since(text) {
            take_edited(session, &text, page);
            return Ok(None);
        }
        let prepared = editor::command().and_then(|command| Ok((command, self.page_of(text, session)?)));
        let (command, page) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                session.apply(Action::News(News::NotEdited(error.to_string())));
                return Ok(None);
            }
        };
        self.leave();
        let (edited, ended) = {
            let signals = self.screen.signals();
            let edited = editor::edit(page, &command, signals);
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
            Ok(Edited::Ended { text, page }) => take_edited(session, &text, page),
            Ok(Edited::AtOnce(page)) => {
                let key = session.world().key(note::CONTEXT, "editor");
                let words = format!(
                    "The editor ended at once. Is it still open in a window? Save there, and {key} takes it \
                     in. It has {}",
                    page.shown()
                );
                self.left_open = Some(page);
                session.apply(Action::News(News::NotEdited(words)));
            }
            Err(error) => {
                session.apply(Action::News(News::NotEdited(error.to_string())));
            }
        }
        Ok(ended)
    }

    /// What was written, after its editor had ended at once, into the page that was made of this
    /// text.
    fn written_since(&mut self, text: &str) -> Option<(String, EditorPage)> {
        let page = self.left_open.take_if(|page| page.is_of(text) && page.written_since().is_some())?;
        Some((page.written_since()?, page))
    }

    /// The page for a text: the one that is left open if it was made of the same.
    fn page_of(&mut self, text: &str, session: &Session) -> Result<EditorPage, EditorError> {
        match self.left_open.take() {
            Some(page) if page.is_of(text) => Ok(page),
            other => {
                // What another note's window has written into it is told of at the next start.
                other.and_then(EditorPage::left);
                editor::page_of(text, session.folder())
            }
        }
    }

    /// Performs what takes a terminal. Returns how the session ends, if it does.
    fn perform(&mut self, session: &mut Session, effect: TerminalEffect) -> io::Result<Option<Ending>> {
        match effect {
            TerminalEffect::Quit => return Ok(Some(Ending::Quit)),
            TerminalEffect::Mouse(mouse) => modes::hand_mouse_over(self.screen.output(), mouse)?,
            TerminalEffect::Draw => self.screen.draw(session)?,
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

/// Takes in what an editor wrote. Its page is removed only when a draft holds the words.
fn take_edited(session: &mut Session, text: &str, page: EditorPage) {
    session.apply(Action::News(News::Edited(text.to_owned())));
    session.save();
    let told = if session.has_safe_draft() { page.finish(text) } else { Some(page.stay()) };
    if let Some(words) = told {
        session.apply(Action::News(News::NotEdited(words)));
    }
}

/// The time of the last key, and the idle time after which everything is hidden.
struct Idle {
    hide_after: Option<Duration>,
    last_key: Instant,
}

impl Idle {
    /// The idle time after which everything is hidden: no timer once it is hidden, and none
    /// at all unless it was asked for.
    fn limit(&self, session: &Session) -> Option<Duration> {
        self.hide_after.filter(|_| !session.state().hidden)
    }
}

/// The input that a pass of the loop begins with.
struct Woken {
    signals: Vec<Signal>,
    outside: Outside,
    /// Whether something may show that was not there in the last frame. What changes outside and work
    /// that continues while nothing else happens say so themselves.
    has_news: bool,
}

/// Runs the session until it ends.
///
/// # Errors
/// When the terminal cannot be read or written to.
pub(super) fn event_loop(
    session: &mut Session,
    options: Options,
    terminal: &mut Terminal,
) -> io::Result<Ending> {
    show_first_frame(session, options, terminal)?;
    let mut idle = Idle { hide_after: options.hide_after, last_key: Instant::now() };
    loop {
        if let Some(ending) = pass(session, terminal, &mut idle)? {
            return Ok(ending);
        }
    }
}

/// Draws the first frame, and does what was put off until it is on the screen.
fn show_first_frame(session: &mut Session, options: Options, terminal: &mut Terminal) -> io::Result<()> {
    resize(session);
    terminal.screen.draw(session)?;
    if options.ask_for_ground {
        colour::ask(terminal.screen.output())?;
        terminal.keyboard.expect_answer();
    }
    let shown = session.state().clone();
    session.start_watching();
    // Where nothing can be watched, that is said.
    if session.settle_in() || *session.state() != shown {
        terminal.screen.draw(session)?;
    }
    terminal.ask_for_picture_way(session)?;
    session.add_to_recent();
    Ok(())
}

/// One pass of the loop: waits, takes everything in, saves, draws once. Returns how the session
/// ends, if it does.
fn pass(session: &mut Session, terminal: &mut Terminal, idle: &mut Idle) -> io::Result<Option<Ending>> {
    let limit = idle.limit(session);
    let until_hidden = limit.map(|limit| limit.saturating_sub(idle.last_key.elapsed()));
    let Some(Woken { signals, outside, mut has_news }) = wait(session, terminal, until_hidden)? else {
        return Ok(Some(Ending::Gone));
    };
    for signal in signals {
        if let Some(ending) = terminal.handle(session, signal)? {
            return Ok(Some(ending));
        }
    }
    let inputs = terminal.keyboard.arrived()?;
    if !inputs.is_empty() {
        idle.last_key = Instant::now();
        has_news = true;
    }
    if limit.is_some_and(|limit| idle.last_key.elapsed() >= limit) {
        for effect in session.apply(Action::Hide) {
            terminal.perform(session, effect)?;
        }
        has_news = true;
    }
    let events = terminal.events(session, inputs);
    let passed = session.pass(events, outside, |session, effect| match terminal.perform(session, effect) {
        Ok(None) => ControlFlow::Continue(()),
        Ok(Some(ending)) => ControlFlow::Break(Ok(ending)),
        Err(error) => ControlFlow::Break(Err(error)),
    });
    match passed {
        ControlFlow::Continue(shows) => has_news |= shows,
        ControlFlow::Break(ending) => return ending.map(Some),
    }
    if has_news {
        terminal.draw(session)?;
    }
    Ok(None)
}

/// Waits until there is something to do, for no longer than this. Returns nothing when the
/// terminal is gone.
fn wait(
    session: &mut Session,
    terminal: &mut Terminal,
    until_hidden: Option<Duration>,
) -> io::Result<Option<Woken>> {
    // Some may have been heard while a frame was written.
    let signals = terminal.signals();
    if !signals.is_empty() {
        return Ok(Some(Woken { signals, outside: Outside::Changed, has_news: true }));
    }
    let until_due = [until_hidden, session.until_reload(), session.until_journal(), session.until_picture()];
    let until_due = until_due.into_iter().flatten().min();
    let is_busy = session.is_busy();
    let awake = terminal.wait(session, if is_busy { Some(Duration::ZERO) } else { until_due })?;
    if awake.gone {
        return Ok(None);
    }
    let signals = terminal.signals();
    let has_news = !signals.is_empty() || (!is_busy && !awake.others);
    let outside = if awake.others { Outside::Changed } else { Outside::Same };
    Ok(Some(Woken { signals, outside, has_news }))
}

fn resize(session: &mut Session) {
    let (columns, rows) = size();
    session.apply(Action::News(News::Resized(columns, rows)));
}
