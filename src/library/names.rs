//! Names of files as documents write them: percent-decoded, and joined to a folder without
//! leaving it.
//!
//! Must not look at the disk.

use crate::course::{Lesson, LessonId};
use crate::text::clean::clean_line;
use std::collections::HashSet;

/// The folder of a file, both named from the library's folder; empty for that itself.
pub(super) fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Gives every lesson an id of its own, made of its file's name.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// With room for so many.
    pub(super) fn with_capacity(ids: usize) -> Self {
        Self { taken: HashSet::with_capacity(ids) }
    }

    /// The id for a name, numbered when the name was there before.
    pub(super) fn give(&mut self, name: &str) -> LessonId {
        let name = clean_line(name);
        let mut id = name.clone();
        let mut count = 1;
        while !self.taken.insert(id.clone()) {
            count += 1;
            id = format!("{name} ({count})");
        }
        LessonId::new(id)
    }
}

/// The name of a file without its folders and its extension.
pub(super) fn stem(file: &str) -> String {
    let last = file.rsplit('/').next().unwrap_or(file);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    clean_line(if stem.is_empty() { last } else { stem })
}

/// A lesson that says one thing, in place of a text that there is not.
pub(super) fn note(id: LessonId, title: &str, part: usize, says: &str) -> Lesson {
    use crate::course::model::{LessonSource, LessonTitle};
    let text = format!("# {}\n\n{says}\n", clean_line(title));
    Lesson::new(id, LessonTitle::Known(clean_line(title)), part, LessonSource::Text(text.into()))
}
