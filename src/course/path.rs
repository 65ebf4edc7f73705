//! Resolves paths as documents write them: percent-encoded, and relative to their own file.
//!
//! Owns the mapping to a name within the folder. Must not look at the disk.

/// Resolves a path relative to the subfolder `from` to a name within the folder; `None` when it
/// leads outside.
pub fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { split(from).collect() };
    for part in split(path) {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

/// The extensions of Markdown files, those of the programs that add something to it included.
const MARKDOWN: [&str; 9] = ["md", "markdown", "mdown", "mkdn", "mkd", "mdwn", "mdx", "qmd", "rmd"];

/// Returns whether a name is that of a Markdown file.
pub fn is_markdown(name: &str) -> bool {
    let extension = extension(name);
    MARKDOWN.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The extension of a file's name, without the full stop; empty for none.
pub fn extension(name: &str) -> &str {
    let last = last_part(name);
    last.get(stem_of(last).len() + 1..).unwrap_or_default()
}

/// The name of a file without its folders and its extension.
pub fn stem(name: &str) -> &str {
    stem_of(last_part(name))
}

/// A name without its extension. Of a folder with thousands of files every name is looked at, by memchr,
/// as the standard library's search took a tenth of such a start.
fn stem_of(last: &str) -> &str {
    let end = memchr::memrchr(b'.', last.as_bytes()).filter(|end| *end > 0);
    end.and_then(|end| last.get(..end)).unwrap_or(last)
}

fn last_part(name: &str) -> &str {
    let start = memchr::memrchr(b'/', name.as_bytes()).map_or(0, |slash| slash + 1);
    name.get(start..).unwrap_or(name)
}

/// The subfolder that a file is in; empty for a file at the top.
pub fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Splits a path into its components, without empty ones and `.`.
fn split(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".")
}

/// Decodes percent-encoding such as `%20`; returns the text as it is when the result is not
/// UTF-8.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{decoded, join};

    #[test]
    fn a_path_is_resolved_within_the_folder_and_never_leads_outside() {
        for (from, path, name) in [
            ("", "a.md", Some("a.md")),
            ("guide/deep", "../b.md", Some("guide/b.md")),
            ("guide", "./b//c.md", Some("guide/b/c.md")),
            ("guide", "/b.md", Some("b.md")),
            ("guide", "..", Some("")),
            ("guide", "../../etc/passwd", None),
            ("", "../x/../a.md", None),
        ] {
            assert_eq!(join(from, path).as_deref(), name, "{from} {path}");
        }
    }

    #[test]
    fn what_is_percent_encoded_is_decoded() {
        assert_eq!(decoded("a%20b%C3%bc"), "a bü");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%f"), "%zz%f");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
