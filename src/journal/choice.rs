//! The reader's choices: a list of items, own items, plans, named places.
//!
//! Owns these operations. Erasing, export, import and undoing ask here what a choice is. Must not
//! know of files, nor how choices add up: `choices.rs` does.

use crate::course::{CourseId, ExerciseId, ItemId, LessonId, Place, Rhythm, Side};
use crate::journal::worded::Worded;
use crate::text::clean::{clean, clean_line, clean_name};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One thing that the reader chose, in one course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The course.
    pub course: CourseId,
    /// The choice itself.
    #[serde(flatten)]
    pub chosen: Chosen,
}

/// A choice itself, without its course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case")]
pub enum Chosen {
    /// An item was put on the reader's own list, or taken off it.
    Listed {
        /// The item.
        item: ItemId,
        /// Whether it is on the list now.
        listed: bool,
    },
    /// The reading plan was set; empty for none.
    Route {
        /// The lessons, the first to read first.
        lessons: Vec<LessonId>,
    },
    /// An own item was created, changed or retired. Its marks always stay.
    OwnItem {
        /// The id of the item.
        item: ItemId,
        /// The item itself.
        #[serde(flatten)]
        own: OwnItem,
    },
    /// The text of an item of the course when it was last marked, so that the mark can be
    /// read when the course no longer has the item.
    ItemText {
        /// The item.
        item: ItemId,
        /// Its text.
        #[serde(flatten)]
        known: KnownItem,
    },
    /// An if-then plan was attached to an item, or (with both empty) taken away.
    IfThen {
        /// The item.
        item: ItemId,
        /// The plan.
        #[serde(flatten)]
        plan: IfThen,
    },
    /// A place in a lesson got a letter, or the letter was set free.
    NamedPlace {
        /// The letter.
        name: char,
        /// The place.
        place: Option<Place>,
    },
    /// A week of the course's plan was begun, or the plan was left.
    PlanWeek {
        /// The week, counted from 0; `None` outside of the plan.
        week: Option<u32>,
    },
    /// A question of a lesson was met for the first time, and may be asked again from now on.
    Question {
        /// The question.
        exercise: ExerciseId,
        /// The lesson that has it.
        lesson: LessonId,
        /// The day on which the lesson was read.
        day: Date,
    },
    /// A question was answered on a day, or (with no answer) that was taken back.
    Answered {
        /// The question.
        exercise: ExerciseId,
        /// The day.
        day: Date,
        /// Whether the answer was known.
        known: Option<bool>,
    },
    /// Questions are asked again, or are not.
    Asking {
        /// The question; `None` for all of them.
        exercise: Option<ExerciseId>,
        /// Whether it is asked.
        asked: bool,
    },
    /// What an exercise asked for when the reader wrote something for it, so that her words can
    /// be read when the course no longer has it.
    ExerciseText {
        /// The exercise.
        exercise: ExerciseId,
        /// Its text.
        prompt: String,
    },
}

/// The names of the kinds of choice in the logs.
pub(crate) const KINDS: &[&str] = &[
    "listed",
    "route",
    "own-item",
    "item-text",
    "if-then",
    "named-place",
    "plan-week",
    "question",
    "answered",
    "asking",
    "exercise-text",
];

/// An item of the reader's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnItem {
    /// Its side.
    pub side: Side,
    /// One line that can be ticked.
    pub text: String,
    /// For an item to avoid: what to do instead; may be empty.
    #[serde(default)]
    pub instead: String,
    /// The heading that it stands under on its side; may be empty.
    #[serde(default)]
    pub group: String,
    /// How often it is meant to be done.
    #[serde(default)]
    pub rhythm: Rhythm,
    /// Whether it is still in use.
    #[serde(rename = "standing")]
    pub status: ItemStatus,
}

/// Whether an own item is still in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemStatus {
    /// It is shown in the checklist.
    Active,
    /// It is not shown there any more; its marks stay.
    Retired,
}

/// The text of an item of the course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownItem {
    /// Its side.
    pub side: Side,
    /// Its text.
    pub text: String,
}

/// "If he raises his voice, then I say that I will come back to it tomorrow."
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IfThen {
    /// The situation.
    #[serde(rename = "if")]
    pub cue: String,
    /// The reader's response to it.
    #[serde(rename = "then")]
    pub response: String,
}

impl OwnItem {
    /// An item that is in use, stands under no heading, and is meant for every day.
    pub fn new(side: Side, text: String, instead: String) -> Self {
        let status = ItemStatus::Active;
        Self { side, text, instead, group: String::new(), rhythm: Rhythm::Daily, status }
    }

    pub(super) fn words(&self) -> String {
        in_lines([&self.text, &self.instead])
    }
}

impl IfThen {
    pub(super) fn words(&self) -> String {
        in_lines([&self.cue, &self.response])
    }

    /// Returns whether there is no plan.
    pub fn is_empty(&self) -> bool {
        self.cue.is_empty() && self.response.is_empty()
    }
}

/// Those of two texts that are not empty, one a line.
fn in_lines(texts: [&String; 2]) -> String {
    let lines: Vec<&str> = texts.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    lines.join("\n")
}

impl Chosen {
    /// Returns whether it holds words that the reader wrote, which erasing those removes.
    pub(crate) fn has_words(&self) -> bool {
        self.words().is_some()
    }

    /// What it puts into words of the reader's own, and these words, one text a line.
    pub(crate) fn words(&self) -> Option<(Worded, String)> {
        match self {
            Self::OwnItem { item, own } => Some((Worded::OwnItem(item.clone()), own.words())),
            Self::IfThen { item, plan } => Some((Worded::Plan(item.clone()), plan.words())),
            Self::Listed { .. }
            | Self::Route { .. }
            | Self::ItemText { .. }
            | Self::NamedPlace { .. }
            | Self::PlanWeek { .. }
            | Self::Question { .. }
            | Self::Answered { .. }
            | Self::Asking { .. }
            | Self::ExerciseText { .. } => None,
        }
    }

    /// The day that it is about, for those that are about one.
    pub(crate) fn day(&self) -> Option<Date> {
        match self {
            Self::Question { day, .. } | Self::Answered { day, .. } => Some(*day),
            Self::Listed { .. }
            | Self::Route { .. }
            | Self::OwnItem { .. }
            | Self::ItemText { .. }
            | Self::IfThen { .. }
            | Self::NamedPlace { .. }
            | Self::PlanWeek { .. }
            | Self::Asking { .. }
            | Self::ExerciseText { .. } => None,
        }
    }

    /// Returns whether all that it does is to take something back.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Listed { listed, .. } => !listed,
            Self::Route { lessons } => lessons.is_empty(),
            Self::IfThen { plan, .. } => plan.is_empty(),
            Self::NamedPlace { place, .. } => place.is_none(),
            Self::PlanWeek { week } => week.is_none(),
            Self::Answered { known, .. } => known.is_none(),
            Self::Asking { asked, .. } => *asked,
            // A retired item is needed for its marks.
            Self::OwnItem { .. }
            | Self::ItemText { .. }
            | Self::Question { .. }
            | Self::ExerciseText { .. } => false,
        }
    }

    /// The names in it, of items and lessons.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Listed { item, .. }
            | Self::OwnItem { item, .. }
            | Self::ItemText { item, .. }
            | Self::IfThen { item, .. } => vec![item.as_str()],
            Self::Route { lessons } => lessons.iter().map(LessonId::as_str).collect(),
            Self::NamedPlace { place, .. } => place.iter().map(|place| place.lesson.as_str()).collect(),
            Self::PlanWeek { .. } => Vec::new(),
            Self::Question { exercise, lesson, .. } => vec![exercise.as_str(), lesson.as_str()],
            Self::Answered { exercise, .. } | Self::ExerciseText { exercise, .. } => vec![exercise.as_str()],
            Self::Asking { exercise, .. } => exercise.iter().map(ExerciseId::as_str).collect(),
        }
    }

    /// The choice that takes this one back, where `before` is what was chosen of the same thing.
    /// None for what is never taken back.
    pub fn reverse(&self, before: Option<Self>) -> Option<Self> {
        let nothing = match self {
            Self::Listed { item, .. } => Self::Listed { item: item.clone(), listed: false },
            Self::Route { .. } => Self::Route { lessons: Vec::new() },
            // What was never there goes by being retired.
            Self::OwnItem { item, own } => Self::OwnItem {
                item: item.clone(),
                own: OwnItem { status: ItemStatus::Retired, ..own.clone() },
            },
            Self::IfThen { item, .. } => Self::IfThen { item: item.clone(), plan: IfThen::default() },
            Self::NamedPlace { name, .. } => Self::NamedPlace { name: *name, place: None },
            Self::PlanWeek { .. } => Self::PlanWeek { week: None },
            Self::Answered { exercise, day, .. } => {
                Self::Answered { exercise: exercise.clone(), day: *day, known: None }
            }
            Self::Asking { exercise, .. } => Self::Asking { exercise: exercise.clone(), asked: true },
            Self::ItemText { .. } | Self::Question { .. } | Self::ExerciseText { .. } => return None,
        };
        Some(before.unwrap_or(nothing))
    }
}

impl Choice {
    /// Cleans all text of the choice.
    #[must_use]
    pub(crate) fn cleaned(self) -> Self {
        let item = |id: ItemId| ItemId::new(clean_name(id.as_str()));
        let lesson = |id: LessonId| LessonId::new(clean_name(id.as_str()));
        let exercise = |id: ExerciseId| ExerciseId::new(clean_name(id.as_str()));
        let chosen = match self.chosen {
            Chosen::Listed { item: id, listed } => Chosen::Listed { item: item(id), listed },
            Chosen::Route { lessons } => Chosen::Route { lessons: lessons.into_iter().map(lesson).collect() },
            Chosen::OwnItem { item: id, own } => Chosen::OwnItem {
                item: item(id),
                own: OwnItem {
                    text: clean_line(&own.text),
                    instead: clean_line(&own.instead),
                    group: clean_line(&own.group),
                    rhythm: own.rhythm.sound().unwrap_or_default(),
                    ..own
                },
            },
            Chosen::ItemText { item: id, known } => Chosen::ItemText {
                item: item(id),
                known: KnownItem { text: clean_line(&known.text), ..known },
            },
            Chosen::IfThen { item: id, plan } => Chosen::IfThen {
                item: item(id),
                plan: IfThen { cue: clean_line(&plan.cue), response: clean_line(&plan.response) },
            },
            Chosen::NamedPlace { name, place } => Chosen::NamedPlace {
                name: if name.is_alphanumeric() { name } else { '?' },
                place: place.map(|place| Place { lesson: lesson(place.lesson), ..place }),
            },
            Chosen::PlanWeek { week } => Chosen::PlanWeek { week },
            Chosen::Question { exercise: id, lesson: of, day } => {
                Chosen::Question { exercise: exercise(id), lesson: lesson(of), day }
            }
            Chosen::Answered { exercise: id, day, known } => {
                Chosen::Answered { exercise: exercise(id), day, known }
            }
            Chosen::Asking { exercise: id, asked } => Chosen::Asking { exercise: id.map(exercise), asked },
            Chosen::ExerciseText { exercise: id, prompt } => {
                Chosen::ExerciseText { exercise: exercise(id), prompt: clean(&prompt).into_owned() }
            }
        };
        Self { course: CourseId::new(clean_name(self.course.as_str())), chosen }
    }
}
