//! The file that an author may have meant by a name that none has.
//!
//! Owns the comparison of names: by their letters, whatever their case and however their accents are
//! written, by their last part, and by how near they are. Must not open any file.

use crate::course::nearest::nearest;
use crate::course::path::{folder_of, is_markdown};
use crate::course::source::Source;
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

/// The most files whose names are compared.
const MOST_FILES: usize = 1_000;

/// A file that is there, and may be the one that was meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileMeant {
    /// One with another name.
    Other(String),
    /// One whose name looks the same and is written with other characters, as when it came from a Mac:
    /// `ä` may be one character or two.
    LooksTheSame(String),
}

impl FileMeant {
    /// Its name in the folder.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Other(name) | Self::LooksTheSame(name) => name,
        }
    }

    /// What to do, with the name as it is written from the folder `from`.
    pub(super) fn remedy(&self, from: &str) -> String {
        match self {
            Self::Other(name) => format!("did you mean `{}`?", relative(from, name)),
            Self::LooksTheSame(_) => {
                "a file there looks the same, but its accents are written as characters of their own; rename \
                 the file by typing its name anew"
                    .into()
            }
        }
    }
}

/// Finds the file that was most likely meant by a name in the folder.
pub(super) fn file_meant(source: &Source, name: &str) -> Option<FileMeant> {
    // Folders in Windows' way of writing have a remedy of their own.
    if name.contains('\\') {
        return None;
    }
    let files = source.file_names();
    let candidates = || {
        files
            .names
            .iter()
            .take(MOST_FILES)
            .map(String::as_str)
            .filter(|file| is_markdown(file) == is_markdown(name))
    };
    let composed = |text: &str| text.nfc().collect::<String>();
    let wanted = composed(name);
    if let Some(file) = candidates().find(|file| composed(file) == wanted) {
        return Some(FileMeant::LooksTheSame(file.to_owned()));
    }
    let lower = wanted.to_lowercase();
    let is_same = |file: &&str| composed(file).to_lowercase() == lower;
    let same = candidates().find(is_same);
    let has_last_part = |file: &&str| last_part(&composed(file)).to_lowercase() == last_part(&lower);
    let elsewhere = || candidates().find(has_last_part);
    let near = || {
        let beside = candidates().filter(|file| folder_of(file) == folder_of(name));
        let near = nearest(stem(name), beside.map(stem))?;
        candidates().find(|file| folder_of(file) == folder_of(name) && stem(file) == near)
    };
    same.or_else(elsewhere).or_else(near).map(|file| FileMeant::Other(file.to_owned()))
}

/// The last part without its extension, which all have and which would make any two alike.
fn stem(name: &str) -> &str {
    let last = last_part(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// A name in the folder as it is written from the folder `from` within it.
fn relative(from: &str, name: &str) -> String {
    let from: Vec<_> = Path::new(from).components().collect();
    let to: Vec<_> = Path::new(name).components().collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(from.len().saturating_sub(shared));
    let down: Vec<_> = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy()).collect();
    format!("{up}{}", down.join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_name_is_written_as_the_lesson_has_to_write_it() {
        assert_eq!(relative("lessons", "images/craving.png"), "../images/craving.png");
        assert_eq!(relative("lessons", "lessons/a b.png"), "a b.png");
        assert_eq!(relative("", "lessons/why.md"), "lessons/why.md");
    }
}
