//! The notices of this session, all of them, and the results of what was done with the journal.

use crate::reader::keys::Context;
use crate::reader::keys::binding::BindingRow;
use crate::reader::list::Tone;
use crate::reader::notices::Notices;
use crate::reader::outcome::Outcome;
use crate::reader::overlay::lines::{OverlayLines, Scroll, choice, of_entry};
use crate::reader::overlay::shared::{ListAction, closing};
use crate::reader::view::View;

/// The list's context.
pub const CONTEXT: Context = Context::overlay("notices", "In the list of notices");

/// The row that closes the list.
pub const CLOSE: BindingRow<ListAction> = closing("Esc q M Enter", "close the notices");

/// The list while it is open, with the notices that there were when it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoticeList {
    notices: Notices,
    /// What is so now, and is said in rows of its own.
    standing: Option<String>,
    selected: usize,
}

impl NoticeList {
    /// Lists these, below what is so now.
    pub fn fill(&mut self, notices: &Notices, standing: Option<&str>) {
        self.notices.clone_from(notices);
        self.stand(standing);
    }

    /// From now on this is so, or nothing is that is to be said.
    pub fn stand(&mut self, standing: Option<&str>) {
        self.standing = standing.map(str::to_owned);
    }

    /// Applies an action.
    pub fn update(&mut self, action: ListAction, view: &View) -> Outcome {
        let count = self.entries().count();
        action.apply(&mut self.selected, count, view.list_height(), view)
    }

    fn entries(&self) -> impl Iterator<Item = &String> {
        self.notices.all().iter().chain(self.notices.results())
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.push("Notices of this session", Tone::Strong, width);
        lines.blank();
        if let Some(standing) = &self.standing {
            lines.push(standing, Tone::Alarm, width);
            lines.blank();
        }
        if self.entries().next().is_none() && self.standing.is_none() {
            lines.push("There are none.", Tone::Text, width);
        }
        for (index, notice) in self.entries().enumerate() {
            lines.lines.extend(of_entry(index, choice("", notice, index == self.selected, width)));
        }
        if self.notices.left_out() > 0 {
            let more = format!("{} more are not listed.", self.notices.left_out());
            lines.push(&more, Tone::Quiet, width);
        }
        lines
    }
}
