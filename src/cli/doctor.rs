//! `doctor`: looks at what the program depends on, and says what is not as it should be and how
//! to mend it.
//!
//! Owns the report. It goes into bug reports, so no path, no id and no word of the reader is in
//! it: a folder is the usual one or another, and what is wrong in a file is only counted. Must
//! not change anything.

mod check;
mod storage;
mod surroundings;

use crate::cli::arguments::Shared;
use crate::cli::config::Config;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::words::counted;
use check::{Check, CheckState};
use serde::Serialize;
use std::process::ExitCode;
use textwrap::Options;

/// The columns of the report.
const WIDTH: usize = 80;
/// Those of the state and of what it is about.
const BEFORE: usize = 21;

#[derive(Serialize)]
struct Examination {
    version: &'static str,
    system: String,
    checks: Vec<Check>,
}

/// Prints the report. Fails if something is wrong.
pub(super) fn examine(shared: &Shared, output: Output) -> Result<ExitCode, CliError> {
    let config = Config::read(shared);
    let mut applied = shared.clone();
    config.apply_to(&mut applied);
    let mut checks = surroundings::checks(&applied, |name| std::env::var(name).ok());
    checks.push(storage::settings(&config, shared));
    checks.extend(storage::checks(shared));
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let examination = Examination { version: env!("CARGO_PKG_VERSION"), system, checks };
    output.write(&examination, plain)?;
    let is_wrong = examination.checks.iter().any(|check| check.state == CheckState::Wrong);
    Ok(if is_wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn plain(examination: &Examination) -> String {
    let mut lines =
        vec![format!("sidelight {} on {}", examination.version, examination.system), String::new()];
    let behind = " ".repeat(BEFORE);
    for Check { about, state, found, remedy } in &examination.checks {
        let before = format!("{:6}{about:15}", state.word());
        lines.push(textwrap::fill(
            found,
            Options::new(WIDTH).initial_indent(&before).subsequent_indent(&behind),
        ));
        if let Some(remedy) = remedy {
            let (before, behind) = (format!("{behind}-> "), format!("{behind}   "));
            let options = Options::new(WIDTH).initial_indent(&before).subsequent_indent(&behind);
            lines.push(textwrap::fill(remedy, options));
        }
    }
    lines.push(String::new());
    lines.push(match examination.checks.iter().filter(|check| check.state == CheckState::Wrong).count() {
        0 => "Nothing is wrong.".to_owned(),
        count => format!("{} to mend.", counted(count, "thing")),
    });
    lines.join("\n")
}
