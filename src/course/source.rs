//! Where a course's text comes from: the binary, or a folder that is not trusted.
//!
//! Owns reading within bounds: nothing outside of the folder, nothing endless, nothing
//! that is not text. Must not know what the text means.

use crate::course::fault::{line_and_column, quoted};
use crate::course::front;
use crate::text::long::{self, WHOLE};
use include_dir::{Dir, DirEntry, include_dir};
use std::borrow::Cow;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Component, Path, PathBuf};

static CONTENT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// The manifest's name in a course's folder.
pub const MANIFEST: &str = "course.json";

/// A manifest of more bytes is refused: it would be most of a thousand pages.
pub const LARGEST_MANIFEST: u64 = 4 << 20;

/// A lesson of more bytes is refused: it would be most of ten thousand pages.
pub const LARGEST_LESSON: u64 = 64 << 20;

/// The ids of the built-in courses, in alphabetical order.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    CONTENT
        .dirs()
        .filter(|folder| embedded(folder, &[MANIFEST]).is_some())
        .filter_map(|folder| folder.path().to_str())
}

/// Where a course's text comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// The binary.
    BuiltIn(&'static Dir<'static>),
    /// A folder.
    Folder(Folder),
}

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

/// A long file, as long as it was when it was opened.
#[derive(Debug)]
pub(super) struct LongFile {
    file: File,
    /// Where the text begins in the file.
    start: u64,
    length: u64,
}

impl long::Source for LongFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let length = range.end.min(self.length).saturating_sub(range.start);
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| io::ErrorKind::OutOfMemory)?];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read_at(rest, self.start + range.start + filled as u64) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }
}

/// How many bytes of a file are read for its title.
const HEAD: u64 = 4096;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line and column inside the file, when it was opened and is faulty itself.
    pub inside: Option<(usize, usize)>,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub remedy: String,
}

impl Refusal {
    fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { inside: None, problem: problem.into(), remedy: remedy.into() }
    }
}

impl Source {
    /// The built-in course of this id.
    pub(super) fn built_in(id: &str) -> Option<Self> {
        let folder = CONTENT.dirs().find(|folder| folder.path().as_os_str() == id)?;
        embedded(folder, &[MANIFEST]).map(|_| Self::BuiltIn(folder))
    }

    /// A folder.
    pub(super) fn folder(folder: &Path) -> Result<Self, Refusal> {
        Folder::open(folder).map(Self::Folder)
    }

    /// Reads a file as text, if it has at most so many bytes.
    pub(super) fn read(&self, name: &str, most: u64) -> Result<Cow<'static, str>, Refusal> {
        let parts = name_parts(name)?;
        match self {
            Self::BuiltIn(folder) => embedded(folder, &parts)
                .and_then(include_dir::File::contents_utf8)
                .map(Cow::Borrowed)
                .ok_or_else(|| not_there(name)),
            Self::Folder(folder) => folder.read(name, most).map(Cow::Owned),
        }
    }

    /// Whether a file is there that could be read. It is not opened.
    pub(super) fn has_file(&self, name: &str) -> Result<(), Refusal> {
        let parts = name_parts(name)?;
        match self {
            Self::BuiltIn(folder) => embedded(folder, &parts).map(|_| ()).ok_or_else(|| not_there(name)),
            Self::Folder(folder) => folder.has_file(name),
        }
    }
}

impl Folder {
    /// A folder.
    ///
    /// # Errors
    /// When there is none that can be read.
    pub fn open(folder: &Path) -> Result<Self, Refusal> {
        let refused = |error: &io::Error| match error.kind() {
            io::ErrorKind::NotFound => Refusal::new("there is no such folder", "look at its name"),
            _ => Refusal::new(format!("the folder can not be read ({error})"), "look at its permissions"),
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
        let path = within(&self.root, &name_parts(name)?, name)?;
        let bytes = read_bounded(open_plain(&path, name)?, name, most)?;
        String::from_utf8(bytes).map_err(|error| not_text(name, &error))
    }

    /// As [`Folder::read`], with `\u{fffd}` where the file is not text: better a letter that
    /// can not be read than a page.
    ///
    /// # Errors
    /// As [`Folder::read`], but for what is not text.
    pub fn read_lossy(&self, name: &str, most: u64) -> Result<String, Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        read_bounded(open_plain(&path, name)?, name, most).map(lossy)
    }

    /// Opens a lesson, and reads it when it is not long. Its front matter is left out, and
    /// what is not text is replaced where it stands.
    ///
    /// # Errors
    /// As [`Folder::read`], but for what is not text.
    pub(super) fn lesson(&self, name: &str) -> Result<FileText, Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        let file = open_plain(&path, name)?;
        let length = file.metadata().map_err(|error| unreadable(name, &error))?.len();
        if length > WHOLE as u64 && length <= LARGEST_LESSON {
            let mut long = LongFile { file, start: 0, length };
            let head = long::Source::read(&long, 0..HEAD).map(lossy).unwrap_or_default();
            long.start = front::end(&head).unwrap_or_default() as u64;
            long.length -= long.start;
            return Ok(FileText::Long(long));
        }
        read_bounded(file, name, LARGEST_LESSON).map(|bytes| FileText::Whole(front::without(lossy(bytes))))
    }

    /// The first few kilobytes of a file, in which its title stands if it has one.
    ///
    /// # Errors
    /// As [`Folder::read`], but for its size and for what is not text.
    pub fn head(&self, name: &str) -> Result<String, Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        // With room for all of it there is nothing to feel one's way with.
        let mut bytes = Vec::with_capacity(usize::try_from(HEAD).unwrap_or_default());
        let file = open_plain(&path, name)?;
        file.take(HEAD).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// How many bytes a file has. It is not opened.
    pub(super) fn length(&self, name: &str) -> Result<u64, Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        fs::metadata(path).map(|metadata| metadata.len()).map_err(|error| unreadable(name, &error))
    }

    /// Whether a file is there that could be read. It is not opened.
    fn has_file(&self, name: &str) -> Result<(), Refusal> {
        let path = within(&self.root, &name_parts(name)?, name)?;
        let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
        refuse_unless_file(&metadata, name)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.problem, self.remedy)
    }
}

/// A file in the binary. `Dir::get_file` compares paths by their parts with every file.
fn embedded(folder: &'static Dir<'static>, parts: &[&str]) -> Option<&'static include_dir::File<'static>> {
    let path = folder.path().join(parts.iter().collect::<PathBuf>());
    let mut entries = folder.entries();
    loop {
        let entry = entries.iter().find(|entry| {
            let own = entry.path().as_os_str().as_encoded_bytes();
            let rest = path.as_os_str().as_encoded_bytes().strip_prefix(own);
            rest.is_some_and(|rest| rest.first().is_none_or(|byte| *byte == b'/'))
        })?;
        match entry {
            DirEntry::Dir(below) => entries = below.entries(),
            DirEntry::File(file) => return (file.path().as_os_str() == path.as_os_str()).then_some(file),
        }
    }
}

fn not_there(name: &str) -> Refusal {
    let remedy =
        if name.contains('\\') { "write `/` between folders" } else { "write the file, or correct its name" };
    Refusal::new(format!("the file {} is not there", quoted(name)), remedy)
}

/// The parts of a relative file name that goes nowhere but down.
fn name_parts(name: &str) -> Result<Vec<&str>, Refusal> {
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

fn open_plain(path: &Path, name: &str) -> Result<File, Refusal> {
    // Opening a device or a pipe can have effects of its own, so look before.
    let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
    refuse_unless_file(&metadata, name)?;
    let file = open(path).map_err(|error| unreadable(name, &error))?;
    // Somebody may have put something else there in the meantime.
    let metadata = file.metadata().map_err(|error| unreadable(name, &error))?;
    refuse_unless_file(&metadata, name)?;
    Ok(file)
}

/// The text of these bytes, with `\u{fffd}` for what is none.
fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn read_bounded(file: File, name: &str, most: u64) -> Result<Vec<u8>, Refusal> {
    let metadata = file.metadata().map_err(|error| unreadable(name, &error))?;
    if metadata.len() > most {
        return Err(too_large(name, most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
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

fn unreadable(name: &str, error: &io::Error) -> Refusal {
    let remedy = match error.kind() {
        io::ErrorKind::PermissionDenied => "look at its permissions",
        _ => "put a plain file there",
    };
    Refusal::new(format!("the file {} can not be read ({error})", quoted(name)), remedy)
}

fn too_large(name: &str, most: u64) -> Refusal {
    let problem = format!("the file {} is larger than {} MiB", quoted(name), most >> 20);
    Refusal::new(problem, "split it into several")
}

fn not_text(name: &str, error: &std::string::FromUtf8Error) -> Refusal {
    let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
    let good = String::from_utf8_lossy(good);
    let problem = format!("the file {} is not UTF-8 text from here on", quoted(name));
    Refusal {
        inside: Some(line_and_column(&good, good.len())),
        problem,
        remedy: "save it as UTF-8".to_owned(),
    }
}
