//! The order in which a person would list names: `2` before `10`, `b` beside `B`.

use std::cmp::Ordering;

/// Compares two names. Only equal names are equal.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one, other);
    loop {
        let (Some(a), Some(b)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| one.cmp(other));
        };
        let order = if a.is_ascii_digit() && b.is_ascii_digit() {
            let (a, b) = (number(&mut left), number(&mut right));
            // Without the zeros before it, the longer number is the greater one.
            a.len().cmp(&b.len()).then_with(|| a.cmp(b))
        } else {
            left = left.get(a.len_utf8()..).unwrap_or_default();
            right = right.get(b.len_utf8()..).unwrap_or_default();
            if a == b { Ordering::Equal } else { a.to_lowercase().cmp(b.to_lowercase()) }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Takes the digits from the beginning of a text; gives them without the zeros before them.
fn number<'a>(text: &mut &'a str) -> &'a str {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    digits.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn names_come_in_the_order_in_which_a_person_would_list_them() {
        let mut names = vec!["10", "a10", "B", "2", "a2", "b", "002", "a", "", "a2b", "ü", "1"];
        names.sort_by(|one, other| compare(one, other));
        assert_eq!(names, ["", "1", "002", "2", "10", "a", "a2", "a2b", "a10", "B", "b", "ü"]);
    }
}
