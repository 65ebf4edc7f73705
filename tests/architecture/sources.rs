//! The modules of a crate, read from their tokens: what each declares, and what it names.
//!
//! Owns the reading of Rust. Comments, texts and attributes are not read, nor what is compiled
//! for tests alone. Must not know of rooms or rules.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The path of a module or of something in it, without `crate`.
pub(crate) type ModulePath = Vec<String>;

/// One module.
#[derive(Debug, Default, Clone)]
pub(crate) struct Module {
    /// The file that it is written in, below `src`.
    pub(crate) file: String,
    /// The modules that it declares.
    pub(crate) children: BTreeSet<String>,
    /// Everything else that it defines.
    pub(crate) items: BTreeSet<String>,
    /// The types and traits that it defines and that are visible outside of it.
    pub(crate) public_types: Vec<String>,
    /// What its `use` declarations bring in.
    pub(crate) imports: Vec<Import>,
    /// The paths that its code names, as they are written.
    pub(crate) paths: BTreeSet<ModulePath>,
    /// The single names in its code.
    pub(crate) names: BTreeSet<String>,
}

/// What one branch of a `use` declaration brings in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// The path as it is written.
    pub(crate) path: ModulePath,
    /// The name that it has here; `*` for everything.
    pub(crate) name: String,
    /// Whether it is handed on.
    pub(crate) is_public: bool,
}

/// All modules that are compiled into the program, by their paths.
pub(crate) type Modules = BTreeMap<ModulePath, Module>;

/// Reads the crate below a folder, from its `lib.rs`.
pub(crate) fn read(folder: &Path) -> Modules {
    modules(&|file| std::fs::read_to_string(folder.join(file)).ok())
}

/// Reads the crate whose files this function returns, from its `lib.rs`.
pub(crate) fn modules(source: &dyn Fn(&str) -> Option<String>) -> Modules {
    let mut modules = Modules::new();
    let mut waiting = vec![ModulePath::new()];
    while let Some(path) = waiting.pop() {
        let files = files(&path);
        let found = files.iter().find_map(|file| Some((file, source(file)?)));
        let (file, text) = found.unwrap_or_else(|| panic!("none of {files:?} is there"));
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut reader = Reader { file, modules: &mut modules };
        reader.module(tokens, &path);
        let new: Vec<ModulePath> = modules
            .iter()
            .filter(|(_, module)| module.file == *file)
            .flat_map(|(path, module)| module.children.iter().map(|child| below(path, child)))
            .filter(|path| !modules.contains_key(path))
            .collect();
        waiting.extend(new);
    }
    modules
}

/// The files that a module may stand in.
fn files(path: &[String]) -> Vec<String> {
    if path.is_empty() {
        return vec!["lib.rs".to_owned()];
    }
    let path = path.join("/");
    vec![format!("{path}.rs"), format!("{path}/mod.rs")]
}

/// The path of a child.
pub(crate) fn below(path: &[String], child: &str) -> ModulePath {
    path.iter().cloned().chain([child.to_owned()]).collect()
}

struct Reader<'a> {
    file: &'a str,
    modules: &'a mut Modules,
}

/// What the tokens before an item say of it.
#[derive(Default)]
struct Before {
    is_public: bool,
    is_for_tests: bool,
}

impl Reader<'_> {
    /// Reads the tokens of a module and of those that are written within it.
    fn module(&mut self, tokens: TokenStream, path: &[String]) {
        let file = self.file.to_owned();
        self.modules.insert(path.to_vec(), Module { file, ..Module::default() });
        self.tokens(tokens, path, true);
    }

    fn of(&mut self, path: &[String]) -> &mut Module {
        self.modules.get_mut(path).unwrap()
    }

    fn tokens(&mut self, tokens: TokenStream, path: &[String], is_module: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut before = Before::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    let group =
                        tokens[at + 1..].iter().position(|token| matches!(token, TokenTree::Group(_)));
                    before.is_for_tests |= is_for_tests(&tokens[at + 1..]);
                    group.unwrap() + 2
                }
                TokenTree::Ident(_) if before.is_for_tests => {
                    before = Before::default();
                    length_of_item(&tokens[at..])
                }
                TokenTree::Ident(word) if is_module => {
                    self.word(&word.to_string(), &tokens[at..], path, &mut before)
                }
                TokenTree::Ident(word) => self.named(&word.to_string(), &tokens[at..], path),
                TokenTree::Group(group) => {
                    before = Before::default();
                    self.tokens(group.stream(), path, false);
                    1
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
            };
        }
    }

    /// Reads a word at the level of a module. Returns how many tokens belong to it.
    fn word(&mut self, word: &str, rest: &[TokenTree], path: &[String], before: &mut Before) -> usize {
        let is_public = before.is_public;
        let next = rest.get(1).map(ToString::to_string).unwrap_or_default();
        match word {
            "pub" => {
                before.is_public = true;
                1 + usize::from(matches!(rest.get(1), Some(TokenTree::Group(_))))
            }
            "mod" => {
                *before = Before::default();
                self.of(path).children.insert(next.clone());
                let Some(TokenTree::Group(group)) = rest.get(2) else { return 3 };
                self.module(group.stream(), &below(path, &next));
                3
            }
            "use" => {
                *before = Before::default();
                let length = length_of_item(rest);
                let tree: Vec<TokenTree> = rest[1..length - 1].to_vec();
                let mut found = Vec::new();
                imports(&tree, &[], is_public, &mut found);
                self.of(path).imports.extend(found);
                length
            }
            "struct" | "enum" | "trait" | "type" | "union" => {
                *before = Before::default();
                if is_public {
                    self.of(path).public_types.push(next.clone());
                }
                self.of(path).items.insert(next);
                2
            }
            "fn" | "static" => {
                *before = Before::default();
                self.of(path).items.insert(next);
                2
            }
            "const" if !["fn", "unsafe", "extern", "async"].contains(&next.as_str()) => {
                *before = Before::default();
                self.of(path).items.insert(next);
                2
            }
            "const" => 1,
            // The head of an implementation names others; its body is a group.
            _ => self.named(word, rest, path),
        }
    }

    /// Reads a path in code. Returns how many tokens belong to it.
    fn named(&mut self, word: &str, rest: &[TokenTree], path: &[String]) -> usize {
        if word == "use" {
            // Within a function.
            let length = length_of_item(rest);
            let mut found = Vec::new();
            imports(&rest[1..length - 1], &[], false, &mut found);
            self.of(path).imports.extend(found);
            return length;
        }
        if word == "pub" && matches!(rest.get(1), Some(TokenTree::Group(_))) {
            return 2;
        }
        let mut segments = vec![word.to_owned()];
        let mut length = 1;
        while let [colon, second, TokenTree::Ident(next), ..] = &rest[length..]
            && is(colon, ':')
            && is(second, ':')
        {
            segments.push(next.to_string());
            length += 3;
        }
        let module = self.of(path);
        module.names.insert(word.to_owned());
        if segments.len() > 1 {
            module.paths.insert(segments);
        }
        length
    }
}

fn is(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Whether an attribute, from behind its `#`, is `cfg(test)`.
fn is_for_tests(rest: &[TokenTree]) -> bool {
    let group = rest.iter().take(2).find_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream().to_string()),
        _ => None,
    });
    group.is_some_and(|text| text.replace(' ', "") == "cfg(test)")
}

/// How many tokens an item has: to its `;` or its body.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    let is_use =
        tokens[0].to_string() == "use" || matches!(tokens.get(1), Some(token) if token.to_string() == "use");
    let is_end = |token: &TokenTree| {
        let is_body = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        is(token, ';') || (is_body && !is_use)
    };
    tokens.iter().position(is_end).map_or(tokens.len(), |at| at + 1)
}

/// Adds what a tree of `use` brings in.
fn imports(tree: &[TokenTree], before: &[String], is_public: bool, found: &mut Vec<Import>) {
    for branch in tree.split(|token| is(token, ',')) {
        let mut path = before.to_vec();
        let mut name = None;
        let mut tokens = branch.iter().filter(|token| !is(token, ':'));
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => {
                    imports(&list(group), &path, is_public, found);
                    path.clear();
                }
                TokenTree::Ident(word) if *word == "as" => name = tokens.next().map(ToString::to_string),
                TokenTree::Punct(_) => name = Some("*".to_owned()),
                TokenTree::Ident(_) | TokenTree::Literal(_) => path.push(token.to_string()),
            }
        }
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if let Some(last) = path.last().cloned() {
            found.push(Import { path, name: name.unwrap_or(last), is_public });
        }
    }
}

fn list(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}
