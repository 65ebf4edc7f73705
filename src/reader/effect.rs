//! What must happen outside, as data.

use crate::course::CourseId;
use crate::journal::Operation;
use crate::library::Origin;
use crate::reader::pointer::Mouse;

/// Something for the outside to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep this in the journal, and say whether it could be kept.
    Record(Operation),
    /// Let her change this text in her own editor.
    Edit(String),
    /// Put this text on the terminal's clipboard.
    Copy(String),
    /// Say what stands on the shelf.
    LookAtShelf,
    /// Open this in the place of what is open.
    Open(Origin),
    /// Take this course off the shelf.
    LeaveOff(CourseId),
    /// From now on the mouse is this one's.
    Mouse(Mouse),
    /// Paint the whole screen again.
    Redraw,
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// End the program.
    Quit,
}
