//! Every call of the built program answered with an error, or with its death: `strace` injects
//! them, one call after the other. It takes long, so it is only done on request:
//! `SIDELIGHT_FAULTS=1 cargo test --test faults`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "a test fails by panicking, and says what it did not do"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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

/// What is done, each with a journal in which marks stand.
const COMMANDS: &[&[&str]] = &[
    &["mark", "no-threats", "kept"],
    &["merge", "OTHER"],
    &["import", "EXPORT"],
    &["journal", "backup"],
    &["journal", "restore", "BACKUP"],
    &["journal", "repair"],
    &["erase", "--notes", "--yes"],
];

struct Home {
    folder: tempfile::TempDir,
    /// A mark of another device, and all of this journal as it was exported.
    other: PathBuf,
    export: PathBuf,
}

fn command(program: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", home).env("TZ", "UTC").env("SIDELIGHT_TODAY", "2026-11-22");
    command
}

fn sidelight(home: &Path, arguments: &[&str]) -> Output {
    command(env!("CARGO_BIN_EXE_sidelight"), home).args(arguments).output().unwrap()
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path();
        let (other, export) = (home.join("other"), home.join("export.json"));
        for (folder, item) in [(home, "no-begging"), (other.as_path(), "no-insult")] {
            std::fs::create_dir_all(folder).unwrap();
            assert!(sidelight(folder, &["mark", item, "kept"]).status.success());
        }
        std::fs::write(&export, sidelight(home, &["export", "--format", "json"]).stdout).unwrap();
        assert!(sidelight(home, &["journal", "backup"]).status.success());
        let log =
            std::fs::read_dir(home.join(".local/share/sidelight/log")).unwrap().next().unwrap().unwrap();
        let mut bytes = std::fs::read(log.path()).unwrap();
        bytes.extend_from_slice(b"rubbish\n");
        std::fs::write(log.path(), bytes).unwrap();
        Self { other: other.join(".local/share/sidelight"), export, folder }
    }

    fn arguments(&self, arguments: &[&str]) -> Vec<String> {
        let backups = self.folder.path().join(".local/share/sidelight/backup");
        let backup = std::fs::read_dir(backups).unwrap().next().unwrap().unwrap().path();
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        let named = |argument: &&str| match *argument {
            "OTHER" => path(&self.other),
            "EXPORT" => path(&self.export),
            "BACKUP" => path(&backup),
            other => other.to_owned(),
        };
        arguments.iter().map(named).collect()
    }

    fn is_kept(&self, item: &str) -> bool {
        let output = sidelight(self.folder.path(), &["export", "--format", "json"]);
        String::from_utf8_lossy(&output.stdout).contains(&format!("\"{item}\""))
    }
}

/// Runs a command with one call of it tampered with. Returns whether the call was reached, and
/// whether the command said that it had succeeded.
fn injected(home: &Home, arguments: &[&str], call: &str, fault: &str, when: usize) -> (bool, bool) {
    let trace = home.folder.path().join("trace");
    let output = command("strace", home.folder.path())
        .args(["-f", "-o"])
        .arg(&trace)
        .arg(format!("-etrace={call}"))
        .arg(format!("-einject={call}:{fault}:when={when}"))
        .arg(env!("CARGO_BIN_EXE_sidelight"))
        .args(home.arguments(arguments))
        .output()
        .unwrap();
    let traced = std::fs::read_to_string(&trace).unwrap_or_default();
    let is_reached = traced.contains("(INJECTED)") || traced.contains("killed by SIGKILL");
    (is_reached, output.status.success())
}

#[test]
fn no_error_and_no_kill_at_any_call_costs_what_was_there_or_what_was_said_to_be_saved() {
    if std::env::var_os("SIDELIGHT_FAULTS").is_none() {
        eprintln!("only on request: SIDELIGHT_FAULTS=1");
        return;
    }
    let mut injections = 0;
    for (call, errors) in CALLS {
        let errors = errors.iter().map(|error| format!("error={error}"));
        for fault in errors.chain(["signal=KILL".to_owned()]) {
            for arguments in COMMANDS {
                for when in 1.. {
                    let home = Home::new();
                    let (is_reached, succeeds) = injected(&home, arguments, call, &fault, when);
                    let context = format!("{arguments:?}, {call} {when}: {fault}");
                    assert!(home.is_kept("no-begging"), "{context}: what was there is gone");
                    let expected = match arguments.first() {
                        Some(&"mark") => "no-threats",
                        Some(&"merge") => "no-insult",
                        _ => "no-begging",
                    };
                    assert!(!succeeds || home.is_kept(expected), "{context}: said to be saved, and lost");
                    if !is_reached {
                        break;
                    }
                    injections += 1;
                }
            }
        }
    }
    eprintln!("{injections} injections");
    assert!(injections > 0, "nothing was injected: is strace installed?");
}
