//! What benchmarks that start programs share.
#![allow(
    unreachable_pub,
    dead_code,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "shared by benchmarks, which fail by panicking and do not all use all of it"
)]

pub mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A word that stands near the end of a file.
pub const NEEDLE: &str = "zephyrlike";
/// A word that stands in every third section.
pub const COMMON: &str = "kingfisher";

/// The words of a made-up text that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needles {
    /// None.
    None,
    /// [`NEEDLE`], once.
    One,
    /// [`COMMON`], about six times in 12 KB.
    Many,
}

/// Makes so many files of 12 KB, of which the one at four fifths has [`NEEDLE`].
pub fn make_folder(folder: &Path, count: u64) {
    for number in 0..count {
        let below = folder.join(format!("{:03}", number / 250));
        fs::create_dir_all(&below).unwrap();
        let words = if number == count / 5 * 4 { Needles::One } else { Needles::None };
        fs::write(below.join(format!("{number:06}.md")), markdown(12 << 10, 100 + number, words)).unwrap();
    }
}

/// How long a command takes; it may find nothing.
pub fn run(program: impl AsRef<Path>, arguments: &[&std::ffi::OsStr]) -> Duration {
    let start = Instant::now();
    let mut command = std::process::Command::new(program.as_ref());
    command.args(arguments).stdout(Stdio::null()).status().unwrap();
    start.elapsed()
}

/// The first line in which a program says its version.
pub fn version(program: &str) -> String {
    let output = std::process::Command::new(program).arg("--version").output();
    let output = output.unwrap_or_else(|_| panic!("{program} is needed for this and is not installed"));
    String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
}

/// The one in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The smallest program: takes the terminal, draws one word, and waits for a key.
pub fn hello() {
    let mut terminal = ratatui::init();
    terminal.draw(|frame| frame.render_widget("hello", frame.area())).unwrap();
    crossterm::event::read().unwrap();
    ratatui::restore();
}

/// Made-up Markdown of about so many bytes, the same for the same seed, with words to be found.
pub fn markdown(bytes: usize, seed: u64, words: Needles) -> String {
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
    let mut fill = |text: &mut String, count: usize| {
        for _ in 0..count {
            text.push_str(WORDS[next(WORDS.len())]);
            text.push(' ');
        }
    };
    let mut section = 0;
    let mut has_needle = words == Needles::One;
    while text.len() < bytes {
        section += 1;
        let _ = write!(text, "## Section {section}\n\n");
        fill(&mut text, 60);
        text.push_str("**strong** and *soft* with `code`");
        if has_needle && text.len() > bytes / 100 * 85 {
            text.push(' ');
            text.push_str(NEEDLE);
            has_needle = false;
        }
        if words == Needles::Many && section % 3 == 1 {
            text.push_str(" and a ");
            text.push_str(COMMON);
        }
        text.push_str(".\n\n");
        fill(&mut text, 45);
        let _ = write!(text, "[a link](https://example.org/{section}).\n\n- ");
        fill(&mut text, 8);
        text.push_str("\n- ");
        fill(&mut text, 9);
        let _ = write!(text, "\n\n```rust\nfn section_{section}() -> usize {{\n    {section}\n}}\n```\n\n");
    }
    text
}
