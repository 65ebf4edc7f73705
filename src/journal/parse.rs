//! The reading of numbers and dates in the one form in which the journal writes them.
//!
//! Owns the strictness: what has two spellings would have two checksums. Must not know what
//! the values mean.

use jiff::civil::Date;

/// Parses lower-case hexadecimal digits, exactly this many of them and at most 16.
pub(crate) fn parse_hex(text: &str, digits: usize) -> Option<u64> {
    if text.len() != digits || digits > 16 {
        return None;
    }
    text.bytes().try_fold(0, |value, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        Some(value << 4 | u64::from(digit))
    })
}

/// Parses a date as `2026-11-22`, and unlike jiff in no other form.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |value: i16, byte| {
            byte.is_ascii_digit().then(|| value * 10 + i16::from(byte - b'0'))
        })
    };
    let (month, day) = (i8::try_from(number(&[m1, m2])?).ok()?, i8::try_from(number(&[d1, d2])?).ok()?);
    Date::new(number(&[y1, y2, y3, y4])?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_do_not_exist_are_no_dates() {
        assert!(parse_date("2024-02-29").is_some());
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "+026-01-01", "2026-01-01 ", ""] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
