//! What comes of an action in a pane or an overlay, as data.
//!
//! Panes and overlays change their own state and return an [`Outcome`] for all else.
//! `update` alone interprets it, so that none of them knows another.

use crate::course::{CourseId, ExerciseId, FileBeside, ItemId, Side};
use crate::journal::Operation;
use crate::library::LibraryOrigin;
use crate::page::Top;
use crate::reader::data_task::DataTask;
use crate::reader::keys::Context;
use crate::reader::motion::Motion;
use crate::search::Hit;
use jiff::civil::Date;

/// What comes of an action.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Nothing further. An overlay stays open.
    Stay,
    /// Says a line until the next key. An overlay stays open.
    Say(String),
    /// One step back: closes the overlay, and shows what it was opened from. What was typed and is
    /// not saved is put aside.
    Close,
    /// The same, and says a line.
    CloseSaying(String),
    /// Opens an overlay over this one.
    Open(OverlayRequest),
    /// Closes all overlays and shows the text where it is.
    ToText,
    /// Closes all overlays and goes to a place in the text.
    Go(Jump),
    /// The same, and says a line.
    GoSaying(Jump, String),
    /// Closes the overlay, shows what it was opened from, and changes the journal, in a step that
    /// can be undone.
    Do(JournalChange),
    /// Changes the journal, in a step that can be undone. The overlay stays open.
    DoHere(JournalChange),
    /// Takes back what was done last in this session. The overlay stays open.
    Undo,
    /// Does again what was taken back. The overlay stays open.
    Redo,
    /// Closes all overlays and selects an item in the checklist, on the day if one is named.
    ShowItem(Option<ItemId>, Option<Date>),
    /// Selects the item in the checklist that the passage in sight teaches.
    ShowItemTaughtHere,
    /// Shows this day in the checklist.
    ShowDay(Date),
    /// Opens the lesson beside the one that is read, or that many lessons further. The focus stays
    /// where it is.
    OpenNeighbour(Neighbour, usize),
    /// Shows or hides the details with this number.
    ToggleDetails(usize),
    /// The same, and says a line.
    ToggleDetailsSaying(usize, String),
    /// Lets the text have another width.
    TextWidth(WidthChange),
    /// Closes the search and goes to the hit, or shows the note over it. The search stays the last
    /// one.
    GoToHit(Hit),
    /// Closes the overlay and performs the action of this name.
    Perform(Context, &'static str),
    /// Lets the reader change this text in an editor of their own.
    Edit(String),
    /// Copies a text, and says so.
    Copy(String, String),
    /// Closes all overlays and opens something else in place of the course.
    OpenCourse(LibraryOrigin),
    /// Does something with the journal as a whole. The overlay stays open until that is done.
    Data(DataTask),
    /// Opens a file beside the single one that is open.
    OpenBeside(FileBeside),
    /// Takes a course off the list of recent ones, and says so.
    Forget(CourseId, String),
}

impl Outcome {
    /// What comes of a movement that leads nowhere in a list: says at which end the selection is.
    pub fn at_edge(motion: Motion) -> Self {
        motion.edge_of_list().map_or(Self::Stay, |words| Self::Say(words.into()))
    }
}

/// A lesson beside the one that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// The one after it.
    Next,
    /// The one before it.
    Previous,
}

/// A change of the width of the text column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WidthChange {
    /// A few columns more.
    Wider,
    /// A few columns less.
    Narrower,
    /// Back to what it is by default.
    Default,
}

/// What an overlay is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverlayRequest {
    /// The help.
    Help,
    /// The search.
    Search,
    /// The course's self-check.
    SelfCheck,
    /// The form for a new item, at first on this side.
    NewItem(Side),
    /// The form of an item: the reader's own words, or the plan of one of the course's.
    EditItem(ItemId),
    /// The form of an item's if-then plan.
    Plan(ItemId),
    /// Three lines about the day that the checklist shows.
    Evening,
    /// The same, with the cursor in this one of the lines, counted from 0.
    EveningLine(usize),
    /// One question about the week that begins on this day.
    Week(Date),
    /// What there is to look back on at the end of this week of the plan, counted from 0. It is
    /// written about the week of the calendar that it is now.
    LookBack(usize),
    /// A note to the place on the screen.
    NoteHere,
    /// The same, at once in the reader's editor.
    NoteHereInEditor,
    /// What the reader writes for an exercise.
    Exercise(ExerciseId),
    /// The note of this name.
    Note(String),
    /// The list of notes, with the one of this name selected, else the last.
    Notes(Option<String>),
    /// The headings of the lesson.
    Headings,
    /// A letter for the place on the screen.
    NamePlace,
    /// The letter of the place to go to.
    GoToPlace,
    /// The palette.
    Palette,
    /// The review.
    Review,
    /// What the day has.
    Today,
    /// What was read lately.
    Recent,
    /// The notices of this session.
    Notices,
    /// An address that leads to the web.
    Address(String),
    /// What is to be known before something is done with the journal as a whole.
    Data(DataQuestion),
    /// A question that is asked once before something goes.
    Confirm(Confirmation),
    /// The first start: what this is, and where to begin.
    Welcome,
    /// The plan by weeks.
    WeekPlan,
}

/// What is asked before something is done with the journal as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataQuestion {
    /// In which form and where to export it.
    Export,
    /// What is in a report, and where to write it.
    Report,
    /// What to take in.
    TakeIn,
    /// What to erase.
    Erase,
}

/// A question that is asked once before something goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The question.
    pub question: String,
    /// What will be lost, and what will stay.
    pub consequence: String,
    /// What is done when the answer is yes.
    pub change: JournalChange,
}

/// A change of the journal that can be undone in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalChange {
    /// What it is in words, such as "kept, Sun 22 Nov: I did not shout".
    pub label: String,
    /// What does it, in order.
    pub operations: Vec<Operation>,
    /// What to say of it, if anything.
    pub message: Option<String>,
    /// What the checklist selects then.
    pub selection: Selection,
}

/// What the checklist selects after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// What was selected before.
    Unchanged,
    /// This item, which the change makes.
    NewItem(ItemId),
    /// This item, with the reader's list shown.
    OnMyList(ItemId),
}

/// Where to go in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    /// To a lesson, where the reader left it.
    Lesson(usize),
    /// To a block of a lesson, which becomes the first line.
    Block {
        /// The lesson, as an index into the course's.
        lesson: usize,
        /// The block, as an index into those of the lesson's document.
        block: usize,
    },
    /// To what is to stand at the top.
    Top {
        /// The lesson, as an index into the course's.
        lesson: usize,
        /// What is to stand at the top.
        top: Top,
    },
    /// To the page to read before any other.
    ReadFirst,
}

impl JournalChange {
    /// A change of which nothing needs to be said.
    pub fn new(label: String, operations: Vec<Operation>) -> Self {
        Self { label, operations, message: None, selection: Selection::Unchanged }
    }

    /// The change, with this said of it.
    #[must_use]
    pub fn saying(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..self }
    }

    /// The change, with this selected in the checklist afterwards.
    #[must_use]
    pub fn selecting(self, selection: Selection) -> Self {
        Self { selection, ..self }
    }
}
