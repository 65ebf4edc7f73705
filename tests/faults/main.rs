//! Calls of the built program answered with an error, or with its death: `strace` injects them, one
//! call after the other. A small part of that is done each time; `SIDELIGHT_FAULTS=1 cargo test
//! --test faults` does all of it and says how many there were. Where `strace` is missing nothing can
//! be injected, and the tests say so.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and says what it did not do"
)]

mod commands;
mod screen;
#[path = "../support/terminal.rs"]
mod terminal;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What is done to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    /// Its name.
    call: &'static str,
    /// `error=…` or `signal=…`, as `strace` takes it.
    how: String,
    /// Which of these calls, counted from 1.
    when: usize,
}

/// The calls that reach the disk, and the errors that each of them may answer.
const CALLS: &[(&str, &[&str])] = &[
    ("openat", &["EIO", "ENOSPC", "EMFILE"]),
    ("write", &["EIO", "ENOSPC", "EDQUOT"]),
    ("fsync", &["EIO"]),
    ("fdatasync", &["EIO"]),
    ("ftruncate", &["EIO"]),
    ("rename", &["EIO", "ENOSPC"]),
    ("unlink", &["EIO"]),
    ("mkdir", &["ENOSPC"]),
    ("pread64", &["EIO"]),
    ("flock", &["EINTR"]),
];

/// Every fault of the calls that were traced.
fn faults(trace: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (call, errors) in CALLS {
        let count = trace.lines().filter(|line| line.contains(&format!(" {call}("))).count();
        let errors = errors.iter().map(|error| format!("error={error}"));
        for how in errors.chain(["signal=KILL".to_owned()]) {
            faults.extend((1..=count).map(|when| Fault { call, how: how.clone(), when }));
        }
    }
    faults
}

/// All of these when that was asked for, else this many, from all parts of the list.
fn chosen<T>(all: Vec<T>, count: usize) -> Vec<T> {
    if std::env::var_os("SIDELIGHT_FAULTS").is_some() {
        return all;
    }
    let step = all.len().div_ceil(count.max(1)).max(1);
    // Not from the first on, which is the loader's.
    all.into_iter().skip(step / 2).step_by(step).collect()
}

fn strace_is_there() -> bool {
    let is_there =
        Command::new("strace").arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        eprintln!("strace is not installed, so nothing was injected");
    }
    is_there
}

/// A home with a journal in which a mark stands.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        assert!(home.run(&["mark", "no-begging", "kept"]).status.success());
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.path()).env("TZ", "UTC").env("SIDELIGHT_TODAY", "2026-11-22");
        command.env("SIDELIGHT_DATA_DIR", self.data());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_sidelight")).args(arguments).output().unwrap()
    }

    fn export(&self) -> String {
        let output = self.run(&["export", "--format", "json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn log(&self) -> PathBuf {
        std::fs::read_dir(self.data().join("log")).unwrap().next().unwrap().unwrap().path()
    }

    /// The arguments of `strace` that trace these calls and inject this fault.
    fn strace(&self, fault: Option<&Fault>) -> Vec<String> {
        let calls = || CALLS.iter().map(|(call, _)| *call).collect::<Vec<_>>().join(",");
        let mut arguments = vec!["-f".to_owned(), "-o".to_owned(), self.trace().to_str().unwrap().to_owned()];
        match fault {
            None => arguments.push(format!("-etrace={}", calls())),
            Some(Fault { call, how, when }) => {
                arguments.push(format!("-etrace={call}"));
                arguments.push(format!("-einject={call}:{how}:when={when}"));
            }
        }
        arguments
    }

    fn trace(&self) -> PathBuf {
        self.path().join("trace")
    }

    fn traced(&self) -> String {
        std::fs::read_to_string(self.trace()).unwrap_or_default()
    }

    /// Whether the fault that was asked for came to pass.
    fn is_injected(&self) -> bool {
        let traced = self.traced();
        traced.contains("(INJECTED)") || traced.contains("killed by SIGKILL")
    }
}
