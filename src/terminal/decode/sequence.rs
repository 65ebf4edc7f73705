//! One escape sequence or character at a time.
//!
//! Owns what each sequence stands for. Must not remember anything between two of them.

use crate::text::clean::clean;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// The escape character.
pub(super) const ESCAPE: u8 = 0x1b;

/// The most bytes that a control sequence may have.
const LONGEST_CONTROL: usize = 64;
/// The most bytes that an answer of the terminal may have.
const LONGEST_STRING: usize = 4096;

/// Something that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key, a paste or the mouse.
    Event(Event),
    /// An answer of the terminal, without its introducer and terminator.
    Answer(String),
    /// The terminal has said what it is (DA1); its answers to all earlier questions came before.
    Attributes {
        /// Whether it shows sixels.
        has_sixel: bool,
    },
}

/// The sequence or character that some bytes begin with.
pub(super) enum Sequence {
    /// The beginning of something whose end has not arrived.
    Unfinished,
    /// A whole one.
    Whole {
        /// Its length in bytes; never 0.
        length: usize,
        /// Its meaning, if it has one.
        input: Option<Input>,
    },
    /// The beginning of a bracketed paste.
    PasteBegins {
        /// Its length in bytes.
        length: usize,
    },
}

#[expect(clippy::unnecessary_wraps, reason = "most bytes may also stand for nothing")]
fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Input> {
    Some(Input::Event(Event::Key(KeyEvent::new(code, modifiers))))
}

fn whole(length: usize, input: Option<Input>) -> Sequence {
    Sequence::Whole { length, input }
}

/// Decodes the first sequence or character.
pub(super) fn first(bytes: &[u8]) -> Sequence {
    match bytes {
        [] | [ESCAPE] | [ESCAPE, b'[' | b'O'] => Sequence::Unfinished,
        [ESCAPE, ESCAPE, ..] => whole(1, key(KeyCode::Esc, KeyModifiers::NONE)),
        // The keys F1 to F5 of the Linux console.
        [ESCAPE, b'[', b'[', letter, ..] => whole(4, function(letter.wrapping_sub(b'@'), KeyModifiers::NONE)),
        // A terminal that knows the mouse but not SGR sends three raw bytes behind this, which
        // would be keys.
        [ESCAPE, b'[', b'M', button, column, row, ..] => whole(6, old_mouse(*button, *column, *row)),
        [ESCAPE, b'[', b'['] | [ESCAPE, b'[', b'M', ..] => Sequence::Unfinished,
        [ESCAPE, b'[', body @ ..] => control(body),
        [ESCAPE, b'O', b'M', ..] => whole(3, key(KeyCode::Enter, KeyModifiers::NONE)),
        [ESCAPE, b'O', letter, ..] => whole(3, named(*letter, KeyModifiers::NONE)),
        [ESCAPE, b']' | b'P' | b'X' | b'^' | b'_', body @ ..] => string(body),
        [ESCAPE, rest @ ..] => match character(rest) {
            Sequence::Whole { length, input } => whole(length + 1, input.map(with_alt)),
            other => other,
        },
        _ => character(bytes),
    }
}

fn with_alt(input: Input) -> Input {
    match input {
        Input::Event(Event::Key(mut key)) => {
            key.modifiers |= KeyModifiers::ALT;
            Input::Event(Event::Key(key))
        }
        other => other,
    }
}

/// A control sequence, from behind its introducer.
fn control(body: &[u8]) -> Sequence {
    let parameters = body.iter().take(LONGEST_CONTROL).take_while(|byte| matches!(byte, 0x20..=0x3f)).count();
    let text = body.get(..parameters).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default();
    match body.get(parameters) {
        None if parameters < LONGEST_CONTROL => Sequence::Unfinished,
        Some(b'~') if text == "200" => Sequence::PasteBegins { length: parameters + 3 },
        Some(last @ b'@'..=b'~') => whole(parameters + 3, meaning(text, *last)),
        // What cannot be a part of it begins something else.
        _ => whole(parameters + 2, None),
    }
}

/// An answer, from behind its introducer: up to BEL or ST.
fn string(body: &[u8]) -> Sequence {
    let end = body.iter().take(LONGEST_STRING).position(|byte| matches!(*byte, 0x07 | 0x18 | 0x1a | ESCAPE));
    let Some(end) = end else {
        return if body.len() < LONGEST_STRING { Sequence::Unfinished } else { whole(body.len() + 2, None) };
    };
    let text = || String::from_utf8_lossy(body.get(..end).unwrap_or_default()).into_owned();
    match (body.get(end), body.get(end + 1)) {
        (Some(0x07), _) => whole(end + 3, Some(Input::Answer(text()))),
        (Some(&ESCAPE), Some(b'\\')) => whole(end + 4, Some(Input::Answer(text()))),
        (Some(&ESCAPE), None) => Sequence::Unfinished,
        (Some(&ESCAPE), _) => whole(end + 2, None),
        _ => whole(end + 3, None),
    }
}

/// A character that stands for itself, or a control character.
fn character(bytes: &[u8]) -> Sequence {
    let Some(first) = bytes.first() else { return Sequence::Unfinished };
    let control = |letter: u8| key(KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL);
    let length = match *first {
        b'\r' => return whole(1, key(KeyCode::Enter, KeyModifiers::NONE)),
        b'\t' => return whole(1, key(KeyCode::Tab, KeyModifiers::NONE)),
        0x7f => return whole(1, key(KeyCode::Backspace, KeyModifiers::NONE)),
        0 => return whole(1, control(b' ')),
        1..=0x1a => return whole(1, control(first - 1 + b'a')),
        ESCAPE => return whole(1, key(KeyCode::Esc, KeyModifiers::NONE)),
        0x1c..=0x1f => return whole(1, control(first - 0x1c + b'4')),
        b' '..=b'~' => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return whole(1, None),
    };
    let present = bytes.get(..length).unwrap_or(bytes);
    match std::str::from_utf8(present) {
        Ok(text) => whole(length, text.chars().next().and_then(typed)),
        Err(error) if error.error_len().is_none() && present.len() < length => Sequence::Unfinished,
        Err(_) => whole(1, None),
    }
}

/// A typed character, unless it could drive a terminal when it is shown.
fn typed(character: char) -> Option<Input> {
    let joins = matches!(character, '\u{200c}' | '\u{200d}');
    let mut encoded = [0; 4];
    let text: &str = character.encode_utf8(&mut encoded);
    if !joins && clean(text) != text {
        return None;
    }
    let modifiers = if character.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(character), modifiers)
}

/// The meaning of a whole control sequence.
fn meaning(parameters: &str, last: u8) -> Option<Input> {
    if let Some(parameters) = parameters.strip_prefix('<') {
        return mouse(parameters, last);
    }
    let is_private = parameters.starts_with('?');
    // The first number is its class, the others are what it can do.
    let has_sixel = is_private && parameters.split(';').skip(1).any(|ability| ability == "4");
    let mut parameters = parameters.split(';');
    let number = |text: &str| text.split(':').next().and_then(|text| text.parse::<u32>().ok());
    let first = parameters.next().and_then(number);
    let second = parameters.next().unwrap_or_default();
    let modifiers = number(second).map_or(KeyModifiers::NONE, modifiers);
    let kind = second.split(':').nth(1).map_or(KeyEventKind::Press, |kind| match kind {
        "2" => KeyEventKind::Repeat,
        "3" => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    });
    let input = match last {
        b'Z' => key(KeyCode::BackTab, KeyModifiers::SHIFT),
        // Where the cursor is; nobody asked.
        b'R' => None,
        b'c' if is_private => Some(Input::Attributes { has_sixel }),
        b'~' => first.and_then(|code| numbered(code, modifiers)),
        b'u' => first.and_then(|code| unicode(code, modifiers)),
        _ => named(last, modifiers),
    };
    match input {
        Some(Input::Event(Event::Key(mut key))) => {
            key.kind = kind;
            Some(Input::Event(Event::Key(key)))
        }
        other => other,
    }
}

fn modifiers(parameter: u32) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, bits & 1 != 0);
    modifiers.set(KeyModifiers::ALT, bits & 2 != 0);
    modifiers.set(KeyModifiers::CONTROL, bits & 4 != 0);
    modifiers
}

/// The keys that a letter ends.
fn named(letter: u8, modifiers: KeyModifiers) -> Option<Input> {
    let code = match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => return function(letter - b'P' + 1, modifiers),
        _ => return None,
    };
    key(code, modifiers)
}

fn function(number: u8, modifiers: KeyModifiers) -> Option<Input> {
    if (1..=12).contains(&number) { key(KeyCode::F(number), modifiers) } else { None }
}

/// The keys that a number and a tilde stand for.
fn numbered(code: u32, modifiers: KeyModifiers) -> Option<Input> {
    let code = match code {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(code - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(code - 11).ok()?),
        23 | 24 => KeyCode::F(u8::try_from(code - 12).ok()?),
        _ => return None,
    };
    key(code, modifiers)
}

/// A key by its code point, as the kitty keyboard protocol has it.
fn unicode(code: u32, modifiers: KeyModifiers) -> Option<Input> {
    let keypad = |first: u32, characters: &str| characters.chars().nth((code - first) as usize);
    let code = match code {
        27 => KeyCode::Esc,
        13 | 57414 => KeyCode::Enter,
        9 if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        127 => KeyCode::Backspace,
        57399..=57413 => KeyCode::Char(keypad(57399, "0123456789./*-+")?),
        57415 => KeyCode::Char('='),
        57417 => KeyCode::Left,
        57418 => KeyCode::Right,
        57419 => KeyCode::Up,
        57420 => KeyCode::Down,
        57421 => KeyCode::PageUp,
        57422 => KeyCode::PageDown,
        57423 => KeyCode::Home,
        57424 => KeyCode::End,
        57426 => KeyCode::Delete,
        // The private use area is full of keys that mean nothing here.
        0..=31 | 0xe000..=0xf8ff => return None,
        other => {
            let Some(Input::Event(Event::Key(key))) = typed(char::from_u32(other)?) else { return None };
            match key.code {
                KeyCode::Char(character) if modifiers.contains(KeyModifiers::SHIFT) => {
                    KeyCode::Char(character.to_uppercase().next().unwrap_or(character))
                }
                code => code,
            }
        }
    };
    key(code, modifiers)
}

/// The mouse, in the protocol that is asked for (SGR).
fn mouse(parameters: &str, last: u8) -> Option<Input> {
    let mut numbers = parameters.split(';').map(|number| number.parse::<u16>().ok());
    let mut number = || numbers.next().flatten();
    let (button, column, row) = (number()?, number()?, number()?);
    if last == b'M' { gesture(button, column, row) } else { None }
}

/// The mouse, as terminals have it that do not know SGR.
fn old_mouse(button: u8, column: u8, row: u8) -> Option<Input> {
    let number = |byte: u8| byte.checked_sub(32).map(u16::from);
    gesture(number(button)?, number(column)?, number(row)?)
}

fn gesture(button: u16, column: u16, row: u16) -> Option<Input> {
    let kind = match button & !0b1_1100 {
        0 => MouseEventKind::Down(MouseButton::Left),
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (column.saturating_sub(1), row.saturating_sub(1));
    Some(Input::Event(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })))
}
