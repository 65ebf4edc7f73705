//! `check` and `new`: the commands for authors of courses.
//!
//! Owns which course is checked and how the findings are printed. Must not know the rules.

use crate::cli::arguments::Shared;
use crate::cli::error::CliError;
use crate::cli::output::{Output, complain};
use crate::cli::places;
use crate::cli::words::counted;
use crate::course::{Fault, NewCourse, built_in_ids, check, check_built_in, create};
use crate::library::{LibraryKind, LibraryOrigin, courses_below};
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
    id: String,
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
            Self::Folder(folder) => {
                Ok(check(folder).into_iter().map(|fault| naming_courses(fault, folder)).collect())
            }
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

/// A fault, which where it is that there is no course names those in the folders below.
fn naming_courses(fault: Fault, folder: &Path) -> Fault {
    let courses =
        if fault.file == MANIFEST && fault.line.is_none() { courses_below(folder) } else { Vec::new() };
    if courses.is_empty() {
        return fault;
    }
    let names: Vec<String> =
        courses.iter().take(5).map(|path| format!("`{}`", clean_line(&path.display().to_string()))).collect();
    Fault { remedy: format!("name the folder of a course: {}", names.join(", ")), ..fault }
}

fn named_course(named: &Path) -> Checked {
    let built_in = named.to_str().filter(|name| built_in_ids().any(|id| id == *name));
    if let Some(id) = built_in.filter(|_| !named.is_dir()) {
        return Checked::BuiltIn(id.to_owned());
    }
    if named.file_name().is_some_and(|name| name == MANIFEST) && named.is_file() {
        let folder = named.parent().filter(|folder| !folder.as_os_str().is_empty());
        return Checked::Folder(folder.unwrap_or(Path::new(".")).to_owned());
    }
    match courses_below(named).as_slice() {
        [only] => Checked::Folder(only.clone()),
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
pub(super) fn course_around(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(MANIFEST).is_file()).map(Path::to_owned)
}

/// A path as it is typed in a shell: in quotes where it has more than plain characters.
pub(super) fn for_a_shell(path: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-".contains(character);
    match path.strip_prefix('-') {
        Some(_) => for_a_shell(&format!("./{path}")),
        None if path.chars().all(is_plain) => path.to_owned(),
        None => format!("'{}'", path.replace('\'', "'\\''")),
    }
}

/// Creates a small course to start from.
pub(super) fn new_course(folder: &Path, output: Output) -> Result<(), CliError> {
    let NewCourse { files, id } = create(folder)?;
    let files = files.iter().map(|path| clean_line(&path.display().to_string())).collect();
    let created = Created { files, id };
    output.write(&created, |created| created.files.join("\n"))?;
    let folder = for_a_shell(&clean_line(&folder.display().to_string()));
    complain(&format!(
        "Created. `sidelight {folder}` opens it, `sidelight check {folder}` checks it. Its id is `{}`: your \
         readers' marks belong to it, so change it now or never.",
        created.id
    ));
    Ok(())
}
