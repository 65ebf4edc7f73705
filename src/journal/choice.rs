//! The reader's choices: a list of items, own items, plans, named places.
//!
//! Owns these operations, and how they add up: each sets one thing, and of two that set the
//! same thing the later one wins. Erasing, export, import and undoing ask here what a choice
//! is. Must not know of files.

use crate::course::{CourseId, ExerciseId, ItemId, LessonId, Place, Rhythm, Side};
use crate::journal::dates::CachedDate;
use crate::journal::version::{Current, Version};
use crate::journal::worded::Worded;
use crate::text::clean::{clean, clean_line, clean_name};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

    fn words(&self) -> String {
        in_lines([&self.text, &self.instead])
    }
}

impl IfThen {
    fn words(&self) -> String {
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

/// Whether a value arrives for the first time, or has been in the ledger unwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It is new.
    New,
    /// It was shown already and has been written now: it replaces its unsaved self.
    Written,
}

/// All that was chosen in one course.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Choices {
    pub(crate) listed: BTreeMap<ItemId, Current<bool>>,
    pub(crate) route: BTreeMap<(), Current<Vec<LessonId>>>,
    pub(crate) own: BTreeMap<ItemId, Current<OwnItem>>,
    pub(crate) known: BTreeMap<ItemId, Current<KnownItem>>,
    pub(crate) plans: BTreeMap<ItemId, Current<IfThen>>,
    pub(crate) places: BTreeMap<char, Current<Option<Place>>>,
    pub(crate) plan_week: BTreeMap<(), Current<Option<u32>>>,
    /// The lesson of each question that was met, and the day on which it was.
    pub(crate) questions: BTreeMap<ExerciseId, Current<(LessonId, CachedDate)>>,
    /// The answers to each question, by day.
    pub(crate) answers: BTreeMap<ExerciseId, BTreeMap<CachedDate, Current<Option<bool>>>>,
    pub(crate) asking: BTreeMap<Option<ExerciseId>, Current<bool>>,
    pub(crate) prompts: BTreeMap<ExerciseId, Current<String>>,
}

impl Choices {
    /// All that was chosen.
    pub(crate) fn all(&self) -> impl Iterator<Item = Chosen> + '_ {
        fn each<'a, K: Clone, V: Clone>(
            map: &'a BTreeMap<K, Current<V>>,
            chosen: impl Fn(K, V) -> Chosen + 'a,
        ) -> impl Iterator<Item = Chosen> + 'a {
            map.iter().map(move |(key, current)| chosen(key.clone(), current.value.clone()))
        }
        each(&self.listed, |item, listed| Chosen::Listed { item, listed })
            .chain(each(&self.route, |(), lessons| Chosen::Route { lessons }))
            .chain(each(&self.own, |item, own| Chosen::OwnItem { item, own }))
            .chain(each(&self.known, |item, known| Chosen::ItemText { item, known }))
            .chain(each(&self.plans, |item, plan| Chosen::IfThen { item, plan }))
            .chain(each(&self.places, |name, place| Chosen::NamedPlace { name, place }))
            .chain(each(&self.plan_week, |(), week| Chosen::PlanWeek { week }))
            .chain(each(&self.questions, |exercise, (lesson, day)| Chosen::Question {
                exercise,
                lesson,
                day: day.0,
            }))
            .chain(self.answers.iter().flat_map(move |(exercise, days)| {
                each(days, |day, known| Chosen::Answered { exercise: exercise.clone(), day: day.0, known })
            }))
            .chain(each(&self.asking, |exercise, asked| Chosen::Asking { exercise, asked }))
            .chain(each(&self.prompts, |exercise, prompt| Chosen::ExerciseText { exercise, prompt }))
    }

    /// What is chosen now of the same thing as in another choice, if that was ever chosen.
    pub(crate) fn current(&self, chosen: &Chosen) -> Option<Chosen> {
        fn value<K: Ord, V: Clone>(map: &BTreeMap<K, Current<V>>, key: &K) -> Option<V> {
            map.get(key).map(|current| current.value.clone())
        }
        match chosen.clone() {
            Chosen::Listed { item, .. } => {
                value(&self.listed, &item).map(|listed| Chosen::Listed { item, listed })
            }
            Chosen::Route { .. } => value(&self.route, &()).map(|lessons| Chosen::Route { lessons }),
            Chosen::OwnItem { item, .. } => value(&self.own, &item).map(|own| Chosen::OwnItem { item, own }),
            Chosen::ItemText { item, .. } => {
                value(&self.known, &item).map(|known| Chosen::ItemText { item, known })
            }
            Chosen::IfThen { item, .. } => {
                value(&self.plans, &item).map(|plan| Chosen::IfThen { item, plan })
            }
            Chosen::NamedPlace { name, .. } => {
                value(&self.places, &name).map(|place| Chosen::NamedPlace { name, place })
            }
            Chosen::PlanWeek { .. } => value(&self.plan_week, &()).map(|week| Chosen::PlanWeek { week }),
            Chosen::Question { exercise, .. } => value(&self.questions, &exercise)
                .map(|(lesson, day)| Chosen::Question { exercise, lesson, day: day.0 }),
            Chosen::Answered { exercise, day, .. } => value(self.answers.get(&exercise)?, &CachedDate(day))
                .map(|known| Chosen::Answered { exercise, day, known }),
            Chosen::Asking { exercise, .. } => {
                value(&self.asking, &exercise).map(|asked| Chosen::Asking { exercise, asked })
            }
            Chosen::ExerciseText { exercise, .. } => {
                value(&self.prompts, &exercise).map(|prompt| Chosen::ExerciseText { exercise, prompt })
            }
        }
    }

    /// The words that are chosen now, if any were ever chosen.
    pub(crate) fn words_of(&self, key: &Worded) -> Option<String> {
        match key {
            Worded::OwnItem(item) => self.own.get(item).map(|current| current.value.words()),
            Worded::Plan(item) => self.plans.get(item).map(|current| current.value.words()),
        }
    }

    /// Inserts what a record says.
    pub(crate) fn insert(&mut self, chosen: Chosen, version: Version, arrival: Arrival) {
        match chosen {
            Chosen::Listed { item, listed } => set(&mut self.listed, item, listed, version, arrival),
            Chosen::Route { lessons } => set(&mut self.route, (), lessons, version, arrival),
            Chosen::OwnItem { item, own } => set(&mut self.own, item, own, version, arrival),
            Chosen::ItemText { item, known } => set(&mut self.known, item, known, version, arrival),
            Chosen::IfThen { item, plan } => set(&mut self.plans, item, plan, version, arrival),
            Chosen::NamedPlace { name, place } => set(&mut self.places, name, place, version, arrival),
            Chosen::PlanWeek { week } => set(&mut self.plan_week, (), week, version, arrival),
            Chosen::Question { exercise, lesson, day } => {
                set(&mut self.questions, exercise, (lesson, CachedDate(day)), version, arrival);
            }
            Chosen::Answered { exercise, day, known } => {
                let days = self.answers.entry(exercise).or_default();
                set(days, CachedDate(day), known, version, arrival);
            }
            Chosen::Asking { exercise, asked } => set(&mut self.asking, exercise, asked, version, arrival),
            Chosen::ExerciseText { exercise, prompt } => {
                set(&mut self.prompts, exercise, prompt, version, arrival);
            }
        }
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, Current<V>>, key: K, value: V, version: Version, arrival: Arrival) {
    match map.get_mut(&key) {
        Some(current) => {
            let own_place = arrival == Arrival::Written && current.version.is_unsaved();
            if own_place || version > current.version {
                *current = Current { version, value };
            }
        }
        None => {
            map.insert(key, Current { version, value });
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::journal::ledger::Provenance;
    use crate::journal::{Journal, Ledger, Opened, Operation};
    use jiff::civil::date;

    fn all() -> Vec<Operation> {
        let item = || ItemId::new("own-1");
        let exercise = || ExerciseId::new("my-limit");
        let own = OwnItem {
            side: Side::Avoid,
            text: "I did not shout".into(),
            instead: "I left the room".into(),
            group: "At home".into(),
            rhythm: Rhythm::PerWeek(3),
            status: ItemStatus::Active,
        };
        let place = Place { lesson: LessonId::new("start-here"), block: 2, offset: 7, fingerprint: 9 };
        [
            Chosen::Listed { item: item(), listed: true },
            Chosen::Route { lessons: vec![LessonId::new("b"), LessonId::new("a")] },
            Chosen::OwnItem { item: item(), own },
            Chosen::ItemText { item: item(), known: KnownItem { side: Side::Embrace, text: "Then".into() } },
            Chosen::IfThen {
                item: item(),
                plan: IfThen { cue: "he shouts".into(), response: "I wait".into() },
            },
            Chosen::NamedPlace { name: 'a', place: Some(place) },
            Chosen::PlanWeek { week: Some(2) },
            Chosen::Question { exercise: exercise(), lesson: LessonId::new("a"), day: date(2026, 11, 20) },
            Chosen::Answered { exercise: exercise(), day: date(2026, 11, 21), known: Some(true) },
            Chosen::Asking { exercise: Some(exercise()), asked: false },
            Chosen::ExerciseText { exercise: exercise(), prompt: "Your limit\nin a sentence".into() },
        ]
        .into_iter()
        .map(|chosen| Operation::Choice(Choice { course: CourseId::new("c"), chosen }))
        .collect()
    }

    #[test]
    fn every_kind_of_choice_is_named_once() {
        let name = |operation: Operation| serde_json::to_value(operation).unwrap().get("op").cloned();
        assert_eq!(all().into_iter().filter_map(name).collect::<Vec<_>>(), KINDS);
    }

    #[test]
    fn what_is_chosen_now_is_what_takes_the_next_choice_back() {
        let mut choices = Choices::default();
        for operation in all() {
            let Operation::Choice(Choice { chosen, .. }) = operation else { continue };
            assert_eq!(choices.current(&chosen), None);
            let without = chosen.reverse(None);
            assert!(without.as_ref().is_none_or(|without| without != &chosen), "{chosen:?}");
            choices.insert(chosen.clone(), Version::unsaved(1), Arrival::New);
            assert_eq!(choices.current(&chosen).as_ref(), Some(&chosen));
            let before = without.as_ref().and_then(|without| without.reverse(choices.current(without)));
            assert_eq!(before, without.map(|_| chosen));
        }
    }

    #[test]
    fn what_was_chosen_is_written_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { mut journal, mut ledger, .. } = Journal::open(folder.path()).unwrap();
        journal.append(&mut ledger, all()).unwrap();
        let again = Journal::open(folder.path()).unwrap();
        assert_eq!(again.ledger, ledger);
        let (course, item) = (CourseId::new("c"), ItemId::new("own-1"));
        assert!(again.ledger.is_listed(&course, &item));
        assert_eq!(again.ledger.route(&course).len(), 2);
        assert_eq!(again.ledger.own_items(&course).count(), 1);
        assert_eq!(again.ledger.if_then(&course, &item).unwrap().response, "I wait");
        assert!(again.ledger.named_place(&course, 'a').is_some());
        assert_eq!(again.ledger.known_item(&course, &item).unwrap().text, "Then");
    }

    #[test]
    fn the_later_choice_wins_before_and_after_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { mut journal, mut ledger, .. } = Journal::open(folder.path()).unwrap();
        let (course, item) = (CourseId::new("c"), ItemId::new("own-1"));
        let listed = |listed| {
            let chosen = Chosen::Listed { item: ItemId::new("own-1"), listed };
            Operation::Choice(Choice { course: CourseId::new("c"), chosen })
        };
        for on in [true, false, true, false] {
            journal.add(&mut ledger, listed(on));
            assert_eq!(ledger.is_listed(&course, &item), on);
        }
        journal.retry(&mut ledger).unwrap();
        assert!(!ledger.is_listed(&course, &item));
        assert_eq!(Journal::open(folder.path()).unwrap().ledger, ledger);
    }

    #[test]
    fn what_was_chosen_is_part_of_the_cache() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { mut journal, mut ledger, .. } = Journal::open(folder.path()).unwrap();
        for _ in 0..100 {
            journal.append(&mut ledger, all()).unwrap();
        }
        drop(journal);
        assert_eq!(Journal::open(folder.path()).unwrap().ledger, ledger);
        assert!(folder.path().join("cache/ledger").exists());
        assert_eq!(Journal::open(folder.path()).unwrap().ledger, ledger);
    }

    #[test]
    fn any_order_of_records_ends_in_the_same_ledger() {
        let version = |sequence| {
            let mut version = Version::unsaved(sequence);
            version.clock = sequence;
            version
        };
        let operations = all();
        let (mut one, mut other) = (Ledger::default(), Ledger::default());
        for (sequence, operation) in (1..).zip(&operations) {
            one.insert(operation.clone(), version(sequence), &Provenance::default());
        }
        for (sequence, operation) in (1..).zip(&operations).collect::<Vec<_>>().into_iter().rev() {
            other.insert(operation.clone(), version(sequence), &Provenance::default());
            other.insert(operation.clone(), version(sequence), &Provenance::default());
        }
        assert_eq!(one, other);
    }
}
