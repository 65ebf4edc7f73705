//! The course as everything else sees it: plain, checked, clean.
//!
//! Must not know how a course is written down; that is the manifest's.
//!
//! The text of a lesson that is in a file is read when it is first asked for. After
//! [`Course::stop_reading`] it is not: what is missing is answered with nothing (no block, the
//! file's name as a title) and noted, and [`Course::load`] reads it, on whichever thread has time.

use crate::course::file_index::FileIndex;
use crate::course::folder::{FileText, Folder, LARGEST_LESSON};
use crate::course::plan::PlanWeek;
use crate::course::refusal::Refusal;
use crate::course::rhythm::Rhythm;
use crate::course::{Guide, heading};
use crate::text::encoding::DecodedText;
use crate::text::long::WHOLE;
use crate::text::wanted::{Asker, Piece, Want, WantList};
use crate::text::{Document, Flavour, exercise, markdown, parser};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id with this text, which must have been cleaned already.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as the author wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        // So that maps keyed by ids can be asked with text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a course, for as long as there is one.
    CourseId
);
id!(
    /// Names a lesson within its course.
    LessonId
);
id!(
    /// Names an item of the checklist within its course.
    ItemId
);
id!(
    /// Names an exercise of a lesson within its course.
    ExerciseId
);

/// A course, ready to be read.
#[derive(Debug)]
pub struct Course {
    /// Its id, under which marks and places are kept.
    pub id: CourseId,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence or two.
    pub summary: String,
    /// Its language as a BCP 47 tag, such as `en`.
    pub language: String,
    /// The lesson to read before any other, one key away from anywhere.
    pub stop_first: Option<usize>,
    /// The lesson for a hard minute, one key away from anywhere.
    pub first_aid: Option<usize>,
    /// What it is, for somebody who opens it for the first time; may have several lines.
    pub welcome: Option<String>,
    /// The parts in order. Each names a run of [`Course::lessons`].
    pub parts: Vec<Part>,
    /// All lessons in reading order.
    pub lessons: Vec<Lesson>,
    /// All items: those to avoid first, then those to embrace, each in the author's order.
    pub items: Vec<Item>,
    /// The self-check, if the course has one.
    pub guide: Option<Guide>,
    /// The plan, week by week; empty if the course has none.
    pub plan: Vec<PlanWeek>,
    /// Finds lessons by their files, once a link has asked for one.
    pub(crate) files: FilesOnDemand,
    /// Finds the lessons in which the reader writes.
    pub(crate) written: WrittenOnDemand,
}

/// The lessons in which the reader writes, by the ids of the exercises; made when first asked for.
#[derive(Debug, Default)]
pub(crate) struct WrittenOnDemand(OnceLock<BTreeMap<String, usize>>);

/// The index of a course's files, made when it is first asked for.
#[derive(Debug, Default)]
pub(crate) struct FilesOnDemand(OnceLock<FileIndex>);

/// A run of lessons under one title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its title; of a folder, its path from the one that is open.
    pub title: String,
    /// How it stands among the other parts.
    pub kind: PartKind,
    /// The lessons in it, as indices into [`Course::lessons`]. Those of the parts nested in it
    /// follow, and are not among them.
    pub lessons: Range<usize>,
}

/// How a part stands among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// A part of a book or a course, beside the others.
    Titled,
    /// A folder.
    Folder {
        /// Its path from the folder that it is nested in, which may be several folders at once.
        name: String,
        /// The number of folders that it is nested in.
        depth: u8,
    },
}

impl Part {
    /// A part of a book or a course.
    pub fn titled(title: String, lessons: Range<usize>) -> Self {
        Self { title, kind: PartKind::Titled, lessons }
    }

    /// The number of parts that it is nested in.
    pub fn depth(&self) -> u8 {
        match self.kind {
            PartKind::Titled => 0,
            PartKind::Folder { depth, .. } => depth,
        }
    }
}

/// One lesson. Its text is read when it is first asked for.
#[derive(Debug)]
pub struct Lesson {
    /// Its id.
    pub id: LessonId,
    /// Its title, once it has been asked for: see [`Lesson::title`].
    pub(crate) title: LessonTitle,
    /// The part that it belongs to, as an index into [`Course::parts`].
    pub part: usize,
    /// How it stands among the lessons around it.
    pub outline: Outline,
    /// Where its text is.
    pub source: LessonSource,
    /// What its text is written in.
    pub flavour: Flavour,
    /// The parsed text, once it has been asked for.
    pub(crate) document: OnceLock<Document>,
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
    /// What this makes of the whole text.
    Whole(Arc<dyn PrepareText>),
}

/// Makes the text that is parsed of that of a file.
pub trait PrepareText: fmt::Debug + Send + Sync {
    /// Makes it of a file in the folder, of which the name from there and the text are given. May
    /// read other files.
    fn prepare(&self, folder: &Folder, name: &str, text: &str) -> String;
}

/// A lesson's title, or where it is to be found.
#[derive(Debug)]
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

/// Bytes that a word of a lesson takes in its file, with what stands between words: what the
/// built-in courses come to.
const BYTES_A_WORD: usize = 5;

/// Where a lesson's text is.
#[derive(Debug, Clone)]
pub enum LessonSource {
    /// In the binary.
    BuiltIn(&'static str),
    /// In memory: read already.
    Text(Arc<str>),
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

/// Which side of the checklist an item is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Something to keep clear of.
    Avoid,
    /// Something to do.
    Embrace,
}

/// One behaviour on the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its side.
    pub side: Side,
    /// One line, in the first person, that can be ticked.
    pub text: String,
    /// One line that says why.
    pub why: String,
    /// The lesson that teaches it, as an index into [`Course::lessons`].
    pub lesson: usize,
    /// The slug of the section that teaches it; `None` for the whole lesson.
    pub section: Option<String>,
    /// For an item to avoid: what to do instead, as an index into [`Course::items`].
    pub instead: Option<usize>,
    /// The author's caution, such as "Only if it is safe."
    pub caution: Option<String>,
    /// The heading that it stands under on its side of the checklist.
    pub group: Option<String>,
    /// How often it is meant to be done.
    pub rhythm: Rhythm,
    /// The author's word for a day on which it was not kept.
    pub slipped: Option<String>,
}

impl Course {
    /// A course in English without lessons and items.
    pub(crate) fn empty(id: CourseId, title: String) -> Self {
        Self {
            id,
            title,
            summary: String::new(),
            language: "en".to_owned(),
            stop_first: None,
            first_aid: None,
            welcome: None,
            parts: Vec::new(),
            lessons: Vec::new(),
            items: Vec::new(),
            guide: None,
            plan: Vec::new(),
            files: FilesOnDemand::default(),
            written: WrittenOnDemand::default(),
        }
    }

    /// The lesson's parsed text; an empty document for an index that does not exist, and for a
    /// text that is not in memory and must not be read here.
    pub fn document(&self, lesson: usize) -> &Document {
        static EMPTY: Document = Document::empty();
        self.lessons.get(lesson).and_then(Lesson::document).unwrap_or(&EMPTY)
    }

    /// The lesson's parsed text if it is in memory. Asks for nothing.
    pub fn document_if_read(&self, lesson: usize) -> Option<&Document> {
        self.lessons.get(lesson)?.document.get()
    }

    /// From now on reads no file when a lesson is asked for something: what is not in memory is
    /// put on the list that this returns. None for a course that is in memory as a whole.
    pub fn stop_reading(&mut self) -> Option<Arc<WantList>> {
        let list = Arc::new(WantList::default());
        let mut has_files = false;
        for (index, lesson) in self.lessons.iter_mut().enumerate() {
            if matches!(lesson.source, LessonSource::File { .. }) {
                has_files = true;
                lesson.ask_with(Asker::new(Arc::clone(&list), index));
            }
        }
        has_files.then_some(list)
    }

    /// Reads what is wanted, and may wait for the disk.
    pub fn load(&self, want: Want) {
        let Some(lesson) = self.lessons.get(want.text) else { return };
        match want.piece {
            Piece::Title => drop(lesson.load_title()),
            Piece::Text => drop(lesson.load()),
            Piece::Portion(portion) => lesson.load().load(portion),
        }
    }

    /// Returns whether a piece that was wanted has been read since.
    pub fn has(&self, want: Want) -> bool {
        let Some(lesson) = self.lessons.get(want.text) else { return true };
        match (want.piece, lesson.document.get()) {
            (Piece::Title, _) => lesson.has_title(),
            (Piece::Text, document) => document.is_some(),
            (Piece::Portion(portion), Some(document)) => document.has(portion),
            (Piece::Portion(_), None) => false,
        }
    }

    /// The same course, of which nothing has been read.
    #[must_use]
    pub fn unread(&self) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            language: self.language.clone(),
            stop_first: self.stop_first,
            parts: self.parts.clone(),
            lessons: self.lessons.iter().map(Lesson::unread).collect(),
            items: self.items.clone(),
            guide: self.guide.clone(),
            first_aid: self.first_aid,
            welcome: self.welcome.clone(),
            plan: self.plan.clone(),
            files: FilesOnDemand::default(),
            written: WrittenOnDemand::default(),
        }
    }

    /// Finds lessons by their files.
    pub(super) fn files(&self) -> &FileIndex {
        self.files.0.get_or_init(|| {
            let lessons = self.lessons.iter().enumerate();
            FileIndex::new(lessons.filter_map(|(index, lesson)| Some((index, lesson.file()?))))
        })
    }

    /// Gives back the memory of what lies far from a block of a long lesson.
    pub fn forget_far_from(&mut self, lesson: usize, block: usize) {
        if let Some(document) = self.lessons.get_mut(lesson).and_then(|lesson| lesson.document.get_mut()) {
            document.forget_far_from(block);
        }
    }

    /// The lessons of a part and of all that are nested in it.
    pub fn lessons_below(&self, part: usize) -> Range<usize> {
        let Some(own) = self.parts.get(part) else { return 0..0 };
        let nested = self.parts.iter().skip(part + 1).take_while(|nested| nested.depth() > own.depth());
        own.lessons.start..nested.last().map_or(own.lessons.end, |last| last.lessons.end)
    }

    /// The part that a part is nested in.
    pub fn part_around(&self, part: usize) -> Option<usize> {
        let depth = self.parts.get(part)?.depth();
        self.parts.get(..part)?.iter().rposition(|around| around.depth() < depth)
    }

    /// The lesson in which the reader writes for an exercise of this id. Looks through the sources
    /// of all lessons once; only those that are in memory have exercises.
    pub fn lesson_to_write_in(&self, exercise: &str) -> Option<usize> {
        let index = || {
            let lessons = self.lessons.iter().enumerate();
            let lessons = lessons.filter(|(_, lesson)| lesson.flavour == Flavour::Course);
            let mut found = BTreeMap::new();
            for (index, lesson) in lessons {
                let text = match &lesson.source {
                    LessonSource::BuiltIn(text) => text,
                    LessonSource::Text(text) => &**text,
                    LessonSource::File { .. } => continue,
                };
                for id in exercise::ids_to_write_for(text) {
                    found.entry(id.to_owned()).or_insert(index);
                }
            }
            found
        };
        self.written.0.get_or_init(index).get(exercise).copied()
    }

    /// The index of the lesson with this id.
    pub fn lesson_index(&self, id: &LessonId) -> Option<usize> {
        self.lessons.iter().position(|lesson| lesson.id == *id)
    }

    /// The index of the item with this id.
    pub fn item_index(&self, id: &ItemId) -> Option<usize> {
        self.items.iter().position(|item| item.id == *id)
    }

    /// The block that teaches an item: its section's heading, else the lesson's start.
    pub fn passage(&self, item: &Item) -> usize {
        item.section.as_deref().and_then(|slug| self.document(item.lesson).section(slug)).unwrap_or(0)
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
                    LessonSource::Text(text) => Some(Cow::Borrowed(&**text)),
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

    fn has_title(&self) -> bool {
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
        match &self.source {
            _ if self.is_long() => None,
            LessonSource::BuiltIn(text) => Some(Cow::Borrowed(text)),
            LessonSource::Text(text) => (text.len() <= WHOLE).then_some(Cow::Borrowed(text)),
            LessonSource::File { folder, name, prepare } => match self.read(folder, name, prepare) {
                Ok(FileText::Whole(text)) if text.len() <= WHOLE => Some(Cow::Owned(text)),
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
                let DecodedText { text, note } = folder.read_decoded(name, LARGEST_LESSON)?;
                Ok(FileText::noted(prepare.prepare(folder, name, &text), note, &self.flavour))
            }
        }
    }

    fn document_of(&self, text: FileText) -> Document {
        match text {
            FileText::Whole(text) if text.len() <= WHOLE => markdown::parse_as(&text, &self.flavour),
            FileText::Whole(text) => Document::long(Box::new(Arc::<str>::from(text)), self.flavour.clone()),
            FileText::Long(file) => Document::long(Box::new(file), self.flavour.clone()),
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
        self.keep(|| match &self.source {
            LessonSource::BuiltIn(text) => markdown::parse_as(text, &self.flavour),
            LessonSource::Text(text) if text.len() > WHOLE => {
                Document::long(Box::new(Arc::clone(text)), self.flavour.clone())
            }
            LessonSource::Text(text) => markdown::parse_as(text, &self.flavour),
            LessonSource::File { folder, name, prepare } => match self.read(folder, name, prepare) {
                Ok(text) => self.document_of(text),
                Err(refusal) => parser::message(&refusal.to_string()).into(),
            },
        })
    }

    /// The document, made if there is none yet.
    fn keep(&self, make: impl FnOnce() -> Document) -> &Document {
        self.document.get_or_init(|| {
            let mut document = make();
            if let Some(asker) = &self.asker {
                document.ask_with(asker.clone());
            }
            document
        })
    }

    fn ask_with(&mut self, asker: Asker) {
        if let Some(document) = self.document.get_mut() {
            document.ask_with(asker.clone());
        }
        self.asker = Some(asker);
    }

    /// About how many words it has: counted in its source, which need not be parsed for that;
    /// of a file that is read later, estimated from its length. May wait for the disk.
    pub fn words_about(&self) -> usize {
        match &self.source {
            LessonSource::BuiltIn(text) => words_in(text),
            LessonSource::Text(text) => words_in(text),
            LessonSource::File { folder, name, .. } => {
                let bytes = usize::try_from(folder.length(name).unwrap_or(0)).unwrap_or(usize::MAX);
                bytes / BYTES_A_WORD
            }
        }
    }

    /// The same lesson, of which nothing has been read.
    fn unread(&self) -> Self {
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
            LessonSource::BuiltIn(_) | LessonSource::Text(_) => None,
        }
    }

    /// The name of its file in the folder that is open, if it has one.
    pub fn file(&self) -> Option<&str> {
        match &self.source {
            LessonSource::File { name, .. } => Some(name),
            LessonSource::BuiltIn(_) | LessonSource::Text(_) => None,
        }
    }
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().filter(|run| run.chars().any(char::is_alphanumeric)).count()
}
