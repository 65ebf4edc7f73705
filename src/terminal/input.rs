//! Waiting for keys, signals and other windows, without ever waking up for nothing.
//!
//! crossterm parses the keys; this room decides when it may read. Its reader works well
//! only on a descriptor that does not block: on a blocking one, the first half of an
//! escape sequence would hold the whole program until the next key, and no signal would
//! be heard. Setting the shell's own descriptor to non-blocking would follow the shell
//! into its next command, so standard input is replaced with the terminal opened anew.

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Mode, OFlags};
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

/// How long crossterm may look for further keys that have arrived already. It returns at
/// once if there are any; with no time at all it would not look.
const LOOK: Duration = Duration::from_micros(100);
/// If a look took this long the program was held up in it, and it may have seen nothing
/// although there was something.
const HELD_UP: Duration = Duration::from_micros(500);

/// Why the wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Awake {
    /// The terminal has something to read.
    pub(super) keys: bool,
    /// The terminal is gone.
    pub(super) gone: bool,
}

/// Replaces standard input with the terminal, opened anew and without blocking.
pub(super) fn take_terminal() -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let terminal = rustix::fs::open("/dev/tty", flags, Mode::empty()).or_else(|_| {
        let name = rustix::termios::ttyname(rustix::stdio::stdout(), Vec::new())?;
        rustix::fs::open(&*name, flags, Mode::empty())
    })?;
    rustix::stdio::dup2_stdin(terminal)?;
    Ok(())
}

/// Waits until there is a key or one of the other descriptors can be read.
pub(super) fn wait(others: &[BorrowedFd<'_>]) -> io::Result<Awake> {
    let stdin = io::stdin();
    let mut descriptors = vec![PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::IN)];
    descriptors.extend(others.iter().map(|other| PollFd::from_borrowed_fd(*other, PollFlags::IN)));
    match poll(&mut descriptors, None) {
        // A signal came; its pipe says which.
        Err(rustix::io::Errno::INTR) => return Ok(Awake { keys: false, gone: false }),
        other => other?,
    };
    let terminal = descriptors.first().map_or(PollFlags::empty(), PollFd::revents);
    Ok(Awake {
        keys: terminal.contains(PollFlags::IN),
        gone: terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
    })
}

/// All events that have arrived.
pub(super) fn arrived() -> io::Result<Vec<crossterm::event::Event>> {
    let mut events = Vec::new();
    loop {
        let before = Instant::now();
        if crossterm::event::poll(LOOK)? {
            events.push(crossterm::event::read()?);
        } else if before.elapsed() < HELD_UP {
            return Ok(events);
        }
    }
}
