//! Finds the title of a text in its front matter or first heading.
//!
//! Owns a quick scan of the first lines. Must not parse the whole text.

use crate::text::clean;

/// Finds the title at the beginning of a text: the `title:` of its front matter, else its first
/// heading. Cleaned.
pub(super) fn first(head: &str) -> Option<String> {
    let mut lines = head.strip_prefix('\u{feff}').unwrap_or(head).lines().peekable();
    if lines.peek().is_some_and(|line| line.trim_end() == "---") {
        lines.next();
        let titled = lines.by_ref().take_while(|line| line.trim_end() != "---").find_map(|line| {
            let title = line.strip_prefix("title:")?.trim();
            Some(title.trim_matches(['"', '\'']).to_owned())
        });
        if let Some(title) = titled.filter(|title| !title.is_empty()) {
            return Some(clean::clean_line(&title));
        }
    }
    let mut above = "";
    let mut in_code = false;
    for line in lines {
        let line = line.trim_end();
        if line.starts_with("```") || line.starts_with("~~~") {
            in_code = !in_code;
        }
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let title = match line.get(hashes..) {
            _ if in_code => "",
            Some(title) if (1..=6).contains(&hashes) && title.starts_with(' ') => {
                title.trim().trim_end_matches('#')
            }
            _ if line.starts_with("===") => above,
            _ => "",
        };
        if !title.trim().is_empty() {
            return Some(plain(title));
        }
        above = line;
    }
    None
}

/// Removes the Markdown from a heading.
fn plain(title: &str) -> String {
    let document = crate::text::markdown::parse(title);
    let text = document.block(0).map_or("", |block| block.text.as_str());
    clean::clean_line(text)
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn the_title_is_what_the_front_matter_or_the_first_heading_says() {
        let titles = [
            ("# A *plain* `title` #\n\ntext", Some("A plain title")),
            ("text\n\nSet below\n=====\n", Some("Set below")),
            ("---\ntags: [a]\ntitle: \"From the front\"\n---\n# Not this", Some("From the front")),
            ("---\ntags: [a]\n---\n\n## This", Some("This")),
            ("```sh\n# no heading\n```\n# After the code", Some("After the code")),
            ("\u{feff}#no heading\n#\u{1b}[31m none either", None),
            ("# \u{1b}[31mRed\u{202e}", Some("Red")),
            ("", None),
            ("---\nnever closed", None),
        ];
        for (text, title) in titles {
            assert_eq!(first(text).as_deref(), title, "{text:?}");
        }
    }
}
