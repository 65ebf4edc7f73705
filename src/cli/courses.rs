//! `courses` and `moved`: what was read recently, and where it is now.
//!
//! Owns how the list is printed and how an entry is found. The list itself is the journal's.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::places;
use crate::course::{Course, CourseId, built_in_ids};
use crate::journal::{Journal, RecentEntry};
use crate::library::{Library, LibraryKind, LibraryOrigin, of_path};
use crate::text::clean::clean_line;
use jiff::civil::Date;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Listing {
    courses: Vec<BuiltIn>,
    recent: Vec<RecentCourse>,
}

#[derive(Serialize)]
struct BuiltIn {
    id: String,
    title: String,
    summary: String,
    lessons: usize,
}

#[derive(Serialize)]
struct RecentCourse {
    id: String,
    title: String,
    kind: &'static str,
    path: Option<String>,
    day: Option<Date>,
}

#[derive(Serialize)]
struct Removed {
    removed: String,
}

#[derive(Serialize)]
struct Moved {
    id: String,
    path: String,
}

impl RecentCourse {
    fn new(entry: &RecentEntry) -> Self {
        let (kind, path) = match &entry.origin {
            LibraryOrigin::BuiltIn(_) => ("built-in", None),
            LibraryOrigin::Path { path, kind, .. } => {
                (kind.word(), Some(clean_line(&path.display().to_string())))
            }
        };
        Self { id: entry.course.as_str().to_owned(), title: entry.title.clone(), kind, path, day: entry.day }
    }
}

/// Lists what was read recently and the built-in courses, or removes one from the list.
pub(super) fn list(leave_off: Option<&Path>, shared: &Shared, output: Output) -> Result<(), CliError> {
    let (opened, _) = places::journal(shared);
    if let Some(name) = leave_off {
        return forget(&opened.journal, name, output);
    }
    let courses: Result<Vec<_>, _> = built_in_ids()
        .map(|id| {
            Course::built_in(id).map(|course| BuiltIn {
                id: id.to_owned(),
                title: course.title,
                summary: course.summary,
                lessons: course.lessons.len(),
            })
        })
        .collect();
    let recent = opened.journal.recent().read().iter().map(RecentCourse::new).collect();
    output.write(&Listing { courses: courses?, recent }, plain)
}

fn plain(listing: &Listing) -> String {
    let width = listing.courses.iter().map(|course| course.id.len()).max().unwrap_or(0);
    let built_in = listing.courses.iter().map(|course| {
        format!("{:width$}  {}, {} lessons. {}", course.id, course.title, course.lessons, course.summary)
    });
    let mut lines: Vec<String> = built_in.collect();
    if !listing.recent.is_empty() {
        lines.push(String::new());
        lines.push("Read recently, the latest first:".to_owned());
    }
    lines.extend(listing.recent.iter().map(|recent| {
        let day = recent.day.map(|day| day.to_string()).unwrap_or_default();
        match &recent.path {
            Some(path) => format!("{day}  {} ({}): {path}", recent.title, recent.kind),
            None => format!("{day}  {} (built in)", recent.title),
        }
    }));
    lines.join("\n")
}

/// Removes one from the list, by its id or by its path.
fn forget(journal: &Journal, name: &Path, output: Output) -> Result<(), CliError> {
    let absolute = absolute(name);
    let wanted = |entry: &RecentEntry| {
        entry.course.as_str() == name.to_string_lossy() || entry.origin.path() == Some(&*absolute)
    };
    let id = journal.recent().read().iter().find(|entry| wanted(entry)).map(|found| found.course.clone());
    let Some(id) = id else {
        let id = clean_line(&name.display().to_string());
        return Err(CliError::Unknown { what: "entry", id, remedy: "`sidelight courses` lists them".into() });
    };
    journal.change_recent(|recent| recent.remove(&id))?;
    output.write(&Removed { removed: id.to_string() }, |removed| {
        format!("Removed from the list: {}. Its marks and notes stay.", removed.removed)
    })
}

/// Lets what was read at one path keep its places, marks and notes at another.
pub(super) fn moved(from: &Path, to: &Path, shared: &Shared, output: Output) -> Result<(), CliError> {
    let (opened, nothing_kept) = places::journal(shared);
    if let Some(why) = nothing_kept {
        return Err(CliError::NothingKept(why));
    }
    let library = Library::open(LibraryOrigin::of_path(to, None)?)?;
    let Some(origin) = library.origin else { return Ok(()) };
    let from = absolute(from);
    let recent = opened.journal.recent();
    let entry_there = recent.read().iter().find(|entry| entry.origin.path() == Some(&*from));
    // A course has the id that it says, wherever it is.
    let is_course = matches!(origin, LibraryOrigin::Path { kind: LibraryKind::Course, .. });
    let old = match entry_there {
        Some(entry) => entry.course.clone(),
        None if is_course => library.course.id.clone(),
        None => of_path(&from),
    };
    let known = recent.id(old.clone());
    if !opened.ledger.courses().any(|course: &CourseId| *course == known) {
        let id = clean_line(&from.display().to_string());
        let remedy = "give the old path exactly as it was".to_owned();
        return Err(CliError::Unknown { what: "place saved for", id, remedy });
    }
    if is_course && library.course.id != known {
        return Err(CliError::OtherCourse { id: library.course.id.to_string() });
    }
    opened.journal.change_recent(|recent| recent.moved(old, library.course.id, &origin))?;
    let path = clean_line(&to.display().to_string());
    output.write(&Moved { id: known.to_string(), path }, |moved| {
        format!("{} opens where you left it. Marks made at the new path until now are not shown.", moved.path)
    })
}

/// A path from the root, its links followed as far as it is there.
fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut gone = Vec::new();
    let mut there = whole.as_path();
    loop {
        if let Ok(found) = there.canonicalize() {
            return gone.iter().rev().fold(found, |path, part| path.join(part));
        }
        match (there.parent(), there.file_name()) {
            (Some(parent), Some(name)) => {
                gone.push(name.to_owned());
                there = parent;
            }
            _ => return whole,
        }
    }
}
