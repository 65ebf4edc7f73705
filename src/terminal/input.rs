//! Waiting for keys, signals and time, without ever waking up for nothing.
//!
//! Owns the terminal's descriptor for reading. It must not block: half an escape sequence
//! would hold the whole program until the next key, and no signal would be heard. Setting
//! the shell's own descriptor to non-blocking would follow the shell into its next command,
//! so standard input is replaced with the terminal opened anew.

use crate::terminal::decode::{Decoder, Input};
use crate::terminal::wait::{Readiness, Until, wait};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

/// The most bytes that are taken in before a frame is drawn.
const AT_ONCE: usize = 256 * 1024;

/// Opens the terminal once more, for reading or for writing, so that it does not block.
pub(super) fn open_terminal(access: OFlags) -> io::Result<OwnedFd> {
    let flags = access | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let terminal = rustix::fs::open("/dev/tty", flags, Mode::empty()).or_else(|_| {
        let name = rustix::termios::ttyname(rustix::stdio::stdout(), Vec::new())?;
        rustix::fs::open(&*name, flags, Mode::empty())
    })?;
    Ok(terminal)
}

/// The keyboard: what arrives, decoded.
#[derive(Debug)]
pub(super) struct Keyboard {
    decoder: Decoder,
    last: Instant,
}

/// The reasons why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Awake {
    /// The terminal is gone.
    pub(super) gone: bool,
    /// One of the other descriptors has something to read.
    pub(super) others: bool,
}

impl Keyboard {
    /// Replaces standard input with the terminal, opened anew and without blocking.
    pub(super) fn take() -> io::Result<Self> {
        rustix::stdio::dup2_stdin(open_terminal(OFlags::RDONLY)?)?;
        Ok(Self { decoder: Decoder::default(), last: Instant::now() })
    }

    /// Waits until there is something to read, one of the other descriptors can be read, what
    /// has arrived in part will not be completed any more, or the time is over.
    pub(super) fn wait(&self, others: &[BorrowedFd<'_>], limit: Option<Duration>) -> io::Result<Awake> {
        let rest = self.decoder.patience().map(|patience| patience.saturating_sub(self.last.elapsed()));
        let limit = [limit, rest].into_iter().flatten().min();
        // One millisecond more, or the wait would end just before the time is over.
        let more = |limit: Duration| match limit {
            Duration::ZERO => limit,
            limit => limit.saturating_add(Duration::from_millis(1)),
        };
        let stdin = io::stdin();
        let descriptors = [stdin.as_fd()].into_iter().chain(others.iter().copied());
        let watched: Vec<_> = descriptors.map(|descriptor| (descriptor, Until::Readable)).collect();
        let found = match wait(&watched, limit.map(more)) {
            // A signal came; its pipe says which.
            Err(Errno::INTR) => return Ok(Awake { gone: false, others: true }),
            found => found?,
        };
        Ok(Awake {
            gone: found.first() == Some(&Readiness::Gone),
            others: found.iter().skip(1).any(|other| *other != Readiness::Waiting),
        })
    }

    /// All that has arrived.
    pub(super) fn arrived(&mut self) -> io::Result<Vec<Input>> {
        let bytes = read_all()?;
        if !bytes.is_empty() {
            self.last = Instant::now();
            return Ok(self.decoder.take_in(&bytes));
        }
        let is_over = self.decoder.patience().is_some_and(|patience| self.last.elapsed() >= patience);
        Ok(if is_over { self.decoder.give_up() } else { Vec::new() })
    }
}

fn read_all() -> io::Result<Vec<u8>> {
    let stdin = io::stdin();
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    while bytes.len() < AT_ONCE {
        match rustix::io::read(stdin.as_fd(), &mut buffer) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => bytes.extend(buffer.iter().take(count)),
            Err(Errno::AGAIN) => break,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(bytes)
}
