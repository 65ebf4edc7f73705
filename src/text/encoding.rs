//! Turns the bytes of a file into text, whatever they are encoded in.
//!
//! Owns the guess, and what the reader is told of it. Must not read anything.

use crate::text::flavour::Flavour;
use crate::text::line_map::LineMap;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// How many lines a note before a text takes.
const NOTE_LINES: i64 = 2;

/// A text that was decoded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DecodedText {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// What the reader should know of it, in a sentence; none of what says itself how it is
    /// encoded.
    pub(crate) note: Option<String>,
}

impl DecodedText {
    /// The text, which is written in this way, with the note before it, and the way back to its lines.
    pub(crate) fn noted(self, flavour: &Flavour) -> (String, LineMap) {
        let Self { text, note } = self;
        let Some(note) = note else { return (text, LineMap::Same) };
        let text = match flavour {
            Flavour::Verbatim { .. } => format!("({note})\n\n{text}"),
            _ => format!("*{note}*\n\n{text}"),
        };
        (text, LineMap::Shifted(-NOTE_LINES))
    }
}

/// Decodes UTF-8, and whatever has a byte order mark. The encoding of anything else is guessed; in
/// UTF-8 with few faults `\u{fffd}` stands for each.
pub(crate) fn decode(bytes: Vec<u8>) -> DecodedText {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
        return DecodedText { text: text.into_owned(), note: None };
    }
    match String::from_utf8(bytes) {
        Ok(text) => DecodedText { text, note: None },
        Err(error) => decode_other(error.as_bytes()),
    }
}

/// Returns whether a file that begins with these bytes says itself how it is encoded.
pub(crate) fn has_mark(beginning: &[u8]) -> bool {
    Encoding::for_bom(beginning).is_some()
}

/// Returns whether bytes from the beginning of a file are not UTF-8. They may end within a
/// character.
pub(crate) fn is_other(beginning: &[u8]) -> bool {
    let has_mark = Encoding::for_bom(beginning).is_some_and(|(encoding, _)| encoding != encoding_rs::UTF_8);
    has_mark || std::str::from_utf8(beginning).is_err_and(|error| error.error_len().is_some())
}

fn decode_other(bytes: &[u8]) -> DecodedText {
    let lossy = String::from_utf8_lossy(bytes);
    if has_few_faults(&lossy) {
        let note = "This file is not UTF-8 throughout. What cannot be read is shown as \u{fffd}.".to_owned();
        return DecodedText { text: lossy.into_owned(), note: Some(note) };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _, _) = encoding.decode(bytes);
    let note = format!("This file is not UTF-8. It is shown as {}, which is a guess.", encoding.name());
    DecodedText { text: text.into_owned(), note: Some(note) }
}

/// Returns whether a text, decoded as UTF-8, has more that is right than wrong beyond ASCII.
fn has_few_faults(lossy: &str) -> bool {
    let beyond_ascii = lossy.chars().filter(|character| !character.is_ascii()).count();
    let faults = lossy.matches('\u{fffd}').count();
    beyond_ascii > 2 * faults
}

#[cfg(test)]
mod tests {
    use super::{decode, is_other};

    #[test]
    fn what_says_its_encoding_is_decoded_without_a_word() {
        let utf16 = [0xff, 0xfe, 0x1c, 0x04, 0x38, 0x04, 0x40, 0x04];
        for bytes in [b"\xd0\x9c\xd0\xb8\xd1\x80".as_slice(), b"\xef\xbb\xbf\xd0\x9c\xd0\xb8\xd1\x80", &utf16]
        {
            let decoded = decode(bytes.to_owned());
            assert_eq!((decoded.text.as_str(), decoded.note), ("Мир", None), "{bytes:?}");
        }
        assert!(is_other(&utf16));
    }

    #[test]
    fn another_encoding_is_guessed_and_said() {
        let decoded = decode(b"# \xcc\xe8\xf0\n\n\xcf\xf0\xe8\xe2\xe5\xf2.\n".to_vec());
        assert_eq!(decoded.text, "# Мир\n\nПривет.\n");
        assert!(decoded.note.is_some_and(|note| note.contains("windows-1251")));
        assert!(is_other(b"# \xcc\xe8\xf0\n"));
    }

    #[test]
    fn a_fault_in_utf8_costs_one_character_and_is_said() {
        let decoded = decode("Größe: ä".bytes().chain([0xff]).collect());
        assert_eq!(decoded.text, "Größe: ä\u{fffd}");
        assert!(decoded.note.is_some_and(|note| note.contains("not UTF-8")));
        // Cut within a character, as a beginning may be.
        assert!(!is_other("Größe".as_bytes().split_at(3).0));
    }
}
