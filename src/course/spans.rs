//! The nodes of a JSON text, found in one pass over it.
//!
//! Owns the way from an object or a list to what is directly in it, however deep it is nested: no byte is
//! looked at once for each level around it. The text must be JSON; what it means is not looked at.

use memchr::memchr2;

/// Most objects and lists have no more nodes, keys among them.
const FEW: usize = 16;

/// Where the objects and lists of a JSON text begin and end.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// The first byte of each and the byte behind its last, in the order in which they begin.
    spans: Vec<(usize, usize)>,
}

impl Spans {
    /// Finds all objects and lists of a text.
    pub(super) fn of(source: &str) -> Self {
        let bytes = source.as_bytes();
        let (mut spans, mut open, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(byte) = bytes.get(at) {
            at = match byte {
                b'"' => end_of_text(bytes, at),
                b'{' | b'[' => {
                    open.push(spans.len());
                    spans.push((at, bytes.len()));
                    at + 1
                }
                b'}' | b']' => {
                    if let Some((_, end)) = open.pop().and_then(|index| spans.get_mut(index)) {
                        *end = at + 1;
                    }
                    at + 1
                }
                _ => at + 1,
            };
        }
        Self { spans }
    }

    /// The nodes directly in the object or list that begins at this byte of the same text; of an object
    /// each key and, after it, its value.
    pub(super) fn nodes_in<'a>(&self, source: &'a str, start: usize) -> Vec<&'a str> {
        let bytes = source.as_bytes();
        let (mut nodes, mut at) = (Vec::with_capacity(FEW), start + 1);
        while let Some(byte) = bytes.get(at) {
            let end = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => {
                    at += 1;
                    continue;
                }
                b'}' | b']' => break,
                b'"' => end_of_text(bytes, at),
                b'{' | b'[' => self.end_of(at).unwrap_or(bytes.len()),
                _ => end_of_word(bytes, at),
            };
            nodes.extend(source.get(at..end));
            at = end;
        }
        nodes
    }

    fn end_of(&self, start: usize) -> Option<usize> {
        let index = self.spans.binary_search_by_key(&start, |(start, _)| *start).ok()?;
        self.spans.get(index).map(|(_, end)| *end)
    }
}

/// The byte behind the quote that ends the text whose first quote is at this byte.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += found + 1;
        if bytes.get(at - 1) == Some(&b'"') {
            return at;
        }
        // Whatever follows a backslash ends nothing.
        at += 1;
    }
    bytes.len()
}

/// The byte behind a number, `true`, `false` or `null` that begins at this byte.
fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let is_end = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b'}' | b']');
    let length = bytes.get(start..).and_then(|rest| rest.iter().position(is_end));
    length.map_or(bytes.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z\"\\\\{}\\[\\],: é\n]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[a-z\"\\\\{}]{0,3}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// What stands in a node, built up again from the nodes in it.
    fn rebuilt(spans: &Spans, source: &str, node: &str) -> Value {
        let start = node.as_ptr().addr() - source.as_ptr().addr();
        let nodes = || spans.nodes_in(source, start).into_iter();
        match node.as_bytes().first() {
            Some(b'[') => nodes().map(|inner| rebuilt(spans, source, inner)).collect(),
            Some(b'{') => {
                let (keys, values) = (nodes().step_by(2), nodes().skip(1).step_by(2));
                let key = |key: &str| serde_json::from_str::<String>(key).unwrap_or_default();
                Value::Object(keys.map(key).zip(values.map(|value| rebuilt(spans, source, value))).collect())
            }
            _ => serde_json::from_str(node).unwrap_or_default(),
        }
    }

    proptest! {
        #[test]
        fn the_nodes_of_a_text_make_the_whole_of_it_again(value in json(), is_pretty in any::<bool>()) {
            let written = if is_pretty { format!("{value:#}") } else { value.to_string() };
            prop_assert_eq!(rebuilt(&Spans::of(&written), &written, &written), value);
        }
    }
}
