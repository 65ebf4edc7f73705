//! Reads a Jupyter notebook, `.ipynb`, as Markdown.
//!
//! Owns which of its cells are shown, and how: text as it is, code as a listing. What the code put
//! out is not shown.

use crate::course::lesson::PrepareText;
use crate::course::{Folder, path};
use crate::text::LineMap;
use serde::Deserialize;
use std::fmt::Write as _;

/// Prepares the text of a notebook.
#[derive(Debug)]
pub(super) struct Notebook;

/// The parts of a notebook's JSON that are read.
#[derive(Deserialize)]
struct NotebookJson {
    cells: Vec<Cell>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Cell {
    cell_type: String,
    source: Source,
}

/// The text of a cell, as a whole or by lines.
#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Whole(String),
    Lines(Vec<String>),
}

#[derive(Deserialize, Default)]
struct Metadata {
    #[serde(default)]
    language_info: LanguageInfo,
}

#[derive(Deserialize, Default)]
struct LanguageInfo {
    #[serde(default)]
    name: String,
}

/// Returns whether a name is that of a notebook.
pub(super) fn is_notebook(name: &str) -> bool {
    path::extension(name).eq_ignore_ascii_case("ipynb")
}

impl PrepareText for Notebook {
    fn prepare(&self, _: &Folder, name: &str, text: &str) -> (String, LineMap) {
        let text = match serde_json::from_str::<NotebookJson>(text) {
            Ok(notebook) => markdown(&notebook),
            Err(error) => format!("{name} cannot be read as a notebook: {error}"),
        };
        (text, LineMap::Lost)
    }
}

fn markdown(notebook: &NotebookJson) -> String {
    let language = &notebook.metadata.language_info.name;
    let mut shown = String::new();
    for cell in &notebook.cells {
        let text = match &cell.source {
            Source::Whole(text) => text.clone(),
            Source::Lines(lines) => lines.concat(),
        };
        match cell.cell_type.as_str() {
            "markdown" => shown.push_str(&text),
            "code" if !text.trim().is_empty() => {
                let fence = "`".repeat(longest_run_of_backticks(&text).max(2) + 1);
                // Writing to a string cannot fail.
                write!(shown, "{fence}{language}\n{text}\n{fence}").ok();
            }
            _ => continue,
        }
        shown.push_str("\n\n");
    }
    shown
}

fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|part| part != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{NotebookJson, markdown};

    #[test]
    fn text_and_code_are_shown_and_results_are_not() {
        let text = r##"{"cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n", "Text."]},
            {"cell_type": "code", "outputs": [{"text": "42"}], "source": "print('```')"},
            {"cell_type": "raw", "source": "raw"}
        ], "metadata": {"language_info": {"name": "python"}}, "nbformat": 4}"##;
        let notebook: NotebookJson = serde_json::from_str(text).unwrap();
        assert_eq!(markdown(&notebook), "# Title\nText.\n\n````python\nprint('```')\n````\n\n");
    }
}
