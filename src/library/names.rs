//! Names and ids of what is opened, made from the names of files.
//!
//! Owns these, and the placeholders that bear them where there is no text. Must not look at the
//! disk.

use crate::course::{Course, CourseId, Lesson, LessonId, path};
use crate::text::clean::clean_line;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Assigns each lesson an id of its own, made from the name of its file.
#[derive(Debug, Default)]
pub(super) struct LessonIds {
    taken: HashSet<String>,
    /// The number that was appended last, by name: a table of contents may name one file
    /// thousands of times.
    counts: HashMap<String, usize>,
}

impl LessonIds {
    /// With these ids taken.
    pub(super) fn without<'a>(taken: impl Iterator<Item = &'a LessonId>) -> Self {
        Self { taken: taken.map(|id| id.as_str().to_owned()).collect(), counts: HashMap::new() }
    }

    /// Assigns the id for a name, with a number appended when the name was there before.
    pub(super) fn assign(&mut self, name: &str) -> LessonId {
        let name = clean_line(name);
        if self.taken.insert(name.clone()) {
            return LessonId::new(name);
        }
        let count = self.counts.entry(name.clone()).or_insert(1);
        loop {
            *count += 1;
            let id = format!("{name} ({count})");
            if self.taken.insert(id.clone()) {
                return LessonId::new(id);
            }
        }
    }
}

/// The name of a file without its folders and its extension, cleaned.
pub(super) fn stem(file: &str) -> String {
    clean_line(path::stem(file))
}

/// Makes a lesson that says why there is no text to show.
pub(super) fn placeholder(id: LessonId, title: &str, part: usize, says: &str) -> Lesson {
    use crate::course::lesson::{LessonSource, LessonTitle};
    let text = format!("# {}\n\n{says}\n", clean_line(title));
    Lesson::new(id, LessonTitle::Known(clean_line(title)), part, LessonSource::text(text))
}

/// The last component of a path, cleaned: the title of what has no other.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    clean_line(&name.to_string_lossy())
}

/// Makes a course without lessons.
pub(super) fn empty_course(id: CourseId, title: String) -> Course {
    Course::empty(id, title)
}
