//! The state: plain data, and nothing that could not be printed or compared.

use crate::page::Top;
use crate::reader::drafts::Drafts;
use crate::reader::find::Find;
use crate::reader::folds::Folds;
use crate::reader::geometry::{Geometry, Shown, WIDEST, last_rows_width};
use crate::reader::input::OverlayInput;
use crate::reader::keys::context::Context;
use crate::reader::notices::Notices;
use crate::reader::overlay::search::Search;
use crate::reader::overlay::{Overlay, OverlayAction};
use crate::reader::pane::checklist::ChecklistPane;
use crate::reader::pane::navigator::Navigator;
use crate::reader::pane::reading::ReadingPane;
use crate::reader::pane::{Layout, Pane, PaneContent, SidePane, SidePanes};
use crate::reader::pictures_shown::PicturesShown;
use crate::reader::pointer::Mouse;
use crate::reader::typed_history::TypedHistory;
use crate::reader::undo::UndoHistory;
use crate::reader::view::View;
use crate::reader::world::World;
use crate::text::columns::wrapped;
use jiff::civil::Date;

/// Everything that the program knows of this session.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// Today, as the outside says.
    pub today: Date,
    /// The day that the checklist shows. A day to come is shown only for a mark that a clock that
    /// was wrong has left there.
    pub day: Date,
    /// The pane that keys go to.
    pub focus: Pane,
    /// The pane that had the focus before a key went straight to the checklist.
    pub before_checklist: Pane,
    /// The side pane that is shown where there is room for one.
    pub side: SidePane,
    /// What the side panes had to show after the last action.
    pub side_panes: SidePanes,
    /// Whether there are panes beside the text.
    pub layout: Layout,
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
    /// The last search; its hits are walked with `n`.
    pub find: Option<Find>,
    /// Whether they are highlighted.
    pub hit_marks: HitMarks,
    /// What lies over the panes and takes the keys.
    pub overlay: Option<Overlay>,
    /// What that was opened from, and what this was opened from, the nearest at the end.
    pub beneath: Vec<Overlay>,
    /// What was typed and is not saved, after what it was typed in was closed.
    pub drafts: Drafts,
    /// What was searched for in this session.
    pub searches: TypedHistory,
    /// What was typed into the palette in this session.
    pub commands: TypedHistory,
    /// The places visited.
    pub history: History,
    /// What was done in this session, to be undone.
    pub undo: UndoHistory,
    /// What undoing would bring back.
    pub last_done: LastDone,
    /// Whose the mouse is.
    pub mouse: Mouse,
    /// Whether pictures are shown.
    pub pictures: PicturesShown,
    /// Whether nothing of all this is shown.
    pub hidden: bool,
    /// The count typed so far.
    pub count: Option<usize>,
    /// Whether everything is on the disk.
    pub saving: Saving,
    /// Why what has changed in the files of the open course is not shown, for as long as it is so.
    pub outdated: Option<String>,
    /// One line for the reader, until the next key.
    pub message: Option<String>,
    /// What the reader should know, one line after the other.
    pub notices: Notices,
}

/// Whether the hits of the last search are highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitMarks {
    /// They are.
    Shown,
    /// They were until the reader went one step back, and are again when she walks on.
    Hidden,
}

/// What was done last, as far as it can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastDone {
    /// A change of the journal, if there was one.
    Change,
    /// Something was left that is not saved.
    Draft,
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

impl Saving {
    /// What is to be said of it for as long as it is so.
    pub fn trouble(&self) -> Option<&str> {
        match self {
            Self::Saved => None,
            Self::NotKept(why) | Self::NotSaved(why) => Some(why),
        }
    }
}

impl State {
    /// The state at the start: the first lesson from its beginning.
    pub(in crate::reader) fn new(size: (u16, u16), today: Date) -> Self {
        Self {
            size,
            today,
            day: today,
            focus: Pane::Reading,
            before_checklist: Pane::Reading,
            side: SidePane::Navigator,
            side_panes: SidePanes::default(),
            layout: Layout::Panes,
            reading: ReadingPane::new(0, Top::default()),
            folds: Folds::default(),
            navigator: Navigator::new(),
            checklist: ChecklistPane::new(),
            measure: WIDEST,
            usual_measure: WIDEST,
            find: None,
            hit_marks: HitMarks::Shown,
            overlay: None,
            beneath: Vec::new(),
            drafts: Drafts::default(),
            searches: TypedHistory::default(),
            commands: TypedHistory::default(),
            history: History::default(),
            undo: UndoHistory::default(),
            last_done: LastDone::Change,
            mouse: Mouse::Ours,
            pictures: PicturesShown::default(),
            hidden: false,
            count: None,
            saving: Saving::Saved,
            outdated: None,
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
        let shown = match (self.search(), self.layout) {
            (Some(_), _) => Shown::Results,
            (None, Layout::TextAlone) => Shown::TextAlone,
            (None, Layout::Panes) => {
                Shown::Panes { focus: self.focus, side: self.side, side_panes: self.side_panes }
            }
        };
        Geometry::new(self.size, self.measure, self.status_rows(), shown)
    }

    /// What is said for as long as it is so: what is not saved, and that what is shown is older than
    /// its files.
    pub fn troubles(&self) -> impl Iterator<Item = &str> {
        self.saving.trouble().into_iter().chain(self.outdated.as_deref())
    }

    /// The rows that it takes to say these.
    fn status_rows(&self) -> u16 {
        let width = last_rows_width(self.size.0);
        let lines = self.troubles().map(|trouble| wrapped(trouble, width).len()).sum::<usize>();
        u16::try_from(lines).unwrap_or(u16::MAX)
    }

    /// Fits the panes to what there is: one that has nothing to show is not there, and the headings
    /// of a single text follow what is read.
    pub(in crate::reader) fn fit_panes(&mut self, world: &World) {
        let has_items = world.practice().has_items();
        self.side_panes = SidePanes {
            navigator: PaneContent::of(Navigator::has_entries(world.course)),
            checklist: PaneContent::of(has_items),
        };
        if self.focus != Pane::Navigator && world.course.lessons.len() == 1 {
            let ReadingPane { lesson, top, .. } = self.reading;
            self.navigator.selected = Navigator::entry_of(world.course, lesson, top.position.block);
        }
    }

    /// What panes and overlays may know, for an action with this count.
    pub fn view<'a>(&self, world: &World<'a>, count: usize) -> View<'a> {
        let shown = self.shown();
        let geometry = self.geometry();
        View {
            world: *world,
            geometry,
            list_rows: self.list_rows(&geometry),
            today: self.today,
            day: self.day,
            lesson: shown.lesson,
            top: shown.top,
            scrolled_right: shown.sideways.unwrap_or(0),
            pane: self.pane_context(),
            context: self.context(),
            count,
            number: None,
        }
    }

    /// The rows of the list that takes the keys.
    fn list_rows(&self, geometry: &Geometry) -> u16 {
        let list = match (&self.overlay, self.focus) {
            (Some(Overlay::Search(_)), _) => geometry.results,
            (Some(_), _) => Some(geometry.overlay),
            (None, Pane::Navigator) => geometry.navigator,
            (None, Pane::Reading) => geometry.reading,
            (None, Pane::Checklist) => geometry.checklist,
        };
        list.map_or(0, |area| area.height)
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

    /// The search that is being typed, else the last one, unless its highlights are hidden.
    pub fn current_find(&self) -> Option<&Find> {
        let last = self.find.as_ref().filter(|_| self.hit_marks == HitMarks::Shown);
        self.search().map_or(last, |search| Some(&search.find))
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

    /// Moves the focus, and shows the pane: also where only one side pane has room, and where
    /// the text was alone.
    pub fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        match pane {
            Pane::Navigator => (self.side, self.layout) = (SidePane::Navigator, Layout::Panes),
            Pane::Checklist => (self.side, self.layout) = (SidePane::Checklist, Layout::Panes),
            Pane::Reading => {}
        }
    }

    /// The place that is read, to come back to.
    pub fn visit(&self) -> Visit {
        Visit { lesson: self.reading.lesson, top: self.reading.top }
    }
}
