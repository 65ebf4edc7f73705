//! The built program in a real pseudo-terminal, with a terminal emulator at the other end.
#![allow(unreachable_pub, dead_code, reason = "shared by tests that each use a part of it")]

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a condition is waited for before the test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The program, running.
pub struct Running {
    pty: Arc<Pty>,
    child: Child,
    bytes: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// Everything that the program sent.
    pub sent: Vec<u8>,
}

impl Running {
    /// Starts the program with these arguments and a journal in a folder.
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
        let (columns, rows) = size;
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_sidelight"))
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
        let (sender, bytes) = channel();
        let reader = Arc::clone(&pty);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(count @ 1..) = (&*reader).read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let lines = |number: u16| NonZeroU16::new(number.max(1)).unwrap();
        let parser = vt100::Parser::new(lines(rows), lines(columns), 1000);
        Self { pty, child, bytes, parser, sent: Vec::new() }
    }

    /// Sends bytes as if they were typed.
    pub fn types(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        (&*self.pty).write_all(bytes.as_ref()).unwrap();
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) -> &mut Self {
        let lines = |number: u16| NonZeroU16::new(number.max(1)).unwrap();
        self.parser.screen_mut().set_size(lines(rows), lines(columns));
        self.pty.resize(Size::new(rows, columns)).unwrap();
        self
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

    /// Takes in everything that is sent until nothing more comes for a while. Returns the
    /// number of bytes.
    pub fn quiet(&mut self, a_while: Duration) -> usize {
        let before = self.sent.len();
        while let Ok(bytes) = self.bytes.recv_timeout(a_while) {
            self.take(&bytes);
        }
        self.sent.len() - before
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
        let status = std::process::Command::new("kill").args(["-s", name, &self.id().to_string()]).status();
        assert!(status.unwrap().success());
        self
    }

    /// Waits for the program to end.
    pub fn ends(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            // What it still sends has to be taken, or it could not end.
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(20)) {
                self.take(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                self.quiet(Duration::from_millis(50));
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

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
