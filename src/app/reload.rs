//! Opening anew what changes while it is read: a pipe that goes on, files that are watched.
//!
//! Owns when it is time: a moment after the last change, so that a hundred changes at once
//! are one. Must not know of the screen.

use crate::library::{Library, LibraryOrigin, Pipe};
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

/// How long after a change it is opened anew.
const PAUSE: Duration = Duration::from_millis(30);
/// How much longer for each mebibyte of a pipe, which has to be read again as a whole.
const PER_MEBIBYTE: Duration = Duration::from_millis(40);
/// After at most this many pauses it is opened anew although changes go on.
const PAUSES: u32 = 8;

/// Where changes come from, and when what has changed is to be opened anew.
#[derive(Debug)]
pub(super) struct Reload {
    source: Source,
    timer: Option<Timer>,
}

#[derive(Debug)]
enum Source {
    Pipe(Pipe),
    Files(LibraryOrigin),
}

#[derive(Debug, Clone, Copy)]
struct Timer {
    /// When the first change came that does not show yet.
    first: Instant,
    /// When it is time to show it.
    at: Instant,
}

/// What is to be opened anew.
#[derive(Debug)]
pub(super) enum Due {
    /// What has come through a pipe.
    Pipe(Box<Library>),
    /// What is read from here, by whoever may wait for the disk.
    Files(LibraryOrigin),
}

impl Reload {
    /// Follows a pipe.
    pub(super) fn pipe(pipe: Pipe) -> Self {
        Self { source: Source::Pipe(pipe), timer: None }
    }

    /// Follows files; somebody else watches them.
    pub(super) fn files(origin: LibraryOrigin) -> Self {
        Self { source: Source::Files(origin), timer: None }
    }

    /// What becomes readable when more has come through a pipe.
    pub(super) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        match &self.source {
            Source::Pipe(pipe) => pipe.descriptor(),
            Source::Files(_) => None,
        }
    }

    /// Takes what has come through a pipe.
    pub(super) fn read_pipe(&mut self) {
        let Source::Pipe(pipe) = &mut self.source else { return };
        let (before, was_open) = (pipe.len(), pipe.descriptor().is_some());
        pipe.read_available();
        let is_open = pipe.descriptor().is_some();
        if pipe.len() == before && is_open == was_open {
            return;
        }
        let mebibytes = u32::try_from(pipe.len() >> 20).unwrap_or(u32::MAX);
        let pause = if is_open { PAUSE + PER_MEBIBYTE.saturating_mul(mebibytes) } else { Duration::ZERO };
        self.put_off(pause);
    }

    /// Takes note that a file has changed.
    pub(super) fn note_change(&mut self) {
        self.put_off(PAUSE);
    }

    fn put_off(&mut self, pause: Duration) {
        let now = Instant::now();
        let first = self.timer.map_or(now, |timer| timer.first);
        self.timer = Some(Timer { first, at: (now + pause).min(first + pause * PAUSES) });
    }

    /// How long to wait until it is to be opened anew, if it is.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.timer.map(|timer| timer.at.saturating_duration_since(Instant::now()))
    }

    /// What is to be opened anew, if something has changed and it is time.
    pub(super) fn take_due(&mut self) -> Option<Due> {
        self.timer.take_if(|timer| timer.at <= Instant::now())?;
        Some(match &self.source {
            Source::Pipe(pipe) => Due::Pipe(Box::new(pipe.library())),
            Source::Files(origin) => Due::Files(origin.clone()),
        })
    }
}
