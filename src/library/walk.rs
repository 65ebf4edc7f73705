//! Walks a folder for its Markdown files, in reading order.
//!
//! Owns what is left out (hidden files, what `.gitignore` names, folders behind links), how much that
//! is, and the limits. Must not open any file but `.gitignore`.

use crate::course::path::{is_markdown, stem};
use crate::library::natural_order;
use crate::library::notebook::is_notebook;
use crate::library::origin::Hidden;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The most files and folders that are visited.
const MAX_ENTRIES: usize = 120_000;

/// The deepest nesting of folders; deeper ones are left out.
const MAX_DEPTH: usize = 64;

/// The most bytes of a `.gitignore`; a larger one is not applied.
const MAX_IGNORE_BYTES: u64 = 1 << 20;

/// The most files and folders that are visited to count what is left out.
const MAX_COUNTED: usize = 4_000;

/// Folders that are never shown: what version control keeps for itself.
const NEVER: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// The stems of files that come first in a folder.
const FIRST: [&str; 2] = ["readme", "index"];

/// The result of a walk.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The folders that hold Markdown, in reading order, the opened folder first.
    pub(super) folders: Vec<WalkedFolder>,
    /// The limit that kept the walk from seeing everything, if one did.
    pub(super) limit: Option<WalkLimit>,
    /// The files that are hidden or ignored.
    pub(super) left_out: LeftOut,
}

/// The Markdown files that are left out because they, or folders around them, are hidden or ignored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// How many there are.
    pub(super) files: usize,
    /// True unless there were too many files and folders to look at all of them.
    pub(super) is_counted: bool,
}

impl Default for LeftOut {
    fn default() -> Self {
        Self { files: 0, is_counted: true }
    }
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

/// Walks a folder, in bounded time whatever is in it.
pub(super) fn walk_folder(root: &Path, hidden: Hidden) -> Walk {
    let mut walk = Walk::default();
    let mut uncounted = Vec::new();
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
        let mut listing = Listing { shows_hidden: hidden == Hidden::Shown, ..Listing::default() };
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
        if let Some(rules) = rules.as_ref().filter(|_| hidden == Hidden::LeftOut) {
            listing.leave_out(|name, is_folder| rules.ignores(&path.join(name), is_folder));
        }
        walk.left_out.files += listing.hidden_files;
        uncounted.extend(listing.hidden_folders.drain(..).map(|name| path.join(name)));
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
    count_left_out(uncounted, &mut walk.left_out);
    walk
}

/// Counts the files in folders that are hidden or ignored, as far as that takes little time.
fn count_left_out(mut folders: Vec<PathBuf>, left_out: &mut LeftOut) {
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            seen += 1;
            if seen > MAX_COUNTED {
                left_out.is_counted = false;
                return;
            }
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.extend((!NEVER.contains(&&*name)).then(|| entry.path()));
            } else {
                left_out.files += usize::from(is_text(&name));
            }
        }
    }
}

/// Returns whether a name is that of a file that is a lesson of its folder.
fn is_text(name: &str) -> bool {
    is_markdown(name) || is_notebook(name)
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
    shows_hidden: bool,
    /// The number of files that are hidden or ignored.
    hidden_files: usize,
    /// The folders that are hidden or ignored.
    hidden_folders: Vec<String>,
}

impl Listing {
    /// Adds an entry. A symbolic link counts as a file: reading follows it only to a file inside
    /// the opened folder.
    fn add(&mut self, entry: &fs::DirEntry) {
        // A name that is not UTF-8 could not be part of an id or a link; it is left out.
        let Ok(name) = entry.file_name().into_string() else { return };
        self.has_rules |= name == ".gitignore";
        let is_hidden = name.starts_with('.') && !self.shows_hidden;
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let folders = if is_hidden { &mut self.hidden_folders } else { &mut self.folders };
            folders.extend((!NEVER.contains(&&*name)).then_some(name));
        } else if is_text(&name) {
            if is_hidden {
                self.hidden_files += 1;
            } else {
                self.files.push(name);
            }
        }
    }

    /// Leaves out the files and folders that this returns true for; the second argument says
    /// whether it is a folder.
    fn leave_out(&mut self, is_ignored: impl Fn(&str, bool) -> bool) {
        let before = self.files.len();
        self.files.retain(|name| !is_ignored(name, false));
        self.hidden_files += before - self.files.len();
        self.hidden_folders.extend(self.folders.extract_if(.., |name| is_ignored(name, true)));
    }

    /// Sorts files and folders in natural order, the [`FIRST`] files first.
    fn sort(&mut self) {
        let rank = |name: &str| {
            FIRST.iter().position(|first| first.eq_ignore_ascii_case(stem(name))).unwrap_or(FIRST.len())
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
