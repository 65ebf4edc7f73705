//! The record: one line of a log.
//!
//! Owns the line format and its checksum. A line is a JSON object
//!
//! ```text
//! {"v":"1.0","dev":"9b1c…","seq":12,"clock":40,"time":"2026-11-22T21:03:11Z","do":{"op":"mark",…},"sum":"5d41402a"}
//! ```
//!
//! - `v` comes first: format version, major and minor. A minor version adds operations and
//!   fields, which older programs pass over; a major version changes what is there.
//! - `dev`, `seq`: the device that wrote it, and the how-manieth record of that device it is.
//! - `clock`: the Lamport clock, which orders what happened on several devices. The wall
//!   clock in `time` is for people and orders nothing.
//! - `over`: for a note, the records that this one takes the place of.
//! - `do`: the operation.
//! - `sum` comes last: CRC-32 of every byte of the line before the comma in front of it.
//!
//! Must not know of files or of how records add up.

use crate::course::{CourseId, ItemId, LessonId, Place};
use crate::journal::choice::Choice;
use crate::journal::erase::Erase;
use crate::journal::operation::clean_name;
use crate::journal::quick::QuickMark;
use crate::journal::{Mark, Operation};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The major version that this program writes and understands.
pub(crate) const MAJOR: u32 = 1;

/// The minor version that this program writes.
const MINOR: u32 = 0;

/// The longest line that is written or read, in bytes: room for a note of a megabyte in
/// which every byte has to be escaped. Anything longer is damage.
pub(crate) const MAX_LINE: usize = 8 << 20;

/// How every line begins.
pub(crate) const HEAD: &[u8] = b"{\"v\":\"";

/// What comes between the checked bytes and the checksum.
pub(crate) const SUM: &[u8] = b",\"sum\":\"";

/// The length of the whole trailer: [`SUM`], eight digits, `"}`.
pub(crate) const TRAILER: usize = SUM.len() + 8 + 2;

/// Names the device that wrote a record; made up once, at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DeviceId(pub(crate) u64);

impl DeviceId {
    /// The id that was written as 16 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        parse_hex(text, 16).map(Self)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// What tells a record from every other. The checksum is part of it because two copies of
/// one home folder may both count on from the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RecordId {
    /// The device that wrote it.
    pub(crate) device: DeviceId,
    /// The how-manieth of that device it is, from 1.
    pub(crate) sequence: u64,
    /// Its checksum.
    pub(crate) sum: u32,
}

impl RecordId {
    fn parse(text: &str) -> Option<Self> {
        let (device, rest) = text.split_once('-')?;
        let (sequence, sum) = rest.split_once('-')?;
        Some(Self {
            device: DeviceId::parse(device)?,
            sequence: sequence.parse().ok()?,
            sum: u32::try_from(parse_hex(sum, 8)?).ok()?,
        })
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}-{:08x}", self.device, self.sequence, self.sum)
    }
}

/// One thing that was done, and where it stands among all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// What tells it from every other.
    pub(crate) id: RecordId,
    /// Its Lamport clock.
    pub(crate) clock: u64,
    /// The day on which it was written, by UTC; `None` when that can not be read.
    pub(crate) written: Option<Date>,
    /// The records that it takes the place of.
    pub(crate) over: Vec<RecordId>,
    /// What was done.
    pub(crate) deed: Deed,
}

/// What was done, as far as this version knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Something that the reader did.
    Operation(Operation),
    /// She had something removed for good.
    Erase(Erase),
    /// Something that a later version knows; kept as it is.
    Unknown {
        /// The day that it is about, if it says so in the usual way.
        day: Option<Date>,
    },
}

/// What a line turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decoded<'a> {
    /// A record of a mark.
    Mark(QuickMark<'a>),
    /// Any record.
    Record(Box<Record>),
    /// A whole record of a major version that is not known here.
    Newer,
}

/// What is written down of a new record besides its operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header<'a> {
    /// The device that writes.
    pub(crate) device: DeviceId,
    /// The how-manieth record of the device it is.
    pub(crate) sequence: u64,
    /// The Lamport clock.
    pub(crate) clock: u64,
    /// The time by the wall clock.
    pub(crate) time: Timestamp,
    /// The records that it takes the place of.
    pub(crate) over: &'a [RecordId],
}

/// The line of a record, with its line break, and the record's id.
///
/// # Errors
/// Never for the types in this crate; [`serde_json`] does not rule it out.
pub(crate) fn encode(header: &Header<'_>, deed: &impl Serialize) -> serde_json::Result<(Vec<u8>, RecordId)> {
    use std::io::Write as _;
    let Header { device, sequence, clock, time, over } = header;
    let seconds = time.as_second();
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut line = Vec::with_capacity(256);
    // Writing to memory does not fail.
    let _ = write!(
        line,
        "{{\"v\":\"{MAJOR}.{MINOR}\",\"dev\":\"{device}\",\"seq\":{sequence},\"clock\":{clock},\"time\":\"{time}\""
    );
    if !over.is_empty() {
        let over: Vec<String> = over.iter().map(RecordId::to_string).collect();
        line.extend_from_slice(b",\"over\":");
        serde_json::to_writer(&mut line, &over)?;
    }
    line.extend_from_slice(b",\"do\":");
    serde_json::to_writer(&mut line, deed)?;
    let sum = crc32fast::hash(&line);
    let _ = writeln!(line, ",\"sum\":\"{sum:08x}\"}}");
    Ok((line, RecordId { device: *device, sequence: *sequence, sum }))
}

/// What a line says, without its line break; `None` when it is damaged.
pub(crate) fn decode(line: &[u8]) -> Option<Decoded<'_>> {
    let sum = checked(line)?;
    if let Some(mark) = QuickMark::parse(line, sum) {
        return Some(Decoded::Mark(mark));
    }
    if version(line)? > MAJOR {
        return Some(Decoded::Newer);
    }
    decode_any(line, sum).map(|record| Decoded::Record(Box::new(record)))
}

/// What a line of the known major version says; its checksum has been found right.
fn decode_any(line: &[u8], sum: u32) -> Option<Record> {
    let text = std::str::from_utf8(line).ok()?;
    // Nearly every line is one of the known operations; the others take the longer way.
    if let Ok(parsed) = serde_json::from_str::<Line<'_, Flat<'_>>>(text)
        && let Some(deed) = parsed.deed.known()
    {
        return parsed.record(sum, deed);
    }
    let parsed = serde_json::from_str::<Line<'_, &RawValue>>(text).ok()?;
    let deed = other_deed(parsed.deed.get());
    parsed.record(sum, deed)
}

/// The checksum that a line carries, if it is the right one.
fn checked(line: &[u8]) -> Option<u32> {
    let (body, trailer) = line.split_at_checked(line.len().checked_sub(TRAILER)?)?;
    let digits = trailer.strip_prefix(SUM)?.strip_suffix(b"\"}")?;
    let sum = u32::try_from(parse_hex(std::str::from_utf8(digits).ok()?, 8)?).ok()?;
    (crc32fast::hash(body) == sum).then_some(sum)
}

/// The major version that a line names.
fn version(line: &[u8]) -> Option<u32> {
    let rest = line.strip_prefix(HEAD)?;
    let dot = rest.iter().take(16).position(|byte| *byte == b'.')?;
    std::str::from_utf8(rest.get(..dot)?).ok()?.parse().ok()
}

/// Lower-case hexadecimal digits, exactly so many.
fn parse_hex(text: &str, digits: usize) -> Option<u64> {
    if text.len() != digits || digits > 16 {
        return None;
    }
    text.bytes().try_fold(0, |value, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        Some(value << 4 | u64::from(digit))
    })
}

/// A date as `2026-11-22`. The general parser takes ten times as long.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |value: i16, byte| {
            byte.is_ascii_digit().then(|| value * 10 + i16::from(byte - b'0'))
        })
    };
    let (month, day) = (i8::try_from(number(&[m1, m2])?).ok()?, i8::try_from(number(&[d1, d2])?).ok()?);
    Date::new(number(&[y1, y2, y3, y4])?, month, day).ok()
}

/// Text that is borrowed from the line unless an escape had to be undone.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Line<'a, D> {
    #[serde(borrow)]
    dev: Text<'a>,
    seq: u64,
    clock: u64,
    #[serde(borrow)]
    time: Text<'a>,
    #[serde(default)]
    over: Vec<String>,
    #[serde(rename = "do")]
    deed: D,
}

impl<D> Line<'_, D> {
    fn record(&self, sum: u32, deed: Deed) -> Option<Record> {
        Some(Record {
            id: RecordId { device: DeviceId::parse(&self.dev.0)?, sequence: self.seq, sum },
            clock: self.clock,
            written: self.time.0.get(..10).and_then(parse_date),
            over: self.over.iter().filter_map(|text| RecordId::parse(text)).collect(),
            deed,
        })
    }
}

/// All fields of all known operations side by side: serde reads this in one pass, while a
/// tagged enum is first copied into a tree.
#[derive(Deserialize)]
struct Flat<'a> {
    #[serde(borrow)]
    op: Text<'a>,
    #[serde(borrow)]
    course: Option<Text<'a>>,
    #[serde(borrow)]
    item: Option<Text<'a>>,
    #[serde(borrow)]
    lesson: Option<Text<'a>>,
    #[serde(borrow)]
    note: Option<Text<'a>>,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    #[serde(borrow)]
    day: Option<Text<'a>>,
    mark: Option<Mark>,
    place: Option<Place>,
}

impl Flat<'_> {
    /// The operation that these fields are, if they are one.
    fn known(&self) -> Option<Deed> {
        let course = || Some(CourseId::new(clean_name(&self.course.as_ref()?.0)));
        let day = || parse_date(&self.day.as_ref()?.0);
        let operation = match &*self.op.0 {
            "mark" => Operation::Mark {
                course: course()?,
                item: ItemId::new(clean_name(&self.item.as_ref()?.0)),
                day: day()?,
                mark: self.mark,
            },
            "place" => Operation::Place { course: course()?, place: self.place.clone()? }.cleaned(),
            "read" => Operation::Read {
                course: course()?,
                lesson: LessonId::new(clean_name(&self.lesson.as_ref()?.0)),
            },
            "note" => Operation::Note {
                course: course()?,
                note: self.note.as_ref()?.0.to_string(),
                day: day()?,
                place: self.place.clone(),
                text: self.text.as_ref()?.0.to_string(),
            }
            .cleaned(),
            _ => return None,
        };
        Some(Deed::Operation(operation))
    }
}

/// What is not one of the reader's operations.
fn other_deed(json: &str) -> Deed {
    #[derive(Deserialize)]
    struct Day {
        day: String,
    }
    if let Some(erase) = Erase::parse(json) {
        return Deed::Erase(erase);
    }
    // What is done rarely is read the slow way.
    if let Ok(choice) = serde_json::from_str::<Choice>(json) {
        return Deed::Operation(Operation::Choice(choice.cleaned()));
    }
    let day = serde_json::from_str::<Day>(json).ok().and_then(|found| parse_date(&found.day));
    Deed::Unknown { day }
}

impl Decoded<'_> {
    /// The record, if its version is known.
    pub(crate) fn record(&self) -> Option<Record> {
        match self {
            Self::Mark(mark) => Some(mark.into_record()),
            Self::Record(record) => Some((**record).clone()),
            Self::Newer => None,
        }
    }
}

impl Record {
    /// The day that it is about, else the day on which it was written.
    pub(crate) fn day(&self) -> Option<Date> {
        match &self.deed {
            Deed::Operation(operation) => operation.day().or(self.written),
            Deed::Unknown { day } => day.or(self.written),
            Deed::Erase(_) => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z][a-z0-9-]{0,12}", "\\PC{0,8}", ".{0,6}"]
    }

    fn day() -> impl Strategy<Value = Date> {
        (1_i16..9999, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
    }

    fn place() -> impl Strategy<Value = Place> {
        (name(), any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(lesson, block, offset, print)| Place {
            lesson: LessonId::new(lesson),
            block: block as usize,
            offset: offset as usize,
            print,
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
            over in prop::collection::vec(id(), 0..3),
            seconds in 0_i64..4_000_000_000,
        ) {
            let (device, sequence, clock) = (DeviceId(numbers.0), numbers.1, numbers.2);
            let time = Timestamp::from_second(seconds).unwrap();
            let header = Header { device, sequence, clock, time, over: &over };
            let (line, id) = encode(&header, &operation).unwrap();
            let line = line.strip_suffix(b"\n").unwrap();
            prop_assert!(!line.contains(&b'\n'));
            let decoded = decode(line).unwrap();
            let record = decoded.record().unwrap();
            prop_assert_eq!(record.id, id);
            prop_assert_eq!(record.clock, clock);
            prop_assert_eq!(&record.over, &over);
            prop_assert_eq!(record.written, time.to_string().get(..10).and_then(parse_date));
            prop_assert_eq!(&record.deed, &Deed::Operation(operation.cleaned()));
            // Read by hand or by the parser: the same record.
            prop_assert_eq!(decode_any(line, id.sum).unwrap(), record);
        }

        #[test]
        fn a_line_with_a_changed_byte_is_no_record(operation in operation(), at in any::<usize>(), with in 1_u8..) {
            let header =
                Header { device: DeviceId(1), sequence: 1, clock: 1, time: Timestamp::UNIX_EPOCH, over: &[] };
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

    #[test]
    fn dates_that_do_not_exist_are_no_dates() {
        assert!(parse_date("2024-02-29").is_some());
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "+026-01-01", "2026-01-01 ", ""] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
