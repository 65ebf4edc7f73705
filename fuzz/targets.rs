//! What is fuzzed: each function takes any bytes, and panics when a promise is broken.
//!
//! `fuzz/fuzz_targets` runs them under cargo-fuzz, `tests/fuzz.rs` for a few seconds with each
//! `cargo test`. Owns the promises. Must not make inputs.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a broken promise is a panic"
)]

use crossterm::event::{Event, KeyCode};
use jiff::civil::date;
use sidelight::cli;
use sidelight::course::{Course, CourseError, CourseId, ItemId, MANIFEST, check};
use sidelight::journal::{Journal, Mark, Opened, Operation, exchange};
use sidelight::page::{Page, PageRow, SegmentContent, Wide};
use sidelight::reader::Key;
use sidelight::search::Query;
use sidelight::terminal::decode::{Decoder, Input};
use sidelight::text::{Document, Flavour, columns, markdown};

/// No text to be read is longer than this, in bytes; a longer one only makes fuzzing slow.
const LONGEST: usize = 64 << 10;

/// Panics if a text could drive a terminal.
fn is_clean(text: &str) {
    let control = text.chars().find(|character| character.is_control() && *character != '\n');
    assert_eq!(control, None, "a control character in {text:?}");
}

/// Markdown and its layout: the first byte is the width, the rest the text. Every block is
/// clean and is laid out whole and in order, no line is wider than the page, and the rows are
/// the same upwards as downwards.
pub(crate) fn markdown(data: &[u8]) {
    let Some((first, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(&text[..text.len().min(LONGEST)]);
    for flavour in [Flavour::GitHub, Flavour::Course] {
        is_laid_out(&markdown::parse_as(&text, &flavour), u16::from(*first));
    }
}

fn is_laid_out(document: &Document, width: u16) {
    for wide in [Wide::Broken, Wide::Whole] {
        let page = Page::with(document, width, wide);
        let mut rows = Vec::new();
        for (row, line) in page.rows(document, PageRow::default(), usize::MAX) {
            let block = document.block(row.block).unwrap();
            let mut column = 0;
            for segment in &line.segments {
                let shown = match &segment.content {
                    SegmentContent::Text(range) => &block.text[range.clone()],
                    SegmentContent::Ornament(text) => text,
                };
                is_clean(shown);
                assert!(segment.column >= column, "segments overlap in {shown:?}");
                assert_eq!(usize::from(segment.width), columns::width(shown));
                column = segment.column + segment.width;
                assert!(
                    column <= line.room(page.width()) || line.scrolls_from.is_some(),
                    "{shown:?} is wider than the page"
                );
            }
            rows.push(row);
        }
        for pair in rows.windows(2) {
            assert_eq!(page.down(document, pair[0], 1), pair[1]);
            assert_eq!(page.up(document, pair[1], 1), pair[0]);
        }
    }
}

/// The manifest of a course. It opens, or says by clean faults why not; what `check` finds no
/// error in opens.
pub(crate) fn manifest(data: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(MANIFEST), data).unwrap();
    std::fs::create_dir(folder.path().join("lessons")).unwrap();
    for lesson in ["one", "two"] {
        let text = format!("# {lesson}\n\nWords.\n\n## Section\n\nMore.\n");
        std::fs::write(folder.path().join("lessons").join(lesson).with_extension("md"), text).unwrap();
    }
    match Course::open(folder.path()) {
        Ok(course) => {
            is_clean(&course.title);
            course.items.iter().for_each(|item| is_clean(&item.text));
            course.lessons.iter().for_each(|lesson| is_clean(lesson.title()));
        }
        Err(CourseError::Faulty(faults)) => assert!(!faults.is_empty(), "refused without a fault"),
        Err(error) => is_clean(&error.to_string()),
    }
    let faults = check(folder.path());
    for fault in &faults {
        is_clean(&fault.to_string());
    }
    if !faults.iter().any(sidelight::course::Fault::is_error) {
        assert!(Course::open(folder.path()).is_ok(), "no error was found, and it does not open");
    }
}

/// A log of another device, and an export. Whatever they hold, the journal opens, says what it
/// set aside in clean words, keeps a new mark, and has all of it when it is opened again.
///
/// Where the first byte is even, the checksums of lines that have one are made right, so that
/// what is behind them is reached.
pub(crate) fn journal(data: &[u8]) {
    let Some((first, log)) = data.split_first() else { return };
    let log = if first % 2 == 0 { with_right_sums(log) } else { log.to_vec() };
    if let Ok(operations) = exchange::read(&log, date(2026, 11, 22)) {
        let written = exchange::write(&operations, date(2026, 11, 22)).unwrap();
        assert_eq!(exchange::read(written.as_bytes(), date(2026, 11, 22)).unwrap(), operations);
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("journal");
    std::fs::create_dir_all(folder.join("log")).unwrap();
    std::fs::write(folder.join("log").join("00000000000000aa.jsonl"), &log).unwrap();
    let Opened { mut journal, mut ledger, notices } = Journal::open(&folder).unwrap();
    for notice in &notices {
        is_clean(notice);
    }
    let (course, item) = (CourseId::new("fuzzed"), ItemId::new("item"));
    let day = date(2026, 11, 22);
    let mark = Operation::Mark { course: course.clone(), item: item.clone(), day, mark: Some(Mark::Kept) };
    // A log that a newer version wrote may only be read.
    if journal.append(&mut ledger, vec![mark]).is_ok() {
        assert_eq!(ledger.mark(&course, &item, day), Some(Mark::Kept));
    }
    drop(journal);
    let expected = marks(&ledger);
    assert_eq!(marks(&Journal::open(&folder).unwrap().ledger), expected, "what was there is not there again");
}

/// All marks of a ledger, in order.
fn marks(ledger: &sidelight::journal::Ledger) -> Vec<String> {
    let mut marks: Vec<String> = ledger
        .courses()
        .flat_map(|course| ledger.items(course).map(move |item| (course, item)))
        .flat_map(|(course, item)| {
            ledger.marks(course, item).map(move |(day, mark)| format!("{course:?} {item:?} {day} {mark:?}"))
        })
        .collect();
    marks.sort();
    marks
}

/// Lines that end in a checksum, with the right one.
fn with_right_sums(log: &[u8]) -> Vec<u8> {
    const SUM: &[u8] = b",\"sum\":\"";
    let mut right = Vec::new();
    for line in log.split_inclusive(|byte| *byte == b'\n') {
        match line.windows(SUM.len()).rposition(|window| window == SUM) {
            Some(at) => {
                right.extend_from_slice(&line[..at]);
                right.extend_from_slice(SUM);
                right.extend_from_slice(format!("{:08x}\"}}\n", crc32fast::hash(&line[..at])).as_bytes());
            }
            None => right.extend_from_slice(line),
        }
    }
    right
}

/// A query, and after a line break the text that is searched. What is found lies in the text,
/// in order and apart, and is never empty.
pub(crate) fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (query, text) = text.split_once('\n').unwrap_or((&text, &text));
    let query = Query::parse(query);
    is_clean(query.text());
    if let Some(fault) = query.fault() {
        is_clean(fault);
    }
    let mut end = 0;
    for found in query.matches_in(text) {
        assert!(found.start >= end && found.start < found.end, "{found:?} after {end}");
        assert!(text.get(found.clone()).is_some(), "{found:?} cuts a character");
        end = found.end;
    }
    assert_eq!(Query::parse(query.text()), query, "a query that is read again is another one");
}

/// A configuration file. Whatever is in it, its faults are told in clean lines.
pub(crate) fn config(data: &[u8]) {
    for fault in cli::faults_in(&String::from_utf8_lossy(data)) {
        is_clean(&fault);
        assert!(!fault.contains('\n'), "a fault of several lines: {fault:?}");
    }
}

/// What a terminal sends: the first byte is the size of the pieces that it arrives in. No key
/// is a control character, and after a silence every key works.
pub(crate) fn decoder(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let mut decoder = Decoder::default();
    let mut inputs = Vec::new();
    for piece in bytes.chunks(usize::from(*first).max(1)) {
        inputs.extend(decoder.take_in(piece));
    }
    inputs.extend(decoder.give_up());
    assert_eq!(decoder.patience(), None, "something is waited for after a silence");
    for input in &inputs {
        if let Input::Event(Event::Key(key)) = input
            && let KeyCode::Char(character) = key.code
        {
            assert!(!character.is_control(), "{character:?} is a key");
        }
    }
    let [Input::Event(Event::Key(key))] = decoder.take_in(b"\x03")[..] else { panic!("Ctrl-c is no key") };
    assert_eq!(Key::from_event(&key).unwrap().to_string(), "Ctrl-c");
}
