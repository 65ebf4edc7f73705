//! The keys of Today, and what each means.
//!
//! Must not know what is selected, nor do anything.

use crate::course::ItemId;
use crate::journal::Mark;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::Context;
use crate::reader::motion::Motion;
use crate::reader::overlay::shared::ListAction;

/// The context of Today.
pub const CONTEXT: Context = Context::overlay("today", "Today");
/// The context while the answer to a question is shown.
pub const ANSWER: Context = Context::overlay("today-answer", "Today, at the answer to a question");

/// The rows of Today.
pub const ROWS: &[BindingRow<TodayAction>] = &[
    row(
        "x",
        "kept",
        TodayAction::Mark(Mark::Kept),
        "kept to it, and on to the next; again to take it back",
        "kept",
    ),
    row(
        "!",
        "slipped",
        TodayAction::Mark(Mark::Slipped),
        "slipped, or not done today; again to take it back",
        "slipped",
    ),
    row(
        "-",
        "did-not-arise",
        TodayAction::Mark(Mark::DidNotArise),
        "did not arise: there was no occasion; again to take it back",
        "did not arise",
    ),
    row(
        "Enter Space",
        "choose",
        TodayAction::Choose,
        "kept to it; write, answer, read: what is selected",
        "do",
    ),
    moves("j Down", "down", Motion::Down, "one down", "move"),
    moves("k Up", "up", Motion::Up, "one up", "move"),
    row("h Left", "day-before", TodayAction::DayBefore, "the day before", "day"),
    row("l Right", "day-after", TodayAction::DayAfter, "the day after", "day"),
    row("d", "evening", TodayAction::Evening, "three lines about the day that is shown", ""),
    row("*", "my-list", TodayAction::PutOnList, "put the item on your list, or take it off", ""),
    row("a", "add", TodayAction::Add, "add an item of your own", ""),
    row("p", "plan", TodayAction::Plan, "an if-then plan for the item", ""),
    row("o", "go-to-passage", TodayAction::GoToPassage, "go to the passage that teaches it", ""),
    row("v", "review", TodayAction::Review, "review: the weeks, item by item and day by day", ""),
    row("u", "undo", TodayAction::Undo, "undo the last thing done in this session", "undo"),
    row("Ctrl-r", "redo", TodayAction::Redo, "redo what was undone", ""),
    never_ask(""),
    QUESTIONS_ROW,
    moves("PgDn f Ctrl-f Ctrl-d", "page-down", Motion::PageDown, "page down", ""),
    moves("PgUp b Ctrl-b Ctrl-u", "page-up", Motion::PageUp, "page up", ""),
    moves("g Home", "first", Motion::First, "to the first; with a number, to that one", ""),
    moves("G End", "last", Motion::Last, "to the last; with a number, to that one", ""),
    row(
        "Esc q",
        "cancel",
        TodayAction::List(ListAction::Close),
        "close it; everything is saved already",
        "close",
    ),
];

/// The rows while an answer is shown.
pub const ANSWER_ROWS: &[BindingRow<TodayAction>] = &[
    row(
        "y",
        "known",
        TodayAction::Answer(RecallGrade::Known),
        "you knew it: it is asked again later",
        "known",
    ),
    row(
        "n",
        "not-yet",
        TodayAction::Answer(RecallGrade::NotYet),
        "not yet: it is asked again tomorrow",
        "not yet",
    ),
    never_ask("never again"),
    QUESTIONS_ROW,
    row("o", "go-to-passage", TodayAction::GoToPassage, "go to the lesson that asks it", "lesson"),
    moves("j Down", "down", Motion::Down, "on, without an answer", ""),
    moves("k Up", "up", Motion::Up, "back, without an answer", ""),
    row("Esc q Enter Space", "cancel", TodayAction::HideAnswer, "hide the answer", "hide the answer"),
];

/// The row that ends one question.
const fn never_ask(hint: &'static str) -> BindingRow<TodayAction> {
    row("r", "never-ask", TodayAction::NeverAsk, "never ask this question again", hint)
}

/// The row that ends all of them.
const QUESTIONS_ROW: BindingRow<TodayAction> =
    row("Q", "questions", TodayAction::Questions, "ask no questions any more, or ask them again", "");

const fn moves(
    keys: &'static str,
    name: &'static str,
    motion: Motion,
    help: &'static str,
    hint: &'static str,
) -> BindingRow<TodayAction> {
    row(keys, name, TodayAction::List(ListAction::Move(motion)), help, hint)
}

/// Whether an answer came to mind before it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecallGrade {
    /// It did.
    Known,
    /// It did not yet.
    NotYet,
}

/// What is done in Today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TodayAction {
    /// What is done in any list.
    List(ListAction),
    /// Marks the selected item for the day shown, and selects the next one without a mark; a mark
    /// that is there already is taken back.
    Mark(Mark),
    /// Selects this item and marks it as kept.
    Tick(ItemId),
    /// Does what is nearest: marks an item as kept, puts a suggested one on the list, writes a line,
    /// shows an answer, opens the lesson.
    Choose,
    /// Shows the day before.
    DayBefore,
    /// Shows the day after; after today, the days to come that a clock that was wrong has marked.
    DayAfter,
    /// Opens the three lines about the day.
    Evening,
    /// Puts the selected item on the reader's list, or takes it off.
    PutOnList,
    /// Adds an item of the reader's own.
    Add,
    /// Edits the if-then plan of the selected item.
    Plan,
    /// Goes to the passage that teaches the selected item, or the lesson that asks the question.
    GoToPassage,
    /// Opens the review.
    Review,
    /// Takes back what was done last in this session.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Answers the question.
    Answer(RecallGrade),
    /// Hides its answer.
    HideAnswer,
    /// Ends the selected question for good.
    NeverAsk,
    /// Ends all questions for good, or has them asked again.
    Questions,
}
