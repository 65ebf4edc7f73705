//! Writing logs anew without some of their lines: what was erased, what is damaged.
//!
//! Owns the only way in which a log is not append only. A log is replaced as a whole:
//! whatever happens, there is the old one or the new one. Must not decide what stays:
//! `removal.rs` does, and a repair.

use crate::journal::disk::OpenMode;
use crate::journal::home::Home;
use crate::journal::lines::{self, LogPiece};
use crate::journal::record::Decoded;
use crate::journal::{JournalError, files};
use std::path::Path;

/// The bytes that are gathered before they are written.
const CHUNK: usize = 256 << 10;

impl Home {
    /// Writes a log, or a copy of one, anew with those of its whole lines that are to stay.
    ///
    /// # Errors
    /// Those of the system; then the log is as it was.
    pub(crate) fn rewrite(
        &self,
        path: &Path,
        stays: impl Fn(&Decoded<'_>) -> bool,
    ) -> Result<(), JournalError> {
        let wrong = |error| JournalError::io(path, error);
        let file = files::open(&self.disk, path, OpenMode::Read)?;
        files::put_in_place(&self.disk, path, |new| {
            let mut bytes = Vec::with_capacity(CHUNK);
            let mut written = Ok(());
            lines::read(&*file, 0, &mut |found| {
                let LogPiece::Whole(line, decoded) = found else { return };
                if !stays(&decoded) {
                    return;
                }
                bytes.extend_from_slice(line);
                bytes.push(b'\n');
                if bytes.len() >= CHUNK {
                    if written.is_ok() {
                        written = files::append_all(new, &bytes);
                    }
                    bytes.clear();
                }
            })
            .map_err(wrong)?;
            written.and_then(|()| files::append_all(new, &bytes)).map_err(wrong)?;
            new.sync().map_err(wrong)
        })?;
        path.parent().map_or(Ok(()), |folder| files::sync_folder(&self.disk, folder))
    }
}
