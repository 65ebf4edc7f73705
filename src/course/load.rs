//! From a manifest to a [`Course`], with every fault on the way.
//!
//! Owns the order of things: read, resolve ids, read lessons, and only then hand out a
//! course. A node that is faulty becomes a stand-in, so that what follows it is still
//! looked at; a course with such a stand-in never leaves this room.

use crate::course::draft::{Draft, LessonFile};
use crate::course::fault::{CourseError, Fault, quoted};
use crate::course::folder::LARGEST_LESSON;
use crate::course::located::{Located, Reader};
use crate::course::manifest::{Checklist, FORMAT, LessonEntry, Manifest, PartEntry};
use crate::course::nearest::did_you_mean;
use crate::course::source::{self, LARGEST_MANIFEST, MANIFEST, Source};
use crate::course::{Course, CourseId, Item, ItemId, Lesson, LessonId, Part, Refusal, Side};
use crate::course::{
    load_guide,
    model::{LessonSource, LessonTitle},
};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The most parts of a course, and the most lessons of a part.
const MOST_LESSONS: usize = 5_000;
/// The most items on one side of the checklist.
const MOST_ITEMS: usize = 1_000;
/// Once the lessons have more bytes than this together, no more are read.
const LARGEST_COURSE: usize = 256 << 20;
/// The longest id in characters.
const LONGEST_ID: usize = 64;

impl Course {
    /// Opens a built-in course. It is not checked again: a test proves it to be sound.
    ///
    /// # Errors
    /// When there is no built-in course of this id.
    pub fn built_in(id: &str) -> Result<Self, CourseError> {
        let source = Source::built_in(id).ok_or_else(|| unknown_course(id))?;
        finish(draft(&source))
    }

    /// Opens the course in a folder.
    ///
    /// # Errors
    /// With all of its faults at once, when it has any that has to be mended.
    pub fn open(folder: &Path) -> Result<Self, CourseError> {
        match Source::folder(folder) {
            Ok(source) => finish(draft(&source)),
            Err(refusal) => Err(CourseError::Faulty(vec![folder_fault(folder, refusal)])),
        }
    }
}

/// What is said when a built-in course is not known.
pub(super) fn unknown_course(id: &str) -> CourseError {
    let all: Vec<_> = source::built_in_ids().collect();
    let otherwise = format!("the built-in courses are: {}", all.join(", "));
    let remedy = did_you_mean(id, all.iter().copied(), &otherwise);
    CourseError::Unknown { id: crate::text::clean::clean_line(id), remedy }
}

/// A fault of a course's folder itself.
pub(super) fn folder_fault(folder: &Path, refusal: Refusal) -> Fault {
    let name = crate::text::clean::clean_line(&folder.display().to_string());
    Fault::error(&name, refusal.problem, refusal.remedy)
}

fn finish(reading: Reading) -> Result<Course, CourseError> {
    match reading.draft {
        Some(draft) if reading.faults.is_empty() => Ok(draft.course),
        _ => Err(CourseError::Faulty(reading.faults)),
    }
}

/// What came of reading a course.
pub(super) struct Reading {
    /// As much of it as there is.
    pub(super) draft: Option<Draft>,
    /// The faults that keep it from being opened, sorted.
    pub(super) faults: Vec<Fault>,
    /// Those that only its author need know.
    pub(super) remarks: Vec<Fault>,
}

/// Reads as much of a course as there is, with all faults of its form.
pub(super) fn draft(source: &Source) -> Reading {
    let text = match source.read(MANIFEST, LARGEST_MANIFEST) {
        Ok(text) => text,
        Err(refusal) => {
            let fault = Fault::error(MANIFEST, refusal.problem, refusal.remedy);
            let fault = refusal.inside.into_iter().fold(fault, Fault::at);
            return Reading { draft: None, faults: vec![fault], remarks: Vec::new() };
        }
    };
    let (reader, manifest) = Reader::new(MANIFEST, &text);
    let mut loader = Loader {
        reader,
        source,
        bytes: 0,
        inside: Vec::new(),
        sections: HashMap::new(),
        lessons: HashMap::new(),
        items: HashMap::new(),
    };
    let draft = manifest.and_then(|manifest| loader.manifest(manifest));
    let mut faults = loader.inside;
    let (of_nodes, remarks) = loader.reader.into_faults();
    faults.extend(of_nodes);
    faults.sort();
    let draft = draft.map(|draft| Draft { manifest: text, ..draft });
    Reading { draft, faults, remarks }
}

/// One loading of one course.
pub(super) struct Loader<'a> {
    pub(super) reader: Reader<'a>,
    source: &'a Source,
    /// How many bytes of lessons have been read.
    bytes: usize,
    /// Faults that are not of a node of the manifest.
    inside: Vec<Fault>,
    /// The slugs of the sections of the lessons that items are taught by.
    sections: HashMap<LessonId, HashSet<String>>,
    /// The ids of the lessons and where each is in the course.
    pub(super) lessons: HashMap<String, usize>,
    /// The ids of the items and where each is in the course.
    pub(super) items: HashMap<String, usize>,
}

/// An item as it is written on either side.
struct ItemEntry<'a> {
    id: Located<'a, String>,
    text: Located<'a, String>,
    why: Located<'a, String>,
    lesson: Located<'a, String>,
    section: Option<Located<'a, String>>,
    instead: Option<Located<'a, String>>,
    caution: Option<Located<'a, String>>,
}

impl<'a> Loader<'a> {
    fn manifest(&mut self, node: Located<'a, Manifest<'a>>) -> Option<Draft> {
        let manifest = self.reader.object(node)?;
        self.format(manifest.format);
        let id = checked_id(&mut self.reader, manifest.id, "course", |_| false).unwrap_or_default();
        let title = self.reader.filled(manifest.title).unwrap_or_default();
        let summary = self.reader.filled(manifest.summary).unwrap_or_default();
        let language = self.language(manifest.language).unwrap_or_default();
        if let Some(schema) = manifest.schema {
            self.reader.line(schema);
        }
        let mut draft = Draft {
            manifest: Cow::Borrowed(""),
            course: Course {
                id: CourseId::new(id),
                title,
                summary,
                language,
                stop_first: None,
                parts: Vec::new(),
                lessons: Vec::new(),
                items: Vec::new(),
                guide: None,
            },
            lessons: Vec::new(),
            parts: Vec::new(),
            questions: Vec::new(),
            outcomes: Vec::new(),
        };
        for part in self.reader.list(manifest.parts, MOST_LESSONS) {
            self.part(part, &mut draft);
        }
        if draft.course.lessons.is_empty() && self.reader.is_clean() {
            self.reader.fault(manifest.parts, || {
                ("the course has no lessons".into(), "add a part with a lesson to `parts`".into())
            });
        }
        draft.course.stop_first = manifest.stop_first.and_then(|id| self.lesson(id));
        if let Some(checklist) = self.reader.object(manifest.checklist) {
            self.checklist(&checklist, &mut draft);
        }
        if let Some(guide) = manifest.guide.and_then(|guide| self.reader.object(guide)) {
            draft.course.guide = load_guide::guide(self, &guide, &mut draft);
        }
        Some(draft)
    }

    fn format(&mut self, node: Located<'a, u64>) {
        match self.reader.number(node) {
            None | Some(FORMAT) => {}
            Some(other) => self.reader.fault(node, || {
                let remedy = if other > FORMAT { "use a newer sidelight" } else { "write 1" };
                (format!("format {other} is not known to this sidelight"), remedy.into())
            }),
        }
    }

    fn language(&mut self, node: Located<'a, String>) -> Option<String> {
        let tag = self.reader.filled(node)?;
        let good = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if tag.len() < 2 || !tag.split('-').all(good) {
            self.reader.fault(node, || {
                (
                    format!("{} is not a language tag", quoted(&tag)),
                    "write one such as `en` or `pt-BR`".into(),
                )
            });
        }
        Some(tag)
    }

    fn part(&mut self, node: Located<'a, PartEntry<'a>>, draft: &mut Draft) {
        let Some(part) = self.reader.object(node) else { return };
        let title = self.reader.filled(part.title).unwrap_or_default();
        draft.parts.push(self.reader.spot(part.title));
        let first = draft.course.lessons.len();
        for lesson in self.reader.list(part.lessons, MOST_LESSONS.saturating_sub(first)) {
            self.lesson_entry(lesson, draft);
        }
        draft.course.parts.push(Part { title, lessons: first..draft.course.lessons.len() });
    }

    fn lesson_entry(&mut self, node: Located<'a, LessonEntry<'a>>, draft: &mut Draft) {
        let Some(entry) = self.reader.object(node) else { return };
        let index = draft.course.lessons.len();
        let known = &self.lessons;
        let id = checked_id(&mut self.reader, entry.id, "lesson", |id| known.contains_key(id));
        let id = id.unwrap_or_default();
        self.lessons.entry(id.clone()).or_insert(index);
        let title = self.reader.filled(entry.title).unwrap_or_default();
        let file = self.reader.name(entry.file);
        let text = file.as_deref().and_then(|file| self.lesson_text(entry.file, file));
        draft.lessons.push(LessonFile {
            spot: self.reader.spot(entry.file),
            name: file.unwrap_or_default(),
            is_read: text.is_some(),
        });
        let source = match text {
            Some(Cow::Borrowed(text)) => LessonSource::BuiltIn(text),
            Some(Cow::Owned(text)) => LessonSource::Text(text.into()),
            None => LessonSource::BuiltIn(""),
        };
        let title = LessonTitle::Known(title);
        let part = draft.course.parts.len();
        draft.course.lessons.push(Lesson::new(LessonId::new(id), title, part, source));
    }

    fn lesson_text(&mut self, node: Located<'a, String>, file: &str) -> Option<Cow<'static, str>> {
        if self.bytes > LARGEST_COURSE {
            let problem = format!("the lessons before this one have {} MiB already", LARGEST_COURSE >> 20);
            self.reader.fault(node, || (problem, "make two courses of it".into()));
            return None;
        }
        let refusal = match self.source.read(file, LARGEST_LESSON) {
            Ok(text) => {
                self.bytes += text.len();
                return Some(text);
            }
            Err(refusal) => refusal,
        };
        match refusal.inside {
            Some(place) => {
                let file = crate::text::clean::clean_line(file);
                self.inside.push(Fault::error(&file, refusal.problem, refusal.remedy).at(place));
            }
            None => self.reader.fault(node, || (refusal.problem, refusal.remedy)),
        }
        None
    }

    fn checklist(&mut self, checklist: &Checklist<'a>, draft: &mut Draft) {
        let mut entries = Vec::new();
        for node in self.reader.list(checklist.avoid, MOST_ITEMS) {
            let Some(entry) = self.reader.object(node) else { continue };
            entries.push((
                Side::Avoid,
                ItemEntry {
                    id: entry.id,
                    text: entry.text,
                    why: entry.why,
                    lesson: entry.lesson,
                    section: entry.section,
                    instead: entry.instead,
                    caution: entry.caution,
                },
            ));
        }
        for node in self.reader.list(checklist.embrace, MOST_ITEMS) {
            let Some(entry) = self.reader.object(node) else { continue };
            entries.push((
                Side::Embrace,
                ItemEntry {
                    id: entry.id,
                    text: entry.text,
                    why: entry.why,
                    lesson: entry.lesson,
                    section: entry.section,
                    instead: None,
                    caution: entry.caution,
                },
            ));
        }
        // All ids first: an item may name one that is written further down.
        let mut ids = Vec::new();
        for (index, (_, entry)) in entries.iter().enumerate() {
            let known = &self.items;
            let id = checked_id(&mut self.reader, entry.id, "item", |id| known.contains_key(id));
            let id = id.unwrap_or_default();
            self.items.entry(id.clone()).or_insert(index);
            ids.push(id);
        }
        let sides: Vec<Side> = entries.iter().map(|(side, _)| *side).collect();
        for ((side, entry), id) in entries.into_iter().zip(ids) {
            self.item(side, &entry, id, &sides, draft);
        }
    }

    fn item(&mut self, side: Side, entry: &ItemEntry<'a>, id: String, sides: &[Side], draft: &mut Draft) {
        let lesson = self.lesson(entry.lesson);
        let section = entry.section.and_then(|node| self.section(node, lesson, draft));
        let instead = entry.instead.and_then(|node| self.instead(node, sides));
        draft.course.items.push(Item {
            id: ItemId::new(id),
            side,
            text: self.reader.filled(entry.text).unwrap_or_default(),
            why: self.reader.filled(entry.why).unwrap_or_default(),
            lesson: lesson.unwrap_or_default(),
            section,
            instead,
            caution: entry.caution.and_then(|node| self.reader.filled(node)),
        });
    }

    /// The heading of a section has to be there, unless the text is the binary's own.
    fn section(&mut self, node: Located<'a, String>, lesson: Option<usize>, draft: &Draft) -> Option<String> {
        let slug = self.reader.filled(node)?;
        let lesson = draft.course.lessons.get(lesson?)?;
        // A lesson without text has a fault of its own already.
        if !matches!(lesson.source, LessonSource::Text(_)) {
            return Some(slug);
        }
        let slugs = || lesson.load().headings().map(|(_, heading, _)| heading.slug.clone());
        let known = self.sections.entry(lesson.id.clone()).or_insert_with(|| slugs().collect());
        if !known.contains(&slug) {
            let slugs = lesson.load().headings().map(|(_, heading, _)| heading.slug.as_str());
            let remedy = did_you_mean(&slug, slugs, "name one of its headings, or leave `section` out");
            let problem = format!("the lesson `{}` has no section {}", lesson.id, quoted(&slug));
            self.reader.fault(node, || (problem, remedy));
        }
        Some(slug)
    }

    fn instead(&mut self, node: Located<'a, String>, sides: &[Side]) -> Option<usize> {
        let item = self.item_named(node)?;
        if sides.get(item) == Some(&Side::Avoid) {
            self.reader.fault(node, || {
                ("`instead` names an item to avoid".into(), "name an item of `embrace`".into())
            });
        }
        Some(item)
    }

    /// The lesson that a node names.
    pub(super) fn lesson(&mut self, node: Located<'a, String>) -> Option<usize> {
        reference(&mut self.reader, node, "lesson", &self.lessons)
    }

    /// The item that a node names.
    pub(super) fn item_named(&mut self, node: Located<'a, String>) -> Option<usize> {
        reference(&mut self.reader, node, "item", &self.items)
    }
}

/// An id of its own: well formed and not taken.
pub(super) fn checked_id<'a>(
    reader: &mut Reader<'a>,
    node: Located<'a, String>,
    what: &str,
    taken: impl Fn(&str) -> bool,
) -> Option<String> {
    let id = reader.filled(node)?;
    let good = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let well_formed = id.len() <= LONGEST_ID
        && id.chars().all(good)
        && id.starts_with(|character: char| character.is_ascii_alphanumeric());
    if !well_formed {
        reader.fault(node, || {
            let remedy = format!("write a to z, 0 to 9 and `-`, {LONGEST_ID} characters at most");
            (format!("{} can not be an id", quoted(&id)), remedy)
        });
    } else if taken(&id) {
        reader.fault(node, || {
            (format!("there is a {what} `{id}` already"), "give one of the two another id".into())
        });
    }
    Some(id)
}

/// What a node names among known ids.
pub(super) fn reference<'a>(
    reader: &mut Reader<'a>,
    node: Located<'a, String>,
    what: &str,
    known: &HashMap<String, usize>,
) -> Option<usize> {
    let id = reader.filled(node)?;
    let found = known.get(&id).copied();
    if found.is_none() {
        reader.fault(node, || {
            let mut ids: Vec<&str> = known.keys().map(String::as_str).collect();
            ids.sort_unstable();
            let remedy = did_you_mean(&id, ids, &format!("name one of the course's {what}s"));
            (format!("there is no {what} {}", quoted(&id)), remedy)
        });
    }
    found
}
