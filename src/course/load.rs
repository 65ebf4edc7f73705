//! Loads a [`Course`] from its manifest, and finds every fault on the way.
//!
//! Owns the order of loading: read the manifest, resolve ids, read lessons, and only then hand
//! out a course. A faulty node is replaced by a placeholder so that what follows it is still
//! checked. Must not let a course with such a placeholder leave this room.

use crate::course::fault::{CourseError, Fault, Severity, quoted};
use crate::course::file_meant::file_meant;
use crate::course::folder::LARGEST_LESSON;
use crate::course::guide::GuideOnDemand;
use crate::course::ids::{CourseId, LessonId};
use crate::course::lesson::{Lesson, LessonSource, LessonTitle};
use crate::course::loader::{GuideReading, KnownIds, Loader, new_id};
use crate::course::located::{Located, NodeReader};
use crate::course::manifest::{FORMAT, LessonEntry, Manifest, PartEntry};
use crate::course::model::{Course, Part};
use crate::course::nearest::did_you_mean;
use crate::course::refusal::{Refusal, not_there};
use crate::course::source::{self, LARGEST_MANIFEST, MANIFEST, Source};
use crate::course::unchecked::{LessonFile, UncheckedCourse};
use crate::course::{load_checklist, load_guide, load_plan};
use crate::text::Flavour;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

/// The most parts of a course, and the most lessons of a part.
const MAX_LESSONS: usize = 5_000;
/// No more lessons are read once they have more bytes than this together.
const MAX_COURSE_BYTES: usize = 256 << 20;

impl Course {
    /// Opens a built-in course. Tests prove that it is sound.
    ///
    /// # Errors
    /// When there is no built-in course with this id.
    pub fn built_in(id: &str) -> Result<Self, CourseError> {
        let source = Source::built_in(id).ok_or_else(|| unknown_course(id))?;
        finish(load_but(&source, GuideReading::Later))
    }

    /// Opens the course in a folder.
    ///
    /// # Errors
    /// With all of its faults at once, when it has any that keeps it from being opened.
    pub fn open(folder: &Path) -> Result<Self, CourseError> {
        match Source::folder(folder) {
            Ok(source) => finish(load(&source)),
            Err(refusal) => Err(CourseError::Faulty(vec![folder_fault(folder, refusal)])),
        }
    }
}

/// Makes the error for an id that no built-in course has, with the nearest one that exists.
pub(super) fn unknown_course(id: &str) -> CourseError {
    let all: Vec<_> = source::built_in_ids().collect();
    let otherwise = format!("the built-in courses are: {}", all.join(", "));
    let remedy = did_you_mean(id, all.iter().copied(), &otherwise);
    CourseError::Unknown { id: crate::text::clean::clean_line(id), remedy }
}

/// Makes the fault of a folder that cannot be opened.
pub(super) fn folder_fault(folder: &Path, refusal: Refusal) -> Fault {
    let name = crate::text::clean::clean_line(&folder.display().to_string());
    Fault::error(&name, refusal.problem, refusal.remedy)
}

/// Hands out the course if nothing is wrong with it.
fn finish(reading: Loaded) -> Result<Course, CourseError> {
    match reading.draft {
        Some(draft) if reading.faults.is_empty() => Ok(draft.course),
        _ => Err(CourseError::Faulty(reading.faults)),
    }
}

/// Returns whether a tag begins as those of languages do: with two or three letters.
fn is_language(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or_default();
    matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The result of loading a course.
pub(super) struct Loaded {
    /// As much of the course as could be loaded.
    pub(super) draft: Option<UncheckedCourse>,
    /// The faults that keep it from being opened, sorted.
    pub(super) faults: Vec<Fault>,
    /// Faults that only matter to the author.
    pub(super) remarks: Vec<Fault>,
}

/// Loads as much of a course as possible, and collects all faults of its form.
pub(super) fn load(source: &Source) -> Loaded {
    load_but(source, GuideReading::Now)
}

/// As [`load`], perhaps without the self-check.
fn load_but(source: &Source, guide: GuideReading) -> Loaded {
    let text = match source.read(MANIFEST, LARGEST_MANIFEST) {
        Ok(text) => text,
        Err(refusal) => {
            let fault = Fault::error(MANIFEST, refusal.problem, refusal.remedy);
            let fault = refusal.inside.into_iter().fold(fault, Fault::at_position);
            return Loaded { draft: None, faults: vec![fault], remarks: Vec::new() };
        }
    };
    let (reader, manifest) = NodeReader::new(MANIFEST, &text);
    let mut loader = Loader {
        reader,
        source,
        guide,
        format: FORMAT,
        bytes: 0,
        inside: Vec::new(),
        sections: HashMap::new(),
        lessons: KnownIds::new(),
        knows_files: true,
        lesson_ids: Vec::new(),
        items: KnownIds::new(),
        of_second_format: None,
    };
    let draft = manifest.and_then(|manifest| loader.manifest(manifest));
    let mut faults = loader.inside;
    let (of_nodes, remarks) = loader.reader.into_faults();
    faults.extend(of_nodes);
    faults.sort();
    let draft = draft.map(|draft| UncheckedCourse { manifest: text, ..draft });
    Loaded { draft, faults, remarks }
}

impl<'a> Loader<'a> {
    /// Loads everything that the manifest describes.
    fn manifest(&mut self, node: Located<'a, Manifest<'a>>) -> Option<UncheckedCourse> {
        let manifest = self.reader.object(node)?;
        self.format(manifest.format);
        let id = new_id(&mut self.reader, manifest.id, "course", |_| None).unwrap_or_default();
        let title = self.reader.filled(manifest.title).unwrap_or_default();
        let summary = self.reader.filled(manifest.summary).unwrap_or_default();
        let language = self.language(manifest.language).unwrap_or_default();
        if let Some(schema) = manifest.schema {
            self.reader.line(schema);
        }
        self.needs_second_format(manifest.first_aid, "first_aid");
        self.needs_second_format(manifest.welcome, "welcome");
        let welcome = manifest.welcome.and_then(|node| self.reader.paragraphs(node));
        let mut draft = UncheckedCourse {
            manifest: Cow::Borrowed(""),
            course: Course { summary, language, welcome, ..Course::empty(CourseId::new(id), title) },
            lessons: Vec::new(),
            empty_parts: Vec::new(),
            questions: Vec::new(),
            outcomes: Vec::new(),
            knows_its_files: false,
        };
        self.lessons.are_all_known = manifest.parts.is_list();
        self.knows_files = manifest.parts.is_list();
        for part in self.reader.list(manifest.parts, MAX_LESSONS) {
            self.part(part, &mut draft);
        }
        // Where no lesson is named at all, most likely that is the mistake.
        self.lessons.are_all_known &= !draft.course.lessons.is_empty();
        draft.knows_its_files = self.knows_files && !draft.course.lessons.is_empty();
        if draft.course.lessons.is_empty() && self.reader.is_clean() {
            self.reader.fault(manifest.parts, || {
                ("the course has no lessons".into(), "add a part with a lesson to `parts`".into())
            });
        }
        draft.course.stop_first = manifest.stop_first.and_then(|id| self.resolve_lesson(id));
        self.needs_second_format(manifest.stop_first_word, "stop_first_word");
        self.needs_second_format(manifest.stop_first_when, "stop_first_when");
        draft.course.stop_first_word = manifest.stop_first_word.and_then(|node| self.reader.filled(node));
        draft.course.stop_first_when = manifest.stop_first_when.and_then(|node| self.reader.filled(node));
        draft.course.first_aid = manifest.first_aid.and_then(|id| self.resolve_lesson(id));
        if let Some(checklist) = self.reader.object(manifest.checklist) {
            load_checklist::checklist(self, &checklist, &mut draft);
        }
        match (self.guide, self.source) {
            (GuideReading::Later, Source::BuiltIn(folder)) if manifest.guide.is_some() => {
                let source = Source::BuiltIn(folder);
                draft.course.guide =
                    GuideOnDemand::read_by(move || load(&source).draft?.course.guide().cloned());
            }
            _ => {
                let guide = manifest.guide.and_then(|guide| self.reader.object(guide));
                let guide = guide.and_then(|guide| load_guide::guide(self, &guide, &mut draft));
                draft.course.guide = guide.map(GuideOnDemand::from).unwrap_or_default();
            }
        }
        if let Some(plan) = manifest.plan {
            draft.course.plan = load_plan::plan(self, plan);
        }
        self.report_second_format();
        Some(draft)
    }

    /// Checks the version of the format.
    fn format(&mut self, node: Located<'a, u64>) {
        match self.reader.number(node) {
            None => {}
            Some(format @ 1..=FORMAT) => self.format = format,
            Some(other) => self.reader.fault(node, || {
                let remedy = if other > FORMAT { "update sidelight" } else { "write 1 or 2" };
                (format!("format {other} is not supported"), remedy.into())
            }),
        }
    }

    /// Checks the form of the language tag.
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
        } else if !is_language(&tag) {
            self.reader.remark(node, Severity::Warning, || {
                let problem = format!("{} is the name of no language as a tag writes it", quoted(&tag));
                (problem, "write its two or three letters, such as `en`, `de` or `pt-BR`".into())
            });
        }
        Some(tag)
    }

    /// Loads a part with its lessons.
    fn part(&mut self, node: Located<'a, PartEntry<'a>>, draft: &mut UncheckedCourse) {
        let Some(part) = self.reader.object(node) else {
            (self.lessons.are_all_known, self.knows_files) = (false, false);
            return;
        };
        self.lessons.are_all_known &= part.lessons.is_list();
        self.knows_files &= part.lessons.is_list();
        let title = self.reader.filled(part.title).unwrap_or_default();
        let first = draft.course.lessons.len();
        let lessons = self.reader.list(part.lessons, MAX_LESSONS.saturating_sub(first));
        if lessons.is_empty() && part.lessons.is_list() {
            draft.empty_parts.push((draft.course.parts.len(), self.reader.offset_of_node(part.title)));
        }
        for lesson in lessons {
            self.lesson_entry(lesson, draft);
        }
        draft.course.parts.push(Part::titled(title, first..draft.course.lessons.len()));
    }

    /// Loads a lesson with its text.
    fn lesson_entry(&mut self, node: Located<'a, LessonEntry<'a>>, draft: &mut UncheckedCourse) {
        let Some(entry) = self.reader.object(node) else {
            (self.lessons.are_all_known, self.knows_files) = (false, false);
            return;
        };
        let index = draft.course.lessons.len();
        let (known, nodes) = (&self.lessons, &self.lesson_ids);
        let id = new_id(&mut self.reader, entry.id, "lesson", |id| nodes.get(known.index(id)?).copied());
        self.lessons.add(id.as_deref(), index);
        self.lesson_ids.push(entry.id);
        let id = id.unwrap_or_default();
        let title = self.reader.filled(entry.title).unwrap_or_default();
        let file = self.reader.name(entry.file);
        let text = file.as_deref().and_then(|file| self.lesson_text(entry.file, file));
        draft.lessons.push(LessonFile {
            offset: self.reader.offset_of_node(entry.file),
            name: file.unwrap_or_default(),
            is_read: text.is_some(),
        });
        let source = match text {
            Some(Cow::Borrowed(text)) => LessonSource::BuiltIn(text),
            Some(Cow::Owned(text)) => LessonSource::text(text),
            None => LessonSource::BuiltIn(""),
        };
        let title = LessonTitle::Known(title);
        let part = draft.course.parts.len();
        let flavour = if self.format < 2 { Flavour::GitHub } else { Flavour::Course };
        draft.course.lessons.push(Lesson { flavour, ..Lesson::new(LessonId::new(id), title, part, source) });
    }

    /// Reads the text of a lesson's file.
    fn lesson_text(&mut self, node: Located<'a, String>, file: &str) -> Option<Cow<'static, str>> {
        if self.bytes > MAX_COURSE_BYTES {
            let problem = format!("the lessons before this one exceed {} MiB", MAX_COURSE_BYTES >> 20);
            self.reader.fault(node, || (problem, "split the course in two".into()));
            return None;
        }
        let refusal = match self.source.read(file, LARGEST_LESSON) {
            Ok(text) => {
                self.bytes += text.len();
                return Some(text);
            }
            Err(refusal) => refusal,
        };
        if let Some(place) = refusal.inside {
            let file = crate::text::clean::clean_line(file);
            self.inside.push(Fault::error(&file, refusal.problem, refusal.remedy).at_position(place));
        } else {
            let source = self.source;
            self.reader.fault(node, || {
                let meant = (refusal == not_there(file)).then(|| file_meant(source, file)).flatten();
                (refusal.problem, meant.map_or(refusal.remedy, |meant| meant.remedy("")))
            });
        }
        None
    }
}
