//! `$EDITOR`, for one note.
//!
//! Owns the file that the editor is given: made for its owner's eyes only, in the data
//! folder, and removed again whatever becomes of the editor. No shell ever sees its name.
//! Must not take or give back the terminal: the event loop does.

use crate::journal::editor_page;
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, WaitOptions, waitpid};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The most bytes that are read back. A note holds less.
const MOST: u64 = 4 << 20;

/// Why nothing came back from the editor.
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

/// Lets the editor change a text. The terminal must have been given back.
pub(super) fn edit(text: &str, folder: Option<&Path>, command: &[String]) -> Result<String, EditorError> {
    let folder = folder.ok_or(EditorError::NoFolder)?;
    let page = Page::new(folder, text).map_err(EditorError::File)?;
    run(command, page.path.as_os_str())?;
    page.read().map_err(EditorError::File)
}

fn run(command: &[String], file: &OsStr) -> Result<(), EditorError> {
    let (program, arguments) = command.split_first().ok_or(EditorError::NotNamed)?;
    let wrong = |error| EditorError::Start(program.clone(), error);
    // Our own standard input does not block, and an editor would stumble over that.
    let terminal = File::open("/dev/tty").map_or_else(|_| Stdio::null(), Stdio::from);
    let child = Command::new(program).args(arguments).arg(file).stdin(terminal).spawn().map_err(wrong)?;
    let child = i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or(EditorError::Failed)?;
    if wait(child).map_err(|error| wrong(error.into()))? { Ok(()) } else { Err(EditorError::Failed) }
}

/// Waits until the editor has ended, and sleeps with it when it is suspended. Returns
/// whether it ended well.
fn wait(child: Pid) -> rustix::io::Result<bool> {
    loop {
        match waitpid(Some(child), WaitOptions::UNTRACED) {
            Err(rustix::io::Errno::INTR) | Ok(None) => {}
            Err(error) => return Err(error),
            Ok(Some((_, status))) if status.stopped() => {
                // The shell wakes both of us up.
                let own = rustix::process::getpid();
                rustix::process::kill_process(own, rustix::process::Signal::STOP)?;
            }
            Ok(Some((_, status))) => return Ok(status.exit_status() == Some(0)),
        }
    }
}

/// The file that the editor is given. Goes when it is dropped.
struct Page {
    path: PathBuf,
}

impl Page {
    fn new(folder: &Path, text: &str) -> io::Result<Self> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let path = folder.join(editor_page());
        // One that is left from a program that was killed.
        std::fs::remove_file(&path).ok();
        let file = rustix::fs::open(&path, flags, Mode::RUSR | Mode::WUSR)?;
        let page = Self { path };
        let mut file = File::from(file);
        file.write_all(text.as_bytes())?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n")?;
        }
        Ok(page)
    }

    /// What stands in it now. An editor may have put another file in its place.
    fn read(&self) -> io::Result<String> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(&self.path, flags, Mode::empty())?);
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a plain file any more"));
        }
        let mut bytes = Vec::new();
        file.take(MOST).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let Some(folder) = self.path.parent() else { return };
        let Some(name) = self.path.file_name().and_then(OsStr::to_str) else { return };
        // Editors leave copies beside a file under names made from it.
        let copies = [format!("{name}~"), format!(".{name}.swp"), format!("#{name}#")];
        std::fs::remove_file(&self.path).ok();
        for copy in copies {
            std::fs::remove_file(folder.join(copy)).ok();
        }
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
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
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

    #[test]
    fn what_the_editor_wrote_comes_back_and_no_file_stays() {
        let (data, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let editor = script(tools.path(), "stat -c %a \"$1\" > \"$0.mode\"; printf 'more\\n' >> \"$1\"");
        assert_eq!(edit("before", Some(data.path()), &editor).unwrap(), "before\nmore\n");
        assert_eq!(std::fs::read_to_string(tools.path().join("editor.mode")).unwrap(), "600\n");
        assert_eq!(left_over(data.path()), 0);
    }

    #[test]
    fn an_editor_that_fails_deletes_or_writes_rubbish_leaves_nothing_behind() {
        let (data, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let failing = script(tools.path(), "exit 3");
        assert!(matches!(edit("text", Some(data.path()), &failing), Err(EditorError::Failed)));
        let deleting = script(tools.path(), "rm \"$1\"");
        assert!(matches!(edit("text", Some(data.path()), &deleting), Err(EditorError::File(_))));
        let linking = script(tools.path(), "rm \"$1\"; ln -s /etc/passwd \"$1\"");
        assert!(matches!(edit("text", Some(data.path()), &linking), Err(EditorError::File(_))));
        let rubbish = script(tools.path(), "printf '\\377\\033[2J' > \"$1\"");
        assert!(edit("text", Some(data.path()), &rubbish).is_ok());
        let missing = vec![tools.path().join("nothing").to_str().unwrap().to_owned()];
        assert!(matches!(edit("text", Some(data.path()), &missing), Err(EditorError::Start(..))));
        assert_eq!(left_over(data.path()), 0);
    }
}
