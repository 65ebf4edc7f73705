//! The built program in a real pseudo-terminal, with a terminal emulator at the other end.
#![allow(unreachable_pub, dead_code, reason = "shared by tests that each use a part of it")]

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::LocalModes;
use sidelight::course::{Course, Place};
use sidelight::journal::{Journal, Operation};
use sidelight::text::Position;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long a condition is waited for before the test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How the other end of the terminal behaves.
const READING: u8 = 0;
const HELD: u8 = 1;
const UNPLUGGED: u8 = 2;

/// The program, running.
pub struct Running {
    pty: Option<Arc<Pty>>,
    child: Child,
    bytes: Receiver<Vec<u8>>,
    flow: Arc<AtomicU8>,
    parser: vt100::Parser,
    /// Everything that the program sent.
    pub sent: Vec<u8>,
}

impl Running {
    /// Starts the program with these arguments and a journal in a folder. Whoever starts it was here
    /// before, so that the screen of the first start is not in the way.
    pub fn start(size: (u16, u16), folder: &Path, arguments: &[&str]) -> Self {
        Self::start_with(size, folder, arguments, &[])
    }

    /// As `start`, with further environment variables.
    pub fn start_with(
        size: (u16, u16),
        folder: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        was_here_before(&folder.join("data"));
        Self::start_program(env!("CARGO_BIN_EXE_sidelight"), size, folder, arguments, environment)
    }

    /// As `start`, for the first time of all.
    pub fn first_start(size: (u16, u16), folder: &Path, arguments: &[&str]) -> Self {
        Self::start_program(env!("CARGO_BIN_EXE_sidelight"), size, folder, arguments, &[])
    }

    /// As `start`, by a shell with job control that runs this script. The program's path is
    /// `$0` there.
    pub fn start_in_shell(size: (u16, u16), folder: &Path, script: &str) -> Self {
        was_here_before(&folder.join("data"));
        let arguments = ["-c", script, env!("CARGO_BIN_EXE_sidelight")];
        Self::start_program("bash", size, folder, &arguments, &[])
    }

    /// As `start_with`, with any program.
    pub fn start_program(
        program: &str,
        size: (u16, u16),
        folder: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let (columns, rows) = size;
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let child = Command::new(program)
            .args(arguments)
            .env_clear()
            .env("TERM", "xterm-256color")
            .env("HOME", folder)
            .env("TZ", "UTC")
            .env("SIDELIGHT_TODAY", "2026-11-22")
            .env("SIDELIGHT_DATA_DIR", folder.join("data"))
            .envs(environment.iter().copied())
            .spawn(pts)
            .unwrap();
        let pty = Arc::new(pty);
        let flow = Arc::new(AtomicU8::new(READING));
        let (sender, bytes) = channel();
        let (reader, tap) = (Arc::clone(&pty), Arc::clone(&flow));
        std::thread::spawn(move || read(&reader, &tap, &sender));
        let lines = |number: u16| NonZeroU16::new(number.max(1)).unwrap();
        let parser = vt100::Parser::new(lines(rows), lines(columns), 1000);
        Self { pty: Some(pty), child, bytes, flow, parser, sent: Vec::new() }
    }

    fn pty(&self) -> &Arc<Pty> {
        self.pty.as_ref().unwrap()
    }

    /// Sends bytes as if they were typed.
    pub fn types(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        (&**self.pty()).write_all(bytes.as_ref()).unwrap();
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) -> &mut Self {
        let lines = |number: u16| NonZeroU16::new(number.max(1)).unwrap();
        self.parser.screen_mut().set_size(lines(rows), lines(columns));
        self.pty().resize(Size::new(rows, columns)).unwrap();
        self
    }

    /// Gives each cell of the terminal so many pixels.
    pub fn has_cells_of(&mut self, (width, height): (u16, u16)) -> &mut Self {
        let (rows, columns) = self.parser.screen().size();
        let (rows, columns) = (rows.get(), columns.get());
        let size = Size::new_with_pixel(rows, columns, columns * width, rows * height);
        self.pty().resize(size).unwrap();
        self
    }

    /// Waits until the program has sent these bytes.
    pub fn sends(&mut self, bytes: &[u8]) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while memchr::memmem::find(&self.sent, bytes).is_none() {
            let left = end.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("not sent, {error}: {}\n{}", bytes.escape_ascii(), self.screen()),
            }
        }
        self
    }

    /// The terminal takes nothing any more until it drains or goes on.
    pub fn holds(&mut self) -> &mut Self {
        self.flow.store(HELD, SeqCst);
        // The reading thread may still have been at it.
        self.quiet(Duration::from_millis(100));
        self
    }

    /// A terminal that holds takes so many bytes, if there are any. Returns how many there
    /// were.
    pub fn drains(&mut self, count: usize) -> usize {
        let pty = Arc::clone(self.pty());
        if !is_readable(&pty, 200) {
            return 0;
        }
        let mut buffer = vec![0; count];
        let count = (&*pty).read(&mut buffer).unwrap();
        self.take(&buffer[..count]);
        count
    }

    /// A terminal that holds goes on.
    pub fn goes_on(&mut self) -> &mut Self {
        self.flow.store(READING, SeqCst);
        self
    }

    /// The terminal goes away.
    pub fn unplugs(&mut self) -> &mut Self {
        self.flow.store(UNPLUGGED, SeqCst);
        let pty = Arc::downgrade(&self.pty.take().unwrap());
        let end = Instant::now() + PATIENCE;
        while pty.strong_count() > 0 {
            assert!(Instant::now() < end, "the terminal is still read");
            self.bytes.recv_timeout(Duration::from_millis(5)).ok();
        }
        self
    }

    /// Whether the terminal collects lines and echoes, as a shell expects it to.
    pub fn is_cooked(&self) -> bool {
        let modes = rustix::termios::tcgetattr(self.pty()).unwrap().local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// The processes that this one started.
    pub fn children(&self) -> Vec<u32> {
        let list = format!("/proc/{0}/task/{0}/children", self.id());
        let list = std::fs::read_to_string(list).unwrap();
        list.split_whitespace().map(|number| number.parse().unwrap()).collect()
    }

    /// Waits until the screen shows a text.
    pub fn shows(&mut self, text: &str) -> &mut Self {
        self.until(&format!("the screen shows {text:?}"), |screen| screen.contains(text))
    }

    /// Waits until a condition holds of what the screen shows.
    pub fn until(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !condition(&self.screen()) {
            match self.bytes.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("not in time: {what}\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) => panic!("ended before {what}\n{}", self.screen()),
            }
        }
        self
    }

    /// Waits until a condition holds of what the screen shows; `false` if the program ends before.
    pub fn comes_to_show(&mut self, condition: &dyn Fn(&str) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        while !condition(&self.screen()) {
            match self.bytes.recv_timeout(Duration::from_millis(20)) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) if self.has_ended() => return false,
                Err(RecvTimeoutError::Timeout) => {
                    assert!(Instant::now() < end, "not in time\n{}", self.screen());
                }
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }

    /// Takes in everything that is sent until nothing more comes for a while. Returns the
    /// number of bytes.
    pub fn quiet(&mut self, a_while: Duration) -> usize {
        let before = self.sent.len();
        while let Ok(bytes) = self.bytes.recv_timeout(a_while) {
            self.take(&bytes);
        }
        self.sent.len() - before
    }

    /// Waits until the screen is what it was.
    pub fn shows_again(&mut self, before: &str) -> &mut Self {
        // Blanks at the end of a line that were drawn look like those that were not.
        let trimmed = |screen: &str| screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let before = trimmed(before);
        self.until("the same screen", |screen| trimmed(screen) == before)
    }

    /// What is on the screen once nothing more comes.
    pub fn settled(&mut self) -> String {
        self.quiet(Duration::from_millis(200));
        self.screen()
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// The emulator's screen.
    pub fn emulator(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal to the program, by its name as `kill` knows it.
    pub fn signal(&mut self, name: &str) -> &mut Self {
        signal(self.id(), name);
        self
    }

    /// Sends bytes as if they were typed, unless nobody would read them.
    pub fn types_if_possible(&mut self, bytes: &str) -> &mut Self {
        (&**self.pty()).write_all(bytes.as_bytes()).ok();
        self
    }

    /// Whether the program has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for the program to end.
    pub fn ends(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            // What it still sends has to be taken, or it could not end.
            match self.bytes.recv_timeout(Duration::from_millis(20)) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => std::thread::yield_now(),
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                // The end of what it has sent is seen at once; only where another process holds the
                // terminal there is none.
                self.quiet(Duration::from_secs(1));
                return status;
            }
            assert!(Instant::now() < end, "the program did not end\n{}", self.screen());
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.sent.extend_from_slice(bytes);
    }
}

/// Puts a place into a journal that is not there yet: that the built-in course was opened before.
pub fn was_here_before(data: &Path) {
    if data.exists() {
        return;
    }
    // Where none can be, it is the program's to say so.
    let Ok(mut opened) = Journal::open(data) else { return };
    let course = Course::built_in("reconcile").unwrap();
    let place = Place::new(course.lessons[0].id.clone(), course.document(0), Position::default());
    let place = Operation::Place { course: course.id.clone(), place };
    opened.journal.append(&mut opened.ledger, vec![place]).unwrap();
    opened.journal.close();
}

/// Sends a signal to a process.
pub fn signal(process: u32, name: &str) {
    let status = std::process::Command::new("kill").args(["-s", name, &process.to_string()]).status();
    assert!(status.unwrap().success());
}

/// Reads what the program sends until the terminal is unplugged.
fn read(pty: &Pty, flow: &AtomicU8, sender: &Sender<Vec<u8>>) {
    let mut buffer = vec![0; 65536];
    loop {
        match flow.load(SeqCst) {
            UNPLUGGED => return,
            READING if is_readable(pty, 20) => match (&*pty).read(&mut buffer) {
                Ok(count @ 1..) if sender.send(buffer[..count].to_vec()).is_ok() => {}
                _ => return,
            },
            READING => {}
            _ => std::thread::park_timeout(Duration::from_millis(5)),
        }
    }
}

fn is_readable(pty: &Pty, milliseconds: i64) -> bool {
    let limit = Timespec { tv_sec: 0, tv_nsec: milliseconds * 1_000_000 };
    poll(&mut [PollFd::new(pty, PollFlags::IN)], Some(&limit)).unwrap_or(0) > 0
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
