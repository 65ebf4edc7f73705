//! Work on the journal that is not finished, because keys come first.
//!
//! Owns how long a lock is waited for, and when work goes on. Must not do the work:
//! `session/saving.rs` does.

use std::time::Duration;

/// The longest wait for another window's lock while there are keys to be heard: the hide key
/// waits for no more than this.
pub(super) const PATIENCE_WITH_KEYS: Duration = Duration::from_millis(50);

/// The longest wait for another window's lock when the program ends.
pub(super) const PATIENCE_AT_THE_END: Duration = Duration::from_secs(2);

/// After how long a lock that another window holds is tried again.
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// What is still to be done with the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Unfinished {
    /// Writing what is pending.
    pub(super) writing: Work,
    /// Reading what others have written.
    pub(super) reading: Work,
}

/// A piece of work that keys interrupt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Work {
    /// There is none.
    #[default]
    Done,
    /// It goes on at once.
    Begun,
    /// It waits for a lock that another window holds.
    Locked,
    /// It has failed, and is tried again with the next key.
    Failed,
}

impl Work {
    /// How long to wait until it goes on, if it does.
    pub(super) fn wait(self) -> Option<Duration> {
        match self {
            Self::Done | Self::Failed => None,
            Self::Begun => Some(Duration::ZERO),
            Self::Locked => Some(BETWEEN_TRIES),
        }
    }
}
