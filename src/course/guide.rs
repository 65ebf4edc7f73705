//! The self-check of a course: a few questions that suggest what to read first.
//!
//! Owns what a guide is once it has been checked. Must not store anybody's answers.

use std::sync::{Arc, LazyLock};

/// A self-check. Every index in it is valid, and every path through it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// The title that the reader sees.
    pub title: String,
    /// Shown before the first question; may have several lines.
    pub introduction: String,
    /// The first question, as an index into [`Guide::questions`].
    pub start: usize,
    /// The questions in the author's order.
    pub questions: Vec<Question>,
    /// The outcomes in the author's order.
    pub outcomes: Vec<GuideOutcome>,
    /// The outcome when no answer names one, as an index into [`Guide::outcomes`].
    pub otherwise: usize,
}

/// The self-check of a course, if it has one. That of a built-in course, which is known to be sound, is
/// read when it is first asked for: the first frame does not need it.
#[derive(Debug, Clone, Default)]
pub struct GuideOnDemand(Option<Arc<LazyLock<Option<Guide>, ReadGuide>>>);

/// Reads a self-check.
type ReadGuide = Box<dyn FnOnce() -> Option<Guide> + Send + Sync>;

impl GuideOnDemand {
    /// One that is there and is read when it is first asked for.
    pub(super) fn read_by(read: impl FnOnce() -> Option<Guide> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(LazyLock::new(Box::new(read)))))
    }

    /// The self-check.
    pub(super) fn get(&self) -> Option<&Guide> {
        self.0.as_deref().and_then(|guide| LazyLock::force(guide).as_ref())
    }

    /// Returns whether there is one. Reads nothing.
    pub(super) fn is_there(&self) -> bool {
        self.0.is_some()
    }
}

impl From<Guide> for GuideOnDemand {
    fn from(guide: Guide) -> Self {
        Self::read_by(|| Some(guide))
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id, unique among the questions.
    pub id: String,
    /// The question itself.
    pub text: String,
    /// Why it is asked, in one line.
    pub why: String,
    /// The answers to choose from; never empty.
    pub answers: Vec<Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The answer itself.
    pub text: String,
    /// Its id, unique among the answers of its question; `None` if nothing refers to it.
    pub id: Option<String>,
    /// What follows: of these the first that fits the answers that were given. None ends it.
    pub next: Vec<Branch>,
    /// An outcome that it adds to the result, as an index into [`Guide::outcomes`].
    pub outcome: Option<usize>,
}

/// A question that follows an answer, perhaps only after certain other answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The answers that must have been given; empty if it always fits.
    pub when: Vec<Given>,
    /// The question, as an index into [`Guide::questions`].
    pub question: usize,
}

/// An answer that was given to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The question, as an index into [`Guide::questions`].
    pub question: usize,
    /// The answer, as an index into [`Question::answers`].
    pub answer: usize,
}

impl Answer {
    /// The question that follows once all these answers were given, as an index into
    /// [`Guide::questions`]; `None` ends the self-check.
    pub fn next(&self, given: &[Given]) -> Option<usize> {
        let fits = |branch: &&Branch| branch.when.iter().all(|needed| given.contains(needed));
        self.next.iter().find(fits).map(|branch| branch.question)
    }

    /// The questions that may follow, whatever else was answered.
    pub fn may_lead_to(&self) -> impl Iterator<Item = usize> {
        self.next.iter().map(|branch| branch.question)
    }
}

/// A result of the self-check: what to read, and which items to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideOutcome {
    /// Its id, unique among the outcomes.
    pub id: String,
    /// The title that the reader sees.
    pub title: String,
    /// The meaning for the reader; may have several lines.
    pub text: String,
    /// The lessons to read in order, as indices into `Course::lessons`.
    pub lessons: Vec<usize>,
    /// The items to begin with, as indices into `Course::items`.
    pub items: Vec<usize>,
}
