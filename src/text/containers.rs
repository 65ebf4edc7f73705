//! The quotes, alerts, lists, items and footnotes that are open while a text is read.
//!
//! Owns the frames around the next block. Must not know of text or of blocks, except how
//! many there are.

use crate::text::Frame;
use crate::text::document::Marker;
use crate::text::markdown::FRAMES;

/// The open containers and the frames that they put around a block, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Containers {
    open: Vec<Container>,
    frames: Vec<Frame>,
}

/// An open container.
#[derive(Debug)]
enum Container {
    /// A quote, an alert or an item, and whether it has a frame; see [`FRAMES`].
    Framed(bool),
    List {
        /// The number of the next item.
        next: Option<u64>,
        tight: bool,
        /// The first block that can belong to it.
        first: usize,
        /// How many frames stand around it.
        depth: usize,
    },
    /// A footnote's text, and what to go back to behind it.
    Note { frames: Vec<Frame>, outer: Option<usize> },
}

/// What closing a container asks for.
#[derive(Debug)]
pub(crate) enum Closed {
    Nothing,
    /// The items of a list, from block `first` on and within `depth` frames, must be told
    /// how many digits the largest number has.
    Numbered {
        first: usize,
        depth: usize,
        widest: u8,
    },
    /// Blocks go to the outer footnote again, or to the document.
    Note(Option<usize>),
}

impl Containers {
    /// The frames around the next block.
    pub(crate) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Notes that a block stands in all the open containers.
    pub(crate) fn filled(&mut self) {
        self.frames.iter_mut().for_each(Frame::continue_on);
    }

    /// Whether the innermost container has a mark to show and no block yet to show it.
    pub(crate) fn shows_nothing_yet(&self) -> bool {
        let innermost = match self.open.last() {
            Some(Container::Framed(true) | Container::Note { .. }) => self.frames.last(),
            _ => None,
        };
        innermost.is_some_and(|frame| frame.opens() && !matches!(frame, Frame::Quote { .. }))
    }

    /// Opens a container with a frame, unless there are [`FRAMES`] already.
    pub(crate) fn open(&mut self, frame: Frame) {
        let framed = self.frames.len() < FRAMES;
        if framed {
            self.frames.push(frame);
        }
        self.open.push(Container::Framed(framed));
    }

    /// Opens a list that is numbered from `start`, or has bullets. `blocks` counts those
    /// before it.
    pub(crate) fn open_list(&mut self, start: Option<u64>, blocks: usize) {
        let depth = self.frames.len();
        self.open.push(Container::List { next: start, tight: true, first: blocks, depth });
    }

    pub(crate) fn open_item(&mut self) {
        let Some(Container::List { next, tight, .. }) = self.open.last_mut() else {
            return self.open.push(Container::Framed(false));
        };
        let tight = *tight;
        let (marker, digits) = match *next {
            Some(number) => (Marker::Number(number), digits(number)),
            None => (Marker::Bullet, 0),
        };
        *next = next.map(|number| number.saturating_add(1));
        self.open(Frame::Item { marker, opens: true, tight, digits });
    }

    /// Opens a footnote; `outer` is the one that is open already.
    pub(crate) fn open_note(&mut self, outer: Option<usize>) {
        let frames = std::mem::take(&mut self.frames);
        self.frames.push(Frame::Footnote { label: String::new(), opens: true });
        self.open.push(Container::Note { frames, outer });
    }

    /// Closes the innermost container.
    pub(crate) fn close(&mut self) -> Closed {
        match self.open.pop() {
            Some(Container::Framed(true)) => {
                self.frames.pop();
                Closed::Nothing
            }
            Some(Container::Note { frames, outer }) => {
                self.frames = frames;
                Closed::Note(outer)
            }
            Some(Container::List { next: Some(next), first, depth, .. }) => {
                Closed::Numbered { first, depth, widest: digits(next.saturating_sub(1)) }
            }
            Some(Container::Framed(false) | Container::List { .. }) | None => Closed::Nothing,
        }
    }

    /// Notes a paragraph that the parser announces: in an item, it makes the list loose.
    pub(crate) fn loosen(&mut self) {
        if let [.., Container::List { tight: list, .. }, Container::Framed(true)] = self.open.as_mut_slice()
            && let Some(Frame::Item { tight, .. }) = self.frames.last_mut()
        {
            *list = false;
            *tight = false;
        }
    }

    /// Makes a task of the innermost item.
    pub(crate) fn set_task(&mut self, done: bool) {
        if let Some(Container::Framed(true)) = self.open.last()
            && let Some(Frame::Item { marker, .. }) = self.frames.last_mut()
        {
            *marker = Marker::Task(done);
        }
    }
}

fn digits(number: u64) -> u8 {
    number.checked_ilog10().map_or(1, |exponent| u8::try_from(exponent + 1).unwrap_or(u8::MAX))
}
