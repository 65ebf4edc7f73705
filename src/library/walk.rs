//! Walks a folder for its Markdown files, in reading order.
//!
//! Owns what is left out (hidden files, what `.gitignore` names, folders behind links), how much that
//! is, the limits, and that a walk can stop and go on. Must not open any file but `.gitignore`.

use crate::course::path::{is_markdown, stem};
use crate::library::natural_order::compare;
use crate::library::notebook::is_notebook;
use crate::library::origin::Hidden;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// A walk, as far as it has come.
#[derive(Debug)]
pub(super) struct Walk {
    root: PathBuf,
    hidden: Hidden,
    /// The folders that were found and not visited yet, the next one last.
    pending: Vec<PendingFolder>,
    /// The files of the last folder that was visited that come after those that were given out.
    held_back: Option<WalkedFolder>,
    /// How many files and folders were seen.
    seen: usize,
    /// The hidden and ignored folders.
    uncounted: Vec<PathBuf>,
    left_out: LeftOut,
    limit: Option<WalkLimit>,
}

/// What is known at the end of a walk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WalkEnd {
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

/// One folder of a walk, or the rest of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WalkedFolder {
    /// The path from the opened folder, with `/` between folders; empty for that folder itself.
    pub(super) name: String,
    /// The names of its Markdown files, in reading order.
    pub(super) files: Vec<String>,
    /// Why the folder could not be read, in a sentence.
    pub(super) refused: Option<String>,
}

/// A folder that is still to be visited.
#[derive(Debug)]
struct PendingFolder {
    name: String,
    depth: usize,
    rules: Option<Arc<IgnoreRules>>,
}

/// The rules of a folder's `.gitignore` and of those above it.
#[derive(Debug)]
struct IgnoreRules {
    own: Gitignore,
    above: Option<Arc<IgnoreRules>>,
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

impl Walk {
    /// A walk of a folder that has not begun.
    pub(super) fn new(root: &Path, hidden: Hidden) -> Self {
        Self {
            root: root.to_owned(),
            hidden,
            pending: vec![PendingFolder { name: String::new(), depth: 0, rules: None }],
            held_back: None,
            seen: 0,
            uncounted: Vec::new(),
            left_out: LeftOut::default(),
            limit: None,
        }
    }

    /// Returns whether all was visited that is to be visited.
    pub(super) fn is_over(&self) -> bool {
        self.pending.is_empty() && self.held_back.is_none()
    }

    /// Visits the next folder, and gives out its first files in reading order, `most` at most; the next step
    /// gives out the others. None for a folder without Markdown.
    pub(super) fn step(&mut self, most: usize) -> Option<WalkedFolder> {
        let held_back = self.held_back.take();
        let mut walked = held_back.or_else(|| self.pending.pop().and_then(|folder| self.visit(folder)))?;
        self.hold_back(&mut walked, most);
        Some(walked)
    }

    /// How many files and folders were seen.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    /// What is known at the end; what was not visited yet is left out of it.
    pub(super) fn end(&mut self) -> WalkEnd {
        let mut left_out = std::mem::take(&mut self.left_out);
        count_left_out(std::mem::take(&mut self.uncounted), &mut left_out);
        WalkEnd { limit: self.limit, left_out }
    }

    /// Sorts the files that come first, and keeps the others for the next step. To find so many first ones
    /// takes a fraction of the time of sorting all.
    fn hold_back(&mut self, folder: &mut WalkedFolder, most: usize) {
        let others = take_first(&mut folder.files, most);
        if !others.is_empty() {
            self.held_back = Some(WalkedFolder { name: folder.name.clone(), files: others, refused: None });
        }
    }

    /// Lists a folder. Returns its files in no order; nothing when it has none.
    fn visit(&mut self, folder: PendingFolder) -> Option<WalkedFolder> {
        let path = self.root.join(&folder.name);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                let refused = Some(format!("This folder cannot be read ({error}). Check its permissions."));
                return Some(WalkedFolder { name: folder.name, files: Vec::new(), refused });
            }
        };
        let mut listing = Listing { shows_hidden: self.hidden == Hidden::Shown, ..Listing::default() };
        for entry in entries.flatten() {
            self.seen += 1;
            if self.seen > MAX_ENTRIES {
                self.limit = Some(WalkLimit::Count);
                self.pending.clear();
                break;
            }
            listing.add(&entry);
        }
        let rules =
            if listing.has_rules { read_ignore_rules(&path, folder.rules.clone()) } else { folder.rules };
        if let Some(rules) = rules.as_ref().filter(|_| self.hidden == Hidden::LeftOut) {
            listing.leave_out(|name, is_folder| rules.ignores(&path.join(name), is_folder));
        }
        self.left_out.files += listing.hidden_files;
        self.uncounted.extend(listing.hidden_folders.drain(..).map(|name| path.join(name)));
        if folder.depth == MAX_DEPTH && !listing.folders.is_empty() {
            self.limit = self.limit.or(Some(WalkLimit::Depth));
            listing.folders.clear();
        }
        if self.limit != Some(WalkLimit::Count) {
            listing.folders.sort_unstable_by(|one, other| compare(other, one));
            let within = |name: &String| join_names(&folder.name, name);
            let depth = folder.depth + 1;
            let below = listing.folders.iter();
            self.pending.extend(below.map(|name| PendingFolder {
                name: within(name),
                depth,
                rules: rules.clone(),
            }));
        }
        let Listing { files, .. } = listing;
        (!files.is_empty()).then_some(WalkedFolder { name: folder.name, files, refused: None })
    }
}

/// Sorts the files that come first in reading order, `most` at most, and takes out the others in no order.
/// The [`FIRST`] files come first, in the order of that list.
fn take_first(files: &mut Vec<String>, most: usize) -> Vec<String> {
    // Few names begin like one of these, so that few are taken apart.
    let begins = |name: &str, first: &str| {
        name.get(..first.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(first))
    };
    let is_first = |name: &str, first: &str| begins(name, first) && stem(name).len() == first.len();
    let rank = |name: &str| FIRST.iter().position(|first| is_first(name, first));
    let mut first: Vec<_> = files.extract_if(.., |name| rank(name).is_some()).collect();
    first.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| compare(one, other)));
    let mut others = Vec::new();
    let room = most.saturating_sub(first.len()).max(1);
    if files.len() > room {
        files.select_nth_unstable_by(room, |one, other| compare(one, other));
        others = files.split_off(room);
    }
    files.sort_unstable_by(|one, other| compare(one, other));
    files.splice(0..0, first);
    others
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
}

/// Reads the rules of a folder on top of those above it. A `.gitignore` that cannot be parsed is
/// not applied.
fn read_ignore_rules(folder: &Path, above: Option<Arc<IgnoreRules>>) -> Option<Arc<IgnoreRules>> {
    let path = folder.join(".gitignore");
    let is_sound =
        fs::symlink_metadata(&path).is_ok_and(|file| file.is_file() && file.len() <= MAX_IGNORE_BYTES);
    if !is_sound {
        return above;
    }
    let mut builder = GitignoreBuilder::new(folder);
    builder.add(&path);
    match builder.build() {
        Ok(own) => Some(Arc::new(IgnoreRules { own, above })),
        Err(_) => above,
    }
}
