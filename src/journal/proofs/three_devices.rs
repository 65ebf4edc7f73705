//! Three devices come to one Ledger, whatever the order, however often.

use super::simulated::Simulated;
use super::{Dice, content, course, folder, kept, mark_of, marked, note, on, open, put, texts};
use crate::course::{LessonId, Place};
use crate::journal::disk::Disk;
use crate::journal::id::{DeviceId, RecordId, WriterId};
use crate::journal::record::{Content, Decoded, Header, Record, decode, encode};
use crate::journal::replay::Replay;
use crate::journal::{Journal, Ledger, Mark, Opened, Operation};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What one device does next.
#[derive(Debug, Clone)]
enum Step {
    Mark(u8, Option<Mark>),
    Note(u8),
    Place(u8),
    /// Takes in all that another has written.
    Hear(usize),
    /// Writes with a clock that has nothing to do with what it knows.
    Absurd(u64),
}

fn step() -> impl Strategy<Value = (usize, Step)> {
    let mark = prop_oneof![
        Just(None),
        Just(Some(Mark::Kept)),
        Just(Some(Mark::Slipped)),
        Just(Some(Mark::DidNotArise))
    ];
    let absurd = prop_oneof![
        Just(u64::MAX),
        Just(u64::MAX - 1),
        // Clocks set to 2099, in seconds, milliseconds and nanoseconds.
        Just(4_070_908_800),
        Just(4_070_908_800_000),
        Just(4_070_908_800_000_000_000),
        any::<u64>(),
        0..1_u64 << 22
    ];
    let step = prop_oneof![
        4 => (0..4_u8, mark).prop_map(|(item, mark)| Step::Mark(item, mark)),
        3 => (0..3_u8).prop_map(Step::Note),
        1 => (0..2_u8).prop_map(Step::Place),
        2 => (0..3_usize).prop_map(Step::Hear),
        1 => absurd.prop_map(Step::Absurd),
    ];
    (0..3_usize, step)
}

/// A device: what it knows, and the lines that it has written.
#[derive(Default)]
struct Device {
    replay: Replay,
    ledger: Ledger,
    written: Vec<Vec<u8>>,
    heard: [usize; 3],
}

fn record_of(line: &[u8]) -> Record {
    let line = line.strip_suffix(b"\n").unwrap();
    decode(line).and_then(Decoded::into_record).expect("a whole record")
}

impl Device {
    fn write(&mut self, index: usize, clock: Option<u64>, operation: &Operation) {
        let device = DeviceId(index as u64 + 1);
        let supersedes = self.ledger.superseded(operation);
        let header = Header {
            device,
            writer: WriterId(7),
            sequence: self.written.len() as u64 + 1,
            clock: clock.unwrap_or(self.replay.horizon + 1),
            time: jiff::Timestamp::UNIX_EPOCH,
            supersedes: supersedes.as_deref(),
        };
        let (line, _) = encode(&header, operation).unwrap();
        self.replay.insert(&mut self.ledger, record_of(&line));
        self.written.push(line);
    }

    fn hear(&mut self, lines: &[Vec<u8>], from: usize) {
        for line in &lines[self.heard[from]..] {
            self.replay.insert(&mut self.ledger, record_of(line));
        }
        self.heard[from] = lines.len();
    }
}

/// Lets three devices live; gives everything that they wrote.
fn lives(steps: &[(usize, Step)]) -> Vec<Vec<u8>> {
    let mut devices = [Device::default(), Device::default(), Device::default()];
    for (count, (index, step)) in steps.iter().enumerate() {
        let lines = if let Step::Hear(other) = step { devices[*other].written.clone() } else { Vec::new() };
        let device = &mut devices[*index];
        match step {
            Step::Mark(item, mark) => device.write(*index, None, &mark_of(&format!("item-{item}"), *mark)),
            Step::Note(name) => {
                // A note that is shown under another name is changed under that name.
                let notes = device.ledger.notes(&course());
                let shown = notes.get(usize::from(*name)).map(|note| note.note.clone());
                let name = shown.unwrap_or_else(|| format!("note-{name}"));
                device.write(*index, None, &note(&name, &format!("text {count}")));
            }
            Step::Place(lesson) => {
                let lesson = LessonId::new(format!("lesson-{lesson}"));
                let place = Place { lesson, block: count, offset: 0, fingerprint: 0 };
                device.write(*index, None, &Operation::Place { course: course(), place });
            }
            Step::Hear(other) if other != index => device.hear(&lines, *other),
            Step::Hear(_) => {}
            Step::Absurd(clock) => {
                device.write(*index, Some(*clock), &mark_of("item-0", Some(Mark::Slipped)));
            }
        }
    }
    devices.into_iter().flat_map(|device| device.written).collect()
}

fn replay_lines<'a>(lines: impl Iterator<Item = &'a Vec<u8>>) -> (Replay, Ledger) {
    let (mut replay, mut ledger) = (Replay::default(), Ledger::default());
    for line in lines {
        replay.insert(&mut ledger, record_of(line));
    }
    (replay, ledger)
}

/// The texts of all notes that no other note was written over.
fn texts_to_keep(lines: &[Vec<u8>]) -> BTreeSet<String> {
    let records: Vec<Record> = lines.iter().map(|line| record_of(line)).collect();
    let supersedes: BTreeSet<RecordId> =
        records.iter().flat_map(|record| record.supersedes.clone().unwrap_or_default()).collect();
    let standing = records.into_iter().filter(|record| !supersedes.contains(&record.id));
    standing
        .filter_map(|record| match record.content {
            Content::Operation(Operation::Note { text, .. }) => Some(text),
            _ => None,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn three_devices_come_to_one_ledger(
        steps in prop::collection::vec(step(), 1..24),
        seed in any::<u64>(),
    ) {
        let lines = lives(&steps);
        let (replay, ledger) = replay_lines(lines.iter());

        let mut shuffled: Vec<&Vec<u8>> = lines.iter().chain(lines.iter().step_by(2)).collect();
        let mut dice = Dice::new(seed);
        for index in (1..shuffled.len()).rev() {
            let other = usize::try_from(dice.roll(index as u64 + 1)).unwrap();
            shuffled.swap(index, other);
        }
        let (other_replay, other_ledger) = replay_lines(shuffled.into_iter());
        prop_assert_eq!(&other_ledger, &ledger, "the order shows");
        prop_assert_eq!(other_replay.horizon, replay.horizon);

        // No note that nothing was written over is lost, and no other one comes back.
        let shown: BTreeSet<String> = texts(&ledger).into_iter().collect();
        prop_assert_eq!(shown, texts_to_keep(&lines));

        // Whoever marks now, knowing all this, has the last word, whatever clocks there were.
        let mut device = Device { replay, ledger, ..Device::default() };
        for mark in [Some(Mark::Kept), None, Some(Mark::DidNotArise)] {
            device.write(0, None, &mark_of("item-0", mark));
            prop_assert_eq!(marked(&device.ledger, "item-0"), mark);
            let everything = lines.iter().chain(&device.written).rev();
            prop_assert_eq!(marked(&replay_lines(everything).1, "item-0"), mark);
        }
    }
}

#[test]
fn two_notes_for_one_day_both_stay_and_so_do_two_versions_of_one() {
    let mut one = Device::default();
    let mut other = Device::default();
    one.write(0, None, &note("evening", "mine"));
    other.write(1, None, &note("night", "hers"));
    other.hear(&one.written.clone(), 0);
    one.hear(&other.written.clone(), 1);
    one.write(0, None, &note("evening", "mine, changed here"));
    other.write(1, None, &note("evening", "mine, changed there"));
    one.hear(&other.written.clone(), 1);
    other.hear(&one.written.clone(), 0);
    assert_eq!(one.ledger, other.ledger);
    let mut all = texts(&one.ledger);
    all.sort();
    assert_eq!(all, ["hers", "mine, changed here", "mine, changed there"]);

    // Changing one of the two versions leaves the other.
    let names: Vec<_> = one.ledger.notes(&course()).into_iter().map(|note| note.note).collect();
    let apart = names.iter().find(|name| name.contains('~')).expect("an older version has a name of its own");
    one.write(0, None, &note(apart, "both in one"));
    one.write(0, None, &note("evening", ""));
    other.hear(&one.written.clone(), 0);
    assert_eq!(one.ledger, other.ledger);
    assert_eq!(texts(&one.ledger), ["both in one", "hers"]);
}

/// Three computers, each with its own disk, and a tool that copies logs between them.
#[test]
fn logs_that_are_copied_about_lead_to_one_ledger() {
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let disks: Vec<Simulated> = (0..3).map(|_| Simulated::new()).collect();
        let mut opened: Vec<Opened> = disks
            .iter()
            .enumerate()
            .map(|(machine, disk)| Journal::open_in(&folder(), on(&disk.shared(), machine as u64)).unwrap())
            .collect();
        for step in 0..25 {
            let index = usize::try_from(dice.roll(3)).unwrap();
            let other = usize::try_from(dice.roll(3)).unwrap();
            let Opened { journal, ledger, .. } = &mut opened[index];
            match dice.roll(5) {
                0 => copy_logs(&disks[other], &disks[index], dice.roll(3) == 0),
                1 => drop(journal.refresh(ledger).unwrap()),
                2 => journal
                    .append(ledger, vec![note(&format!("note-{step}"), &format!("text-{step}"))])
                    .unwrap(),
                _ => {
                    let mark =
                        [None, Some(Mark::Kept), Some(Mark::Slipped)][usize::try_from(dice.roll(3)).unwrap()];
                    journal.append(ledger, vec![mark_of(&format!("item-{}", dice.roll(3)), mark)]).unwrap();
                }
            }
        }
        for _ in 0..2 {
            for (from, to) in [(0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)] {
                copy_logs(&disks[from], &disks[to], false);
            }
        }
        for Opened { journal, ledger, .. } in &mut opened {
            journal.refresh(ledger).unwrap();
        }
        assert_eq!(opened[0].ledger, opened[1].ledger, "session {seed}");
        assert_eq!(opened[1].ledger, opened[2].ledger, "session {seed}");
        assert_eq!(open(&disks[0].shared()).ledger, opened[2].ledger, "session {seed}");
    }
}

/// What a sync tool does; sometimes it leaves a conflict copy beside the log.
fn copy_logs(from: &Simulated, to: &Simulated, conflict: bool) {
    let logs = folder().join("log");
    for name in from.list(&logs).unwrap() {
        let source = logs.join(&name);
        let bytes = content(from, &source);
        let target: PathBuf = if conflict {
            logs.join(name.replace(".jsonl", ".sync-conflict-20261122.jsonl"))
        } else {
            source
        };
        // A tool that keeps the longer of two files loses nothing here.
        let shorter = to.metadata(&target).map_or(true, |metadata| metadata.length < bytes.len() as u64);
        if shorter {
            put(to, &target, &bytes);
        }
    }
}

#[test]
fn a_copied_home_gets_a_new_device_id_and_the_same_one_keeps_its_own() {
    let disk = Simulated::new();
    let mut first = open(&disk.shared());
    first.journal.append(&mut first.ledger, vec![kept("one")]).unwrap();
    let logs = || disk.list(&folder().join("log")).unwrap().len();
    let mut again = open(&disk.shared());
    again.journal.append(&mut again.ledger, vec![kept("two")]).unwrap();
    assert_eq!(logs(), 1, "the same home keeps its id");

    // On another computer.
    let mut elsewhere = Journal::open_in(&folder(), on(&disk.shared(), 2)).unwrap();
    elsewhere.journal.append(&mut elsewhere.ledger, vec![kept("three")]).unwrap();
    assert_eq!(logs(), 2);

    // A copy on the same computer: every file is younger than its original.
    let devices = folder().join("device");
    for name in disk.list(&devices).unwrap() {
        let bytes = content(&disk, &devices.join(&name));
        put(&disk, &devices.join(&name), &bytes);
    }
    let mut copy = open(&disk.shared());
    copy.journal.append(&mut copy.ledger, vec![kept("four")]).unwrap();
    assert_eq!(logs(), 3);
    assert!(["one", "two", "three", "four"].iter().all(|item| marked(&copy.ledger, item).is_some()));
}

#[test]
fn a_sequence_number_that_no_device_comes_to_changes_no_other() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    opened.journal.append(&mut opened.ledger, vec![kept("one")]).unwrap();
    let path = super::log_path(&disk);
    let device = DeviceId::parse(path.file_stem().unwrap().to_str().unwrap()).unwrap();
    let time = jiff::Timestamp::UNIX_EPOCH;
    let mut bytes = content(&disk, &path);
    for sequence in [u64::MAX, 1 << 60] {
        let header = Header { device, writer: WriterId(7), sequence, clock: 2, time, supersedes: None };
        bytes.extend(encode(&header, &note(&format!("odd-{sequence}"), "odd words")).unwrap().0);
    }
    put(&disk, &path, &bytes);
    let mut opened = open(&disk.shared());
    let Opened { journal, ledger, .. } = &mut opened;
    assert_eq!(texts(ledger), ["odd words", "odd words"]);
    journal.append(ledger, vec![kept("two"), note("evening", "to be erased")]).unwrap();
    journal.erase(ledger, crate::journal::EraseScope::Notes).unwrap();
    assert_eq!(texts(ledger), Vec::<String>::new());
    journal.append(ledger, vec![note("night", "later words")]).unwrap();
    let again = open(&disk.after_the_worst().shared());
    assert_eq!(texts(&again.ledger), ["later words"]);
    assert!(marked(&again.ledger, "two").is_some());
}
