//! What the program asks of the system: no network, and nothing written outside of its own
//! folder. Watched with `strace`; where that is missing nothing can be watched, and the test
//! says so.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it could not do"
)]

use pty_process::Size;
use pty_process::blocking::{Command, open};
use std::io::{Read, Write};
use std::path::Path;

/// What is watched: sockets, and every call that can make, change or remove a file.
const WATCHED: &str = "trace=socket,connect,bind,sendto,open,openat,openat2,creat,mkdir,mkdirat,\
rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,truncate,chmod,\
fchmodat,mknod,mknodat,execve";

fn strace_is_there() -> bool {
    std::process::Command::new("strace").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Runs the program under watch in a pseudo-terminal, and gives the calls. Of each step the words are waited
/// for, then the keys typed.
fn watched(home: &Path, arguments: &[&str], steps: &[(&str, &str)]) -> String {
    let log = home.join("calls");
    let (mut pty, pts) = open().unwrap();
    pty.resize(Size::new(36, 120)).unwrap();
    // Bounded, so that a program that does not end is a test that fails.
    let mut child = Command::new("timeout")
        .args(["60", "strace", "-f", "-e", WATCHED, "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_sidelight"))
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TERM", "xterm-256color")
        .env("HOME", home)
        .spawn(pts)
        .unwrap();
    let mut seen = String::new();
    let mut buffer = vec![0; 65536];
    let (mut steps, mut from) = (steps.iter().peekable(), 0);
    while let Ok(count @ 1..) = pty.read(&mut buffer) {
        seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
        if let Some((_, keys)) = steps.next_if(|(words, _)| seen[from..].contains(words)) {
            from = seen.len();
            pty.write_all(keys.as_bytes()).unwrap();
        }
    }
    assert!(child.wait().unwrap().success(), "{seen}");
    std::fs::read_to_string(log).unwrap()
}

/// Checks the calls: files are changed in the data folder alone, and no socket leads out.
fn is_private(calls: &str, home: &Path) {
    let data = home.join(".local/share/sidelight");
    let data = data.to_str().unwrap();
    let mut changes = 0;
    for call in calls.lines() {
        let name = call.split('(').next().unwrap().split_whitespace().last().unwrap_or_default();
        let socket = ["socket", "connect", "bind"].contains(&name);
        assert!(!socket || call.contains("AF_UNIX"), "{call}");
        let opens = name.starts_with("open");
        let writes = !opens || ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| call.contains(flag));
        let changes_files = writes && !socket && !["sendto", "execve", "+++", "---"].contains(&name);
        if !changes_files || call.contains("/dev/tty") || call.contains("/dev/null") || !call.contains('"') {
            continue;
        }
        let path = call.split('"').nth(1).unwrap();
        let on_the_way =
            Path::new(data).starts_with(path) && (name.starts_with("mkdir") || name == "fchmodat");
        assert!(path.starts_with(data) || on_the_way || path.starts_with("/proc/self/"), "{call}");
        changes += 1;
    }
    assert!(changes > 0, "nothing was seen to be written: the test reads the calls wrongly\n{calls}");
}

#[test]
fn nothing_is_written_elsewhere_and_no_network_is_used() {
    if !strace_is_there() {
        eprintln!("strace is not installed: the system calls were not watched");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(".config/sidelight/config.toml");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "[keys.panes]\nquit = \"Q\"\n").unwrap();
    // A mark, a search, a note to a place, the review, and the end.
    let steps = [("begin reading", "\tx\t\t/begg"), ("Best", "\rvqQ")];
    let calls = watched(home.path(), &["--theme", "dark"], &steps);
    is_private(&calls, home.path());
    assert!(calls.lines().any(|call| call.contains("config.toml") && call.contains("O_RDONLY")), "{calls}");
    for arguments in [vec!["mark", "no-begging", "kept"], vec!["journal", "backup"], vec!["erase", "--yes"]] {
        is_private(&watched(home.path(), &arguments, &[]), home.path());
    }
}
