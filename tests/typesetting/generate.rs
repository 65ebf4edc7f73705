//! Markdown for tests: trees of every construct, and the words that must come out of them.
//!
//! Owns what can be generated. Must not know how it is typeset.

use proptest::prelude::*;

/// Words of many scripts. None of them means anything to Markdown.
const WORDS: [&str; 20] = [
    "word",
    "well-known",
    "naïve",
    "“quoted”",
    "a",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "https://example.com/a/long/path/that/goes/on",
    "茶",
    "中文排版需要在任意字符之间换行，但标点不行。",
    "お茶を飲みましょう、カタカナ",
    "ｶﾞｷﾞ",
    "한국어",
    "مرحبا",
    "می\u{200c}خواهم",
    "שָׁלוֹם",
    "नमस्ते",
    "👨‍👩‍👧‍👦",
    "🇫🇷🇩🇪👍🏽",
    "e\u{301}\u{323}x",
    "ไทยไม่มีช่องว่าง",
];

/// A piece of running text.
#[derive(Debug, Clone)]
pub(crate) enum Inline {
    Plain(Vec<usize>),
    Marked(&'static str, Vec<usize>),
    Link(Vec<usize>),
    Image(usize),
    Reference,
    SoftBreak,
    HardBreak,
}

/// A block, with the blocks in it.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Paragraph(Vec<Inline>),
    Heading(usize, Vec<Inline>),
    Quote(Vec<Node>),
    Alert(&'static str, Vec<Node>),
    List { marker: &'static str, items: Vec<Vec<Node>> },
    Table { columns: usize, cells: Vec<Vec<Inline>> },
    Code(Vec<Vec<usize>>),
    Html(usize),
    Rule,
}

/// A document: its source, and the words that the reader must find, in order.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) source: String,
    pub(crate) words: Vec<String>,
}

/// Any document.
pub(crate) fn sample() -> impl Strategy<Value = Sample> {
    prop::collection::vec(top(), 1..8).prop_map(|nodes| {
        let mut writer = Writer::default();
        let mut lines = writer.nodes(&nodes);
        for note in 1..=writer.references {
            let word = writer.word(note);
            lines.push(String::new());
            lines.push(format!("[^n{note}]: {word}"));
        }
        Sample { source: lines.join("\n"), words: writer.words }
    })
}

fn top() -> impl Strategy<Value = Node> {
    let kinds = prop::sample::select(vec!["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]);
    prop_oneof![
        6 => node(),
        1 => (kinds, prop::collection::vec(node(), 1..3)).prop_map(|(kind, nodes)| Node::Alert(kind, nodes)),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        4 => inlines(1..12).prop_map(Node::Paragraph),
        1 => (1..=6usize, line(1..4)).prop_map(|(level, text)| Node::Heading(level, text)),
        1 => table(),
        1 => prop::collection::vec(words(0..6), 0..4).prop_map(Node::Code),
        1 => word().prop_map(Node::Html),
        1 => Just(Node::Rule),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let markers = prop::sample::select(vec!["-", "1.", "9998.", "- [x]", "- [ ]"]);
        let items = prop::collection::vec(prop::collection::vec(inner.clone(), 1..3), 1..4);
        prop_oneof![
            prop::collection::vec(inner, 1..4).prop_map(Node::Quote),
            (markers, items).prop_map(|(marker, items)| Node::List { marker, items }),
        ]
    })
}

fn table() -> impl Strategy<Value = Node> {
    (1..6usize, 1..4usize).prop_flat_map(|(columns, rows)| {
        prop::collection::vec(line(0..3), columns * rows)
            .prop_map(move |cells| Node::Table { columns, cells })
    })
}

fn word() -> impl Strategy<Value = usize> {
    0..WORDS.len()
}

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(word(), count)
}

/// Running text on one line.
fn line(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(inline(), count)
}

/// Running text on any number of lines.
fn inlines(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Inline>> {
    let breaks = prop_oneof![Just(Inline::SoftBreak), Just(Inline::HardBreak)];
    prop::collection::vec(prop_oneof![5 => inline(), 1 => breaks], count)
}

fn inline() -> impl Strategy<Value = Inline> {
    let marks = prop::sample::select(vec!["*", "**", "~~", "`", "***"]);
    prop_oneof![
        5 => words(1..8).prop_map(Inline::Plain),
        2 => (marks, words(1..4)).prop_map(|(mark, words)| Inline::Marked(mark, words)),
        1 => words(1..4).prop_map(Inline::Link),
        1 => word().prop_map(Inline::Image),
        1 => Just(Inline::Reference),
    ]
}

/// Writes trees as Markdown, and keeps the words in the order of the text.
#[derive(Default)]
struct Writer {
    words: Vec<String>,
    references: usize,
}

impl Writer {
    /// A word that occurs once in the document.
    fn word(&mut self, index: usize) -> String {
        let word = format!("{}{}", WORDS[index % WORDS.len()], self.words.len());
        self.words.push(word.clone());
        word
    }

    fn words(&mut self, indices: &[usize]) -> String {
        indices.iter().map(|index| self.word(*index)).collect::<Vec<_>>().join(" ")
    }

    fn nodes(&mut self, nodes: &[Node]) -> Vec<String> {
        let mut lines = Vec::new();
        for node in nodes {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(self.node(node));
        }
        lines
    }

    fn node(&mut self, node: &Node) -> Vec<String> {
        match node {
            Node::Paragraph(text) => {
                // A word first and last, so that no line is empty or ends in a break.
                let (first, text, last) = (self.word(0), self.text(text), self.word(0));
                format!("{first} {text} {last}").lines().map(str::to_owned).collect()
            }
            Node::Heading(level, text) => vec![format!("{} {}", "#".repeat(*level), self.text(text))],
            Node::Quote(nodes) => prefixed("> ", "> ", self.nodes(nodes)),
            Node::Alert(kind, nodes) => {
                // Not every list may follow the alert's name at once.
                let mut lines = vec![format!("[!{kind}]"), self.word(0), String::new()];
                lines.extend(self.nodes(nodes));
                prefixed("> ", "> ", lines)
            }
            Node::List { marker, items } => self.list(marker, items),
            Node::Table { columns, cells } => {
                let mut lines = Vec::new();
                for (row, cells) in cells.chunks(*columns).enumerate() {
                    let cells: Vec<String> = cells.iter().map(|cell| self.text(cell)).collect();
                    lines.push(format!("| {} |", cells.join(" | ")));
                    if row == 0 {
                        lines.push(format!("|{}", ":-:|".repeat(*columns)));
                    }
                }
                lines
            }
            Node::Code(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| self.words(line)).collect();
                let fence = ["```text".to_owned()];
                fence.into_iter().chain(lines).chain(["```".to_owned()]).collect()
            }
            Node::Html(word) => {
                let (first, second) = (self.word(*word), self.word(0));
                vec![
                    format!("<div title=\"not this\"><!-- nor this --><p>{first}<p><b>{second}"),
                    "</div>".to_owned(),
                ]
            }
            Node::Rule => vec!["***".to_owned()],
        }
    }

    fn list(&mut self, marker: &str, items: &[Vec<Node>]) -> Vec<String> {
        let loose = items.iter().any(|item| item.len() > 1);
        let indent = if marker.starts_with('-') { 2 } else { marker.len() + 1 };
        let mut lines = Vec::new();
        for item in items {
            // A task is a paragraph; what has none before it gets one.
            let task = marker.contains('[') && !matches!(item.first(), Some(Node::Paragraph(_)));
            let word = if task { vec![self.word(0), String::new()] } else { Vec::new() };
            let item: Vec<String> = word.into_iter().chain(self.nodes(item)).collect();
            lines.extend(prefixed(&format!("{marker} "), &" ".repeat(indent), item));
            if loose {
                lines.push(String::new());
            }
        }
        lines
    }

    fn text(&mut self, inlines: &[Inline]) -> String {
        let mut text = String::new();
        for inline in inlines {
            let piece = match inline {
                Inline::Plain(words) => self.words(words),
                Inline::Marked(mark, words) => format!("{mark}{}{mark}", self.words(words)),
                Inline::Link(words) => format!("[{}](https://example.com)", self.words(words)),
                Inline::Image(word) => format!("![{}](picture.png)", self.word(*word)),
                Inline::Reference => {
                    self.references += 1;
                    self.words.push(format!("[{}]", self.references));
                    format!("[^n{}]", self.references)
                }
                Inline::SoftBreak => {
                    text.push('\n');
                    self.word(0)
                }
                Inline::HardBreak => {
                    text.push_str("\\\n");
                    self.word(0)
                }
            };
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(&piece);
        }
        text
    }
}

fn prefixed(first: &str, rest: &str, lines: Vec<String>) -> Vec<String> {
    let prefix = |(index, line): (usize, String)| format!("{}{line}", if index == 0 { first } else { rest });
    lines.into_iter().enumerate().map(prefix).collect()
}
