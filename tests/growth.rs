//! Twice as much takes at most two and a half times the work, whatever a log or a book is made of, and
//! ten times as much HTML at most eleven times.
//! Counted in instructions with `valgrind`, not in seconds; where that is missing nothing can be
//! counted, and the test says so. `SIDELIGHT_GROWTH=1000 cargo test --test growth` takes larger sizes.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "a test fails by panicking, and says what it could not do"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// The smaller of two sizes unless the environment names another; the larger is twice that.
const SIZE: usize = 300;

/// What makes the files for a size, in a home.
type Make = fn(&Path, usize);

/// The instructions of a run of the program, in millions.
fn millions(home: &Path, arguments: &[&str]) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_sidelight"))
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SIDELIGHT_TODAY", "2026-11-22")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let count = said.lines().find_map(|line| line.split_once("Collected :")).map(|(_, count)| count.trim());
    count.and_then(|count| count.parse::<f64>().ok()).unwrap_or_else(|| panic!("{said}")) / 1e6
}

fn work(make: Make, size: usize, arguments: &[&str]) -> f64 {
    let home = tempfile::tempdir().unwrap();
    make(home.path(), size);
    let book = home.path().join("book");
    let arguments: Vec<&str> = arguments
        .iter()
        .map(|argument| if *argument == "BOOK" { book.to_str().unwrap() } else { argument })
        .collect();
    millions(home.path(), &arguments)
}

/// How much more work a larger size may take.
struct Bound {
    /// How many times as large it is.
    size: usize,
    /// How many times the work it may take.
    work: f64,
}

const TWICE: Bound = Bound { size: 2, work: 2.5 };
const TENFOLD: Bound = Bound { size: 10, work: 11.0 };

fn grows_with_its_size(name: &str, make: Make, arguments: &[&str], bound: &Bound) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("valgrind is not installed, so nothing was counted: {name}");
        return;
    }
    let asked = std::env::var("SIDELIGHT_GROWTH").ok().and_then(|size| size.parse().ok());
    let size = asked.unwrap_or(SIZE);
    let none = work(make, 1, arguments);
    let once = work(make, size, arguments) - none;
    let more = work(make, bound.size * size, arguments) - none;
    assert!(
        more <= bound.work * once,
        "{name}: {once:.1} million instructions, and {more:.1} for {} times as much",
        bound.size
    );
}

fn folder(home: &Path, name: &str) -> std::path::PathBuf {
    let folder = home.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn log(home: &Path, name: &str, text: &str) {
    let folder = folder(home, ".local/share/sidelight/log");
    std::fs::write(folder.join(format!("{name}.jsonl")), text).unwrap();
}

/// A line of a log, with its checksum.
fn record(device: usize, sequence: usize, supersedes: &str, operation: &str) -> String {
    let mut line = format!(
        "{{\"v\":\"1.0\",\"dev\":\"{device:016x}\",\"seq\":{sequence},\"clock\":{sequence},\
         \"time\":\"2026-11-20T10:00:00Z\"{supersedes},\"do\":{operation}"
    );
    let sum = crc32fast::hash(line.as_bytes());
    writeln!(line, ",\"sum\":\"{sum:08x}\"}}").unwrap();
    line
}

const NOTE: &str = r#"{"op":"note","course":"c","note":"n","day":"2026-01-01","place":null,"text":"t"}"#;

fn mark(item: usize, day: &str) -> String {
    format!(r#"{{"op":"mark","course":"reconcile","item":"i{item}","day":"{day}","mark":"kept"}}"#)
}

fn rubbish(home: &Path, size: usize) {
    log(home, "bad", &"x\n".repeat(40 * size));
}

fn rubbish_with_heads_and_trailers(home: &Path, size: usize) {
    log(home, "bad", &",\"sum\":\"00000000\"}{\"v\":\"\n".repeat(10 * size));
}

fn versions_of_one_note(home: &Path, size: usize) {
    let lines: String = (0..size).map(|number| record(7, 2 * size - number, "", NOTE)).collect();
    log(home, "notes", &lines);
}

fn versions_that_supersede_others(home: &Path, size: usize) {
    let mut lines = String::new();
    for number in 1..=size {
        let line = record(7, number, "", NOTE);
        let sum = line.rsplit('"').nth(1).unwrap_or_default().to_owned();
        lines.push_str(&line);
        let over = format!(",\"over\":[\"{:016x}-{number}-{sum}\"]", 7);
        lines.push_str(&record(8, number, &over, NOTE));
    }
    log(home, "notes", &lines);
}

fn erases_and_marks(home: &Path, size: usize) {
    let mut lines = String::new();
    for number in 1..=size {
        let day = format!("{:04}-{:02}-01", 1900 + number / 12, 1 + number % 12);
        let erase =
            format!(r#"{{"op":"erase","what":"before","before":"{day}","seen":{{"{:016x}":{number}}}}}"#, 7);
        lines.push_str(&record(7, 2 * number, "", &erase));
        lines.push_str(&record(7, 2 * number + 1, "", &mark(number, "2026-01-01")));
    }
    log(home, "erases", &lines);
}

fn devices(home: &Path, size: usize) {
    let lines: String = (1..=size).map(|device| record(device, 1, "", &mark(0, "2026-01-01"))).collect();
    log(home, "devices", &lines);
}

fn versions_of_one_plan(home: &Path, size: usize) {
    let plan = r#"{"op":"if-then","course":"reconcile","item":"i","if":"x","then":""}"#;
    let lines: String = (1..=size).map(|number| record(7, number, ",\"over\":[]", plan)).collect();
    log(home, "plans", &lines);
}

fn logs_with_an_erase_each(home: &Path, size: usize) {
    for number in 1..=size / 5 + 1 {
        let lines = record(number, 1, "", r#"{"op":"erase","what":"notes","seen":{}}"#);
        log(home, &format!("{number:08}"), &lines);
    }
}

fn days_that_fall(home: &Path, size: usize) {
    let day =
        |number: usize| format!("{:04}-{:02}-{:02}", 1 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
    let lines: String =
        (1..=size).map(|number| record(7, number, "", &mark(0, &day(size - number)))).collect();
    log(home, "days", &lines);
}

fn records_whose_clocks_run_ahead(home: &Path, size: usize) {
    let lines: String = (1..=size).map(|number| record(7, (1 << 40) + (number << 21), "", NOTE)).collect();
    log(home, "ahead", &lines);
}

fn book(home: &Path, summary: &str) {
    let folder = folder(home, "book/src");
    std::fs::write(home.join("book/book.toml"), "[book]\ntitle = \"b\"\n").unwrap();
    std::fs::write(folder.join("a.md"), "# a\n").unwrap();
    std::fs::write(folder.join("SUMMARY.md"), summary).unwrap();
}

fn chapters_of_one_file(home: &Path, size: usize) {
    book(home, &"- [a](a.md)\n".repeat(size));
}

fn chapters_without_a_file(home: &Path, size: usize) {
    book(home, &"- [a]()\n".repeat(size));
}

fn headings(home: &Path, size: usize) {
    std::fs::write(folder(home, "book").join("a.md"), "# a\n".repeat(4 * size)).unwrap();
}

fn rules(home: &Path, size: usize) {
    std::fs::write(folder(home, "book").join("a.md"), "---\n\n".repeat(4 * size)).unwrap();
}

fn nested_html(home: &Path, size: usize) {
    let piece = "<div><ul><li><b><table><tr><td><details><summary>a</summary>\n\n*b*\n\n";
    std::fs::write(folder(home, "book").join("a.md"), piece.repeat(size)).unwrap();
}

fn broken_html(home: &Path, size: usize) {
    let piece = "</b><i>a</p></td><a href='b>\n<!-- \n\n-->c<sup>d <td>e</div></table>&eacute f\n\n<p x=\n\n";
    std::fs::write(folder(home, "book").join("a.md"), piece.repeat(size)).unwrap();
}

/// One line that is read as one portion at both sizes: what is longer is read as running text, which
/// takes more work a byte, though no more than in proportion.
fn html_in_one_line(home: &Path, size: usize) {
    let piece = "<p>a<sub>1</sub> <a href=\"b\">c</a><br><span id=d hidden>e</span><q>f<li>";
    std::fs::write(folder(home, "book").join("a.md"), "<div>".to_owned() + &piece.repeat(size / 2)).unwrap();
}

/// A text without any heading that has what is looked for in every portion.
fn hits_without_a_heading(home: &Path, size: usize) {
    let book = folder(home, "book");
    let paragraph = format!("A needle.\n\n{}\n\n", "hay ".repeat(1_000));
    std::fs::write(book.join("a.md"), paragraph.repeat(size)).unwrap();
}

/// A course of one lesson with this text.
fn course(home: &Path, text: &str) {
    let manifest = r#"{"format":2,"id":"c","title":"C","summary":"S","language":"en",
        "parts":[{"title":"P","lessons":[{"id":"a","title":"A","file":"a.md"}]}],
        "checklist":{"avoid":[],"embrace":[]}}"#;
    let folder = folder(home, "book");
    std::fs::write(folder.join("course.json"), manifest).unwrap();
    std::fs::write(folder.join("a.md"), format!("# A\n\n{text}\n")).unwrap();
}

/// A line of nothing but beginnings of exercises, in a course that looks for one to write for.
fn beginnings_of_exercises(home: &Path, size: usize) {
    course(home, &format!("> [!YOURS] mine\n> Yours.\n\n{}]", "[! ".repeat(10 * size)));
    // What she wrote for an exercise is looked for in the course.
    log(home, "notes", &record(7, 1, "", &NOTE.replace("\"note\":\"n\"", "\"note\":\"write-mine\"")));
}

/// A line of nothing but beginnings of links as programs for notes write them.
fn beginnings_of_wiki_links(home: &Path, size: usize) {
    course(home, &"[[a ".repeat(10 * size));
}

macro_rules! growth {
    ($($name:ident: $arguments:expr, $bound:ident;)*) => {
        $(
            mod $name {
                #[test]
                fn takes_no_more_work_than_its_size_explains() {
                    super::grows_with_its_size(stringify!($name), super::$name, &$arguments, &super::$bound);
                }
            }
        )*
    };
}

growth! {
    rubbish: ["today"], TWICE;
    rubbish_with_heads_and_trailers: ["today"], TWICE;
    versions_of_one_note: ["today"], TWICE;
    versions_that_supersede_others: ["today"], TWICE;
    erases_and_marks: ["today"], TWICE;
    devices: ["erase", "--yes"], TWICE;
    versions_of_one_plan: ["today"], TWICE;
    logs_with_an_erase_each: ["today"], TWICE;
    days_that_fall: ["today"], TWICE;
    records_whose_clocks_run_ahead: ["today"], TWICE;
    chapters_of_one_file: ["lessons", "--course", "BOOK"], TWICE;
    chapters_without_a_file: ["lessons", "--course", "BOOK"], TWICE;
    headings: ["lessons", "--course", "BOOK"], TWICE;
    rules: ["read", "--course", "BOOK", "a.md"], TWICE;
    hits_without_a_heading: ["search", "--course", "BOOK", "needle"], TWICE;
    nested_html: ["read", "--course", "BOOK", "a.md"], TENFOLD;
    broken_html: ["read", "--course", "BOOK", "a.md"], TENFOLD;
    html_in_one_line: ["read", "--course", "BOOK", "a.md"], TENFOLD;
    beginnings_of_wiki_links: ["check", "BOOK"], TENFOLD;
    beginnings_of_exercises: ["report", "--notes", "--from", "2025-12-01", "--course", "BOOK"], TENFOLD;
}
