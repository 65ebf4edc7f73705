//! The limits of a check.
//!
//! Owns the numbers alone.

/// The most faults of one file that are described; further ones are only counted.
pub(super) const MAX_DESCRIBED: usize = 50;

/// The most faults that are searched for in one lesson.
pub(super) const MAX_SOUGHT: usize = 200;
