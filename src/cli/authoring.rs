//! `check` and `new`: the commands for authors of courses.
//!
//! Owns which course is checked and how the findings are printed. Must not know the rules.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, complain};
use crate::cli::places;
use crate::cli::words::counted;
use crate::course::{Fault, built_in_ids, check, check_built_in, create};
use crate::library::{LibraryKind, LibraryOrigin};
use crate::text::clean::clean_line;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The file that makes a folder a course.
const MANIFEST: &str = "course.json";

#[derive(Serialize)]
struct Findings<'a> {
    checked: &'a [String],
    errors: usize,
    warnings: usize,
    faults: &'a [Fault],
}

#[derive(Serialize)]
struct Created {
    files: Vec<String>,
}

/// A course to be checked.
#[derive(Debug, PartialEq, Eq)]
enum Checked {
    /// The built-in one of this name.
    BuiltIn(String),
    /// The one in this folder.
    Folder(PathBuf),
}

impl Checked {
    fn faults(&self) -> Result<Vec<Fault>, CliError> {
        match self {
            Self::BuiltIn(id) => Ok(check_built_in(id)?),
            Self::Folder(folder) => Ok(check(folder)),
        }
    }

    /// What it is called in the findings.
    fn name(&self) -> String {
        match self {
            Self::BuiltIn(id) => id.clone(),
            Self::Folder(folder) => clean_line(&folder.display().to_string()),
        }
    }
}

/// Checks the course that is named, else the one whose folder this is, else what was read last;
/// where that is no course, every built-in one. Fails if there is an error.
pub(super) fn check_course(
    named: Option<&Path>,
    shared: &Shared,
    output: Output,
) -> Result<ExitCode, CliError> {
    let checked = match named {
        Some(named) => vec![named_course(named)],
        None => unnamed_courses(shared),
    };
    let mut faults = Vec::new();
    for course in &checked {
        faults.extend(course.faults()?);
    }
    let checked: Vec<String> = checked.iter().map(Checked::name).collect();
    let errors = faults.iter().filter(|fault| fault.is_error()).count();
    let findings = Findings { checked: &checked, errors, warnings: faults.len() - errors, faults: &faults };
    output.write(&findings, |findings| {
        let mut lines: Vec<String> = findings.faults.iter().map(Fault::to_string).collect();
        let found = match (findings.errors, findings.warnings) {
            (0, 0) => "no problems".to_owned(),
            (errors, warnings) => {
                format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))
            }
        };
        lines.push(format!("Checked {}: {found}.", findings.checked.join(" and ")));
        lines.join("\n")
    })?;
    Ok(if errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn named_course(named: &Path) -> Checked {
    let built_in = named.to_str().filter(|name| built_in_ids().any(|id| id == *name));
    match built_in {
        Some(id) if !named.is_dir() => Checked::BuiltIn(id.to_owned()),
        _ => Checked::Folder(named.to_owned()),
    }
}

fn unnamed_courses(shared: &Shared) -> Vec<Checked> {
    if let Some(folder) = std::env::current_dir().ok().and_then(|folder| course_around(&folder)) {
        return vec![Checked::Folder(folder)];
    }
    match last_read(shared) {
        Some(LibraryOrigin::Path { path, kind: LibraryKind::Course, .. }) => vec![Checked::Folder(path)],
        Some(LibraryOrigin::BuiltIn(id)) => vec![Checked::BuiltIn(id)],
        Some(LibraryOrigin::Path { .. }) | None => {
            built_in_ids().map(|id| Checked::BuiltIn(id.to_owned())).collect()
        }
    }
}

/// What was read last. Asking for it must not create the folder of the journal.
fn last_read(shared: &Shared) -> Option<LibraryOrigin> {
    places::data_folder(shared).ok().filter(|folder| folder.is_dir())?;
    let recent = places::journal(shared).0.journal.recent();
    recent.read().first().map(|last| last.origin.clone())
}

/// The nearest folder above this one, or this one itself, that is a course.
fn course_around(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(MANIFEST).is_file()).map(Path::to_owned)
}

/// Creates a small course to start from.
pub(super) fn new_course(folder: &Path, output: Output) -> Result<(), CliError> {
    let files = create(folder)?.iter().map(|path| clean_line(&path.display().to_string())).collect();
    output.write(&Created { files }, |created| created.files.join("\n"))?;
    let folder = clean_line(&folder.display().to_string());
    complain(&format!("Created. `sidelight {folder}` opens it, `sidelight check {folder}` checks it"));
    Ok(())
}
