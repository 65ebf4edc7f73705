//! The state: plain data, and nothing that could not be printed or compared.

use crate::page::Top;
use crate::reader::find::Find;
use crate::reader::folds::Folds;
use crate::reader::geometry::{Geometry, Shown, WIDEST};
use crate::reader::input::OverlayInput;
use crate::reader::keys::context::Context;
use crate::reader::notices::Notices;
use crate::reader::overlay::search::Search;
use crate::reader::overlay::{Overlay, OverlayAction};
use crate::reader::pane::checklist::ChecklistPane;
use crate::reader::pane::navigator::Navigator;
use crate::reader::pane::reading::ReadingPane;
use crate::reader::pane::{Pane, SidePane};
use crate::reader::pointer::Mouse;
use crate::reader::undo::UndoHistory;
use crate::reader::view::View;
use crate::reader::world::World;
use jiff::civil::Date;

/// Everything that the program knows of this session.
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
    pub side: SidePane,
    /// The reading pane.
    pub reading: ReadingPane,
    /// The details that are unfolded, and those that are not.
    pub folds: Folds,
    /// The navigator.
    pub navigator: Navigator,
    /// The checklist.
    pub checklist: ChecklistPane,
    /// The width of the text column that the reader chose, in columns.
    pub measure: u16,
    /// The width that it has by default, in columns.
    pub usual_measure: u16,
    /// The last search; its hits are highlighted and walked with `n`.
    pub find: Option<Find>,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The places visited.
    pub history: History,
    /// What was done in this session, to be undone.
    pub undo: UndoHistory,
    /// Whose the mouse is.
    pub mouse: Mouse,
    /// Whether nothing of all this is shown.
    pub hidden: bool,
    /// The count typed so far.
    pub count: Option<usize>,
    /// Whether everything is on the disk.
    pub saving: Saving,
    /// One line for the reader, until the next key.
    pub message: Option<String>,
    /// What the reader should know, one line after the other.
    pub notices: Notices,
}

/// The places visited, as a browser keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The places before this one, the last at the end.
    pub back: Vec<Visit>,
    /// The places that `back` was pressed in, the next at the end.
    pub forward: Vec<Visit>,
}

/// A place visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The lesson, as an index into the course's.
    pub lesson: usize,
    /// What stood at the top.
    pub top: Top,
}

/// Whether what was done is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// All of it.
    Saved,
    /// Nothing is saved beyond this session, and why.
    NotKept(String),
    /// Something could not be written, and why. It is kept in memory and tried again.
    NotSaved(String),
}

impl State {
    /// The state at the start: the first lesson from its beginning.
    pub(in crate::reader) fn new(size: (u16, u16), today: Date) -> Self {
        Self {
            size,
            today,
            day: today,
            focus: Pane::Reading,
            side: SidePane::Navigator,
            reading: ReadingPane::new(0, Top::default()),
            folds: Folds::default(),
            navigator: Navigator::new(),
            checklist: ChecklistPane::new(),
            measure: WIDEST,
            usual_measure: WIDEST,
            find: None,
            overlay: None,
            history: History::default(),
            undo: UndoHistory::default(),
            mouse: Mouse::Ours,
            hidden: false,
            count: None,
            saving: Saving::Saved,
            message: None,
            notices: Notices::default(),
        }
    }

    /// The context in which a key is resolved.
    pub fn context(&self) -> Context {
        match &self.overlay {
            _ if self.hidden => Context::HIDDEN,
            Some(overlay) => overlay.context(),
            None => self.pane_context(),
        }
    }

    fn pane_context(&self) -> Context {
        match self.focus {
            Pane::Navigator => Context::NAVIGATOR,
            Pane::Reading => Context::READING,
            Pane::Checklist => Context::CHECKLIST,
        }
    }

    /// Where everything is on the screen.
    pub fn geometry(&self) -> Geometry {
        let shown = match self.search() {
            Some(_) => Shown::Results,
            None => Shown::Panes { focus: self.focus, side: self.side },
        };
        Geometry::new(self.size, self.measure, shown)
    }

    /// What panes and overlays may know, for an action with this count.
    pub fn view<'a>(&self, world: &World<'a>, count: usize) -> View<'a> {
        let shown = self.shown();
        View {
            world: *world,
            geometry: self.geometry(),
            today: self.today,
            day: self.day,
            lesson: shown.lesson,
            top: shown.top,
            scrolled_right: shown.sideways.unwrap_or(0),
            pane: self.pane_context(),
            count,
        }
    }

    /// Shows the next notice where nothing else is to be said, one for each key. What could not
    /// be saved comes first, and nobody who types into an overlay looks at the last row.
    pub(in crate::reader) fn show_next_notice(&mut self) {
        let is_free = self.message.is_none() && self.overlay.is_none();
        if is_free && !matches!(self.saving, Saving::NotSaved(_)) {
            self.message = self.notices.next_to_show();
        }
    }

    /// The search, while it is open.
    pub fn search(&self) -> Option<&Search> {
        match &self.overlay {
            Some(Overlay::Search(search)) => Some(search),
            _ => None,
        }
    }

    /// The search that is being typed, else the last one.
    pub fn current_find(&self) -> Option<&Find> {
        self.search().map_or(self.find.as_ref(), |search| Some(&search.find))
    }

    /// What the reading pane shows: the hit that a search previews, else what is read.
    pub fn shown(&self) -> ReadingPane {
        match self.search().and_then(|search| search.preview) {
            Some((lesson, top)) => ReadingPane::new(lesson, top),
            None => self.reading,
        }
    }

    /// The folds as they are shown: while something is searched for, all details are open.
    pub fn shown_folds(&self) -> Folds {
        if self.search().is_some() { Folds::all_open() } else { self.folds.clone() }
    }

    /// The action that input means in the open overlay.
    pub fn overlay_action(&self, input: &OverlayInput) -> Option<OverlayAction> {
        self.overlay.as_ref().and_then(|overlay| overlay.action(input))
    }

    /// Moves the focus, and shows the pane where only one side pane has room.
    pub fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        match pane {
            Pane::Navigator => self.side = SidePane::Navigator,
            Pane::Checklist => self.side = SidePane::Checklist,
            Pane::Reading => {}
        }
    }

    /// The place that is read, to come back to.
    pub fn visit(&self) -> Visit {
        Visit { lesson: self.reading.lesson, top: self.reading.top }
    }
}
