//! The review while it is open: what is selected, and how far back it looks. What stands in
//! it is computed by `practice`.

use crate::practice::{BestWeek, ReviewSpan};
use jiff::civil::Date;

/// The review while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// How far back it looks.
    pub span: ReviewSpan,
    /// The selected row.
    pub row: usize,
    /// The selected day; in a year, the selected week is the one that holds it.
    pub day: Date,
    /// The best week of all, also when it lies before what is shown.
    pub best: Option<BestWeek>,
}
