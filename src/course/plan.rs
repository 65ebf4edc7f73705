//! The plan of a course: what to read and to do in each week.
//!
//! Owns what a plan is once it has been checked. Must not know where the reader is in it;
//! `practice` does.

/// One week of the plan. It takes as long as the reader takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWeek {
    /// The title that the reader sees.
    pub title: String,
    /// The lessons to read in it, as indices into `Course::lessons`.
    pub lessons: Vec<usize>,
    /// The items to practise in it, as indices into `Course::items`.
    pub items: Vec<usize>,
    /// What to look back on at its end; may have several lines, and may be empty.
    pub look_back: String,
}
