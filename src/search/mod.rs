//! Finding: one query over lessons, items and notes.
//!
//! Owns what counts as a match and what is found in which order. Must not know of screens,
//! nor of how a course or a journal is kept.

mod filter;
mod folding;
mod forms;
mod found_lesson;
mod grammar;
mod hit;
mod hit_lines;
mod index;
mod long_lesson;
mod near_words;
mod notes;
mod prefetch;
mod prefetched;
mod prefilter;
mod progress;
mod query;
mod ranking;
mod slots;
mod stream;
mod suggestion;
mod term;
#[cfg(test)]
mod tests;
mod threads;
mod written_query;

pub use found_lesson::FoundLesson;
pub use hit::{Hit, HitLine, HitPlace, Hits};
pub use index::{Cursor, Index};
pub use notes::Notes;
pub use progress::Progress;
pub use query::Query;
pub use ranking::{Best, Rank, RankPlace, WordForm, WordPart};
pub use suggestion::WordSuggestion;
