//! The quarantine: a folder for damaged bytes.
//!
//! Owns the folder `quarantine/` and what is said of it. What lies there is never read
//! again by the program; it is there for people. Must not decide what is damaged.

use crate::journal::damage::{Damage, DamageList};
use crate::journal::files;
use crate::journal::home::Home;
use std::collections::BTreeMap;

impl Home {
    /// Copies damaged bytes into the quarantine and tells of them, unless the same ones are
    /// there already.
    pub(crate) fn set_aside(&mut self, damage: &DamageList) {
        let mut logs: BTreeMap<&str, Vec<&Damage>> = BTreeMap::new();
        // What is torn from an erased record is set aside nowhere.
        let is_unknown = |piece: &&Damage| !self.replay.is_torn_from_erased(&piece.bytes);
        for piece in damage.places.iter().filter(is_unknown) {
            logs.entry(&piece.log).or_default().push(piece);
        }
        for (log, pieces) in logs {
            let mut bytes = Vec::new();
            for piece in &pieces {
                bytes.extend_from_slice(&piece.bytes);
                bytes.push(b'\n');
            }
            let folder = self.folder.join("quarantine");
            let path = folder.join(format!("{log}-{:08x}.damaged", crc32fast::hash(&bytes)));
            if self.disk_has(&path) {
                continue;
            }
            let first = pieces.first().map_or(0, |piece| piece.offset);
            let kept = files::make_folder(&self.disk, &folder)
                .and_then(|()| files::replace(&self.disk, &path, |_| bytes));
            let places = if pieces.len() == 1 { "place" } else { "places" };
            self.notify(&match kept {
                Ok(()) => format!(
                    "{log} is damaged in {} {places}, first at byte {first}. All whole records are kept; \
                     the rest is in {}.",
                    pieces.len(),
                    path.display()
                ),
                Err(error) => format!(
                    "{log} is damaged in {} {places}, first at byte {first}. All whole records are kept; \
                     the rest could not be set aside ({error}).",
                    pieces.len()
                ),
            });
        }
    }
}
