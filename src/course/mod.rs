//! What is read: courses, their lessons and the items of their checklists.
//!
//! Owns the course format, where courses come from, and the faults of a course. Must not know
//! what the reader has done, nor of widths or screens.
//!
//! ```text
//! course.json -> manifest.rs (the format) -> load.rs -> Course (model.rs)
//! its lessons -> source.rs -> load.rs: read with the manifest, parsed when first asked for
//! other files -> Lesson::document (lesson.rs): read when first asked for
//! either is opened and read in folder/disk.rs, and only below the course's folder
//! ```

mod beside;
mod check;
mod fault;
mod fields;
mod file_index;
mod file_meant;
mod folder;
pub(crate) mod front_matter;
pub mod guide;
mod heading;
pub mod ids;
mod json_fault;
pub mod lesson;
mod link;
mod load;
mod load_checklist;
mod load_guide;
mod load_plan;
mod load_rhythm;
mod loader;
mod located;
mod manifest;
pub mod model;
mod nearest;
pub mod path;
mod picture;
pub mod place;
mod plan;
mod refusal;
mod rhythm;
mod scaffold;
mod source;
#[cfg(test)]
mod tests;
mod unchecked;

pub use beside::FileBeside;
pub use check::{check, check_built_in};
pub use fault::{CourseError, Fault, Severity};
pub use folder::{Folder, LARGEST_LESSON, disk};
pub use guide::Guide;
pub use ids::{CourseId, ExerciseId, ItemId, LessonId};
pub use lesson::Lesson;
pub use link::{Destination, link, picture};
pub use model::{Course, Item, Part, Side};
pub use nearest::nearest;
pub use picture::PictureFile;
pub use place::Place;
pub use plan::PlanWeek;
pub use refusal::Refusal;
pub use rhythm::{Day, Rhythm};
pub use scaffold::{NewCourse, create, scaffold};
pub use source::{LARGEST_MANIFEST, MANIFEST, TOUR, built_in_ids};
