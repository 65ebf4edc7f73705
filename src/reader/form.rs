//! A form: a few fields to fill in, for an item of her own or an if-then plan.
//!
//! Owns which fields there are and what they come to. Must not keep anything: `update`
//! does when she says so.

use crate::course::{ItemId, Side};
use crate::journal::{Choice, Chosen, IfThen, Operation, OwnItem, Standing};
use crate::reader::World;
use crate::reader::item::{AnyItem, Origin};
use crate::reader::text_field::{Lines, TextField};
use crate::text::clean::clean_line;
use tui_input::InputRequest;

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it is for.
    pub purpose: Purpose,
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field that has the cursor, as an index into those that are shown.
    pub focus: usize,
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A new item of her own.
    NewItem,
    /// A change to an item of her own, and its plan.
    OwnItem(ItemId),
    /// The if-then plan of an item.
    Plan(ItemId),
}

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The side of an item.
    Side,
    /// The text of an item.
    Text,
    /// What to do instead.
    Instead,
    /// When a plan begins.
    If,
    /// What she does then.
    Then,
}

impl Name {
    /// The words in front of the field.
    pub fn label(self) -> &'static str {
        match self {
            Self::Side => "Which side?   (Space changes it)",
            Self::Text => "In your words, so that you can tick it: I ...",
            Self::Instead => "What you do instead",
            Self::If => "If ...",
            Self::Then => "then ...",
        }
    }
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it asks for.
    pub name: Name,
    /// What was filled in.
    pub input: Input,
    /// What stood in it when the form was opened.
    pub begun: String,
}

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One of the two sides.
    Side(Side),
    /// A line of text.
    Text(TextField),
}

impl Form {
    /// For a new item, at first on this side.
    pub fn new_item(side: Side) -> Self {
        let fields = vec![
            Field { name: Name::Side, input: Input::Side(side), begun: String::new() },
            text(Name::Text, ""),
            text(Name::Instead, ""),
        ];
        Self { purpose: Purpose::NewItem, title: "An item of your own".into(), fields, focus: 0 }
    }

    /// For a change to an item: its words and its plan if it is her own, else its plan.
    pub fn edit(item: &AnyItem, plan: Option<&IfThen>) -> Self {
        let Origin::Own(own) = item.origin else { return Self::plan(item, plan) };
        let fields = vec![
            Field { name: Name::Side, input: Input::Side(own.side), begun: String::new() },
            text(Name::Text, &own.text),
            text(Name::Instead, &own.instead),
            text(Name::If, plan.map_or("", |plan| &plan.cue)),
            text(Name::Then, plan.map_or("", |plan| &plan.act)),
        ];
        let purpose = Purpose::OwnItem(item.id.clone());
        Self { purpose, title: "Your item".into(), fields, focus: 1 }
    }

    /// For the plan of an item.
    pub fn plan(item: &AnyItem, plan: Option<&IfThen>) -> Self {
        let fields = vec![
            text(Name::If, plan.map_or("", |plan| &plan.cue)),
            text(Name::Then, plan.map_or("", |plan| &plan.act)),
        ];
        let title = format!("A plan for: {}", item.text());
        Self { purpose: Purpose::Plan(item.id.clone()), title, fields, focus: 0 }
    }

    /// The fields that are shown: only an item to avoid has something to do instead.
    pub fn shown(&self) -> impl Iterator<Item = &Field> {
        let side = self.side();
        self.fields.iter().filter(move |field| field.name != Name::Instead || side == Side::Avoid)
    }

    /// The field that has the cursor.
    pub fn focused(&mut self) -> Option<&mut Field> {
        let side = self.side();
        self.fields
            .iter_mut()
            .filter(|field| field.name != Name::Instead || side == Side::Avoid)
            .nth(self.focus)
    }

    /// A key's worth of editing in the field that has the cursor.
    pub fn apply(&mut self, request: InputRequest) {
        let Some(field) = self.focused() else { return };
        match &mut field.input {
            Input::Text(text) => text.apply(request),
            Input::Side(side) => match request {
                InputRequest::InsertChar('a' | 'A') => *side = Side::Avoid,
                InputRequest::InsertChar('e' | 'E') => *side = Side::Embrace,
                InputRequest::InsertChar(' ') | InputRequest::GoToPrevChar | InputRequest::GoToNextChar => {
                    *side = other(*side);
                }
                _ => {}
            },
        }
    }

    /// The field that is still missing, and what to say of it.
    pub fn missing(&self) -> Option<(Name, &'static str)> {
        match self.purpose {
            Purpose::NewItem | Purpose::OwnItem(_) if self.text(Name::Text).is_empty() => {
                Some((Name::Text, "A few words are needed for the item."))
            }
            Purpose::NewItem | Purpose::OwnItem(_)
                if self.side() == Side::Avoid && self.text(Name::Instead).is_empty() =>
            {
                Some((Name::Instead, "What will you do instead? A few words are enough."))
            }
            Purpose::NewItem | Purpose::OwnItem(_) | Purpose::Plan(_) => None,
        }
    }

    /// What the form comes to: the words for it, and what is to be kept.
    pub fn outcome(&self, world: &World) -> (String, Vec<Operation>) {
        let choice = |chosen| Operation::Choice(Choice { course: world.course.id.clone(), chosen });
        let own = || OwnItem {
            side: self.side(),
            text: self.text(Name::Text),
            instead: if self.side() == Side::Avoid { self.text(Name::Instead) } else { String::new() },
            standing: Standing::Active,
        };
        let plan = |item: &ItemId| Chosen::IfThen {
            item: item.clone(),
            plan: IfThen { cue: self.text(Name::If), act: self.text(Name::Then) },
        };
        match &self.purpose {
            Purpose::NewItem => {
                let own = own();
                let item = new_id(&own, world);
                let listed = Chosen::Listed { item: item.clone(), listed: true };
                let words = format!("added: {}", own.text);
                (words, vec![choice(Chosen::OwnItem { item, own }), choice(listed)])
            }
            Purpose::OwnItem(item) => {
                let own = own();
                let words = format!("changed: {}", own.text);
                let chosen = Chosen::OwnItem { item: item.clone(), own };
                (words, vec![choice(chosen), choice(plan(item))])
            }
            Purpose::Plan(item) => ("the if-then plan".into(), vec![choice(plan(item))]),
        }
    }

    /// Lets go of what the journal has no more. What was typed since is kept.
    pub fn forget_erased(&mut self, world: &World) {
        let (course, ledger) = (&world.course.id, world.ledger);
        let (item, has_words) = match &self.purpose {
            Purpose::NewItem => return,
            Purpose::OwnItem(item) => (item, ledger.own_items(course).any(|(id, _)| id == item)),
            Purpose::Plan(item) => (item, false),
        };
        let has_plan = ledger.if_then(course, item).is_some_and(|plan| !plan.is_empty());
        for field in &mut self.fields {
            let is_there = match field.name {
                Name::If | Name::Then => has_plan,
                Name::Side | Name::Text | Name::Instead => has_words,
            };
            if let (Input::Text(text), false) = (&mut field.input, is_there) {
                text.forget(&std::mem::take(&mut field.begun));
            }
        }
    }

    fn side(&self) -> Side {
        self.fields
            .iter()
            .find_map(|field| match field.input {
                Input::Side(side) => Some(side),
                Input::Text(_) => None,
            })
            .unwrap_or(Side::Avoid)
    }

    fn text(&self, name: Name) -> String {
        let field = self.fields.iter().find(|field| field.name == name);
        match field.map(|field| &field.input) {
            Some(Input::Text(text)) => clean_line(text.text()),
            Some(Input::Side(_)) | None => String::new(),
        }
    }
}

fn text(name: Name, text: &str) -> Field {
    Field { name, input: Input::Text(TextField::new(text, Lines::One)), begun: text.to_owned() }
}

fn other(side: Side) -> Side {
    match side {
        Side::Avoid => Side::Embrace,
        Side::Embrace => Side::Avoid,
    }
}

/// How the name of an item of her own begins.
pub const OWN: &str = "own-";

/// A name for a new item. The number keeps her items in the order in which she made them;
/// the print of the text parts those that two devices made without knowing of each other.
fn new_id(own: &OwnItem, world: &World) -> ItemId {
    let number = world.ledger.own_items(&world.course.id).count() + 1;
    ItemId::new(format!("{OWN}{number:04}-{:08x}", crc32fast::hash(own.text.as_bytes())))
}
