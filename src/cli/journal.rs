//! `journal`, `where` and `erase`: commands about the journal as a whole.
//!
//! Owns the questions and the reports; the journal itself does the work.

use crate::cli::arguments::{EraseArguments, JournalCommand, Shared};
use crate::cli::error::CliError;
use crate::cli::output::{Output, complain};
use crate::cli::typed_line::TypedLine;
use crate::cli::words::counted;
use crate::cli::{merge, places, typed_line};
use crate::course::{Course, CourseId, built_in_ids};
use crate::journal::{EraseScope, Opened, Recent};
use crate::practice::Practice;
use crate::text::clean::clean_line;
use crate::text::columns::wrapped;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// The word that has to be typed before anything is erased.
const YES: &str = "erase";

/// The columns to which the question before that is wrapped.
const QUESTION_WIDTH: u16 = 79;

#[derive(Serialize)]
struct LogReport {
    name: String,
    bytes: u64,
    records: usize,
    unknown: usize,
    damaged: usize,
    refused: Option<String>,
}

#[derive(Serialize)]
struct VerifyReport {
    folder: String,
    logs: Vec<LogReport>,
    /// Files of a sync tool or an editor that are not read.
    not_read: Vec<String>,
    /// Marks of days that are still to come: a clock was wrong.
    to_come: Vec<MarkToCome>,
}

#[derive(Serialize)]
struct MarkToCome {
    course: String,
    item: String,
    day: Date,
    /// What the course is named by on the command line.
    #[serde(skip)]
    named: NamedCourse,
}

/// What a course is named by on the command line.
#[derive(Clone)]
enum NamedCourse {
    /// The id of a built-in one.
    BuiltIn,
    /// A path, where the shelf knows it.
    Path(Option<String>),
}

#[derive(Serialize)]
struct BackupReport {
    backup: Option<String>,
}

#[derive(Serialize)]
struct BackupsReport {
    backups: Vec<String>,
}

#[derive(Serialize)]
struct EraseReport {
    erased: usize,
    remaining: Vec<String>,
}

#[derive(Serialize)]
struct FileReport {
    path: String,
    what: String,
    bytes: u64,
}

#[derive(Serialize)]
struct WhereReport {
    folder: String,
    files: Vec<FileReport>,
}

/// The commands about the journal's health. `course` is one whose texts are at hand beside those of the
/// built-in ones.
pub(super) fn upkeep(
    command: &JournalCommand,
    course: Option<&Course>,
    shared: &Shared,
    output: Output,
) -> Result<ExitCode, CliError> {
    let mut opened = places::opened(shared)?;
    match command {
        JournalCommand::Verify => return verify(&mut opened, shared, output),
        JournalCommand::Repair => {
            let backup = opened.journal.repair(&mut opened.ledger)?.map(|path| shown(&path));
            output.write(&BackupReport { backup }, |report| match &report.backup {
                Some(backup) => format!("Repaired. The damaged state is saved in {backup}"),
                None => "Nothing to repair.".to_owned(),
            })
        }
        JournalCommand::Backup => {
            let backup = opened.journal.back_up()?.map(|path| shown(&path));
            output.write(&BackupReport { backup }, |report| {
                report.backup.clone().unwrap_or_else(|| "Nothing to back up.".to_owned())
            })
        }
        JournalCommand::Restore { backup: Some(backup) } => merge::restore(opened, backup, course, output),
        JournalCommand::Restore { backup: None } => {
            let backups = opened.journal.backups()?.iter().map(|path| shown(path)).collect();
            output.write(&BackupsReport { backups }, |report| match report.backups.as_slice() {
                [] => "There is no backup yet.".to_owned(),
                backups => backups.join("\n"),
            })
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Lists every file that was ever written.
pub(super) fn whereabouts(shared: &Shared, output: Output) -> Result<(), CliError> {
    let folder = places::data_folder(shared).map_err(CliError::NothingKept)?;
    // Asking for the folder must not create it.
    let files = if folder.is_dir() { places::opened(shared)?.journal.whereabouts()? } else { Vec::new() };
    let files = files
        .into_iter()
        .map(|kept| FileReport { path: shown(&kept.path), what: clean_line(&kept.what), bytes: kept.bytes })
        .collect();
    output.write(&WhereReport { folder: shown(&folder), files }, |report| {
        if report.files.is_empty() {
            return format!("Nothing has been written. It would be in {}", report.folder);
        }
        let lines = report.files.iter().map(|file| format!("{}\n    {}", file.path, file.what));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// Erases, after one question.
pub(super) fn erase(arguments: &EraseArguments, shared: &Shared, output: Output) -> Result<(), CliError> {
    let what = match (arguments.before, arguments.notes) {
        (Some(day), _) => EraseScope::Before(day.day(places::clock(shared)?.today())),
        (None, true) => EraseScope::Words,
        (None, false) => EraseScope::All,
    };
    let mut opened = places::opened(shared)?;
    let count = opened.journal.count_erasable(&mut opened.ledger, what)?;
    if count == 0 && !opened.journal.has_unsaved() {
        let nothing = EraseReport { erased: 0, remaining: Vec::new() };
        return output.write(&nothing, |_| "There is nothing to erase.".to_owned());
    }
    let folder = places::data_folder(shared).map_err(CliError::NothingKept)?;
    if !arguments.yes && !confirmed(count, what, &folder)? {
        return Err(CliError::Refused);
    }
    let erased = opened.journal.erase(&mut opened.ledger, what)?;
    let is_everywhere = erased.remaining.is_empty();
    let remaining = erased.remaining.iter().map(|remaining| shown(&remaining.path)).collect();
    output.write(&EraseReport { erased: erased.records, remaining }, |report| {
        let records = counted(report.erased, "record");
        let reach = if is_everywhere {
            "from every file that `sidelight where` lists"
        } else {
            "but not from every file"
        };
        format!("Erased: {records}, {reach}.")
    })?;
    for remaining in &erased.remaining {
        complain(&format!("What was erased may still be in {}: {}", shown(&remaining.path), remaining.why));
    }
    if is_everywhere { Ok(()) } else { Err(CliError::NotEverywhere) }
}

/// Says what will be erased and what cannot be reached, and waits for the word.
fn confirmed(count: usize, what: EraseScope, folder: &Path) -> Result<bool, CliError> {
    if !io::stdin().is_terminal() {
        return Err(CliError::NobodyToAsk);
    }
    let what = match what {
        EraseScope::All => "Everything".to_owned(),
        EraseScope::Notes => "Every note".to_owned(),
        EraseScope::Words => {
            "All your own words (notes, answers about weeks, plans, and the texts of your own items; \
             their marks stay)"
                .to_owned()
        }
        EraseScope::Before(day) => format!("Everything about days before {day}"),
    };
    let question = question(&what, count, &shown(folder));
    let mut out = io::stderr().lock();
    out.write_all(question.as_bytes()).and_then(|()| out.flush()).map_err(CliError::Output)?;
    let answer = typed_line::next(&mut io::stdin().lock()).map_err(CliError::Output)?;
    Ok(answer == Some(TypedLine::Words(YES.into())))
}

/// The question before erasing, wrapped; the folder stands in a line of its own, whole, to be copied.
fn question(what: &str, count: usize, folder: &str) -> String {
    let before = format!(
        "{what} will be erased for good from this journal and its backups: {}. Your other devices erase it \
         too, without asking, once they share this journal or merge it again; to clear this device alone, \
         delete its data folder instead:",
        counted(count, "record"),
    );
    let behind = "Not reached: copies that you or a backup program made elsewhere, the history of a file-sync \
                  service, what a disk may still hold, and your shell's history.";
    let mut lines = wrapped(&before, QUESTION_WIDTH);
    lines.push(folder.to_owned());
    lines.extend(wrapped(behind, QUESTION_WIDTH));
    lines.push(format!("Type the word {YES} and press Enter; anything else erases nothing: "));
    lines.join("\n")
}

/// Checks the logs. Fails if one of them is damaged or cannot be read.
fn verify(opened: &mut Opened, shared: &Shared, output: Output) -> Result<ExitCode, CliError> {
    let folder = places::data_folder(shared).map_err(CliError::NothingKept)?;
    let logs: Vec<LogReport> = opened
        .journal
        .verify()?
        .into_iter()
        .map(|log| LogReport {
            name: clean_line(&log.name),
            bytes: log.bytes,
            records: log.records,
            unknown: log.unknown,
            damaged: log.damaged,
            refused: log.refused,
        })
        .collect();
    let is_sound = logs.iter().all(|log| log.damaged == 0 && log.refused.is_none());
    let not_read = match logs.as_slice() {
        [] => Vec::new(),
        _ => opened.journal.unread_copies()?.iter().map(|name| clean_line(name)).collect(),
    };
    let to_come = marks_to_come(opened, places::clock(shared)?.today());
    output.write(&VerifyReport { folder: shown(&folder), logs, not_read, to_come }, plain_verify)?;
    Ok(if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The marks of days after today.
fn marks_to_come(opened: &Opened, today: Date) -> Vec<MarkToCome> {
    let recent = opened.journal.recent();
    let of_course = |course| {
        let practice = Practice::of_journal(course, None, &opened.ledger);
        let named = named(course, &recent);
        practice.marks_to_come(today).into_iter().map(move |(day, item)| MarkToCome {
            course: course.to_string(),
            item: item.to_string(),
            day,
            named: named.clone(),
        })
    };
    opened.ledger.courses().flat_map(of_course).collect()
}

fn named(course: &CourseId, recent: &Recent) -> NamedCourse {
    if built_in_ids().any(|id| id == course.as_str()) {
        return NamedCourse::BuiltIn;
    }
    let entry = recent.read().iter().find(|entry| entry.course == *course);
    NamedCourse::Path(entry.and_then(|entry| entry.origin.path()).map(shown))
}

fn plain_verify(report: &VerifyReport) -> String {
    if report.logs.is_empty() {
        return "There is no log yet.".to_owned();
    }
    let mut lines: Vec<String> = report.logs.iter().map(plain_log).collect();
    let not_read = report.not_read.iter();
    lines.extend(not_read.map(|name| format!("{name}: a file of a sync tool or an editor, not read")));
    lines.extend(report.to_come.iter().map(plain_mark_to_come));
    lines.join("\n")
}

fn plain_mark_to_come(mark: &MarkToCome) -> String {
    let MarkToCome { course, item, day, named } = mark;
    let (name, note) = match named {
        NamedCourse::BuiltIn => (course.as_str(), String::new()),
        NamedCourse::Path(Some(path)) => ("PATH", format!("; PATH is {path}")),
        NamedCourse::Path(None) => ("PATH", "; PATH is where that course is".to_owned()),
    };
    format!(
        "{day} is still to come, and {item} of {course} is marked: \
         `sidelight --course {name} mark {item} clear --day {day}` takes it back{note}"
    )
}

fn plain_log(log: &LogReport) -> String {
    if let Some(refused) = &log.refused {
        return format!("{}: {refused}", log.name);
    }
    let damage = match log.damaged {
        0 => "no damage".to_owned(),
        count => {
            format!("{}; `sidelight journal repair` sets them aside", counted(count, "damaged line"))
        }
    };
    format!("{}: {}, {damage}", log.name, counted(log.records, "record"))
}

fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_that_may_be_deleted_instead_stands_in_a_line_of_its_own_unbroken() {
        let folder =
            "/home/somebody/a-rather-long-name-of-a-folder/.local/share/and-more-of-it/side-light/data";
        let question = question("Everything", 12, folder);
        assert!(question.lines().any(|line| line == folder), "{question}");
        let others = question.lines().filter(|line| *line != folder);
        assert!(others.clone().count() > 4, "{question}");
        for line in others {
            assert!(line.len() <= usize::from(QUESTION_WIDTH), "{line}");
        }
    }
}
