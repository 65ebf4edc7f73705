//! The names that a text gives of files, functions and types, and whether the program has them.
//!
//! Owns what counts as a name in a text and where it is looked for. Must not know which texts
//! are checked.

use std::collections::BTreeMap;
use std::path::Path;

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// A file of the sources, such as `reader/scroll.rs`.
    File(String),
    /// A folder of the sources, such as `reader/overlay/`.
    Folder(String),
    /// A function, such as `update()`.
    Function(String),
    /// Something in a type or a module, such as `List::target_at`.
    Member(String, String),
    /// A type, such as `Overlay`.
    Type(String),
}

/// The names in a piece of code or of a picture. What is written as the text of a sentence or
/// stands for no name of the program is none.
pub(crate) fn names(code: &str) -> Vec<Named> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | ':' | '(' | '-' | '*');
    code.split(|c: char| !is_part(c)).filter_map(name).collect()
}

fn name(word: &str) -> Option<Named> {
    let word = word.trim_end_matches(['.', ':']).trim_start_matches(['(', '.']);
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if let Some((owner, member)) = word.rsplit_once("::") {
        let owner = owner.rsplit("::").next().unwrap_or(owner);
        let member = member.trim_end_matches('(');
        return (is_name(owner) && is_name(member)).then(|| Named::Member(owner.into(), member.into()));
    }
    if let Some(function) = word.strip_suffix('(') {
        return (is_name(function) && !function.is_empty()).then(|| Named::Function(function.into()));
    }
    if word.contains('*') || word.contains(':') {
        return None;
    }
    if Path::new(word).extension().is_some_and(|extension| extension == "rs") {
        return Some(Named::File(word.into()));
    }
    if let Some(folder) = word.strip_suffix('/').filter(|folder| !folder.is_empty()) {
        return Some(Named::Folder(folder.into()));
    }
    let is_type = is_name(word)
        && word.starts_with(char::is_uppercase)
        && word.chars().filter(|c| c.is_uppercase()).count() > 1
        && word.contains(char::is_lowercase);
    is_type.then(|| Named::Type(word.into()))
}

/// The sources, by their paths below `src`, without their comments.
pub(crate) struct Sources(BTreeMap<String, String>);

impl Sources {
    /// These files, by their paths below `src`, with their texts.
    pub(crate) fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let without_comments = |text: String| text.lines().filter(is_code).collect::<Vec<_>>().join("\n");
        Self(files.into_iter().map(|(path, text)| (path, without_comments(text))).collect())
    }

    /// Whether there is something of this name. `root` is the folder of the repository.
    pub(crate) fn have(&self, named: &Named, root: &Path) -> bool {
        match named {
            Named::File(path) => {
                let is_it = |file: &String| file == path || file.ends_with(&format!("/{path}"));
                self.0.keys().any(is_it) || root.join(path).is_file()
            }
            Named::Folder(path) => root.join(path).is_dir() || root.join("src").join(path).is_dir(),
            Named::Function(name) => self.0.values().any(|text| defines(text, &["fn"], name)),
            Named::Type(name) => self.0.values().any(|text| has_word(text, name)),
            Named::Member(owner, member) => self.0.iter().any(|(path, text)| {
                let is_module = [format!("/{owner}.rs"), format!("/{owner}/mod.rs")]
                    .iter()
                    .any(|module| format!("/{path}").ends_with(module));
                let is_owner = defines(text, &["struct", "enum", "trait"], owner)
                    || text.contains(&format!("impl {owner} "));
                (is_module && defines(text, &["fn", "struct", "enum", "const"], member))
                    || (is_owner && has_word(text, member))
            }),
        }
    }
}

/// Whether a source defines something of this name.
fn defines(text: &str, keywords: &[&str], name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + name.len()..).unwrap_or_default();
        let is_whole = !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        is_whole && keywords.iter().any(|keyword| before.ends_with(&format!("{keyword} ")))
    })
}

/// Whether a word stands in a source.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|other| other == word)
}

#[test]
fn names_are_told_from_what_is_none() {
    let read =
        names("screen::draw(&State) in screen/mod.rs -> Vec<Effect>; update() of `x.rs` 1.5 a/b *.rs Word");
    let expected = [
        Named::Member("screen".into(), "draw".into()),
        Named::File("screen/mod.rs".into()),
        Named::Function("update".into()),
        Named::File("x.rs".into()),
    ];
    assert_eq!(read, expected);
}

#[test]
fn what_the_sources_do_not_have_is_missed() {
    let files = [
        ("screen/list.rs", "pub struct List;\nimpl List {\n    fn top(&self) {}\n}\n// fn gone() {}\n"),
        ("screen/mod.rs", "pub fn draw() {}\n"),
    ];
    let sources = Sources::new(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let have = |text: &str| names(text).iter().map(|name| sources.have(name, Path::new("nowhere"))).collect();
    let there: Vec<bool> = have("screen/list.rs, list.rs, draw(), List::top, screen::draw");
    assert_eq!(there, [true; 5]);
    let missing: Vec<bool> = have("t.rs, screen/side.rs, gone(), List::gone, screen::top, ListLine, gone/");
    assert_eq!(missing, [false; 7]);
}
