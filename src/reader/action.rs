//! Everything that can happen to the state, by name.

use crate::journal::Mark;
use jiff::civil::Date;
use tui_input::InputRequest;

/// Something that happens: a key that was resolved, or news from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Moves within what has the focus.
    Move(Motion),
    /// Goes to another place.
    Go(Go),
    /// Something in the navigator.
    Navigator(NavigatorAction),
    /// Something in the reading pane.
    Reading(ReadingAction),
    /// Something in the checklist.
    Checklist(ChecklistAction),
    /// Something in the search.
    Search(SearchAction),
    /// The next pane gets the focus.
    NextPane,
    /// The previous pane gets the focus.
    PreviousPane,
    /// One step back: closes what is open, and never quits.
    Cancel,
    /// Shows or hides the help.
    Help,
    /// A digit of the count for the next action.
    Digit(u8),
    /// Text was pasted.
    Paste(String),
    /// Draws the whole screen again.
    Redraw,
    /// Gives the terminal back to the shell for a while.
    Suspend,
    /// Ends the program.
    Quit,
    /// News from outside.
    News(News),
}

/// A movement within a text or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One line or item down.
    Down,
    /// One line or item up.
    Up,
    /// To the first line or item.
    First,
    /// To the last line or item.
    Last,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
}

/// A way from one place in the course to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// To the next lesson.
    NextLesson,
    /// To the previous lesson.
    PreviousLesson,
    /// To the lesson to read before any other.
    StopFirst,
    /// To the place visited before.
    Back,
    /// Forward again.
    Forward,
    /// To the next hit of the last search.
    NextHit,
    /// To the previous hit of the last search.
    PreviousHit,
}

/// What only the navigator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavigatorAction {
    /// Opens the selected lesson, or folds and unfolds the selected part.
    Open,
    /// Folds the part.
    Fold,
    /// Unfolds the part.
    Unfold,
}

/// What only the reading pane does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingAction {
    /// Selects the next link that is in sight.
    NextLink,
    /// Selects the previous link that is in sight.
    PreviousLink,
    /// Goes where the selected link leads.
    FollowLink,
    /// Goes to the item that the passage in sight teaches.
    GoToItem,
    /// A wider text column.
    Wider,
    /// A narrower text column.
    Narrower,
    /// The text column as it was at first.
    DefaultWidth,
}

/// What only the checklist does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChecklistAction {
    /// Marks the selected item for the day shown; a mark that is there already is taken back.
    Mark(Mark),
    /// Shows the day before.
    DayBefore,
    /// Shows the day after, at most today.
    DayAfter,
    /// Goes to the passage that teaches the selected item.
    GoToPassage,
}

/// What only the search does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchAction {
    /// Opens it.
    Open,
    /// A change to the line of text that is being typed.
    Input(InputRequest),
    /// Goes to the selected hit and closes the search.
    GoToHit,
}

/// News from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The terminal has this many columns and rows now.
    Resized(u16, u16),
    /// It is this day now.
    Today(Date),
    /// Everything is on the disk.
    Saved,
    /// Something could not be written, and why.
    NotSaved(String),
}
