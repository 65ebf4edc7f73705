//! A log that has lost records which were read from it, until that is told of.
//!
//! Owns what is known of it. Must not touch files: `losses.rs` and `write.rs` do.

/// A log that has lost records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loss {
    /// The name of the log.
    pub(crate) log: String,
    /// The number of records that it had, if that is known.
    pub(crate) had: Option<u64>,
    /// Whether each of them was known line by line, so that all of them are there again.
    pub(crate) is_known: bool,
    /// The number of those that were written again.
    pub(crate) again: usize,
}
