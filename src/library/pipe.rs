//! Reads a text from standard input as a course of one lesson.
//!
//! Owns the pipe's descriptor, so that standard input can become the keyboard. Must not wait for
//! the end of the input: a pipe may be slow, or never end.

use crate::course::lesson::{LessonSource, LessonTitle};
use crate::course::{Course, CourseId, Lesson, LessonId, Part, front_matter};
use crate::library::error::LibraryError;
use crate::library::id;
use crate::library::names::empty_course;
use crate::library::open::Library;
use crate::library::origin::LibraryKind;
use crate::library::piped_text::{flavour_of, in_lines};
use crate::text::encoding::{self, DecodedText};
use crate::text::{Flavour, overstrikes};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, IsTerminal as _};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The most bytes that are read; the rest is dropped.
const MAX_BYTES: usize = 64 << 20;

/// The title of the course, and of its only lesson when the text has none.
const NAME: &str = "Standard input";

/// A text that arrives on standard input.
#[derive(Debug)]
pub struct Pipe {
    /// `None` after the end of the input.
    descriptor: Option<OwnedFd>,
    bytes: Vec<u8>,
    /// Why reading stopped before the end of the input.
    stopped: Option<String>,
    /// What it is read as; none where its beginning tells.
    flavour: Option<Flavour>,
    id: OnceLock<CourseId>,
}

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

impl Pipe {
    /// Returns whether a path stands for a pipe: standard input, or what a shell puts in place of
    /// `<(command)`.
    pub fn is_named(path: &Path) -> bool {
        let is_descriptor = |path: &&str| {
            let number = path.strip_prefix("/dev/fd/").or_else(|| path.strip_prefix("/proc/self/fd/"));
            number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        is_standard_input(path) || path.to_str().as_ref().is_some_and(is_descriptor)
    }

    /// Returns whether standard input brings a text: it is a pipe, a socket or a file, and neither a
    /// terminal nor a device such as `/dev/null`.
    pub fn is_waiting() -> bool {
        let standard_input = io::stdin().as_fd().try_clone_to_owned();
        let metadata = standard_input.and_then(|descriptor| File::from(descriptor).metadata());
        metadata.is_ok_and(|metadata| {
            let kind = metadata.file_type();
            kind.is_fifo() || kind.is_socket() || kind.is_file()
        })
    }

    /// Takes over the pipe that a path stands for, to be read as the wanted kind, or else as its
    /// beginning tells.
    ///
    /// # Errors
    /// When it is a terminal, cannot be read, or not as that kind.
    pub fn take(path: &Path, wanted: Option<LibraryKind>) -> Result<Self, LibraryError> {
        let flavour = match wanted {
            None | Some(LibraryKind::File) => None,
            Some(LibraryKind::Text) => Some(in_lines("")),
            Some(LibraryKind::Markdown) => Some(Flavour::default()),
            Some(LibraryKind::Course | LibraryKind::Book | LibraryKind::Folder) => {
                let remedy = "remove --as, or choose text or markdown";
                return Err(LibraryError::wrong(path, "this is a text, not a folder", remedy));
            }
        };
        let unreadable = |error: io::Error| LibraryError::unreadable(path, &error);
        let descriptor = if is_standard_input(path) {
            rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)
                .map_err(|error| unreadable(error.into()))?
        } else {
            File::open(path).map_err(unreadable)?.into()
        };
        if descriptor.is_terminal() {
            let remedy = "run: some-command | sidelight -";
            return Err(LibraryError::wrong(path, "standard input is a terminal, not a pipe", remedy));
        }
        let (bytes, stopped, id) = (Vec::new(), None, OnceLock::new());
        Ok(Self { descriptor: Some(descriptor), bytes, stopped, flavour, id })
    }

    /// The descriptor that becomes readable when more arrives; `None` after the end.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.descriptor.as_ref().map(|descriptor| descriptor.as_fd())
    }

    /// The number of bytes that have arrived.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether nothing has arrived yet.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Reads until the end, or until the time limit if there is one.
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

    /// Reads what has arrived, without waiting. Takes at most about 4 MiB at a time, so that keys
    /// are handled in between even when the pipe fills faster than it is read.
    pub fn read_available(&mut self) {
        let before = self.bytes.len();
        while self.bytes.len() < before + (4 << 20) && self.is_readable(Some(Duration::ZERO)) {
            self.read_once();
        }
    }

    /// Waits until there is something to read or the time limit passes; without a limit for ever.
    fn is_readable(&self, limit: Option<Duration>) -> bool {
        let Some(descriptor) = &self.descriptor else { return false };
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let mut descriptors = [PollFd::new(descriptor, PollFlags::IN)];
        poll(&mut descriptors, limit.as_ref()).is_ok_and(|count| count > 0)
    }

    /// Reads once. Must only be called when something, or the end, has arrived.
    fn read_once(&mut self) {
        let Some(descriptor) = &self.descriptor else { return };
        let mut buffer = vec![0; 256 * 1024];
        match rustix::io::read(descriptor, &mut buffer) {
            Ok(0) => self.descriptor = None,
            Ok(count) => self.bytes.extend(buffer.iter().take(count)),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => {
                self.stopped = Some(format!("Reading standard input failed ({error})."));
                self.descriptor = None;
            }
        }
        if self.bytes.len() >= MAX_BYTES {
            self.bytes.truncate(MAX_BYTES);
            self.stopped = Some(format!("Only the first {} MiB of the input are shown.", MAX_BYTES >> 20));
            self.descriptor = None;
        }
    }

    /// Decodes what has arrived so far. Only when all of it has, another encoding than UTF-8 is
    /// guessed: it would change while the text is read.
    fn decoded(&self) -> DecodedText {
        if self.descriptor.is_some() {
            let text = String::from_utf8_lossy(&self.bytes).into_owned();
            return DecodedText { text, note: None };
        }
        encoding::decode(self.bytes.clone())
    }

    /// Makes a library of what has arrived so far.
    pub fn library(&self) -> Library {
        let notices = self.stopped.clone().into_iter().collect();
        Library { course: self.course(), origin: None, notices, rest: None }
    }

    /// Makes a course of what has arrived so far. Its id does not change when more arrives.
    pub fn course(&self) -> Course {
        let id = self.id.get_or_init(|| id::of_text(&self.bytes)).clone();
        let DecodedText { text, note } = self.decoded();
        let flavour = self.flavour.clone().unwrap_or_else(|| flavour_of(&text));
        let is_markdown = !matches!(flavour, Flavour::Verbatim { .. });
        let text =
            if is_markdown { front_matter::blank(text) } else { overstrikes::resolved(&text).into_owned() };
        let (mut text, lines) = DecodedText { text, note }.noted(&flavour);
        if text.trim().is_empty() && self.descriptor.is_some() {
            text.push_str("Nothing has arrived on standard input yet. It will be shown here.");
        }
        if let Some(stopped) = &self.stopped {
            text.push_str(if is_markdown { "\n\n---\n\n" } else { "\n\n" });
            text.push_str(stopped);
        }
        let title = if is_markdown {
            LessonTitle::InText { otherwise: NAME.to_owned(), read: OnceLock::new() }
        } else {
            LessonTitle::Known(NAME.to_owned())
        };
        let source = LessonSource::Text(text.into(), lines);
        let mut course = empty_course(id, NAME.to_owned());
        let lesson = Lesson::new(LessonId::new(STANDARD_INPUT), title, 0, source);
        course.lessons.push(Lesson { flavour, ..lesson });
        course.parts.push(Part::titled(String::new(), 0..1));
        course
    }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT || path == Path::new("/dev/stdin")
}
