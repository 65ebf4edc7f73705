//! Sessions with other things than courses, in a real terminal: pipes, the shelf, links that
//! the terminal opens, and files that change while they are read.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "citizen/strict.rs"]
mod strict;
#[path = "support/terminal.rs"]
mod terminal;

use std::fs;
use std::path::Path;
use std::time::Duration;
use terminal::Running;

const WIDE: (u16, u16) = (120, 36);

fn write(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// What was sent without the links that a terminal opens and without what is copied, which
/// are held against their own form here.
fn without_links(sent: &str) -> String {
    let mut rest = sent;
    let mut out = String::new();
    while let Some(at) = rest.find("\x1b]") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find("\x1b\\").unwrap_or_else(|| panic!("never ended: {from:?}"));
        let body = &from[2..end];
        rest = &from[end + 2..];
        let is_own = match body.split_once(';').unwrap() {
            ("8", link) => {
                let (id, target) = link.split_once(';').unwrap();
                let opens =
                    id.strip_prefix("id=").is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()));
                let is_web = target.starts_with("https://") && target.len() <= 2000;
                ((opens && is_web) || link == ";") && target.bytes().all(|byte| byte.is_ascii_graphic())
            }
            ("52", copied) => copied.strip_prefix("c;").is_some_and(|copied| {
                copied.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
            }),
            _ => false,
        };
        assert!(is_own, "{body:?}");
    }
    out + rest
}

/// Starts the program behind a pipe that this script fills.
fn piped(home: &Path, script: &str) -> Running {
    Running::start_in_shell(WIDE, home, &format!("{script} | \"$0\" --theme dark -"))
}

fn command(home: &Path, arguments: &[&str]) -> (bool, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("SIDELIGHT_DATA_DIR", home.join("data"))
        .env("SIDELIGHT_TODAY", "2026-11-22")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[test]
fn a_pipe_is_read_and_the_keys_come_from_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let mut program = piped(home.path(), "printf -- '---\\nx: y\\n---\\n# From *afar*\\n\\nThe text.\\n'");
    program.shows("From afar").shows("The text.").types("?").shows("In every pane").types("qq");
    assert!(program.ends().success());
    assert!(!program.screen().contains("x: y"));
}

#[test]
fn what_still_comes_through_a_pipe_is_shown_when_it_comes() {
    let home = tempfile::tempdir().unwrap();
    let go_on = home.path().join("go-on");
    assert!(std::process::Command::new("mkfifo").arg(&go_on).status().unwrap().success());
    let script = "{ cat \"$HOME/go-on\"; echo; echo second; cat \"$HOME/go-on\"; }";
    let mut program = piped(home.path(), script);
    program.shows("Nothing has arrived on standard input yet");
    fs::write(&go_on, "first\n").unwrap();
    program.shows("first").until("the rest is shown", |screen| screen.contains("second"));
    // The pipe has not ended, and never does.
    program.types("q");
    fs::write(&go_on, "").unwrap();
    assert!(program.ends().success());
}

#[test]
fn a_pipe_that_never_ends_is_cut_off_and_ctrl_c_ends_it() {
    let home = tempfile::tempdir().unwrap();
    let mut program = piped(home.path(), "yes word word");
    program.shows("word word").types("\x03");
    assert!(program.ends().success());
}

/// Starts the program as a pager: behind a pipe, without a path.
fn paged(home: &Path, script: &str) -> Running {
    Running::start_in_shell(WIDE, home, &format!("{script} | \"$0\" --theme dark"))
}

#[test]
fn without_a_path_it_is_a_pager() {
    let home = tempfile::tempdir().unwrap();
    let mut program = paged(home.path(), "printf 'Vec<String> <tag>\\n  indented\\n'");
    program.shows("Vec<String> <tag>").shows("  indented").types("q");
    assert!(program.ends().success());
    fs::write(home.path().join("a.md"), "# A *title*\n\nText of a.\n").unwrap();
    let script = "\"$0\" --theme dark < \"$HOME/a.md\"";
    let mut program = Running::start_in_shell(WIDE, home.path(), script);
    program.shows("A title").shows("Text of a.").types("q");
    assert!(program.ends().success());
    assert!(!home.path().join("data/shelf.json").exists(), "a pipe is not on the shelf");
    let mut program = Running::start_in_shell(WIDE, home.path(), "\"$0\" --theme dark < /dev/null");
    program.shows("Start here").types("q");
    assert!(program.ends().success());
}

#[test]
fn what_programs_write_for_a_terminal_is_shown_line_by_line() {
    let home = tempfile::tempdir().unwrap();
    let rows = |program: &Running| -> Vec<String> {
        program.screen().lines().map(|line| line.trim().to_owned()).collect()
    };
    let manual = "printf 'N\\bNA\\bAM\\bME\\bE\\n       _\\bg_\\bi_\\bt [<options>]\\n\\n- one\\n- two\\n'";
    let mut program = paged(home.path(), manual);
    program.shows("git [<options>]");
    assert!(rows(&program).iter().any(|row| row == "NAME"), "{}", program.screen());
    assert!(rows(&program).iter().any(|row| row == "- two"), "{}", program.screen());
    program.types("q");
    assert!(program.ends().success());
    let change = "printf '\\033[1mdiff --git a/x b/x\\033[m\\n-    let a\\n+    let b\\n'";
    let mut program = paged(home.path(), change);
    program.shows("-    let a").shows("+    let b").types("q");
    assert!(program.ends().success());
    let mut program = paged(home.path(), "seq 100000");
    program.shows("17").types("50000G").shows("50007");
    assert!(rows(&program).iter().any(|row| row == "50007"), "{}", program.screen());
    program.types("q");
    assert!(program.ends().success());
}

#[test]
fn it_can_be_said_what_a_text_is() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Running::start_in_shell(
        WIDE,
        home.path(),
        "printf 'Some *words*\\nof one line.\\n' | \"$0\" --theme dark --as markdown",
    );
    program.shows("Some words of one line.").types("q");
    assert!(program.ends().success());
    write(home.path(), &[("a.md", "# Some *words*\n\nText.\n"), ("b.txt", "# Some *words*\n\nText.\n")]);
    for (name, kind, shows) in [("a.md", "text", "# Some *words*"), ("b.txt", "markdown", "Some words")] {
        let path = home.path().join(name);
        let arguments = ["--theme", "dark", "--as", kind, path.to_str().unwrap()];
        let mut program = Running::start(WIDE, home.path(), &arguments);
        program.shows(shows).types("q");
        assert!(program.ends().success());
    }
    // It is opened again as it was.
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark"]);
    program.shows("Some words").types("q");
    assert!(program.ends().success());
    let mut program = Running::start_in_shell(WIDE, home.path(), "echo a | \"$0\" --theme dark --as book -");
    program.shows("choose text or markdown");
    assert!(!program.ends().success());
}

#[test]
fn without_a_pipe_it_says_what_to_write() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, home.path(), &["-"]);
    program.shows("some-command | sidelight -");
    assert!(!program.ends().success());
}

#[test]
fn without_arguments_it_goes_on_in_what_was_read_last() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), &[("notes/a.md", "# Note A"), ("notes/b.md", "# Note B\n\nText of b.")]);
    let notes = home.path().join("notes");
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark", notes.to_str().unwrap()]);
    program.shows("Note A").types("]").shows("Text of b.").types("q");
    assert!(program.ends().success());
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark"]);
    program.shows("Text of b.").types("O").shows("built-in course").types("G\r").shows("Moving about");
    program.types("O\r").shows("Text of b.").types("q");
    assert!(program.ends().success());
    fs::rename(&notes, home.path().join("moved")).unwrap();
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark"]);
    program.shows("Cannot open notes now").shows("Start here").types("q");
    assert!(program.ends().success());
    let moved = home.path().join("moved");
    let (done, said) = command(home.path(), &["moved", notes.to_str().unwrap(), moved.to_str().unwrap()]);
    assert!(done, "{said}");
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark", moved.to_str().unwrap()]);
    program.shows("Text of b.").types("q");
    assert!(program.ends().success());
    let (done, said) = command(home.path(), &["moved", "/never/read", moved.to_str().unwrap()]);
    assert!(!done && said.contains("/never/read"), "{said}");
}

#[test]
fn a_folder_of_thousands_is_there_before_all_of_its_names_are_and_nothing_of_it_is_missing() {
    let home = tempfile::tempdir().unwrap();
    let notes = home.path().join("notes");
    for number in 0..9_000 {
        let folder = notes.join(format!("{:02}", number / 100));
        if number % 100 == 0 {
            fs::create_dir_all(&folder).unwrap();
        }
        fs::File::create(folder.join(format!("{number:04}.md"))).unwrap();
    }
    write(&notes, &[("89/8999.md", "# The last\n\nA needle."), ("00/0000.md", "# The first\n\n[[8998]]")]);
    write(&notes, &[("50/.hidden.md", "")]);
    let start = || Running::start(WIDE, home.path(), &["--theme", "dark", notes.to_str().unwrap()]);
    // What is typed before all names are known goes where it goes when they are.
    let mut program = start();
    program.shows("The first").types("/needle\r");
    let is_there = |screen: &str| screen.contains("A needle.") && !screen.contains("/ needle");
    program.until("the search is closed", is_there).types("q");
    assert!(program.ends().success());
    // The place is behind the beginning, and opens with it.
    let mut program = start();
    program.shows("A needle.").shows("1 file of Markdown is hidden or ignored");
    program.types("9000[").shows("The first").types("l\r").shows("8998").types(":8888.md\r").shows("8888");
    program.types("\x0f\x0f").shows("The first").types("q");
    assert!(program.ends().success());
    let mut program = start();
    program.shows("The first").types("q");
    assert!(program.ends().success());
}

#[test]
fn the_shelf_is_listed_told_of_and_erased() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        &[("notes/a.md", "# Note A"), ("book/book.toml", ""), ("book/src/SUMMARY.md", "[B](b.md)")],
    );
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    for (name, shows) in [("notes", "Note A"), ("book", "does not exist")] {
        let mut program = Running::start(WIDE, home.path(), &["--theme", "dark", &path(name)]);
        program.shows(shows).types("q");
        assert!(program.ends().success());
    }
    let listed = || command(home.path(), &["courses", "--json"]).1;
    let value: serde_json::Value = serde_json::from_str(&listed()).unwrap();
    let kinds: Vec<&str> =
        value["recent"].as_array().unwrap().iter().map(|recent| recent["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["book", "folder"]);
    assert!(command(home.path(), &["where"]).1.contains("shelf.json"));
    assert!(command(home.path(), &["courses", "--leave-off", &path("book")]).0);
    assert!(!command(home.path(), &["courses", "--leave-off", &path("book")]).0);
    assert!(!listed().contains("/book") && listed().contains("/notes"));
    assert!(command(home.path(), &["erase", "--yes"]).0);
    assert!(!home.path().join("data/shelf.json").exists());
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark", "--no-save", &path("notes")]);
    program.shows("Note A").types("q");
    assert!(program.ends().success());
    assert!(!home.path().join("data/shelf.json").exists(), "--no-save keeps nothing");
}

#[test]
fn links_lead_to_files_and_headings_inside_and_nowhere_else() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        &[
            ("secret.md", "# Secret"),
            (
                "d/a.md",
                "# A\n\n[b](sub/b%20c.md#The-End) [out](../secret.md) [web](https://example.org/a) [gone](x.md)",
            ),
            (
                "d/sub/b c.md",
                &format!("# B\n\n{}\n\n## The end\n\nLast words. [back](../a.html)", "Line.\n\n".repeat(60)),
            ),
        ],
    );
    let folder = home.path().join("d");
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark", folder.to_str().unwrap()]);
    program.shows("gone").types("l").shows("Enter goes to: B").types("\r").shows("Last words.");
    program.types("l\r").shows("web").types("ll\r").shows("it points outside this folder: ../secret.md");
    program
        .types("l\r")
        .shows("This leads to example.org")
        .shows("Nothing here opens it")
        .types("y")
        .shows("Copied: https://example.org/a");
    program.types("\x1b").until("it is closed", |screen| !screen.contains("Nothing here opens it"));
    program.types("l\r").shows("x.md is not part of what is open");
    program.types("\x0f").shows("Last words.").types("\x0e").shows("web").types("q");
    assert!(program.ends().success());
    let sent = String::from_utf8(program.sent.clone()).unwrap();
    assert!(
        sent.contains("\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLm9yZy9h\x1b\\"),
        "the address is put on the clipboard"
    );
    assert!(!sent.contains("\x1b]8;"), "an unknown terminal is sent no links");
    assert_eq!(strict::stray(without_links(&sent).as_bytes()), None);
}

#[test]
fn a_picture_is_its_alternative_text_and_says_where_its_file_lies() {
    let home = tempfile::tempdir().unwrap();
    let text = "# A\n\n![A quiet lake](img/lake%20one.png) ![outside](../../x.png) ![bad](a%1bb.png) ![data](data:image/png;base64,AA)";
    write(home.path(), &[("d/sub/a.md", text)]);
    let folder = home.path().join("d").canonicalize().unwrap();
    let lake = format!("{}/sub/img/lake one.png", folder.display());
    let mut program = Running::start(WIDE, home.path(), &["--theme", "dark", folder.to_str().unwrap()]);
    program.shows("A quiet lake").types("l").shows(&format!("A picture: {lake}"));
    program.types("\r").shows("y copies the path of this picture:");
    program.types("y").shows(&format!("Copied: {lake}"));
    program.types("l").shows("../../x.png").types("l").shows("a%1bb.png").types("l");
    program.shows("A picture: data:image").types("q");
    assert!(program.ends().success());
}

#[test]
fn a_terminal_that_opens_links_is_told_where_they_lead() {
    let home = tempfile::tempdir().unwrap();
    let hostile = "https://example.org/\u{202e}%1b]8;;x/ü";
    let text =
        format!("# A\n\n[one](https://example.org/one) and [<{hostile}>](<{hostile}>) [no](javascript:x)\n");
    write(home.path(), &[("a.md", &text)]);
    let file = home.path().join("a.md");
    let arguments = ["--theme", "dark", file.to_str().unwrap()];
    let mut program = Running::start_with(WIDE, home.path(), &arguments, &[("FORCE_HYPERLINK", "1")]);
    program.shows("one and").types("?").shows("In every pane").types("?").shows("one and").types("q");
    assert!(program.ends().success());
    let sent = String::from_utf8(program.sent.clone()).unwrap();
    assert!(sent.contains(";https://example.org/one\x1b\\"), "{sent:?}");
    assert!(!sent.contains(";javascript"));
    assert_eq!(strict::stray(without_links(&sent).as_bytes()), None);
    let opened = sent.matches("\x1b]8;id=").count();
    assert!(opened >= 2 && sent.matches("\x1b]8;;\x1b\\").count() == opened, "every link is closed");
}

#[test]
fn a_watched_file_is_shown_as_it_changes_and_the_place_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let long = |last: &str| {
        let paragraphs: Vec<String> = (0..200).map(|number| format!("Paragraph {number}.")).collect();
        format!("# Long\n\n{}\n\n{last}\n", paragraphs.join("\n\n"))
    };
    write(home.path(), &[("d/a.md", &long("Old end.")), ("d/b.md", "# B")]);
    let file = home.path().join("d/a.md");
    let folder = home.path().join("d");
    let arguments = ["--theme", "dark", "--watch", folder.to_str().unwrap()];
    let mut program = Running::start(WIDE, home.path(), &arguments);
    program.shows("Paragraph 1.").types("G").shows("Old end.");
    // As some editors do: in place.
    fs::write(&file, format!("# Long\n\nA new beginning.\n\n{}", &long("New end.")[8..])).unwrap();
    program.shows("New end.").shows("Paragraph 199.");
    // As others do: a new file takes the place of the old one.
    fs::write(home.path().join("d/.a.md.new"), long("Newest end.")).unwrap();
    fs::rename(home.path().join("d/.a.md.new"), &file).unwrap();
    program.shows("Newest end.").shows("Paragraph 199.");
    fs::remove_file(&file).unwrap();
    program.shows("does not exist");
    fs::write(&file, long("Back again.")).unwrap();
    program.until("it is back", |screen| screen.contains("Paragraph"));
    write(home.path(), &[("d/new/c.md", "# Newcomer")]);
    program.shows("Newcomer");
    fs::write(home.path().join("d/new/c.md"), "# Renamed").unwrap();
    program.shows("Renamed");
    // And then it is still.
    program.quiet(Duration::from_millis(200));
    assert_eq!(program.quiet(Duration::from_millis(300)), 0);
    program.types("q");
    assert!(program.ends().success());
}

#[test]
fn what_is_scrolled_sideways_stays_so_when_its_file_changes() {
    let home = tempfile::tempdir().unwrap();
    let wide = |first: &str| format!("# Wide\n\n{first}\n\n```text\n{}\n```\n", "a wide line ".repeat(20));
    write(home.path(), &[("d/a.md", &wide("Before.")), ("d/b.md", "# B")]);
    let folder = home.path().join("d");
    let arguments = ["--theme", "dark", "--watch", folder.to_str().unwrap()];
    let mut program = Running::start(WIDE, home.path(), &arguments);
    program.shows("Before.").types(">>").shows("‹");
    fs::write(folder.join("a.md"), wide("After.")).unwrap();
    let screen = program.shows("After.").screen();
    assert!(screen.contains('‹') && screen.contains('›'), "{screen}");
    program.types("q");
    assert!(program.ends().success());
}
