//! How long the reader waits for the first frame, against a program that only draws
//! "hello" with ratatui, in a real pseudo-terminal of 120 by 40, both in one run.
//!
//! `cargo bench --bench start`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark fails by panicking and prints its figures"
)]

mod support;

use pty_process::Size;
use pty_process::blocking::{Command, open};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use support::{hello, median};

/// How often each program is started.
const ROUNDS: usize = 40;

fn main() {
    if std::env::args().any(|argument| argument == "--hello") {
        return hello();
    }
    let folder = tempfile::tempdir().unwrap();
    let reader = Path::new(env!("CARGO_BIN_EXE_sidelight")).to_owned();
    let itself = std::env::current_exe().unwrap();
    let mut ratios = Vec::new();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let ours = first_frame(&reader, &["--theme", "dark"], "Start here", folder.path());
        let theirs = first_frame(&itself, &["--hello"], "hello", folder.path());
        ratios.push(ours.as_secs_f64() / theirs.as_secs_f64());
        first.push(ours.as_secs_f64() * 1e3);
        second.push(theirs.as_secs_f64() * 1e3);
    }
    println!("first frame, median of {ROUNDS}:");
    println!("  sidelight       {:6.2} ms", median(first));
    println!("  ratatui hello   {:6.2} ms", median(second));
    println!("  ratio           {:6.2}", median(ratios));
}

/// From the start of a program until its first frame has come with a text.
fn first_frame(program: &Path, arguments: &[&str], text: &str, folder: &Path) -> Duration {
    let (mut pty, pts) = open().unwrap();
    pty.resize(Size::new(40, 120)).unwrap();
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .env("TERM", "xterm-256color")
        .env("SIDELIGHT_DATA_DIR", folder)
        .env_remove("NO_COLOR")
        .spawn(pts)
        .unwrap();
    let mut seen = Vec::new();
    let mut buffer = vec![0; 65536];
    while !seen.windows(text.len()).any(|bytes| bytes == text.as_bytes()) {
        let count = pty.read(&mut buffer).expect("the program ended before its first frame");
        seen.extend_from_slice(&buffer[..count]);
    }
    let time = start.elapsed();
    pty.write_all(b"q").unwrap();
    // What is still sent has to be read, or the program could not end.
    while matches!(pty.read(&mut buffer), Ok(1..)) {}
    child.wait().unwrap();
    time
}
