//! The order in which a person would list names: `2` before `10`, `b` beside `B`.

/// The bytes by whose order names are in that order. Only equal names have equal keys.
///
/// A number is as its count of digits and the digits, without the zeros before it; what
/// differs by these or by case alone is in the order of the names themselves.
pub(super) fn key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * name.len() + 2 * size_of::<u32>());
    let mut rest = name;
    while let Some(character) = rest.chars().next() {
        if character.is_ascii_digit() {
            let digits = number(&mut rest).as_bytes();
            // Among other characters it stands where digits do.
            key.push(b'0');
            key.extend(u32::try_from(digits.len()).unwrap_or(u32::MAX).to_be_bytes());
            key.extend(digits);
        } else {
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            for small in character.to_lowercase() {
                key.extend(small.encode_utf8(&mut [0; 4]).bytes());
            }
        }
    }
    // Less than all that a name has.
    key.push(0);
    key.extend(name.bytes());
    key
}

/// Takes the digits from the beginning of a text; gives them without the zeros before them.
fn number<'a>(text: &mut &'a str) -> &'a str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(end).unwrap_or_default();
    *text = rest;
    digits.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn names_come_in_the_order_in_which_a_person_would_list_them() {
        let mut names =
            vec!["10", "a10", "B", "2", "a2", "b", "002", "a", "", "a2b", "ü", "1", "Ü", "a-1", "a b"];
        names.sort_by_cached_key(|name| key(name));
        assert_eq!(
            names,
            ["", "1", "002", "2", "10", "a", "a b", "a-1", "a2", "a2b", "a10", "B", "b", "Ü", "ü"]
        );
    }

    #[test]
    fn what_both_begin_with_does_not_hide_where_a_number_or_a_character_began() {
        for (before, after) in [
            ("a9", "a10"),
            ("a1b2", "a1b10"),
            ("ä", "ö"),
            ("x1", "x1a"),
            ("01", "1"),
            ("a99999999999999999999", "a100000000000000000000"),
        ] {
            assert!(key(before) < key(after), "{before} and {after}");
        }
    }
}
