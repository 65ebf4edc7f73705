//! `$EDITOR`, for one note.
//!
//! Owns how the editor is found, started and waited for, and what comes of each way in which it
//! ends; no shell ever sees the name of its page. Must not take or give back the terminal: the
//! event loop does.

mod page;

pub(super) use page::EditorPage;

use crate::terminal::signals::Signals;
use page::shown;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// An editor that has changed nothing and ended in less than this has perhaps not ended: some
/// only hand the file to a window that is open already.
const AT_ONCE: Duration = Duration::from_millis(500);

/// The longest that an editor may take to end after it was asked to.
const FAREWELL: Duration = Duration::from_millis(500);

/// The error of an editor from which nothing came back.
#[derive(Debug, thiserror::Error)]
pub(super) enum EditorError {
    /// No editor is named.
    #[error("Neither VISUAL nor EDITOR names an editor. You can write here all the same.")]
    NotNamed,
    /// There is no folder for the file.
    #[error("Nothing is saved in this session, so no editor is opened. You can write here.")]
    NoFolder,
    /// The file could not be made or read.
    #[error("The file for the editor can't be used: {0}. What was here is still here.")]
    File(io::Error),
    /// The editor could not be started.
    #[error("{0} can't be started: {1}. What was here is still here.")]
    Start(String, io::Error),
    /// The editor said that it failed.
    #[error("The editor ended with an error. What was here is still here.")]
    Failed,
    /// The editor failed and has left words.
    #[error("The editor ended with an error. What was here is still here; what the editor has is in {}", shown(.0))]
    Left(PathBuf),
}

/// The outcome of editing.
#[derive(Debug)]
pub(super) enum Edited {
    /// It has ended.
    Ended {
        /// The text that it wrote.
        text: String,
        /// The page, to be removed once the text is safe.
        page: EditorPage,
    },
    /// It has ended at once and changed nothing. The page stays for a window that may be open.
    AtOnce(EditorPage),
    /// This program is asked to end, by a signal of this number. The page is left as it is,
    /// unless nothing of it could be missed.
    Interrupted(i32),
}

/// The words of the command that `VISUAL` or else `EDITOR` names.
pub(super) fn command() -> Result<Vec<String>, EditorError> {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .map(|value| words(&value))
        .find(|words| !words.is_empty())
        .ok_or(EditorError::NotNamed)
}

/// Makes the page of a text.
pub(super) fn page_of(text: &str, folder: Option<&Path>) -> Result<EditorPage, EditorError> {
    EditorPage::new(folder.ok_or(EditorError::NoFolder)?, text).map_err(EditorError::File)
}

/// Lets the editor change a page. The terminal must have been given back.
pub(super) fn edit(
    page: EditorPage,
    command: &[String],
    signals: &mut Signals,
) -> Result<Edited, EditorError> {
    let start_of_editor = Instant::now();
    let child = match start(command, page.path.as_os_str()) {
        Ok(child) => child,
        Err(error) => {
            page.discard();
            return Err(error);
        }
    };
    match wait(child, signals) {
        Ok(Waited::Ended(Exit::Well)) => match page.read() {
            Ok(text) if page.is_untouched(&text) && start_of_editor.elapsed() < AT_ONCE => {
                Ok(Edited::AtOnce(page))
            }
            Ok(text) => Ok(Edited::Ended { text, page }),
            Err(error) => {
                page.discard_unless_file();
                Err(EditorError::File(error))
            }
        },
        Ok(Waited::Ended(Exit::Badly)) => Err(page.left().map_or(EditorError::Failed, EditorError::Left)),
        Ok(Waited::Interrupted(number)) => {
            if say_farewell(child, signals) {
                page.left();
            }
            Ok(Edited::Interrupted(number))
        }
        Err(error) => {
            let program = command.first().cloned().unwrap_or_default();
            Err(EditorError::Start(program, error.into()))
        }
    }
}

fn start(command: &[String], file: &OsStr) -> Result<Pid, EditorError> {
    let (program, arguments) = command.split_first().ok_or(EditorError::NotNamed)?;
    let wrong = |error| EditorError::Start(program.clone(), error);
    // Our own standard input does not block, and an editor would stumble over that.
    let terminal = File::open("/dev/tty").map_or_else(|_| Stdio::null(), Stdio::from);
    let child = Command::new(program).args(arguments).arg(file).stdin(terminal).spawn().map_err(wrong)?;
    i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or(EditorError::Failed)
}

/// The end of an editor's process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// It said that all is well.
    Well,
    /// It said that it failed, or was killed.
    Badly,
}

/// The outcome of waiting for an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waited {
    /// The editor has ended.
    Ended(Exit),
    /// This program is asked to end.
    Interrupted(i32),
}

/// Waits until the editor has ended, and sleeps with it when it is suspended. A signal that
/// asks this program to end ends the waiting: whoever sent it waits, too.
fn wait(child: Pid, signals: &mut Signals) -> rustix::io::Result<Waited> {
    loop {
        if let Some(exit) = ended(child)? {
            return Ok(Waited::Ended(exit));
        }
        signals.hear();
        if let Some(number) = signals.ending_untyped() {
            return Ok(Waited::Interrupted(number));
        }
        until_signal(signals, None)?;
    }
}

/// The end of the editor; `None` while it runs.
fn ended(child: Pid) -> rustix::io::Result<Option<Exit>> {
    match waitpid(Some(child), WaitOptions::UNTRACED | WaitOptions::NOHANG) {
        Err(rustix::io::Errno::INTR) | Ok(None) => Ok(None),
        Err(error) => Err(error),
        Ok(Some((_, status))) if status.stopped() => {
            // The shell wakes both of us up.
            kill_process(rustix::process::getpid(), Signal::STOP)?;
            Ok(None)
        }
        Ok(Some((_, status))) => {
            Ok(Some(if status.exit_status() == Some(0) { Exit::Well } else { Exit::Badly }))
        }
    }
}

/// Sleeps until a signal comes, the end of the editor among them.
fn until_signal(signals: &Signals, limit: Option<Duration>) -> rustix::io::Result<()> {
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    let descriptor = signals.descriptor();
    match poll(&mut [PollFd::new(&descriptor, PollFlags::IN)], limit.as_ref()) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Tells an editor what a terminal tells when it goes away: editors then put what is not
/// saved beside the page. Returns whether it has ended in time.
fn say_farewell(child: Pid, signals: &mut Signals) -> bool {
    kill_process(child, Signal::HUP).ok();
    let end = Instant::now() + FAREWELL;
    loop {
        match ended(child) {
            Ok(Some(_)) => return true,
            Ok(None) => {}
            Err(_) => return false,
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || until_signal(signals, Some(left)).is_err() {
            return false;
        }
        signals.hear();
    }
}

/// Splits a command into words as a shell would: at blanks, quotes and backslashes keeping
/// them. Nothing else has a meaning.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            (own, Some(open)) if own == open => quote = None,
            ('\\', None | Some('"')) => word.get_or_insert_default().extend(characters.next()),
            ('"' | '\'', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (blank, None) if blank.is_whitespace() => words.extend(word.take()),
            (other, _) => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn script(folder: &Path, text: &str) -> Vec<String> {
        let path = folder.join("editor");
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        vec![path.to_str().unwrap().to_owned()]
    }

    fn left_over(folder: &Path) -> usize {
        std::fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_command_is_split_without_a_shell() {
        assert_eq!(words("code --wait"), vec!["code", "--wait"]);
        assert_eq!(
            words(r#" "/my editors/vi" -c 'set tw=0' a\ b"#),
            vec!["/my editors/vi", "-c", "set tw=0", "a b"]
        );
        assert_eq!(words("vi; rm $HOME"), vec!["vi;", "rm", "$HOME"]);
        assert_eq!(words("  "), Vec::<String>::new());
    }

    /// The text that comes back from an editor, as the event loop takes it over.
    fn edited(text: &str, folder: &Path, editor: &[String]) -> Result<(String, Option<String>), EditorError> {
        match edit(page_of(text, Some(folder))?, editor, &mut Signals::new().unwrap())? {
            Edited::AtOnce(page) => panic!("it ended at once: {}", page.shown()),
            Edited::Ended { text, page } => {
                let told = page.finish(&text);
                Ok((text, told))
            }
            Edited::Interrupted(number) => panic!("signal {number}"),
        }
    }

    #[test]
    fn what_the_editor_wrote_comes_back_and_no_file_stays() {
        let (data, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let editor = script(
            tools.path(),
            "stat -c %a \"$1\" > \"$0.mode\"; printf 'more\\n' >> \"$1\"; cp \"$1\" \"$1~\"",
        );
        assert_eq!(edited("before", data.path(), &editor).unwrap(), ("before\nmore\n".to_owned(), None));
        assert_eq!(std::fs::read_to_string(tools.path().join("editor.mode")).unwrap(), "600\n");
        assert_eq!(left_over(data.path()), 0);
    }

    #[test]
    fn an_editor_that_fails_deletes_or_writes_rubbish_leaves_nothing_behind() {
        let (data, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let edit = |editor: &[String]| edited("text", data.path(), editor);
        let failing = script(tools.path(), "exit 3");
        assert!(matches!(edit(&failing), Err(EditorError::Failed)));
        let deleting = script(tools.path(), "rm \"$1\"");
        assert!(matches!(edit(&deleting), Err(EditorError::File(_))));
        let linking = script(tools.path(), "rm \"$1\"; ln -s /etc/passwd \"$1\"");
        assert!(matches!(edit(&linking), Err(EditorError::File(_))));
        let rubbish = script(tools.path(), "printf '\\377\\033[2J' > \"$1\"");
        assert!(edit(&rubbish).is_ok());
        let missing = vec![tools.path().join("nothing").to_str().unwrap().to_owned()];
        assert!(matches!(edit(&missing), Err(EditorError::Start(..))));
        assert_eq!(left_over(data.path()), 0);
    }

    #[test]
    fn what_an_editor_saved_before_it_failed_stays_where_it_is_told_to_be() {
        for how in ["exit 3", "kill -KILL $$"] {
            let (data, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let editor = script(tools.path(), &format!("echo saved > \"$1\"; {how}"));
            let Err(EditorError::Left(path)) = edited("text", data.path(), &editor) else { panic!("{how}") };
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "saved\n", "{how}");
            // The next page is another file.
            let editor = script(tools.path(), "echo more >> \"$1\"");
            assert_eq!(edited("next", data.path(), &editor).unwrap().0, "next\nmore\n");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "saved\n", "{how}");
            assert_eq!(left_over(data.path()), 1);
        }
    }

    #[test]
    fn words_in_a_swap_file_stay_and_are_told_of() {
        for how in ["exit 1", "echo more >> \"$1\"; exit 0"] {
            let (data, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let swap = "echo unsaved > \"$(dirname \"$1\")/.$(basename \"$1\").swp\"";
            let editor = script(tools.path(), &format!("{swap}; {how}"));
            let told = match edited("text", data.path(), &editor) {
                Ok((_, told)) => told.unwrap(),
                Err(error) => error.to_string(),
            };
            assert!(told.contains(".swp"), "{how}: {told}");
            let names = std::fs::read_dir(data.path()).unwrap();
            let names: Vec<_> =
                names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            assert!(names.iter().any(|name| name.contains(".swp")), "{how}: {names:?}");
        }
    }

    #[test]
    fn more_than_a_note_holds_stays_in_its_file() {
        let (data, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for size in [2_000_000, 5_000_000] {
            let editor = script(tools.path(), &format!("head -c {size} /dev/zero | tr '\\0' a > \"$1\""));
            let told = edited("text", data.path(), &editor).unwrap().1.unwrap();
            let path = told.rsplit(' ').next().unwrap();
            assert_eq!(std::fs::metadata(path).unwrap().len(), size, "{told}");
        }
        assert_eq!(left_over(data.path()), 2);
    }
}
