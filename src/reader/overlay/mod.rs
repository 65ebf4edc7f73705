//! The overlays: what lies over the panes and takes the keys.
//!
//! One overlay, one file: its state, its actions, its rows of bindings, its update, which
//! returns an [`Outcome`], its lines, and its tests. What several share is in `shared.rs`. Overlays never import each other: one
//! that opens another says so by an [`OverlayRequest`]. Owns the one list of them all. A new overlay
//! is a new file, its lines here and in `table.rs`, a request for it, and the key that makes the request.

pub mod address;
pub mod confirm;
pub mod data;
pub mod form;
pub mod headings;
pub mod help;
pub mod lines;
pub mod note;
pub mod notes;
pub mod notices;
pub mod palette;
pub mod place;
pub mod plan;
pub mod preview;
pub mod recent;
pub mod review;
pub mod search;
pub mod self_check;
pub mod shared;
pub mod table;
pub mod today;
pub mod welcome;

use crate::course::CourseId;
use crate::journal::Ledger;
use crate::reader::input::OverlayInput;
use crate::reader::keys::context::Context;
use crate::reader::outcome::{Outcome, OverlayRequest};
use crate::reader::overlay::address::{AddressAction, ShownAddress};
use crate::reader::overlay::confirm::{Confirm, ConfirmAction};
use crate::reader::overlay::data::{DataAction, DataForm};
use crate::reader::overlay::form::{Form, FormAction};
use crate::reader::overlay::headings::{Headings, HeadingsAction};
use crate::reader::overlay::help::{Help, HelpAction};
use crate::reader::overlay::lines::OverlayLines;
use crate::reader::overlay::note::{NoteAction, NoteEditor};
use crate::reader::overlay::notes::{NoteList, NotesAction};
use crate::reader::overlay::notices::NoticeList;
use crate::reader::overlay::palette::{Palette, PaletteAction};
use crate::reader::overlay::place::{LetterPrompt, PlaceAction};
use crate::reader::overlay::plan::{PlanAction, WeekPlan};
use crate::reader::overlay::preview::ReportPreview;
use crate::reader::overlay::recent::{RecentAction, RecentList};
use crate::reader::overlay::review::{Review, ReviewAction};
use crate::reader::overlay::search::{Search, SearchAction};
use crate::reader::overlay::self_check::{SelfCheck, SelfCheckAction};
use crate::reader::overlay::shared::{ListAction, TypingAction};
use crate::reader::overlay::today::Today;
use crate::reader::overlay::today::keys::TodayAction;
use crate::reader::overlay::welcome::{Welcome, WelcomeAction};
use crate::reader::view::View;

/// An overlay.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The help.
    Help(Help),
    /// The search.
    Search(Box<Search>),
    /// The course's self-check.
    SelfCheck(SelfCheck),
    /// A form that is being filled in.
    Form(Form),
    /// A note that is being written.
    Note(NoteEditor),
    /// The list of notes.
    Notes(NoteList),
    /// The headings of the open lesson.
    Headings(Headings),
    /// The prompt for the letter of a place.
    Place(LetterPrompt),
    /// The palette.
    Palette(Palette),
    /// The review.
    Review(Review),
    /// What the day has.
    Today(Today),
    /// What was read lately.
    Recent(RecentList),
    /// An address that leads to the web.
    Address(ShownAddress),
    /// The notices of this session.
    Notices(NoticeList),
    /// What is asked before something is done with the journal as a whole.
    Data(DataForm),
    /// A report before it is written.
    Preview(ReportPreview),
    /// A question that is asked once before something goes.
    Confirm(Confirm),
    /// The first start.
    Welcome(Welcome),
    /// The plan by weeks.
    WeekPlan(WeekPlan),
}

/// An action of one overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverlayAction {
    /// Of the help.
    Help(HelpAction),
    /// Of the search.
    Search(SearchAction),
    /// Of the self-check.
    SelfCheck(SelfCheckAction),
    /// Of a form.
    Form(FormAction),
    /// Of a note that is being written.
    Note(NoteAction),
    /// Of the list of notes.
    Notes(NotesAction),
    /// Of the headings.
    Headings(HeadingsAction),
    /// Of the prompt for a letter.
    Place(PlaceAction),
    /// Of the palette.
    Palette(PaletteAction),
    /// Of the review.
    Review(ReviewAction),
    /// Of what the day has.
    Today(TodayAction),
    /// Of what was read lately.
    Recent(RecentAction),
    /// Of an address.
    Address(AddressAction),
    /// Of the list of notices.
    Notices(ListAction),
    /// Of what is asked about the journal as a whole.
    Data(DataAction),
    /// Of the preview of a report.
    Preview(ListAction),
    /// Of a question.
    Confirm(ConfirmAction),
    /// Of the first start.
    Welcome(WelcomeAction),
    /// Of the plan by weeks.
    WeekPlan(PlanAction),
}

/// What opening an overlay comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum OpenedOverlay {
    /// It is open.
    Overlay(Overlay),
    /// It cannot be opened, and why.
    Refused(&'static str),
    /// It is opened by what the session answers: it shows what is on the disk.
    Awaited,
}

/// Where an overlay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlayPlace {
    /// In a box over the panes, where there is room for one.
    Box,
    /// In a pane beside the text.
    Pane,
    /// On all of the screen.
    Screen,
}

/// What an overlay shows.
#[derive(Debug)]
pub enum OverlayContent<'a> {
    /// A column of lines.
    Lines(OverlayLines),
    /// The line that is typed, and the hits.
    Search(&'a Search),
    /// The grid of items and days, and the weeks.
    Review(&'a Review),
    /// What the day has.
    Today(&'a Today),
}

impl Overlay {
    /// Opens an overlay.
    pub fn open(opening: OverlayRequest, view: &View) -> OpenedOverlay {
        let practice = view.practice();
        let overlay = match opening {
            OverlayRequest::Help => Some(Self::Help(Help::open(view.context))),
            OverlayRequest::Search => Some(Self::Search(Box::default())),
            OverlayRequest::SelfCheck if !view.world.course.has_guide() => {
                return OpenedOverlay::Refused("This course has no questions of this kind.");
            }
            OverlayRequest::SelfCheck => Some(Self::SelfCheck(SelfCheck::new())),
            OverlayRequest::NewItem(side) => Some(Self::Form(Form::new_item(side, &practice))),
            OverlayRequest::EditItem(id) => {
                practice.item(&id).map(|item| Self::Form(Form::edit(&item, &practice)))
            }
            OverlayRequest::Plan(id) => {
                practice.item(&id).map(|item| Self::Form(Form::plan(&item, practice.if_then(&id))))
            }
            OverlayRequest::Evening => Some(Self::Note(NoteEditor::evening(view))),
            OverlayRequest::EveningLine(line) => Some(Self::Note(NoteEditor::evening_at(line, view))),
            OverlayRequest::Week(begins) => Some(Self::Note(NoteEditor::week(begins, view))),
            OverlayRequest::LookBack(week) => NoteEditor::look_back(week, view).map(Self::Note),
            OverlayRequest::NoteHere | OverlayRequest::NoteHereInEditor => {
                NoteEditor::here(view).map(Self::Note)
            }
            OverlayRequest::Exercise(exercise) => NoteEditor::exercise(&exercise, view).map(Self::Note),
            OverlayRequest::Note(name) => {
                let note = view.world.notes().iter().find(|note| note.note == name);
                note.map(|note| Self::Note(NoteEditor::existing(note, view)))
            }
            OverlayRequest::Notes(name) => Some(Self::Notes(NoteList::open(name.as_deref(), view))),
            OverlayRequest::Headings => Some(Self::Headings(Headings::open(view))),
            OverlayRequest::NamePlace => Some(Self::Place(LetterPrompt::Name)),
            OverlayRequest::GoToPlace => Some(Self::Place(LetterPrompt::Go)),
            OverlayRequest::Palette => Some(Self::Palette(Palette::open(view))),
            OverlayRequest::Review => Some(Self::Review(Review::open(view))),
            OverlayRequest::Today => Some(Self::Today(Today::open(view))),
            OverlayRequest::Notices => Some(Self::Notices(NoticeList::default())),
            OverlayRequest::Recent => return OpenedOverlay::Awaited,
            OverlayRequest::Address(address) => Some(Self::Address(ShownAddress::new(address))),
            OverlayRequest::Data(question) => Some(Self::Data(DataForm::open(question, view))),
            OverlayRequest::Confirm(confirmation) => Some(Self::Confirm(Confirm::new(confirmation))),
            OverlayRequest::WeekPlan if view.world.course.plan.is_empty() => {
                return OpenedOverlay::Refused("This course has no plan by weeks.");
            }
            OverlayRequest::WeekPlan => Some(Self::WeekPlan(WeekPlan::open(view))),
            OverlayRequest::Welcome => Some(Self::Welcome(Welcome::default())),
        };
        overlay.map_or(OpenedOverlay::Refused("That is no longer there."), OpenedOverlay::Overlay)
    }

    /// The context in which a key is resolved.
    pub fn context(&self) -> Context {
        match self {
            Self::Help(help) => help.context(),
            Self::Search(_) => search::CONTEXT,
            Self::SelfCheck(check) => check.context(),
            Self::Form(_) => form::CONTEXT,
            Self::Note(_) => note::CONTEXT,
            Self::Notes(_) => notes::CONTEXT,
            Self::Headings(_) => headings::CONTEXT,
            Self::Place(_) => place::CONTEXT,
            Self::Palette(_) => palette::CONTEXT,
            Self::Review(_) => review::CONTEXT,
            Self::Today(today) => today.context(),
            Self::Recent(_) => recent::CONTEXT,
            Self::Address(_) => address::CONTEXT,
            Self::Notices(_) => notices::CONTEXT,
            Self::Data(_) => data::CONTEXT,
            Self::Preview(_) => preview::CONTEXT,
            Self::Confirm(_) => confirm::CONTEXT,
            Self::Welcome(_) => welcome::CONTEXT,
            Self::WeekPlan(_) => plan::CONTEXT,
        }
    }

    /// Applies an action. One of another overlay than the open one does nothing.
    pub fn update(&mut self, action: OverlayAction, view: &View) -> Outcome {
        match (self, action) {
            (Self::Help(help), OverlayAction::Help(action)) => help.update(action, view),
            (Self::Search(search), OverlayAction::Search(action)) => search.update(action, view),
            (Self::SelfCheck(check), OverlayAction::SelfCheck(action)) => check.update(action, view),
            (Self::Form(form), OverlayAction::Form(action)) => form.update(action, view),
            (Self::Note(note), OverlayAction::Note(action)) => note.update(action, view),
            (Self::Notes(notes), OverlayAction::Notes(action)) => notes.update(action, view),
            (Self::Headings(headings), OverlayAction::Headings(action)) => headings.update(action, view),
            (Self::Place(prompt), OverlayAction::Place(action)) => prompt.update(action, view),
            (Self::Palette(palette), OverlayAction::Palette(action)) => palette.update(action, view),
            (Self::Review(review), OverlayAction::Review(action)) => review.update(action, view),
            (Self::Today(today), OverlayAction::Today(action)) => today.update(action, view),
            (Self::Recent(recent), OverlayAction::Recent(action)) => recent.update(action, view),
            (Self::Address(address), OverlayAction::Address(action)) => address.update(action),
            (Self::Notices(notices), OverlayAction::Notices(action)) => notices.update(action, view),
            (Self::Data(form), OverlayAction::Data(action)) => form.update(action, view),
            (Self::Preview(preview), OverlayAction::Preview(action)) => preview.update(action, view),
            (Self::Confirm(confirm), OverlayAction::Confirm(action)) => confirm.update(action, view),
            (Self::Welcome(welcome), OverlayAction::Welcome(action)) => welcome.update(action, view),
            (Self::WeekPlan(plan), OverlayAction::WeekPlan(action)) => plan.update(action, view),
            (
                Self::Help(_)
                | Self::Search(_)
                | Self::SelfCheck(_)
                | Self::Form(_)
                | Self::Note(_)
                | Self::Notes(_)
                | Self::Headings(_)
                | Self::Place(_)
                | Self::Palette(_)
                | Self::Review(_)
                | Self::Today(_)
                | Self::Recent(_)
                | Self::Address(_)
                | Self::Notices(_)
                | Self::Data(_)
                | Self::Preview(_)
                | Self::Confirm(_)
                | Self::Welcome(_)
                | Self::WeekPlan(_),
                _,
            ) => Outcome::Stay,
        }
    }

    /// The action that input means which is bound to nothing.
    pub fn action(&self, input: &OverlayInput) -> Option<OverlayAction> {
        match self {
            Self::Help(help) => help.action(input).map(OverlayAction::Help),
            Self::Search(_) => typing(input, SearchAction::Typing).map(OverlayAction::Search),
            Self::SelfCheck(_) => SelfCheck::action(input).map(OverlayAction::SelfCheck),
            Self::Form(_) => typing(input, FormAction::Typing).map(OverlayAction::Form),
            Self::Note(_) => typing(input, NoteAction::Typing).map(OverlayAction::Note),
            Self::Notes(_) => list(input, NotesAction::List).map(OverlayAction::Notes),
            Self::Headings(_) => list(input, HeadingsAction::List).map(OverlayAction::Headings),
            Self::Place(_) => LetterPrompt::action(input).map(OverlayAction::Place),
            Self::Palette(_) => typing(input, PaletteAction::Typing).map(OverlayAction::Palette),
            Self::Review(_) => list(input, ReviewAction::List).map(OverlayAction::Review),
            Self::Today(_) => list(input, TodayAction::List).map(OverlayAction::Today),
            Self::Recent(_) => list(input, RecentAction::List).map(OverlayAction::Recent),
            Self::Notices(_) => ListAction::of(input).map(OverlayAction::Notices),
            Self::Preview(_) => ListAction::of(input).map(OverlayAction::Preview),
            Self::Data(_) => typing(input, DataAction::Typing).map(OverlayAction::Data),
            Self::WeekPlan(_) => list(input, PlanAction::List).map(OverlayAction::WeekPlan),
            Self::Address(_) | Self::Confirm(_) | Self::Welcome(_) => None,
        }
    }

    /// Returns whether something was typed or answered here that would be lost if it closed.
    pub fn is_unsaved(&self, view: &View) -> bool {
        match self {
            Self::Form(form) => form.is_unsaved(),
            Self::SelfCheck(check) => check.is_begun(),
            Self::Note(note) => !note.changes(view).is_empty(),
            Self::Help(_)
            | Self::Search(_)
            | Self::Notes(_)
            | Self::Headings(_)
            | Self::Place(_)
            | Self::Palette(_)
            | Self::Review(_)
            | Self::Today(_)
            | Self::Recent(_)
            | Self::Address(_)
            | Self::Notices(_)
            | Self::Data(_)
            | Self::Preview(_)
            | Self::Confirm(_)
            | Self::Welcome(_)
            | Self::WeekPlan(_) => false,
        }
    }

    /// Returns whether both are for the same: the same questions, the form of the same item, a note
    /// with a text in common. Of others than these it is not asked.
    pub fn is_same_thing(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Form(form), Self::Form(other)) => form.is_same_thing(other),
            (Self::Note(note), Self::Note(other)) => note.is_same_thing(other),
            (Self::SelfCheck(_), Self::SelfCheck(_)) => true,
            _ => false,
        }
    }

    /// Forgets what was erased from the journal of a course. What was typed since stays.
    pub fn forget_erased(&mut self, course: &CourseId, ledger: &Ledger) {
        match self {
            Self::Note(editor) => editor.forget_erased(course, ledger),
            Self::Form(form) => form.forget_erased(course, ledger),
            _ => {}
        }
    }

    /// Where it stands.
    pub fn place(&self) -> OverlayPlace {
        match self {
            Self::Search(_) => OverlayPlace::Pane,
            Self::Review(_) | Self::Today(_) => OverlayPlace::Screen,
            Self::Help(_)
            | Self::SelfCheck(_)
            | Self::Form(_)
            | Self::Note(_)
            | Self::Notes(_)
            | Self::Headings(_)
            | Self::Place(_)
            | Self::Palette(_)
            | Self::Recent(_)
            | Self::Address(_)
            | Self::Notices(_)
            | Self::Data(_)
            | Self::Preview(_)
            | Self::Confirm(_)
            | Self::Welcome(_)
            | Self::WeekPlan(_) => OverlayPlace::Box,
        }
    }

    /// The title above it, in a word or two.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Help(_) => "Help",
            Self::Search(_) => "Search",
            Self::SelfCheck(_) => self_check::TITLE,
            Self::Form(_) => "Item",
            Self::Note(_) => "Note",
            Self::Notes(_) => "Notes",
            Self::Headings(_) => "Headings",
            Self::Place(_) => "Place",
            Self::Palette(_) => "Commands",
            Self::Review(_) => "Review",
            Self::Today(_) => "Today",
            Self::Recent(_) => "Shelf",
            Self::Address(_) => "Link",
            Self::Notices(_) => "Notices",
            Self::Data(_) => "Your data",
            Self::Preview(_) => "Report",
            Self::Confirm(_) => "Are you sure?",
            Self::Welcome(_) => "Welcome",
            Self::WeekPlan(_) => "Plan",
        }
    }

    /// Returns whether the wheel scrolls lines of text in it, and not a selection.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Help(_) | Self::Preview(_))
    }

    /// What it shows.
    pub fn content(&self, view: &View) -> OverlayContent<'_> {
        let (width, height) = (view.geometry.overlay.width, view.geometry.overlay.height);
        OverlayContent::Lines(match self {
            Self::Search(search) => return OverlayContent::Search(search),
            Self::Review(review) => return OverlayContent::Review(review),
            Self::Today(today) => return OverlayContent::Today(today),
            Self::Help(help) => help.lines(view, width),
            Self::SelfCheck(check) => check.lines(view, width),
            Self::Form(form) => form.lines(width),
            Self::Note(note) => note.lines(view, width),
            Self::Notes(notes) => notes.lines(view, width, height),
            Self::Headings(headings) => headings.lines(view, width, height),
            Self::Place(prompt) => prompt.lines(view, width),
            Self::Palette(palette) => palette.lines(view, width, height),
            Self::Recent(recent) => recent.lines(view, width),
            Self::Address(address) => address.lines(view, width),
            Self::Notices(notices) => notices.lines(width),
            Self::Data(form) => form.lines(view, width),
            Self::Preview(preview) => preview.lines(width),
            Self::Confirm(confirm) => confirm.lines(width),
            Self::Welcome(welcome) => welcome.lines(view, width, height),
            Self::WeekPlan(plan) => plan.lines(view, width, height),
        })
    }
}

/// What input that is bound to nothing does in a list.
fn list<A>(input: &OverlayInput, action: fn(ListAction) -> A) -> Option<A> {
    ListAction::of(input).map(action)
}

/// What input that is bound to nothing does where text is typed.
fn typing<A>(input: &OverlayInput, action: fn(TypingAction) -> A) -> Option<A> {
    TypingAction::of(input).map(action)
}
