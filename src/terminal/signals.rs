//! Signals, as something that can be waited for together with keys.

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

/// The signals that the program heeds.
#[derive(Debug)]
pub(super) struct Signals {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// End, with this signal's number.
    End(i32),
    /// The terminal has another size.
    Resized,
    /// Sleep.
    Suspend,
    /// Somebody woke the program up.
    Woken,
}

impl Signals {
    /// Begins to heed signals.
    pub(super) fn new() -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        read.set_nonblocking(true)?;
        let heeded = [SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH];
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, heeded)?;
        Ok(Self { delivery })
    }

    /// What becomes readable when a signal came.
    pub(super) fn descriptor(&self) -> BorrowedFd<'_> {
        self.delivery.get_read().as_fd()
    }

    /// The signals that came since the last call.
    pub(super) fn take(&mut self) -> Vec<Signal> {
        self.delivery
            .pending()
            .map(|number| match number {
                SIGWINCH => Signal::Resized,
                SIGTSTP => Signal::Suspend,
                SIGCONT => Signal::Woken,
                number => Signal::End(number),
            })
            .collect()
    }
}

/// Sleeps until the shell wakes the program up, as every program does on Ctrl-Z.
pub(super) fn sleep() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(SIGTSTP)
}
