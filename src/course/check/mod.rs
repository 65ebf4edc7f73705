//! The linter: what an author should know of a course before anybody reads it.
//!
//! Owns the rules that go beyond what opening a course needs. Each is a function that
//! looks at a course and tells its faults. Must not change anything, and ends in bounded
//! time whatever it is given.

mod age;
mod files;
mod lesson;

use crate::course::Course;
use crate::course::draft::{Draft, Spot};
use crate::course::fault::{CourseError, Fault, line_and_column};
use crate::course::guide::Guide;
use crate::course::load::{Reading, draft, folder_fault, unknown_course};
use crate::course::model::LessonSource;
use crate::course::source::{MANIFEST, Source};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

/// More faults than this of one file are counted, but not described.
const DESCRIBED: usize = 50;

/// After so many faults in one lesson, no more are looked for.
const ENOUGH: usize = 200;

/// What links may lead to, so that a million of them are looked up in no time.
struct Addresses<'a> {
    lessons: HashMap<&'a str, usize>,
    /// For each lesson, the slugs of its sections.
    sections: Vec<HashSet<&'a str>>,
}

impl<'a> Addresses<'a> {
    fn of(course: &'a Course) -> Self {
        let lessons = course.lessons.iter().enumerate();
        let sections = (0..course.lessons.len()).map(|index| {
            course.document(index).headings().map(|(_, heading, _)| heading.slug.as_str()).collect()
        });
        Self {
            lessons: lessons.map(|(index, lesson)| (lesson.id.as_str(), index)).collect(),
            sections: sections.collect(),
        }
    }

    fn lesson(&self, id: &str) -> Option<usize> {
        self.lessons.get(id).copied()
    }

    fn has_section(&self, lesson: usize, slug: &str) -> bool {
        self.sections.get(lesson).is_some_and(|slugs| slugs.contains(slug))
    }
}

/// Checks the course in a folder. Gives all faults, sorted by file and place.
pub fn check(folder: &Path) -> Vec<Fault> {
    match Source::folder(folder) {
        Ok(source) => check_source(&source),
        Err(refusal) => vec![folder_fault(folder, refusal)],
    }
}

/// Checks a built-in course.
///
/// # Errors
/// When there is no built-in course of this id.
pub fn check_built_in(id: &str) -> Result<Vec<Fault>, CourseError> {
    Source::built_in(id).map(|source| check_source(&source)).ok_or_else(|| unknown_course(id))
}

fn check_source(source: &Source) -> Vec<Fault> {
    let Reading { draft, mut faults, remarks } = draft(source);
    faults.extend(remarks);
    if let Some(draft) = &draft {
        faults.extend(files_named_twice(draft));
        faults.extend(empty_parts(draft));
        if let Some(guide) = &draft.course.guide {
            faults.extend(unreachable(guide, draft));
        }
        let addresses = Addresses::of(&draft.course);
        let mut pictures = BTreeSet::new();
        for (index, file) in draft.lessons.iter().enumerate().filter(|(_, file)| file.is_read) {
            let text = match draft.course.lessons.get(index).map(|lesson| &lesson.source) {
                Some(LessonSource::Text(text)) => &**text,
                Some(LessonSource::BuiltIn(text)) => text,
                // A course's lessons are read when it is loaded.
                Some(LessonSource::File { .. }) | None => continue,
            };
            let lesson =
                lesson::Subject { index, name: &file.name, text, draft, addresses: &addresses, source };
            faults.extend(bounded(lesson.check(&mut pictures)));
        }
        faults.extend(files::not_in_the_manifest(draft, source, &pictures));
    }
    faults.sort();
    faults.dedup();
    faults
}

/// The first faults of a file, and how many more there are.
fn bounded(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    let more = faults.len().saturating_sub(DESCRIBED);
    if more > 0
        && let Some(last) = faults.get(DESCRIBED).cloned()
    {
        let at_least = if faults.len() > ENOUGH { "at least " } else { "" };
        faults.truncate(DESCRIBED);
        let problem = format!("there are {at_least}{more} more faults from here on");
        faults.push(Fault { problem, remedy: "mend those above first".to_owned(), ..last });
    }
    faults
}

fn in_manifest(draft: &Draft, spot: Spot, problem: String, remedy: &str) -> Fault {
    let place = spot.map(|offset| line_and_column(&draft.manifest, offset));
    place.into_iter().fold(Fault::error(MANIFEST, problem, remedy), Fault::at)
}

/// A file that two lessons name is most likely a slip in copying.
fn files_named_twice(draft: &Draft) -> Vec<Fault> {
    let mut first = HashMap::new();
    let mut faults = Vec::new();
    for (file, lesson) in draft.lessons.iter().zip(&draft.course.lessons) {
        if let Some(other) = first.insert(files::normal(&file.name), &lesson.id) {
            let problem = format!("the lesson `{other}` has this file too");
            faults.push(in_manifest(draft, file.spot, problem, "give each lesson a file of its own"));
        }
    }
    faults
}

/// A part without lessons is a title over nothing.
fn empty_parts(draft: &Draft) -> Vec<Fault> {
    let parts = draft.course.parts.iter().zip(&draft.parts);
    parts
        .filter(|(part, _)| part.lessons.is_empty())
        .map(|(part, spot)| {
            let problem = format!("the part `{}` has no lessons", part.title);
            in_manifest(draft, *spot, problem, "add one, or leave the part out")
        })
        .collect()
}

/// Questions that no answer leads to, and outcomes that no such question leads to.
fn unreachable(guide: &Guide, draft: &Draft) -> Vec<Fault> {
    let mut reached = BTreeSet::from([guide.start]);
    let mut outcomes = BTreeSet::from([guide.otherwise]);
    let mut left = vec![guide.start];
    while let Some(question) = left.pop().and_then(|index| guide.questions.get(index)) {
        for answer in &question.answers {
            outcomes.extend(answer.outcome);
            left.extend(answer.next.filter(|next| reached.insert(*next)));
        }
    }
    let spot = |spots: &[Spot], index: usize| spots.get(index).copied().flatten();
    let questions = guide.questions.iter().enumerate().filter(|(index, _)| !reached.contains(index));
    let questions = questions.map(|(index, question)| {
        let problem = format!("no answer leads to the question `{}`", question.id);
        in_manifest(
            draft,
            spot(&draft.questions, index),
            problem,
            "name it as the `next` of one, or take it out",
        )
    });
    let lost = guide.outcomes.iter().enumerate().filter(|(index, _)| !outcomes.contains(index));
    let lost = lost.map(|(index, outcome)| {
        let problem = format!("no answer leads to the outcome `{}`", outcome.id);
        in_manifest(
            draft,
            spot(&draft.outcomes, index),
            problem,
            "name it as the `outcome` of one, or take it out",
        )
    });
    questions.chain(lost).collect()
}
