//! What `book.toml` says that matters to a reader.
//!
//! Owns the names of the settings and their defaults, which are those of mdBook 0.5. A setting that
//! is not of its type counts as missing: a book can be read without any.

use crate::course::Folder;
use crate::library::hidden_lines::Prefixes;
use crate::text::clean::clean_line;
use crate::text::flavour::{BookExtension, BookExtensions};
use toml::{Table, Value};

/// The file by which a folder is recognized as a book.
pub(super) const BOOK: &str = "book.toml";

/// The most bytes of the file; a larger one is not read.
const MAX_BYTES: u64 = 4 << 20;

/// The settings of a book.
#[derive(Debug)]
pub(super) struct BookSettings {
    /// Its title, cleaned.
    pub(super) title: Option<String>,
    /// What it is, cleaned.
    pub(super) description: Option<String>,
    /// Its language, cleaned.
    pub(super) language: Option<String>,
    /// The folder of its sources, from its own.
    pub(super) source: String,
    /// The extensions of Markdown that it is written with.
    pub(super) extensions: BookExtensions,
    /// What hidden lines of code begin with.
    pub(super) hidden_lines: Prefixes,
}

/// Reads the settings of the book in a folder. It can be read without them: if the file is faulty, a
/// notice says so and the defaults apply.
pub(super) fn read(folder: &Folder, notices: &mut Vec<String>) -> BookSettings {
    // Without this file it was opened with --as book.
    let text = folder.read(BOOK, MAX_BYTES).unwrap_or_default();
    let table = text.trim_start_matches('\u{feff}').parse::<Table>().unwrap_or_else(|error| {
        let why = error.message().lines().next().unwrap_or_default();
        notices.push(clean_line(&format!("book.toml cannot be read: {why}")));
        Table::new()
    });
    let text = |name: &str| {
        let text = setting(&table, &["book", name]).and_then(Value::as_str).map(clean_line);
        text.filter(|text| !text.is_empty())
    };
    let source = setting(&table, &["book", "src"]).and_then(Value::as_str).unwrap_or("src").to_owned();
    let prefixes = setting(&table, &["output", "html", "code", "hidelines"]).and_then(Value::as_table);
    BookSettings {
        title: text("title"),
        description: text("description"),
        language: text("language"),
        source,
        extensions: extensions(&table),
        hidden_lines: prefixes
            .into_iter()
            .flatten()
            .filter_map(|(language, prefix)| Some((language.clone(), prefix.as_str()?.to_owned())))
            .collect(),
    }
}

fn extensions(table: &Table) -> BookExtensions {
    let is_off = |name: &str| setting(table, &["output", "html", name]) == Some(&Value::Boolean(false));
    [
        ("smart-punctuation", BookExtension::SmartPunctuation),
        ("definition-lists", BookExtension::DefinitionLists),
        ("admonitions", BookExtension::Admonitions),
    ]
    .into_iter()
    .filter(|(name, _)| is_off(name))
    .fold(BookExtensions::default(), |extensions, (_, extension)| extensions.without(extension))
}

/// Finds a setting by the names of the tables around it and its own.
fn setting<'a>(table: &'a Table, names: &[&str]) -> Option<&'a Value> {
    let (name, tables) = names.split_last()?;
    let table = tables.iter().try_fold(table, |table, name| table.get(*name)?.as_table())?;
    table.get(*name)
}
