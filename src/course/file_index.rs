//! Finds lessons by the names of their files.
//!
//! Owns the lookups that links need, in less than the time that it takes to look at every name:
//! a folder may have 40,000 files, and each frame resolves the links in sight. Must not look at
//! the disk, nor know what a link is.

use crate::course::path;
use unicode_normalization::UnicodeNormalization as _;

/// The files of a course's lessons, ready for lookup. Lessons are named by their indices.
#[derive(Debug, Default)]
pub(super) struct FileIndex {
    /// The names with their folders, sorted.
    names: Vec<(Box<str>, usize)>,
    /// The names by which wiki links call them, see [`note_name`], sorted, each with the place of the
    /// file in `names`.
    notes: Vec<(String, usize)>,
}

impl FileIndex {
    /// Indexes the files of lessons, each with the lesson's index.
    pub(super) fn new<'a>(files: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut names: Vec<(Box<str>, usize)> = files.map(|(index, file)| (file.into(), index)).collect();
        names.sort_unstable();
        let mut notes: Vec<(String, usize)> =
            names.iter().enumerate().map(|(place, (file, _))| (note_name(last_part(file)), place)).collect();
        notes.sort_unstable();
        Self { names, notes }
    }

    /// The lesson of the file with this name; the first one if there are several.
    pub(super) fn file(&self, name: &str) -> Option<usize> {
        let at = self.names.partition_point(|(file, _)| **file < *name);
        self.names.get(at).filter(|(file, _)| **file == *name).map(|(_, index)| *index)
    }

    /// The first lesson in reading order whose file is somewhere below a folder.
    pub(super) fn first_below(&self, folder: &str) -> Option<usize> {
        let beginning = format!("{folder}/");
        let at = self.names.partition_point(|(file, _)| **file < *beginning);
        let below = self.names.get(at..)?.iter().take_while(|(file, _)| file.starts_with(&beginning));
        below.map(|(_, index)| *index).min()
    }

    /// The lesson that a wiki link calls by its name, with as many of its folders as are needed:
    /// wherever it is, the one with the fewest folders around it if there are several.
    pub(super) fn note(&self, name: &str) -> Option<usize> {
        let wanted = note_name(name.trim_matches('/'));
        let last = last_part(&wanted);
        let at = self.notes.partition_point(|(note, _)| **note < *last);
        let alike = self.notes.get(at..)?.iter().take_while(|(note, _)| *note == last);
        let ends = |file: &str| {
            let file = note_name(file);
            file.strip_suffix(&wanted).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        alike
            .filter_map(|(_, place)| self.names.get(*place))
            .filter(|(file, _)| last.len() == wanted.len() || ends(file))
            .min_by_key(|(file, index)| (file.matches('/').count(), *index))
            .map(|(_, index)| *index)
    }
}

fn last_part(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The name by which wiki links call a file: without the extension of Markdown, in small letters,
/// composed as Unicode's NFC.
fn note_name(file: &str) -> String {
    let name = match file.rsplit_once('.') {
        Some((name, _)) if path::is_markdown(file) => name,
        _ => file,
    };
    name.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::FileIndex;

    fn index() -> FileIndex {
        let files = ["a.md", "sub/README.md", "sub/deep/Tea.md", "sub/Tea.md", "other/tea.md", "U\u{308}.md"];
        FileIndex::new(files.into_iter().enumerate())
    }

    #[test]
    fn a_file_and_the_first_of_a_folder_are_found() {
        let index = index();
        assert_eq!(index.file("sub/Tea.md"), Some(3));
        assert_eq!(index.file("sub/tea.md"), None);
        assert_eq!(index.file("sub"), None);
        assert_eq!(index.first_below("sub"), Some(1));
        assert_eq!(index.first_below("sub/deep"), Some(2));
        assert_eq!(index.first_below("su"), None);
    }

    #[test]
    fn a_note_is_found_wherever_it_is() {
        let index = index();
        for (name, lesson) in [
            ("tea", Some(3)),
            ("TEA.md", Some(3)),
            ("deep/Tea", Some(2)),
            ("/other/Tea", Some(4)),
            ("ther/Tea", None),
            ("ü", Some(5)),
            ("coffee", None),
            ("", None),
        ] {
            assert_eq!(index.note(name), lesson, "{name}");
        }
    }
}
