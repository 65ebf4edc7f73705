//! A folder that is not trusted.
//!
//! Owns reading within bounds: nothing outside of the folder, nothing endless, nothing that
//! is not a plain file. Must not know what the text means.

mod below;

use crate::course::fault::quoted;
use crate::course::front;
use crate::course::refusal::{Refusal, not_text, not_there, too_large, unreadable};
use crate::text::clean::lossy;
use crate::text::long::{self, WHOLE};
use rustix::buffer::spare_capacity;
use rustix::io::Errno;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// A lesson of more bytes is refused: it would be most of ten thousand pages.
pub const LARGEST_LESSON: u64 = 64 << 20;

/// How many long files stay open. One that does can be read on when another was put in its
/// place; but a search through thousands must not take all that may be open at once.
const MOST_OPEN: usize = 128;

/// How many long files are open.
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// How many bytes of a file are read for its title.
const HEAD: usize = 4096;

/// A folder that is not trusted. Nothing outside of it is read, whatever links say.
#[derive(Debug)]
pub struct Folder {
    /// Its canonical path.
    root: PathBuf,
}

/// The text of a lesson's file.
#[derive(Debug)]
pub(super) enum FileText {
    /// It has been read.
    Whole(String),
    /// It is read as it is asked for.
    Long(LongFile),
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
}

/// A file that stays open.
#[derive(Debug)]
struct OpenFile(File);

impl OpenFile {
    /// Keeps a file open, if that is not one too many.
    fn keep(file: File) -> Option<Self> {
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

impl long::Source for LongFile {
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
            &opened.file
        };
        read_at(file, self.start + range.start, length)
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
        Ok(Self { root })
    }

    /// Its canonical path.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Reads a file as text, if it has at most so many bytes.
    ///
    /// # Errors
    /// When it is not there, leads out of the folder, is no plain file, too large or not text.
    pub fn read(&self, name: &str, most: u64) -> Result<String, Refusal> {
        let bytes = read_bounded(self.open_file(name)?, name, most)?;
        String::from_utf8(bytes).map_err(|error| not_text(name, &error))
    }

    /// As [`Folder::read`], with `\u{fffd}` where the file is not text: better a letter that
    /// can not be read than a page.
    ///
    /// # Errors
    /// As [`Folder::read`], but for what is not text.
    pub fn read_lossy(&self, name: &str, most: u64) -> Result<String, Refusal> {
        read_bounded(self.open_file(name)?, name, most).map(lossy)
    }

    /// Opens a lesson, and reads it when it is not long. Its front matter is left out, and
    /// what is not text is replaced where it stands.
    ///
    /// # Errors
    /// As [`Folder::read`], but for what is not text.
    pub(super) fn lesson(self: &Arc<Self>, name: &str) -> Result<FileText, Refusal> {
        let PlainFile { file, length } = self.open_file(name)?;
        if length > WHOLE as u64 && length <= LARGEST_LESSON {
            let (folder, name, file) = (Arc::clone(self), name.to_owned(), OpenFile::keep(file));
            let mut long = LongFile { folder, name, file, start: 0, length };
            let head = long::Source::read(&long, 0..HEAD as u64).map(lossy).unwrap_or_default();
            long.start = front::end(&head).unwrap_or_default() as u64;
            long.length -= long.start;
            return Ok(FileText::Long(long));
        }
        read_bounded(PlainFile { file, length }, name, LARGEST_LESSON)
            .map(|bytes| FileText::Whole(front::without(lossy(bytes))))
    }

    /// The first few kilobytes of a file, in which its title stands if it has one.
    ///
    /// # Errors
    /// As [`Folder::read`], but for its size and for what is not text.
    pub fn head(&self, name: &str) -> Result<String, Refusal> {
        let head = read_at(&self.open_file(name)?.file, 0, HEAD);
        head.map(lossy).map_err(|error| unreadable(name, &error))
    }

    /// Opens a plain file that is in the folder also when all links are followed.
    fn open_file(&self, name: &str) -> Result<PlainFile, Refusal> {
        let parts = name_parts(name)?;
        if let Some(opened) = below::open(&self.root, name) {
            return Ok(opened);
        }
        open_plain(&within(&self.root, &parts, name)?, name)
    }

    /// How many bytes a file has. It is not opened.
    pub(super) fn length(&self, name: &str) -> Result<u64, Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        fs::metadata(path).map(|metadata| metadata.len()).map_err(|error| unreadable(name, &error))
    }

    /// Whether a file is there that could be read. It is not opened.
    pub(super) fn has_file(&self, name: &str) -> Result<(), Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
        refuse_unless_file(&metadata, name)
    }
}

/// The parts of a relative file name that goes nowhere but down.
pub(super) fn name_parts(name: &str) -> Result<Vec<&str>, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new("the file has no name", "name a Markdown file in the folder"));
    }
    let outside = || {
        let problem = format!("the file {} lies outside of the folder", quoted(name));
        Refusal::new(problem, "put it into the folder and name it from there, as in `lessons/first.md`")
    };
    Path::new(name)
        .components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| match part {
            Component::Normal(part) => part.to_str().ok_or_else(outside),
            _ => Err(outside()),
        })
        .collect()
}

/// The path of a file that is in the folder also when all links are followed.
fn within(root: &Path, parts: &[&str], name: &str) -> Result<PathBuf, Refusal> {
    let path = root.join(parts.iter().collect::<PathBuf>());
    let path = path.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => not_there(name),
        _ => unreadable(name, &error),
    })?;
    if path.starts_with(root) {
        Ok(path)
    } else {
        let problem = format!("{} is a link that leads out of the folder", quoted(name));
        Err(Refusal::new(problem, "put the file itself there"))
    }
}

/// A plain file that has been opened.
#[derive(Debug)]
struct PlainFile {
    file: File,
    /// How many bytes it had then.
    length: u64,
}

fn open_plain(path: &Path, name: &str) -> Result<PlainFile, Refusal> {
    // Opening a device or a pipe can have effects of its own, so look before.
    let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
    refuse_unless_file(&metadata, name)?;
    let file = open(path).map_err(|error| unreadable(name, &error))?;
    // Somebody may have put something else there in the meantime.
    let metadata = file.metadata().map_err(|error| unreadable(name, &error))?;
    refuse_unless_file(&metadata, name)?;
    Ok(PlainFile { file, length: metadata.len() })
}

/// So many bytes of a file, or those that there are.
fn read_at(file: &File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        let at = start + bytes.len() as u64;
        match rustix::io::pread(file, spare_capacity(&mut bytes), at) {
            Ok(0) => break,
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    bytes.truncate(length);
    Ok(bytes)
}

fn read_bounded(opened: PlainFile, name: &str, most: u64) -> Result<Vec<u8>, Refusal> {
    if opened.length > most {
        return Err(too_large(name, most));
    }
    let length = usize::try_from(opened.length).unwrap_or_default();
    let mut bytes = read_at(&opened.file, 0, length).map_err(|error| unreadable(name, &error))?;
    // Files that the system makes up say that they have no length.
    if length == 0 {
        opened.file.take(most + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    }
    if bytes.len() as u64 > most { Err(too_large(name, most)) } else { Ok(bytes) }
}

fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

fn refuse_unless_file(metadata: &fs::Metadata, name: &str) -> Result<(), Refusal> {
    if metadata.is_file() {
        return Ok(());
    }
    let kind = if metadata.is_dir() { "a folder" } else { "a pipe, a socket or a device" };
    Err(Refusal::new(format!("{} is {kind}", quoted(name)), "name a plain file"))
}
