//! The reading of logs into a ledger: all of them, what is new, or a part of that.
//!
//! Owns when all is read anew, because records that were read are gone or an erase reaches them.
//! Must not write to logs.

use crate::journal::damage::{Damage, DamageList};
use crate::journal::disk::{Disk as _, FileKind, FileMetadata, OpenMode};
use crate::journal::home::{Home, MAX_LOG};
use crate::journal::lines::{self, Completeness, LogPiece};
use crate::journal::position::{LogPosition, fingerprint_before};
use crate::journal::record::Decoded;
use crate::journal::{JournalError, Ledger, files};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// How much of a log is read before keys are looked at again, in bytes: some six thousand marks.
pub(crate) const AT_ONCE: u64 = 1 << 20;

/// The outcome of reading what is new in the logs.
enum News {
    /// Nothing was new.
    None,
    /// New records were inserted.
    Some,
    /// Records that had been inserted are gone, or are different now.
    Overturned,
}

impl Home {
    /// Reads what is new in the logs, sets aside what is damaged, and removes what was erased
    /// elsewhere. To be called with the lock held; `locked` says whether the disk has locks.
    /// Returns whether anything was new.
    ///
    /// # Errors
    /// As [`Home::read_news`].
    pub(crate) fn catch_up(&mut self, ledger: &mut Ledger, locked: bool) -> Result<bool, JournalError> {
        let mut damage = std::mem::take(&mut self.found);
        let news = self.read_news(ledger, &mut damage)?;
        self.completeness = Completeness::Whole;
        self.write_again(ledger);
        self.tell_of_losses();
        self.after_reading(&damage, locked);
        Ok(news)
    }

    /// As [`Home::catch_up`], but reads no more than about this many bytes, besides the log that
    /// this device writes. Returns whether anything was new, and whether there is more to read. What is
    /// left is read by the next call of either. Only an erase that was not known is reason to read
    /// everything at once.
    ///
    /// # Errors
    /// As [`Home::read_news`].
    pub(crate) fn catch_up_in_part(
        &mut self,
        ledger: &mut Ledger,
        locked: bool,
        most: u64,
    ) -> Result<(bool, Completeness), JournalError> {
        let known = self.logs.clone();
        let mut damage = std::mem::take(&mut self.found);
        let (news, completeness) = self.read_new_records(ledger, &mut damage, &known, most)?;
        let is_new = !matches!(news, News::None);
        match (news, completeness) {
            (News::Overturned, _) => self.read_all_again(ledger, &mut damage, &known)?,
            (News::None | News::Some, Completeness::Part) => {
                self.found = damage;
                self.completeness = Completeness::Part;
                return Ok((is_new, Completeness::Part));
            }
            (News::None | News::Some, Completeness::Whole) => {}
        }
        self.completeness = Completeness::Whole;
        self.write_again(ledger);
        self.tell_of_losses();
        self.after_reading(&damage, locked);
        Ok((is_new, Completeness::Whole))
    }

    /// Handles what reading the logs has found: damage, a newer version, erased records.
    pub(crate) fn after_reading(&mut self, damage: &DamageList, locked: bool) {
        let is_erased = |damage: &Damage| self.replay.is_torn_from_erased(&damage.bytes);
        self.replay.met_erased |= damage.places.iter().any(is_erased);
        self.set_aside(damage);
        for name in self.newer.clone() {
            let path = self.log_folder().join(&name);
            if self.is_own(&name) {
                self.notify(&JournalError::Newer { path }.to_string());
            } else {
                self.notify(&format!(
                    "{}: a newer version of sidelight has written there; what it wrote stays there unread \
                     until this one is updated",
                    path.display()
                ));
            }
        }
        if self.replay.has_odd_erase() {
            self.notify(
                "A log asks to erase more than can have been seen when that was asked for, so nothing is \
                 erased for it.",
            );
        }
        self.remove_erased_when_due(locked);
    }

    /// Reads what is new in the logs. Returns whether anything was.
    ///
    /// # Errors
    /// When the folder cannot be read. A log that cannot be read is reported and skipped,
    /// unless it could be read before.
    pub(crate) fn read_news(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
    ) -> Result<bool, JournalError> {
        let known = self.logs.clone();
        match self.read_new_records(ledger, damage, &known, u64::MAX)?.0 {
            News::None => Ok(false),
            News::Some => Ok(true),
            News::Overturned => {
                self.read_all_again(ledger, damage, &known)?;
                Ok(true)
            }
        }
    }

    /// Reads all logs from their beginning, and takes note of which of those that are known have lost
    /// records.
    ///
    /// # Errors
    /// As [`Home::read_all`].
    fn read_all_again(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
        known: &BTreeMap<String, LogPosition>,
    ) -> Result<(), JournalError> {
        damage.clear();
        let erases = self.replay.erases.len();
        self.read_all(ledger, damage)?;
        // What was erased is gone from the logs because it is meant to be.
        if self.replay.erases.len() == erases {
            self.note_losses(known);
        }
        Ok(())
    }

    /// Reads all logs from their beginning.
    ///
    /// # Errors
    /// As [`Home::read_news`]; then the ledger is unchanged.
    pub(crate) fn read_all(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
    ) -> Result<(), JournalError> {
        let before = (self.replay.clone(), self.logs.clone(), std::mem::take(&mut self.newer));
        // Again whenever an erase was met after records that it covers.
        loop {
            let mut fresh = ledger.again();
            self.replay = self.replay.again();
            self.logs.clear();
            self.own.begin_reading();
            self.changed.clear();
            self.changed_while_closed = false;
            damage.clear();
            match self.read_new_records(&mut fresh, damage, &before.1, u64::MAX) {
                Ok((News::Overturned, _)) => {}
                Ok((News::None | News::Some, _)) => {
                    *ledger = fresh;
                    self.readings += 1;
                    self.news += 1;
                    return Ok(());
                }
                Err(error) => {
                    (self.replay, self.logs, self.newer) = before;
                    self.own.give_up_reading();
                    return Err(error);
                }
            }
        }
    }

    /// Reads every log from its position on, until about this many bytes have been read; the own
    /// log first and whole, because what is written next must follow it. One that cannot be read is
    /// reported and skipped, unless it is `known`: its records must not vanish from the screen.
    fn read_new_records(
        &mut self,
        ledger: &mut Ledger,
        damage: &mut DamageList,
        known: &BTreeMap<String, LogPosition>,
        most: u64,
    ) -> Result<(News, Completeness), JournalError> {
        let mut news = News::None;
        let mut completeness = Completeness::Whole;
        let mut names = self.log_names()?;
        // What a log that is gone had said must not live on.
        if self.logs.keys().any(|name| names.binary_search(name).is_err()) {
            return Ok((News::Overturned, Completeness::Whole));
        }
        names.sort_by_key(|name| !self.is_own(name));
        for name in names {
            let most = if self.is_own(&name) { u64::MAX } else { most };
            match self.read_log(&name, ledger, damage, known, most) {
                Ok((News::None, _)) => {}
                Ok((News::Some, Completeness::Whole)) => news = News::Some,
                Ok((News::Some, Completeness::Part)) => {
                    (news, completeness) = (News::Some, Completeness::Part);
                    break;
                }
                Ok((News::Overturned, _)) => return Ok((News::Overturned, Completeness::Whole)),
                Err(error) if known.contains_key(&name) => return Err(error),
                Err(error) => self.notify(&error.to_string()),
            }
        }
        // Not before all logs were read: each may have an erase, and one reading finds them all.
        if std::mem::take(&mut self.replay.overtaken) {
            return Ok((News::Overturned, Completeness::Whole));
        }
        Ok((news, completeness))
    }

    fn read_log(
        &mut self,
        name: &str,
        ledger: &mut Ledger,
        damage: &mut DamageList,
        known: &BTreeMap<String, LogPosition>,
        most: u64,
    ) -> Result<(News, Completeness), JournalError> {
        let path = self.log_folder().join(name);
        let wrong = |error| JournalError::io(&path, error);
        let metadata = match self.disk.metadata(&path) {
            Ok(metadata) => metadata,
            // Removed since the folder was listed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((News::None, Completeness::Whole));
            }
            Err(error) => return Err(wrong(error)),
        };
        let position = self.logs.get(name).copied();
        if let Some(position) = position
            && position.identity == Some(metadata.identity)
            && position.lines == metadata.length
        {
            return Ok((News::None, Completeness::Whole));
        }
        check_log(&path, &metadata)?;
        let file = files::open(&self.disk, &path, OpenMode::Read)?;
        let from = match position {
            None => 0,
            Some(position)
                if fingerprint_before(&*file, position.lines).map_err(wrong)?
                    == Some(position.fingerprint) =>
            {
                position.lines
            }
            Some(_) => return Ok((News::Overturned, Completeness::Whole)),
        };
        let identity = file.metadata().map_err(wrong)?.identity;
        let mut newer = false;
        let mut met = false;
        let before = known.get(name).map(|known| known.standing).unwrap_or_default();
        let mut standing = position.map(|position| position.standing).unwrap_or_default();
        let mut begins_as_before = standing == before || before.count == 0;
        let awaited = self.last_seen_of(name).filter(|seen| seen.count > standing.count);
        let mut has_come_to_it = awaited.is_none();
        let mut count = |id, stands| {
            if stands {
                standing.add(id);
                begins_as_before |= standing == before;
                has_come_to_it |= Some(standing) == awaited;
            }
        };
        let (replay, own) = (&mut self.replay, &mut self.own);
        let extent = lines::read_some(&*file, from, most, &mut |found| match found {
            LogPiece::Whole(_, Decoded::Mark(mark)) => {
                met = true;
                own.meet(name, mark.id);
                count(mark.id, replay.insert_mark(ledger, mark));
            }
            LogPiece::Whole(_, Decoded::Record(record)) => {
                met = true;
                own.meet(name, record.id);
                count(record.id, replay.insert(ledger, *record));
            }
            LogPiece::Whole(_, Decoded::Newer) => newer = true,
            LogPiece::Damaged(offset, bytes) => {
                damage.add(name, offset, bytes);
            }
        })
        .map_err(wrong)?;
        if newer {
            self.newer.insert(name.to_owned());
        }
        self.changed_while_closed |= !has_come_to_it && extent.completeness == Completeness::Whole;
        if !begins_as_before && position.is_none() {
            self.changed.insert(name.to_owned());
        }
        let fingerprint = fingerprint_before(&*file, extent.lines).map_err(wrong)?.unwrap_or_default();
        let is_from_cache = position.is_some_and(|position| position.identity.is_none());
        self.hold_own_lines(name, &*file, from..extent.lines, is_from_cache).map_err(wrong)?;
        self.logs.insert(
            name.to_owned(),
            LogPosition { identity: Some(identity), lines: extent.lines, fingerprint, standing },
        );
        let is_news = met || newer || extent.completeness == Completeness::Part;
        self.news += u64::from(is_news);
        Ok((if is_news { News::Some } else { News::None }, extent.completeness))
    }
}

fn check_log(path: &Path, metadata: &FileMetadata) -> Result<(), JournalError> {
    if metadata.kind != FileKind::File {
        return Err(JournalError::NotPlain { path: path.to_owned() });
    }
    if metadata.length > MAX_LOG {
        return Err(JournalError::TooLarge { path: path.to_owned(), limit: MAX_LOG });
    }
    Ok(())
}
