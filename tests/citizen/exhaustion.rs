//! No input exhausts it: courses that are made to, each given to the real program with a
//! bound on its memory and a watch-dog on its time.

use crate::WIDE;
use crate::terminal::Running;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The memory that each run may have, in KiB: of addresses, of which it uses a part.
const MEMORY: &str = "ulimit -v 524288; exec \"$0\" \"$@\"";
/// After so long a run is taken for endless. Most take a small part of a second.
const WATCH_DOG: Duration = Duration::from_mins(1);
const NO_MORE: usize = 1 << 20;

const MANIFEST: &str = r#"{"format":1,"id":"h","title":"Hostile","summary":"S","language":"en",
"parts":[{"title":"P","lessons":[{"id":"one","title":"One","file":"FILE"}]}],
"checklist":{"avoid":[],"embrace":[]}}"#;

fn manifest(folder: &Path, file: &str) {
    fs::write(folder.join("course.json"), MANIFEST.replace("FILE", file)).unwrap();
}

/// A course with this lesson.
fn lesson(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    manifest(folder.path(), "one.md");
    fs::write(folder.path().join("one.md"), text).unwrap();
    folder
}

/// Runs the program until it ends by itself, within its bounds.
fn run(arguments: &[&str], data: &Path) -> Output {
    let mut child = Command::new("bash")
        .args(["-c", MEMORY, env!("CARGO_BIN_EXE_sidelight")])
        .args(arguments)
        .env("SIDELIGHT_DATA_DIR", data)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let take = |mut from: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            from.read_to_end(&mut bytes).map(|_| bytes)
        })
    };
    let (out, err) = (take(Box::new(out)), take(Box::new(err)));
    let end = Instant::now() + WATCH_DOG;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > end {
            child.kill().ok();
            child.wait().ok();
            panic!("{arguments:?} does not end (process {id})");
        }
        std::thread::park_timeout(Duration::from_millis(5));
    };
    Output { status, stdout: out.join().unwrap().unwrap(), stderr: err.join().unwrap().unwrap() }
}

fn commands(folder: &str) -> [Vec<&str>; 5] {
    [
        vec!["--course", folder, "lessons"],
        vec!["lessons", "--course", folder, "--json"],
        vec!["--course", folder, "search", "word"],
        vec!["--course", folder, "items"],
        vec!["--course", folder, "--linear"],
    ]
}

/// Every command works on the course, and the screen opens it, goes to its end and back.
fn works(course: &Path) {
    let data = tempfile::tempdir().unwrap();
    let folder = course.to_str().unwrap();
    let output = run(&["check", folder], data.path());
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    assert!(output.stdout.len() + output.stderr.len() < NO_MORE);
    for arguments in commands(folder) {
        let output = run(&arguments, data.path());
        let told = String::from_utf8_lossy(&output.stderr);
        // A comment that is never closed takes every word with it, and none is found.
        let may_find_nothing = arguments.contains(&"search");
        let code = output.status.code();
        assert!(code == Some(0) || (may_find_nothing && code == Some(1)), "{arguments:?}: {told}");
    }
    let arguments = ["-c", MEMORY, env!("CARGO_BIN_EXE_sidelight"), "--theme", "dark", folder];
    let mut program = Running::start_program("bash", WIDE, data.path(), &arguments, &[]);
    program.shows("Hostile").shows("saved").types("G").shows("100 %").types("g ").types("/word");
    program.until("a search", |screen| {
        screen.contains("none") || screen.contains(" hit") || screen.contains(" of ")
    });
    program.types("\x1b[27u").types("q");
    assert!(program.ends().success());
}

/// Every command refuses the course in a few words that say why, and so does the screen.
fn is_refused(course: &Path, why: &str) {
    let data = tempfile::tempdir().unwrap();
    let folder = course.to_str().unwrap();
    let output = run(&["check", folder], data.path());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains(why) && told.len() < 8192, "{told}");
    for arguments in commands(folder).into_iter().chain([vec![folder, "--linear"]]) {
        let output = run(&arguments, data.path());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(told.contains(why) && told.len() < 8192, "{told}");
    }
    let arguments = ["-c", MEMORY, env!("CARGO_BIN_EXE_sidelight"), folder];
    let mut program = Running::start_program("bash", WIDE, data.path(), &arguments, &[]);
    assert_eq!(program.ends().code(), Some(1));
    assert!(program.is_cooked() && !program.sent.contains(&0x1b));
}

#[test]
fn a_hundred_kilobytes_of_quotes() {
    works(lesson(&(">".repeat(100_000) + " word")).path());
}

#[test]
fn a_million_nested_lists() {
    works(lesson(&("- ".repeat(1_000_000) + "word")).path());
}

#[test]
fn a_line_of_two_megabytes() {
    works(lesson(&"word ".repeat(400_000)).path());
    works(lesson(&"w".repeat(2_000_000)).path());
}

#[test]
fn a_table_of_ten_thousand_columns() {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(10_000));
    works(lesson(&(row("word") + &row("-") + &row("b").repeat(20))).path());
}

#[test]
fn markup_that_is_never_closed() {
    for piece in ["[", "![", "**a ", "`a``", "<a ", "[a](b", "&#", "<!--", "[^a]", "~~~\n"] {
        works(lesson(&piece.repeat(50_000)).path());
    }
}

#[test]
fn json_ten_thousand_deep() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("course.json");
    fs::write(&path, "[".repeat(10_000)).unwrap();
    is_refused(folder.path(), "course.json:1:");
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    fs::write(&path, MANIFEST.replacen('1', &deep, 1)).unwrap();
    is_refused(folder.path(), "course.json:1:");
    fs::write(&path, MANIFEST.replacen('{', &format!("{{\"more\":{deep},"), 1)).unwrap();
    is_refused(folder.path(), "course.json:1:");
}

fn fifo(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

#[test]
fn a_pipe_that_nobody_writes_to() {
    let folder = lesson("");
    fs::remove_file(folder.path().join("one.md")).unwrap();
    fifo(&folder.path().join("one.md"));
    is_refused(folder.path(), "is a pipe, a socket or a device");
    fs::remove_file(folder.path().join("course.json")).unwrap();
    fifo(&folder.path().join("course.json"));
    is_refused(folder.path(), "is a pipe, a socket or a device");
}

#[test]
fn a_device_without_an_end() {
    let folder = lesson("");
    fs::remove_file(folder.path().join("one.md")).unwrap();
    symlink("/dev/zero", folder.path().join("one.md")).unwrap();
    is_refused(folder.path(), "leads out of the folder");
    fs::remove_file(folder.path().join("course.json")).unwrap();
    symlink("/dev/zero", folder.path().join("course.json")).unwrap();
    is_refused(folder.path(), "leads out of the folder");
    is_refused(Path::new("/dev/zero"), "this is not a folder");
}

#[test]
fn a_link_that_leads_to_itself() {
    let folder = lesson("");
    fs::remove_file(folder.path().join("one.md")).unwrap();
    symlink("one.md", folder.path().join("one.md")).unwrap();
    is_refused(folder.path(), "cannot be read");
    let round = folder.path().join("round");
    symlink(&round, &round).unwrap();
    is_refused(&round, "cannot be read");
}

#[test]
fn a_folder_that_holds_itself() {
    let folder = lesson("word");
    symlink(".", folder.path().join("again")).unwrap();
    works(folder.path());
}

#[test]
fn paths_and_links_that_lead_out_of_the_folder() {
    let folder = lesson("");
    for file in ["../../etc/passwd", "/etc/passwd", "lessons/../../one.md", "..", "/"] {
        manifest(folder.path(), file);
        is_refused(folder.path(), "lies outside of the folder");
    }
    manifest(folder.path(), "out.md");
    symlink("/etc/passwd", folder.path().join("out.md")).unwrap();
    is_refused(folder.path(), "leads out of the folder");
}

#[test]
fn links_that_stay_in_the_folder_are_followed() {
    let folder = lesson("word");
    let within = folder.path().join("within");
    fs::create_dir(&within).unwrap();
    symlink("../one.md", within.join("up.md")).unwrap();
    symlink(folder.path().join("one.md"), within.join("whole.md")).unwrap();
    symlink("within", folder.path().join("linked")).unwrap();
    for file in ["within/up.md", "within/whole.md", "linked/up.md", "linked/whole.md"] {
        manifest(folder.path(), file);
        works(folder.path());
    }
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("one.md"), "# Secret\n").unwrap();
    symlink(outside.path(), folder.path().join("away")).unwrap();
    manifest(folder.path(), "away/one.md");
    is_refused(folder.path(), "leads out of the folder");
}

#[test]
fn more_long_files_than_may_be_open_at_once_are_all_searched() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let text = format!("# Long\n\n{}\n\nzephyr\n", "word ".repeat(40_000));
    for number in 0..300 {
        fs::write(folder.path().join(format!("{number}.md")), &text).unwrap();
    }
    let few = "ulimit -n 200; exec \"$0\" \"$@\"";
    let output = Command::new("bash")
        .args(["-c", few, env!("CARGO_BIN_EXE_sidelight"), "search", "zephyr", "--json", "--course"])
        .arg(folder.path())
        .env("SIDELIGHT_DATA_DIR", data.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(told.matches(".md\"").count(), 300, "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_folder_of_a_hundred_thousand_files() {
    let folder = lesson("word");
    for index in 0..100_000 {
        fs::File::create(folder.path().join(format!("{index}.md"))).unwrap();
    }
    works(folder.path());
}

#[test]
fn a_file_of_a_gigabyte() {
    let folder = lesson("");
    fs::OpenOptions::new().write(true).open(folder.path().join("one.md")).unwrap().set_len(1 << 30).unwrap();
    is_refused(folder.path(), "is larger than 64 MiB");
    fs::File::create(folder.path().join("course.json")).unwrap().set_len(1 << 30).unwrap();
    is_refused(folder.path(), "is larger than 4 MiB");
}
