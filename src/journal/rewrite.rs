//! Writing logs anew without some of their lines: what was erased, what is damaged.
//!
//! Owns the only two cases in which a log is not append only. A log is replaced as a whole:
//! whatever happens, there is the old one or the new one. Must not decide what is erased.

use crate::journal::disk::OpenMode;
use crate::journal::home::Home;
use crate::journal::lines::{self, Piece};
use crate::journal::record::{Decoded, Record};
use crate::journal::{JournalError, files};

/// How much is gathered before it is written, in bytes.
const CHUNK: usize = 256 << 10;

impl Home {
    /// Removes what was erased, here or elsewhere, from every file: the cache, the
    /// quarantine and the backups first, so that a log that still has something to remove
    /// tells the next start that there is work left.
    ///
    /// # Errors
    /// Those of the system; what could be removed has been.
    pub(crate) fn obey(&mut self, locked: bool) -> Result<(), JournalError> {
        if !locked {
            // Another window may be writing, and what it writes now would be lost.
            return Err(JournalError::NoLocks { path: self.folder.clone() });
        }
        self.cached = 0;
        for folder in ["cache", "quarantine", "backup"].map(|name| self.folder.join(name)) {
            for name in files::list(&self.disk, &folder)? {
                files::remove(&self.disk, &folder.join(name))?;
            }
            if self.disk_has(&folder) {
                files::sync_folder(&self.disk, &folder)?;
            }
        }
        // What is being written is put there anew with the next key.
        self.remove_unkept()?;
        let mut first_error = None;
        for name in self.log_names()? {
            if let Err(error) = self.rewrite_without_erased(&name) {
                first_error = first_error.or(Some(error));
            }
        }
        // There is no older copy any more, so this one is due.
        self.backed_up = None;
        self.replay.met_erased = first_error.is_some();
        first_error.map_or(Ok(()), Err)
    }

    fn rewrite_without_erased(&mut self, name: &str) -> Result<(), JournalError> {
        let replay = &self.replay;
        let erased = |record: &Record| replay.is_erased(record);
        let mut any = false;
        let file = match files::open(&self.disk, &self.log_folder().join(name), OpenMode::Read) {
            Err(JournalError::NotPlain { .. }) => return Ok(()),
            file => file?,
        };
        // Damage may hold what was erased, so it goes with it.
        let mut damaged = false;
        lines::read(&*file, 0, &mut |found| match found {
            Piece::Whole(_, decoded) => any |= decoded.record().is_some_and(|record| erased(&record)),
            Piece::Damaged(..) => damaged = true,
        })
        .map_err(|error| JournalError::io(&self.log_folder().join(name), error))?;
        if any || damaged {
            self.rewrite(name, |decoded| !decoded.record().is_some_and(|record| erased(&record)))?;
            // Its length and its bytes are others now; what it says besides is known.
            self.logs.remove(name);
        }
        Ok(())
    }

    /// Writes a log anew with those of its whole lines that are to stay.
    ///
    /// # Errors
    /// Those of the system; then the log is as it was.
    pub(crate) fn rewrite(
        &self,
        name: &str,
        stays: impl Fn(&Decoded<'_>) -> bool,
    ) -> Result<(), JournalError> {
        let path = self.log_folder().join(name);
        let wrong = |error| JournalError::io(&path, error);
        let file = files::open(&self.disk, &path, OpenMode::Read)?;
        files::put_in_place(&self.disk, &path, |new| {
            let mut bytes = Vec::with_capacity(CHUNK);
            let mut written = Ok(());
            lines::read(&*file, 0, &mut |found| {
                let Piece::Whole(line, decoded) = found else { return };
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
        files::sync_folder(&self.disk, &self.log_folder())
    }
}
