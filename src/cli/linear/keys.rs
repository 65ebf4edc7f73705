//! The keys of the screen that texts name, and the words that do the same by lines.
//!
//! Owns the one table of them, how a text is told with the words instead of the keys, and what a key
//! that was typed into a line asks for. Must not change a text that speaks of no key: code in a book
//! is told as it is written.

use crate::cli::typed_line::Chord;
use crate::course::{Course, built_in_ids};
use crate::text::Document;
use crate::text::document::Block;
use std::ops::Range;

/// A key, and what is said for it.
struct KeyWord {
    key: &'static str,
    /// The same as the key where that can be typed in a line too.
    word: &'static str,
    meant: Meant,
}

/// The texts in which a key has the meaning of its word.
#[derive(Clone, Copy)]
enum Meant {
    Anywhere,
    /// Those that name the key that hides too.
    BesideHiding,
    /// All but those about the width of the text.
    WithoutWidth,
}

const fn key(key: &'static str, word: &'static str) -> KeyWord {
    KeyWord { key, word, meant: Meant::Anywhere }
}

const WORDS: &[KeyWord] = &[
    key("A", "aid"),
    key("Alt-a", "aid"),
    key("s", "s"),
    key("Alt-s", "first"),
    key("Ctrl-g", "hide"),
    KeyWord { meant: Meant::BesideHiding, ..key("Ctrl-o", "show") },
    key("Ctrl-c", "Ctrl-c"),
    key("q", "quit"),
    key("?", "help"),
    key("F1", "help"),
    key("/", "search"),
    key(".", "today"),
    key("Alt-.", "today"),
    key("d", "evening"),
    key("D", "notes"),
    key("v", "review"),
    key("w", "where"),
    key("P", "plan"),
    key("p", "plan 2"),
    key("x", "mark 2 kept"),
    key("!", "mark 2 slipped"),
    KeyWord { meant: Meant::WithoutWidth, ..key("-", "mark 2 did not arise") },
    key("*", "star 2"),
    key("o", "why 2"),
    key("u", "undo"),
    key("Ctrl-r", "redo"),
    key("]", "]"),
    key("[", "["),
];

/// The keys with a name that have no word here, as have all other letters.
const NAMES: [&str; 14] = [
    "Enter",
    "Esc",
    "Tab",
    "Space",
    "End",
    "Home",
    "PgDn",
    "PgUp",
    "Up",
    "Down",
    "Left",
    "Right",
    "Backspace",
    "Del",
];

/// The keys that are held while another one is pressed.
const HELD: [&str; 3] = ["Ctrl", "Alt", "Shift"];

/// The verbs before a key, and those before a word.
const VERBS: [(&str, &str); 6] = [
    ("Hold ", "Say "),
    ("hold ", "say "),
    ("Press ", "Say "),
    ("press ", "say "),
    ("presses ", "says "),
    ("pressing ", "saying "),
];

/// The words between a key that is held and the one that is pressed.
const BETWEEN: [&str; 3] = [" and press ", " and ", "-"];

/// The words before a key that no verb is needed with.
const KEY_BEFORE: [&str; 4] = ["Key ", "key ", "Keys ", "keys "];

/// The words between the keys of a list.
const LISTED: [&str; 7] = [", ", " or ", " and ", ", or ", ", and ", " then ", ", then "];

/// The code in a text that names keys of the screen, for which words are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeysNamed {
    /// All that could: in a course that is built in, nothing else is written as code.
    Anywhere,
    /// Chords, and a single character only where the text says that it is a key. In a course of somebody
    /// else it may well be a blood group.
    Pressed,
    /// None.
    None,
}

impl KeysNamed {
    /// Looks through a lesson. A course speaks of our keys where it says to press one, or names one
    /// that nobody would take for anything else; a book or a file never does.
    pub(super) fn in_lesson(course: &Course, document: &Document) -> Self {
        let is_course = course.stop_first.is_some()
            || course.first_aid.is_some()
            || course.has_guide()
            || !course.items.is_empty()
            || !course.plan.is_empty();
        // A long text is no lesson, and is not read as a whole for this.
        if !is_course || document.portions() > 1 {
            return Self::None;
        }
        if !document.blocks().any(|(_, block)| speaks_of_keys(block)) {
            return Self::None;
        }
        let is_built_in = built_in_ids().any(|id| id == course.id.as_str());
        if is_built_in { Self::Anywhere } else { Self::Pressed }
    }
}

/// The command that a key typed into a line asks for.
pub(super) fn asked_by(chord: Chord) -> Option<&'static str> {
    match chord {
        Chord::Ctrl('g') => Some("hide"),
        Chord::Ctrl('o') => Some("show"),
        Chord::Alt('s') => Some("first"),
        Chord::Alt('a') => Some("aid"),
        Chord::Alt('.') => Some("today"),
        Chord::Ctrl(_) | Chord::Alt(_) | Chord::Other => None,
    }
}

fn speaks_of_keys(block: &Block) -> bool {
    code_in(block, 0..block.text.len()).any(|range| {
        let code = block.text.get(range.clone()).unwrap_or_default();
        let before = block.text.get(..range.start).unwrap_or_default();
        is_chord(code) || NAMES.contains(&code) || (is_letter(code) && is_pressed(before))
    })
}

/// Returns whether a text ends as one does that says next which key to press.
fn is_pressed(before: &str) -> bool {
    VERBS.iter().any(|(verb, _)| ends_with_word(before, verb))
}

/// Returns whether a text ends with this word, and not only with its letters.
fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// A text without markup, such as one about a week of the plan, with words for the letters that it says to
/// press.
pub(super) fn told_plainly(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_inclusive(' ') {
        let end = word.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(word.len());
        let (key, behind) = word.split_at_checked(end).unwrap_or((word, ""));
        match word_for(key, text).filter(|_| is_letter(key) && is_pressed(&out)) {
            Some(said) => push_word(&mut out, said),
            None => out.push_str(key),
        }
        out.push_str(behind);
    }
    out
}

/// A part of a block's text, with words for its keys, and the first key that has none.
pub(super) fn told(block: &Block, part: &Range<usize>, keys: KeysNamed) -> (String, Option<String>) {
    let text = &block.text;
    let whole = text.get(part.clone()).unwrap_or_default();
    if keys == KeysNamed::None {
        return (whole.to_owned(), None);
    }
    let (mut out, mut unknown, mut at) = (String::new(), None, part.start);
    // Ctrl, say, which the letters of the same sentence are pressed with.
    let mut held: Option<&str> = None;
    let mut is_listed = false;
    let mut codes = code_in(block, part.clone()).peekable();
    while let Some(range) = codes.next() {
        let before = text.get(at..range.start).unwrap_or_default();
        out.push_str(before);
        held = held.filter(|_| !before.contains(". "));
        let code = text.get(range.clone()).unwrap_or_default();
        at = range.end;
        let is_key = keys == KeysNamed::Anywhere
            || !is_letter(code)
            || held.is_some()
            || is_pressed(before)
            || KEY_BEFORE.iter().any(|word| ends_with_word(before, word))
            || (is_listed && LISTED.contains(&before));
        is_listed = is_key && (is_letter(code) || is_chord(code) || NAMES.contains(&code));
        if HELD.contains(&code) {
            held = Some(code);
            let next = codes.peek().cloned();
            let between = next.as_ref().and_then(|next| text.get(range.end..next.start));
            let pressed = next.clone().filter(|_| between.is_some_and(|between| BETWEEN.contains(&between)));
            let name = pressed.as_ref().and_then(|pressed| text.get(pressed.clone()));
            let word = name.and_then(|name| word_for(&format!("{code}-{name}"), text));
            if let Some((word, pressed)) = word.zip(pressed) {
                push_word(&mut out, word);
                (at, held) = (pressed.end, None);
                codes.next();
            } else {
                out.push_str(code);
            }
            continue;
        }
        let pressed = match held {
            Some(held) if is_letter(code) => format!("{held}-{code}"),
            _ => code.to_owned(),
        };
        let behind = text.get(range.end..part.end).unwrap_or_default();
        match word_for(&pressed, text) {
            _ if !is_key => out.push_str(code),
            Some(word) if !is_chord(word) && !behind.starts_with(" is a letter") => push_word(&mut out, word),
            Some(_) => out.push_str(code),
            None => {
                if unknown.is_none() && (is_letter(code) || is_chord(code) || NAMES.contains(&code)) {
                    unknown = Some(pressed);
                }
                out.push_str(code);
            }
        }
    }
    out.push_str(text.get(at..part.end).unwrap_or_default());
    (out, unknown)
}

/// Says a word where a text wants a key pressed.
fn push_word(out: &mut String, word: &str) {
    if let Some((verb, said)) = VERBS.iter().find(|(verb, _)| ends_with_word(out, verb)) {
        out.truncate(out.len() - verb.len());
        out.push_str(said);
    }
    out.push_str(word);
}

fn word_for(key: &str, text: &str) -> Option<&'static str> {
    let is_meant = |meant: Meant| match meant {
        Meant::Anywhere => true,
        Meant::BesideHiding => {
            ["Ctrl-g", "Ctrl and press g", "Ctrl and g"].iter().any(|hiding| text.contains(hiding))
        }
        Meant::WithoutWidth => !text.contains('+'),
    };
    WORDS.iter().find(|word| word.key == key && is_meant(word.meant)).map(|word| word.word)
}

/// The bytes of the code within a part of a block's text.
fn code_in(block: &Block, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let code = block.spans.iter().filter(|span| span.style.code).map(|span| span.range.clone());
    code.filter(move |range| part.start <= range.start && range.end <= part.end)
}

fn is_letter(code: &str) -> bool {
    code.chars().count() == 1
}

fn is_chord(code: &str) -> bool {
    let held = HELD.iter().find_map(|held| code.strip_prefix(held)?.strip_prefix('-'));
    held.is_some_and(|rest| is_letter(rest) || NAMES.contains(&rest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::cli::linear::commands;
    use crate::course::CourseId;
    use crate::course::guide::GuideOnDemand;
    use crate::text::markdown;

    fn told_in(source: &str, keys: KeysNamed) -> (String, Option<String>) {
        let document = markdown::parse(source);
        let block = document.block(document.first().unwrap()).unwrap();
        told(block, &(0..block.text.len()), keys)
    }

    fn told_text(source: &str) -> (String, Option<String>) {
        told_in(source, KeysNamed::Anywhere)
    }

    #[test]
    fn in_the_course_of_somebody_else_a_letter_is_a_key_only_where_the_text_says_so() {
        for (source, said) in [
            ("`A` is a blood group, and `*` a footnote.", "A is a blood group, and * a footnote."),
            ("Press `A` for aid. `A` and `B` are plans.", "Say aid for aid. A and B are plans."),
            ("Press `A`, `s` or `w`; `x` is a variable.", "Say aid, s or where; x is a variable."),
            ("The keys `u` and `D`. The set `D`.", "The keys undo and notes. The set D."),
            ("`Ctrl-g` hides, and `Alt-s` leads there.", "hide hides, and first leads there."),
            ("Hold `Ctrl` and press `g`.", "Say hide."),
            ("Run `grep`, `A` or `x`.", "Run grep, A or x."),
        ] {
            assert_eq!(told_in(source, KeysNamed::Pressed).0, said);
        }
        // Nor is it a key without a word.
        assert_eq!(told_in("Press `s`. The plans `B` and `j`.", KeysNamed::Pressed).1, None);
        assert_eq!(told_in("Press `s`, or `j`.", KeysNamed::Pressed).1.as_deref(), Some("j"));
    }

    #[test]
    fn a_text_without_markup_is_told_with_words_for_the_letters_that_it_says_to_press() {
        for (text, said) in [
            ("Leave the plan here and press s.", "Leave the plan here and say s."),
            ("Press A, or press P for the weeks", "Say aid, or say plan for the weeks"),
            (
                "Press on. Do not press him; hold - and press a",
                "Press on. Do not press him; hold - and press a",
            ),
            ("Do not express A, nor press An hour.", "Do not express A, nor press An hour."),
            ("Pressing s is the press\u{e9}. press ", "Pressing s is the press\u{e9}. press "),
        ] {
            assert_eq!(told_plainly(text), said);
        }
    }

    #[test]
    fn a_text_that_names_keys_is_told_with_the_words() {
        for (source, said) in [
            ("`Ctrl-g` hides, `Ctrl-o` shows, `Ctrl-c` closes.", "hide hides, show shows, Ctrl-c closes."),
            (
                "Press `s` to come back, or `Alt-s` while you type.",
                "Say s to come back, or first while you type.",
            ),
            ("About to write? Press `A` for it.", "About to write? Say aid for it."),
            (
                "**`Ctrl-g`** blanks it: whoever presses `Ctrl-o` sees.",
                "hide blanks it: whoever says show sees.",
            ),
            ("**Kept** (`x`)**:** you held to it.", "Kept (mark 2 kept): you held to it."),
            ("Hold `Ctrl` and press `g`. But `Ctrl-o`.", "Say hide. But show."),
            (
                "For half a page, hold `Ctrl` and press `d` or `u`.",
                "For half a page, hold Ctrl and press d or u.",
            ),
            ("`Ctrl-o` brings you back.", "Ctrl-o brings you back."),
            ("`+` is wider and `-` narrower.", "+ is wider and - narrower."),
            ("While you type, `q` is a letter.", "While you type, q is a letter."),
        ] {
            assert_eq!(told_text(source).0, said);
        }
    }

    #[test]
    fn a_key_without_a_word_is_known_as_one() {
        assert_eq!(told_text("Press `Tab`, then `s`.").1.as_deref(), Some("Tab"));
        assert_eq!(told_text("Press `s`; `sidelight where` lists files.").1, None);
    }

    #[test]
    fn code_in_a_text_that_speaks_of_no_key_stays_as_it_is() {
        let course = Course::built_in("reconcile").unwrap();
        let named = |source: &str| KeysNamed::in_lesson(&course, &markdown::parse(source));
        assert_eq!(named("The variable `x` and the file `s`."), KeysNamed::None);
        assert_eq!(named("# A\n\nPress `s`."), KeysNamed::Anywhere);
        assert_eq!(named("`Ctrl-g` hides."), KeysNamed::Anywhere);
        let course = Course { id: CourseId::new("another"), ..course };
        assert_eq!(KeysNamed::in_lesson(&course, &markdown::parse("Press `s`.")), KeysNamed::Pressed);
        let book = Course {
            stop_first: None,
            first_aid: None,
            guide: GuideOnDemand::default(),
            items: vec![],
            plan: vec![],
            ..course
        };
        assert_eq!(KeysNamed::in_lesson(&book, &markdown::parse("Press `s`.")), KeysNamed::None);
    }

    #[test]
    fn every_word_that_is_said_for_a_key_is_a_command() {
        for word in WORDS.iter().filter(|word| !word.word.starts_with("Ctrl-")) {
            let (command, _) = commands::split(word.word);
            assert!(commands::named(command).is_some(), "{}", word.word);
        }
        for chord in [Chord::Ctrl('g'), Chord::Ctrl('o'), Chord::Alt('s'), Chord::Alt('a'), Chord::Alt('.')] {
            assert!(asked_by(chord).and_then(commands::named).is_some(), "{chord:?}");
        }
    }
}
