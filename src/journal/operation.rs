//! What a record says was done.

use crate::course::{CourseId, ItemId, LessonId, Place};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the reader says of an item and a day. No mark at all is "unrecorded", and is
/// never counted as kept or slipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// She kept to it.
    Kept,
    /// She did not.
    Slipped,
    /// There was no occasion.
    #[serde(rename = "na")]
    DidNotArise,
}

/// One thing that was done. Every one can be applied twice without harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case")]
pub enum Operation {
    /// An item was marked for a day, or its mark was taken back.
    Mark {
        /// The course of the item.
        course: CourseId,
        /// The item.
        item: ItemId,
        /// The civil day, in the reader's own time zone.
        day: Date,
        /// `None` takes the mark back.
        mark: Option<Mark>,
    },
    /// The reader stands here now.
    Place {
        /// The course.
        course: CourseId,
        /// Where in it.
        place: Place,
    },
    /// A lesson was read to its end.
    Read {
        /// The course.
        course: CourseId,
        /// The lesson.
        lesson: LessonId,
    },
    /// A note was written, changed, or (with an empty text) taken back.
    Note {
        /// The course that it belongs to.
        course: CourseId,
        /// Names the note, so that it can be changed; made up once.
        note: String,
        /// The civil day that it is about.
        day: Date,
        /// The place in a lesson that it is about.
        place: Option<Place>,
        /// What she wrote; may have several lines.
        text: String,
    },
}
