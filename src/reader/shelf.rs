//! The shelf while it is open: what was read lately, and the built-in courses.

use crate::journal::Shelved;

/// The shelf while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenShelf {
    /// What stands on it, the last read first.
    pub entries: Vec<Shelved>,
    /// The selected one.
    pub selected: usize,
}

impl OpenShelf {
    /// The selected entry.
    pub fn entry(&self) -> Option<&Shelved> {
        self.entries.get(self.selected)
    }
}
