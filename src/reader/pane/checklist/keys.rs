//! The keys of the checklist, and what each means.
//!
//! Must not know what is selected, nor do anything.

use crate::course::ItemId;
use crate::journal::Mark;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::motion::Motion;

/// The rows of the checklist.
pub const ROWS: &[BindingRow<ChecklistAction>] = &[
    row("x", "kept", ChecklistAction::Mark(Mark::Kept), "kept to it; again to take it back", "kept"),
    row(
        "!",
        "slipped",
        ChecklistAction::Mark(Mark::Slipped),
        "slipped, or not done today; again to take it back",
        "slipped",
    ),
    row(
        "-",
        "did-not-arise",
        ChecklistAction::Mark(Mark::DidNotArise),
        "did not arise: there was no occasion; again to take it back",
        "did not arise",
    ),
    row(
        "Enter Space",
        "choose",
        ChecklistAction::Choose,
        "kept to it; at \"More\", show the other items",
        "",
    ),
    row("h Left", "day-before", ChecklistAction::DayBefore, "the day before", "day"),
    row("l Right", "day-after", ChecklistAction::DayAfter, "the day after", "day"),
    row("o", "go-to-passage", ChecklistAction::GoToPassage, "go to the passage that teaches it", "why"),
    row("*", "my-list", ChecklistAction::List, "put the item on your list, or take it off", "my list"),
    row("L", "view", ChecklistAction::Switch, "show your list, this lesson's items, or all", "view"),
    row("a", "add", ChecklistAction::Add, "add an item of your own", "add"),
    row("e", "edit", ChecklistAction::Edit, "edit your own item, or the plan of any", "edit"),
    row("p", "plan", ChecklistAction::Plan, "an if-then plan for the item", "plan"),
    row("r", "retire", ChecklistAction::Retire, "retire your own item; its marks stay", ""),
    row("PgDn f Ctrl-f", "page-down", ChecklistAction::Move(Motion::PageDown), "page down", ""),
    row("PgUp b Ctrl-b", "page-up", ChecklistAction::Move(Motion::PageUp), "page up", ""),
];

/// What only the checklist does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChecklistAction {
    /// Moves the selection.
    Move(Motion),
    /// Selects this item.
    Select(ItemId),
    /// Selects the row behind which the other items are.
    SelectMore,
    /// Marks the selected item for the day shown; a mark that is there already is taken back.
    Mark(Mark),
    /// Marks the selected item as kept, or takes that back; where the other items are folded away,
    /// unfolds them.
    Choose,
    /// Selects this item and marks it as kept.
    Tick(ItemId),
    /// Shows the day before.
    DayBefore,
    /// Shows the day after; after today, the days to come that a clock that was wrong has marked.
    DayAfter,
    /// Goes to the passage that teaches the selected item.
    GoToPassage,
    /// Puts the selected item on the reader's list, or takes it off.
    List,
    /// Shows the reader's list, the lesson's items, or all.
    Switch,
    /// Adds an item of the reader's own.
    Add,
    /// Edits the selected own item, or the plan of one of the course's.
    Edit,
    /// Edits the if-then plan of the selected item.
    Plan,
    /// Retires the selected own item.
    Retire,
}
