//! Sorts names in natural order, as a person would: `2` before `10`, `b` beside `B`.
//!
//! Owns the sort key. Must not know what the names mean.

/// Makes the sort key of a name: names in natural order have keys in ascending order. Only equal
/// names have equal keys.
///
/// A number becomes its count of digits, then the digits, without leading zeros; names that
/// differ only by these or by case are in the order of their bytes.
pub(super) fn sort_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * name.len() + 2 * size_of::<u32>());
    let mut rest = name;
    while let Some(character) = rest.chars().next() {
        if character.is_ascii_digit() {
            let digits = take_digits(&mut rest).as_bytes();
            // Numbers sort among other characters where digits do.
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
    // Sorts before every byte of a name, so that a prefix comes first.
    key.push(0);
    key.extend(name.bytes());
    key
}

/// Takes the digits from the beginning of a text, and returns them without leading zeros.
fn take_digits<'a>(text: &mut &'a str) -> &'a str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(end).unwrap_or_default();
    *text = rest;
    digits.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn names_are_sorted_as_a_person_would_list_them() {
        let mut names =
            vec!["10", "a10", "B", "2", "a2", "b", "002", "a", "", "a2b", "ü", "1", "Ü", "a-1", "a b"];
        names.sort_by_cached_key(|name| sort_key(name));
        assert_eq!(
            names,
            ["", "1", "002", "2", "10", "a", "a b", "a-1", "a2", "a2b", "a10", "B", "b", "Ü", "ü"]
        );
    }

    #[test]
    fn a_common_prefix_does_not_hide_where_a_number_or_a_character_begins() {
        for (before, after) in [
            ("a9", "a10"),
            ("a1b2", "a1b10"),
            ("ä", "ö"),
            ("x1", "x1a"),
            ("01", "1"),
            ("a99999999999999999999", "a100000000000000000000"),
        ] {
            assert!(sort_key(before) < sort_key(after), "{before} and {after}");
        }
    }
}
