//! The self-check of a course: a few questions that suggest what to read first.
//!
//! Owns what a guide is once it has been checked. Must not keep anybody's answers.

/// A self-check. Every index in it is valid, and every path through it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Its title.
    pub title: String,
    /// What to know before the first question; may have several lines.
    pub introduction: String,
    /// The first question, as an index into [`Guide::questions`].
    pub start: usize,
    /// The questions in the author's order.
    pub questions: Vec<Question>,
    /// The outcomes in the author's order.
    pub outcomes: Vec<GuideOutcome>,
    /// The outcome when no answer led to one, as an index into [`Guide::outcomes`].
    pub otherwise: usize,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// The question itself.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// The answers to choose from; never empty.
    pub answers: Vec<Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The answer itself.
    pub text: String,
    /// The question that follows, as an index into [`Guide::questions`]; `None` ends it.
    pub next: Option<usize>,
    /// An outcome that it leads to, as an index into [`Guide::outcomes`]. The outcomes of
    /// all answers that were given are collected.
    pub outcome: Option<usize>,
}

/// Where answers lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideOutcome {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it means; may have several lines.
    pub text: String,
    /// The lessons to read in order, as indices into `Course::lessons`.
    pub lessons: Vec<usize>,
    /// The items to begin with, as indices into `Course::items`.
    pub items: Vec<usize>,
}
