//! A lesson: its title, where its text is, and the text once it has been asked for.
//!
//! The text of a lesson that is in a file is read when it is first asked for. After
//! [`Course::stop_reading`](crate::course::Course::stop_reading) it is not: what is missing is
//! answered with nothing (no block, the file's name as a title) and noted, and
//! [`Course::load`](crate::course::Course::load) reads it, on whichever thread has time. Must not
//! know of the lessons beside it.

use crate::course::folder::{FileText, Folder, InPortions, OpenedText};
use crate::course::heading;
use crate::course::ids::LessonId;
use crate::course::refusal::Refusal;
use crate::text::encoding::DecodedText;
use crate::text::long::{PreparePortion, WHOLE};
use crate::text::wanted::{Asker, Piece};
use crate::text::{Document, Flavour, LineMap, markdown, parser};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// One lesson. Its text is read when it is first asked for. A copy has what was read by then.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Its id.
    pub id: LessonId,
    /// Its title, once it has been asked for: see [`Lesson::title`].
    pub(crate) title: LessonTitle,
    /// The part that it belongs to, as an index into [`parts`](crate::course::Course::parts).
    pub part: usize,
    /// How it stands among the lessons around it.
    pub outline: Outline,
    /// Where its text is.
    pub source: LessonSource,
    /// What its text is written in.
    pub flavour: Flavour,
    /// The parsed text, once it has been asked for.
    pub(crate) document: OnceLock<Arc<Document>>,
    /// What notes that something is asked for that is not in memory; none while it may be
    /// read at once.
    pub(crate) asker: Option<Asker>,
}

/// How a lesson stands among the lessons around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// What stands before its title, such as `2.1.`; empty for nothing.
    pub number: String,
    /// How many lessons it is nested in.
    pub depth: u8,
}

/// What is made of a file's text before it is parsed.
#[derive(Debug, Clone)]
pub enum Prepare {
    /// Nothing; only front matter is not shown. A long file is read as it is looked at.
    Shown,
    /// What this makes of the whole text, or of each portion of a long one.
    Whole(Arc<dyn PrepareText>),
}

/// Makes the text that is parsed of that of a file.
pub trait PrepareText: fmt::Debug + Send + Sync {
    /// Makes it of a file in the folder, of which the name from there and the text are given. May
    /// read other files. Also gives the way back to the lines of that text.
    fn prepare(&self, folder: &Folder, name: &str, text: &str) -> (String, LineMap);

    /// For a long file that need not be read as a whole: what prepares its portions. None by default.
    fn by_portions(&self) -> Option<ByPortions> {
        None
    }
}

/// How a long text is prepared portion by portion.
#[derive(Debug, Clone)]
pub struct ByPortions {
    /// Where this stands in the text, only the whole of it can be prepared.
    pub unless: &'static str,
    /// Prepares a portion.
    pub prepare: Arc<dyn PreparePortion>,
}

/// A lesson's title, or where it is to be found.
#[derive(Debug, Clone)]
pub enum LessonTitle {
    /// The author said it.
    Known(String),
    /// It is the first heading of the text, else this name. It is read when it is first
    /// shown, so that opening a folder does not read all that is in it.
    InText {
        /// What it is called when the text does not say.
        otherwise: String,
        /// The title, once it has been read.
        read: OnceLock<String>,
    },
}

/// A parsed text that is looked at.
#[derive(Debug)]
pub(crate) enum LookedAt<'a> {
    /// It is in memory.
    Kept(&'a Document),
    /// It was parsed for this alone.
    Once(Box<Document>),
}

impl Deref for LookedAt<'_> {
    type Target = Document;

    fn deref(&self) -> &Document {
        match self {
            Self::Kept(document) => document,
            Self::Once(document) => document,
        }
    }
}

/// Bytes that a word of a lesson takes in its file, with what stands between words: what the
/// built-in courses come to.
const BYTES_A_WORD: usize = 5;

/// Where a lesson's text is.
#[derive(Debug, Clone)]
pub enum LessonSource {
    /// In the binary.
    BuiltIn(&'static str),
    /// In memory: read already. With the way back to the lines of what was read.
    Text(Arc<str>, LineMap),
    /// In a file of a folder, read when it is first asked for.
    File {
        /// The folder, out of which nothing leads.
        folder: Arc<Folder>,
        /// The file's name from there, with `/` between folders.
        name: String,
        /// What is made of its text.
        prepare: Prepare,
    },
}

impl LessonSource {
    /// A text in memory, whose lines are its own.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into(), LineMap::Same)
    }
}

impl Lesson {
    /// A lesson that has not been read yet.
    pub fn new(id: LessonId, title: LessonTitle, part: usize, source: LessonSource) -> Self {
        Self {
            id,
            title,
            part,
            outline: Outline::default(),
            source,
            flavour: Flavour::default(),
            document: OnceLock::new(),
            asker: None,
        }
    }

    /// The title. Where the text has it and must not be read here, the name of its file until
    /// it has been read.
    pub fn title(&self) -> &str {
        match &self.asker {
            Some(asker) if !self.has_title() => {
                asker.ask(Piece::Title);
                self.name()
            }
            Some(_) | None => self.load_title(),
        }
    }

    /// The title. May have to read it from the text, and so may wait for the disk.
    pub fn load_title(&self) -> &str {
        match &self.title {
            LessonTitle::Known(title) => title,
            LessonTitle::InText { otherwise, read } => read.get_or_init(|| {
                let head = match &self.source {
                    LessonSource::BuiltIn(text) => Some(Cow::Borrowed(*text)),
                    LessonSource::Text(text, _) => Some(Cow::Borrowed(&**text)),
                    LessonSource::File { folder, name, .. } => folder.head(name).ok().map(Cow::Owned),
                };
                let title = head.and_then(|head| heading::first(&head, &self.flavour));
                title.unwrap_or_else(|| otherwise.clone())
            }),
        }
    }

    /// The title if it is known, else the name of its file. Asks for nothing.
    pub fn known_title(&self) -> &str {
        match &self.title {
            LessonTitle::Known(title) => title,
            LessonTitle::InText { otherwise, read } => read.get().unwrap_or(otherwise),
        }
    }

    pub(super) fn has_title(&self) -> bool {
        match &self.title {
            LessonTitle::Known(_) => true,
            LessonTitle::InText { read, .. } => read.get().is_some(),
        }
    }

    /// What it is called without reading anything: the title if the author said it apart from
    /// the text, else the name of its file. It never changes.
    pub fn name(&self) -> &str {
        match &self.title {
            LessonTitle::Known(title) => title,
            LessonTitle::InText { otherwise, .. } => otherwise,
        }
    }

    /// Returns whether nothing has to be read for its text.
    pub(crate) fn is_at_hand(&self) -> bool {
        matches!(self.source, LessonSource::BuiltIn(_))
    }

    /// Returns whether its text is known to be long, and so read portion by portion.
    pub fn is_long(&self) -> bool {
        self.document.get().is_some_and(|document| document.portions() > 1)
    }

    /// Reads the text as it was written, unless it is long: then it is read by its document,
    /// which also says so when it cannot be read. May wait for the disk.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        self.text_with_lines().map(|(text, _)| text)
    }

    /// The same, with the way back to the lines of its file.
    pub(crate) fn text_with_lines(&self) -> Option<(Cow<'_, str>, LineMap)> {
        match &self.source {
            _ if self.is_long() => None,
            LessonSource::BuiltIn(text) => Some((Cow::Borrowed(text), LineMap::Same)),
            LessonSource::Text(text, lines) => {
                (text.len() <= WHOLE).then(|| (Cow::Borrowed(&**text), lines.clone()))
            }
            LessonSource::File { folder, name, prepare } => match self.read(folder, name, prepare) {
                Ok(FileText::Whole(text, lines)) if text.len() <= WHOLE => Some((Cow::Owned(text), lines)),
                Ok(long) => {
                    self.keep(|| self.document_of(long));
                    None
                }
                Err(_) => None,
            },
        }
    }

    /// Reads the text of its file.
    fn read(&self, folder: &Arc<Folder>, name: &str, prepare: &Prepare) -> Result<FileText, Refusal> {
        match prepare {
            Prepare::Shown => folder.lesson(name, &self.flavour),
            Prepare::Whole(prepare) => {
                let by_portions = prepare.by_portions();
                let in_portions =
                    by_portions.as_ref().map_or(InPortions::Never, |by| InPortions::Unless(by.unless));
                let DecodedText { text, note } = match folder.open_text(name, &self.flavour, in_portions)? {
                    OpenedText::Long(file) => {
                        return Ok(FileText::Long(file, by_portions.map(|by| by.prepare)));
                    }
                    OpenedText::Whole(decoded) => decoded,
                };
                let (text, lines) = prepare.prepare(folder, name, &text);
                Ok(FileText::noted(DecodedText { text, note }, lines, &self.flavour))
            }
        }
    }

    fn document_of(&self, text: FileText) -> Document {
        match text {
            FileText::Whole(text, lines) if text.len() <= WHOLE => {
                markdown::parse_as(&text, &self.flavour).with_lines(lines)
            }
            FileText::Whole(text, lines) => {
                let text = Arc::<str>::from(text);
                Document::long(Box::new(text), self.flavour.clone()).with_lines(lines)
            }
            FileText::Long(file, prepare) => {
                let lines = file.lines();
                let document = Document::long(Box::new(file), self.flavour.clone());
                document.with_lines(lines).prepared_by(prepare)
            }
        }
    }

    /// The parsed text; none when it is not in memory and must not be read here.
    pub fn document(&self) -> Option<&Document> {
        match &self.asker {
            Some(asker) if self.document.get().is_none() => {
                asker.ask(Piece::Text);
                None
            }
            Some(_) | None => Some(self.load()),
        }
    }

    /// The parsed text; one that cannot be read says so itself. May wait for the disk. Of a long
    /// text no portion is read.
    pub fn load(&self) -> &Document {
        self.keep(|| self.parse())
    }

    /// The parsed text as [`Lesson::load`] gives it, which is not kept unless it is in memory already.
    pub(crate) fn look(&self) -> LookedAt<'_> {
        self.document.get().map_or_else(
            || LookedAt::Once(Box::new(self.parse())),
            |document| LookedAt::Kept(document.as_ref()),
        )
    }

    /// Keeps a text that was looked at, unless it is kept already.
    pub(crate) fn keep_looked_at(&self, text: LookedAt<'_>) {
        if let LookedAt::Once(document) = text {
            self.keep(|| *document);
        }
    }

    /// Finds the title in the text as it was read, so that its file need not be read again for it.
    pub(crate) fn find_title_in(&self, text: &str) {
        // What stood before the text for programs may have it.
        let is_all = !text.starts_with('\n');
        if let (LessonTitle::InText { otherwise, read }, true) = (&self.title, is_all)
            && let LessonSource::File { prepare: Prepare::Shown, .. } = &self.source
        {
            let head = heading::head_of(text);
            read.get_or_init(|| heading::first(head, &self.flavour).unwrap_or_else(|| otherwise.clone()));
        }
    }

    /// The parsed text, parsed for this alone.
    pub(crate) fn parse(&self) -> Document {
        match &self.source {
            LessonSource::BuiltIn(text) => markdown::parse_as(text, &self.flavour),
            LessonSource::Text(text, lines) if text.len() > WHOLE => {
                let document = Document::long(Box::new(Arc::clone(text)), self.flavour.clone());
                document.with_lines(lines.clone())
            }
            LessonSource::Text(text, lines) => {
                markdown::parse_as(text, &self.flavour).with_lines(lines.clone())
            }
            LessonSource::File { folder, name, prepare } => match self.read(folder, name, prepare) {
                Ok(text) => self.document_of(text),
                Err(refusal) => parser::message(&refusal.to_string()).into(),
            },
        }
    }

    /// The document, made if there is none yet.
    fn keep(&self, make: impl FnOnce() -> Document) -> &Document {
        self.document.get_or_init(|| {
            let mut document = make();
            if let Some(asker) = &self.asker {
                document.ask_with(asker.clone());
            }
            Arc::new(document)
        })
    }

    pub(super) fn ask_with(&mut self, asker: Asker) {
        if let Some(document) = self.document.get_mut().and_then(Arc::get_mut) {
            document.ask_with(asker.clone());
        }
        self.asker = Some(asker);
    }

    /// About how many words it has: counted in its source, which need not be parsed for that;
    /// of a file that is read later, estimated from its length. May wait for the disk.
    pub fn words_about(&self) -> usize {
        match &self.source {
            LessonSource::BuiltIn(text) => words_in(text),
            LessonSource::Text(text, _) => words_in(text),
            LessonSource::File { folder, name, .. } => {
                let bytes = usize::try_from(folder.length(name).unwrap_or(0)).unwrap_or(usize::MAX);
                bytes / BYTES_A_WORD
            }
        }
    }

    /// The same lesson, of which nothing has been read.
    pub(super) fn unread(&self) -> Self {
        let title = match &self.title {
            LessonTitle::Known(title) => LessonTitle::Known(title.clone()),
            LessonTitle::InText { otherwise, .. } => {
                LessonTitle::InText { otherwise: otherwise.clone(), read: OnceLock::new() }
            }
        };
        let (outline, flavour) = (self.outline.clone(), self.flavour.clone());
        Self { outline, flavour, ..Self::new(self.id.clone(), title, self.part, self.source.clone()) }
    }

    /// Where a file of the folder that is open lies.
    pub(super) fn path_of(&self, name: &str) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(name))
    }

    /// The folder that is open, if the text is in a file of one.
    pub(super) fn folder(&self) -> Option<&Path> {
        match &self.source {
            LessonSource::File { folder, .. } => Some(folder.path()),
            LessonSource::BuiltIn(_) | LessonSource::Text(..) => None,
        }
    }

    /// The name of its file in the folder that is open, if it has one.
    pub fn file(&self) -> Option<&str> {
        match &self.source {
            LessonSource::File { name, .. } => Some(name),
            LessonSource::BuiltIn(_) | LessonSource::Text(..) => None,
        }
    }
}

/// Counts the runs between white space that have a letter or a digit.
fn words_in(text: &str) -> usize {
    let (mut words, mut is_counted, mut at) = (0, false, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        // Only what is not ASCII, which is little of most texts, is looked up.
        let (is_letter, is_space, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), matches!(byte, b' ' | b'\t'..=b'\r'), 1)
        } else {
            let sign = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            (sign.is_alphanumeric(), sign.is_whitespace(), sign.len_utf8())
        };
        words += usize::from(is_letter && !is_counted);
        is_counted = (is_counted || is_letter) && !is_space;
        at += length;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_runs_that_have_a_letter_or_a_digit(text in "[a1\u{e9}\u{2014} .,\t\r\n\u{b}\u{a0}-]{0,40}") {
            let has_letter = |run: &&str| run.chars().any(char::is_alphanumeric);
            prop_assert_eq!(words_in(&text), text.split_whitespace().filter(has_letter).count());
        }
    }
}
