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
    heads.filter_map(id_to_write_for)
}

/// The id in the rest of a line behind `[!`, if that is `WRITE] id`. Looks at no more than the id and
/// white space, as a line may have thousands of beginnings.
fn id_to_write_for(head: &str) -> Option<&str> {
    let is_space = |character: char| character != '\n' && character.is_whitespace();
    let head = head.trim_start_matches(is_space);
    let (name, rest) = head.split_at_checked(ExerciseKind::Write.name().len())?;
    let rest = rest.trim_start_matches(is_space).strip_prefix(']')?.trim_start_matches(is_space);
    let (id, after) =
        rest.split_at_checked(rest.bytes().take_while(|byte| is_in_id(*byte)).take(MAX_ID + 1).count())?;
    let after = after.trim_start_matches(is_space);
    let is_alone = after.is_empty() || after.starts_with('\n');
    (ExerciseKind::named(name) == Some(ExerciseKind::Write) && is_alone && is_id(id)).then_some(id)
}

/// Returns whether a text can be an id, of a lesson, an item or an exercise: ASCII letters and digits,
/// and `-`, `_` and `.` behind the first.
pub fn is_id(text: &str) -> bool {
    text.len() <= MAX_ID
        && text.bytes().all(is_in_id)
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
}

fn is_in_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::ids_to_write_for;

    #[test]
    fn the_ids_to_write_for_stand_alone_behind_their_heads() {
        let source = "> [!WRITE] one\n> [! write ]\ttwo \r\n> [!WRITE] no id\n> [!WRITE]\n> [!YOURS] three\n\
                      > [!WRITE] -four\n> [!WRITE] é\n[!WRITE] five";
        assert_eq!(ids_to_write_for(source).collect::<Vec<_>>(), ["one", "two", "five"]);
    }

    #[test]
    fn a_line_of_nothing_but_beginnings_is_looked_through_once() {
        for beginning in ["[!", "[!WRITE] a", "[!WRITE] ", "[! "] {
            let line = beginning.repeat(1 << 17) + "]";
            assert_eq!(ids_to_write_for(&line).count(), 0, "{beginning}");
        }
    }
}
