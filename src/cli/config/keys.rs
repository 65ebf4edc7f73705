//! The keys of the configuration file: `[keys.reading]` with `next-lesson = "n"`.
//!
//! Owns how a key and its action are named there. Which keys can be granted is decided by
//! [`crate::reader::bindings::rebound()`].

use crate::cli::config::fault::{ConfigFault, short};
use crate::cli::config::text::{Entry, Lines, entries};
use crate::reader::bindings::{bindings, context_named, contexts, rebound};
use crate::reader::keys::rebinding::Wish;
use crate::reader::keys::{Context, Key, Keymap};
use crate::text::clean::clean_line;
use crate::text::columns;
use crossterm::event::KeyCode;
use toml::de::DeValue;

/// The most keys that one action can have.
const MOST: usize = 12;

/// The keymap as the file wants it, and the lines of the rows that differ from the table.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    /// The keymap; none where the table applies.
    pub(super) keymap: Option<Keymap>,
    /// Where, what, and in which line.
    pub(super) changed: Vec<(Context, &'static str, usize)>,
}

/// Reads `[keys]`.
pub(super) fn read(keys: &Entry, lines: &Lines, faults: &mut Vec<ConfigFault>) -> Keys {
    let mut wishes: Vec<(usize, Wish)> = Vec::new();
    let Some(tables) = entries(keys.value, lines) else {
        faults.push(ConfigFault::new(
            keys.line,
            "`keys` has tables in it",
            "write [keys.reading], and actions under it",
        ));
        return Keys::default();
    };
    for table in tables {
        let Some(context) = context_named(table.name) else {
            let known: Vec<&str> = contexts().into_iter().map(Context::name).collect();
            let otherwise = format!("there are {}", known.join(", "));
            faults.push(ConfigFault::unknown(table.line, "context", table.name, known, &otherwise));
            continue;
        };
        let Some(actions) = entries(table.value, lines) else {
            let remedy = format!("write [keys.{}], and actions under it", context.name());
            faults.push(ConfigFault::new(table.line, &format!("`{}` is a context", context.name()), &remedy));
            continue;
        };
        for action in actions {
            match wish(context, &action) {
                Ok(wish) => wishes.push((action.line, wish)),
                Err(fault) => faults.push(fault),
            }
        }
    }
    granted(wishes, faults)
}

fn granted(mut wishes: Vec<(usize, Wish)>, faults: &mut Vec<ConfigFault>) -> Keys {
    wishes.sort_by_key(|(line, _)| *line);
    let (lines, wishes): (Vec<usize>, Vec<Wish>) = wishes.into_iter().unzip();
    let (keymap, refused) = rebound(&wishes);
    let mut changed = Vec::new();
    for (index, (line, wish)) in lines.iter().zip(&wishes).enumerate() {
        match refused.get(&index) {
            Some(trouble) => faults.push(ConfigFault::new(*line, &trouble.problem(), &trouble.remedy())),
            None => changed.push((wish.context, wish.name, *line)),
        }
    }
    Keys { keymap: Some(keymap), changed }
}

fn wish(context: Context, action: &Entry) -> Result<Wish, ConfigFault> {
    let rows = bindings();
    let names = rows.iter().filter(|row| row.context == context).map(|row| row.name);
    let Some(name) = names.clone().find(|name| *name == action.name) else {
        let what = format!("action in `{}` called", context.name());
        let otherwise = "docs/KEYS.md names them all";
        return Err(ConfigFault::unknown(action.line, &what, action.name, names, otherwise));
    };
    let form = || {
        let remedy = "write \"n\", or [\"n\", \"F5\"], or false for no key";
        ConfigFault::new(action.line, &format!("`{name}` is to be a key, a list of keys, or false"), remedy)
    };
    let mut keys = Vec::new();
    match action.value {
        DeValue::Boolean(false) => {}
        DeValue::String(text) => keys.push(key(text, action.line)?),
        DeValue::Array(array) if array.len() <= MOST => {
            for value in array {
                let text = value.get_ref().as_str().ok_or_else(form)?;
                let key = key(text, action.line)?;
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        DeValue::Array(_) => {
            let problem = format!("`{name}` has more than {MOST} keys");
            return Err(ConfigFault::new(action.line, &problem, "leave some out"));
        }
        _ => return Err(form()),
    }
    Ok(Wish { context, name, keys })
}

/// The key of this name, if a terminal can send it and the help can show it.
fn key(text: &str, line: usize) -> Result<Key, ConfigFault> {
    let otherwise = "write one such as n, N, F5, Ctrl-n, Alt-n, PgDn or Space";
    let unknown = || {
        let bare = text.rsplit('-').next().unwrap_or(text);
        let start = text.strip_suffix(bare).unwrap_or_default();
        let known: Vec<String> = Key::names()
            .map(str::to_owned)
            .chain([text, bare].into_iter().filter(|bare| bare.chars().count() == 1).map(str::to_owned))
            .flat_map(|name| {
                let with = |prefix: &str| format!("{prefix}{name}");
                if start.is_empty() { vec![name.clone()] } else { vec![with("Ctrl-"), with("Alt-")] }
            })
            .collect();
        ConfigFault::unknown(line, "key", text, known.iter().map(String::as_str), otherwise)
    };
    let key = Key::parse(text).ok_or_else(unknown)?;
    let refused = |problem: String| Err(ConfigFault::new(line, &problem, "choose another key"));
    let is_bare = matches!(
        key.code,
        KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab | KeyCode::Esc | KeyCode::Backspace
    );
    if is_bare && (key.ctrl || key.alt) {
        return refused(format!("many terminals cannot send `{text}`"));
    }
    let KeyCode::Char(character) = key.code else { return Ok(key) };
    // A space is called Space, and what cannot be seen could not be shown either.
    if text.ends_with(char::is_whitespace) || clean_line(text) != text || columns::width(text) == 0 {
        return Err(ConfigFault::new(
            line,
            &format!("`{}` is no key that can be shown", short(text)),
            otherwise,
        ));
    }
    if !key.ctrl {
        return Ok(key);
    }
    // What terminals send for these is another key.
    let other = match character.to_ascii_lowercase() {
        'i' => "Tab",
        'm' => "Enter",
        '[' => "Esc",
        letter @ ('a'..='z' | ' ') => return Ok(Key { code: KeyCode::Char(letter), ..key }),
        // There is no control character for any other.
        _ => return refused(format!("many terminals cannot send `{text}`")),
    };
    refused(format!("most terminals send {other} for `{text}`"))
}
