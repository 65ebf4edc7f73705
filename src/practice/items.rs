//! The items as the reader meets them: the course's and the reader's own, as one list.
//!
//! Owns the order of that list, which items are on the reader's list, how an item is found by what
//! somebody types, and how one is named that is retired or gone from the course.

use crate::course::{Item, ItemId, Rhythm, Side};
use crate::journal::{IfThen, ItemStatus, OwnItem};
use crate::practice::view::Practice;
use std::collections::{BTreeSet, HashMap};

/// How the id of an item of the reader's own begins.
const OWN_PREFIX: &str = "own-";

/// An item of the course, or one of the reader's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnyItem<'a> {
    /// Its index: the course's items keep theirs, the reader's own follow in the order of their
    /// ids, the retired ones among them, so that retiring one moves no other.
    pub index: usize,
    /// Its id.
    pub id: &'a ItemId,
    /// Where it comes from.
    pub source: ItemSource<'a>,
}

/// Where an item comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemSource<'a> {
    /// The course has it.
    Course(&'a Item),
    /// The reader made it.
    Own(&'a OwnItem),
}

/// An item as it is named wherever its marks are shown, whether it is still worked on or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedItem<'a> {
    /// Its id.
    pub id: &'a ItemId,
    /// Its side; `None` if nobody knows it any more.
    pub side: Option<Side>,
    /// Its text, or the last one that is known.
    pub text: &'a str,
    /// How often it is meant to be done, or was.
    pub rhythm: &'a Rhythm,
    /// The item itself; `None` once it is retired or gone from the course.
    pub current: Option<AnyItem<'a>>,
}

/// What stands behind something that was typed for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// This item.
    Found(AnyItem<'a>),
    /// An item of the reader's own that is retired.
    Retired(AnyItem<'a>),
    /// Several items whose texts begin like this.
    Several(Vec<AnyItem<'a>>),
    /// No item.
    Missing,
}

impl<'a> AnyItem<'a> {
    /// Its one line.
    pub fn text(&self) -> &'a str {
        match self.source {
            ItemSource::Course(item) => &item.text,
            ItemSource::Own(own) => &own.text,
        }
    }

    /// Its side.
    pub fn side(&self) -> Side {
        match self.source {
            ItemSource::Course(item) => item.side,
            ItemSource::Own(own) => own.side,
        }
    }

    /// The lesson that teaches it, as an index into the course.
    pub fn lesson(&self) -> Option<usize> {
        match self.source {
            ItemSource::Course(item) => Some(item.lesson),
            ItemSource::Own(_) => None,
        }
    }

    /// What to mind before doing it; shown with the item, and not only when somebody asks.
    pub fn caution(&self) -> Option<&'a str> {
        match self.source {
            ItemSource::Course(item) => item.caution.as_deref(),
            ItemSource::Own(_) => None,
        }
    }

    /// The heading that it stands under on its side.
    pub fn group(&self) -> Option<&'a str> {
        match self.source {
            ItemSource::Course(item) => item.group.as_deref(),
            ItemSource::Own(own) => Some(own.group.as_str()).filter(|group| !group.is_empty()),
        }
    }

    /// How often it is meant to be done.
    pub fn rhythm(&self) -> &'a Rhythm {
        match self.source {
            ItemSource::Course(item) => &item.rhythm,
            ItemSource::Own(own) => &own.rhythm,
        }
    }

    /// Returns whether the reader made it.
    pub fn is_own(&self) -> bool {
        matches!(self.source, ItemSource::Own(_))
    }

    /// Returns whether it is worked on, and not retired.
    pub fn is_active(&self) -> bool {
        match self.source {
            ItemSource::Course(_) => true,
            ItemSource::Own(own) => own.status == ItemStatus::Active,
        }
    }

    fn begins_with(&self, lower: &str) -> bool {
        self.text().to_lowercase().starts_with(lower)
    }
}

impl<'a> NamedItem<'a> {
    /// An item that is worked on.
    fn current(item: AnyItem<'a>) -> Self {
        let (id, side, text, rhythm) = (item.id, Some(item.side()), item.text(), item.rhythm());
        Self { id, side, text, rhythm, current: Some(item) }
    }

    /// The heading that it stands under on its side.
    pub fn group(&self) -> Option<&'a str> {
        self.current.and_then(|item| item.group())
    }
}

/// The rhythm of an item of which nothing is known any more.
static DAILY: Rhythm = Rhythm::Daily;

/// The heading that stands above an item in a list: that of its group, where the item before is of
/// another one or there is none. Below a group also those have a heading that are of none.
pub fn heading_above<'a>(before: Option<Option<&str>>, group: Option<&'a str>) -> Option<&'a str> {
    match (before, group) {
        (Some(before), group) if before == group => None,
        (_, Some(group)) => Some(group),
        (Some(Some(_)), None) => Some(WITHOUT_GROUP),
        (Some(None) | None, None) => None,
    }
}

/// The heading of the items that stand below groups and are of none: nearly always the reader's own.
const WITHOUT_GROUP: &str = "Others";

/// The same items by group: a stable sort by where a group is first named. Items of the course that
/// are of none come before all groups, the reader's own behind them.
fn grouped(mut items: Vec<AnyItem>) -> Vec<AnyItem> {
    if items.iter().all(|item| item.group().is_none()) {
        return items;
    }
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(group) = item.group() {
            first.entry(group).or_insert(index + 1);
        }
    }
    items.sort_by_key(|item| match item.group() {
        Some(group) => first.get(group).copied().unwrap_or(0),
        None if item.is_own() => usize::MAX,
        None => 0,
    });
    items
}

impl<'a> Practice<'a> {
    /// The items that are worked on, those to avoid first; on each side by group, in the order in
    /// which the groups are first named. Of those without one the course's stand before all groups,
    /// and the reader's own behind them. Within a group the course's come first, in the author's
    /// order, then the reader's own, in the order in which they were made.
    pub fn items(&self) -> impl Iterator<Item = AnyItem<'a>> + use<'a> {
        let practice = *self;
        [Side::Avoid, Side::Embrace].into_iter().flat_map(move |side| {
            grouped(practice.active_items().filter(|item| item.side() == side).collect())
        })
    }

    /// Returns whether any item is worked on: the same question, without their order.
    pub fn has_items(&self) -> bool {
        self.active_items().next().is_some()
    }

    /// The items on the reader's own list, in the same order.
    pub fn listed_items(&self) -> impl Iterator<Item = AnyItem<'a>> + use<'a> {
        let practice = *self;
        self.items().filter(move |item| practice.is_listed(item.id))
    }

    /// The item with this index, retired or not.
    pub fn item_at(&self, index: usize) -> Option<AnyItem<'a>> {
        let course = self.course.map_or(&[][..], |course| &course.items);
        if let Some(item) = course.get(index) {
            return Some(AnyItem { index, id: &item.id, source: ItemSource::Course(item) });
        }
        let own = index.checked_sub(course.len())?;
        let (id, own) = self.ledger.own_items(self.id).nth(own)?;
        Some(AnyItem { index, id, source: ItemSource::Own(own) })
    }

    /// The item with this id, retired or not.
    pub fn item(&self, id: &ItemId) -> Option<AnyItem<'a>> {
        self.all_items().find(|item| item.id == id)
    }

    /// Finds an item by its id, else by the beginning of its text; capitals make no difference
    /// in the text.
    pub fn find(&self, typed: &str) -> Lookup<'a> {
        if let Some(item) = self.all_items().find(|item| item.id.as_str() == typed) {
            return if item.is_active() { Lookup::Found(item) } else { Lookup::Retired(item) };
        }
        let lower = typed.trim().to_lowercase();
        if lower.is_empty() {
            return Lookup::Missing;
        }
        let found: Vec<AnyItem> = self.items().filter(|item| item.begins_with(&lower)).collect();
        match found.as_slice() {
            [] => Lookup::Missing,
            [item] => Lookup::Found(*item),
            _ => Lookup::Several(found),
        }
    }

    /// Returns whether an item is on the reader's own list.
    pub fn is_listed(&self, item: &ItemId) -> bool {
        self.ledger.is_listed(self.id, item)
    }

    /// The if-then plan of an item.
    pub fn if_then(&self, item: &ItemId) -> Option<&'a IfThen> {
        self.ledger.if_then(self.id, item)
    }

    /// What is done instead of an item to avoid.
    pub fn instead_of(&self, item: &AnyItem<'a>) -> Option<&'a str> {
        match item.source {
            ItemSource::Course(item) => {
                let instead = self.course?.items.get(item.instead?)?;
                Some(&instead.text)
            }
            ItemSource::Own(own) => Some(own.instead.as_str()).filter(|instead| !instead.is_empty()),
        }
    }

    /// The name of an item, whatever became of it: as it stands, else what it said last, else
    /// its id.
    pub fn named(&self, id: &'a ItemId) -> NamedItem<'a> {
        if let Some(item) = self.item(id) {
            let current = Some(item).filter(AnyItem::is_active);
            return NamedItem { current, ..NamedItem::current(item) };
        }
        let (side, text) = match self.ledger.known_item(self.id, id) {
            Some(known) => (Some(known.side), known.text.as_str()),
            None if id.as_str().starts_with(OWN_PREFIX) => (None, "an item of your own"),
            None => (None, id.as_str()),
        };
        NamedItem { id, side, text, rhythm: &DAILY, current: None }
    }

    /// Every item that is worked on; after them, by id, those that are retired, and those that
    /// are gone from the course and were ever marked.
    pub fn named_items(&self) -> Vec<NamedItem<'a>> {
        let mut named: Vec<NamedItem> = self.items().map(NamedItem::current).collect();
        let current: BTreeSet<&ItemId> = named.iter().map(|item| item.id).collect();
        let own = self.ledger.own_items(self.id).map(|(id, _)| id);
        let marked = self.ledger.items(self.id).filter(|id| self.is_marked(id));
        let gone: BTreeSet<&ItemId> = own.chain(marked).filter(|id| !current.contains(id)).collect();
        named.extend(gone.into_iter().map(|id| self.named(id)));
        named
    }

    /// The groups of the items that are worked on, each once, in the order of the checklist.
    pub fn groups(&self) -> Vec<&'a str> {
        let mut groups = Vec::new();
        for group in self.items().filter_map(|item| item.group()) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// The items of a review: the reader's list, then the others that were ever marked, then
    /// those that are retired or gone.
    pub fn reviewed_items(&self) -> Vec<NamedItem<'a>> {
        let mut named = self.named_items();
        named.retain(|item| self.is_marked(item.id) || (item.current.is_some() && self.is_listed(item.id)));
        // The sort is stable: within each of the three the order stays.
        named.sort_by_key(|item| match item.current {
            Some(_) if self.is_listed(item.id) => 0,
            Some(_) => 1,
            None => 2,
        });
        named
    }

    /// Makes an id for a new item of the reader's own. The number keeps these items in the order
    /// in which they were made; the fingerprint of the text separates two that were made on two
    /// devices at once.
    pub fn new_item_id(&self, own: &OwnItem) -> ItemId {
        let number = self.ledger.own_items(self.id).count() + 1;
        ItemId::new(format!("{OWN_PREFIX}{number:04}-{:08x}", crc32fast::hash(own.text.as_bytes())))
    }

    /// The items by index, the retired ones among them.
    fn all_items(&self) -> impl Iterator<Item = AnyItem<'a>> + use<'a> {
        let course = self.course.into_iter().flat_map(|course| &course.items);
        let course = course.map(|item| (&item.id, ItemSource::Course(item)));
        let own = self.ledger.own_items(self.id).map(|(id, own)| (id, ItemSource::Own(own)));
        course.chain(own).enumerate().map(|(index, (id, source))| AnyItem { index, id, source })
    }

    /// The items that are worked on, by index: for sums, which need no order.
    pub(super) fn active_items(&self) -> impl Iterator<Item = AnyItem<'a>> + use<'a> {
        self.all_items().filter(AnyItem::is_active)
    }

    fn is_marked(&self, item: &ItemId) -> bool {
        self.ledger.marks(self.id, item).next().is_some()
    }
}
