//! The notices of this session, all of them.

use crate::reader::input::OverlayInput;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::Tone;
use crate::reader::motion::Motion;
use crate::reader::notices::Notices;
use crate::reader::outcome::Outcome;
use crate::reader::overlay::lines::{OverlayLines, Scroll, choice, of_entry};
use crate::reader::view::View;

/// The list's context.
pub const CONTEXT: Context = Context::overlay("notices", "In the list of notices");

/// The rows of the list.
pub const ROWS: &[BindingRow<NoticesAction>] = &[
    row("j Down", "down", NoticesAction::Move(Motion::Down), "the next notice", "move"),
    row("k Up", "up", NoticesAction::Move(Motion::Up), "the notice before", "move"),
    row("g Home", "first", NoticesAction::Move(Motion::First), "the first notice", ""),
    row("G End", "last", NoticesAction::Move(Motion::Last), "the last notice", ""),
    row("Esc q M Enter", "cancel", NoticesAction::Close, "close the notices", "close"),
];

/// The list while it is open, with the notices that there were when it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoticeList {
    notices: Notices,
    selected: usize,
}

/// What only this list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticesAction {
    /// Moves the selection.
    Move(Motion),
    /// Selects the entry with this index.
    Select(usize),
    /// Closes the list.
    Close,
}

impl NoticeList {
    /// Lists these.
    pub fn fill(&mut self, notices: &Notices) {
        self.notices.clone_from(notices);
    }

    /// What input that is bound to nothing does.
    pub fn action(input: &OverlayInput) -> Option<NoticesAction> {
        match input {
            OverlayInput::Click(entry) => Some(NoticesAction::Select(*entry)),
            OverlayInput::Wheel(motion) => Some(NoticesAction::Move(*motion)),
            OverlayInput::Edit(_)
            | OverlayInput::Paste(_)
            | OverlayInput::Letter(_)
            | OverlayInput::Digit(_) => None,
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: NoticesAction, view: &View) -> Outcome {
        match action {
            NoticesAction::Move(motion) => {
                let notices = self.notices.all().len();
                self.selected = motion.target(self.selected, notices, view.count, view.list_height());
                Outcome::Stay
            }
            NoticesAction::Select(entry) => {
                self.selected = entry;
                Outcome::Stay
            }
            NoticesAction::Close => Outcome::Close,
        }
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.push("Notices of this session", Tone::Strong, width);
        lines.blank();
        if self.notices.all().is_empty() {
            lines.push("There are none: nothing was out of order.", Tone::Text, width);
        }
        for (index, notice) in self.notices.all().iter().enumerate() {
            lines.lines.extend(of_entry(index, choice("", notice, index == self.selected, width)));
        }
        if self.notices.left_out() > 0 {
            let more = format!("{} more are not listed.", self.notices.left_out());
            lines.push(&more, Tone::Quiet, width);
        }
        lines
    }
}
