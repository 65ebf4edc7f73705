//! From the bytes that a terminal sends to keys, pastes and answers.
//!
//! Owns the grammar of what arrives. Must not read, wait, or know what a key means.
//!
//! crossterm's own parser is not used: a bracketed paste that never ends would swallow
//! every key after it, Ctrl-c too, and some sequences bring it to a panic.

mod sequence;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use memchr::memmem;
use sequence::{ESCAPE, Sequence};

pub use sequence::Input;
use std::time::Duration;

/// The end of a bracketed paste.
const PASTE_ENDS: &[u8] = b"\x1b[201~";
/// The most bytes of a paste that are kept; of the rest nothing is.
const LARGEST_PASTE: usize = 1 << 20;
/// The longest wait for the rest of a sequence. After that an escape character is
/// the key.
const SEQUENCE: Duration = Duration::from_millis(25);
/// The longest wait for the rest of an answer of the terminal that has begun to come.
const ANSWER: Duration = Duration::from_secs(1);
/// The longest wait after an escape character while an answer is still to come.
const ANSWER_BEGINS: Duration = Duration::from_millis(150);
/// The most bytes of an answer's rest.
const LONGEST_REST: usize = 64;
/// The silence after which a bracketed paste counts as ended.
const PASTE: Duration = Duration::from_secs(1);
/// The silence after which a paste without brackets counts as ended.
const BURST: Duration = Duration::from_millis(60);
/// The least bytes of text that, when they arrive at once, were not typed by hand...
const BURST_LENGTH: usize = 32;
/// ...if this many of them differ: a key that is held down makes few.
const BURST_KINDS: usize = 10;

/// The decoder, with what has arrived in part.
#[derive(Debug, Default)]
pub struct Decoder {
    unfinished: Vec<u8>,
    paste: Option<Paste>,
    /// Whether a bracketed paste was given up, so that its end may still come.
    cut: bool,
    /// The answer of the terminal that was given up, so that its rest may still come.
    cut_answer: Option<CutAnswer>,
    awaits: Awaits,
}

/// What is still to come beside keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Awaits {
    /// Nothing.
    #[default]
    Nothing,
    /// An answer of the terminal, which may come late and in pieces.
    Answer,
}

/// An answer of which only the beginning came in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CutAnswer {
    /// A colour.
    Colour,
    /// Whether the terminal has the protocol of kitty.
    Picture,
}

#[derive(Debug, Default)]
struct Paste {
    text: Vec<u8>,
    is_bracketed: bool,
}

impl Paste {
    fn push(&mut self, bytes: &[u8]) {
        let room = LARGEST_PASTE.saturating_sub(self.text.len());
        self.text.extend(bytes.iter().take(room));
    }
}

impl Decoder {
    /// Takes in all the bytes that arrived together.
    pub fn take_in(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        let bytes = match self.cut_answer.take() {
            Some(answer) => without_rest_of_answer(bytes, answer),
            None => bytes,
        };
        if self.unfinished.is_empty() && self.paste.is_none() {
            self.begin_paste(bytes);
        }
        let mut unfinished = std::mem::take(&mut self.unfinished);
        unfinished.extend_from_slice(bytes);
        let mut rest = unfinished.as_slice();
        while !rest.is_empty() {
            let length = if self.paste.is_some() {
                self.go_on_pasting(rest, &mut inputs)
            } else {
                self.next(rest, &mut inputs)
            };
            rest = rest.get(length..).unwrap_or_default();
            if length == 0 {
                break;
            }
        }
        self.unfinished = rest.to_vec();
        inputs
    }

    /// The longest wait for the rest of what has arrived in part.
    pub fn patience(&self) -> Option<Duration> {
        match &self.paste {
            Some(paste) => Some(if paste.is_bracketed { PASTE } else { BURST }),
            None => match (self.awaits, self.unfinished.as_slice()) {
                (_, []) => None,
                (Awaits::Answer, [ESCAPE]) => Some(ANSWER_BEGINS),
                (Awaits::Answer, [ESCAPE, b']' | b'_', ..] | [ESCAPE, b'[', b'?', ..]) => Some(ANSWER),
                (Awaits::Answer | Awaits::Nothing, _) => Some(SEQUENCE),
            },
        }
    }

    /// Takes note of whether an answer of the terminal is still to come.
    pub fn awaits(&mut self, awaits: Awaits) {
        self.awaits = awaits;
    }

    /// Nothing more came in that time: makes of it what can be made.
    pub fn give_up(&mut self) -> Vec<Input> {
        let unfinished = std::mem::take(&mut self.unfinished);
        if let Some(mut paste) = self.paste.take() {
            paste.push(&unfinished);
            self.cut = paste.is_bracketed;
            return vec![pasted(&paste)];
        }
        self.cut_answer = match unfinished.as_slice() {
            [ESCAPE, b']', ..] => Some(CutAnswer::Colour),
            [ESCAPE, b'_', b'G', ..] => Some(CutAnswer::Picture),
            _ => None,
        };
        let key = match unfinished.as_slice() {
            [ESCAPE] => Some(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)),
            [ESCAPE, letter] if letter.is_ascii() => {
                Some(KeyEvent::new(KeyCode::Char(char::from(*letter)), KeyModifiers::ALT))
            }
            // Half a sequence is no key.
            _ => None,
        };
        key.map(|key| Input::Event(Event::Key(key))).into_iter().collect()
    }

    /// Returns whether what arrived is pasted, although nothing says so, or belongs to a paste that
    /// was given up.
    fn begin_paste(&mut self, bytes: &[u8]) {
        if self.cut && memmem::find(bytes, PASTE_ENDS).is_some() {
            self.paste = Some(Paste { text: Vec::new(), is_bracketed: true });
        } else if is_burst(bytes) {
            self.paste = Some(Paste::default());
        }
        self.cut = false;
    }

    /// Takes from the bytes what belongs to the paste. Returns how many did.
    fn go_on_pasting(&mut self, bytes: &[u8], inputs: &mut Vec<Input>) -> usize {
        let Some(mut paste) = self.paste.take() else { return 0 };
        // The last end, not the first: a text that holds an end of its own must not be able
        // to turn the rest of itself into keys.
        let end = memmem::rfind(bytes, PASTE_ENDS).filter(|_| paste.is_bracketed);
        if let Some(end) = end {
            paste.push(bytes.get(..end).unwrap_or_default());
            inputs.push(pasted(&paste));
            return end + PASTE_ENDS.len();
        }
        // The end may have arrived in part.
        let kept = if paste.is_bracketed {
            (1..PASTE_ENDS.len()).rev().find(|length| ends_with_start(bytes, *length)).unwrap_or(0)
        } else {
            0
        };
        let taken = bytes.len() - kept;
        paste.push(bytes.get(..taken).unwrap_or_default());
        self.paste = Some(paste);
        taken
    }

    /// Takes one sequence or character. Returns its length, 0 if its end has not arrived.
    fn next(&mut self, bytes: &[u8], inputs: &mut Vec<Input>) -> usize {
        match sequence::first(bytes) {
            Sequence::Unfinished => 0,
            Sequence::Whole { length, input } => {
                inputs.extend(input);
                length
            }
            Sequence::PasteBegins { length } => {
                self.paste = Some(Paste { text: Vec::new(), is_bracketed: true });
                length
            }
        }
    }
}

/// What follows the rest of an answer whose beginning was given up.
fn without_rest_of_answer(bytes: &[u8], answer: CutAnswer) -> &[u8] {
    let of_answer = |byte: &u8| match answer {
        CutAnswer::Colour => byte.is_ascii_hexdigit() || matches!(byte, b'r' | b'g' | b':' | b'/' | b';'),
        CutAnswer::Picture => matches!(byte, b' '..=b'~'),
    };
    let rest = bytes.iter().take(LONGEST_REST).take_while(|byte| of_answer(byte)).count();
    match bytes.get(rest..) {
        Some([0x07, after @ ..] | [ESCAPE, b'\\', after @ ..]) => after,
        _ => bytes,
    }
}

fn pasted(paste: &Paste) -> Input {
    Input::Event(Event::Paste(String::from_utf8_lossy(&paste.text).into_owned()))
}

fn ends_with_start(bytes: &[u8], length: usize) -> bool {
    PASTE_ENDS.get(..length).is_some_and(|start| bytes.ends_with(start))
}

/// Returns whether these bytes are text that nobody can have typed at once.
fn is_burst(bytes: &[u8]) -> bool {
    let is_text = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0x80..);
    if bytes.len() < BURST_LENGTH || !bytes.iter().all(is_text) {
        return false;
    }
    let kinds: std::collections::BTreeSet<u8> = bytes.iter().copied().collect();
    kinds.len() >= BURST_KINDS
}

#[cfg(test)]
mod tests;
