//! The order in which a person would list names: `2` before `10`, `b` beside `B`.

use std::cmp::Ordering;

/// Compares two names. Only equal names are equal.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let same = same(one, other);
    let (mut left, mut right) = (one.get(same..).unwrap_or(one), other.get(same..).unwrap_or(other));
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

/// The bytes that both begin with, without those of a number or character that goes on.
fn same(one: &str, other: &str) -> usize {
    let mut same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let goes_on = |at: usize| {
        let ends = one.is_char_boundary(at) && other.is_char_boundary(at);
        !ends || at.checked_sub(1).and_then(|at| one.as_bytes().get(at)).is_some_and(u8::is_ascii_digit)
    };
    while goes_on(same) {
        same -= 1;
    }
    same
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
    use super::{Ordering, compare};

    #[test]
    fn names_come_in_the_order_in_which_a_person_would_list_them() {
        let mut names = vec!["10", "a10", "B", "2", "a2", "b", "002", "a", "", "a2b", "ü", "1"];
        names.sort_by(|one, other| compare(one, other));
        assert_eq!(names, ["", "1", "002", "2", "10", "a", "a2", "a2b", "a10", "B", "b", "ü"]);
    }

    #[test]
    fn what_both_begin_with_does_not_hide_where_a_number_or_a_character_began() {
        for (before, after) in [("a9", "a10"), ("a1b2", "a1b10"), ("ä", "ö"), ("x1", "x1a"), ("01", "1")] {
            assert_eq!(compare(before, after), Ordering::Less, "{before} and {after}");
            assert_eq!(compare(after, before), Ordering::Greater, "{before} and {after}");
        }
    }
}
