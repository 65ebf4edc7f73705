//! The ids of a course, its lessons, items and exercises.
//!
//! Owns that none is taken for another. What an id may consist of is decided where it enters.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id with this text, which must have been cleaned already.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as the author wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        // So that maps keyed by ids can be asked with text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a course, for as long as there is one.
    CourseId
);
id!(
    /// Names a lesson within its course.
    LessonId
);
id!(
    /// Names an item of the checklist within its course.
    ItemId
);
id!(
    /// Names an exercise of a lesson within its course.
    ExerciseId
);
