//! The walk through a folder: which Markdown files are in it, in reading order.
//!
//! Owns what is left out (hidden files, what `.gitignore` names, folders behind links) and
//! the bounds. Must not open any file but `.gitignore`.

use crate::library::natural;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// After so many files and folders the walk ends.
const MOST: usize = 100_000;

/// Folders that are nested deeper are left out.
const DEEPEST: usize = 64;

/// A larger `.gitignore` is taken for none.
const LARGEST_IGNORE: u64 = 1 << 20;

/// What files of Markdown are called.
const EXTENSIONS: [&str; 6] = ["md", "markdown", "mdown", "mkdn", "mkd", "mdwn"];

/// What comes first in a folder.
const FIRST: [&str; 2] = ["readme", "index"];

/// The folders with something to read, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In reading order, the folder itself first.
    pub(super) folders: Vec<FoundFolder>,
    /// Whether the walk ended before it had seen everything.
    pub(super) more: Option<More>,
}

/// Why the walk did not see everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum More {
    /// There are too many files.
    Many,
    /// Folders are nested too deep.
    Deep,
}

/// One folder.
#[derive(Debug)]
pub(super) struct FoundFolder {
    /// Its name from the folder that was opened, with `/` between folders; empty for that.
    pub(super) name: String,
    /// Its Markdown files by their names in it, in reading order.
    pub(super) files: Vec<String>,
    /// Why its files are not known.
    pub(super) refused: Option<String>,
}

/// A folder that is still to be looked at.
struct Waiting {
    name: String,
    depth: usize,
    rules: Option<Rc<Rules>>,
}

/// What is to be left out, by the folder's `.gitignore` and those above it.
struct Rules {
    own: Gitignore,
    above: Option<Rc<Rules>>,
}

impl Rules {
    fn leave_out(&self, path: &Path, is_folder: bool) -> bool {
        let mut rules = Some(self);
        while let Some(here) = rules {
            match here.own.matched(path, is_folder) {
                ignore::Match::Ignore(_) => return true,
                ignore::Match::Whitelist(_) => return false,
                ignore::Match::None => rules = here.above.as_deref(),
            }
        }
        false
    }
}

/// Whether a file is taken for Markdown.
pub(super) fn is_markdown(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| EXTENSIONS.iter().any(|known| own.eq_ignore_ascii_case(known)))
}

/// Walks through a folder.
pub(super) fn walk(root: &Path) -> Found {
    let mut found = Found::default();
    let mut seen = 0;
    let mut waiting = vec![Waiting { name: String::new(), depth: 0, rules: None }];
    while let Some(folder) = waiting.pop() {
        let path = root.join(&folder.name);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                let refused =
                    Some(format!("This folder can not be read ({error}). Look at its permissions."));
                found.folders.push(FoundFolder { name: folder.name, files: Vec::new(), refused });
                continue;
            }
        };
        let mut listing = Listing::default();
        for entry in entries.flatten() {
            seen += 1;
            if seen > MOST {
                found.more = Some(More::Many);
                break;
            }
            listing.take(&entry);
        }
        let rules = if listing.has_rules { read_rules(&path, folder.rules.clone()) } else { folder.rules };
        if let Some(rules) = &rules {
            listing.files.retain(|name| !rules.leave_out(&path.join(name), false));
            listing.folders.retain(|name| !rules.leave_out(&path.join(name), true));
        }
        listing.sort();
        let within = |name: &String| join(&folder.name, name);
        if folder.depth == DEEPEST && !listing.folders.is_empty() {
            found.more = found.more.or(Some(More::Deep));
            listing.folders.clear();
        }
        let depth = folder.depth + 1;
        let below = listing.folders.iter().rev();
        waiting.extend(below.map(|name| Waiting { name: within(name), depth, rules: rules.clone() }));
        if !listing.files.is_empty() {
            found.folders.push(FoundFolder { name: folder.name, files: listing.files, refused: None });
        }
        if found.more == Some(More::Many) {
            break;
        }
    }
    found
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// What is in one folder.
#[derive(Default)]
struct Listing {
    files: Vec<String>,
    folders: Vec<String>,
    has_rules: bool,
}

impl Listing {
    /// Takes an entry in. A link is a file: it is only followed if it leads to one, inside.
    fn take(&mut self, entry: &fs::DirEntry) {
        // A name that is no text could not be named in an id or a link; it is left out.
        let Ok(name) = entry.file_name().into_string() else { return };
        if name.starts_with('.') {
            self.has_rules |= name == ".gitignore";
            return;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            self.folders.push(name);
        } else if is_markdown(&name) {
            self.files.push(name);
        }
    }

    fn sort(&mut self) {
        let rank = |name: &str| {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            FIRST.iter().position(|first| first.eq_ignore_ascii_case(stem)).unwrap_or(FIRST.len())
        };
        self.files.sort_by_cached_key(|name| (rank(name), natural::key(name)));
        self.folders.sort_by_cached_key(|name| natural::key(name));
    }
}

/// The rules of a folder, on top of those above it. A rule that can not be understood is
/// none.
fn read_rules(folder: &Path, above: Option<Rc<Rules>>) -> Option<Rc<Rules>> {
    let path = folder.join(".gitignore");
    let is_sound =
        fs::symlink_metadata(&path).is_ok_and(|file| file.is_file() && file.len() <= LARGEST_IGNORE);
    if !is_sound {
        return above;
    }
    let mut builder = GitignoreBuilder::new(folder);
    builder.add(&path);
    match builder.build() {
        Ok(own) => Some(Rc::new(Rules { own, above })),
        Err(_) => above,
    }
}
