//! `merge`, `journal`, `where` and `erase`: commands about the journal as a whole.
//!
//! Owns the questions and the reports; the journal itself does the work.

use crate::cli::arguments::{EraseArguments, JournalCommand, Shared};
use crate::cli::error::CliError;
use crate::cli::output::{Output, complain};
use crate::cli::places;
use crate::cli::words::counted;
use crate::journal::{EraseScope, Journal, JournalError, Opened};
use crate::text::clean::clean_line;
use serde::Serialize;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

/// The word that has to be typed before anything is erased.
const YES: &str = "erase";

#[derive(Serialize)]
struct MergeReport {
    new: usize,
    known: usize,
    erased: usize,
    newer: usize,
    damaged: usize,
}

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

/// Merges another journal into this one.
pub(super) fn merge(from: &Path, shared: &Shared, output: Output) -> Result<(), CliError> {
    let mut opened = opened(shared)?;
    let merged = opened.journal.merge(&mut opened.ledger, from)?;
    report_merge(merged, output)
}

/// The commands about the journal's health.
pub(super) fn upkeep(command: &JournalCommand, shared: &Shared, output: Output) -> Result<(), CliError> {
    let mut opened = opened(shared)?;
    match command {
        JournalCommand::Verify => verify(&mut opened.journal, shared, output),
        JournalCommand::Repair => {
            let backup = opened.journal.repair(&mut opened.ledger)?;
            let backup = backup.map(|path| shown(&path));
            output.write(&backup, |backup| match backup {
                Some(backup) => format!("Repaired. The damaged state is saved in {backup}"),
                None => "Nothing to repair.".to_owned(),
            })
        }
        JournalCommand::Backup => {
            let backup = opened.journal.back_up()?.map(|path| shown(&path));
            output.write(&backup, |backup| backup.clone().unwrap_or_else(|| "Nothing to back up.".to_owned()))
        }
        JournalCommand::Restore { backup: Some(backup) } => {
            let merged = opened.journal.restore(&mut opened.ledger, backup)?;
            report_merge(merged, output)
        }
        JournalCommand::Restore { backup: None } => {
            let backups: Vec<String> = opened.journal.backups()?.iter().map(|path| shown(path)).collect();
            output.write(&backups, |backups| {
                if backups.is_empty() { "There is no backup yet.".to_owned() } else { backups.join("\n") }
            })
        }
    }
}

/// Lists every file that was ever written.
pub(super) fn whereabouts(shared: &Shared, output: Output) -> Result<(), CliError> {
    let folder = places::data_folder(shared).map_err(CliError::NothingKept)?;
    // Asking for the folder must not create it.
    let files = if folder.is_dir() { opened(shared)?.journal.whereabouts()? } else { Vec::new() };
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
        (Some(day), _) => EraseScope::Before(day),
        (None, true) => EraseScope::Words,
        (None, false) => EraseScope::All,
    };
    let mut opened = opened(shared)?;
    let count = opened.journal.count_erasable(&mut opened.ledger, what)?;
    if count == 0 && !opened.journal.has_unsaved() {
        return output.write(&0, |_| "There is nothing to erase.".to_owned());
    }
    if !arguments.yes && !confirmed(count, what)? {
        return Err(CliError::Refused);
    }
    let erased = opened.journal.erase(&mut opened.ledger, what)?;
    let is_everywhere = erased.remaining.is_empty();
    output.write(&erased.records, |records| {
        let records = counted(*records, "record");
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
fn confirmed(count: usize, what: EraseScope) -> Result<bool, CliError> {
    if !io::stdin().is_terminal() {
        return Err(CliError::NobodyToAsk);
    }
    let what = match what {
        EraseScope::All => "Everything".to_owned(),
        EraseScope::Notes => "Every note".to_owned(),
        EraseScope::Words => {
            "All your own words (notes, answers about weeks, plans, and the texts of your own\n\
                        items; their marks stay)"
                .to_owned()
        }
        EraseScope::Before(day) => format!("Everything about days before {day}"),
    };
    let question = format!(
        "{what} will be erased for good from this journal and its backups: {}.\n\
         Other devices that share the folder erase it when they next open it.\n\
         Not reached: copies that you or a backup program made elsewhere, the history of a\n\
         file-sync service, what a disk may still hold, and your shell's history.\n\
         Type the word {YES} and press Enter; anything else erases nothing: ",
        counted(count, "record")
    );
    let mut out = io::stderr().lock();
    out.write_all(question.as_bytes()).and_then(|()| out.flush()).map_err(CliError::Output)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(CliError::Output)?;
    Ok(answer.trim() == YES)
}

fn verify(journal: &mut Journal, shared: &Shared, output: Output) -> Result<(), CliError> {
    let folder = places::data_folder(shared).map_err(CliError::NothingKept)?;
    let logs = journal
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
    output.write(&VerifyReport { folder: shown(&folder), logs }, |report| {
        if report.logs.is_empty() {
            return "There is no log yet.".to_owned();
        }
        report.logs.iter().map(plain_log).collect::<Vec<_>>().join("\n")
    })
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

fn report_merge(merged: crate::journal::Merged, output: Output) -> Result<(), CliError> {
    let report = MergeReport {
        new: merged.new,
        known: merged.known,
        erased: merged.erased,
        newer: merged.newer,
        damaged: merged.damaged,
    };
    output.write(&report, |report| {
        let mut parts = vec![format!("{} new, {} known already", report.new, report.known)];
        let more = [
            (report.erased, "skipped because they were erased here"),
            (report.newer, "skipped because a newer version wrote them"),
            (report.damaged, "damaged and skipped"),
        ];
        parts
            .extend(more.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}")));
        format!("{}.", parts.join(", "))
    })
}

/// Opens the journal, for commands that are useless without one.
pub(super) fn opened(shared: &Shared) -> Result<Opened, CliError> {
    if shared.no_save {
        return Err(CliError::Journal(JournalError::NothingKept));
    }
    let folder = places::data_folder(shared).map_err(CliError::NothingKept)?;
    let mut opened = Journal::open(&folder)?;
    opened.journal.be_patient();
    for notice in &opened.notices {
        complain(notice);
    }
    Ok(opened)
}

fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}
