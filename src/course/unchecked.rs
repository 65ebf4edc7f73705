//! A course that was loaded but not yet found sound, with the position of everything in its
//! manifest.
//!
//! Owns the link between the model and the lines of the manifest, which only faults need. Must
//! not outlive loading or checking.

use crate::course::model::Course;
use std::borrow::Cow;

/// The byte of the manifest at which something is; `None` for what is missing. Lines are counted
/// only for faults.
pub(super) type SourceOffset = Option<usize>;

/// A course and the positions of its nodes. Faulty nodes are replaced by placeholders.
pub(super) struct UncheckedCourse {
    /// The manifest's text.
    pub(super) manifest: Cow<'static, str>,
    /// The course.
    pub(super) course: Course,
    /// The parts whose list of lessons is empty: their indices, and the positions of their titles.
    pub(super) empty_parts: Vec<(usize, SourceOffset)>,
    /// For each lesson, its file.
    pub(super) lessons: Vec<LessonFile>,
    /// True if the manifest names lessons and all of their files are known.
    pub(super) knows_its_files: bool,
    /// For each question of the guide, the position of its id.
    pub(super) questions: Vec<SourceOffset>,
    /// For each outcome of the guide, the position of its id.
    pub(super) outcomes: Vec<SourceOffset>,
}

/// The file of a lesson.
pub(super) struct LessonFile {
    /// The position of its name in the manifest.
    pub(super) offset: SourceOffset,
    /// The name as the manifest has it.
    pub(super) name: String,
    /// True if the file could be read.
    pub(super) is_read: bool,
}
