//! A program in a pseudo-terminal of 120 by 40, and how long it takes to paint.

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// This program.
pub const SIDELIGHT: &str = env!("CARGO_BIN_EXE_sidelight");
/// The last of the keys in the last row, as it is painted, and as versions before 0.1 painted it.
pub const QUIT: [&str; 2] = ["\x1b[0;2m quit", "\x1b[0;90mquit"];
/// The size of the terminal.
const ROWS: NonZeroU16 = NonZeroU16::new(40).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(120).unwrap();
/// A frame has ended when nothing came for so long.
const SILENCE: Duration = Duration::from_millis(60);
/// How long something is waited for that has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program in a terminal.
pub struct Program {
    pty: Arc<Pty>,
    child: Child,
    bytes: Receiver<(Instant, Vec<u8>)>,
    /// What was painted, as it is seen.
    screen: vt100::Parser,
    /// What stands on the last row of its first frame, and so is painted last: one of these.
    last_row: Vec<String>,
    start: Instant,
    /// Bytes sent for the last key.
    pub sent: usize,
}

impl Program {
    /// Starts this program on a path, with its journal in this folder.
    pub fn sidelight(journal: &Path, path: &Path) -> Self {
        Self::reader(Path::new(SIDELIGHT), journal, path)
    }

    /// Starts this program, or another version of it, on a path, with its journal in this folder.
    pub fn reader(program: &Path, journal: &Path, path: &Path) -> Self {
        let arguments = &["--theme".as_ref(), "dark".as_ref(), path.as_os_str()];
        Self::start(program, arguments, journal, &QUIT)
    }

    /// Starts `less` on a file.
    pub fn less(file: &Path) -> Self {
        Self::spawn(Command::new("less").arg(file), &[file.file_name().unwrap().to_str().unwrap()])
    }

    /// Starts a program.
    pub fn start(program: &Path, arguments: &[&std::ffi::OsStr], journal: &Path, last_row: &[&str]) -> Self {
        let command = Command::new(program).args(arguments);
        Self::spawn(command.env("SIDELIGHT_DATA_DIR", journal), last_row)
    }

    fn spawn(command: Command, last_row: &[&str]) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(ROWS.get(), COLUMNS.get())).unwrap();
        let screen = vt100::Parser::new(ROWS, COLUMNS, 0);
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
        let last_row = last_row.iter().map(|text| (*text).to_owned()).collect();
        Self { pty, child, bytes, screen, last_row, start, sent: 0 }
    }

    /// From the start until the last row of the first frame. What comes after it, as the
    /// colours of code, is waited for and not counted.
    pub fn first_frame(&mut self) -> Duration {
        let mut seen = Vec::new();
        let end = loop {
            let Some((at, bytes)) = self.received(Duration::from_secs(5)) else {
                panic!("{:?} was not painted: {}", self.last_row, String::from_utf8_lossy(&seen));
            };
            seen.extend(bytes);
            if self.last_row.iter().any(|text| has(&seen, text)) {
                break at;
            }
        };
        self.settle();
        end - self.start
    }

    /// Waits until nothing more is painted.
    pub fn settle(&mut self) {
        while self.received(SILENCE).is_some() {}
    }

    pub fn types(&mut self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// From keys to the last byte that is painted for them.
    pub fn after(&mut self, keys: &str) -> Duration {
        let start = Instant::now();
        self.types(keys);
        self.painted(start)
    }

    /// From keys until one of these is painted. What comes after it is waited for and not counted.
    pub fn until(&mut self, keys: &str, texts: &[&str]) -> Duration {
        let start = Instant::now();
        self.types(keys);
        let mut seen = Vec::new();
        while !texts.iter().any(|text| has(&seen, text)) {
            let (_, bytes) = self.received(PATIENCE).expect("nothing was painted");
            seen.extend(bytes);
        }
        let time = start.elapsed();
        self.settle();
        time
    }

    /// From keys until one of these is seen on the screen. What comes after it is waited for and not counted.
    pub fn until_seen(&mut self, keys: &str, texts: &[&str]) -> Duration {
        let start = Instant::now();
        self.types(keys);
        let mut end = start;
        while !texts.iter().any(|text| self.screen.screen().contents().contains(text)) {
            (end, _) = self.received(PATIENCE).expect("nothing was painted");
        }
        self.settle();
        end - start
    }

    /// What is painted next, and when that was.
    fn received(&mut self, patience: Duration) -> Option<(Instant, Vec<u8>)> {
        let (at, bytes) = self.bytes.recv_timeout(patience).ok()?;
        self.screen.process(&bytes);
        Some((at, bytes))
    }

    fn painted(&mut self, start: Instant) -> Duration {
        self.sent = 0;
        let (mut last, bytes) = self.received(PATIENCE).expect("nothing was painted");
        self.sent += bytes.len();
        while let Some((at, bytes)) = self.received(SILENCE) {
            last = at;
            self.sent += bytes.len();
        }
        last - start
    }

    /// Memory of its own, in KiB.
    pub fn anonymous(&self) -> usize {
        self.status("RssAnon:")
    }

    /// The most memory that it had at any time, in KiB.
    pub fn peak(&self) -> usize {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }
}

/// Returns whether a text is among what was painted.
fn has(seen: &[u8], text: &str) -> bool {
    seen.windows(text.len()).any(|bytes| bytes == text.as_bytes())
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
