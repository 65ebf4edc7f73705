//! A look at a journal that changes nothing: no folder is made, no damage is set aside, and no
//! message that is shown once is used up.
//!
//! Owns what a shell's completion and `doctor` may know. Must not write, nor wait for a lock.

use crate::journal::damage::DamageList;
use crate::journal::home::{Environment, Home};
use crate::journal::upkeep::LogState;
use crate::journal::{Journal, JournalError, Ledger, private};
use std::path::Path;

impl Journal {
    /// Reads the current state of the journal in a folder.
    ///
    /// # Errors
    /// When there is no journal in it, or its logs cannot be listed.
    pub fn peek(folder: &Path) -> Result<Ledger, JournalError> {
        let mut home = looked_at(folder)?;
        let mut ledger = Ledger::default();
        home.load_snapshot(&mut ledger);
        home.read_news(&mut ledger, &mut DamageList::default())?;
        Ok(ledger)
    }

    /// Checks every log of the journal in a folder. A log to which a window is writing at this
    /// moment may seem to end in damage.
    ///
    /// # Errors
    /// As [`Journal::peek`].
    pub fn peek_at_logs(folder: &Path) -> Result<Vec<LogState>, JournalError> {
        let home = looked_at(folder)?;
        Ok(home.log_names()?.iter().map(|name| home.log_state(name)).collect())
    }
}

fn looked_at(folder: &Path) -> Result<Home, JournalError> {
    let home = Home::new(folder, Environment::real());
    private::refuse_foreign(&home)?;
    Ok(home)
}
