//! Which names are those of plain files within a folder.
//!
//! Owns the look at a name, at the path behind it and at what is there. Must not open anything.

use crate::course::fault::quoted;
use crate::course::refusal::{Refusal, not_there, unreadable};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The parts of a relative file name that goes nowhere but down.
pub(in crate::course) fn name_parts(name: &str) -> Result<Vec<&str>, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new("the file has no name", "name a Markdown file in the folder"));
    }
    let outside = || {
        let problem = format!("the file {} lies outside of the folder", quoted(name));
        Refusal::new(problem, "put it into the folder and name it from there, as in `lessons/first.md`")
    };
    Path::new(name)
        .components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| match part {
            Component::Normal(part) => part.to_str().ok_or_else(outside),
            _ => Err(outside()),
        })
        .collect()
}

/// The path of a file that is in the folder also when all links are followed.
pub(super) fn within(root: &Path, parts: &[&str], name: &str) -> Result<PathBuf, Refusal> {
    let path = root.join(parts.iter().collect::<PathBuf>());
    let path = path.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => not_there(name),
        _ => unreadable(name, &error),
    })?;
    if path.starts_with(root) {
        Ok(path)
    } else {
        let problem = format!("{} is a link that leads out of the folder", quoted(name));
        Err(Refusal::new(problem, "put the file itself there"))
    }
}

/// Refuses what is no plain file, and says what it is instead.
pub(super) fn refuse_unless_file(metadata: &fs::Metadata, name: &str) -> Result<(), Refusal> {
    if metadata.is_file() {
        return Ok(());
    }
    let kind = if metadata.is_dir() { "a folder" } else { "a pipe, a socket or a device" };
    Err(Refusal::new(format!("{} is {kind}", quoted(name)), "name a plain file"))
}
