//! The reading pane: the position in the text, and what is done to what is in sight.

use crate::page::{Top, Wide};
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::Needs;
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Neighbour, Outcome, OverlayRequest, WidthChange};
use crate::reader::pane::{exercises, links, sideways};
use crate::reader::view::View;
use crate::reader::visible;
use crate::text::{Link, LinkKind};

/// The rows of the reading pane.
pub const ROWS: &[BindingRow<ReadingAction>] = &[
    row("Space PgDn f Ctrl-f", "page-down", ReadingAction::Move(Motion::PageDown), "page down", "page"),
    row("b PgUp Ctrl-b", "page-up", ReadingAction::Move(Motion::PageUp), "page up", "page"),
    BindingRow {
        keys: "]",
        name: "next-lesson",
        action: ReadingAction::OpenNeighbour(Neighbour::Next),
        help: "the next lesson",
        hint: "lesson",
        needs: Needs::OtherLessons,
    },
    BindingRow {
        keys: "[",
        name: "previous-lesson",
        action: ReadingAction::OpenNeighbour(Neighbour::Previous),
        help: "the previous lesson",
        hint: "lesson",
        needs: Needs::OtherLessons,
    },
    row("%", "per-cent", ReadingAction::GoToShare, "to a part of the text, as in 50%", ""),
    row("l Right", "next-link", ReadingAction::NextLink, "select the next link or exercise in sight", ""),
    row(
        "h Left",
        "previous-link",
        ReadingAction::PreviousLink,
        "select the previous link or exercise in sight",
        "",
    ),
    row(
        "Enter",
        "follow-link",
        ReadingAction::FollowLink,
        "follow the selected link, or open the exercise",
        "",
    ),
    BindingRow {
        keys: "o",
        name: "go-to-item",
        action: ReadingAction::GoToItem,
        help: "go to the item taught here",
        hint: "practise",
        needs: Needs::Items,
    },
    row("y", "copy", ReadingAction::Copy, "copy the selected link, or what is in sight", ""),
    row("a", "note", ReadingAction::Open(OverlayRequest::NoteHere), "write a note about this place", ""),
    row(
        "e",
        "note-in-editor",
        ReadingAction::Open(OverlayRequest::NoteHereInEditor),
        "write a note about this place in your editor",
        "",
    ),
    row("t", "headings", ReadingAction::Open(OverlayRequest::Headings), "the headings of this lesson", ""),
    row(
        "m",
        "name-place",
        ReadingAction::Open(OverlayRequest::NamePlace),
        "name this place: a letter or digit follows",
        "",
    ),
    row(
        ">",
        "scroll-right",
        ReadingAction::ScrollRight,
        "wide code and tables: unwrap, then scroll right",
        "",
    ),
    row("<", "scroll-left", ReadingAction::ScrollLeft, "wide code and tables: scroll left, then wrap", ""),
    row("+", "wider", ReadingAction::TextWidth(WidthChange::Wider), "a wider text column", ""),
    row("-", "narrower", ReadingAction::TextWidth(WidthChange::Narrower), "a narrower text column", ""),
    row("=", "default-width", ReadingAction::TextWidth(WidthChange::Default), "the default text column", ""),
];

/// The most bytes that are copied: more than that some terminals drop altogether.
const LONGEST_COPY: usize = 64 * 1024;

/// What is read, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingPane {
    /// The open lesson, as an index into the course's.
    pub lesson: usize,
    /// What stands at the top of the pane.
    pub top: Top,
    /// The selected link of the lesson, as an index into its document's.
    pub link: Option<usize>,
    /// The columns by which wide code and tables are scrolled to the right; none while they
    /// are wrapped.
    pub sideways: Option<u16>,
}

/// What only the reading pane does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingAction {
    /// Scrolls the text.
    Move(Motion),
    /// Goes to the share of the text that the number names, in per cent.
    GoToShare,
    /// Selects the next link that is in sight.
    NextLink,
    /// Selects the previous link that is in sight.
    PreviousLink,
    /// Goes where the selected link leads.
    FollowLink,
    /// Goes where this link leads.
    Follow(usize),
    /// Copies the selected link, else what is in sight.
    Copy,
    /// Goes to the item that the passage in sight teaches.
    GoToItem,
    /// Opens the lesson beside this one.
    OpenNeighbour(Neighbour),
    /// Opens an overlay about what is in sight.
    Open(OverlayRequest),
    /// Makes the text column wider or narrower.
    TextWidth(WidthChange),
    /// Unwraps wide code and tables, then scrolls them to the right.
    ScrollRight,
    /// Scrolls them to the left again, and wraps them when they stand at their beginning.
    ScrollLeft,
}

impl ReadingPane {
    /// A lesson with this at the top, nothing selected.
    pub fn new(lesson: usize, top: Top) -> Self {
        Self { lesson, top, link: None, sideways: None }
    }

    /// What becomes of code and tables that are wider than the page.
    pub fn wide(&self) -> Wide {
        if self.sideways.is_some() { Wide::Whole } else { Wide::Broken }
    }

    /// Applies an action.
    pub fn update(&mut self, action: ReadingAction, view: &View) -> Outcome {
        match action {
            ReadingAction::Move(motion) => self.scroll(motion, view),
            ReadingAction::GoToShare => return self.go_to_share(view),
            ReadingAction::NextLink => return self.select_link(Neighbour::Next, view),
            ReadingAction::PreviousLink => return self.select_link(Neighbour::Previous, view),
            ReadingAction::FollowLink => return self.follow_link(view),
            ReadingAction::Follow(link) => {
                self.link = Some(link);
                return self.follow_link(view);
            }
            ReadingAction::Copy => return self.copy(view),
            ReadingAction::GoToItem => return Outcome::ShowItemTaughtHere,
            ReadingAction::OpenNeighbour(neighbour) => return Outcome::OpenNeighbour(neighbour, view.count),
            ReadingAction::Open(opening) => return Outcome::Open(opening),
            ReadingAction::TextWidth(change) => return Outcome::TextWidth(change),
            ReadingAction::ScrollRight => return sideways::scroll_right(&mut self.sideways, view),
            ReadingAction::ScrollLeft => return sideways::scroll_left(&mut self.sideways, view),
        }
        Outcome::Stay
    }

    fn scroll(&mut self, motion: Motion, view: &View) {
        let Some(paged) = view.world.paged_text(self.lesson) else { return };
        let height = view.text_height();
        // Two lines stay in sight, so that the eye finds where it was.
        let page = height.saturating_sub(2).max(1);
        let by = |lines: usize| isize::try_from(lines.saturating_mul(view.count)).unwrap_or(isize::MAX);
        let top = match motion {
            Motion::Down => paged.scrolled(self.top, by(1), height),
            Motion::Up => paged.scrolled(self.top, -by(1), height),
            Motion::HalfPageDown => paged.scrolled(self.top, by(height.div_ceil(2)), height),
            Motion::HalfPageUp => paged.scrolled(self.top, -by(height.div_ceil(2)), height),
            Motion::PageDown => paged.scrolled(self.top, by(page), height),
            Motion::PageUp => paged.scrolled(self.top, -by(page), height),
            Motion::First | Motion::Last if view.number.is_some() => {
                paged.line(view.number.unwrap_or(1), height)
            }
            Motion::First => Top::default(),
            Motion::Last => paged.page.top(paged.document, paged.last_top(height)),
        };
        if self.top != top {
            self.link = None;
            self.top = top;
        }
    }

    fn go_to_share(&self, view: &View) -> Outcome {
        let Some(per_cent) = view.number else {
            return Outcome::Say("With a number before it, % goes to that part of the text: 50%.".into());
        };
        let paged = view.world.paged_text(self.lesson);
        paged.map_or(Outcome::Stay, |paged| {
            Outcome::Go(Jump::Top { lesson: self.lesson, top: paged.share(per_cent, view.text_height()) })
        })
    }

    fn select_link(&mut self, which: Neighbour, view: &View) -> Outcome {
        self.link = links::neighbour(self.link, which, view);
        let link =
            self.link.and_then(|link| Some((link, view.world.course.document(self.lesson).link(link)?)));
        Outcome::Say(match link {
            Some((number, link)) => {
                exercises::described(number, link, view).unwrap_or_else(|| links::described(link, view))
            }
            None => "No link is in sight.".into(),
        })
    }

    fn follow_link(&mut self, view: &View) -> Outcome {
        let document = view.world.course.document(self.lesson);
        match self.link.and_then(|link| document.link(link)) {
            Some(Link { kind: LinkKind::Details, .. }) => {
                self.link.map_or(Outcome::Stay, |link| exercises::unfold(link, view))
            }
            Some(Link { kind: kind @ (LinkKind::Write | LinkKind::Yours), target }) => {
                exercises::write(*kind, target, view)
            }
            Some(link) => links::follow(link, view),
            None => self.follow_next(view),
        }
    }

    /// Selects the next link in sight. A place to write in is opened at once: it says itself that
    /// this key writes there.
    fn follow_next(&mut self, view: &View) -> Outcome {
        // A picture is nothing to follow: where there is something else, it is passed over.
        self.link = links::last_picture_before_the_first_link(self.lesson, view);
        let selected = self.select_link(Neighbour::Next, view);
        let document = view.world.course.document(self.lesson);
        match self.link.and_then(|link| document.link(link)) {
            Some(Link { kind: kind @ LinkKind::Write, target }) => exercises::write(*kind, target, view),
            _ => selected,
        }
    }

    /// Copies the selected link, else the blocks in sight.
    fn copy(&self, view: &View) -> Outcome {
        let document = view.world.course.document(self.lesson);
        let link = self.link.and_then(|link| document.link(link));
        let (text, message) = match link.filter(|link| is_address(link)) {
            Some(link) => {
                let target = links::picture_path(link, view).unwrap_or_else(|| link.target.clone());
                (target.clone(), format!("Copied: {target}"))
            }
            None => (
                visible::text(view),
                "Copied the paragraphs in sight. A selected link is copied alone.".to_owned(),
            ),
        };
        if text.is_empty() {
            return Outcome::Say("There is nothing to copy.".into());
        }
        if text.len() > LONGEST_COPY {
            return Outcome::Say("This is too long to be copied.".into());
        }
        Outcome::Copy(text, message)
    }
}

/// Returns whether a link names a place, and so is worth a copy.
fn is_address(link: &Link) -> bool {
    match link.kind {
        LinkKind::Link | LinkKind::Wiki | LinkKind::Image => true,
        LinkKind::Details | LinkKind::Write | LinkKind::Yours => false,
    }
}
