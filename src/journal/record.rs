//! The record: one line of a log.
//!
//! Owns the line format and its checksum. A line is a JSON object
//!
//! ```text
//! {"v":"1.2","dev":"9b1c…","by":"07f2…","seq":12,"clock":40,"time":"2026-11-22T21:03:11Z","do":{"op":"mark",…},"sum":"5d41402a"}
//! ```
//!
//! - `v` comes first: format version, major and minor. A minor version adds operations and
//!   fields, which older programs pass over; a major version changes what is there.
//! - `dev`, `seq`: the device that wrote it, and the sequence number of the record on that device.
//! - `by`: a random number of the session that wrote it. Two computers that write under one id,
//!   as after a disk was cloned, are told apart by it. Version 1.0 had none.
//! - `clock`: the Lamport clock, which orders what happened on several devices. The wall
//!   clock in `time` is for people and orders nothing.
//! - `over`: the records that this one supersedes: for a note where there are any, and since
//!   version 1.2 for the words of a plan or an own item, where an empty list says that there were
//!   none.
//! - `do`: the operation.
//! - `sum` comes last: CRC-32 of every byte of the line before the comma in front of it.
//!
//! Must not know of files or of how records add up.

use crate::course::{CourseId, ItemId};
use crate::journal::erase::{Erase, EraseScope};
use crate::journal::id::{DeviceId, RecordId, WriterId};
use crate::journal::operation::Operation;
use crate::journal::parse::{parse_date, parse_hex};
use crate::journal::quick::QuickMark;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The major version that this program writes and understands.
pub(crate) const MAJOR: u32 = 1;

/// The minor version that this program writes.
const MINOR: u32 = 2;

/// The longest line that is written or read, in bytes: room for a note of a megabyte in
/// which every byte has to be escaped. Anything longer is damage.
pub(crate) const MAX_LINE: usize = 8 << 20;

/// The beginning of every line.
pub(crate) const HEAD: &[u8] = b"{\"v\":\"";

/// The bytes between the checked ones and the checksum.
pub(crate) const SUM: &[u8] = b",\"sum\":\"";

/// The length of the whole trailer: [`SUM`], eight digits, `"}`.
pub(crate) const TRAILER: usize = SUM.len() + 8 + 2;

/// A record: one thing that was done, and its place in the order of all records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// Its id.
    pub(crate) id: RecordId,
    /// The session that wrote it; `None` for records of version 1.0.
    pub(crate) writer: Option<WriterId>,
    /// Its Lamport clock.
    pub(crate) clock: u64,
    /// The day on which it was written, by UTC; `None` when that cannot be read.
    pub(crate) written: Option<Date>,
    /// The records that it supersedes; `None` when it does not say so.
    pub(crate) supersedes: Option<Vec<RecordId>>,
    /// What it records.
    pub(crate) content: Content,
}

/// The content of a record, as far as this version knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// Something that the reader did.
    Operation(Operation),
    /// Something was erased for good.
    Erase(Erase),
    /// Nothing but its clock: it leads from one clock that is believed to the next.
    Clock,
    /// Something that a later version knows; it stays in the log as it is.
    Unknown {
        /// The day that it is about, if it says so in the usual way.
        day: Option<Date>,
    },
}

/// A decoded line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decoded<'a> {
    /// A record of a mark.
    Mark(QuickMark<'a>),
    /// Any record.
    Record(Box<Record>),
    /// A whole record of a major version that is not known here.
    Newer,
}

/// The JSON of a record that says nothing but its clock.
const CLOCK: &str = "{\"op\":\"clock\"}";

/// How the JSON of an erase begins, as this program writes it.
const ERASE: &str = "{\"op\":\"erase\"";

/// A record that says nothing but its clock, to be written.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "op", rename = "clock")]
pub(crate) struct ClockStep {}

/// The fields of a new record besides its operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header<'a> {
    /// The device that writes.
    pub(crate) device: DeviceId,
    /// The session that writes.
    pub(crate) writer: WriterId,
    /// The sequence number on that device.
    pub(crate) sequence: u64,
    /// The Lamport clock.
    pub(crate) clock: u64,
    /// The time by the wall clock.
    pub(crate) time: Timestamp,
    /// The records that it supersedes, for what says so.
    pub(crate) supersedes: Option<&'a [RecordId]>,
}

/// Encodes a record as a line with its line break. Returns it with the record's id.
///
/// # Errors
/// Never for the types in this crate; [`serde_json`] does not rule it out.
pub(crate) fn encode(
    header: &Header<'_>,
    content: &impl Serialize,
) -> serde_json::Result<(Vec<u8>, RecordId)> {
    use std::io::Write as _;
    let Header { device, writer, sequence, clock, time, supersedes } = header;
    let seconds = time.as_second();
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut line = Vec::with_capacity(256);
    // Writing to memory does not fail.
    let _ = write!(
        line,
        "{{\"v\":\"{MAJOR}.{MINOR}\",\"dev\":\"{device}\",\"by\":\"{writer}\",\"seq\":{sequence},\"clock\":{clock},\"time\":\"{time}\""
    );
    if let Some(supersedes) = supersedes {
        let supersedes: Vec<String> = supersedes.iter().map(RecordId::to_string).collect();
        line.extend_from_slice(b",\"over\":");
        serde_json::to_writer(&mut line, &supersedes)?;
    }
    line.extend_from_slice(b",\"do\":");
    serde_json::to_writer(&mut line, content)?;
    let sum = crc32fast::hash(&line);
    let _ = writeln!(line, ",\"sum\":\"{sum:08x}\"}}");
    Ok((line, RecordId { device: *device, sequence: *sequence, sum }))
}

/// Decodes a line without its line break; `None` when it is damaged.
pub(crate) fn decode(line: &[u8]) -> Option<Decoded<'_>> {
    let (body, sum) = checked(line)?;
    if let Some(mark) = QuickMark::parse(body, sum) {
        return Some(Decoded::Mark(mark));
    }
    if version(line)? > MAJOR {
        return Some(Decoded::Newer);
    }
    decode_any(line, sum).map(|record| Decoded::Record(Box::new(record)))
}

/// Decodes a line of the known major version; its checksum has been verified.
fn decode_any(line: &[u8], sum: u32) -> Option<Record> {
    let line: Line<'_> = serde_json::from_slice(line).ok()?;
    Some(Record {
        id: RecordId { device: DeviceId::parse(&line.device)?, sequence: line.sequence, sum },
        writer: line.writer.and_then(|text| WriterId::parse(&text)),
        clock: line.clock,
        written: line.time.get(..10).and_then(parse_date),
        supersedes: line.supersedes.map(|ids| ids.iter().filter_map(|text| RecordId::parse(text)).collect()),
        content: content(line.content.get(), line.clock),
    })
}

/// Decodes the JSON of an operation.
fn content(json: &str, clock: u64) -> Content {
    #[derive(Deserialize)]
    struct About {
        day: String,
    }
    if json == CLOCK {
        return Content::Clock;
    }
    // One that names thousands of devices takes long to read in vain as anything else.
    if json.starts_with(ERASE)
        && let Some(erase) = Erase::parse(json, clock)
    {
        return Content::Erase(erase);
    }
    if let Ok(operation) = serde_json::from_str::<Operation>(json) {
        return Content::Operation(operation.cleaned());
    }
    if let Some(erase) = Erase::parse(json, clock) {
        return Content::Erase(erase);
    }
    let about = serde_json::from_str::<About>(json).ok();
    Content::Unknown { day: about.and_then(|about| parse_date(&about.day)) }
}

/// The part of a line before its checksum, and the checksum, if it is the right one.
fn checked(line: &[u8]) -> Option<(&[u8], u32)> {
    let (body, trailer) = line.split_at_checked(line.len().checked_sub(TRAILER)?)?;
    let digits = trailer.strip_prefix(SUM)?.strip_suffix(b"\"}")?;
    let sum = u32::try_from(parse_hex(std::str::from_utf8(digits).ok()?, 8)?).ok()?;
    (crc32fast::hash(body) == sum).then_some((body, sum))
}

/// The major version that a line names.
fn version(line: &[u8]) -> Option<u32> {
    let rest = line.strip_prefix(HEAD)?;
    let dot = rest.iter().take(16).position(|byte| *byte == b'.')?;
    std::str::from_utf8(rest.get(..dot)?).ok()?.parse().ok()
}

/// A line as JSON; its version and its checksum are looked at before.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(rename = "dev", borrow)]
    device: Cow<'a, str>,
    #[serde(rename = "by", borrow, default)]
    writer: Option<Cow<'a, str>>,
    #[serde(rename = "seq")]
    sequence: u64,
    clock: u64,
    #[serde(borrow)]
    time: Cow<'a, str>,
    #[serde(rename = "over", default)]
    supersedes: Option<Vec<String>>,
    #[serde(rename = "do", borrow)]
    content: &'a RawValue,
}

impl Decoded<'_> {
    /// The record, if its version is known.
    pub(crate) fn record(&self) -> Option<Cow<'_, Record>> {
        match self {
            Self::Mark(mark) => Some(Cow::Owned(Record::from(*mark))),
            Self::Record(record) => Some(Cow::Borrowed(record)),
            Self::Newer => None,
        }
    }

    /// As [`Decoded::record`], for whoever has no more need of what was decoded.
    pub(crate) fn into_record(self) -> Option<Record> {
        match self {
            Self::Mark(mark) => Some(Record::from(mark)),
            Self::Record(record) => Some(*record),
            Self::Newer => None,
        }
    }
}

impl Record {
    /// The day that it is about, else the day on which it was written.
    pub(crate) fn day(&self) -> Option<Date> {
        match &self.content {
            Content::Operation(operation) => operation.day().or(self.written),
            Content::Unknown { day } => day.or(self.written),
            Content::Erase(_) | Content::Clock => None,
        }
    }

    /// Returns whether an erase removes this record. Erases themselves stay, or the devices that have
    /// not heard of them would never do so.
    pub(crate) fn is_covered_by(&self, erase: &Erase) -> bool {
        erase.comes_after(self.clock)
            && erase.reaches(self.id.device, self.writer, self.id.sequence)
            && match (&self.content, erase.scope) {
                (Content::Erase(_) | Content::Clock, _) => false,
                (_, EraseScope::All) => true,
                (content, EraseScope::Notes) => {
                    matches!(content, Content::Operation(Operation::Note { .. }))
                }
                (content, EraseScope::Words) => {
                    matches!(content, Content::Operation(operation) if operation.has_words())
                }
                (_, EraseScope::Before(day)) => self.day().is_some_and(|about| about < day),
            }
    }
}

impl From<QuickMark<'_>> for Record {
    /// The record that the JSON parser would give.
    fn from(mark: QuickMark<'_>) -> Self {
        Self {
            id: mark.id,
            writer: mark.writer,
            clock: mark.clock,
            written: mark.time.get(..10).and_then(parse_date),
            supersedes: None,
            content: Content::Operation(Operation::Mark {
                course: CourseId::new(mark.course),
                item: ItemId::new(mark.item),
                day: mark.day,
                mark: mark.mark,
            }),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use crate::course::{CourseId, ItemId, LessonId, Place};
    use crate::journal::Mark;
    use proptest::prelude::*;

    fn name() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z][a-z0-9-]{0,12}", "\\PC{0,8}", ".{0,6}"]
    }

    fn day() -> impl Strategy<Value = Date> {
        (1_i16..9999, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
    }

    fn place() -> impl Strategy<Value = Place> {
        (name(), any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(lesson, block, offset, fingerprint)| {
            Place {
                lesson: LessonId::new(lesson),
                block: block as usize,
                offset: offset as usize,
                fingerprint,
            }
        })
    }

    fn operation() -> impl Strategy<Value = Operation> {
        let mark = prop_oneof![
            Just(None),
            Just(Some(Mark::Kept)),
            Just(Some(Mark::Slipped)),
            Just(Some(Mark::DidNotArise))
        ];
        let course = || name().prop_map(CourseId::new);
        prop_oneof![
            4 => (course(), name(), day(), mark).prop_map(|(course, item, day, mark)| Operation::Mark {
                course,
                item: ItemId::new(item),
                day,
                mark
            }),
            1 => (course(), place()).prop_map(|(course, place)| Operation::Place { course, place }),
            1 => (course(), name())
                .prop_map(|(course, lesson)| Operation::Read { course, lesson: LessonId::new(lesson) }),
            2 => (course(), name(), day(), prop::option::of(place()), "(?s).{0,40}").prop_map(
                |(course, note, day, place, text)| Operation::Note { course, note, day, place, text }
            ),
        ]
    }

    fn id() -> impl Strategy<Value = RecordId> {
        (any::<u64>(), any::<u64>(), any::<u32>()).prop_map(|(device, sequence, sum)| RecordId {
            device: DeviceId(device),
            sequence,
            sum,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn a_record_reads_back_as_it_was_written(
            operation in operation(),
            numbers in (any::<u64>(), any::<u64>(), any::<u64>()),
            supersedes in prop::option::of(prop::collection::vec(id(), 0..3)),
            seconds in 0_i64..4_000_000_000,
        ) {
            let (device, sequence, clock) = (DeviceId(numbers.0), numbers.1, numbers.2);
            let time = Timestamp::from_second(seconds).unwrap();
            let header = Header { device, writer: WriterId(7), sequence, clock, time, supersedes: supersedes.as_deref() };
            let (line, id) = encode(&header, &operation).unwrap();
            let line = line.strip_suffix(b"\n").unwrap();
            prop_assert!(!line.contains(&b'\n'));
            let decoded = decode(line).unwrap();
            let record = decoded.into_record().unwrap();
            prop_assert_eq!(record.id, id);
            prop_assert_eq!(record.clock, clock);
            prop_assert_eq!(&record.supersedes, &supersedes);
            prop_assert_eq!(record.written, time.to_string().get(..10).and_then(parse_date));
            prop_assert_eq!(&record.content, &Content::Operation(operation.cleaned()));
            // Read by hand or by the parser: the same record.
            prop_assert_eq!(decode_any(line, id.sum).unwrap(), record);
        }

        #[test]
        fn a_line_with_a_changed_byte_is_no_record(operation in operation(), at in any::<usize>(), with in 1_u8..) {
            let header =
                Header { device: DeviceId(1), writer: WriterId(7), sequence: 1, clock: 1, time: Timestamp::UNIX_EPOCH, supersedes: None };
            let (mut line, _) = encode(&header, &operation).unwrap();
            line.pop();
            let at = at % line.len();
            *line.get_mut(at).unwrap() ^= with;
            prop_assert_eq!(decode(&line), None);
        }

        #[test]
        fn no_bytes_are_too_odd_to_be_looked_at(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&bytes), None);
        }
    }
}
