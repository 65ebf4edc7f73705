//! A form: a few fields to fill in, for an item of the reader's own or an if-then plan.
//!
//! Owns which fields there are, and what the keys do. Which change of the journal comes of them stands
//! in `change.rs`. What is filled in and not saved stays when the form is left: `update` puts it aside.

mod change;
mod draft;
pub mod fields;

use crate::course::{CourseId, ItemId, Rhythm, Side};
use crate::journal::{IfThen, Ledger, OwnItem};
use crate::practice::{AnyItem, HOW_OFTEN, ItemSource, Practice, rhythm_meant};
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::list::Tone;
use crate::reader::motion::Motion;
use crate::reader::outcome::Outcome;
use crate::reader::overlay::form::fields::{FieldInput, FieldName, FormField, push_field};
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::overlay::shared::TypingAction;
use crate::reader::text_field::{Edit, FieldKind, TextField};
use crate::reader::view::View;

/// The form's context.
pub const CONTEXT: Context = Context::overlay("form", "In a form").with_unbound(Unbound::Text);

/// The rows of a form.
pub const ROWS: &[BindingRow<FormAction>] = &[
    row("Enter", "enter", FormAction::Enter, "the next field; at the last one, save it", "next, save"),
    row("Tab Down", "next", moves(Motion::Down), "the next field", "field"),
    row("Shift-Tab Up", "previous", moves(Motion::Up), "the field before", "field"),
    row("Ctrl-s", "keep", FormAction::Save, "save it", "save"),
    row("Esc", "cancel", FormAction::Close, "back; what you typed waits, unless you empty it", "back"),
];

const fn moves(motion: Motion) -> FormAction {
    FormAction::Typing(TypingAction::Move(motion))
}

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it is for.
    purpose: Purpose,
    /// Its title.
    title: String,
    /// Its fields.
    fields: Vec<FormField>,
    /// The field that has the cursor, as an index into those that are shown.
    focus: usize,
}

/// What is done in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormAction {
    /// What is done where text is typed.
    Typing(TypingAction),
    /// Moves to the next field; at the last one, saves what was filled in.
    Enter,
    /// Saves what was filled in.
    Save,
    /// Closes the form.
    Close,
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Purpose {
    /// A new item of the reader's own.
    NewItem,
    /// A change to an own item, and its plan.
    OwnItem(ItemId),
    /// The if-then plan of an item.
    Plan(ItemId),
}

impl Form {
    /// For a new item, at first on this side.
    pub fn new_item(side: Side, practice: &Practice) -> Self {
        let own = OwnItem::new(side, String::new(), String::new());
        let fields = item_fields(&own, practice);
        Self { purpose: Purpose::NewItem, title: "An item of your own".into(), fields, focus: 0 }
    }

    /// For a change to an item: its words and its plan if it is the reader's own, else its
    /// plan.
    pub fn edit(item: &AnyItem, practice: &Practice) -> Self {
        let plan = practice.if_then(item.id);
        let ItemSource::Own(own) = item.source else { return Self::plan(item, plan) };
        let mut fields = item_fields(own, practice);
        fields.push(FormField::text(FieldName::If, plan.map_or("", |plan| &plan.cue)));
        fields.push(FormField::text(FieldName::Then, plan.map_or("", |plan| &plan.response)));
        let purpose = Purpose::OwnItem(item.id.clone());
        Self { purpose, title: "Your item".into(), fields, focus: 1 }
    }

    /// For the plan of an item.
    pub fn plan(item: &AnyItem, plan: Option<&IfThen>) -> Self {
        let fields = vec![
            FormField::text(FieldName::If, plan.map_or("", |plan| &plan.cue)),
            FormField::text(FieldName::Then, plan.map_or("", |plan| &plan.response)),
        ];
        let title = format!("A plan for: {}", item.text());
        Self { purpose: Purpose::Plan(item.id.clone()), title, fields, focus: 0 }
    }

    fn fill_in_text(&mut self, name: FieldName, text: &str) {
        self.fill_in(name, FieldInput::Text(TextField::new(text, FieldKind::Line)));
    }

    fn fill_in(&mut self, name: FieldName, input: FieldInput) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.input = input;
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: FormAction, view: &View) -> Outcome {
        match action {
            FormAction::Typing(TypingAction::Edit(edit)) => self.edit_field(edit),
            FormAction::Typing(TypingAction::Paste(text)) => return self.paste(&text),
            FormAction::Typing(TypingAction::Move(motion)) => self.move_focus(motion),
            FormAction::Typing(TypingAction::Select(field)) => self.focus = field,
            FormAction::Enter if self.focus + 1 < self.shown().count() => self.move_focus(Motion::Down),
            FormAction::Enter | FormAction::Save => return self.save(view),
            FormAction::Close => return Outcome::Close,
        }
        Outcome::Stay
    }

    /// Its lines, at most `width` columns wide: each field under its label.
    pub fn lines(&self, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.push(&self.title, Tone::Strong, width);
        for (index, field) in self.shown().enumerate() {
            lines.blank();
            push_field(&mut lines, field, index, index == self.focus, width);
        }
        lines
    }

    fn shown(&self) -> impl Iterator<Item = &FormField> {
        let side = self.side();
        self.fields.iter().filter(move |field| field.is_shown(side))
    }

    fn focused(&mut self) -> Option<&mut FormField> {
        let side = self.side();
        self.fields.iter_mut().filter(|field| field.is_shown(side)).nth(self.focus)
    }

    fn move_focus(&mut self, motion: Motion) {
        self.focus = motion.target(self.focus, self.shown().count(), 1, 1);
    }

    /// Changes the field that has the cursor. A letter that is typed at the choice of a side is the
    /// first of the text.
    fn edit_field(&mut self, edit: Edit) {
        if let Some(letter) = self.focused().and_then(|field| field.apply(edit)) {
            self.move_focus(Motion::Down);
            self.focused().map(|field| field.apply(letter));
        }
    }

    fn paste(&mut self, text: &str) -> Outcome {
        if self.focused().is_some_and(|field| matches!(field.input, FieldInput::Side(_))) {
            self.move_focus(Motion::Down);
        }
        let whole = match self.focused().map(|field| &mut field.input) {
            Some(FieldInput::Text(field)) => field.insert(text),
            Some(FieldInput::Side(_)) | None => true,
        };
        if whole {
            return Outcome::Stay;
        }
        Outcome::Say("It was too long for one line; its beginning is here.".into())
    }

    fn save(&mut self, view: &View) -> Outcome {
        if let Some((name, message)) = self.missing() {
            let field = self.shown().position(|field| field.name == name);
            self.focus = field.unwrap_or(self.focus);
            return Outcome::Say(message.into());
        }
        let mut change = self.change(view);
        let elsewhere = self.written_elsewhere(view);
        let message = if elsewhere.is_empty() {
            format!("Saved. {} takes it back.", view.key(Context::PANES, "undo"))
        } else {
            change.operations.push(self.note_of(&elsewhere, view));
            let notes = view.key(Context::PANES, "notes");
            format!("Saved. What was written elsewhere meanwhile is a note now; {notes} shows it.")
        };
        Outcome::Do(change.saying(message))
    }

    /// The field that is still missing, and what to say of it.
    fn missing(&self) -> Option<(FieldName, &'static str)> {
        match self.purpose {
            Purpose::NewItem | Purpose::OwnItem(_) if self.text(FieldName::Text).is_empty() => {
                Some((FieldName::Text, "A few words are needed for the item."))
            }
            Purpose::NewItem | Purpose::OwnItem(_)
                if self.side() == Side::Avoid && self.text(FieldName::Instead).is_empty() =>
            {
                Some((FieldName::Instead, "What will you do instead? A few words are enough."))
            }
            Purpose::NewItem | Purpose::OwnItem(_)
                if rhythm_meant(&self.text(FieldName::Rhythm)).is_none() =>
            {
                Some((FieldName::Rhythm, HOW_OFTEN))
            }
            Purpose::NewItem | Purpose::OwnItem(_) | Purpose::Plan(_) => None,
        }
    }

    /// Returns whether something was filled in that is not saved.
    pub fn is_unsaved(&self) -> bool {
        self.fields.iter().any(|field| field.value() != field.original)
    }

    /// Returns whether it is for the same as another one.
    pub fn is_same_thing(&self, other: &Self) -> bool {
        self.purpose == other.purpose
    }

    /// Removes what was erased from the journal of a course. What was typed since stays.
    pub fn forget_erased(&mut self, course: &CourseId, ledger: &Ledger) {
        let (item, has_words) = match &self.purpose {
            Purpose::NewItem => return,
            Purpose::OwnItem(item) => (item, ledger.own_items(course).any(|(id, _)| id == item)),
            Purpose::Plan(item) => (item, false),
        };
        let has_plan = ledger.if_then(course, item).is_some_and(|plan| !plan.is_empty());
        for field in &mut self.fields {
            let is_there = match field.name {
                FieldName::If | FieldName::Then => has_plan,
                FieldName::Side
                | FieldName::Text
                | FieldName::Instead
                | FieldName::Group
                | FieldName::Rhythm => has_words,
            };
            if let (FieldInput::Text(text), false) = (&mut field.input, is_there) {
                text.forget(&std::mem::take(&mut field.original));
            }
        }
    }

    fn side(&self) -> Side {
        self.fields
            .iter()
            .find_map(|field| match field.input {
                FieldInput::Side(side) => Some(side),
                FieldInput::Text(_) => None,
            })
            .unwrap_or(Side::Avoid)
    }

    fn text(&self, name: FieldName) -> String {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map(FormField::value).unwrap_or_default()
    }
}

/// The fields for an item of the reader's own.
fn item_fields(own: &OwnItem, practice: &Practice) -> Vec<FormField> {
    let groups = practice.groups();
    let groups = if groups.is_empty() { String::new() } else { format!("There are: {}", groups.join(", ")) };
    vec![
        FormField::side(own.side),
        FormField::text(FieldName::Text, &own.text),
        FormField::text(FieldName::Instead, &own.instead),
        FormField::text(FieldName::Group, &own.group).such_as(groups),
        FormField::text(FieldName::Rhythm, &rhythm_text(&own.rhythm))
            .such_as("Every day if empty; or such as 3 a week, or mon thu".into()),
    ]
}

/// A rhythm as it stands in its field; every day needs no word.
fn rhythm_text(rhythm: &Rhythm) -> String {
    if *rhythm == Rhythm::Daily { String::new() } else { rhythm.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::journal::{Choice, Chosen, Operation};
    use crate::reader::fixture::Fixture;

    #[test]
    fn an_item_to_avoid_is_saved_only_with_what_is_done_instead() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let mut form = Form::new_item(Side::Avoid, &fixture.view().practice());
        form.update(moves(Motion::Down), &view);
        form.update(FormAction::Typing(TypingAction::Paste("I did not shout".into())), &view);
        assert!(matches!(form.update(FormAction::Save, &view), Outcome::Say(_)));
        assert_eq!(form.focus, 2, "the cursor is not where the words are missing");
        form.update(FormAction::Typing(TypingAction::Paste("I left the room".into())), &view);
        assert!(matches!(form.update(FormAction::Save, &view), Outcome::Do(_)));
    }

    #[test]
    fn an_item_to_embrace_has_nothing_to_do_instead() {
        let fixture = Fixture::new();
        let mut form = Form::new_item(Side::Avoid, &fixture.view().practice());
        assert_eq!(form.shown().count(), 5);
        form.update(FormAction::Typing(TypingAction::Edit(Edit::Insert(' '))), &fixture.view());
        assert_eq!(form.shown().count(), 4);
    }

    #[test]
    fn letters_that_are_typed_at_the_choice_of_a_side_go_to_the_text() {
        let fixture = Fixture::new();
        let mut form = Form::new_item(Side::Avoid, &fixture.view().practice());
        for letter in "eat".chars() {
            form.update(FormAction::Typing(TypingAction::Edit(Edit::Insert(letter))), &fixture.view());
        }
        assert_eq!((form.text(FieldName::Text).as_str(), form.side()), ("eat", Side::Avoid));
        let mut form = Form::new_item(Side::Avoid, &fixture.view().practice());
        form.update(FormAction::Typing(TypingAction::Paste("I rested".into())), &fixture.view());
        assert_eq!(form.text(FieldName::Text), "I rested");
    }

    #[test]
    fn what_was_filled_in_is_unsaved_and_what_was_only_looked_at_is_not() {
        let fixture = Fixture::new();
        let mut form = Form::new_item(Side::Avoid, &fixture.view().practice());
        assert!(!form.is_unsaved());
        form.update(FormAction::Typing(TypingAction::Edit(Edit::Insert(' '))), &fixture.view());
        assert!(form.is_unsaved(), "another side is something filled in");
    }

    /// An item of the reader's own that is meant for three days a week.
    fn three_a_week(fixture: &mut Fixture) -> ItemId {
        let own = OwnItem::new(Side::Embrace, "I rested".into(), String::new());
        let own = OwnItem { rhythm: Rhythm::PerWeek(3), ..own };
        let (course, item) = (fixture.course.id.clone(), ItemId::new("rest"));
        let chosen = Chosen::OwnItem { item: item.clone(), own };
        fixture.apply(&Operation::Choice(Choice { course, chosen }));
        item
    }

    #[test]
    fn words_for_how_often_that_are_not_finished_wait_in_a_draft_as_they_were_typed() {
        let mut fixture = Fixture::new();
        let item = three_a_week(&mut fixture);
        let view = fixture.view();
        let mut changed = Form::edit(&view.practice().item(&item).unwrap(), &view.practice());
        let mut new = Form::new_item(Side::Embrace, &view.practice());
        new.fill_in_text(FieldName::Text, "I called my sister");
        for form in [&mut changed, &mut new] {
            form.fill_in_text(FieldName::Rhythm, "every other d");
            let draft = form.draft(&view);
            let again = Form::from_draft(&draft, &view);
            assert_eq!(again.len(), 1);
            assert_eq!(again[0].text(FieldName::Rhythm), "every other d");
            // As long as they are not finished, they say nothing.
            let rhythms = draft.iter().filter_map(|operation| match operation {
                Operation::Choice(Choice { chosen: Chosen::OwnItem { own, .. }, .. }) => Some(&own.rhythm),
                _ => None,
            });
            let before =
                rhythm_meant(&form.fields.iter().find(|f| f.name == FieldName::Rhythm).unwrap().original);
            assert_eq!(rhythms.collect::<Vec<_>>(), before.iter().collect::<Vec<_>>());
            form.fill_in_text(FieldName::Rhythm, "twice a week");
            assert!(!form.draft(&view).iter().any(Form::is_unfinished_words));
        }
    }
}
