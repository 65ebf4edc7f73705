//! What courses, lessons and items are called, for texts that are made of the journal alone.
//!
//! A course that is not at hand is called by its id, and its items by what they last said.

use crate::course::{Course, CourseId, ItemId, LessonId, Side};
use crate::journal::{Ledger, Mark};
use jiff::civil::Date;

/// The words for what is in one course.
pub(super) struct Words<'a> {
    id: &'a CourseId,
    course: Option<&'a Course>,
    ledger: &'a Ledger,
}

/// An item, as far as anything is known of it.
pub(super) struct KnownAs<'a> {
    /// Its side.
    pub(super) side: Option<Side>,
    /// What it says, or said last.
    pub(super) text: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn new(id: &'a CourseId, course: Option<&'a Course>, ledger: &'a Ledger) -> Self {
        Self { id, course, ledger }
    }

    /// The course itself, if it is at hand.
    pub(super) fn course(&self) -> Option<&'a Course> {
        self.course
    }

    /// The course's title.
    pub(super) fn title(&self) -> &'a str {
        self.course.map_or(self.id.as_str(), |course| &course.title)
    }

    /// An item of the course, of her own, or one that is gone.
    pub(super) fn item(&self, id: &'a ItemId) -> KnownAs<'a> {
        let of_course = self.course.and_then(|course| course.items.get(course.item_index(id)?));
        if let Some(item) = of_course {
            return KnownAs { side: Some(item.side), text: &item.text };
        }
        if let Some((_, own)) = self.ledger.own_items(self.id).find(|(own, _)| *own == id) {
            return KnownAs { side: Some(own.side), text: &own.text };
        }
        match self.ledger.known_item(self.id, id) {
            Some(known) => KnownAs { side: Some(known.side), text: &known.text },
            None => KnownAs { side: None, text: id.as_str() },
        }
    }

    /// The title of a lesson.
    pub(super) fn lesson(&self, id: &'a LessonId) -> &'a str {
        let lesson = self.course.and_then(|course| course.lessons.get(course.lesson_index(id)?));
        lesson.map_or(id.as_str(), |lesson| lesson.title())
    }
}

/// The word for a side.
pub(super) fn side(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Avoid) => "avoid",
        Some(Side::Embrace) => "embrace",
        None => "",
    }
}

/// The word for a mark.
pub(super) fn mark(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Kept) => "kept",
        Some(Mark::Slipped) => "slipped",
        Some(Mark::DidNotArise) => "did not arise",
        None => "no mark",
    }
}

/// A day as people write it.
pub(super) fn day(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// Her words as they are quoted in Markdown, so that nothing in them is taken for a heading
/// or a table of the text around them.
pub(super) fn quoted(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(|line| format!("> {}", escaped(line)).trim_end().to_owned()).collect();
    lines.join("\n")
}

/// A line in which Markdown finds nothing but letters.
pub(super) fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut at_the_start = true;
    for character in line.chars() {
        let means_something = matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&')
            || (at_the_start && matches!(character, '#' | '+' | '-' | '=' | '~'));
        if means_something {
            text.push('\\');
        }
        at_the_start &= character.is_whitespace();
        text.push(character);
    }
    number_escaped(&text)
}

/// `1. so` begins a list; `1\. so` does not.
fn number_escaped(line: &str) -> String {
    let start = line.trim_start();
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    match start.split_at_checked(digits) {
        Some((number, rest)) if digits > 0 && rest.starts_with(['.', ')']) => {
            let blanks = line.len() - start.len();
            format!("{}{number}\\{rest}", line.get(..blanks).unwrap_or_default())
        }
        _ => line.to_owned(),
    }
}
