//! What was done: the reader's marks, places and notes, kept in append-only logs.
//!
//! Owns the record format, the files and their promises, and the replay into a
//! [`Ledger`]. Must not know of pages, screens or keys.

pub mod ledger;
pub mod operation;
pub mod store;

pub use ledger::Ledger;
pub use operation::{Mark, Operation};
pub use store::{Journal, JournalError, Opened};
