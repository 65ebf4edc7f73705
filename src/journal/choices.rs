//! All that was chosen in one course, and how choices add up.
//!
//! Owns the rule that each choice sets one thing, and that of two that set the same thing the later
//! one wins. Must not know of files.

use crate::course::{ExerciseId, ItemId, LessonId, Place};
use crate::journal::choice::{Chosen, IfThen, KnownItem, OwnItem};
use crate::journal::dates::CachedDate;
use crate::journal::version::{Current, Version};
use crate::journal::worded::Worded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

    /// The version of what is chosen now of the same thing as in another choice.
    pub(crate) fn version(&self, chosen: &Chosen) -> Option<Version> {
        fn of<K: Ord, V>(map: &BTreeMap<K, Current<V>>, key: &K) -> Option<Version> {
            map.get(key).map(|current| current.version)
        }
        match chosen {
            Chosen::Listed { item, .. } => of(&self.listed, item),
            Chosen::Route { .. } => of(&self.route, &()),
            Chosen::OwnItem { item, .. } => of(&self.own, item),
            Chosen::ItemText { item, .. } => of(&self.known, item),
            Chosen::IfThen { item, .. } => of(&self.plans, item),
            Chosen::NamedPlace { name, .. } => of(&self.places, name),
            Chosen::PlanWeek { .. } => of(&self.plan_week, &()),
            Chosen::Question { exercise, .. } => of(&self.questions, exercise),
            Chosen::Answered { exercise, day, .. } => of(self.answers.get(exercise)?, &CachedDate(*day)),
            Chosen::Asking { exercise, .. } => of(&self.asking, exercise),
            Chosen::ExerciseText { exercise, .. } => of(&self.prompts, exercise),
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
    use crate::course::{CourseId, Rhythm, Side};
    use crate::journal::choice::{Choice, KINDS};
    use crate::journal::course_state::Provenance;
    use crate::journal::{ItemStatus, Journal, Ledger, Opened, Operation};
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
