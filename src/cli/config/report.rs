//! `sidelight config`: what holds, and where it comes from.
//!
//! Owns how the settings are shown. Must not decide which of them hold.

use crate::app::DAY_ENDS;
use crate::cli::arguments::{Shared, ThemeArgument, weekday_name};
use crate::cli::config::fault::ConfigFault;
use crate::cli::config::{Config, Set};
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::pictures::PicturesArgument;
use crate::cli::{environment, places};
use crate::reader::Keymap;
use crate::reader::geometry::WIDEST;
use crate::text::clean::clean_line;
use clap::ArgMatches;
use clap::parser::ValueSource;
use serde::Serialize;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Serialize)]
struct Report<'a> {
    file: Option<String>,
    is_there: bool,
    settings: Vec<Setting>,
    styles: Vec<Styled<'a>>,
    keys: Vec<Bound<'a>>,
    faults: &'a [ConfigFault],
}

#[derive(Serialize)]
struct Setting {
    name: &'static str,
    value: String,
    from: String,
}

#[derive(Serialize)]
struct Styled<'a> {
    role: &'static str,
    look: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct Bound<'a> {
    context: &'static str,
    action: &'static str,
    keys: Vec<&'a str>,
    line: usize,
}

/// Prints the settings. Fails if there is a fault in the file.
pub(in crate::cli) fn report(
    shared: &Shared,
    matches: &ArgMatches,
    output: Output,
) -> Result<ExitCode, CliError> {
    let config = Config::read(shared);
    let report = Report {
        file: config.path.as_ref().map(|path| clean_line(&path.display().to_string())),
        is_there: config.is_there,
        settings: settings(&config, shared, matches),
        styles: styles(&config),
        keys: keys(&config),
        faults: &config.faults,
    };
    output.write(&report, |report| plain(report, &config))?;
    Ok(if config.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn plain(report: &Report, config: &Config) -> String {
    let file = report.file.as_deref().unwrap_or("nowhere: there is no home folder");
    let missing = if report.is_there || !report.faults.is_empty() { "" } else { "   (not there)" };
    let mut lines = vec![format!("{file}{missing}"), String::new()];
    lines.extend(report.settings.iter().map(|it| format!("{:12}  {:14}  {}", it.name, it.value, it.from)));
    if !report.styles.is_empty() {
        lines.push(String::new());
    }
    lines.extend(report.styles.iter().map(|it| format!("styles.{}  {}  line {}", it.role, it.look, it.line)));
    if !report.keys.is_empty() {
        lines.push(String::new());
    }
    lines.extend(report.keys.iter().map(|it| {
        let keys = if it.keys.is_empty() { "no key".to_owned() } else { it.keys.join(" ") };
        format!("keys.{}.{}  {keys}  line {}", it.context, it.action, it.line)
    }));
    if !report.faults.is_empty() {
        lines.push(String::new());
    }
    lines.extend(report.faults.iter().map(|fault| fault.in_one_line(&config.file_name())));
    lines.join("\n")
}

fn settings(config: &Config, shared: &Shared, matches: &ArgMatches) -> Vec<Setting> {
    let from = |id: &str, flag: &str, variable: &str, line: Option<usize>| {
        let is_flag = matches.try_contains_id(id).is_ok_and(|is_there| is_there)
            && matches.value_source(id) == Some(ValueSource::CommandLine);
        match line {
            _ if is_flag => flag.to_owned(),
            _ if environment::variable(variable).is_some() => variable.to_owned(),
            Some(line) => format!("the file, line {line}"),
            None => "the default".to_owned(),
        }
    };
    let mut applied = shared.clone();
    config.apply_to(&mut applied);
    let theme = applied.theme.unwrap_or(ThemeArgument::Auto);
    let setting = |name, value, from| Setting { name, value, from };
    vec![
        setting(
            "theme",
            theme.name().to_owned(),
            from("theme", "--theme", environment::THEME, line(config.theme)),
        ),
        setting(
            "pictures",
            applied.pictures.unwrap_or(PicturesArgument::Auto).name(),
            from("pictures", "--pictures", environment::PICTURES, line(config.pictures)),
        ),
        setting(
            "hide_after",
            applied.hide_after.map_or_else(|| "never".to_owned(), in_words),
            from("hide_after", "--hide-after", environment::HIDE_AFTER, line(config.hide_after)),
        ),
        setting(
            "day_ends_at",
            applied.day_ends_at.unwrap_or(DAY_ENDS).to_string(),
            from("day_ends_at", "--day-ends-at", environment::DAY_ENDS_AT, line(config.day_ends_at)),
        ),
        setting(
            "week_begins",
            weekday_name(places::week_begins(&applied)).to_owned(),
            match from("week_begins", "--week-begins", environment::WEEK_BEGINS, line(config.week_begins)) {
                from if applied.week_begins.is_none() => format!("{from}, by your locale"),
                from => from,
            },
        ),
        setting(
            "mouse",
            (!applied.no_mouse.unwrap_or(false)).to_string(),
            from("no_mouse", "--no-mouse", environment::NO_MOUSE, line(config.mouse)),
        ),
        setting(
            "text_width",
            config.text_width().unwrap_or(WIDEST).to_string(),
            from("", "", "", line(config.text_width)),
        ),
        setting("start", config.start().name().to_owned(), from("", "", "", line(config.start))),
    ]
}

fn line<T>(set: Option<Set<T>>) -> Option<usize> {
    set.map(|set| set.line)
}

fn in_words(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds % 3600 == 0 => format!("{}h", seconds / 3600),
        seconds if seconds % 60 == 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    }
}

fn styles(config: &Config) -> Vec<Styled<'_>> {
    config.styled.iter().map(|(role, look, line)| Styled { role, look, line: *line }).collect()
}

fn keys(config: &Config) -> Vec<Bound<'_>> {
    let rows = config.keymap.as_ref().map_or(&[][..], Keymap::rows);
    let row = |(context, action, line): &(_, &'static str, usize)| {
        let row = rows.iter().find(|row| row.context == *context && row.name == *action)?;
        let keys = row.keys.split(' ').filter(|key| !key.is_empty()).collect();
        Some(Bound { context: row.context.name(), action, keys, line: *line })
    };
    config.changed.iter().filter_map(row).collect()
}
