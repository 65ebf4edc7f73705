//! The format of `course.json`: its keys and what each means.
//!
//! Owns the format alone. Must not know how it is read or checked. A key that is not an `Option`
//! is required. The schema for authors' editors, `docs/course.schema.json`, is generated from
//! these types by a test.

use crate::course::located::Located;
use crate::course::rhythm::Rhythm;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The newest version of the format that this program reads. It reads all older ones too.
pub(super) const FORMAT: u64 = 2;

/// The pattern of an id.
#[cfg(test)]
const ID: &str = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

/// The manifest of a course, `course.json` in its folder.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Manifest<'a> {
    /// The location of this schema, for your editor.
    #[serde(rename = "$schema")]
    pub(super) schema: Option<Located<'a, String>>,
    /// The version of this format: 1, or 2 for a course that uses what came with it.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("minimum" = 1, "maximum" = FORMAT)))]
    pub(super) format: Located<'a, u64>,
    /// Names the course for ever: the reader's marks are saved under it.
    #[cfg_attr(test, schemars(extend("pattern" = ID)))]
    pub(super) id: Located<'a, String>,
    /// The title that the reader sees.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) title: Located<'a, String>,
    /// A summary of the course, in a sentence or two.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) summary: Located<'a, String>,
    /// The language as a BCP 47 tag, such as `en` or `pt-BR`.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) language: Located<'a, String>,
    /// The id of the lesson to read before any other.
    pub(super) stop_first: Option<Located<'a, String>>,
    /// The word for that lesson in the row of keys, such as `safety`; otherwise it is `read first`. Needs
    /// format 2.
    pub(super) stop_first_word: Option<Located<'a, String>>,
    /// Who should read that lesson, such as `if you may be in danger`. Needs format 2.
    pub(super) stop_first_when: Option<Located<'a, String>>,
    /// The id of the lesson for a hard minute, one key away from anywhere. Needs format 2.
    pub(super) first_aid: Option<Located<'a, String>>,
    /// What this is, in two sentences, for somebody who opens it for the first time. Needs
    /// format 2.
    pub(super) welcome: Option<Located<'a, String>>,
    /// The parts in order.
    pub(super) parts: Located<'a, Vec<PartEntry<'a>>>,
    /// The items that the reader ticks day by day.
    pub(super) checklist: Located<'a, ChecklistEntry<'a>>,
    /// The self-check, which suggests what to read first.
    pub(super) guide: Option<Located<'a, GuideEntry<'a>>>,
    /// The plan, week by week. It is offered, never imposed. Needs format 2.
    pub(super) plan: Option<Located<'a, Vec<PlanWeekEntry<'a>>>>,
}

/// A run of lessons under one title.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct PartEntry<'a> {
    /// The title of the part.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) title: Located<'a, String>,
    /// The lessons in reading order.
    pub(super) lessons: Located<'a, Vec<LessonEntry<'a>>>,
}

/// One lesson.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct LessonEntry<'a> {
    /// Names the lesson for ever.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("pattern" = ID)))]
    pub(super) id: Located<'a, String>,
    /// The title that the reader sees.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) title: Located<'a, String>,
    /// The Markdown file, relative to the course's folder, with `/` between folders.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) file: Located<'a, String>,
}

/// The two sides of the checklist.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct ChecklistEntry<'a> {
    /// Behaviours to keep clear of.
    #[serde(borrow)]
    pub(super) avoid: Located<'a, Vec<AvoidEntry<'a>>>,
    /// Behaviours to take up.
    pub(super) embrace: Located<'a, Vec<EmbraceEntry<'a>>>,
}

/// A behaviour to keep clear of.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct AvoidEntry<'a> {
    /// Names the item for ever.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("pattern" = ID)))]
    pub(super) id: Located<'a, String>,
    /// One line, in the first person, that can be ticked.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) text: Located<'a, String>,
    /// The reason, in one line.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) why: Located<'a, String>,
    /// The id of the lesson that teaches it.
    pub(super) lesson: Located<'a, String>,
    /// The section of that lesson, as the slug of its heading.
    pub(super) section: Option<Located<'a, String>>,
    /// The id of an item to embrace instead.
    pub(super) instead: Option<Located<'a, String>>,
    /// A condition to check first, such as "Only if it is safe."
    pub(super) caution: Option<Located<'a, String>>,
    /// The heading that it stands under on its side of the checklist. Needs format 2.
    pub(super) group: Option<Located<'a, String>>,
    /// How often it is meant to be done. Needs format 2.
    pub(super) rhythm: Option<Located<'a, Rhythm>>,
    /// The word for a day on which it was not kept, where "slipped" would blame. Needs format 2.
    pub(super) slipped: Option<Located<'a, String>>,
}

/// A behaviour to take up.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct EmbraceEntry<'a> {
    /// Names the item for ever.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("pattern" = ID)))]
    pub(super) id: Located<'a, String>,
    /// One line, in the first person, that can be ticked.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) text: Located<'a, String>,
    /// The reason, in one line.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) why: Located<'a, String>,
    /// The id of the lesson that teaches it.
    pub(super) lesson: Located<'a, String>,
    /// The section of that lesson, as the slug of its heading.
    pub(super) section: Option<Located<'a, String>>,
    /// A condition to check first, such as "Only if it is safe."
    pub(super) caution: Option<Located<'a, String>>,
    /// The heading that it stands under on its side of the checklist. Needs format 2.
    pub(super) group: Option<Located<'a, String>>,
    /// How often it is meant to be done. Needs format 2.
    pub(super) rhythm: Option<Located<'a, Rhythm>>,
    /// The word for a day on which it was not kept, where "slipped" would blame. Needs format 2.
    pub(super) slipped: Option<Located<'a, String>>,
}

/// The self-check: questions that lead to outcomes.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct GuideEntry<'a> {
    /// The title that the reader sees.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) title: Located<'a, String>,
    /// Shown before the first question.
    pub(super) introduction: Located<'a, String>,
    /// The id of the first question.
    pub(super) start: Located<'a, String>,
    /// The questions, in any order.
    pub(super) questions: Located<'a, Vec<QuestionEntry<'a>>>,
    /// The results that answers can lead to.
    pub(super) outcomes: Located<'a, Vec<OutcomeEntry<'a>>>,
    /// The id of the outcome that is shown when no answer names one.
    pub(super) otherwise: Located<'a, String>,
}

/// One question.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct QuestionEntry<'a> {
    /// Names the question.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("pattern" = ID)))]
    pub(super) id: Located<'a, String>,
    /// The question itself.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) text: Located<'a, String>,
    /// Why it is asked.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) why: Located<'a, String>,
    /// The answers to choose from.
    pub(super) answers: Located<'a, Vec<AnswerEntry<'a>>>,
}

/// One answer.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct AnswerEntry<'a> {
    /// The answer itself.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) text: Located<'a, String>,
    /// Names the answer for `when`. Needs format 2.
    #[cfg_attr(test, schemars(extend("pattern" = ID)))]
    pub(super) id: Option<Located<'a, String>>,
    /// The id of the question that follows; without it the self-check ends here. In format 2 it
    /// may be a list of branches, of which the first that fits is taken.
    pub(super) next: Option<Located<'a, NextEntry<'a>>>,
    /// The id of an outcome that this answer leads to.
    pub(super) outcome: Option<Located<'a, String>>,
}

/// The question that follows an answer: its id, or branches.
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(untagged))]
#[expect(dead_code, reason = "it tells the schema what a node may be")]
pub(super) enum NextEntry<'a> {
    /// The id of the question.
    Question(String),
    /// The branches in order.
    Branches(Vec<BranchEntry<'a>>),
}

/// A question that follows an answer, perhaps only after certain other answers.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct BranchEntry<'a> {
    /// The other answers that must have been given, each as the id of its question and its own;
    /// without it the branch always fits.
    #[serde(borrow)]
    pub(super) when: Option<Located<'a, BTreeMap<String, String>>>,
    /// The id of the question.
    pub(super) question: Located<'a, String>,
}

/// One week of the plan.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct PlanWeekEntry<'a> {
    /// The title that the reader sees.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) title: Located<'a, String>,
    /// The ids of the lessons to read, in order.
    pub(super) lessons: Located<'a, Vec<String>>,
    /// The ids of the items to practise.
    pub(super) items: Located<'a, Vec<String>>,
    /// What to look back on at its end.
    pub(super) look_back: Option<Located<'a, String>>,
}

/// A result of the self-check.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct OutcomeEntry<'a> {
    /// Names the outcome.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("pattern" = ID)))]
    pub(super) id: Located<'a, String>,
    /// The title that the reader sees.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) title: Located<'a, String>,
    /// The meaning for the reader.
    #[cfg_attr(test, schemars(extend("minLength" = 1)))]
    pub(super) text: Located<'a, String>,
    /// The ids of the lessons to read, in order.
    pub(super) lessons: Located<'a, Vec<String>>,
    /// The ids of the items to begin with.
    pub(super) items: Located<'a, Vec<String>>,
}
