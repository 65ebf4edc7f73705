//! `manual`: the manual pages, one for the program and one for each command.
//!
//! Owns what a page has beyond the definitions of the command line: files, variables, exit
//! codes, and which page leads where. All else is made of what the help is made of.

use crate::cli::arguments::Arguments;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::text::clean::clean_line;
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};
use serde::Serialize;
use std::io;
use std::path::Path;

/// The part of the manual in which commands are.
const PART: &str = "1";
/// The name of the manual, at the top of each page.
const MANUAL: &str = "Sidelight Manual";
/// The program and its version, at the foot of each page.
const SOURCE: &str = concat!("sidelight ", env!("CARGO_PKG_VERSION"));

/// What stands before the example in the help.
const EXAMPLE: &str = "Example: ";

/// The files, and what each is for.
const FILES: &[(&str, &str)] = &[
    (
        "$XDG_DATA_HOME/sidelight",
        "Marks, notes and plans, readable by you alone; usually ~/.local/share/sidelight. \
         `sidelight where` lists every file in it.",
    ),
    (
        "$XDG_CONFIG_HOME/sidelight/config.toml",
        "The settings, usually ~/.config/sidelight/config.toml. The program reads it and never \
         writes it.",
    ),
];

/// The variables that no option stands for, and what each does.
const VARIABLES: &[(&str, &str)] = &[
    ("VISUAL, EDITOR", "The editor that opens for a note."),
    ("NO_COLOR", "If it is set and not empty, no colours are used unless a theme is named."),
    ("TERM", "If it is dumb, empty or not set, lines are used instead of the screen."),
    ("FORCE_HYPERLINK", "1 lets the terminal open links (OSC 8), 0 does not; otherwise known terminals do."),
    (
        "LC_ALL, LC_CTYPE, LC_TIME, LANG",
        "The locale: the characters that the terminal is sent, and the day on which a week begins.",
    ),
    ("TZ", "The time zone in which days are counted."),
    ("SIDELIGHT_TODAY", "A day such as 2026-11-22 that is taken for today, for scripts and tests."),
];

/// The exit codes.
const CODES: &[(&str, &str)] = &[
    ("0", "Done."),
    ("1", "It failed; standard error says why and what to do."),
    ("2", "It was used wrongly."),
    ("128 and more", "A signal ended it; the number is that of the signal, plus 128."),
];

#[derive(Serialize)]
struct Written {
    files: Vec<String>,
}

/// Writes all pages into a folder, in place of those that are there.
pub(super) fn write(folder: &Path, output: Output) -> Result<(), CliError> {
    let wrong = |path: &Path| {
        let path = path.to_owned();
        |source| CliError::File { path, source }
    };
    std::fs::create_dir_all(folder).map_err(wrong(folder))?;
    let mut files = Vec::new();
    for (name, page) in pages().map_err(CliError::Output)? {
        let path = folder.join(name);
        std::fs::write(&path, page).map_err(wrong(&path))?;
        files.push(clean_line(&path.display().to_string()));
    }
    output.write(&Written { files }, |written| written.files.join("\n"))
}

/// Every page with the name of its file.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    let mut waiting = vec![program];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands().filter(|command| !command.is_hide_set()).cloned());
        pages.push((man(command.clone()).get_filename(), page(&command)?));
    }
    pages.sort();
    Ok(pages)
}

/// The page of a command. What applies to every command is explained on the page of the program.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let is_program = name == command.get_name();
    let is_shared = |argument: &Arg| argument.is_global_set() && !is_program;
    let arguments = only(command, clap::Arg::is_positional);
    let options = only(command, |argument| !argument.is_positional() && !is_shared(argument));
    let man = man(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(command).to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    if command.get_positionals().next().is_some() {
        Man::new(arguments.mut_args(|argument| argument.help_heading("ARGUMENTS")))
            .render_options_section(&mut page)?;
    }
    Man::new(options).render_options_section(&mut page)?;
    let shared: Vec<&str> =
        command.get_arguments().filter(|argument| is_shared(argument)).filter_map(Arg::get_long).collect();
    shared_options(&shared).to_writer(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if is_program {
        table("FILES", FILES).to_writer(&mut page)?;
        table("ENVIRONMENT", VARIABLES).to_writer(&mut page)?;
        table("EXIT STATUS", CODES).to_writer(&mut page)?;
    }
    example(command).to_writer(&mut page)?;
    see_also(&name, is_program).to_writer(&mut page)?;
    Ok(page)
}

fn man(command: Command) -> Man {
    // An empty date would be left out, and what follows would take its place.
    Man::new(command).section(PART).date(" ").source(SOURCE).manual(MANUAL)
}

/// The command with those of its arguments alone that are wanted.
fn only(command: &Command, is_wanted: impl Fn(&Arg) -> bool) -> Command {
    command.clone().mut_args(|argument| {
        let is_hidden = argument.is_hide_set() || !is_wanted(&argument);
        argument.hide(is_hidden)
    })
}

/// The names of the options that every command has.
fn shared_options(names: &[&str]) -> Roff {
    let mut roff = Roff::new();
    let Some((last, others)) = names.split_last() else { return roff };
    let mut line = vec![roman("As with every command: ")];
    for name in others {
        line.extend([bold(format!("--{name}")), roman(", ")]);
    }
    line.extend([bold(format!("--{last}")), roman(". "), bold("sidelight"), roman("(1) explains them.")]);
    roff.control("PP", []).text(line);
    roff
}

/// The way to call a command, in one line, as the help has it.
fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    for line in usage.lines() {
        roff.text([roman(line.trim())]).control("br", []);
    }
    roff
}

fn table(title: &str, rows: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]);
    for (name, meaning) in rows {
        roff.control("TP", []).text([bold(*name)]).text([roman(*meaning)]);
    }
    roff
}

/// The example with which the help ends.
fn example(command: &Command) -> Roff {
    let mut roff = Roff::new();
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    if let Some(example) = help.strip_prefix(EXAMPLE) {
        roff.control("SH", ["EXAMPLE"]).text([bold(example)]);
    }
    roff
}

/// The page of the command above; for the program, where more can be read.
fn see_also(name: &str, is_program: bool) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]);
    if is_program {
        roff.text([
            roman("The keys are in the program: "),
            bold("?"),
            roman(" there, or "),
            bold("sidelight --course tour"),
            roman(". More is at "),
            italic(env!("CARGO_PKG_REPOSITORY")),
            roman("."),
        ]);
    } else {
        let above = name.rsplit_once('-').map_or(name, |(above, _)| above);
        roff.text([bold(above), roman(format!("({PART})"))]);
    }
    roff
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use std::collections::BTreeMap;

    /// A page as plain text: no request, no font, no escape, every blank one space.
    fn plain(page: &[u8]) -> String {
        let text = String::from_utf8(page.to_vec()).unwrap();
        let text: String =
            text.lines().filter(|line| !line.starts_with('.')).flat_map(|line| [line, "\n"]).collect();
        let text = ["\\fR", "\\fB", "\\fI"].iter().fold(text, |text, font| text.replace(font, ""));
        let text = text.replace("\\-", "-").replace("\\*(Aq", "'").replace("\\&", "").replace("\\\\", "\\");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A help text, every blank one space.
    fn words(text: &impl ToString) -> String {
        text.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_command_has_a_page_that_says_all_that_its_help_says() {
        let pages: BTreeMap<String, Vec<u8>> = pages().unwrap().into_iter().collect();
        let mut program = Arguments::command().disable_help_subcommand(true);
        program.build();
        let mut waiting = vec![program];
        let mut asked = 0;
        while let Some(command) = waiting.pop() {
            let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
            let page = plain(pages.get(&format!("{name}.1")).unwrap());
            let about = command.get_long_about().or(command.get_about()).unwrap();
            assert!(page.contains(&words(about)), "{name}: {about}\n{page}");
            let example = command.get_after_help().map(|help| words(help).replace(EXAMPLE, ""));
            assert!(example.is_none_or(|example| page.contains(&example)), "{name}\n{page}");
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                asked += 1;
                let long = argument.get_long().map(|long| format!("--{long}"));
                assert!(long.is_none_or(|long| page.contains(&long)), "{name}: {argument}");
                // The page of the program explains what every command has.
                if argument.is_global_set() && name != "sidelight" {
                    continue;
                }
                let help = words(&argument.get_long_help().or(argument.get_help()).unwrap());
                assert!(page.contains(&help), "{name}: {help}\n{page}");
                let variable = argument.get_env().map(|name| name.to_string_lossy().into_owned());
                assert!(variable.is_none_or(|name| page.contains(&name)), "{name}: {argument}");
            }
            for below in command.get_subcommands() {
                assert!(page.contains(&words(below.get_about().unwrap())), "{name}: {}", below.get_name());
            }
            waiting.extend(command.get_subcommands().cloned());
        }
        assert!(asked > 200, "only {asked} arguments were looked for");
    }
}
