//! Signals, as something that can be waited for together with keys.

use rustix::process::{Signal as Number, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

/// The signals that the program handles.
#[derive(Debug)]
pub(super) struct Signals {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
    heard: Vec<Signal>,
}

/// A request that a signal makes.
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

/// The processes to suspend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sleeper {
    /// This process: somebody sent a signal to it.
    Process,
    /// The whole job, as when the terminal itself makes Ctrl-z a signal: a script that
    /// waits for this program must not keep the terminal.
    Job,
}

impl Signals {
    /// Begins to listen to signals.
    pub(super) fn new() -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        read.set_nonblocking(true)?;
        // The end of a child says nothing by itself: it wakes up whoever waits for it.
        let handled = [SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH];
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, handled)?;
        Ok(Self { delivery, heard: Vec::new() })
    }

    /// A descriptor that becomes readable when a signal has come.
    pub(super) fn descriptor(&self) -> BorrowedFd<'_> {
        self.delivery.get_read().as_fd()
    }

    /// Takes note of the signals that came.
    pub(super) fn hear(&mut self) {
        self.heard.extend(self.delivery.pending().filter_map(|number| match number {
            SIGCHLD => None,
            SIGWINCH => Some(Signal::Resized),
            SIGTSTP => Some(Signal::Suspend),
            SIGCONT => Some(Signal::Woken),
            number => Some(Signal::End(number)),
        }));
    }

    /// The number of the signal that ends the program, if one of those heard does.
    pub(super) fn ending(&self) -> Option<i32> {
        self.heard.iter().find_map(|signal| match signal {
            Signal::End(number) => Some(*number),
            _ => None,
        })
    }

    /// The number of a signal that asks this program to end, and not only the editor that
    /// runs in between.
    pub(super) fn ending_untyped(&self) -> Option<i32> {
        self.heard.iter().find_map(|signal| match signal {
            Signal::End(number) if !is_typed(*number) => Some(*number),
            _ => None,
        })
    }

    /// The signals that came since the last call.
    pub(super) fn take(&mut self) -> Vec<Signal> {
        self.hear();
        std::mem::take(&mut self.heard)
    }

    /// Sleeps until the shell wakes the program up, as every program does on Ctrl-Z.
    pub(super) fn sleep(&mut self, sleeper: Sleeper) -> io::Result<()> {
        match sleeper {
            // All at once: were the others stopped first, the shell could wake the job up
            // before this process sleeps, and it would never wake.
            Sleeper::Job => kill_current_process_group(Number::STOP)?,
            Sleeper::Process => signal_hook::low_level::raise(SIGSTOP)?,
        }
        self.hear();
        // The waking that just happened, and whatever else asked for this sleep.
        self.heard.retain(|signal| !matches!(signal, Signal::Suspend | Signal::Woken));
        Ok(())
    }
}

/// Returns whether a shell waits behind this program and could wake it up. In the process group of
/// the session's first process there is none: the program was started by the terminal, by
/// ssh or by a multiplexer itself, and would sleep for ever.
pub(super) fn can_sleep() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Returns whether a signal is one that keys send to every program on the terminal, an editor that
/// runs in between among them.
fn is_typed(number: i32) -> bool {
    matches!(number, SIGINT | SIGQUIT)
}
