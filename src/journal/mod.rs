//! The journal: the reader's marks, places and notes, saved in append-only logs.
//!
//! Owns the record format, the files and their promises, and the replay into a
//! [`Ledger`]. Must not know of pages, screens or keys.
//!
//! ```text
//! Operation -> write.rs -> one line of log/<device>.jsonl   (record.rs)
//! log/*.jsonl -> lines.rs -> Record -> replay.rs -> Ledger    (reading.rs reads, ledger.rs holds)
//! ```
//!
//! All files are reached through the narrow [`disk::Disk`], so that tests can put a faulty
//! or a forgetful one in its place.

mod backup;
mod cache;
mod choice;
mod choices;
mod cleared;
mod course_state;
mod damage;
mod dates;
mod device;
pub mod disk;
mod draft;
mod elsewhere;
mod erase;
mod erases;
mod erasing;
mod error;
pub mod exchange;
mod files;
mod home;
mod id;
mod last_seen;
pub mod ledger;
mod lines;
mod loss;
mod losses;
mod marked_days;
mod marks;
mod marks_encoding;
mod names;
mod note_names;
mod notes;
pub mod operation;
mod own;
mod own_draft;
mod own_log;
mod parse;
mod peek;
mod position;
mod private;
#[cfg(test)]
mod proofs;
mod quarantine;
mod quick;
mod reading;
pub mod recent;
mod record;
mod removal;
mod replaced;
mod replay;
mod rewrite;
mod saving;
pub mod store;
mod transfer;
mod unverified;
mod upkeep;
mod version;
mod whereabouts;
mod worded;
mod write;

pub use choice::{Choice, Chosen, IfThen, ItemStatus, KnownItem, OwnItem};
pub use cleared::Remaining;
pub use draft::{editor_page, holds_unsaved};
pub use elsewhere::Elsewhere;
pub use erase::EraseScope;
pub use erasing::Erased;
pub use error::JournalError;
pub use home::Environment;
pub use ledger::Ledger;
pub use note_names::{beside, main_name, place_note_name};
pub use notes::Note;
pub use operation::{Mark, Operation};
pub use recent::{Recent, RecentEntry};
pub use replaced::{Replaced, replaced, replaced_name};
pub use store::{Journal, Opened, Refreshed};
pub use transfer::{Days, Incoming};
pub use upkeep::{LogState, Merged};
pub use whereabouts::JournalFile;
