//! A text that comes through standard input.
//!
//! Owns the pipe's descriptor, so that standard input can become the keyboard. Reads what
//! has come and no more: a pipe may be slow, or never end.

use crate::course::model::{LessonSource, LessonTitle};
use crate::course::{Course, CourseId, Lesson, LessonId, Part, front};
use crate::library::folder::empty;
use crate::library::{Library, LibraryError, id};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io::{self, IsTerminal as _};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// After so many bytes no more is read.
const MOST: usize = 64 << 20;

/// What the library and its only lesson are called.
const NAME: &str = "Standard input";

/// A text that comes through standard input.
#[derive(Debug)]
pub struct Pipe {
    /// Nothing once there is nothing more to read.
    descriptor: Option<OwnedFd>,
    bytes: Vec<u8>,
    /// Why it ended before its end.
    stopped: Option<String>,
    id: OnceLock<CourseId>,
}

impl Pipe {
    /// Takes standard input.
    ///
    /// # Errors
    /// When it is a terminal, or can not be read.
    pub fn take() -> Result<Self, LibraryError> {
        let path = Path::new("-");
        if io::stdin().is_terminal() {
            let remedy = "write: some-command | sidelight -";
            return Err(LibraryError::wrong(path, "nothing comes through standard input", remedy));
        }
        let descriptor = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)
            .map_err(|error| LibraryError::unreadable(path, &error.into()))?;
        Ok(Self { descriptor: Some(descriptor), bytes: Vec::new(), stopped: None, id: OnceLock::new() })
    }

    /// What becomes readable when more has come; nothing once all has.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.descriptor.as_ref().map(|descriptor| descriptor.as_fd())
    }

    /// How many bytes have come.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing has come yet.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Reads for so long, or to the end if that comes before; without a limit to the end.
    pub fn read_for(&mut self, limit: Option<Duration>) {
        let end = limit.map(|limit| Instant::now() + limit);
        while self.descriptor.is_some() {
            let rest = end.map(|end| end.saturating_duration_since(Instant::now()));
            if rest.is_some_and(|rest| rest.is_zero()) {
                return;
            }
            if self.is_readable(rest) {
                self.read_once();
            }
        }
    }

    /// Reads what is there, without waiting. Of a pipe that is filled faster than it is read
    /// it takes a few megabytes, so that keys are heard in between.
    pub fn read_what_came(&mut self) {
        let before = self.bytes.len();
        while self.bytes.len() < before + (4 << 20) && self.is_readable(Some(Duration::ZERO)) {
            self.read_once();
        }
    }

    fn is_readable(&self, limit: Option<Duration>) -> bool {
        let Some(descriptor) = &self.descriptor else { return false };
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let mut descriptors = [PollFd::new(descriptor, PollFlags::IN)];
        poll(&mut descriptors, limit.as_ref()).is_ok_and(|count| count > 0)
    }

    /// Reads once; something has come, or the end.
    fn read_once(&mut self) {
        let Some(descriptor) = &self.descriptor else { return };
        let mut buffer = vec![0; 256 * 1024];
        match rustix::io::read(descriptor, &mut buffer) {
            Ok(0) => self.descriptor = None,
            Ok(count) => self.bytes.extend(buffer.iter().take(count)),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => {
                self.stopped = Some(format!("Standard input can not be read on ({error})."));
                self.descriptor = None;
            }
        }
        if self.bytes.len() >= MOST {
            self.bytes.truncate(MOST);
            self.stopped = Some(format!("More came than {} MiB. The rest is not shown.", MOST >> 20));
            self.descriptor = None;
        }
    }

    /// What has come, to be read.
    pub fn library(&self) -> Library {
        let notices = self.stopped.clone().into_iter().collect();
        Library { course: self.course(), origin: None, notices }
    }

    /// What has come, as a course. Its id stays what it was at first, however much comes.
    pub fn course(&self) -> Course {
        let id = self.id.get_or_init(|| id::of_text(&self.bytes)).clone();
        let mut text = front::without(String::from_utf8_lossy(&self.bytes).into_owned());
        if text.is_empty() && self.descriptor.is_some() {
            text.push_str("Nothing has come through standard input yet. What comes is shown here.");
        }
        if let Some(stopped) = &self.stopped {
            text.push_str("\n\n---\n\n");
            text.push_str(stopped);
        }
        let title = LessonTitle::InText { otherwise: NAME.to_owned(), read: OnceLock::new() };
        let mut course = empty(id, NAME.to_owned());
        course.lessons.push(Lesson::new(LessonId::new("-"), title, 0, LessonSource::Text(text.into())));
        course.parts.push(Part { title: String::new(), lessons: 0..1 });
        course
    }
}
