//! The signs that Unicode has for raised and lowered letters, accents and alphabets.
//!
//! Owns these tables. Must not know of formulas.

use pulldown_latex::event::Font;

const RAISED: (&str, &str) = (
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″‴",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″‴",
);

const LOWERED: (&str, &str) =
    ("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ");

/// The text in superscript letters. `None` when one of them does not exist.
pub(super) fn raised(text: &str) -> Option<String> {
    mapped(text, RAISED)
}

/// The text in subscript letters. `None` when one of them does not exist.
pub(super) fn lowered(text: &str) -> Option<String> {
    mapped(text, LOWERED)
}

fn mapped(text: &str, (from, to): (&str, &str)) -> Option<String> {
    let sign = |character| from.chars().zip(to.chars()).find(|(known, _)| *known == character);
    let letters = text.chars().filter(|character| *character != ' ');
    let mapped: Option<String> = letters.map(|character| sign(character).map(|(_, sign)| sign)).collect();
    mapped.filter(|mapped| !mapped.is_empty())
}

/// The combining mark for the sign above a letter.
pub(super) fn accent(sign: &str) -> Option<char> {
    Some(match sign {
        "^" | "ˆ" => '\u{302}',
        "~" | "˜" => '\u{303}',
        "‾" | "¯" => '\u{304}',
        "→" | "⃗" => '\u{20d7}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "ˇ" => '\u{30c}',
        "˘" => '\u{306}',
        "´" => '\u{301}',
        "`" => '\u{300}',
        _ => return None,
    })
}

/// The text in the letters of an alphabet, as far as it has a meaning of its own in formulas and
/// Unicode has the letters.
pub(super) fn in_font(text: &str, font: Option<Font>) -> String {
    text.chars().map(|character| letter(character, font)).collect()
}

fn letter(character: char, font: Option<Font>) -> char {
    let (capitals, small, digits) = match font {
        Some(Font::DoubleStruck) => (0x1d538, 0x1d552, Some(0x1d7d8)),
        Some(Font::Script) => (0x1d49c, 0x1d4b6, None),
        Some(Font::Fraktur) => (0x1d504, 0x1d51e, None),
        Some(Font::Bold) => (0x1d400, 0x1d41a, Some(0x1d7ce)),
        _ => return character,
    };
    let code = match character {
        'A'..='Z' => Some(capitals + u32::from(character) - u32::from('A')),
        'a'..='z' => Some(small + u32::from(character) - u32::from('a')),
        '0'..='9' => digits.map(|digits| digits + u32::from(character) - u32::from('0')),
        _ => None,
    };
    let letter = code.and_then(char::from_u32).unwrap_or(character);
    // These were in Unicode before the alphabets, which leave their places empty.
    match letter {
        '\u{1d53a}' => 'ℂ',
        '\u{1d53f}' => 'ℍ',
        '\u{1d545}' => 'ℕ',
        '\u{1d547}' => 'ℙ',
        '\u{1d548}' => 'ℚ',
        '\u{1d549}' => 'ℝ',
        '\u{1d551}' => 'ℤ',
        '\u{1d49d}' => 'ℬ',
        '\u{1d4a0}' => 'ℰ',
        '\u{1d4a1}' => 'ℱ',
        '\u{1d4a3}' => 'ℋ',
        '\u{1d4a4}' => 'ℐ',
        '\u{1d4a7}' => 'ℒ',
        '\u{1d4a8}' => 'ℳ',
        '\u{1d4ad}' => 'ℛ',
        '\u{1d4ba}' => 'ℯ',
        '\u{1d4bc}' => 'ℊ',
        '\u{1d4c4}' => 'ℴ',
        '\u{1d506}' => 'ℭ',
        '\u{1d50b}' => 'ℌ',
        '\u{1d50c}' => 'ℑ',
        '\u{1d515}' => 'ℜ',
        '\u{1d51d}' => 'ℨ',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_has_its_counterpart() {
        for (from, to) in [RAISED, LOWERED] {
            assert_eq!(from.chars().count(), to.chars().count());
        }
        assert_eq!(raised("n + 1").as_deref(), Some("ⁿ⁺¹"));
        assert_eq!(lowered("q"), None);
    }

    #[test]
    fn every_letter_of_an_alphabet_is_one_that_unicode_has() {
        for font in [Font::DoubleStruck, Font::Script, Font::Fraktur, Font::Bold] {
            for character in ('A'..='Z').chain('a'..='z') {
                let letter = letter(character, Some(font));
                assert!(letter != character && letter.is_alphabetic(), "{character} in {font:?}");
            }
        }
    }
}
