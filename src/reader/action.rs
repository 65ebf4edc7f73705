//! Everything that can happen to the state, by name.

use crate::course::Part;
use crate::journal::{Operation, RecentEntry};
use crate::reader::data_task::DataTask;
use crate::reader::keys::key::Key;
use crate::reader::motion::Motion;
use crate::reader::outcome::OverlayRequest;
use crate::reader::overlay::OverlayAction;
use crate::reader::overlay::palette::PaletteAction;
use crate::reader::overlay::today::keys::TodayAction;
use crate::reader::pane::checklist::keys::ChecklistAction;
use crate::reader::pane::navigator::NavigatorAction;
use crate::reader::pane::reading::ReadingAction;
use crate::reader::pictures_shown::PicturesShown;
use crate::reader::pointer::{Gesture, Mouse, Target};
use crate::reader::restored_position::RestoredPosition;
use crate::reader::text_anchor::TextAnchor;
use crate::reader::text_field::Edit;
use crate::search::{Progress, Query};
use jiff::civil::Date;

/// Something that happens: a key that was resolved, or news from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Moves within the pane that has the focus.
    Move(Motion),
    /// Goes to another place.
    Go(Go),
    /// Something in the navigator.
    Navigator(NavigatorAction),
    /// Something in the reading pane.
    Reading(ReadingAction),
    /// Something in the checklist.
    Checklist(ChecklistAction),
    /// Something in the overlay that is open.
    Overlay(OverlayAction),
    /// Opens an overlay.
    Open(OverlayRequest),
    /// Takes back what was done last in this session.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// The next pane gets the focus.
    NextPane,
    /// The previous pane gets the focus.
    PreviousPane,
    /// One step back in the panes: a selection, highlights, the focus. Never quits.
    Cancel,
    /// Straight to the checklist; from there, back to the pane before.
    ToChecklist,
    /// Opens Today, or comes back to it where it is open; from Today itself, back.
    ToToday,
    /// Shows what was typed and is not saved.
    ResumeDraft,
    /// Says whether everything is saved.
    TellSaved,
    /// A digit of the count for the next action, or an answer.
    Digit(u8),
    /// Text is typed or edited.
    Edit(Edit),
    /// A letter that was asked for.
    Letter(char),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something, there.
    Pointer(Gesture, Target),
    /// Does something with the journal as a whole.
    Data(DataTask),
    /// Shows the text alone, or the panes beside it again.
    TextAlone,
    /// Shows pictures, or their descriptions alone.
    SwitchPictures,
    /// Gives the mouse to the terminal, or takes it back.
    HandMouseOver,
    /// Shows nothing at all until [`Action::Show`].
    Hide,
    /// Shows everything again.
    Show,
    /// Draws the whole screen again.
    Redraw,
    /// Gives the terminal back to the shell for a while.
    Suspend,
    /// Ends the program.
    Quit,
    /// News from outside.
    News(News),
}

impl Action {
    /// Returns whether this does something to the day that the checklist shows, opens something that
    /// does, or may do either: a click on what is selected already chooses it. A click on a key that
    /// is named is what that key does, and is not known here.
    pub fn is_about_day_shown(&self) -> bool {
        matches!(
            self,
            Self::Checklist(ChecklistAction::Mark(_) | ChecklistAction::Tick(_) | ChecklistAction::Choose)
                | Self::Overlay(
                    OverlayAction::Palette(PaletteAction::Choose)
                        | OverlayAction::Today(
                            TodayAction::Mark(_)
                                | TodayAction::Tick(_)
                                | TodayAction::Choose
                                | TodayAction::Evening
                                | TodayAction::Answer(_),
                        )
                )
                | Self::Pointer(Gesture::Click, Target::Box(_) | Target::Choice(_))
                | Self::Open(OverlayRequest::Evening)
        )
    }
}

/// A way from one place in the course to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// To the next lesson that is left to read.
    NextToRead,
    /// To the lesson for a hard minute.
    FirstAid,
    /// To the page to read before any other.
    ReadFirst,
    /// To the tour of the keys.
    Tour,
    /// To the place visited before.
    Back,
    /// Forward again.
    Forward,
    /// To the next hit of the last search.
    NextHit,
    /// To the previous hit of the last search.
    PreviousHit,
}

/// News from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The terminal has this many columns and rows now.
    Resized(u16, u16),
    /// It is this day now.
    Today(Date),
    /// The day has turned since the last frame, which is to be said.
    DayTurned,
    /// The day has turned since the last frame, and what was typed for the one before was not done.
    HeldBackForDay,
    /// Everything is on the disk.
    Saved,
    /// Something could not be written, and why.
    NotSaved(String),
    /// This was read lately.
    Recent(Vec<RecentEntry>),
    /// This came back from the reader's editor.
    Edited(String),
    /// Nothing came back from the reader's editor, and why.
    NotEdited(String),
    /// The number before the next action is this one now: an action that waits has its own.
    Count(Option<usize>),
    /// A step of the search for this query.
    Found(Box<Query>, Progress),
    /// What the reader prefers, before anything is opened.
    Preferred {
        /// The width of the text, in columns, unless it is the usual one.
        text_width: Option<u16>,
        /// Whose the mouse is at first.
        mouse: Mouse,
        /// Whether pictures are shown at first.
        pictures: PicturesShown,
    },
    /// Pictures have come to the page or have gone; this stays where it is.
    PicturesChanged(TextAnchor),
    /// A course was opened. With it what was being written in it when the program ended, which waits
    /// until it is asked for.
    Opened(Vec<Operation>),
    /// The course that is open was opened anew because its files have changed. With it where
    /// the reader was in it.
    Reopened(Box<RestoredPosition>),
    /// All lessons of the folder that is open are known from now on; until then it had its first ones.
    Grown {
        /// How many lessons it had.
        lessons: usize,
        /// The parts that it had.
        parts: Vec<Part>,
    },
    /// The course that is open could not be opened anew although its files have changed, and why.
    NotReopened(String),
    /// Nothing is saved beyond this session, and why.
    NotKept(String),
    /// It is the first start of all.
    FirstStart,
    /// One line for the reader, until the next key.
    Message(String),
    /// One line that the reader should know, and that nothing else may hide.
    Notice(String),
    /// This key was pressed, which is bound to nothing here.
    UnboundKey(Key),
    /// The section of this slug is to be read, in the text that was just opened.
    Section(String),
    /// Something was done with the journal as a whole.
    DataDone {
        /// What is said of it until the next key.
        message: String,
        /// What is listed with the notices from now on, one line each.
        results: Vec<String>,
    },
    /// A report as plain text, to be read before it is written.
    Preview(String),
    /// Something was erased, here or elsewhere, and is gone from the journal.
    Erased,
}
