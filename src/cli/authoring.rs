//! `check` and `new`: the commands for authors of courses.
//!
//! Owns how the findings are printed. Must not know the rules.

use crate::cli::error::CliError;
use crate::cli::output::{Output, complain};
use crate::cli::words::counted;
use crate::course::{Fault, built_in_ids, check, check_built_in, create};
use crate::text::clean::clean_line;
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;

#[derive(Serialize)]
struct Findings<'a> {
    errors: usize,
    warnings: usize,
    faults: &'a [Fault],
}

#[derive(Serialize)]
struct Created {
    files: Vec<String>,
}

/// Checks a folder, else every built-in course. Fails if there is an error.
pub(super) fn check_course(folder: Option<&Path>, output: Output) -> Result<ExitCode, CliError> {
    let faults = if let Some(folder) = folder {
        check(folder)
    } else {
        let checked: Result<Vec<_>, _> = built_in_ids().map(check_built_in).collect();
        checked?.into_iter().flatten().collect()
    };
    let errors = faults.iter().filter(|fault| fault.is_error()).count();
    let findings = Findings { errors, warnings: faults.len() - errors, faults: &faults };
    output.write(&findings, |findings| {
        let mut lines: Vec<String> = findings.faults.iter().map(Fault::to_string).collect();
        lines.push(match (findings.errors, findings.warnings) {
            (0, 0) => "No problems.".to_owned(),
            (errors, warnings) => {
                format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))
            }
        });
        lines.join("\n")
    })?;
    Ok(if errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Creates a small course to start from.
pub(super) fn new_course(folder: &Path, output: Output) -> Result<(), CliError> {
    let files = create(folder)?.iter().map(|path| clean_line(&path.display().to_string())).collect();
    output.write(&Created { files }, |created| created.files.join("\n"))?;
    let folder = clean_line(&folder.display().to_string());
    complain(&format!("Created. `sidelight {folder}` opens it, `sidelight check {folder}` checks it"));
    Ok(())
}
