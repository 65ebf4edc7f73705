//! Resolves the links in lessons.
//!
//! Owns the address `lesson:ID#section`. Must not open or follow anything.

use crate::course::model::{Course, Lesson};
use crate::course::path;
use crate::text::clean::clean_line;

/// The destination of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination<'a> {
    /// A lesson of this course.
    Lesson {
        /// Its index in [`Course::lessons`].
        lesson: usize,
        /// The slug of the section, which may not exist; `None` for the lesson's start.
        section: Option<&'a str>,
    },
    /// A web page, or an e-mail address.
    Web(&'a str),
    /// A path that leads outside the folder that is open.
    Outside(&'a str),
    /// Anything else, such as a picture, or a lesson that this course does not have.
    Other(&'a str),
}

/// A link's target, parsed but not yet resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// The id of a lesson (`None` for this one), and the slug of a section.
    Lesson(Option<&'a str>, Option<&'a str>),
    Web,
    Other,
}

/// Parses a link's target.
pub(super) fn address(target: &str) -> Address<'_> {
    let filled = |slug: &&str| !slug.is_empty();
    if let Some(address) = strip_scheme(target, "lesson:") {
        let (id, slug) = address.split_once('#').map_or((address, None), |(id, slug)| (id, Some(slug)));
        return Address::Lesson(Some(id), slug.filter(filled));
    }
    if let Some(slug) = target.strip_prefix('#') {
        return Address::Lesson(None, Some(slug).filter(filled));
    }
    let web = ["http://", "https://", "mailto:"].iter().any(|scheme| strip_scheme(target, scheme).is_some());
    if web { Address::Web } else { Address::Other }
}

/// Resolves the target of a link in the lesson with index `from`.
pub fn link<'a>(course: &Course, from: usize, target: &'a str) -> Destination<'a> {
    match address(target) {
        Address::Lesson(id, section) => {
            let find = |id| course.lessons.iter().position(|lesson| lesson.id.as_str() == id);
            match id.map_or(Some(from), find) {
                Some(lesson) => Destination::Lesson { lesson, section },
                None => Destination::Other(target),
            }
        }
        Address::Web => Destination::Web(target),
        Address::Other => to_file(course, from, target),
    }
}

/// Returns the path of a picture in the lesson with index `from`, for another program to open.
/// Does not look at the disk. `None` when it is not a file of what is open, or when its path
/// cannot be shown as it is.
pub fn picture(course: &Course, from: usize, target: &str) -> Option<String> {
    let lesson = course.lessons.get(from).filter(|_| address(target) == Address::Other)?;
    let path = target.split(['?', '#']).next().filter(|path| !has_scheme(path) && !path.starts_with("//"))?;
    let folder = path::folder_of(lesson.file()?);
    let name = path::join(folder, &path::decoded(path)).filter(|name| !path.is_empty() && name != folder)?;
    let path = lesson.path_of(&name)?;
    path.into_os_string().into_string().ok().filter(|path| clean_line(path) == *path)
}

/// Returns whether a target begins with the name of a scheme, as `ftp:` and `data:` do.
pub(super) fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '.', '#', '?']))
}

/// Resolves a path from the file of a lesson. Does not look at the disk.
fn to_file<'a>(course: &Course, from: usize, target: &'a str) -> Destination<'a> {
    let own = course.lessons.get(from).and_then(Lesson::file).filter(|_| !has_scheme(target));
    let Some(own) = own else {
        return Destination::Other(target);
    };
    let (path, section) = target.split_once('#').map_or((target, None), |(path, slug)| (path, Some(slug)));
    let path = path.split('?').next().unwrap_or(path);
    let folder = path::folder_of(own);
    let Some(name) = path::join(folder, &path::decoded(path)) else { return Destination::Outside(target) };
    // Links are also written as a web server would resolve them: `guide/`, `page.html`, `page`.
    let named = |end: &str| if name.is_empty() { end.to_owned() } else { format!("{name}/{end}") };
    let candidates = [
        name.clone(),
        format!("{}.md", name.strip_suffix(".html").unwrap_or(&name)),
        named("README.md"),
        named("index.md"),
        name.strip_suffix("index.html").map(|folder| format!("{folder}README.md")).unwrap_or_default(),
    ];
    let files = course.lessons.iter().enumerate().filter_map(|(index, lesson)| {
        let file = lesson.file()?;
        Some((candidates.iter().position(|candidate| candidate == file)?, index))
    });
    match files.min() {
        Some((_, lesson)) => Destination::Lesson { lesson, section: section.filter(|slug| !slug.is_empty()) },
        None => Destination::Other(target),
    }
}

/// Removes a scheme, in any case, from the start of a target.
fn strip_scheme<'a>(target: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = target.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

impl Course {
    /// The lesson that a destination leads to, and the block within it. `None` when it leads out
    /// of this course.
    pub fn destination_block(&self, destination: &Destination<'_>) -> Option<(usize, usize)> {
        match destination {
            Destination::Lesson { lesson, section } => {
                let block = section.and_then(|slug| self.section_named(*lesson, slug)).unwrap_or(0);
                Some((*lesson, block))
            }
            Destination::Web(_) | Destination::Outside(_) | Destination::Other(_) => None,
        }
    }

    /// Finds a section by its slug, which may be percent-encoded or have capitals.
    fn section_named(&self, lesson: usize, slug: &str) -> Option<usize> {
        let document = self.document(lesson);
        document.section(slug).or_else(|| document.section(&path::decoded(slug).to_lowercase()))
    }

    /// Lists the items that a lesson teaches, in reading order: the block where each begins to be
    /// taught, and the item's index.
    pub fn items_taught(&self, lesson: usize) -> Vec<(usize, usize)> {
        let mut taught: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.lesson == lesson)
            .map(|(index, item)| (self.passage(item), index))
            .collect();
        taught.sort_unstable();
        taught
    }
}
