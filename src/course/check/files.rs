//! Checks the files beside a course's lessons.
//!
//! Owns the walk through the folder, which follows no links and visits a limited number of files.
//! Must not open any of them.

use crate::course::check::limits::MAX_DESCRIBED;
use crate::course::fault::{Fault, quoted};
use crate::course::source::{MANIFEST, Source};
use crate::course::unchecked::UncheckedCourse;
use crate::text::clean::clean_line;
use include_dir::DirEntry;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The most files and folders that are visited.
const MAX_FILES: usize = 20_000;

/// Normalizes a file's name, so that two ways to write it are equal.
pub(super) fn normalized(name: &str) -> String {
    let parts = Path::new(name).components().filter(|part| *part != Component::CurDir);
    parts.collect::<PathBuf>().to_string_lossy().into_owned()
}

/// Reports the files in the folder that neither the manifest nor a lesson uses.
pub(super) fn unused_files(
    draft: &UncheckedCourse,
    source: &Source,
    pictures: &BTreeSet<String>,
) -> Vec<Fault> {
    let lessons: BTreeSet<String> = draft.lessons.iter().map(|file| normalized(&file.name)).collect();
    let (found, all) = match source {
        Source::Folder(folder) => walk(folder.path()),
        Source::BuiltIn(folder) => (embedded(folder), true),
    };
    let mut faults: Vec<Fault> = found
        .into_iter()
        .filter(|name| name != MANIFEST && !lessons.contains(name) && !pictures.contains(name))
        .filter(|name| !is_meant_for_authors(name))
        .map(|name| {
            let remedy = if has_extension(&name, &["md", "markdown"]) {
                "add a lesson for it, or remove it"
            } else {
                "show it in a lesson, or remove it"
            };
            Fault::error(&clean_line(&name), format!("the file {} is not used", quoted(&name)), remedy)
        })
        .collect();
    faults.sort();
    let more = faults.len().saturating_sub(MAX_DESCRIBED);
    faults.truncate(MAX_DESCRIBED);
    if more > 0 || !all {
        let many = if all { more.to_string() } else { "many".to_owned() };
        let problem = format!("there are {many} more unused files");
        faults.push(Fault::error(MANIFEST, problem, "keep the course in a folder of its own"));
    }
    faults
}

/// Returns whether a file is one that authors keep beside a course, such as a licence.
fn is_meant_for_authors(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.split('.').next().unwrap_or(last).to_ascii_uppercase();
    let known = ["README", "LICENSE", "LICENCE", "COPYING", "CHANGELOG", "AUTHORS"];
    known.iter().any(|known| stem == *known || stem.starts_with(&format!("{known}-")))
        || last == "course.schema.json"
}

/// Returns whether a name has one of these extensions, in any case.
fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| extensions.iter().any(|other| own.eq_ignore_ascii_case(other)))
}

/// Lists the names of a folder's files, relative to it, and whether these are all. Leaves out
/// hidden files and what is behind links.
fn walk(root: &Path) -> (Vec<String>, bool) {
    let mut found = Vec::new();
    let mut seen = 0;
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else { continue };
        for entry in entries.flatten() {
            seen += 1;
            if seen > MAX_FILES {
                return (found, false);
            }
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let name = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(name),
                _ => found.push(name.to_string_lossy().into_owned()),
            }
        }
    }
    (found, true)
}

/// Lists the names of the files of a built-in course.
fn embedded(folder: &'static include_dir::Dir<'static>) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![folder];
    while let Some(within) = left.pop() {
        for entry in within.entries() {
            match entry {
                DirEntry::Dir(below) => left.push(below),
                DirEntry::File(file) => {
                    let name = file.path().strip_prefix(folder.path()).unwrap_or(file.path());
                    let name = name.to_string_lossy().into_owned();
                    found.extend(
                        (!name.rsplit('/').next().unwrap_or_default().starts_with('.')).then_some(name),
                    );
                }
            }
        }
    }
    found
}
