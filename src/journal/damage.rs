//! What damage a reading of the logs has found.
//!
//! Owns how much of it is held in memory. Must not decide what is damaged (`lines.rs` does) nor
//! where it goes (`quarantine.rs` does).

/// Bytes of a log that are no whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damage {
    /// The log's name.
    pub(crate) log: String,
    /// The offset in the log, in bytes.
    pub(crate) offset: u64,
    /// The damaged bytes.
    pub(crate) bytes: Vec<u8>,
}

/// All damage that a reading of the logs has found.
#[derive(Debug, Default)]
pub(crate) struct DamageList {
    /// The damaged places, in the order in which they were read.
    pub(crate) places: Vec<Damage>,
    /// How many of their bytes are held.
    held: usize,
}

impl DamageList {
    /// The most that is held, in bytes. The logs themselves keep everything until they are
    /// repaired, and a repair makes a backup.
    const MOST: usize = 64 << 20;

    /// Adds a damaged place, with as many of its bytes as there is room for.
    pub(crate) fn add(&mut self, log: &str, offset: u64, bytes: &[u8]) {
        let room = bytes.len().min(Self::MOST.saturating_sub(self.held));
        let bytes = bytes.get(..room).unwrap_or_default().to_vec();
        self.held += room;
        self.places.push(Damage { log: log.to_owned(), offset, bytes });
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
