//! Finding out whether the terminal is light or dark, without making anyone wait.
//!
//! The question (OSC 11) is sent after the first frame, and the answer is picked out of
//! the keys when it comes. A library that asks and waits would hold up the first frame,
//! or lose the keys that are typed meanwhile.

use crate::screen::ThemeName;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use std::io::{self, Write};

/// The longest answer that is waited for, in events.
const LONGEST: usize = 40;

/// Asks the terminal for the colour of its ground.
pub(super) fn ask() -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(b"\x1b]11;?\x1b\\")?;
    out.flush()
}

/// Picks the answer out of what is typed. To crossterm it looks like Alt-], the text of
/// the answer, and Alt-\ or Ctrl-g.
#[derive(Debug)]
pub(super) struct Answer {
    /// Whether the question was asked and not answered yet.
    awaited: bool,
    held: Vec<Event>,
}

/// What became of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// Not of the answer: to be handled as ever, after those that were held for a moment.
    Events(Vec<Event>),
    /// Perhaps of the answer; held.
    Held,
    /// The answer is complete.
    Answered(Option<ThemeName>),
}

impl Answer {
    /// Picks nothing unless the question was asked.
    pub(super) fn new(awaited: bool) -> Self {
        Self { awaited, held: Vec::new() }
    }

    /// Looks at an event.
    pub(super) fn pick(&mut self, event: Event) -> Picked {
        if !self.awaited {
            return Picked::Events(vec![event]);
        }
        let character = character(&event);
        let begins = matches!(character, Some((']', true)));
        if self.held.is_empty() && !begins {
            return Picked::Events(vec![event]);
        }
        let ends = matches!(character, Some(('\\' | 'g', true)));
        self.held.push(event);
        if ends {
            self.awaited = false;
            return Picked::Answered(theme(&text(&std::mem::take(&mut self.held))));
        }
        let text = text(&self.held);
        let fits = "]11;rgb".starts_with(&text) || (text.starts_with("]11;rgb") && self.held.len() < LONGEST);
        if fits { Picked::Held } else { Picked::Events(std::mem::take(&mut self.held)) }
    }
}

/// The character of a key, and whether Alt or Ctrl was with it.
fn character(event: &Event) -> Option<(char, bool)> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Char(character), modifiers, .. }) => {
            Some((*character, modifiers.intersects(KeyModifiers::ALT | KeyModifiers::CONTROL)))
        }
        _ => None,
    }
}

fn text(events: &[Event]) -> String {
    events.iter().map(|event| character(event).map_or('\u{0}', |(character, _)| character)).collect()
}

/// Reads an answer such as `]11;rgb:1e1e/1e1e/2e2e`. Light is what is nearer to white than
/// to black by its luma (ITU-R BT.601).
fn theme(answer: &str) -> Option<ThemeName> {
    let (_, colour) = answer.split_once(':')?;
    let mut parts = colour.trim_end_matches(['\\', 'g']).split('/').map(|part| {
        let digits = part.get(..2).unwrap_or(part);
        u32::from_str_radix(digits, 16).ok()
    });
    let mut part = || parts.next().flatten();
    let (red, green, blue) = (part()?, part()?, part()?);
    let luma = (299 * red + 587 * green + 114 * blue) / 1000;
    Some(if luma > 127 { ThemeName::Light } else { ThemeName::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(character: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(character), modifiers))
    }

    fn typed(text: &str) -> Vec<Event> {
        text.chars().map(|character| key(character, KeyModifiers::NONE)).collect()
    }

    fn answer(colour: &str) -> Vec<Event> {
        let mut events = vec![key(']', KeyModifiers::ALT)];
        events.extend(typed(&format!("11;rgb:{colour}")));
        events.push(key('\\', KeyModifiers::ALT));
        events
    }

    fn run(events: Vec<Event>) -> (Vec<Event>, Option<ThemeName>) {
        let mut picker = Answer::new(true);
        let mut rest = Vec::new();
        let mut theme = None;
        for event in events {
            match picker.pick(event) {
                Picked::Events(events) => rest.extend(events),
                Picked::Held => {}
                Picked::Answered(found) => theme = found,
            }
        }
        (rest, theme)
    }

    #[test]
    fn the_answer_is_picked_out_and_every_key_around_it_is_kept() {
        let mut events = typed("jj");
        events.extend(answer("ffff/ffff/eeee"));
        events.extend(typed("k]11"));
        let mut expected = typed("jj");
        expected.extend(typed("k]11"));
        assert_eq!(run(events), (expected, Some(ThemeName::Light)));
        assert_eq!(run(answer("1e1e/1e1e/2e2e")).1, Some(ThemeName::Dark));
    }

    #[test]
    fn what_only_begins_like_an_answer_is_given_back_whole() {
        let mut events = vec![key(']', KeyModifiers::ALT)];
        events.extend(typed("1x"));
        assert_eq!(run(events.clone()), (events, None));
    }

    #[test]
    fn an_answer_that_makes_no_sense_changes_nothing() {
        assert_eq!(run(answer("zz")), (Vec::new(), None));
    }
}
