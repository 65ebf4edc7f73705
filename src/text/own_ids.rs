//! The ids that authors give to headings: `## Rain {#wet .big}`, as Pandoc, Hugo and many others
//! read it.
//!
//! Owns what such an id looks like. Must not know of Markdown beyond it.

use crate::text::inline::InlineText;

/// Takes the braces with an id off the end of a heading, and returns the id. Braces with anything
/// but an id, classes, and attributes such as `label="Rain now"` in them are text, and so are those of
/// which the only id is an unquoted value, as in `The query {id=5}`.
pub(crate) fn take(heading: &mut InlineText) -> Option<String> {
    let inner = heading.text.strip_suffix('}')?;
    let start = inner.rfind('{')?;
    let mut id = None;
    let mut rest = inner.get(start + 1..)?.trim_start();
    while !rest.is_empty() {
        let (word, after) = split_word(rest)?;
        match word.split_at_checked(1)? {
            ("#", name) if !name.is_empty() && id.is_none() => id = Some(name.to_owned()),
            (".", class) if !class.is_empty() => {}
            _ if word.starts_with("id=") && id.is_none() => id = quoted(word.get(3..)?).map(str::to_owned),
            (first, _) if !"#.".contains(first) && word.find('=').is_some_and(|length| length > 0) => {}
            _ => return None,
        }
        rest = after.trim_start();
    }
    let id = id.filter(|id| !id.is_empty())?;
    heading.shorten(start);
    heading.trim();
    Some(id)
}

/// What stands in quotes; none where there are none.
fn quoted(value: &str) -> Option<&str> {
    let within = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\''))
}

/// Splits the first word off, in which white space may stand between quotes.
fn split_word(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let ends = |character: char| match quote {
        None if character.is_whitespace() => true,
        None => {
            quote = Some(character).filter(|sign| matches!(sign, '"' | '\''));
            false
        }
        Some(open) => {
            quote = Some(open).filter(|open| *open != character);
            false
        }
    };
    let length = text.find(ends).unwrap_or(text.len());
    text.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::take;
    use crate::text::inline::InlineText;

    fn taken(text: &str) -> (String, Option<String>) {
        let mut inline = InlineText::new(text.to_owned(), Vec::new());
        let id = take(&mut inline);
        (inline.text, id)
    }

    #[test]
    fn an_id_is_taken_off_and_other_braces_stay() {
        for (text, heading, id) in [
            ("Rain {#wet}", "Rain", Some("wet")),
            ("Rain { #wet .big .bold }", "Rain", Some("wet")),
            ("{#wet}", "", Some("wet")),
            ("Rain { #wet label=\"Rain now\" n=1 }", "Rain", Some("wet")),
            ("Rain { id=\"9.7\" }", "Rain", Some("9.7")),
            ("Rain {id='wet' .big}", "Rain", Some("wet")),
            ("Rain {id=5 #wet}", "Rain", Some("wet")),
            ("The query {id=5}", "The query {id=5}", None),
            ("Rain {id=wet .big}", "Rain {id=wet .big}", None),
            ("Rain {#wet now}", "Rain {#wet now}", None),
            ("Rain {#wet =now}", "Rain {#wet =now}", None),
            ("The type {}", "The type {}", None),
            ("Rain {wet}", "Rain {wet}", None),
            ("Rain {.big}", "Rain {.big}", None),
            ("Rain {#a #b}", "Rain {#a #b}", None),
            ("Rain {#}", "Rain {#}", None),
            ("Rain #wet}", "Rain #wet}", None),
            ("}", "}", None),
        ] {
            assert_eq!(taken(text), (heading.to_owned(), id.map(str::to_owned)), "{text}");
        }
    }
}
