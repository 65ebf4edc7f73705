//! Writing to the terminal, without being held by it.
//!
//! A terminal may stop taking bytes: Ctrl-s, a frozen multiplexer, a slow line. A write
//! that blocks would make the program deaf to signals then. So the terminal is opened anew
//! without blocking, and while it takes nothing, signals are waited for too.

use crate::terminal::input::open_terminal;
use crate::terminal::signals::Signals;
use crate::terminal::wait::{Until, wait};
use rustix::fs::OFlags;
use rustix::io::Errno;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The terminal. Global because a panic on any thread must reach it.
static TERMINAL: OnceLock<OwnedFd> = OnceLock::new();

/// The error of a write that a signal to end the program interrupted.
#[derive(Debug, thiserror::Error)]
#[error("interrupted by a signal")]
pub(super) struct Ended;

/// The terminal's descriptor for writing, once it was opened.
pub(super) fn terminal() -> io::Result<BorrowedFd<'static>> {
    if let Some(terminal) = TERMINAL.get() {
        return Ok(terminal.as_fd());
    }
    let terminal = open_terminal(OFlags::RDWR)?;
    Ok(TERMINAL.get_or_init(|| terminal).as_fd())
}

/// Writes what can be written before the time is over.
pub(super) fn send(mut bytes: &[u8], limit: Duration) -> io::Result<()> {
    let terminal = terminal()?;
    let end = Instant::now() + limit;
    while !bytes.is_empty() {
        match rustix::io::write(terminal, bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let rest = end.saturating_duration_since(Instant::now());
                if rest.is_zero() {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                wait(&[(terminal, Until::Writable)], Some(rest)).ok();
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The terminal as something to write to. Waits for as long as the terminal likes, unless
/// a signal ends the program.
#[derive(Debug)]
pub(super) struct TerminalOutput {
    signals: Signals,
}

impl TerminalOutput {
    /// Writes to the terminal, and listens to these signals while that takes long.
    pub(super) fn new(signals: Signals) -> Self {
        Self { signals }
    }

    /// The signals, to ask what was heard.
    pub(super) fn signals(&mut self) -> &mut Signals {
        &mut self.signals
    }

    /// A descriptor that becomes readable when a signal has come.
    pub(super) fn signal_descriptor(&self) -> BorrowedFd<'_> {
        self.signals.descriptor()
    }

    fn wait_for_room(&mut self, terminal: BorrowedFd<'_>) -> io::Result<()> {
        self.signals.hear();
        if self.signals.ending().is_some() {
            return Err(io::Error::other(Ended));
        }
        let signals = self.signals.descriptor();
        match wait(&[(terminal, Until::Writable), (signals, Until::Readable)], None) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Write for TerminalOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let terminal = terminal()?;
        loop {
            match rustix::io::write(terminal, bytes) {
                Ok(count) => return Ok(count),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => self.wait_for_room(terminal)?,
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
