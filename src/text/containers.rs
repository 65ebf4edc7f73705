//! Tracks the container blocks (quotes, alerts, lists, items, footnotes) that are open while a
//! text is parsed.
//!
//! Owns the frames around the next block. Must not know of text, nor of blocks beyond their
//! number.

use crate::text::document::{Frame, Marker};
use crate::text::limits::MAX_FRAMES;

/// The open containers and the frames that they put around a block, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Containers {
    open: Vec<Container>,
    frames: Vec<Frame>,
}

/// An open container.
#[derive(Debug)]
enum Container {
    /// A quote, an alert or an item, and whether it got a frame; see [`MAX_FRAMES`].
    Framed(bool),
    List {
        /// The number of the next item; `None` for a list of bullets.
        next: Option<u64>,
        tight: bool,
        /// The index of the first block that can belong to it.
        first: usize,
        /// The number of frames around it.
        depth: usize,
    },
    /// A footnote, with the frames and the outer footnote to restore when it ends.
    Footnote { frames: Vec<Frame>, outer: Option<usize> },
}

/// The work that is left to the caller after a container was closed.
#[derive(Debug)]
pub(crate) enum Closed {
    Nothing,
    /// Set the width of the items' numbers, in digits, to `widest`: in the blocks from index
    /// `first` on, in their frame number `depth`.
    Numbered {
        first: usize,
        depth: usize,
        widest: u8,
    },
    /// Add blocks to the outer footnote again, or to the document.
    Footnote(Option<usize>),
}

impl Containers {
    /// The frames around the next block.
    pub(crate) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Records that a block was added: no later one opens the frames around it.
    pub(crate) fn mark_filled(&mut self) {
        self.frames.iter_mut().for_each(Frame::continue_on);
    }

    /// Returns whether the innermost container has a marker to show and no block yet to show it on.
    pub(crate) fn is_unmarked(&self) -> bool {
        let innermost = match self.open.last() {
            Some(Container::Framed(true) | Container::Footnote { .. }) => self.frames.last(),
            _ => None,
        };
        innermost.is_some_and(|frame| frame.opens() && frame.is_marked())
    }

    /// Returns whether there is room for a few more frames.
    pub(crate) fn has_room(&self) -> bool {
        self.frames.len() + 4 <= MAX_FRAMES
    }

    /// Opens a container with a frame, unless there are [`MAX_FRAMES`] already.
    pub(crate) fn open(&mut self, frame: Frame) {
        let framed = self.frames.len() < MAX_FRAMES;
        if framed {
            self.frames.push(frame);
        }
        self.open.push(Container::Framed(framed));
    }

    /// Opens a list that is numbered from `start`, or has bullets. `blocks` is the number of
    /// blocks before it.
    pub(crate) fn open_list(&mut self, start: Option<u64>, blocks: usize) {
        let depth = self.frames.len();
        self.open.push(Container::List { next: start, tight: true, first: blocks, depth });
    }

    /// Opens the next item of the innermost list, with its number or bullet.
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

    /// Opens a footnote, which no frame is carried into; `outer` is the one that is open already.
    pub(crate) fn open_footnote(&mut self, outer: Option<usize>) {
        let frames = std::mem::take(&mut self.frames);
        self.frames.push(Frame::Footnote { label: String::new(), opens: true });
        self.open.push(Container::Footnote { frames, outer });
    }

    /// Closes the innermost container.
    pub(crate) fn close(&mut self) -> Closed {
        match self.open.pop() {
            Some(Container::Framed(true)) => {
                self.frames.pop();
                Closed::Nothing
            }
            Some(Container::Footnote { frames, outer }) => {
                self.frames = frames;
                Closed::Footnote(outer)
            }
            Some(Container::List { next: Some(next), first, depth, .. }) => {
                Closed::Numbered { first, depth, widest: digits(next.saturating_sub(1)) }
            }
            Some(Container::Framed(false) | Container::List { .. }) | None => Closed::Nothing,
        }
    }

    /// Makes the innermost list loose, since the parser announced a paragraph in its item.
    pub(crate) fn loosen_list(&mut self) {
        if let [.., Container::List { tight: list, .. }, Container::Framed(true)] = self.open.as_mut_slice()
            && let Some(Frame::Item { tight, .. }) = self.frames.last_mut()
        {
            *list = false;
            *tight = false;
        }
    }

    /// The innermost list's next number, if its items are numbered; to change where it counts from.
    pub(crate) fn next_number(&mut self) -> Option<&mut u64> {
        match self.open.last_mut() {
            Some(Container::List { next, .. }) => next.as_mut(),
            _ => None,
        }
    }

    /// Returns whether a list is the innermost container, so that an item may begin.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.open.last(), Some(Container::List { .. }))
    }

    /// Turns the innermost container into an answer to choose, if it is an item.
    pub(crate) fn set_answer(&mut self, number: u8, is_right: bool) {
        if let Some(Container::Framed(true)) = self.open.last()
            && let Some(Frame::Item { marker, digits, .. }) = self.frames.last_mut()
        {
            (*marker, *digits) = (Marker::Answer { number, is_right }, 1);
        }
    }

    /// Turns the innermost container into a task, if it is an item. Returns whether it is.
    pub(crate) fn set_task(&mut self, done: bool) -> bool {
        if let Some(Container::Framed(true)) = self.open.last()
            && let Some(Frame::Item { marker, .. }) = self.frames.last_mut()
        {
            *marker = Marker::Task(done);
            return true;
        }
        false
    }
}

/// Counts the decimal digits of a number.
fn digits(number: u64) -> u8 {
    number.checked_ilog10().map_or(1, |exponent| u8::try_from(exponent + 1).unwrap_or(u8::MAX))
}
