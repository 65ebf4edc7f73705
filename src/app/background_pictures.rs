//! Reading and drawing pictures on a thread of its own: neither keys nor frames wait for it.
//!
//! Owns the thread, and the pictures that it has decoded. Does one thing at a time, so that what was
//! scrolled past is not drawn. Must not know who asked, nor what becomes of a picture.

use crate::app::decoded_picture::{DecodedPicture, MOST_BYTES, decode};
use crate::course::PictureFile;
use crate::page::PictureShape;
use crate::reader::pictures::{DrawnPicture, PictureWay, WantedPicture};
use crate::screen::pictures::drawn;
use crate::text::clean::clean_line;
use crate::text::panics;
use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// The most bytes that decoded pictures take, unless the last one alone has more.
const KEPT_BYTES: usize = 32 << 20;

/// How long a picture is waited for before it is given up: a disk may never answer.
const LONGEST: Duration = Duration::from_secs(20);

/// What is said of a picture that was given up.
const TOO_SLOW: &str = "reading it takes too long";

/// The thread that draws pictures. When this is dropped it ends after the picture that it is at;
/// nobody waits for that.
#[derive(Debug)]
pub(super) struct BackgroundPictures {
    tasks: Sender<PictureTask>,
    outcomes: Receiver<PictureOutcome>,
    under_way: Option<(WantedPicture, Instant)>,
    /// Whether something was given up, at which the thread may still be.
    is_lost: bool,
}

/// What is to be done for a picture.
#[derive(Debug)]
pub(super) struct PictureTask {
    pub(super) wanted: WantedPicture,
    pub(super) file: PictureFile,
    /// How it is shown.
    pub(super) way: PictureWay,
    /// The number under which a terminal may hold it.
    pub(super) number: u32,
}

/// What was done for a picture.
#[derive(Debug)]
pub(super) enum PictureOutcome {
    /// It is known what its file has.
    Known(PictureShape),
    /// It has been drawn.
    Drawn(DrawnPicture),
}

impl BackgroundPictures {
    /// Starts the thread. It calls `wake` whenever it has done something.
    ///
    /// # Errors
    /// When the system has no thread for it.
    pub(super) fn start(wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (tasks, wanted) = channel::<PictureTask>();
        let (done, outcomes) = channel();
        Builder::new().name("pictures".to_owned()).spawn(move || {
            let mut decoded = DecodedPictures::default();
            for task in wanted {
                let outcome = decoded.perform(&task);
                if done.send(outcome).is_err() {
                    break;
                }
                wake();
            }
        })?;
        Ok(Self { tasks, outcomes, under_way: None, is_lost: false })
    }

    /// Returns whether something is being done.
    pub(super) fn is_busy(&self) -> bool {
        self.under_way.is_some()
    }

    /// How long what is being done may still take; none where nothing is.
    pub(super) fn until_given_up(&self) -> Option<Duration> {
        self.under_way.map(|(_, since)| LONGEST.saturating_sub(since.elapsed()))
    }

    /// Returns whether it is of no more use, because it does not come to an end or has come to one.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Does this next.
    pub(super) fn begin(&mut self, task: PictureTask) {
        self.under_way = Some((task.wanted, Instant::now()));
        // A thread that has ended says so when it is asked what it has done.
        self.tasks.send(task).ok();
    }

    /// Takes what has been done, and for what. None while that goes on. What takes too long cannot
    /// be shown, and neither can what brought the thread to its end.
    pub(super) fn take(&mut self) -> Option<(WantedPicture, PictureOutcome)> {
        let (wanted, since) = self.under_way?;
        let outcome = match self.outcomes.try_recv() {
            Ok(outcome) => outcome,
            Err(TryRecvError::Empty) if since.elapsed() < LONGEST => return None,
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => {
                self.is_lost = true;
                not_shown(TOO_SLOW)
            }
        };
        self.under_way = None;
        Some((wanted, outcome))
    }
}

/// The pictures that were decoded last, by the names of their files, the newest at the end.
#[derive(Default)]
struct DecodedPictures(Vec<(String, DecodedPicture)>);

impl DecodedPictures {
    fn perform(&mut self, task: &PictureTask) -> PictureOutcome {
        // A decoder is somebody else's parser, and its input is not trusted.
        let done = panics::catch(AssertUnwindSafe(|| self.draw(task)));
        done.unwrap_or_else(|| Err(DAMAGED.to_owned())).unwrap_or_else(|why| not_shown(&why))
    }

    fn draw(&mut self, task: &PictureTask) -> Result<PictureOutcome, String> {
        let picture = self.picture(&task.file)?;
        let (width, height) = picture.pixels;
        Ok(match task.wanted.size {
            None => PictureOutcome::Known(PictureShape::Pixels(width, height)),
            Some(size) => PictureOutcome::Drawn(drawn(&picture.image, size, task.way, task.number)),
        })
    }

    fn picture(&mut self, file: &PictureFile) -> Result<&DecodedPicture, String> {
        let known = self.0.iter().position(|(name, _)| name == file.name());
        let picture = match known {
            Some(index) => self.0.remove(index).1,
            None => decode(file.read(MOST_BYTES)?)?,
        };
        self.0.push((file.name().to_owned(), picture));
        while self.0.len() > 1
            && self.0.iter().map(|(_, picture)| picture.weight()).sum::<usize>() > KEPT_BYTES
        {
            self.0.remove(0);
        }
        self.0.last().map(|(_, picture)| picture).ok_or_else(String::new)
    }
}

/// What is said of a picture on which a decoder fails.
const DAMAGED: &str = "the file is damaged, or not all of it is there";

fn not_shown(why: &str) -> PictureOutcome {
    PictureOutcome::Known(PictureShape::NotShown(clean_line(why)))
}
