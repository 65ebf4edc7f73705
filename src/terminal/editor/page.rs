//! The page that an editor is given: a file in the data folder, for its owner's eyes only.
//!
//! Owns that it is removed once its words are where they are kept, and not before: as long as they
//! may be nowhere else it stays, with what the editor has put beside it. Must not start an editor.

use crate::journal::{editor_page, holds_unsaved};
use crate::reader::text_field::{FieldKind, TextField};
use crate::text::clean::clean_line;
use rustix::fs::{Mode, OFlags};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The most bytes that are read back. A note holds less.
const MOST: u64 = 4 << 20;

/// The file that the editor is given.
#[derive(Debug)]
pub(in crate::terminal) struct EditorPage {
    pub(super) path: PathBuf,
    /// The text that it was made with.
    pub(super) given: String,
}

impl EditorPage {
    pub(super) fn new(folder: &Path, text: &str) -> io::Result<Self> {
        let mut given = text.to_owned();
        if !given.is_empty() && !given.ends_with('\n') {
            given.push('\n');
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let path = Self::free_path(folder);
        let file = rustix::fs::open(&path, flags, Mode::RUSR | Mode::WUSR)?;
        let page = Self { path, given };
        if let Err(error) = page.fill(&mut File::from(file)) {
            page.discard();
            return Err(error);
        }
        // A folder that cannot be synced, as on some systems, is no reason not to write.
        File::open(folder).and_then(|folder| folder.sync_all()).ok();
        Ok(page)
    }

    fn fill(&self, file: &mut File) -> io::Result<()> {
        file.write_all(self.given.as_bytes())?;
        file.sync_all()
    }

    /// A path at which nothing is: a page of this window that was left stays.
    fn free_path(folder: &Path) -> PathBuf {
        let path = folder.join(editor_page(0));
        let others = (1..).map(|count| folder.join(editor_page(count)));
        std::iter::once(path).chain(others).find(|path| path.symlink_metadata().is_err()).unwrap_or_default()
    }

    /// Reads it as it is now. The editor may have replaced the file.
    pub(super) fn read(&self) -> io::Result<String> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(&self.path, flags, Mode::empty())?);
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a plain file any more"));
        }
        let mut bytes = Vec::new();
        file.take(MOST).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Returns whether an editor that left this text in the page has written nothing anywhere.
    pub(super) fn is_untouched(&self, text: &str) -> bool {
        text == self.given && self.unsaved_beside().is_none()
    }

    /// What was written into the page after the editor had ended, if anything was.
    pub(in crate::terminal) fn written_since(&self) -> Option<String> {
        self.read().ok().filter(|text| *text != self.given)
    }

    /// Returns whether the page was made of this text.
    pub(in crate::terminal) fn is_of(&self, text: &str) -> bool {
        self.given.strip_suffix('\n').unwrap_or_default() == text.strip_suffix('\n').unwrap_or(text)
    }

    /// Where it is, to be printed.
    pub(in crate::terminal) fn shown(&self) -> String {
        shown(&self.path)
    }

    /// Removes the page after its text was saved. Returns a message if it stays: it goes
    /// unless it holds more than a note does, or the editor has left something beside it.
    pub(in crate::terminal) fn finish(self, text: &str) -> Option<String> {
        let length = self.path.symlink_metadata().map_or(0, |metadata| metadata.len());
        let fits = length <= MOST && TextField::new("", FieldKind::Text).insert(text.trim_end());
        if !fits {
            return Some(format!(
                "That was more than a note holds; its beginning is here. All of it is in {}",
                shown(&self.path)
            ));
        }
        if let Some(path) = self.unsaved_beside() {
            return Some(format!(
                "Here is what was saved. What the editor has besides is in {}",
                shown(&path)
            ));
        }
        self.discard();
        None
    }

    /// Leaves the page where it is, because its words are safe nowhere else. Returns a message
    /// that says where.
    pub(in crate::terminal) fn stay(self) -> String {
        format!("Your draft couldn't be saved. What your editor wrote is also in {}", shown(&self.path))
    }

    /// The file with words that the editor has left: the page, if that is not as it was given,
    /// or one beside it. Where there are none, the page goes.
    pub(in crate::terminal) fn left(self) -> Option<PathBuf> {
        let beside = self.unsaved_beside();
        let is_changed = match self.read() {
            Ok(text) => !text.is_empty() && text != self.given,
            // It may be there and not be readable now.
            Err(_) => self.path.symlink_metadata().is_ok_and(|metadata| metadata.is_file()),
        };
        if is_changed {
            return Some(self.path);
        }
        if beside.is_none() {
            self.discard();
        }
        beside
    }

    /// A copy beside the page in which the editor has words that are not in it.
    fn unsaved_beside(&self) -> Option<PathBuf> {
        let folder = self.path.parent()?;
        let own = self.path.file_name()?.to_str()?;
        let names =
            std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut unsaved = names.filter(|name| name.contains(own) && holds_unsaved(name));
        unsaved.next().map(|name| folder.join(name))
    }

    /// Removes what is in the page's place, unless it is a file that could not be read.
    pub(super) fn discard_unless_file(self) {
        if !self.path.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
            self.discard();
        }
    }

    /// Removes the page and the older copies of it that editors leave beside it.
    pub(super) fn discard(self) {
        let Some(folder) = self.path.parent() else { return };
        let Some(name) = self.path.file_name().and_then(OsStr::to_str) else { return };
        std::fs::remove_file(&self.path).ok();
        for copy in [format!("{name}~"), format!(".{name}.un~")] {
            std::fs::remove_file(folder.join(copy)).ok();
        }
    }
}

/// A path that can be printed.
pub(super) fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}
