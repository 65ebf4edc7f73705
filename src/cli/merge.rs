//! `merge`, and `journal restore`: taking in another journal or a backup.
//!
//! Owns what is said of it: what it changed here, and what stood against it. The journal does
//! the work.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::places;
use crate::course::Course;
use crate::journal::{JournalError, Merged, Opened, exchange};
use crate::practice::{CoursesAtHand, MergeChanges};
use crate::text::columns::wrapped;
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The bytes by which an export is known.
const BEGINNING: u64 = 256;
/// The columns to which a title is wrapped.
const WIDTH: u16 = 79;

#[derive(Serialize)]
struct MergeReport {
    new: usize,
    known: usize,
    erased: usize,
    newer: usize,
    damaged: usize,
    #[serde(flatten)]
    changes: MergeChanges,
}

/// Merges another journal into this one. `course` is one whose texts are at hand beside those of the
/// built-in ones.
pub(super) fn merge(
    from: &Path,
    course: Option<&Course>,
    shared: &Shared,
    output: Output,
) -> Result<(), CliError> {
    if is_export(from) {
        return Err(CliError::IsExport { path: from.to_owned() });
    }
    let opened = places::opened(shared)?;
    take_in(opened, from, course, output, |opened| opened.journal.merge(&mut opened.ledger, from))
}

/// Brings back what a backup has and the journal lacks. The backup is named by its path, or by
/// its name in the folder of the backups.
pub(super) fn restore(
    opened: Opened,
    backup: &Path,
    course: Option<&Course>,
    output: Output,
) -> Result<(), CliError> {
    let backup = backup_named(&opened, backup)?;
    take_in(opened, &backup, course, output, |opened| opened.journal.restore(&mut opened.ledger, &backup))
}

fn take_in(
    mut opened: Opened,
    from: &Path,
    course: Option<&Course>,
    output: Output,
    merging: impl FnOnce(&mut Opened) -> Result<Merged, JournalError>,
) -> Result<(), CliError> {
    let before = opened.ledger.clone();
    let merged = merging(&mut opened)?;
    if merged.is_empty() {
        return Err(CliError::NothingToMerge { path: from.to_owned() });
    }
    let mut courses = CoursesAtHand::with(course);
    let changes = MergeChanges::between(&before, &opened.ledger, &merged.there, &mut courses);
    output.write(&report(&merged, changes), plain)
}

fn report(merged: &Merged, changes: MergeChanges) -> MergeReport {
    let &Merged { new, known, erased, newer, damaged, .. } = merged;
    MergeReport { new, known, erased, newer, damaged, changes }
}

fn plain(report: &MergeReport) -> String {
    let mut parts = vec![format!("{} new, {} known already", report.new, report.known)];
    let more = [
        (report.erased, "skipped because they were erased here"),
        (report.newer, "skipped because a newer version wrote them"),
        (report.damaged, "damaged and skipped"),
    ];
    parts.extend(more.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}")));
    let mut lines = vec![format!("{}.", parts.join(", "))];
    // JSON has all of them.
    for (title, first) in report.changes.listed() {
        lines.extend(wrapped(title, WIDTH));
        lines.extend(first.iter().map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

/// Returns whether a path is that of an export. What cannot be read is none; the merge says why.
fn is_export(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    read.is_ok() && exchange::is_export(&beginning)
}

fn backup_named(opened: &Opened, named: &Path) -> Result<PathBuf, CliError> {
    if named.exists() {
        return Ok(named.to_owned());
    }
    Ok(opened.journal.backup_named(named.as_os_str())?.unwrap_or_else(|| named.to_owned()))
}
