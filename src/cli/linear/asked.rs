//! What was asked in the conversation, so that the next line can be its answer.
//!
//! Owns the questions as data. How each is worded and what an answer does is in `dialog.rs`,
//! `exercises.rs` and `notes.rs`.

use crate::course::guide::Given;
use crate::course::{ExerciseId, ItemId, Side};
use jiff::civil::Date;

/// What the next line that is typed answers, where it is no command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dialog {
    /// The line of the evening with this index, of this day.
    Evening(Date, usize),
    /// When the plan for this item begins.
    PlanCue(ItemId),
    /// What is done then.
    PlanResponse(ItemId, String),
    /// The side of a new item, of which the text may be there already.
    Side(Option<String>),
    /// The text of a new item.
    ItemText(Side),
    /// What is done instead of what the new item avoids.
    Instead(String),
    /// The heading of an item that was just added.
    Group(ItemId),
    /// The rhythm in which it is meant to be done.
    Rhythm(ItemId),
    /// A question of the self-check, after these answers.
    Question(Vec<Given>, usize),
    /// The end of the self-check, after these answers.
    Suggestion(Vec<Given>),
    /// An exercise: its lesson, and its place among the lesson's.
    Exercise(usize, usize),
    /// A question that is due.
    Recall(Recalled),
    /// Its answer: whether that was known.
    Recalled(Recalled),
    /// A note to this lesson and block.
    Note(usize, usize),
    /// A line that is a command too, or was only begun: was it meant as the answer to this?
    Doubt(Box<Dialog>, String),
}

/// A question that is asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recalled {
    pub(super) exercise: ExerciseId,
    /// Its lesson, as an index into the course's.
    pub(super) lesson: usize,
}

impl Dialog {
    /// Returns whether something was answered that is not saved yet.
    pub(super) fn has_unsaved_words(&self) -> bool {
        match self {
            Self::PlanResponse(..) | Self::Instead(_) | Self::Side(Some(_)) | Self::Doubt(..) => true,
            Self::Evening(..)
            | Self::PlanCue(_)
            | Self::Side(None)
            | Self::ItemText(_)
            | Self::Group(_)
            | Self::Rhythm(_)
            // Of these nothing is ever saved.
            | Self::Question(..)
            | Self::Suggestion(_)
            | Self::Exercise(..)
            | Self::Recall(_)
            | Self::Recalled(_)
            | Self::Note(..) => false,
        }
    }
}
