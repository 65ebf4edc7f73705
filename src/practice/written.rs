//! Words for reports and exports, and the quoting that Markdown needs.
//!
//! Owns that nothing of what the reader wrote is taken for a heading or a table of the text around
//! it.

use crate::course::Side;
use jiff::civil::Date;

/// The word for a side.
pub fn side(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Avoid) => "avoid",
        Some(Side::Embrace) => "embrace",
        None => "",
    }
}

/// A day as people write it.
pub fn day(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// The reader's words as they are quoted in Markdown, so that nothing in them is taken for a heading
/// or a table of the text around them.
pub fn quoted(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(|line| format!("> {}", escaped(line)).trim_end().to_owned()).collect();
    lines.join("\n")
}

/// A line in which Markdown finds nothing but letters.
pub fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut at_the_start = true;
    for character in line.chars() {
        let means_something = matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&')
            || (at_the_start && matches!(character, '#' | '+' | '-' | '=' | '~'));
        if means_something {
            text.push('\\');
        }
        at_the_start &= character.is_whitespace();
        text.push(character);
    }
    number_escaped(&text)
}

/// `1. so` begins a list; `1\. so` does not.
fn number_escaped(line: &str) -> String {
    let start = line.trim_start();
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    match start.split_at_checked(digits) {
        Some((number, rest)) if digits > 0 && rest.starts_with(['.', ')']) => {
            let blanks = line.len() - start.len();
            format!("{}{number}\\{rest}", line.get(..blanks).unwrap_or_default())
        }
        _ => line.to_owned(),
    }
}
