//! What the log of this device held when the program was last open, in memory.
//!
//! Owns what is remembered of it. Must not touch files: `last_seen.rs` does.

use crate::journal::position::Tally;
use serde::{Deserialize, Serialize};

/// What the own log held when the program was last open, as a small file says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastSeen {
    /// The name of the log.
    pub(crate) log: String,
    /// Its records.
    pub(crate) records: Tally,
    /// The number of erases that were known: a new one is a reason for records to be gone.
    pub(crate) erases: usize,
}
