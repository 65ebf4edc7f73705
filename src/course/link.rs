//! Resolves the links in lessons.
//!
//! Owns the address `lesson:ID#section`, and the ways in which documents name files: as a path from
//! their own, from the root of a site, or as a note. Must not open or follow anything.

use crate::course::beside::FileBeside;
use crate::course::lesson::Lesson;
use crate::course::model::Course;
use crate::course::path;
use crate::text::clean::clean_line;
use crate::text::flavour::Flavour;
use crate::text::slug::of_heading;
use crate::text::{Anchored, Link, LinkKind};

/// The destination of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination<'a> {
    /// A lesson of this course.
    Lesson {
        /// Its index in [`Course::lessons`].
        lesson: usize,
        /// The name of the section, which may not exist: see [`Course::section_named`]. `None` for
        /// the lesson's start.
        section: Option<&'a str>,
    },
    /// A file of the folder that is open, which is no lesson and may not exist.
    File(FileBeside),
    /// A web page, or an e-mail address.
    Web(&'a str),
    /// A note that does not exist.
    NoNote(&'a str),
    /// A file that may be among those that are not known yet: see [`Course::is_beginning`].
    NotKnownYet,
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

/// Resolves a link in the lesson with index `from`.
pub fn link<'a>(course: &Course, from: usize, link: &'a Link) -> Destination<'a> {
    let target = link.target.as_str();
    if link.kind == LinkKind::Wiki {
        return to_note(course, from, target);
    }
    match address(target) {
        Address::Lesson(id, section) => {
            let find = |id| course.lessons.iter().position(|lesson| lesson.id.as_str() == id);
            match id.map_or(Some(from), find) {
                Some(lesson) => Destination::Lesson { lesson, section },
                None if course.is_beginning() => Destination::NotKnownYet,
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
    let lesson = course.lessons.get(from)?;
    let path = path_of_picture(target)?;
    let folder = path::folder_of(lesson.file()?);
    let name = path::join(folder, &path::decoded(path)).filter(|name| !path.is_empty() && name != folder)?;
    let path = lesson.path_of(&name)?;
    path.into_os_string().into_string().ok().filter(|path| clean_line(path) == *path)
}

/// The path in the target of a picture; none when it is no path.
pub(super) fn path_of_picture(target: &str) -> Option<&str> {
    let path = target.split(['?', '#']).next().filter(|_| address(target) == Address::Other)?;
    (!has_scheme(path) && !path.starts_with("//")).then_some(path)
}

/// Returns whether a target begins with the name of a scheme, as `ftp:` and `data:` do.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '.', '#', '?']))
}

/// Splits the name of a section off a target.
fn split_section(target: &str) -> (&str, Option<&str>) {
    let (path, section) = target.split_once('#').map_or((target, None), |(path, slug)| (path, Some(slug)));
    (path, section.filter(|slug| !slug.is_empty()))
}

/// Resolves a wiki link: the name of a note, wherever it is.
fn to_note<'a>(course: &Course, from: usize, target: &'a str) -> Destination<'a> {
    let (note, section) = split_section(target);
    if !note.is_empty() && course.is_beginning() {
        // Another note of that name may be nearer.
        return Destination::NotKnownYet;
    }
    let lesson = if note.is_empty() { Some(from) } else { course.files().note(note) };
    match (lesson, course.lessons.as_slice()) {
        (Some(lesson), _) => Destination::Lesson { lesson, section },
        // Of a single text the notes beside it are not known.
        (None, [lesson]) => beside(lesson, note, section).unwrap_or(Destination::NoNote(target)),
        (None, _) => Destination::NoNote(target),
    }
}

/// A file in the folder of a lesson's file, which may not exist.
fn beside(lesson: &Lesson, path: &str, section: Option<&str>) -> Option<Destination<'static>> {
    let name = path::join(path::folder_of(lesson.file()?), path).filter(|name| clean_line(name) == *name)?;
    let (folder, section) = (lesson.folder()?.to_owned(), section.map(str::to_owned));
    Some(Destination::File(FileBeside { folder, name, section }))
}

/// Resolves a path from the file of a lesson. Does not look at the disk.
fn to_file<'a>(course: &Course, from: usize, target: &'a str) -> Destination<'a> {
    let lesson = course.lessons.get(from).filter(|_| !has_scheme(target));
    let Some((lesson, own)) = lesson.and_then(|lesson| Some((lesson, lesson.file()?))) else {
        return Destination::Other(target);
    };
    let (path, section) = split_section(target);
    let path = path::decoded(path.split('?').next().unwrap_or(path));
    let names = possible_names(own, &path);
    if course.is_beginning() {
        // What a name means before any other is certain; all else may be a file that is not known yet.
        return match names.first().map(|name| course.files().file(name)) {
            Some(Some(lesson)) => Destination::Lesson { lesson, section },
            Some(None) => Destination::NotKnownYet,
            None => Destination::Outside(target),
        };
    }
    let in_site = || at_root_of_site(course, &path);
    if let Some(lesson) = names.iter().find_map(|name| lesson_at(course, name)).or_else(in_site) {
        return Destination::Lesson { lesson, section };
    }
    match (names.into_iter().next(), lesson.folder()) {
        (None, _) => Destination::Outside(target),
        // A name with characters that drive a terminal is promised to nobody.
        (Some(name), Some(folder)) if clean_line(&name) == name && may_be_file(course, lesson, &name) => {
            let section = section.map(str::to_owned);
            Destination::File(FileBeside { folder: folder.to_owned(), name, section })
        }
        _ => Destination::Other(target),
    }
}

/// The names of files, from the folder that is open, that a path in a document may mean, the most
/// likely first. None when it leads outside.
pub(super) fn possible_names(own: &str, path: &str) -> Vec<String> {
    let folder = path::folder_of(own);
    if !path.starts_with('/') {
        // Programs for notes also write paths from the folder that is open.
        return path::join(folder, path).into_iter().chain(path::join("", path)).collect();
    }
    // The root of a site may be any folder above: that of the book's sources, or of the documents.
    let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
    let roots = std::iter::once("").chain(ends.filter_map(|end| folder.get(..end)));
    roots.filter_map(|root| path::join(root, path.trim_start_matches('/'))).collect()
}

/// The lesson that a path from the root of a site stands for, where that root is a folder below the one
/// that is open: `/guide/page` for `docs/guide/page.md`.
fn at_root_of_site(course: &Course, path: &str) -> Option<usize> {
    let path = path.strip_prefix('/')?.trim_end_matches('/');
    let name = path.strip_suffix(".html").unwrap_or(path);
    let files = course.files();
    let index = |page: &str| files.note(&format!("{name}/{page}"));
    files.note(name).or_else(|| index("README")).or_else(|| index("index")).filter(|_| !name.is_empty())
}

/// The lesson that a name stands for. Links are also written as a web server would resolve them:
/// `guide/`, `page.html`, `page`.
fn lesson_at(course: &Course, name: &str) -> Option<usize> {
    let files = course.files();
    let named = |end: &str| if name.is_empty() { end.to_owned() } else { format!("{name}/{end}") };
    files
        .file(name)
        .or_else(|| files.file(&format!("{}.md", name.strip_suffix(".html").unwrap_or(name))))
        .or_else(|| files.file(&named("README.md")))
        .or_else(|| files.file(&named("index.md")))
        .or_else(|| files.file(&format!("{}README.md", name.strip_suffix("index.html")?)))
        .or_else(|| files.file(&format!("{}.mdx", name.strip_suffix(".html").unwrap_or(name))))
        .or_else(|| files.first_below(name).filter(|_| !name.is_empty()))
}

/// Returns whether a name may be that of a file that can be opened beside the lessons. All the
/// Markdown of a folder is among its lessons.
fn may_be_file(course: &Course, lesson: &Lesson, name: &str) -> bool {
    let is_whole_folder = course.lessons.len() > 1 && !matches!(lesson.flavour, Flavour::Book(_));
    let is_lesson = is_whole_folder && path::is_markdown(name);
    !name.is_empty() && !is_lesson
}

/// Removes a scheme, in any case, from the start of a target.
fn strip_scheme<'a>(target: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = target.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

impl Course {
    /// Finds what links reach under this name in a lesson: a section by its slug, as GitHub and
    /// mdBook make it, or by its heading, as wiki links write it, or whatever has it as its id.
    /// It may be percent-encoded or have capitals.
    pub fn section_named(&self, lesson: usize, name: &str) -> Anchored {
        let Some(document) = self.lessons.get(lesson).map(Lesson::document) else {
            return Anchored::Nowhere;
        };
        let Some(document) = document else { return Anchored::NotYet };
        if name.starts_with('^') {
            return document.anchored(&[name]);
        }
        let decoded = path::decoded(name);
        let lower = decoded.to_lowercase();
        let heading = of_heading(decoded.rsplit('#').next().unwrap_or(&decoded));
        // GitHub puts this before the ids that an author wrote.
        let own = name.strip_prefix("user-content-").unwrap_or(name);
        match document.anchored(&[name, &decoded, &lower, &heading, own]) {
            // As in a browser.
            Anchored::Nowhere if lower == "top" => document.first().map_or(Anchored::Nowhere, Anchored::At),
            found => found,
        }
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
