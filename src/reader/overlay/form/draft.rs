//! Forms that are not saved, as operations of a draft on the disk, and the way back from there.
//!
//! Owns that a draft has all that was typed, also what the journal could not hold.

use crate::course::ItemId;
use crate::journal::{Choice, Chosen, IfThen, Operation, OwnItem};
use crate::practice::{ItemSource, rhythm_meant};
use crate::reader::overlay::form::fields::{FieldInput, FieldName, FormField};
use crate::reader::overlay::form::{Form, Purpose, rhythm_text};
use crate::reader::view::View;

impl Form {
    /// What would save it as it is, for a draft on the disk; nothing while nothing was typed.
    pub fn draft(&self, view: &View) -> Vec<Operation> {
        let has_words = self.fields.iter().any(FormField::has_new_words);
        if !has_words {
            return Vec::new();
        }
        let operations = self.change(view).operations;
        let item = operations.iter().find_map(|operation| match operation {
            Operation::Choice(Choice { chosen: Chosen::OwnItem { item, .. }, .. }) => Some(item),
            _ => None,
        });
        let unfinished = item.and_then(|item| self.unfinished_rhythm(item, view));
        unfinished.into_iter().chain(operations).collect()
    }

    /// What was typed for how often an item is meant to be done, as long as no rhythm can be told from
    /// it: in a draft it waits as a note of this name.
    fn unfinished_rhythm(&self, item: &ItemId, view: &View) -> Option<Operation> {
        let text = self.text(FieldName::Rhythm);
        let (course, note) = (view.world.course.id.clone(), rhythm_note(item));
        rhythm_meant(&text).is_none().then_some(Operation::Note {
            course,
            note,
            day: view.today,
            place: None,
            text,
        })
    }

    /// Returns whether an operation of a draft is no note of the reader's, but words in a form that
    /// were not finished.
    pub fn is_unfinished_words(operation: &Operation) -> bool {
        matches!(operation, Operation::Note { note, .. } if note.starts_with(RHYTHM_NOTE))
    }

    /// The forms whose drafts are among these operations, in their order, as they were filled in. A
    /// plan for an item that is gone is left out.
    pub fn from_draft(draft: &[Operation], view: &View) -> Vec<Self> {
        let mut forms: Vec<Self> = Vec::new();
        for operation in draft {
            let Operation::Choice(Choice { course, chosen }) = operation else { continue };
            if *course != view.world.course.id {
                continue;
            }
            match chosen {
                Chosen::OwnItem { item, own } => {
                    let mut form = Self::of_own_item(item, own, view);
                    if let Some(words) = unfinished_words(draft, item) {
                        form.fill_in_text(FieldName::Rhythm, words);
                    }
                    forms.push(form);
                }
                Chosen::IfThen { item, plan } => {
                    let is_its = |form: &&mut Self| form.purpose == Purpose::OwnItem(item.clone());
                    if let Some(form) = forms.iter_mut().find(is_its) {
                        form.fill_in_plan(plan);
                    } else if let Some(item) = view.practice().item(item) {
                        let mut form = Self::plan(&item, view.practice().if_then(item.id));
                        form.fill_in_plan(plan);
                        forms.push(form);
                    }
                }
                _ => {}
            }
        }
        forms
    }

    /// The form of an item of the reader's own, a new one where the journal has none, filled in with
    /// what this one has.
    fn of_own_item(item: &ItemId, own: &OwnItem, view: &View) -> Self {
        let there = view.practice().item(item).filter(|item| matches!(item.source, ItemSource::Own(_)));
        let mut form = match there {
            Some(item) => Self::edit(&item, &view.practice()),
            None => Self { focus: 1, ..Self::new_item(own.side, &view.practice()) },
        };
        form.fill_in(FieldName::Side, FieldInput::Side(own.side));
        form.fill_in_text(FieldName::Text, &own.text);
        form.fill_in_text(FieldName::Instead, &own.instead);
        form.fill_in_text(FieldName::Group, &own.group);
        form.fill_in_text(FieldName::Rhythm, &rhythm_text(&own.rhythm));
        form
    }

    fn fill_in_plan(&mut self, plan: &IfThen) {
        self.fill_in_text(FieldName::If, &plan.cue);
        self.fill_in_text(FieldName::Then, &plan.response);
    }
}

/// What the name of a note begins with that is no note, but words in a draft that were not finished.
const RHYTHM_NOTE: &str = "how-often-";

fn rhythm_note(item: &ItemId) -> String {
    format!("{RHYTHM_NOTE}{item}")
}

/// The words for how often an item is meant to be done that were not finished in a draft.
fn unfinished_words<'a>(draft: &'a [Operation], item: &ItemId) -> Option<&'a str> {
    draft.iter().find_map(|operation| match operation {
        Operation::Note { note, text, .. } if *note == rhythm_note(item) => Some(text.as_str()),
        _ => None,
    })
}
