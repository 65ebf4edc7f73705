//! Superscripts and subscripts as plain text: `x²`, `H₂O`, `e^(ix)`.
//!
//! Owns which characters have a raised or lowered form in Unicode. Must not know of elements.

/// Whether text is raised or lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Super,
    Sub,
}

/// Writes raised or lowered text behind the text `before`: in Unicode's characters where it has all
/// of them, else after `^` or `_`. `None` where it reads as well on the line, as a note in small
/// print does. Also returns, for each character, the byte at which it ends in both texts.
pub(crate) fn written(script: Script, before: &str, text: &str) -> Option<(String, Vec<(usize, usize)>)> {
    // A blank at an edge keeps words apart.
    let is_blank = text.is_empty() || text.trim() != text;
    if is_blank || !text.split_whitespace().zip(text.split_whitespace().skip(1)).all(is_formula) {
        return None;
    }
    let (mut written, mut ends) = (String::new(), Vec::new());
    for (at, character) in text.char_indices() {
        if character == ' ' {
            ends.push((at + 1, written.len()));
            continue;
        }
        let Some(form) = form(script, character) else { return in_line(script, before, text) };
        written.push(form);
        ends.push((at + character.len_utf8(), written.len()));
    }
    Some((written, ends))
}

/// Returns whether two words are of a formula and not of a note: one ends or the other begins with a
/// sign between them, as in `n - 1`.
fn is_formula((first, second): (&str, &str)) -> bool {
    let is_sign = |character: char| matches!(character, '+' | '-' | '−' | '=' | '±' | '·' | '×' | '/' | ',');
    first.ends_with(is_sign) || second.starts_with(is_sign)
}

/// Writes it after a sign, where it belongs to what is before it.
fn in_line(script: Script, before: &str, text: &str) -> Option<(String, Vec<(usize, usize)>)> {
    let follows = before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | ']' | '}'));
    if !follows
        || !text.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '+' | '-' | '−'))
    {
        return None;
    }
    let sign = match script {
        Script::Super => '^',
        Script::Sub => '_',
    };
    let is_single = text.chars().count() == 1;
    let (written, start) =
        if is_single { (format!("{sign}{text}"), 1) } else { (format!("{sign}({text})"), 2) };
    let ends = text.char_indices().map(|(at, character)| at + character.len_utf8());
    let ends = ends.map(|end| (end, if end == text.len() { written.len() } else { start + end })).collect();
    Some((written, ends))
}

fn form(script: Script, character: char) -> Option<char> {
    match script {
        Script::Super => superscript(character),
        Script::Sub => subscript(character),
    }
}

fn superscript(character: char) -> Option<char> {
    Some(match character {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '+' => '⁺',
        '-' | '−' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'a' => 'ᵃ',
        'b' => 'ᵇ',
        'c' => 'ᶜ',
        'd' => 'ᵈ',
        'e' => 'ᵉ',
        'f' => 'ᶠ',
        'g' => 'ᵍ',
        'h' => 'ʰ',
        'i' => 'ⁱ',
        'j' => 'ʲ',
        'k' => 'ᵏ',
        'l' => 'ˡ',
        'm' => 'ᵐ',
        'n' => 'ⁿ',
        'o' => 'ᵒ',
        'p' => 'ᵖ',
        'r' => 'ʳ',
        's' => 'ˢ',
        't' => 'ᵗ',
        'u' => 'ᵘ',
        'v' => 'ᵛ',
        'w' => 'ʷ',
        'x' => 'ˣ',
        'y' => 'ʸ',
        'z' => 'ᶻ',
        'A' => 'ᴬ',
        'B' => 'ᴮ',
        'D' => 'ᴰ',
        'E' => 'ᴱ',
        'G' => 'ᴳ',
        'H' => 'ᴴ',
        'I' => 'ᴵ',
        'J' => 'ᴶ',
        'K' => 'ᴷ',
        'L' => 'ᴸ',
        'M' => 'ᴹ',
        'N' => 'ᴺ',
        'O' => 'ᴼ',
        'P' => 'ᴾ',
        'R' => 'ᴿ',
        'T' => 'ᵀ',
        'U' => 'ᵁ',
        'V' => 'ⱽ',
        'W' => 'ᵂ',
        // These stand high already.
        '*' | '†' | '‡' | '°' | '′' | '″' | '™' | '®' | '’' => character,
        _ => return None,
    })
}

fn subscript(character: char) -> Option<char> {
    Some(match character {
        '0'..='9' => char::from_u32(u32::from('₀') + (u32::from(character) - u32::from('0')))?,
        '+' => '₊',
        '-' | '−' => '₋',
        '=' => '₌',
        '(' => '₍',
        ')' => '₎',
        'a' => 'ₐ',
        'e' => 'ₑ',
        'h' => 'ₕ',
        'i' => 'ᵢ',
        'j' => 'ⱼ',
        'k' => 'ₖ',
        'l' => 'ₗ',
        'm' => 'ₘ',
        'n' => 'ₙ',
        'o' => 'ₒ',
        'p' => 'ₚ',
        'r' => 'ᵣ',
        's' => 'ₛ',
        't' => 'ₜ',
        'u' => 'ᵤ',
        'v' => 'ᵥ',
        'x' => 'ₓ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(before: &str, text: &str) -> Option<String> {
        written(Script::Super, before, text).map(|(text, _)| text)
    }

    fn lowered(before: &str, text: &str) -> Option<String> {
        written(Script::Sub, before, text).map(|(text, _)| text)
    }

    #[test]
    fn unicode_is_used_where_it_has_every_sign() {
        assert_eq!(raised("x", "2").as_deref(), Some("²"));
        assert_eq!(raised("10", "−12").as_deref(), Some("⁻¹²"));
        assert_eq!(raised("1", "st").as_deref(), Some("ˢᵗ"));
        assert_eq!(lowered("H", "2").as_deref(), Some("₂"));
        assert_eq!(lowered("x", "n+1").as_deref(), Some("ₙ₊₁"));
        assert_eq!(raised("2", "n - 1").as_deref(), Some("ⁿ⁻¹"));
    }

    #[test]
    fn other_signs_follow_a_caret_or_a_low_line() {
        assert_eq!(raised("x", "q").as_deref(), Some("^q"));
        assert_eq!(raised("e", "iπ").as_deref(), Some("^(iπ)"));
        assert_eq!(raised("2", "q - 1").as_deref(), Some("^(q - 1)"));
        assert_eq!(lowered("v", "max,2").as_deref(), Some("_(max,2)"));
        assert_eq!(lowered("log", "b").as_deref(), Some("_b"));
    }

    #[test]
    fn small_print_stays_on_the_line() {
        assert_eq!(lowered("", "Built with care"), None);
        assert_eq!(raised("text", "[1]"), None);
        assert_eq!(lowered("text ", "beta"), None);
        assert_eq!(raised("text", "see below"), None);
        assert_eq!(raised("word", " beta "), None);
        assert_eq!(raised("a", " "), None);
        assert_eq!(raised("x", ""), None);
    }

    #[test]
    fn each_character_is_found_again() {
        let (text, ends) = written(Script::Super, "e", "aπ").unwrap_or_default();
        assert_eq!((text.as_str(), ends), ("^(aπ)", vec![(1, 3), (3, 6)]));
    }
}
