//! Reading what was asked for, on threads of their own.
//!
//! Owns the threads, and for how long the session waits for them. A disk that never answers
//! costs a thread that nobody joins; there are never more than a few. Must not know what the
//! state is, nor what becomes of what was read.

use super::waker::Waker;
use crate::course::{Course, FileBeside, LessonId, Place};
use crate::library::{Library, LibraryError, LibraryKind, LibraryOrigin, RestOfFolder, Scope};
use crate::practice::Lengths;
use crate::search::Index;
use crate::text::wanted::{Piece, Want};
use std::collections::BTreeSet;
use std::os::fd::BorrowedFd;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// How long a key or a frame waits for the disk before it goes on without: most disks answer
/// within a fraction of it, and no hand feels it.
pub(super) const PATIENCE: Duration = Duration::from_millis(50);

/// The most threads that read at once. When all of them wait for a disk, another would too.
const MOST: usize = 8;

/// The most portions that are read beyond the one that is wanted.
const FARTHEST: usize = 256;

/// Threads that read, and what they have read.
#[derive(Debug, Default)]
pub(super) struct BackgroundLoader {
    loads: Vec<Load>,
    /// What was read and not taken yet.
    loaded: Vec<LoadOutcome>,
    /// Made with the first thread. Without one, what was read shows with the next key.
    waker: Option<Waker>,
}

/// What one thread reads.
#[derive(Debug)]
struct Load {
    wants: BTreeSet<Want>,
    since: Instant,
    is_stopped: Arc<AtomicBool>,
    result: Receiver<LoadOutcome>,
}

/// How far the titles of the open course have been read for the palette.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct ReadTitles {
    /// The first lesson whose title was not read for it.
    pub(super) next: usize,
    /// Whether some are being read.
    pub(super) is_under_way: bool,
}

/// What was read.
#[derive(Debug)]
pub(super) enum LoadOutcome {
    /// Pieces of texts, which are in the course now.
    Pieces,
    /// The lengths of a course's lessons.
    Lengths(Arc<Course>, Lengths),
    /// Titles of a course's lessons, up to this one.
    Titles(Arc<Course>, usize),
    /// The names of a folder of which this beginning is open.
    Names(Arc<Course>, Box<ReadNames>),
    /// A library that was opened, or why it was not.
    Library(Purpose, LibraryOrigin, Box<Result<Library, LibraryError>>),
}

/// What all the names of a folder come to.
#[derive(Debug)]
pub(super) struct ReadNames {
    /// The whole, of which the beginning was open.
    pub(super) course: Course,
    pub(super) index: Index,
    /// Notices for the reader.
    pub(super) notices: Vec<String>,
}

/// Why a library is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It is to be read instead of what is open.
    Instead,
    /// It is what is open, and its files have changed.
    Again,
}

/// What is to be opened.
#[derive(Debug, Clone)]
pub(super) enum LibraryRequest {
    /// What is at an origin.
    Origin(LibraryOrigin),
    /// A file beside the one that is open.
    Beside(FileBeside),
}

impl LibraryRequest {
    /// The origin by which it is known until it is open: a link may leave out a part of the name.
    pub(super) fn origin(&self) -> LibraryOrigin {
        match self {
            Self::Origin(origin) => origin.clone(),
            Self::Beside(file) => LibraryOrigin::Path {
                path: file.folder.join(&file.name),
                kind: LibraryKind::File,
                scope: Scope::default(),
            },
        }
    }

    /// Opens it, or its beginning if this lesson is in that. May wait for the disk.
    pub(super) fn open(&self, lesson: Option<&LessonId>) -> Result<Library, LibraryError> {
        match self {
            Self::Origin(origin) => Ok(Library::open_beginning(origin.clone())?.with_lesson(lesson)),
            Self::Beside(file) => Library::open_beside(&file.folder, &file.name),
        }
    }
}

impl BackgroundLoader {
    /// Reads pieces of a course, and `beyond` portions on from each that is one, away from what is there.
    /// Waits for them, but no longer than [`PATIENCE`], and not at all for a disk that has already taken
    /// longer. Returns whether all of them are there.
    pub(super) fn load(&mut self, course: &Arc<Course>, wants: &BTreeSet<Want>, beyond: usize) -> bool {
        let deadline = self.deadline();
        let under_way: BTreeSet<Want> = self.loads.iter().flat_map(|load| &load.wants).copied().collect();
        let new: BTreeSet<Want> = wants.difference(&under_way).copied().collect();
        self.start_reading(course, new, beyond);
        for load in self.loads.iter().filter(|load| !load.wants.is_disjoint(wants)) {
            let left = deadline.saturating_duration_since(Instant::now());
            if matches!(load.result.recv_timeout(left), Err(RecvTimeoutError::Timeout)) {
                return false;
            }
        }
        wants.iter().all(|want| course.has(*want))
    }

    /// Finds out how long the lessons of a course are, without waiting for it.
    pub(super) fn load_lengths(&mut self, course: &Arc<Course>) {
        let course = Arc::clone(course);
        self.start(BTreeSet::new(), move |_| {
            let lengths = Lengths::of(&course);
            LoadOutcome::Lengths(course, lengths)
        });
    }

    /// Reads pieces of a course before anyone asks for them, without waiting for it.
    pub(super) fn load_ahead(&mut self, course: &Arc<Course>, wants: BTreeSet<Want>) {
        self.start_reading(course, wants, 0);
    }

    fn start_reading(&mut self, course: &Arc<Course>, wants: BTreeSet<Want>, beyond: usize) {
        if wants.is_empty() {
            return;
        }
        let course = Arc::clone(course);
        self.start(wants.clone(), move |is_stopped| {
            read(&course, &wants, beyond, is_stopped);
            LoadOutcome::Pieces
        });
    }

    /// Reads some of the titles of a course from this lesson on, without waiting for it. Returns
    /// whether that has begun.
    pub(super) fn load_titles(&mut self, course: &Arc<Course>, from: usize) -> bool {
        let course = Arc::clone(course);
        self.start(BTreeSet::new(), move |_| {
            let start = Instant::now();
            let mut next = from;
            // Whoever waits for another text meanwhile waits no longer than usual.
            while start.elapsed() < PATIENCE
                && let Some(lesson) = course.lessons.get(next)
            {
                lesson.load_title();
                next += 1;
            }
            LoadOutcome::Titles(course, next)
        })
    }

    /// Reads the names of a folder that are still to be read, without waiting for it. Gives them back when
    /// no thread can be had now.
    pub(super) fn load_names(
        &mut self,
        beginning: &Arc<Course>,
        index: &Arc<Index>,
        rest: RestOfFolder,
    ) -> Option<RestOfFolder> {
        let (beginning, index) = (Arc::clone(beginning), Arc::clone(index));
        let to_read = Arc::new(Mutex::new(Some(rest)));
        let taken = Arc::clone(&to_read);
        let take = |rest: &Mutex<Option<_>>| rest.lock().ok()?.take();
        let is_started = self.start(BTreeSet::new(), move |_| {
            let Some(rest) = take(&taken) else { return LoadOutcome::Pieces };
            let (course, notices) = rest.read(&beginning);
            let index = index.grown(&course);
            LoadOutcome::Names(beginning, Box::new(ReadNames { course, index, notices }))
        });
        if is_started { None } else { take(&to_read) }
    }

    /// Takes what is being read for a course that is no longer the open one: another thread may be asked for
    /// the same.
    pub(super) fn forget_wants(&mut self) {
        self.loads.iter_mut().for_each(|load| load.wants.clear());
    }

    /// Opens a library, and reads what it shows first: the text at this place in it. It is among
    /// what [`BackgroundLoader::take`] gives when that has been done. Waits for it as [`BackgroundLoader::load`] does.
    pub(super) fn open(&mut self, request: LibraryRequest, place: Option<Place>, purpose: Purpose) {
        let deadline = self.deadline();
        let work = move |_: &AtomicBool| {
            let opened = request.open(place.as_ref().map(|place| &place.lesson));
            let opened = match purpose {
                Purpose::Instead => opened,
                Purpose::Again => opened.map(Library::completed),
            };
            if let Ok(library) = &opened {
                read_first(&library.course, place.as_ref());
            }
            LoadOutcome::Library(purpose, request.origin(), Box::new(opened))
        };
        if self.start(BTreeSet::new(), work)
            && let Some(load) = self.loads.last()
            && let Ok(loaded) = load.result.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            self.loaded.push(loaded);
        }
    }

    /// Ends the reading of these pieces as soon as the disk answers.
    pub(super) fn stop(&mut self, wants: &BTreeSet<Want>) {
        for load in self.loads.iter().filter(|load| !load.wants.is_disjoint(wants)) {
            load.is_stopped.store(true, Relaxed);
        }
    }

    /// Takes what was read since the last time.
    pub(super) fn take(&mut self) -> Vec<LoadOutcome> {
        self.gather();
        std::mem::take(&mut self.loaded)
    }

    /// What wakes the event loop, for another thread of the session's to keep.
    pub(super) fn wake(&mut self) -> Box<dyn Fn() + Send> {
        if self.waker.is_none() {
            self.waker = Waker::new().ok();
        }
        match &self.waker {
            Some(waker) => Box::new(waker.handle()),
            None => Box::new(|| {}),
        }
    }

    /// Becomes readable when a thread has something.
    pub(super) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.waker.as_ref().map(Waker::descriptor)
    }

    /// Forgets that threads have called. To be done before looking for what they have. Returns whether any
    /// has.
    pub(super) fn drain(&self) -> bool {
        self.waker.as_ref().is_some_and(Waker::drain)
    }

    /// Until when a load that begins now is waited for.
    fn deadline(&mut self) -> Instant {
        self.gather();
        let is_slow = self.loads.iter().any(|load| load.since.elapsed() > PATIENCE);
        Instant::now() + if is_slow { Duration::ZERO } else { PATIENCE }
    }

    /// Returns whether a thread was started.
    fn start(
        &mut self,
        wants: BTreeSet<Want>,
        work: impl FnOnce(&AtomicBool) -> LoadOutcome + Send + 'static,
    ) -> bool {
        if self.loads.len() >= MOST {
            return false;
        }
        let wake = self.wake();
        let (sender, result) = channel();
        let is_stopped = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&is_stopped);
        let thread = Builder::new().name("read".to_owned()).spawn(move || {
            // Nobody listens any more when the session has ended.
            sender.send(work(&stopped)).ok();
            drop(sender);
            wake();
        });
        let is_started = thread.is_ok();
        if is_started {
            self.loads.push(Load { wants, since: Instant::now(), is_stopped, result });
        }
        is_started
    }

    /// Keeps what the threads that have ended have read.
    fn gather(&mut self) {
        let loaded = &mut self.loaded;
        self.loads.retain(|load| match load.result.try_recv() {
            Ok(read) => {
                loaded.push(read);
                false
            }
            Err(TryRecvError::Empty) => true,
            Err(TryRecvError::Disconnected) => false,
        });
    }
}

/// Reads pieces one after the other, until it is to stop.
fn read(course: &Course, wants: &BTreeSet<Want>, beyond: usize, is_stopped: &AtomicBool) {
    for want in wants {
        for piece in pieces(course, *want, beyond.min(FARTHEST)) {
            if is_stopped.load(Relaxed) {
                return;
            }
            course.load(Want { piece, ..*want });
        }
    }
}

/// A piece that is wanted, and the portions beyond it: those before it where the one behind it is there, as
/// for whoever comes from the end.
fn pieces(course: &Course, want: Want, beyond: usize) -> Vec<Piece> {
    let Piece::Portion(portion) = want.piece else { return vec![want.piece] };
    let is_there = |portion| course.has(Want { piece: Piece::Portion(portion), ..want });
    let portions: Vec<usize> = if is_there(portion + 1) {
        (portion.saturating_sub(beyond)..=portion).rev().collect()
    } else {
        (portion..=portion + beyond).collect()
    };
    portions.into_iter().map(Piece::Portion).collect()
}

/// Reads what a course that was just opened shows first.
fn read_first(course: &Course, place: Option<&Place>) {
    let place = place.and_then(|place| Some((course.lesson_index(&place.lesson)?, place)));
    match place {
        Some((lesson, place)) => drop(place.find(course.document(lesson))),
        None => drop(course.document(0).first()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn what_is_read_beyond_a_portion_lies_away_from_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("long.md");
        std::fs::write(&file, format!("{}\n\n", "words ".repeat(8_000)).repeat(12)).unwrap();
        let mut course = Library::open(LibraryOrigin::of_path(&file, None).unwrap()).unwrap().course;
        course.stop_reading();
        course.load(Want { text: 0, piece: Piece::Text });
        let want = |portion| Want { text: 0, piece: Piece::Portion(portion) };
        let others = |portion| {
            let pieces = pieces(&course, want(portion), 2);
            pieces.into_iter().map(|piece| if let Piece::Portion(portion) = piece { portion } else { 0 })
        };
        assert!(others(5).eq([5, 6, 7]));
        course.load(want(6));
        assert!(others(5).eq([5, 4, 3]) && others(7).eq([7, 8, 9]) && others(0).eq([0, 1, 2]));
    }
}
