//! The names of notes to a place, and of those that stand beside others or are older versions of them.
//!
//! Owns how these names are made and read: the last two are the name of the note, a sign, and eight
//! hexadecimal digits. Must not know what notes say.

use crate::course::Place;
use crate::journal::id::RecordId;
use jiff::civil::Date;

/// Separates a note's name from the checksum of a text that came to stand beside it.
const BESIDE: char = '+';

/// Separates a note's name from its record's in the name of an older version.
const APART: char = '~';

/// The number of digits behind the sign.
const DIGITS: usize = 8;

/// The name of the note of a day to a place.
pub fn place_note_name(day: Date, place: &Place) -> String {
    format!("{day}-{}-{}", place.lesson, place.block)
}

/// The name of a note beside another one of this name, told from it by the checksum of a text.
pub fn beside(note: &str, text: &str) -> String {
    format!("{note}{BESIDE}{:08x}", crc32fast::hash(text.as_bytes()))
}

/// The name of the note that one stands beside, or is an older version of; else its own.
pub fn main_name(name: &str) -> &str {
    let mut name = name;
    while let Some(shorter) = without_suffix(name) {
        name = shorter;
    }
    name
}

/// The name under which an older version of a note is shown.
pub(crate) fn older(name: &str, id: &RecordId) -> String {
    format!("{name}{APART}{}", short(id))
}

/// Returns whether this is the name under which an older version of a note is shown.
pub(crate) fn names_older(name: &str, note: &str, id: &RecordId) -> bool {
    name.rsplit_once(APART).is_some_and(|(of, digits)| of == note && digits == short(id))
}

/// A short name for a record.
fn short(id: &RecordId) -> String {
    format!("{:08x}", id.sum)
}

fn without_suffix(name: &str) -> Option<&str> {
    let (before, suffix) = name.split_at_checked(name.len().checked_sub(DIGITS + 1)?)?;
    let digits = suffix.strip_prefix([BESIDE, APART])?;
    let are_digits = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (are_digits && !before.is_empty()).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_note_and_no_other_name_is_cut() {
        let id = RecordId { sum: 0xab, ..RecordId::FIRST };
        let name = beside("2026-11-22-week", "words");
        assert_eq!(main_name(&name), "2026-11-22-week");
        assert_eq!(main_name(&older(&name, &id)), "2026-11-22-week");
        assert!(names_older(&older(&name, &id), &name, &id));
        for name in ["a+b", "a~b", "a+0000000g", "+00000000", "write-a", "\u{e9}~0000"] {
            assert_eq!(main_name(name), name);
        }
    }
}
