//! What may change while it is read: a pipe that goes on, files that are watched.
//!
//! Owns when it is time to open it anew: a moment after the last change, so that a hundred
//! changes at once are one. Must not know of the screen.

use crate::course::Course;
use crate::library::{Library, Origin, Pipe, watch::Watch};
use std::io;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

/// How long after a change it is looked at.
const PAUSE: Duration = Duration::from_millis(30);
/// How much longer for each mebibyte, which has to be read again as a whole.
const PER_MEBIBYTE: Duration = Duration::from_millis(40);
/// After so many pauses it is looked at although changes go on.
const PAUSES: u32 = 8;

/// What may change.
#[derive(Debug)]
pub(super) struct Live {
    feed: Feed,
    /// The first change that has not been looked at, and when it is time to do so.
    due: Option<(Instant, Instant)>,
}

#[derive(Debug)]
enum Feed {
    Pipe(Pipe),
    Files(Watch, Origin),
}

impl Live {
    /// Follows a pipe.
    pub(super) fn pipe(pipe: Pipe) -> Self {
        Self { feed: Feed::Pipe(pipe), due: None }
    }

    /// Watches the files of a course.
    ///
    /// # Errors
    /// When the system can watch nothing.
    pub(super) fn files(origin: Origin, course: &Course) -> io::Result<Self> {
        Ok(Self { feed: Feed::Files(Watch::new(&origin, course)?, origin), due: None })
    }

    /// What becomes readable when something has changed.
    pub(super) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        match &self.feed {
            Feed::Pipe(pipe) => pipe.descriptor(),
            Feed::Files(watch, _) => Some(watch.descriptor()),
        }
    }

    /// Takes note of what has changed.
    pub(super) fn take_note(&mut self) {
        let now = Instant::now();
        let pause = match &mut self.feed {
            Feed::Files(watch, _) => {
                if !watch.drain() {
                    return;
                }
                PAUSE
            }
            Feed::Pipe(pipe) => {
                let (before, was_open) = (pipe.len(), pipe.descriptor().is_some());
                pipe.read_what_came();
                let is_open = pipe.descriptor().is_some();
                if pipe.len() == before && is_open == was_open {
                    return;
                }
                let mebibytes = u32::try_from(pipe.len() >> 20).unwrap_or(u32::MAX);
                if is_open { PAUSE + PER_MEBIBYTE.saturating_mul(mebibytes) } else { Duration::ZERO }
            }
        };
        let first = self.due.map_or(now, |(first, _)| first);
        self.due = Some((first, (now + pause).min(first + pause * PAUSES)));
    }

    /// How long to wait until it is to be opened anew, if it is.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.due.map(|(_, due)| due.saturating_duration_since(Instant::now()))
    }

    /// What it is now, if it has changed and it is time to look.
    pub(super) fn news(&mut self) -> Option<Result<Library, String>> {
        self.due.take_if(|(_, due)| *due <= Instant::now())?;
        Some(match &self.feed {
            Feed::Pipe(pipe) => Ok(pipe.library()),
            Feed::Files(watch, origin) => {
                let library = Library::open(origin.clone()).map_err(|error| error.to_string());
                library.inspect(|library| drop(watch.follow(origin, &library.course)))
            }
        })
    }
}
