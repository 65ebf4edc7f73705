//! The operations: what a record says was done.
//!
//! Owns the operations and their JSON. One of which the later simply replaces the earlier is a
//! [`Choice`]: add its variant there. Must not know of files.

use crate::course::{CourseId, ItemId, LessonId, Place};
use crate::journal::choice::Choice;
use crate::text::clean::{clean, clean_name};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A mark: what the reader says of an item and a day. No mark at all is "unrecorded", and is
/// never counted as kept or slipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// The reader kept to it.
    Kept,
    /// The reader did not.
    Slipped,
    /// There was no occasion.
    #[serde(rename = "na")]
    DidNotArise,
}

/// One thing that was done. Each can be applied twice without harm.
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
    /// The reader is at this place now.
    Place {
        /// The course.
        course: CourseId,
        /// The place in it.
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
        /// The id of the note, by which it is changed.
        note: String,
        /// The civil day that it is about.
        day: Date,
        /// The place in a lesson that it is about.
        place: Option<Place>,
        /// The reader's words; may have several lines.
        text: String,
    },
    /// Something was chosen: an item for the reader's list, a plan, a name for a place.
    #[serde(untagged)]
    Choice(Choice),
}

/// The names of the kinds of operation in the logs, besides those of choices.
pub(crate) const KINDS: &[&str] = &["mark", "place", "read", "note"];

impl Operation {
    /// The day that it is about, for those that are about one.
    pub(crate) fn day(&self) -> Option<Date> {
        match self {
            Self::Mark { day, .. } | Self::Note { day, .. } => Some(*day),
            Self::Choice(Choice { chosen, .. }) => chosen.day(),
            Self::Place { .. } | Self::Read { .. } => None,
        }
    }

    /// Returns whether it holds words that the reader wrote.
    pub(crate) fn has_words(&self) -> bool {
        match self {
            Self::Note { .. } => true,
            Self::Choice(Choice { chosen, .. }) => chosen.has_words(),
            Self::Mark { .. } | Self::Place { .. } | Self::Read { .. } => false,
        }
    }

    /// Cleans all text of the operation, as every text must be before it is shown. What is on
    /// the disk stays as it was written.
    #[must_use]
    pub(crate) fn cleaned(self) -> Self {
        let course_id = |id: CourseId| CourseId::new(clean_name(id.as_str()));
        let lesson_id = |id: LessonId| LessonId::new(clean_name(id.as_str()));
        let clean_place =
            |place: Place| Place { lesson: LessonId::new(clean_name(place.lesson.as_str())), ..place };
        match self {
            Self::Mark { course, item, day, mark } => Self::Mark {
                course: course_id(course),
                item: ItemId::new(clean_name(item.as_str())),
                day,
                mark,
            },
            Self::Place { course, place } => {
                Self::Place { course: course_id(course), place: clean_place(place) }
            }
            Self::Read { course, lesson } => {
                Self::Read { course: course_id(course), lesson: lesson_id(lesson) }
            }
            Self::Note { course, note, day, place, text } => Self::Note {
                course: course_id(course),
                note: clean_name(&note).into_owned(),
                day,
                place: place.map(clean_place),
                text: clean(&text).into_owned(),
            },
            Self::Choice(choice) => Self::Choice(choice.cleaned()),
        }
    }
}
