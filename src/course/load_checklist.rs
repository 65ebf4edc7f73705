//! Loads the checklist of a course, and finds every fault on the way.
//!
//! Owns what makes an item sound: what it refers to exists, and its rhythm can be kept.

use crate::course::fault::quoted;
use crate::course::ids::ItemId;
use crate::course::lesson::LessonSource;
use crate::course::load_rhythm;
use crate::course::loader::{Loader, new_id};
use crate::course::located::Located;
use crate::course::manifest::ChecklistEntry;
use crate::course::model::{Item, Side};
use crate::course::nearest::did_you_mean;
use crate::course::rhythm::Rhythm;
use crate::course::unchecked::UncheckedCourse;

/// The most items on one side of the checklist.
const MAX_ITEMS: usize = 1_000;

/// An item of either side of the checklist, as the manifest has it.
struct ItemEntry<'a> {
    id: Located<'a, String>,
    text: Located<'a, String>,
    why: Located<'a, String>,
    lesson: Located<'a, String>,
    section: Option<Located<'a, String>>,
    instead: Option<Located<'a, String>>,
    caution: Option<Located<'a, String>>,
    group: Option<Located<'a, String>>,
    rhythm: Option<Located<'a, Rhythm>>,
    slipped: Option<Located<'a, String>>,
}

/// Loads both sides of the checklist.
pub(super) fn checklist<'a>(
    loader: &mut Loader<'a>,
    checklist: &ChecklistEntry<'a>,
    draft: &mut UncheckedCourse,
) {
    let mut entries = Vec::new();
    for node in loader.reader.list(checklist.avoid, MAX_ITEMS) {
        let Some(entry) = loader.reader.object(node) else {
            loader.items.are_all_known = false;
            continue;
        };
        entries.push((
            Side::Avoid,
            ItemEntry {
                id: entry.id,
                text: entry.text,
                why: entry.why,
                lesson: entry.lesson,
                section: entry.section,
                instead: entry.instead,
                caution: entry.caution,
                group: entry.group,
                rhythm: entry.rhythm,
                slipped: entry.slipped,
            },
        ));
    }
    for node in loader.reader.list(checklist.embrace, MAX_ITEMS) {
        let Some(entry) = loader.reader.object(node) else {
            loader.items.are_all_known = false;
            continue;
        };
        entries.push((
            Side::Embrace,
            ItemEntry {
                id: entry.id,
                text: entry.text,
                why: entry.why,
                lesson: entry.lesson,
                section: entry.section,
                instead: None,
                caution: entry.caution,
                group: entry.group,
                rhythm: entry.rhythm,
                slipped: entry.slipped,
            },
        ));
    }
    // All ids first: an item may refer to one that comes later.
    let mut ids = Vec::new();
    for (index, (_, entry)) in entries.iter().enumerate() {
        let known = &loader.items;
        let id = new_id(&mut loader.reader, entry.id, "item", |id| {
            entries.get(known.index(id)?).map(|(_, other)| other.id)
        });
        loader.items.add(id.as_deref(), index);
        ids.push(id.unwrap_or_default());
    }
    let sides: Vec<Side> = entries.iter().map(|(side, _)| *side).collect();
    for ((side, entry), id) in entries.into_iter().zip(ids) {
        item(loader, side, &entry, id, &sides, draft);
    }
}

/// Loads one item. `sides` has the side of each item of the checklist.
fn item<'a>(
    loader: &mut Loader<'a>,
    side: Side,
    entry: &ItemEntry<'a>,
    id: String,
    sides: &[Side],
    draft: &mut UncheckedCourse,
) {
    let lesson = loader.resolve_lesson(entry.lesson);
    let section = entry.section.and_then(|node| section(loader, node, lesson, draft));
    let instead = entry.instead.and_then(|node| instead(loader, node, sides));
    loader.needs_second_format(entry.group, "group");
    loader.needs_second_format(entry.rhythm, "rhythm");
    loader.needs_second_format(entry.slipped, "slipped");
    draft.course.items.push(Item {
        id: ItemId::new(id),
        side,
        text: loader.reader.filled(entry.text).unwrap_or_default(),
        why: loader.reader.filled(entry.why).unwrap_or_default(),
        lesson: lesson.unwrap_or_default(),
        section,
        instead,
        caution: entry.caution.and_then(|node| loader.reader.filled(node)),
        group: entry.group.and_then(|node| loader.reader.filled(node)),
        rhythm: entry.rhythm.and_then(|node| load_rhythm::rhythm(loader, node)).unwrap_or_default(),
        slipped: entry.slipped.and_then(|node| loader.reader.filled(node)),
    });
}

/// Checks that a section exists, unless the lesson is built in, and returns its slug.
fn section<'a>(
    loader: &mut Loader<'a>,
    node: Located<'a, String>,
    lesson: Option<usize>,
    draft: &UncheckedCourse,
) -> Option<String> {
    let slug = loader.reader.filled(node)?;
    let lesson = draft.course.lessons.get(lesson?)?;
    // A lesson without text has a fault already.
    if !matches!(lesson.source, LessonSource::Text(..)) {
        return Some(slug);
    }
    let slugs = || lesson.load().headings().map(|(_, heading, _)| heading.slug.clone());
    let known = loader.sections.entry(lesson.id.clone()).or_insert_with(|| slugs().collect());
    if !known.contains(&slug) {
        let slugs = lesson.load().headings().map(|(_, heading, _)| heading.slug.as_str());
        let remedy = did_you_mean(&slug, slugs, "name one of its headings, or remove `section`");
        let problem = format!("the lesson `{}` has no section {}", lesson.id, quoted(&slug));
        loader.reader.fault(node, || (problem, remedy));
    }
    Some(slug)
}

/// Resolves the item to embrace instead of one to avoid.
fn instead<'a>(loader: &mut Loader<'a>, node: Located<'a, String>, sides: &[Side]) -> Option<usize> {
    let item = loader.resolve_item(node)?;
    if sides.get(item) == Some(&Side::Avoid) {
        loader
            .reader
            .fault(node, || ("`instead` names an item to avoid".into(), "name an item of `embrace`".into()));
    }
    Some(item)
}
