//! The ids that a shell may offer: courses, lessons, items.
//!
//! Owns that asking for them changes nothing and stays quick. What was typed so far says which
//! course is meant. Must not complain: whatever cannot be read is not offered.

use crate::cli::arguments::{Arguments, KindArgument, Opening};
use crate::cli::places;
use crate::course::{Course, built_in_ids};
use crate::journal::{Journal, Ledger};
use crate::library::Pipe;
use crate::practice::Practice;
use crate::text::clean::clean_line;
use clap::{CommandFactory, FromArgMatches};
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};
use std::ffi::OsStr;
use std::path::PathBuf;

/// The most ids that are offered. More would only fill the screen.
const MOST: usize = 500;

/// The built-in courses, and paths.
pub(super) fn courses(beginning: &OsStr) -> Vec<CompletionCandidate> {
    let built_in = built_in_ids().filter_map(|id| {
        let title = Course::built_in(id).map(|course| course.title).ok()?;
        candidate(id, &title, beginning)
    });
    built_in.chain(PathCompleter::any().complete(beginning)).collect()
}

/// The lessons of the course that is meant.
pub(super) fn lessons(beginning: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = Typed::so_far() else { return Vec::new() };
    let Some(course) = typed.course() else { return Vec::new() };
    let lessons = course.lessons.iter().filter(|lesson| begins(lesson.id.as_str(), beginning));
    // A title may have to be read from the disk, so no more are asked for than are shown.
    lessons.take(MOST).filter_map(|lesson| candidate(lesson.id.as_str(), lesson.title(), beginning)).collect()
}

/// The items of the course that is meant, and the reader's own.
pub(super) fn items(beginning: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = Typed::so_far() else { return Vec::new() };
    let Some(course) = typed.course() else { return Vec::new() };
    let ledger = typed.ledger();
    let practice = Practice::new(&course, &ledger);
    let items = practice.items().filter_map(|item| candidate(item.id.as_str(), item.text(), beginning));
    items.take(MOST).collect()
}

/// What was typed so far, as far as it can be understood.
struct Typed {
    /// The course, book, folder or file that a command is about.
    path: Option<PathBuf>,
    opening: Opening,
}

impl Typed {
    /// The words behind `--`, which is where a script puts them.
    fn so_far() -> Option<Self> {
        let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
        let matches = Arguments::command().ignore_errors(true).try_get_matches_from(words).ok()?;
        let own = matches.subcommand().and_then(|(_, of)| of.try_get_one::<PathBuf>("path").ok().flatten());
        let path = own.cloned();
        Some(Self { path, opening: Opening::from_arg_matches(&matches).ok()? })
    }

    /// The course; none where it would have to be read from standard input, which is the
    /// shell's.
    fn course(&self) -> Option<Course> {
        let path = self.path.as_ref().or(self.opening.course.as_ref());
        let path = path.filter(|path| !path.as_os_str().is_empty());
        if path.is_some_and(|path| Pipe::is_named(path)) {
            return None;
        }
        let kind = self.opening.kind.map(KindArgument::kind);
        places::library(path.map(PathBuf::as_path), kind).ok().map(|library| library.course)
    }

    /// What the reader has saved; nothing where there is no journal yet.
    fn ledger(&self) -> Ledger {
        let shared = &self.opening.shared;
        let folder = if shared.no_save { None } else { places::data_folder(shared).ok() };
        folder.and_then(|folder| Journal::peek(&folder).ok()).unwrap_or_default()
    }
}

/// An id with what it stands for. None for one that a shell would take apart: it is not put
/// into quotes by every shell.
fn candidate(id: &str, meaning: &str, beginning: &OsStr) -> Option<CompletionCandidate> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let is_offered = begins(id, beginning) && id.chars().all(is_plain) && !id.starts_with('-');
    is_offered.then(|| CompletionCandidate::new(id).help(Some(clean_line(meaning).into())))
}

fn begins(id: &str, beginning: &OsStr) -> bool {
    id.as_bytes().starts_with(beginning.as_encoded_bytes())
}
