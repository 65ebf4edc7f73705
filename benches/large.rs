//! The command `search` against `rg --json`, and a folder of 100,000 files against `rg`, in one run.
//!
//! `cargo bench --bench large`. The files take 1.3 GB in the folder for temporary files; with a number,
//! as in `cargo bench --bench large -- 10000`, there are so many files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark fails by panicking and prints its figures"
)]

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;
use support::program::{Program, QUIT, SIDELIGHT};
use support::{COMMON, NEEDLE, Needles, make_folder, markdown, median, run, version};

/// How often each pair is measured.
const ROUNDS: usize = 9;
/// Esc as every terminal sends it, and as those with the keyboard protocol of kitty do. After the first one is
/// waited for 25 ms, as the rest of a sequence may follow.
const ESCAPES: [&str; 2] = ["\x1b", "\x1b[27u"];
/// How often what takes seconds is measured.
const FEW: usize = 3;

fn main() {
    let files = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let root = tempfile::tempdir().unwrap();
    let journal = root.path().join("journal");
    println!("{}", version("rg"));
    println!("{:44} {:>12} {:>12} {:>7} {:>7}", "", "sidelight", "rg", "ratio", "reach");
    let folder = root.path().join("hits");
    fs::create_dir(&folder).unwrap();
    for number in 0..2000 {
        fs::write(folder.join(format!("{number:04}.md")), markdown(12 << 10, 100 + number, Needles::Many))
            .unwrap();
    }
    for (name, word, rounds) in [("12,000 hits", COMMON, ROUNDS), ("no hit", "nowhere", ROUNDS)] {
        pairs(&format!("2,000 files, search --jsonl, {name}"), rounds, 3.0, || {
            (command(&folder, &journal, word), rg(&folder, word, "--json"))
        });
    }
    let folder = root.path().join("large");
    make_folder(&folder, files);
    pairs(&format!("{files} files, search --jsonl, one hit"), FEW, 1.5, || {
        (command(&folder, &journal, NEEDLE), rg(&folder, NEEDLE, "--json"))
    });
    let (mut peak, mut shown) = (0, Vec::new());
    pairs(&format!("{files} files, search on the screen"), FEW, 1.5, || {
        let mut program = Program::sidelight(&journal, &folder);
        shown.push(program.first_frame());
        let time = program.until_seen(&format!("/{NEEDLE}"), &[" 1 hit"]);
        peak = peak.max(program.peak());
        (time, rg(&folder, NEEDLE, "--no-messages"))
    });
    let escapes = ESCAPES.map(|escape| {
        let rounds = (0..ROUNDS).map(|_| {
            let mut program = Program::sidelight(&journal, &folder);
            program.first_frame();
            program.types("/nowhere");
            std::thread::sleep(Duration::from_millis(100));
            program.until(escape, &QUIT)
        });
        rounds.collect::<Vec<_>>()
    });
    let ms = |times: Vec<Duration>| median(times.iter().map(|time| time.as_secs_f64() * 1e3).collect());
    let [escape, escape_at_once] = escapes.map(ms);
    println!("first frame {:.1} ms", ms(shown));
    println!(
        "Esc in the middle of a search {escape:.1} ms, {escape_at_once:.1} ms without the wait for a sequence"
    );
    println!("most memory while searching {} MiB", peak / 1024);
}

fn command(folder: &Path, journal: &Path, word: &str) -> Duration {
    let data = ["--data-dir".as_ref(), journal.as_os_str()];
    run(
        SIDELIGHT,
        &[data[0], data[1], folder.as_os_str(), "search".as_ref(), "--jsonl".as_ref(), word.as_ref()],
    )
}

fn rg(folder: &Path, word: &str, option: &str) -> Duration {
    run("rg", &[option.as_ref(), "--ignore-case".as_ref(), word.as_ref(), folder.as_os_str()])
}

fn pairs(name: &str, rounds: usize, reach: f64, mut round: impl FnMut() -> (Duration, Duration)) {
    let pairs: Vec<(Duration, Duration)> = (0..rounds).map(|_| round()).collect();
    let ms = |of: &dyn Fn(&(Duration, Duration)) -> f64| median(pairs.iter().map(of).collect());
    let ours = ms(&|pair| pair.0.as_secs_f64() * 1e3);
    let theirs = ms(&|pair| pair.1.as_secs_f64() * 1e3);
    let ratio = ms(&|pair| pair.0.as_secs_f64() / pair.1.as_secs_f64());
    println!("{name:44} {ours:>9.1} ms {theirs:>9.1} ms {ratio:>7.2} {reach:>7.2}");
}
