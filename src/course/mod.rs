//! What is read: courses, their lessons and the items of their checklists.
//!
//! Owns the course format, where courses come from, and every complaint about a
//! faulty one. Must not know what the reader has done, nor of widths or screens.

pub mod model;
pub mod place;

pub use model::{Course, CourseId, Item, ItemId, Lesson, LessonId, LinkTarget, Part, Side};
pub use place::Place;
