//! Waiting for keys, signals and time, without ever waking up for nothing.
//!
//! Owns the terminal's descriptor for reading. It must not block: half an escape sequence
//! would hold the whole program until the next key, and no signal would be heard. Setting
//! the shell's own descriptor to non-blocking would follow the shell into its next command,
//! so standard input is replaced with the terminal opened anew.

use crate::terminal::charset::Charset;
use crate::terminal::decode::{Awaits, Decoder, Input};
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

/// The longest time from a question to the terminal's answer.
const ANSWER: Duration = Duration::from_secs(1);

/// The keyboard: what arrives, decoded.
#[derive(Debug)]
pub(super) struct Keyboard {
    decoder: Decoder,
    charset: Charset,
    last: Instant,
    /// Until when an answer is waited for; none once it is here.
    answer_until: Option<Instant>,
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
    pub(super) fn take(charset: Charset) -> io::Result<Self> {
        rustix::stdio::dup2_stdin(open_terminal(OFlags::RDONLY)?)?;
        Ok(Self { decoder: Decoder::default(), charset, last: Instant::now(), answer_until: None })
    }

    /// Takes note that the terminal was asked something.
    pub(super) fn expect_answer(&mut self) {
        self.answer_until = Some(Instant::now() + ANSWER);
        self.decoder.awaits(Awaits::Answer);
    }

    /// Waits until the terminal has answered what it was asked, so that its answer goes to nobody
    /// else. Keys that arrive meanwhile are lost: the terminal is about to be given back. A
    /// terminal that does not answer is not waited for longer than a second after the question.
    pub(super) fn await_answer(&mut self) {
        while let Some(until) = self.answer_until {
            let rest = until.saturating_duration_since(Instant::now());
            let is_over = rest.is_zero();
            let arrived = self.wait(&[], Some(rest)).and_then(|_| self.arrived());
            if is_over || arrived.is_err() {
                self.answer_is_here();
            }
        }
    }

    /// Returns whether the terminal has not answered yet, and may still do so.
    pub(super) fn awaits_answer(&self) -> bool {
        self.answer_until.is_some_and(|until| until > Instant::now())
    }

    /// How long the terminal may still take to answer; none where nothing is awaited.
    pub(super) fn until_answer(&self) -> Option<Duration> {
        self.answer_until.map(|until| until.saturating_duration_since(Instant::now()))
    }

    fn answer_is_here(&mut self) {
        self.answer_until = None;
        self.decoder.awaits(Awaits::Nothing);
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
        let bytes = self.charset.decode(read_all()?);
        if !bytes.is_empty() {
            self.last = Instant::now();
            let inputs = self.decoder.take_in(&bytes);
            let is_late = self.answer_until.is_some_and(|until| until < self.last);
            if is_late || inputs.iter().any(|input| matches!(input, Input::Attributes { .. })) {
                self.answer_is_here();
            }
            return Ok(inputs);
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
