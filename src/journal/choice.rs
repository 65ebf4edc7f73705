//! What the reader chose: her list, her own items, her plans, her places.
//!
//! Owns these operations, and how they add up: each sets one thing, and of two that set the
//! same thing the later one holds. Must not know of files.

use crate::course::{CourseId, ItemId, LessonId, Place, Side};
use crate::journal::ledger::Held;
use crate::journal::operation::clean_name;
use crate::journal::stamp::Stamp;
use crate::text::clean::clean_line;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that the reader chose, in one course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The course.
    pub course: CourseId,
    /// What was chosen.
    #[serde(flatten)]
    pub chosen: Chosen,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case")]
pub enum Chosen {
    /// An item was put on her own list, or taken off it.
    Listed {
        /// The item.
        item: ItemId,
        /// Whether it is on the list now.
        listed: bool,
    },
    /// The order in which she means to read; empty for none.
    Route {
        /// The lessons, the first to read first.
        lessons: Vec<LessonId>,
    },
    /// An item of her own was made, changed or retired. Its marks always stay.
    OwnItem {
        /// Names the item; made up once.
        item: ItemId,
        /// What it is.
        #[serde(flatten)]
        own: OwnItem,
    },
    /// What an item of the course said when it was last marked, so that the mark can be
    /// read when the course no longer has the item.
    ItemText {
        /// The item.
        item: ItemId,
        /// What it said.
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
}

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
    /// Whether it is still worked on.
    pub standing: Standing,
}

/// Whether an item of her own is still worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It is shown in the checklist.
    Active,
    /// It is not shown there any more; its marks stay.
    Retired,
}

/// What an item of the course said.
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
    /// What happens.
    #[serde(rename = "if")]
    pub cue: String,
    /// What she does then.
    #[serde(rename = "then")]
    pub act: String,
}

impl IfThen {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.cue.is_empty() && self.act.is_empty()
    }
}

impl Choice {
    /// The choice with all its text clean.
    #[must_use]
    pub(crate) fn cleaned(self) -> Self {
        let item = |id: ItemId| ItemId::new(clean_name(id.as_str()));
        let lesson = |id: LessonId| LessonId::new(clean_name(id.as_str()));
        let chosen = match self.chosen {
            Chosen::Listed { item: id, listed } => Chosen::Listed { item: item(id), listed },
            Chosen::Route { lessons } => Chosen::Route { lessons: lessons.into_iter().map(lesson).collect() },
            Chosen::OwnItem { item: id, own } => Chosen::OwnItem {
                item: item(id),
                own: OwnItem { text: clean_line(&own.text), instead: clean_line(&own.instead), ..own },
            },
            Chosen::ItemText { item: id, known } => Chosen::ItemText {
                item: item(id),
                known: KnownItem { text: clean_line(&known.text), ..known },
            },
            Chosen::IfThen { item: id, plan } => Chosen::IfThen {
                item: item(id),
                plan: IfThen { cue: clean_line(&plan.cue), act: clean_line(&plan.act) },
            },
            Chosen::NamedPlace { name, place } => Chosen::NamedPlace {
                name: if name.is_alphanumeric() { name } else { '?' },
                place: place.map(|place| Place { lesson: lesson(place.lesson), ..place }),
            },
        };
        Self { course: CourseId::new(clean_name(self.course.as_str())), chosen }
    }
}

/// Whether a value arrives for the first time, or has been in the ledger unwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It is new.
    New,
    /// It was shown already and has been written now: it takes its own place.
    Written,
}

/// All that was chosen in one course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Choices {
    pub(crate) listed: BTreeMap<ItemId, Held<bool>>,
    pub(crate) route: BTreeMap<(), Held<Vec<LessonId>>>,
    pub(crate) own: BTreeMap<ItemId, Held<OwnItem>>,
    pub(crate) known: BTreeMap<ItemId, Held<KnownItem>>,
    pub(crate) plans: BTreeMap<ItemId, Held<IfThen>>,
    pub(crate) places: BTreeMap<char, Held<Option<Place>>>,
}

impl Choices {
    /// All that was chosen, with the records that said so.
    pub(crate) fn all(&self) -> Vec<(Stamp, Chosen)> {
        fn each<K: Clone, V: Clone>(
            map: &BTreeMap<K, Held<V>>,
            chosen: impl Fn(K, V) -> Chosen,
        ) -> impl Iterator<Item = (Stamp, Chosen)> {
            map.iter().map(move |(key, held)| (held.stamp, chosen(key.clone(), held.value.clone())))
        }
        each(&self.listed, |item, listed| Chosen::Listed { item, listed })
            .chain(each(&self.route, |(), lessons| Chosen::Route { lessons }))
            .chain(each(&self.own, |item, own| Chosen::OwnItem { item, own }))
            .chain(each(&self.known, |item, known| Chosen::ItemText { item, known }))
            .chain(each(&self.plans, |item, plan| Chosen::IfThen { item, plan }))
            .chain(each(&self.places, |name, place| Chosen::NamedPlace { name, place }))
            .collect()
    }

    /// Takes in what a record says.
    pub(crate) fn take(&mut self, chosen: Chosen, stamp: Stamp, arrival: Arrival) {
        match chosen {
            Chosen::Listed { item, listed } => set(&mut self.listed, item, listed, stamp, arrival),
            Chosen::Route { lessons } => set(&mut self.route, (), lessons, stamp, arrival),
            Chosen::OwnItem { item, own } => set(&mut self.own, item, own, stamp, arrival),
            Chosen::ItemText { item, known } => set(&mut self.known, item, known, stamp, arrival),
            Chosen::IfThen { item, plan } => set(&mut self.plans, item, plan, stamp, arrival),
            Chosen::NamedPlace { name, place } => set(&mut self.places, name, place, stamp, arrival),
        }
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, Held<V>>, key: K, value: V, stamp: Stamp, arrival: Arrival) {
    match map.get_mut(&key) {
        Some(held) => {
            let own_place = arrival == Arrival::Written && held.stamp.is_unsaved();
            if own_place || stamp > held.stamp {
                *held = Held { stamp, value };
            }
        }
        None => {
            map.insert(key, Held { stamp, value });
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::journal::{Journal, Ledger, Opened, Operation};

    fn all() -> Vec<Operation> {
        let item = || ItemId::new("own-1");
        let own = OwnItem {
            side: Side::Avoid,
            text: "I did not shout".into(),
            instead: "I left the room".into(),
            standing: Standing::Active,
        };
        let place = Place { lesson: LessonId::new("start-here"), block: 2, offset: 7, print: 9 };
        [
            Chosen::Listed { item: item(), listed: true },
            Chosen::Route { lessons: vec![LessonId::new("b"), LessonId::new("a")] },
            Chosen::OwnItem { item: item(), own },
            Chosen::ItemText { item: item(), known: KnownItem { side: Side::Embrace, text: "Then".into() } },
            Chosen::IfThen { item: item(), plan: IfThen { cue: "he shouts".into(), act: "I wait".into() } },
            Chosen::NamedPlace { name: 'a', place: Some(place) },
        ]
        .into_iter()
        .map(|chosen| Operation::Choice(Choice { course: CourseId::new("c"), chosen }))
        .collect()
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
        assert_eq!(again.ledger.if_then(&course, &item).unwrap().act, "I wait");
        assert!(again.ledger.named_place(&course, 'a').is_some());
        assert_eq!(again.ledger.known_item(&course, &item).unwrap().text, "Then");
    }

    #[test]
    fn the_later_choice_holds_before_and_after_it_is_written() {
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
    fn what_was_chosen_is_part_of_the_picture_of_the_ledger() {
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
        let stamp = |sequence| {
            let mut stamp = Stamp::unsaved(sequence);
            stamp.rank = sequence;
            stamp
        };
        let operations = all();
        let (mut one, mut other) = (Ledger::default(), Ledger::default());
        for (sequence, operation) in (1..).zip(&operations) {
            one.take(operation.clone(), stamp(sequence), &[]);
        }
        for (sequence, operation) in (1..).zip(&operations).collect::<Vec<_>>().into_iter().rev() {
            other.take(operation.clone(), stamp(sequence), &[]);
            other.take(operation.clone(), stamp(sequence), &[]);
        }
        assert_eq!(one, other);
    }
}
