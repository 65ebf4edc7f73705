//! What must happen outside of the state machine, as data.
//!
//! Owns the one vocabulary of effects, in two parts: a session performs its own and hands the
//! terminal's to whoever drives it.

use crate::course::{CourseId, FileBeside};
use crate::journal::Operation;
use crate::library::LibraryOrigin;
use crate::reader::data_task::DataTask;
use crate::reader::pointer::Mouse;

/// Something that must happen outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Record this in the journal, to be saved before the next frame.
    Record(Operation),
    /// List what was read lately; it arrives as news.
    ListRecent,
    /// Open this instead of what is open.
    Open(LibraryOrigin),
    /// Open this file beside the one that is open.
    OpenBeside(FileBeside),
    /// Open again what was open before this.
    OpenBefore,
    /// Open again what was left by [`Effect::OpenBefore`].
    OpenAfter,
    /// Remove this course from what was read lately.
    RemoveRecent(CourseId),
    /// Do this with the journal as a whole; what became of it arrives as news.
    Data(DataTask),
    /// Something that takes a terminal.
    Terminal(TerminalEffect),
}

/// What only a terminal can do. The linear mode has none, and never asks for one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEffect {
    /// Open this text in `$EDITOR`; what comes back arrives as news.
    Edit(String),
    /// Put this text on the terminal's clipboard.
    Copy(String),
    /// Give the mouse to this side from now on.
    Mouse(Mouse),
    /// Draw now, before anything is saved or read: what was there must not be seen any longer.
    Draw,
    /// Paint the whole screen again.
    Redraw,
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// End the program.
    Quit,
}

impl From<TerminalEffect> for Effect {
    fn from(effect: TerminalEffect) -> Self {
        Self::Terminal(effect)
    }
}
