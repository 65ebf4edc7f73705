//! Quoting a text where Markdown is written, so that it stays the text that it is.
//!
//! Owns which characters mean something to Markdown. Must not know what is quoted.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_quoted_text_means_anything() {
        assert_eq!(escaped("# *no* [x] | <b> 1. so"), "\\# \\*no\\* \\[x\\] \\| \\<b\\> 1. so");
        assert_eq!(escaped("1. so"), "1\\. so");
        assert_eq!(quoted("- one\n\ntwo"), "> \\- one\n>\n> two");
    }
}
