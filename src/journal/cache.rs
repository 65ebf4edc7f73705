//! A snapshot of the ledger, so that opening a journal need not read years of logs again.
//!
//! Owns the file `cache/ledger`: a first line with the program's version, a CRC-32, and the
//! [`Snapshot`] as postcard writes it. It may be deleted at any time, and it is trusted only
//! while every log still begins with what was read when it was made: the length of each log
//! is compared, and the checksum of the bytes before it. What was written since is read from
//! the logs. It holds nothing that the logs do not. Must not hold what has not been written.

use crate::course::CourseId;
use crate::journal::course_state::CourseState;
use crate::journal::disk::{Disk as _, OpenMode};
use crate::journal::erase::Erase;
use crate::journal::erases::Erases;
use crate::journal::files;
use crate::journal::home::Home;
use crate::journal::id::{DeviceId, RecordId};
use crate::journal::ledger::Ledger;
use crate::journal::position::LogPosition;
use crate::journal::replay::Replay;
use crate::journal::{choice, operation};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The first line of the file. Another version of the program begins it otherwise, because it
/// may know more operations or clean text differently.
const FIRST_LINE: &str = concat!("sidelight ledger ", env!("CARGO_PKG_VERSION"), "\n");

/// Raised whenever replaying the same records gives another ledger, and whenever [`Snapshot`]
/// changes. A new kind of record changes the ledger too, and is noticed by [`KINDS`].
const FORMAT: u32 = 8;

/// How many kinds of records are known. Kinds are only ever added.
const KINDS: usize = operation::KINDS.len() + choice::KINDS.len();

/// The bytes of the logs that may be missing from the snapshot before a new one is made:
/// about three hundred marks, which are read in less than a millisecond.
const STALE: u64 = 64 << 10;

/// The largest file that is read or written, in bytes. Ten years take less than a megabyte
/// of marks, and as much as the notes are long.
const MAX_BYTES: usize = 256 << 20;

/// The content of the file.
#[derive(Serialize, Deserialize)]
struct Snapshot<'a> {
    format: u32,
    /// How many kinds of records were known when it was made; all others were skipped.
    kinds: usize,
    logs: Cow<'a, BTreeMap<String, LogPosition>>,
    horizon: u64,
    sequences: Cow<'a, BTreeMap<DeviceId, u64>>,
    /// Each with its clock; as in a log, where each is a JSON object.
    erases: Vec<(RecordId, u64, String)>,
    courses: Cow<'a, BTreeMap<CourseId, CourseState>>,
}

/// A snapshot that can be trusted.
struct Loaded {
    logs: BTreeMap<String, LogPosition>,
    replay: Replay,
    courses: BTreeMap<CourseId, CourseState>,
}

impl Home {
    /// The path of the snapshot.
    pub(crate) fn cache_path(&self) -> PathBuf {
        self.folder.join("cache").join("ledger")
    }

    /// Begins with the snapshot, if there is one that can be trusted. Records that came since
    /// are still to be read.
    pub(crate) fn load_snapshot(&mut self, ledger: &mut Ledger) -> bool {
        let Some(Loaded { logs, replay, courses }) = self.read_snapshot() else { return false };
        let Ok(names) = self.log_names() else { return false };
        // What a log that is gone had said must not live on.
        if !logs.keys().all(|name| names.binary_search(name).is_ok()) {
            return false;
        }
        (self.logs, self.replay, *ledger) = (logs, replay, Ledger::of(courses));
        self.cached = self.logs.values().map(|position| position.lines).sum();
        true
    }

    fn read_snapshot(&self) -> Option<Loaded> {
        let file = files::open(&self.disk, &self.cache_path(), OpenMode::Read).ok()?;
        let length = usize::try_from(file.metadata().ok()?.length).ok()?;
        if length > MAX_BYTES {
            return None;
        }
        decode(&files::read_start(&*file, length).ok()?)
    }

    /// Makes a new snapshot when the last one is far behind, or is of a state that the logs have left:
    /// what they have lost since would be told of at each start. The ledger must hold nothing but what
    /// is in the logs.
    pub(crate) fn save_snapshot(&mut self, ledger: &Ledger) {
        let read: u64 = self.logs.values().map(|position| position.lines).sum();
        // Records whose clock is not believed yet, or that are not understood, are read each time.
        let is_whole = self.replay.ahead.is_empty() && self.newer.is_empty();
        let is_left = self.cached > 0 && self.readings > 0;
        let path = self.cache_path();
        if is_left && !is_whole && self.disk.remove(&path).is_ok() {
            self.cached = 0;
        }
        if !is_whole || (read < self.cached.saturating_add(STALE) && !is_left) {
            return;
        }
        let Some(bytes) = encode(&self.logs, &self.replay, ledger) else { return };
        let made = path.parent().map_or(Ok(()), |folder| files::make_folder(&self.disk, folder));
        // Only a convenience: without it the next start takes longer. It need not be synced
        // either, because what a crash leaves of it has the wrong checksum.
        if made.and_then(|()| files::replace_unsynced(&self.disk, &path, &bytes)).is_ok() {
            self.cached = read;
        }
    }
}

/// The bytes of the file; `None` when they are too many.
fn encode(logs: &BTreeMap<String, LogPosition>, replay: &Replay, ledger: &Ledger) -> Option<Vec<u8>> {
    let erase =
        |(id, erase): (&RecordId, &Erase)| Some((*id, erase.clock, serde_json::to_string(erase).ok()?));
    let snapshot = Snapshot {
        format: FORMAT,
        kinds: KINDS,
        logs: Cow::Borrowed(logs),
        horizon: replay.horizon,
        sequences: Cow::Borrowed(&replay.sequences),
        erases: replay.erases.iter().map(erase).collect::<Option<_>>()?,
        courses: Cow::Borrowed(&ledger.courses),
    };
    let body = postcard::to_allocvec(&snapshot).ok()?;
    let checksum = crc32fast::hash(&body).to_le_bytes();
    let bytes = [FIRST_LINE.as_bytes(), &checksum, &body].concat();
    (bytes.len() <= MAX_BYTES).then_some(bytes)
}

/// Decodes the bytes of the file; `None` when anything about them is odd.
fn decode(bytes: &[u8]) -> Option<Loaded> {
    let (checksum, body) = bytes.strip_prefix(FIRST_LINE.as_bytes())?.split_first_chunk()?;
    if u32::from_le_bytes(*checksum) != crc32fast::hash(body) {
        return None;
    }
    let snapshot: Snapshot<'_> = postcard::from_bytes(body).ok()?;
    if (snapshot.format, snapshot.kinds) != (FORMAT, KINDS) {
        return None;
    }
    let erase = |(id, clock, json): (RecordId, u64, String)| Some((id, Erase::parse(&json, clock)?));
    let replay = Replay {
        horizon: snapshot.horizon,
        sequences: snapshot.sequences.into_owned(),
        erases: snapshot.erases.into_iter().map(erase).collect::<Option<Erases>>()?,
        ..Replay::default()
    };
    Some(Loaded { logs: snapshot.logs.into_owned(), replay, courses: snapshot.courses.into_owned() })
}
