//! Whether anything has changed outside of the session.

/// Whether anything that the session watches has become readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Something may have changed.
    Changed,
    /// Nothing has.
    Same,
}
