//! The state: plain data, and nothing that could not be printed or compared.

use crate::journal::{Mark, Operation};
use crate::page::{Top, Wide};
use crate::reader::asking::{Asking, Step};
use crate::reader::bindings::Context;
use crate::reader::checklist::{Checklist, Rest, Shows};
use crate::reader::deed::Deeds;
use crate::reader::find::{Find, Search};
use crate::reader::form::Form;
use crate::reader::palette::Palette;
use crate::reader::pointer::Mouse;
use crate::reader::review::Review;
use crate::reader::shelf::OpenShelf;
use crate::reader::writing::Writing;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The narrowest text column that the reader can choose, in columns.
pub const NARROWEST: u16 = 30;
/// The widest text column, in columns, however wide the terminal: longer lines tire the eye.
pub const WIDEST: u16 = 72;

/// All that the program knows of this sitting.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// Today, as the outside says.
    pub today: Date,
    /// The day that the checklist shows; never a day to come.
    pub day: Date,
    /// The pane that keys go to.
    pub focus: Pane,
    /// The side pane that is shown where there is room for one.
    pub side: Side,
    /// The reading pane.
    pub reading: Reading,
    /// The navigator.
    pub navigator: Navigator,
    /// The item selected in the checklist, as [`crate::reader::item`] counts them.
    pub item: usize,
    /// What the checklist shows.
    pub checklist: Checklist,
    /// The width of the text column that she chose, in columns.
    pub measure: u16,
    /// The width that it has by itself, in columns.
    pub usual_measure: u16,
    /// What was searched for last; its hits are highlighted and walked with `n`.
    pub find: Option<Find>,
    /// What lies over the panes.
    pub overlay: Overlay,
    /// The places visited.
    pub history: History,
    /// What she did in this sitting, to be taken back.
    pub deeds: Deeds,
    /// Whose the mouse is.
    pub mouse: Mouse,
    /// Whether nothing of all this is shown.
    pub hidden: bool,
    /// The count typed so far.
    pub count: Option<usize>,
    /// Whether what she did is on the disk.
    pub saving: Saving,
    /// One line for the reader, until the next key.
    pub message: Option<String>,
}

/// The three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The lessons.
    Navigator,
    /// The text.
    Reading,
    /// The items.
    Checklist,
}

/// A pane beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The lessons.
    Navigator,
    /// The items.
    Checklist,
}

/// What is read, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The open lesson.
    pub lesson: usize,
    /// What stands at the top of the pane.
    pub top: Top,
    /// The selected link of the lesson.
    pub link: Option<usize>,
    /// The columns by which wide code and tables are scrolled sideways; none while they are
    /// broken to fit.
    pub aside: Option<u16>,
}

impl Reading {
    /// The place of a lesson as it is first shown.
    pub fn at(lesson: usize, top: Top) -> Self {
        Self { lesson, top, link: None, aside: None }
    }

    /// What becomes of code and tables that are wider than the page.
    pub fn wide(&self) -> Wide {
        if self.aside.is_some() { Wide::Whole } else { Wide::Broken }
    }
}

/// The navigator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Navigator {
    /// The selected entry.
    pub selected: Entry,
    /// The parts that are folded.
    pub folded: BTreeSet<usize>,
}

/// An entry of the navigator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A part's title.
    Part(usize),
    /// A lesson.
    Lesson(usize),
}

/// What lies over the panes and takes the keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// The help, from this line on.
    Help(usize),
    /// The search.
    Search(Box<Search>),
    /// The course's self-check.
    Guide(Box<Asking>),
    /// A form that is being filled in.
    Form(Box<Form>),
    /// A note that is being written.
    Writing(Box<Writing>),
    /// The list of notes, and the selected one.
    Notes(usize),
    /// The headings of the open lesson, and the selected one.
    Headings(usize),
    /// A letter is asked for.
    Letter(Letter),
    /// The palette.
    Palette(Box<Palette>),
    /// The review.
    Review(Review),
    /// A question that is asked once before something goes.
    Sure(Box<Sure>),
    /// The shelf.
    Shelf(Box<OpenShelf>),
    /// Where the selected link leads: an address on the web.
    Address(String),
}

/// What a letter is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// To stand for the place that is read.
    ToName,
    /// To go to its place.
    ToGo,
}

/// A question that is asked once before something goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sure {
    /// The question.
    pub question: String,
    /// What will be lost, and what will stay.
    pub lost: String,
    /// What it is in words once it is done.
    pub words: String,
    /// What to do.
    pub operations: Vec<Operation>,
}

/// The places visited, as a browser keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Where she was, the last at the end.
    pub back: Vec<Visit>,
    /// Where she came back from, the next at the end.
    pub forward: Vec<Visit>,
}

/// A place visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The lesson.
    pub lesson: usize,
    /// What stood at the top.
    pub top: Top,
}

/// Whether what she did is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// All of it.
    Saved,
    /// Nothing is kept beyond this sitting, and why.
    NotKept(String),
    /// Something could not be written, and why. It is kept in memory and tried again.
    NotSaved(String),
}

impl Overlay {
    /// The search, while it is open.
    pub fn search(&self) -> Option<&Search> {
        match self {
            Self::Search(search) => Some(search),
            Self::None
            | Self::Help(_)
            | Self::Guide(_)
            | Self::Form(_)
            | Self::Writing(_)
            | Self::Notes(_)
            | Self::Headings(_)
            | Self::Letter(_)
            | Self::Palette(_)
            | Self::Review(_)
            | Self::Shelf(_)
            | Self::Address(_)
            | Self::Sure(_) => None,
        }
    }
}

impl State {
    /// The search that is being typed, else the last one.
    pub fn sought(&self) -> Option<&Find> {
        self.overlay.search().map_or(self.find.as_ref(), |search| Some(&search.find))
    }

    /// The state at the start: the first lesson from its beginning.
    pub(in crate::reader) fn new(size: (u16, u16), today: Date) -> Self {
        Self {
            size,
            today,
            day: today,
            focus: Pane::Reading,
            side: Side::Navigator,
            reading: Reading::at(0, Top::default()),
            navigator: Navigator { selected: Entry::Lesson(0), folded: BTreeSet::new() },
            item: 0,
            checklist: Checklist { shows: Shows::All, rest: Rest::Folded },
            measure: WIDEST,
            usual_measure: WIDEST,
            find: None,
            overlay: Overlay::None,
            history: History::default(),
            deeds: Deeds::default(),
            mouse: Mouse::Ours,
            hidden: false,
            count: None,
            saving: Saving::Saved,
            message: None,
        }
    }

    /// The context in which a key is resolved.
    pub fn context(&self) -> Context {
        if self.hidden {
            return Context::Hidden;
        }
        match (&self.overlay, self.focus) {
            (Overlay::Help(_), _) => Context::Help,
            (Overlay::Search(_), _) => Context::Search,
            (Overlay::Guide(asking), _) => match asking.step {
                Step::Introduction | Step::Question { .. } => Context::Questions,
                Step::End { .. } => Context::Suggestion,
            },
            (Overlay::Form(_), _) => Context::Form,
            (Overlay::Sure(_), _) => Context::Sure,
            (Overlay::Writing(_), _) => Context::Writing,
            (Overlay::Notes(_), _) => Context::Notes,
            (Overlay::Headings(_), _) => Context::Headings,
            (Overlay::Letter(_), _) => Context::Letter,
            (Overlay::Palette(_), _) => Context::Palette,
            (Overlay::Review(_), _) => Context::Review,
            (Overlay::Shelf(_), _) => Context::Shelf,
            (Overlay::Address(_), _) => Context::Address,
            (Overlay::None, Pane::Navigator) => Context::Navigator,
            (Overlay::None, Pane::Reading) => Context::Reading,
            (Overlay::None, Pane::Checklist) => Context::Checklist,
        }
    }

    /// Moves the focus, and shows the pane where only one side pane has room.
    pub fn look_at(&mut self, pane: Pane) {
        self.focus = pane;
        match pane {
            Pane::Navigator => self.side = Side::Navigator,
            Pane::Checklist => self.side = Side::Checklist,
            Pane::Reading => {}
        }
    }

    /// Where she is now, to come back to.
    pub fn visit(&self) -> Visit {
        Visit { lesson: self.reading.lesson, top: self.reading.top }
    }
}

/// The character that stands for a mark in its box. Each can be told without colour.
pub fn sign(mark: Option<Mark>) -> char {
    match mark {
        None => ' ',
        Some(Mark::Kept) => 'x',
        Some(Mark::Slipped) => '!',
        Some(Mark::DidNotArise) => '-',
    }
}
