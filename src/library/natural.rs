//! The order in which a person would list names: `2` before `10`, `b` beside `B`.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

/// Compares two names. Only equal names are equal.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let order = match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return one.cmp(other),
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let (a, b) = (number(&mut left), number(&mut right));
                // Without the zeros before it, the longer number is the greater one.
                a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
            }
            (a, b) => {
                left.next();
                right.next();
                let folded = |letter: Option<char>| letter.map(|letter| letter.to_lowercase().next());
                folded(a).cmp(&folded(b))
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// A run of digits without the zeros that begin it.
fn number(characters: &mut Peekable<Chars>) -> String {
    let mut digits = String::new();
    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
        if !(digit == '0' && digits.is_empty()) {
            digits.push(digit);
        }
    }
    digits
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
