//! The built program in a pseudo-terminal of 120 by 40, against `less` on the same file and
//! `rg` on the same folder, in one run: what the reader waits for, from a key to the last
//! byte that is painted.
//!
//! `cargo bench --bench less`. The files are made in a temporary folder. Each figure is the
//! median of the ratios of rounds in which both programs run one after the other.
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

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use support::{hello, median};

/// How often each pair is measured.
const ROUNDS: usize = 11;
/// A frame has ended when nothing came for so long.
const SILENCE: Duration = Duration::from_millis(60);
/// How often a line or a page is scrolled before it is measured: the first time, both programs
/// wait for their own code to be read into memory.
const WARM: usize = 3;
/// The last of the keys in the last row, as it is painted.
const QUIT: &str = "\x1b[0;90mquit";
/// What is said of the only hit when it is painted.
const COUNT: &str = "1 of 1";
/// The same when the search is over; before that, it says that there may be more.
const ALL: &str = "1 of 1\x1b";
/// How `less` begins to paint a hit. What it paints before is what was typed.
const HIT: &str = "\x1b[7m";
/// A word that stands near the end of each file, and in one file of the folder.
const NEEDLE: &str = "zephyrlike";

fn main() {
    if std::env::args().any(|argument| argument == "--hello") {
        return hello();
    }
    let data = Data::make();
    println!("{}; {}", version("less"), version("rg"));
    println!("{:44} {:>9} {:>9} {:>7} {:>7}", "", "sidelight", "other", "ratio", "reach");
    first_frames(&data);
    keys(&data);
    searches(&data);
    memory(&data);
}

fn first_frames(data: &Data) {
    for (name, file, reach) in
        [("12 KB", &data.small, 1.3), ("1 MB", &data.large, 2.0), ("50 MB", &data.huge, 2.5)]
    {
        let pairs =
            rounds(|| (Program::sidelight(data, file).first_frame(), Program::less(file).first_frame()));
        row(&format!("first frame, {name}"), &pairs, reach);
    }
    let one = data.folder.join("0007.md");
    let pairs =
        rounds(|| (Program::sidelight(data, &data.folder).first_frame(), Program::less(&one).first_frame()));
    row("first frame, 2,000 files", &pairs, 3.0);
}

fn keys(data: &Data) {
    for (name, key, warm, reach) in
        [("a line", "j", WARM, 2.5), ("a page", " ", WARM, 1.1), ("the end", "G", 0, 1.0)]
    {
        let mut sent = 0;
        let pairs = rounds(|| {
            let (mut ours, mut theirs) = (Program::sidelight(data, &data.large), Program::less(&data.large));
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
    let pairs = rounds(|| {
        let (mut ours, mut theirs) = (Program::sidelight(data, &data.large), Program::less(&data.large));
        ours.first_frame();
        theirs.first_frame();
        let keys = "j".repeat(200);
        (ours.after(&keys), theirs.after(&keys))
    });
    row("1 MB, 200 keys at once", &pairs, 1.0);
}

fn searches(data: &Data) {
    let pairs = rounds(|| {
        let (mut ours, mut theirs) = (Program::sidelight(data, &data.large), Program::less(&data.large));
        ours.first_frame();
        theirs.first_frame();
        (
            ours.until(&format!("/{NEEDLE}"), COUNT),
            theirs.until(&format!("/{NEEDLE}\r"), &format!("{HIT}{NEEDLE}")),
        )
    });
    row("1 MB, search", &pairs, 0.25);
    let mut further = Vec::new();
    let pairs = rounds(|| {
        let mut ours = Program::sidelight(data, &data.folder);
        ours.first_frame();
        let (all_but_one, last) = NEEDLE.split_at(NEEDLE.len() - 1);
        let time = ours.until(&format!("/{all_but_one}"), COUNT);
        let other = rg(&data.folder);
        further.push((ours.after(last), other));
        (time, other)
    });
    row("2,000 files, search, against rg", &pairs, 1.0);
    let pairs = rounds(|| {
        let mut ours = Program::sidelight(data, &data.folder);
        ours.first_frame();
        (ours.until(&format!("/{NEEDLE}"), ALL), rg(&data.folder))
    });
    row("2,000 files, until the search is over", &pairs, 1.0);
    row("2,000 files, a further keystroke", &further, 0.1);
}

fn memory(data: &Data) {
    let itself = std::env::current_exe().unwrap();
    let mut hello = Program::start(&itself, &["--hello".as_ref()], data, "hello");
    hello.first_frame();
    let hello = hello.anonymous();
    println!("\nmemory of its own (RssAnon), KiB      hello {hello}");
    let dark = &["--theme".as_ref(), "dark".as_ref(), "--course".as_ref(), "reconcile".as_ref()];
    let built_in = Program::start(Path::new(SIDELIGHT), dark, data, QUIT);
    for (name, mut program, reach) in [
        ("built-in course", built_in, hello * 2),
        ("1 MB", Program::sidelight(data, &data.large), 5 << 10),
        ("50 MB", Program::sidelight(data, &data.huge), 5 << 10),
    ] {
        program.first_frame();
        let opened = program.anonymous();
        program.types("G");
        program.settle();
        println!("{name:44} {opened:>9}   at its end {:>7}   reach {reach:>6}", program.anonymous());
    }
}

fn rounds(mut round: impl FnMut() -> (Duration, Duration)) -> Vec<(Duration, Duration)> {
    (0..ROUNDS).map(|_| round()).collect()
}

fn row(name: &str, pairs: &[(Duration, Duration)], reach: f64) {
    let ms = |of: &dyn Fn(&(Duration, Duration)) -> f64| median(pairs.iter().map(of).collect());
    let ours = ms(&|pair| pair.0.as_secs_f64() * 1e3);
    let theirs = ms(&|pair| pair.1.as_secs_f64() * 1e3);
    let ratio = ms(&|pair| pair.0.as_secs_f64() / pair.1.as_secs_f64());
    println!("{name:44} {ours:>6.2} ms {theirs:>6.2} ms {ratio:>7.2} {reach:>7.2}");
}

fn version(program: &str) -> String {
    let output = std::process::Command::new(program).arg("--version").output();
    let output = output.unwrap_or_else(|_| panic!("{program} is needed for this and is not installed"));
    String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
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

const SIDELIGHT: &str = env!("CARGO_BIN_EXE_sidelight");

/// A program in a terminal.
struct Program {
    pty: Arc<Pty>,
    child: Child,
    bytes: Receiver<(Instant, Vec<u8>)>,
    /// What stands on the last row of its first frame, and so is painted last.
    last_row: String,
    start: Instant,
    /// Bytes sent for the last key.
    sent: usize,
}

impl Program {
    fn sidelight(data: &Data, path: &Path) -> Self {
        let arguments = &["--theme".as_ref(), "dark".as_ref(), path.as_os_str()];
        Self::start(Path::new(SIDELIGHT), arguments, data, QUIT)
    }

    fn less(file: &Path) -> Self {
        Self::spawn(Command::new("less").arg(file), file.file_name().unwrap().to_str().unwrap())
    }

    fn start(program: &Path, arguments: &[&std::ffi::OsStr], data: &Data, last_row: &str) -> Self {
        let command = Command::new(program).args(arguments);
        Self::spawn(command.env("SIDELIGHT_DATA_DIR", data.journal.path().join("journal")), last_row)
    }

    fn spawn(command: Command, last_row: &str) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(40, 120)).unwrap();
        let pty = Arc::new(pty);
        let (sender, bytes) = channel();
        let reader = Arc::clone(&pty);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = (&*reader).read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let start = Instant::now();
        let child = command.env("TERM", "xterm-256color").env_remove("LESS").env_remove("NO_COLOR");
        let child = child.spawn(pts).unwrap();
        Self { pty, child, bytes, last_row: last_row.to_owned(), start, sent: 0 }
    }

    /// From the start until the last row of the first frame. What comes after it, as the
    /// colours of code, is waited for and not counted.
    fn first_frame(&mut self) -> Duration {
        let mut seen = Vec::new();
        let end = loop {
            let Ok((at, bytes)) = self.bytes.recv_timeout(Duration::from_secs(5)) else {
                panic!("{:?} was not painted: {}", self.last_row, String::from_utf8_lossy(&seen));
            };
            seen.extend(bytes);
            if seen.windows(self.last_row.len()).any(|bytes| bytes == self.last_row.as_bytes()) {
                break at;
            }
        };
        self.settle();
        end - self.start
    }

    /// Waits until nothing more is painted.
    fn settle(&mut self) {
        while self.bytes.recv_timeout(SILENCE).is_ok() {}
    }

    fn types(&mut self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// From keys to the last byte that is painted for them.
    fn after(&mut self, keys: &str) -> Duration {
        let start = Instant::now();
        self.types(keys);
        self.painted(start)
    }

    /// From keys until this is painted. What comes after it is waited for and not counted.
    fn until(&mut self, keys: &str, text: &str) -> Duration {
        let start = Instant::now();
        self.types(keys);
        let mut seen = Vec::new();
        while !seen.windows(text.len()).any(|bytes| bytes == text.as_bytes()) {
            let (_, bytes) = self.bytes.recv_timeout(Duration::from_secs(20)).expect("nothing was painted");
            seen.extend(bytes);
        }
        let time = start.elapsed();
        self.settle();
        time
    }

    fn painted(&mut self, start: Instant) -> Duration {
        self.sent = 0;
        let (mut last, bytes) =
            self.bytes.recv_timeout(Duration::from_secs(20)).expect("nothing was painted");
        self.sent += bytes.len();
        while let Ok((at, bytes)) = self.bytes.recv_timeout(SILENCE) {
            last = at;
            self.sent += bytes.len();
        }
        last - start
    }

    /// Memory of its own, in KiB.
    fn anonymous(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The texts.
struct Data {
    small: PathBuf,
    large: PathBuf,
    huge: PathBuf,
    folder: PathBuf,
    journal: tempfile::TempDir,
    _root: tempfile::TempDir,
}

impl Data {
    fn make() -> Self {
        let root = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: usize, seed: u64| {
            let path = root.path().join(name);
            fs::write(&path, markdown(bytes, seed, true)).unwrap();
            path
        };
        let (small, large, huge) =
            (file("12k.md", 12 << 10, 1), file("1m.md", 1 << 20, 2), file("50m.md", 50 << 20, 3));
        let folder = root.path().join("folder");
        fs::create_dir(&folder).unwrap();
        for number in 0..2000 {
            let text = markdown(12 << 10, 100 + number, number == 1600);
            fs::write(folder.join(format!("{number:04}.md")), text).unwrap();
        }
        let data = Self { small, large, huge, folder, journal: tempfile::tempdir().unwrap(), _root: root };
        // The very first start on a machine makes a journal, which takes several syncs, and
        // says something in place of the keys.
        let mut first = Program::sidelight(&data, &data.small);
        first.types("G");
        while fs::read_dir(data.journal.path().join("journal/log")).map_or(0, Iterator::count) == 0 {
            first.settle();
        }
        drop(first);
        data
    }
}

/// Made-up Markdown of about so many bytes, the same for the same seed.
fn markdown(bytes: usize, seed: u64, has_needle: bool) -> String {
    const WORDS: [&str; 24] = [
        "river", "stone", "the", "a", "slowly", "under", "bridge", "went", "and", "light", "of", "morning",
        "never", "quite", "as", "before", "garden", "in", "letter", "wrote", "she", "he", "to", "again",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or(0)
    };
    let mut text = String::with_capacity(bytes + 4096);
    let mut words = |text: &mut String, count: usize| {
        for _ in 0..count {
            text.push_str(WORDS[next(WORDS.len())]);
            text.push(' ');
        }
    };
    let mut section = 0;
    let mut has_needle = has_needle;
    while text.len() < bytes {
        section += 1;
        let _ = write!(text, "## Section {section}\n\n");
        words(&mut text, 60);
        text.push_str("**strong** and *soft* with `code`");
        if has_needle && text.len() > bytes / 100 * 85 {
            text.push(' ');
            text.push_str(NEEDLE);
            has_needle = false;
        }
        text.push_str(".\n\n");
        words(&mut text, 45);
        let _ = write!(text, "[a link](https://example.org/{section}).\n\n- ");
        words(&mut text, 8);
        text.push_str("\n- ");
        words(&mut text, 9);
        let _ = write!(text, "\n\n```rust\nfn section_{section}() -> usize {{\n    {section}\n}}\n```\n\n");
    }
    text
}
