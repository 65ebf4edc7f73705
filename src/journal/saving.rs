//! Saving what was done: after a look at what others have written, under an id that is this
//! window's to use.
//!
//! Owns the order of these steps, and when a window writes under another id than before. Must not
//! know how records are laid out in files: `write.rs` does.

use crate::journal::disk::{Disk as _, FileKind};
use crate::journal::home::{Home, MAX_LOG};
use crate::journal::id::DeviceId;
use crate::journal::reading::AT_ONCE;
use crate::journal::write::Pending;
use crate::journal::{JournalError, Ledger, device};

/// How much room a log must have left, in bytes, for what is written at once.
const ROOM: u64 = 64 << 20;

impl Home {
    /// Takes the lock, reads what is new, and writes. Of what others have written no more is read
    /// than a key can wait for; a record may come to a log before those that it has not seen, as it
    /// does on another device.
    ///
    /// # Errors
    /// When it could not be saved.
    pub(crate) fn keep(&mut self, ledger: &mut Ledger, operations: &[Pending]) -> Result<(), JournalError> {
        let guard = self.lock()?;
        self.know_device(guard.is_some())?;
        self.cut_leftover();
        // A log of another device that cannot be read is no reason not to save.
        match self.catch_up_in_part(ledger, guard.is_some(), AT_ONCE) {
            Err(error @ JournalError::Gone { .. }) => return Err(error),
            Err(error) => {
                let device = self.usable_device(guard.is_some())?;
                let written = self.write_when_allowed(ledger, device, operations);
                // What keeps this from being saved is told as that.
                if written.is_ok() {
                    self.notify(&error.to_string());
                }
                // What could not be read now is looked at again, from the beginning.
                self.logs.clear();
                return written;
            }
            Ok(_) => {}
        }
        let device = self.usable_device(guard.is_some())?;
        self.write_when_allowed(ledger, device, operations)
    }

    fn write_when_allowed(
        &mut self,
        ledger: &mut Ledger,
        device: DeviceId,
        operations: &[Pending],
    ) -> Result<(), JournalError> {
        self.refuse_newer()?;
        self.back_up_when_due();
        self.write(ledger, device, operations)
    }

    /// Refuses to write after a newer version of the program has written to the own log. What
    /// it has written elsewhere is in nobody's way.
    ///
    /// # Errors
    /// [`JournalError::Newer`].
    pub(crate) fn refuse_newer(&self) -> Result<(), JournalError> {
        match self.newer.iter().find(|name| self.is_own(name)) {
            Some(name) => Err(JournalError::Newer { path: self.log_folder().join(name) }),
            None => Ok(()),
        }
    }

    /// The id under which this window writes, after the logs were read: another than before if
    /// an erase covers what would be written under it, its numbers are used up, or its log
    /// could not be read. A new id costs nothing but one more log.
    ///
    /// # Errors
    /// As [`Home::know_device`].
    pub(crate) fn usable_device(&mut self, locked: bool) -> Result<DeviceId, JournalError> {
        let mut device = self.know_device(locked)?;
        while self.replay.is_spent(device, self.writer) || self.is_unread_or_full(device) {
            self.writer = device::new_writer();
            device = if locked {
                device::replace(&self.disk, &self.folder.join("device"), self.machine, device)?
            } else {
                device::new_id()
            };
            self.device = Some(device);
        }
        Ok(device)
    }

    /// Returns whether the log of a device holds what was not read, or no more than a little is missing
    /// to the most that is ever read.
    fn is_unread_or_full(&self, device: DeviceId) -> bool {
        let path = self.own_log(device);
        let is_known =
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| self.logs.contains_key(name));
        self.disk.metadata(&path).is_ok_and(|metadata| {
            metadata.kind == FileKind::File
                && metadata.length > 0
                && (!is_known || metadata.length > MAX_LOG - ROOM)
        })
    }

    /// The id under which this window reads, and writes unless that is spent.
    ///
    /// # Errors
    /// When there is none and a new one cannot be kept.
    pub(crate) fn know_device(&mut self, locked: bool) -> Result<DeviceId, JournalError> {
        if let Some(device) = self.device {
            return Ok(device);
        }
        let device = if locked {
            device::identify(&self.disk, &self.folder.join("device"), self.machine)?
        } else {
            // Without locks two windows must not write the same log.
            device::new_id()
        };
        self.device = Some(device);
        Ok(device)
    }
}
