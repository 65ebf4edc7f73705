//! The daily work, whoever shows it: items, marks, weeks, plans, and the words for them.
//!
//! Owns what a mark means, how an item is named once it is gone, and every sum that is made
//! of marks. The screen, the linear mode, the commands and the reports all ask here, through
//! [`Practice`]. Must not draw, and must not write: what is to be saved is returned as
//! operations.
//!
//! What a mark saves is decided in `mark.rs`, what "4 of the last 7 days" is in `counts.rs`, what
//! a week comes to in `weeks.rs`, what a day has in `today.rs`, when an item is meant in `rhythm.rs`,
//! when a question is due in `questions.rs`, how her words in a lesson are named in `exercises.rs`,
//! what a report says in `report/`, and how an item that is gone is named in
//! `items.rs`.

mod counts;
mod erasable;
mod exercises;
pub mod export;
mod if_then;
mod items;
mod mark;
mod merge_changes;
mod note;
mod plan;
mod questions;
mod reading_plan;
mod report;
mod rhythm;
mod squares;
#[cfg(test)]
mod tests;
mod today;
mod typed_rhythm;
mod view;
mod weeks;
pub mod written;

pub use counts::{Counts, LastSeven, Share};
pub use erasable::erasable_in_words;
pub use exercises::{LessonExercise, exercise_note_name, exercise_of_note, place_of};
pub use if_then::if_then_in_words;
pub use items::{AnyItem, ItemSource, Lookup, NamedItem, heading_above};
pub use mark::{mark_sign, mark_word, mark_word_on, marks_explained};
pub use merge_changes::{CoursesAtHand, MergeChanges, first_lines, operations_in_words};
pub use note::{NotePrompt, WEEK_QUESTION, evening_line, evening_prompts, is_week_note, week_note_name};
pub use plan::{CurrentWeek, week_in_words};
pub use questions::{DueQuestion, QUESTIONS_A_DAY};
pub use reading_plan::{Lengths, ReadingOrder, ReadingPlan, minutes_in_words, minutes_of};
pub use report::{OnePage, PageLine, Report, ReportForm, ReportPart, ReportedCourse};
pub use rhythm::{ItemDay, Standing};
pub use squares::{Square, Squares};
pub use today::{Agenda, AgendaItem, EveningLine, FIRST_ITEMS};
pub use typed_rhythm::{HOW_OFTEN, rhythm_meant};
pub use view::Practice;
pub use weeks::{BestWeek, Cell, ReviewSpan, Week, days_between};
