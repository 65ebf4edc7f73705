//! The built program in a pseudo-terminal of 120 by 40, against `less` on the same file and
//! `rg` on the same folder, in one run: what the reader waits for, from a key to the last
//! byte that is painted.
//!
//! `cargo bench --bench less`. The files are made in a temporary folder. Each figure is the
//! median of the ratios of rounds in which both programs run one after the other. With
//! `cargo bench --bench less -- --before=PROGRAM` another version of this program runs in each round, too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a benchmark fails by panicking and prints its figures"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use support::program::{Program, QUIT, SIDELIGHT};
use support::{NEEDLE, Needles, hello, markdown, median, version};

/// How often each pair is measured.
const ROUNDS: usize = 11;
/// How often a line or a page is scrolled before it is measured: the first time, both programs
/// wait for their own code to be read into memory.
const WARM: usize = 3;
/// What is said of the only hit, now and in versions before 0.1.
const COUNT: [&str; 2] = [" hit", "1 of 1"];
/// The same when the search is over; before that, there is a `+` behind the number. Which of the first two
/// it is depends on whether the hit was shown before the end.
const ALL: [&str; 3] = [" 1 hit", "1 of 1 \u{2503}", "1 of 1\u{2502}"];
/// How `less` begins to paint a hit. What it paints before is what was typed.
const HIT: &str = "\x1b[7m";

fn main() {
    if std::env::args().any(|argument| argument == "--hello") {
        return hello();
    }
    let data = Data::make();
    println!("{}; {}; {ROUNDS} rounds", version("less"), version("rg"));
    let before = if data.programs.len() > 1 { "     before     of it" } else { "" };
    println!("{:44} {:>9}{before} {:>9} {:>7} {:>7}", "", "sidelight", "other", "ratio", "reach");
    first_frames(&data);
    keys(&data);
    searches(&data);
    memory(&data);
}

fn first_frames(data: &Data) {
    for (name, file, reach) in
        [("12 KB", &data.small, 1.3), ("1 MB", &data.large, 2.0), ("50 MB", &data.huge, 2.5)]
    {
        let pairs = data.rounds(|ours| (ours.open(file).first_frame(), Program::less(file).first_frame()));
        row(&format!("first frame, {name}"), &pairs, reach);
    }
    let one = data.folder.join("0007.md");
    let pairs =
        data.rounds(|ours| (ours.open(&data.folder).first_frame(), Program::less(&one).first_frame()));
    row("first frame, 2,000 files", &pairs, 3.0);
}

fn keys(data: &Data) {
    for (name, key, warm, reach) in
        [("a line", "j", WARM, 2.5), ("a page", " ", WARM, 1.1), ("the end", "G", 0, 1.0)]
    {
        let mut sent = 0;
        let pairs = data.rounds(|ours| {
            let (mut ours, mut theirs) = (ours.open(&data.large), Program::less(&data.large));
            ours.first_frame();
            theirs.first_frame();
            for _ in 0..warm {
                ours.after(key);
                theirs.after(key);
            }
            let time = ours.after(key);
            sent = ours.sent;
            (time, theirs.after(key))
        });
        row(&format!("1 MB, {name} ({sent} bytes)"), &pairs, reach);
    }
    let pairs = data.rounds(|ours| {
        let (mut ours, mut theirs) = (ours.open(&data.large), Program::less(&data.large));
        ours.first_frame();
        theirs.first_frame();
        let keys = "j".repeat(200);
        (ours.after(&keys), theirs.after(&keys))
    });
    row("1 MB, 200 keys at once", &pairs, 1.0);
}

fn searches(data: &Data) {
    let pairs = data.rounds(|ours| {
        let (mut ours, mut theirs) = (ours.open(&data.large), Program::less(&data.large));
        ours.first_frame();
        theirs.first_frame();
        (
            ours.until_seen(&format!("/{NEEDLE}"), &COUNT),
            theirs.until(&format!("/{NEEDLE}\r"), &[&format!("{HIT}{NEEDLE}")]),
        )
    });
    row("1 MB, search", &pairs, 0.25);
    let (all_but_one, last) = NEEDLE.split_at(NEEDLE.len() - 1);
    let pairs = data.rounds(|ours| {
        let mut ours = ours.open(&data.folder);
        ours.first_frame();
        (ours.until_seen(&format!("/{NEEDLE}"), &COUNT), rg(&data.folder))
    });
    row("2,000 files, search, against rg", &pairs, 1.0);
    let pairs = data.rounds(|ours| {
        let mut ours = ours.open(&data.folder);
        ours.first_frame();
        (ours.until_seen(&format!("/{NEEDLE}"), &ALL), rg(&data.folder))
    });
    row("2,000 files, until the search is over", &pairs, 1.0);
    let pairs = data.rounds(|ours| {
        let mut ours = ours.open(&data.folder);
        ours.first_frame();
        ours.until_seen(&format!("/{all_but_one}"), &ALL);
        (ours.after(last), rg(&data.folder))
    });
    row("2,000 files, a further keystroke", &pairs, 0.1);
}

fn memory(data: &Data) {
    let itself = std::env::current_exe().unwrap();
    let mut hello =
        Program::start(&itself, &["--hello".as_ref()], &data.journals.path().join("hello"), &["hello"]);
    hello.first_frame();
    let hello = hello.anonymous();
    println!("\nmemory of its own (RssAnon), KiB      hello {hello}");
    let dark = &["--theme".as_ref(), "dark".as_ref(), "--course".as_ref(), "reconcile".as_ref()];
    for ours in &data.programs {
        println!("{}", ours.name);
        for (name, mut program, reach) in [
            ("built-in course", Program::start(&ours.path, dark, &ours.journal, &QUIT), hello * 2),
            ("1 MB", ours.open(&data.large), 5 << 10),
            ("50 MB", ours.open(&data.huge), 5 << 10),
        ] {
            program.first_frame();
            let opened = program.anonymous();
            program.types("G");
            program.settle();
            println!("{name:44} {opened:>9}   at its end {:>7}   reach {reach:>6}", program.anonymous());
        }
    }
}

/// What a round measured of each version of this program: its time, and that of the other one.
type Round = Vec<(Duration, Duration)>;

fn row(name: &str, rounds: &[Round], reach: f64) {
    let ms = |of: &dyn Fn(&Round) -> f64| median(rounds.iter().map(of).collect());
    let time = |version: usize| ms(&|round| round[version].0.as_secs_f64() * 1e3);
    let theirs = ms(&|round| round[0].1.as_secs_f64() * 1e3);
    let ratio = ms(&|round| round[0].0.as_secs_f64() / round[0].1.as_secs_f64());
    let before = if rounds[0].len() > 1 {
        let of_it = ms(&|round| round[0].0.as_secs_f64() / round[1].0.as_secs_f64());
        format!("  {:>6.2} ms {of_it:>7.2}  ", time(1))
    } else {
        String::new()
    };
    println!("{name:44} {:>6.2} ms{before} {theirs:>6.2} ms {ratio:>7.2} {reach:>7.2}", time(0));
}

/// How long `rg` takes for all of a folder.
fn rg(folder: &Path) -> Duration {
    let start = Instant::now();
    let status = std::process::Command::new("rg")
        .args(["--ignore-case", NEEDLE])
        .arg(folder)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    start.elapsed()
}

/// A version of this program, with a journal of its own.
struct Version {
    name: &'static str,
    path: PathBuf,
    journal: PathBuf,
}

impl Version {
    fn open(&self, path: &Path) -> Program {
        Program::reader(&self.path, &self.journal, path)
    }
}

/// The texts, and who shows them.
struct Data {
    small: PathBuf,
    large: PathBuf,
    huge: PathBuf,
    folder: PathBuf,
    /// This version, and the one before it if it is to be compared.
    programs: Vec<Version>,
    journals: tempfile::TempDir,
    _root: tempfile::TempDir,
}

impl Data {
    fn rounds(&self, mut round: impl FnMut(&Version) -> (Duration, Duration)) -> Vec<Round> {
        (0..ROUNDS).map(|_| self.programs.iter().map(&mut round).collect()).collect()
    }

    fn make() -> Self {
        let root = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: usize, seed: u64| {
            let path = root.path().join(name);
            fs::write(&path, markdown(bytes, seed, Needles::One)).unwrap();
            path
        };
        let (small, large, huge) =
            (file("12k.md", 12 << 10, 1), file("1m.md", 1 << 20, 2), file("50m.md", 50 << 20, 3));
        let folder = root.path().join("folder");
        fs::create_dir(&folder).unwrap();
        for number in 0..2000 {
            let words = if number == 1600 { Needles::One } else { Needles::None };
            let text = markdown(12 << 10, 100 + number, words);
            fs::write(folder.join(format!("{number:04}.md")), text).unwrap();
        }
        let journals = tempfile::tempdir().unwrap();
        let before =
            std::env::args().find_map(|argument| argument.strip_prefix("--before=").map(PathBuf::from));
        let programs = [("now", Some(PathBuf::from(SIDELIGHT))), ("before", before)];
        let version = |(name, path): (&'static str, Option<PathBuf>)| {
            Some(Version { name, path: path?, journal: journals.path().join(name) })
        };
        let programs = programs.into_iter().filter_map(version).collect();
        let data = Self { small, large, huge, folder, programs, journals, _root: root };
        // The very first start on a machine makes a journal, which takes several syncs, and
        // says something in place of the keys.
        for ours in &data.programs {
            let mut first = ours.open(&data.small);
            first.types("G");
            while fs::read_dir(ours.journal.join("log")).map_or(0, Iterator::count) == 0 {
                first.settle();
            }
        }
        data
    }
}
