//! Checks the files beside a course's lessons.
//!
//! Owns which of them nobody uses.
//! Must not open any of them.

use crate::course::check::limits::MAX_DESCRIBED;
use crate::course::fault::{Fault, quoted};
use crate::course::source::{MANIFEST, Source};
use crate::course::unchecked::UncheckedCourse;
use crate::text::clean::clean_line;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// The extensions of pictures.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

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
    let files = source.file_names();
    let mut faults: Vec<Fault> = files
        .names
        .iter()
        .filter(|name| *name != MANIFEST && !lessons.contains(*name) && !pictures.contains(*name))
        .filter(|name| !is_meant_for_authors(name))
        .map(|name| {
            let remedy = if has_extension(name, &["md", "markdown"]) {
                "add a lesson for it, or remove it"
            } else if has_extension(name, &PICTURES) {
                "show it in a lesson, or remove it"
            } else {
                "keep it outside of the course's folder"
            };
            Fault::error(&clean_line(name), format!("the file {} is not used", quoted(name)), remedy)
        })
        .collect();
    faults.sort();
    let more = faults.len().saturating_sub(MAX_DESCRIBED);
    faults.truncate(MAX_DESCRIBED);
    if more > 0 || !files.are_all {
        let many = if files.are_all { more.to_string() } else { "many".to_owned() };
        let problem = format!("there are {many} more unused files");
        faults.push(Fault::error(MANIFEST, problem, "keep the course in a folder of its own"));
    }
    faults
}

/// Returns whether a file is one that authors keep beside a course, such as a licence, or that a system
/// or an editor leaves beside theirs.
fn is_meant_for_authors(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let is_left = last.ends_with('~') || last.starts_with("~$") || has_extension(last, &["bak", "swp"]);
    if is_left || ["Thumbs.db", "desktop.ini"].contains(&last) {
        return true;
    }
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
