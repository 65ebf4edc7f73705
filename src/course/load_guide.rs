//! Loads the self-check, the manifest's `guide`, and finds every fault on the way.
//!
//! Owns what makes a guide sound: every id refers to something, and every path ends. Must not
//! read any lesson.

use crate::course::fault::{Severity, quoted};
use crate::course::guide::{Answer, Branch, Given, Guide, GuideOutcome, Question};
use crate::course::loader::{Loader, are_valid, new_id, resolve_reference};
use crate::course::located::Located;
use crate::course::manifest::{AnswerEntry, BranchEntry, GuideEntry, OutcomeEntry, QuestionEntry};
use crate::course::nearest::did_you_mean;
use crate::course::unchecked::UncheckedCourse;
use std::collections::HashMap;

/// The most questions, outcomes, and answers of a question.
const MAX_QUESTIONS: usize = 500;
/// The most lessons or items that an outcome names.
const MAX_NAMED: usize = 100;

/// Loads the guide; `None` when its first question or its default outcome is missing.
pub(super) fn guide<'a>(
    loader: &mut Loader<'a>,
    entry: &GuideEntry<'a>,
    draft: &mut UncheckedCourse,
) -> Option<Guide> {
    let title = loader.reader.filled(entry.title).unwrap_or_default();
    let introduction = loader.reader.paragraphs(entry.introduction).unwrap_or_default();
    let questions = objects(loader, entry.questions);
    let outcomes = objects(loader, entry.outcomes);
    let question_ids = ids(loader, "question", questions.iter().map(|entry| entry.id));
    let outcome_ids = ids(loader, "outcome", outcomes.iter().map(|entry| entry.id));
    draft.questions = questions.iter().map(|entry| loader.reader.offset_of_node(entry.id)).collect();
    draft.outcomes = outcomes.iter().map(|entry| loader.reader.offset_of_node(entry.id)).collect();
    let start = resolve_reference(&mut loader.reader, entry.start, "question", &question_ids);
    let otherwise = resolve_reference(&mut loader.reader, entry.otherwise, "outcome", &outcome_ids);
    let nodes: Vec<_> = questions.iter().map(|entry| entry.id).collect();
    let answers: Vec<_> = questions.iter().map(|entry| objects(loader, entry.answers)).collect();
    let entries = questions.iter().zip(&answers);
    let questions: Vec<Question> = entries
        .map(|(entry, answers)| question(loader, entry, answers, &question_ids, &outcome_ids))
        .collect();
    let questions = with_branches(loader, questions, &answers, &question_ids);
    let outcomes = outcomes.iter().map(|entry| outcome(loader, entry)).collect();
    for index in on_a_cycle(&questions) {
        if let Some((node, question)) = nodes.get(index).zip(questions.get(index)) {
            loader.reader.fault(*node, || {
                let problem = format!("the question `{}` leads back to itself", question.id);
                (problem, "break the loop of `next`".into())
            });
        }
    }
    Some(Guide { title, introduction, start: start?, questions, outcomes, otherwise: otherwise? })
}

/// Reads the objects of a list; faulty ones are reported and left out.
fn objects<'a, T: serde::Deserialize<'a>>(loader: &mut Loader<'a>, node: Located<'a, Vec<T>>) -> Vec<T> {
    let nodes = loader.reader.list(node, MAX_QUESTIONS);
    nodes.into_iter().filter_map(|node| loader.reader.object(node)).collect()
}

/// Reads the ids of a list, each with its index. `what` is the word for what they name.
fn ids<'a>(
    loader: &mut Loader<'a>,
    what: &str,
    nodes: impl Iterator<Item = Located<'a, String>>,
) -> HashMap<String, usize> {
    let nodes: Vec<_> = nodes.collect();
    let mut ids: HashMap<String, usize> = HashMap::new();
    for (index, node) in nodes.iter().enumerate() {
        let taken = |id: &str| nodes.get(*ids.get(id)?).copied();
        if let Some(id) = new_id(&mut loader.reader, *node, what, taken) {
            ids.entry(id).or_insert(index);
        }
    }
    ids
}

fn question<'a>(
    loader: &mut Loader<'a>,
    entry: &QuestionEntry<'a>,
    answers: &[AnswerEntry<'a>],
    questions: &HashMap<String, usize>,
    outcomes: &HashMap<String, usize>,
) -> Question {
    if answers.is_empty() {
        loader
            .reader
            .fault(entry.answers, || ("the question has no answers".into(), "add at least one".into()));
    }
    let named = answers.iter().filter_map(|answer| answer.id);
    ids(loader, "answer", named);
    Question {
        id: entry.id.text_or_empty(),
        text: loader.reader.filled(entry.text).unwrap_or_default(),
        why: loader.reader.filled(entry.why).unwrap_or_default(),
        answers: answers.iter().map(|entry| answer(loader, entry, questions, outcomes)).collect(),
    }
}

/// Loads an answer without its branches.
fn answer<'a>(
    loader: &mut Loader<'a>,
    entry: &AnswerEntry<'a>,
    questions: &HashMap<String, usize>,
    outcomes: &HashMap<String, usize>,
) -> Answer {
    loader.needs_second_format(entry.id, "id");
    let reader = &mut loader.reader;
    let next = entry.next.filter(|node| !node.is_list()).map(Located::read_as);
    let next = next.and_then(|node| resolve_reference(reader, node, "question", questions));
    Answer {
        text: reader.filled(entry.text).unwrap_or_default(),
        id: entry.id.map(Located::text_or_empty),
        next: next.map(|question| Branch { when: Vec::new(), question }).into_iter().collect(),
        outcome: entry.outcome.and_then(|node| resolve_reference(reader, node, "outcome", outcomes)),
    }
}

/// Adds the branches, which may refer to any answer of any question.
fn with_branches<'a>(
    loader: &mut Loader<'a>,
    mut questions: Vec<Question>,
    answers: &[Vec<AnswerEntry<'a>>],
    ids: &HashMap<String, usize>,
) -> Vec<Question> {
    for (index, entries) in answers.iter().enumerate() {
        for (answer, entry) in entries.iter().enumerate() {
            let Some(list) = entry.next.filter(|node| node.is_list()) else { continue };
            loader.needs_second_format(Some(list), "next");
            let branches = objects(loader, list.read_as::<Vec<BranchEntry<'a>>>());
            let next: Vec<Option<(Branch, Condition)>> =
                branches.iter().map(|entry| branch(loader, entry, &questions, ids)).collect();
            remark_on_untaken(loader, &branches, &next);
            let next = next.into_iter().flatten().map(|(branch, _)| branch).collect();
            let answer = questions.get_mut(index).and_then(|question| question.answers.get_mut(answer));
            if let Some(answer) = answer {
                answer.next = next;
            }
        }
    }
    questions
}

/// What is known of the condition of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    /// All of it.
    Whole,
    /// A part of it is faulty, which was reported.
    InPart,
}

/// Remarks on branches that are never taken, because one before them always fits when they do. Of one whose
/// condition is faulty nothing is said.
fn remark_on_untaken<'a>(
    loader: &mut Loader<'a>,
    entries: &[BranchEntry<'a>],
    branches: &[Option<(Branch, Condition)>],
) {
    let mut always: Option<usize> = None;
    let mut seen: HashMap<Vec<(usize, usize)>, usize> = HashMap::new();
    for (index, (entry, branch)) in entries.iter().zip(branches).enumerate() {
        let Some((branch, Condition::Whole)) = branch else { continue };
        let mut when: Vec<_> = branch.when.iter().map(|given| (given.question, given.answer)).collect();
        when.sort_unstable();
        let before = always.or_else(|| seen.get(&when).copied());
        if let Some(before) = before.and_then(|before| entries.get(before)) {
            let line = loader.reader.line_of(before.question);
            let line = line.map(|line| format!(" of line {line}")).unwrap_or_default();
            let (why, remedy) = if always.is_some() {
                ("always fits", "move that one to the end, or give it a `when`")
            } else {
                ("has the same `when`", "remove one of the two")
            };
            loader.reader.remark(entry.question, Severity::Error, || {
                (format!("this branch is never taken: the one before it{line} {why}"), remedy.into())
            });
            continue;
        }
        if when.is_empty() {
            always = Some(index);
        }
        seen.insert(when, index);
    }
}

/// Loads a branch: every answer that it waits for has to exist.
fn branch<'a>(
    loader: &mut Loader<'a>,
    entry: &BranchEntry<'a>,
    questions: &[Question],
    ids: &HashMap<String, usize>,
) -> Option<(Branch, Condition)> {
    let next = resolve_reference(&mut loader.reader, entry.question, "question", ids);
    let mut when = Vec::new();
    let mut condition =
        if entry.when.is_none_or(Located::is_object) { Condition::Whole } else { Condition::InPart };
    for (id, node) in entry.when.map(|node| loader.reader.entries(node)).unwrap_or_default() {
        let Some(question) = ids.get(&id).copied() else {
            let known = || ids.keys().map(String::as_str);
            if are_valid(known()) {
                loader.reader.fault(node, || {
                    let remedy = did_you_mean(&id, known(), "name a question");
                    (format!("there is no question {}", quoted(&id)), remedy)
                });
            }
            condition = Condition::InPart;
            continue;
        };
        let answers = questions.get(question).map_or(&[][..], |question| &question.answers);
        let known =
            answers.iter().enumerate().filter_map(|(index, answer)| Some((answer.id.clone()?, index)));
        let known: HashMap<String, usize> = known.collect();
        match resolve_reference(&mut loader.reader, node, "answer", &known) {
            Some(answer) => when.push(Given { question, answer }),
            None => condition = Condition::InPart,
        }
    }
    Some((Branch { when, question: next? }, condition))
}

fn outcome<'a>(loader: &mut Loader<'a>, entry: &OutcomeEntry<'a>) -> GuideOutcome {
    let lessons = loader.reader.list(entry.lessons, MAX_NAMED);
    let items = loader.reader.list(entry.items, MAX_NAMED);
    GuideOutcome {
        id: entry.id.text_or_empty(),
        title: loader.reader.filled(entry.title).unwrap_or_default(),
        text: loader.reader.paragraphs(entry.text).unwrap_or_default(),
        lessons: lessons.into_iter().filter_map(|node| loader.resolve_lesson(node)).collect(),
        items: items.into_iter().filter_map(|node| loader.resolve_item(node)).collect(),
    }
}

/// Finds the questions that are on a cycle of `next`, by removing, again and again, questions
/// that lead to none of the rest or that none of the rest leads to (Kahn's algorithm, from both
/// ends).
fn on_a_cycle(questions: &[Question]) -> Vec<usize> {
    let mut left: Vec<bool> = vec![true; questions.len()];
    let leads_to = |from: usize| {
        questions.get(from).into_iter().flat_map(|question| &question.answers).flat_map(Answer::may_lead_to)
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
        let removable: Vec<usize> = (0..questions.len())
            .filter(|index| is_left(&left, *index))
            .filter(|index| !is_left(&reached, *index) || !leads_to(*index).any(|to| is_left(&left, to)))
            .collect();
        if removable.is_empty() {
            return (0..questions.len()).filter(|index| is_left(&left, *index)).collect();
        }
        for index in removable {
            if let Some(left) = left.get_mut(index) {
                *left = false;
            }
        }
    }
}
