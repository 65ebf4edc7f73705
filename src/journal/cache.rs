//! A picture of the Ledger as it was, so that a start need not read years of logs again.
//!
//! Owns the file `cache/ledger`. It may be deleted at any time, and it is believed only as
//! long as every log still begins with what was read when it was made: each log's length is
//! checked, and the checksum of the bytes before there. What was written since is read from
//! the logs. It holds nothing that the logs do not. Must not hold what has not been written.

use crate::course::{CourseId, ItemId, LessonId, Place};
use crate::journal::Ledger;
use crate::journal::bytes::{Reader, Writer};
use crate::journal::choice::{Arrival, Choices};
use crate::journal::disk::How;
use crate::journal::erase::Erase;
use crate::journal::files;
use crate::journal::fold::Fold;
use crate::journal::home::{Home, Seen};
use crate::journal::ledger::{DayMark, Entries, Held};
use crate::journal::notes::{Notes, Version};
use crate::journal::packed::{self, Packed};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// How the file begins. With another version of the program comes another beginning: it may
/// know more operations, or clean text differently.
const BEGIN: &str = concat!("sidelight ledger ", env!("CARGO_PKG_VERSION"), "\n");

/// Raised whenever the fold comes to another outcome from the same records, as when an
/// operation is added.
const FOLD: u32 = 3;

/// How much of the logs may be missing from the picture before a new one is made, in bytes:
/// about three hundred marks, which are read in less than a millisecond.
const STALE: u64 = 64 << 10;

/// The largest picture that is looked at, in bytes.
const MOST: usize = 1 << 30;

impl Home {
    /// Where the picture is.
    pub(crate) fn cache_path(&self) -> PathBuf {
        self.folder.join("cache").join("ledger")
    }

    /// Begins with the picture, if there is one that can be believed. Records that came
    /// since are still to be read.
    pub(crate) fn load_picture(&mut self, ledger: &mut Ledger) -> bool {
        let Some((logs, fold, pictured)) = self.read_picture() else { return false };
        let Ok(names) = self.log_names() else { return false };
        // What a log that is gone had said must not live on.
        if !logs.keys().all(|name| names.binary_search(name).is_ok()) {
            return false;
        }
        (self.logs, self.fold, *ledger) = (logs, fold, pictured);
        self.pictured = self.logs.values().map(|seen| seen.lines).sum();
        true
    }

    fn read_picture(&self) -> Option<(BTreeMap<String, Seen>, Fold, Ledger)> {
        let file = files::open(&self.disk, &self.cache_path(), How::Read).ok()?;
        let length = usize::try_from(file.look().ok()?.length).ok().filter(|length| *length <= MOST)?;
        let bytes = Arc::new(files::read_start(&*file, length).ok()?);
        let mut reader = Reader::new(bytes.strip_prefix(BEGIN.as_bytes())?);
        if reader.u32()? != FOLD || reader.u32()? != crc32fast::hash(reader.rest()) {
            return None;
        }
        let logs = reader.many(|reader| {
            let name = reader.text()?.to_owned();
            Some((name, Seen { identity: None, lines: reader.u64()?, print: reader.u32()? }))
        })?;
        let fold = read_fold(&mut reader)?;
        let courses =
            reader.many(|reader| Some((CourseId::new(reader.text()?), read_entries(reader, &bytes)?)))?;
        Some((logs, fold, Ledger::of(courses)))
    }

    /// Makes a new picture when the last one is far behind. The ledger must hold nothing but
    /// what is in the logs.
    pub(crate) fn save_picture(&mut self, ledger: &Ledger) {
        let read: u64 = self.logs.values().map(|seen| seen.lines).sum();
        // Records that are not believed yet, or not understood, are looked at each time.
        if read < self.pictured.saturating_add(STALE) || !self.fold.ahead.is_empty() || self.newer.is_some() {
            return;
        }
        let path = self.cache_path();
        let bytes = picture(&self.logs, &self.fold, ledger);
        let made = path.parent().map_or(Ok(()), |folder| files::make_folder(&self.disk, folder));
        // Only a convenience: without it the next start takes longer. It need not be synced
        // either, because what a crash leaves of it has the wrong checksum.
        if made.and_then(|()| files::replace_unsynced(&self.disk, &path, &bytes)).is_ok() {
            self.pictured = read;
        }
    }
}

fn picture(logs: &BTreeMap<String, Seen>, fold: &Fold, ledger: &Ledger) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.many(logs, |writer, (name, seen)| {
        writer.text(name);
        writer.u64(seen.lines);
        writer.u32(seen.print);
    });
    write_fold(&mut writer, fold);
    writer.many(&ledger.courses, |writer, (course, entries)| {
        writer.text(course.as_str());
        let mut whole = Cow::Borrowed(entries);
        if !entries.packed.is_empty() {
            whole.to_mut().unpack();
        }
        write_entries(writer, &whole);
    });
    let body = writer.into_bytes();
    let mut head = Writer::default();
    head.u32(FOLD);
    head.u32(crc32fast::hash(&body));
    [BEGIN.as_bytes(), &head.into_bytes(), &body].concat()
}

fn write_fold(writer: &mut Writer, fold: &Fold) {
    writer.u64(fold.horizon);
    writer.many(&fold.sequences, |writer, (device, sequence)| {
        writer.device(*device);
        writer.u64(*sequence);
    });
    writer.many(&fold.erases, |writer, (id, erase)| {
        writer.record_id(id);
        writer.text(&serde_json::to_string(erase).unwrap_or_default());
    });
}

fn read_fold(reader: &mut Reader<'_>) -> Option<Fold> {
    Some(Fold {
        horizon: reader.u64()?,
        sequences: reader.many(|reader| Some((reader.device()?, reader.u64()?)))?,
        erases: reader.many(|reader| Some((reader.record_id()?, Erase::parse(reader.text()?)?)))?,
        ..Fold::default()
    })
}

fn write_entries(writer: &mut Writer, entries: &Entries) {
    let before = packed::boundary(&entries.marks);
    writer.many(&before, |writer, before| {
        let older = packed::pack(&entries.marks, *before);
        writer.date(*before);
        writer.u64(older.len() as u64);
        writer.raw(&older);
    });
    writer.many(&entries.marks, |writer, (item, days)| {
        writer.text(item.as_str());
        let at_hand = days.iter().filter(|entry| before.is_none_or(|before| entry.day >= before));
        writer.many(at_hand, |writer, entry| {
            writer.date(entry.day);
            writer.mark(entry.mark);
            writer.stamp(&entry.stamp);
        });
    });
    writer.many(entries.places.values(), write_held);
    writer.many(&entries.last, write_held);
    writer.many(&entries.read, |writer, lesson| writer.text(lesson.as_str()));
    writer.many(&entries.notes.versions, |writer, (note, versions)| {
        writer.text(note);
        writer.many(versions, |writer, version| {
            writer.stamp(&version.stamp);
            writer.date(version.day);
            writer.many(&version.place, write_place);
            writer.text(&version.text);
        });
    });
    writer.many(&entries.notes.replaced, Writer::record_id);
    writer.many(entries.choices.all(), |writer, (stamp, chosen)| {
        writer.stamp(&stamp);
        writer.text(&serde_json::to_string(&chosen).unwrap_or_default());
    });
}

fn read_entries(reader: &mut Reader<'_>, bytes: &Arc<Vec<u8>>) -> Option<Entries> {
    let packed = reader.list(|reader| {
        let (before, length) = (reader.date()?, usize::try_from(reader.u64()?).ok()?);
        let start = bytes.len() - reader.rest().len();
        reader.skip(length)?;
        Some(Packed::new(before, bytes.clone(), start..start + length))
    })?;
    let marks = reader.many(|reader| {
        let item = ItemId::new(reader.text()?);
        let days = reader.list(|reader| {
            Some(DayMark { day: reader.date()?, mark: reader.mark()?, stamp: reader.stamp()? })
        })?;
        Some((item, days))
    })?;
    let places = reader.list(read_held)?;
    let last = reader.list(read_held)?;
    let read = reader.many(|reader| Some(LessonId::new(reader.text()?)))?;
    let versions = reader.many(|reader| {
        let note = reader.text()?.to_owned();
        let versions = reader.list(|reader| {
            let (stamp, day) = (reader.stamp()?, reader.date()?);
            let place = reader.list(read_place)?;
            Some(Version { stamp, day, place: place.into_iter().next(), text: reader.text()?.to_owned() })
        })?;
        Some((note, versions))
    })?;
    let replaced = reader.many(Reader::record_id)?;
    let mut choices = Choices::default();
    for (stamp, chosen) in reader.list(|reader| Some((reader.stamp()?, reader.text()?.to_owned())))? {
        choices.take(serde_json::from_str(&chosen).ok()?, stamp, Arrival::New);
    }
    Some(Entries {
        marks,
        packed: packed.into_iter().next().unwrap_or_default(),
        places: places.into_iter().map(|held| (held.value.lesson.clone(), held)).collect(),
        last: last.into_iter().next(),
        read,
        notes: Notes { versions, replaced },
        choices,
    })
}

fn write_held(writer: &mut Writer, held: &Held<Place>) {
    writer.stamp(&held.stamp);
    write_place(writer, &held.value);
}

fn read_held(reader: &mut Reader<'_>) -> Option<Held<Place>> {
    Some(Held { stamp: reader.stamp()?, value: read_place(reader)? })
}

fn write_place(writer: &mut Writer, place: &Place) {
    writer.text(place.lesson.as_str());
    writer.u64(place.block as u64);
    writer.u64(place.offset as u64);
    writer.u32(place.print);
}

fn read_place(reader: &mut Reader<'_>) -> Option<Place> {
    Some(Place {
        lesson: LessonId::new(reader.text()?),
        block: usize::try_from(reader.u64()?).ok()?,
        offset: usize::try_from(reader.u64()?).ok()?,
        print: reader.u32()?,
    })
}
