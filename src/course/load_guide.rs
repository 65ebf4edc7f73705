//! From the manifest's guide to a [`Guide`], with every fault on the way.
//!
//! Owns what makes a guide sound: every id leads somewhere, and every path ends.

use crate::course::draft::Draft;
use crate::course::guide::{Answer, Guide, GuideOutcome, Question};
use crate::course::load::{Loader, checked_id, reference};
use crate::course::located::Located;
use crate::course::manifest::{AnswerEntry, GuideEntry, OutcomeEntry, QuestionEntry};
use std::collections::HashMap;

/// The most questions, outcomes, and answers of a question.
const MOST_QUESTIONS: usize = 500;
/// The most lessons or items that an outcome names.
const MOST_NAMED: usize = 100;

/// Reads the guide. `None` when it lacks what it can not do without.
pub(super) fn guide<'a>(loader: &mut Loader<'a>, entry: &GuideEntry<'a>, draft: &mut Draft) -> Option<Guide> {
    let title = loader.reader.filled(entry.title).unwrap_or_default();
    let introduction = loader.reader.paragraphs(entry.introduction).unwrap_or_default();
    let questions = objects(loader, entry.questions);
    let outcomes = objects(loader, entry.outcomes);
    let question_ids = ids(loader, "question", questions.iter().map(|entry| entry.id));
    let outcome_ids = ids(loader, "outcome", outcomes.iter().map(|entry| entry.id));
    draft.questions = questions.iter().map(|entry| loader.reader.spot(entry.id)).collect();
    draft.outcomes = outcomes.iter().map(|entry| loader.reader.spot(entry.id)).collect();
    let start = reference(&mut loader.reader, entry.start, "question", &question_ids);
    let otherwise = reference(&mut loader.reader, entry.otherwise, "outcome", &outcome_ids);
    let nodes: Vec<_> = questions.iter().map(|entry| entry.id).collect();
    let questions: Vec<Question> =
        questions.iter().map(|entry| question(loader, entry, &question_ids, &outcome_ids)).collect();
    let outcomes = outcomes.iter().map(|entry| outcome(loader, entry)).collect();
    for index in endless(&questions) {
        if let Some((node, question)) = nodes.get(index).zip(questions.get(index)) {
            loader.reader.fault(*node, || {
                let problem = format!("the question `{}` leads back to itself", question.id);
                (problem, "break the circle of `next`".into())
            });
        }
    }
    Some(Guide { title, introduction, start: start?, questions, outcomes, otherwise: otherwise? })
}

fn objects<'a, T: serde::Deserialize<'a>>(loader: &mut Loader<'a>, node: Located<'a, Vec<T>>) -> Vec<T> {
    let nodes = loader.reader.list(node, MOST_QUESTIONS);
    nodes.into_iter().filter_map(|node| loader.reader.object(node)).collect()
}

fn ids<'a>(
    loader: &mut Loader<'a>,
    what: &str,
    nodes: impl Iterator<Item = Located<'a, String>>,
) -> HashMap<String, usize> {
    let mut ids = HashMap::new();
    for (index, node) in nodes.enumerate() {
        if let Some(id) = checked_id(&mut loader.reader, node, what, |id| ids.contains_key(id)) {
            ids.entry(id).or_insert(index);
        }
    }
    ids
}

fn question<'a>(
    loader: &mut Loader<'a>,
    entry: &QuestionEntry<'a>,
    questions: &HashMap<String, usize>,
    outcomes: &HashMap<String, usize>,
) -> Question {
    let answers = objects(loader, entry.answers);
    if answers.is_empty() {
        loader
            .reader
            .fault(entry.answers, || ("the question has no answers".into(), "give it one at least".into()));
    }
    Question {
        id: entry.id.known(),
        text: loader.reader.filled(entry.text).unwrap_or_default(),
        why: loader.reader.filled(entry.why).unwrap_or_default(),
        answers: answers.iter().map(|entry| answer(loader, entry, questions, outcomes)).collect(),
    }
}

fn answer<'a>(
    loader: &mut Loader<'a>,
    entry: &AnswerEntry<'a>,
    questions: &HashMap<String, usize>,
    outcomes: &HashMap<String, usize>,
) -> Answer {
    let reader = &mut loader.reader;
    Answer {
        text: reader.filled(entry.text).unwrap_or_default(),
        next: entry.next.and_then(|node| reference(reader, node, "question", questions)),
        outcome: entry.outcome.and_then(|node| reference(reader, node, "outcome", outcomes)),
    }
}

fn outcome<'a>(loader: &mut Loader<'a>, entry: &OutcomeEntry<'a>) -> GuideOutcome {
    let lessons = loader.reader.list(entry.lessons, MOST_NAMED);
    let items = loader.reader.list(entry.items, MOST_NAMED);
    GuideOutcome {
        id: entry.id.known(),
        title: loader.reader.filled(entry.title).unwrap_or_default(),
        text: loader.reader.paragraphs(entry.text).unwrap_or_default(),
        lessons: lessons.into_iter().filter_map(|node| loader.lesson(node)).collect(),
        items: items.into_iter().filter_map(|node| loader.item_named(node)).collect(),
    }
}

/// The questions from which a path leads back to themselves: what is left when all
/// questions that surely end have been taken away, and then all that nothing leads to.
fn endless(questions: &[Question]) -> Vec<usize> {
    let mut left: Vec<bool> = vec![true; questions.len()];
    let leads_to = |from: usize| {
        questions
            .get(from)
            .into_iter()
            .flat_map(|question| &question.answers)
            .filter_map(|answer| answer.next)
    };
    let is_left = |left: &[bool], index: usize| left.get(index).copied().unwrap_or(false);
    loop {
        let mut reached = vec![false; questions.len()];
        for from in (0..questions.len()).filter(|from| is_left(&left, *from)) {
            for to in leads_to(from) {
                if let Some(reached) = reached.get_mut(to) {
                    *reached = true;
                }
            }
        }
        let goes: Vec<usize> = (0..questions.len())
            .filter(|index| is_left(&left, *index))
            .filter(|index| !is_left(&reached, *index) || !leads_to(*index).any(|to| is_left(&left, to)))
            .collect();
        if goes.is_empty() {
            return (0..questions.len()).filter(|index| is_left(&left, *index)).collect();
        }
        for index in goes {
            if let Some(left) = left.get_mut(index) {
                *left = false;
            }
        }
    }
}
