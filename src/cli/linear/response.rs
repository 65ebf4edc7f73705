//! The answer to a line.
//!
//! Owns the order in which an answer is heard: what was done, whether it is saved, the next question.
//! Must not know of commands.

use crate::journal::Operation;

/// The answer to a line.
#[derive(Debug, Default)]
pub(super) struct Response {
    /// The words for what was done, or the text that was asked for.
    pub(super) text: String,
    /// The operations to record.
    pub(super) keeps: Vec<Operation>,
    /// The next question. It is heard last, behind what is said of saving; may be empty.
    pub(super) question: String,
}

impl Response {
    /// A question, and nothing before it.
    pub(super) fn asking(question: String) -> Self {
        Self { question, ..Self::default() }
    }

    /// The same with this said first.
    pub(super) fn behind(self, before: &str) -> Self {
        let text = if self.text.is_empty() { before.to_owned() } else { format!("{before}\n{}", self.text) };
        Self { text, ..self }
    }

    /// The same with this question behind it.
    pub(super) fn before(self, next: Self) -> Self {
        Self { question: next.question, ..self }
    }
}

impl From<String> for Response {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<&str> for Response {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// The index that a number from 1 on stands for.
pub(super) fn index(number: &str, length: usize) -> Option<usize> {
    let number = number.trim().trim_end_matches('.').parse::<usize>().ok()?;
    number.checked_sub(1).filter(|index| *index < length)
}
