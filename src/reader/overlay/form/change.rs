//! The change of the journal that comes of a form.
//!
//! Owns what becomes of what another window or device has written since the form was opened: what was
//! not changed here is taken over, and no words go. Must not know how a form is shown.

use crate::course::{ItemId, Rhythm, Side};
use crate::journal::{Choice, Chosen, IfThen, Operation, OwnItem, Replaced, beside, replaced_name};
use crate::practice::rhythm_meant;
use crate::reader::outcome::{JournalChange, Selection};
use crate::reader::overlay::form::fields::{FieldInput, FieldName, FormField};
use crate::reader::overlay::form::{Form, Purpose, rhythm_text};
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::view::View;

impl Form {
    /// The change that what was filled in comes to.
    pub(super) fn change(&self, view: &View) -> JournalChange {
        let choice = |chosen| Operation::Choice(Choice { course: view.world.course.id.clone(), chosen });
        match &self.purpose {
            Purpose::NewItem => {
                let own = self.own_item();
                let item = view.practice().new_item_id(&own);
                let listed = Chosen::Listed { item: item.clone(), listed: true };
                let label = format!("added: {}", own.text);
                let own = Chosen::OwnItem { item: item.clone(), own };
                JournalChange::new(label, vec![choice(own), choice(listed)])
                    .selecting(Selection::NewItem(item))
            }
            Purpose::OwnItem(item) => {
                let merged = self.merged(view);
                let own = merged.own_item();
                let label = format!("changed: {}", own.text);
                let own = Chosen::OwnItem { item: item.clone(), own };
                JournalChange::new(label, vec![choice(own), choice(merged.if_then(item))])
            }
            Purpose::Plan(item) => {
                let plan = self.merged(view).if_then(item);
                JournalChange::new("the if-then plan".into(), vec![choice(plan)])
            }
        }
    }

    /// What the journal has for a field now, which is not what was in it when the form was
    /// opened if another window or device has written since.
    fn now(&self, name: FieldName, view: &View) -> String {
        let (course, ledger) = (&view.world.course.id, view.world.ledger);
        let (Purpose::OwnItem(item) | Purpose::Plan(item)) = &self.purpose else { return String::new() };
        let own = ledger.own_items(course).find(|(id, _)| *id == item).map(|(_, own)| own);
        let plan = ledger.if_then(course, item);
        let text = match name {
            FieldName::Side => None,
            FieldName::Text => own.map(|own| own.text.clone()),
            FieldName::Instead => own.map(|own| own.instead.clone()),
            FieldName::Group => own.map(|own| own.group.clone()),
            FieldName::Rhythm => own.map(|own| rhythm_text(&own.rhythm)),
            FieldName::If => plan.map(|plan| plan.cue.clone()),
            FieldName::Then => plan.map(|plan| plan.response.clone()),
        };
        text.unwrap_or_default()
    }

    /// The form with what was written elsewhere meanwhile in those fields that were not changed
    /// here, or only emptied.
    fn merged(&self, view: &View) -> Self {
        let mut merged = self.clone();
        for field in &mut merged.fields {
            let now = self.now(field.name, view);
            let here = self.text(field.name);
            let is_newer = now != field.original && (here == field.original || here.is_empty());
            if let (FieldInput::Text(text), true) = (&mut field.input, is_newer) {
                *text = TextField::new(&now, FieldKind::Line);
            }
        }
        merged
    }

    /// The words that were written elsewhere meanwhile and that those of this form replace.
    pub(super) fn written_elsewhere(&self, view: &View) -> Vec<String> {
        let merged = self.merged(view);
        let words = |field: &FormField| {
            let now = self.now(field.name, view);
            let is_replaced = now != field.original && now != merged.text(field.name) && !now.is_empty();
            is_replaced.then_some(now)
        };
        // How often something is meant to be done are no words of hers.
        self.fields.iter().filter(|field| field.name != FieldName::Rhythm).filter_map(words).collect()
    }

    fn own_item(&self) -> OwnItem {
        let side = self.side();
        let instead = if side == Side::Avoid { self.text(FieldName::Instead) } else { String::new() };
        let group = self.text(FieldName::Group);
        let rhythm = rhythm_meant(&self.text(FieldName::Rhythm)).or_else(|| self.rhythm_before());
        let rhythm = rhythm.unwrap_or_default();
        OwnItem { group, rhythm, ..OwnItem::new(side, self.text(FieldName::Text), instead) }
    }

    /// How often it was meant to be done when the form was opened.
    fn rhythm_before(&self) -> Option<Rhythm> {
        let field = self.fields.iter().find(|field| field.name == FieldName::Rhythm)?;
        rhythm_meant(&field.original)
    }

    fn if_then(&self, item: &ItemId) -> Chosen {
        let plan = IfThen { cue: self.text(FieldName::If), response: self.text(FieldName::Then) };
        Chosen::IfThen { item: item.clone(), plan }
    }

    /// A note of today with these words, each in a line of its own, that is known as what was replaced
    /// here.
    pub(super) fn note_of(&self, words: &[String], view: &View) -> Operation {
        let text = words.join("\n");
        let name = match &self.purpose {
            Purpose::OwnItem(item) => replaced_name(Replaced::OwnItem, item),
            Purpose::Plan(item) => replaced_name(Replaced::Plan, item),
            Purpose::NewItem => format!("{}-elsewhere", view.today),
        };
        let note = beside(&name, &text);
        Operation::Note { course: view.world.course.id.clone(), note, day: view.today, place: None, text }
    }
}
