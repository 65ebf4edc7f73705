//! The elements of a formula as text, and how they are put together.
//!
//! Owns the white space between elements and the parentheses around them. Must not know of TeX.

use crate::text::tex::signs;
use pulldown_latex::event::{ScriptPosition, ScriptType};
use unicode_normalization::UnicodeNormalization;

/// What an element is to its neighbours: TeX's classes of atoms, and a few more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Ordinary,
    /// A function's name or a large operator: white space is between it and what it applies to.
    Function,
    Operator,
    Relation,
    Opening,
    Closing,
    Punctuation,
    /// Words, with the white space that they need.
    Text,
    Space,
}

/// An element that is complete.
#[derive(Debug, Clone)]
pub(super) struct TexElement {
    text: String,
    class: Class,
    /// Whether it stands for one thing without parentheses.
    is_single: bool,
}

impl TexElement {
    pub(super) fn new(text: &str, class: Class) -> Self {
        // A base and its accents are one.
        let is_single = text.chars().filter(|character| character.is_alphanumeric()).count() <= 1
            || matches!(class, Class::Function)
            || text.chars().all(|character| character.is_ascii_digit() || character == '.');
        Self { text: text.to_owned(), class, is_single }
    }

    /// An element in delimiters of its own.
    pub(super) fn enclosed(text: &str) -> Self {
        Self { text: text.to_owned(), class: Class::Ordinary, is_single: true }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text, in parentheses unless it is one thing.
    fn single(&self) -> String {
        if self.is_single { self.text.clone() } else { format!("({})", self.text) }
    }

    /// The element struck through.
    pub(super) fn negated(&self) -> Self {
        let mut characters = self.text.chars();
        let mut text: String = characters.next().into_iter().chain(['\u{338}']).nfc().collect();
        text.push_str(characters.as_str());
        Self { text, class: self.class, is_single: self.is_single }
    }
}

/// Elements side by side, on one or several lines.
#[derive(Debug, Default)]
pub(super) struct Row {
    text: String,
    /// The last element on the line.
    last: Option<Class>,
    count: usize,
    only: Option<TexElement>,
}

impl Row {
    pub(super) fn push(&mut self, element: TexElement) {
        let TexElement { text, class, .. } = &element;
        // An operator behind nothing that it could apply to is a sign.
        let is_sign = *class == Class::Operator && !self.last.is_some_and(ends_operand);
        if self.last.is_some_and(|last| is_spaced(last, *class)) && !is_sign && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        if !(text == " " && (self.text.is_empty() || self.text.ends_with([' ', '\n']))) {
            self.text.push_str(text);
        }
        self.last = Some(if is_sign { Class::Opening } else { *class });
        self.count += 1;
        self.only = (self.count == 1).then_some(element);
    }

    pub(super) fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.last = None;
        self.count += 1;
        self.only = None;
    }

    pub(super) fn into_text(self) -> String {
        self.text.trim().to_owned()
    }

    /// The row as an element of another. A row of one element is that element.
    pub(super) fn into_element(self) -> TexElement {
        if let Some(only) = self.only {
            return only;
        }
        let is_single = self.text.is_empty();
        TexElement { text: self.text.trim().to_owned(), class: Class::Ordinary, is_single }
    }
}

/// Returns whether an operator behind such an element stands between two.
fn ends_operand(class: Class) -> bool {
    matches!(class, Class::Ordinary | Class::Closing | Class::Text | Class::Function)
}

/// Returns whether white space stands between two elements.
fn is_spaced(last: Class, next: Class) -> bool {
    match (last, next) {
        (Class::Space | Class::Opening | Class::Text, _) | (_, Class::Space | Class::Text) => false,
        (Class::Relation | Class::Operator, _) | (_, Class::Relation | Class::Operator) => true,
        (_, Class::Punctuation | Class::Closing) => false,
        (Class::Punctuation, _) => true,
        (Class::Function, next) => next != Class::Opening,
        (last, Class::Function) => last != Class::Opening,
        _ => false,
    }
}

/// A base with its scripts. `None` when they have no form in text.
pub(super) fn script(ty: ScriptType, position: ScriptPosition, parts: &[TexElement]) -> Option<TexElement> {
    let (base, below, above) = match (ty, parts) {
        (ScriptType::Subscript, [base, below]) => (base, Some(below), None),
        (ScriptType::Superscript, [base, above]) => (base, None, Some(above)),
        (ScriptType::SubSuperscript, [base, below, above]) => (base, Some(below), Some(above)),
        _ => return None,
    };
    if position == ScriptPosition::AboveBelow && base.class != Class::Function {
        return accent(base, below, above);
    }
    let mut text = base.single();
    if let Some(below) = below {
        text.push_str(&signs::lowered(below.text()).unwrap_or_else(|| format!("_{}", below.single())));
    }
    if let Some(above) = above {
        let degrees = (above.text() == "∘").then(|| "°".to_owned());
        let raised = degrees.or_else(|| signs::raised(above.text()));
        text.push_str(&raised.unwrap_or_else(|| format!("^{}", above.single())));
    }
    Some(TexElement { text, class: base.class, is_single: true })
}

/// A letter with an accent.
fn accent(base: &TexElement, below: Option<&TexElement>, above: Option<&TexElement>) -> Option<TexElement> {
    let mut letters = base.text.chars();
    let (Some(letter), None, None, Some(above)) = (letters.next(), letters.next(), below, above) else {
        return None;
    };
    let text: String = [letter, signs::accent(above.text())?].iter().collect();
    Some(TexElement { text, class: base.class, is_single: true })
}

pub(super) fn root(sign: &str, radicand: &TexElement) -> TexElement {
    TexElement { text: format!("{sign}{}", radicand.single()), class: Class::Ordinary, is_single: true }
}

pub(super) fn fraction(above: &TexElement, below: &TexElement) -> TexElement {
    let text = format!("{}/{}", above.single(), below.single());
    TexElement { text, class: Class::Ordinary, is_single: false }
}
