//! Checks the exercises of a course: their parts, and their ids across all lessons.
//!
//! Owns what an author is told of a quote that is headed like an exercise. Which quotes are exercises
//! is decided in `text`. Must not judge what an exercise asks.

use crate::course::check::limits::MAX_SOUGHT;
use crate::course::fault::{Fault, line_and_column, quoted};
use crate::course::lesson::{Lesson, LessonSource};
use crate::course::nearest::did_you_mean;
use crate::course::unchecked::UncheckedCourse;
use crate::text::clean::clean_line;
use crate::text::exercise_shape::{self, Headed, Misshapen};
use crate::text::limits::MAX_EXERCISES;
use crate::text::long::WHOLE;
use crate::text::{ExerciseKind, Flavour, nesting, panics};
use pulldown_cmark::Parser;
use std::collections::{BTreeSet, HashMap};
use std::panic::AssertUnwindSafe;

/// An answer to a question with more words is hard to know.
const MOST_WORDS: usize = 120;

/// A lesson with what is headed like an exercise in it.
struct Subject<'a> {
    lesson: &'a Lesson,
    file: String,
    text: &'a str,
    headed: Vec<Headed>,
}

impl Subject<'_> {
    fn fault(&self, headed: &Headed, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault::error(&self.file, problem, remedy).at_position(line_and_column(self.text, headed.start))
    }
}

/// Finds the faults of all exercises, lesson by lesson.
pub(super) fn faults(draft: &UncheckedCourse) -> Vec<Vec<Fault>> {
    let subjects: Vec<Subject> = subjects(draft).collect();
    let exercises = || subjects.iter().flat_map(|subject| &subject.headed).filter(|one| one.shape.is_ok());
    let written: BTreeSet<&str> = exercises()
        .filter(|headed| headed.kind == ExerciseKind::Write)
        .map(|headed| headed.id.as_str())
        .collect();
    let written = Some(&written).filter(|_| draft.lessons.iter().all(|file| file.is_read));
    let mut taken = HashMap::new();
    subjects.iter().map(|subject| of_lesson(subject, written, &mut taken)).collect()
}

fn subjects(draft: &UncheckedCourse) -> impl Iterator<Item = Subject<'_>> {
    let read = draft.lessons.iter().zip(&draft.course.lessons).filter(|(file, _)| file.is_read);
    read.filter_map(|(file, lesson)| {
        let text = match &lesson.source {
            LessonSource::Text(text, _) => &**text,
            LessonSource::BuiltIn(text) => text,
            LessonSource::File { .. } => return None,
        };
        let is_plain = memchr::memmem::find(text.as_bytes(), b"[!").is_none() || nesting::is_too_deep(text);
        let headed = || {
            let parser = Parser::new_ext(text, Flavour::Course.options());
            exercise_shape::headed(text, &parser.into_offset_iter().collect::<Vec<_>>())
        };
        // That the parser failed is said by the check of the lesson.
        let headed = (!is_plain).then(|| panics::catch(AssertUnwindSafe(headed)).unwrap_or_default());
        Some(Subject { lesson, file: clean_line(&file.name), text, headed: headed.unwrap_or_default() })
    })
}

/// Finds the faults of a lesson's exercises. `written` has the ids that something is written for, if all
/// are known; `taken` has the ids so far, by their lower case.
fn of_lesson<'a>(
    subject: &'a Subject,
    written: Option<&BTreeSet<&str>>,
    taken: &mut HashMap<String, (&'a str, &'a Subject<'a>)>,
) -> Vec<Fault> {
    let Some(first) = subject.headed.first() else { return Vec::new() };
    if subject.lesson.flavour != Flavour::Course {
        let problem = format!("`[!{}]` is an exercise in format 2 alone", first.kind.name());
        let remedy = "write `\"format\": 2` in course.json, or another word";
        return vec![subject.fault(first, problem, remedy).as_warning()];
    }
    if subject.text.len() > WHOLE {
        let problem = format!("the lesson is too long for exercises: it has more than {} KiB", WHOLE >> 10);
        return vec![subject.fault(first, problem, "split it in two")];
    }
    let mut faults = Vec::new();
    for headed in &subject.headed {
        match &headed.shape {
            Ok(_) => faults.extend(of_exercise(subject, headed, written, taken)),
            Err(Misshapen::TooMany) => {
                let problem = format!("the lesson has more than {MAX_EXERCISES} exercises");
                faults.push(subject.fault(headed, problem, "the rest stay quotes; leave some out"));
                break;
            }
            Err(why) => {
                let (problem, remedy) = misshapen(headed, *why);
                faults.push(subject.fault(headed, problem, remedy));
            }
        }
        if faults.len() > MAX_SOUGHT {
            break;
        }
    }
    faults
}

fn of_exercise<'a>(
    subject: &'a Subject,
    headed: &'a Headed,
    written: Option<&BTreeSet<&str>>,
    taken: &mut HashMap<String, (&'a str, &'a Subject<'a>)>,
) -> Option<Fault> {
    let id = headed.id.as_str();
    if headed.kind == ExerciseKind::Yours {
        // It may be in a lesson that could not be read.
        return written.filter(|written| !written.contains(id)).map(|written| {
            let remedy = did_you_mean(id, written.iter().copied(), "write it somewhere with `[!WRITE]`");
            subject.fault(headed, format!("no `[!WRITE]` has the id `{id}`"), remedy)
        });
    }
    let (other, there) = *taken.entry(id.to_lowercase()).or_insert((id, subject));
    if other != id {
        let problem = format!("the id `{id}` differs from `{other}` in {} only in capitals", there.file);
        return Some(subject.fault(headed, problem, "change one of the two"));
    }
    if !std::ptr::eq(there, subject) {
        let problem = format!("another exercise has the id `{id}`, in {}", there.file);
        return Some(subject.fault(headed, problem, "change one of the two"));
    }
    let exercises = subject.lesson.load().exercises();
    let Some(exercise) = exercises.iter().find(|exercise| exercise.id == id && exercise.kind == headed.kind)
    else {
        return Some(subject.fault(headed, "an exercise cannot stand within HTML", "end the HTML before it"));
    };
    let words = exercise.answer().split_whitespace().count();
    (words > MOST_WORDS).then(|| {
        let problem = format!("the answer has {words} words, more than {MOST_WORDS}");
        subject.fault(headed, problem, "ask for less, or make two questions of it").as_warning()
    })
}

/// What keeps a quote from being an exercise, and what to do.
fn misshapen(headed: &Headed, why: Misshapen) -> (String, String) {
    let name = headed.kind.name();
    let id = quoted(&headed.id);
    match why {
        Misshapen::NoId => (
            format!("the `[!{name}]` has no id"),
            format!("write one behind it, such as `[!{name}] my-limit`"),
        ),
        Misshapen::BadId => (
            format!("{id} is not a valid id"),
            "use letters a to z, digits, `-`, `_` and `.`, at most 64, and begin the text in the next line"
                .into(),
        ),
        Misshapen::Twice => {
            (format!("another exercise of this lesson has the id {id}"), "change one of the two".into())
        }
        Misshapen::NoPrompt => {
            (format!("the exercise {id} asks nothing"), "write what it asks below its head".into())
        }
        Misshapen::Underlined => (
            format!("in {id} the line of `---` makes a heading of what stands directly above it"),
            "leave an empty line `>` before it".into(),
        ),
        Misshapen::NoRule => (
            format!("the question {id} has no answer behind a rule"),
            "write a line `> ---` with an empty one on either side, and the answer below it".into(),
        ),
        Misshapen::Answers => (
            format!("the exercise {id} has not 2 to 6 answers"),
            "write each as `- [ ] answer`, or `- [x] answer` if it is right".into(),
        ),
        Misshapen::NoneRight => (format!("no answer of {id} is right"), "mark one or more as `- [x]`".into()),
        Misshapen::NoEffect => (
            format!("an answer of {id} does not say what it does"),
            "write that in the line below the answer, set in by two spaces".into(),
        ),
        Misshapen::Within => (
            format!("the exercise {id} stands within something else"),
            "take it out of the list or quote: its lines begin with one `>`".into(),
        ),
        Misshapen::TooMany => (format!("{id} is one exercise too many"), "leave some out".into()),
    }
}
