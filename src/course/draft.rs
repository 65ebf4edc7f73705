//! A course that has been read but not yet found to be sound, with where everything stands.
//!
//! Owns the link between the model and the lines of the manifest, which only complaints
//! need. Must not outlive loading or checking.

use crate::course::Course;
use std::borrow::Cow;

/// Where something is in the manifest, in bytes; `None` for what is not there. Lines are
/// counted only for what is complained about.
pub(super) type Spot = Option<usize>;

/// A course and the places of its nodes. Where it has faults, stand-ins are in it.
pub(super) struct Draft {
    /// The manifest's text.
    pub(super) manifest: Cow<'static, str>,
    /// The course.
    pub(super) course: Course,
    /// For each part: where its title is.
    pub(super) parts: Vec<Spot>,
    /// For each lesson: its file.
    pub(super) lessons: Vec<LessonFile>,
    /// For each question of the guide: where its id is.
    pub(super) questions: Vec<Spot>,
    /// For each outcome of the guide: where its id is.
    pub(super) outcomes: Vec<Spot>,
}

/// The file of a lesson.
pub(super) struct LessonFile {
    /// Where the manifest names it.
    pub(super) spot: Spot,
    /// Its name as it is written there.
    pub(super) name: String,
    /// Whether it could be read.
    pub(super) is_read: bool,
}
