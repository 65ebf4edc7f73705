//! What comes with the program: completions, manual pages, and the doctor.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it could not do"
)]

#[path = "arriving/completions.rs"]
mod completions;
#[path = "arriving/doctor.rs"]
mod doctor;
#[path = "arriving/manual.rs"]
mod manual;
#[path = "arriving/package.rs"]
mod package;

use std::path::Path;
use std::process::{Command, Output};

/// The program in a home of its own.
fn sidelight(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
    command
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TERM", "xterm-256color")
        .env("TZ", "UTC");
    command
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns whether a program is installed; says so where it is not.
fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("{program} is not installed: nothing was tried with it");
    }
    found
}
