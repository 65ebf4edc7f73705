//! The items as the reader meets them: those of the course, and after them her own.
//!
//! Items are named by an index: the course's keep theirs, her own follow in the order of
//! their names, the retired ones among them, so that retiring one moves no other. Must not
//! know how items are shown.

use crate::course::{Item, ItemId, Side};
use crate::journal::{IfThen, Mark, OwnItem, Standing};
use crate::reader::World;
use jiff::civil::Date;

/// An item of the course, or one of her own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnyItem<'a> {
    /// Its index.
    pub index: usize,
    /// Its id.
    pub id: &'a ItemId,
    /// Where it comes from.
    pub origin: Origin<'a>,
}

/// Where an item comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'a> {
    /// The course has it.
    Course(&'a Item),
    /// She made it.
    Own(&'a OwnItem),
}

impl<'a> AnyItem<'a> {
    /// Its one line.
    pub fn text(&self) -> &'a str {
        match self.origin {
            Origin::Course(item) => &item.text,
            Origin::Own(own) => &own.text,
        }
    }

    /// Its side.
    pub fn side(&self) -> Side {
        match self.origin {
            Origin::Course(item) => item.side,
            Origin::Own(own) => own.side,
        }
    }

    /// The lesson that teaches it.
    pub fn lesson(&self) -> Option<usize> {
        match self.origin {
            Origin::Course(item) => Some(item.lesson),
            Origin::Own(_) => None,
        }
    }

    /// Whether it is still worked on.
    pub fn is_standing(&self) -> bool {
        match self.origin {
            Origin::Course(_) => true,
            Origin::Own(own) => own.standing == Standing::Active,
        }
    }
}

impl<'a> World<'a> {
    /// The item with this index.
    pub fn item(&self, index: usize) -> Option<AnyItem<'a>> {
        if let Some(item) = self.course.items.get(index) {
            return Some(AnyItem { index, id: &item.id, origin: Origin::Course(item) });
        }
        let own = index.checked_sub(self.course.items.len())?;
        let (id, own) = self.ledger.own_items(&self.course.id).nth(own)?;
        Some(AnyItem { index, id, origin: Origin::Own(own) })
    }

    /// The items that are worked on, the course's first.
    pub fn items(&self) -> impl Iterator<Item = AnyItem<'a>> + use<'a> {
        let course = self.course.items.iter().map(|item| (&item.id, Origin::Course(item)));
        let own = self.ledger.own_items(&self.course.id).map(|(id, own)| (id, Origin::Own(own)));
        course
            .chain(own)
            .enumerate()
            .map(|(index, (id, origin))| AnyItem { index, id, origin })
            .filter(AnyItem::is_standing)
    }

    /// What was said of any item on a day.
    pub fn mark_of(&self, item: &ItemId, day: Date) -> Option<Mark> {
        self.ledger.mark(&self.course.id, item, day)
    }

    /// Whether an item is on her list.
    pub fn is_listed(&self, item: &ItemId) -> bool {
        self.ledger.is_listed(&self.course.id, item)
    }

    /// The if-then plan of an item.
    pub fn if_then(&self, item: &ItemId) -> Option<&'a IfThen> {
        self.ledger.if_then(&self.course.id, item)
    }
}
