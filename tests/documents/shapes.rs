//! The README's table of what the commands print as JSON, held against what they print.

use crate::root;
use clap::CommandFactory;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use sidelight::cli::arguments::Arguments;
use std::path::Path;
use std::process::{Command, Stdio};

/// A row of the table: the commands, and what they print.
struct Row {
    commands: Vec<String>,
    shapes: Vec<Shape>,
    /// The text of the second cell, for what has no shape.
    printed: String,
}

/// What a value must be.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    /// Anything.
    Any,
    /// An object with these keys and no others.
    Object(Vec<(String, Shape)>),
    /// A list of such values.
    List(Box<Shape>),
    /// One of these.
    OneOf(Vec<Value>),
}

/// Reads a shape as the table writes it.
struct Notation<'a> {
    rest: &'a str,
}

impl Notation<'_> {
    fn takes(&mut self, text: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn shape(&mut self) -> Shape {
        if self.takes("{") {
            let mut keys = Vec::new();
            while !self.takes("}") {
                let key = self.word();
                let shape = if self.takes(":") { self.shape() } else { Shape::Any };
                keys.push((key.trim_matches('"').to_owned(), shape));
                self.takes(",");
            }
            return Shape::Object(keys);
        }
        if self.takes("[") {
            let shape = self.shape();
            assert!(self.takes("]"), "a list that does not end before {:?}", self.rest);
            return Shape::List(Box::new(shape));
        }
        let word = self.word();
        let values: Option<Vec<Value>> =
            word.split('|').map(|value| serde_json::from_str(value).ok()).collect();
        values.map_or(Shape::Any, Shape::OneOf)
    }

    fn word(&mut self) -> String {
        let rest = self.rest.trim_start();
        let end = rest.find([',', ':', ']', '}']).unwrap_or(rest.len());
        assert!(end > 0, "nothing before {rest:?}");
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        word.trim().to_owned()
    }
}

impl Shape {
    fn of(text: &str) -> Self {
        Notation { rest: text }.shape()
    }

    /// What is wrong with a value; nothing if it has this shape.
    fn faults(&self, value: &Value, path: &str) -> Vec<String> {
        match (self, value) {
            (Self::Object(keys), Value::Object(object)) => {
                let unknown = object.keys().filter(|key| keys.iter().all(|(name, _)| name != *key));
                let unknown = unknown.map(|key| format!("{path}.{key} is not in the table"));
                let known = keys.iter().flat_map(|(key, shape)| {
                    let path = format!("{path}.{key}");
                    object.get(key).map_or_else(
                        || vec![format!("{path} is not printed")],
                        |value| shape.faults(value, &path),
                    )
                });
                unknown.chain(known).collect()
            }
            (Self::List(_), Value::Array(list)) if list.is_empty() => {
                vec![format!("{path} is empty, so that nothing in it is tried")]
            }
            (Self::List(shape), Value::Array(list)) => {
                list.iter().flat_map(|value| shape.faults(value, &format!("{path}[]"))).collect()
            }
            (Self::OneOf(values), value) if values.contains(value) => Vec::new(),
            (Self::Any, _) => Vec::new(),
            (shape, value) => vec![format!("{path} is {value}, not {shape:?}")],
        }
    }
}

/// The table in the README.
fn table() -> Vec<Row> {
    let text = std::fs::read_to_string(root("README.md")).unwrap();
    let (_, section) = text.split_once("## For scripts").unwrap();
    let mut rows = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    for event in Parser::new_ext(section, Options::ENABLE_TABLES) {
        match (event, cells.last_mut()) {
            (Event::Start(Tag::TableCell), _) => cells.push(Cell::default()),
            (Event::Code(code), Some(cell)) => cell.codes.push(code.to_string()),
            (Event::Text(text), Some(cell)) => cell.prose.push_str(&text),
            (Event::End(TagEnd::TableHead), _) => cells.clear(),
            (Event::End(TagEnd::TableRow), _) => rows.push(Row::of(std::mem::take(&mut cells))),
            (Event::End(TagEnd::Table), _) => break,
            _ => {}
        }
    }
    rows
}

/// A cell: what stands in it as code, and as text.
#[derive(Default)]
struct Cell {
    codes: Vec<String>,
    prose: String,
}

impl Row {
    fn of(cells: Vec<Cell>) -> Self {
        let [commands, printed] = <[Cell; 2]>::try_from(cells).unwrap_or_else(|_| panic!("not two cells"));
        let is_shape = |code: &&String| code.starts_with(['{', '[']);
        let shapes = printed.codes.iter().filter(is_shape).map(|code| Shape::of(code)).collect();
        Self { commands: commands.codes, shapes, printed: printed.prose }
    }
}

/// The words of a command before what it is given: `sidelight mark ITEM kept` is `mark`.
fn name(command: &str) -> String {
    let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase());
    command.split_whitespace().skip(1).take_while(is_word).collect::<Vec<_>>().join(" ")
}

/// A command as a script would run it, in a folder that is its home.
fn command(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
    command
        .args(arguments)
        .current_dir(home)
        .stdin(Stdio::null())
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SIDELIGHT_TODAY", "2026-11-22");
    command
}

/// What a command prints as JSON.
fn printed(home: &Path, arguments: &[&str]) -> Value {
    let output = command(home, arguments).arg("--json").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!("{arguments:?}: {error}: {text}{}", String::from_utf8_lossy(&output.stderr))
    })
}

/// The folder of a reader with a bit of everything, so that no list in the output is empty.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    printed(home.path(), &["mark", "no-begging", "kept"]);
    printed(home.path(), &["export", "--output", "there.json"]);
    let text = std::fs::read_to_string(home.path().join("there.json")).unwrap();
    assert!(text.contains("kept"), "{text}");
    write("there.json", &text.replace("kept", "slipped"));
    std::fs::create_dir(home.path().join("faulty")).unwrap();
    write("faulty/course.json", "{}");
    // Read to its end, so that it is known and can be moved.
    write("note.md", "# A note\n");
    write("moved.md", "# A note\n");
    write("keys", "\n\n");
    let keys = std::fs::File::open(home.path().join("keys")).unwrap();
    let read = command(home.path(), &["--linear", "note.md"]).stdin(keys).output().unwrap();
    assert!(read.status.success(), "{read:?}");
    // A lesson with a question, read the day before.
    write("keys", "read 6\n\n\n\n\n");
    let keys = std::fs::File::open(home.path().join("keys")).unwrap();
    let mut linear = command(home.path(), &["--linear", "--course", "tour"]);
    let read = linear.env("SIDELIGHT_TODAY", "2026-11-21").stdin(keys).output().unwrap();
    assert!(read.status.success(), "{read:?}");
    printed(home.path(), &["mark", "no-love-test", "kept", "--data-dir", "other"]);
    std::fs::create_dir_all(home.path().join(".config/sidelight")).unwrap();
    write(
        ".config/sidelight/config.toml",
        "them = 'dark'\n[styles]\nlink = 'bold'\n[keys.reading]\nnext-lesson = 'z'\n",
    );
    home
}

/// Each command as a script would call it, and which of its row's shapes it prints.
const CALLS: &[(&str, &[&str], usize)] = &[
    ("lessons", &["lessons"], 0),
    ("read", &["read", "start-here"], 0),
    ("search", &["search", "begging"], 0),
    ("items", &["items", "--day", "2026-11-22"], 0),
    ("today", &["today"], 0),
    ("mark", &["mark", "no-begging", "na"], 0),
    ("ask", &["ask", "--course", "tour"], 0),
    ("ask", &["ask", "--off", "--course", "tour"], 1),
    ("export", &["export"], 0),
    ("export", &["export", "--output", "here.json"], 1),
    ("import", &["import", "there.json"], 0),
    ("report", &["report"], 0),
    ("courses", &["courses"], 0),
    ("moved", &["moved", "note.md", "moved.md"], 0),
    ("courses", &["courses", "--leave-off", "moved.md"], 1),
    ("", &["note.md"], 0),
    ("check", &["check", "faulty"], 0),
    ("new", &["new", "my-course"], 0),
    ("config", &["config"], 0),
    ("merge", &["merge", "other"], 0),
    ("journal verify", &["journal", "verify"], 0),
    ("journal backup", &["journal", "backup"], 0),
    ("journal repair", &["journal", "repair"], 0),
    ("journal restore", &["journal", "restore"], 0),
    ("where", &["where"], 0),
    ("doctor", &["doctor"], 0),
    ("completions", &["completions", "bash"], 0),
    ("manual", &["manual", "pages"], 0),
    ("erase", &["erase", "--yes"], 0),
];

/// What a call must print: the shape in its row, or what its row says in words.
fn expected(table: &[Row], command: &str, index: usize) -> Shape {
    let is_of = |row: &&Row| row.commands.iter().any(|other| name(other) == command);
    let row = table.iter().find(is_of).unwrap_or_else(|| panic!("the table has no row for `{command}`"));
    if let Some(shape) = row.shapes.get(index) {
        return shape.clone();
    }
    match row.printed.as_str() {
        prose if prose.contains("the item") => item(table),
        prose => panic!("`{command}` prints {prose:?}, which says nothing of its shape"),
    }
}

/// An item, as `items` prints it.
fn item(table: &[Row]) -> Shape {
    let Shape::Object(keys) = expected(table, "items", 0) else { panic!("`items` prints no object") };
    let items = keys.into_iter().find(|(key, _)| key == "items");
    let Some((_, Shape::List(item))) = items else { panic!("`items` prints no list of items") };
    *item
}

#[test]
fn every_command_prints_the_json_that_the_table_promises() {
    let table = table();
    for command in table.iter().flat_map(|row| &row.commands) {
        let is_tried = CALLS.iter().any(|(other, ..)| *other == name(command));
        assert!(is_tried, "no call of `{command}` is tried");
    }
    let home = home();
    let mut faults = Vec::new();
    for (command, arguments, index) in CALLS {
        faults.extend(expected(&table, command, *index).faults(&printed(home.path(), arguments), command));
    }
    assert!(faults.is_empty(), "README.md, For scripts:\n{}", faults.join("\n"));
}

#[test]
fn every_command_is_in_the_table() {
    let table = table();
    let mut waiting = vec![(String::new(), Arguments::command())];
    while let Some((before, command)) = waiting.pop() {
        for command in command.get_subcommands() {
            let name = format!("{before}{}", command.get_name());
            if command.has_subcommands() {
                waiting.push((format!("{name} "), command.clone()));
            } else {
                expected(&table, &name, 0);
            }
        }
    }
}

#[test]
fn what_is_not_of_a_shape_is_told() {
    let shape = Shape::of(r#"{"a", "b": [{"c": "x"|null}], "d": [what it says]}"#);
    let faults = |text: &str| shape.faults(&serde_json::from_str(text).unwrap(), "it").len();
    assert_eq!(faults(r#"{"a": 1, "b": [{"c": "x"}, {"c": null}], "d": ["e"]}"#), 0);
    for text in [
        r#"{"b": [{"c": "x"}], "d": ["e"]}"#,
        r#"{"a": 1, "b": [{"c": "x"}], "d": ["e"], "f": 2}"#,
        r#"{"a": 1, "b": [{"c": "y"}], "d": ["e"]}"#,
        r#"{"a": 1, "b": [], "d": ["e"]}"#,
        r#"{"a": 1, "b": [{"c": "x"}], "d": "e"}"#,
    ] {
        assert_eq!(faults(text), 1, "{text}");
    }
}
