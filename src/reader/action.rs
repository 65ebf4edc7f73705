//! Everything that can happen to the state, by name.

use crate::journal::{Mark, Shelved};
use crate::reader::pointer::{Gesture, Target};
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
    /// Something in the self-check.
    Guide(GuideAction),
    /// Something in a form.
    Form(FormAction),
    /// Opens a note, or the list of them.
    Note(NoteAction),
    /// Something while a note is written.
    Writing(WritingAction),
    /// Something in one of the short lists.
    List(ListAction),
    /// Something in the review.
    Review(ReviewAction),
    /// Something on the shelf.
    Shelf(ShelfAction),
    /// Takes back what she did last in this sitting.
    Undo,
    /// Does again what she took back.
    Redo,
    /// Yes, she is sure.
    Yes,
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
    /// The mouse did something, there.
    Pointer(Gesture, Target),
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
    /// To the next lesson that is left to read.
    NextToRead,
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
    /// Copies the selected link, else what is in sight.
    Copy,
    /// Goes to the item that the passage in sight teaches.
    GoToItem,
    /// A wider text column.
    Wider,
    /// A narrower text column.
    Narrower,
    /// The text column as it was at first.
    DefaultWidth,
    /// Lets wide code and tables stand whole, and scrolls them to the right.
    ScrollRight,
    /// Scrolls them to the left again, and breaks them when they stand at their beginning.
    ScrollLeft,
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
    /// Puts the selected item on her list, or takes it off.
    List,
    /// Shows her list, the lesson's items, or all.
    Switch,
    /// Adds an item of her own.
    Add,
    /// Edits the selected item of her own, or the plan of one of the course's.
    Edit,
    /// Edits the if-then plan of the selected item.
    Plan,
    /// Retires the selected item of her own.
    Retire,
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

/// What only the self-check does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuideAction {
    /// Opens it.
    Open,
    /// Gives the selected answer, or takes the selected way on.
    Choose,
    /// Back to the question before.
    Back,
    /// Takes the suggestion over.
    TakeOver,
}

/// What only a form does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormAction {
    /// A change to the field that has the cursor.
    Input(InputRequest),
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// The next field; at the last one, keeps what was filled in.
    Enter,
    /// Keeps what was filled in.
    Keep,
}

/// Opens a note, or the list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteAction {
    /// Three lines about the day shown.
    Evening,
    /// A note to the place that is read.
    Here,
    /// The same, in her own editor.
    HereInEditor,
    /// The list of all notes.
    All,
    /// Opens the note that is selected in the list.
    Open,
    /// Goes to the place that the selected note belongs to.
    GoToPlace,
}

/// What only the writing of a note does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WritingAction {
    /// A change to the text that has the cursor.
    Input(InputRequest),
    /// A line break.
    Break,
    /// The next text.
    Next,
    /// The text before.
    Previous,
    /// Keeps what was written, and closes it.
    Keep,
    /// Opens the text in her own editor.
    Editor,
}

/// What the short lists do: headings, named places, the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListAction {
    /// Opens the headings of the lesson.
    Headings,
    /// Asks for the letter that this place is to have.
    NamePlace,
    /// Asks for the letter of the place to go to.
    GoToPlace,
    /// Opens the palette.
    Palette,
    /// The letter that was asked for.
    Letter(char),
    /// Does what is selected.
    Choose,
    /// A change to what is typed in the palette.
    Input(InputRequest),
}

/// What only the review does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewAction {
    /// Opens it.
    Open,
    /// Looks back 4, 12 or 52 weeks.
    Span,
    /// A column to the left.
    Earlier,
    /// A column to the right.
    Later,
    /// Opens the selected day in the checklist.
    OpenDay,
    /// One question about the selected week.
    Week,
}

/// What only the shelf does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShelfAction {
    /// Opens it.
    Open,
    /// Opens what is selected.
    Choose,
    /// Takes what is selected off it.
    LeaveOff,
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
    /// This stands on the shelf.
    Shelf(Vec<Shelved>),
    /// This came back from her own editor.
    Edited(String),
    /// Nothing came back from her own editor, and why.
    NotEdited(String),
    /// There is time to go on with a search.
    Time,
    /// Something was erased, here or elsewhere, and is gone from the journal.
    Erased,
}
