//! A question that is asked once before something goes.

use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::Tone;
use crate::reader::outcome::{Confirmation, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::view::View;

/// The question's context.
pub const CONTEXT: Context = Context::overlay("sure", "When it asks whether you are sure");

/// The rows of the question.
pub const ROWS: &[BindingRow<ConfirmAction>] = &[
    row("y", "yes", ConfirmAction::Yes, "do it", "yes, do it"),
    row("n Esc q", "cancel", ConfirmAction::No, "leave it as it is", "no, leave it"),
];

/// The question while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    confirmation: Confirmation,
}

/// The answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmAction {
    /// Do it.
    Yes,
    /// Leave it.
    No,
}

impl Confirm {
    /// Asks.
    pub fn new(confirmation: Confirmation) -> Self {
        Self { confirmation }
    }

    /// Applies an action.
    pub fn update(&mut self, action: ConfirmAction, view: &View) -> Outcome {
        match action {
            ConfirmAction::Yes => {
                let change = self.confirmation.change.clone();
                let undo = view.key(Context::PANES, "undo");
                let message = format!("Done: {}. {undo} takes it back.", change.label);
                Outcome::Do(change.saying(message))
            }
            ConfirmAction::No => Outcome::CloseSaying("Nothing was changed.".into()),
        }
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::From(0));
        lines.push(&self.confirmation.question, Tone::Strong, width);
        lines.blank();
        lines.push(&self.confirmation.consequence, Tone::Text, width);
        lines
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;
    use crate::reader::outcome::JournalChange;

    #[test]
    fn only_yes_makes_the_change() {
        let fixture = Fixture::new();
        let change = JournalChange::new("retired: it".into(), Vec::new());
        let (question, consequence) = ("Retire this?".into(), "Its marks stay.".into());
        let mut confirm = Confirm::new(Confirmation { question, consequence, change });
        let no = confirm.update(ConfirmAction::No, &fixture.view());
        assert_eq!(no, Outcome::CloseSaying("Nothing was changed.".into()));
        let Outcome::Do(change) = confirm.update(ConfirmAction::Yes, &fixture.view()) else {
            panic!("yes did nothing");
        };
        assert_eq!(change.message.as_deref(), Some("Done: retired: it. u takes it back."));
    }
}
