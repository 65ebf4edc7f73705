//! Makes the parts of a course of the folders in a folder: a tree, in which a folder that holds
//! nothing but another folder is one with it.
//!
//! Owns which folders become parts, how deep they are nested, and their names. Must not look at the
//! disk.

use crate::course::Part;
use crate::course::model::PartKind;
use crate::text::clean::clean_line;
use std::collections::{HashMap, HashSet};

/// Makes the parts of folders that hold files, which are given in reading order by their paths with
/// `/` between folders; the opened folder itself is the empty path. For each of them: its own part,
/// last, and before it the folders around it that none of the others came before. They have no
/// lessons yet.
pub(super) fn parts(folders: &[&str]) -> Vec<Vec<Part>> {
    let filled: HashSet<&str> = folders.iter().copied().collect();
    let mut within: HashMap<&str, usize> = HashMap::new();
    let mut seen = HashSet::new();
    for path in folders.iter().flat_map(|folder| paths_to(folder)).filter(|path| seen.insert(*path)) {
        let outer = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        *within.entry(outer).or_default() += 1;
    }
    let is_part = |path: &str| filled.contains(path) || within.get(path).is_some_and(|folders| *folders > 1);
    let mut made = HashSet::new();
    let parts_of = |folder: &&str| {
        let mut parts = Vec::new();
        if folder.is_empty() {
            parts.push(Part::titled(String::new(), 0..0));
        }
        let (mut depth, mut outer) = (0_u8, "");
        for path in paths_to(folder).filter(|path| is_part(path)) {
            if made.insert(path.to_owned()) {
                let name = path.get(outer.len()..).unwrap_or(path).trim_start_matches('/');
                let kind = PartKind::Folder { name: clean_line(name), depth };
                parts.push(Part { title: clean_line(path), kind, lessons: 0..0 });
            }
            (depth, outer) = (depth.saturating_add(1), path);
        }
        parts
    };
    folders.iter().map(parts_of).collect()
}

/// The paths of the folders on the way to a folder, its own last.
fn paths_to(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
    ends.filter_map(|end| folder.get(..end)).filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::parts;
    use crate::course::model::PartKind;

    /// Each part as its name, set in by its depth.
    fn tree(folders: &[&str]) -> Vec<String> {
        let parts = parts(folders).into_iter().flatten();
        let line = |kind| match kind {
            PartKind::Titled => ".".to_owned(),
            PartKind::Folder { name, depth } => format!("{}{name}", "  ".repeat(usize::from(depth))),
        };
        parts.map(|part| line(part.kind)).collect()
    }

    #[test]
    fn folders_become_a_tree() {
        let folders = ["", "a", "a/b", "a/c/d", "e/f/g", "e/f/h/i", "j/k"];
        assert_eq!(tree(&folders), [".", "a", "  b", "  c/d", "e/f", "  g", "  h/i", "j/k"]);
    }

    #[test]
    fn a_folder_that_only_holds_one_other_is_one_with_it() {
        assert_eq!(tree(&["a/b/c"]), ["a/b/c"]);
        assert_eq!(tree(&["a", "a/b/c/d"]), ["a", "  b/c/d"]);
        assert_eq!(tree(&[]), Vec::<String>::new());
    }
}
