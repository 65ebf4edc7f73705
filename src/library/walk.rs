//! Walks a folder for its Markdown files, in reading order.
//!
//! Owns what is left out (hidden files, what `.gitignore` names, folders behind links) and the
//! limits. Must not open any file but `.gitignore`.

use crate::library::natural_order;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// The most files and folders that are visited.
const MAX_ENTRIES: usize = 100_000;

/// The deepest nesting of folders; deeper ones are left out.
const MAX_DEPTH: usize = 64;

/// The most bytes of a `.gitignore`; a larger one is not applied.
const MAX_IGNORE_BYTES: u64 = 1 << 20;

/// The extensions of Markdown files.
const EXTENSIONS: [&str; 6] = ["md", "markdown", "mdown", "mkdn", "mkd", "mdwn"];

/// The stems of files that come first in a folder.
const FIRST: [&str; 2] = ["readme", "index"];

/// The result of a walk.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The folders that hold Markdown, in reading order, the opened folder first.
    pub(super) folders: Vec<WalkedFolder>,
    /// The limit that kept the walk from seeing everything, if one did.
    pub(super) limit: Option<WalkLimit>,
}

/// The limits of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WalkLimit {
    /// There are more than [`MAX_ENTRIES`] files and folders.
    Count,
    /// Folders are nested more than [`MAX_DEPTH`] deep.
    Depth,
}

/// One folder of a walk.
#[derive(Debug)]
pub(super) struct WalkedFolder {
    /// The path from the opened folder, with `/` between folders; empty for that folder itself.
    pub(super) name: String,
    /// The names of its Markdown files, in reading order.
    pub(super) files: Vec<String>,
    /// Why the folder could not be read, in a sentence.
    pub(super) refused: Option<String>,
}

/// A folder that is still to be visited.
struct PendingFolder {
    name: String,
    depth: usize,
    rules: Option<Rc<IgnoreRules>>,
}

/// The rules of a folder's `.gitignore` and of those above it.
struct IgnoreRules {
    own: Gitignore,
    above: Option<Rc<IgnoreRules>>,
}

impl IgnoreRules {
    /// Returns whether a path is left out. The innermost rule that matches decides.
    fn ignores(&self, path: &Path, is_folder: bool) -> bool {
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

/// Returns whether a name is that of a Markdown file.
pub(super) fn is_markdown(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| EXTENSIONS.iter().any(|known| own.eq_ignore_ascii_case(known)))
}

/// Walks a folder, in bounded time whatever is in it.
pub(super) fn walk_folder(root: &Path) -> Walk {
    let mut walk = Walk::default();
    let mut seen = 0;
    let mut pending = vec![PendingFolder { name: String::new(), depth: 0, rules: None }];
    while let Some(folder) = pending.pop() {
        let path = root.join(&folder.name);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                let refused = Some(format!("This folder cannot be read ({error}). Check its permissions."));
                walk.folders.push(WalkedFolder { name: folder.name, files: Vec::new(), refused });
                continue;
            }
        };
        let mut listing = Listing::default();
        for entry in entries.flatten() {
            seen += 1;
            if seen > MAX_ENTRIES {
                walk.limit = Some(WalkLimit::Count);
                break;
            }
            listing.add(&entry);
        }
        let rules =
            if listing.has_rules { read_ignore_rules(&path, folder.rules.clone()) } else { folder.rules };
        if let Some(rules) = &rules {
            listing.files.retain(|name| !rules.ignores(&path.join(name), false));
            listing.folders.retain(|name| !rules.ignores(&path.join(name), true));
        }
        listing.sort();
        let within = |name: &String| join_names(&folder.name, name);
        if folder.depth == MAX_DEPTH && !listing.folders.is_empty() {
            walk.limit = walk.limit.or(Some(WalkLimit::Depth));
            listing.folders.clear();
        }
        let depth = folder.depth + 1;
        let below = listing.folders.iter().rev();
        pending.extend(below.map(|name| PendingFolder { name: within(name), depth, rules: rules.clone() }));
        if !listing.files.is_empty() {
            walk.folders.push(WalkedFolder { name: folder.name, files: listing.files, refused: None });
        }
        if walk.limit == Some(WalkLimit::Count) {
            break;
        }
    }
    walk
}

fn join_names(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The entries of one folder that matter.
#[derive(Default)]
struct Listing {
    files: Vec<String>,
    folders: Vec<String>,
    has_rules: bool,
}

impl Listing {
    /// Adds an entry. A symbolic link counts as a file: reading follows it only to a file inside
    /// the opened folder.
    fn add(&mut self, entry: &fs::DirEntry) {
        // A name that is not UTF-8 could not be part of an id or a link; it is left out.
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

    /// Sorts files and folders in natural order, the [`FIRST`] files first.
    fn sort(&mut self) {
        let rank = |name: &str| {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            FIRST.iter().position(|first| first.eq_ignore_ascii_case(stem)).unwrap_or(FIRST.len())
        };
        self.files.sort_by_cached_key(|name| (rank(name), natural_order::sort_key(name)));
        self.folders.sort_by_cached_key(|name| natural_order::sort_key(name));
    }
}

/// Reads the rules of a folder on top of those above it. A `.gitignore` that cannot be parsed is
/// not applied.
fn read_ignore_rules(folder: &Path, above: Option<Rc<IgnoreRules>>) -> Option<Rc<IgnoreRules>> {
    let path = folder.join(".gitignore");
    let is_sound =
        fs::symlink_metadata(&path).is_ok_and(|file| file.is_file() && file.len() <= MAX_IGNORE_BYTES);
    if !is_sound {
        return above;
    }
    let mut builder = GitignoreBuilder::new(folder);
    builder.add(&path);
    match builder.build() {
        Ok(own) => Some(Rc::new(IgnoreRules { own, above })),
        Err(_) => above,
    }
}
