//! A data folder that two computers share through two real instances of Syncthing, on this
//! computer's own loopback. Only on request, because it needs `syncthing` and up to some minutes:
//! `SIDELIGHT_SYNCTHING=1 cargo test --test syncthing`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "a test fails by panicking, and says what it did not do"
)]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// How long files may be under way before the test fails.
const PATIENCE: Duration = Duration::from_mins(3);

/// The words that one of them erases.
const WORDS: [&str; 2] = ["Words of the first", "Words of the second"];

/// One computer: a home, a Syncthing of its own, and ports that were free.
struct Computer {
    home: PathBuf,
    listens: u16,
    shows: u16,
    id: String,
    syncthing: Option<Child>,
}

impl Drop for Computer {
    fn drop(&mut self) {
        if let Some(syncthing) = &mut self.syncthing {
            syncthing.kill().ok();
            syncthing.wait().ok();
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Computer {
    fn new(home: &Path) -> Self {
        std::fs::create_dir_all(home.join("data/.stfolder")).unwrap();
        let settings = home.join("syncthing");
        let generated = quietly(Command::new("syncthing").arg("generate").arg(home_option(&settings)));
        assert!(generated.status.success(), "{generated:?}");
        let id = quietly(Command::new("syncthing").arg(home_option(&settings)).arg("--device-id"));
        let id = String::from_utf8(id.stdout).unwrap().trim().to_owned();
        let (listens, shows) = (free_port(), free_port());
        Self { home: home.to_owned(), listens, shows, id, syncthing: None }
    }

    /// Shares the data folder with another computer, over the loopback and nothing else.
    fn share_with(&mut self, other: &Self) {
        let device = |id: &str, port: u16| {
            format!("<device id=\"{id}\"><address>tcp://127.0.0.1:{port}</address></device>")
        };
        let names = [&self.id, &other.id].map(|id| format!("<device id=\"{id}\"></device>")).concat();
        let configuration = format!(
            "<configuration version=\"35\">\
             <folder id=\"journal\" path=\"{}\" type=\"sendreceive\" rescanIntervalS=\"5\" \
             fsWatcherEnabled=\"true\" fsWatcherDelayS=\"1\">{names}</folder>{}{}\
             <gui enabled=\"true\"><address>127.0.0.1:{}</address></gui>\
             <options><listenAddress>tcp://127.0.0.1:{}</listenAddress>\
             <globalAnnounceEnabled>false</globalAnnounceEnabled>\
             <localAnnounceEnabled>false</localAnnounceEnabled>\
             <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>\
             <reconnectionIntervalS>1</reconnectionIntervalS><startBrowser>false</startBrowser>\
             <urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled>\
             <autoUpgradeIntervalH>0</autoUpgradeIntervalH></options></configuration>",
            self.data().display(),
            device(&self.id, self.listens),
            device(&other.id, other.listens),
            self.shows,
            self.listens,
        );
        let settings = self.home.join("syncthing");
        std::fs::write(settings.join("config.xml"), configuration).unwrap();
        let syncthing = Command::new("syncthing")
            .args(["serve", "--no-browser", "--no-restart", "--no-upgrade"])
            .arg(home_option(&settings))
            .env("HOME", &self.home)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.syncthing = Some(syncthing.unwrap());
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = quietly(
            Command::new(env!("CARGO_BIN_EXE_sidelight"))
                .args(arguments)
                .env("HOME", &self.home)
                .env("TZ", "UTC")
                .env("SIDELIGHT_TODAY", "2026-11-22")
                .env("SIDELIGHT_DATA_DIR", self.data()),
        );
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn write_note(&self, text: &str) {
        let note = format!(
            r#"{{"sidelight":"export","version":1,"records":[{{"op":"note","course":"reconcile",
            "note":"n","day":"2026-11-21","place":null,"text":"{text}"}}]}}"#
        );
        let file = self.home.join("note.json");
        std::fs::write(&file, note).unwrap();
        self.run(&["import", file.to_str().unwrap()]);
    }

    /// What this computer knows, without the line that names the export's day.
    fn records(&self) -> Vec<String> {
        let export = self.run(&["export", "--format", "json"]);
        let mut lines: Vec<String> =
            export.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
        lines.sort();
        lines
    }
}

fn home_option(settings: &Path) -> String {
    format!("--home={}", settings.display())
}

fn quietly(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

/// Whether any file below a folder has this text.
fn is_below(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            is_below(&path, text)
        } else {
            // Syncthing may be about to rename it.
            std::fs::read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(text))
        }
    })
}

fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < end, "not in time: {what}");
        std::thread::park_timeout(Duration::from_millis(500));
    }
}

#[test]
fn a_folder_that_two_computers_share_loses_nothing_and_forgets_what_was_erased() {
    if std::env::var_os("SIDELIGHT_SYNCTHING").is_none() {
        eprintln!("only on request: SIDELIGHT_SYNCTHING=1");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [mut one, mut two] = ["one", "two"].map(|name| Computer::new(&folder.path().join(name)));
    // Both have written before they know of each other, also of the same note.
    for (computer, item, text) in [(&one, "no-begging", WORDS[0]), (&two, "no-love-test", WORDS[1])] {
        computer.run(&["mark", item, "kept"]);
        computer.write_note(text);
    }
    one.share_with(&two);
    two.share_with(&one);
    let knows_all = |computer: &Computer| {
        let records = computer.records().concat();
        ["no-begging", "no-love-test", WORDS[0], WORDS[1]].iter().all(|known| records.contains(known))
    };
    wait_until("both know all", || knows_all(&one) && knows_all(&two));
    // While files are under way both go on.
    for day in 1..=9 {
        let day = format!("2026-11-0{day}");
        one.run(&["mark", "no-begging", "kept", "--day", &day]);
        two.run(&["mark", "no-begging", "slipped", "--day", &day]);
    }
    wait_until("both know the same", || one.records() == two.records());
    assert!(one.records().concat().contains("2026-11-09"));

    one.run(&["erase", "--notes", "--yes"]);
    wait_until("the words are gone from both", || {
        two.run(&["today"]);
        WORDS.iter().all(|text| !is_below(&one.data(), text) && !is_below(&two.data(), text))
    });
    wait_until("both know the same again", || one.records() == two.records());
    assert!(one.records().concat().contains("no-love-test"));
}
