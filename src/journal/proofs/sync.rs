//! Devices that exchange their files as sync tools do, and exports: no words are lost or shown twice,
//! none that were erased are left, and all come to one ledger.
//!
//! `SIDELIGHT_SYNC=10000 cargo test --lib sync` runs that many sessions.

use super::removal::is_anywhere;
use super::simulated::Simulated;
use super::{Dice, content, course, folder, mark_of, note, on, plan, put, today};
use crate::course::ItemId;
use crate::journal::disk::Disk;
use crate::journal::id::RecordId;
use crate::journal::names::LOG;
use crate::journal::record::decode;
use crate::journal::{Choice, Chosen, Days, EraseScope, Journal, Ledger, Mark, Opened, Operation};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;

/// How many sessions there are unless the environment asks for more.
const SESSIONS: u64 = 300;

/// One computer: its disk, and the windows that are open on it.
struct Computer {
    disk: Simulated,
    /// Clones of one disk have one number.
    machine: u64,
    windows: Vec<Opened>,
}

/// What has been done in one session.
#[derive(Debug, Default, Clone)]
struct Figures {
    operations: u64,
    notes: u64,
    plans: u64,
    erases: u64,
    copies: u64,
    taken_back: u64,
    imports: u64,
    twice: u64,
    lost: u64,
    left: u64,
    /// Where erased words are left, and what stands around them.
    left_in: Vec<String>,
    diverged: u64,
}

/// A session: its computers, and what became of each text.
struct SyncSession {
    dice: Dice,
    computers: Vec<Computer>,
    texts: Vec<String>,
    /// Texts that somebody who saw them wrote over or emptied.
    replaced: BTreeSet<String>,
    /// Texts that were on the disk of somebody who erased, in all records that say them.
    erased: BTreeSet<String>,
    /// Texts of which an import has made a copy that an erase may not have seen: such a text may be
    /// left, and need not be.
    spared: BTreeSet<String>,
    figures: Figures,
}

impl Computer {
    fn new(disk: Simulated, machine: u64) -> Self {
        let mut computer = Self { disk, machine, windows: Vec::new() };
        computer.open_window();
        computer
    }

    fn open_window(&mut self) {
        let opened = Journal::open_in(&folder(), on(&self.disk.shared(), self.machine)).unwrap();
        self.windows.push(opened);
    }

    fn own_log(&self) -> Option<PathBuf> {
        let home = self.windows.first()?.journal.home.as_ref()?;
        let log = home.own_log(home.device?);
        self.disk.metadata(&log).is_ok().then_some(log)
    }

    fn logs(&self) -> Vec<(String, Vec<u8>)> {
        let logs = folder().join("log");
        let mut names = self.disk.list(&logs).unwrap();
        names.retain(|name| name.ends_with(LOG));
        names.into_iter().map(|name| (name.clone(), content(&self.disk, &logs.join(name)))).collect()
    }

    fn refresh(&mut self) {
        for Opened { journal, ledger, .. } in &mut self.windows {
            journal.refresh(ledger).unwrap();
        }
    }
}

impl SyncSession {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let count = 3 + dice.roll(3);
        let computers = (0..count).map(|machine| Computer::new(Simulated::new(), machine)).collect();
        Self {
            dice,
            computers,
            texts: Vec::new(),
            replaced: BTreeSet::new(),
            erased: BTreeSet::new(),
            spared: BTreeSet::new(),
            figures: Figures::default(),
        }
    }

    fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.roll(sides as u64)).unwrap()
    }

    fn step(&mut self) {
        self.figures.operations += 1;
        let at = self.roll(self.computers.len());
        match self.roll(29) {
            0..=5 => self.write_note(at),
            6 => self.empty_note(at),
            7..=10 => self.mark(at),
            11..=17 => self.copy(at),
            18 => self.take_back(at),
            19 => self.computers[at].refresh(),
            20 | 21 => self.reopen(at),
            22 => self.clone_disk(at),
            23 | 24 => self.write_plan(at),
            25 => self.empty_plan(at),
            26 | 27 => self.import(at),
            _ => self.erase(at),
        }
    }

    fn window(&mut self, at: usize) -> usize {
        let count = self.computers[at].windows.len();
        self.roll(count)
    }

    fn write_note(&mut self, at: usize) {
        let window = self.window(at);
        let (choice, new) = (self.roll(4), self.roll(3));
        let text = format!("words-{}-end", self.texts.len());
        let Opened { journal, ledger, .. } = &mut self.computers[at].windows[window];
        let shown = ledger.notes(&course());
        let name = shown.get(choice).map_or_else(|| format!("note-{new}"), |note| note.note.clone());
        let before = ledger.note(&course(), &name).map(|note| note.text);
        journal.append(ledger, vec![note(&name, &text)]).unwrap();
        self.replaced.extend(before);
        self.texts.push(text);
        self.figures.notes += 1;
    }

    fn empty_note(&mut self, at: usize) {
        let window = self.window(at);
        let choice = self.roll(4);
        let Opened { journal, ledger, .. } = &mut self.computers[at].windows[window];
        let Some(shown) = ledger.notes(&course()).into_iter().nth(choice) else { return };
        journal.append(ledger, vec![note(&shown.note, "")]).unwrap();
        self.replaced.insert(shown.text);
    }

    fn write_plan(&mut self, at: usize) {
        let text = format!("words-{}-end", self.texts.len());
        self.choose_plan(at, &text);
        self.texts.push(text);
        self.figures.plans += 1;
    }

    fn empty_plan(&mut self, at: usize) {
        self.choose_plan(at, "");
    }

    fn choose_plan(&mut self, at: usize, text: &str) {
        let window = self.window(at);
        let item = format!("item-{}", self.roll(2));
        let Opened { journal, ledger, .. } = &mut self.computers[at].windows[window];
        let before = ledger.if_then(&course(), &ItemId::new(&item)).map(|plan| plan.cue.clone());
        journal.append(ledger, vec![plan(&item, text)]).unwrap();
        self.replaced.extend(before);
    }

    fn mark(&mut self, at: usize) {
        let window = self.window(at);
        let (item, mark) = (self.roll(4), self.roll(3));
        let mark = [None, Some(Mark::Kept), Some(Mark::Slipped)][mark];
        let Opened { journal, ledger, .. } = &mut self.computers[at].windows[window];
        journal.append(ledger, vec![mark_of(&format!("item-{item}"), mark)]).unwrap();
    }

    fn reopen(&mut self, at: usize) {
        let more = self.roll(2) == 0;
        let computer = &mut self.computers[at];
        // What a window had written is there when it is closed.
        computer.refresh();
        if !more || computer.windows.len() > 1 {
            computer.windows.clear();
        }
        computer.open_window();
    }

    /// One more computer with a copy of this one's disk, byte for byte.
    fn clone_disk(&mut self, at: usize) {
        if self.computers.len() < 5 && self.roll(3) == 0 {
            let disk = self.computers[at].disk.after_the_worst();
            let machine = self.computers[at].machine;
            self.computers.push(Computer::new(disk, machine));
        }
    }

    /// A log of another computer arrives, or a part of it, as a tool brings it.
    fn copy(&mut self, to: usize) {
        let from = self.roll(self.computers.len());
        let logs = self.computers[from].logs();
        if from == to || logs.is_empty() {
            return;
        }
        self.figures.copies += 1;
        let (name, mut bytes) = logs[self.roll(logs.len())].clone();
        if self.roll(3) == 0 {
            // Caught in the middle of being written.
            let end = self.roll(bytes.len() + 1);
            bytes.truncate(end);
        }
        let is_conflict = self.roll(4) == 0;
        let number = self.roll(3);
        let computer = &mut self.computers[to];
        let target = folder().join("log").join(&name);
        let there =
            computer.disk.metadata(&target).map(|_| content(&computer.disk, &target)).unwrap_or_default();
        if bytes.starts_with(&there) && !is_conflict {
            put(&computer.disk, &target, &bytes);
        } else if !there.starts_with(&bytes) || is_conflict {
            let stem = name.trim_end_matches(".jsonl");
            let target = folder().join(format!("log/{stem}.sync-conflict-{from}-{number}.jsonl"));
            put(&computer.disk, &target, &bytes);
        }
    }

    /// A tool puts an older state of the own log in its place while windows are open, or nothing, or
    /// another log.
    fn take_back(&mut self, at: usize) {
        let how = self.roll(4);
        let other = self.roll(self.computers.len());
        let others = self.computers[other].own_log().map(|log| content(&self.computers[other].disk, &log));
        let Some(log) = self.computers[at].own_log() else { return };
        let bytes = content(&self.computers[at].disk, &log);
        let older = bytes[..self.roll(bytes.len() + 1)].to_vec();
        self.figures.taken_back += 1;
        let computer = &mut self.computers[at];
        // What another program wrote to the log meanwhile has been read by no window.
        computer.refresh();
        match how {
            0 => computer.disk.remove(&log).unwrap(),
            1 => put(&computer.disk, &log, &older),
            2 => put(&computer.disk, &log, &others.unwrap_or_default()),
            _ => {
                // What was erased is found here by lines.
                put(&computer.disk, &log, &[older, b"\n".to_vec(), others.unwrap_or_default()].concat());
            }
        }
        computer.refresh();
    }

    /// What another computer shows is exported there and imported here: the notes and the plans.
    fn import(&mut self, to: usize) {
        let (from, window) = (self.roll(self.computers.len()), self.window(to));
        let there = self.window(from);
        let file = self.computers[from].windows[there].ledger.current_operations(&course(), &Days::default());
        let Opened { journal, ledger, .. } = &mut self.computers[to].windows[window];
        let new = ledger.incoming_with_words(file, today()).new;
        let texts = new.iter().filter_map(|operation| match operation {
            Operation::Note { text, .. } => Some(text.clone()),
            Operation::Choice(Choice { chosen: Chosen::IfThen { plan, .. }, .. }) => Some(plan.cue.clone()),
            _ => None,
        });
        let copied: Vec<String> = texts.collect();
        journal.append(ledger, new).unwrap();
        self.spared.extend(copied.iter().filter(|text| self.erased.remove(*text)).cloned());
        self.figures.imports += 1;
    }

    fn erase(&mut self, at: usize) {
        if self.roll(3) > 0 {
            return;
        }
        let window = self.window(at);
        let what = if self.roll(2) == 0 { EraseScope::Words } else { EraseScope::All };
        let computer = &self.computers[at];
        // What came here in part alone was seen by nobody.
        let is_whole = |line: &String| decode(line.split_once(": ").unwrap().1.as_bytes()).is_some();
        let here = |text: &&String| places(&computer.disk, text).iter().any(is_whole);
        let seen: BTreeSet<String> = self.texts.iter().filter(here).cloned().collect();
        let records = |computer: &Computer, text: &String| -> BTreeSet<RecordId> {
            let lines = places(&computer.disk, text);
            let records = lines.iter().filter_map(|line| decode(line.split_once(": ")?.1.as_bytes()));
            records.filter_map(|decoded| Some(decoded.record()?.id)).collect()
        };
        let has_copy = |text: &&String| {
            let here = records(&self.computers[at], text);
            self.computers.iter().any(|other| !records(other, text).is_subset(&here))
        };
        self.spared.extend(seen.iter().filter(has_copy).cloned());
        let computer = &mut self.computers[at];
        let Opened { journal, ledger, .. } = &mut computer.windows[window];
        journal.erase(ledger, what).unwrap();
        self.erased.extend(seen.into_iter().filter(|text| !self.spared.contains(text)));
        self.figures.erases += 1;
    }

    /// Everything reaches everybody, and what came of it.
    fn end(mut self) -> Figures {
        let all: Vec<Vec<(String, Vec<u8>)>> = self.computers.iter().map(Computer::logs).collect();
        for (to, computer) in self.computers.iter_mut().enumerate() {
            for (from, logs) in all.iter().enumerate().filter(|(from, _)| *from != to) {
                let bytes: Vec<u8> =
                    logs.iter().flat_map(|(_, bytes)| [bytes, &b"\n"[..]].concat()).collect();
                put(&computer.disk, &folder().join(format!("log/all-of-{from}.jsonl")), &bytes);
            }
            computer.refresh();
        }
        let first = self.computers[0].windows[0].ledger.clone();
        let all_shown = shown(&first);
        let shown: BTreeSet<String> = all_shown.iter().cloned().collect();
        self.figures.twice = (all_shown.len() - shown.len()) as u64;
        let sets = [&self.replaced, &self.erased, &self.spared];
        let stands = |text: &&String| !sets.iter().any(|set| set.contains(*text));
        self.figures.lost =
            self.texts.iter().filter(stands).filter(|text| !shown.contains(*text)).count() as u64;
        for computer in &self.computers {
            let is_left = |text: &&String| is_anywhere(&computer.disk, text);
            let left: Vec<&String> = self.erased.iter().filter(is_left).collect();
            self.figures.left += left.len() as u64;
            self.figures.left_in.extend(left.iter().flat_map(|text| places(&computer.disk, text)));
            let opened = Journal::open_in(&folder(), on(&computer.disk.shared(), computer.machine)).unwrap();
            let others = computer.windows.iter().map(|window| &window.ledger);
            self.figures.diverged +=
                others.chain([&opened.ledger]).filter(|ledger| **ledger != first).count() as u64;
        }
        self.figures
    }
}

/// Every text that a reader sees, as often as she sees it.
fn shown(ledger: &Ledger) -> Vec<String> {
    let plans = (0..2).filter_map(|item| ledger.if_then(&course(), &ItemId::new(format!("item-{item}"))));
    let plans = plans.map(|plan| plan.cue.clone());
    ledger.notes(&course()).into_iter().map(|note| note.text).chain(plans).collect()
}

/// The files in which a text stands, and the lines that it stands in.
fn places(disk: &Simulated, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["log", "backup", "quarantine", "cache"] {
        let folder = folder().join(name);
        for name in disk.list(&folder).unwrap_or_default() {
            let bytes = content(disk, &folder.join(&name));
            let lines = bytes.split(|byte| *byte == b'\n').map(String::from_utf8_lossy);
            found.extend(lines.filter(|line| line.contains(text)).map(|line| format!("{name}: {line}")));
        }
    }
    found
}

#[test]
fn whatever_sync_tools_do_no_words_are_lost_or_left_and_all_come_to_one_ledger() {
    let asked = std::env::var("SIDELIGHT_SYNC").ok().and_then(|count| count.parse().ok());
    let only: Option<u64> = std::env::var("SIDELIGHT_SYNC_SEED").ok().and_then(|seed| seed.parse().ok());
    let mut sum = Figures::default();
    let seeds = only.map_or(0..asked.unwrap_or(SESSIONS), |seed| seed..seed + 1);
    for seed in seeds {
        let mut session = SyncSession::new(seed);
        for _ in 0..40 {
            session.step();
        }
        let figures = session.end();
        assert_eq!(
            (figures.lost, figures.left, figures.diverged, figures.twice),
            (0, 0, 0, 0),
            "session {seed}: lost, left, diverged, twice; {figures:?}"
        );
        sum.operations += figures.operations;
        sum.notes += figures.notes;
        sum.plans += figures.plans;
        sum.erases += figures.erases;
        sum.copies += figures.copies;
        sum.taken_back += figures.taken_back;
        sum.imports += figures.imports;
    }
    if let Some(count) = asked {
        writeln!(std::io::stdout(), "{count} sessions: {sum:?}").unwrap();
    }
    assert!(only.is_some() || (sum.erases > 0 && sum.taken_back > 0 && sum.copies > 0 && sum.imports > 0));
}
