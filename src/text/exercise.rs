//! The exercises of a lesson, as data: what each asks, and what it has to show.
//!
//! Owns what an exercise is called and what an id may be. Must not know how one is written down
//! (`exercise_shape.rs` does), nor anything of a journal: what a reader writes is no part of a text.

/// The longest id in bytes.
pub const MAX_ID: usize = 64;

/// What an exercise wants of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExerciseKind {
    /// Words of her own, which then stand in its place.
    Write,
    /// Nothing: it shows again what was written for a [`ExerciseKind::Write`] of the same id.
    Yours,
    /// One of several answers, to see what each does.
    Choose,
    /// An answer that she knows or does not; asked again after days.
    Ask,
}

/// An exercise of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Its id; unique in its lesson, but for those that show again what was written.
    pub id: String,
    /// What it wants.
    pub kind: ExerciseKind,
    /// What it asks, as plain text; may have several lines.
    pub prompt: String,
    /// The answers of a [`ExerciseKind::Choose`], and the one of a [`ExerciseKind::Ask`]; else
    /// none.
    pub answers: Vec<ExerciseAnswer>,
    /// Its number, from 1 on: those of a lesson ascend.
    pub number: usize,
    /// Its first block, as an index into those of its document.
    pub block: usize,
}

/// An answer, and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseAnswer {
    /// The answer to choose; empty for that of a question, which is not chosen.
    pub text: String,
    /// What choosing it does, or the answer to the question; may have several lines.
    pub shows: String,
    /// Whether it is one that the author would choose.
    pub is_right: bool,
    /// The number of the details that show it: see [`crate::text::Details`].
    pub details: usize,
}

impl ExerciseKind {
    /// The kind of an alert with this name, if it is one.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Write, Self::Yours, Self::Choose, Self::Ask];
        all.into_iter().find(|kind| name.eq_ignore_ascii_case(kind.name()))
    }

    /// The name under which authors write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Write => "WRITE",
            Self::Yours => "YOURS",
            Self::Choose => "CHOOSE",
            Self::Ask => "ASK",
        }
    }

    /// Its title where it is shown.
    pub fn title(self) -> &'static str {
        match self {
            Self::Write => "Write",
            Self::Yours => "Your words",
            Self::Choose => "Choose",
            Self::Ask => "Ask yourself",
        }
    }
}

impl Exercise {
    /// The answer to a question, empty for any other kind.
    pub fn answer(&self) -> &str {
        match (self.kind, self.answers.as_slice()) {
            (ExerciseKind::Ask, [answer, ..]) => &answer.shows,
            _ => "",
        }
    }
}

/// The ids that follow `[!WRITE]` in a source, in order: quickly, and so also in preformatted text.
pub fn ids_to_write_for(source: &str) -> impl Iterator<Item = &str> {
    let heads = memchr::memmem::find_iter(source.as_bytes(), b"[!").filter_map(|at| source.get(at + 2..));
    heads.filter_map(|head| {
        let (name, rest) = head.lines().next()?.split_once(']')?;
        let id = rest.trim();
        (ExerciseKind::named(name.trim()) == Some(ExerciseKind::Write) && is_id(id)).then_some(id)
    })
}

/// Returns whether a text can be an id: ASCII letters and digits, and `-`, `_` and `.` behind the
/// first.
pub fn is_id(text: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.len() <= MAX_ID
        && text.bytes().all(is_good)
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
}
