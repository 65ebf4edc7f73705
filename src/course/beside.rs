//! Resolves a link of a single text to a file that lies beside it.
//!
//! Owns that such a link never leads above the text's own folder. Must not look at the disk.

use crate::course::link::{Address, address, has_scheme};
use crate::course::path;
use crate::course::{Course, Lesson};
use std::path::PathBuf;

/// A file beside a single text, as a link names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBeside {
    /// The folder of the text, out of which nothing leads.
    pub folder: PathBuf,
    /// The file's name from there, with `/` between folders; it may not exist.
    pub name: String,
    /// The slug of the section in it; `None` for its start.
    pub section: Option<String>,
}

/// Resolves the target of a link in a course that is one text from a file. `None` where it is
/// something else, or leads out of the folder.
pub fn file_beside(course: &Course, target: &str) -> Option<FileBeside> {
    let [lesson] = course.lessons.as_slice() else { return None };
    if address(target) != Address::Other || has_scheme(target) || target.starts_with("//") {
        return None;
    }
    let (file, section) = target.split_once('#').map_or((target, None), |(file, slug)| (file, Some(slug)));
    let file = file.split('?').next().unwrap_or(file);
    let own = lesson.file()?;
    let name = path::join(path::folder_of(own), &path::decoded(file)).filter(|name| !name.is_empty())?;
    let section = section.filter(|slug| !slug.is_empty()).map(str::to_owned);
    Some(FileBeside { folder: folder_of(lesson)?, name, section })
}

/// The folder that a lesson's file was opened in.
fn folder_of(lesson: &Lesson) -> Option<PathBuf> {
    lesson.path_of("").map(|path| path.components().collect())
}
