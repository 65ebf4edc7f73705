//! The help: every key by context, over the panes.

use crate::reader::input::OverlayInput;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, HelpLine, help_lines, row};
use crate::reader::motion::Motion;
use crate::reader::outcome::Outcome;
use crate::reader::scroll::last_top;
use crate::reader::view::View;

/// The help's context.
pub const CONTEXT: Context = Context::overlay("help", "In this help");

/// The rows of the help.
pub const ROWS: &[BindingRow<HelpAction>] = &[
    row("j Down", "down", HelpAction::Move(Motion::Down), "one line down", "move"),
    row("k Up", "up", HelpAction::Move(Motion::Up), "one line up", "move"),
    row("Space PgDn f Ctrl-d", "page-down", HelpAction::Move(Motion::PageDown), "page down", ""),
    row("b PgUp Ctrl-u", "page-up", HelpAction::Move(Motion::PageUp), "page up", ""),
    row("g Home", "first", HelpAction::Move(Motion::First), "to the top", ""),
    row("G End", "last", HelpAction::Move(Motion::Last), "to the end", ""),
    row("? Esc q", "cancel", HelpAction::Close, "close the help", "close"),
];

/// The help while it is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Help {
    /// The first line in sight.
    pub top: usize,
}

/// What only the help does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpAction {
    /// Scrolls.
    Move(Motion),
    /// Closes it.
    Close,
}

impl Help {
    /// What input that is bound to nothing does.
    pub fn action(input: &OverlayInput) -> Option<HelpAction> {
        match input {
            OverlayInput::Wheel(motion) => Some(HelpAction::Move(*motion)),
            OverlayInput::Edit(_)
            | OverlayInput::Paste(_)
            | OverlayInput::Letter(_)
            | OverlayInput::Digit(_)
            | OverlayInput::Click(_) => None,
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: HelpAction, view: &View) -> Outcome {
        match action {
            HelpAction::Move(motion) => {
                let height = usize::from(view.geometry.help().height);
                let last_top = last_top(Self::lines(view).len(), height);
                // A line stays in sight, so that the eye finds where it was.
                let page = height.saturating_sub(1).max(1);
                self.top = motion.target(self.top, last_top + 1, view.count, page);
                Outcome::Stay
            }
            HelpAction::Close => Outcome::Close,
        }
    }

    /// All lines of the help.
    pub fn lines<'a>(view: &View<'a>) -> Vec<HelpLine<'a>> {
        let keymap = view.world.keymap;
        help_lines(keymap.contexts(), keymap.rows(), view.world.course)
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

    #[test]
    fn it_stops_at_its_first_and_its_last_line() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let mut help = Help::default();
        help.update(HelpAction::Move(Motion::Up), &view);
        assert_eq!(help.top, 0);
        help.update(HelpAction::Move(Motion::Last), &view);
        let last = help.top;
        help.update(HelpAction::Move(Motion::Down), &view);
        assert!(last > 0 && help.top == last && last < Help::lines(&view).len());
        assert_eq!(help.update(HelpAction::Close, &view), Outcome::Close);
    }
}
