//! The linter: finds what an author should know about a course before anybody reads it.
//!
//! Owns the rules beyond what opening a course needs. Each is a function from a course to its
//! faults. Must not change anything, and must end in bounded time whatever it is given.

mod addresses;
mod exercises;
mod files;
mod lesson;
mod limits;
mod near_misses;
mod readability;

use crate::course::check::addresses::Addresses;
use crate::course::check::limits::{MAX_DESCRIBED, MAX_SOUGHT};
use crate::course::fault::{CourseError, Fault, line_and_column};
use crate::course::guide::Guide;
use crate::course::lesson::LessonSource;
use crate::course::load::{Loaded, folder_fault, load, unknown_course};
use crate::course::source::{MANIFEST, Source};
use crate::course::unchecked::{SourceOffset, UncheckedCourse};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// Checks the course in a folder. Returns all faults, sorted by file and position.
pub fn check(folder: &Path) -> Vec<Fault> {
    match Source::folder(folder) {
        Ok(source) => check_source(&source),
        Err(refusal) => vec![folder_fault(folder, refusal)],
    }
}

/// Checks a built-in course.
///
/// # Errors
/// When there is no built-in course with this id.
pub fn check_built_in(id: &str) -> Result<Vec<Fault>, CourseError> {
    Source::built_in(id).map(|source| check_source(&source)).ok_or_else(|| unknown_course(id))
}

fn check_source(source: &Source) -> Vec<Fault> {
    let Loaded { draft, mut faults, remarks } = load(source);
    faults.extend(remarks);
    if let Some(draft) = &draft {
        faults.extend(files_named_twice(draft));
        faults.extend(empty_parts(draft));
        if let Some(guide) = draft.course.guide() {
            faults.extend(unreachable(guide, draft));
        }
        let addresses = Addresses::of(&draft.course);
        let mut pictures = BTreeSet::new();
        for (index, file) in draft.lessons.iter().enumerate().filter(|(_, file)| file.is_read) {
            let text = match draft.course.lessons.get(index).map(|lesson| &lesson.source) {
                Some(LessonSource::Text(text, _)) => &**text,
                Some(LessonSource::BuiltIn(text)) => text,
                // A course's lessons are read when it is loaded.
                Some(LessonSource::File { .. }) | None => continue,
            };
            let lesson =
                lesson::LessonCheck { index, name: &file.name, text, draft, addresses: &addresses, source };
            faults.extend(bounded(lesson.check(&mut pictures)));
        }
        faults.extend(exercises::faults(draft).into_iter().flat_map(bounded));
        // What a lesson uses that could not be read is not known, and what is wrong with it is said.
        if draft.knows_its_files && is_read_as_a_whole(draft) {
            faults.extend(files::unused_files(draft, source, &pictures));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Returns whether all lessons could be read.
fn is_read_as_a_whole(draft: &UncheckedCourse) -> bool {
    draft.lessons.iter().all(|file| file.is_read)
}

/// Limits the faults of a file to the first ones; a last fault counts the rest.
fn bounded(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    let more = faults.len().saturating_sub(MAX_DESCRIBED);
    if more > 0
        && let Some(last) = faults.get(MAX_DESCRIBED).cloned()
    {
        let at_least = if faults.len() > MAX_SOUGHT { "at least " } else { "" };
        faults.truncate(MAX_DESCRIBED);
        let problem = format!("there are {at_least}{more} more problems from here on");
        faults.push(Fault { problem, remedy: "fix those above first".to_owned(), ..last });
    }
    faults
}

/// Makes an error at a position in the manifest.
fn in_manifest(draft: &UncheckedCourse, offset: SourceOffset, problem: String, remedy: &str) -> Fault {
    let place = offset.map(|offset| line_and_column(&draft.manifest, offset));
    place.into_iter().fold(Fault::error(MANIFEST, problem, remedy), Fault::at_position)
}

/// Reports files that two lessons name, which is most likely a mistake in copying.
fn files_named_twice(draft: &UncheckedCourse) -> Vec<Fault> {
    let mut first = HashMap::new();
    let mut faults = Vec::new();
    for (file, lesson) in draft.lessons.iter().zip(&draft.course.lessons) {
        if let Some(other) = first.insert(files::normalized(&file.name), &lesson.id) {
            let problem = format!("the lesson `{other}` uses this file too");
            faults.push(in_manifest(draft, file.offset, problem, "give each lesson a file of its own"));
        }
    }
    faults
}

/// Reports parts without lessons.
fn empty_parts(draft: &UncheckedCourse) -> Vec<Fault> {
    let parts = draft.empty_parts.iter().filter_map(|(part, offset)| {
        let problem = format!("the part `{}` has no lessons", draft.course.parts.get(*part)?.title);
        Some(in_manifest(draft, *offset, problem, "add one, or remove the part"))
    });
    parts.collect()
}

/// Reports questions that no path reaches, and outcomes that no reachable answer names.
fn unreachable(guide: &Guide, draft: &UncheckedCourse) -> Vec<Fault> {
    let mut reached = BTreeSet::from([guide.start]);
    let mut outcomes = BTreeSet::from([guide.otherwise]);
    let mut left = vec![guide.start];
    while let Some(question) = left.pop().and_then(|index| guide.questions.get(index)) {
        for answer in &question.answers {
            outcomes.extend(answer.outcome);
            left.extend(answer.may_lead_to().filter(|next| reached.insert(*next)));
        }
    }
    let offset = |offsets: &[SourceOffset], index: usize| offsets.get(index).copied().flatten();
    let questions = guide.questions.iter().enumerate().filter(|(index, _)| !reached.contains(index));
    let questions = questions.map(|(index, question)| {
        let problem = format!("no answer leads to the question `{}`", question.id);
        in_manifest(
            draft,
            offset(&draft.questions, index),
            problem,
            "make it the `next` of one, or remove it",
        )
    });
    let lost = guide.outcomes.iter().enumerate().filter(|(index, _)| !outcomes.contains(index));
    let lost = lost.map(|(index, outcome)| {
        let problem = format!("no answer leads to the outcome `{}`", outcome.id);
        in_manifest(
            draft,
            offset(&draft.outcomes, index),
            problem,
            "make it the `outcome` of one, or remove it",
        )
    });
    questions.chain(lost).collect()
}
