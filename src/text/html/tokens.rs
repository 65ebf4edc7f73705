//! Reads a piece of HTML as tokens.
//!
//! Owns what is kept of a tag. Must not know what tags mean.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::emitters::{Emitter, ForwardingEmitter};
use html5gum::{Error, Span, State, Tokenizer};
use std::borrow::Cow;
use std::convert::Infallible;

/// A token. Comments, declarations and processing instructions are none.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Token<'a> {
    /// A start tag.
    Start(&'a Tag),
    /// An end tag and its name, and the tag as it is written.
    End(&'a str, &'a str),
    /// Text, its entities decoded.
    Text(&'a str),
}

/// A start tag.
#[derive(Debug, Default)]
pub(crate) struct Tag {
    /// Its name in small letters.
    pub(crate) name: String,
    /// The tag as it is written.
    pub(crate) source: String,
    /// The attributes that mean something here, in small letters, with their values.
    attributes: Vec<(&'static str, String)>,
}

/// The attributes that are kept.
const ATTRIBUTES: [&str; 21] = [
    "align",
    "alt",
    "caption",
    "checked",
    "class",
    "colspan",
    "file-name",
    "hidden",
    "href",
    "id",
    "lang",
    "name",
    "number",
    "open",
    "rowspan",
    "src",
    "start",
    "style",
    "title",
    "type",
    "value",
];

impl Tag {
    /// The value of an attribute; empty for one without a value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The number that an attribute gives.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// Reads the tokens of a piece of HTML, in order. A tag that is not closed in it is text.
pub(crate) fn read(source: &str, each: impl FnMut(Token<'_>)) {
    let tag = Tag::default();
    let mut collector = Collector { source, each, tag, kept: None, read: 0, is_start: false, is_open: false };
    let emitter = Switching(CallbackEmitter::new(&mut collector));
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
    collector.finish();
}

/// Puts tags together from the tokenizer's events.
struct Collector<'s, F> {
    source: &'s str,
    each: F,
    /// The start tag that is read, or was read last.
    tag: Tag,
    /// The attribute that is read, unless it means nothing here.
    kept: Option<&'static str>,
    /// The bytes up to the end of the last tag or comment.
    read: usize,
    /// Whether the last tag was a start tag.
    is_start: bool,
    /// Whether the source ended within a tag.
    is_open: bool,
}

impl<F: FnMut(Token<'_>)> Collector<'_, F> {
    /// Gives a tag without an end as text.
    fn finish(mut self) {
        let rest = self.source.get(self.read..).unwrap_or_default();
        let is_tag = |at: &usize| {
            let name = rest.as_bytes().get(at + 1..).unwrap_or_default();
            name.strip_prefix(b"/").unwrap_or(name).first().is_some_and(u8::is_ascii_alphabetic)
        };
        if self.is_open
            && let Some(start) = memchr::memchr_iter(b'<', rest.as_bytes()).find(is_tag)
        {
            (self.each)(Token::Text(rest.get(start..).unwrap_or_default()));
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        self.kept = ATTRIBUTES.into_iter().find(|known| known.as_bytes() == name);
        // The first of two with the same name counts.
        if let Some(known) = self.kept.filter(|known| self.tag.attribute(known).is_none()) {
            self.tag.attributes.push((known, String::new()));
        } else {
            self.kept = None;
        }
    }
}

impl<F: FnMut(Token<'_>)> Callback<Infallible, usize> for &mut Collector<'_, F> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: text(name).into_owned(), ..Tag::default() };
                self.read = span.start;
            }
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => {
                if self.kept.is_some()
                    && let Some((_, last)) = self.tag.attributes.last_mut()
                {
                    last.push_str(&text(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                let source = self.source.get(self.read..span.end).unwrap_or_default();
                source.clone_into(&mut self.tag.source);
                self.read = span.end;
                self.is_start = true;
                (self.each)(Token::Start(&self.tag));
            }
            CallbackEvent::EndTag { name } => {
                let source = self.source.get(span.start..span.end).unwrap_or_default();
                self.read = span.end;
                self.is_start = false;
                (self.each)(Token::End(&text(name), source));
            }
            CallbackEvent::String { value } => (self.each)(Token::Text(&text(value))),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => self.read = span.end,
            CallbackEvent::Error(Error::EofInTag) => self.is_open = true,
            CallbackEvent::Error(_) => {}
        }
        None
    }
}

/// The tokenizer copies pieces of a string, and never cuts a character.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Passes on what the tokenizer finds, and tells it in which elements there are no tags.
struct Switching<'c, 's, F: FnMut(Token<'_>)>(CallbackEmitter<&'c mut Collector<'s, F>, Infallible, usize>);

impl<F: FnMut(Token<'_>)> ForwardingEmitter for Switching<'_, '_, F> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        // It would switch for elements that are shown here as they are written.
        let _ = self.0.emit_current_tag();
        let collector = self.0.callback_mut();
        match collector.tag.name.as_str() {
            _ if !collector.is_start => None,
            "script" => Some(State::ScriptData),
            "style" | "iframe" => Some(State::RawText),
            "textarea" | "title" => Some(State::RcData),
            _ => None,
        }
    }
}
