//! A folder that is not trusted.
//!
//! Owns reading within bounds: nothing outside of the folder, nothing endless, nothing that
//! is not a plain file. Every byte of a lesson comes through its [`CourseDisk`]. Must not know what
//! the text means.

mod below;
pub mod disk;
mod within;

pub(super) use within::name_parts;

use crate::course::front_matter;
use crate::course::refusal::{Refusal, not_text, too_large, unreadable};
use crate::text::clean::decode_lossy;
use crate::text::encoding::{self, DecodedText};
use crate::text::line_map::line_breaks;
use crate::text::long::{self, PreparePortion, WHOLE};
use crate::text::{Flavour, LineMap};
use disk::{CourseDisk, PlainFile, SystemDisk};
use memchr::memmem;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use within::{refuse_unless_file, within};

/// A lesson of more bytes is refused: it would be most of ten thousand pages.
pub const LARGEST_LESSON: u64 = 64 << 20;

/// How many long files stay open. One that does can be read on when another was put in its
/// place; but a search through thousands must not take all that may be open at once.
const MOST_OPEN: usize = 128;

/// How many long files are open.
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// How many bytes of a file are read for its title.
const HEAD: usize = 4096;

/// How many bytes of a file that does not say how long it is are read at a time.
const PIECE: usize = 64 * 1024;

/// A folder that is not trusted. Nothing outside of it is read, whatever links say.
#[derive(Debug)]
pub struct Folder {
    /// Its canonical path.
    root: PathBuf,
    disk: Box<dyn CourseDisk>,
}

/// The text of a lesson's file.
#[derive(Debug)]
pub(super) enum FileText {
    /// It has been read. With the way back to the lines of the file.
    Whole(String, LineMap),
    /// It is read as it is asked for, and each portion is prepared so.
    Long(LongFile, Option<Arc<dyn PreparePortion>>),
}

/// A file that was opened for its text.
#[derive(Debug)]
pub(super) enum OpenedText {
    /// It is read as it is asked for.
    Long(LongFile),
    /// It has been read, front matter and all.
    Whole(DecodedText),
}

/// Which long files may be read as they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InPortions {
    /// All.
    Always,
    /// Those in which this does not stand.
    Unless(&'static str),
    /// None.
    Never,
}

impl FileText {
    /// A text that was decoded, whose way back to its lines this is, with its note.
    pub(super) fn noted(decoded: DecodedText, lines: LineMap, flavour: &Flavour) -> Self {
        let (text, noted_lines) = decoded.noted(flavour);
        Self::Whole(text, lines.made_into(noted_lines))
    }
}

/// A long file, as long as it was when it was first opened.
#[derive(Debug)]
pub(super) struct LongFile {
    folder: Arc<Folder>,
    name: String,
    /// The file, if it stays open.
    file: Option<OpenFile>,
    /// Where the text begins in the file.
    start: u64,
    length: u64,
    /// How many lines of the file come before that.
    lines_before: u32,
}

impl LongFile {
    /// The way back to the lines of the file.
    pub(super) fn lines(&self) -> LineMap {
        LineMap::Shifted(self.lines_before.into())
    }

    /// Returns whether a text stands in it, or may: what cannot be read now may have it. Reads a piece at a
    /// time, and keeps none.
    fn may_have(&self, text: &str) -> bool {
        let finder = memmem::Finder::new(text);
        let mut at = 0;
        loop {
            let Ok(piece) = long::LongTextSource::read(self, at..at + PIECE as u64) else { return true };
            if finder.find(&piece).is_some() {
                return true;
            }
            // It may stand across two pieces.
            let next = (piece.len() + 1).saturating_sub(text.len()) as u64;
            if next == 0 {
                return false;
            }
            at += next;
        }
    }
}

/// A file that stays open.
#[derive(Debug)]
struct OpenFile(Box<dyn PlainFile>);

impl OpenFile {
    /// Keeps a file open, if that is not one too many.
    fn keep(file: Box<dyn PlainFile>) -> Option<Self> {
        let may_stay = |open: usize| (open < MOST_OPEN).then_some(open + 1);
        OPEN.fetch_update(Relaxed, Relaxed, may_stay).ok()?;
        Some(Self(file))
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Relaxed);
    }
}

impl long::LongTextSource for LongFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let length = range.end.min(self.length).saturating_sub(range.start);
        let length = usize::try_from(length).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let opened;
        let file = if let Some(OpenFile(file)) = &self.file {
            file
        } else {
            opened =
                self.folder.open_file(&self.name).map_err(|refusal| io::Error::other(refusal.to_string()))?;
            &opened
        };
        file.read_at(self.start + range.start, length)
    }
}

impl Folder {
    /// A folder.
    ///
    /// # Errors
    /// When there is none that can be read.
    pub fn open(folder: &Path) -> Result<Self, Refusal> {
        let refused = |error: &io::Error| match error.kind() {
            io::ErrorKind::NotFound => Refusal::new("there is no such folder", "check its name"),
            _ => Refusal::new(format!("the folder cannot be read ({error})"), "check its permissions"),
        };
        let root = folder.canonicalize().map_err(|error| refused(&error))?;
        if !fs::metadata(&root).map_err(|error| refused(&error))?.is_dir() {
            return Err(Refusal::new("this is not a folder", "name the folder that holds course.json"));
        }
        Ok(Self { root, disk: Box::new(SystemDisk) })
    }

    /// A folder of which this disk has the files.
    pub fn on(disk: Box<dyn CourseDisk>, root: PathBuf) -> Self {
        Self { root, disk }
    }

    /// Its canonical path.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Reads a file as text, if it has at most `most` bytes.
    ///
    /// # Errors
    /// When it is not there, leads out of the folder, is no plain file, too large or not text.
    pub fn read(&self, name: &str, most: u64) -> Result<String, Refusal> {
        let bytes = read_bounded(&*self.open_file(name)?, name, most)?;
        String::from_utf8(bytes).map_err(|error| not_text(name, &error))
    }

    /// Reads a file that need not be text, if it has at most `most` bytes.
    ///
    /// # Errors
    /// As [`Folder::read`], but for what is not text.
    pub fn read_bytes(&self, name: &str, most: u64) -> Result<Vec<u8>, Refusal> {
        read_bounded(&*self.open_file(name)?, name, most)
    }

    /// As [`Folder::read`], whatever the file is encoded in, with `\u{fffd}` where it is not text:
    /// better a letter that cannot be read than a page.
    ///
    /// # Errors
    /// As [`Folder::read`], but for what is not text.
    pub fn read_lossy(&self, name: &str, most: u64) -> Result<String, Refusal> {
        self.read_decoded(name, most).map(|decoded| decoded.text)
    }

    /// As [`Folder::read_lossy`], with what the reader should know of the encoding.
    pub(super) fn read_decoded(&self, name: &str, most: u64) -> Result<DecodedText, Refusal> {
        read_bounded(&*self.open_file(name)?, name, most).map(encoding::decode)
    }

    /// Opens a lesson, and reads it when it is not long. The front matter of Markdown is left out,
    /// and what is not text is replaced where it stands.
    ///
    /// # Errors
    /// As [`Folder::read`], but for what is not text.
    pub(super) fn lesson(self: &Arc<Self>, name: &str, flavour: &Flavour) -> Result<FileText, Refusal> {
        let DecodedText { text, note } = match self.open_text(name, flavour, InPortions::Always)? {
            OpenedText::Long(file) => return Ok(FileText::Long(file, None)),
            OpenedText::Whole(decoded) => decoded,
        };
        let text = if is_markdown(flavour) { front_matter::blank(text) } else { text };
        Ok(FileText::noted(DecodedText { text, note }, LineMap::Same, flavour))
    }

    /// Opens a file for its text, and reads it unless it is long and may be read as it is asked for. The
    /// front matter of Markdown is left out of a long one.
    ///
    /// # Errors
    /// As [`Folder::lesson`].
    pub(super) fn open_text(
        self: &Arc<Self>,
        name: &str,
        flavour: &Flavour,
        in_portions: InPortions,
    ) -> Result<OpenedText, Refusal> {
        let file = self.open_file(name)?;
        let length = file.length();
        if length > WHOLE as u64 && length <= LARGEST_LESSON && in_portions != InPortions::Never {
            let head = file.read_at(0, HEAD).unwrap_or_default();
            // Only UTF-8 can be decoded from any place on.
            if !encoding::is_other(&head) {
                let head = decode_lossy(head);
                let start = front_matter::end(&head).filter(|_| is_markdown(flavour)).unwrap_or_default();
                let lines_before = line_breaks(head.get(..start).unwrap_or_default());
                let (folder, name, file) = (Arc::clone(self), name.to_owned(), OpenFile::keep(file));
                let (start, length) = (start as u64, length - start as u64);
                let file = LongFile { folder, name, file, start, length, lines_before };
                match in_portions {
                    InPortions::Unless(text) if file.may_have(text) => {
                        return self.read_decoded(&file.name, LARGEST_LESSON).map(OpenedText::Whole);
                    }
                    _ => return Ok(OpenedText::Long(file)),
                }
            }
        }
        let decoded = encoding::decode(read_bounded(&*file, name, LARGEST_LESSON)?);
        Ok(OpenedText::Whole(decoded))
    }

    /// The first few kilobytes of a file, in which its title stands if it has one.
    ///
    /// # Errors
    /// As [`Folder::read`], but for its size and for what is not text.
    pub fn head(&self, name: &str) -> Result<String, Refusal> {
        let head = self.open_file(name)?.read_at(0, HEAD);
        head.map(|head| encoding::decode(whole_lines(head)).text).map_err(|error| unreadable(name, &error))
    }

    /// Opens a plain file that is in the folder also when all links are followed.
    fn open_file(&self, name: &str) -> Result<Box<dyn PlainFile>, Refusal> {
        self.disk.open(&self.root, name)
    }

    /// How many bytes a file has. It is not opened.
    pub(super) fn length(&self, name: &str) -> Result<u64, Refusal> {
        self.disk.length(&self.root, name)
    }

    /// Returns whether a file is there that could be read. It is not opened.
    pub(super) fn has_file(&self, name: &str) -> Result<(), Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
        refuse_unless_file(&metadata, name)
    }
}

fn is_markdown(flavour: &Flavour) -> bool {
    !matches!(flavour, Flavour::Verbatim { .. })
}

/// Drops what may be half a line, or half a character, at the end of the beginning of a file.
fn whole_lines(mut head: Vec<u8>) -> Vec<u8> {
    if head.len() >= HEAD
        && let Some(end) = memchr::memrchr(b'\n', &head)
        && !head.starts_with(b"\xff\xfe")
    {
        head.truncate(end + 1);
    }
    head
}

fn read_bounded(file: &dyn PlainFile, name: &str, most: u64) -> Result<Vec<u8>, Refusal> {
    if file.length() > most {
        return Err(too_large(name, most));
    }
    let length = usize::try_from(file.length()).unwrap_or_default();
    let mut bytes = file.read_at(0, length).map_err(|error| unreadable(name, &error))?;
    // Files that the system makes up say that they have no length.
    while length == 0 && bytes.len() as u64 <= most {
        let more = file.read_at(bytes.len() as u64, PIECE).map_err(|error| unreadable(name, &error))?;
        if more.is_empty() {
            break;
        }
        bytes.extend(more);
    }
    if bytes.len() as u64 > most { Err(too_large(name, most)) } else { Ok(bytes) }
}
